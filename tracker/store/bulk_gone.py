"""What a dataset had in an earlier release and has no longer: marked, never deleted, and only where the file looked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tracker.store.bulk_link import Link, in_blocks, marks
from tracker.store.bulk_log import Known, Log

_PAGE = 20_000


class Scope:
    """The incidents that the file had a row for, one bit each."""

    def __init__(self, link: Link, log: Log, dataset: str, release: str) -> None:
        self._link = link
        self._log = log
        self._dataset = dataset
        self._release = release or log.stamp[:10]
        self._bits = bytearray()
        self._first_new = int(link.rows("SELECT coalesce(max(id), 0) FROM incident")[0][0]) + 1

    def see(self, ids: Sequence[int]) -> None:
        """The file has a row for each of these."""
        if not ids:
            return
        bits = self._bits
        if (short := max(ids) // 8 + 1 - len(bits)) > 0:
            bits.extend(bytes(short + 65_536))
        for id_ in ids:
            bits[id_ >> 3] |= 1 << (id_ & 7)

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

    def _has(self, id_: int) -> bool:
        return id_ >> 3 < len(self._bits) and bool(self._bits[id_ >> 3] >> (id_ & 7) & 1)

    def gone(self, *, force: bool) -> tuple[int, str]:
        """Mark the incidents of the dataset that lie where and when the file looked, and that it has no row for."""
        missing = [id_ for (id_,) in self._pages("id") if not self._has(id_)]
        if not missing:
            return 0, ""
        countries, first, last = self._looked()
        absent, known = [], 0
        lost = set(missing)
        for id_, country, earliest, gone, uid, version in self._pages("id, country, date_earliest, gone, uid, version"):
            if gone is not None or id_ >= self._first_new or country not in countries:
                continue
            if not earliest or not first <= earliest <= last:
                continue
            known += 1
            if id_ in lost:
                absent.append(Known(id_, uid, version))
        if absent and not force and (known - len(absent)) * 2 < known:
            return 0, (
                f"the file has {known - len(absent):,} of the {known:,} rows that are known of its countries and days, "
                "less than half: none of the others was marked as gone; use --gone force if they are"
            )
        for block in in_blocks(absent):
            self._log.change("incident", "update", [(one, {"gone": (None, self._release)}) for one in block])
        return len(absent), ""

    def _looked(self) -> tuple[set[str | None], str, str]:
        """The countries of the file, and its first and last day."""
        countries: set[str | None] = set()
        first, last = "9999", ""
        for id_, country, earliest in self._pages("id, country, date_earliest"):
            if self._has(id_):
                countries.add(country)
                if earliest:
                    first, last = min(first, earliest), max(last, earliest)
        return countries, first, last

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
