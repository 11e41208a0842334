"""Rows as CSV and TSV: minimal quoting, and text cells guarded against being run as formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tracker.exchange.packed import READY, ROW, Rows, Typed
from tracker.exchange.records import Table
from tracker.exchange.textcells import Encoder, cell_encoder
from tracker.exchange.writers_common import Sink, utf8
from tracker.store.export import BARE, FIELD
from tracker.text import guard

_BOM = b"\xef\xbb\xbf"

_MARKS = ROW + READY + BARE + FIELD
_LEADS = b"'=+\\-@|% \x00-\x1b\x7f\xc2\xd8\xdb\xdc\xe0-\xe3\xef\xf0\xf3"
"""The first bytes, as of a class of a pattern, of every text cell that a spreadsheet could take for a formula."""

_IS_LEAD = frozenset(code for code in range(256) if re.match(b"[%b]" % _LEADS, bytes((code,))))


def write(file: Sink, table: Table, delimiter: str, *, excel: bool, raw: bool) -> int:
    """Write a header and one row a record; gives back how many records."""
    end = "\r\n" if excel else "\n"
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end)
    file.write(_BOM if excel else b"")
    writer.writerow([column.name for column in table.columns])
    encoders = [cell_encoder(column, raw) for column in table.columns]
    packed = _Packed(delimiter, end, raw)
    count = 0
    blocks: Iterator[Rows | Typed] = table.texts or table.blocks
    for block in blocks:
        count += len(block)
        if isinstance(block, Rows):
            file.write(utf8(_taken(buffer)))
            file.write(packed.lines(block.text))
        elif block:
            writer.writerows(_encoded(block, encoders))
            file.write(utf8(_taken(buffer)))
    file.write(utf8(_taken(buffer)))
    return count


def _taken(buffer: io.StringIO) -> str:
    """What the buffer holds, which is empty then."""
    held = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return held


def _encoded(block: Sequence[Any], encoders: Sequence[Encoder | None]) -> Iterator[tuple[Any, ...]]:
    cells: Iterable[Iterable[Any]] = (
        map(encode, values) if encode else values
        for encode, values in zip(encoders, zip(*block, strict=True), strict=True)
    )
    return zip(*cells, strict=True)


class _Packed:
    """Packed rows as lines, a whole block at a time: only cells that need it are looked at one by one."""

    def __init__(self, delimiter: str, end: str, raw: bool) -> None:
        self._end = end.encode()
        self._raw = raw
        self._delimiter = delimiter.encode()
        self._parted = bytes.maketrans(FIELD + BARE + READY, self._delimiter * 3)
        odd = b'[^%b"\n%b]*+["\n%b]' % (_MARKS, self._delimiter, self._delimiter)
        first = odd if raw else b"(?:[%b]|%b)" % (_LEADS, odd)
        self._care = re.compile(b"%b(%b[^%b]*+)" % (FIELD, first, _MARKS))

    def lines(self, text: bytes) -> bytes:
        """The same lines that the csv module would write of the cells."""
        if b"\r" in text:
            text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        pieces = self._care.split(text)
        pieces[1::2] = map(self._cell, pieces[1::2])
        # All that begins a cell becomes the delimiter, but for the first cell of a row.
        rows = b"".join(pieces).split(ROW)
        return self._end.join([row[1:] for row in rows]).translate(self._parted)

    def _cell(self, cell: bytes) -> bytes:
        """A cell with its mark, guarded and quoted where it must be."""
        if not self._raw and cell[0] in _IS_LEAD:
            cell = guard(cell.decode()).encode()
        if self._delimiter in cell or b'"' in cell or b"\n" in cell:
            return b'%b"%b"' % (FIELD, cell.replace(b'"', b'""'))
        return FIELD + cell
