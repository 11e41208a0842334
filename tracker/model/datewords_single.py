"""One time in plain English words: a calendar date, one told from the anchor, or one counted from either."""

from __future__ import annotations

import re
from datetime import date

from tracker.model.datewords_calendar import calendar_date
from tracker.model.datewords_relative import COUNT, counted_from, number_of, relative_date
from tracker.model.datewords_when import Reading, When, interval, shift
from tracker.model.edtf import parse, qualify

_PREPOSITION = re.compile(r"(?:on|in|at|during|over(?! [0-9])|of|for|dated|as of|within|into)\s+")
_ABOUT = re.compile(
    r"(?:about|around|circa|c|ca|approx|approximately|roughly|nearly|almost|some|at least"
    r"|(?:just )?(?:over|under|more than|less than)(?= [0-9]+ [a-z]+ ago))(?:\s+|(?=[0-9]))|~\s*"
)
_DOUBT = re.compile(r"(?:possibly|perhaps|maybe|probably|likely|apparently|reportedly)\s+")
_OFFSET = re.compile(
    rf"(?:{COUNT} )?(?P<unit>day|week|month|year)s? (?P<way>before|prior to|after|following) (?P<rest>.+)"
    r"|(?P<eve>eve) of (?P<of>.+)"
)
_WEEK_OF = re.compile(r"(?P<what>week(?:end)?) (?P<how>of|beginning|starting|commencing|ending) (?:on )?(?P<rest>.+)")


def single_date(text: str, when: When) -> Reading | None:
    """One date, with its marks of doubt, without "from … to" and the like: R8, R11 and all that names one time.

    Takes a plain wording (see `datewords_text.plain`); raises AnchorNeeded and ValueRefused as `read_words` does.
    """
    mark = text[-1] if text[-1:] in ("?", "~", "%") else ""
    text = text[: len(text) - len(mark)].strip()
    if (found := _unmarked(text, when)) is None:
        for pattern, sign in ((_DOUBT, "?"), (_ABOUT, "~")):
            if match := pattern.match(text):
                return _marked(single_date(text[match.end() :] + mark, when), sign)
        match = _PREPOSITION.match(text)
        return single_date(text[match.end() :] + mark, when) if match else None
    return _marked(found, mark)


def _marked(found: Reading | None, sign: str) -> Reading | None:
    return Reading(qualify(found.edtf, sign), qualify(found.alternative, sign)) if found else None


def _unmarked(text: str, when: When) -> Reading | None:
    found = calendar_date(text, when) or relative_date(text, when)
    if found:
        return found
    if match := _OFFSET.fullmatch(text):
        return _offset(match, when)
    match = _WEEK_OF.fullmatch(text)
    return _week_of(match, when) if match else None


def one_day(text: str, when: When) -> date | None:
    """The day a wording means, None when it means none or more than one; raises as `single_date`."""
    found = single_date(text, when)
    bounds = parse(found.edtf) if found else None
    return bounds.earliest if bounds and bounds.precision == "day" else None


def _offset(match: re.Match[str], when: When) -> Reading | None:
    """Read "the day before last Tuesday", "two weeks after 9 December", "the eve of Christmas Day"."""
    day = one_day(match["of"] or match["rest"], when)
    if day is None:
        return None
    if match["eve"]:
        return Reading(shift(day, -1).isoformat())
    count = number_of(match["count"])
    return counted_from(day, count if match["way"] in ("after", "following") else -count, match["unit"])


def _week_of(match: re.Match[str], when: When) -> Reading | None:
    day = one_day(match["rest"], when)
    if day is None:
        return None
    monday = shift(day, -day.weekday())
    if match["what"] == "weekend":
        return Reading(interval(shift(monday, 5), shift(monday, 6)))
    first = {"of": monday, "ending": shift(day, -6)}.get(match["how"], day)
    return Reading(interval(first, shift(first, 6)))
