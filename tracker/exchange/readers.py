"""Files as rows: each with the physical line it begins on, cleaned, and with its fault where it cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from tracker.errors import Refused
from tracker.exchange.layout import kind_of_file
from tracker.exchange.opening import Opened, opened, plain_name
from tracker.text import MAX_FIELD, MAX_JSON_DEPTH, clean_counted

_PEEKED = 100
_WEB_PAGE = re.compile(r"\s*<(!doctype|html|\?xml|head|body|script|rss|!--)", re.IGNORECASE)
_JSON_LINES = {".jsonl", ".ndjson"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row, or one cell of it, cannot be taken: the column ("" for the row), the value, the reason with a cure."""

    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the physical line (from 1), its number among the records, and the cells by their columns.

    A cell of a CSV file is a str; one of a JSON file may be a `Number`, a bool, None, a list or a dict as well.
    """

    line: int
    number: int
    cells: dict[str, Any]
    fault: Fault | None = None


class Number(str):
    """A number as a JSON file has it, digit for digit."""

    __slots__ = ()


@dataclass(eq=False)
class Sheet:
    """A file as it is read: `rows` can be read once; `removed` counts unfit characters taken out so far.

    `header` of a JSON file is the keys of its first records. `notes` say what was found out about the file.
    """

    name: str
    stem: str
    header: tuple[str, ...] = ()
    rows: Iterator[Row] = field(default_factory=lambda: iter(()))
    notes: list[str] = field(default_factory=list)
    removed: int = 0
    encoding: str = "utf-8"
    delimiter: str = ""
    sha256: str = ""

    def fit(self, value: str) -> str:
        """A cell's text, cleaned; what had to go is counted."""
        if value.isascii() and value.isprintable():
            return value
        cleaned, removed = clean_counted(value)
        self.removed += removed
        return cleaned


def read(path: str | Path, *, encoding: str | None = None, delimiter: str | None = None, limits: bool = True) -> Sheet:
    """Open a CSV, TSV, JSON, JSON-lines or xlsx file, packed or not, or `-`.

    Raises Refused, naming file, line and cure, for what is no table of records as a whole; a row that cannot be taken
    comes with its fault instead.
    """
    if plain_name(str(path))[1] == ".xlsx":
        return _workbook(path, limits)
    source = opened(path, encoding=encoding, limits=limits)
    if not source.text.strip() and source.suffix not in _JSON_LINES:
        raise Refused(f"{source.name}:1: is empty; there is nothing to import, not even a header")
    if _WEB_PAGE.match(source.text):
        raise Refused(f"{source.name}:1: is a web page or XML, perhaps a login page; download the file itself")
    sheet = Sheet(source.name, source.stem, encoding=source.encoding, sha256=source.sha256)
    if source.encoding not in ("utf-8", "utf-8-sig"):
        sheet.notes.append(f"{source.name}: read as {source.encoding}")
    if source.suffix == ".json" or source.suffix in _JSON_LINES or source.text.lstrip()[:1] in ("{", "["):
        _read_json(sheet, source)
    else:
        from tracker.exchange.delimited import read_delimited

        read_delimited(sheet, source, delimiter)
    return sheet


def _workbook(path: str | Path, limits: bool) -> Sheet:
    from tracker.exchange.sources import open_source

    grid = open_source(path, limits=limits).grid()
    sheet = Sheet(grid.name, grid.stem, grid.header, notes=grid.notes, sha256=grid.sha256)

    def rows() -> Iterator[Row]:
        for block in grid.blocks():
            for number, line, cells in zip(block.numbers, block.lines, block.rows, strict=True):
                yield Row(line, number, dict(zip(grid.header, cells, strict=True)))
            for bad in block.faulty:
                named = dict(zip(grid.header, bad.cells, strict=False))
                yield Row(bad.line, bad.number, named, Fault(bad.column, bad.value, bad.reason))
            sheet.removed = grid.removed

    sheet.rows = rows()
    return sheet


def _read_json(sheet: Sheet, source: Opened) -> None:
    from tracker.exchange.jsonrows import array_rows, line_rows

    rows = line_rows(sheet, source.text) if source.suffix in _JSON_LINES else array_rows(sheet, source.text)
    first = list(islice(rows, _PEEKED))
    sheet.header = tuple(dict.fromkeys(name for row in first for name in row.cells))
    sheet.rows = chain(first, rows)


def files_in(paths: list[str] | list[Path]) -> list[str | Path]:
    """The files that are meant: each as given, and for a folder those in it whose names say what they hold."""
    found: list[str | Path] = []
    for path in paths:
        folder = Path(path)
        if str(path) == "-" or not folder.is_dir():
            found.append(path)
            continue
        inside = sorted(p for p in folder.iterdir() if p.is_file() and _is_table(p) and kind_of_file(p.name))
        if not inside:
            raise Refused(f"{folder}: holds no file named after a kind of record, such as incidents.csv")
        found += inside
    return found


def _is_table(path: Path) -> bool:
    plain = path.name.lower().removesuffix(".gz").removesuffix(".xz").removesuffix(".zst")
    return plain.endswith((".csv", ".tsv", ".xlsx", ".json", *_JSON_LINES)) and not plain.startswith((".", "~"))


def depth_within(value: object, depth: int = MAX_JSON_DEPTH) -> bool:
    """Whether a JSON value is nested no deeper than allowed."""
    if isinstance(value, dict):
        return depth > 0 and all(depth_within(item, depth - 1) for item in value.values())
    return not isinstance(value, list) or (depth > 0 and all(depth_within(item, depth - 1) for item in value))


TOO_LONG = f"is longer than {MAX_FIELD:,} characters; shorten it"
