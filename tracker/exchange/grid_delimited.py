"""Grids of files with delimiters: as quick as the csv module, and one lost quote costs one row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from tracker.errors import Refused, UsageError
from tracker.exchange.grid import Block, Faulty, Grid, Input, column_names, is_second_header
from tracker.exchange.textlines import BYTE_ORDER_MARK, Lines, TooLong, chosen
from tracker.text import MAX_COLUMNS, MAX_FIELD, MAX_ROW, clean, truncate

if TYPE_CHECKING:
    from tracker.exchange.sources import Source

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_USUAL = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
_SHOWN = 20
_LOOKED_AT = 50
_SMALL_STEP = 64
_NEVER_CLOSED = "a quote is opened and never closed; close it, and double the quotes within a cell"
_TOO_LONG = f"is longer than {MAX_ROW:,} characters; shorten it, or close its quote"
_CUT = "the file ends in the middle of this record; fetch the whole file again"
_first = itemgetter(0)


def look(source: Source) -> None:
    """Fill the source's `sniffed` and `head` from its first 64 KiB."""
    csv.field_size_limit(MAX_FIELD)
    text, separator = _after_separator(source.text)
    source.sniffed = _checked(source.delimiter) if source.delimiter else separator or _sniffed(text)
    lines = text.split("\n")
    if not source.whole_in_head:
        lines = lines[:-1] or lines
    found = _records([line + "\n" for line in lines], source.sniffed, _SHOWN)
    source.head = tuple([clean(cell) for cell in cells] for cells in found)


def _after_separator(text: str) -> tuple[str, str]:
    """The text without a first line that only names the delimiter, and that delimiter."""
    first, _, rest = text.lstrip(BYTE_ORDER_MARK).partition("\n")
    separator = _named(first)
    return (rest.lstrip(BYTE_ORDER_MARK) if separator else text.lstrip(BYTE_ORDER_MARK)), separator


def _named(line: str) -> str:
    """The delimiter that a line such as `sep=;` names."""
    plain = line.strip(BYTE_ORDER_MARK + "\n").strip('"')
    return plain[4] if len(plain) == 5 and plain[:4].lower() == "sep=" else ""


def _records(lines: list[str], delimiter: str, most: int) -> list[list[str]]:
    """The first records with anything in them, as well as they can be told."""
    found: list[list[str]] = []
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append(cells)
            if len(found) == most:
                break
    except csv.Error:
        return found
    return found


def _sniffed(text: str) -> str:
    """The delimiter under which most of the first records are equally wide, best of all the header too, and widest."""
    lines = [line + "\n" for line in text.split("\n") if line.strip()][: _LOOKED_AT * 4]
    ranked = []
    for delimiter in DELIMITERS:
        widths = list(map(len, _records(lines, delimiter, _LOOKED_AT))) or [1]
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        steady = widths.count(usual) / len(widths)
        ranked.append((usual > 1, round(steady, 1), widths[0] == usual, usual, delimiter))
    best = max(ranked, key=lambda rank: rank[:-1])
    return best[-1]


def _checked(delimiter: str) -> str:
    found = {"\\t": "\t", **{name: char for char, name in DELIMITERS.items()}}.get(delimiter, delimiter)
    if len(found) != 1 or found in '"\n ':
        raise UsageError(f"delimiter: “{delimiter}” is not one character; give one such as ; or tab")
    return found


def read(grid: Grid, source: Source, wanted: Input) -> None:
    """Fill `grid` with the header and the way to the blocks. Raises Refused for a header that is none."""
    csv.field_size_limit(MAX_FIELD)
    grid.delimiter = _checked(wanted.delimiter) if wanted.delimiter else source.sniffed or _sniffed(source.text)
    if grid.delimiter != _USUAL.get(source.suffix, ",") and not wanted.delimiter:
        grid.note(f"the delimiter is the {DELIMITERS.get(grid.delimiter, grid.delimiter)}")
    codec = chosen(source.pieces, wanted.encoding, grid.name)
    grid.encoding = codec
    lines = Lines(source.pieces, codec, grid.name)
    lines.delimiter = grid.delimiter
    rows = _Rows(grid, lines, wanted)
    rows.begin()
    grid.make = rows.blocks


