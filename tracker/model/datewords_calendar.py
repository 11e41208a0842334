"""Dates named by the calendar: full dates, months, seasons, quarters, feasts, years, decades, the year told or not."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Final

from tracker.errors import ValueRefused
from tracker.model.datewords_when import CUE, STEP, WEEKDAY, Occurrence, Reading, When, choose, weekday_number
from tracker.model.edtf import parse

MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:[ /-]?(?:of |in )?(?P<year>[0-9]{4})| (?:of )?(?P<rel>this|last|next) year)?"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_FEASTS: Final = {
    "new year day": (1, 1), "valentine day": (2, 14), "may day": (5, 1), "halloween": (10, 31),
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26),
    "new year eve": (12, 31),
}  # fmt: skip
_FROM_EASTER: Final = {"good friday": -2, "easter": 0, "easter sunday": 0, "easter monday": 1}
_FEAST: Final = "|".join(sorted((*_FEASTS, *_FROM_EASTER, "thanksgiving day", "thanksgiving"), key=len, reverse=True))

_NAMED: Final = tuple(
    re.compile(rf"{CUE}?{body}{_YEAR}")
    for body in (
        rf"(?:{WEEKDAY} )?{DAY}[ /-]?(?:of )?{MONTH}",
        rf"(?:{WEEKDAY} )?{MONTH}[ /-]?{DAY}(?![0-9])",
        MONTH,
        rf"(?P<season>{'|'.join(_SEASONS)})",
        r"(?:q(?P<q>[1-4])|(?P<quarter>[1-4])(?:st|nd|rd|th) quarter)",
        rf"(?P<feast>{_FEAST})",
    )
)
_WINTER = re.compile(r"winter (?:of )?(?P<year>[0-9]{2}(?P<from>[0-9]{2}))[/-](?:[0-9]{2})?(?P<to>[0-9]{2})")
_YEAR_FIRST = re.compile(rf"(?P<year>[0-9]{{4}})[ /-]{MONTH}(?:[ /-]{DAY})?")
_YEAR_ONLY = re.compile(r"(?:year )?(?P<year>[12][0-9]{3})")
_DECADE = re.compile(r"(?:(?P<century>1[0-9]|20)(?P<tens>[0-9])|(?:19 )?(?P<lone>[3-9]))0s")
_HALF = re.compile(r"(?P<half>1st|2nd) half of (?P<year>[0-9]{4})")
_NUMERIC = re.compile(r"([0-9]{1,4})([/.-])([0-9]{1,2})\2([0-9]{1,4})")
_MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])[/.]([0-9]{4})")
_ORDERS: Final = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}


def month_number(name: str) -> int:
    """1 for January to 12 for December, from a name or its short form."""
    return _MONTHS.index(name[:3]) + 1


def _feast_day(name: str, year: int) -> date:
    from dateutil.easter import easter
    from dateutil.relativedelta import TH, relativedelta

    if name in _FEASTS:
        return date(year, *_FEASTS[name])
    if name in _FROM_EASTER:
        return easter(year) + relativedelta(days=_FROM_EASTER[name])
    return date(year, 11, 1) + relativedelta(weekday=TH(+4))


def _of_year(got: dict[str, str | None]) -> Callable[[int], Occurrence | None]:
    """What the words name, in a given year."""
    day, month, season, feast = got.get("day"), got.get("month"), got.get("season"), got.get("feast")
    quarter = got.get("q") or got.get("quarter")

    def occurrence(year: int) -> Occurrence | None:
        text = ""
        if feast:
            text = _feast_day(feast, year).isoformat()
        elif season:
            text = f"{year:04}-{_SEASONS[season]}"
        elif quarter:
            text = f"{year:04}-{int(quarter) * 3 - 2:02}/{year:04}-{int(quarter) * 3:02}"
        elif month:
            number = month_number(month)
            if day and not 1 <= int(day) <= monthrange(year, number)[1]:
                return None
            text = f"{year:04}-{number:02}" + (f"-{int(day):02}" if day else "")
        bounds = parse(text)
        return Occurrence(bounds.earliest, bounds.latest, text) if bounds.earliest and bounds.latest else None

    return occurrence


def _with_year(got: dict[str, str | None], year: int) -> Reading:
    if not 1 <= year <= 9999:
        raise ValueRefused("date", f"{year} is not a year from 0001 to 9999.")
    found = _of_year(got)(year)
    if found is None:  # the month has no such day: `parse` says so
        return Reading(parse(f"{year:04}-{month_number(got['month'] or ''):02}-{int(got['day'] or 0):02}").value)
    weekday = got.get("weekday")
    if weekday and found.first.weekday() != weekday_number(weekday):
        return Reading(found.edtf + "?")
    return Reading(found.edtf)


def _named(got: dict[str, str | None], when: When) -> Reading | None:
    if got.get("year"):
        return _with_year(got, int(got["year"] or 0))
    if got.get("rel"):
        return _with_year(got, when.day.year + STEP[got["rel"] or "this"])
    of_year, cue = _of_year(got), got.get("cue")
    weekday = got.get("weekday")
    meant = choose(when, cue, of_year)
    if meant is None and got.get("day"):
        return _with_year(got, when.day.year)
    if meant is None or not weekday or parse(meant.edtf).earliest is None:
        return meant
    return _on_weekday(meant, weekday_number(weekday), when.day.year, of_year)


def _on_weekday(meant: Reading, weekday: int, year: int, of_year: Callable[[int], Occurrence | None]) -> Reading:
    """The chosen day, or that of a year next to it if only there it falls on the weekday named; else doubtful."""
    first = parse(meant.edtf).earliest
    if first and first.weekday() == weekday:
        return Reading(meant.edtf)
    near = (of_year(y) for y in (year, year - 1, year + 1) if 1 <= y <= 9999)
    return next((Reading(o.edtf) for o in near if o and o.first.weekday() == weekday), Reading(meant.edtf + "?"))


def calendar_date(text: str, when: When) -> Reading | None:
    """Read a plain wording (see `datewords_text.plain`) that names a date by the calendar: rules R7, R10, R15.

    Raises ValueRefused for a day that does not exist and for an undecided day/month order, AnchorNeeded without a
    year to count from. A weekday that contradicts the date leaves the date and marks it doubtful ("?").
    """
    for pattern in _NAMED:
        if match := pattern.fullmatch(text):
            return _named(match.groupdict(), when)
    if match := _YEAR_FIRST.fullmatch(text):
        return _named(match.groupdict(), when)
    if (match := _WINTER.fullmatch(text)) and (int(match["to"]) - int(match["from"])) % 100 == 1:
        return Reading(f"{match['year']}-24")
    if match := _YEAR_ONLY.fullmatch(text):
        return Reading(match["year"])
    if match := _DECADE.fullmatch(text):
        return Reading(f"{match['century']}{match['tens']}X" if match["century"] else f"19{match['lone']}X")
    if match := _HALF.fullmatch(text):
        first = 1 if match["half"] == "1st" else 7
        return Reading(f"{match['year']}-{first:02}/{match['year']}-{first + 5:02}")
    return numeric_date(text, when.order)


def numeric_date(text: str, order: str | None) -> Reading | None:
    """Read "25/12/2019", "9.12.2019", "2019/12/9" or "12/2019"; None when the text has not that form.

    Day and month are told apart only by a given order ("dmy", "mdy", "ymd"), by a year in front (always year, month,
    day), by a number over 12, which can be no month, or when both are the same. Raises ValueRefused otherwise.
    """
    if match := _MONTH_YEAR.fullmatch(text):
        return Reading(f"{match[2]}-{int(match[1]):02}")
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    numbers = (match[1], match[3], match[4])
    if len(match[1]) == 4:
        return _in_order(text, numbers, "ymd")
    if len(match[4]) != 4 or len(match[1]) > 2:
        raise ValueRefused("date", f'"{text}" leaves the century open: write the year with four digits.')
    if order:
        return _in_order(text, numbers, order)
    first, second = int(match[1]), int(match[3])
    if first != second and first <= 12 and second <= 12:
        raise ValueRefused(
            "date",
            f'"{text}" can be read day first or month first: write {match[4]}-{second:02}-{first:02} or '
            f"{match[4]}-{first:02}-{second:02}, or give the order (dmy or mdy).",
        )
    return _in_order(text, numbers, "mdy" if second > 12 else "dmy")


def _in_order(text: str, numbers: tuple[str, str, str], order: str) -> Reading:
    year, month, day = (numbers[place] for place in _ORDERS[order])
    if len(year) != 4 or not 1 <= int(month) <= 12:
        raise ValueRefused("date", f'"{text}" does not fit the order {order}: write it like 2019-12-09.')
    return Reading(parse(f"{year}-{int(month):02}-{int(day):02}").value)
