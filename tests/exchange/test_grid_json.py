"""Holds the reading of JSON as grids: arrays, lists under a key, a record a line, flattened and never held whole."""

import json
from pathlib import Path
from typing import Any

import pytest

from tracker import text
from tracker.errors import Refused
from tracker.exchange.grid import Block, Grid, Input
from tracker.exchange.jsonstream import JsonText, items
from tracker.exchange.sources import open_source


def put(folder: Path, data: str | bytes, name: str = "a.json") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def whole(path: Path, size: int = 1000, **wanted: Any) -> tuple[Grid, Block]:
    grid = open_source(path).grid(Input(**wanted))
    together = Block()
    for block in grid.blocks(size):
        together.numbers += block.numbers
        together.lines += block.lines
        together.rows += block.rows
        together.faulty += block.faulty
    assert all(len(row) == len(grid.header) for row in together.rows)
    return grid, together


def records(path: Path, **wanted: Any) -> list[dict[str, str]]:
    grid, found = whole(path, **wanted)
    return [dict(zip(grid.header, row, strict=True)) for row in found.rows]


def test_records_are_flattened_and_figures_keep_their_digits(tmp_path: Path) -> None:
    record = (
        '{"id": 1.10, "big": 199912310001000000000, "yes": true, "no": false, "none": null, "empty": [], "void": {},'
        ' "loc": {"country": "IRQ", "at": {"lat": 33.30}}, "names": ["a", null, 2.0], "who": [{"n": 1.0}], "m": [[1]]}'
    )
    assert records(put(tmp_path, f"[{record}]")) == [
        {
            "id": "1.10", "big": "199912310001000000000", "yes": "true", "no": "false", "none": "", "empty": "",
            "void": "", "loc.country": "IRQ", "loc.at.lat": "33.30", "names": "a; 2.0", "who": '[{"n": 1.0}]',
            "m": "[[1]]",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", '[{"a":"1"},\n{"a":"2"}]'),
        ("a.json", '{"a":"1"}\n{"a":"2"}\n'),
        ("a.json", '{\n"a":"1"}\n{\n"a":"2"}\n'),
        ("a.jsonl", '{"a":"1"}\n\n{"a":"2"}'),
        ("a.ndjson", '\ufeff{"a":"1"}\r\n{"a":"2"}\r\n'),
        ("a.txt", '[{"a":"1"},{"a":"2"}]'),
        ("a.json", '{"status": 200, "tags": ["x"], "data": [{"a":"1"},{"a":"2"}], "more": {"b": []}}'),
    ],
)
def test_every_form_is_told(tmp_path: Path, name: str, data: str) -> None:
    path = put(tmp_path, data, name)
    assert open_source(path).keys == ("a",)
    assert open_source(path).head == (["a"], ["1"], ["2"])
    assert records(path) == [{"a": "1"}, {"a": "2"}]


def test_the_path_to_the_records_can_be_given(tmp_path: Path) -> None:
    path = put(tmp_path, '{"x": {"e": [{"a":1}], "f": [{"a":2}]}, "s": {"k1": {"a":3}, "k2": {"a":4}}, "l": [{"a":5}]}')
    assert records(path, records="x.e") == [{"a": "1"}]
    assert records(path, records="x.f") == [{"a": "2"}]
    assert records(path, records="l") == [{"a": "5"}]
    assert records(path, records="s.*") == [{"_key": "k1", "a": "3"}, {"_key": "k2", "a": "4"}]
    assert records(path, records=".")[0]["s.k1.a"] == "3"
    with pytest.raises(Refused, match=r"a\.json:1: has nothing at “data”; what it has: x, s, l"):
        whole(path, records="data")
    two = put(tmp_path, '{"e": [{"a":1}],\n"f": [{"a":2}]}')
    with pytest.raises(Refused, match=r"a\.json:2: holds several lists of records \(e, f\)"):
        whole(two)


@pytest.mark.parametrize("size", [1, 50, 1000])
def test_lines_are_those_of_the_file(tmp_path: Path, size: int) -> None:
    body = ",\n\n".join(f'{{"a": {n},\n"t": "x"}}' for n in range(250))
    _, found = whole(put(tmp_path, f"[\n{body}\n]"), size)
    assert found.numbers == list(range(1, 251))
    assert found.lines == [2 + 3 * n for n in range(250)]


def test_keys_that_come_late_are_kept_and_said(tmp_path: Path) -> None:
    body = [{"a": n} for n in range(150)] + [{"a": 150, "b": {"c": 1.5}, "d": "x"}]
    grid, found = whole(put(tmp_path, json.dumps(body)))
    assert grid.header == ("a", "_more")
    assert found.rows[-1] == ["150", '{"b.c": "1.5", "d": "x"}']
    assert found.rows[0] == ["0", ""]
    assert any("2 keys come only after the first 100 records" in note for note in grid.notes)
    assert whole(put(tmp_path, json.dumps(body[60:])))[0].header == ("a", "b.c", "d")


