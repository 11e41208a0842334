"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tracker.exchange.layout import NOTES, PROTECTED, kind_of_file, kind_of_header, nearest, normal, readable
from tracker.exchange.readers import Fault, Row, Sheet
from tracker.model.fields import Kind
from tracker.model.kinds import EXCHANGED
from tracker.model.uncertain import Order
from tracker.model.values import Values
from tracker.store.database import Reader
from tracker.text import screen

Outcome = Literal["new", "restored", "changed", "same", "conflict", "rejected"]
OUTCOMES = ("new", "changed", "same", "conflict", "rejected")
"""What can become of a row; one that an undo had taken away counts as new."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record comes from: a row of a sheet."""

    sheet: Sheet
    row: Row

    def __str__(self) -> str:
        return f"{self.sheet.name}:{self.row.line}"


@dataclass(slots=True)
class Entry:
    """A row that is to be written; `values` may hold `links.Pending` for records that the same import makes.

    `version` is the one a new record gets, or the one the changes rest on; `changes` map columns to (old, new).
    """

    kind: Kind
    origin: Origin
    outcome: Outcome
    uid: str
    version: int
    values: Values
    id: int | None = None
    changes: dict[str, tuple[object, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that cannot be taken, and why; `str` is the sentence for people."""

    kind: Kind
    origin: Origin
    fault: Fault

    def __str__(self) -> str:
        fault, row = self.fault, self.origin.row
        cell = f", {_placed(self.origin.sheet.header, fault.column)}" if fault.column else ""
        quoted = "" if _tells(fault) else f"“{fault.value}” "
        return screen(f"{self.origin}: record {row.number}{cell}: {quoted}{fault.reason}")


def _tells(fault: Fault) -> bool:
    """Whether the reason holds the value already."""
    value = fault.value
    return fault.reason.startswith(value) or f"“{value}”" in fault.reason or f'"{value}"' in fault.reason


def _placed(header: tuple[str, ...], column: str) -> str:
    """A column by its number and name."""
    at = next((at for at, name in enumerate(header, 1) if normal(name) == normal(column)), 0)
    return f"column {at} {column}" if at else f"column {column}"


@dataclass(frozen=True, slots=True)
class Contested:
    """A row that rests on an older version than the database has, and says something else; nothing is overwritten."""

    kind: Kind
    origin: Origin
    ref: str
    read: int
    stored: int
    changes: dict[str, tuple[object, object]]
    deleted: bool = False

    def __str__(self) -> str:
        if self.deleted:
            why = "was deleted here; undo that, or leave the row out"
        else:
            names = ", ".join(self.changes)
            why = (
                f"was changed here since: the row has version {self.read}, the database {self.stored} "
                f"({names} differ); "
                "export it again and repeat the change"
            )
        return screen(f"{self.origin}: record {self.origin.row.number}: {self.ref} {why}")


@dataclass
class Plan:
    """All that an import would do: what to write in the order to write it, and what not to and why."""

    sheets: list[Sheet] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    conflicts: list[Contested] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=dict)

    def count(self, outcome: str) -> int:
        """How many rows of all kinds come to this; `read` is all rows."""
        return sum(counter[outcome] for counter in self.counts.values())

    @property
    def clean(self) -> bool:
        """Whether every row can be taken."""
        return not self.rejections and not self.conflicts

    def __str__(self) -> str:
        told = ", ".join(f"{self.count(outcome):,} {outcome}" for outcome in OUTCOMES)
        return f"{self.count('read'):,} read, {told}"


def kind_of(sheet: Sheet) -> Kind:
    """What a sheet holds, by the name of its file or else by its columns; UsageError when neither tells."""
    return kind_of_file(sheet.stem) or kind_of_header(sheet.header, sheet.name)


def plan(
    reader: Reader,
    sheets: Sheet | Iterable[Sheet],
    kind: Kind | None = None,
    *,
    order: Order | None = None,
    anchor: date | None = None,
) -> Plan:
    """Read all rows of the sheets and find out what each would do to the database; nothing is written.

    A record is known by its uid; without one, by what its kind holds unique (such as dataset and external id), or else
    by its content, so that the same file twice is the same records. `kind` says what all sheets hold,
    `anchor` the day that words such as "last Monday" are told from. Raises Refused
    for a file that breaks off, UsageError when it cannot be told what a file holds.
    """
    from tracker.exchange.drafts import plan_kind
    from tracker.exchange.links import Links

    given = [sheets] if isinstance(sheets, Sheet) else list(sheets)
    made = Plan(given)
    by_kind: dict[str, list[Sheet]] = {}
    for sheet in given:
        by_kind.setdefault((kind or kind_of(sheet)).name, []).append(sheet)
    links = Links(reader)
    for one in EXCHANGED:
        if one.name in by_kind:
            plan_kind(made, one, by_kind[one.name], links, order, anchor)
    return made


def heed(made: Plan, kind: Kind, sheet: Sheet, names: Sequence[str]) -> None:
    """Warn once of columns that mean nothing, and say what was noted about a sheet."""
    made.warnings += sheet.notes
    if sheet.removed:
        made.warnings.append(f"{sheet.name}: {sheet.removed:,} control or invisible characters were removed")
    known = tuple(readable(kind))
    for name in names:
        if normal(name) in known or normal(name) in NOTES:
            continue
        told = "belongs to the database and is never read" if normal(name) in PROTECTED else "is not known"
        hint = "" if normal(name) in PROTECTED else nearest(normal(name), known)
        made.warnings.append(screen(f"{sheet.name}: the column “{name[:60]}” {told}; it is left out{hint}"))


def differing(stored: Values, values: Values) -> Iterator[tuple[str, tuple[object, object]]]:
    """The columns in which `values` says something else than the stored record."""
    for name, value in values.items():
        old = stored[name]
        if (value != old or type(value) is not type(old)) and not (value in (None, "") and old in (None, "")):
            yield name, (old, value)
