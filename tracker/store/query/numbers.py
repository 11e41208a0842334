"""Comparisons of numbers, and of places with a distance."""

from __future__ import annotations

import math
import re
from typing import Final

from tracker.store.query.condition import Condition, Sql, same
from tracker.store.query.fields import FilterField
from tracker.store.query.nodes import Value
from tracker.store.query.scope import Scope, named, only_equals, refuse

EARTH_KM: Final = 6371.0088
"""Mean radius of the Earth (IUGG)."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,12})?")
_COMPARED = re.compile(r"(>=|<=|>|<)(.+)")
_WORDS = {">=": "at least {}", "<=": "at most {}", ">": "more than {}", "<": "less than {}", "=": "{}"}
_NEAR = re.compile(r"(-?\d{1,3}(?:\.\d+)?),\s*(-?\d{1,3}(?:\.\d+)?)(?:,\s*(\d{1,5}(?:\.\d+)?)\s*(km|mi)?)?", re.ASCII)
_NEAR_BY_DEFAULT: Final = "25"


def _number(field: FilterField, text: str, value: Value) -> int | float:
    if not _NUMBER.fullmatch(text) or (field.whole and "." in text):
        kind, name = "whole number" if field.whole else "number", field.name
        raise refuse(field, value, f"a {kind}; write {name}:3, {name}>=1, {name}:2..5 or {name}:unknown")
    return float(text) if "." in text else int(text)


def number(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """The number equals, is within, or is beyond what is given; unknown is never any of these.

    Of several columns the first that is known counts, without the last: best figure, else the lowest.
    """
    columns = [scope.column(name) for name in field.columns]
    expression = columns[0] if len(columns) == 1 else f"coalesce({', '.join(columns[:2])})"
    shown = named(field)
    low, dots, high = value.text.partition("..")
    if dots and operator in (":", "="):
        return _between(field, value, expression, shown, low, high)
    text = value.text
    if (inner := _COMPARED.fullmatch(text)) and operator == ":":
        operator, text = inner.groups()
    operator = "=" if operator == ":" else operator
    given = _number(field, text, value)
    return same(f"{expression} {operator} ?", given, words=f"{shown} {_WORDS[operator].format(given)}")


def _between(field: FilterField, value: Value, expression: str, shown: str, low: str, high: str) -> Condition:
    """From `low` to `high`, either of which may be empty."""
    if not low and not high:
        raise refuse(field, value, "a span of numbers")
    least, most = (_number(field, end, value) if end else None for end in (low, high))
    if most is None:
        return same(f"{expression} >= ?", least, words=f"{shown} at least {least}")
    if least is None:
        return same(f"{expression} <= ?", most, words=f"{shown} at most {most}")
    if least > most:
        raise refuse(field, value, "a span of numbers; the first is greater than the second")
    return same(f"{expression} BETWEEN ? AND ?", least, most, words=f"{shown} {least} to {most}")


def near(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """Within a distance of a point: a box that an index could serve, then the haversine formula on a sphere."""
    only_equals(field, operator)
    match = _NEAR.fullmatch(value.text.strip().lower())
    if match is None:
        raise refuse(field, value, "a point and a distance; write near:33.26,44.23,20km")
    lat, lon = float(match[1]), float(match[2])
    if abs(lat) > 90 or abs(lon) > 180:
        raise refuse(field, value, "on Earth; latitude comes first, from -90 to 90, then longitude, from -180 to 180")
    distance = match[3] or _NEAR_BY_DEFAULT
    unit = match[4] or "km"
    sql = _within(scope, lat, lon, float(distance) * (1.609344 if unit == "mi" else 1.0))
    shown = f"within {distance} {unit} of {match[1]}, {match[2]}"
    return Condition(sql, sql, shown, f"not {shown}")


def _within(scope: Scope, lat: float, lon: float, km: float) -> Sql:
    y, x = scope.column("lat"), scope.column("lon")
    angle = min(km / EARTH_KM, math.pi)
    reach = math.degrees(angle)
    pieces, parameters = [f"{y} BETWEEN ? AND ?"], [lat - reach, lat + reach]
    # A circle that holds a pole spans all longitudes; elsewhere it is widest a little poleward of its middle.
    if abs(lat) + reach < 90:
        side = math.degrees(math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(lat)))))
        spans = [(lon - side + turn, lon + side + turn) for turn in (-360, 0, 360)]
        spans = [span for span in spans if span[0] <= 180 and span[1] >= -180]
        pieces.append("(" + " OR ".join([f"{x} BETWEEN ? AND ?"] * len(spans)) + ")")
        parameters += [end for span in spans for end in span]
    haversine = (
        f"power(sin(radians({y} - ?) / 2), 2)"
        f" + cos(radians({y})) * cos(radians(?)) * power(sin(radians({x} - ?) / 2), 2) <= ?"
    )
    parameters += [lat, lat, lon, math.sin(angle / 2) ** 2]
    return Sql(f"({' AND '.join([*pieces, haversine])})", tuple(parameters))
