"""A record that two people changed: field by field, what it was, what each of them made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.errors import Conflict
from tracker.model.fields import Field, Kind
from tracker.tui.form_text import Names, shown


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else changed; `mine` is None when I left it alone, and theirs stands."""

    field: Field
    was: str
    theirs: str
    mine: str | None


def references(kind: Kind, *records: Mapping[str, Any]) -> set[tuple[str, int]]:
    """The records that these records refer to, as (kind, id)."""
    return {
        (field.target, record[f"{field.name}_id"])
        for record in records
        for field in kind.form_fields
        if field.type == "ref" and record.get(f"{field.name}_id") is not None
    }


def differs(field: Field, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two records differ in a field."""
    return any(one.get(column.name) != other.get(column.name) for column in field.columns)


def clashes(kind: Kind, conflict: Conflict, typed: Mapping[str, str], names: Names) -> list[Clash]:
    """The fields that somebody else changed since the record was read; `typed` are my texts by field."""
    return list(_clashes(kind, conflict, typed, names))


def _clashes(kind: Kind, conflict: Conflict, typed: Mapping[str, str], names: Names) -> Iterator[Clash]:
    for field in kind.form_fields:
        if not differs(field, conflict.base, conflict.theirs):
            continue
        changed = any(column.name in conflict.mine for column in field.columns)
        agreed = changed and not differs(field, conflict.theirs | conflict.mine, conflict.theirs)
        mine = typed.get(field.name, "") if changed and not agreed else None
        yield Clash(field, shown(field, conflict.base, names), shown(field, conflict.theirs, names), mine)
