"""The rows of a dataset file as they are read, with their ids; of a large new file ahead, in a process of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from tracker.errors import Refused, TrackerError, UsageError
from tracker.exchange.grid import Block, Faulty, Grid
from tracker.store.bulk_people import prepare
from tracker.store.incoming import Incoming
from tracker.text import unguard

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from tracker.exchange.profile.harvest import Harvester

_WORTH_IT = 20_000
"""Rows from which on a second process saves more than it costs to start."""


@dataclass(slots=True)
class Harvest:
    """What all rows of a block come to, were they all new; `warnings` are those of these rows only."""

    incoming: Incoming
    rejected: list[Faulty]
    warnings: Counter[str]


@dataclass(slots=True)
class Piece:
    """A block of rows with their external ids and fingerprints; `harvest` only where it was made ahead."""

    keys: Sequence[str]
    prints: Sequence[int]
    faulty: list[Faulty]
    done: float
    harvest: Harvest | None = None
    rows: Block | None = None
    ask: Callable[[], Block] | None = None

    @property
    def block(self) -> Block:
        """The rows as they were read: until the next piece is taken, for they may have to be asked for."""
        if self.rows is None and self.ask is not None:
            self.rows = self.ask()
        if self.rows is None:
            raise LookupError("the rows of a piece that was passed over")
        return self.rows


@dataclass(frozen=True, slots=True)
class _End:
    """What is known of the file once it was read."""

    notes: list[str]
    removed: int
    sha256: str

    def tell(self, grid: Grid) -> None:
        """Have it in the grid of the process that did not read."""
        grid.notes, grid.removed = self.notes, self.removed
        grid.hashed, grid.share = lambda: self.sha256, lambda: 1.0


def read(grid: Grid, harvester: Harvester, *, guarded: bool = False) -> Generator[Piece]:
    """The rows of a file, block by block; `guarded` takes off what keeps a spreadsheet from running a cell."""
    for block in grid.blocks():
        if guarded:
            block.rows = [[unguard(cell) for cell in row] for row in block.rows]
        faulty, block.faulty = block.faulty, []
        keys, prints = harvester.key(block.rows), harvester.fingerprints(block.rows)
        yield Piece(keys, prints, faulty, grid.done, rows=block)


def can_read_ahead(expected: int) -> bool:
    """Whether a file of so many rows is read faster by a second process, and one may be made here.

    Only a process of one thread may be copied: a lock that another thread holds would never be released in the copy.
    """
    if expected < _WORTH_IT or sys.platform != "linux" or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1


def read_ahead(grid: Grid, harvester: Harvester, *, new: bool = True) -> Generator[Piece]:
    """The same as `read` by a child process that is a few blocks ahead; where rows are `new` they come harvested.

    Close it when it is not read to its end. Raises what reading raises, and Refused when the child was killed.
    """
    from multiprocessing import get_context

    context = get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=_work, args=(grid, harvester, theirs, ours, new), daemon=True)
    child.start()
    theirs.close()
    try:
        yield from _Received(grid, ours).pieces()
    finally:
        ours.close()
        child.kill()
        child.join()
        grid.close()


_AHEAD = 4
"""Pieces that the child may be ahead of those that were taken."""

_NEXT = -1
"""Asks the child for another piece; a number from 0 on asks for the rows of that piece."""


class _Received:
    """What comes from the child. Rows are seldom wanted where they are harvested or known, so they come when asked."""

    def __init__(self, grid: Grid, pipe: Connection) -> None:
        self._grid = grid
        self._pipe = pipe
        self._waiting: deque[Piece | _End] = deque()

    def pieces(self) -> Generator[Piece]:
        """The pieces in their order."""
        for _ in range(_AHEAD):
            self._tell(_NEXT)
        number = 0
        while not isinstance(piece := self._waiting.popleft() if self._waiting else self._receive(), _End):
            piece.ask = partial(self._rows, number)
            yield piece
            piece.ask = None
            self._tell(_NEXT)
            number += 1
        piece.tell(self._grid)

    def _rows(self, number: int) -> Block:
        self._tell(number)
        while not isinstance(got := self._receive(), Block):
            self._waiting.append(got)
        return got

    def _tell(self, what: int) -> None:
        # A child that has ended is not told: what it said before is still to be read.
        with contextlib.suppress(OSError):
            self._pipe.send(what)

    def _receive(self) -> Any:
        try:
            got = self._pipe.recv()
        except (EOFError, OSError):
            why = "the process that reads it was ended; is there memory left? Then try again"
            raise Refused(f"{self._grid.name}: nothing was imported: {why}") from None
        if isinstance(got, TrackerError):
            raise got
        return got


def _work(grid: Grid, harvester: Harvester, pipe: Connection, others: Connection, new: bool) -> None:
    """What the child does. It ends when nobody takes its pieces any more."""
    # Ctrl-C goes to both: the parent says what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    others.close()
    kept: dict[int, Block] = {}
    try:
        try:
            for number, piece in enumerate(read(grid, harvester)):
                if new:
                    incoming, rejected = harvester.harvest(piece.block, piece.keys, piece.prints)
                    prepare(incoming)
                    piece.harvest = Harvest(incoming, rejected, Counter(harvester.warnings))
                    harvester.warnings.clear()
                kept[number], piece.rows = piece.block, None
                kept.pop(number - 2 * _AHEAD, None)
                _answer(pipe, kept)
                pipe.send(piece)
            told: object = _End(grid.notes, grid.removed, grid.sha256)
        except TrackerError as error:
            told = (UsageError if isinstance(error, UsageError) else Refused)(str(error))
        pipe.send(told)
        while True:
            _answer(pipe, kept)
    except (EOFError, OSError):
        pass


def _answer(pipe: Connection, kept: dict[int, Block]) -> None:
    """Send the rows that are asked for until another piece is."""
    while (asked := pipe.recv()) != _NEXT:
        pipe.send(kept[asked])
