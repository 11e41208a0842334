"""Dates are found in running text and told from the day of publication by the date rules; what is none stays empty."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.articles.date_find import find
from tracker.articles.date_tense import Tenses
from tracker.articles.dates import dates, resolve
from tracker.articles.document import Document, document
from tracker.articles.proposals import Proposal
from tracker.model.edtf import parse

ARTICLES = Path(__file__).parent.parent.parent / "fixtures" / "articles"
_MARKED = re.compile(r"\[\[(.*?)\]\]")


class Row(NamedTuple):
    """A line of `dates_rules.txt`."""

    published: str
    rule: str
    edtf: str
    text: str
    start: int
    end: int


def rows() -> list[Row]:
    found = []
    for line in (ARTICLES / "dates_rules.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        published, rule, edtf, marked = (piece.strip() for piece in line.split("|", 3))
        match = _MARKED.search(marked)
        assert match is not None
        text = marked.replace("[[", "").replace("]]", "")
        found.append(Row(published, rule, edtf, text, match.start(), match.start() + len(match[1])))
    return found


ROWS = rows()


def told(doc: Document, start: int = 0, end: int | None = None) -> list[Proposal]:
    last = len(doc.text) if end is None else end
    return [p for p in dates(doc) if p.spans["date"][0].start < last and p.spans["date"][0].end > start]


def exact(edtf: str) -> str:
    return edtf.rstrip("~?%")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule}-{row.text[row.start : row.end]}")
def test_the_rules_in_sentences(row: Row) -> None:
    found = told(document(row.text, published=row.published), row.start, row.end)
    if row.edtf:
        assert [exact(p.value["edtf"]) for p in found] == [row.edtf]
        assert found[0].value["rule"] == row.rule
    else:
        assert [p.value["edtf"] for p in found if p.value["edtf"]] == []


@pytest.mark.parametrize(
    "row", [row for row in ROWS if " to December" not in row.text], ids=lambda row: row.text[row.start : row.end]
)
def test_a_wording_alone_is_told_with_its_sentence(row: Row) -> None:
    meant = resolve(row.text[row.start : row.end], row.published, row.text)
    if row.edtf:
        assert meant is not None
        assert exact(meant.edtf) == row.edtf


def test_the_table_covers_the_rules() -> None:
    assert len(ROWS) >= 150
    assert {row.rule for row in ROWS} >= {f"R{n}" for n in range(1, 17)} - {"R13"}


def test_a_whole_article() -> None:
    doc = document((ARTICLES / "dates_ledger.txt").read_text("utf-8"), published="2022-09-14")
    found = [(p.value["words"], p.value["edtf"], p.value["alternative"], p.value["bound"]) for p in dates(doc)]
    week = "2022-09-12/2022-09-18"
    assert found == [
        ("this week", week, "", ""),
        ("Monday", "2022-09-12", "", ""),
        ("this week", week, "", ""),
        ("overnight", "2022-09-13/2022-09-14", "", ""),
        ("last Friday", "2022-09-09", "", ""),
        ("tomorrow", "2022-09-15", "", ""),
        ("March", "2023-03", "", ""),
        ("2 August", "2022-08-02", "", "since"),
        ("Dec. 13, 2021", "2021-12-13", "", ""),
        ("12/13/2021", "2021-12-13", "", ""),
        ("03/04/2021", "", "[2021-03-04,2021-04-03]", ""),
        ("2003", "2003", "", "since"),
        ("the 1990s", "199X", "", ""),
        ("Friday", "2022-09-16", "", ""),
        ("late November", "2022-11", "", ""),
        ("3 to 5 September", "2022-09-03/2022-09-05", "", "from"),
        ("between 20 and 25 September", "2022-09-20/2022-09-25", "[2022-09-20..2022-09-25]", ""),
        ("Tuesday", "2022-09-13", "", ""),
    ]


def test_every_proposal_points_at_its_words_and_bounds_its_date() -> None:
    doc = document((ARTICLES / "dates_ledger.txt").read_text("utf-8"), published="2022-09-14")
    for proposal in dates(doc):
        start, end = proposal.spans["date"][0]
        value = proposal.value
        assert proposal.kind == "date"
        assert doc.text[start:end] == value["words"]
        assert proposal.reason
        if value["edtf"]:
            read = parse(value["edtf"])
            assert value["precision"] == read.precision
            assert value["earliest"] == (read.earliest.isoformat() if read.earliest else "")
        else:
            assert not proposal.sure


def test_last_weekday_of_the_same_week_keeps_the_week_before() -> None:
    within = told(document("Strikes last Monday wounded two men.", published="2019-12-14"))[0]
    assert (within.value["edtf"], within.value["alternative"]) == ("2019-12-09", "2019-12-02")
    assert not within.sure
    before = told(document("Strikes last Friday wounded two men.", published="2019-12-11"))[0]
    assert (before.value["edtf"], before.value["alternative"]) == ("2019-12-06", "")
    assert before.sure


def test_without_a_publication_day_words_stay_words() -> None:
    doc = document("Gunmen fired on Tuesday; it was in 2019 and on 3 May 2020 too.", published="")
    found = [(p.value["words"], p.value["edtf"], p.confidence < 0.5) for p in dates(doc)]
    assert found == [("Tuesday", "", True), ("2019", "2019", False), ("3 May 2020", "2020-05-03", False)]
    assert dates(doc)[0].reason == "no publication day to count from"
    month = told(document("He left on Tuesday.", published="2019-12"))[0]
    assert month.value["edtf"] == ""


def test_the_weekday_of_publication_is_that_day_even_if_it_is_to_come() -> None:
    found = told(document("The council will vote on Wednesday.", published="2022-09-14"))[0]
    assert (found.value["edtf"], found.value["alternative"]) == ("2022-09-14", "2022-09-21")
    assert not found.sure


def test_where_no_verb_tells_the_other_reading_is_kept() -> None:
    past, near = (told(document(t, published="2022-09-14"))[0] for t in ("The Sunday raid", "The October 3 hearing"))
    assert (past.value["edtf"], past.value["alternative"]) == ("2022-09-11", "2022-09-18")
    assert (near.value["edtf"], near.value["alternative"]) == ("2022-10-03", "2021-10-03")


def test_both_ends_of_a_stretch_of_time_carry_it() -> None:
    doc = document("It ran from November 20 to December 11, 2015.", published="2022-09-14")
    assert [(p.value["edtf"], p.value["interval"]) for p in dates(doc)] == [
        ("2015-11-20", "2015-11-20/2015-12-11"),
        ("2015-12-11", "2015-11-20/2015-12-11"),
    ]
    apart = document("Raids on 3 May and 5 June 2020 killed nine.", published="2022-09-14")
    assert [p.value["interval"] for p in dates(apart)] == ["", ""]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("The festival runs through March 11 this year.", "2007-03-11"),
        ("It was held on February 6 - this year.", "2007-02-06"),
        ("He was born on March 11 last year.", "2006-03-11"),
    ],
)
def test_a_year_told_beside_the_date_counts(text: str, edtf: str) -> None:
    assert told(document(text, published="2007-03-05"))[0].value["edtf"] == edtf


def test_a_weekend_is_told_by_tense() -> None:
    text = "The fair {} place in the hall this weekend."
    was, will = (document(text.format(verb), published="2016-09-07") for verb in ("took", "will take"))
    assert told(was)[0].value["edtf"] == "2016-09-03/2016-09-04"
    assert told(will)[0].value["edtf"] == "2016-09-10/2016-09-11"


@pytest.mark.parametrize(
    ("sentence", "tense"),
    [
        ("He said @ that he would go", "past"), ("He will go @", "future"), ("They agreed to meet @", "future"),
        ("On @ he agreed to meet them", "past"), ("the letter dated @", "past"), ("It could not be reached @", "past"),
        ("The raid. @ Mayor Will Ott", ""), ("nothing but @ here", ""), ("Troops left. He will go @", "future"),
        ("He would have gone @", "past"), ("It may be held @", "future"), ("It was to have opened @", "past"),
        ("if the rebels win it in @", "future"), ("they asked if he was there @", "past"),
    ],
)  # fmt: skip
def test_the_nearest_verb_tells_the_tense(sentence: str, tense: str) -> None:
    at = sentence.index("@")
    assert Tenses(sentence).at(at, at + 1) == tense


def test_words_that_are_no_date_are_none() -> None:
    for words in ("recently", "a few days ago", "24-year-old", "three weeks", "", "x" * 5000, "the day"):
        assert resolve(words, "2022-09-14", f"It was {words}, he said.") is None


def test_promotion_and_bylines_name_no_dates() -> None:
    text = "The pier was hit on Monday.\n\nREAD MORE: The raid of Sunday\n\nMore on Tuesday."
    start = text.index("READ")
    doc = document(text, published="2022-09-14", marks=((start, start + 27, "promo"),))
    assert [p.value["words"] for p in dates(doc)] == ["Monday", "Tuesday"]


PIECES = """
last next this past the of on in by since until from to between and or before after - , . overnight early late mid end
week weekend month year days weeks ago a two three 3 9th 31 30 2019 0000 9999 1990s '90s Monday Fri. Feb February Dec.
December spring winter Christmas Easter today yesterday night 10:30 quarter first second Q3 FY2019 03/04/2019 25/12/2019
2019-12-09 2003-04 about will may May March said ’s 's fiscal thousand nineteen ninety attacks Sept. 11 31/02/2019
99/99/2019 in ten
"""


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*PIECES.split(), "\n\n"]), max_size=14).map(" ".join),
    st.dates().map(date.isoformat) | st.sampled_from(["", "2019-12", "never", "0001-01-01", "9999-12-31"]),
)
def test_any_run_of_date_words_gives_valid_edtf_or_nothing(text: str, published: str) -> None:
    at = 0
    for proposal in dates(document(text, published=published)):
        start, end = proposal.spans["date"][0]
        assert at <= start < end <= len(text)
        at = end
        for value in (proposal.value["edtf"], proposal.value["alternative"]):
            assert value == "" or parse(value).value
    resolve(text, published, text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), st.text(max_size=12))
def test_any_text_raises_nothing(text: str, published: str) -> None:
    for proposal in dates(document(text, published=published)):
        assert proposal.value["words"]
    resolve(text, published, text)
    Tenses(text).at(0, len(text))


@pytest.mark.parametrize("piece", ["Monday ", "the week of ", "2019 ", "early late mid the ", "March 12, ", "agree a "])
def test_junk_is_looked_at_only_so_far(piece: str) -> None:
    text = piece * 40_000
    assert sum(1 for _ in find(text)) <= 30_000
    assert len(dates(document(text, published="2019-12-14"))) <= 10_000
