"""The SQLModel tables, one class a kind, built from the declarations in `tracker.model.kinds`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeEngine
from sqlmodel import Field as ModelField
from sqlmodel import SQLModel

from tracker.model import kinds
from tracker.model.fields import Kind, StoredColumn

Id = BigInteger().with_variant(Integer, "sqlite")
"""Internal ids: 64 bits on both engines; SQLite needs the word INTEGER to make one its row id."""

_TYPES: dict[str, tuple[type, TypeEngine[Any]]] = {
    "text": (str, Text()),
    "int": (int, BigInteger()),
    "real": (float, Float()),
    "bool": (bool, Boolean()),
    "json": (dict, JSON()),
    "ref": (int, Id),
}

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """What all tables share: one metadata with named constraints."""

    metadata = MetaData(naming_convention=NAMING)


class Record(Row):
    """The columns of every record; `version` grows by one with each change, `uid` is the same in every database."""

    id: int | None = ModelField(default=None, primary_key=True, sa_type=Id)
    uid: str = ModelField(sa_type=Text)
    version: int = 1
    created_at: str = ModelField(sa_type=Text)
    updated_at: str = ModelField(sa_type=Text)
    deleted_at: str | None = ModelField(default=None, sa_type=Text)
    batch_id: int | None = ModelField(default=None, sa_type=Id)
    extra: dict[str, Any] | None = ModelField(default=None, sa_type=JSON)


def _column(stored: StoredColumn) -> Column[Any]:
    """The SQLAlchemy column of a stored column; references are foreign keys."""
    constraint = (ForeignKey(f"{stored.target}.id"),) if stored.type == "ref" else ()
    return Column(stored.name, _TYPES[stored.type][1], *constraint, nullable=not stored.required)


def _constraints(kind: Kind) -> tuple[CheckConstraint | Index, ...]:
    """Checks, and indexes over the records that are not deleted; ids end each index so that order is total."""
    made: list[CheckConstraint | Index] = [
        CheckConstraint(text(check), name=f"ck_{kind.name}_{number}") for number, check in enumerate(kind.checks, 1)
    ]
    # An index by itself, not part of the table: a bulk load can set it aside and make it anew in one go.
    made.append(Index(f"uq_{kind.name}_uid", "uid", unique=True))
    for parts in kind.unique:
        made.append(_index(f"uq_{kind.name}_{'_'.join(parts)}", parts, unique=True))
    sparse = {column.name for column in kind.columns if column.type == "ref" and not column.required}
    for parts in kind.indexes:
        name = f"ix_{kind.name}_{'_'.join(parts)}".partition("(")[0]
        # Most records refer to nothing: no index holds those that have nothing to be found by.
        filled = parts[0] if parts[0] in sparse else ""
        # Both engines must put unknown values at the same end: PostgreSQL is told, SQLite does so by nature.
        nulls_first = tuple(f"{part} NULLS FIRST" for part in parts)
        made.append(_index(name, (*parts, "id"), filled=filled).ddl_if(dialect="sqlite"))
        made.append(_index(name, (*nulls_first, "id"), filled=filled).ddl_if(dialect="postgresql"))
    return tuple(made)


def _index(name: str, parts: tuple[str, ...], *, unique: bool = False, filled: str = "") -> Index:
    """An index over the records that are not deleted, and have a value in the column `filled`, if one is named."""
    alive = text("deleted_at IS NULL" + (f" AND {filled} IS NOT NULL" if filled else ""))
    return Index(name, *map(text, parts), unique=unique, sqlite_where=alive, postgresql_where=alive)


def _table(kind: Kind) -> type[Record]:
    """The SQLModel class of a kind."""
    body: dict[str, Any] = {"__tablename__": kind.name, "__module__": __name__, "__doc__": f"{kind.label} table."}
    annotations: dict[str, Any] = {}
    for stored in kind.columns:
        python = _TYPES[stored.type][0]
        annotations[stored.name] = python if stored.required else python | None
        body[stored.name] = ModelField(default=... if stored.required else None, sa_column=_column(stored))
    body["__annotations__"] = annotations
    body["__table_args__"] = _constraints(kind)
    name = "".join(part.capitalize() for part in kind.name.split("_"))
    metaclass: Any = type(Record)
    made: type[Record] = metaclass(name, (Record,), body, table=True)
    return made


TABLES: dict[str, type[Record]] = {kind.name: _table(kind) for kind in kinds.KINDS}
"""The SQLModel class of each kind, by the kind's name."""


class Action(Row, table=True):
    """One thing a user did: the unit of undo. Its id is the order of history; the clock is only for reading."""

    __tablename__ = "action"
    id: int | None = ModelField(default=None, primary_key=True, sa_type=Id)
    at: str = ModelField(sa_type=Text)
    who: str = ModelField(sa_type=Text)
    verb: str = ModelField(sa_type=Text)
    sentence: str = ModelField(sa_type=Text)
    reason: str = ModelField(default="", sa_type=Text)
    reverts_id: int | None = ModelField(default=None, sa_type=Id, foreign_key="action.id")
    reverted: bool = False


class Imported(Row, table=True):
    """The row of a dataset that an incident was made from: a signed 64-bit hash of its cells as they were read."""

    __tablename__ = "imported"
    incident_id: int | None = ModelField(default=None, primary_key=True, sa_type=Id, foreign_key="incident.id")
    fingerprint: int = ModelField(sa_type=BigInteger)


class Revision(Row, table=True):
    """What one action did to one record: `changes` maps column names to [old, new]; `id` is the sequence."""

    __tablename__ = "revision"
    __table_args__ = (Index("ix_revision_record", "kind", "record_id", "id"), Index("ix_revision_action", "action_id"))
    id: int | None = ModelField(default=None, primary_key=True, sa_type=Id)
    action_id: int = ModelField(sa_type=Id, foreign_key="action.id")
    kind: str = ModelField(sa_type=Text)
    record_id: int = ModelField(sa_type=Id)
    uid: str = ModelField(sa_type=Text)
    op: str = ModelField(sa_type=Text)
    version: int
    changes: dict[str, Any] = ModelField(sa_type=JSON)


def table(kind: str) -> Table:
    """The SQLAlchemy table of the kind named `kind`."""
    return Row.metadata.tables[kind]
