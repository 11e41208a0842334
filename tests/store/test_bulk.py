"""Bulk loads: rows of a dataset come in once, in one transaction, the same on both engines and in both ways."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from casework import actor, alive, everything
from conftest import Store
from loading import ABOUT, CROWD, GUARD, SAHIL, SECOND, Case, incoming, load, shape, whole

from tracker.errors import Refused, UsageError
from tracker.store import bulk, bulk_people
from tracker.store.bulk import About, Bulk
from tracker.store.check import check
from tracker.store.database import Database, Reader, connect
from tracker.store.incoming import ActorSpec, Involved, SourceSpec, StatementSpec, TallySpec

POST = SourceSpec("Harbour shelled", "Coast Post", "2024-05-02")
WIRE = SourceSpec("Shells on the harbour", "Wire", "2024", "https://wire.example/1", author="B. Gray")
CASES = [
    Case("1", actors=(SAHIL, GUARD), host=CROWD, tags=("sea", "sea", "night")),
    Case("2", sources=(POST, WIRE), actors=(), extra='{"side": "a"}', links=(("follows", "4"), ("same_as", "none"))),
    Case("3", sources=(WIRE,), actors=(), killed=None, summary=None),
    Case("4", "Boat seized", "2024-06-01", tallies=(TallySpec("wounded", "guards", 1, None, 3),)),
    Case("5", sources=(), statements=(StatementSpec(GUARD, "deny", quote="", paraphrase="No boat was seized"),)),
    Case("10", "Zoo é", actors=(GUARD,), host=SAHIL, links=(("contradicts", "1"),)),
]


def errors(where: Database) -> list[Any]:
    """What a check finds wrong."""
    with Reader(where) as reader:
        return [problem for problem in check(reader).problems if problem.severity == "error"]


def test_rows_come_in_with_all_that_hangs_on_them(store: Store) -> None:
    before = shape(store.database)
    assert load(store.database, CASES) == (1, 1, [])
    rows = alive(store.database)
    assert {kind: len(some) for kind, some in rows.items() if some} == {
        "actor": 3, "batch": 1, "incident": 6, "incident_link": 2, "incident_source": 3, "involvement": 7,
        "source": 2, "statement": 1, "statement_incident": 1, "tag": 2, "tally": 1,
    }  # fmt: skip
    by_key = {row["external_id"]: row for row in rows["incident"].values()}
    third = by_key["3"]
    assert (third["killed_best"], third["summary"], third["status"], third["review"]) == (
        None,
        None,
        "reported",
        "draft",
    )
    assert (third["dataset"], third["release"], third["batch_id"], third["aggregate"]) == ("coast", "1", 1, False)
    first = [row for row in rows["involvement"].values() if row["incident_id"] == by_key["1"]["id"]]
    assert [(row["role"], row["stance"]) for row in first] == [("participant", "claims")] * 2 + [("host", "states")]
    assert {row["source_id"] for row in first} == {1}
    tally = rows["tally"][1]
    assert (tally["low"], tally["best"], tally["high"], tally["source_id"]) == (1, None, 3, 1)
    assert rows["source"][2]["published_latest"] == "2024-12-31"
    assert [(row["a_id"], row["type"], row["b_id"]) for row in rows["incident_link"].values()] == [
        (by_key["2"]["id"], "follows", by_key["4"]["id"]), (by_key["10"]["id"], "contradicts", by_key["1"]["id"]),
    ]  # fmt: skip
    assert errors(store.database) == []
    assert shape(store.database) == before


def test_one_source_is_named_by_the_involvements_and_several_by_themselves(store: Store) -> None:
    load(store.database, CASES)
    rows = alive(store.database)
    key = {row["id"]: row["external_id"] for row in rows["incident"].values()}
    cited = [(key[row["incident_id"]], row["source_id"]) for row in rows["incident_source"].values()]
    assert cited == [("2", 1), ("2", 2), ("3", 2)]


def test_search_finds_what_was_loaded(store: Store) -> None:
    load(store.database, CASES)
    query = "SELECT rowid FROM incident_fts WHERE incident_fts MATCH 'seized'"
    if store.database.dialect == "postgresql":
        query = "SELECT id FROM incident WHERE document @@ to_tsquery('simple', 'seized')"
    assert [row[0] for row in store.sql(query)] == [4]


def test_the_same_file_again_writes_nothing(store: Store) -> None:
    load(store.database, CASES)
    before = whole(store.database)
    assert load(store.database, CASES) == (0, 0, [])
    assert whole(store.database) == before


def test_known_tells_what_is_there(store: Store) -> None:
    load(store.database, CASES)
    book = store.casebook()
    book.delete("incident", [2])
    with Bulk(store.database, "ann", ABOUT) as load_:
        one, two, none = load_.known(["1", "2", "77"])
    assert one is not None
    assert (one.id, one.deleted, one.gone, one.fingerprint) == (1, False, False, CASES[0].fingerprint)
    assert two is not None
    assert (two.deleted, two.fingerprint) == (True, CASES[1].fingerprint)
    assert none is None


def test_a_row_is_known_as_soon_as_it_was_added(store: Store) -> None:
    with Bulk(store.database, "ann", ABOUT) as load_:
        load_.add(incoming([Case("20"), Case("7")]))
        there = load_.known(["8", "30", "7", "20", "100"])
        assert [one and one.id for one in there] == [None, None, 2, 1, None]
        load_.finish({"new": 2}, {}, sha256="", dry_run=False)


def test_two_databases_give_the_same_uids(sqlite_database: Database, postgresql_database: Database) -> None:
    found = []
    for where in (sqlite_database, postgresql_database):
        load(where, CASES)
        rows = everything(where)
        found.append({kind: {row["uid"] for row in rows[kind].values()} for kind in rows if kind != "batch"})
    assert found[0] == found[1]
    uids = [uid for some in found[0].values() for uid in some]
    assert len(set(uids)) == len(uids)
    assert {(len(uid), uid[14], uid[19]) for uid in uids} == {(36, "8", "a")}


@pytest.mark.parametrize("first", [[], CASES[:2]])
def test_setting_indexes_aside_gives_the_very_same(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Any, first: list[Case]
) -> None:
    import shutil

    from tracker.store.database import database

    assert sqlite_database.path is not None
    small, large = sqlite_database, database(str(shutil.copy(sqlite_database.path, tmp_path / "large.db")))
    for where, limit in ((small, 10**6), (large, 1)):
        if first:
            load(where, first)
        monkeypatch.setattr(bulk, "LARGE", limit)
        load(where, CASES)
    assert _timeless(whole(small)) == _timeless(whole(large))
    assert errors(large) == []


def test_many_rows_at_once_on_both_engines(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "LARGE", 10)
    monkeypatch.setattr(bulk_people, "SOURCES_KEPT", 5)
    monkeypatch.setattr(bulk_people, "ACTORS_KEPT", 3)
    before = shape(store.database)
    cases = [
        Case(str(n), f"Case {n}", actors=(ActorSpec(f"Group {n % 9}"),), sources=(SourceSpec(f"Report {n % 40}"),))
        for n in range(100)
    ]
    load(store.database, cases, size=7, expected=100)
    rows = alive(store.database)
    assert [len(rows[kind]) for kind in ("incident", "involvement", "actor", "source")] == [100, 100, 9, 40]
    assert shape(store.database) == before
    assert errors(store.database) == []


def test_a_row_is_changed_while_the_indexes_are_aside(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "LARGE", 1)
    before = shape(store.database)
    cases = [*CASES, replace(CASES[0], actors=(CROWD,), tags=()), Case("11"), replace(CASES[1], links=())]
    load(store.database, cases, gone=True, force=True, expected=9)
    rows = alive(store.database)
    assert [len(rows[kind]) for kind in ("incident", "tag", "incident_link")] == [7, 0, 1]
    assert not any(row["gone"] for row in rows["incident"].values())
    assert shape(store.database) == before
    assert errors(store.database) == []


def _timeless(found: tuple[Any, ...]) -> Any:
    text = json.dumps(found, default=str)
    import re

    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "", re.sub(r'"batch": \{.*?\}\}', "", text))


def test_actors_are_found_by_their_names(store: Store) -> None:
    book = store.casebook()
    known = actor(book, "Sahilis")
    book.add("actor_name", {"actor_id": known, "name": "Al-Sahil Front"})
    twice = [actor(book, "Coast Guard"), actor(book, "Coast Guard")]
    load(store.database, CASES)
    names = [row["name"] for row in everything(store.database)["actor"].values()]
    assert names == ["Sahilis", "Coast Guard", "Coast Guard", "Coast Guard", "Fishermen"]
    used = {row["actor_id"] for row in everything(store.database)["involvement"].values()}
    assert known in used
    assert used.isdisjoint(twice)


def test_an_actor_that_was_renamed_or_merged_stays_the_one_of_its_name(store: Store) -> None:
    load(store.database, CASES[:1])
    book = store.casebook()
    ids = {row["name"]: key for key, row in everything(store.database)["actor"].items()}
    other = actor(book, "Coastal Police")
    book.edit("actor", ids["Al-Sahil Front"], {"name": "Sahil"}, version=None)
    book.merge(other, ids["Coast Guard"])
    load(store.database, CASES)
    assert {row["name"] for row in alive(store.database)["actor"].values()} == {"Sahil", "Coastal Police", "Fishermen"}


def test_a_dry_run_writes_nothing(store: Store) -> None:
    load(store.database, CASES[:2])
    before = whole(store.database)
    changed = [Case("1", killed=9, actors=(GUARD,)), *CASES[2:]]
    assert load(store.database, changed, dry_run=True, gone=True, force=True)[:2] == (0, 0)
    assert whole(store.database) == before
    assert errors(store.database) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
@pytest.mark.parametrize("limit", [1, 10**6])
def test_an_import_that_is_broken_off_leaves_nothing(
    store: Store, error: type[BaseException], limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store.database, CASES[:2])
    before = whole(store.database)
    monkeypatch.setattr(bulk, "LARGE", limit)

    def broken_off() -> None:
        with Bulk(store.database, "ann", ABOUT) as load_:
            load_.add(incoming(CASES[2:]))
            (there,) = load_.known(["1"])
            assert there is not None
            load_.change(incoming([Case("1", killed=7, actors=())]), [there])
            raise error

    with pytest.raises(error):
        broken_off()
    assert whole(store.database) == before
    assert errors(store.database) == []


def test_an_import_into_nothing_that_is_broken_off_leaves_nothing(sqlite_store: Store) -> None:
    before = whole(sqlite_store.database)

    def broken_off() -> None:
        with Bulk(sqlite_store.database, "ann", ABOUT, expected=10**6) as load_:
            load_.add(incoming(CASES))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert whole(sqlite_store.database) == before
    assert sqlite_store.sql("PRAGMA journal_mode") == [("wal",)]


def test_the_same_id_twice_is_refused_and_nothing_is_kept(store: Store) -> None:
    before = whole(store.database)
    with pytest.raises(Refused, match="nothing was imported"):
        load(store.database, [Case("1"), Case("1")])
    assert whole(store.database) == before


def test_columns_of_unequal_length_are_a_defect(sqlite_store: Store) -> None:
    rows = incoming(CASES)
    rows.incident["title"] = ["only one"]
    with pytest.raises(ValueError, match="6 rows"), Bulk(sqlite_store.database, "ann", ABOUT) as load_:
        load_.add(rows)


def test_a_reference_that_leads_nowhere_is_refused(sqlite_store: Store) -> None:
    rows = incoming(CASES)
    rows.incident["parent_id"] = [None, 4711, *[None] * 4]
    before = whole(sqlite_store.database)

    def dangling() -> None:
        with Bulk(sqlite_store.database, "ann", ABOUT) as load_:
            load_.add(rows)
            load_.finish({"new": 6}, {}, sha256="", dry_run=False)

    with pytest.raises(Refused, match="row 2 of incident"):
        dangling()
    assert whole(sqlite_store.database) == before


def test_a_dataset_must_have_a_name(sqlite_store: Store) -> None:
    with pytest.raises(UsageError, match="names no dataset"):
        Bulk(sqlite_store.database, "ann", About("p", ""))


def test_a_reader_sees_the_old_state_and_is_not_kept_waiting(store: Store) -> None:
    load(store.database, CASES[:2])
    reader = store.reader()
    with Bulk(store.database, "ann", ABOUT) as load_:
        load_.add(incoming(CASES[2:]))
        assert reader.rows("SELECT count(*) FROM incident") == [(2,)]
        load_.finish({"new": 4}, {}, sha256="", dry_run=False)
    assert reader.rows("SELECT count(*) FROM incident") == [(6,)]


def test_a_screen_that_is_open_on_an_empty_database_goes_on(sqlite_store: Store) -> None:
    reader = sqlite_store.reader()
    assert reader.rows("SELECT count(*) FROM incident") == [(0,)]
    with Bulk(sqlite_store.database, "ann", ABOUT) as load_:
        load_.add(incoming(CASES))
        assert reader.rows("SELECT count(*) FROM incident") == [(0,)]
        load_.finish({"new": 6}, {}, sha256="", dry_run=False)
    assert reader.rows("SELECT count(*) FROM incident") == [(6,)]


def test_the_settings_are_back_after_the_first_import(sqlite_store: Store) -> None:
    load(sqlite_store.database, CASES)
    reader = sqlite_store.reader()
    assert reader.rows("PRAGMA journal_mode") == [("wal",)]
    assert reader.rows("SELECT count(*) FROM incident_fts_config WHERE k = 'hashsize'") == [(0,)]
    actor(sqlite_store.casebook(), "Somebody else")


def test_words_of_a_changed_row_are_found_and_the_old_ones_are_not(sqlite_store: Store) -> None:
    load(sqlite_store.database, [CASES[0], Case("2")])
    load(sqlite_store.database, [replace(CASES[0], title="Depot burnt"), Case("3", title="Depot shelled")], SECOND)
    query = "SELECT rowid FROM incident_fts WHERE incident_fts MATCH ? ORDER BY 1"
    assert sqlite_store.sql(query, ("depot",)) == [(1,), (3,)]
    assert sqlite_store.sql(query, ("title:shelled",)) == [(2,), (3,)]


def test_a_database_in_which_somebody_writes_is_refused(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.store import bulk_sqlite
    from tracker.store import database as settings

    load(sqlite_store.database, CASES[:1])
    for module in (settings, bulk_sqlite):
        monkeypatch.setattr(module, "BUSY_MILLISECONDS", 10)
    writer = connect(sqlite_store.database, writing=True)
    sqlite_store.stack.callback(writer.close)
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(Refused, match="somebody else is writing"):
        load(sqlite_store.database, CASES)
    writer.execute("ROLLBACK")
    load(sqlite_store.database, CASES)


def test_a_lost_server_leaves_nothing(postgresql_database: Database) -> None:
    before = whole(postgresql_database)

    def lost() -> None:
        with Bulk(postgresql_database, "ann", ABOUT) as load_:
            load_.add(incoming(CASES))
            killer = connect(postgresql_database, writing=True)
            killer.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state LIKE 'idle in%'")
            killer.close()
            load_.add(incoming([Case("99")]))

    with pytest.raises(Refused, match="nothing was imported"):
        lost()
    assert whole(postgresql_database) == before


def test_two_actors_in_one_row_and_none_in_another_stay_with_their_rows(store: Store) -> None:
    rows = incoming([Case("1"), Case("2"), Case("3"), Case("4")])
    rows.involved = [Involved([(SAHIL, GUARD), None, CROWD, SAHIL], "participant")]
    with Bulk(store.database, "ann", ABOUT) as load_:
        load_.add(rows)
        load_.finish({"new": 4}, {}, sha256="", dry_run=False)
    found = alive(store.database)
    keys = {row["id"]: row["external_id"] for row in found["incident"].values()}
    names = {row["id"]: row["name"] for row in found["actor"].values()}
    assert sorted(
        (keys[row["incident_id"]], names[row["actor_id"]]) for row in found["involvement"].values()
    ) == sorted([("1", SAHIL.name), ("1", GUARD.name), ("3", CROWD.name), ("4", SAHIL.name)])
