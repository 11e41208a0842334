"""A newer edition keeps what was decided; every piece of evidence is found again or shown as lost, none is dropped."""

from __future__ import annotations

import json

import pytest
from casework import alive, everything
from conftest import ROOT, Store
from deskwork import TEXT, take_in

from tracker.store.check import check
from tracker.store.editions import anchored
from tracker.store.reading_desk import article, coded_spans, queue
from tracker.store.rewording import Words, difference, locate, shown

NEWER = (
    TEXT.replace("Harbour of Qasr shelled\n", "Harbour of Qasr shelled again\n\nUPDATED at noon.\n")
    .replace("“We will answer every shell,”", "“We will answer each shell in kind,”")
    .replace("We shelled nothing – not", "We shelled nothing - not")
    .replace("he told Coast Radio", "the movement added")
)


def decided(store: Store) -> int:
    """The article with everything accepted that can be; the id of its source."""
    book = store.casebook()
    done = take_in(book)
    with store.reader() as reader:
        for one in queue(reader, done.source_id):
            if one.kind == "noise":
                book.decide(one.id, "rejected", version=None)
    book.accept_all(done.source_id, 0.0)
    return done.source_id


def test_evidence_of_an_edition_is_anchored_anew_and_every_decision_is_kept(store: Store) -> None:
    older = decided(store)
    before = alive(store.database)
    done = take_in(store.casebook(), NEWER, supersedes=older)
    kept = alive(store.database)
    there = [row for row in kept["evidence"].values() if row["source_id"] == older]
    moved = [row for row in kept["evidence"].values() if row["source_id"] == done.source_id]
    assert sum(done.superseded.values()) == len(moved) == len(there) == len(before["evidence"])
    assert done.superseded == {"moved": 11, "normalized": 1, "altered": 1, "orphaned": 2}
    verdicts = {row["exact"]: row["verdict"] for row in moved}
    assert verdicts["We will answer every shell"] == "altered"
    assert verdicts["We shelled nothing – not on Monday, not ever"] == "normalized"
    assert verdicts["he told"] == verdicts["told"] == "orphaned"
    for row in moved:
        if row["verdict"] == "verified":
            assert NEWER[row["start"] : row["end"]] == row["exact"]
    # Each record rests on the new edition as it did on the old one.
    with store.reader() as reader:
        old = sorted((row.ref, row.field) for row in coded_spans(reader, older))
        new = sorted((row.ref, row.field) for row in coded_spans(reader, done.source_id))
        found = queue(reader, done.source_id)
        assert (article(reader, older).newer, article(reader, done.source_id).supersedes) == (done.source_id, older)
    assert old == new
    # What was reworded is not what was decided on: whether it is a statement of its own is asked again.
    assert [(one.kind, one.value["quote"]) for one in found if one.status == "pending"] == [
        ("statement", "We will answer every shell")
    ]
    assert {one.status for one in found if one.kind == "noise"} == {"rejected"}
    assert kept["statement"] == before["statement"]


def test_a_check_shows_what_an_edition_changed_and_finds_nothing_wrong(store: Store) -> None:
    older = decided(store)
    take_in(store.casebook(), NEWER, supersedes=older)
    with store.reader() as reader:
        report = check(reader)
    assert (report.errors, report.good) == (0, True)
    told = " ".join(problem.sentence for problem in report.problems)
    assert "We will answer [-every-] {+each+} shell" in told
    assert "in another spelling" in told
    assert "do not stand in this edition" in told


def test_an_edition_is_one_step_that_is_taken_back_and_done_again(store: Store) -> None:
    older = decided(store)
    book = store.casebook()
    before = alive(store.database)
    take_in(book, NEWER, supersedes=older)
    after = alive(store.database)
    book.undo()
    assert alive(store.database) == before
    book.redo()
    assert alive(store.database) == after


