"""The part of EDTF (ISO 8601-2) that dates of incidents are written in: read strictly, spelled one way, bounded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.model.edtf_point import POINT, Point, point, refused

PRECISIONS: Final = (
    "day", "days", "week", "month", "season", "year", "decade", "range", "interval", "open", "unknown",
)  # fmt: skip
LONGEST: Final = 200

_AROUND_MARKS = re.compile(r"\s*(/|\.\.|,|\[|\])\s*")


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date as EDTF writes it: `earliest` and `latest` are the first and last day it may mean, None at an open end.

    `qualifier` is "?" (doubtful), "~" (about), "%" (both) or "". It does not widen the bounds: EDTF gives it no width.
    Seasons are the northern, meteorological ones: spring is March to May.
    """

    value: str
    earliest: date | None
    latest: date | None
    precision: str
    qualifier: str


class Span(NamedTuple):
    """From `start` to `end`; None at an end that is open or unknown. A single date has both ends the same object."""

    start: Point | None
    end: Point | None


class Shape(NamedTuple):
    """How an EDTF value is built: `kind` is "point", "interval" (lasted) or "one_of", which alone has several spans."""

    kind: str
    value: str
    spans: tuple[Span, ...]


def _span(start: str, end: str, whole: str, without: tuple[str, ...] = ("",)) -> Span:
    first = None if start in without else point(start, whole)
    last = None if end in without else point(end, whole)
    if first is None and last is None:
        raise refused(whole, "at least one end must be given")
    if first and last and first.earliest > last.latest:
        raise refused(whole, "it ends before it begins")
    return Span(first, last)


def _one_of(text: str, whole: str) -> Shape:
    """Read `[a..b]`, `[a,b]`, `[..b]`, `[a..]`; members are put in order, and a set of one is that one."""
    found: dict[str, Span] = {}
    for item in text[1:-1].split(","):
        start, dots, end = item.partition("..")
        if dots:
            span = _span(start, end, whole)
            name = f"{span.start.value if span.start else ''}..{span.end.value if span.end else ''}"
        else:
            single = point(item, whole)
            span, name = Span(single, single), single.value
        found[name] = span
    order = sorted(found, key=lambda name: (*_bounds_for_order(found[name]), name))
    if len(order) == 1 and ".." not in order[0]:
        return Shape("point", order[0], (found[order[0]],))
    return Shape("one_of", f"[{','.join(order)}]", tuple(found[name] for name in order))


def _bounds_for_order(span: Span) -> tuple[date, date]:
    return (span.start.earliest if span.start else date.min, span.end.latest if span.end else date.max)


def shape(text: str) -> Shape:
    """Take an EDTF value apart. Raises ValueRefused with a sentence when it is none, or names a day that never was."""
    if len(text) > LONGEST:
        raise refused(text, f"it is longer than {LONGEST} characters")
    value = _AROUND_MARKS.sub(r"\1", text.strip()).replace("x", "X")
    if value.startswith("[") and value.endswith("]"):
        return _one_of(value, text)
    if "/" not in value:
        single = point(value, text)
        return Shape("point", value, (Span(single, single),))
    start, _, end = value.partition("/")
    return Shape("interval", value, (_span(start, end, text, ("", "..")),))


def _precision(parts: Shape, earliest: date | None, latest: date | None) -> str:
    first, last = parts.spans[0].start, parts.spans[-1].end
    if parts.kind == "point" and first:
        return first.precision
    if first is None or last is None or earliest is None or latest is None:
        return "open"
    by_days = first.precision == last.precision == "day" and len(parts.spans) == 1
    if by_days and earliest.weekday() == 0 and latest - earliest == timedelta(days=6):
        return "week"
    return "range" if parts.kind == "one_of" else "interval"


def _qualifier(parts: Shape) -> str:
    marks = {p.qualifier for span in parts.spans for p in (span.start, span.end) if p} - {""}
    return marks.pop() if len(marks) == 1 else "%" if marks else ""


@lru_cache(maxsize=32768)
def parse(text: str) -> Edtf:
    """Read one EDTF value; `parse(x).value` is its canonical spelling and reads back to the same.

    Raises ValueRefused (field "date") when the text is outside the subset, a day does not exist or an end lies
    before its beginning. Only ASCII digits count; forms such as 20191209 or 2019-W50-1 are refused.
    """
    parts = shape(text)
    starts = [span.start for span in parts.spans]
    ends = [span.end for span in parts.spans]
    earliest = None if None in starts else min(p.earliest for p in starts if p)
    latest = None if None in ends else max(p.latest for p in ends if p)
    return Edtf(parts.value, earliest, latest, _precision(parts, earliest, latest), _qualifier(parts))


def qualify(value: str, mark: str) -> str:
    """Put `mark` ("?", "~", "%" or "") on every date of a canonical EDTF value; "?" and "~" together become "%"."""

    def marked(match: re.Match[str]) -> str:
        kept = match.group(4)
        both = mark if kept in ("", mark) else "%"
        return match.group()[: len(match.group()) - len(kept)] + both

    return POINT.sub(marked, value) if mark else value
