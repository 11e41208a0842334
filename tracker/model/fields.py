"""How a kind of record is declared: once, as data, for the tables, the filter language, the forms and the files."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

FieldType = Literal["text", "long", "code", "codes", "int", "real", "bool", "date", "ref", "json", "stamp", "key"]
ColumnType = Literal["text", "int", "real", "bool", "json", "ref"]

DATE_PARTS = ("words", "edtf", "earliest", "latest", "precision", "basis")
"""What one uncertain date is stored as; `<field>_anchor_id` is the source whose publication date resolved it."""


@dataclass(frozen=True, slots=True)
class StoredColumn:
    """One column of a table: `target` names the kind a reference points to, `field` the field it belongs to."""

    name: str
    type: ColumnType
    field: str
    required: bool = False
    target: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is recorded about a kind of record.

    `codes` names a list of `tracker.model.codes`; `target` the kind a reference points to; `search` puts the field
    into the full text; `width` > 0 shows it in lists by default, with that many cells; `form` is False for what the
    program fills in itself; `low`/`high` bound a number; `of` names the field a matching key is folded from.
    """

    name: str
    label: str
    type: FieldType = "text"
    required: bool = False
    codes: str = ""
    target: str = ""
    help: str = ""
    search: bool = False
    width: int = 0
    form: bool = True
    export: bool = True
    low: float | None = None
    high: float | None = None
    of: str = ""
    default: str = ""
    group: str = ""

    @property
    def columns(self) -> tuple[StoredColumn, ...]:
        """The stored columns of this field: seven for a date, one for anything else."""
        if self.type == "date":
            parts = tuple(StoredColumn(f"{self.name}_{part}", "text", self.name) for part in DATE_PARTS)
            return (*parts, StoredColumn(f"{self.name}_anchor_id", "ref", self.name, target="source"))
        if self.type == "ref":
            return (StoredColumn(f"{self.name}_id", "ref", self.name, self.required, self.target),)
        stored: dict[str, ColumnType] = {"int": "int", "real": "real", "bool": "bool", "json": "json"}
        return (StoredColumn(self.name, stored.get(self.type, "text"), self.name, self.required),)


@dataclass(frozen=True)
class Kind:
    """A kind of record: `name` is its table, `plural` what commands call it, `prefix` what a REF begins with.

    `title` is the field that stands for a record in a sentence; `indexes` are column lists, each indexed among the
    records that are not deleted; `unique` are column lists of which no two such records may share the values.
    """

    name: str
    plural: str
    prefix: str
    label: str
    fields: tuple[Field, ...]
    title: str = ""
    indexes: tuple[tuple[str, ...], ...] = field(default=())
    unique: tuple[tuple[str, ...], ...] = field(default=())
    checks: tuple[str, ...] = field(default=())

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by their names."""
        return {f.name: f for f in self.fields}

    @cached_property
    def columns(self) -> tuple[StoredColumn, ...]:
        """The stored columns of all fields, in their order, without the columns that every record has."""
        return tuple(column for f in self.fields for column in f.columns)

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        """The names of `columns`."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def searched(self) -> tuple[str, ...]:
        """The columns the full text holds, in the order of the full-text table."""
        return tuple(f.name for f in self.fields if f.search)

    @cached_property
    def form_fields(self) -> tuple[Field, ...]:
        """What a user may write: in forms, `add`, `edit` and imports."""
        return tuple(f for f in self.fields if f.form)
