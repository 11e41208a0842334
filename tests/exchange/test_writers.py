"""Holds what is written: guards, types, line ends, and that reading gives back what was written."""

import csv
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Store
from hypothesis import given, settings
from hypothesis import strategies as st
from trading import FEW, imported

from tracker.errors import UsageError
from tracker.exchange.layout import columns
from tracker.exchange.readers import read
from tracker.exchange.records import Table, rows
from tracker.exchange.writers import write
from tracker.model.kinds import BY_NAME
from tracker.store.query import parse
from tracker.text import clean, unguard

ACTOR = BY_NAME["actor"]
INCIDENT = BY_NAME["incident"]
STATEMENT = BY_NAME["statement"]


def made(form: str, values: list[tuple[Any, ...]], kind: str = "incident", **options: bool) -> bytes:
    names = ("title", "killed_best", "lat", "aggregate", "extra")
    picked = tuple(column for column in columns(BY_NAME[kind]) if column.name in names)
    buffer = io.BytesIO()
    assert write(buffer, Table(BY_NAME[kind], picked, iter([values])), form, **options) == len(values)
    return buffer.getvalue()


ROWS: list[tuple[Any, ...]] = [("=1+1", -1.5, 0, True, {"a": [1]}), ("é,\n", 1e-07, None, False, None)]


def test_csv_guards_texts_only_and_tells_unknown_from_zero() -> None:
    assert made("csv", ROWS).decode() == (
        'title,lat,killed_best,aggregate,extra\n\'=1+1,-1.5,0,yes,"{""a"":[1]}"\n"é,\n",0.0000001,,no,\n'
    )


def test_raw_leaves_the_guard_out() -> None:
    assert made("csv", ROWS, raw=True).splitlines()[1].startswith(b"=1+1,")


def test_excel_gets_a_mark_and_crlf() -> None:
    data = made("csv", ROWS, excel=True)
    assert data.startswith(b"\xef\xbb\xbftitle,")
    assert data.count(b"\r\n") == 3


def test_tsv_is_the_same_with_tabs() -> None:
    assert made("tsv", [("a,b", 1.5, None, None, None)]).decode().splitlines()[1] == "a,b\t1.5\t\t\t"


def test_json_is_typed_and_exact() -> None:
    lines = [json.loads(line) for line in made("jsonl", ROWS).splitlines()]
    assert lines == json.loads(made("json", ROWS))
    assert lines[0]["title"] == "=1+1"
    assert [type(value) for value in lines[0].values()] == [str, float, int, bool, dict]
    assert [name for name, value in lines[1].items() if value is None] == ["killed_best", "extra"]


def test_no_rows_are_a_header_an_empty_array_and_nothing() -> None:
    assert made("csv", []).count(b"\n") == 1
    assert json.loads(made("json", [])) == []
    assert made("jsonl", []) == b""


def test_an_unknown_format_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean “jsonl”"):
        made("jsonlines", [])


