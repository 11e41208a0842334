"""Holds the reading of files: rows with their lines, and one sentence for what is no table."""

import gzip
import io
import json
import lzma
import sys
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker import text
from tracker.errors import Refused, UsageError
from tracker.exchange.readers import Row, files_in, read

HEADER = "uid,title,notes\n"


def put(folder: Path, data: str | bytes, name: str = "actors.csv") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def taken(path: Path, **options: str) -> list[Row]:
    return list(read(path, **options).rows)  # type: ignore[arg-type]


def cells(path: Path, **options: str) -> list[tuple[object, ...]]:
    return [tuple(row.cells.values()) for row in taken(path, **options) if row.fault is None]


def faults(path: Path) -> list[tuple[int, str]]:
    return [(row.line, row.fault.reason) for row in taken(path) if row.fault]


def test_rows_know_their_physical_lines(tmp_path: Path) -> None:
    rows = taken(put(tmp_path, HEADER + '1,"a\nb",c\n\n2,d,e\n'))
    assert [(row.line, row.number, row.cells["title"]) for row in rows] == [(2, 1, "a\nb"), (5, 2, "d")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_line_ends_and_marks_make_no_difference(tmp_path: Path, end: str, encoding: str) -> None:
    path = put(tmp_path, f'uid,title{end}1,"é{end}ü"{end}2,x'.encode(encoding))
    assert cells(path) == [("1", "é\nü"), ("2", "x")]


@pytest.mark.parametrize(("char", "word"), [(";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_the_delimiter_is_told_from_the_header_and_said(tmp_path: Path, char: str, word: str) -> None:
    path = put(tmp_path, f"uid{char}title{char}notes\n1{char}a,b,c,d{char}e\n")
    assert cells(path) == [("1", "a,b,c,d", "e")]
    assert [word in note for note in read(path).notes] == [True]


def test_the_delimiter_can_be_given_by_hand_or_by_the_file(tmp_path: Path) -> None:
    assert cells(put(tmp_path, "sep=;\nuid;title\n1;a\n")) == [("1", "a")]
    assert taken(put(tmp_path, "sep=;\nuid;title\n1;a\n"))[0].line == 3
    assert cells(put(tmp_path, "uid/title\n1/a\n"), delimiter="/") == [("1", "a")]
    assert cells(put(tmp_path, "uid\ttitle\n1\ta\n"), delimiter="tab") == [("1", "a")]
    with pytest.raises(UsageError, match="delimiter: “xy” is not one character"):
        read(put(tmp_path, "a,b\n1,2\n"), delimiter="xy")


def test_packed_files_and_standard_input_are_read_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (HEADER + "1,a,b\n").encode()
    put(tmp_path, gzip.compress(data), "actors.csv.gz")
    put(tmp_path, lzma.compress(data), "actors.csv.xz")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert (
        cells(tmp_path / "actors.csv.gz") == cells(tmp_path / "actors.csv.xz") == cells(Path("-")) == [("1", "a", "b")]
    )
    assert read(tmp_path / "actors.csv.gz").stem == "actors"


WIDE = "x" * (text.MAX_FIELD + 1)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"", "a.csv:1: is empty"),
        ("a.csv", b"\xef\xbb\xbf", "is empty"),
        ("a.csv", b"\n\n", "is empty"),
        ("a.csv", PNG, "is a picture"),
        ("a.csv", b"<!DOCTYPE html><form>", "a.csv:1: is a web page"),
        ("a.csv", "naïve,b\nü,1\n".encode("cp1252"), r"0xEF at offset 2 \(line 1\) is not UTF-8.*--encoding"),
        ("a.csv", b"a,b, A \n1,2,3\n", "the columns 1 and 3 are both called “A”"),
        ("a.csv", ",".join(f"c{n}" for n in range(5000)).encode(), "5,000 columns; at most 4,096"),
        ("a.csv", b'"a,b\n1,2\n', "the header cannot be read: a quote is opened"),
        ("a.csv", b"sep=;\n", "has no header"),
        ("a.csv.gz", b"a,b\n1,2\n", "is no gzip file"),
        ("a.csv.gz", gzip.compress(b"a,b\n" * 9999, mtime=0)[:-20], "the archive is broken here"),
        ("a.csv.xz", lzma.compress(b"a,b\n" * 9999)[:-20], "the archive is broken here"),
        ("a.csv.gz", gzip.compress(b"a,b\n" + b"0" * 30_000_000, mtime=0), "archive bomb"),
        ("a.csv.xz", lzma.compress(b"a,b\n" + b"0" * 30_000_000), "archive bomb"),
        ("a.csv", b"\x28\xb5\x2f\xfd1234", "packed with zstd"),
        ("a.json", b"42", "a.json:1: holds no records but 42"),
        ("a.json", b'[\n{"a": 1},\n{"a":\n', "a.json:4: is not JSON"),
        ("a.json", b'[{"a": 1}\n{"a": 2}]', "a.json:2: a comma or ] is missing"),
        ("a.json", b'[{"a": 1}]\n[]', "a.json:2: there is more after the end"),
        ("a.json", b'{"a":1}{"b":2}', "a.json:1: there is more after the record"),
        ("a.json", b"[" * 5000, "nested deeper than 64"),
        ("a.json", b'{"a":' * 5000, "nested deeper than 64"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        taken(put(tmp_path, data, name))
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_header_with_a_name_twice_is_refused_on_its_line(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"a\.csv:3: the columns 1 and 2 are both called “event_date”; rename one"):
        read(put(tmp_path, "\n\nEvent date,event_date\n1,2\n", "a.csv"))


def test_nothing_of_a_row_with_too_many_cells_is_lost(tmp_path: Path) -> None:
    rows = taken(put(tmp_path, HEADER.replace(",", ";") + "1;a;b;c;d\n2;e;f\n3\n"))
    assert [tuple(row.cells.values()) for row in rows] == [("1", "a", "b;c;d"), ("2", "e", "f"), ("3", "", "")]
    assert [row.number for row in rows if row.fault] == [1, 3]


def test_records_under_a_key_are_read_with_their_types(tmp_path: Path) -> None:
    sheet = read(put(tmp_path, '{"count": 1, "data": [{"a": 0, "b": null, "c": {"d": [1.10]}}]}', "actors.json"))
    assert [row.cells for row in sheet.rows] == [{"a": "0", "b": None, "c": {"d": ["1.10"]}}]
    assert any("the records are those under “data”" in note for note in sheet.notes)


def test_memory_is_bounded_however_long_the_file(tmp_path: Path) -> None:
    path = put(tmp_path, HEADER + "1,some text,more of it\n" * 60_000)
    tracemalloc.start()
    count = sum(1 for _ in read(path).rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 60_000
    assert peak < 6_000_000


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"no\.csv: cannot be read \(No such file"):
        read(tmp_path / "no.csv")
    with pytest.raises(Refused, match="is a folder"):
        read(tmp_path)
    with pytest.raises(Refused, match="holds no file named after a kind"):
        files_in([tmp_path])


def test_a_folder_stands_for_the_files_named_after_kinds(tmp_path: Path) -> None:
    for name in ("incidents.csv", "actors.jsonl", "names.csv.gz", "README.md", "other.csv", ".incidents.csv"):
        (tmp_path / name).write_bytes(b"")
    assert [Path(str(path)).name for path in files_in([tmp_path])] == ["actors.jsonl", "incidents.csv", "names.csv.gz"]


def test_a_file_over_the_limit_is_refused_unless_the_limit_is_lifted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "MAX_FILE", 10)
    path = put(tmp_path, HEADER + "1,a,b\n")
    with pytest.raises(Refused, match="larger than 10 bytes; split it, or give --no-limit"):
        read(path)
    assert len(list(read(path, limits=False).rows)) == 1


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("1,a\n", 2, "has 2 cells where the header has 3"),
        ("1,a,b,c\n", 2, "has 4 cells where the header has 3"),
        ('1,"a"b,c\n', 2, "more after a closing quote"),
        ('1,"a,b\n', 2, "a quote is opened and never closed"),
        (f"1,{WIDE},b\n", 2, "longer than 1,000,000 characters"),
    ],
    ids=["few", "many", "after", "open", "wide"],
)
def test_a_broken_row_costs_that_row_only(tmp_path: Path, body: str, line: int, words: str) -> None:
    path = put(tmp_path, HEADER + body + "2,x y,z\n")
    ((at, reason),) = faults(path)
    assert at == line
    assert words in reason
    assert cells(path) == [("2", "x y", "z")]


def test_one_lost_quote_in_300_rows_costs_one_row(tmp_path: Path) -> None:
    lines = [f'{n},"Attack {n}, at night","the ""first"" of {n}"' for n in range(1, 301)]
    lines[4] = lines[4].replace('night"', "night")
    path = put(tmp_path, HEADER + "\n".join(lines) + "\n")
    assert [line for line, _ in faults(path)] == [6]
    assert [row[0] for row in cells(path)] == [str(n) for n in range(1, 301) if n != 5]


SIMPLE = st.text("ab ,é", max_size=5)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(SIMPLE, SIMPLE), min_size=1, max_size=12), st.data())
def test_any_one_lost_quote_costs_one_row(pairs: list[tuple[str, str]], data: st.DataObject) -> None:
    lines = [f'{n},"{a}","{b}"' for n, (a, b) in enumerate(pairs)]
    hurt = data.draw(st.integers(0, len(lines) - 1))
    quotes = [at for at, char in enumerate(lines[hurt]) if char == '"']
    at = data.draw(st.sampled_from(quotes))
    lines[hurt] = lines[hurt][:at] + lines[hurt][at + 1 :]
    with tempfile.TemporaryDirectory() as folder:
        found = cells(put(Path(folder), HEADER + "\n".join(lines) + "\n"))
    whole = [(str(n), a, b) for n, (a, b) in enumerate(pairs) if n != hurt]
    assert [row for row in found if row[0] != str(hurt)] == whole


