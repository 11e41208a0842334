"""Taking an import back: what it added goes, what it changed is as before, and all of it can come again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from casework import actor, alive, everything, involvement
from conftest import Store
from loading import ABOUT, CROWD, GUARD, SAHIL, SECOND, Case, load

from tracker.errors import Conflict, UsageError
from tracker.store import taking_back
from tracker.store.batches import batches, revert
from tracker.store.bulk import Bulk
from tracker.store.check import check
from tracker.store.database import Reader
from tracker.store.incoming import StatementSpec

SAID = StatementSpec(GUARD, "deny", paraphrase="We were not there")
CASES = [Case("1", actors=(SAHIL, GUARD), tags=("sea",)), Case("2", statements=(SAID,), links=(("follows", "1"),))]


@pytest.fixture(autouse=True)
def _in_order(store: Store) -> Iterator[None]:
    """After every test the database holds what it promises."""
    yield
    with Reader(store.database) as reader:
        assert [problem for problem in check(reader).problems if problem.severity == "error"] == []


def records(store: Store) -> Any:
    """Everything that is alive but the batches, which remember being taken back."""
    return {kind: rows for kind, rows in alive(store.database).items() if kind != "batch"}


def test_the_imports_are_listed_newest_first(store: Store) -> None:
    load(store.database, CASES)
    load(store.database, [replace(CASES[0], killed=7)], SECOND)
    newest, first = batches(store.reader())
    assert (newest.id, newest.release, newest.file_name, newest.who) == (2, "2", "coast-2.csv", "ann")
    assert newest.counts == {"new": 0, "changed": 1, "same": 0, "gone": 0, "rejected": 0}
    assert (first.counts["new"], first.reverted, first.report, first.delimiter) == (2, False, {"read": 2}, ",")
    assert first.finished >= first.started
    assert first.as_json()["file_sha256"] == "ab" * 32


@pytest.mark.parametrize("limit", [1, 20_000])
def test_an_import_is_taken_back_and_done_again(store: Store, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_back, "LARGE", limit)
    actor(store.casebook(), "Somebody")
    before = records(store)
    load(store.database, CASES)
    after = records(store)
    saved = revert(store.database, "ann", 1)
    assert saved.sentence.startswith("Took back B-1 from coast.csv")
    assert records(store) == before
    assert batches(store.reader())[0].reverted
    with pytest.raises(UsageError, match="taken back already"):
        revert(store.database, "ann", 1)
    book = store.casebook()
    book.undo()
    assert records(store) == after
    assert not batches(store.reader())[0].reverted
    book.redo()
    assert records(store) == before


def test_undo_takes_an_import_back_too(store: Store) -> None:
    before = records(store)
    load(store.database, CASES)
    after = records(store)
    book = store.casebook()
    assert book.undo().sentence.startswith("Undone: Imported B-1")
    assert records(store) == before
    book.redo()
    assert records(store) == after


def test_what_an_import_changed_is_as_before(store: Store) -> None:
    load(store.database, [*CASES, Case("3", day="2024-05-02")])
    before = records(store)
    new = [replace(CASES[0], killed=9, actors=(CROWD,), tags=()), replace(CASES[1], statements=()), Case("4")]
    load(store.database, new, SECOND, gone=True, force=True)
    after = records(store)
    revert(store.database, "ann", 2)
    assert records(store) == before
    store.casebook().undo()
    assert records(store) == after


def test_after_it_was_taken_back_the_same_file_brings_it_again(store: Store) -> None:
    load(store.database, CASES)
    after = records(store)
    revert(store.database, "ann", 1)
    batch, _, told = load(store.database, CASES)
    assert batch == 2
    assert len(told) == 2
    assert records(store) == after
    revert(store.database, "ann", 2)
    assert not any(records(store).values())


def test_an_import_on_which_somebody_worked_is_not_taken_back(store: Store) -> None:
    load(store.database, CASES)
    book = store.casebook("bea")
    book.edit("incident", 2, {"killed_best": 4}, version=None)
    mine = involvement(book, 1, actor(book, "Mine"), "sponsor")
    before = records(store)
    with pytest.raises(Conflict, match=f"I-2 was changed since; I-1 is used by INV-{mine}"):
        revert(store.database, "ann", 1)
    with pytest.raises(Conflict, match="I-2 was changed"):
        store.casebook("ann").undo()
    assert records(store) == before
    revert(store.database, "ann", 1, force=True)
    assert not records(store)["incident"]
    assert [row["name"] for row in records(store)["actor"].values()] == ["Mine"]
    store.casebook("ann").undo()
    assert records(store) == before


def test_what_somebody_deleted_stays_so_when_the_import_is_taken_back_and_made_again(store: Store) -> None:
    load(store.database, CASES)
    store.casebook("bea").delete("incident", [2])
    revert(store.database, "ann", 1, force=True)
    with Bulk(store.database, "ann", ABOUT) as bulk:
        first, second = bulk.known([CASES[0].key, CASES[1].key])
    assert [(one.deleted, one.fingerprint) for one in (first, second) if one] == [
        (True, None), (True, CASES[1].fingerprint),
    ]  # fmt: skip


def test_an_edit_that_was_taken_back_is_no_hindrance(store: Store) -> None:
    load(store.database, CASES)
    book = store.casebook("bea")
    book.edit("incident", 2, {"killed_best": 4}, version=None)
    book.undo()
    revert(store.database, "ann", 1)
    assert not records(store)["incident"]


def test_actors_and_sources_that_others_use_stay(store: Store) -> None:
    load(store.database, CASES)
    load(store.database, [Case("9", actors=(GUARD,))], SECOND)
    revert(store.database, "ann", 1)
    left = records(store)
    assert [row["name"] for row in left["actor"].values()] == ["Coast Guard"]
    assert len(left["source"]) == len(left["incident"]) == 1


def test_there_must_be_such_a_batch(store: Store) -> None:
    with pytest.raises(UsageError, match="B-4"):
        revert(store.database, "ann", 4)
    assert batches(store.reader()) == []
    assert not any(everything(store.database).values())
