"""What an import changed is put back: many records at once, with what somebody set since told or left alone."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Row as Found
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from tracker.errors import Conflict
from tracker.model.fields import Kind, StoredColumn
from tracker.model.kinds import BY_NAME, KINDS
from tracker.model.tables import Row
from tracker.model.values import problems
from tracker.store.hindrances import NOBODY, SHARED, Done, Hindrances
from tracker.store.ledger import Act, Changes, owners, reference_column

BLOCK = 1_000
"""Revisions that are read, compared and put back at once."""

_OPS = ("delete", "update", "restore")
"""Those that go make room first: two records of some kinds may not say the same."""

_INVERSE = {"delete": "restore", "restore": "delete"}
_TOGETHER = {"adopted": "source"}

Record = dict[str, Any]


class _Later(NamedTuple):
    """One change of a record after the revision that goes back; `own` when it is no undo and was not undone."""

    changes: dict[str, list[Any]]
    done: Done
    own: bool


def put_back(act: Act, action: int, hindrances: Hindrances, kinds: Collection[str]) -> int:
    """Apply the inverse of the revisions of `action` to records of `kinds`, the newest first; how many records.

    A field that somebody set since is met by `hindrances`: it stays, and once they say stop nothing more is written.
    """
    count = 0
    for block in _blocks(act, action, kinds):
        for wave in _waves(block):
            count += _Wave(act, action, hindrances).put_back(wave)
    return count


def _blocks(act: Act, action: int, kinds: Collection[str]) -> Iterator[Sequence[Found[Any]]]:
    log = Row.metadata.tables["revision"]
    bounds = select(func.min(log.c.id), func.max(log.c.id)).where(log.c.action_id == action)
    first, last = act.connection.execute(bounds).one()
    # The revisions of an import follow each other: by their ids they are read in bounded memory, without sorting.
    while first is not None and last >= first:
        query = select(log).where(log.c.action_id == action, log.c.id <= last, log.c.id > last - BLOCK)
        yield act.connection.execute(query.where(log.c.kind.in_(kinds)).order_by(log.c.id.desc())).all()
        last -= BLOCK


def _waves(rows: Sequence[Found[Any]]) -> Iterator[list[Found[Any]]]:
    """The revisions in their order, so that none has two of one record."""
    waves: list[list[Found[Any]]] = []
    met: dict[tuple[str, int], int] = {}
    for row in rows:
        place = met.get(key := (row.kind, row.record_id), 0)
        met[key] = place + 1
        if place == len(waves):
            waves.append([])
        waves[place].append(row)
    yield from waves


class _Wave:
    """One revision each of many records."""

    def __init__(self, act: Act, action: int, hindrances: Hindrances) -> None:
        self._act = act
        self._action = action
        self._hindrances = hindrances

    def put_back(self, rows: Sequence[Found[Any]]) -> int:
        """How many records were put back."""
        written: dict[tuple[str, str], list[tuple[Record, Changes]]] = {}
        by_kind: dict[str, list[Found[Any]]] = {}
        for row in rows:
            by_kind.setdefault(row.kind, []).append(row)
        for kind, some in by_kind.items():
            for op, there, changes in self._changes(BY_NAME[kind], some):
                written.setdefault((op, kind), []).append((there, changes))
        count = 0
        for op, kind in sorted(written, key=lambda key: _OPS.index(key[0])):
            if not self._hindrances.stop:
                count += self._write(kind, op, written[op, kind])
        return count

    def _changes(self, kind: Kind, rows: Sequence[Found[Any]]) -> Iterator[tuple[str, Record, Changes]]:
        # The text of an article is long, and no import changes it.
        long = {"text"} - {name for row in rows for name in row.changes}
        ids = [row.record_id for row in rows]
        records = self._act.fetch_all(kind.name, ids, without=long)
        later = self._later(kind, [row for row in rows if records[row.record_id]["version"] != row.version])
        for row in rows:
            there = records[row.record_id]
            back = self._back(kind, row, there, later.get(row.record_id, ()))
            op = _INVERSE.get(row.op, "update")
            if back:
                yield op if op == "update" or "deleted_at" in back else "update", there, back

    def _later(self, kind: Kind, rows: Sequence[Found[Any]]) -> dict[int, list[_Later]]:
        if not rows:
            return {}
        log, actions, batch = (Row.metadata.tables[name] for name in ("revision", "action", "batch"))
        own = actions.c.reverts_id.is_(None) & actions.c.reverted.is_(False)
        query = (
            select(log.c.id, log.c.record_id, log.c.changes, actions.c.who, actions.c.at, batch.c.id, own)
            .join(actions, actions.c.id == log.c.action_id)
            .outerjoin(batch, batch.c.action == actions.c.id)
            .where(log.c.kind == kind.name, log.c.record_id.in_([row.record_id for row in rows]))
            .where(log.c.id > min(row.id for row in rows), log.c.action_id.notin_((self._act.id, self._action)))
        )
        after = {row.record_id: row.id for row in rows}
        met: dict[int, list[_Later]] = {}
        for id_, record_id, changes, who, at, number, mine in self._act.connection.execute(query.order_by(log.c.id)):
            if id_ > after[record_id]:
                met.setdefault(record_id, []).append(_Later(changes, Done(who, at, number or 0), bool(mine)))
        return met

    def _back(self, kind: Kind, row: Found[Any], there: Record, later: Sequence[_Later]) -> Changes:
        """What goes back of one record; the fields that stay are met."""
        back: Changes = {
            name: [there[name], old] for name, (old, _) in row.changes.items() if not _same(name, there[name], old)
        }
        touched = _touched(kind, row, there, later)
        going = {name: pair for name, pair in back.items() if _field(kind, name) not in touched}
        if later:
            going = _in_order(kind, there, going)
        if stay := dict.fromkeys(_field(kind, name) for name in back if name not in going):
            ref = f"{kind.prefix}-{row.record_id}"
            self._hindrances.keep(ref, [(name, _value(kind, there, name)) for name in stay], _done(kind, later, stay))
        return going

    def _write(self, kind: str, op: str, changed: list[tuple[Record, Changes]]) -> int:
        if op == "delete" and kind in SHARED:
            changed = self._unused(kind, changed)
        try:
            with self._act.connection.begin_nested():
                self._act.change_all(kind, op, changed)
        except IntegrityError:
            return sum(self._one(kind, op, there, changes) for there, changes in changed)
        return len(changed)

    def _one(self, kind: str, op: str, there: Record, changes: Changes) -> int:
        """By itself, so that the one is found for which there is no room any more."""
        try:
            self._act.change(kind, there, op, changes)
        except Conflict:
            ref = f"{BY_NAME[kind].prefix}-{there['id']}"
            self._hindrances.keep(ref, [(name, there[name]) for name in changes], NOBODY)
            return 0
        return 1

    def _unused(self, kind: str, changed: list[tuple[Record, Changes]]) -> list[tuple[Record, Changes]]:
        ids = ", ".join(str(there["id"]) for there, _ in changed)
        query = f"SELECT id FROM {kind} WHERE id IN ({ids}){unused(kind)}"
        free = {row[0] for row in self._act.connection.execute(text(query))}
        return [(there, changes) for there, changes in changed if there["id"] in free]


def _done(kind: Kind, later: Sequence[_Later], fields: Container[str]) -> Done:
    """Whose work stays with these fields: the last who set one of them, else who worked on the record last."""
    own = [one for one in later if one.own] or later
    there = [one.done for one in own if any(_field(kind, name) in fields for name in one.changes)]
    return (there or [one.done for one in own] or [NOBODY])[-1]


def _touched(kind: Kind, row: Found[Any], there: Record, later: Sequence[_Later]) -> set[str]:
    """The fields that are not as the revision left them: the parts of a date belong together."""
    first: dict[str, Any] = {}
    for one in later:
        for name, (old, _) in one.changes.items():
            first.setdefault(name, old)
    left = first | {name: new for name, (_, new) in row.changes.items()}
    before = {name: old for name, (old, _) in row.changes.items()}
    return {
        _field(kind, name)
        for name, value in left.items()
        if not _same(name, there[name], value) and not (name in before and _same(name, there[name], before[name]))
    }


def _in_order(kind: Kind, there: Record, going: Changes) -> Changes:
    """Without what would break a rule that the record keeps now: a figure does not fall below the one beneath it."""
    known = {name for name, _ in problems(kind, there)}
    broken = [name for name, _ in problems(kind, there | {name: old for name, (_, old) in going.items()})]
    groups = {_group(name) for name in broken if name not in known}
    return {name: pair for name, pair in going.items() if _group(_field(kind, name)) not in groups} if groups else going


def _group(field: str) -> str:
    """Fields that are held against each other share it: the three figures of a measure, a source and its adoption."""
    stem, _, end = field.rpartition("_")
    return stem if end in ("low", "best", "high") else _TOGETHER.get(field, field)


def _field(kind: Kind, column: str) -> str:
    return _fields(kind.name).get(column, column)


@cache
def _fields(kind: str) -> dict[str, str]:
    return {stored.name: stored.field for stored in BY_NAME[kind].columns}


def _value(kind: Kind, there: Record, field: str) -> Any:
    declared = kind.by_name.get(field)
    if declared is None:
        return there[field]
    return next((there[column.name] for column in declared.columns if there[column.name] is not None), None)


def _same(name: str, one: Any, other: Any) -> bool:
    """When a deletion was stamped makes no difference."""
    return (one is None) == (other is None) if name == "deleted_at" else bool(one == other)


def unused(kind: str) -> str:
    """SQL, to go on a WHERE: no record that is not deleted refers to it."""
    parts = []
    for owner, reference, _ in owners(kind):
        column = reference_column(reference)
        if any(index[0] == column for index in owner.indexes):
            parts.append(
                f" AND NOT EXISTS (SELECT 1 FROM {owner.name} o WHERE o.{column} = {kind}.id AND o.deleted_at IS NULL)"
            )
        else:
            # Without an index each look would read the whole table: it is read once.
            parts.append(
                f" AND {kind}.id NOT IN"
                f" (SELECT o.{column} FROM {owner.name} o WHERE o.{column} IS NOT NULL AND o.deleted_at IS NULL)"
            )
    return "".join(parts)


def require_whole(act: Act, batch: int) -> None:
    """Conflict when a record that came back refers to one that was deleted since, or one that went is still used."""
    log = "revision r WHERE r.action_id = :act"
    touched = act.connection.execute(text(f"SELECT DISTINCT r.kind, r.op FROM {log}"), {"act": act.id}).all()
    kinds = {kind for kind, _ in touched}
    gone = {kind for kind, op in touched if op == "delete"}
    for kind in KINDS:
        for column in (column for column in kind.columns if column.target):
            ends = f"t.deleted_at IS NULL AND x.deleted_at IS NOT NULL AND x.id = t.{column.name}"
            both = f"SELECT t.id, x.id FROM {kind.name} t, {column.target} x"
            # Joined to nothing the kind would lure SQLite to its index, and through the history of all such records.
            of = f"{log} AND r.kind || '' = '%s' AND r.record_id = %s.id"
            queries = [f"{both} WHERE t.batch_id = :batch AND {ends}"]
            if kind.name in kinds:
                queries.append(f"{both}, {of % (kind.name, 't')} AND {ends}")
            if column.target in gone:
                queries.append(f"{both}, {of % (column.target, 'x')} AND {ends}")
            _require_none(act, batch, kind, column, queries)


def _require_none(act: Act, batch: int, kind: Kind, column: StoredColumn, queries: Sequence[str]) -> None:
    for query in queries:
        found = act.connection.execute(text(f"{query} LIMIT 1"), {"act": act.id, "batch": batch}).first()
        if found:
            ref, target = f"{kind.prefix}-{found[0]}", f"{BY_NAME[column.target].prefix}-{found[1]}"
            raise Conflict(
                f"cannot be undone: {ref} would rest on a deleted record ({target});"
                " undo that first, or edit it by hand",
                ref=ref,
            )
