"""Two casebooks at work on the same records at the same time, and what each is told when it must wait or gives way."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from casework import actor, alive, everything, history, incident, involvement
from conftest import Store

from tracker.errors import Conflict, Refused, UsageError
from tracker.store import database as places
from tracker.store.casebook import Casebook
from tracker.store.database import Database, connect
from tracker.store.ledger import Act

sys.path.append(str(Path(__file__).parent.parent / "bench"))
from two_writers import edit_often, prepare

EDITS = 150


@pytest.fixture
def pg_store(postgresql_database: Database) -> Iterator[Store]:
    """An empty store on PostgreSQL only, for what SQLite cannot meet: it has one writer and no connection to lose."""
    made = Store(postgresql_database)
    with made.stack:
        yield made


def together(*works: Callable[[], object]) -> list[BaseException]:
    """Run all at once, each in a thread; gives back what they raised."""
    raised: list[BaseException] = []

    def guarded(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def both_edit(store: Store, *, checked: bool) -> tuple[int, int]:
    """(edits acknowledged, sum of the figures) after two writers have edited the same three records."""
    keys = prepare(store.database)
    done: list[int] = []

    def work(who: str) -> Callable[[], None]:
        return lambda: done.append(edit_often(store.database, who, keys, EDITS, checked)[0])

    assert together(work("ann"), work("bob")) == []
    return sum(done), int(store.reader().rows("SELECT sum(killed_best) FROM incident")[0][0])


def test_no_edit_is_lost(store: Store) -> None:
    acknowledged, kept = both_edit(store, checked=True)
    assert acknowledged == kept == 2 * EDITS
    versions = store.reader().rows("SELECT sum(version - 1) FROM incident")[0][0]
    assert int(versions) == 2 * EDITS
    revisions = store.reader().rows("SELECT count(*) FROM revision WHERE op = 'update'")[0][0]
    assert revisions == 2 * EDITS


def test_without_the_version_edits_are_lost_so_the_test_above_can_fail(store: Store) -> None:
    acknowledged, kept = both_edit(store, checked=False)
    assert acknowledged == 2 * EDITS
    assert kept < acknowledged


def test_a_writer_waits_its_turn_from_its_first_statement_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "BUSY_MILLISECONDS", 60_000)
    books = store.casebook("ann"), store.casebook("bob")

    def adds(book: Casebook) -> Callable[[], object]:
        return lambda: [incident(book, f"{book.who} {number}") for number in range(30)]

    assert together(*map(adds, books)) == []
    assert len(alive(store.database)["incident"]) == 60


def test_a_link_to_what_somebody_deletes_meanwhile_is_refused_or_goes_along(store: Store) -> None:
    ann, bob = store.casebook("ann"), store.casebook("bob")
    one = actor(ann, "Al-Sahil Front")
    for round_ in range(12):
        key = incident(ann, f"Round {round_}")
        raised = together(lambda key=key: involvement(ann, key, one), lambda key=key: bob.delete("incident", [key]))  # type: ignore[misc]
        assert all(isinstance(error, UsageError) and "was deleted" in str(error) for error in raised)
    assert alive(store.database)["incident"] == {}
    assert alive(store.database)["involvement"] == {}


def test_a_deadlock_is_resolved_and_both_units_are_kept(pg_store: Store) -> None:
    store = pg_store
    setup = store.casebook("setup")
    first, second = incident(setup, "First"), incident(setup, "Second")
    tries: list[str] = []
    meeting = threading.Barrier(2)

    def crosswise(who: str, keys: tuple[int, int]) -> None:
        with Casebook(store.database, who) as book:

            def work(act: Act) -> object:
                tries.append(who)
                saved = act.edit("incident", keys[0], {"weapon": who}, version=None)
                if tries.count(who) == 1:
                    meeting.wait(timeout=20)
                act.edit("incident", keys[1], {"target_kind": who}, version=None)
                return saved, f"by {who}"

            book.unit("edit", "", work)  # type: ignore[arg-type]

    assert together(lambda: crosswise("ann", (first, second)), lambda: crosswise("bob", (second, first))) == []
    assert len(tries) == 3
    kept = alive(store.database)["incident"]
    assert (kept[first]["weapon"], kept[second]["target_kind"]) == ("ann", "ann")
    assert (kept[second]["weapon"], kept[first]["target_kind"]) == ("bob", "bob")
    assert len(store.reader().rows("SELECT 1 FROM action WHERE verb = 'edit'")) == 2


def test_a_unit_that_deadlocks_every_time_is_given_up_with_a_sentence(store: Store) -> None:
    book = store.casebook()
    key = incident(book)
    before = everything(store.database), history(store.database)
    tries: list[int] = []

    def work(act: Act) -> object:
        tries.append(1)
        act.edit("incident", key, {"weapon": "mortar"}, version=None)
        raise_serialization_failure(store, act)
        return None

    with pytest.raises(Refused, match="nothing was saved"):
        book.unit("edit", "", work)  # type: ignore[arg-type]
    assert len(tries) == (5 if store.database.dialect == "postgresql" else 1)
    assert (everything(store.database), history(store.database)) == before


def raise_serialization_failure(store: Store, act: Act) -> None:
    """Let the database itself fail the statement: PostgreSQL with 40001, SQLite with an ordinary error."""
    if store.database.dialect == "postgresql":
        act.connection.exec_driver_sql("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
    act.connection.exec_driver_sql("SELECT nonsense")


def test_a_locked_database_is_refused_in_a_sentence_and_works_again_afterwards(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    if store.database.dialect == "sqlite":
        monkeypatch.setattr(places, "BUSY_MILLISECONDS", 200)
    book = store.casebook()
    key = incident(book)
    raw = connect(store.database, writing=True)
    raw.execute("BEGIN IMMEDIATE" if store.database.dialect == "sqlite" else "BEGIN")
    raw.execute("UPDATE incident SET weapon = 'held'")
    if store.database.dialect == "postgresql":
        # The time it waits is set for each connection as it is opened; this one need not wait so long.
        book.close()
        shorten_lock_timeout(store)
    with pytest.raises(Refused, match="nothing was saved") as caught:
        book.edit("incident", key, {"weapon": "mortar"}, version=None)
    assert "lock" in str(caught.value)
    raw.execute("ROLLBACK")
    raw.close()
    book.edit("incident", key, {"weapon": "mortar"}, version=1)
    assert alive(store.database)["incident"][key]["weapon"] == "mortar"


def shorten_lock_timeout(store: Store) -> None:
    """Let every action wait for a lock for 0.2 s only."""
    store.sql(
        "CREATE FUNCTION impatient() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN PERFORM set_config('lock_timeout', '200ms', true); RETURN NEW; END $$"
    )
    store.sql("CREATE TRIGGER impatient BEFORE INSERT ON action FOR EACH ROW EXECUTE FUNCTION impatient()")


def test_a_lost_connection_is_refused_in_a_sentence_and_the_next_call_works(pg_store: Store) -> None:
    store = pg_store
    book = store.casebook()
    key = incident(book)
    before = history(store.database)

    def lost_half_way() -> None:
        with book.action("edit", "lost half way") as act:
            act.edit("incident", key, {"weapon": "mortar"}, version=1)
            end_all_connections(store)
            act.edit("incident", key, {"weapon": "rocket"}, version=2)

    with pytest.raises(Refused, match="nothing was saved"):
        lost_half_way()
    assert history(store.database) == before
    assert book.edit("incident", key, {"weapon": "rocket"}, version=1).version == 2
    end_all_connections(store)
    assert book.edit("incident", key, {"weapon": "mortar"}, version=2).version == 3


def test_a_connection_lost_at_the_very_end_is_not_called_unsaved(pg_store: Store) -> None:
    store = pg_store
    book = store.casebook()

    def lost_at_the_end() -> None:
        with book.action("add", "lost at the end") as act:
            incident(act)
            end_all_connections(store)

    with pytest.raises(Refused, match="not known whether"):
        lost_at_the_end()


def end_all_connections(store: Store) -> None:
    store.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    deadline = time.monotonic() + 5
    while store.sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")[0][0] > 1:
        if time.monotonic() > deadline:
            raise AssertionError("the server kept a connection that was ended")
        time.sleep(0.01)


def test_the_slower_of_two_is_told_what_the_faster_wrote(store: Store) -> None:
    ann, bob = store.casebook("ann"), store.casebook("bob")
    key = incident(ann, "First")
    ann.edit("incident", key, {"title": "Hers"}, version=1)
    with pytest.raises(Conflict) as caught:
        bob.edit("incident", key, {"title": "His"}, version=1)
    told = caught.value
    bob.edit("incident", key, {"title": "His"}, version=told.version)
    assert alive(store.database)["incident"][key]["title"] == "His"