def test_a_broken_line_costs_that_line_only(tmp_path: Path) -> None:
    long = json.dumps({"a": "x" * 5_100_000})
    path = put(tmp_path, f'{{"a":"1"}}\n{{"a":\n\n[1]\n{long}\n{{"a":"3"}}\n{{"a":"4', "a.jsonl")
    _, found = whole(path)
    assert [row for row in found.rows] == [["1"], ["3"]]
    assert [(fault.number, fault.line) for fault in found.faulty] == [(2, 2), (3, 4), (4, 5), (6, 7)]
    assert [fault.reason.partition(":")[0] for fault in found.faulty[:2]] == [
        "is not JSON", "is no object; write {…} with columns",
    ]  # fmt: skip
    assert "5,000,000" in found.faulty[2].reason
    assert "ends in the middle of this record" in found.faulty[3].reason


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ('{"a":1,"a":2}', "the key “a” stands twice"),
        ('{"b":{"a":1,"a":2}}', "the key “a” stands twice"),
        ('{"b.a":1,"b":{"a":2}}', "stands twice once nested keys are joined"),
        ('{"a":NaN}', "is no number in JSON"),
        (json.dumps({"a": "x" * (text.MAX_FIELD + 1)}), "longer than 1,000,000"),
        ('{"a":' + "[" * 64 + "]" * 64 + "}", "nested deeper than 64"),
        ("[" * 500 + "]" * 500, "is no object"),
        (json.dumps({f"k{n}": 1 for n in range(5000)}), "5,000 keys; at most 4,096"),
        ("null", "is no object"),
    ],
    ids=["twice", "inside", "joined", "nan", "wide", "deep", "list", "keys", "null"],
)
def test_a_record_at_fault_costs_that_record_only(tmp_path: Path, record: str, words: str) -> None:
    _, found = whole(put(tmp_path, f'[{{"a":"1"}},\n{record},\n{{"a":"3"}}]'))
    assert [row[0] for row in found.rows] == ["1", "3"]
    (fault,) = found.faulty
    assert (fault.number, fault.line) == (2, 2)
    assert words in fault.reason


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"42", r"a\.json:1: holds no records but 42"),
        (b'[\n{"a": 1},\n{"a":\n', r"a\.json:4: is not JSON: it ends in the middle of a value"),
        (b'[\n{"a": 1},\n{"a": tru, "b": 2, "c": "something longer than that"}]', r"a\.json:3: is not JSON"),
        (b'[{"a": 1}\n{"a": 2}]', r"a\.json:2: a comma or \] is missing"),
        (b'[{"a": 1},\n]', r"a\.json:2: is not JSON: a comma stands before"),
        (b'[{"a": 1}]\n[]', r"a\.json:2: there is more after the end"),
        (b'{"a":1}{"b":2}', r"a\.json:1: there is more after the record"),
        (b'{"a":1,}', "is not JSON: a comma stands before"),
        (b"{a:1}", "is not JSON: a key in quotes is missing"),
        (b"[" * 5000, "nested deeper than 64"),
        (b'{"a":' * 5000, "nested deeper than 64"),
        (b'[{"a": "' + b"x" * 6_000_000 + b'"}]', "a value is longer than 5,000,000"),
        (b'[{"a": "\xff"}]', r"a\.json:1: the byte 0xFF at offset 8"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_json_is_refused_where_it_breaks(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        whole(put(tmp_path, data))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("size", range(1, 9))
def test_a_value_may_be_cut_anywhere_between_two_pieces(size: int) -> None:
    data = '[{"a": -12.5e+30, "b": [1.5, 2]}, 33.312, 1E5, {"c": true}, -0.5e-3, 7]'
    pieces = (data[at : at + size] for at in range(0, len(data), size))
    found = [value for _, value in items(JsonText("a.json", pieces), "", print)]
    assert found == [{"a": "-12.5e+30", "b": ["1.5", "2"]}, "33.312", "1E5", {"c": True}, "-0.5e-3", "7"]


@pytest.mark.parametrize("size", [1, 2, 3, 100])
@pytest.mark.parametrize(("data", "words"), [('[1,\n  {"a" 1}]', ":2: .* at column 8;"), ("[1,2,,4]", "at column 6;")])
def test_the_column_of_an_error_is_that_of_the_line(size: int, data: str, words: str) -> None:
    pieces = (data[at : at + size] for at in range(0, len(data), size))
    with pytest.raises(Refused, match=words):
        list(items(JsonText("a.json", pieces), "", print))


def test_no_records_are_said(tmp_path: Path) -> None:
    grid, found = whole(put(tmp_path, "[]"))
    assert (grid.header, found.rows) == ((), [])
    assert any("holds no records" in note for note in grid.notes)
    assert whole(put(tmp_path, "", "a.jsonl"))[1].rows == []


def test_unfit_characters_in_texts_are_removed_and_counted(tmp_path: Path) -> None:
    grid, found = whole(put(tmp_path, '[{"a":"x\\u0000\\ud800y\\r\\nz","b\\u202e":"e\\u0301"}]'))
    assert (grid.header, found.rows, grid.removed) == (("a", "b"), [["xy\nz", "é"]], 3)


def test_memory_is_bounded_however_long_the_array(tmp_path: Path) -> None:
    import tracemalloc

    path = put(tmp_path, "[" + ",".join(['{"id": 1, "text": "some text"}'] * 20_000) + "]")
    grid = open_source(path).grid()
    tracemalloc.start()
    count = sum(len(block.rows) for block in grid.blocks())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 6_000_000
