"""One record by its id or by what people call it, and how many there are."""

from __future__ import annotations

import difflib
import json
import re
from typing import Any

from tracker.errors import UsageError
from tracker.model.fields import Kind
from tracker.model.kinds import BY_NAME, BY_PREFIX, KINDS
from tracker.store.columns import quoted
from tracker.store.database import Reader
from tracker.text import screen

EVERY_RECORD = ("id", "uid", "version", "created_at", "updated_at", "deleted_at", "batch_id", "extra")
"""The columns that all kinds share."""
_REF = re.compile(r"\s*([A-Za-z]{1,4})-([0-9]{1,18})\s*")


def ref(kind: Kind, id_: int) -> str:
    """The REF of a record, such as I-12."""
    return f"{kind.prefix}-{id_}"


def record(reader: Reader, kind: Kind, id_: int) -> dict[str, Any] | None:
    """All stored columns of a record, deleted or not, by name; None when there is none."""
    names = (*EVERY_RECORD, *kind.column_names)
    select = ", ".join(f"t.{quoted(name)}" for name in names)
    rows = reader.rows(f"SELECT {select} FROM {kind.name} t WHERE t.id = ?", (id_,))
    return typed(kind, dict(zip(names, rows[0], strict=True))) if rows else None


def typed(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """The same values on both engines: SQLite keeps yes and no as numbers, and JSON as text."""
    types = {column.name: column.type for column in kind.columns} | {"extra": "json"}
    for name, value in values.items():
        if types.get(name) == "bool" and value is not None:
            values[name] = bool(value)
        elif types.get(name) == "json" and isinstance(value, str):
            values[name] = json.loads(value)
    return values


def find(reader: Reader, text: str, *, deleted: bool = False) -> tuple[Kind, int]:
    """The record that a REF (I-12, a-3) or a uid means; deleted ones only on request.

    Raises UsageError that says what is near: the nearest number, the prefixes there are, or that it was deleted.
    """
    match = _REF.fullmatch(text)
    if match and (kind := BY_PREFIX.get(match[1].upper())):
        return kind, _numbered(reader, kind, int(match[2]), deleted)
    for kind in KINDS:
        rows = reader.rows(f"SELECT id, deleted_at FROM {kind.name} WHERE uid = ?", (text.strip(),))
        if rows and (deleted or rows[0][1] is None):
            return kind, int(rows[0][0])
        if rows:
            raise _gone(reader, kind, int(rows[0][0]))
    shown = screen(text.strip())[:60]
    if match:
        near = difflib.get_close_matches(match[1].upper(), BY_PREFIX, n=1, cutoff=0.3)
        hint = f"did you mean {near[0]}-{match[2]}?" if near else f"REFs begin with {', '.join(BY_PREFIX)}"
        raise UsageError(f"“{shown}” is no REF; {hint}")
    raise UsageError(f"“{shown}” is not the REF or uid of any record; a REF looks like I-12, A-3, S-7 or SRC-1")


def _numbered(reader: Reader, kind: Kind, number: int, deleted: bool) -> int:
    rows = reader.rows(f"SELECT deleted_at FROM {kind.name} WHERE id = ?", (number,))
    if rows and (deleted or rows[0][0] is None):
        return number
    if rows:
        raise _gone(reader, kind, number)
    beside = (
        f"SELECT id FROM {kind.name} WHERE deleted_at IS NULL AND id {{}} ? ORDER BY id {{}} LIMIT 1".format(*how)
        for how in (("<", "DESC"), (">", "ASC"))
    )
    found = [int(row[0]) for sql in beside for row in reader.rows(sql, (number,))]
    near = min(found, key=lambda one: abs(one - number), default=None)
    hint = f"the nearest is {ref(kind, near)}" if near is not None else "there are none yet"
    raise UsageError(f"{ref(kind, number)}: there is no such {kind.label.lower()}; {hint}")


def _gone(reader: Reader, kind: Kind, number: int) -> UsageError:
    """Why a record is no longer there."""
    if kind.name == "actor":
        rows = reader.rows("SELECT merged_into_id FROM actor WHERE id = ?", (number,))
        if rows[0][0] is not None:
            return UsageError(f"{ref(kind, number)}: was merged into A-{rows[0][0]}; use that, or unmerge it")
    return UsageError(f"{ref(kind, number)}: was deleted; “undo” brings it back")


def totals(reader: Reader) -> dict[str, int]:
    """How many records there are of each kind, by its name, without the deleted."""
    counts = " UNION ALL ".join(
        f"SELECT {number}, count(*) FROM {_along_index(reader, kind)} WHERE deleted_at IS NULL"
        for number, kind in enumerate(KINDS)
    )
    found = dict(reader.rows(counts))
    return {kind.name: int(found[number]) for number, kind in enumerate(KINDS)}


def _along_index(reader: Reader, kind: Kind) -> str:
    """SQLite reads the whole table to count, unless it is told of an index."""
    # The index of an optional reference holds only the records that have one.
    sparse = {column.name for column in kind.columns if column.type == "ref" and not column.required}
    plain = [index for index in kind.indexes if "(" not in index[0] and index[0] not in sparse]
    if reader.dialect != "sqlite" or not plain:
        return kind.name
    narrow = min(plain, key=lambda index: (len(index), not index[0].endswith("_id")))
    return f"{kind.name} INDEXED BY ix_{kind.name}_{'_'.join(narrow)}"


def title(reader: Reader, kind: str, id_: int) -> str:
    """What stands for a record in a sentence; its REF when it has no words."""
    from tracker.store.columns import title_of

    rows = reader.rows(f"SELECT {title_of(kind, '?')}", (id_,))
    return str(rows[0][0] or ref(BY_NAME[kind], id_))
