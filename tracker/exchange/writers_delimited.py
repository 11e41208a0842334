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
_SUSPECT = re.compile(b"%b([^\\w%b{(\\[][^%b]*)" % (FIELD, _MARKS, _MARKS))
"""A text cell whose first character leaves it open whether a spreadsheet could take it for a formula."""

_ALIKE = bytes.maketrans(READY + BARE, FIELD * 2)


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
            file.write(utf8(_taken(buffer)) + packed.lines(block.text))
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
        self._delimiter = delimiter.encode()
        self._end = end.encode()
        self._raw = raw
        self._odd = re.compile(b'%b([^%b"\n%b]*+["\n%b][^%b]*+)' % (FIELD, _MARKS, *[self._delimiter] * 2, _MARKS))

    def lines(self, text: bytes) -> bytes:
        """The same lines that the csv module would write of the cells."""
        if b"\r" in text:
            text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if not self._raw:
            text = _SUSPECT.sub(_guarded, text)
        if any(special in text for special in (b'"', b"\n", self._delimiter)):
            text = self._odd.sub(_quoted, text)
        # All that begins a cell becomes the delimiter, but for the first cell of a row.
        text = text.translate(_ALIKE)[1:-1].replace(ROW + FIELD, self._end)
        return text.replace(FIELD, self._delimiter) + self._end


def _guarded(match: re.Match[bytes]) -> bytes:
    return FIELD + guard(match[1].decode()).encode()


def _quoted(match: re.Match[bytes]) -> bytes:
    return b'%b"%b"' % (FIELD, match[1].replace(b'"', b'""'))
