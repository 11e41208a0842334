"""What the store's tests share: records made in one line, and all that a database holds, to be compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from typing import Any, Protocol

from tracker.model.kinds import KINDS
from tracker.store.casebook import Casebook
from tracker.store.database import Database, connect
from tracker.store.ledger import Saved

BOOKKEEPING = ("version", "updated_at", "deleted_at")
"""Columns that differ after an action was taken back; of `deleted_at` only whether it is set is compared."""

Rows = dict[str, dict[int, dict[str, Any]]]


class Adds(Protocol):
    """A casebook or an action under way."""

    def add(self, kind: str, values: dict[str, object]) -> Saved:
        """Write a record."""
        ...


def actor(book: Adds, name: str, **more: object) -> int:
    """A new actor; its id."""
    return book.add("actor", {"name": name, "kind": "armed_group", **more}).id


def incident(book: Adds, title: str = "Shelling of the harbour", **more: object) -> int:
    """A new incident; its id."""
    return book.add("incident", {"title": title, "category": "armed_clash", "status": "reported", **more}).id


def source(book: Adds, title: str = "Harbour shelled", **more: object) -> int:
    """A new source; its id."""
    return book.add("source", {"title": title, "kind": "news_article", **more}).id


def statement(book: Adds, speaker: int, quote: str = "We did it", **more: object) -> int:
    """A new verbatim statement; its id."""
    values = {"speaker_id": speaker, "kind": "announce", "mode": "verbatim", "quote": quote, **more}
    return book.add("statement", values).id


def involvement(book: Adds, incident_id: int, actor_id: int, role: str = "perpetrator", **more: object) -> int:
    """A new involvement; its id."""
    return book.add("involvement", {"incident_id": incident_id, "actor_id": actor_id, "role": role, **more}).id


ALL = tuple(kind.name for kind in KINDS)


def everything(where: Database, kinds: Sequence[str] = ALL) -> Rows:
    """Every row of the kinds by id; stamps and versions left out, `deleted_at` as whether it is set."""
    with closing(connect(where, writing=False)) as raw:
        return {kind: _rows(raw, kind) for kind in kinds}


def alive(where: Database, kinds: Sequence[str] = ALL) -> Rows:
    """Every row of the kinds that is not deleted."""
    found = everything(where, kinds)
    return {kind: {key: row for key, row in rows.items() if not row["deleted"]} for kind, rows in found.items()}


def _rows(raw: Any, table: str) -> dict[int, dict[str, Any]]:
    cursor = raw.execute(f"SELECT * FROM {table} ORDER BY id")
    names = [column[0] for column in cursor.description]
    found = {}
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        row.pop("document", None)
        deleted = row["deleted_at"] is not None
        found[row["id"]] = {key: row[key] for key in row if key not in BOOKKEEPING} | {"deleted": deleted}
    return found


def history(where: Database) -> list[tuple[Any, ...]]:
    """Every action and every revision, to see whether one was left behind."""
    with closing(connect(where, writing=False)) as raw:
        actions = raw.execute("SELECT id, who, verb, sentence, reverted FROM action ORDER BY id").fetchall()
        log = raw.execute("SELECT id, action_id, kind, record_id, op, version, changes FROM revision ORDER BY id")
        changes = [(*row[:6], json.loads(row[6]) if isinstance(row[6], str) else row[6]) for row in log.fetchall()]
    return [*map(tuple, actions), *changes]


def ids(rows: Sequence[tuple[Any, ...]]) -> list[int]:
    """The first column."""
    return [row[0] for row in rows]


__all__ = [
    "Casebook", "Rows", "actor", "alive", "everything", "history", "ids", "incident", "involvement", "source",
    "statement",
]  # fmt: skip