CELL = st.text(st.characters(codec="utf-8"), max_size=40).map(clean)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(CELL, CELL, CELL).filter(lambda row: any(cell.strip() for cell in row)), max_size=6),
    st.sampled_from(["csv", "tsv"]),
    st.booleans(),
)
def test_what_is_written_is_read_back(values: list[tuple[str, str, str]], form: str, excel: bool) -> None:
    picked = columns(STATEMENT)
    texts = tuple(column for column in picked if column.name in ("quote", "paraphrase", "notes"))
    buffer = io.BytesIO()
    write(buffer, Table(STATEMENT, texts, iter([list(values)])), form, excel=excel)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"statements.{form}"
        path.write_bytes(buffer.getvalue())
        cells = [tuple(row.cells.values()) for row in read(path).rows]
    assert [tuple(map(unguard, row)) for row in cells] == values
    assert not [cell for row in cells for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@")]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=6), st.sampled_from(["json", "jsonl"]))
def test_json_is_read_back_exactly(values: list[tuple[str, str, str]], form: str) -> None:
    texts = tuple(column for column in columns(STATEMENT) if column.name in ("quote", "paraphrase", "notes"))
    buffer = io.BytesIO()
    write(buffer, Table(STATEMENT, texts, iter([list(values)])), form)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"statements.{form}"
        path.write_bytes(buffer.getvalue())
        found = [tuple(row.cells.values()) for row in read(path).rows]
    assert found == [tuple(cell or None for cell in row) for row in values]


@pytest.fixture
def case(store: Store) -> Store:
    """The incidents of the example case, and what they refer to."""
    assert imported(store, *FEW)[0].clean
    return store


def listed(case: Store, **options: Any) -> list[tuple[Any, ...]]:
    return list(rows(case.reader(), INCIDENT, **options))


def test_records_are_picked_sorted_and_cut(case: Store) -> None:
    kept = parse(INCIDENT, "wounded>=1")
    assert listed(case, filter=kept, columns="ref,wounded_low,killed_best") == [("I-1", 2, None), ("I-3", 2, None)]
    first = [row[0] for row in listed(case, columns=["ref"], sort="-date")]
    assert first == list(reversed([row[0] for row in listed(case, columns=["ref"], sort="date")]))
    assert sorted(first) == [f"I-{number}" for number in range(1, 7)]
    assert len(listed(case, limit=2)) == 2


def test_columns_of_lists_can_be_picked(case: Store) -> None:
    ((ref, date, place),) = listed(case, columns="ref, date, place_name", limit=1)
    assert (ref, date, place) == ("I-1", "9 Dec 2019?", "Baghdad International Airport")


def test_values_have_their_types_on_both_engines(case: Store) -> None:
    with case.casebook() as casebook, casebook.action("edit", "x") as act:
        act.edit("incident", 1, {"extra": {"a": 1}, "aggregate": True, "lat": 33.25}, version=None)
    assert listed(case, columns="extra,aggregate,lat", limit=1) == [({"a": 1}, True, 33.25)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"columns": "titel"}, "did you mean “title”"),
        ({"columns": "text", "kind": "source"}, "is no column of sources"),
        ({"sort": "summary"}, "cannot be sorted by summary"),
        ({"sort": "-datum"}, "is no column of incidents"),
    ],
)
def test_an_unknown_column_is_told(sqlite_store: Store, options: dict[str, str], words: str) -> None:
    kind = BY_NAME[options.pop("kind", "incident")]
    with pytest.raises(UsageError, match=words):
        list(rows(sqlite_store.reader(), kind, **options))  # type: ignore[arg-type]


def test_deleted_records_stay_at_home(case: Store) -> None:
    with case.casebook() as casebook:
        casebook.delete("incident", [1])
    assert [row[0] for row in listed(case, columns="ref")] == [f"I-{number}" for number in range(2, 7)]


@pytest.mark.parametrize("name", ["formula", "terminal", "unicode", "markup", "query"])
def test_no_cell_begins_like_a_formula(fixtures: Callable[[str], Path], name: str) -> None:
    hostile = json.loads(fixtures(f"hostile/{name}.json").read_text(encoding="utf-8"))
    texts = tuple(column for column in columns(ACTOR) if column.name in ("name", "notes"))
    buffer = io.BytesIO()
    write(buffer, Table(ACTOR, texts, iter([[(value, value) for value in hostile]])), "csv")
    cells = [cell for row in csv.reader(io.StringIO(buffer.getvalue().decode(), newline="")) for cell in row]
    assert len(cells) == 2 * len(hostile) + 2
    assert not [cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠")]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_escapes_what_could_control_a_terminal(form: str) -> None:
    value = "a\x7f\x9b\u202e\u2066é"
    text = made(form, [(value, None, None, None, None)]).decode()
    assert "a\\u007f\\u009b\\u202e\\u2066é" in text
    found = json.loads(text)
    assert (found[0] if form == "json" else found)["title"] == value