def test_an_edition_of_an_edition_follows_the_newest(store: Store) -> None:
    older = decided(store)
    book = store.casebook()
    second = take_in(book, NEWER, supersedes=older)
    third = take_in(book, f"{TEXT}\nCorrected.\n", supersedes=older)
    rows = everything(store.database)["source"]
    assert rows[third.source_id]["supersedes_id"] == second.source_id
    assert sum(third.superseded.values()) == sum(second.superseded.values())
    # What was lost in between is found again, since its words were kept.
    assert "orphaned" not in third.superseded


QUOTE = "any attack by them, or their allies of any name, will be met with a firm answer"


@pytest.mark.parametrize(
    ("whole", "how", "words"),
    [
        (f"He said “{QUOTE}”.", "exact", QUOTE),
        (f"He said “{QUOTE.upper()}”.", "normalized", QUOTE.upper()),
        (
            "He said “any attack by them will be met with a firm answer” and left the hall at once.",
            "fuzzy",
            "any attack by them will be met with a firm answer",
        ),
        (
            f"Long before it. {'Nothing of note. ' * 40} “any assault by them, or by their allies of any name, will be"
            f" met with a firm reply”, he said. {'More. ' * 90}",
            "fuzzy",
            "any assault by them, or by their allies of any name, will be met with a firm reply",
        ),
    ],
)
def test_words_are_found_as_they_stand_respelled_or_reworded(whole: str, how: str, words: str) -> None:
    found = locate(Words(whole), QUOTE)
    assert found is not None
    assert (found.how, whole[found.start : found.end]) == (how, words)


@pytest.mark.parametrize(
    "whole",
    ["", "Nothing of it.", "any attack", "a firm will by of, any met with name them. " * 3, "met with a firm answer"],
)
def test_words_that_do_not_stand_there_are_not_found(whole: str) -> None:
    assert locate(Words(whole), QUOTE) is None


def test_of_several_places_the_one_with_the_same_context_is_meant() -> None:
    whole = "Ann said no. Bob said no. Cid said no."
    found = locate(Words(whole), "said no", prefix="Bob ", near=0)
    assert found is not None
    assert found.start == whole.index("Bob") + 4
    assert locate(Words(whole), "said no", near=30) == (whole.rindex("said"), len(whole) - 1, "exact", 100.0)


def test_a_place_that_did_not_move_is_kept_among_others_alike() -> None:
    whole = "said no; said no; said no"
    span = {"start": 9, "end": 16, "exact": "said no", "prefix": "; ", "suffix": ";"}
    fate, columns = anchored(Words(whole), whole, span)
    assert (fate, columns["start"], columns["verdict"]) == ("verified", 9, "verified")


def test_a_difference_is_shown_word_by_word() -> None:
    changes = difference("a decisive US response to it", "a 'decisive response' to that")
    assert shown(changes) == "a 'decisive [-US-] response' to [-it-] {+that+}"
    assert shown(difference("Well, no", "“Well – no”")) == "no word differs, only spelling or marks"


def test_every_coded_span_of_a_second_edition_stands_where_it_was_placed_by_hand() -> None:
    folder = ROOT / "fixtures" / "articles"
    older, newer = ((folder / name).read_bytes().decode() for name in ("harbour.txt", "edition2.txt"))
    words, wrong = Words(newer), []
    for span in json.loads((folder / "edition2.gold.json").read_text("utf-8"))["spans"]:
        start, end = span["start"], span["end"]
        given = {**span, "prefix": older[max(0, start - 24) : start], "suffix": older[end : end + 24]}
        fate, columns = anchored(words, older, given)
        fate = {"verified": "exact", "moved": "exact", "orphaned": "gone"}.get(fate, fate)
        place = (columns["start"], columns["end"]) if fate != "gone" else (None, None)
        if (fate, *place) != (span["expect"], span["new_start"], span["new_end"]):
            wrong.append((span["exact"], span["expect"], span["new_exact"], fate, newer[slice(*place)]))
    assert wrong == []
