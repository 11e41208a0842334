"""What was done to the records: actions, newest first, each with what it changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tracker.model.kinds import BY_NAME
from tracker.store.database import Reader
from tracker.store.lookup import find, ref

SHOWN = 20
"""Changed records that are read of one action; an import changes thousands."""

_ACTION = "SELECT a.id, a.at, a.who, a.verb, a.sentence, a.reason, a.reverted FROM action a"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action; the ids are the order of history.

    `changes` are the first records it changed, each as {"ref", "kind", "id", "op", "version", "changes"}, the last of
    them mapping column names to [old, new]; `touched` is how many records it changed.
    """

    id: int
    at: str
    who: str
    verb: str
    sentence: str
    reason: str
    reverted: bool
    changes: tuple[dict[str, Any], ...]
    touched: int


def actions(reader: Reader, limit: int, ref: str | None = None) -> list[ActionRow]:
    """The newest `limit` actions; with `ref`, those that changed that record, and only what they did to it.

    A deleted record has its history too. Raises UsageError for a REF that never was.
    """
    if ref is None:
        rows = reader.rows(f"{_ACTION} ORDER BY a.id DESC LIMIT ?", (limit,))
        return [_row(reader, row) for row in rows]
    kind, id_ = find(reader, ref, deleted=True)
    return of_record(reader, kind.name, id_, limit)


def of_record(reader: Reader, kind: str, id_: int, limit: int) -> list[ActionRow]:
    """The newest `limit` actions that changed a record, and what they did to it; the import that brought it, too."""
    rows = reader.rows(
        f"{_ACTION} WHERE a.id IN (SELECT r.action_id FROM revision r WHERE r.kind = ? AND r.record_id = ?)"
        f" OR a.id = (SELECT b.action FROM batch b JOIN {kind} t ON t.batch_id = b.id WHERE t.id = ?)"
        " ORDER BY a.id DESC LIMIT ?",
        (kind, id_, id_, limit),
    )
    return [_row(reader, row, " AND r.kind = ? AND r.record_id = ?", (kind, id_)) for row in rows]


def _row(reader: Reader, row: tuple[Any, ...], also: str = "", parameters: tuple[object, ...] = ()) -> ActionRow:
    where = f"FROM revision r WHERE r.action_id = ?{also}"
    changed = reader.rows(
        f"SELECT r.kind, r.record_id, r.op, r.version, r.changes {where} ORDER BY r.id LIMIT {SHOWN}",
        (row[0], *parameters),
    )
    touched = len(changed)
    if touched == SHOWN:
        touched = int(reader.rows(f"SELECT count(*) {where}", (row[0], *parameters))[0][0])
    id_, at, who, verb, sentence, reason, reverted = row
    changes = tuple(_change(*one) for one in changed)
    return ActionRow(id_, at, who, verb, sentence, reason, bool(reverted), changes, touched)


def _change(kind: str, id_: int, op: str, version: int, changes: Any) -> dict[str, Any]:
    told = json.loads(changes) if isinstance(changes, str) else changes
    return {
        "ref": ref(BY_NAME[kind], id_), "kind": kind, "id": id_, "op": op, "version": version, "changes": told,
    }  # fmt: skip
