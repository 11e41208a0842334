"""What files need of the database: records with the names of those they refer to, and finding records again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from tracker import text
from tracker.model.fields import Kind, StoredColumn
from tracker.model.kinds import BY_NAME
from tracker.store.database import Reader, sqlite_module
from tracker.store.listing import engine_sql

_AT_ONCE = 500
"""How many uids are asked for in one query."""
_BLOCK, _PACKED_BLOCK = 1_000, 125
"""Rows that come at once; of packed ones so few that what is made of them stays in the processor's cache."""


class Compiled(Protocol):
    """A boolean SQL expression over the alias t, with its parameters."""

    @property
    def sql(self) -> str:
        """The expression."""

    @property
    def parameters(self) -> tuple[object, ...]:
        """The values of its placeholders."""


class Condition(Protocol):
    """What picks the records: a `tracker.store.query.Filter`."""

    def where(self, dialect: str) -> Compiled:
        """Its SQL for an engine."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One value of a record: a stored column, or the uid or title of the record that the reference in it points to.

    `via` "yes" makes the words yes and no of a truth value.
    """

    stored: str
    via: Literal["", "uid", "title", "yes"] = ""
    target: str = ""


FIELD, BARE = b"\x1f", b"\x1e"
"""What a field of packed texts begins with: the second when the field is no text of the user's."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Several values as one text in UTF-8, in which each begins with `FIELD`, or with `BARE` where that is so.

    Made by the database, it costs a third of what the values cost one by one. An unknown value is the empty text.
    """

    parts: tuple[tuple[Wanted, bool], ...]


def packs(reader: Reader) -> bool:
    """Whether the engine can pack values into one text."""
    return reader.dialect == "sqlite" and sqlite_module().sqlite_version_info >= (3, 44)


def stream(
    reader: Reader,
    kind: Kind,
    wanted: Sequence[Wanted | Packed | tuple[str, ...]],
    condition: Condition | None = None,
    order: Sequence[tuple[str, bool]] = (),
    limit: int | None = None,
) -> Iterator[list[tuple[Any, ...]]]:
    """Blocks of records that are not deleted, in constant memory: a tuple of the wanted values each.

    A wanted tuple is SQL over the alias t, and comes as one tuple of its values. `order` are SQL keys over t, with True
    for descending; unknown values sort lowest, and ids end every order.
    """
    joins: dict[tuple[str, str], str] = {}
    selected = [sql for w in wanted for sql in (w if isinstance(w, tuple) else (_value(w, joins),))]
    joined = "".join(f' LEFT JOIN "{t}" {alias} ON {alias}.id = t."{s}"' for (s, t), alias in joins.items())
    where = condition.where(reader.dialect) if condition else None
    also, parameters = (f" AND ({where.sql})", where.parameters) if where else ("", ())
    keys = [_key(sql, down, reader.dialect) for sql, down in order] + [f"t.id{' DESC' if _down(order) else ''}"]
    sql = f'SELECT {", ".join(selected)} FROM "{kind.name}" t{joined} WHERE t.deleted_at IS NULL{also}'
    sql += f" ORDER BY {', '.join(keys)}"
    if limit is not None:
        sql, parameters = f"{sql} LIMIT ?", (*parameters, limit)
    size = _PACKED_BLOCK if any(isinstance(w, Packed) for w in wanted) else _BLOCK
    return _grouped(reader.stream(engine_sql(reader.dialect, sql), parameters, size), wanted)


