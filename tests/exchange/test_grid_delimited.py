"""Holds the reading of files with delimiters as grids: every quirk a real file was met with."""

import csv
import gzip
import io
import lzma
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker import text
from tracker.errors import Refused, UsageError
from tracker.exchange.grid import Block, Faulty, Grid, Input
from tracker.exchange.sources import open_source

HEADER = "id,date,notes\n"


def put(folder: Path, data: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def whole(path: Path | str, size: int = 1000, **wanted: Any) -> tuple[Grid, Block]:
    grid = open_source(path).grid(Input(**wanted))
    together = Block()
    for block in grid.blocks(size):
        assert len(block.numbers) == len(block.lines) == len(block.rows)
        together.numbers += block.numbers
        together.lines += block.lines
        together.rows += block.rows
        together.faulty += block.faulty
    assert all(len(row) == len(grid.header) for row in together.rows)
    return grid, together


def rows(path: Path | str, **wanted: Any) -> list[list[str]]:
    return [list(row) for row in whole(path, **wanted)[1].rows]


def faults(path: Path, **wanted: Any) -> list[Faulty]:
    return whole(path, **wanted)[1].faulty


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_lines_are_physical_whatever_stands_in_between(tmp_path: Path, size: int) -> None:
    path = put(tmp_path, HEADER + '\n1,"a\nb\n\nc",x\n\n,,\n2,"d","e\n"\n3,f,g\n')
    _, found = whole(path, size)
    assert [row[0] for row in found.rows] == ["1", "2", "3"]
    assert found.numbers == [1, 2, 3]
    assert found.lines == [3, 9, 11]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_line_ends_and_marks_make_no_difference(tmp_path: Path, end: str, encoding: str) -> None:
    path = put(tmp_path, f'id,date{end}1,"é{end}ü"{end}2,x\x1a'.encode(encoding))
    assert rows(path) == [["1", "é\nü"], ["2", "x"]]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, zstandard.compress], ids=["gz", "xz", "zst"])
def test_packed_files_are_read_as_they_were(tmp_path: Path, pack: Any) -> None:
    data = (HEADER + "".join(f'{n},2020-01-01,"x\n{n}"\n' for n in range(3000))).encode()
    suffix = {gzip.compress: "gz", lzma.compress: "xz"}.get(pack, "zst")
    path = put(tmp_path, pack(data) + pack(b"last,2,3\n"), f"a.csv.{suffix}")
    grid, found = whole(path)
    assert (grid.stem, len(found.rows), found.rows[-1]) == ("a", 3001, ["last", "2", "3"])
    assert found.lines[-1] == 6002
    assert grid.done == 1.0


def test_the_hash_is_that_of_the_file_on_the_disk(tmp_path: Path) -> None:
    import hashlib

    data = gzip.compress((HEADER + "1,a,b\n" * 9).encode())
    grid, _ = whole(put(tmp_path, data, "a.csv.gz"))
    assert grid.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("count", [3, 400_000])
