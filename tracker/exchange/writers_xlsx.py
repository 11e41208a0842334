"""Rows as an Excel workbook (Office Open XML), in constant memory: numbers as numbers, texts never as formulas."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import cycle
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tracker.errors import Refused
from tracker.exchange.records import Table
from tracker.exchange.sheettext import encoded
from tracker.exchange.textcells import compact
from tracker.exchange.writers_common import Sink, Stream, known
from tracker.text import guard

if TYPE_CHECKING:
    from openpyxl.cell import Cell

ROWS = 1_048_576
"""Lines of a sheet, the header among them."""
LONGEST = 32_767
"""UTF-16 units in a cell."""
_EXACT = 2**53
"""Whole numbers beyond it would lose digits, for a spreadsheet knows floating point only."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write(file: Sink, table: Table) -> int:
    """One sheet, named after the kind, with a header that stays in sight; unknown is an empty cell.

    Raises Refused for more rows than a sheet has, or a text longer than a cell holds: neither is cut in silence.
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    _require_room(table)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.kind.plural)
    sheet.freeze_panes = "A2"
    try:
        count = _fill(sheet, table)
    finally:
        sheet.close()
    with _Archive(Stream(file), "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()
    return count


def _fill(sheet: Any, table: Table) -> int:
    cell = _cells(sheet)
    names = tuple(column.name for column in table.columns)
    sheet.append(cell(name) for name in names)
    count = 0
    for block in known(table):
        if count + len(block) >= ROWS:
            raise _too_many(table)
        for number, row in enumerate(block, count + 1):
            values = list(_fit(table, names, row, number))
            sheet.append(cell(value) for value in values)
        count += len(block)
    return count


def _require_room(table: Table) -> None:
    if table.counted and table.counted(ROWS) >= ROWS:
        raise _too_many(table)


def _too_many(table: Table) -> Refused:
    return Refused(
        f"xlsx: a sheet holds {ROWS - 1:,} {table.kind.plural}, and these are more; "
        f"give --limit {ROWS - 1}, a narrower --where, or --format csv"
    )


def _fit(table: Table, names: tuple[str, ...], row: tuple[Any, ...], number: int) -> Iterator[Any]:
    """The values as a sheet can hold them."""
    for name, value in zip(names, row, strict=True):
        fit = compact(value) if isinstance(value, (dict, list)) else value
        if isinstance(fit, int) and abs(fit) > _EXACT:
            fit = str(fit)
        if isinstance(fit, str) and _too_long(fit):
            raise Refused(
                f"xlsx: {name} of {table.kind.label.lower()} number {number:,} is longer than the {LONGEST:,} "
                "characters of a cell; leave it out by --columns, or give --format csv"
            )
        yield fit


def _too_long(text: str) -> bool:
    return len(text) > LONGEST // 2 and len(text.encode("utf-16-le", "replace")) // 2 > LONGEST


def _cells(sheet: Any) -> Callable[[Any], Any]:
    """What makes a value ready for the sheet.

    Each cell is written at once, so that a few serve for all texts; the library may touch the one before the next.
    """
    from openpyxl.cell import WriteOnlyCell

    plain: Iterator[Cell] = cycle((WriteOnlyCell(sheet), WriteOnlyCell(sheet)))
    # Edited in a spreadsheet, it stays the text that it is.
    marked: Cell = WriteOnlyCell(sheet)
    marked.quotePrefix = True

    def made(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        cell = next(plain) if guard(value) == value else marked
        cell.value = encoded(_NO_XML.sub("\ufffd", value))
        cell.data_type = "s"
        return cell

    return made


class _Archive(ZipFile):
    """A zip archive that tells nothing of when and where it was made, so that the same data are the same bytes."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Add a part from memory, without the moments that it tells."""
        whole = data.encode() if isinstance(data, str) else data
        super().writestr(_entry(zinfo_or_arcname), _STAMPS.sub(rb"\g<1>1980-01-01T00:00:00Z", whole))

    def write(self, filename: str | PathLike[str], arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add a part from a file."""
        entry = _entry(arcname)
        entry.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as part, self.open(entry, "w") as out:
            shutil.copyfileobj(part, out, 1 << 20)


def _entry(name: Any) -> ZipInfo:
    entry = ZipInfo(str(name), _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    return entry
