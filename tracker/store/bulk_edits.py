"""What people did to imported records since: it outlives the next release of the dataset."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tracker.store.bulk_link import Link, in_blocks, marks

Edits = dict[str, Any]
"""Column name → the value that the import had set, for columns that a person has set to something else."""


_ROOT = (
    "WITH RECURSIVE up (verb, reverts_id) AS (SELECT a.verb, a.reverts_id"
    " UNION ALL SELECT p.verb, p.reverts_id FROM action p JOIN up ON p.id = up.reverts_id)"
    " SELECT verb FROM up WHERE reverts_id IS NULL"
)
"""What was done at first by the action a, which may undo or redo another."""


def edits(link: Link, kind: str, ids: Iterable[int]) -> dict[int, Edits]:
    """For each record that people changed: what stood there before in the columns they changed.

    A change that was taken back is none, nor is the taking back of an import. `deleted_at` is among the columns.
    """
    found: dict[int, Edits] = {}
    for block in in_blocks(list(ids)):
        rows = link.rows(
            f"SELECT r.record_id, r.changes, ({_ROOT}) FROM revision r JOIN action a ON a.id = r.action_id"
            f" WHERE r.kind = ? AND r.record_id IN ({marks(len(block))}) ORDER BY r.id",
            (kind, *block),
        )
        for record_id, changes, verb in rows:
            told = json.loads(changes) if isinstance(changes, str) else changes
            _take(found.setdefault(record_id, {}), told, imported=verb == "import")
    return {record_id: edited for record_id, edited in found.items() if edited}


def _take(edited: Edits, changes: dict[str, list[Any]], *, imported: bool) -> None:
    for name, (old, new) in changes.items():
        if imported:
            edited.pop(name, None)
        elif name not in edited:
            edited[name] = old
        elif _same(name, edited[name], new):
            del edited[name]


def _same(name: str, one: Any, other: Any) -> bool:
    """When a deletion was stamped makes no difference."""
    return (one is None) == (other is None) if name == "deleted_at" else bool(one == other)
