"""Holds each form that is written: golden files of the example case, and that other programs read the same from it."""

from __future__ import annotations

import gzip
import importlib
import io
import json
import lzma
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import zstandard
from conftest import Store
from hypothesis import given, settings
from hypothesis import strategies as st
from trading import SEEDS, imported

from tracker.errors import Refused, UsageError
from tracker.exchange import packed, writers_parquet, writers_xlsx
from tracker.exchange.layout import FileColumn, columns
from tracker.exchange.packing import inner, packing
from tracker.exchange.records import Table, rows
from tracker.exchange.writers import FORMATS, form_of_name, require, write
from tracker.exchange.writers_markdown import cell
from tracker.model.kinds import BY_NAME, EXCHANGED
from tracker.store.export import BARE, FIELD
from tracker.text import clean, guard

INCIDENT = BY_NAME["incident"]
SHOWN = (
    "ref,date_edtf,date_earliest,title,perpetrators,asserted_by,killed_best,wounded_low,lat,lon,geo_precision,"
    "aggregate,sources"
)
TYPED = ("title", "lat", "killed_best", "aggregate", "extra")
Fixtures = Callable[[str], Path]


@pytest.fixture
def case(sqlite_store: Store) -> Store:
    """The example case."""
    imported(sqlite_store, SEEDS)
    return sqlite_store


def written(table: Table, form: str, **options: bool) -> bytes:
    buffer = io.BytesIO()
    write(buffer, table, form, **options)
    return buffer.getvalue()


def made(form: str, values: list[tuple[Any, ...]], names: tuple[str, ...] = TYPED) -> bytes:
    by_name = {column.name: column for column in columns(INCIDENT)}
    return written(Table(INCIDENT, tuple(by_name[name] for name in names), iter([values])), form)


def cells_of(data: bytes) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return list(sheet.iter_rows(values_only=True))


def frame_of(data: bytes) -> Any:
    return importlib.import_module("pyarrow.parquet").read_table(io.BytesIO(data))


def parts_of(data: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


READ: dict[str, Callable[[bytes], object]] = {"xlsx": parts_of, "parquet": frame_of}
"""What of a form is compared, where packers of another version would give other bytes."""


@pytest.mark.parametrize("form", FORMATS)
def test_the_example_case_is_written_as_ever(case: Store, fixtures: Fixtures, form: str) -> None:
    data = written(rows(case.reader(), INCIDENT, columns=SHOWN), form)
    golden = fixtures(f"golden/export/incidents.{form}").read_bytes()
    read = READ.get(form, bytes)
    assert read(data) == read(golden)
    assert data == written(rows(case.reader(), INCIDENT, columns=SHOWN), form)


@pytest.mark.parametrize("kind", EXCHANGED, ids=lambda kind: kind.name)
@pytest.mark.parametrize("options", [{}, {"excel": True}, {"raw": True}], ids=["plain", "excel", "raw"])
def test_rows_that_the_database_packs_are_the_rows_that_csv_writes(
    case: Store, kind: Any, options: dict[str, bool]
) -> None:
    for form in ("csv", "tsv"):
        table = rows(case.reader(), kind)
        assert table.texts is not None
        assert written(table, form, **options) == written(
            replace(rows(case.reader(), kind), texts=None), form, **options
        )


HARD = st.text(st.sampled_from("'\"=+-@,;\t\n\r|% aé–＝\u2212\u200f{[(“\\_0"), max_size=6)
ANY = st.one_of(HARD, st.text(st.characters(codec="utf-8"), max_size=20).map(clean))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(ANY, ANY, st.none() | st.floats(-90, 90)), min_size=1, max_size=5), st.booleans(), st.booleans()
)
def test_packed_rows_become_the_lines_of_the_csv_module(
    values: list[tuple[str, str, float | None]], excel: bool, raw: bool
) -> None:
    by_name = {column.name: column for column in columns(INCIDENT)}
    picked = tuple(by_name[name] for name in ("title", "summary", "lat"))
    texts = [
        FIELD + title.encode() + FIELD + summary.encode() + packed._reals(BARE, [lat])[0] + packed.ROW
        for title, summary, lat in values
    ]
    table = Table(INCIDENT, picked, iter([list(values)]))
    for form in ("csv", "tsv"):
        quick = replace(table, texts=iter([packed.Rows(len(values), b"".join(texts))]))
        slow = replace(table, blocks=iter([list(values)]))
        assert written(quick, form, excel=excel, raw=raw) == written(slow, form, excel=excel, raw=raw)


