"""What was imported from a dataset goes back into its shape as it was read; what was edited since goes as edited."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import Store

from codebooks.making import actor, exported, imported, incident, involved, source
from codebooks.test_headers import ACLED, GED
from tracker.exchange.codebooks.gtd_columns import HEADER as GTD
from tracker.store.casebook import Casebook

GED_ROW = {name: "" for name in GED.split(",")} | {
    "id": "990001.0", "relid": "XYZ-2014-1-1-7", "year": "2014.0", "active_year": "1.0", "code_status": "Clear",
    "type_of_violence": "1.0", "conflict_new_id": "299.0", "conflict_name": "Syria: Government",
    "dyad_new_id": "11973.0", "dyad_name": "Government of Syria - Northern Brigade", "side_a_new_id": "118.0",
    "side_a": "Government of Syria", "side_b": "Northern Brigade", "number_of_sources": "2.0",
    "source_article": '"Agency,2014-03-01,Clash in the north";"Agency,2014-03-02,Dead, say doctors"',
    "source_office": "Agency;Agency", "source_date": "2014-03-01;2014-03-02",
    "source_headline": "Clash in the north;Dead, say doctors", "source_original": "doctors", "where_prec": "2.0",
    "where_coordinates": "Al Qaḑā’ town", "where_description": "near Al Qaḑā’", "adm_1": "Idlib governorate",
    "latitude": "35.7", "longitude": "36.55", "geom_wkt": "POINT (36.55 35.7)", "priogrid_gid": "181154.0",
    "country": "Syria", "country_id": "652.0", "region": "Middle East", "event_clarity": "1.0", "date_prec": "2.0",
    "date_start": "2014-02-27 00:00:00.000", "date_end": "2014-03-01 00:00:00.000", "deaths_a": "0.0",
    "deaths_b": "2.0", "deaths_civilians": "0.0", "deaths_unknown": "1.0", "best": "3.0", "high": "5.0", "low": "3.0",
    "gwnoa": "652.0",
}  # fmt: skip

ACLED_ROW = {name: "" for name in ACLED.split(",")} | {
    "event_id_cnty": "XYZ17", "event_date": "16 May 2022", "year": "2022.0", "time_precision": "2",
    "disorder_type": "Demostrations", "event_type": "Protests", "sub_event_type": "Protest with intervention",
    "actor1": "Protesters (Iraq)", "assoc_actor_1": "Labour Group (Iraq); Students (Iraq)", "inter1": "6.0",
    "actor2": "Police Forces of Iraq", "inter2": "1.0", "interaction": "16", "iso": "368.0", "region": "Middle East",
    "country": "Iraq", "admin1": "Basrah", "admin2": "Basrah", "location": "Al Basrah", "latitude": "30.5085",
    "longitude": "47.7804", "geo_precision": "1.0", "source": "Al Sumaria; Twitter", "source_scale": "National",
    "notes": "On 16 May 2022, workers marched. [size=no report]", "fatalities": "0.0", "timestamp": "1653000000",
}  # fmt: skip

GTD_ROW = {name: "" for name in GTD} | {
    "eventid": "201405000099", "iyear": "2014", "imonth": "5", "iday": "0", "extended": "0", "country": "95",
    "country_txt": "Iraq", "region": "10", "region_txt": "Middle East & North Africa", "provstate": "Baghdad",
    "city": "Baghdad", "latitude": "33.303", "longitude": "44.371", "specificity": "1", "vicinity": "0",
    "summary": "May 2014: rockets hit a post.", "crit1": "1", "doubtterr": "-9", "success": "1", "suicide": "0",
    "attacktype1": "3", "attacktype1_txt": "Bombing/Explosion", "targtype1": "4", "targtype1_txt": "Military",
    "target1": "Army post", "gname": "Northern Brigade", "guncertain1": "1", "nperps": "-99", "claimed": "1",
    "claimmode": "7", "weaptype1": "6", "weaptype1_txt": "Explosives", "nkill": "2.0", "nkillus": "0", "nwound": "",
    "property": "-9", "scite1": '"Rockets hit post," Agency, May 9, 2014.', "dbsource": "START Primary Collection",
    "INT_LOG": "-9", "related": "201405000099, 201405000100",
}  # fmt: skip


def day(first: str, last: str, edtf: str = "", precision: str = "range") -> dict[str, str]:
    return {"date_edtf": edtf or f"[{first}..{last}]", "date_earliest": first, "date_latest": last,
            "date_precision": precision, "date_basis": "imported"}  # fmt: skip


def from_ged(book: Casebook, **values: Any) -> int:
    """The incident that the row of GED comes to."""
    case = incident(
        book, title="Government of Syria – Northern Brigade, Al Qaḑā’ town", category="armed_clash",
        **day("2014-02-27", "2014-03-01"), place_name="Al Qaḑā’ town", place_words="near Al Qaḑā’", country="SYR",
        admin1="Idlib governorate", admin2=None, lat=35.7, lon=36.55, geo_precision="near_town", killed_low=3,
        killed_best=3, killed_high=5, aggregate=False, dataset="ucdp-ged", external_id="990001",
        extra=GED_ROW | values.pop("extra", {}), **values,
    )  # fmt: skip
    for name in ("Government of Syria", "Northern Brigade"):
        involved(book, case, actor(book, name), "participant", adopted=False)
    figure = {"incident_id": case, "measure": "killed", "whom": "Northern Brigade", "best": 2}
    imported(book, "tally", book.add("tally", figure).id)
    book.add("incident_source", {"incident_id": case, "source_id": source(book, title="Clash in the north",
                                                                          publisher="Agency")})  # fmt: skip
    return case


def from_acled(book: Casebook) -> int:
    case = incident(
        book, title="Protest with intervention", category="protest",
        **day("2022-05-13", "2022-05-19"), place_name="Al Basrah", admin1="Basrah", admin2="Basrah", lat=30.5085,
        lon=47.7804, killed_low=0, killed_best=None, killed_high=None, summary=ACLED_ROW["notes"], dataset="acled",
        external_id="XYZ17", extra=ACLED_ROW,
    )  # fmt: skip
    for name, kind in (("Protesters (Iraq)", "civilians"), ("Police Forces of Iraq", "state_forces"),
                       ("Labour Group (Iraq)", "other"), ("Students (Iraq)", "other")):  # fmt: skip
        involved(book, case, actor(book, name, kind), "participant", adopted=False)
    return case


def from_gtd(book: Casebook) -> int:
    case = incident(
        book, title="Bombing/Explosion, Baghdad", category="bombing_ied",
        **day("2014-05-01", "2014-05-31", "2014-05", "month"), place_name="Baghdad", admin1="Baghdad", admin2=None,
        lat=33.303, lon=44.371, killed_low=None, killed_best=2, killed_high=None, summary=GTD_ROW["summary"],
        claim_status="claimed", weapon="Explosives", dataset="gtd", external_id="201405000099", extra=GTD_ROW,
    )  # fmt: skip
    who = actor(book, "Northern Brigade")
    involved(book, case, who, adopted=False, hedge="hedged")
    involved(book, case, actor(book, "Army post", "state_forces"), "target", adopted=False)
    said = book.add("statement", {"speaker_id": who, "kind": "claim_responsibility", "mode": "paraphrase",
                                  "paraphrase": "Claims it."}).id  # fmt: skip
    book.add("statement_incident", {"statement_id": said, "incident_id": case})
    return case


CASES = {"ged": (from_ged, GED_ROW), "acled": (from_acled, ACLED_ROW), "gtd": (from_gtd, GTD_ROW)}


@pytest.mark.parametrize("target", CASES)
def test_an_imported_row_comes_back_to_the_letter_and_nothing_is_lost(
    store: Store, tmp_path: Path, target: str
) -> None:
    make, row = CASES[target]
    make(store.casebook())
    made = exported(store, target, tmp_path, raw=True)
    assert made.rows == [row]
    assert made.losses == []


def differing(store: Store, target: str, folder: Path) -> dict[str, str]:
    """The cells that are not the original ones."""
    row = exported(store, target, folder, raw=True).rows[0]
    return {name: cell for name, cell in row.items() if cell != CASES[target][1][name]}


EDITS: list[tuple[str, Mapping[str, object], dict[str, str]]] = [
    ("ged", {"killed_best": 4}, {"best": "4"}),
    ("ged", {"killed_high": None}, {"high": ""}),
    ("ged", {"admin1": "Hama governorate"}, {"adm_1": "Hama governorate"}),
    ("ged", {"place_name": "Salqin"}, {"where_coordinates": "Salqin"}),
    ("ged", {"geo_precision": "admin1"}, {"where_prec": "4"}),
    ("ged", {"aggregate": True}, {"event_clarity": "2"}),
    ("ged", {"country": "TUR"}, {"country": "Turkey", "country_id": "640"}),
    (
        "ged",
        {"lat": 36.25},
        {
            "latitude": "36.25",
            "longitude": "36.55",
            "geom_wkt": "POINT (36.550000 36.250000)",
            "priogrid_gid": "181874",
        },
    ),
    (
        "ged",
        day("2014-03-01", "2014-03-01", "2014-03-01", "day"),
        {"year": "2014", "date_prec": "1", "date_start": "2014-03-01", "date_end": "2014-03-01"},
    ),
    ("acled", {"killed_best": 1}, {"fatalities": "1"}),
    ("acled", {"summary": "Nobody marched."}, {"notes": "Nobody marched"}),
    (
        "acled",
        {"category": "riot_mob"},
        {"disorder_type": "Political violence", "event_type": "Riots", "sub_event_type": "Mob violence"},
    ),
    (
        "acled",
        {"category": "other"},
        {"disorder_type": "Strategic developments", "event_type": "Strategic developments", "sub_event_type": "Other"},
    ),
    ("gtd", {"killed_best": 3}, {"nkill": "3"}),
    ("gtd", {"wounded_best": 0}, {"nwound": "0"}),
    ("gtd", {"claim_status": "competing"}, {"compclaim": "1"}),
    ("gtd", {"claim_status": "none_reported"}, {"claimed": "0"}),
    (
        "gtd",
        day("2014-05-09", "2014-05-09", "2014-05-09", "day"),
        {"iday": "9"},
    ),
]


@pytest.mark.parametrize(("target", "values", "cells"), EDITS)
def test_an_edited_value_is_written_and_nothing_else_changes(
    sqlite_store: Store, tmp_path: Path, target: str, values: Mapping[str, object], cells: dict[str, str]
) -> None:
    book = sqlite_store.casebook()
    case = CASES[target][0](book)
    book.edit("incident", case, dict(values), version=None)
    assert differing(sqlite_store, target, tmp_path) == {
        name: cell for name, cell in cells.items() if CASES[target][1][name] != cell
    }


def test_an_actor_that_is_adopted_instead_takes_the_place_of_the_original(sqlite_store: Store, tmp_path: Path) -> None:
    book = sqlite_store.casebook()
    case = from_ged(book)
    involved(book, case, actor(book, "Southern Brigade"), source_id=source(book))
    changed = differing(sqlite_store, "ged", tmp_path)
    assert (changed["side_a"], changed["dyad_name"]) == ("Southern Brigade", "")
    assert exported(sqlite_store, "ged", tmp_path).lost("rival_attribution", "participant")


def test_an_actor_renamed_but_known_by_the_original_name_keeps_it(sqlite_store: Store, tmp_path: Path) -> None:
    book = sqlite_store.casebook()
    from_ged(book)
    who = sqlite_store.sql("SELECT id FROM actor WHERE name = 'Northern Brigade'")[0][0]
    book.add("actor_name", {"actor_id": who, "name": "Northern Brigade"})
    book.edit("actor", who, {"name": "Brigade of the North"}, version=None)
    assert differing(sqlite_store, "ged", tmp_path) == {}
    book.delete("actor_name", [sqlite_store.sql("SELECT id FROM actor_name")[0][0]])
    assert differing(sqlite_store, "ged", tmp_path)["side_b"] == "Brigade of the North"


def test_what_was_added_to_an_imported_row_is_told(sqlite_store: Store, tmp_path: Path) -> None:
    book = sqlite_store.casebook()
    case = from_ged(book)
    involved(book, case, actor(book, "Other"), adopted=False, stance="accuses",
             asserted_by_id=actor(book, "Doctor", "person"))  # fmt: skip
    book.edit("incident", case, {"weapon": "mortar"}, version=None)
    made = exported(sqlite_store, "ged", tmp_path, raw=True)
    assert made.rows == [GED_ROW]
    assert {loss["kind"] for loss in made.losses} == {"rival_attribution", "text"}


def test_a_source_that_was_added_is_written(sqlite_store: Store, tmp_path: Path) -> None:
    book = sqlite_store.casebook()
    case = from_ged(book)
    added = source(book, title="A second look", publisher="Daily")
    book.add("incident_source", {"incident_id": case, "source_id": added})
    row = differing(sqlite_store, "ged", tmp_path)
    assert row["source_headline"] == "Clash in the north;A second look"
    assert row["source_article"] == '"Agency,2020-03-06,Clash in the north";"Daily,2020-03-06,A second look"'


def test_older_names_of_columns_find_their_place_and_strange_ones_are_told(sqlite_store: Store, tmp_path: Path) -> None:
    older = {"best": None, "BEST_EST": "3", "coder_mood": "good", "": "17"}
    from_ged(sqlite_store.casebook(), extra=older)
    extra = {name: value for name, value in (GED_ROW | older).items() if name != "best"}
    book = sqlite_store.casebook()
    book.edit("incident", 1, {"extra": extra}, version=None)
    made = exported(sqlite_store, "ged", tmp_path)
    assert made.rows[0]["best"] == "3"
    assert made.lost("original") == [
        "the original column coder_mood is not in the header",
        "the original column without a name is not in the header",
    ]


def test_in_another_codebook_a_dataset_row_counts_for_no_more_than_what_is_adopted(
    sqlite_store: Store, tmp_path: Path
) -> None:
    from_ged(sqlite_store.casebook())
    row = exported(sqlite_store, "acled", tmp_path).rows[0]
    assert (row["actor1"], row["event_date"], row["fatalities"]) == ("", "2014-02-28", "3")


SAID = (
    "side_a", "side_b", "where_coordinates", "where_description", "adm_1", "latitude", "longitude", "best", "high",
    "low", "where_prec", "event_clarity", "date_start", "date_end", "id",
)  # fmt: skip
"""Columns of which the records say all, so that an import need not keep them."""


def frugal(book: Casebook) -> int:
    """The same, with only those columns kept that no record says, and no empty ones."""
    case = from_ged(book)
    kept = {name: cell for name, cell in GED_ROW.items() if cell and name not in SAID}
    book.edit("incident", case, {"extra": kept}, version=None)
    return case


def test_columns_that_were_not_kept_come_back_from_the_records(store: Store, tmp_path: Path) -> None:
    frugal(store.casebook())
    made = exported(store, "ged", tmp_path, raw=True)
    said = {name: GED_ROW[name].removesuffix(".0").removesuffix(" 00:00:00.000") for name in SAID}
    assert made.rows == [GED_ROW | said]
    assert made.losses == []


def test_what_hangs_on_columns_that_were_not_kept_goes_when_they_are_edited(
    sqlite_store: Store, tmp_path: Path
) -> None:
    book = sqlite_store.casebook()
    case = frugal(book)
    book.edit("incident", case, {"lat": 36.25}, version=None)
    who = sqlite_store.sql("SELECT id FROM actor WHERE name = 'Northern Brigade'")[0][0]
    book.edit("actor", who, {"name": "Southern Brigade"}, version=None)
    involvement = sqlite_store.sql("SELECT id FROM involvement WHERE actor_id = ?", [who])[0][0]
    book.edit("involvement", involvement, {"notes": "renamed"}, version=None)
    row = exported(sqlite_store, "ged", tmp_path, raw=True).rows[0]
    assert (row["geom_wkt"], row["priogrid_gid"]) == ("POINT (36.550000 36.250000)", "181874")
    assert (row["side_b"], row["conflict_name"]) == ("Southern Brigade", "")
    assert row["dyad_name"] == "Government of Syria - Southern Brigade"


@pytest.mark.parametrize(
    ("edited", "cells"),
    [
        (day("2014-02-01", "2014-02-28", "2014-02", "month"), ("2014-02-01", "2014-02-28", "4")),
        (day("2014-01-01", "2014-12-31", "2014", "year"), ("2014-01-01", "2014-12-31", "5")),
        (day("2014-02-03", "2014-02-03", "2014-02-03", "day"), ("2014-02-03", "2014-02-03", "1")),
        (day("2014-02-03", "2014-02-05"), ("2014-02-03", "2014-02-05", "2")),
        (day("2014-02-03", "2014-02-09", precision="week"), ("2014-02-03", "2014-02-09", "3")),
        (day("2014-01-20", "2014-02-10"), ("2014-01-20", "2014-02-10", "4")),
        (day("2014-01-20", "2014-04-10"), ("2014-01-20", "2014-04-10", "5")),
    ],
)
@pytest.mark.parametrize("kept", ["", "1", "4"])
def test_an_edited_date_takes_its_precision_along(
    sqlite_store: Store, tmp_path: Path, edited: dict[str, str], cells: tuple[str, ...], kept: str
) -> None:
    book = sqlite_store.casebook()
    case = frugal(book)
    extra = {name: cell for name, cell in GED_ROW.items() if cell and name not in SAID and not name.startswith("date_")}
    book.edit("incident", case, {"extra": extra | ({"date_prec": kept} if kept else {})}, version=None)
    book.edit("incident", case, dict(edited), version=None)
    row = exported(sqlite_store, "ged", tmp_path, raw=True).rows[0]
    assert (row["date_start"], row["date_end"], row["date_prec"]) == cells
