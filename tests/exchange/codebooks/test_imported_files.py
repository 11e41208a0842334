"""The files of a dataset, imported and exported in its own shape, come back cell by cell; what does not is told."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from conftest import Store

from codebooks.making import Exported, exported
from tracker.exchange.dataset_result import Wish
from tracker.exchange.datasets import import_dataset
from tracker.exchange.profile import load
from tracker.exchange.sources import open_source

Fixtures = Callable[[str], Path]

FILES = [
    ("ged", "ucdp-ged", "GEDEvent_v22_1.csv", 14, 686, set()),
    ("ged", "ucdp-ged", "GEDEvent_v23_1.csv", 16, 784, set()),
    ("ged", "ucdp-ged", "ged191_floats_low_before_best.csv", 6, 252, {"(column 1)"}),
    ("ged", "ucdp-ged", "ged_atlas.json", 2, 16, {"civilian_deaths", "combatant_deaths"}),
    ("acled", "acled", "numbers_as_floats.csv", 7, 217, set()),
    ("acled", "acled", "oldest_upper_case.csv", 8, 184, {"GWNO", "EVENT_ID_NO_CNTY"}),
    ("gtd", "gtd", "dist_2014_134_columns.csv", 3, 402, set()),
    ("gtd", "gtd", "home_made_sep_semicolon.csv", 4, 280, {"origin"}),
]  # fmt: skip
"""Target, profile and file; rows, cells in columns that both have, and the columns that the target lacks."""

OTHER_NAMES = {
    "best_est": "best", "high_est": "high", "low_est": "low", "conflict_id": "conflict_new_id",
    "dyad_id": "dyad_new_id", "side_a_id": "side_a_new_id", "side_b_id": "side_b_new_id", "year": "iyear",
    "month": "imonth", "day": "iday", "ally_actor_1": "assoc_actor_1", "ally_actor_2": "assoc_actor_2",
    "place": "where_coordinates", "event_type": "event_clarity",
}  # fmt: skip
KEYS = {"ged": "id", "acled": "event_id_cnty", "gtd": "eventid"}


def imported(store: Store, path: Path, profile: str) -> None:
    import_dataset(open_source(path), load(profile), store.database, "ann", Wish())


def read(path: Path) -> Iterable[dict[str, str]]:
    """The rows of a file as the standard library reads them."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".json":
        return [{name: str(value) for name, value in row.items()} for row in json.loads(text)]
    lines = text.splitlines(keepends=True)
    lines = lines[1:] if lines[0].startswith("sep=") else lines
    return csv.DictReader(lines, delimiter=";" if ";" in lines[0] else ",", strict=True)


def renamed(row: dict[str, str], header: Iterable[str]) -> dict[str, str]:
    known = {name.lower(): name for name in header}
    folded = {(name or "").lower(): value for name, value in row.items()}
    named = {
        (OTHER_NAMES.get(name, name) if OTHER_NAMES.get(name) not in folded and name not in known else name): value
        for name, value in folded.items()
    }
    return {known[name]: value for name, value in named.items() if name in known}


def plain(number: str) -> str:
    return number.removesuffix(".0")


@pytest.mark.parametrize(("target", "profile", "name", "rows", "cells", "lacking"), FILES)
def test_every_cell_comes_back_but_for_stated_differences(
    sqlite_store: Store, tmp_path: Path, fixtures: Fixtures, target: str, profile: str, name: str, rows: int,
    cells: int, lacking: set[str],
) -> None:  # fmt: skip
    path = fixtures("datasets") / profile / name
    imported(sqlite_store, path, profile)
    made = exported(sqlite_store, target, tmp_path, raw=True)
    key = KEYS[target]
    wanted = {plain(row[key]): row for row in (renamed(one, made.rows[0]) for one in read(path)) if row.get(key)}
    stated = {(loss["uid"], loss["field"]) for loss in made.losses if loss["kind"] == "format"}
    uids = {plain(str(id_)): uid for id_, uid in sqlite_store.sql("SELECT external_id, uid FROM incident")}
    compared = 0
    for row in made.rows:
        for column, cell in wanted[plain(row[key])].items():
            compared += 1
            assert row[column] == cell or (
                (uids[plain(row[key])], column) in stated and float(row[column]) == float(cell)
            ), column
    assert (len(made.rows), compared) == (rows, cells)
    assert {loss["kind"] for loss in made.losses} <= {"format", "original"}
    told = {loss["loss"] for loss in made.losses if loss["kind"] == "original"}
    assert told == {f"the original column {column} is not in the header" for column in lacking}


