"""A table of records as it is read: blocks of cleaned rows, each with its number, its line, or its fault and a cure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tracker.text import truncate


@dataclass(frozen=True, slots=True)
class Input:
    """How a file is to be read.

    `form`: delimited, json, jsonl or xlsx, "" = told from name and content. `encoding`: tried in this order, the first
    that reads the whole file is taken. `delimiter`: "" = told from the first 64 KiB and said. `header`: which row that
    is not empty names the columns; 0 = none does, `names` are the columns. `second_header`: rows right after the header
    whose first filled cell begins with this are no records. `quoting`: strict, or none where quotes mean nothing.
    `records`: dotted path to the list in a JSON file, "." = the whole file, "*" = the values of its object.
    `keys`: keys of JSON records that may first come late in the file. `sheet`: name of an xlsx sheet, "" = the first
    that has a header.
    """

    form: str = ""
    encoding: tuple[str, ...] = ("utf-8",)
    delimiter: str = ""
    header: int = 1
    names: tuple[str, ...] = ()
    second_header: str = ""
    quoting: str = "strict"
    records: str = ""
    keys: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row, or one cell of it, cannot be taken: the column ("" for the row), the value, the reason with a cure."""

    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Faulty:
    """A row that cannot be taken: number and line (from 1), cells as read, column ("" = the row), reason and cure."""

    number: int
    line: int
    cells: tuple[str, ...]
    column: str
    value: str
    reason: str

    def shaped(self, width: int, delimiter: str = "") -> tuple[str, ...]:
        """Exactly `width` cells: what is too many is joined into the last, so that nothing of the row is lost."""
        cells = self.cells
        if len(cells) > width > 0:
            return (*cells[: width - 1], (delimiter or ",").join(cells[width - 1 :]))
        return cells + ("",) * (width - len(cells))


@dataclass(slots=True)
class Block:
    """Some records in the order of the file: numbers and lines (both from 1) of `rows`, and those at fault.

    A row has exactly as many cells as the header; the line of an xlsx row is its row number.
    """

    numbers: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    rows: list[Sequence[str]] = field(default_factory=list)
    faulty: list[Faulty] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.rows or self.faulty)


@dataclass(eq=False)
class Grid:
    """A file's records: `blocks` can be read once; `notes` say what was found out about the file, some only at its end.

    `header` has no name twice; `named` are the names as the file has them, on line `header_line` (0 = none there).
    `removed` counts unfit characters taken out so far. `sha256` is that of the file as it lies on the disk, complete
    once the blocks are exhausted; `done` is the share of its bytes that was read, 0 when unknown.
    """

    name: str
    stem: str
    header: tuple[str, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ""
    notes: list[str] = field(default_factory=list)
    removed: int = 0
    named: tuple[str, ...] = ()
    header_line: int = 0
    make: Callable[[int], Iterator[Block]] = field(default=lambda size: iter(()), repr=False)
    hashed: Callable[[], str] = field(default=str, repr=False)
    share: Callable[[], float] = field(default=float, repr=False)
    close: Callable[[], None] = field(default=lambda: None, repr=False)

    def blocks(self, size: int = 1000) -> Iterator[Block]:
        """The records, about `size` at a time. Raises Refused where the file breaks for good."""
        try:
            for block in self.make(size):
                if block:
                    yield block
        finally:
            self.close()

    @property
    def sha256(self) -> str:
        """SHA-256 (hex) of the bytes read so far, of the whole file at its end."""
        return self.hashed()

    @property
    def done(self) -> float:
        """How much of the file was read, 0 to 1."""
        return self.share()

    def note(self, sentence: str) -> None:
        """Keep something people should know about the file, once."""
        if (said := f"{self.name}: {sentence}") not in self.notes:
            self.notes.append(said)


def column_names(grid: Grid, cells: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns: none empty and none twice ("location (2)"); what had to be changed is noted."""
    names: list[str] = []
    taken: set[str] = set()
    for at, cell in enumerate(cells, 1):
        name = plain = cell.strip() or f"(column {at})"
        count = 1
        while name.casefold() in taken:
            count += 1
            name = f"{plain} ({count})"
        if count > 1:
            grid.note(f"the column “{truncate(plain, 40)}” stands twice; column {at} is called “{truncate(name, 40)}”")
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def is_second_header(cells: Sequence[str], mark: str) -> bool:
    """Whether the first filled cell of a row begins with `mark`."""
    return bool(mark) and next((cell for cell in cells if cell.strip()), "").lstrip().startswith(mark)
