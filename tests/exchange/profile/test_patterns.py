"""A pattern in a profile of somebody else's is stopped when it takes too long, and the sentence names it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from trial import BASE, take, taken

from tracker.errors import UsageError
from tracker.exchange.profile import load
from tracker.exchange.profile import patterns as border
from tracker.exchange.profile.citations import PARSERS
from tracker.exchange.profile.detection import best
from tracker.exchange.profile.patterns import matcher
from tracker.exchange.profile.people import guess
from tracker.exchange.profile.toml import read

BAD = "(a+)+$"
LONG = "a" * 100_000 + "!"
RULE = f'[[rule]]\nwhen = {{ column = "place", matches = "{BAD}" }}\nset = {{ "incident.category" = "other" }}\n'


class Looked:
    """A file of one column without header, as detection sees it."""

    name = "x.csv"
    head = ((LONG,),)
    keys = ()


def test_a_rule_that_never_ends_is_stopped_and_named() -> None:
    with pytest.raises(UsageError) as refusal:
        take(RULE, {"place": LONG})
    said = str(refusal.value)
    assert said.startswith(f"trial.toml: the pattern “{BAD}” takes too long")
    assert "write it without" in said


def test_the_condition_of_a_statement_is_stopped_too() -> None:
    toml = '[[statement]]\nspeaker = "a"\nkind = "warn"\nparaphrase = "b"\n'
    toml += f'when = {{ column = "b", matches = "{BAD}" }}\n'
    with pytest.raises(UsageError, match="takes too long"):
        take(toml, {"a": "x", "b": LONG})


def test_the_patterns_of_release_and_detection_are_stopped_too() -> None:
    release = BASE.replace("[key]", f'release = {{ from = "file", pattern = "{BAD}" }}\n[key]')
    with pytest.raises(UsageError, match="takes too long"):
        read(release, "x.toml").release_of(LONG)
    cells = BASE.replace("[key]", f'[match]\ncolumns = 1\ncells = {{ 1 = "{BAD}" }}\n[key]')
    with pytest.raises(UsageError, match=r"x\.toml: the pattern"):
        best([read(cells, "x.toml")], Looked())


def test_many_slow_matches_are_stopped_by_their_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(border, "_FAIR", -1.0)
    monkeypatch.setattr(border, "ALL_MATCHES", 0.0)
    with pytest.raises(UsageError, match="takes too long"):
        matcher("b", "x.toml")("a")


def test_a_pattern_finds_the_same_whoever_wrote_it() -> None:
    profile = load("gtd")
    own = replace(profile, trusted=False)
    assert profile.trusted
    for name in ("globalterrorismdb_2017dist.xlsx", "GTD_2014DIST.csv", "gtd.csv"):
        assert own.release_of(name) == profile.release_of(name)
    assert profile.release_of("GTD_2014DIST.csv") == "2014"
    assert not read(BASE, "x.toml").trusted
    got = take(RULE.replace(BAD, "^Port"), {"place": "Port of X"}, {"place": "X"})
    assert got.values("category") == ["other", "armed_clash"]


def test_matches_that_are_each_soon_done_count_by_what_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(step for n in range(10_000) for step in (n, n + 0.004))
    monkeypatch.setattr(border, "perf_counter", lambda: next(moments))
    find = matcher("b", "x.toml")
    with pytest.raises(UsageError, match="takes too long"):
        list(map(find, ["a"] * 5_000))
    assert 2_500 < next(moments) < 2_550


def test_matches_within_a_fair_time_are_never_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(step for n in range(1_000) for step in (n, n + 0.00004))
    monkeypatch.setattr(border, "perf_counter", lambda: next(moments))
    monkeypatch.setattr(border, "ALL_MATCHES", 0.0)
    find = matcher("b", "x.toml")
    assert {find("a") for _ in range(1_000)} == {None}


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(" * 400 + ")" * 400, "brackets inside each other; write it flatter"),
        ("(?:" * 51 + "a" + ")" * 51, "brackets inside each other"),
        ("((a{1000}){1000}){1000}", "write smaller numbers"),
        ("(?:(?:ab{2,200}){,200}c){3}", "write smaller numbers"),
        ("a{99999999999}", "write smaller numbers"),
        ("[ab]{30000}", "write smaller numbers"),
    ],
)
def test_a_pattern_that_is_too_much_is_refused_before_it_is_compiled(pattern: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read(BASE + RULE.replace(BAD, pattern), "x.toml")
    with pytest.raises(UsageError, match=why):
        matcher(pattern, "x.toml")


@pytest.mark.parametrize(
    "pattern",
    [r"\(" * 80, "[(]" * 80, "[](]" * 80, "a{1,5000}", r"\{9}{9}", "(a{100}b){100}", "{", "a{,}"],
)  # fmt: skip
def test_what_only_looks_like_too_much_is_taken(pattern: str) -> None:
    assert not border.excess(pattern)
    assert matcher(pattern, "x.toml")("") in (None, ("",))


def test_a_pattern_has_a_greatest_length() -> None:
    with pytest.raises(UsageError, match="more than 1,000 characters"):
        read(BASE + RULE.replace(BAD, "a" * 1001), "x.toml")


HOSTILE = 300_000


@pytest.mark.parametrize(
    "cell",
    ["civilians " + "(" * HOSTILE, "Government of" + " " * HOSTILE + "x", "Unknown " + " (" * HOSTILE,
     "A" + " " * HOSTILE, "AB" + "(," * HOSTILE, "Ab " * HOSTILE, '"' * HOSTILE, '"a," ' + "1999 " * HOSTILE],
)  # fmt: skip
def test_a_cell_of_a_megabyte_is_read_in_proportion_to_it(cell: str) -> None:
    assert guess(cell)[0]
    for parse in PARSERS.values():
        assert all(one.title for one in parse(cell, "news_article"))


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Military Forces of Iraq (2003-)", "IRQ"),
        ("Unidentified Armed Group (Iraq)", "IRQ"),
        ("Civilians (Iraq) ", "IRQ"),
        ("Government of Myanmar (Burma)", "MMR"),
        ("Civilians (a) (b)", ""),
        ("Civilians )", ""),
    ],
)
def test_the_country_of_a_name_is_found_in_its_brackets(name: str, country: str) -> None:
    assert guess(name)[2] == country


def test_an_office_may_be_parted_from_its_date_by_a_few_signs() -> None:
    (one,) = PARSERS["ged_source_article"]("AFP , (2009-03-15) Bomb", "news_article")
    assert (one.publisher, one.published, one.title) == ("AFP", "2009-03-15", "Bomb")
    assert taken(BASE, {"id": "1", "kind": "1"}).incoming.external_ids == ["1"]
