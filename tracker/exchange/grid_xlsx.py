"""Grids of xlsx workbooks: one sheet, streamed, with dates as ISO text and whole numbers without a decimal point."""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from tracker import text
from tracker.errors import Refused
from tracker.exchange.grid import Block, Faulty, Grid, Input, column_names, is_second_header
from tracker.exchange.sheettext import decoded, shown_parts
from tracker.exchange.sheetxml import Failed, Line, Sheet, Unreadable, shared_texts
from tracker.exchange.unpacking import ALWAYS_ALLOWED
from tracker.text import MAX_COLUMNS, MAX_FIELD, MAX_ROW, clean_counted, truncate

if TYPE_CHECKING:
    from tracker.exchange.sources import Source

_SHOWN = 20
_TEXTS = 192 << 20
"""Bytes of memory for the texts that a workbook's cells share."""
_DESCRIPTION = 16 << 20
_DESCRIBING = ("[Content_Types].xml", ".rels", "workbook.xml", "styles.xml")
"""Parts that the library reads whole, and how large they may be."""
_LAST_ROW = 1 << 20
"""No sheet is longer; a row that says it is number 2,000,000,000 comes after so many that are empty."""


class _Row(NamedTuple):
    """A row by its number from 1: its cells as text, and the column (from 1) and text of one that cannot be taken."""

    line: int
    cells: list[str]
    wrong: tuple[int, str] | None = None


def look(source: Source) -> None:
    """Fill the source's `head` from the first sheet with anything on it."""
    grid = Grid(source.name, source.stem)
    source.head = tuple(islice((row.cells for row in _Sheet(grid, source, "").rows()), _SHOWN))
    if not source.head:
        raise Refused(f"{source.name}:1: is empty; there is nothing to import, not even a header")


def read(grid: Grid, source: Source, wanted: Input) -> None:
    """Fill `grid` with the header and the way to the blocks. Raises Refused for a workbook that cannot be read."""
    grid.encoding = "utf-8"
    sheet = _Sheet(grid, source, wanted.sheet)
    sheet.say()
    rows = sheet.rows()
    names: Sequence[str] = wanted.names
    if wanted.header:
        found = next(islice(rows, wanted.header - 1, None), None)
        if found is None:
            raise Refused(f"{grid.name}: the sheet “{truncate(sheet.title, 40)}” has no header; name another sheet")
        grid.header_line, names, wrong = found
        if wrong is not None:
            raise Refused(f"{grid.name}:{found.line}: the name of column {wrong[0]} {_why(wrong, MAX_COLUMNS)}")
        grid.named = tuple(names)
    elif not names:
        names = [""] * len(source.head[0])
    if len(names) > MAX_COLUMNS:
        raise Refused(f"{grid.name}:1: has {len(names):,} columns; at most {MAX_COLUMNS:,} are read: delete the rest")
    grid.header = column_names(grid, names)
    sheet.width = len(names)
    grid.make = lambda size: _blocks(grid, sheet, rows, (list(names) if wanted.header else [], wanted), size)


def _blocks(
    grid: Grid, sheet: _Sheet, rows: Iterator[_Row], before: tuple[list[str], Input], size: int
) -> Iterator[Block]:
    header, wanted = before
    number = repeated = 0
    second = wanted.second_header
    block = Block()
    for row in rows:
        if second and is_second_header(row.cells, second):
            grid.note(f"row {row.line}, right after the header, is no record")
            continue
        second = ""
        if row.cells == header:
            repeated += 1
            continue
        number += 1
        _take(block, number, row, grid.header)
        if len(block.rows) + len(block.faulty) >= size:
            yield block
            block = Block()
    sheet.finish(repeated)
    yield block


def _take(block: Block, number: int, row: _Row, header: Sequence[str]) -> None:
    _, cells, wrong = row
    reason = column = value = ""
    width = len(header)
    if wrong is not None:
        reason, value = _why(wrong, width), wrong[1]
        column = header[wrong[0] - 1] if wrong[0] <= width else ""
    elif len(cells) > width:
        reason, value = _why((len(cells), ""), width), cells[-1]
    elif sum(map(len, cells)) > MAX_ROW:
        reason = f"is longer than {MAX_ROW:,} characters; shorten it"
    elif any(len(cell) > MAX_FIELD for cell in cells):
        reason = f"a cell is longer than {MAX_FIELD:,} characters; shorten it"
    if reason:
        block.faulty.append(Faulty(number, row.line, tuple(cells), column, truncate(value, 60), reason))
        return
    block.numbers.append(number)
    block.lines.append(row.line)
    block.rows.append(cells + [""] * (width - len(cells)))


