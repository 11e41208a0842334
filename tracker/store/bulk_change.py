"""A row of a dataset that has changed: its incident and what hangs on it follow, what people edited stays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tracker.model.kinds import INCIDENT
from tracker.store.bulk_children import Children
from tracker.store.bulk_edits import Edits, edits
from tracker.store.bulk_keys import stems
from tracker.store.bulk_link import Link, in_blocks, marks, quoted
from tracker.store.bulk_links import Links
from tracker.store.bulk_log import Changes, Known, Log
from tracker.store.bulk_lookup import Stored
from tracker.store.bulk_rows import Rows
from tracker.store.incoming import Incoming

Told = dict[str, tuple[object, object]]
"""Field → (old, new); ("kept", field) for what a person edited."""

KEPT = "kept"
FIELD_OF = {column.name: column.field for column in INCIDENT.columns} | {"extra": "extra"}
_DATE = "date_edtf"


class Change:
    """Brings incidents of one dataset to what their rows say now."""

    def __init__(self, link: Link, log: Log, rows: Rows, links: Links, dataset: str, release: str) -> None:
        self._link = link
        self._log = log
        self._rows = rows
        self._links = links
        self._dataset = dataset
        self._release = release or None
        self._children = Children(link, log, rows)

    def change(self, rows: Incoming, stored: Sequence[Stored]) -> list[Told]:
        """Per row what differed."""
        ids = [one.id for one in stored]
        self._rows.learn(rows)
        columns = list(rows.incident)
        there = self._there(ids, columns)
        edited = edits(self._link, "incident", ids)
        told: list[Told] = [{} for _ in ids]
        changed: list[tuple[Known, Changes]] = []
        back: list[int] = []
        for row, id_ in enumerate(ids):
            record = there[id_]
            if record["deleted_at"] is not None:
                back.append(id_)
                told[row]["deleted_at"] = (record["deleted_at"], None)
            new = {name: rows.incident[name][row] for name in columns}
            changes = self._differences(record, new, edited.get(id_, {}), told[row])
            if changes and record["release"] != self._release and self._release:
                changes["release"] = (record["release"], self._release)
            if changes:
                changed.append((Known(id_, record["uid"], record["version"] + (id_ in back)), changes))
        self._log.restore("incident", back)
        searched = [known.id for known, changes in changed if not SEARCHED.isdisjoint(changes)]
        self._link.unsearched("incident", searched)
        self._log.change("incident", "update", changed)
        self._link.searched("incident", searched)
        stem = stems(self._dataset, rows.external_ids)
        for row, more in enumerate(self._children.change(rows, ids, stem)):
            told[row].update(more)
        self._links.wait(rows, ids, again=True)
        return told

    def _there(self, ids: Sequence[int], columns: Sequence[str]) -> dict[int, dict[str, Any]]:
        names = dict.fromkeys(["id", "uid", "version", "deleted_at", "release", "gone", *columns])
        found = {}
        for block in in_blocks(ids):
            query = f"SELECT {quoted(names)} FROM incident WHERE id IN ({marks(len(block))})"
            for row in self._link.rows(query, block):
                found[row[0]] = dict(zip(names, row, strict=True))
        return found

    def _differences(self, record: dict[str, Any], new: dict[str, Any], edited: Edits, told: Told) -> Changes:
        """The columns to be written; `told` gets the fields."""
        own = {FIELD_OF.get(name, name) for name in edited}
        changes: Changes = {}
        for name, value in new.items():
            old = record[name]
            if same(name, old, value):
                continue
            field = FIELD_OF[name]
            if field in own:
                told[field] = (KEPT, field)
                continue
            changes[name] = (old, value)
            if field != "date":
                told[field] = (old, value)
            elif name == _DATE or field not in told:
                told[field] = (record.get(_DATE) or old, new.get(_DATE) or value)
        if record["gone"] is not None:
            changes["gone"] = told["gone"] = (record["gone"], None)
        return changes


SEARCHED = frozenset(INCIDENT.searched)


def same(name: str, old: Any, new: Any) -> bool:
    """Whether a stored value says what a row says; JSON is compared by what it holds."""
    if name == "extra":
        return bool(_held(old) == _held(new))
    return bool(old == new)


def _held(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
