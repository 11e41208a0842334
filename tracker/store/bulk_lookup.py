"""Which rows of a dataset are in the database already, asked a block at a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from tracker.store.bulk_keys import incident_uid, stems
from tracker.store.bulk_link import Link, in_blocks, marks

_EXTERNAL, _UID = "uq_incident_dataset_external_id", "uq_incident_uid"
LOOKED_UP = (_EXTERNAL, _UID)
"""The indexes of incidents that are needed while a dataset comes in that is there already."""


class Stored(NamedTuple):
    """An incident of the dataset: the hash of the row it was made from, None when that row was taken back."""

    id: int
    fingerprint: int | None
    gone: bool
    deleted: bool


class Lookup:
    """What the database knows of one dataset; `nothing_there` when it had none of its rows at the start."""

    def __init__(self, link: Link, dataset: str) -> None:
        self._link = link
        self._dataset = dataset
        self.nothing_there = not (
            link.rows("SELECT 1 FROM incident WHERE dataset = ? AND deleted_at IS NULL LIMIT 1", (dataset,))
            or link.rows("SELECT 1 FROM incident WHERE dataset = ? AND deleted_at IS NOT NULL LIMIT 1", (dataset,))
        )
        self._some_gone = not self.nothing_there and bool(
            link.rows("SELECT 1 FROM incident WHERE dataset = ? AND gone IS NOT NULL LIMIT 1", (dataset,))
        )
        self._largest: dict[int, str] = {}
        self.gone: set[int] = set()

    def added(self, external_ids: Sequence[str]) -> None:
        """These are in the database from now on."""
        if self.nothing_there:
            for length, largest in _largest(external_ids).items():
                self._largest[length] = max(largest, self._largest.get(length, ""))

    def known(self, external_ids: Sequence[str]) -> list[Stored | None]:
        """What there is of these rows, in their order."""
        if self.nothing_there and self._all_new(external_ids):
            return [None] * len(external_ids)
        found = self._alive(external_ids)
        missing = [key for key in external_ids if key not in found]
        if missing and not self.nothing_there:
            found |= self._deleted(missing)
        return [found.get(key) for key in external_ids]

    def same(self, external_ids: Sequence[str], fingerprints: Sequence[int]) -> Sequence[int]:
        """The ids of these rows, in some order, if all are there with these fingerprints and none is gone; else ()."""
        if self._some_gone:
            return ()
        # All that is asked for stands in the index and in the fingerprints: no incident is read.
        found = list(chain.from_iterable(
            self._link.rows(
                "SELECT i.id, i.external_id, m.fingerprint FROM incident i JOIN imported m ON m.incident_id = i.id"
                f" WHERE i.dataset = ? AND i.external_id IN ({marks(len(block))}) AND i.deleted_at IS NULL",
                (self._dataset, *block),
            )
            for block in in_blocks(external_ids)
        ))  # fmt: skip
        if len(found) != len(external_ids):
            return ()
        ids, *rows = zip(*found, strict=True)
        same = set(zip(*rows, strict=True)) == set(zip(external_ids, fingerprints, strict=True))
        return ids if same else ()

    def _all_new(self, external_ids: Sequence[str]) -> bool:
        """Whether every id is behind all of its length that were added: so in a file in their order, without asking."""
        if not self._largest:
            return True
        largest = self._largest
        return all(key > largest.get(len(key), "") for key in external_ids)

    def _alive(self, external_ids: Sequence[str]) -> dict[str, Stored]:
        self._link.indexed("incident", _EXTERNAL)
        found = {}
        for block in in_blocks(external_ids):
            for key, incident_id, fingerprint, gone in self._link.rows(
                "SELECT i.external_id, i.id, m.fingerprint, i.gone FROM incident i"
                " LEFT JOIN imported m ON m.incident_id = i.id"
                f" WHERE i.dataset = ? AND i.external_id IN ({marks(len(block))}) AND i.deleted_at IS NULL",
                (self._dataset, *block),
            ):
                found[key] = Stored(incident_id, fingerprint, gone is not None, False)
                if gone is not None:
                    self.gone.add(incident_id)
        return found

    def _deleted(self, external_ids: Sequence[str]) -> dict[str, Stored]:
        """Deleted ones, by the uid that their row gave them: they stand in no index by their external id."""
        self._link.indexed("incident", _UID)
        found = {}
        for block in in_blocks(external_ids):
            by_uid = dict(zip(map(incident_uid, stems(self._dataset, block)), block, strict=True))
            for uid, incident_id, fingerprint, gone in self._link.rows(
                "SELECT i.uid, i.id, m.fingerprint, i.gone FROM incident i"
                " LEFT JOIN imported m ON m.incident_id = i.id"
                f" WHERE i.uid IN ({marks(len(by_uid))}) AND i.deleted_at IS NOT NULL",
                list(by_uid),
            ):
                found[by_uid[uid]] = Stored(incident_id, fingerprint, gone is not None, True)
        return found


def _largest(external_ids: Sequence[str]) -> dict[int, str]:
    """The largest id of each length."""
    found: dict[int, str] = {}
    for key in external_ids:
        if key > found.get(len(key), ""):
            found[len(key)] = key
    return found
