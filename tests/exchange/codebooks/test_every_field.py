"""Whatever field of a record is filled or changed stands in the row, or the report says that it does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Store

from codebooks.making import exported, incident
from codebooks.test_own_dataset import CASES, day
from tracker.model.kinds import INCIDENT

VALUES: dict[str, dict[str, object]] = {
    "title": {"title": "Something else entirely"}, "category": {"category": "hijacking"},
    "nature": {"nature": "planned"}, "status": {"status": "disputed"},
    "date": dict(day("2013-07-02", "2013-07-02", "2013-07-02", "day")), "place_words": {"place_words": "by a mill"},
    "place_name": {"place_name": "Elsewhere"}, "country": {"country": "TUR"}, "admin1": {"admin1": "North"},
    "admin2": {"admin2": "Northwest"}, "lat": {"lat": 1.5}, "lon": {"lon": 2.5},
    "geo_precision": {"geo_precision": "country"}, "weapon": {"weapon": "mortar"},
    "target_kind": {"target_kind": "bakery"}, "claim_status": {"claim_status": "competing"},
    "aggregate": {"aggregate": True}, "summary": {"summary": "Quite another story."}, "coder": {"coder": "zoe"},
    "killed_low": {"killed_low": 1}, "killed_best": {"killed_best": 4, "killed_high": 9},
    "killed_high": {"killed_high": 17}, "wounded_low": {"wounded_low": 17}, "wounded_best": {"wounded_best": 17},
    "wounded_high": {"wounded_high": 17},
}  # fmt: skip
"""A value for each field that no case here has."""

_STAMP = re.compile(r'"modified":"[^"]*"|"id":"bundle[^"]*"|"coded_date":"[^"]*"')
_NO_FACTS = {"parent", "review", "dataset", "external_id", "release"}
"""Held elsewhere, or what an incident is known by."""


def test_every_field_that_can_be_written_is_tried() -> None:
    assert VALUES.keys() == {field.name for field in INCIDENT.form_fields} - _NO_FACTS


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("target", CASES)
def test_an_edit_of_an_imported_row_is_written_or_told(
    sqlite_store: Store, tmp_path: Path, target: str, name: str
) -> None:
    book = sqlite_store.casebook()
    case = CASES[target][0](book)
    before = exported(sqlite_store, target, tmp_path)
    book.edit("incident", case, VALUES[name], version=None)
    after = exported(sqlite_store, target, tmp_path)
    assert after.data != before.data or after.losses != before.losses


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("target", ["acled", "ged", "gtd", "plover", "stix"])
def test_a_field_of_a_record_of_ones_own_is_written_or_told(
    sqlite_store: Store, tmp_path: Path, target: str, name: str
) -> None:
    book = sqlite_store.casebook()
    case = incident(book)
    before = exported(sqlite_store, target, tmp_path)
    book.edit("incident", case, VALUES[name], version=None)
    after = exported(sqlite_store, target, tmp_path)
    old, new = (_STAMP.sub("", made.data.decode()) for made in (before, after))
    assert old != new or after.losses != before.losses
