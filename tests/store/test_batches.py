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
    with pytest.raises(
        Conflict, match=rf"2 records.*I-2 was changed since \(by bea, .*; I-1 is used by INV-{mine} \(by bea"
    ):
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


def test_fields_that_somebody_set_since_stay_and_are_told(store: Store) -> None:
    load(store.database, CASES)
    load(store.database, [replace(case, killed=9, summary="Told anew") for case in CASES], SECOND)
    store.casebook("bea").edit("incident", 2, {"killed_best": 4}, version=None)
    before = records(store)
    with pytest.raises(Conflict, match=r"B-2 cannot .*I-2 has another killed best since \(by bea, 20.*or use --force"):
        revert(store.database, "ann", 2)
    assert records(store) == before
    done = revert(store.database, "ann", 2, force=True)
    assert [tuple(kept) for kept in done.kept] == [("I-2", "killed_best", 4, "bea")]
    assert done.kept_count == 1
    assert done.sentence.endswith("; 1 field set since stays")
    incidents = records(store)["incident"]
    assert [(row["killed_best"], row["summary"]) for row in incidents.values()] == [
        (2, CASES[0].summary), (4, CASES[1].summary),
    ]  # fmt: skip
    store.casebook("ann").undo()
    assert records(store) == before


def test_a_date_stays_whole(store: Store) -> None:
    load(store.database, CASES)
    load(store.database, [replace(CASES[0], day="2024-06-01")], SECOND)
    store.casebook("bea").edit("incident", 1, {"date_words": "the first of June"}, version=None)
    done = revert(store.database, "ann", 2, force=True)
    assert [tuple(kept) for kept in done.kept] == [("I-1", "date", "the first of June", "bea")]
    assert records(store)["incident"][1]["date_edtf"] == "2024-06-01"


def test_a_figure_does_not_go_back_past_one_that_somebody_set(store: Store) -> None:
    load(store.database, [replace(CASES[0], columns={}), CASES[1]])
    load(store.database, [replace(CASES[0], killed=9)], SECOND)
    store.casebook("bea").edit("incident", 1, {"killed_low": 5}, version=None)
    done = revert(store.database, "ann", 2, force=True)
    assert [tuple(kept) for kept in done.kept] == [("I-1", "killed_best", 9, "bea")]


def test_a_newer_import_of_the_same_rows_is_named(store: Store) -> None:
    load(store.database, CASES)
    load(store.database, [replace(CASES[0], killed=9)], SECOND)
    load(store.database, [replace(CASES[0], killed=7)], replace(SECOND, release="3"))
    for older in (1, 2):
        with pytest.raises(Conflict, match=r"I-1 .* \(by B-3, .*take B-3 back first \(“tracker batch revert 3”\)"):
            revert(store.database, "ann", older)
    done = revert(store.database, "ann", 2, force=True)
    assert [tuple(kept) for kept in done.kept] == [("I-1", "killed_best", 7, "B-3"), ("I-1", "release", "3", "B-3")]


def test_at_most_twenty_are_named_and_all_are_counted(store: Store) -> None:
    load(store.database, [Case(str(number)) for number in range(30)])
    book = store.casebook("bea")
    for number in range(1, 24):
        book.edit("incident", number, {"killed_best": 4}, version=None)
    with pytest.raises(Conflict, match=r"23 records were .*I-20 was changed since [^;]*; and 3 more;"):
        revert(store.database, "ann", 1)


def test_who_stays_is_counted(store: Store) -> None:
    load(store.database, CASES)
    load(store.database, [Case("9", actors=(GUARD,))], SECOND)
    done = revert(store.database, "ann", 1)
    assert done.stayed == {"actor": 1, "source": 1}
    assert done.sentence.endswith("; 1 actor in use elsewhere and 1 source in use elsewhere stay")


def test_what_changed_is_compared_anew_and_what_somebody_deletes_stays_deleted(store: Store) -> None:
    load(store.database, CASES)
    newer = [replace(CASES[0], actors=(CROWD,)), CASES[1]]
    load(store.database, newer, SECOND)
    after = records(store)
    revert(store.database, "ann", 2)
    load(store.database, newer, SECOND)
    left, right = ([row["actor_id"] for row in some["involvement"].values()] for some in (records(store), after))
    assert left == right
    revert(store.database, "ann", 3)
    revert(store.database, "ann", 1)
    store.casebook("ann").undo()
    store.casebook("bea").delete("incident", [2])
    with Bulk(store.database, "ann", ABOUT) as bulk:
        [known] = bulk.known([CASES[1].key])
    assert known is not None
    assert known.deleted
    assert known.fingerprint is not None, "a row without one would be taken for taken back, and be brought again"


def test_undo_is_refused_where_it_would_rest_on_what_was_deleted_since(store: Store) -> None:
    mine = actor(store.casebook("bea"), GUARD.name)
    load(store.database, CASES)
    revert(store.database, "ann", 1)
    store.casebook("bea").delete("actor", [mine])
    before = records(store)
    with pytest.raises(Conflict, match=f"would rest on a deleted record .A-{mine}."):
        store.casebook("ann").undo()
    assert records(store) == before


def test_a_list_tells_when_and_by_whom_an_import_was_taken_back(store: Store) -> None:
    load(store.database, CASES)
    revert(store.database, "bea", 1)
    [batch] = batches(store.reader())
    assert (batch.reverted, batch.reverted_by, batch.reverted_at[:2]) == (True, "bea", "20")
    store.casebook("bea").undo()
    [batch] = batches(store.reader())
    assert (batch.reverted, batch.reverted_by, batch.reverted_at) == (False, "", "")
