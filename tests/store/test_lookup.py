"""Finding records by what people call them, completing names, searching words, counting values, streaming for files."""

from __future__ import annotations

from typing import Any

import pytest
from casework import actor, incident, involvement, source, statement
from conftest import Store

from tracker.errors import UsageError
from tracker.model.kinds import ACTOR, INCIDENT, INVOLVEMENT, KINDS
from tracker.store.database import Reader
from tracker.store.history import actions
from tracker.store.query import parse
from tracker.store.views import ActorHit, complete_actors, facets, find, record, ref, search, stream, totals


@pytest.fixture
def case(store: Store) -> tuple[Store, Reader]:
    """Five actors with other names, three incidents, a source with a text, a statement."""
    with store.casebook() as book:
        names = ("Kataib Hezbollah", "Hezbollah", "Asaib Ahl al-Haq", "Mike Pompeo", "U.S. Marines")
        ids = [actor(book, name) for name in names]
        book.add("actor_name", {"actor_id": ids[0], "name": "KH"})
        book.add("actor_name", {"actor_id": ids[2], "name": "League of the Righteous"})
        keys = [
            incident(book, "Rocket attack at the airport", country="IRQ", date_earliest="2019-12-09",
                     date_latest="2019-12-09", date_edtf="2019-12-09", aggregate=True),
            incident(book, "Second rocket attack", country="IRQ", category="grenade"),
            incident(book, "Protest", country=None, category="protest", aggregate=False),
        ]  # fmt: skip
        origin = source(book, "Rockets hit the airport")
        book.attach(origin, b"The text tells of katyusha rockets near the runway.")
        statement(book, ids[3], "We will answer the rocket attack decisively", source_id=origin)
        involvement(book, keys[0], ids[0], asserted_by_id=ids[3], source_id=origin, adopted=True)
        involvement(book, keys[0], ids[2])
    return store, store.reader()


def test_a_record_is_found_by_ref_in_any_case_and_by_uid(case: tuple[Store, Reader]) -> None:
    _, reader = case
    assert find(reader, "I-1") == find(reader, " i-1 ") == (INCIDENT, 1)
    uid = str((record(reader, ACTOR, 3) or {})["uid"])
    assert find(reader, uid) == (ACTOR, 3)
    assert ref(*find(reader, "src-1")) == "SRC-1"