class Among:
    """The condition that a record is one of these."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.sql = f"t.id IN ({', '.join('?' * len(ids))})"
        self.parameters: tuple[object, ...] = tuple(ids)

    def where(self, dialect: str) -> Among:
        """Its SQL, which is the same for all engines."""
        return self


def count(reader: Reader, kind: Kind, condition: Condition | None, limit: int | None, most: int) -> int:
    """How many records that are not deleted the condition picks, counted up to `limit` and `most`."""
    where = condition.where(reader.dialect) if condition else None
    also, parameters = (f" AND ({where.sql})", where.parameters) if where else ("", ())
    cap = most if limit is None else min(limit, most)
    picked = f'SELECT 1 FROM "{kind.name}" t WHERE t.deleted_at IS NULL{also} LIMIT ?'
    return int(reader.rows(f"SELECT count(*) FROM ({picked}) c", (*parameters, cap))[0][0])


def _grouped(
    blocks: Iterator[list[tuple[Any, ...]]], wanted: Sequence[Wanted | Packed | tuple[str, ...]]
) -> Iterator[list[tuple[Any, ...]]]:
    """The rows with the values of each wanted tuple put together."""
    if not any(isinstance(w, tuple) for w in wanted):
        yield from blocks
        return
    widths = [len(w) if isinstance(w, tuple) else 0 for w in wanted]
    for block in blocks:
        yield [tuple(_parts(row, widths)) for row in block]


def _parts(row: tuple[Any, ...], widths: list[int]) -> Iterator[Any]:
    at = 0
    for width in widths:
        yield row[at : at + width] if width else row[at]
        at += width or 1


def _value(wanted: Wanted | Packed, joins: dict[tuple[str, str], str]) -> str:
    if isinstance(wanted, Wanted):
        return _select(wanted, joins)
    parts = (f"'{(BARE if bare else FIELD).decode()}', {_select(part, joins)}" for part, bare in wanted.parts)
    return f"CAST(concat({', '.join(parts)}) AS BLOB)"


def _select(wanted: Wanted, joins: dict[tuple[str, str], str]) -> str:
    if not wanted.via:
        return f't."{wanted.stored}"'
    if wanted.via == "yes":
        return f"""CASE WHEN t."{wanted.stored}" THEN 'yes' WHEN t."{wanted.stored}" IS NOT NULL THEN 'no' END"""
    alias = joins.setdefault((wanted.stored, wanted.target), f"r{len(joins) + 1}")
    return f'{alias}."{BY_NAME[wanted.target].title if wanted.via == "title" else "uid"}"'


def _down(order: Sequence[tuple[str, bool]]) -> bool:
    return bool(order) and order[0][1]


def _key(sql: str, down: bool, dialect: str) -> str:
    nulls = "" if dialect == "sqlite" else (" NULLS LAST" if down else " NULLS FIRST")
    return f"{sql}{' DESC' if down else ''}{nulls}"


def live(reader: Reader) -> int:
    """How many records of all kinds are not deleted."""
    each = (f'(SELECT count(*) FROM "{name}" WHERE deleted_at IS NULL)' for name in BY_NAME)
    return int(reader.rows(f"SELECT {' + '.join(each)}")[0][0])


def records(reader: Reader, kind: Kind, uids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The records with these uids, deleted ones too: all columns by name, as typed values, by uid."""
    frame = tuple(StoredColumn(n, "text", "") for n in ("id", "uid", "version", "deleted_at"))
    stored = (*frame, *kind.columns, StoredColumn("extra", "json", ""))
    names = ", ".join(f'"{column.name}"' for column in stored)
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(uids), _AT_ONCE):
        some = uids[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        for row in reader.rows(f'SELECT {names} FROM "{kind.name}" WHERE uid IN ({marks})', some):
            record = {c.name: typed(c.type, value) for c, value in zip(stored, row, strict=True)}
            found[str(record["uid"])] = record
    return found


def typed(column_type: str, value: Any) -> Any:
    """A value as the plain connection gives it, as the type of its column: SQLite knows neither yes/no nor JSON."""
    if column_type == "bool" and value is not None:
        return bool(value)
    return json.loads(value) if column_type == "json" and isinstance(value, str) else value


def undone(reader: Reader, kind: Kind, record_id: int) -> bool:
    """Whether a deleted record went because the action that made it was undone, so that it never was."""
    newest = (
        "SELECT a.verb, r.op FROM revision r JOIN action a ON a.id = r.action_id "
        "WHERE r.kind = ? AND r.record_id = ? ORDER BY r.id DESC LIMIT 1"
    )
    return reader.rows(newest, (kind.name, record_id)) == [("undo", "delete")]


def titled(reader: Reader, target: str, uid: str) -> tuple[int, str, bool] | None:
    """(id, title, whether it is deleted) of the record of the kind `target` with this uid; None when there is none."""
    title = BY_NAME[target].title
    rows = reader.rows(f'SELECT id, "{title}", deleted_at FROM "{target}" WHERE uid = ?', (uid,))
    return (int(rows[0][0]), str(rows[0][1] or ""), rows[0][2] is not None) if rows else None


def called(reader: Reader, target: str, name: str) -> list[tuple[str, bool]]:
    """The uids of those records of the kind `target` that go by `name`, with True where it is their title, verbatim.

    Actors go by any of their names, in any spelling of the same key; others by their title.
    """
    title = BY_NAME[target].title
    if target != "actor":
        sql = f'SELECT uid FROM "{target}" WHERE "{title}" = ? AND deleted_at IS NULL ORDER BY id'
        return [(str(row[0]), True) for row in reader.rows(sql, (name,))]
    sql = (
        "SELECT a.uid, a.name FROM actor a WHERE a.deleted_at IS NULL AND (a.name_key = ? OR a.id IN "
        "(SELECT n.actor_id FROM actor_name n WHERE n.name_key = ? AND n.deleted_at IS NULL)) ORDER BY a.id"
    )
    key = text.fold(name)
    return [(str(uid), main == name) for uid, main in reader.rows(sql, (key, key))]


def taken(reader: Reader, kind: Kind, names: Sequence[str], values: Sequence[object]) -> tuple[int, str] | None:
    """(id, uid) of the record that is not deleted and has these values in the columns `names`, or None."""
    equal = " AND ".join(f'"{name}" = ?' for name in names)
    rows = reader.rows(f'SELECT id, uid FROM "{kind.name}" WHERE {equal} AND deleted_at IS NULL', tuple(values))
    return (int(rows[0][0]), str(rows[0][1])) if rows else None
