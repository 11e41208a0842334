"""What stands in the way of taking an import back: the work that people and later imports did on its records since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import text

from tracker.errors import Conflict
from tracker.model.kinds import BY_NAME, KINDS
from tracker.store.ledger import Act, owners, reference_column

SHARED = ("actor", "source")
"""Kinds of which other imports and people use the same records: those in use stay when an import goes."""

ADDED = tuple(
    kind.name for kind in KINDS if kind.name not in ("batch", "saved_view", "suggestion", "evidence", "citation")
)
"""The kinds of which an import makes records."""

TOLD = 20
LISTED = 1_000
"""So many hindrances are named in a refusal, and so many of the values that stayed are remembered."""


class Kept(NamedTuple):
    """A field that an import changed and that stays as somebody else set it since."""

    ref: str
    field: str
    value: Any
    who: str


class Done(NamedTuple):
    """Who did something and when; `batch` is the import it was, 0 for none."""

    who: str
    at: str
    batch: int = 0

    def __str__(self) -> str:
        told = f"by B-{self.batch}" if self.batch else f"by {self.who}"
        return f"{told}, {self.at[:16].replace('T', ' ')}" if self.at else told


NOBODY = Done("nobody known", "")


@dataclass
class Hindrances:
    """What is met on the way: with `force` what can stay stays, without it all is refused at the end."""

    batch: int
    force: bool = False
    again: bool = False
    count: int = 0
    told: list[str] = field(default_factory=list)
    newer: set[int] = field(default_factory=set)
    people: bool = False
    kept: list[Kept] = field(default_factory=list)
    kept_count: int = 0
    stayed: dict[str, int] = field(default_factory=dict)

    @property
    def stop(self) -> bool:
        """Whether nothing is to be written any more."""
        return bool(self.count) and not self.force

    def meet(self, ref: str, what: str, done: Done) -> None:
        """Somebody has worked on a record."""
        self.count += 1
        self.newer.update({done.batch} - {0})
        self.people = self.people or not done.batch
        if len(self.told) < TOLD:
            self.told.append(f"{ref} {what} ({done})")

    def keep(self, ref: str, fields: Iterable[tuple[str, Any]], done: Done) -> None:
        """These fields of a record stay as they are."""
        some = list(fields)
        self.meet(ref, f"has another {', '.join(name.replace('_', ' ') for name, _ in some)} since", done)
        self.kept_count += len(some)
        room = max(0, LISTED - len(self.kept))
        by = f"B-{done.batch}" if done.batch else done.who
        self.kept += [Kept(ref, name, value, by) for name, value in some[:room]]

    def require(self) -> None:
        """Raise Conflict that names the records, who worked on them and when, and the cure."""
        if not self.stop:
            return
        more = f"; and {self.count - len(self.told):,} more" if self.count > len(self.told) else ""
        many = f"{self.count:,} records were" if self.count > 1 else "a record was"
        way = "brought again" if self.again else "taken back"
        raise Conflict(
            f"B-{self.batch} cannot be {way}: {many} worked on since: {'; '.join(self.told)}{more}; {self._cure()}",
            ref=f"B-{self.batch}",
        )

    def _cure(self) -> str:
        ways = ["undo that first"] if self.people else []
        if self.newer:
            newest = max(self.newer)
            ways.insert(0, f"take B-{newest} back first (“tracker batch revert {newest}”)")
        return " and ".join(ways) + ("" if self.again else ", or use --force")


def look(act: Act, hindrances: Hindrances, action: int) -> list[tuple[str, int]]:
    """Meet what was done since `action` with the records it brought; gives back those that others rest on."""
    for kind in ADDED:
        _changed(act, hindrances, kind, action)
    return [found for kind in ADDED if kind not in SHARED for found in _used(act, hindrances, kind, action)]


def brought(kind: str, alias: str) -> str:
    """SQL: whether a record came with the batch, made or restored by its action."""
    return (
        f"({alias}.batch_id = :batch OR EXISTS (SELECT 1 FROM revision b WHERE b.kind = '{kind}'"
        f" AND b.record_id = {alias}.id AND b.action_id = :action AND b.op = 'restore'))"
    )


def _changed(act: Act, hindrances: Hindrances, kind: str, action: int) -> None:
    rows = act.connection.execute(
        text(
            f"SELECT t.id, max(a.id) FROM action a JOIN revision r ON r.action_id = a.id AND r.kind = '{kind}'"
            f" JOIN {kind} t ON t.id = r.record_id WHERE a.id > :action AND a.id <> :this AND a.reverts_id IS NULL"
            f" AND a.reverted = FALSE AND t.deleted_at IS NULL AND {brought(kind, 't')} GROUP BY t.id ORDER BY t.id"
        ),
        {"batch": hindrances.batch, "action": action, "this": act.id},
    )
    known: dict[int, Done] = {}
    for record_id, newest in rows:
        if newest not in known:
            known[newest] = done_by(act, newest)
        hindrances.meet(f"{BY_NAME[kind].prefix}-{record_id}", "was changed since", known[newest])


def _used(act: Act, hindrances: Hindrances, kind: str, action: int) -> list[tuple[str, int]]:
    queries = [(owner.name, f"o.{reference_column(reference)} = t.id") for owner, reference, _ in owners(kind)]
    if kind == "incident":
        queries.append(("tag", "o.of_kind = 'incident' AND o.of_id = t.id"))
    found: dict[int, None] = {}
    for user, joined in queries:
        rows = act.connection.execute(
            text(
                f"SELECT t.id, min(o.id), min(o.batch_id) FROM {kind} t JOIN {user} o ON {joined}"
                f" WHERE t.deleted_at IS NULL AND o.deleted_at IS NULL AND (o.batch_id IS NULL OR o.batch_id <> :batch)"
                f" AND {brought(kind, 't')} AND NOT EXISTS (SELECT 1 FROM revision n WHERE n.kind = '{user}'"
                " AND n.record_id = o.id AND n.action_id = :action) GROUP BY t.id ORDER BY t.id"
            ),
            {"batch": hindrances.batch, "action": action},
        )
        for record_id, by, batch in rows:
            done = _made_by(act, user, by, batch) if len(hindrances.told) < TOLD else Done("", "", batch or 0)
            what = f"is used by {BY_NAME[user].prefix}-{by}"
            hindrances.meet(f"{BY_NAME[kind].prefix}-{record_id}", what, done)
            found[record_id] = None
    return [(kind, record_id) for record_id in found]


def done_by(act: Act, action: int) -> Done:
    """Who did an action, and when."""
    row = act.connection.execute(
        text("SELECT a.who, a.at, b.id FROM action a LEFT JOIN batch b ON b.action = a.id WHERE a.id = :id"),
        {"id": action},
    ).first()
    return Done(row[0], row[1], row[2] or 0) if row else NOBODY


def _made_by(act: Act, kind: str, record_id: int, batch: int | None) -> Done:
    query = "SELECT action FROM batch WHERE id = :batch"
    if batch is None:
        query = "SELECT min(action_id) FROM revision WHERE kind = :kind AND record_id = :id AND op = 'create'"
    action = act.connection.execute(text(query), {"batch": batch, "kind": kind, "id": record_id}).scalar()
    return done_by(act, action) if action else NOBODY
