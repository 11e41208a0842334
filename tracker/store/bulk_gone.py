"""What a dataset had in an earlier release and has no longer: marked, never deleted, and only where the file looked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tracker.store.bulk_link import Link, in_blocks, marks
from tracker.store.bulk_log import Known, Log
from tracker.store.bulk_met import Met

_PAGE = 20_000

_SHARE, _SHARE_OF_RELEASE = 0.8, 0.5
"""How much of what is known must be in a file for the rest to be gone: a file that names its release is a whole one."""


def _ordered(release: str) -> tuple[int, ...]:
    """A release such as 24.0.3 by its numbers; () for one that has other parts."""
    parts = release.split(".")
    return tuple(map(int, parts)) if all(part.isascii() and part.isdigit() and len(part) < 9 for part in parts) else ()


class Scope:
    """Where and when the file looked, by the incidents that it had a row for."""

    def __init__(self, link: Link, log: Log, dataset: str, release: str, met: Met) -> None:
        self._link = link
        self._log = log
        self._dataset = dataset
        self._given = release
        self._release = release or log.stamp[:10]
        self._met = met
        self._first_new = int(link.rows("SELECT coalesce(max(id), 0) FROM incident")[0][0]) + 1

    def back(self, ids: Sequence[int]) -> None:
        """Take the mark off incidents that the file has again."""
        for block in in_blocks(ids):
            rows = self._link.rows(
                f"SELECT id, uid, version, gone FROM incident WHERE gone IS NOT NULL AND id IN ({marks(len(block))})",
                block,
            )
            self._log.change(
                "incident", "update", [(Known(*row[:3]), {"gone": (row[3], None)}) for row in rows]
            )  # fmt: skip

    def gone(self, *, force: bool) -> tuple[int, str]:
        """Mark the incidents of the dataset that lie where and when the file looked, and that it has no row for."""
        missing = self._met.others(id_ for (id_,) in self._pages("id"))
        if not force and (missing or self._log.touched) and (newest := self._newer()):
            this = f"release {self._given} is older than {newest}" if self._given else "the file names no release"
            named = "which" if self._given else f"and release {newest}"
            return 0, (
                f"{this}, {named} was imported already: nothing was marked as gone, and where the two differ this file "
                "counts now; give --release if it is the newer one, or take it back with “tracker batch revert”"
            )
        if not missing:
            return 0, ""
        absent, known = self._absent(set(missing))
        least = _SHARE_OF_RELEASE if self._given else _SHARE
        if absent and not force and known - len(absent) < least * known:
            return 0, (
                f"the file has {known - len(absent):,} of the {known:,} rows that are known of its countries and days, "
                f"less than {least:.0%}: none of the others was marked as gone; use --gone force if they are"
            )
        for block in in_blocks(absent):
            self._log.change("incident", "update", [(one, {"gone": (None, self._release)}) for one in block])
        return len(absent), ""

    def _absent(self, missing: set[int]) -> tuple[list[Known], int]:
        """Of the incidents that lie where and when the file looked: those it has no row for, and how many there are."""
        looked, absent, known = self._looked(), [], 0
        for id_, country, earliest, gone, uid, version in self._pages("id, country, date_earliest, gone, uid, version"):
            if gone is not None or id_ >= self._first_new or country not in looked:
                continue
            first, last = looked[country]
            if not earliest or not first <= earliest <= last:
                continue
            known += 1
            if id_ in missing:
                absent.append(Known(id_, uid, version))
        return absent, known

    def _newer(self) -> str:
        """The newest release of the dataset that was imported, if that of this file is older, or none; else ""."""
        own = _ordered(self._given)
        if self._given and not own:
            return ""
        rows = self._link.rows(
            "SELECT b.release FROM batch b JOIN action a ON a.id = b.action WHERE b.dataset = ?"
            " AND b.release IS NOT NULL AND b.deleted_at IS NULL AND a.reverted = FALSE",
            (self._dataset,),
        )
        newest = max((release for (release,) in rows if _ordered(release)), key=_ordered, default="")
        return newest if newest and _ordered(newest) > own else ""

    def _looked(self) -> dict[str | None, tuple[str, str]]:
        """The first and the last day of the file for each of its countries."""
        spans: dict[str | None, tuple[str, str]] = {}
        for id_, country, earliest in self._pages("id, country, date_earliest"):
            if earliest and id_ in self._met:
                first, last = spans.get(country, (earliest, earliest))
                spans[country] = min(first, earliest), max(last, earliest)
        return spans

    def _pages(self, columns: str) -> Iterator[tuple[Any, ...]]:
        """The incidents of the dataset that are not deleted, by their ids, in bounded memory."""
        after = ""
        while True:
            rows = self._link.rows(
                f"SELECT external_id, {columns} FROM incident WHERE dataset = ? AND external_id > ?"
                f" AND deleted_at IS NULL ORDER BY external_id LIMIT {_PAGE}",
                (self._dataset, after),
            )
            yield from (row[1:] for row in rows)
            if len(rows) < _PAGE:
                return
            after = rows[-1][0]
