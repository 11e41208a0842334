"""Finds the stretches of running text that name a date, and leaves out what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from tracker.articles.date_pattern import DATES, LONG_MONTH, SEASON, WEEKDAY, places
from tracker.articles.date_words import word_set

_AHEAD: Final = 72
_BESIDE: Final = 40
MOST_TRIES: Final = 30_000

_WORD_BEFORE = re.compile(r"[A-Za-z$£€.'’-]+$")
_WORD_AFTER = re.compile(r"[\s-]{1,2}([A-Za-z%'’°-]{1,24})")

_INDEFINITE: Final = word_set("no_weekday_after")
_TITLES: Final = word_set("no_weekday_before")
_NAMES: Final = word_set("month_names")
_STRONG: Final = word_set("before_month")
_WEAK: Final = word_set("before_month_perhaps")
_UNITS: Final = word_set("units")
_NUMBERED: Final = word_set("numbered")
_YEAR_LEAD: Final = word_set("before_old_year")
_NO_FEAST: Final = word_set("not_the_feast")
_FEAST_LEAD: Final = word_set("before_feast")
_BARE_WEEKDAY_LEAD: Final = frozenset({"on", "since", "until", "by", "late"})
_BARE_FEASTS: Final = frozenset({"christmas", "easter", "thanksgiving", "halloween"})
_NO_YEAR_AFTER: Final = frozenset("-/.:–+'’")
_NO_YEAR_BEFORE: Final = frozenset("%°+")

_THE: Final = re.compile(r"\bthe\s$", re.IGNORECASE)
_ON_A: Final = re.compile(r"\bon a\s$", re.IGNORECASE)
_DAY_NAME: Final = re.compile(WEEKDAY, re.IGNORECASE)
_MONTH_NAME: Final = re.compile(LONG_MONTH, re.IGNORECASE)
_ANY_MONTH: Final = re.compile(rf"{LONG_MONTH}|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)
_PERSON: Final = re.compile(r"\b(?:[A-Z][a-z]+|Mrs?\.?|Ms\.?) (April|May|June|August|March)\b(?! [0-9])")
_COUNTED: Final = re.compile(
    r"\s(?:[a-z-]{1,20}\s){0,2}[a-z]{1,20}(?:s|en|ple)\b(?<!\bwas)(?<!\bhas)(?<!\bits)(?<!\bthis)(?<!\bas)"
)
_AGE: Final = re.compile(r"\b(?:his|her|their|my|our|your|its|in the|into the)\s$", re.IGNORECASE)
_HALVES: Final = re.compile(
    r"(?:\b(?:or|to|and a half|or so|half|every|each|few)|[0-9]\.|[-/–][0-9]?)\s?$", re.IGNORECASE
)
_SEASON_LEAD: Final = re.compile(
    r"\b(?:in|during|since|by|until|till|through|over|from|of|for|throughout|before)\s$", re.IGNORECASE
)
_SEASON_CUE: Final = re.compile(rf"(?:last|past|this|next|coming|current|upcoming)\s{{1,2}}{SEASON}$", re.IGNORECASE)
_SEASON_YEAR: Final = re.compile(r"[0-9]{4}|\b(?:year|thousand|eighteen|nineteen|twenty)\b", re.IGNORECASE)
_DECADE_DIGITS: Final = re.compile(r"[0-9]{4}|['’‘][0-9]")
_TO_COME: Final = re.compile(r"\b(?:will|shall|to be|is due|are due|expires?|scheduled)\b[^.;]{0,60}$")
_HEADING_NAME: Final = 4_000


class Found(NamedTuple):
    """A stretch that names a date: code points from `start` up to but without `end`, and the shape of its wording."""

    start: int
    end: int
    shape: str


def find(text: str, start: int = 0, end: int | None = None, tries: Iterator[int] | None = None) -> Iterator[Found]:
    """The date wordings of `text[start:end]` in order, none overlapping another. Never raises; linear in the length.

    `tries` bounds the places looked at closely, over several calls if it is shared: no article has `MOST_TRIES`.
    """
    limit = len(text) if end is None else end
    tries = iter(range(MOST_TRIES)) if tries is None else tries
    at = start  # each beginning is tried once: what does not match there before one trigger does not before the next
    for last, begins in places(text, start, limit):
        for begin in begins:
            if begin < at:
                continue
            if next(tries, None) is None:
                return
            at = begin + 1
            match = DATES.match(text, begin, min(limit, last + _AHEAD))
            if match and match.end() >= last:
                shape = match.lastgroup or ""
                if _is_date(text, match, shape):
                    at = match.end()
                    yield Found(match.start(), match.end() - _loose_end(match.group()), shape)
                break


def _loose_end(words: str) -> int:
    """How many code points at the end belong to the sentence, not to the date."""
    return len(words) - len(words.rstrip())


def _is_date(text: str, match: re.Match[str], shape: str) -> bool:
    guard = _GUARDS.get(shape)
    return guard is None or guard(text, match.start(), match.end())


def _before(text: str, start: int) -> str:
    lead = text[max(0, start - _BESIDE) : start]
    stripped = lead.rstrip(' \t\n\u00a0"“‘(')
    if not stripped or len(stripped) == len(lead):
        return ""
    match = _WORD_BEFORE.search(stripped, max(0, len(stripped) - 24))
    return match[0] if match else ""


def _after(text: str, end: int) -> str:
    match = _WORD_AFTER.match(text, end, end + _BESIDE)
    return match[1] if match else ""


def _weekday(text: str, start: int, end: int) -> bool:
    """Not a habit ("every Friday"), not told from another day ("the following Friday"), not part of a name."""
    before = _before(text, start).lower()
    if before in _INDEFINITE or _after(text, end) in _TITLES or text.startswith((" Night Live", "-to-"), end):
        return False
    name = _DAY_NAME.match(text, start, end)
    if name is None:  # "last Monday" is a date, "the last Monday" waits for "of May"
        return not _THE.search(text, max(0, start - 5), start)
    if name.group()[0].islower() and before not in _BARE_WEEKDAY_LEAD:
        return False
    return not _ON_A.search(text, max(0, start - 6), start)


def _month(text: str, start: int, end: int) -> bool:
    """A capital, and of names that are also words or people's ("May", "March", "June") a preposition too."""
    name = _MONTH_NAME.search(text, start, end)
    if name is None or name.group()[0].islower():  # a short form stands only with a day or a year
        return False
    if name.start() > start:
        return not _THE.search(text, max(0, start - 5), start)
    before = _before(text, start)
    if name.group().lower() not in _NAMES:
        return before not in ("Black", "Red")
    if before.lower() in _STRONG:
        return True
    people = (match[1] for match in _PERSON.finditer(text, 0, _HEADING_NAME))
    return before.lower() in _WEAK and name.group() not in people


