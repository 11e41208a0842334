"""Whatever hangs on an incident stands in the file, or the report says that it does not: field by field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Store

from codebooks.making import actor, exported, imported, incident, involved, source
from tracker.exchange.codebooks import TARGETS
from tracker.model.fields import Kind
from tracker.model.kinds import BY_NAME
from tracker.store.casebook import Casebook

VALUES: dict[str, dict[str, dict[str, object]]] = {
    "involvement": {
        "actor": {"actor_id": 5}, "role": {"role": "host"}, "asserted_by": {"asserted_by_id": 5},
        "statement": {"statement_id": 2}, "source": {"source_id": 2}, "stance": {"stance": "accuses"},
        "hedge": {"hedge": "partial"}, "hedge_words": {"hedge_words": "zq-allegedly"}, "basis": {"basis": "witness"},
        "credibility": {"credibility": 4}, "adopted": {"adopted": False}, "notes": {"notes": "zq-jotted"},
    },
    "tally": {
        "measure": {"measure": "missing"}, "whom": {"whom": "zq-bakers"}, "low": {"low": 70123, "best": None},
        "best": {"best": 70124}, "high": {"high": 70125}, "words": {"words": "zq-dozens"},
        "asserted_by": {"asserted_by_id": 5}, "statement": {"statement_id": 2}, "source": {"source_id": 2},
        "adopted": {"adopted": False},
    },
    "statement": {
        "speaker": {"speaker_id": 5}, "kind": {"kind": "demand"}, "mode": {"mode": "mixed"},
        "quote": {"quote": "zq-other words"}, "paraphrase": {"paraphrase": "zq-retold"},
        "said": {"said_edtf": "2020-03-11", "said_earliest": "2020-03-11", "said_latest": "2020-03-11",
                 "said_precision": "day", "said_words": "zq-lately"},
        "venue": {"venue": "zq-harbour"}, "conditional": {"conditional": True}, "negated": {"negated": True},
        "source": {"source_id": 2}, "repeats": {"repeats_id": 2}, "cameo": {"cameo": "1383"},
        "plover": {"plover": "COERCE"}, "notes": {"notes": "zq-jotted"}, "coder": {"coder": "zq-zoe"},
    },
    "source": {
        "title": {"title": "zq-Headline"}, "kind": {"kind": "social"}, "publisher": {"publisher": "zq-Herald"},
        "author": {"author": "zq-Penman"}, "url": {"url": "https://zq.example.org/1"}, "language": {"language": "ku"},
        "published": {"published_edtf": "2020-03-21", "published_earliest": "2020-03-21",
                      "published_latest": "2020-03-21", "published_precision": "day"},
        "accessed_at": {"accessed_at": "2020-04-22"}, "reliability": {"reliability": "D"},
        "supersedes": {"supersedes_id": 2}, "coder": {"coder": "zq-zoe"}, "notes": {"notes": "zq-jotted"},
    },
}  # fmt: skip
"""A value for each field that the record below does not have."""

HELD_ELSEWHERE = {"incident", "review", "queue"}
"""What a record hangs on, and how far the work on it has come."""

_STAMP = re.compile(r'"modified":"[^"]*"|"id":"bundle[^"]*"|"coded_date":"[^"]*"')


def fields(kind: Kind) -> set[str]:
    return {field.name for field in kind.form_fields} - HELD_ELSEWHERE


def test_every_field_of_every_record_is_tried() -> None:
    assert {name: set(values) for name, values in VALUES.items()} == {name: fields(BY_NAME[name]) for name in VALUES}


def case(book: Casebook) -> None:
    """An incident with one record of each kind, all of id 1, and others to refer to."""
    one = incident(book)
    for name in ("Group A", "Minister", "Base", "Brigade B", "Somebody else"):
        actor(book, name)
    source(book), source(book, title="The other source", publisher="Agency")
    for kind, words in (("threaten", "We will answer."), ("other", "An earlier one.")):
        said = {"speaker_id": 2, "kind": kind, "mode": "verbatim", "quote": words, "source_id": 1,
                "said_edtf": "2020-03-06", "said_earliest": "2020-03-06", "said_latest": "2020-03-06",
                "said_precision": "day"}  # fmt: skip
        made = book.add("statement", said).id
        book.add("statement_incident", {"statement_id": made, "incident_id": one})
    involved(book, one, 1, source_id=1)
    book.add("tally", {"incident_id": one, "measure": "killed", "best": 2, "source_id": 1, "adopted": True})


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", VALUES)
def test_a_field_is_written_or_told(sqlite_store: Store, tmp_path: Path, target: str, kind: str) -> None:
    book = sqlite_store.casebook()
    case(book)
    before = exported(sqlite_store, target, tmp_path)
    plain, silent = _STAMP.sub("", before.data.decode()), []
    for name, values in VALUES[kind].items():
        kept = {key: sqlite_store.sql(f"SELECT {key} FROM {kind} WHERE id = 1")[0][0] for key in values}
        book.edit(kind, 1, values, version=None)
        after = exported(sqlite_store, target, tmp_path)
        told = after.data.decode() + str([(loss["loss"], loss["value"]) for loss in after.losses])
        words = [str(value) for value in values.values() if str(value).startswith(("zq-", "7012"))]
        changed = _STAMP.sub("", after.data.decode()) != plain or after.losses != before.losses
        if not changed or not all(word in told for word in words):
            silent.append(name)
        book.edit(kind, 1, kept, version=None)
    assert silent == []


@pytest.mark.parametrize("role", ["addressee", "target", "co_speaker"])
@pytest.mark.parametrize("target", TARGETS)
def test_whom_a_statement_is_about_is_written_or_told(
    sqlite_store: Store, tmp_path: Path, target: str, role: str
) -> None:
    book = sqlite_store.casebook()
    case(book)
    book.add("statement_actor", {"statement_id": 1, "actor_id": 5, "role": role})
    made = exported(sqlite_store, target, tmp_path)
    assert "Somebody else" in made.data.decode() + str(made.losses)


def test_a_negated_or_conditional_accusation_does_not_leave_as_a_plain_one(sqlite_store: Store, tmp_path: Path) -> None:
    book = sqlite_store.casebook()
    case(book)
    book.edit("statement", 1, {"kind": "accuse", "negated": True, "conditional": True}, version=None)
    objects = exported(sqlite_store, "stix", tmp_path).data.decode()
    assert "Minister does not accuse, only if a condition is met (2020-03-06)" in objects
    assert "Minister accuses" not in objects
    told = exported(sqlite_store, "acled", tmp_path).lost("statement")
    assert "what is said of it: Minister does not accuse, only if a condition is met" in told


def test_a_statement_without_a_type_of_plover_is_told_even_when_another_has_its_words(
    sqlite_store: Store, tmp_path: Path
) -> None:
    book = sqlite_store.casebook()
    case(book)
    book.edit("statement", 2, {"quote": "We will answer."}, version=None)
    made = exported(sqlite_store, "plover", tmp_path)
    assert [line["event"] for line in made.lines[1:]] == [["THREATEN"]]
    assert "what is said of it: Minister other" in made.lost("statement")


def test_of_some_not_all_is_said_so(sqlite_store: Store, tmp_path: Path) -> None:
    book = sqlite_store.casebook()
    case(book)
    book.edit("involvement", 1, {"hedge": "partial", "hedge_words": "several"}, version=None)
    assert "of some, not all: “several”" in exported(sqlite_store, "stix", tmp_path).data.decode()
    values = [loss["value"] for loss in exported(sqlite_store, "gtd", tmp_path).losses if loss["kind"] == "hedge"]
    assert values == ["of some, not all: several"]


def test_the_wounded_are_told_with_both_ends_and_a_place_that_shares_its_code(
    sqlite_store: Store, tmp_path: Path
) -> None:
    book = sqlite_store.casebook()
    incident(book, wounded_low=21, wounded_best=21, wounded_high=27, geo_precision="near_town")
    losses = exported(sqlite_store, "plover", tmp_path).losses
    assert [loss["value"] for loss in losses if loss["field"] == "wounded"] == ["21–21–27"]
    assert [loss["value"] for loss in losses if loss["field"] == "geo_precision"] == ["near_town"]


@pytest.mark.parametrize(
    ("target", "cells"),
    [
        ("acled", {"actor1": "Government A", "actor2": "Rebels B"}),
        ("gtd", {"gname": "Government A", "gname2": "Rebels B"}),
    ],
)
def test_a_row_of_another_dataset_with_nothing_adopted_is_written_as_it_was_imported(
    sqlite_store: Store, tmp_path: Path, target: str, cells: dict[str, str]
) -> None:
    book = sqlite_store.casebook()
    one = incident(book, dataset="ucdp-ged", external_id="17", extra={"relid": "X-1"})
    for name in ("Government A", "Rebels B"):
        imported(book, "involvement", involved(book, one, actor(book, name), "participant", adopted=False))
    imported(book, "incident", one)
    involved(book, one, actor(book, "A coder’s guess"), "participant", adopted=False)
    row = exported(sqlite_store, target, tmp_path).rows[0]
    assert {name: row[name] for name in cells} == cells
    assert "A coder’s guess" not in row.values()
    involved(book, one, actor(book, "Group C"), source_id=source(book))
    row = exported(sqlite_store, target, tmp_path).rows[0]
    assert [row[name] for name in cells] == ["Group C", ""]
