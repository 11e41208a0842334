"""What a large first load hands on: sorting to another SQLite, old digests to a sieve, digests to the reader."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import pytest
from casework import alive
from conftest import Store
from loading import ABOUT, Case, incoming, load

from tracker.errors import Refused
from tracker.store import bulk, bulk_people, bulk_sqlite
from tracker.store.bulk import Bulk
from tracker.store.bulk_people import prepare
from tracker.store.bulk_sieve import Sieve
from tracker.store.bulk_sorting import sorting_in_files
from tracker.store.check import check
from tracker.store.database import Database, Reader, connect, database, sqlite_module
from tracker.store.incoming import SourceSpec

CASES = [
    Case(str(n), f"Depot {n} shelled", sources=(SourceSpec(f"Dépêche {n}"),), summary="quiet street" if n % 3 else None)
    for n in range(60)
]


def problems(where: Database) -> list[Any]:
    """What a check finds, the integrity of the full text included."""
    with Reader(where) as reader:
        return list(check(reader).problems)


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
            prepare(rows)
            load_.add(rows)
        load_.finish({"new": 60}, {}, sha256="", dry_run=False)

    def uids(where: Database) -> dict[str, set[str]]:
        return {kind: {row["uid"] for row in rows.values()} for kind, rows in alive(where).items() if kind != "batch"}

    assert uids(other) == uids(sqlite_store.database)


def test_somebody_who_opens_the_file_in_between_is_told_and_nothing_is_broken(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(where: Database, raw: Any) -> Any:
        raw.close()
        raise Refused("somebody else has just opened it")

    monkeypatch.setattr(bulk_sqlite, "sorting_in_files", taken)
    with pytest.raises(Refused, match="just opened"):
        load(sqlite_store.database, CASES, expected=60)
    monkeypatch.undo()
    load(sqlite_store.database, CASES, expected=60)
    assert problems(sqlite_store.database) == []


def test_a_reader_who_is_in_the_way_afterwards_does_not_undo_the_word(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = sqlite_store.database
    opened: list[Database] = []

    def refusing(which: Database, *, writing: bool) -> Any:
        opened.append(which)
        if len(opened) > 1:
            raise Refused("database is locked")
        return connect(which, writing=writing)

    monkeypatch.setattr("tracker.store.bulk_sqlite.connect", refusing)
    load(where, CASES, expected=60)
    assert len(opened) == 2
    monkeypatch.undo()
    assert len(alive(where)["incident"]) == 60
    assert problems(where) == []


def test_a_first_load_is_as_durable_as_any(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    commit = bulk_sqlite.SqliteLink.commit

    def noting(link: bulk_sqlite.SqliteLink, touched: Any) -> None:
        seen.extend(link.rows("PRAGMA synchronous") + link.rows("PRAGMA journal_mode"))
        commit(link, touched)

    monkeypatch.setattr(bulk_sqlite.SqliteLink, "commit", noting)
    load(sqlite_store.database, CASES[:3])
    # With a rollback journal only EXTRA (3) syncs the folder too.
    assert seen == [(3,), ("delete",)]