def _why(wrong: tuple[int, str], width: int) -> str:
    """Why a cell cannot be taken: it lies beyond the header, or holds what no cell of its type can."""
    if wrong[0] > width:
        return f"has a value in column {wrong[0]} where the header has {width}; name it there"
    return "is nothing that a cell of its type can hold; correct it in the sheet and save that again"


class _Sheet:
    """One sheet of a workbook, as rows of texts."""

    def __init__(self, grid: Grid, source: Source, title: str) -> None:
        self.grid = grid
        self.errors: Counter[str] = Counter()
        self.width = MAX_COLUMNS
        self._shown: dict[int, int] = {}
        _check(source.file(), grid.name, source.limits)
        source.raw.drain()
        self._book = _opened(source.file(), grid.name, limits=source.limits)
        self.titles: list[str] = list(self._book.sheets)
        self.title = self._choose(title)

    def _choose(self, title: str) -> str:
        if title and title not in self.titles:
            there = ", ".join(truncate(name, 30) for name in self.titles)
            raise Refused(f"{self.grid.name}: has no sheet “{truncate(title, 40)}”; it has: {there}")
        self.title = title or next(iter(self.titles), "")
        for candidate in [] if title else self.titles:
            self.title = candidate
            if next(self.rows(), None) is not None:
                return candidate
        return title or next(iter(self.titles), "")

    def say(self) -> None:
        """Note which of several sheets is read."""
        if len(self.titles) > 1:
            others = ", ".join(truncate(name, 30) for name in self.titles if name != self.title)
            self.grid.note(f"the sheet “{truncate(self.title, 40)}” is read, not {others}")

    def rows(self) -> Iterator[_Row]:
        """The rows with anything in them, without the empty cells at their ends."""
        if not self.title:
            return
        sheet = Sheet(self._book.texts, self._moment)
        try:
            # The library makes a tree of each row and objects of each text: ten times slower, and without bounds.
            with self._book.archive.open(self._book.sheets[self.title]) as part:
                for line in sheet.rows(part):
                    if line.number > _LAST_ROW:
                        raise Refused(f"{self.grid.name}:{line.number}: a sheet has {_LAST_ROW:,} rows; save it again")
                    row = self._row(line)
                    if row.cells or row.wrong:
                        yield row
        except (BadZipFile, *_BROKEN) as error:
            what = truncate(str(error), 120)
            where = f"{self.grid.name}:{max(1, sheet.line)}"
            raise Refused(f"{where}: the sheet is broken here ({what}); save it again") from error

    def _row(self, line: Line) -> _Row:
        wrong = None if line.wrong is None else (line.wrong[0], self._text(line.wrong[1]))
        cells = [self._text(value) for value in line.cells]
        for column, value in line.far:
            text = self._text(value)
            if column <= self.width:
                cells += [""] * (column - len(cells))
                cells[column - 1] = text
            elif text.strip():
                # Nothing is filled in up to a cell that cannot be taken: there may be a million such rows.
                wrong = wrong or (column, text)
        while cells and not cells[-1].strip():
            cells.pop()
        return _Row(line.number, cells, wrong)

    def _moment(self, number: float | datetime, style: int) -> object | None:
        """A date, a time or a span where the style says that the number is one, as exact as the style shows it."""
        from openpyxl.utils.datetime import from_excel

        book = self._book.wb
        if style not in book._date_formats:
            return None
        try:
            found: object = number
            if not isinstance(number, datetime):
                found = from_excel(number, book.epoch, timedelta=style in book._timedelta_formats)
        except (OverflowError, ValueError):
            return Failed("#VALUE!")
        if not isinstance(found, datetime):
            return found
        return found.date().isoformat()[:cut] if (cut := self._cut(style)) else found

    def _cut(self, style: int) -> int:
        """How much of an ISO day a style shows that shows no day: the month, or the year; 0 for all others."""
        if (cut := self._shown.get(style)) is None:
            from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

            book = self._book.wb
            at = book._cell_styles[style].numFmtId
            own = at - BUILTIN_FORMATS_MAX_SIZE
            form = BUILTIN_FORMATS.get(at, "") if own < 0 else book._number_formats[own]
            cut = self._shown[style] = shown_parts(form)
        return cut

    def _text(self, value: object) -> str:
        if isinstance(value, Failed):
            self.errors[value] += 1
            return ""
        if isinstance(value, str):
            if value.isascii() and value.isprintable() and "_x" not in value:
                return value
            cleaned, removed = clean_counted(decoded(value))
            self.grid.removed += removed
            return cleaned
        return _written(value)

    def finish(self, repeated: int) -> None:
        """Note what is known only at the end."""
        if repeated:
            self.grid.note(f"{repeated:,} rows that repeat the header are passed over")
        if self.errors:
            said = ", ".join(f"{count:,} × {error}" for error, count in self.errors.most_common())
            self.grid.note(f"cells with the error of a formula count as empty: {said}")


