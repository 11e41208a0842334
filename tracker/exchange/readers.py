"""Files in our own columns as rows: each with the physical line it begins on, cleaned, and with its fault if any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from tracker.errors import Refused
from tracker.exchange.grid import Block, Fault, Grid
from tracker.exchange.jsonvalues import Found, cleaned, depth_within, no_object, record_fault
from tracker.exchange.layout import kind_of_file, normal
from tracker.exchange.rejects import named
from tracker.exchange.sources import FORMS, NO_PARQUET, Source, open_source
from tracker.exchange.unpacking import plain_name
from tracker.text import clean_counted, truncate

__all__ = ["Fault", "Row", "Sheet", "files_in", "read"]

_PEEKED = 100
_TABLES = {".csv", ".tsv", *FORMS}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the physical line (from 1), its number among the records, and the cells by their columns.

    A cell of a table is a str; one of a JSON file may be a `Number`, a bool, None, a list or a dict as well.
    """

    line: int
    number: int
    cells: dict[str, Any]
    fault: Fault | None = None


@dataclass(eq=False)
class Sheet:
    """A file as it is read: `rows` can be read once, and `grid` tells what was found out about the file.

    `header` of a JSON file is the keys of its first records.
    """

    grid: Grid
    header: tuple[str, ...] = ()
    rows: Iterator[Row] = field(default_factory=lambda: iter(()))

    @property
    def name(self) -> str:
        """What people call the file."""
        return self.grid.name

    @property
    def stem(self) -> str:
        """Its name without endings."""
        return self.grid.stem

    @property
    def delimiter(self) -> str:
        """What parts its cells; empty for a workbook or JSON."""
        return self.grid.delimiter

    @property
    def notes(self) -> list[str]:
        """Sentences about the file, complete once the rows were read."""
        return self.grid.notes

    @property
    def removed(self) -> int:
        """How many unfit characters were taken out so far."""
        return self.grid.removed


def read(
    file: str | Path | Source, *, encoding: str | None = None, delimiter: str | None = None, limits: bool = True
) -> Sheet:
    """Open a CSV, TSV, JSON, JSON-lines or xlsx file, packed or not, or `-`; or go on with one that was looked into.

    Raises Refused, naming file, line and cure, for what is no table of records as a whole; a row that cannot be taken
    comes with its fault instead.
    """
    source = file
    if not isinstance(source, Source):
        source = open_source(source, encoding=encoding, delimiter=delimiter, limits=limits)
    if source.form in ("json", "jsonl"):
        return _of_values(*source.values())
    grid = source.grid()
    grid.header = named(source, grid.header)
    _require_single_names(grid)
    return Sheet(grid, grid.header, chain.from_iterable(_rows(grid, block) for block in grid.blocks()))


def _require_single_names(grid: Grid) -> None:
    seen: dict[str, int] = {}
    for at, name in enumerate(grid.named, 1):
        if first := seen.get(normal(name)):
            shown = truncate(name.strip(), 40)
            grid.close()
            raise Refused(
                f"{grid.name}:{grid.header_line}: the columns {first} and {at} are both called “{shown}”; rename one"
            )
        if name.strip():
            seen[normal(name)] = at


def _rows(grid: Grid, block: Block) -> Iterator[Row]:
    header = grid.header
    good = (
        Row(line, number, dict(zip(header, cells, strict=True)))
        for number, line, cells in zip(block.numbers, block.lines, block.rows, strict=True)
    )
    if not block.faulty:
        return good
    bad = (
        Row(
            one.line,
            one.number,
            dict(zip(header, one.shaped(len(header), grid.delimiter), strict=True)),
            Fault(one.column, one.value, one.reason),
        )
        for one in block.faulty
    )
    return iter(sorted((*good, *bad), key=lambda row: row.number))


def _of_values(grid: Grid, found: Iterator[Found]) -> Sheet:
    rows = (_row(grid, one) for one in found)
    first = list(islice(rows, _PEEKED))
    header = tuple(dict.fromkeys(name for row in first for name in row.cells))
    return Sheet(grid, header, chain(first, rows))


def _row(grid: Grid, found: Found) -> Row:
    """A JSON record with its types; one that is too deep to look into has no cells."""
    line, number, value, fault = found
    fault = fault or no_object(value) or record_fault(value)
    if fault and not (isinstance(value, dict) and depth_within(value)):
        return Row(line, number, {}, fault)

    def fit(text: str) -> str:
        if text.isascii() and text.isprintable():
            return text
        made, removed = clean_counted(text)
        grid.removed += removed
        return made

    return Row(line, number, cleaned(value, fit), fault)


def files_in(paths: Sequence[str | Path | Source]) -> list[str | Path | Source]:
    """The files that are meant: each as given, and for a folder those in it whose names say what they hold."""
    found: list[str | Path | Source] = []
    for path in paths:
        if isinstance(path, Source) or str(path) == "-" or not (folder := Path(path)).is_dir():
            found.append(path)
            continue
        inside = sorted(p for p in folder.iterdir() if p.is_file() and _is_table(p) and kind_of_file(p.name))
        if not inside and any(plain_name(p.name)[1] == ".parquet" for p in folder.iterdir()):
            raise Refused(f"{folder}: {NO_PARQUET}")
        if not inside:
            raise Refused(f"{folder}: holds no file named after a kind of record, such as incidents.csv")
        found += inside
    return found


def _is_table(path: Path) -> bool:
    return plain_name(path.name)[1] in _TABLES and not path.name.startswith((".", "~"))
