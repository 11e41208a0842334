"""The benches judge what they are told to, filter by what the data holds, and multiply databases that stay whole."""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Store
from exchange import ROWS, rows, sections
from exchange_growth import lists, multiply
from exchange_pages import wanted
from from_data import code, words
from screen import _new
from verdicts import Verdict, in_turn, judged, require

from tracker.store.database import Reader, database

_TEXTS = ("an attack near the market", "an attack on the bridge", "a clash near the market", "a quiet day")


@pytest.fixture
def filled(sqlite_store: Store) -> Store:
    """A database with a few incidents, one of them deleted."""
    casebook = sqlite_store.casebook()
    for number, text in enumerate(_TEXTS * 3, 1):
        category = "armed_clash" if "clash" in text else "armed_assault"
        values = {"title": f"Event {number}", "category": category, "country": "IRQ", "summary": text}
        casebook.add("incident", values)
    casebook.delete("incident", [1])
    return sqlite_store


def test_a_bar_is_missed_kept_or_does_not_matter(capsys: pytest.CaptureFixture[str]) -> None:
    assert not Verdict(8, "slow", 3.0, 2.0).holds
    assert Verdict(8, "slow but short", 3.0, 2.0, excused="≤ 5 ms").holds
    assert Verdict(8, "only told", 99.0).holds
    assert not judged([Verdict(1, "fast", 1.0, 2.0), Verdict(2, "slow", 3.0, 2.0)])
    out = capsys.readouterr().out
    assert "fast" in out
    assert "MISSED" in out


def test_jobs_take_turns() -> None:
    done: list[str] = []
    seconds = in_turn({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, 3)
    assert done[:6] == ["a", "b"] * 3
    assert set(seconds) == {"a", "b"}


def test_a_wrong_result_ends_the_run() -> None:
    with pytest.raises(SystemExit, match="count: 3 instead of 4"):
        require("count", 3, 4)


def test_rows_are_chosen() -> None:
    assert rows("9,8") == [8, 9]
    assert len(list(sections([1, 3, 8, 9]))) == 3
    assert len(list(sections(ROWS))) == 7
    for wrong in ("10", "x", ""):
        with pytest.raises(argparse.ArgumentTypeError):
            rows(wrong)


def test_filters_are_what_the_data_holds(filled: Store) -> None:
    reader = filled.reader()
    found = words(reader)
    assert {found.common, found.middling, found.rare} <= set(" ".join(_TEXTS).split())
    assert code(reader, "category") == "armed_clash"
    assert code(reader, "category", common=True) == "armed_assault"
    for what in (*wanted(reader), *lists(reader).values()):
        assert len(what.plain(reader, 0, 100)) == what.count(reader) > 0


def test_a_database_is_multiplied_whole(filled: Store, tmp_path: Path) -> None:
    assert filled.database.path is not None
    large = tmp_path / "large.db"
    multiply(filled.database.path, large, 4)
    with Reader(database(str(large))) as reader, filled.reader() as small:
        for name, what in lists(reader).items():
            assert what.count(reader) == 4 * what.count(small), name
    with closing(sqlite3.connect(large)) as raw:
        assert raw.execute("SELECT count(*), count(DISTINCT uid) FROM incident").fetchone() == (48, 48)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        triggers = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
        with closing(sqlite3.connect(filled.database.path)) as before:
            assert raw.execute(triggers).fetchone() == before.execute(triggers).fetchone()


def test_only_what_was_not_there_is_waited_for() -> None:
    assert _new(["old one", "new"], ["the old one"]) == "new"
    with pytest.raises(SystemExit, match="nothing new"):
        _new(["old"], ["old"])
