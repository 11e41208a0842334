"""Carrying a plan out: one transaction, one step of undo, or nothing; and the rejected rows as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tracker.errors import Conflict, Refused, TrackerError
from tracker.exchange.atomic import require_writable
from tracker.exchange.cells import original
from tracker.exchange.grid import Faulty
from tracker.exchange.links import Pending
from tracker.exchange.plan import OUTCOMES, Entry, Plan, Rejection
from tracker.exchange.rejects import RejectFile
from tracker.model.fields import Kind
from tracker.model.values import Values
from tracker.text import unguard

if TYPE_CHECKING:
    from tracker.store.casebook import Casebook
    from tracker.store.ledger import Act, Saved

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Report:
    """What an import came to: `action` is its step of undo, 0 when nothing was written; `counts` by kind."""

    action: int
    counts: dict[str, dict[str, int]]
    sentence: str

    def total(self, outcome: str) -> int:
        """How many rows of all kinds came to this: read, new, changed, same, conflict or rejected."""
        return sum(counts[outcome] for counts in self.counts.values())

    def as_json(self) -> dict[str, object]:
        """The numbers as a JSON document."""
        totals = {outcome: self.total(outcome) for outcome in ("read", *OUTCOMES)}
        return {"action": self.action or None, **totals, "kinds": self.counts}


def load(
    casebook: Casebook,
    planned: Plan,
    sentence: str = "",
    *,
    strict: bool = False,
    dry_run: bool = False,
    reason: str = "",
) -> Report:
    """Write what `planned` says, as one action with this sentence.

    Nothing is written on a `dry_run`, or when `strict` and any row was rejected or contested. Raises Conflict or
    Refused, with the place in the file, when the database changed since the plan was made; then nothing is written.
    """
    counts = {name: {o: n[o] for o in ("read", *OUTCOMES)} for name, n in planned.counts.items()}
    if dry_run or (strict and not planned.clean) or not planned.entries:
        why = "would be: " if dry_run else "nothing imported: " if planned.entries else ""
        return Report(0, counts, f"{why}{planned}")
    said = sentence or _sentence(planned)

    def work(act: Act) -> tuple[Saved, str]:
        _Loader(act).load(planned.entries)
        return act.outcome(), said

    return Report(casebook.unit("import", reason, work).action, counts, str(planned))


def _sentence(planned: Plan) -> str:
    new, changed = planned.count("new"), planned.count("changed")
    told = " and ".join(f"{n:,} {what}" for n, what in ((new, "new"), (changed, "changed")) if n)
    names = [sheet.name for sheet in planned.sheets]
    source = names[0] if len(names) == 1 else f"{len(names)} files"
    return f"Imported {told} record{'s' * (new + changed != 1)} from {source}"


class _Loader:
    """Writes entries kind by kind: rows in their order, so that ids follow the file."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.ids: dict[tuple[str, str], int] = {}

    def load(self, entries: Sequence[Entry]) -> None:
        for kind, group in groupby(entries, key=lambda entry: entry.kind):
            some = list(group)
            self._add(kind, [entry for entry in some if entry.outcome != "changed"])
            for entry in some:
                if entry.outcome == "changed":
                    self._placed(entry, self._edit, entry)

    def _add(self, kind: Kind, entries: list[Entry]) -> None:
        late: list[tuple[Entry, Values]] = []
        for entry in entries:
            now, later = self._ready(entry.values)
            # The references that follow are one more change; the version at the end is the one of the file.
            version = entry.version - 1 if later else entry.version
            saved = self._placed(entry, self._write, entry, now, version)
            self.ids[kind.name, entry.uid] = saved.id
            if later:
                late.append((entry, later))
        for entry, later in late:
            values, _ = self._ready(later)
            self._placed(entry, self._edit_later, entry, values)

    def _ready(self, values: Values) -> tuple[Values, Values]:
        """The values whose references have ids by now, and the rest."""
        now: Values = {}
        later: Values = {}
        for name, value in values.items():
            if not isinstance(value, Pending):
                now[name] = value
            elif found := self.ids.get((value.kind, value.uid)):
                now[name] = found
            else:
                later[name] = value
        return now, later

    def _write(self, entry: Entry, values: Values, version: int) -> Saved:
        if entry.outcome == "new" or entry.id is None:
            return self.act.add(entry.kind.name, values, uid=entry.uid, version=version, typed=False)
        there = self.act.fetch(entry.kind.name, entry.id)
        changes: dict[str, list[object]] = {"deleted_at": [there["deleted_at"], None]}
        changes |= {name: [there[name], value] for name, value in values.items() if there[name] != value}
        return self.act.change(entry.kind.name, there, "restore", changes)

    def _edit(self, entry: Entry) -> Saved:
        changed = {name: new for name, (_, new) in entry.changes.items()}
        values, _ = self._ready(changed)
        return self.act.edit(entry.kind.name, entry.id or 0, values, version=entry.version, typed=False)

    def _edit_later(self, entry: Entry, values: Values) -> Saved:
        record_id = self.ids[entry.kind.name, entry.uid]
        return self.act.edit(entry.kind.name, record_id, values, version=None, typed=False)

    def _placed(self, entry: Entry, work: Callable[..., Result], *given: object) -> Result:
        """Do one piece of work; a refusal says which row it came from."""
        try:
            return work(*given)
        except Conflict as error:
            raise Conflict(f"{entry.origin}: {error}; nothing was imported, try again", ref=error.ref) from error
        except TrackerError as error:
            raise Refused(f"{entry.origin}: {error}; nothing was imported") from error


def _reject_files(path: str | Path, planned: Plan) -> list[tuple[str, list[Rejection]]]:
    """The name of each file of rejected rows, and what goes into it."""
    ordered = sorted(planned.rejections, key=lambda rejection: rejection.kind.plural)
    groups = [(kind, list(group)) for kind, group in groupby(ordered, key=lambda rejection: rejection.kind)]
    if len(groups) == 1:
        return [(str(path), groups[0][1])]
    suffix = Path(path).suffix
    return [(str(Path(path).with_suffix(f".{kind.plural}{suffix}")), group) for kind, group in groups]


def require_rejects_writable(path: str | Path, planned: Plan, *, force: bool = False) -> None:
    """Refuse now (Refused) where `write_rejects` would be refused, before anything is imported."""
    for name, _ in _reject_files(path, planned):
        require_writable(name, force=force)


def write_rejects(path: str | Path, planned: Plan, *, force: bool = False) -> list[str]:
    """Write the rejected rows as they were read, with record, line, column and reason, and give back the files' names.

    One file as named for one kind; for more, one each with the kind in its name. Corrected, each can be imported again.
    Nothing is written when nothing was rejected.
    """
    written = []
    for name, rejections in _reject_files(path, planned):
        names = (name for one in rejections for name in (*one.origin.sheet.header, *one.origin.row.cells))
        header = tuple(dict.fromkeys(names))
        with RejectFile(name, header, force=force) as file:
            for one in rejections:
                file.add(_faulty(one, header))
        written.append(name)
    return written


def _faulty(one: Rejection, header: tuple[str, ...]) -> Faulty:
    row, fault = one.origin.row, one.fault
    cells = original(header, row)
    if one.origin.sheet.delimiter:
        cells = map(unguard, cells)
    return Faulty(row.number, row.line, tuple(cells), fault.column, fault.value, fault.reason)
