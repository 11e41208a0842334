"""Rows as bytes: CSV, TSV, JSON lines and JSON, streaming."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from tracker.errors import UsageError
from tracker.exchange.jsontext import inert
from tracker.exchange.layout import FileColumn, nearest
from tracker.exchange.records import Table
from tracker.text import guard

_BOM = b"\xef\xbb\xbf"
_DELIMITERS = {"csv": ",", "tsv": "\t"}
FORMATS = ("csv", "tsv", "jsonl", "json")
"""What `write` can write."""


class Sink(Protocol):
    """Anything that takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Take bytes."""


def write(file: Sink, table: Table, form: str = "csv", *, excel: bool = False, raw: bool = False) -> int:
    """Write a table in one of `FORMATS`, UTF-8, and give back how many rows that were.

    In CSV and TSV text cells are guarded against being run as formulas, unless `raw`; numbers, yes/no and days stand
    bare, an unknown value is an empty cell. `excel` adds the byte order mark and CRLF that spreadsheets expect. In JSON
    strings are exact and an unknown value is null.
    """
    if form in _DELIMITERS:
        return _delimited(file, table, _DELIMITERS[form], excel, raw)
    if form not in FORMATS:
        hint = nearest(form, FORMATS) or f"; known are {', '.join(FORMATS)}"
        raise UsageError(f"format: “{form}” cannot be written{hint}")
    return _json(file, table, array=form == "json")


def _delimited(file: Sink, table: Table, delimiter: str, excel: bool, raw: bool) -> int:
    buffer = io.StringIO(newline="")
    end = "\r\n" if excel else "\n"
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end)
    file.write(_BOM if excel else b"")
    writer.writerow([column.name for column in table.columns])
    encoders = [cell_encoder(column, raw) for column in table.columns]
    count = 0
    for block in filter(None, table.blocks):
        writer.writerows(_encoded(block, encoders))
        count += len(block)
        file.write(_bytes(buffer.getvalue()))
        buffer.seek(0)
        buffer.truncate()
    file.write(_bytes(buffer.getvalue()))
    return count


def _bytes(text: str) -> bytes:
    # A lone surrogate, which no encoding has, is the one thing that cannot be kept.
    return text.encode(errors="replace")


Encoder = Callable[[Any], Any]


def _encoded(block: list[tuple[Any, ...]], encoders: Sequence[Encoder | None]) -> Iterator[tuple[Any, ...]]:
    cells: Iterable[Iterable[Any]] = (
        map(encode, values) if encode else values
        for encode, values in zip(encoders, zip(*block, strict=True), strict=True)
    )
    return zip(*cells, strict=True)


def cell_encoder(column: FileColumn, raw: bool = False) -> Encoder | None:
    """What turns a value of a column into a CSV cell; None when the value can be written as it is."""
    if column.type == "bool":
        return {True: "yes", False: "no", None: ""}.__getitem__
    if column.type == "real":
        return _real
    if column.type == "json":
        return _json_cell_raw if raw else _json_cell
    if not column.guarded:
        return None
    return _text_raw if raw else _text


def _text_raw(value: str | None) -> str | None:
    # The csv module of Python 3.11 leaves a lone CR unquoted; as read back it is a line break in any case.
    return value.replace("\r\n", "\n").replace("\r", "\n") if value and "\r" in value else value


def _text(value: str | None) -> str | None:
    return guard(_text_raw(value) or "") if value else value


def _real(value: float | None) -> str | None:
    if value is None:
        return None
    shown = repr(float(value))
    if "e" in shown:
        from decimal import Decimal

        shown = format(Decimal(shown), "f")
    return shown


def compact(value: object) -> str:
    """A JSON value on one line, without needless blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json_cell_raw(value: object) -> str | None:
    return None if value is None else compact(value)


def _json_cell(value: object) -> str | None:
    return None if value is None else guard(compact(value))


def _json(file: Sink, table: Table, array: bool) -> int:
    names = [column.name for column in table.columns]
    before, between, after = ("[\n", ",\n", "\n]\n") if array else ("", "\n", "\n")
    count = 0
    file.write(before.encode())
    for block in filter(None, table.blocks):
        # The empty text is unknown too, as it is in CSV.
        lines = (inert(compact({n: None if v == "" else v for n, v in zip(names, row, strict=True)})) for row in block)
        file.write(_bytes((between if count else "") + between.join(lines)))
        count += len(block)
    if count or array:
        file.write((after if count else "]\n").encode())
    return count
