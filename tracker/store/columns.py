"""The columns a list of records can show: every declared field by itself, and what is told from several."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, Literal

from tracker.errors import UsageError
from tracker.model import codes
from tracker.model.fields import Field, Kind
from tracker.model.kinds import BY_NAME
from tracker.store import cells
from tracker.store.columns_dataset import or_dataset

LONGEST = 300
"""Code points of a long text that a cell gets."""

_KEYWORDS = frozenset({"end", "key", "start", "from", "to", "values"})

TITLES = {
    "statement": "coalesce(r.quote, r.paraphrase)", "involvement": "'INV-' || r.id", "tally": "'T-' || r.id",
    "relation": "'R-' || r.id", "batch": "coalesce(r.file_name, 'B-' || r.id)",
}  # fmt: skip
"""What stands for a record over the alias r, where that is not the kind's title."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list.

    `select` is SQL over the alias t for what `show` makes a cell of; `sort` the SQL keys to order by, () for none;
    `width` in cells, `flex` its share of the width left over; `default` when it is shown unless others are chosen.
    """

    name: str
    label: str
    width: int
    select: tuple[str, ...]
    show: Callable[[Sequence[Any]], str] = cells.plain
    sort: tuple[str, ...] = ()
    justify: Literal["left", "right"] = "left"
    flex: int = 0
    default: bool = True


def quoted(name: str) -> str:
    """A column's name in SQL."""
    return f'"{name}"' if name in _KEYWORDS else name


def title_of(target: str, reference: str) -> str:
    """SQL for the title of the record of kind `target` whose id is `reference`."""
    title = TITLES.get(target, f"r.{quoted(BY_NAME[target].title or 'uid')}")
    return f"(SELECT substr({title}, 1, {LONGEST}) FROM {target} r WHERE r.id = {reference})"


def _number(field: Field, column: str) -> Column:
    show = cells.plain if field.type == "int" else cells.real
    return Column(field.name, field.label, field.width or 8, (column,), show, (column,), "right")


def _date(field: Field, column: str) -> Column:
    bounds = (f"{column}_earliest", f"{column}_latest")
    return Column(field.name, field.label, field.width or 18, (f"{column}_edtf",), cells.date, bounds)


def _reference(field: Field, column: str) -> Column:
    name = title_of(field.target, f"{column}_id")
    if field.name == "asserted_by":
        name = or_dataset(name, f"{column}_id", "t")
    return Column(field.name, field.label, field.width or 24, (name,), cells.plain, (name,))


def _long(field: Field, column: str) -> Column:
    text = f"substr({column}, 1, {LONGEST})"
    return Column(field.name, field.label, field.width or 40, (text,), cells.plain, (), flex=1)


def _code(field: Field, column: str) -> Column:
    show = partial(_labelled, codes.label if field.type == "code" else cells.code_list, field.codes)
    return Column(field.name, field.label, field.width or 14, (column,), show, (column,))


def _labelled(label: Callable[[str, str | None], str], name: str, values: Sequence[Any]) -> str:
    return label(name, values[0])


def _simple(field: Field, column: str) -> Column:
    show = {"bool": cells.yes, "stamp": cells.stamp, "json": cells.data}.get(field.type, cells.plain)
    width = field.width or {"bool": 8, "stamp": 16, "json": 24}.get(field.type, 16)
    return Column(field.name, field.label, width, (column,), show, () if field.type == "json" else (column,))


_MADE: dict[str, Callable[[Field, str], Column]] = {
    "int": _number, "real": _number, "date": _date, "ref": _reference, "long": _long, "code": _code, "codes": _code,
}  # fmt: skip


def _of(kind: Kind, field: Field) -> Column:
    """The column that follows from a declared field."""
    made = _MADE.get(field.type, _simple)(field, f"t.{quoted(field.name)}")
    flex = 1 if field.name == kind.title else made.flex
    return replace(made, default=field.width > 0, flex=flex)


def _of_all(kind: Kind) -> tuple[Column, ...]:
    """What every record has."""
    from tracker.store.columns_related import tags

    return (
        Column("ref", "REF", 9, (f"'{kind.prefix}-' || t.id",), sort=("t.id",), default=False),
        Column("id", "Id", 8, ("t.id",), sort=("t.id",), justify="right", default=False),
        tags(kind.name),
        Column("uid", "Uid", 36, ("t.uid",), sort=("t.uid",), default=False),
        Column("version", "Version", 7, ("t.version",), sort=("t.version",), justify="right", default=False),
        Column("created", "Created", 16, ("t.created_at",), cells.stamp, ("t.created_at",), default=False),
        Column("updated", "Updated", 16, ("t.updated_at",), cells.stamp, ("t.updated_at",), default=False),
        Column("batch", "Import", 20, (title_of("batch", "t.batch_id"),), sort=("t.batch_id",), default=False),
    )


@cache
def columns_of(kind: Kind) -> tuple[Column, ...]:
    """All columns of a kind: those shown by default in their order, then the others."""
    from tracker.store.columns_own import OWN
    from tracker.store.columns_related import RELATED

    own = OWN.get(kind.name, ())
    named = {column.name for column in own}
    fields = tuple(_of(kind, field) for field in kind.fields if field.name not in named)
    if own:
        fields = tuple(replace(column, default=False) for column in fields)
    every = (*own, *fields, *RELATED.get(kind.name, ()), *_of_all(kind))
    return tuple(sorted(every, key=lambda column: not column.default))


def default_columns(kind: Kind) -> tuple[str, ...]:
    """The names of the columns shown unless others are chosen."""
    return tuple(column.name for column in columns_of(kind) if column.default)


_SORTS = {
    "incident": ("date", True), "actor": ("name", False), "statement": ("said", True), "source": ("published", True),
}  # fmt: skip


def default_sort(kind: Kind) -> tuple[str, bool]:
    """What a list is ordered by at first, and whether downwards."""
    return _SORTS.get(kind.name, ("ref", False))


def column(kind: Kind, name: str) -> Column:
    """The column `name`; UsageError with the nearest when the kind has none of that name."""
    found = {column.name: column for column in columns_of(kind)}
    if name in found:
        return found[name]
    near = difflib.get_close_matches(name, found, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(found)}"
    raise UsageError(f"“{name}” is not a column of {kind.plural}; {hint}")
