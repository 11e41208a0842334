"""The rows of a dataset file as they are read, with their ids; of a large new file ahead, in a process of its own."""

from __future__ import annotations

import pickle
import signal
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.errors import Refused, TrackerError, UsageError
from tracker.exchange.grid import Block, Faulty, Grid
from tracker.store.bulk_people import prepare
from tracker.store.bulk_words import can_fork
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
    _block: Block | None = None
    _packed: bytes = b""

    @property
    def block(self) -> Block:
        """The rows as they were read. They are seldom asked for where `harvest` is there, so they come packed."""
        if self._block is None:
            self._block = pickle.loads(self._packed)  # noqa: S301 - from our own child
        return self._block

    def pack(self) -> tuple[bytes, bytes]:
        """The piece without its rows, and its rows."""
        rows, self._block = pickle.dumps(self._block, 5), None
        return pickle.dumps(self, 5), rows


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
        yield Piece(keys, prints, faulty, grid.done, _block=block)


def can_read_ahead(expected: int) -> bool:
    """Whether a file of so many rows is read faster by a second process, and one may be made here."""
    return expected >= _WORTH_IT and can_fork()


def read_ahead(grid: Grid, harvester: Harvester, *, new: bool = True) -> Generator[Piece]:
    """The same as `read` by a child process that is one block ahead; where the rows are `new` they come harvested.

    Close it when it is not read to its end. Raises what reading raises, and Refused when the child was killed.
    """
    from multiprocessing import get_context

    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(grid, harvester, theirs, ours, new), daemon=True)
    child.start()
    theirs.close()
    try:
        yield from _received(grid, ours)
    finally:
        ours.close()
        child.kill()
        child.join()
        grid.close()


def _received(grid: Grid, pipe: Connection) -> Generator[Piece]:
    while True:
        try:
            got = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our own child
            packed = pipe.recv_bytes() if isinstance(got, Piece) else b""
        except EOFError:
            why = "the process that reads it was ended; is there memory left? Then try again"
            raise Refused(f"{grid.name}: nothing was imported: {why}") from None
        if isinstance(got, TrackerError):
            raise got
        if isinstance(got, _End):
            got.tell(grid)
            return
        got._packed = packed
        yield got


def _work(grid: Grid, harvester: Harvester, pipe: Connection, others: Connection, new: bool) -> None:
    """What the child does. It ends when nobody takes its pieces any more."""
    # Ctrl-C goes to both: the parent says what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    others.close()
    try:
        try:
            for piece in read(grid, harvester):
                if new:
                    incoming, rejected = harvester.harvest(piece.block, piece.keys, piece.prints)
                    prepare(harvester.profile.dataset, incoming)
                    piece.harvest = Harvest(incoming, rejected, Counter(harvester.warnings))
                    harvester.warnings.clear()
                for part in piece.pack():
                    pipe.send_bytes(part)
            told: object = _End(grid.notes, grid.removed, grid.sha256)
        except TrackerError as error:
            told = (UsageError if isinstance(error, UsageError) else Refused)(str(error))
        pipe.send_bytes(pickle.dumps(told, 5))
    except BrokenPipeError:
        pass
