"""Dates told from the day they were said on: yesterday, last Monday, this week, two weeks ago, overnight."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from tracker.errors import ValueRefused
from tracker.model.datewords_when import CUE, STEP, WEEKDAY, Reading, When, interval, shift, tense, weekday_number

UNIT: Final = r"(?P<unit>hour|day|week|weekend|month|year|decade)s?"
COUNT: Final = r"(?P<count>[0-9]{1,4}|an?)"
_DAYS: Final = {
    "today": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2,
}  # fmt: skip
_IN_WEEK: Final = r"(?P<week>this|last|next) week"
_WEEKDAY = re.compile(rf"{CUE}?{WEEKDAY}(?P<after> last)?")
_WEEKDAY_OF_WEEK = re.compile(rf"{WEEKDAY} (?:of |in )?{_IN_WEEK}")
_OF_WEEK_WEEKDAY = re.compile(rf"{_IN_WEEK} (?:on )?{WEEKDAY}")
_PERIOD = re.compile(rf"{CUE}(?P<unit>week|weekend|month|year|quarter|decade)")
_TWO_OFF = re.compile(r"(?P<unit>week|weekend|month|year) (?:before (?P<back>last)|after next)")
_AGO = re.compile(
    rf"(?P<exact>exactly )?{COUNT} {UNIT} (?:ago|back)(?: (?:on )?(?:(?P<on>today|yesterday)|{WEEKDAY}))?"
)
_AHEAD = re.compile(rf"in {COUNT} {UNIT}(?: time)?")
_FROM_NOW = re.compile(rf"{COUNT} {UNIT} from (?:now|today)")
_DAY_OF_MONTH = re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)(?: of (?P<rel>this|last|next) month)?")


def moved(day: date, *, months: int = 0, years: int = 0) -> date:
    """The day so many calendar months and years off; raises ValueRefused outside the years 1 to 9999."""
    from dateutil.relativedelta import relativedelta

    try:
        return day + relativedelta(months=months, years=years)
    except (ValueError, OverflowError):
        raise ValueRefused("date", "These words lead outside the years 0001 to 9999.") from None


def relative_date(text: str, when: When) -> Reading | None:
    """Read a plain wording (see `datewords_text.plain`) told from the anchor: rules R1–R6, R8 and R11.

    Raises AnchorNeeded when the wording is such a one and there is no anchor.
    """
    if text in _DAYS:
        return Reading(shift(when.day, _DAYS[text]).isoformat())
    if text == "overnight":
        first = when.day if when.future else shift(when.day, -1)
        return Reading(interval(first, shift(first, 1)))
    if match := _WEEKDAY.fullmatch(text):
        return _weekday(when, weekday_number(match["weekday"]), "last" if match["after"] else match["cue"])
    if match := _WEEKDAY_OF_WEEK.fullmatch(text) or _OF_WEEK_WEEKDAY.fullmatch(text):
        start = shift(when.monday, 7 * STEP[match["week"]])
        return Reading(shift(start, weekday_number(match["weekday"])).isoformat())
    if text == "weekend":
        start = shift(when.day, -((when.day.weekday() + 2) % 7)) if not when.future else shift(when.monday, 5)
        return Reading(interval(start, shift(start, 1)))
    if match := _PERIOD.fullmatch(text):
        return _period(when, match["unit"], match["cue"])
    return _counted(text, when)


def _weekday(when: When, weekday: int, cue: str | None) -> Reading:
    """R2, R3 and R4: a weekday told by tense; the other week as the alternative where speakers differ."""
    day, how = when.day, tense(cue)
    back = (day.weekday() - weekday) % 7
    if how == "this" and cue in ("this", "current"):
        return Reading(shift(when.monday, weekday).isoformat())
    if how == "next" or (not how and when.future):
        meant = shift(day, 7 - back)
        doubtful = cue == "next" and meant < shift(when.monday, 7)
        return Reading(meant.isoformat(), shift(meant, 7).isoformat() if doubtful else "")
    meant = shift(day, -(back or 7) if how else -back)
    doubtful = cue == "last" and meant >= when.monday
    return Reading(meant.isoformat(), shift(meant, -7).isoformat() if doubtful else "")


def _period(when: When, unit: str, cue: str) -> Reading | None:
    """R5 and R6; "the past week" is a length of time, not a week of the calendar."""
    step = cue.split()[-1]
    if step in ("past", "coming", "upcoming") and unit != "weekend":
        return None
    return _steps(when, unit, STEP[step], cue)


def _steps(when: When, unit: str, steps: int, cue: str = "") -> Reading:
    """The week, weekend, month, quarter, year or decade so many steps from the anchor's own."""
    day = when.day
    if unit == "week":
        start = shift(when.monday, 7 * steps)
        return Reading(interval(start, shift(start, 6)))
    if unit == "weekend":
        return _weekend(when, steps, cue)
    if unit == "month":
        return Reading(moved(day.replace(day=1), months=steps).isoformat()[:7])
    if unit == "quarter":
        first = moved(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), months=3 * steps)
        return Reading(f"{first.isoformat()[:7]}/{moved(first, months=2).isoformat()[:7]}")
    year = moved(day.replace(day=1), years=steps * (10 if unit == "decade" else 1)).year
    return Reading(f"{year:04}"[:3] + "X" if unit == "decade" else f"{year:04}")