def test_whatever_may_begin_a_formula_is_guarded_in_packed_rows() -> None:
    begins = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    formulas = [begin + "=1" for begin in begins if guard(begin + "=1")[0] == "'" and begin not in "\x1c\x1d\x1e\x1f"]
    assert len(formulas) > 100
    picked = tuple(column for column in columns(INCIDENT) if column.name in ("title", "summary"))
    values = [(formula, "") for formula in formulas]
    text = b"".join(FIELD + formula.encode() + FIELD + packed.ROW for formula in formulas)
    quick = Table(INCIDENT, picked, iter([]), texts=iter([packed.Rows(len(values), text)]))
    assert written(quick, "csv") == written(Table(INCIDENT, picked, iter([values])), "csv")


def test_a_text_that_holds_a_mark_of_the_packing_is_still_exact(case: Store) -> None:
    case.sql("UPDATE incident SET title = ? WHERE id = 2", ("a\x1fb\x1ec\x1dd,e",))
    kinds = [type(block) for block in packed_blocks(case)]
    assert kinds == [list]
    names = "ref,title,lat,extra"
    quick = written(rows(case.reader(), INCIDENT, columns=names, sort="-date"), "csv")
    slow = replace(rows(case.reader(), INCIDENT, columns=names, sort="-date"), texts=None)
    assert quick == written(slow, "csv")
    assert b'"a\x1fb\x1ec\x1dd,e"' in quick


def packed_blocks(case: Store) -> list[object]:
    texts = rows(case.reader(), INCIDENT).texts
    assert texts is not None
    return list(texts)


def test_values_that_the_database_does_not_pack_are_the_same(case: Store) -> None:
    with case.casebook() as casebook, casebook.action("edit", "x") as act:
        act.edit(
            "incident",
            1,
            {"extra": {"a, b": ['"', "é\u0001"]}, "aggregate": True, "lat": 1e-7, "lon": 0.1},
            version=None,
        )
        act.edit("incident", 2, {"extra": ["x", 1.5], "aggregate": False, "lat": 33.25}, version=None)
    case.sql("UPDATE incident SET extra = ? WHERE id = 3", ('{"a":"b, é","c":"\\u00e9"}',))
    case.sql("UPDATE incident SET extra = ? WHERE id = 5", ('{"a\\":b": "c, d", "e":1}',))
    case.sql("UPDATE incident SET extra = ? WHERE id = 4", ('{"a":"b, é","c":1}',))
    for names in (None, "ref,extra", "killed,date,lat,lon,aggregate,title"):
        quick = written(rows(case.reader(), INCIDENT, columns=names), "csv")
        assert quick == written(replace(rows(case.reader(), INCIDENT, columns=names), texts=None), "csv")


ROWS: list[tuple[Any, ...]] = [
    ("=1+1", -1.5, 0, True, {"a": [1]}),
    ("#N/A", None, None, False, None),
    ('=HYPERLINK("http://x")', 1e-07, 2**60, None, [1, "é"]),
    (" a\nb ", 0.0, 1, None, None),
]


def test_a_workbook_holds_typed_cells_and_no_formula() -> None:
    data = made("xlsx", ROWS)
    assert cells_of(data) == [
        TYPED,
        ("=1+1", -1.5, 0, True, '{"a":[1]}'),
        ("#N/A", None, None, False, None),
        ('=HYPERLINK("http://x")', 1e-07, str(2**60), None, '[1,"é"]'),
        (" a\nb ", 0, 1, None, None),
    ]
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["incidents"]
    assert sheet.freeze_panes == "A2"
    assert {found.data_type for row in sheet.iter_rows() for found in row if isinstance(found.value, str)} == {"s"}
    assert sheet["A2"].quotePrefix
    assert not sheet["A5"].quotePrefix
    assert b"<f>" not in parts_of(data)["xl/worksheets/sheet1.xml"]


def test_a_workbook_of_hostile_texts_has_no_formula(fixtures: Fixtures) -> None:
    hostile = json.loads(fixtures("hostile/formula.json").read_text(encoding="utf-8"))
    data = made("xlsx", [(value, None, None, None, None) for value in hostile])
    assert b"<f>" not in parts_of(data)["xl/worksheets/sheet1.xml"]
    read = [row[0] for row in cells_of(data)[1:]]
    assert len(read) == len(hostile)
    assert [value for value, sent in zip(read, hostile, strict=True) if value == sent] != []


