"""Stored values by the million for files, and how often each value occurs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tracker.errors import UsageError
from tracker.model.fields import Field, Kind
from tracker.store.columns import quoted, title_of
from tracker.store.database import Reader
from tracker.store.listing import listing
from tracker.store.lookup import EVERY_RECORD, typed
from tracker.store.query import Filter

BLOCK = 1_000
FACETS = 500
"""So many different values are told apart."""


def stream(
    reader: Reader,
    kind: Kind,
    filter_: Filter | None,
    columns: Sequence[str],
    sort: tuple[str, bool] | None = None,
    limit: int | None = None,
) -> Iterator[tuple[Any, ...]]:
    """Stored values of the records that are meant, in a total order (by id unless `sort` is given), in constant memory.

    `columns` are stored columns; for a reference, `<field>_uid` and `<field>` are the uid and the title of its target.
    Raises UsageError for a column that there is not.
    """
    chosen = listing(kind, filter_ or Filter(kind), sort or ("ref", False), reader.dialect)
    select = ", ".join(_expression(kind, name) for name in columns)
    sql = f"SELECT {select} {chosen.source} {chosen.order()} LIMIT ?"
    odd = {c.name for c in kind.columns if c.type in ("bool", "json")} | {"extra"}
    plain = odd.isdisjoint(columns)
    for block in reader.stream(sql, (*chosen.parameters, 2**62 if limit is None else limit), BLOCK):
        if plain:
            yield from block
        else:
            yield from (tuple(typed(kind, dict(zip(columns, row, strict=True))).values()) for row in block)


def _expression(kind: Kind, name: str) -> str:
    """SQL for what is asked of a record."""
    if name in EVERY_RECORD or name in kind.column_names:
        return f"t.{quoted(name)}"
    base, uid = name.removesuffix("_uid"), name.endswith("_uid")
    column = next((c for c in kind.columns if c.type == "ref" and c.name == f"{base}_id"), None)
    if column is None:
        raise UsageError(f"“{name}” is not a stored column of {kind.plural}")
    if uid:
        return f"(SELECT r.uid FROM {column.target} r WHERE r.id = t.{column.name})"
    return title_of(column.target, f"t.{column.name}")


def facets(reader: Reader, kind: Kind, filter_: Filter | None, field: str) -> list[tuple[str | None, int]]:
    """The values of a field among the records that are meant, with how many have each; the most frequent first.

    Codes as they are stored, dates by their year, references by the title of their target, yes and no as words; None
    is unknown. At most `FACETS` values. Raises UsageError for a field that there is not.
    """
    if field not in kind.by_name:
        raise UsageError(f"“{field}” is not a field of {kind.plural}; known: {', '.join(kind.by_name)}")
    chosen = listing(kind, filter_ or Filter(kind), ("ref", False), reader.dialect)
    value, name = _facet(kind.by_name[field])
    last = " NULLS LAST" if reader.dialect == "postgresql" else ""
    order = f"ORDER BY n DESC, v DESC{last} LIMIT {FACETS}"
    counted = f"SELECT {value} AS v, count(*) AS n {chosen.source} GROUP BY 1 {order}"
    rows = reader.rows(f"SELECT {name}, g.n FROM ({counted}) g ORDER BY g.n DESC, 1", chosen.parameters)
    return [(None if row[0] is None else str(row[0]), int(row[1])) for row in rows]


def _facet(field: Field) -> tuple[str, str]:
    """What is counted, over the alias t, and what each value is called, over g."""
    if field.type == "date":
        return f"substr(t.{field.name}_earliest, 1, 4)", "g.v"
    if field.type == "ref":
        return f"t.{field.name}_id", title_of(field.target, "g.v")
    if field.type == "bool":
        return f"CASE WHEN t.{field.name} = TRUE THEN 'yes' WHEN t.{field.name} = FALSE THEN 'no' END", "g.v"
    if field.type == "json":
        return f"CAST(t.{field.name} AS TEXT)", "g.v"
    return f"t.{quoted(field.name)}", "g.v"