@pytest.mark.parametrize(("text", "sentence"), [
    ("I-9", "I-9: there is no such incident; the nearest is I-3"),
    ("T-4", "T-4: there is no such tally; there are none yet"),
    ("SCR-1", "“SCR-1” is no REF; did you mean SRC-1?"),
    ("Mike Pompeo", "“Mike Pompeo” is not the REF or uid of any record"),
    ("", "“” is not the REF or uid of any record"),
    ("I-0; DROP TABLE incident", "is not the REF or uid"),
])  # fmt: skip
def test_what_is_not_found_is_refused_with_what_is_near(case: tuple[Store, Reader], text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as refusal:
        find(case[1], text)
    assert sentence in str(refusal.value)


def test_deleted_and_merged_records_say_what_became_of_them(case: tuple[Store, Reader]) -> None:
    store, reader = case
    with store.casebook() as book:
        book.delete("incident", [3])
        book.merge(1, 2)
    with pytest.raises(UsageError, match="I-3: was deleted"):
        find(reader, "I-3")
    with pytest.raises(UsageError, match="A-2: was merged into A-1"):
        find(reader, "A-2")
    assert find(reader, "I-3", deleted=True) == (INCIDENT, 3)
    assert (record(reader, INCIDENT, 3) or {})["deleted_at"]
    assert record(reader, INCIDENT, 99) is None


def test_a_record_has_all_its_columns_as_typed_values(case: tuple[Store, Reader]) -> None:
    store, reader = case
    store.sql("""UPDATE incident SET extra = '{"a": [1, null]}' WHERE id = 1""")
    found = record(reader, INCIDENT, 1)
    assert found is not None
    assert set(INCIDENT.column_names) < set(found)
    assert (found["aggregate"], found["extra"], found["killed_best"]) == (True, {"a": [1, None]}, None)
    assert (record(reader, INCIDENT, 3) or {})["aggregate"] is False


def test_totals_leave_out_the_deleted(case: tuple[Store, Reader]) -> None:
    store, reader = case
    with store.casebook() as book:
        book.delete("incident", [3])
    found = totals(reader)
    assert set(found) == {kind.name for kind in KINDS}
    assert (found["incident"], found["actor"], found["actor_name"], found["tally"]) == (2, 5, 2, 0)


@pytest.mark.parametrize(("typed", "names"), [
    ("hezb", ["Hezbollah", "Kataib Hezbollah"]),
    ("HEZBOLLAH", ["Hezbollah", "Kataib Hezbollah"]),
    ("kh", ["Kataib Hezbollah"]),
    ("righteous", ["Asaib Ahl al-Haq"]),
    ("al haq", ["Asaib Ahl al-Haq"]),
    ("US mar", ["U.S. Marines"]),
    ("Pompoe", ["Mike Pompeo"]),
    ("Hizbollah", ["Hezbollah", "Kataib Hezbollah"]),
    ("zq", []), ("", []), ("%", []), ("___", []),
])  # fmt: skip
def test_actors_are_completed_by_any_name(case: tuple[Store, Reader], typed: str, names: list[str]) -> None:
    assert [hit.name for hit in complete_actors(case[1], typed)] == names


def test_a_completed_actor_says_which_name_fits(case: tuple[Store, Reader]) -> None:
    (hit,) = complete_actors(case[1], "league", 1)
    assert hit == ActorHit(3, "Asaib Ahl al-Haq", "League of the Righteous", "armed_group")


def test_search_looks_through_all_kinds_and_shows_the_place(case: tuple[Store, Reader]) -> None:
    _, reader = case
    assert {hit.ref for hit in search(reader, "rocket", 20)} == {"I-1", "I-2", "S-1", "SRC-1"}
    assert [hit.ref for hit in search(reader, "airport ROCK", 20)] == ["I-1", "SRC-1"]
    (hit,) = search(reader, "katyusha runw", 20)
    assert (hit.kind, hit.id, hit.title) == ("source", 1, "Rockets hit the airport")
    assert "katyusha rockets near the runway" in hit.snippet
    assert [(hit.kind, hit.ref, hit.title) for hit in search(reader, "righteous", 5)] == [
        ("actor", "A-3", "Asaib Ahl al-Haq")
    ]
    assert len(search(reader, "rocket", 3)) == 3


@pytest.mark.parametrize("text", ["", "   ", "!!!", "___", '"', "*", "AND", "a" * 5_000, "x OR", "-", "^ % '"])
def test_search_takes_whatever_is_typed(case: tuple[Store, Reader], text: str) -> None:
    assert search(case[1], text, 5) == []


def test_search_passes_over_the_deleted(case: tuple[Store, Reader]) -> None:
    store, reader = case
    with store.casebook() as book:
        book.delete("incident", [1])
    assert "I-1" not in {hit.ref for hit in search(reader, "rocket", 20)}


def test_facets_count_values_the_most_frequent_first(case: tuple[Store, Reader]) -> None:
    _, reader = case
    assert facets(reader, INCIDENT, None, "country") == [("IRQ", 2), (None, 1)]
    assert facets(reader, INCIDENT, parse(INCIDENT, "rocket"), "category") == [("armed_clash", 1), ("grenade", 1)]
    assert facets(reader, INCIDENT, None, "date") == [(None, 2), ("2019", 1)]
    assert dict(facets(reader, INCIDENT, None, "aggregate")) == {"yes": 1, "no": 1, None: 1}
    assert dict(facets(reader, INVOLVEMENT, None, "asserted_by")) == {"Mike Pompeo": 1, None: 1}
    assert dict(facets(reader, INVOLVEMENT, None, "actor")) == {"Kataib Hezbollah": 1, "Asaib Ahl al-Haq": 1}
    with pytest.raises(UsageError, match="“contry” is not a field"):
        facets(reader, INCIDENT, None, "contry")


def test_stream_gives_stored_values_in_a_total_order(case: tuple[Store, Reader]) -> None:
    _, reader = case
    uids = [(record(reader, ACTOR, id_) or {})["uid"] for id_ in (1, 3)]
    names = ("id", "actor", "actor_uid", "asserted_by", "adopted", "credibility", "extra")
    assert list(stream(reader, INVOLVEMENT, None, names)) == [
        (1, "Kataib Hezbollah", uids[0], "Mike Pompeo", True, None, None),
        (2, "Asaib Ahl al-Haq", uids[1], None, None, None, None),
    ]
    rocket = parse(INCIDENT, "rocket")
    assert list(stream(reader, INCIDENT, rocket, ("id", "date_edtf"), ("date", True))) == [(1, "2019-12-09"), (2, None)]
    assert list(stream(reader, INCIDENT, None, ("id",), ("date", False), limit=2)) == [(2,), (3,)]
    with pytest.raises(UsageError, match="“actors” is not a stored column"):
        list(stream(reader, INVOLVEMENT, None, ("actors",)))


def test_stream_goes_on_over_many_blocks(store: Store) -> None:
    store.sql(
        "INSERT INTO incident (id, uid, version, created_at, updated_at, title, category, status)"
        " WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 2500)"
        " SELECT n, 'u' || n, 1, 'x', 'x', 'Incident ' || n, 'other', 'reported' FROM s"
    )
    assert [row[0] for row in stream(store.reader(), INCIDENT, None, ("id", "title"))] == list(range(1, 2501))


def test_history_is_by_action_and_of_one_record_also_when_it_is_deleted(case: tuple[Store, Reader]) -> None:
    store, reader = case
    with store.casebook("ben") as book:
        book.edit("incident", 2, {"title": "Third rocket attack"}, version=1, reason="misread")
        book.delete("incident", [2], reason="double")
        book.undo()
    rows = actions(reader, 100)
    assert [row.id for row in rows] == sorted((row.id for row in rows), reverse=True)
    assert len(actions(reader, 3)) == 3
    mine = actions(reader, 10, "I-2")
    assert [(row.verb, row.reason) for row in mine][1:3] == [("delete", "double"), ("edit", "misread")]
    assert {row.who for row in mine[:3]} == {"ben"}
    assert mine[1].reverted
    edit: dict[str, Any] = mine[2].changes[0]
    assert (edit["ref"], edit["op"], edit["version"]) == ("I-2", "update", 2)
    assert edit["changes"]["title"] == ["Second rocket attack", "Third rocket attack"]
    with store.casebook() as book:
        book.delete("incident", [2])
    assert actions(reader, 1, "I-2")[0].verb == "delete"
    with pytest.raises(UsageError, match="I-77"):
        actions(reader, 1, "I-77")


def test_history_of_a_great_action_shows_some_changes_and_counts_all(store: Store) -> None:
    with store.casebook() as book, book.action("import", "Imported 30 incidents") as act:
        for number in range(30):
            act.add("incident", {"title": f"No {number}", "category": "other", "status": "reported"})
    (row,) = actions(store.reader(), 5)
    assert (row.sentence, len(row.changes), row.touched) == ("Imported 30 incidents", 20, 30)
