"""Holds the reading of workbooks as grids: types as text, any sheet, no bomb, no entity, no broken archive."""

import gzip
import hashlib
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tracker.errors import Refused
from tracker.exchange import grid_xlsx
from tracker.exchange.grid import Block, Grid, Input
from tracker.exchange.readers import read as read_own
from tracker.exchange.sources import open_source

MIDNIGHT, AFTERNOON = datetime.fromisoformat("2014-01-22"), datetime.fromisoformat("2014-01-22 13:05")
Sheets = dict[str, Sequence[Sequence[object]]]


def book(folder: Path, sheets: Sheets, name: str = "a.xlsx") -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    made.save(folder / name)
    return folder / name


def whole(path: Path, size: int = 1000, **wanted: Any) -> tuple[Grid, Block]:
    grid = open_source(path).grid(Input(**wanted))
    together = Block()
    for block in grid.blocks(size):
        together.numbers += block.numbers
        together.lines += block.lines
        together.rows += block.rows
        together.faulty += block.faulty
    return grid, together


def test_values_become_the_text_a_person_would_write(tmp_path: Path) -> None:
    values: list[object] = [
        1, 15960.0, 2.5, 197001010001.0, date(2014, 1, 22), MIDNIGHT, AFTERNOON,
        time(9, 30), True, False, None, "#N/A", "040", "é\x85", "line\nline", -99,
    ]  # fmt: skip
    header = [f"c{n}" for n in range(len(values))]
    grid, found = whole(book(tmp_path, {"Data": [header, values]}))
    assert found.rows == [[
        "1", "15960", "2.5", "197001010001", "2014-01-22", "2014-01-22", "2014-01-22 13:05:00", "09:30:00", "true",
        "false", "", "", "040", "é", "line\nline", "-99",
    ]]  # fmt: skip
    assert grid.removed == 1
    assert any("1 × #N/A" in note for note in grid.notes)


def test_rows_know_their_numbers_and_blank_ones_are_passed_over(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Title"],
        [],
        ["id", "t"],
        ["#id", "#t"],
        [1, "a"],
        [],
        [2],
        ["id", "t"],
        [3, "c", None],
    ]
    for size in (1, 1000):
        grid, found = whole(book(tmp_path, {"Data": rows}), size, header=2, second_header="#")
        assert grid.header == ("id", "t")
        assert found.rows == [["1", "a"], ["2", ""], ["3", "c"]]
        assert (found.numbers, found.lines) == ([1, 2, 3], [5, 7, 9])
        assert any("repeat the header" in note for note in grid.notes)


def test_a_value_beyond_the_header_is_a_fault(tmp_path: Path) -> None:
    _, found = whole(book(tmp_path, {"Data": [["id", "t"], [1, "a", None, "lost"], [2, "b"]]}))
    assert found.rows == [["2", "b"]]
    ((fault),) = found.faulty
    assert (fault.number, fault.line, fault.value) == (1, 2, "lost")
    assert "column 4 where the header has 2" in fault.reason


def test_the_sheet_can_be_chosen_and_several_are_said(tmp_path: Path) -> None:
    path = book(tmp_path, {"Empty": [], "Notes": [["n"], ["x"]], "Data": [["id"], [1]]})
    grid, found = whole(path)
    assert (grid.header, found.rows) == (("n",), [["x"]])
    assert any("the sheet “Notes” is read, not Empty, Data" in note for note in grid.notes)
    grid, found = whole(path, sheet="Data")
    assert (grid.header, found.rows) == (("id",), [["1"]])
    with pytest.raises(Refused, match="has no sheet “Dta”; it has: Empty, Notes, Data"):
        whole(path, sheet="Dta")


