"""Links between incidents of one dataset: the other end may stand further down in the file, so they wait to the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tracker.store.bulk_edits import edits
from tracker.store.bulk_keys import STEM, derived, part_uid
from tracker.store.bulk_link import BLOCK, Link, in_blocks, marks
from tracker.store.bulk_log import Known, Log
from tracker.store.bulk_rows import Rows
from tracker.store.incoming import Incoming

_Ends = tuple[int, str, int]
"""A link by its first incident, its type and its other incident."""


class Links:
    """The links that rows ask for, in a temporary table until all incidents are there."""

    def __init__(self, link: Link, log: Log, rows: Rows, dataset: str) -> None:
        self._link = link
        self._log = log
        self._rows = rows
        self._dataset = dataset
        self._again: list[int] = []
        self._waiting = 0
        link.run("CREATE TEMPORARY TABLE waiting (n BIGINT, a_id BIGINT, type TEXT, other TEXT, place BIGINT)")
        link.run("CREATE INDEX waiting_of ON waiting (a_id)")

    def wait(self, rows: Incoming, ids: Sequence[int], *, again: bool = False) -> None:
        """Keep the links of these rows until the end; `again` for incidents that may have links already."""
        if again:
            self._again += ids
            if self._waiting:
                # What an earlier row of the same file asked for counts no longer.
                for block in in_blocks(ids):
                    self._link.run(f"DELETE FROM waiting WHERE a_id IN ({marks(len(block))})", block)
        if not rows.links:
            return
        places: dict[int, int] = {}
        kept = []
        for row, type_, other in rows.links:
            place = places[row] = places.get(row, -1) + 1
            self._waiting += 1
            kept.append((self._waiting, ids[row], type_, other, place))
        self._link.insert("waiting", ("n", "a_id", "type", "other", "place"), kept)

    def write(self) -> None:
        """Write every link whose other incident is there; the links that changed rows no longer have go."""
        if self._waiting:
            for block in self._found():
                self._insert(block)
        if self._again:
            self._drop()
        self._link.run("DROP TABLE waiting")

    def _found(self) -> Iterator[list[tuple[Any, ...]]]:
        """A block of links: both ids, the type, the uid of the first and the place in its row."""
        for start in range(0, self._waiting, BLOCK):
            yield self._link.rows(
                "SELECT w.a_id, b.id, w.type, a.uid, w.place, a.version FROM waiting w JOIN incident a ON a.id = w.a_id"
                " JOIN incident b ON b.dataset = ? AND b.external_id = w.other AND b.deleted_at IS NULL"
                " WHERE w.n > ? AND w.n <= ? AND a.deleted_at IS NULL AND b.id <> w.a_id ORDER BY w.n",
                (self._dataset, start, start + BLOCK),
            )

    def _insert(self, block: Sequence[tuple[Any, ...]]) -> None:
        again = set(self._again)
        there, taken_back = self._there([row[0] for row in block if row[0] in again])
        wanted, back = {}, []
        for a, b, type_, uid, place, version in block:
            link = (a, type_, b)
            if link in taken_back:
                back.append(taken_back[link])
            elif link not in there:
                new = part_uid(uid[:STEM], "incident_link", 0, place) if a not in again else ""
                wanted[link] = new or derived(uid, "link", type_, str(place), str(version), str(b))
        self._log.restore("incident_link", back)
        if wanted:
            first, types, second = zip(*wanted, strict=True)
            self._rows.insert("incident_link", list(wanted.values()), {"a_id": first, "type": types, "b_id": second})

    def _there(self, ids: Sequence[int]) -> tuple[set[_Ends], dict[_Ends, int]]:
        """The links of these incidents, with those that a person deleted; and those that went with their import."""
        found: set[_Ends] = set()
        deleted: dict[int, _Ends] = {}
        for block in in_blocks(ids):
            for id_, a, type_, b, stamp in self._link.rows(
                f"SELECT id, a_id, type, b_id, deleted_at FROM incident_link WHERE a_id IN ({marks(len(block))})", block
            ):
                if stamp is None:
                    found.add((a, type_, b))
                else:
                    deleted[id_] = (a, type_, b)
        own = edits(self._link, "incident_link", deleted)
        found |= {deleted[id_] for id_ in own}
        return found, {ends: id_ for id_, ends in deleted.items() if ends not in found}

    def _drop(self) -> None:
        """Delete links of changed rows that the file has no longer, unless a person made or touched them."""
        for block in in_blocks(self._again):
            rows = self._link.rows(
                "SELECT l.id, l.uid, l.version FROM incident_link l JOIN batch k ON k.id = l.batch_id"
                f" WHERE l.a_id IN ({marks(len(block))}) AND l.deleted_at IS NULL AND k.dataset = ? AND NOT EXISTS"
                " (SELECT 1 FROM waiting w JOIN incident b ON b.dataset = ? AND b.external_id = w.other"
                " AND b.deleted_at IS NULL WHERE w.a_id = l.a_id AND w.type = l.type AND b.id = l.b_id)",
                (*block, self._dataset, self._dataset),
            )
            own = edits(self._link, "incident_link", [row[0] for row in rows])
            self._log.delete("incident_link", [Known(*row) for row in rows if row[0] not in own])
