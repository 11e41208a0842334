"""What the user says of the columns of a file with `--map`: `Event date=date`, or `category:=protest` for all rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tracker.errors import UsageError
from tracker.exchange.jsonvalues import plain, read_object
from tracker.exchange.layout import ABOUT, NOTES, PROTECTED, nearest, normal, readable
from tracker.exchange.readers import Row, Sheet
from tracker.exchange.writers import compact
from tracker.model.fields import Kind


@dataclass(frozen=True, slots=True)
class Naming:
    """What `--map` says of one file: the field (normalised) for columns as the header has them, the columns that are
    left out, and the fields that have one text in all rows.
    """

    fields: dict[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    constants: dict[str, str] = field(default_factory=dict)


def fields_named(given: Sequence[str], header: Sequence[str]) -> set[str]:
    """The fields that the texts of --map speak of, whatever kind of record these belong to."""
    columns = {normal(name) for name in header}
    named = set()
    for one in given:
        left, constant, _ = one.partition(":=")
        column, _, right = one.rpartition("=")
        named.add(normal(left) if constant and normal(f"{left}:") not in columns else normal(right) or normal(column))
    return named


def naming(given: Sequence[str], header: Sequence[str], known: Collection[str], name: str, what: str) -> Naming:
    """The columns of the file `name` and the fields (of `known`) that each text of --map says.

    `COLUMN=FIELD` reads a column as a field, `COLUMN=` leaves it out, `FIELD:=TEXT` is the same in all rows.
    `FIELD=COLUMN` is understood where it can mean nothing else. Raises UsageError, with the nearest name, for a
    column that the file does not have and a field that `what` do not have.
    """
    columns = {normal(one): one for one in header if one.strip()}
    fields: dict[str, str] = {}
    dropped: set[str] = set()
    constants: dict[str, str] = {}
    for one in given:
        left, constant, text = one.partition(":=")
        if constant and normal(f"{left}:") not in columns:
            constants[_field(left, known, what)] = text.strip()
            continue
        column, right = _pair(one, columns, known)
        if normal(column) not in columns:
            hint = nearest(normal(column), tuple(columns)) or f"; it has {', '.join(list(columns.values())[:20])}"
            raise UsageError(f"--map: {name} has no column “{column.strip()}”{hint}")
        if not right.strip():
            dropped.add(columns[normal(column)])
        else:
            fields[columns[normal(column)]] = _field(right, known, what)
    return Naming(fields, frozenset(dropped), constants)


def _pair(one: str, columns: dict[str, str], known: Collection[str]) -> tuple[str, str]:
    """Column and field of a text; the other way round only where that alone has a meaning."""
    column, equals, right = one.rpartition("=")
    if not equals or not column.strip():
        raise UsageError(
            f"--map: “{one}” names no column; write COLUMN=FIELD, such as 'Event date=date', or FIELD:=TEXT"
        )
    first, _, rest = one.partition("=")
    turned = normal(first) in known and normal(rest) in columns
    if turned and not (normal(column) in columns and (not right.strip() or normal(right) in known)):
        return rest, first
    return column, right


def _field(word: str, known: Collection[str], what: str) -> str:
    if normal(word) not in known:
        hint = nearest(normal(word), tuple(known)) or f"; known are {', '.join(known)}"
        raise UsageError(f"--map: “{word.strip()}” is no field of {what}{hint}")
    return normal(word)


def renamed(sheet: Sheet, kind: Kind, given: Sequence[str]) -> Sheet:
    """The sheet with its columns under the names of the fields of `kind`, and columns that mean nothing in `extra`.

    Raises UsageError for what cannot be meant, see `naming`.
    """
    said = naming(given, sheet.header, tuple(readable(kind)), sheet.name, kind.plural)
    header = [said.fields.get(name, name) for name in sheet.header if name not in said.dropped]
    header += [name for name in said.constants if name not in header]
    if clash := next((name for name in header if header.count(name) > 1 and name), None):
        raise UsageError(f"--map: two columns of {sheet.name} would be “{clash}”; leave one out with COLUMN=")
    beside = frozenset(name for name in header if _means_nothing(name, kind))
    kept = [name for name in header if name not in beside]
    if beside and "extra" not in kept:
        kept.append("extra")
    return replace(sheet, header=tuple(filter(None, kept)), rows=_rows(sheet.rows, said, beside))


def _means_nothing(name: str, kind: Kind) -> bool:
    word = normal(name)
    return bool(word) and word not in readable(kind) and word not in {*NOTES, *ABOUT, *PROTECTED, "ref"}


def _rows(rows: Iterator[Row], said: Naming, beside: frozenset[str]) -> Iterator[Row]:
    for row in rows:
        cells: dict[str, Any] = dict(said.constants)
        more: dict[str, Any] = {}
        for name, cell in row.cells.items():
            if name in said.dropped or not name:
                continue
            to = said.fields.get(name, name)
            if to in beside:
                more[to] = cell
            else:
                cells[to] = cell
        filled = {name: plain(cell) for name, cell in more.items() if cell not in ("", None)}
        if filled:
            there = cells.get("extra")
            held = read_object(there) if isinstance(there, str) and there.strip() else there
            if held is None or held == "" or isinstance(held, dict):
                cells["extra"] = compact({**(held or {}), **filled})
        yield replace(row, cells=cells)