def _weekend(when: When, steps: int, cue: str) -> Reading:
    saturday = shift(when.monday, 5 + 7 * steps)
    upcoming = shift(saturday, -7)
    if steps != 1 or upcoming <= when.day:
        return Reading(interval(saturday, shift(saturday, 1)))
    near, far = interval(upcoming, shift(upcoming, 1)), interval(saturday, shift(saturday, 1))
    return Reading(far, near) if cue == "next" else Reading(near)


def _counted(text: str, when: When) -> Reading | None:
    if match := _TWO_OFF.fullmatch(text):
        return _steps(when, match["unit"], -2 if match["back"] else 2)
    if match := _AGO.fullmatch(text):
        return _ago(when, match)
    if match := _AHEAD.fullmatch(text) or _FROM_NOW.fullmatch(text):
        return counted_from(when.day, number_of(match["count"]), match["unit"])
    if match := _DAY_OF_MONTH.fullmatch(text):
        return _day_of_month(when, int(match["day"]), match["rel"])
    return None


def number_of(count: str | None) -> int:
    """The number a COUNT group matched; "a", "an" and none at all are one."""
    return 1 if count in (None, "a", "an") else int(count or 1)


def _ago(when: When, match: re.Match[str]) -> Reading | None:
    back, unit = -number_of(match["count"]), match["unit"]
    if match["weekday"]:
        near = _weekday(When(when.day), weekday_number(match["weekday"]), None).edtf
        return counted_from(date.fromisoformat(near), back, "exact week") if unit == "week" else None
    day = shift(when.day, -1) if match["on"] == "yesterday" else when.day
    return counted_from(day, back, f"exact {unit}" if match["exact"] or match["on"] else unit)


def counted_from(day: date, count: int, unit: str) -> Reading | None:
    """R8: so many units from a day: days a day, weeks about a day, months a month, years a year.

    A unit led by "exact " (as in "a year ago today") gives the very day. None for a unit that cannot be counted so.
    """
    exact, unit = unit.startswith("exact "), unit.removeprefix("exact ")
    if unit == "hour":
        return Reading(f"{shift(day, int(count / 24)).isoformat()}~")
    if unit in ("day", "week"):
        text = shift(day, count * (7 if unit == "week" else 1)).isoformat()
        return Reading(text if exact or unit == "day" else text + "~")
    if unit == "month":
        text = moved(day, months=count).isoformat()
        return Reading(text if exact else text[:7])
    if unit in ("year", "decade"):
        text = moved(day, years=count * (10 if unit == "decade" else 1)).isoformat()
        return Reading(text if exact else text[:4] + ("~" if unit == "decade" else ""))
    return None


def _day_of_month(when: When, day: int, rel: str | None) -> Reading | None:
    """Read "the 9th": the latest such day up to the anchor, or the coming one; None when no near month has it."""
    step = 1 if when.future else -1
    for n in (STEP[rel],) if rel else (0, step, 2 * step):
        month = moved(when.day.replace(day=1), months=n)
        found = shift(month, day - 1) if 1 <= day <= 31 else None
        if found and found.month == month.month and (rel or (found >= when.day if when.future else found <= when.day)):
            return Reading(found.isoformat())
    return None
