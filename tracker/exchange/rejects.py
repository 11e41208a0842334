"""The file of rejected rows: as they were read, with record, line, column and reason, ready to be corrected."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO

from tracker.exchange.atomic import require_writable, writing
from tracker.exchange.layout import ABOUT, NOTED, NOTES
from tracker.text import guard, unguard

if TYPE_CHECKING:
    from tracker.exchange.grid import Faulty
    from tracker.exchange.sources import Source


def is_reject_file(source: Source) -> bool:
    """Whether a file is one of rejected rows, written by an earlier import."""
    return bool(source.head) and NOTES.issubset(source.head[0])


def named(source: Source, header: Sequence[str]) -> tuple[str, ...]:
    """The names of a file's columns, those of a file of rejected rows without their guards."""
    return tuple(map(unguard, header)) if is_reject_file(source) else tuple(header)


def first_about(source: Source) -> dict[str, str]:
    """Dataset and release (`ABOUT`) of the rows of a file of rejected ones; empty for any other file."""
    if not is_reject_file(source) or len(source.head) < 2:
        return {}
    cells = dict(zip(source.head[0], source.head[1], strict=False))
    return {name: unguard(cells[name]).strip() for name in ABOUT if name in cells}


class RejectFile:
    """Takes rejected rows one by one; the file is made with the first of them, and stands whole or not at all.

    Names and cells that a spreadsheet would run are guarded, and the guard is taken off again when the file is
    imported. With an empty `path` rows are counted only. `about`: dataset and release that the rows belong to. Raises
    Refused at once where the file could not be written.
    """

    def __init__(
        self, path: str, header: Sequence[str], *, force: bool = False, about: tuple[str, str] | None = None
    ) -> None:
        # The notes of an earlier round are replaced by those of this one.
        self.header = tuple(name for name in header if name not in NOTES and name not in ABOUT)
        self.path = path
        self.force = force
        self.about = about
        self._stack = ExitStack()
        self._file: BinaryIO | None = None
        self._kept = [at for at, name in enumerate(header) if name not in NOTES and name not in ABOUT]
        self._width = len(header)
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
            self._line([*map(guard, self.header), *NOTED, *(ABOUT if self.about else ())])
        cells = row.shaped(self._width)
        notes = [str(row.number), str(row.line), guard(row.column), guard(row.reason)]
        about = [guard(text) for text in self.about or ()]
        self._line([*(guard(cells[at]) for at in self._kept), *notes, *about])

    def _line(self, cells: Sequence[str]) -> None:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerow(cells)
        if self._file is not None:
            self._file.write(buffer.getvalue().encode(errors="replace"))
