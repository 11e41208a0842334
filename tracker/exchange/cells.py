"""From the cells of a row to the stored columns of a record; a fault names column, value, reason and cure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tracker import text
from tracker.errors import ValueRefused
from tracker.exchange.grid import Fault
from tracker.exchange.jsonvalues import TOO_LONG, Number, plain, read_object
from tracker.exchange.layout import FileColumn, normal, readable
from tracker.exchange.links import Links
from tracker.exchange.profile.countries import country_reader
from tracker.exchange.readers import Row
from tracker.exchange.writers import compact
from tracker.model import codes
from tracker.model.fields import Field, Kind
from tracker.model.uncertain import Order, UncertainDate, resolve
from tracker.model.values import Context, Values, date_columns, parse_value

_PARSED_ONCE = frozenset({"code", "codes", "int", "real", "bool", "stamp"})
_DATE_SAID = ("", "_words", "_edtf")


@dataclass
class Converted:
    """A row as stored columns; `links` are the uids its references mean, by field; `misnamed` the fields of names that
    the records of their uids do not bear.
    """

    values: Values = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    misnamed: list[str] = field(default_factory=list)


class Converter:
    """Reads the rows of one kind.

    `order` is that of day and month in dates such as 03/04/2019, `anchor` the day "last Monday" is told from.
    """

    def __init__(self, kind: Kind, links: Links, order: Order | None = None, anchor: date | None = None) -> None:
        self.kind = kind
        self.links = links
        self.order = order
        self.anchor = anchor
        self._known = readable(kind)
        self._columns: dict[str, FileColumn | None] = {}
        self._memo: dict[tuple[str, str], Values] = {}

    def column(self, name: str) -> FileColumn | None:
        """The column that a header's name means, None when it means none."""
        if name not in self._columns:
            self._columns[name] = self._known.get(normal(name))
        return self._columns[name]

    def texts(self, row: Row, guarded: bool) -> tuple[dict[str, str], list[Fault]]:
        """The cells that mean something, as text by the name of their column, with the faults of the rest.

        `guarded`: the row is of a file in which cells that look like formulas are guarded.
        """
        found: dict[str, str] = {}
        faults = [row.fault] if row.fault else []
        for name, cell in row.cells.items():
            column = self.column(name)
            if column is None or column.role == "derived":
                continue
            try:
                if column.name in found:
                    raise ValueRefused(name, "stands twice under names that mean the same column; keep one")
                found[column.name] = text.unguard(cell) if guarded else _text(column, cell)
            except ValueRefused as error:
                faults.append(Fault(name, _shown(cell), str(error)))
        return found, faults

    def convert(self, texts: dict[str, str], own: bool) -> Converted:
        """The stored columns of what `texts` has cells for; `own`: the row has a uid, its texts are kept verbatim."""
        made = Converted()
        known = self._known
        groups: dict[str, list[FileColumn]] = {}
        for name in texts:
            if owner := known[name].field:
                groups.setdefault(owner, []).append(known[name])
        for name, group in groups.items():
            self._field(self.kind.by_name[name], group, texts, own, made)
        if "extra" in texts:
            self._extra(texts["extra"], made)
        return made

    def _field(self, f: Field, group: list[FileColumn], texts: dict[str, str], own: bool, made: Converted) -> None:
        shown = group[0].name
        try:
            if f.type == "date":
                made.values |= self._date(f, texts, made)
            elif f.type == "ref":
                shown = f"{f.name}_uid" if texts.get(f"{f.name}_uid", "").strip() else shown
                made.values[f"{f.name}_id"] = self._reference(f, texts, made)
            else:
                made.values |= self._value(f, texts[f.name], own)
        except ValueRefused as error:
            told = error.field if error.field in texts else shown
            column = _date_cell(f, texts) if f.type == "date" and not told.endswith("_uid") else told
            reason = str(error).removeprefix(f"{f.name}: ").removeprefix(f"{error.field}: ")
            made.faults.append(Fault(column, text.truncate(texts.get(column, ""), 60), reason))

    def _value(self, f: Field, raw: str, own: bool) -> Values:
        if f.name == "country" and (code := country_reader("name")(raw)):
            return {f.name: code}
        if f.type in _PARSED_ONCE:
            key = (f.name, raw)
            if key not in self._memo:
                self._memo[key] = parse_value(f, raw, Context())
            return self._memo[key]
        parsed = parse_value(f, raw, Context())
        # What came out of a database stays as it was, with the blanks at its ends that a person would not mean.
        value = parsed[f.name]
        verbatim = own and value is not None and value == text.clean(raw, multiline=f.type == "long").strip()
        return {f.name: raw} if verbatim or (own and raw and value is None and not f.required) else parsed

    def _reference(self, f: Field, texts: dict[str, str], made: Converted) -> object:
        uid, name = texts.get(f"{f.name}_uid", "").strip(), texts.get(f.name, "")
        if not uid and not name.strip():
            return None
        if not uid:
            uid = self.links.by_name(f.target, name.strip(), f.name)
        elif name.strip() and self.links.misnamed(f.target, uid, name):
            made.misnamed.append(f.name)
        made.links[f.name] = uid
        return self.links.by_uid(f.target, uid, f"{f.name}_uid")

    def _date(self, f: Field, texts: dict[str, str], made: Converted) -> Values:
        values: Values = {}
        if any(f"{f.name}{part}" in texts for part in _DATE_SAID):
            values = self._said(f, texts)
        anchor = texts.get(f"{f.name}_anchor_uid")
        if anchor is not None:
            uid = anchor.strip()
            values[f"{f.name}_anchor_id"] = self.links.by_uid("source", uid, f"{f.name}_anchor_uid") if uid else None
            made.links[f"{f.name}_anchor"] = uid
        return values

    def _said(self, f: Field, texts: dict[str, str]) -> Values:
        """The date from its EDTF, or else read from its words; what follows from the EDTF is worked out again."""
        edtf = texts.get(f"{f.name}_edtf", "").strip()
        words, whole = texts.get(f"{f.name}_words", ""), texts.get(f.name, "")
        if len(words) > text.MAX_FIELD:
            raise ValueRefused(f.name, TOO_LONG)
        basis = texts.get(f"{f.name}_basis", "").strip()
        if basis:
            basis = codes.find("date_basis", basis, field=f"{f.name}_basis")
        if edtf:
            stated = "" if f"{f.name}_basis" in texts else "stated"
            return date_columns(f.name, UncertainDate.from_edtf(edtf, words=words, basis=basis or stated))
        if texts.get(f"{f.name}_precision", "").strip() == "unknown":
            return date_columns(f.name, UncertainDate(words, "", None, None, "unknown", basis))
        if not words.strip() and not whole.strip():
            return dict.fromkeys((c.name for c in f.columns[:-1]), None)
        read = resolve(words if words.strip() else whole.strip(), order=self.order, anchor=self.anchor)
        values = date_columns(f.name, read)
        return values | {f"{f.name}_basis": basis} if basis else values

    def _extra(self, raw: str, made: Converted) -> None:
        found = read_object(raw) if raw.strip() else None
        if raw.strip() and found is None:
            reason = 'is no JSON object; write one such as {"note":"…"}, or leave it empty'
            made.faults.append(Fault("extra", text.truncate(raw, 60), reason))
        made.values["extra"] = found


