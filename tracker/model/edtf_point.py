"""One date of an EDTF value: a day, month, season, year or decade, read strictly and bounded by days."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import date
from typing import Final, NamedTuple

from tracker.errors import ValueRefused

FORMS: Final = "2019-12-09, 2019-12, 2019, 2019-12-09/2019-12-14 (lasted) or [2019-12-09..2019-12-14] (one of)"
POINT = re.compile(r"([0-9]{3}[0-9X])(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)")
# First and last month; the winter of a year begins in its December and ends in the February after.
_SEASONS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


class Point(NamedTuple):
    """One date inside an EDTF value: `text` without its qualifier, the days it covers, `qualifier` apart."""

    text: str
    earliest: date
    latest: date
    precision: str
    qualifier: str

    @property
    def value(self) -> str:
        """The point as EDTF writes it, qualifier included."""
        return self.text + self.qualifier


def quoted(text: str) -> str:
    """The user's text fit to stand in a sentence: one line, in quotation marks, at most 60 characters."""
    line = "".join(c if c.isprintable() else "�" for c in text)
    return f'"{line if len(line) <= 60 else line[:59] + "…"}"'


def refused(text: str, why: str) -> ValueRefused:
    """The refusal of a date, naming the text and why."""
    return ValueRefused("date", f"{quoted(text)} is not a date: {why}.")


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _season_bounds(year: int, season: int) -> tuple[date, date]:
    first, last = _SEASONS[season]
    if first < last:
        return date(year, first, 1), _month_end(year, last)
    return date(year, first, 1), _month_end(year + 1, last) if year < 9999 else date.max


def _year_point(text: str, year: str, mark: str) -> Point:
    if year[3] == "X":
        decade = int(year[:3]) * 10
        return Point(text, date(max(decade, 1), 1, 1), date(decade + 9, 12, 31), "decade", mark)
    return Point(text, date(int(year), 1, 1), date(int(year), 12, 31), "year", mark)


def _month_point(text: str, year: int, month: int, mark: str) -> Point:
    if month in _SEASONS:
        return Point(text, *_season_bounds(year, month), "season", mark)
    return Point(text, date(year, month, 1), _month_end(year, month), "month", mark)


def _day_point(text: str, year: int, month: int, day: int, mark: str) -> Point:
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise refused(text, f"{month_name[month]} {year} has the days 1 to {days}")
    only = date(year, month, day)
    return Point(text, only, only, "day", mark)


def point(text: str, whole: str) -> Point:
    """Read one date; `whole` is the value it stands in, for the sentence of the ValueRefused it raises."""
    match = POINT.fullmatch(text)
    if match is None:
        raise refused(whole, f"write it like {FORMS}")
    year, month, day, mark = match.groups()
    bare = text[: len(text) - len(mark)]
    if year == "0000":
        raise refused(whole, "years run from 0001 to 9999")
    if year[3] == "X" and month:
        raise refused(whole, "a decade such as 199X has no month")
    if month is None or (month == "XX" and day in (None, "XX")):
        return _year_point(bare, year, mark)
    if month == "XX":
        raise refused(whole, "a day needs its month")
    number = int(month)
    if not (1 <= number <= 12 or (number in _SEASONS and day is None)):
        raise refused(whole, f"{month} is no month (01 to 12) and no season (21 to 24, without a day)")
    if day is None or day == "XX":
        return _month_point(bare, int(year), number, mark)
    return _day_point(bare, int(year), number, int(day), mark)