def test_blank_rows_are_passed_over(tmp_path: Path) -> None:
    path = put(tmp_path, HEADER + "\n,,\n" + "\n" * 50_000 + "1,a,b\n , ,\n")
    assert [(row.line, row.number) for row in taken(path)] == [(50_004, 1)]


def test_unfit_characters_are_removed_and_counted(tmp_path: Path) -> None:
    sheet = read(put(tmp_path, HEADER + "1,a\0b\x1b[31m,\u202etxt\n\x1a"))
    assert [tuple(row.cells.values()) for row in sheet.rows] == [("1", "ab[31m", "txt")]
    assert sheet.removed == 3


def test_an_encoding_is_used_when_given_and_never_guessed(tmp_path: Path) -> None:
    path = put(tmp_path, "uid,title\n1,Çä\n".encode("cp1252"))
    sheet = read(path, encoding="cp1252")
    assert [row.cells["title"] for row in sheet.rows] == ["Çä"]
    assert "cp1252" in sheet.notes[0]


def test_json_lines_lose_the_broken_line_only(tmp_path: Path) -> None:
    path = put(tmp_path, '{"a":"1"}\n{"a":\n\n[1]\n{"a":"3"}\n', "actors.jsonl")
    assert cells(path) == [("1",), ("3",)]
    assert [(line, reason.partition(":")[0]) for line, reason in faults(path)] == [
        (2, "is not JSON"), (4, "is no object; write {…} with columns"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ('{"a":1,"a":2}', "the key “a” stands twice"),
        ('{"b":{"a":1,"a":2}}', "the key “a” stands twice"),
        ('{"a":NaN}', "is no number in JSON"),
        ('{"a":-Infinity}', "is no number in JSON"),
        (json.dumps({"a": WIDE}), "longer than 1,000,000"),
        ('{"a":' + "[" * 64 + "]" * 64 + "}", "nested deeper than 64"),
        (json.dumps({f"k{n}": 1 for n in range(5000)}), "5,000 keys; at most 4,096"),
    ],
    ids=["twice", "inside", "nan", "infinity", "wide", "deep", "keys"],
)
def test_a_json_record_at_fault_costs_that_record_only(tmp_path: Path, record: str, words: str) -> None:
    path = put(tmp_path, f'[{{"a":"1"}},\n{record},\n{{"a":"3"}}]', "actors.json")
    assert cells(path) == [("1",), ("3",)]
    ((line, reason),) = faults(path)
    assert line == 2
    assert words in reason


def test_json_figures_stay_as_written_and_texts_are_cleaned(tmp_path: Path) -> None:
    huge = "9" * 6000
    path = put(tmp_path, f'{{"a":{huge},"b":1.10,"c":"x\\u0000\\ud800","d":null,"e":true}}', "actors.json")
    assert cells(path) == [(huge, "1.10", "x", None, True)]


def test_a_json_file_may_hold_a_record_a_line(tmp_path: Path) -> None:
    assert cells(put(tmp_path, '{"a":"1"}\n{"a":"2"}\n', "actors.json")) == [("1",), ("2",)]
    assert cells(put(tmp_path, '{\n"a":\n"1"}\n', "actors.json")) == [("1",)]
    assert cells(put(tmp_path, "", "actors.jsonl")) == []
