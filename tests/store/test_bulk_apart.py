"""What a large first load hands to others: its words to a second process, its sorting to another SQLite, old digests to
a sieve."""

from __future__ import annotations

import os
import signal
from hashlib import blake2b
from typing import Any

import pytest
from casework import alive
from conftest import Store
from loading import ABOUT, Case, incoming, load

from tracker.store import bulk, bulk_people, bulk_sqlite
from tracker.store.bulk import Bulk
from tracker.store.bulk_people import prepare
from tracker.store.bulk_sieve import Sieve
from tracker.store.bulk_sorting import sorting_in_files
from tracker.store.bulk_words import Words
from tracker.store.check import check
from tracker.store.database import Database, Reader, connect, database, sqlite_module
from tracker.store.incoming import SourceSpec

CASES = [
    Case(str(n), f"Depot {n} shelled", sources=(SourceSpec(f"Dépêche {n}"),), summary="quiet street" if n % 3 else None)
    for n in range(60)
]


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> list[Words]:
    """Have every load take the way of a large one, whatever threads the test runner has; the processes it starts."""
    started: list[Words] = []

    class Told(Words):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            started.append(self)

    monkeypatch.setattr(bulk, "LARGE", 1)
    monkeypatch.setattr(bulk_sqlite, "can_fork", lambda: True)
    monkeypatch.setattr(bulk_sqlite, "Words", Told)
    return started


def found(where: Database, words: str, kind: str = "incident") -> int:
    """In how many records the full text finds these words."""
    with Reader(where) as reader:
        return len(reader.rows(f"SELECT rowid FROM {kind}_fts WHERE {kind}_fts MATCH ?", (words,)))


def problems(where: Database) -> list[Any]:
    """What a check finds, the integrity of the full text included."""
    with Reader(where) as reader:
        return list(check(reader).problems)


def test_words_gathered_by_a_second_process_are_found(sqlite_store: Store, apart: list[Words]) -> None:
    where = sqlite_store.database
    load(where, CASES, size=7, expected=60)
    assert len(apart) == 1
    assert (found(where, "shelled"), found(where, "quiet"), found(where, '"depot 17"')) == (60, 40, 1)
    assert found(where, "depeche", "source") == 60
    assert problems(where) == []


def test_rows_of_a_later_load_join_them(sqlite_store: Store, apart: list[Words]) -> None:
    where = sqlite_store.database
    load(where, CASES[:30], expected=30)
    load(where, [*CASES[30:], Case("1", "Quay burnt")], expected=31)
    # The second load finds tables that are not empty, and puts its words in itself.
    assert len(apart) == 1
    assert (found(where, "shelled"), found(where, "burnt")) == (59, 1)
    assert problems(where) == []


@pytest.mark.parametrize("after", [1, 40])
def test_a_second_process_that_dies_costs_nothing_but_time(
    sqlite_store: Store, apart: list[Words], monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    where, sent = sqlite_store.database, []
    send = Words._send

    def dying(words: Words, told: object) -> None:
        sent.append(told)
        if len(sent) == after and words._child.pid:
            os.kill(words._child.pid, signal.SIGKILL)
            words._child.join()
        send(words, told)

    monkeypatch.setattr(Words, "_send", dying)
    load(where, CASES, size=2, expected=60)
    assert len(sent) >= after
    assert (found(where, "shelled"), found(where, "depeche", "source")) == (60, 60)
    assert problems(where) == []


def test_a_load_that_is_broken_off_ends_the_second_process(sqlite_store: Store, apart: list[Words]) -> None:
    with Bulk(sqlite_store.database, "amina", ABOUT, expected=60) as load_:
        load_.add(incoming(CASES))
    assert alive(sqlite_store.database)["incident"] == {}
    assert not apart[0]._child.is_alive()
    assert not os.path.exists(apart[0]._path)


def test_large_indexes_are_sorted_in_files(sqlite_database: Database) -> None:
    raw = connect(sqlite_database, writing=True)
    raw.execute("PRAGMA locking_mode=EXCLUSIVE")
    raw.execute("PRAGMA journal_mode=DELETE")
    got = sorting_in_files(sqlite_database, raw)
    try:
        options = {option for (option,) in got.execute("PRAGMA compile_options").fetchall()}
        ours = {option for (option,) in sqlite_module().connect(":memory:").execute("PRAGMA compile_options")}
        if "TEMP_STORE=3" in ours:
            assert "TEMP_STORE=1" in options
        assert got.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    finally:
        got.close()


def test_a_sieve_never_lets_one_through_that_it_holds() -> None:
    def keys(word: str) -> list[bytes]:
        return [blake2b(f"{word} {n}".encode(), digest_size=16).digest() for n in range(5_000)]

    sieve = Sieve()
    sieve.add(keys("held"))
    assert all(key in sieve for key in keys("held"))
    assert not any(key in sieve for key in keys("other"))


def test_old_sources_are_found_again(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_people, "SOURCES_KEPT", 4)
    monkeypatch.setattr(bulk, "LARGE", 1)
    cases = [Case(str(n), sources=(SourceSpec(f"Report {n % 20}"),)) for n in range(60)]
    load(sqlite_store.database, cases, size=3, expected=60)
    rows = alive(sqlite_store.database)
    assert len(rows["source"]) == 20
    titles = {row["id"]: row["title"] for row in rows["source"].values()}
    by_id = {row["id"]: row["external_id"] for row in rows["incident"].values()}
    assert {(by_id[one["incident_id"]], titles[one["source_id"]]) for one in rows["involvement"].values()} == {
        (str(n), f"Report {n % 20}") for n in range(60)
    }
    assert problems(sqlite_store.database) == []


def test_what_is_worked_out_beforehand_changes_nothing(sqlite_store: Store, tmp_path: Any) -> None:
    from tracker.store.engine import create

    other = database(str(tmp_path / "other.db"))
    create(other)
    load(sqlite_store.database, CASES, size=9)
    with Bulk(other, "amina", ABOUT) as load_:
        for start in range(0, 60, 9):
            rows = incoming(CASES[start : start + 9])
            prepare(ABOUT.dataset, rows)
            load_.add(rows)
        load_.finish({"new": 60}, {}, sha256="", dry_run=False)

    def uids(where: Database) -> dict[str, set[str]]:
        return {kind: {row["uid"] for row in rows.values()} for kind, rows in alive(where).items() if kind != "batch"}

    assert uids(other) == uids(sqlite_store.database)
