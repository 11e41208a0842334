"""Date wording of an article as EDTF, told from the day it was published and the tense of its sentence."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.articles.date_find import find
from tracker.articles.date_tense import Tense, Tenses
from tracker.errors import ValueRefused
from tracker.model.datewords import LONGEST, read_words
from tracker.model.datewords_text import plain
from tracker.model.datewords_when import AnchorNeeded, Reading, When, interval, shift
from tracker.model.edtf import parse

_LONG_AGO: Final = 300
_SOON: Final = 62
_JUST_NOW: Final = 14

_RECURS: Final = frozenset({"day", "days", "month", "week_of", "feast", "season", "weekday", "quarter", "months"})
"""Shapes that name a date which comes again, so that the tense says which one is meant."""

_REWRITES: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), new)
    for pattern, new in (
        (r"\b(first|second|third|fourth)-(quarter|half)\b", r"\1 \2"),
        (r"\bthis past (week|month|year)\b(?!end)", r"last \1"),
        (r"\bthe (past|last|next|coming) weekend\b", r"\1 weekend"),
        (r"\b(?:early|late|later|earlier) in the (week|month|year)\b", r"this \1"),
        (r"\b(week(?:end)?) ended\b", r"\1 ending"),
        (r"\b(?:the )?night before last\b", "day before yesterday"),
        (r"\b(?:the )?night (before|of)\b", r"the day \1"),
        (r"^the day of ", ""),
        (r"^['’‘]([2-9]0s)$", r"\1"),
    )
)
_FISCAL: Final = re.compile(r"\b(?:fiscal|financial)[- ](?:year (?=in |[0-9]))?(?:in )?|\bFY ?(?=[0-9])", re.IGNORECASE)
_YEARS: Final = re.compile(r"([0-9]{4})\s?[-–—]\s?([0-9]{2}|[0-9]{4})")
_NUMERIC: Final = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_ANNIVERSARY: Final = re.compile(r".+\bago(?= (?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day$)", re.IGNORECASE)
_SEPTEMBER_11: Final = re.compile(r"(?:sept(?:ember|\.)? 11(?:th)?|11 sept(?:ember|\.)?)", re.IGNORECASE)
_ATTACKS: Final = re.compile(r"(?:['’]s)?,? (?:(?:terror|terrorist|suicide|al-\w+) )?(?:attacks?|hijack|plot)")

_PART_OF_MONTH: Final = re.compile(
    r"(?:the )?(?:very )?(?:early|mid|middle|late|(?:beginning|start|end) of)[- ](?:in )?(?:last |this |next )?"
    r"[A-Z][a-z]{2}(?!\w*day)"
)
_RULES: Final = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r"overnight", "R11"),
        (r"(?:day (?:before|after) )?(?:yesterday|today|tomorrow)$|(?:yesterday|today|tomorrow)\b", "R1"),
        (r".*\b(?:ago|from now|from today|back)\b|in (?:[0-9]+|an?) ", "R8"),
        (r".*\bweekend\b", "R6"),
        (r"week (?:of|beginning|starting|commencing|ending)\b|week (?:before|after)", "R5"),
        (r"[a-z]+day (?:of )?(?:this|last|next) week$", "R3"),
        (r"(?:this past|last|past) [a-z]+day$", "R3"),
        (r"(?:this|this coming|coming|next|upcoming) [a-z]+day$", "R4"),
        (r"(?:this|last|next|current) (?:week|month|quarter)$", "R5"),
        (r"(?:this|last|next|current) (?:year|decade)$", "R10"),
        (r"[a-z]+day$", "R2"),
        (r".*(?:spring|summer|autumn|fall|winter|[0-9]{3}0s|[2-9]0s|quarter|half)\b", "R10"),
        (r"[0-9]{4}$|year [0-9]{4}$", "R10"),
        (r"[0-9]{4}-[0-9]{2}-|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}", "R15"),
        (r"from .|between .|.* to .|.*\b[0-9]{1,2}-[0-9]{1,2}\b", "R14"),
        (r"since ", "R13"),
        (r".*[0-9]{4}", "R15"),
    )
)


class Resolved(NamedTuple):
    """What date wording means: EDTF with its bounds and precision, another reading, and the rule that told.

    `edtf` is "" when the words name a date that cannot be told: no publication day to count from, or an undecided
    order of day and month (both readings then stand in `alternative`). `inferred`: the publication day was needed.
    """

    edtf: str
    earliest: str
    latest: str
    precision: str
    alternative: str
    rule: str
    inferred: bool
    tense: Tense


def resolve(words: str, anchor: str, context: str = "") -> Resolved | None:
    """What `words` mean in an article published on `anchor` (an EDTF day, "" when unknown); None when they are no date.

    `context` is the sentence they stand in; its tense decides which Friday or which March is meant. Never raises.
    """
    if len(words) > LONGEST:
        return None
    place = context.find(words) if context else -1
    inside = next((f for f in find(words)), None)
    shape = inside.shape if inside else ""
    tense: Tense = Tenses(context).at(place, place + len(words)) if place >= 0 else ""
    after = context[place + len(words) : place + len(words) + 30] if place >= 0 else ""
    return resolve_at(words, day_of(anchor), tense, shape, bool(_ATTACKS.match(after)))


def day_of(anchor: str) -> date | None:
    """The day an EDTF text names; None when it names none or more than one."""
    try:
        read = parse(anchor)
    except ValueRefused:
        return None
    return read.earliest if read.precision == "day" else None


@lru_cache(maxsize=4096)
def resolve_at(words: str, anchor: date | None, tense: Tense, shape: str, attacks: bool = False) -> Resolved | None:
    """As `resolve`, for words of a known shape in a sentence of known tense; `attacks`: "attacks" stands after them."""
    if attacks and anchor and anchor.year > 2001 and _SEPTEMBER_11.fullmatch(words):
        return _made(Reading("2001-09-11"), "R15", False, tense)
    said, mark = _said(words)
    rule = "R9" if _PART_OF_MONTH.match(said) else _rule_of(plain(said))
    try:
        found, inferred = _read(said, anchor, tense, shape)
    except AnchorNeeded:
        return Resolved("", "", "", "unknown", "", rule, True, tense)
    except ValueRefused:
        return _either_order(words, tense)
    if found is None:  # "three years ago Friday": the weekday of an anniversary
        return resolve_at(tail[0], anchor, tense, shape) if (tail := _ANNIVERSARY.match(words)) else None
    if mark and "~" not in found.edtf and "/" not in found.edtf:
        found = Reading(found.edtf + mark, found.alternative)
    to_come = rule == "R2" and anchor is not None and found.edtf > anchor.isoformat()
    return _made(found, "R4" if to_come else rule, inferred, tense)


def _made(found: Reading, rule: str, inferred: bool, tense: Tense) -> Resolved:
    read = parse(found.edtf)
    first = read.earliest.isoformat() if read.earliest else ""
    last = read.latest.isoformat() if read.latest else ""
    return Resolved(read.value, first, last, read.precision, found.alternative, rule, inferred, tense)


def _said(words: str) -> tuple[str, str]:
    """The words as the form's date field knows them, and "~" where a fiscal year only comes near the calendar's."""
    text = " ".join(words.split())
    for pattern, new in _REWRITES:
        text = pattern.sub(new, text)
    said = _FISCAL.sub("", text)
    return said, "~" if said != text else ""


def _rule_of(text: str) -> str:
    return next((rule for pattern, rule in _RULES if pattern.match(text)), "R7")


def _read(text: str, anchor: date | None, tense: Tense, shape: str) -> tuple[Reading | None, bool]:
    """The reading and whether the anchor was needed for it; raises as `read_words`."""
    if years := _YEARS.fullmatch(text):
        return _year_range(years[1], years[2]), False
    try:
        return read_words(text, When(None)), False
    except AnchorNeeded:
        if anchor is None:
            raise
    if shape == "weekend":
        return _weekend(text, anchor, tense), True
    if shape not in _RECURS:
        return read_words(text, When(anchor, tense == "future")), True
    return _by_tense(text, anchor, tense, shape), True


def _by_tense(text: str, anchor: date, tense: Tense, shape: str) -> Reading | None:
    """R2, R4, R7: the latest up to the anchor, or with a future cue the coming one.

    Where no verb tells, the other reading is kept as the alternative; it comes first when it is the nearer one by far.
    """
    past, coming = read_words(text, When(anchor)), read_words(text, When(anchor, True))
    if past is None or coming is None or past.edtf == coming.edtf:
        return past or coming
    before, after = parse(past.edtf).earliest or anchor, parse(coming.edtf).earliest or anchor
    if tense == "future":
        if shape == "day" and (anchor - before).days <= _JUST_NOW and (after - anchor).days > _LONG_AGO:
            return Reading(past.edtf, coming.edtf)
        if shape == "weekday" and before == anchor:  # agencies write the weekday, not "today"
            return Reading(past.edtf, coming.edtf)
        return coming
    if tense == "past":
        return past
    far = (anchor - before).days > _LONG_AGO and (after - anchor).days <= _SOON
    return Reading(coming.edtf, past.edtf) if far else Reading(past.edtf, coming.edtf)


def _weekend(text: str, anchor: date, tense: Tense) -> Reading | None:
    """R6; "this weekend" of a past clause is the one that was, however near the coming one is."""
    own = read_words(text, When(anchor, tense == "future"))
    if own is None or tense != "past" or anchor.weekday() > 4 or not text.lower().startswith("this weekend"):
        return own
    return Reading(interval(shift(anchor, -2 - anchor.weekday()), shift(anchor, -1 - anchor.weekday())), own.edtf)


def _year_range(first: str, last: str) -> Reading | None:
    """Read "2003-2005" or "2019-20"; None for "2003-04", which may as well be a month."""
    if len(last) == 2:
        if int(last) <= 12:
            return None
        last = first[:2] + last
    return Reading(f"{first}/{last}") if first < last else None


def _either_order(words: str, tense: Tense) -> Resolved | None:
    """A numeric date whose order is not told stays open, both readings kept; a day that never was gives nothing."""
    match = _NUMERIC.fullmatch(words.strip())
    if match is None:
        return None
    try:
        first, second, year = int(match[1]), int(match[3]), match[4]
        both = parse(f"[{year}-{first:02}-{second:02},{year}-{second:02}-{first:02}]")
    except ValueRefused:
        return None
    return Resolved("", "", "", "unknown", both.value, "R15", False, tense)
