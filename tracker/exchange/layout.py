"""What columns the file of each kind has, derived from the declarations of the kinds alone."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tracker.errors import UsageError
from tracker.model.fields import DATE_PARTS, Field, FieldType, Kind
from tracker.model.kinds import EXCHANGED
from tracker.text import truncate

Role = Literal["uid", "version", "value", "part", "anchor", "name", "link", "derived", "date", "extra", "ref", "shown"]
"""What a file column holds: `name` and `link` are the two sides of a reference, `part` one of the parts of a date,
`date` a whole date as words or EDTF (read, never written). On request are written `ref`, the REF of the record, and
`shown`, a column of lists as people see it."""

NAMED = ("actor", "incident", "source")
"""Kinds whose records are called by their title in the files of other kinds, for people."""

NOBODY = "nobody named"
PROTECTED = frozenset({"id", "created_at", "updated_at", "deleted_at", "batch_id"})
"""Columns that belong to one database and are never read from a file."""

NOTED = ("_record", "_line", "_column", "_reason")
"""Columns that a file of rejected rows has on top of its own, in their order."""
NOTES = frozenset(NOTED)
ABOUT = ("_dataset", "_release")
"""Columns that such a file of a dataset has as well, so that corrected rows go where the others went."""

_TEXTS = frozenset({"text", "long", "code", "codes", "json", "stamp", "date", "ref"})


@dataclass(frozen=True, slots=True)
class FileColumn:
    """One column of a file: `field` is the field it belongs to, `stored` the column of the table it is read from.

    For a `name` or `link` column `stored` is the reference and `target` the kind it points to.
    """

    name: str
    role: Role
    type: FieldType
    field: str = ""
    stored: str = ""
    target: str = ""

    @property
    def guarded(self) -> bool:
        """Whether a spreadsheet could take its cells for formulas: all but numbers, yes/no and uids."""
        return self.type in _TEXTS and self.role not in ("uid", "link", "anchor")


UID = FileColumn("uid", "uid", "text", stored="uid")
VERSION = FileColumn("version", "version", "int", stored="version")
EXTRA = FileColumn("extra", "extra", "json", stored="extra")
REF = FileColumn("ref", "ref", "text", stored="id")


@cache
def columns(kind: Kind) -> tuple[FileColumn, ...]:
    """The columns of the file of `kind`, in their order."""
    fields = (column for f in kind.fields if f.export for column in _columns_of(kind, f))
    return (UID, VERSION, *fields, EXTRA)


def _columns_of(kind: Kind, f: Field) -> tuple[FileColumn, ...]:
    if f.type == "date":
        parts = tuple(FileColumn(f"{f.name}_{p}", "part", "text", f.name, f"{f.name}_{p}") for p in DATE_PARTS)
        return (*parts, FileColumn(f"{f.name}_anchor_uid", "anchor", "ref", f.name, f"{f.name}_anchor_id", "source"))
    if f.type != "ref":
        return (FileColumn(f.name, "value", f.type, f.name, f.name),)
    stored = f.columns[0].name
    name = FileColumn(f.name, "name", "ref", f.name, stored, f.target)
    link = FileColumn(f"{f.name}_uid", "link", "ref", f.name, stored, f.target)
    made: tuple[FileColumn, ...] = (name, link) if f.target in NAMED else (link,)
    if (kind.name, f.name) == ("involvement", "asserted_by"):
        made += (FileColumn("according_to", "derived", "ref", f.name, stored, f.target),)
    return made


@cache
def readable(kind: Kind) -> dict[str, FileColumn]:
    """The columns an import may name: those of the file, and each date as one cell under the name of its field."""
    dates = (FileColumn(f.name, "date", "date", f.name) for f in kind.fields if f.export and f.type == "date")
    return {column.name: column for column in (*columns(kind), *dates)}


@cache
def required(kind: Kind) -> tuple[tuple[str, ...], ...]:
    """For each field that a new record must be given, the columns of which a file must have one."""
    needed = (f for f in kind.fields if f.required and not f.default)
    return tuple(tuple(n for n, column in readable(kind).items() if column.field == f.name) for f in needed)


def lacking(kind: Kind, header: tuple[str, ...]) -> str:
    """The first column that rows of new records need and the header lacks; "" when the rows can do without.

    Rows that name existing records, by uid or by what is unique to them, need no more than what they change.
    """
    names = {normal(name) for name in header}
    if "uid" in names or any(names.issuperset(keys) for keys in kind.unique):
        return ""
    return next((one[0] for one in required(kind) if not names & set(one)), "")


def nearest(name: str, known: tuple[str, ...]) -> str:
    """A hint at the known name nearest to `name`: “; did you mean “x”?”, or nothing."""
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean “{near[0]}”?" if near else ""


def normal(name: str) -> str:
    """A column's name as it is compared: lower case, one underscore for spaces."""
    return re.sub(r"\s+", "_", name.strip().lower())


def kind_named(word: str) -> Kind:
    """The exchanged kind called `word`, singular or plural; UsageError with the nearest when there is none."""
    for kind in EXCHANGED:
        if word in (kind.name, kind.plural):
            return kind
    hint = nearest(word, tuple(kind.plural for kind in EXCHANGED)) or f"; known are {_plurals()}"
    raise UsageError(f"“{word}” is nothing that files hold{hint}")


def _plurals() -> str:
    return ", ".join(kind.plural for kind in EXCHANGED)


def kind_of_file(stem: str) -> Kind | None:
    """The kind whose plural stands as a word in a file's name; the longest when there are several."""
    found = [k for k in EXCHANGED if re.search(rf"(?<![a-z_]){k.plural}(?![a-z_])", stem.lower())]
    return max(found, key=lambda kind: len(kind.plural), default=None)


def kind_of_header(header: tuple[str, ...], name: str) -> Kind:
    """The kind whose file has these columns: all that a new record needs, and most of them known.

    Raises UsageError when none fits, or more than one.
    """
    names = {normal(column) for column in header}
    fits = {
        kind: len(names & readable(kind).keys())
        for kind in EXCHANGED
        if all(names & set(one) for one in required(kind)) and 2 * len(names & readable(kind).keys()) > len(names)
    }
    best = [kind for kind, count in fits.items() if count == max(fits.values())]
    if len(best) == 1:
        return best[0]
    shown = truncate(", ".join(header), 120)
    if best:
        either = " or ".join(kind.plural for kind in best)
        raise UsageError(f"{name}:1: its columns ({shown}) fit {either}; say which with --as")
    raise UsageError(
        f"{name}:1: the columns ({shown}) fit no kind of record; the first line must be the header of {_plurals()}; "
        "or say what it holds with --as"
    )