def test_a_source_tells_a_workbook_whatever_its_name(tmp_path: Path) -> None:
    source = open_source(book(tmp_path, {"Data": [["id", "t"], [1, "a"]]}, "a.xlsx").rename(tmp_path / "a.dat"))
    assert (source.form, source.head) == ("xlsx", (["id", "t"], ["1", "a"]))
    with pytest.raises(Refused, match="is to be read as delimited but is xlsx"):
        source.grid(Input(form="delimited"))


def test_our_own_reader_takes_a_workbook_too(tmp_path: Path) -> None:
    sheet = read_own(book(tmp_path, {"actors": [["uid", "title"], ["u1", "a"], ["u2", "b", "c"]]}, "actors.xlsx"))
    rows = list(sheet.rows)
    assert sheet.header == ("uid", "title")
    assert [(row.number, row.line, row.cells["uid"], row.fault is None) for row in rows] == [
        (1, 2, "u1", True), (2, 3, "u2", False),
    ]  # fmt: skip


def repacked(path: Path, member: str, data: bytes) -> Path:
    """The same workbook with one part of it replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (parts | {member: data}).items():
            archive.writestr(name, part)
    return path


NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def test_texts_are_read_however_they_are_kept(tmp_path: Path) -> None:
    rows = (
        b'<x:row><x:c t="inlineStr"><x:is><x:r><x:t>#N</x:t></x:r><x:r><x:t>/A</x:t></x:r><x:rPh sb="0" eb="1">'
        b'<x:t>spoken</x:t></x:rPh></x:is></x:c><x:c/><x:c t="e"><x:v>#N/A</x:v></x:c><x:c><x:f>1+1</x:f><x:v>2</x:v>'
        b'</x:c><x:c t="str"><x:f>A1</x:f><x:v>007</x:v></x:c><x:c t="d"><x:v>2020-01-02</x:v></x:c></x:row>'
    )
    head = b"".join(b'<c t="inlineStr"><is><t>c%d</t></is></c>' % n for n in range(6)).replace(b"<", b"<x:")
    head = head.replace(b"<x:/", b"</x:")
    space = NAMESPACE.replace(b"xmlns", b"xmlns:x")
    sheet = b"<x:worksheet " + space + b"><x:sheetData><x:row>" + head + b"</x:row>" + rows
    path = repacked(book(tmp_path, {"Data": [[1]]}), SHEET, sheet + b"</x:sheetData></x:worksheet>")
    grid, found = whole(path)
    assert found.rows == [["#N/A", "", "", "2", "007", "2020-01-02"]]
    assert any("1 × #N/A" in note for note in grid.notes)


def test_the_texts_that_cells_share_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = b"".join(b"<si><r><t>te</t></r><r><t>xt %d</t></r><rPh><t>spoken</t></rPh></si>" % n for n in range(50))
    path = repacked(book(tmp_path, {"Data": [["id"]]}), "xl/sharedStrings.xml", b"<sst>" + texts + b"</sst>")
    with zipfile.ZipFile(path) as archive:
        types = archive.read("[Content_Types].xml")
    shared = b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    if b"sharedStrings" not in types:
        types = types.replace(b"</Types>", shared + b'spreadsheetml.sharedStrings+xml"/></Types>')
    repacked(path, "[Content_Types].xml", types)
    cells = b"".join(b'<row><c t="s"><v>%d</v></c></row>' % n for n in range(50))
    repacked(path, SHEET, b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>")
    grid, found = whole(path)
    assert (grid.header, found.rows[0], found.rows[-1]) == (("text 0",), ["text 1"], ["text 49"])
    monkeypatch.setattr(grid_xlsx, "_TEXTS", 2000)
    with pytest.raises(Refused, match="its texts take more than 0 MB; save the sheet as CSV, or give --no-limit"):
        whole(path)
    assert len(next(iter(open_source(path, limits=False).grid().blocks())).rows) == 49


def test_a_workbook_is_read_from_an_archive(tmp_path: Path) -> None:
    data = book(tmp_path, {"Data": [["id"], [1]]}).read_bytes()
    path = tmp_path / "b.xlsx.gz"
    path.write_bytes(gzip.compress(data))
    grid, found = whole(path)
    assert (grid.stem, found.rows) == ("b", [["1"]])
    assert grid.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
SHEET = "xl/worksheets/sheet1.xml"
WIDE = b"<worksheet><sheetData><row>" + b"<c><v>1</v></c>" * 20_000 + b"</row></sheetData></worksheet>"
FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2000000000"><c r="A2000000000"><v>2</v></c></row>'
    b"</sheetData></worksheet>"
)


@pytest.mark.parametrize(
    ("member", "data", "words"),
    [
        (SHEET, b"0" * 30_000_000, "archive bomb"),
        (SHEET, b"<worksheet><sheetData><row><c><v>1</v>", "broken"),
        (SHEET, FAR, "a sheet has 1,048,576 rows"),
        (SHEET, WIDE, "row 1 has more than 16,384 columns"),
        (
            SHEET,
            b'<worksheet><sheetData><row><c r="AAAA1"><v>1</v></c></row></sheetData></worksheet>',
            "no place on a sh",
        ),
        ("xl/styles.xml", b"<x>" + b" " * 17_000_000, "archive bomb|is larger than 16,777,216 bytes"),
        (SHEET, ENTITY + b"<worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>", "broken"),
        ("xl/workbook.xml", ENTITY + b"<workbook>&b;</workbook>", "broken workbook"),
        ("xl/workbook.xml", b"", "broken workbook"),
        ("[Content_Types].xml", b"<x/>", "broken workbook"),
    ],
    ids=["bomb", "cut", "far", "wide", "place", "styles", "entity", "entities", "empty", "types"],
)
def test_a_hostile_or_broken_workbook_is_refused(tmp_path: Path, member: str, data: bytes, words: str) -> None:
    path = repacked(book(tmp_path, {"Data": [["id"], [1]]}), member, data)
    with pytest.raises(Refused, match=words) as refused:
        whole(path)
    assert "a.xlsx" in str(refused.value)


def test_every_cut_of_a_workbook_is_refused_or_read(tmp_path: Path) -> None:
    data = book(tmp_path, {"Data": [["id", "t"], *([n, "x"] for n in range(50))]}).read_bytes()
    for end in range(10, len(data), 199):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(data[:end])
        with pytest.raises(Refused, match=r"cut\.xlsx"):
            whole(path)


def test_a_month_or_a_year_on_the_sheet_is_no_day(tmp_path: Path) -> None:
    shown = {
        "mmm-yy": "2021-03", "yyyy": "2021", "yyyy-mm": "2021-03", '[$-407]mmmm\\ yyyy;@': "2021-03",
        'mmmm" of the day "yyyy': "2021-03", "yyyy-mm-dd": "2021-03-01", "d-mmm": "2021-03-01",
        "yyyy-mm hh:mm": "2021-03-01", "DD/MM/YYYY": "2021-03-01",
    }  # fmt: skip
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for at, form in enumerate(shown, 1):
        sheet.cell(1, at, f"c{at}")
        sheet.cell(2, at, date(2021, 3, 1)).number_format = form
    made.save(tmp_path / "a.xlsx")
    _, found = whole(tmp_path / "a.xlsx")
    assert dict(zip(shown, found.rows[0], strict=True)) == shown


def sheet_of(folder: Path, *cells: bytes) -> Path:
    """A workbook of one column, with these cells below its header."""
    rows = b"".join(b"<row>" + cell + b"</row>" for cell in (b'<c t="inlineStr"><is><t>id</t></is></c>', *cells))
    return repacked(
        book(folder, {"Data": [["id"], [1]]}), SHEET, b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (b'<c t="s"><v>-1</v></c>', "-1"),
        (b'<c t="s"><v>99</v></c>', "99"),
        (b'<c t="s"><v>1_0</v></c>', "1_0"),
        (b"<c><v>1_000</v></c>", "1_000"),
        (b"<c><v>&#xff11;</v></c>", "\uff11"),
        (b"<c><v>1e999</v></c>", "1e999"),
        (b"<c><v>nan</v></c>", "nan"),
        (b'<c t="b"><v>7</v></c>', "7"),
        (b'<c t="d"><v>20200203</v></c>', "20200203"),
        (b'<c t="d"><v>2020-W05-1</v></c>', "2020-W05-1"),
        (b'<c t="d"><v>2020-02-30</v></c>', "2020-02-30"),
    ],
)
def test_a_cell_that_holds_what_it_cannot_rejects_its_row_alone(tmp_path: Path, cell: bytes, value: str) -> None:
    good = b'<c t="inlineStr"><is><t>good</t></is></c>'
    _, found = whole(sheet_of(tmp_path, good, cell, good))
    assert (found.rows, found.lines) == ([["good"], ["good"]], [2, 4])
    ((fault),) = found.faulty
    assert (fault.line, fault.column, fault.value, fault.cells) == (3, "id", value, (value,))
    assert "correct it in the sheet" in fault.reason


def test_a_header_that_cannot_be_read_is_refused_by_its_line(tmp_path: Path) -> None:
    rows = b'<row r="4"><c t="b"><v>7</v></c></row>'
    path = repacked(book(tmp_path, {"D": [[1]]}), SHEET, b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>")
    with pytest.raises(Refused, match=r"a\.xlsx:4: the name of column 1 is nothing that a cell of its type can hold"):
        whole(path)


def test_a_sheet_that_breaks_is_refused_by_the_line_it_breaks_at(tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d"><c><v>1</v></c></row>' % line for line in range(1, 8))
    path = repacked(book(tmp_path, {"D": [[1]]}), SHEET, b"<worksheet><sheetData>" + rows + b"<row r='9'><c></row>")
    with pytest.raises(Refused, match=r"a\.xlsx:9: the sheet is broken here"):
        whole(path)


def test_cells_far_beyond_the_header_are_not_filled_up_to(tmp_path: Path) -> None:
    far = [b'<c r="A%d"><v>1</v></c><c r="XFD%d"><v>2</v></c>' % (n, n) for n in range(2, 20_002)]
    _, found = whole(sheet_of(tmp_path, *far))
    assert (found.rows, len(found.faulty)) == ([], 20_000)
    assert found.faulty[0].cells == ("1",)
    assert found.faulty[0].reason.startswith("has a value in column 16384 where the header has 1")
    assert all(len(fault.cells) < 2 for fault in found.faulty)


def test_cells_after_a_wide_gap_within_the_header_are_read(tmp_path: Path) -> None:
    names = [f"c{n}" for n in range(60)]
    rows: list[list[object]] = [list(names), [1, *([None] * 40), 2, None, 3], [*([None] * 59), 4]]
    _, found = whole(book(tmp_path, {"Data": rows}))
    assert [{at: cell for at, cell in enumerate(row) if cell} for row in found.rows] == [
        {0: "1", 41: "2", 43: "3"}, {59: "4"},
    ]  # fmt: skip
    assert {len(row) for row in found.rows} == {60}


def test_the_escapes_of_a_sheet_mean_what_they_say(tmp_path: Path) -> None:
    texts = {
        b"a_x000D_&#10;b": "a\nb", b"_x005F_x000D_": "_x000D_", b"_x0041_": "A", b"_x00e9_": "é", b"_x12": "_x12",
        b"_xD83D__xDE00_": "\U0001f600", b"a_xD83D_": "a",
    }  # fmt: skip
    _, found = whole(sheet_of(tmp_path, *(b'<c t="inlineStr"><is><t>%b</t></is></c>' % text for text in texts)))
    assert [row[0] for row in found.rows] == list(texts.values())