def by_id(made: Exported) -> dict[str, Any]:
    return {line["id"]: line for line in made.lines}


def test_events_of_plover_come_back_as_they_were_read(sqlite_store: Store, tmp_path: Path, fixtures: Fixtures) -> None:
    path = fixtures("datasets/plover") / "events.jsonl"
    imported(sqlite_store, path, "plover")
    made = exported(sqlite_store, "plover", tmp_path)
    lines = by_id(made)
    for line in path.read_text(encoding="utf-8").splitlines():
        # The last line is cut off; in another the dead are a text, where events have a number.
        if line.endswith("}") and '"dead": "0"' not in line:
            row = json.loads(line)
            assert {name: value for name, value in row.items() if value not in (None, "", [])} == lines[row["id"]]
    assert len(lines) == 11
    assert made.losses == []


def test_records_of_the_gold_standard_come_back_under_their_own_names(
    sqlite_store: Store, tmp_path: Path, fixtures: Fixtures
) -> None:
    path = fixtures("datasets/plover-gsr") / "gsr.json"
    imported(sqlite_store, path, "plover-gsr")
    made = exported(sqlite_store, "plover", tmp_path)
    lines = by_id(made)
    for row in json.loads(path.read_text(encoding="utf-8")):
        if row["event"] != "DOCUMENT":
            assert (
                lines[row["id"]].items()
                >= {name: value for name, value in row.items() if isinstance(value, str) and value}.items()
            )
    assert made.losses == []


def test_columns_of_polecat_come_back_as_fields_of_plover(
    sqlite_store: Store, tmp_path: Path, fixtures: Fixtures
) -> None:
    path = fixtures("datasets/polecat") / "ngecEvents.39_columns.txt"
    imported(sqlite_store, path, "polecat")
    made = exported(sqlite_store, "plover", tmp_path)
    first = made.lines[0]
    assert (first["id"], first["date"], first["event"], first["mode"]) == (
        "20230104-1-a", "2023-01-04", ["ASSAULT"], ["heavy-weapons"],
    )  # fmt: skip
    assert first["actor"] == [{"entity_text": "Icelandic Army", "code": "ISL", "sector": "MIL"}]
    assert (first["event_loc"]["lat"], first["cite_info"]["publication"]) == (65.1, "Harbour Wire")
    assert first["polecat"]["Version"] == "NGEC_coder-Vers001-b1-Run-001"
    assert made.losses == []


def test_an_event_of_plover_that_was_edited_goes_as_edited(
    sqlite_store: Store, tmp_path: Path, fixtures: Fixtures
) -> None:
    imported(sqlite_store, fixtures("datasets/plover") / "events.jsonl", "plover")
    before = exported(sqlite_store, "plover", tmp_path).lines[0]
    book = sqlite_store.casebook()
    book.edit("incident", 1, {"killed_best": 4, "place_name": "Elsewhere", "category": "grenade"}, version=None)
    made = exported(sqlite_store, "plover", tmp_path)
    after = made.lines[0]
    assert (after["dead"], after["event_loc"]["resolved_place"], after["mode"]) == (4, "Elsewhere", ["explosives"])
    same = {"dead", "event_loc", "mode"}
    assert {name: value for name, value in after.items() if name not in same} == {
        name: value for name, value in before.items() if name not in same
    }


@pytest.mark.parametrize("target", ["acled", "gtd", "plover"])
def test_in_another_codebook_every_column_without_a_place_is_named(
    sqlite_store: Store, tmp_path: Path, fixtures: Fixtures, target: str
) -> None:
    imported(sqlite_store, fixtures("datasets/ucdp-ged") / "GEDEvent_v23_1.csv", "ucdp-ged")
    made = exported(sqlite_store, target, tmp_path)
    told = made.lost("original", "extra")
    for column in ("relid", "conflict_name", "priogrid_gid", "dyad_new_id"):
        assert f"there is no column for the original column {column}" in told