def test_standard_input_is_looked_into_and_then_read(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    data = (HEADER + "1,2020-01-01,some text\n" * count).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    source = open_source("-")
    assert source.head[0] == ["id", "date", "notes"]
    grid = source.grid()
    assert sum(len(block.rows) for block in grid.blocks()) == count
    assert (grid.name, grid.done) == ("stdin", 1.0)


@pytest.mark.parametrize(("char", "word"), [(";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_the_delimiter_is_told_and_said(tmp_path: Path, char: str, word: str) -> None:
    body = "".join(f"{n}{char}1,5{char}a, b, c, d\n" for n in range(3))
    path = put(tmp_path, f"id{char}n{char}text\n" + body)
    grid, found = whole(path)
    assert (grid.delimiter, found.rows[0]) == (char, ["0", "1,5", "a, b, c, d"])
    assert any(word in note for note in grid.notes)


def test_the_delimiter_is_the_one_that_parts_the_header_too(tmp_path: Path) -> None:
    body = "".join(f"A{n}; B; C,x\n" for n in range(40))
    grid, found = whole(put(tmp_path, "title,notes\n" + body))
    assert (grid.delimiter, found.rows[0]) == (",", ["A0; B; C", "x"])


def test_a_delimiter_given_goes_first(tmp_path: Path) -> None:
    path = put(tmp_path, "a/b\n1/2\n")
    source = open_source(path, delimiter="/")
    assert source.head[0] == ["a", "b"]
    assert next(iter(source.grid(Input(delimiter=";")).blocks())).rows == [["1", "2"]]
    assert rows(path, delimiter="/") == [["1", "2"]]
    with pytest.raises(UsageError, match="is not one character"):
        open_source(path).grid(Input(delimiter="xy"))


@pytest.mark.parametrize(
    "start", ["sep=;\n", "\ufeffsep=;\n", "sep=;\n\ufeff", "\ufeffsep=;\r\n\ufeff", "\ufeff\ufeff"]
)
def test_a_separator_line_and_marks_are_no_header(tmp_path: Path, start: str) -> None:
    source = open_source(put(tmp_path, start + "id;n\n1;a,b\n"))
    assert source.head == (["id", "n"], ["1", "a,b"])
    grid = source.grid()
    assert (grid.header, grid.delimiter) == (("id", "n"), ";")
    assert [(block.rows, block.lines) for block in grid.blocks()] == [([["1", "a,b"]], [3 if "sep" in start else 2])]


def test_encodings_are_tried_in_turn_over_the_whole_file_and_said(tmp_path: Path) -> None:
    late = ("id,t\n" + "1,plain\n" * 60_000).encode() + "2,café “x”\n".encode("cp1252")
    grid, found = whole(put(tmp_path, late), encoding=("utf-8", "cp1252", "latin-1"))
    assert (grid.encoding, found.rows[-1]) == ("cp1252", ["2", "café “x”"])
    assert any("read as cp1252" in note for note in grid.notes)
    path = put(tmp_path, b"id,t\n1,\x81\xe9\n")
    grid, found = whole(path, encoding=("utf-8", "cp1252", "latin-1"))
    assert (grid.encoding, found.rows, grid.removed) == ("latin-1", [["1", "é"]], 1)
    with pytest.raises(Refused, match=r"a\.csv:2: the byte 0x81 at offset 7 .*another --encoding"):
        whole(path, encoding=("utf-8", "cp1252"))
    assert whole(put(tmp_path, "id,t\n1,é\n"), encoding=("utf-8", "cp1252"))[0].encoding == "utf-8"


def test_an_encoding_is_never_guessed(tmp_path: Path) -> None:
    path = put(tmp_path, b"id,t\n" + b"1,plain text\n" * 30_000 + b"2,caf\xe9\n")
    with pytest.raises(Refused, match=r"a\.csv:30002: the byte 0xE9 at offset 390010 .*--encoding cp1252"):
        whole(path)
    found = list(open_source(path, encoding="cp1252").grid().blocks())
    assert found[-1].rows[-1] == ["2", "café"]
    with pytest.raises(Refused, match="--encoding utf-16-le"):
        open_source(put(tmp_path, "id,t\n1,é\n".encode("utf-16-le"), "wide.csv"))
    with pytest.raises(UsageError, match="no text encoding called"):
        open_source(path).grid(Input(encoding=("utf-8", "klingon")))


def test_unfit_characters_are_removed_and_counted(tmp_path: Path) -> None:
    path = put(tmp_path, HEADER + "1,a\0b\x1b[31m,\u202etxt\n2,e\u0301,\u2028x\x85\n3,\x0b,z\n")
    grid, found = whole(path)
    assert found.rows == [["1", "ab[31m", "txt"], ["2", "é", "\u2028x"], ["3", "", "z"]]
    assert grid.removed == 5


def test_a_greek_question_mark_parts_no_cells(tmp_path: Path) -> None:
    path = put(tmp_path, "id;t\n1;τι\u037e ε\u0301\n")
    assert rows(path) == [["1", "τι\u037e έ"]]


def test_names_of_columns_are_made_whole_and_single(tmp_path: Path) -> None:
    grid, _ = whole(put(tmp_path, ",location,date,Location,\n0,a,b,c,d\n"))
    assert grid.header == ("(column 1)", "location", "date", "Location (2)", "(column 5)")
    assert any("stands twice" in note for note in grid.notes)


def test_the_header_may_stand_elsewhere_or_nowhere(tmp_path: Path) -> None:
    path = put(tmp_path, "Title of the list\n\nid,t\n1,a\n")
    grid, found = whole(path, header=2)
    assert (grid.header, found.rows, found.lines) == (("id", "t"), [["1", "a"]], [4])
    bare = put(tmp_path, "1\ta\n2\tb\n", "x.export.CSV")
    grid, found = whole(bare, header=0, names=("id", "t"))
    assert (grid.header, found.rows, found.lines) == (("id", "t"), [["1", "a"], ["2", "b"]], [1, 2])
    assert whole(bare, header=0)[0].header == ("(column 1)", "(column 2)")


def test_second_and_repeated_headers_are_no_records(tmp_path: Path) -> None:
    path = put(tmp_path, HEADER + ",#date,#notes\n1,a,b\n" + HEADER + "2,#a,b\n" + HEADER)
    grid, found = whole(path, second_header="#")
    assert [row[0] for row in found.rows] == ["1", "2"]
    assert (found.numbers, found.lines) == ([1, 2], [3, 5])
    assert any("2 rows that repeat the header" in note for note in grid.notes)
    assert any("begins with “#”" in note for note in grid.notes)
    assert len(rows(path)) == 3


@pytest.mark.parametrize("body", ["1,a\n", "1,a,b,c\n", '1,"a\nb"\n'])
def test_a_ragged_row_is_at_fault_alone(tmp_path: Path, body: str) -> None:
    path = put(tmp_path, HEADER + "0,x,y\n" + body + "2,x,y\n")
    _, found = whole(path)
    assert [row[0] for row in found.rows] == ["0", "2"]
    (fault,) = found.faulty
    assert (fault.number, fault.line, fault.cells[0]) == (2, 3, "1")
    assert "cells where the header has 3" in fault.reason
    assert found.lines == [2, 3 + body.count("\n")]
    assert found.numbers == [1, 3]


@pytest.mark.parametrize("tail", ["9,a", '9,a,"b', '9,"a\nb c d\ne', '9,a,"b\n'])
def test_a_cut_last_record_is_said_to_be_cut(tmp_path: Path, tail: str) -> None:
    _, found = whole(put(tmp_path, HEADER + "1,a,b\n" + tail))
    assert [row[0] for row in found.rows] == ["1"]
    (fault,) = found.faulty
    assert (fault.line, fault.cells[0]) == (3, "9")
    assert "ends in the middle of this record; fetch" in fault.reason


def test_one_lost_quote_costs_one_row_at_any_block_size(tmp_path: Path) -> None:
    lines = [f'{n},"Attack {n}, at night","the ""first"" of {n}"' for n in range(1, 301)]
    lines[4] = lines[4].replace('night"', "night")
    lines[199] = lines[199].replace(f'{200}"', "200")
    path = put(tmp_path, HEADER + "\n".join(lines) + "\n")
    for size in (1, 7, 1000):
        _, found = whole(path, size)
        assert [fault.line for fault in found.faulty] == [6, 201]
        assert [row[0] for row in found.rows] == [str(n) for n in range(1, 301) if n not in (5, 200)]
        assert found.lines == [n + 1 for n in range(1, 301) if n not in (5, 200)]


def test_a_quote_never_closed_gives_back_what_it_swallowed(tmp_path: Path) -> None:
    body = '1,"a,b\n' + "".join(f"{n},x,y\n" for n in range(2, 500))
    _, found = whole(put(tmp_path, HEADER + body))
    assert [fault.line for fault in found.faulty] == [2]
    assert "never closed" in found.faulty[0].reason
    assert len(found.rows) == 498


SIMPLE = st.text("ab ,é", max_size=5)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(SIMPLE, SIMPLE), min_size=1, max_size=12), st.data())
def test_any_one_lost_quote_costs_one_row(pairs: list[tuple[str, str]], data: st.DataObject) -> None:
    lines = [f'{n},"{a}","{b}"' for n, (a, b) in enumerate(pairs)]
    hurt = data.draw(st.integers(0, len(lines) - 1))
    quotes = [at for at, char in enumerate(lines[hurt]) if char == '"']
    at = data.draw(st.sampled_from(quotes))
    lines[hurt] = lines[hurt][:at] + lines[hurt][at + 1 :]
    with tempfile.TemporaryDirectory() as folder:
        found = rows(put(Path(folder), HEADER + "\n".join(lines) + "\n"))
    intact = [[str(n), a, b] for n, (a, b) in enumerate(pairs) if n != hurt]
    assert [row for row in found if row[0] != str(hurt)] == intact


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]) | st.sampled_from('",\n;'), max_size=9
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(CELL, CELL), max_size=9), st.integers(1, 4))
def test_what_is_well_written_is_read_whole(pairs: list[tuple[str, str]], size: int) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([("id", "a", "b"), *((n, *pair) for n, pair in enumerate(pairs))])
    with tempfile.TemporaryDirectory() as folder:
        _, found = whole(put(Path(folder), written.getvalue()), size, delimiter=",")
    assert not found.faulty
    expected = [[str(n), text.clean(a), text.clean(b)] for n, (a, b) in enumerate(pairs)]
    assert [list(row) for row in found.rows] == expected