def test_a_workbook_tells_nothing_of_when_it_was_made() -> None:
    archive = zipfile.ZipFile(io.BytesIO(made("xlsx", ROWS)))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert archive.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2


def test_more_rows_than_a_sheet_has_are_refused(case: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers_xlsx, "ROWS", 6)
    with pytest.raises(Refused, match=r"holds 5 incidents, .* --limit 5, .* --format csv"):
        written(rows(case.reader(), INCIDENT), "xlsx")
    with pytest.raises(Refused, match="holds 5 incidents"):
        made("xlsx", [ROWS[1]] * 6)
    assert len(cells_of(written(rows(case.reader(), INCIDENT, limit=5), "xlsx"))) == 6


def test_a_text_longer_than_a_cell_is_refused_and_never_cut() -> None:
    fits = "x" * writers_xlsx.LONGEST
    assert cells_of(made("xlsx", [(fits, None, None, None, None)]))[1][0] == fits
    with pytest.raises(Refused, match="title of incident number 2 is longer than the 32,767"):
        made("xlsx", [ROWS[0], (fits + "x", None, None, None, None)])
    with pytest.raises(Refused, match="longer than"):
        made("xlsx", [("\U0001f680" * 16_384, None, None, None, None)])


def test_parquet_is_typed_and_null_is_not_zero(case: Store) -> None:
    frame = frame_of(made("parquet", ROWS))
    assert [str(kind) for kind in frame.schema.types] == ["string", "double", "int64", "bool", "string"]
    assert frame.column("killed_best").to_pylist() == [0, None, 2**60, 1]
    assert frame.column("extra").to_pylist() == ['{"a":[1]}', None, '[1,"é"]', None]
    assert frame.column("title").to_pylist() == [row[0] for row in ROWS]
    whole = frame_of(written(rows(case.reader(), INCIDENT), "parquet"))
    assert str(whole.schema.field("date_earliest").type) == "date32[day]"
    days = [str(day) if day else None for day in whole.column("date_earliest").to_pylist()]
    assert days == [row[0] for row in rows(case.reader(), INCIDENT, columns="date_earliest")]


def test_parquet_has_row_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers_parquet, "GROUP", 10)
    parquet = importlib.import_module("pyarrow.parquet")
    by_name = {column.name: column for column in columns(INCIDENT)}
    blocks = iter([[(n,) for n in range(7)], [(n,) for n in range(7, 31)]])
    data = written(Table(INCIDENT, (by_name["killed_best"],), blocks), "parquet")
    found = parquet.ParquetFile(io.BytesIO(data)).metadata
    assert [found.row_group(n).num_rows for n in range(found.num_row_groups)] == [10, 10, 10, 1]
    assert frame_of(data).column(0).to_pylist() == list(range(31))
    assert frame_of(made("parquet", [])).num_rows == 0


def test_parquet_without_its_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'tracker\[parquet\]'"):
        require("parquet", INCIDENT)


def test_geojson_has_points_or_null(case: Store) -> None:
    with case.casebook() as casebook, casebook.action("edit", "x") as act:
        act.edit("incident", 2, {"lat": 33.25, "lon": 44.5, "geo_precision": "site"}, version=None)
        act.edit("incident", 3, {"lat": 33.25, "lon": None}, version=None)
        act.edit("incident", 4, {"lat": None, "lon": None}, version=None)
    found = json.loads(written(rows(case.reader(), INCIDENT), "geojson"))
    assert (found["type"], len(found["features"])) == ("FeatureCollection", 6)
    second, third, fourth = found["features"][1:4]
    assert second["geometry"] == {"type": "Point", "coordinates": [44.5, 33.25]}
    assert second["id"] == second["properties"]["uid"]
    assert second["properties"]["geo_precision"] == "site"
    assert "date_edtf" in second["properties"]
    assert "lat" not in second["properties"]
    assert (third["geometry"], third["properties"]["lat"], third["properties"]["lon"]) == (None, 33.25, None)
    assert fourth["geometry"] is None
    empty = Table(INCIDENT, columns(INCIDENT), iter([]))
    assert json.loads(written(empty, "geojson")) == {"type": "FeatureCollection", "features": []}


