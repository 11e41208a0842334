"""A later release of a dataset: what changed follows, what people edited stays, what is gone is marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from casework import alive, everything, history
from conftest import Store
from loading import ABOUT, CROWD, GUARD, SAHIL, SECOND, Case, load, whole

from tracker.store.check import check
from tracker.store.database import Reader
from tracker.store.history import actions
from tracker.store.incoming import SourceSpec, StatementSpec, TallySpec

ONE = Case("1", actors=(SAHIL, GUARD), host=CROWD, tags=("sea",), extra='{"a": 1, "b": 2}')
OTHER = SourceSpec("Second look", "Wire")


@pytest.fixture(autouse=True)
def _in_order(store: Store) -> Iterator[None]:
    """After every test the database holds what it promises."""
    yield
    with Reader(store.database) as reader:
        assert [problem for problem in check(reader).problems if problem.severity == "error"] == []


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (replace(ONE, title="Harbour shelled again"), {"title": ("Harbour shelled", "Harbour shelled again")}),
        (replace(ONE, killed=None), {"killed_best": (2, None)}),
        (replace(ONE, killed=0), {"killed_best": (2, 0)}),
        (replace(ONE, summary=None), {"summary": ("Shells fell on the harbour", None)}),
        (replace(ONE, day="2024-05-03"), {"date": ("2024-05-01", "2024-05-03")}),
        (replace(ONE, extra='{"b": 2, "a": 1}'), {}),
        (replace(ONE, tags=("sea", "sea")), {}),
    ],
)
def test_each_field_follows_the_file(store: Store, new: Case, told: dict[str, Any]) -> None:
    load(store.database, [ONE])
    batch, _, found = load(store.database, [new], SECOND)
    assert found == [told]
    row = everything(store.database)["incident"][1]
    assert (row["killed_best"], row["title"], row["date_latest"]) == (new.killed, new.title, new.day)
    assert row["release"] == ("2" if told else "1")
    assert batch == (2 if told else 0)
    assert load(store.database, [new], SECOND) == (0, 0, [])
    changes = [entry for entry in history(store.database) if entry[2:5] == ("incident", 1, "update")]
    assert len(changes) == (1 if told else 0)


def test_a_row_that_was_added_in_the_same_import_can_be_changed_in_it(store: Store) -> None:
    load(store.database, [Case("1"), Case("2"), Case("3"), Case("1", title="Depot burnt", tags=("fire",))])
    assert alive(store.database)["incident"][1]["title"] == "Depot burnt"


def test_what_a_person_edited_is_kept_and_told(store: Store) -> None:
    load(store.database, [ONE])
    book = store.casebook("bea")
    book.edit("incident", 1, {"killed_best": 5, "weapon": "mortar"}, version=None)
    _, _, told = load(store.database, [replace(ONE, killed=3, title="New title")], SECOND)
    assert told == [{"title": ("Harbour shelled", "New title"), "killed_best": ("kept", "killed_best")}]
    row = everything(store.database)["incident"][1]
    assert (row["killed_best"], row["title"], row["weapon"]) == (5, "New title", "mortar")


def test_an_edit_that_was_taken_back_is_none(store: Store) -> None:
    load(store.database, [ONE])
    book = store.casebook("bea")
    book.edit("incident", 1, {"killed_best": 5}, version=None)
    book.undo()
    assert load(store.database, [replace(ONE, killed=3)], SECOND)[2] == [{"killed_best": (2, 3)}]


def test_who_is_involved_follows_the_file(store: Store) -> None:
    load(store.database, [ONE])
    _, _, told = load(store.database, [replace(ONE, actors=(SAHIL, CROWD), host=None)], SECOND)
    assert list(told[0]) == ["involvements"]
    rows = alive(store.database)
    names = {key: row["name"] for key, row in rows["actor"].items()}
    assert sorted((names[row["actor_id"]], row["role"]) for row in rows["involvement"].values()) == [
        ("Al-Sahil Front", "participant"), ("Fishermen", "participant"),
    ]  # fmt: skip
    assert load(store.database, [ONE], SECOND)[2] != [{}]
    assert len(alive(store.database)["involvement"]) == 3


def test_an_involvement_that_a_person_edited_or_deleted_stays_so(store: Store) -> None:
    load(store.database, [ONE])
    book = store.casebook("bea")
    ids = sorted(alive(store.database)["involvement"])
    book.edit("involvement", ids[0], {"role": "perpetrator"}, version=None)
    book.delete("involvement", [ids[1]])
    before = alive(store.database)["involvement"]
    _, _, told = load(store.database, [replace(ONE, killed=8)], SECOND)
    assert told == [{"killed_best": (2, 8)}]
    assert alive(store.database)["involvement"] == before
    load(store.database, [replace(ONE, actors=(), killed=9)], SECOND)
    assert ids[0] in alive(store.database)["involvement"]


def test_an_actor_that_was_merged_is_not_brought_back(store: Store) -> None:
    load(store.database, [ONE])
    book = store.casebook("bea")
    ids = {row["name"]: key for key, row in alive(store.database)["actor"].items()}
    book.merge(ids["Al-Sahil Front"], ids["Coast Guard"])
    before = alive(store.database)["involvement"]
    assert load(store.database, [replace(ONE, killed=8)], SECOND)[2] == [{"killed_best": (2, 8)}]
    assert alive(store.database)["involvement"] == before


def test_sources_tallies_statements_tags_and_links_follow(store: Store) -> None:
    said = StatementSpec(GUARD, "deny", paraphrase="We were not there")
    links = (("follows", "2"), ("same_as", "3"))
    first = replace(
        ONE,
        tallies=(TallySpec("wounded", "", 1, 2, 3),),
        statements=(said,),
        links=links,
    )
    load(store.database, [first, Case("2"), Case("3")])
    new = replace(
        first,
        sources=(OTHER, *first.sources),
        tallies=(TallySpec("wounded", "", 1, 4, 9), TallySpec("killed", "guards", 0, 0, 0)),
        statements=(said, StatementSpec(SAHIL, "claim_responsibility", paraphrase="It was us")),
        tags=("night",),
        links=(("same_as", "3"), ("contradicts", "2")),
    )
    _, _, told = load(store.database, [new], SECOND)
    assert list(told[0]) == ["involvements", "tallies", "statements", "sources", "tags"]
    rows = alive(store.database)
    assert sorted((row["measure"], row["best"]) for row in rows["tally"].values()) == [("killed", 0), ("wounded", 4)]
    assert [row["name"] for row in rows["tag"].values()] == ["night"]
    assert sorted(row["type"] for row in rows["incident_link"].values()) == ["contradicts", "same_as"]
    assert len(rows["statement"]) == len(rows["statement_incident"]) == 2
    assert len(rows["incident_source"]) == 2
    load(store.database, [first], SECOND)
    rows = alive(store.database)
    assert [len(rows[kind]) for kind in ("tally", "statement", "incident_source", "tag")] == [1, 1, 0, 1]
    assert sorted(row["type"] for row in rows["incident_link"].values()) == ["follows", "same_as"]


def test_what_a_person_built_on_stays(store: Store) -> None:
    said = StatementSpec(GUARD, "deny", paraphrase="We were not there")
    load(store.database, [replace(ONE, statements=(said,))])
    book = store.casebook("bea")
    book.add("involvement", {"incident_id": 1, "actor_id": 1, "role": "sponsor", "statement_id": 1})
    _, _, told = load(store.database, [ONE], SECOND)
    assert told == [{"statements": ("kept", "statements")}]
    assert len(alive(store.database)["statement"]) == 1


FEW = [Case(str(n), day=f"2024-05-0{n}") for n in range(1, 7)]


def test_rows_that_a_release_no_longer_has_are_marked_and_come_back(store: Store) -> None:
    elsewhere = [Case("90", day="2020-01-01"), Case("91", day="2024-05-03", country="SYR")]
    load(store.database, [*FEW, *elsewhere])
    load(store.database, [*FEW[:3], FEW[5]], SECOND, gone=True)
    marks = {row["external_id"]: row["gone"] for row in alive(store.database)["incident"].values()}
    assert {key for key, mark in marks.items() if mark} == {"4", "5"}
    assert marks["4"] == "2"
    _, _, told = load(store.database, FEW, SECOND, gone=True)
    assert told == [{"gone": ("2", None)}] * 2
    assert not any(row["gone"] for row in alive(store.database)["incident"].values())


def test_a_file_with_few_of_the_rows_marks_nothing_unless_forced(store: Store) -> None:
    load(store.database, FEW)
    before = whole(store.database)
    few = [FEW[0], FEW[5]]
    assert load(store.database, few, SECOND, gone=True) == (0, 0, [])
    assert whole(store.database) == before
    load(store.database, few, SECOND, gone=True, force=True)
    assert sum(row["gone"] is not None for row in alive(store.database)["incident"].values()) == 4


def test_incidents_of_other_datasets_are_left_alone(store: Store) -> None:
    load(store.database, FEW)
    load(store.database, FEW, replace(ABOUT, dataset="inland"))
    load(store.database, FEW[1:], SECOND, gone=True, force=True)
    rows = alive(store.database)["incident"].values()
    assert len(rows) == 12
    assert {row["dataset"] for row in rows if row["gone"]} <= {"coast"}


def test_the_history_of_a_record_tells_its_import(store: Store) -> None:
    load(store.database, [ONE])
    load(store.database, [replace(ONE, killed=8)], SECOND)
    told = [action.sentence for action in actions(store.reader(), 10, "I-1")]
    assert told == ["Imported B-2 from coast-2.csv: 1 changed", "Imported B-1 from coast.csv: 1 new"]