def _written(value: object) -> str:
    """A value that is no text, as text: ISO dates and times, whole numbers without a point, true or false."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int | timedelta) else text.clean(str(value))


_BROKEN = (Unreadable, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, EOFError, OverflowError)
"""What openpyxl and zipfile raise for a workbook that is not as it should be."""


def _check(file: IO[bytes], name: str, limits: bool) -> None:
    """Refuse what unpacks to more than 200:1 beyond 16 MB, before anything is unpacked."""
    try:
        with ZipFile(file) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            packed = sum(entry.compress_size for entry in archive.infolist())
    except (BadZipFile, *_BROKEN) as error:
        raise Refused(f"{name}: is a broken workbook ({truncate(str(error), 80)}); save it again") from error
    most = min(text.MAX_FILE, max(ALWAYS_ALLOWED, text.MAX_ARCHIVE_RATIO * packed))
    if limits and size > most:
        raise Refused(
            f"{name}: unpacks to more than {most:,} bytes from {packed:,}, which looks like an archive bomb; save the "
            "sheet as CSV if you trust it, or give --no-limit"
        )


def _opened(file: IO[bytes], name: str, *, limits: bool) -> Any:
    """The library's reader of a workbook, with `texts`, `sheets` (parts by title) and `wb` for its styles."""
    from xml.etree.ElementTree import ParseError
    from zlib import error as ZlibError

    import openpyxl
    from defusedxml import DefusedXmlException
    from openpyxl.utils.exceptions import InvalidFileException

    if not openpyxl.DEFUSEDXML:
        raise Refused(f"{name}: cannot be read safely while OPENPYXL_DEFUSEDXML is off; unset it")
    # What it cannot keep when writing does not matter to a reader.
    warnings.filterwarnings("ignore", module="openpyxl")
    file.seek(0)
    try:
        return _described(file, limits=limits)
    except (BadZipFile, ParseError, ZlibError, DefusedXmlException, InvalidFileException, *_BROKEN) as error:
        what = truncate(str(error), 120)
        raise Refused(f"{name}: is a broken workbook ({what}); open it and save it again") from error


def _described(file: IO[bytes], *, limits: bool) -> Any:
    """What a workbook says of itself, without a look at its sheets: the library would read them to measure them."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet
    from openpyxl.xml.constants import SHARED_STRINGS

    reader: Any = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
    for entry in reader.archive.infolist():
        if limits and entry.file_size > _DESCRIPTION and entry.filename.endswith(_DESCRIBING):
            raise Unreadable(f"its part {truncate(entry.filename, 40)} is larger than {_DESCRIPTION:,} bytes")
    reader.read_manifest()
    reader.texts = []
    if (part := reader.package.find(SHARED_STRINGS)) is not None:
        with reader.archive.open(part.PartName[1:]) as texts:
            reader.texts = shared_texts(texts, _TEXTS if limits else sys.maxsize)
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    there = ((sheet.name, rel) for sheet, rel in reader.parser.find_sheets() if rel.target in reader.valid_files)
    reader.sheets = {title: rel.target for title, rel in there if "chartsheet" not in rel.Type}
    return reader