class _Rows:
    """The records of one file, read block by block."""

    def __init__(self, grid: Grid, lines: Lines, wanted: Input) -> None:
        self.grid, self.lines, self.wanted = grid, lines, wanted
        self.number = 0
        self.at = 0
        """The last line of the last record."""
        self.base = 0
        """The lines before the first one of the reader in use."""
        self.repeated = 0
        self.second = wanted.second_header
        self.header: list[str] = []
        self.width = 0
        self.step = 0
        self.ended = False
        self.ends: list[int] = []
        self.served = 0
        lines.watch(lambda: self.served + len(self.ends))

    def begin(self) -> None:
        """Read what stands before the first record."""
        if _named(next(self.lines.feed, "")):
            self.at = 1
        self.lines.restart(self.at + 1)
        self._new_reader()
        if self.wanted.header:
            names = self.header = self._header_row(self.wanted.header)
            self.grid.named, self.grid.header_line = tuple(names), self.at
        else:
            before = self.at
            names = list(self.wanted.names) or [""] * len(self._header_row(1))
            self.at = before
            self.lines.restart(before + 1)
            self._new_reader()
        self.width = len(names)
        self.grid.header = column_names(self.grid, names)
        self.grid.removed = self.lines.removed

    def _new_reader(self) -> None:
        plain = self.wanted.quoting == "none"
        self.base = self.at
        self.reader = csv.reader(
            self.lines.feed,
            delimiter=self.grid.delimiter,
            strict=True,
            quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL,
        )

    def _header_row(self, which: int) -> list[str]:
        """The row of this number among those with anything in them."""
        where = self.grid.name
        try:
            for cells in self.reader:
                self.at = self.base + self.reader.line_num
                which -= any(cell.strip() for cell in cells)
                if not which:
                    break
            else:
                raise Refused(f"{where}:1: has no header; the first line must name the columns")
        except csv.Error as error:
            raise Refused(f"{where}:{self.at + 1}: the header cannot be read: {_reason(error)}") from error
        except TooLong:
            raise Refused(f"{where}:{self.at + 1}: the header is longer than {MAX_ROW:,} characters") from None
        if len(cells) > MAX_COLUMNS:
            # Of a line that was cut not all columns were seen.
            least = "more than " if self.at in self.lines.long else ""
            counted = f"has {least}{len(cells):,} columns; at most {MAX_COLUMNS:,} are read: check the delimiter"
            raise Refused(f"{where}:{self.at}: {counted}")
        return cells

    def blocks(self, size: int) -> Iterator[Block]:
        """The records, `size` of the file's rows at a time."""
        self.step = size
        while not self.ended:
            block = Block()
            while not self.ended and len(block.rows) + len(block.faulty) < size:
                self._fill(block, min(self.step, size - len(block.rows)))
                self.step = min(size, self.step * 2)
            self.grid.removed = self.lines.removed
            yield block
        if self.repeated:
            self.grid.note(f"{self.repeated:,} rows that repeat the header are passed over")

    def _fill(self, block: Block, most: int) -> None:
        """Read up to so many rows, or up to the first that cannot be read, into the block."""
        self.lines.forget(self.at + 1)
        self.served += len(self.ends)
        rows: list[list[str]] = []
        self.ends = ends = []
        reader, broken = self.reader, ""
        try:
            for row in islice(reader, most):
                rows.append(row)
                ends.append(reader.line_num)
        except csv.Error as error:
            broken = _reason(error)
        except TooLong:
            broken = _TOO_LONG
        starts = [self.at + 1, *(self.base + end + 1 for end in ends)]
        self.ended = not broken and len(rows) < most
        if not self._take(block, rows, starts):
            self.ended = False
            return
        self.at = starts[-1] - 1
        if broken:
            self._broken(block, broken)

    def _take(self, block: Block, rows: list[list[str]], starts: list[int]) -> bool:
        """Sort the rows into the block; False when lines were put back at a row that had swallowed others."""
        if self._plain(rows) and not self._odd_quotes(rows, starts):
            block.numbers += range(self.number + 1, self.number + 1 + len(rows))
            block.lines += starts[:-1]
            block.rows += rows
            self.number += len(rows)
            return True
        for at, cells in enumerate(rows):
            if self._is_no_record(cells):
                continue
            self.number += 1
            odd = starts[at + 1] - starts[at] > 1 and self._is_odd(starts[at], starts[at + 1] - 1)
            if len(cells) == self.width and not odd and starts[at] not in self.lines.long:
                block.numbers.append(self.number)
                block.lines.append(starts[at])
                block.rows.append(cells)
            elif not self._misshapen(block, cells, starts[at], starts[at + 1] - 1, last_row=at == len(rows) - 1):
                return False
        return True

    def _plain(self, rows: list[list[str]]) -> bool:
        if self.second or self.lines.long or not rows:
            return False
        if set(map(len, rows)) != {self.width} or not all(map(str.strip, map(_first, rows))):
            return False
        return not self.header or self.header[0] not in map(_first, rows)

    def _odd_quotes(self, rows: list[list[str]], starts: list[int]) -> bool:
        """Whether a record over several lines may have taken in others and have the right number of cells by chance."""
        if starts[-1] - starts[0] == len(rows) or self.wanted.quoting == "none":
            return False
        return any(self._is_odd(a, b - 1) for a, b in pairwise(starts) if b - a > 1)

    def _is_odd(self, first: int, last: int) -> bool:
        taken = self.lines.taken(first, last)
        return sum(line.count('"') for line in taken) % 2 == 1 and self._swallowed(taken[1:])

    def _is_no_record(self, cells: list[str]) -> bool:
        if not any(cell and not cell.isspace() for cell in cells):
            return True
        if self.second:
            if is_second_header(cells, self.second):
                self.grid.note(f"the row after the header that begins with “{self.second}” is no record")
                return True
            self.second = ""
        if cells == self.header:
            self.repeated += 1
            return True
        return False

    def _misshapen(self, block: Block, cells: list[str], first: int, last: int, *, last_row: bool) -> bool:
        """Report a row with a wrong number of cells; False when the lines after its first were put back."""
        taken = self.lines.taken(first, last)
        if len(taken) > 1 and self._swallowed(taken[1:]):
            self._put_back(block, taken[0], first, _lost_quote(len(taken)))
            return False
        if first in self.lines.long:
            reason = _TOO_LONG
        elif len(cells) < self.width and last_row and self.ended and self.lines.ends_open:
            reason = _CUT
        else:
            reason = f"has {len(cells)} cells where the header has {self.width}; quote cells that hold the delimiter"
        shown = truncate(taken[0].strip(), 60)
        block.faulty.append(Faulty(self.number, first, tuple(cells[:MAX_COLUMNS]), "", shown, reason))
        return True

    def _broken(self, block: Block, reason: str) -> None:
        """Report the record at which the reader stopped and go on behind it, or behind its first line."""
        first, last = self.at + 1, self.base + self.reader.line_num
        taken = self.lines.taken(first, last)
        self.number += 1
        if self._swallowed(taken[1:]):
            self._put_back(block, taken[0], first, reason)
            return
        if reason == _NEVER_CLOSED:
            reason = f"{_CUT} ({_NEVER_CLOSED})"
        self._faulty(block, taken, first, reason)
        self.at = last
        self.lines.restart(last + 1)
        self._new_reader()

    def _put_back(self, block: Block, line: str, first: int, reason: str) -> None:
        self._faulty(block, [line], first, reason)
        self.at = first
        self.lines.restart(first + 1)
        self._new_reader()
        self.step = _SMALL_STEP

    def _faulty(self, block: Block, taken: list[str], first: int, reason: str) -> None:
        # A cell whose quote is never closed would take the end of its line in.
        lines = [*taken[:-1], *(line.rstrip("\n") for line in taken[-1:])]
        cells = next(iter(_records(lines, self.grid.delimiter, 1)), ["".join(lines)[:MAX_FIELD]])
        shown = truncate(taken[0].strip() if taken else "", 60)
        block.faulty.append(Faulty(self.number, first, tuple(cells[:MAX_COLUMNS]), "", shown, reason))

    def _swallowed(self, lines: list[str]) -> bool:
        """Whether any of these lines, taken by itself, is a record or begins one that runs on."""
        for line in lines:
            try:
                cells = next(csv.reader([line], delimiter=self.grid.delimiter, strict=True), [])
            except csv.Error as error:
                if "end of data" in str(error):
                    return True
                continue
            if len(cells) == self.width:
                return True
        return False


def _lost_quote(lines: int) -> str:
    return f"runs over {lines} lines and takes in other records: a quote is missing; close it where its cell ends"


def _reason(error: csv.Error) -> str:
    told = str(error)
    if "end of data" in told:
        return _NEVER_CLOSED
    if "field larger" in told:
        return f"a cell is longer than {MAX_FIELD:,} characters; shorten it, or close its quote"
    if "expected after" in told:
        return "there is more after a closing quote; double the quotes within a cell"
    return f"cannot be read as CSV ({told}); check its quotes"