def test_geojson_is_for_records_with_a_place() -> None:
    with pytest.raises(UsageError, match="actors have no place"):
        require("geojson", BY_NAME["actor"])
    with pytest.raises(UsageError, match="needs the columns lat, lon, geo_precision"):
        made("geojson", [], ("title",))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "yes"),
        (0, "0"),
        (1e-07, "0.0000001"),
        ("a|b", r"a\|b"),
        ("a\nb\r\nc", "a<br>b<br>c"),
        ("<b>*x*</b> & `y`", r"&lt;b&gt;\*x\*&lt;/b&gt; &amp; \`y\`"),
        ("[a](http://b) ~~c~~", r"\[a\](http://b) \~\~c\~\~"),
        ("armed_clash _x_", r"armed_clash \_x\_"),
        ("a\\|b\x1b[0m", "a\\\\\\|b␛\\[0m"),
        ({"a": "|"}, r'{"a":"\|"}'),
    ],
)
def test_nothing_in_a_cell_of_markdown_is_markup(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_markdown_has_one_line_a_record() -> None:
    lines = made("md", ROWS).decode().splitlines()
    assert lines[0] == "| title | lat | killed_best | aggregate | extra |"
    assert lines[1] == "| --- | ---: | ---: | --- | --- |"
    assert len(lines) == 2 + len(ROWS)


@pytest.mark.parametrize(
    ("name", "unpacked"),
    [
        ("x.csv.gz", gzip.decompress),
        ("x.CSV.XZ", lzma.decompress),
        ("x.csv.zst", lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data)),
        ("x.csv", bytes),
    ],
)
def test_the_end_of_a_name_packs(name: str, unpacked: Callable[[bytes], bytes]) -> None:
    found = []
    for _ in range(2):
        buffer = io.BytesIO()
        with packing(buffer, name) as sink:
            sink.write(b"uid\n" * 1000)
        found.append(buffer.getvalue())
    assert unpacked(found[0]) == b"uid\n" * 1000
    assert found[0] == found[1]


def test_names_tell_forms() -> None:
    names = {
        "a": "csv",
        "a.txt": "csv",
        "a.tsv.gz": "tsv",
        "a.ndjson.xz": "jsonl",
        "d.x/a.xlsx": "xlsx",
        "d.x/a": "csv",
    }
    assert {name: form_of_name(name) for name in names} == names
    assert form_of_name("map.geojson.zst") == "geojson"
    assert form_of_name("a.markdown") == "md"
    assert inner("a.csv.gz") == "a.csv"
    with pytest.raises(UsageError, match=r"“.dat” names no form; known are .csv, .*\.parquet"):
        form_of_name("a.dat")


@pytest.mark.parametrize("form", FORMATS)
def test_blocks_are_pulled_one_at_a_time(form: str) -> None:
    log: list[tuple[str, int]] = []
    column = FileColumn("title", "value", "text", "title", "title")
    place = tuple(column for column in columns(INCIDENT) if column.name in ("lat", "lon", "geo_precision"))

    def blocks() -> Iterator[list[tuple[Any, ...]]]:
        for number in range(20):
            log.append(("pulled", number))
            yield [(f"row {number} {n}", 33.5, 44.5, None) for n in range(1_000)]

    class Sink:
        size = 0

        def write(self, data: bytes) -> int:
            self.size += len(data)
            log.append(("written", self.size))
            return len(data)

    sink = Sink()
    assert write(sink, Table(INCIDENT, (column, *place), blocks()), form) == 20_000
    if form not in ("xlsx", "parquet"):
        # Between two pulls the block before is handed on.
        pulls = [number for number, (what, _) in enumerate(log) if what == "pulled"]
        assert all("written" in [what for what, _ in log[a:b]] for a, b in pairwise(pulls))
    assert sink.size > 20_000


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_no_more_than_a_block_is_held_as_values(form: str) -> None:
    alive, most = 0, 0

    class Word(str):
        def __new__(cls, value: str) -> Word:
            nonlocal alive, most
            alive += 1
            most = max(most, alive)
            return super().__new__(cls, value)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    column = FileColumn("title", "value", "text", "title", "title")
    blocks = ([(Word(f"row {number} {n}"),) for n in range(1_000)] for number in range(20))
    assert write(io.BytesIO(), Table(INCIDENT, (column,), blocks), form) == 20_000
    assert most <= 4_000
