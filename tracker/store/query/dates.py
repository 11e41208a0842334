"""Comparisons of uncertain dates, which may or surely fall somewhere, and of the days things were written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.errors import ValueRefused
from tracker.model.edtf import parse
from tracker.model.uncertain import human, resolve
from tracker.store.query.condition import Condition, Sql, joined
from tracker.store.query.fields import FilterField
from tracker.store.query.nodes import Value
from tracker.store.query.scope import Scope, named, only_equals, refuse

_OPERATORS = (">=", "<=", ">", "<")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, None where there is no end; `words` put them after “may fall”."""

    first: date | None
    last: date | None
    words: str


@dataclass(frozen=True, slots=True)
class _Point:
    first: date | None
    last: date | None
    precision: str
    words: str

    @property
    def placed(self) -> str:
        """The words with the preposition they take."""
        return f"{'on' if self.precision == 'day' else 'in'} {self.words}"


def _point(field: FilterField, text: str, value: Value, today: date) -> _Point:
    """A date in EDTF or in words."""
    wanted = text.replace("_", " ").strip()
    try:
        edtf = resolve(wanted, anchor=today).edtf
        read = parse(edtf) if edtf else None
    except ValueRefused as error:
        raise ValueRefused(field.name, f"{field.name}: {str(error).replace(', or leave it empty', '')}") from error
    if read is None:
        raise refuse(field, value, f"a date; write {field.name}:2019-12 or {field.name}:2019-12-01..")
    return _Point(read.earliest, read.latest, read.precision, human(read.value))


def days(field: FilterField, operator: str, value: Value, today: date) -> Days:
    """The days that a value means: a date, or a span such as 2019-12-01..2019-12-10 with either end left out."""
    text = value.text.strip()
    if operator == ":":
        operator = next((sign for sign in _OPERATORS if text.startswith(sign)), ":")
        text = text.removeprefix(operator)
    start, dots, end = text.partition("..")
    if operator in (":", "=") and dots and "[" not in text and "/" not in text:
        return _span(field, value, start, end, today)
    point = _point(field, text, value, today)
    if operator in _OPERATORS:
        return _beyond(field, operator, value, point)
    return Days(point.first, point.last, point.placed)


def _span(field: FilterField, value: Value, start: str, end: str, today: date) -> Days:
    first = _point(field, start, value, today) if start.strip() else None
    last = _point(field, end, value, today) if end.strip() else None
    if first is None:
        if last is None:
            raise refuse(field, value, "a span of dates; give at least one end")
        return Days(None, last.last, f"{last.placed} or earlier")
    if last is None:
        return Days(first.first, None, f"{first.placed} or later")
    if first.first and last.last and first.first > last.last:
        raise refuse(field, value, "a span of dates; it ends before it begins")
    return Days(first.first, last.last, f"between {first.words} and {last.words}")


def _beyond(field: FilterField, operator: str, value: Value, point: _Point) -> Days:
    """What lies beyond a date, with it (>= <=) or without it."""
    edge = {">=": point.first, "<=": point.last, ">": point.last, "<": point.first}[operator]
    if edge is None:
        raise refuse(field, value, "a date with both its ends; < and > need one")
    try:
        edge = edge + _DAY if operator == ">" else edge - _DAY if operator == "<" else edge
    except OverflowError:
        raise refuse(field, value, "a date that anything lies beyond") from None
    words = {">=": f"{point.placed} or later", "<=": f"{point.placed} or earlier", ">": f"after {point.words}",
             "<": f"before {point.words}"}[operator]  # fmt: skip
    later = operator.startswith(">")
    return Days(edge if later else None, None if later else edge, words)


def may_fall(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """Some day that the date may mean is among those given; an open end reaches without limit."""
    return _overlap(field, days(field, operator, value, scope.today), scope)


def after(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """`date:X..`."""
    only_equals(field, operator)
    return _overlap(field, days(field, ">=", value, scope.today), scope)


def before(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """`date:..X`."""
    only_equals(field, operator)
    return _overlap(field, days(field, "<=", value, scope.today), scope)


def _overlap(field: FilterField, given: Days, scope: Scope) -> Condition:
    earliest, latest = (scope.column(f"{field.columns[0]}_{end}") for end in ("earliest", "latest"))
    pieces = []
    if given.last is not None:
        starts = f"({earliest} <= ? OR ({earliest} IS NULL AND {latest} IS NOT NULL))"
        pieces.append(Sql(starts, (given.last.isoformat(),)))
    if given.first is not None:
        ends = f"({latest} >= ? OR ({latest} IS NULL AND {earliest} IS NOT NULL))"
        pieces.append(Sql(ends, (given.first.isoformat(),)))
    if not pieces:
        pieces.append(Sql(f"({earliest} IS NOT NULL OR {latest} IS NOT NULL)"))
    sql = joined(pieces, "AND")
    which = _which(field, scope)
    return Condition(sql, sql, f"{which}may fall {given.words}", f"{which}cannot fall {given.words}")


def _which(field: FilterField, scope: Scope) -> str:
    """The name of a date that is not the main one."""
    main = next(f.name for f in scope.kind.fields if f.type == "date")
    return "" if field.columns[0] == main else f"{named(field)} "


def surely(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """Every day that the date may mean is among those given; a mark of doubt (? ~ %) widens no bounds."""
    given = days(field, operator, value, scope.today)
    earliest, latest = (scope.column(f"{field.columns[0]}_{part}") for part in ("earliest", "latest"))
    pieces = []
    if given.first is not None:
        pieces.append(Sql(f"{earliest} >= ?", (given.first.isoformat(),)))
    if given.last is not None:
        pieces.append(Sql(f"{latest} <= ?", (given.last.isoformat(),)))
    if not pieces:
        pieces.append(Sql(f"({earliest} IS NOT NULL OR {latest} IS NOT NULL)"))
    sql = joined(pieces, "AND")
    return Condition(sql, sql, f"surely falls {given.words}", f"does not surely fall {given.words}")


def written(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """A moment kept as ISO 8601 text lies in the days given."""
    given = days(field, operator, value, scope.today)
    column = scope.column(field.columns[0])
    pieces = []
    if given.first is not None:
        pieces.append(Sql(f"{column} >= ?", (given.first.isoformat(),)))
    if given.last is not None and given.last < date.max:
        pieces.append(Sql(f"{column} < ?", ((given.last + _DAY).isoformat(),)))
    sql = joined(pieces or [Sql(f"{column} IS NOT NULL")], "AND")
    return Condition(sql, sql, f"{named(field)} {given.words}")
