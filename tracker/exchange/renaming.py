"""Columns of a file read as fields of ours, as the user says: `Event date=date`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.errors import UsageError
from tracker.exchange.layout import nearest, normal, readable
from tracker.exchange.readers import Row, Sheet
from tracker.model.fields import Kind


def mapping(kind: Kind, given: Sequence[str]) -> dict[str, str]:
    """The field for each column, from texts such as `Event date=date`; an empty field leaves the column out.

    Raises UsageError for a text without =, and for a field that files of `kind` do not have.
    """
    known = tuple(readable(kind))
    fields: dict[str, str] = {}
    for one in given:
        column, equals, field = one.rpartition("=")
        if not equals or not column.strip():
            raise UsageError(f"--map: “{one}” has no column; write COLUMN=FIELD, such as 'Event date=date'")
        if field.strip() and normal(field) not in known:
            hint = nearest(normal(field), known) or f"; known are {', '.join(known)}"
            raise UsageError(f"--map: “{field}” is no field of {kind.plural}{hint}")
        fields[normal(column)] = normal(field)
    return fields


def renamed(sheet: Sheet, fields: dict[str, str]) -> Sheet:
    """The sheet with its columns under the names of fields; UsageError for a column it does not have."""
    known = {normal(name): name for name in sheet.header}
    for column in fields:
        if column not in known:
            hint = nearest(column, tuple(known)) or f"; it has {', '.join(sheet.header[:20])}"
            raise UsageError(f"--map: {sheet.name} has no column “{column}”{hint}")
    names = {name: fields[key] for key, name in known.items() if key in fields}
    header = tuple(names.get(name, name) for name in sheet.header)
    clash = next((name for name in header if header.count(name) > 1 and name), None)
    if clash:
        raise UsageError(f"--map: two columns of {sheet.name} would be “{clash}”; leave one out with COLUMN=")
    return replace(sheet, header=tuple(filter(None, header)), rows=_rows(sheet.rows, names))


def _rows(rows: Iterator[Row], names: dict[str, str]) -> Iterator[Row]:
    for row in rows:
        cells = {names.get(name, name): cell for name, cell in row.cells.items() if names.get(name, name)}
        yield replace(row, cells=cells)
