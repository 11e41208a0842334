"""Uncertain dates as people read them: a full form for forms and details, a short one for table cells."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Protocol

from tracker.errors import ValueRefused
from tracker.model.edtf import Edtf, Shape, Span, shape
from tracker.model.edtf_point import Point

UNKNOWN: Final = "–"
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SEASONS: Final = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}


class Dated(Protocol):
    """Anything that carries an EDTF value ("" when unknown)."""

    @property
    def edtf(self) -> str:
        """The EDTF value."""
        ...


def human(value: str | Dated | Edtf | None) -> str:
    """The full form: "Mon 9 Dec 2019?", "one of 9–14 Dec 2019", "until 14 Dec 2019?", "about 2003"; never empty.

    A text that is no EDTF comes back as it is, so that a damaged value can be seen instead of stopping a screen.
    """
    return _human(_edtf_of(value))


def short(value: str | Dated | Edtf | None) -> str:
    """The form for a table cell: "9 Dec 2019?", "9–14 Dec 2019", "…–14 Dec 2019?", "2003"; "–" when unknown."""
    return short_of(_edtf_of(value))


def _edtf_of(value: str | Dated | Edtf | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return value.value if isinstance(value, Edtf) else value.edtf


@lru_cache(maxsize=16384)
def short_of(edtf: str | None) -> str:
    """`short` for the text of an EDTF column (None or "" is unknown); made to be called for every painted row."""
    if not edtf or edtf.isspace():
        return UNKNOWN
    try:
        parts = shape(edtf)
    except ValueRefused:
        return edtf
    if parts.kind == "point":
        return _plain(parts.spans[0].start)
    if len(parts.spans) <= 2 and parts.kind == "one_of":
        return _either(parts.spans)
    ends = [span.end for span in parts.spans]
    last = None if None in ends else max((end for end in ends if end), key=lambda end: end.latest)
    return _between(parts.spans[0].start, last)


@lru_cache(maxsize=4096)
def _human(edtf: str) -> str:
    if not edtf or edtf.isspace():
        return UNKNOWN
    try:
        parts = shape(edtf)
    except ValueRefused:
        return edtf
    if parts.kind == "one_of":
        return _human_choice(parts)
    start, end = parts.spans[0].start, parts.spans[0].end
    if parts.kind == "point" and start:
        return _human_point(start)
    if start is None:
        return f"until {_plain(end)}"
    return f"from {_plain(start)}" if end is None else _between(start, end)


def _human_point(point: Point) -> str:
    day, month, year = _pieces(point)
    text = " ".join(piece for piece in (day, month, year) if piece)
    if point.precision == "day":
        text = f"{_DAYS[point.earliest.weekday()]} {text}"
    elif point.text.endswith("-XX"):
        text = f"a {'day' if point.text.count('-') == 2 else 'month'} in {text}"
    about, doubt = _marks(point)
    return f"{'about ' if about else ''}{text}{doubt}"


def _human_choice(parts: Shape) -> str:
    if len(parts.spans) > 1:
        return _either(parts.spans)
    only = parts.spans[0]
    if only.start is None:
        return f"{_plain(only.end)} or earlier"
    return f"{_plain(only.start)} or later" if only.end is None else f"one of {_between(only.start, only.end)}"


def _pieces(point: Point) -> tuple[str, str, str]:
    """Day, month or season, and year of a point, each "" when it has none."""
    year, _, rest = point.text.partition("-")
    month, _, day = rest.partition("-")
    if point.precision == "decade":
        return "", "", f"{year[:3]}0s"
    if month == "24":
        year = f"{year}/{(int(year) + 1) % 100:02}"
    name = _SEASONS.get(month) or ("" if month in ("", "XX") else _MONTHS[int(month)])
    return "" if day in ("", "XX") else day.lstrip("0"), name, year


def _marks(point: Point) -> tuple[str, str]:
    return ("~" if point.qualifier in ("~", "%") else ""), ("?" if point.qualifier in ("?", "%") else "")


def _dress(pieces: tuple[str, ...], point: Point) -> str:
    about, doubt = _marks(point)
    return about + " ".join(piece for piece in pieces if piece) + doubt


def _plain(point: Point | None) -> str:
    return _dress(_pieces(point), point) if point else "…"


def _lean(point: Point, following: Point) -> str:
    """`point` without the month and year that `following`, which stands next to it, also says."""
    day, month, year = _pieces(point)
    next_day, next_month, next_year = _pieces(following)
    if year == next_year and month and next_month:
        year = ""
        if month == next_month and day and next_day:
            month = ""
    return _dress((day, month, year), point)


def _between(start: Point | None, end: Point | None) -> str:
    if start is None or end is None:
        return f"{_plain(start)}–{_plain(end)}"
    if start.value == end.value:
        return _plain(start)
    return f"{_lean(start, end)}–{_plain(end)}"


def _either(spans: tuple[Span, ...]) -> str:
    """Write "9, 10 or 12 Dec 2019"; members that are spans keep their own month and year."""
    texts = []
    for span, following in zip(spans, [*spans[1:], None], strict=True):
        single = span.start is span.end and span.start is not None
        if single and span.start and following and following.start and following.start is following.end:
            texts.append(_lean(span.start, following.start))
        else:
            texts.append(_between(span.start, span.end))
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} or {texts[-1]}"
