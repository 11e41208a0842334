"""What is wished of the import of a dataset, what it came to, and how that is told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from tracker.exchange.grid import Faulty
from tracker.text import screen, truncate

Gone = Literal["mark", "keep", "force"]
"""What becomes of rows that an earlier release of the dataset had: marked, left alone, or marked whatever the file."""

COUNTS = ("read", "new", "changed", "same", "gone", "rejected")
TOLD, TOLD_ALL = 20, 1000
"""Rows of a sort that are kept for telling, as a rule and when all are wished; rejects are all in their file."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be imported; `release` replaces what the profile finds, `verbose` tells every changed row."""

    dry_run: bool = False
    strict: bool = False
    gone: Gone = "mark"
    release: str = ""
    rejects: str = ""
    force: bool = False
    limits: bool = True
    reason: str = ""
    verbose: bool = False


@dataclass
class Result:
    """What an import came to; `batch` and `action` are 0 when nothing was written, and `held_back` says why.

    `kept` counts by field what a person had edited and the file says otherwise, `edits` tells the incidents.
    """

    name: str
    profile: str
    counts: Counter[str] = field(default_factory=Counter)
    batch: int = 0
    action: int = 0
    seconds: float = 0.0
    rejected: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)
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
            "kept_fields": dict(self.kept),
        }  # fmt: skip


def told_of(name: str, header: Sequence[str], row: Faulty) -> str:
    """A rejected row in a sentence: file, line, record, column, value and cure."""
    at = next((number for number, column in enumerate(header, 1) if column == row.column), 0)
    place = f", column {at} {row.column}" if at else (f", {row.column}" if row.column else "")
    quoted = "" if not row.value or f'"{row.value}"' in row.reason else f'"{truncate(row.value, 60)}" '
    return screen(f"{name}:{row.line}: record {row.number}{place}: {quoted}{row.reason}")


def told_change(key: str, changes: dict[str, tuple[object, object]]) -> str:
    """What a changed row changes, in a sentence: its id, and the first fields with the old and the new value."""
    each = [one for name, (old, new) in changes.items() for one in _differing(name, old, new)]
    told = ", ".join(f"{name} {_value(old)} → {_value(new)}" for name, old, new in each[:4])
    more = f" and {len(each) - 4} more" if len(each) > 4 else ""
    return screen(f"{key}: {told}{more}")


def told_edit(key: str, fields: Sequence[str]) -> str:
    """Which fields of an incident stay as they were edited here, in a sentence."""
    return screen(f"{key}: edited here and not overwritten: {', '.join(fields)}")


def _differing(name: str, old: object, new: object) -> list[tuple[str, object, object]]:
    """A field with its old and new value; of kept columns only those that differ, each as `extra.column`."""
    if name != "extra":
        return [(name, old, new)]
    before, after = _object(old), _object(new)
    columns = [one for one in {**before, **after} if before.get(one) != after.get(one)]
    return [(f"extra.{one}", before.get(one), after.get(one)) for one in columns]


def _object(value: object) -> dict[str, object]:
    found = json.loads(value) if isinstance(value, str) else value
    return found if isinstance(found, dict) else {}


def _value(value: object) -> str:
    return "–" if value is None or value == "" else truncate(str(value), 30)
