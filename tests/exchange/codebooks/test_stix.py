"""The STIX bundle is read by the standard's own library, and says who says what of whom."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

from conftest import Store

from codebooks.making import actor, exported, imported, incident, involved, source
from tracker.exchange.case import load_seeds
from tracker.exchange.codebooks.stix_objects import stamp


def bundle(store: Store, folder: Path) -> tuple[Any, dict[str, list[dict[str, Any]]]]:
    """The bundle as the library reads it, strictly, and its objects by type."""
    data = exported(store, "stix", folder).data
    by_type: dict[str, list[dict[str, Any]]] = {}
    for one in json.loads(data)["objects"]:
        by_type.setdefault(one["type"], []).append(one)
    return importlib.import_module("stix2").parse(data.decode(), allow_custom=False), by_type


def test_the_example_case_is_valid_and_refers_to_nothing_outside(store: Store, tmp_path: Path) -> None:
    load_seeds(store.database, "ann")
    read, by_type = bundle(store, tmp_path)
    ids = [one.id for one in read.objects]
    assert len(ids) == len(set(ids))
    for one in read.objects:
        named = [one.get("source_ref"), one.get("target_ref"), one.get("created_by_ref"), *one.get("object_refs", ())]
        assert {ref for ref in named if ref} <= set(ids)
    assert len(by_type["incident"]) == 6
    assert "attributed-to" not in {one["relationship_type"] for one in by_type["relationship"]}
    accused = [one for one in by_type["note"] if one["abstract"] == "Not adopted: perpetrator Kataib Hezbollah"]
    assert accused[0]["authors"] == ["US military official (unnamed, senior)"]


def test_what_is_adopted_is_a_relationship_by_who_says_it_and_a_denial_an_opinion_on_it(
    sqlite_store: Store, tmp_path: Path
) -> None:
    book = sqlite_store.casebook()
    case, group = incident(book), actor(book, "Group A")
    minister, speaker = actor(book, "Minister", "person"), actor(book, "Spokesman", "person")
    involved(book, case, group, stance="denies", asserted_by_id=speaker, adopted=False)
    involved(book, case, group, stance="accuses", asserted_by_id=minister, source_id=source(book), credibility=2)
    _, by_type = bundle(sqlite_store, tmp_path)
    (link,) = [one for one in by_type["relationship"] if one["relationship_type"] == "attributed-to"]
    (opinion,) = by_type["opinion"]
    people = {one["id"]: one["name"] for one in by_type["identity"]}
    assert (link["source_ref"], link["target_ref"]) == (by_type["incident"][0]["id"], by_type["threat-actor"][0]["id"])
    assert (people[link["created_by_ref"]], link["confidence"]) == ("Minister", 70)
    assert (opinion["opinion"], opinion["authors"]) == ("strongly-disagree", ["Spokesman"])
    assert opinion["object_refs"] == [link["id"]]


def test_a_source_is_a_report_on_all_its_incidents_and_one_without_a_day_is_only_named(
    sqlite_store: Store, tmp_path: Path
) -> None:
    book = sqlite_store.casebook()
    dated, undated = source(book), source(book, title="Leaflet", published_edtf="", published_precision="unknown",
                                          published_earliest=None, published_latest=None)  # fmt: skip
    for title in ("One", "Two"):
        case = incident(book, title=title)
        for one in (dated, undated):
            book.add("incident_source", {"incident_id": case, "source_id": one})
    read, by_type = bundle(sqlite_store, tmp_path)
    (report,) = by_type["report"]
    assert report["published"] == "2020-03-06T00:00:00.000Z"
    assert report["object_refs"] == [one["id"] for one in by_type["incident"]]
    assert [one["external_references"][0]["description"] for one in by_type["incident"]] == ["Leaflet", "Leaflet"]
    assert read.objects


def test_a_place_is_a_location_with_its_two_letters(sqlite_store: Store, tmp_path: Path) -> None:
    incident(sqlite_store.casebook())
    _, by_type = bundle(sqlite_store, tmp_path)
    (place,) = by_type["location"]
    assert (place["country"], place["latitude"], place["name"]) == ("IQ", 33.5245, "Taji")


def test_ids_are_the_same_in_every_database_that_holds_the_record(sqlite_store: Store, tmp_path: Path) -> None:
    sqlite_store.casebook().add("incident", {"title": "One", "category": "other", "status": "reported"},
                                uid="306216e1-aeaa-549b-821b-009edf15177d")  # fmt: skip
    _, by_type = bundle(sqlite_store, tmp_path)
    assert by_type["incident"][0]["id"] == "incident--4ac1b64e-776e-599a-a7a2-659511e29129"


def test_a_row_of_a_dataset_names_it(sqlite_store: Store, tmp_path: Path) -> None:
    book = sqlite_store.casebook()
    incident(book, dataset="ucdp-ged", external_id="17", release="25.1")
    incident(book, dataset="by hand")
    read, by_type = bundle(sqlite_store, tmp_path)
    assert [one.get("external_references") for one in by_type["incident"]] == [
        [{"source_name": "ucdp-ged", "description": "release 25.1", "external_id": "17"}],
        [{"source_name": "by hand", "description": "dataset"}],
    ]
    assert read.objects


def test_who_says_it_is_the_one_named_else_the_dataset_else_the_publisher(sqlite_store: Store, tmp_path: Path) -> None:
    book = sqlite_store.casebook()
    row, own = incident(book, dataset="ucdp-ged", external_id="17", extra={"relid": "X-1"}), incident(book)
    group, brigade = actor(book, "Group A"), actor(book, "Brigade B")
    imported(book, "involvement", involved(book, row, group, adopted=False))
    involved(book, own, group, adopted=False, source_id=source(book))
    involved(book, own, group, stance="claims", adopted=False, asserted_by_id=brigade)
    involved(book, own, group, "target", adopted=False)
    _, by_type = bundle(sqlite_store, tmp_path)
    people = {one["id"]: (one["name"], one["identity_class"]) for one in by_type["identity"]}
    notes = [one for one in by_type["note"] if one["abstract"].startswith("Not adopted")]
    assert [people.get(one.get("created_by_ref")) for one in notes] == [
        ("UCDP Georeferenced Event Dataset", "organization"), ("Wire", "organization"),
        ("Brigade B", "organization"), None,
    ]  # fmt: skip
    assert [one.get("authors") for one in notes[2:]] == [["Brigade B"], None]
    assert people[by_type["incident"][0]["created_by_ref"]][0] == "UCDP Georeferenced Event Dataset"
    (columns,) = [one for one in by_type["note"] if one["abstract"] == "Columns of ucdp-ged as read"]
    assert json.loads(columns["content"]) == {"relid": "X-1"}


def test_nothing_is_a_bundle_too(sqlite_store: Store, tmp_path: Path) -> None:
    data = json.loads(exported(sqlite_store, "stix", tmp_path).data)
    assert (data["type"], data["objects"]) == ("bundle", [])


def test_times_are_utc_with_milliseconds() -> None:
    assert stamp("2026-01-01T12:00:00Z") == "2026-01-01T12:00:00.000Z"
    assert stamp("2026-01-01T14:00:00.5+02:00") == "2026-01-01T12:00:00.500Z"