def _date_cell(f: Field, texts: dict[str, str]) -> str:
    """The column that a fault of a date is told of: the first that says something."""
    names = (f"{f.name}_edtf", f"{f.name}_words", f.name, f"{f.name}_anchor_uid")
    return next((name for name in names if texts.get(name, "").strip()), f.name)


def _text(column: FileColumn, cell: Any) -> str:
    """A cell as text; ValueRefused when a JSON value is not of the column's type."""
    if type(cell) is str:
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        if column.type != "bool":
            raise ValueRefused(column.name, "is true or false where text belongs; put it in quotes")
        return "yes" if cell else "no"
    if isinstance(cell, Number):
        return format(Decimal(cell), "f") if "e" in cell.lower() and len(cell) < 30 else str(cell)
    if column.type == "json" and isinstance(cell, dict):
        return compact(plain(cell))
    if column.type == "codes" and isinstance(cell, list) and all(type(item) is str for item in cell):
        return "; ".join(cell)
    raise ValueRefused(column.name, f"is {'a list' if isinstance(cell, list) else 'an object'}; write one plain value")


def _shown(cell: Any) -> str:
    return text.truncate(cell if isinstance(cell, str) else compact(cell), 60)


def original(header: tuple[str, ...], row: Row) -> Iterator[str]:
    """The cells of a row as they were read, one for each name of the header, as text."""
    for name in header:
        cell = row.cells.get(name)
        yield cell if isinstance(cell, str) else "" if cell is None else compact(plain(cell))
