"""What is wished of the import of a dataset, what it came to, and how that is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from tracker.exchange.grid import Faulty
from tracker.text import screen, truncate

Gone = Literal["mark", "keep", "force"]
"""What becomes of rows that an earlier release of the dataset had: marked, left alone, or marked whatever the file."""

COUNTS = ("read", "new", "changed", "same", "gone", "rejected")
TOLD = 20
"""Rejected rows that are kept for telling; all of them are in the file of rejects."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be imported; `release` replaces what the profile finds."""

    dry_run: bool = False
    strict: bool = False
    gone: Gone = "mark"
    release: str = ""
    rejects: str = ""
    force: bool = False
    limits: bool = True
    reason: str = ""


@dataclass
class Result:
    """What an import came to; `batch` and `action` are 0 when nothing was written, and `held_back` says why."""

    name: str
    profile: str
    counts: Counter[str] = field(default_factory=Counter)
    batch: int = 0
    action: int = 0
    seconds: float = 0.0
    rejected: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    rejects: str = ""
    held_back: str = "nothing to import"

    @property
    def sentence(self) -> str:
        """The numbers in one line."""
        told = ", ".join(f"{self.counts[what]:,} {what}" for what in COUNTS)
        more = f", {self.counts['repeated']:,} repeated" if self.counts["repeated"] else ""
        skipped = f", {self.counts['skipped']:,} no records" if self.counts["skipped"] else ""
        where = f" ({self.rejects})" if self.rejects else ""
        begun = f"batch {self.batch}" if self.batch else self.held_back
        return f"{begun}: {told}{more}{skipped}{where} in {self.seconds:.1f} s"

    def as_json(self) -> dict[str, object]:
        """The numbers as a JSON document."""
        counts = {what: self.counts[what] for what in (*COUNTS, "kept", "repeated", "skipped")}
        return {
            "file": self.name, "profile": self.profile, "batch": self.batch or None, "action": self.action or None,
            **counts, "seconds": round(self.seconds, 2), "rejects": self.rejects or None, "warnings": self.warnings,
        }  # fmt: skip


def told_of(name: str, header: Sequence[str], row: Faulty) -> str:
    """A rejected row in a sentence: file, line, record, column, value and cure."""
    at = next((number for number, column in enumerate(header, 1) if column == row.column), 0)
    place = f", column {at} {row.column}" if at else (f", {row.column}" if row.column else "")
    quoted = "" if not row.value or f'"{row.value}"' in row.reason else f'"{truncate(row.value, 60)}" '
    return screen(f"{name}:{row.line}: record {row.number}{place}: {quoted}{row.reason}")


def told_change(key: str, changes: dict[str, tuple[object, object]]) -> str:
    """What a changed row changes, in a sentence: its id, and the first fields with the old and the new value."""
    told = ", ".join(f"{name} {_value(old)} → {_value(new)}" for name, (old, new) in list(changes.items())[:4])
    more = f" and {len(changes) - 4} more" if len(changes) > 4 else ""
    return screen(f"{key}: {told}{more}")


def _value(value: object) -> str:
    return "–" if value is None or value == "" else truncate(str(value), 30)
