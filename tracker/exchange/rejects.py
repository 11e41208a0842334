"""The file of rejected rows: as they were read, with record, line, column and reason, ready to be corrected."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO

from tracker.exchange.atomic import require_writable, writing
from tracker.text import guard

if TYPE_CHECKING:
    from tracker.exchange.grid import Faulty
    from tracker.exchange.sources import Source

NOTES = ("_record", "_line", "_column", "_reason")
"""The columns that such a file has on top of those of the file the rows came from."""


def is_reject_file(source: Source) -> bool:
    """Whether a file is one of rejected rows, written by an earlier import."""
    return bool(source.head) and set(NOTES) <= set(source.head[0])


class RejectFile:
    """Takes rejected rows one by one; the file is made with the first of them, and stands whole or not at all.

    Cells that a spreadsheet would run are guarded, and the guard is taken off again when the file is imported. With an
    empty `path` rows are counted only. Raises Refused at once where the file could not be written.
    """

    def __init__(self, path: str, header: Sequence[str], *, force: bool = False) -> None:
        self.header = tuple(name for name in header if name not in NOTES)
        self.path = path
        self.force = force
        self._stack = ExitStack()
        self._file: BinaryIO | None = None
        self._kept = [at for at, name in enumerate(header) if name not in NOTES]
        if path:
            require_writable(path, force=force)

    def __enter__(self) -> RejectFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def add(self, row: Faulty) -> None:
        """Write a row."""
        if not self.path:
            return
        if self._file is None:
            self._file = self._stack.enter_context(writing(self.path, force=self.force))
            self._line([*self.header, *NOTES])
        cells = [guard(row.cells[at]) if at < len(row.cells) else "" for at in self._kept]
        self._line([*cells, str(row.number), str(row.line), guard(row.column), guard(row.reason)])

    def _line(self, cells: Sequence[str]) -> None:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerow(cells)
        if self._file is not None:
            self._file.write(buffer.getvalue().encode(errors="replace"))
