"""How a profile writes where a value comes from: a column, several, a template, or a table that says more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tracker.exchange.profile import shapes
from tracker.exchange.profile.model import Cell, CellKind, Condition, DateRule
from tracker.exchange.profile.shapes import Shape, refuse
from tracker.exchange.profile.strict_dates import part_reader, reader
from tracker.exchange.profile.template import columns_of
from tracker.model import codes

COUNTRY_CODES = ("name", "iso3", "any", "iso_numeric", "fips", "gwno", "cameo", "gtd")
PRECISIONS = ("day", "days", "week", "month", "year", "uncertain")
"""How exactly a dataset knows a date; `uncertain`: it does not say, so that a day is perhaps that day."""


def _template(value: str, where: str) -> str:
    columns_of(value, where)
    return value


def _scalar(value: object, where: str) -> object:
    if not isinstance(value, str | int | float | bool):
        raise refuse(where, f"must be a text, a number, true or false, not {value!r}")
    return value


def _null(value: object, where: str) -> frozenset[str]:
    return frozenset(shapes.texts(value, where))


_COMMON: dict[str, Shape] = {"from": shapes.columns, "null": _null}
_NUMBER: dict[str, Shape] = {"min": shapes.number, "max": shapes.number}


def _keys(kind: CellKind, value: Shape) -> dict[str, Shape]:
    keys = _COMMON | {"const": value, "default": value, "map": shapes.mapping(value)}
    if kind == "int":
        keys |= _NUMBER | {"type": shapes.choice("int"), "zero": shapes.choice("keep", "unknown")}
    elif kind == "real":
        keys |= _NUMBER | {"type": shapes.choice("real"), "decimal": shapes.choice(".", ",")}
    elif kind == "country":
        keys |= {"code": shapes.choice(*COUNTRY_CODES)}
    elif kind == "text":
        keys |= {"template": lambda given, where: _template(shapes.text(given, where), where)}
    return keys


def cell(kind: CellKind = "text", *, listed: str = "", joined: bool = False, low: float | None = None,
         high: float | None = None) -> Shape:  # fmt: skip
    """The shape of a cell; `listed` names the code list of its values, a plain text that is such a code is constant."""
    value: Shape = {
        "int": shapes.whole, "real": shapes.number, "bool": shapes.flag, "text": shapes.text, "country": shapes.text,
        "code": shapes.code(listed) if listed else _scalar,
    }[kind]  # fmt: skip
    keys = _keys(kind, value)
    plain = Cell(kind, low=low, high=high, joined=joined, code="name" if kind == "country" else listed)

    def read(given: object, where: str) -> Cell:
        if kind == "bool" and isinstance(given, bool):
            return replace(plain, const=given)
        if isinstance(given, str) and (listed and given in codes.values(listed)):
            return replace(plain, const=given)
        if kind == "text" and isinstance(given, str) and "{" in given:
            return replace(plain, template=_template(given, where), columns=columns_of(given, where))
        if isinstance(given, str | list):
            return replace(plain, columns=shapes.columns(given, where))
        return _from_table(plain, shapes.table(given, where, keys), where)

    return read


def _from_table(plain: Cell, found: dict[str, Any], where: str) -> Cell:
    template = found.get("template", "")
    if not ({"from", "const"} & found.keys() or template):
        raise refuse(where, 'says no column; give from = "its header", or const')
    if template and "from" in found:
        raise refuse(where, "has both from and template; leave one of them")
    return replace(
        plain,
        columns=found.get("from") or columns_of(template, where),
        template=template,
        const=found.get("const"),
        map=found.get("map"),
        default=found.get("default"),
        has_default="default" in found,
        null=found.get("null", frozenset()),
        low=found.get("min", plain.low),
        high=found.get("max", plain.high),
        zero=found.get("zero", "keep"),
        code=found.get("code", plain.code),
        decimal=found.get("decimal", "."),
    )


def formats(value: object, where: str) -> tuple[str, ...]:
    """Date formats in the notation of strptime, each known to the strict reader."""
    found = shapes.texts(value, where)
    for one in found:
        reader(one, where)
    return found


def _parts(value: object, where: str) -> tuple[str, ...]:
    """Date formats of which some may say a month or a year only."""
    found = shapes.texts(value, where)
    for one in found:
        part_reader(one, where)
    return found


def _precision(value: object, where: str) -> tuple[Cell, str]:
    if isinstance(value, str):
        if value in PRECISIONS:
            return Cell("code", const=value), ""
        raise refuse(where, f"“{value}” is no precision; {shapes.nearest(value, PRECISIONS)}")
    word = shapes.choice(*PRECISIONS)
    keys = _COMMON | {"map": shapes.mapping(word), "default": word, "blank": word}
    found = shapes.table(value, where, keys, ("from", "map"))
    blank = found.pop("blank", found.get("default", "uncertain"))
    return _from_table(Cell("code"), found, where), blank


def _lasted(value: object, where: str) -> Condition:
    found = shapes.table(value, where, {"from": shapes.text, "equals": shapes.texts}, ("from", "equals"))
    return Condition(found["from"], frozenset(one.strip().lower() for one in found["equals"]))


_DATE: dict[str, Shape] = {
    "earliest": shapes.columns, "latest": shapes.columns, "year": shapes.columns, "month": shapes.columns,
    "day": shapes.columns, "words": shapes.columns, "end": shapes.columns, "format": _parts,
    "precision": _precision, "unknown": shapes.texts, "lasted": _lasted,
}  # fmt: skip


def date_rule(value: object, where: str) -> DateRule:
    """The date of an incident: { earliest, latest }, { day } or { year, month, day }; a text is the column of a day."""
    if isinstance(value, str | list):
        return DateRule(day=shapes.columns(value, where))
    found = shapes.table(value, where, _DATE)
    if not {"earliest", "day", "year"} & found.keys():
        raise refuse(where, "says no column; give earliest and latest, or day, or year, month and day")
    if "earliest" in found and {"day", "year", "month"} & found.keys():
        raise refuse(where, "has both earliest and another day; leave one of them")
    if "lasted" in found and not {"earliest", "latest"} <= found.keys():
        raise refuse(where, "has lasted without earliest and latest; what lasts from a day has its end")
    if "month" in found and "year" not in found:
        raise refuse(where, "has a month without a year")
    if "day" not in found:
        formats(list(found.get("format", ())), f"{where} format")
    found["precision"], found["blank"] = found.get("precision", (None, ""))
    found["unknown"] = ("", *found.get("unknown", ("0", "00")))
    return DateRule(formats=found.pop("format", ("%Y-%m-%d",)), **found)
