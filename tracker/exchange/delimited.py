"""Rows of CSV files, counted column by column, so that one lost quote costs one row and not all that follow."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator

from tracker.errors import Refused, UsageError
from tracker.exchange.layout import normal
from tracker.exchange.opening import Opened
from tracker.exchange.readers import TOO_LONG, Fault, Row, Sheet
from tracker.text import MAX_COLUMNS, MAX_FIELD, MAX_ROW, truncate

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SEPARATOR_LINE = re.compile(r"sep=(.)\n", re.IGNORECASE)
_USUAL = {".csv": ",", ".tsv": "\t", ".tab": "\t"}


class _Lines:
    """Physical lines; those that a broken record swallowed can be put back."""

    def __init__(self, text: str) -> None:
        self._source = io.StringIO(text)
        self._again: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._source)
        self.number += 1
        self.taken.append(line)
        return line

    def put_back(self) -> None:
        """Put back all lines taken but the first."""
        self._again.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        del self.taken[1:]


def read_delimited(sheet: Sheet, source: Opened, delimiter: str | None) -> None:
    """Fill `sheet` with the header and the rows of a file with delimiters.

    Without `delimiter` it is told from the header line alone, and said. Raises Refused for a header that is none.
    """
    csv.field_size_limit(MAX_FIELD)
    text, skipped = source.text, 0
    if named := _SEPARATOR_LINE.match(text):
        delimiter, text, skipped = delimiter or named[1], text[named.end() :], 1
    lines = _Lines(text)
    lines.number = skipped
    sheet.delimiter = _checked(delimiter) if delimiter else _sniffed(text)
    if sheet.delimiter != _USUAL.get(source.suffix, ","):
        called = _DELIMITERS.get(sheet.delimiter, sheet.delimiter)
        sheet.notes.append(f"{sheet.name}: the delimiter is the {called}")
    sheet.header = _header(sheet, lines)
    sheet.rows = _rows(sheet, lines)


def _checked(delimiter: str) -> str:
    found = {"\\t": "\t", **{name: char for char, name in _DELIMITERS.items()}}.get(delimiter, delimiter)
    if len(found) != 1 or found in '"\n ':
        raise UsageError(f"delimiter: “{delimiter}” is not one character; give one such as ; or tab")
    return found


def _sniffed(text: str) -> str:
    line = text.lstrip("\n").partition("\n")[0][: MAX_FIELD // 2]
    return max(_DELIMITERS, key=lambda char: sum(1 for _ in _cells([line], char)))


def _cells(lines: list[str], delimiter: str) -> list[str]:
    """The cells of one record as well as they can be told."""
    try:
        return next(csv.reader(lines, delimiter=delimiter), [])
    except csv.Error:
        return ["".join(lines)]


def _header(sheet: Sheet, lines: _Lines) -> tuple[str, ...]:
    try:
        found = next((cells for cells in csv.reader(lines, delimiter=sheet.delimiter, strict=True) if cells), None)
    except csv.Error as error:
        raise Refused(f"{sheet.name}:1: the header cannot be read: {_reason(error)}") from error
    if found is None:
        raise Refused(f"{sheet.name}:1: has no header; the first line must name the columns")
    where = f"{sheet.name}:{lines.number}:"
    if len(found) > MAX_COLUMNS:
        raise Refused(f"{where} has {len(found):,} columns; at most {MAX_COLUMNS:,} are read: check the delimiter")
    header = tuple(sheet.fit(name).strip() or f"(column {at})" for at, name in enumerate(found, 1))
    seen: dict[str, int] = {}
    for at, name in enumerate(header, 1):
        if first := seen.get(normal(name)):
            raise Refused(f"{where} the columns {first} and {at} are both called “{truncate(name, 40)}”; rename one")
        seen[normal(name)] = at
    return header


def _rows(sheet: Sheet, lines: _Lines) -> Iterator[Row]:
    number, width = 0, len(sheet.header)
    reader = csv.reader(lines, delimiter=sheet.delimiter, strict=True)
    while True:
        lines.taken.clear()
        line, reason, cells = lines.number + 1, "", []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = _reason(error)
        if not reason and not any(cell and not cell.isspace() for cell in cells):
            continue
        number += 1
        reason = reason or _wrong_shape(cells, width, lines.taken)
        if not reason:
            yield Row(line, number, dict(zip(sheet.header, map(sheet.fit, cells), strict=True)))
            continue
        lines.put_back()
        reader = csv.reader(lines, delimiter=sheet.delimiter, strict=True)
        yield _faulty(sheet, line, number, lines.taken[0], reason)


def _wrong_shape(cells: list[str], width: int, taken: list[str]) -> str:
    if len(cells) != width:
        spans = f" (it runs over {len(taken)} lines: a quote may be missing)" if len(taken) > 1 else ""
        return f"has {len(cells)} cells where the header has {width}{spans}; quote cells that hold the delimiter"
    if len(taken) > 1 and sum(line.count('"') for line in taken) % 2:
        return f"runs over {len(taken)} lines and a quote is missing; close it where its cell ends"
    if sum(map(len, taken)) > MAX_ROW:
        return f"is longer than {MAX_ROW:,} characters; shorten it"
    return ""


def _faulty(sheet: Sheet, line: int, number: int, physical: str, reason: str) -> Row:
    """The row of a line that cannot be taken, its cells as well as they can be told."""
    width = len(sheet.header)
    cells = [sheet.fit(cell) for cell in _cells([physical.rstrip("\n")], sheet.delimiter)]
    kept = [*cells[: width - 1], sheet.delimiter.join(cells[width - 1 :])] if len(cells) > width else cells
    shown = truncate(physical.strip(), 60)
    named = dict(zip(sheet.header, (*kept, *[""] * (width - len(kept))), strict=True))
    return Row(line, number, named, Fault("", shown, reason))


def _reason(error: csv.Error) -> str:
    told = str(error)
    if "end of data" in told:
        return "a quote is opened and never closed; close it, and double the quotes within a cell"
    if "field larger" in told:
        return f"a cell {TOO_LONG}, or close its quote"
    if "expected after" in told:
        return "there is more after a closing quote; double the quotes within a cell"
    return f"cannot be read as CSV ({told}); check its quotes"
