"""What a date wording is read against: the anchor day, the tense, and the choice among the years a name recurs in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final, NamedTuple

from tracker.errors import ValueRefused

WEEKDAY: Final = (
    r"(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)"
)
CUE: Final = r"(?:(?P<cue>this past|this coming|last|past|this|current|next|coming|upcoming) )"
STEP: Final = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "upcoming": 1}
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Reading(NamedTuple):
    """An EDTF value and, where the words allow two, the other one ("" when they do not)."""

    edtf: str
    alternative: str = ""


class AnchorNeeded(ValueRefused):
    """The words tell a day from another day, and that other day is not known."""


@dataclass(frozen=True, slots=True)
class When:
    """The anchor (None when unknown), whether the sentence speaks of the future, and the order of numeric dates."""

    anchor: date | None
    future: bool = False
    order: str | None = None

    @property
    def day(self) -> date:
        """The anchor. Raises AnchorNeeded when there is none."""
        if self.anchor is None:
            raise AnchorNeeded("date", "These words tell a date from another day, which is not known.")
        return self.anchor

    @property
    def monday(self) -> date:
        """Monday of the anchor's week."""
        return shift(self.day, -self.day.weekday())


class Occurrence(NamedTuple):
    """One return of a month, season, feast or day of the year."""

    first: date
    last: date
    edtf: str


def shift(day: date, days: int) -> date:
    """The day so many days off; raises ValueRefused outside the years 1 to 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise ValueRefused("date", "These words lead outside the years 0001 to 9999.") from None


def weekday_number(name: str) -> int:
    """0 for Monday to 6 for Sunday, from a name or its short form."""
    return _WEEKDAYS.index(name[:3])


def tense(cue: str | None) -> str:
    """A cue word as one of "last", "this", "next" or "" (none)."""
    if not cue:
        return ""
    return ("last", "this", "next")[STEP[cue.split()[-1]] + 1]


def interval(first: date, last: date) -> str:
    """The EDTF interval of two days."""
    return f"{first.isoformat()}/{last.isoformat()}"


def choose(when: When, cue: str | None, of_year: Callable[[int], Occurrence | None]) -> Reading | None:
    """The occurrence meant: R7. None of them in reach of eight years gives None.

    No cue: the latest that began by the anchor, or with a future cue the first not over by then. "last": the latest
    already over, with the one before as the alternative when it lies in the anchor's own year; "this": the anchor's
    year; "next": the first yet to begin.
    """
    day, how = when.day, tense(cue)
    years = range(max(MINYEAR, day.year - 9), min(MAXYEAR, day.year + 9) + 1)
    found = [o for o in map(of_year, years) if o]
    if how == "this":
        return next((Reading(o.edtf) for o in found if o.first <= day <= o.last or o.first.year == day.year), None)
    if how == "next":
        return next((Reading(o.edtf) for o in found if o.first > day), None)
    if not how and when.future:
        return next((Reading(o.edtf) for o in found if o.last >= day), None)
    past = [o for o in found if (o.last < day if how else o.first <= day)]
    if not past:
        return None
    doubtful = how == "last" and len(past) > 1 and past[-1].first.year == day.year
    return Reading(past[-1].edtf, past[-2].edtf if doubtful else "")
