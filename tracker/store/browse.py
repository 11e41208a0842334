"""A list of records to be looked at page by page, at any depth of a million."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tracker.model.fields import Kind
from tracker.store import ordered_ids
from tracker.store.columns import column, default_columns, default_sort
from tracker.store.columns_dataset import coded
from tracker.store.database import Reader
from tracker.store.listing import engine_sql, listing
from tracker.store.query import Filter
from tracker.text import screen

Row = tuple[int, tuple[str, ...]]
"""A record's id and its cells, fit for one line of a screen each, in the order of the view's columns."""

NEAR = 400
"""Rows from the beginning that are fetched directly, before the ids of the whole list are known."""
_DEEP, _PATIENCE = 20_000, 8
"""After so many pages so deep in an unfiltered list, it is worth packing its ids."""
_BLOCK = 500


@dataclass(frozen=True)
class View:
    """What a list shows: which records, in what order (column, whether downwards), and which columns."""

    kind: Kind
    filter: Filter = field(default=None)  # type: ignore[assignment]
    sort: tuple[str, bool] = ("", False)
    columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "filter", self.filter or Filter(self.kind))
        object.__setattr__(self, "sort", self.sort if self.sort[0] else default_sort(self.kind))
        object.__setattr__(self, "columns", self.columns or default_columns(self.kind))

    @property
    def apart(self) -> bool:
        """Whether statements made from codes of datasets are left out: as long as no filter asks for any."""
        return self.kind.name == "statement" and self.filter.empty


class Browser:
    """The pages of one view, as the database was when they were first asked for.

    `head` and the pages near the beginning come at once. `count` and `prepare` may run on another thread with another
    reader; once the ids of the list are packed (8 bytes each), every page and `locate` are answered from them.
    """

    def __init__(self, reader: Reader, view: View) -> None:
        """Make ready to read; raises UsageError for a column that is unknown or has no order."""
        self.view = view
        self._reader = reader
        self._listing = listing(view.kind, view.filter, view.sort, reader.dialect)
        self._apart = coded(reader, "t") if view.apart else ""
        if self._apart:
            self._listing = replace(self._listing, condition=f"(NOT {self._apart})")
        self._columns = tuple(column(view.kind, name) for name in view.columns)
        select = ", ".join(["t.id", *(part for shown in self._columns for part in shown.select)])
        self._select = engine_sql(reader.dialect, f"SELECT {select} FROM {view.kind.name} t WHERE t.id IN ")
        self._ids: array[int] | None = None
        self._total: int | None = None
        self._deep = 0

    def head(self, limit: int) -> list[Row]:
        """The first rows."""
        return self.page(0, limit)

    def page(self, offset: int, limit: int) -> list[Row]:
        """At most `limit` rows from number `offset` (from 0) on."""
        return self.rows(self.ids(offset, limit))

    def ids(self, offset: int, limit: int) -> Sequence[int]:
        """The ids of a page."""
        if self._ids is None:
            if offset + limit <= NEAR:
                return ordered_ids.first(self._reader, self._listing, offset + limit)[offset:]
            if not self._listing.condition and self._listing.indexed and self._deep < _PATIENCE:
                return self._stretch(offset, limit)
        return self._packed()[offset : offset + limit].tolist()

    def _stretch(self, offset: int, limit: int) -> list[int]:
        """A page of the unfiltered list along the index, counted from the nearer end."""
        total = self.count()
        limit = min(limit, total - offset)
        if limit <= 0:
            return []
        after = total - offset - limit
        self._deep += min(offset, after) > _DEEP
        if offset <= after:
            return ordered_ids.stretch(self._reader, self._listing, offset, limit)
        return ordered_ids.stretch(self._reader, self._listing, after, limit, backwards=True)[::-1]

    def count(self, cap: int | None = None, *, reader: Reader | None = None) -> int:
        """How many records there are: exactly, or with `cap` no more than that many are counted.

        Without a cap, the ids of a filtered list are packed by the way. `reader` is used in place of the browser's.
        """
        if self._ids is not None:
            return len(self._ids) if cap is None else min(len(self._ids), cap)
        if self._total is not None:
            return self._total if cap is None else min(self._total, cap)
        if cap is not None:
            return ordered_ids.total(reader or self._reader, self._listing, cap)
        if self._listing.condition:
            return self.prepare(reader=reader)
        self._total = ordered_ids.total(reader or self._reader, self._listing)
        return self._total

    def left_out(self) -> int:
        """How many statements made from codes of datasets the list leaves out; see `View.apart`."""
        if not self._apart:
            return 0
        sql = f"SELECT count(*) FROM statement t WHERE t.deleted_at IS NULL AND {self._apart}"
        return int(self._reader.rows(sql)[0][0])

    def prepare(self, *, reader: Reader | None = None) -> int:
        """Pack the ids of the list, so that any page is a matter of milliseconds; gives their number."""
        return len(self._packed(reader))

    def _packed(self, reader: Reader | None = None) -> array[int]:
        ids = self._ids
        if ids is None:
            ids = self._ids = ordered_ids.every(reader or self._reader, self._listing)
        return ids

    def locate(self, id_: int) -> int | None:
        """The number (from 0) of the record `id_` in the list; None when it is not in it."""
        # A search through bytes is several times faster than one through numbers.
        packed, wanted = self._packed().tobytes(), id_.to_bytes(8, sys.byteorder, signed=True)
        place = packed.find(wanted)
        while place > 0 and place % 8:
            place = packed.find(wanted, place + 1)
        return place // 8 if place >= 0 else None

    def rows(self, ids: Sequence[int]) -> list[Row]:
        """The rows of these records, in this order."""
        found: dict[int, tuple[str, ...]] = {}
        for start in range(0, len(ids), _BLOCK):
            block = ids[start : start + _BLOCK]
            for values in self._reader.rows(f"{self._select}({', '.join('?' * len(block))})", block):
                found[values[0]] = self._cells(values)
        return [(id_, found[id_]) for id_ in ids if id_ in found]

    def _cells(self, values: tuple[object, ...]) -> tuple[str, ...]:
        cells, start = [], 1
        for shown in self._columns:
            end = start + len(shown.select)
            cells.append(screen(shown.show(values[start:end])))
            start = end
        return tuple(cells)
