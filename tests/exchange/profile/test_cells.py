"""Cells into values: what is taken, what is refused and why, and that 0 and not reported stay apart."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trial import BASE, take, taken

FIGURES = """
killed_low = "low"
killed_best = { from = "best", null = ["-99"] }
killed_high = "high"
lat = "lat"
lon = "lon"
aggregate = { from = "clear", map = { 1 = false, 2 = true } }
status = "how"
wounded_best = "hurt"
"""


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("best", "abc", "is no whole number; write digits only"),
        ("best", "5.5", "is no whole number of people"),
        ("best", "1_000", "is no whole number"),
        ("best", "1,000", "is no whole number"),
        ("best", "５", "is no whole number"),
        ("best", "nan", "is no whole number"),
        ("best", "-1", "is outside 0 to 10,000,000"),
        ("best", "99999999999", "is outside"),
        ("lat", "123.4", "is outside -90 to 90"),
        ("lon", "-181", "is outside -180 to 180"),
        ("lat", "1e1", "is no number; write it like 33.2625"),
        ("lat", "nan", "is no number"),
        ("lat", "35,76", "is no number"),
        ("kind", "9", "is none of 1, 3; correct it"),
        ("clear", "3", "is none of 1, 2"),
        ("how", "certain", "is not a known code"),
    ],
)
def test_every_bad_cell_is_refused_with_its_column_value_and_cure(column: str, value: str, why: str) -> None:
    good = {"best": "5", "lat": "1.5", "clear": "1", "how": "confirmed"}
    got = take(FIGURES, good, good | {column: value}, good)
    (bad,) = got.rejected
    assert (bad.number, bad.line, bad.column, bad.value) == (2, 3, column, value)
    assert why in bad.reason
    assert list(got.incoming.external_ids) == ["1", "3"]
    assert len(got.incoming.fingerprints) == 2


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    (bad,) = take(FIGURES, {"best": "abc", "lat": "999", "kind": "9"}).rejected
    assert bad.column in ("kind", "best", "lat")
    assert all(value in bad.reason or value == bad.value for value in ("abc", "999", "9"))
    assert bad.cells


def test_not_reported_and_none_are_not_the_same() -> None:
    got = take(FIGURES, {"best": ""}, {"best": "0"}, {"best": "-99"}, {"best": "5.0"}, {"best": " 7 "})
    assert got.values("killed_best") == [None, 0, None, 5, 7]


def test_a_zero_that_may_mean_not_known() -> None:
    rows = ({"dead": "0"}, {"dead": "4"}, {"dead": ""})
    got = take('killed_best = { from = "dead", zero = "unknown" }', *rows)
    assert got.values("killed_best") == [None, 4, None]
    assert got.values("killed_low") == [0, None, None]
    assert sum(got.harvester.warnings.values()) == 1


def test_figures_out_of_order_are_kept_and_counted() -> None:
    got = take(FIGURES, {"low": "9", "best": "5", "high": "2"}, {"low": "1", "best": "2", "high": "3"}, {"low": "4"})
    assert not got.rejected
    assert got.values("killed_low") == [9, 1, 4]
    assert got.harvester.warnings["killed low > best: kept as it stands"] == 1
    assert got.harvester.warnings["killed best > high: kept as it stands"] == 1


def test_decimal_comma_where_the_profile_says_so() -> None:
    got = take('lat = { from = "lat", decimal = "," }', {"lat": "35,5"}, {"lat": "-1.25"})
    assert got.values("lat") == [35.5, -1.25]


def test_a_map_knows_any_case_and_floats_and_falls_back() -> None:
    toml = (
        'geo_precision = { from = ["fine", "coarse"], map = { "1" = "exact", "Town" = "town" }, default = "unknown" }'
    )
    rows = [{"fine": f, "coarse": c} for f, c in (("1.0", ""), ("TOWN ", ""), ("x", "town"), ("x", "y"), ("", ""))]
    assert take(toml, *rows).values("geo_precision") == ["exact", "town", "town", "unknown", "unknown"]


def test_titles_drop_empty_parts_and_are_never_empty() -> None:
    rows = ({"a": "A", "b": "B", "place": "P"}, {"a": "A", "b": "", "place": "P"}, {"a": "", "b": "B", "place": ""})
    got = take("", *rows, {"a": "", "b": " ", "place": ""})
    assert got.values("title") == ["A – B, P", "A, P", "B", "armed clash"]


def test_a_percent_sign_in_a_template_or_a_cell_is_only_that() -> None:
    toml = 'summary = { template = "{a}: 100% {b} {{" }'.replace("{{", "")
    assert take(toml, {"a": "%s", "b": "%d"}).values("summary") == ["%s: 100% %d "]


def test_texts_joined_and_first_given() -> None:
    got = take('summary = ["n", "m"]\nplace_name = ["p", "q"]', {"n": "x", "m": "y", "p": "", "q": "Q"}, {"n": "x"})
    assert got.values("summary") == ["x\n\ny", "x"]
    assert got.values("place_name") == ["Q", None]


@pytest.mark.parametrize(
    ("code", "text", "iso"),
    [
        ("name", "Iraq", "IRQ"), ("name", "DR Congo (Zaire)", "COD"), ("name", "Bosnia-Herzegovina", "BIH"),
        ("name", "cote d'ivoire", "CIV"), ("name", "Türkiye", "TUR"), ("name", "Yemen (North Yemen)", "YEM"),
        ("iso_numeric", "4", "AFG"), ("iso_numeric", "004", "AFG"), ("iso3", "irq", "IRQ"), ("gwno", "645.0", "IRQ"),
        ("fips", "IZ", "IRQ"), ("fips", "GM", "DEU"), ("cameo", "ROM", "ROU"), ("gtd", "95", "IRQ"),
        ("gtd", "217", "USA"),
    ],
)  # fmt: skip
def test_countries_as_datasets_write_them(code: str, text: str, iso: str) -> None:
    assert take(f'country = {{ from = "land", code = "{code}" }}', {"land": text}).values("country") == [iso]


def test_a_country_not_known_is_kept_and_counted() -> None:
    got = take('country = { from = "land", code = "name" }', {"land": "Atlantis"}, {"land": "Atlantis"}, {"land": ""})
    assert got.values("country") == [None, None, None]
    assert sum(got.harvester.warnings.values()) == 2
    assert json.loads(str(got.values("extra")[0]))["land"] == "Atlantis"


@given(st.lists(st.sampled_from(["0", "5", "5.0", "05", "", " 7", "-99", "x"]), min_size=1, max_size=30))
def test_every_row_is_either_taken_or_rejected_and_texts_come_back(cells: list[str]) -> None:
    rows = [{"id": str(at), "kind": "1", "best": cell, "note": cell} for at, cell in enumerate(cells)]
    got = taken(BASE + FIGURES + 'summary = "note"\n', *rows)
    assert len(got.incoming) + len(got.rejected) == len(cells)
    assert {bad.value for bad in got.rejected} <= {"x"}
    for id_, best, note, extra in zip(
        got.incoming.external_ids, got.values("killed_best"), got.values("summary"), got.values("extra"), strict=True
    ):
        kept = json.loads(str(extra)) if extra else {}
        said = "" if best is None else str(best)
        assert kept.get("best", said) == cells[int(id_)]
        assert kept.get("note", note or "") == cells[int(id_)]
