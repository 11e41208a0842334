"""Changes that a bulk load makes to records that are there already: each with its revision, many at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from tracker.store.bulk_link import Link

Changes = dict[str, tuple[Any, Any]]
"""Column name → (old, new)."""


class Known(NamedTuple):
    """A record as a change of it must name it."""

    id: int
    uid: str
    version: int


class Log:
    """Writes changes under one action; `touched` counts the records that were changed."""

    def __init__(self, link: Link, action: int, stamp: str) -> None:
        self._link = link
        self.action = action
        self.stamp = stamp
        self.touched = 0

    def change(self, kind: str, op: str, changed: Iterable[tuple[Known, Changes]]) -> None:
        """Change records of one kind; every one grows one version older and gets a revision."""
        some = [(known, changes) for known, changes in changed if changes]
        by_columns: dict[tuple[str, ...], list[Sequence[object]]] = {}
        for known, changes in some:
            new = [value for _, value in changes.values()]
            by_columns.setdefault(tuple(changes), []).append((*new, known.version + 1, self.stamp, known.id))
        for columns, rows in by_columns.items():
            sets = ", ".join(f'"{name}" = ?' for name in columns)
            self._link.many(f"UPDATE {kind} SET {sets}, version = ?, updated_at = ? WHERE id = ?", rows)
        self._link.insert("revision", _REVISION, (
            (self.action, kind, known.id, known.uid, op, known.version + 1, _told(changes)) for known, changes in some
        ))  # fmt: skip
        self.touched += len(some)

    def delete(self, kind: str, known: Iterable[Known]) -> None:
        """Mark records deleted."""
        self.change(kind, "delete", [(one, {"deleted_at": (None, self.stamp)}) for one in known])

    def restore(self, kind: str, ids: Sequence[int]) -> None:
        """Bring deleted records back."""
        for id_ in ids:
            uid, version, deleted = self._link.rows(
                f"SELECT uid, version, deleted_at FROM {kind} WHERE id = ?", (id_,)
            )[0]
            if deleted is not None:
                self.change(kind, "restore", [(Known(id_, uid, version), {"deleted_at": (deleted, None)})])


_REVISION = ("action_id", "kind", "record_id", "uid", "op", "version", "changes")


def _told(changes: Changes) -> str:
    shown = {name: [_plain(name, old), _plain(name, new)] for name, (old, new) in changes.items()}
    return json.dumps(shown, ensure_ascii=False)


def _plain(name: str, value: Any) -> Any:
    """A JSON column is told as what it holds, not as its text."""
    return json.loads(value) if name == "extra" and isinstance(value, str) else value