def test_stray_quotes_mean_nothing_where_quoting_is_none(tmp_path: Path) -> None:
    path = put(tmp_path, 'id\tt\n1\t"a\n2\tb "c" d\n3\t5" gun\n', "a.tsv")
    grid, found = whole(path, quoting="none")
    assert [row[1] for row in found.rows] == ['"a', 'b "c" d', '5" gun']
    assert not grid.notes


def test_what_is_too_long_is_at_fault_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = "x" * (text.MAX_FIELD + 1)
    long = ",".join(["y" * 900_000] * 6)
    many = ',"' + '\n","'.join(["z" * 999_000] * 9) + '"'
    path = put(tmp_path, HEADER + f"1,{wide},b\n2,a,b\n{long}\n3,a,b\n4{many}\n5,a,b\n")
    _, found = whole(path)
    assert [row[0] for row in found.rows] == ["2", "3", "5"]
    assert [fault.line for fault in found.faulty][:3] == [2, 4, 6]
    assert "1,000,000 characters" in found.faulty[0].reason
    assert "5,000,000 characters" in found.faulty[1].reason
    assert found.lines[-1] == 15


BULKY = (b"1," + b"x" * 900_000 + b"\n") * 40


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"", "a.csv:1: is empty"),
        ("a.csv", b"\xef\xbb\xbf", "is empty"),
        ("a.csv", b"\n\n", "is empty"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is a picture"),
        ("a.csv", b"<!DOCTYPE html><form>", "a.csv:1: is a web page"),
        ("a.csv", ",".join(f"c{n}" for n in range(5000)).encode(), "a.csv:1: has 5,000 columns; at most 4,096"),
        ("a.csv", b'"a,b\n1,2\n', "a.csv:1: the header cannot be read: a quote is opened"),
        ("a.csv", b"sep=;\n", "has no header"),
        ("a.csv.gz", b"a,b\n1,2\n", "is no gzip file"),
        ("a.csv.zst", b"a,b\n1,2\n", "is no zstd file"),
        ("a.csv.gz", gzip.compress(b"a,b\n" * 9999, mtime=0)[:-20], "the archive is broken here"),
        ("a.csv.xz", lzma.compress(b"a,b\n" * 9999)[:-20], "the archive is broken here"),
        ("a.csv.zst", zstandard.compress(b"a,b\n" * 9999)[:-5], "the archive is broken here"),
        ("a.csv.zst", b"\x28\xb5\x2f\xfd1234", "the archive is broken here"),
        ("a.csv.gz", gzip.compress(b"a,b\n" + BULKY, mtime=0), "archive bomb"),
        ("a.csv.xz", lzma.compress(b"a,b\n" + BULKY), "archive bomb"),
        ("a.csv.zst", zstandard.compress(b"a,b\n" + BULKY), "archive bomb"),
        ("a.csv", b"PK\x03\x04 and then nothing", "is a broken zip archive"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an old Office document"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = put(tmp_path, data, name)
    with pytest.raises(Refused, match=words) as refused:
        whole(path)
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_short_archive_of_blank_lines_is_no_bomb(tmp_path: Path) -> None:
    path = put(tmp_path, gzip.compress(b"a,b\n1,2\n" + b"\n" * 400_000), "a.csv.gz")
    assert rows(path) == [["1", "2"]]


def test_limits_can_be_lifted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, gzip.compress(b"a,b\n" + BULKY), "a.csv.gz")
    assert sum(len(block.rows) for block in open_source(path, limits=False).grid().blocks()) == 40
    monkeypatch.setattr(text, "MAX_FILE", 10)
    with pytest.raises(Refused, match="larger than 10 bytes; split it, or give --no-limit"):
        open_source(path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a,b\n1,2\n3,4\n")))
    with pytest.raises(Refused, match="stdin: is larger than 10 bytes"):
        open_source("-")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"no\.csv: cannot be read \(No such file"):
        open_source(tmp_path / "no.csv")
    with pytest.raises(Refused, match="is a folder"):
        open_source(tmp_path)


def test_memory_is_bounded_however_long_the_file(tmp_path: Path) -> None:
    import tracemalloc

    path = put(tmp_path, HEADER + "1,2020-01-01,some text that is repeated\n" * 60_000)
    grid = open_source(path).grid()
    tracemalloc.start()
    count = sum(len(block.rows) for block in grid.blocks())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 60_000
    assert peak < 6_000_000
