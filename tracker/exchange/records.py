"""Records on their way out: which columns are asked for, and their values in blocks, in constant memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from tracker.errors import UsageError
from tracker.exchange.layout import NOBODY, REF, FileColumn, columns, nearest
from tracker.exchange.packed import Chosen, Maker, Rows, packed
from tracker.model.fields import Kind
from tracker.store import columns as lists
from tracker.store import export
from tracker.store.cells import UNKNOWN
from tracker.store.database import Reader
from tracker.store.export import Condition, Wanted


@dataclass(frozen=True, slots=True)
class Table:
    """Records of one kind as rows of typed values, one for each of `columns`; it can be read once."""

    kind: Kind
    columns: tuple[FileColumn, ...]
    blocks: Iterator[list[tuple[Any, ...]]]
    counted: Callable[[int], int] | None = None
    """How many rows there are, counted no further than the number given; None when nobody can tell beforehand."""
    texts: Iterator[Rows | list[tuple[Any, ...]]] | None = None
    """The same rows for delimited files, in the way of `tracker.exchange.packed`, where the engine can do that."""

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return chain.from_iterable(self.blocks)


def rows(
    reader: Reader,
    kind: Kind,
    filter: Condition | None = None,
    columns: str | Sequence[str] | None = None,
    sort: str | None = None,
    limit: int | None = None,
) -> Table:
    """The records of `kind` that `filter` picks, oldest first unless `sort` names a column (`-` before it: downwards).

    Values are str, int, float, bool, None, and dict for JSON. `columns` picks columns by name, in that order. Raises
    UsageError for a column that is not known.
    """
    picked = pick(kind, columns)
    chosen = Chosen(kind, picked, tuple(_wanted(kind, column) for column in picked), _makers(kind, picked))
    keys = order(kind, sort)
    blocks = export.stream(reader, kind, chosen.wanted, filter, keys, limit)
    counted = partial(export.count, reader, kind, filter, limit)
    texts = packed(reader, chosen, filter, keys, limit) if export.packs(reader) and len(picked) > 1 else None
    return Table(kind, picked, chosen.made(blocks), counted, texts)


def pick(kind: Kind, names: str | Sequence[str] | None) -> tuple[FileColumn, ...]:
    """The columns with these names (a sequence, or one text with commas); without names, all of the file.

    A name is that of a column of the file, or else of a column that lists show.
    """
    if not names:
        return columns(kind)
    asked = [name.strip() for name in names.split(",")] if isinstance(names, str) else names
    return tuple(_known(kind, name) for name in asked if name)


def _known(kind: Kind, name: str) -> FileColumn:
    for column in (REF, *columns(kind)):
        if column.name == name:
            return column
    shown = [column.name for column in lists.columns_of(kind) if _may_leave(kind, column.name)]
    if name in shown:
        return FileColumn(name, "shown", "text")
    known = tuple(dict.fromkeys(("ref", *(column.name for column in columns(kind)), *shown)))
    hint = nearest(name, known) or f"; known are {', '.join(known)}"
    raise UsageError(f"“{name}” is no column of {kind.plural}{hint}")


def _may_leave(kind: Kind, name: str) -> bool:
    field = kind.by_name.get(name)
    return field is None or field.export


def order(kind: Kind, sort: str | None) -> tuple[tuple[str, bool], ...]:
    """The SQL keys for `sort`, with True for descending; UsageError for a column that is not known."""
    if not sort:
        return ()
    down, name = sort.startswith("-"), sort.removeprefix("-")
    if shown := next((column for column in lists.columns_of(kind) if column.name == name), None):
        if not shown.sort:
            raise UsageError(f"{kind.plural} cannot be sorted by {name}; sort by another column, such as ref")
        return tuple((key, down) for key in shown.sort)
    return ((f't."{_known(kind, name).stored}"', down),)


def _wanted(kind: Kind, column: FileColumn) -> Wanted | tuple[str, ...]:
    if column.role == "shown":
        return lists.column(kind, column.name).select
    if column.role in ("link", "anchor"):
        return Wanted(column.stored, "uid", column.target)
    if column.role in ("name", "derived"):
        return Wanted(column.stored, "title", column.target)
    return Wanted(column.stored)


def _makers(kind: Kind, picked: Sequence[FileColumn]) -> tuple[Maker | None, ...]:
    return tuple(_maker(kind, column) for column in picked)


def _maker(kind: Kind, column: FileColumn) -> Maker | None:
    """What turns the stored values of a column into typed ones; None when they are already."""
    if column.role == "ref":
        return lambda values: [f"{kind.prefix}-{value}" for value in values]
    if column.role == "shown":
        show = lists.column(kind, column.name).show
        return lambda values: [None if (cell := show(value)) == UNKNOWN else cell for value in values]
    if column.role == "derived":
        return lambda values: [value or NOBODY for value in values]
    if column.type == "bool":
        return lambda values: [None if value is None else bool(value) for value in values]
    if column.type == "json":
        return lambda values: [json.loads(value) if isinstance(value, str) else value for value in values]
    return None
