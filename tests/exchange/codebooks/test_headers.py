"""Holds the headers of the files to those of the codebooks, column by column."""

from __future__ import annotations

from pathlib import Path

from conftest import Store

from codebooks.making import exported

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
GED = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,"
    "low,gwnoa,gwnob"
)
GTD_AT = {
    1: "eventid", 4: "iday", 7: "resolution", 19: "summary", 26: "multiple", 29: "attacktype1", 35: "targtype1",
    40: "target1", 43: "targtype2", 58: "natlty3_txt", 59: "gname", 66: "guncertain1", 69: "individual", 72: "claimed",
    75: "claim2", 81: "compclaim", 82: "weaptype1", 98: "weapdetail", 99: "nkill", 102: "nwound", 104: "nwoundte",
    105: "property", 126: "addnotes", 127: "scite1", 131: "INT_LOG", 135: "related",
}  # fmt: skip
"""Columns of GTD by their number from 1, at least one of each group."""


def header(store: Store, target: str, folder: Path) -> str:
    return exported(store, target, folder).data.decode()


def test_acled_has_its_31_columns(sqlite_store: Store, tmp_path: Path) -> None:
    assert header(sqlite_store, "acled", tmp_path) == ACLED + "\n"
    assert ACLED.count(",") == 30


def test_ged_has_its_49_columns_with_high_before_low(sqlite_store: Store, tmp_path: Path) -> None:
    assert header(sqlite_store, "ged", tmp_path) == GED + "\n"
    assert GED.count(",") == 48


def test_gtd_has_its_135_columns(sqlite_store: Store, tmp_path: Path) -> None:
    names = header(sqlite_store, "gtd", tmp_path).rstrip("\n").split(",")
    assert len(names) == len(set(names)) == 135
    assert {at: names[at - 1] for at in GTD_AT} == GTD_AT
