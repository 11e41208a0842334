"""The part of a check that holds every record to its history: what was last written is what must be there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tracker.model.fields import Kind
from tracker.model.kinds import KINDS
from tracker.store.check_report import Finding, wrong
from tracker.store.database import Reader

HISTORY = "histories"
_BLOCK, _BLOCK_OF_TEXTS = 1_000, 20


def history(reader: Reader) -> Iterator[Finding]:
    """Every record that has a history, against what its revisions last set each column to."""
    for kind in KINDS:
        size = _BLOCK_OF_TEXTS if kind.name == "source" else _BLOCK
        json_columns = {"extra", *(column.name for column in kind.columns if column.type == "json")}
        after = 0
        while last := _last_id(reader, kind, after, size):
            yield from _block(reader, kind, json_columns, after, last)
            after = last


def _last_id(reader: Reader, kind: Kind, after: int, size: int) -> int:
    block = f"SELECT id FROM {kind.name} WHERE id > ? ORDER BY id LIMIT ?"
    return int(reader.rows(f"SELECT coalesce(max(b.id), 0) FROM ({block}) AS b", (after, size))[0][0])


def _block(reader: Reader, kind: Kind, json_columns: set[str], after: int, last: int) -> Iterator[Finding]:
    """The records with ids in (after, last]."""
    written: dict[int, dict[str, Any]] = {}
    log = "SELECT record_id, version, changes FROM revision WHERE kind = ? AND record_id > ? AND record_id <= ? "
    for record_id, version, changes in reader.rows(f"{log} ORDER BY record_id, id", (kind.name, after, last)):
        changed = json.loads(changes) if isinstance(changes, str) else changes
        written.setdefault(record_id, {}).update({name: new for name, (_, new) in changed.items()}, version=version)
    if not written:
        return
    names = ("id", "version", "deleted_at", "batch_id", "extra", *kind.column_names)
    columns = ", ".join(f'"{name}"' for name in names)
    for row in reader.rows(f"SELECT {columns} FROM {kind.name} WHERE id > ? AND id <= ?", (after, last)):
        record = dict(zip(names, row, strict=True))
        if expected := written.get(record["id"]):
            yield Finding(HISTORY, 1)
            yield from _differences(kind, json_columns, record, expected)


def _differences(
    kind: Kind, json_columns: set[str], record: dict[str, Any], expected: dict[str, Any]
) -> Iterator[Finding]:
    for name, value in expected.items():
        there = record.get(name)
        if name in json_columns and isinstance(there, str):
            there = json.loads(there)
        if there != value:
            told = f"its {name.replace('_', ' ')} is not what the history last set it to: "
            yield wrong(HISTORY, f"{kind.prefix}-{record['id']}", f"{told}changed from outside, or damaged")
