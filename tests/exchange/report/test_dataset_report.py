"""A report on an imported dataset names it as the one who says so, and says what it does not code."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from report.making import dated, day, incident, written
from tracker.exchange.dataset_result import Wish
from tracker.exchange.datasets import import_dataset
from tracker.exchange.profile import load
from tracker.exchange.sources import open_source
from tracker.store.casebook import Casebook
from tracker.store.database import Database


@pytest.fixture
def imported(sqlite_database: Database, fixtures: Callable[[str], Path]) -> Database:
    """A database with a small dataset."""
    source = open_source(fixtures("datasets/ucdp-ged") / "GEDEvent_v22_1.csv")
    import_dataset(source, load("ucdp-ged"), sqlite_database, "ann", Wish())
    return sqlite_database


def test_the_dataset_says_so_once_and_not_nobody_row_by_row(imported: Database) -> None:
    found = written(imported)
    assert "**Who did what, according to ucdp-ged (dataset)**" in found
    assert "nobody named" not in found
    assert "Nobody claims" not in found
    assert "Claims: not coded by ucdp-ged." in found
    assert re.search(r"\d of all (is|are) what the dataset ucdp-ged says in its own name\.", found)


def test_where_no_perpetrator_is_named_it_says_so_in_words(sqlite_database: Database) -> None:
    with Casebook(sqlite_database, "ann") as book:
        crowd = book.add("actor", {"name": "Crowd", "kind": "civilians"}).id
        for role in ("victim", "victim", "participant"):
            book.add("involvement", {"incident_id": incident(book), "actor_id": crowd, "role": role})
    found = written(sqlite_database)
    expected = "3 attributions, as victim (2) and participant (1); none says who did it, as a perpetrator or sponsor."
    assert f"Who did what: {expected}" in found
    assert "**Who did what, with nobody named who says so**" in found


def test_months_go_forward_and_what_is_only_possible_is_not_to_be_added_up(sqlite_database: Database) -> None:
    with Casebook(sqlite_database, "ann") as book:
        for number in range(1, 12):
            incident(book, **day(f"2020-{number:02}-01"))
        incident(book, **dated("2020-02/2020-03", "2020-02-01", "2020-03-31"))
    found = written(sqlite_database)
    places = [found.index(f"| {month} 2020 |") for month in ("Jan", "Feb", "Nov")]
    assert places == sorted(places)
    assert "| Feb 2020 | 1 | 1 |" in found
    assert "the column does not add up to a total" in found


def test_the_map_says_what_part_of_the_world_it_shows(sqlite_database: Database) -> None:
    with Casebook(sqlite_database, "ann") as book:
        incident(book, lat=-33.25, lon=44.0, geo_precision="town")
        incident(book, lat=-34.25, lon=45.0, geo_precision="town")
    svg = written(sqlite_database, "html").partition('<svg class="atlas"')[2].partition("</svg>")[0]
    assert "no coastlines or borders are drawn" in svg
    labels = re.findall(r'<text x="([\d.]+)"[^>]*text-anchor="end">([^<]+°S)</text>', svg)
    assert labels
    # A letter is at most seven wide at this size.
    assert all(float(x) >= 7 * len(label) for x, label in labels)