def _day(text: str, start: int, end: int) -> bool:
    """A short or doubtful month needs its capital: "may 5" and "march 12" are verbs; "May 20 people" is none."""
    month = _ANY_MONTH.search(text, start, end)
    if month and month.group()[0].islower() and (len(month.group()) == 3 or month.group() == "march"):
        return False
    return not (text[end - 1].isdigit() and end - start < 9 and _after(text, end).lower() in _UNITS)


def _year(text: str, start: int, end: int) -> bool:
    """A year by its place in the sentence: not a count, a price, a time, or the number of a thing."""
    digits = next((n for n in range(start, end - 3) if text[n : n + 4].isdecimal()), None)
    if digits is None:
        return True
    if text[max(0, start - 1) : start] in _NO_YEAR_AFTER or text[end : end + 1] in _NO_YEAR_BEFORE:
        return False
    if text[end : end + 1] in {"-", ":", "/"} and text[end + 1 : end + 2].isdigit():
        return False
    before, after = _before(text, start).lower(), _after(text, end).lower()
    if after.rstrip(".") in _UNITS or before in _NUMBERED or before[:1] in {"$", "£", "€"}:
        return False
    year = int(text[digits : digits + 4])
    if (year < 1900 or year % 100 == 0) and _COUNTED.match(text, end, end + _BESIDE):
        return False
    return 1900 <= year <= 2049 or (1400 <= year < 2100 and before in _YEAR_LEAD)


def _season(text: str, start: int, end: int) -> bool:
    """A season with its year, with a cue ("last fall"), or after a preposition and "the" ("in the spring")."""
    words = text[start:end]
    if _SEASON_YEAR.search(words):
        return not (words.lower().startswith("spring") and _before(text, start) in ("Arab", "Prague"))
    if _SEASON_CUE.search(words):
        return True
    if not words.lower().startswith(("the ", "early", "late", "mid")):
        return False
    return bool(_SEASON_LEAD.search(text, max(0, start - 12), start)) and _after(text, end) != "of"


def _period(text: str, start: int, end: int) -> bool:
    """Not a length of time ("the last week", "the next two years"), not part of a longer time ("last week of May")."""
    words = text[start:end].lower()
    if _THE.search(text, max(0, start - 5), start) and not words.startswith(("current", "end", "begin", "start")):
        return False
    if words.startswith(("past", "coming", "upcoming")):
        return False
    return not text.startswith((" of ", "-old", "-long"), end)


def _ago(text: str, start: int, end: int) -> bool:
    """A counted time ago; "two or three days ago" and "a year and a half ago" name no date."""
    return not _HALVES.search(text, max(0, start - 14), start)


def _ahead(text: str, start: int, end: int) -> bool:
    """ "In two weeks" is when something will be only where the sentence says so; else it is how long it took."""
    return text[start:end].lower().endswith("time") or bool(_TO_COME.search(text[max(0, start - 90) : start]))


def _decade(text: str, start: int, end: int) -> bool:
    """Not an age ("in his twenties") and not a temperature."""
    words = text[start:end]
    if _DECADE_DIGITS.search(words):
        return True
    return words.lower().startswith(("the", "early", "late", "mid")) and not _AGE.search(text, max(0, start - 9), start)


def _feast(text: str, start: int, end: int) -> bool:
    """A feast by its capital, and not a thing called after it."""
    words = text[start:end]
    if not any(letter.isupper() for letter in words) or _after(text, end).lower() in _NO_FEAST:
        return False
    return words.lower() not in _BARE_FEASTS or _before(text, start).lower() in _FEAST_LEAD


def _named(text: str, start: int, end: int) -> bool:
    """Not the name of a paper or a programme ("USA Today")."""
    before = _before(text, start)
    return not (text[start:end] == "Today" and before[:1].isupper() and text[start - 1] == " " and before[-1].isalpha())


def _weekend(text: str, start: int, end: int) -> bool:
    return not text.startswith((" of ", "er"), end)


def _quarter(text: str, start: int, end: int) -> bool:
    return not text.startswith(("-final", " final", " mile", " point", " touchdown"), end)


_GUARDS: Final[dict[str, Callable[[str, int, int], bool]]] = {
    "weekday": _weekday,
    "month": _month,
    "day": _day,
    "days": _day,
    "year": _year,
    "season": _season,
    "period": _period,
    "ago": _ago,
    "ahead": _ahead,
    "decade": _decade,
    "feast": _feast,
    "named": _named,
    "weekend": _weekend,
    "quarter": _quarter,
}
