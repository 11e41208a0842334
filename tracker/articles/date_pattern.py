"""The shapes date wording takes in English running text, as one pattern whose groups name the shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tracker.articles.date_words import word_set

_S: Final = r"\s{1,2}"
_ONES: Final = "one|two|three|four|five|six|seven|eight|nine"
_TEENS: Final = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS: Final = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ORDINALS: Final = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    "|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_NUMBER: Final = rf"(?:[0-9]{{1,4}}|(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS}|{_ONES}|an?)"
_SPOKEN_YEAR: Final = (
    rf"(?:(?:eighteen|nineteen|twenty)[- ](?:(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS})"
    rf"|two\sthousand(?:(?:\sand)?\s(?:{_TEENS}|{_ONES}))?)"
)
WEEKDAY: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SHORT_WEEKDAY: Final = r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\."
_ANY_WEEKDAY: Final = rf"(?:{WEEKDAY}|{_SHORT_WEEKDAY})"
LONG_MONTH: Final = "january|february|march|april|may|june|july|august|september|october|november|december"
MONTH: Final = rf"(?:{LONG_MONTH}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_DAY: Final = r"(?:(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![0-9]|[.,][0-9]))"
_SPOKEN_DAY: Final = rf"(?:(?:(?:twenty|thirty)[- ])?(?:{_ORDINALS}))"
YEAR: Final = r"(?:(?:1[0-9]|20)[0-9]{2}(?![0-9]|,[0-9]{3}|\.[0-9]|%))"
_A_YEAR: Final = rf"(?:{YEAR}|{_SPOKEN_YEAR})"
_OF_YEAR: Final = rf"(?:,?{_S}(?:(?:of|in){_S})?(?:{_A_YEAR}|(?:this|last|next){_S}year))"
_ITS_YEAR: Final = rf"(?:,?{_S}(?:(?:of|in){_S})?{_A_YEAR})"
_DASH: Final = r"\s?[-–—]\s?"
_TO: Final = rf"(?:{_DASH}|{_S}(?:to|through|thru|until|till|and){_S})"
CUE: Final = r"(?:this\s(?:past|coming)|last|past|this|current|next|coming|upcoming)"
_PART: Final = (
    r"(?:(?:the\s)?(?:(?:very\s)?(?:earlier|early|mid|middle|later|late)(?:-|\s(?:in\s)?)"
    r"|(?:beginning|start|middle|end|close|turn)\sof\s)(?:the\s)?)"
)
_UNIT: Final = "(?:week|month|year|quarter|decade)"
SEASON: Final = "(?:spring|summer|autumn|fall|winter)"
_FEAST: Final = (
    r"(?:new\syear['’]?s\s(?:day|eve)|valentine['’]?s\sday|may\sday|halloween|christmas\s(?:day|eve)|christmas"
    r"|boxing\sday|ash\swednesday|palm\ssunday|good\sfriday|easter\s(?:sunday|monday)|easter|whit\smonday"
    r"|labor\sday|memorial\sday|thanksgiving\sday|thanksgiving)"
)
_DAY_MONTH: Final = rf"(?:{_DAY}(?:{_S}of)?[\s-]{{1,2}}{MONTH}|{MONTH}\s{{0,2}}{_DAY}|{MONTH}\s{_SPOKEN_DAY})"
_HEAD: Final = rf"(?:{CUE}{_S})?(?:{_ANY_WEEKDAY}[,]?{_S}(?:the{_S})?)?"
_ABOUT: Final = (
    r"(?:(?:about|around|nearly|almost|some|roughly|approximately|exactly|(?:just\s)?over|more\sthan|less\sthan)\s)?"
)

SHAPES: Final[tuple[tuple[str, str], ...]] = (
    ("numeric", rf"{YEAR}[-/](?:0?[1-9]|1[0-2])[-/](?:[12][0-9]|3[01]|0?[1-9])(?![0-9])"
                r"|(?:[12][0-9]|3[01]|0?[1-9])([/.-])(?:[12][0-9]|3[01]|0?[1-9])\2(?:1[0-9]|20)[0-9]{2}(?![0-9])"),
    ("days", rf"(?:between\s)?{_DAY}{_TO}{_DAY}(?:{_S}of)?[\s-]{{1,2}}{MONTH}{_OF_YEAR}?"
             rf"|(?:between\s)?{MONTH}\s{{0,2}}{_DAY}{_TO}{_DAY}(?!\s?[a-z]*\s?(?:{MONTH})\b){_OF_YEAR}?"),
    ("week_of", rf"(?:the\s)?week(?:end)?\s(?:of|beginning|starting|commencing|ending|ended)\s(?:on\s)?{_HEAD}"
                rf"{_DAY_MONTH}{_OF_YEAR}?"),
    ("beside", rf"(?:the\s)?(?:day|eve|night)\s(?:before|after|of)\s(?:yesterday|tomorrow|{_FEAST}{_OF_YEAR}?"
               rf"|(?:last|next)\s{WEEKDAY}|{_DAY_MONTH}{_OF_YEAR}?)"
               rf"|(?:the\s)?(?:week|weekend|month|year|night)\s(?:before\slast|after\snext)"),
    ("feast", rf"(?:{CUE}{_S})?\b{_FEAST}{_OF_YEAR}?"),
    ("day", rf"{_HEAD}{_DAY_MONTH}{_ITS_YEAR}?(?:,{_S}{_ANY_WEEKDAY})?"),
    ("months", rf"(?:between\s)?{MONTH}{_TO}{MONTH}{_OF_YEAR}"),
    ("month_year", rf"{_PART}?{MONTH}(?:-{YEAR}|{_OF_YEAR})|{YEAR}\s{MONTH}"),
    ("month", rf"(?:(?:late|early|mid)[-\s])?(?:{CUE}{_S})?(?:{_PART})?\b{MONTH}"),
    ("weekday_week", rf"{WEEKDAY}\s(?:of\s)?(?:last|this|next)\sweek|(?:last|this|next)\sweek\son\s{WEEKDAY}"),
    ("weekday", rf"(?:{CUE}{_S})?{WEEKDAY}"),
    ("season", rf"(?:{_PART}?{CUE}{_S}|(?:the\s)?(?:(?:early|mid|late)[-\s])?){SEASON}(?:{_OF_YEAR}|\b)"),
    ("fiscal", rf"(?:(?:{CUE}|the\scurrent)\s)?(?:fiscal|financial)\s(?:year\s)?(?:in\s)?{YEAR}"
               rf"|\bFY\s?{YEAR}|{CUE}\s(?:fiscal|financial)\s(?:year|quarter)"),
    ("quarter", rf"(?:fiscal[-\s])?(?:first|second|third|fourth)[-\s]quarter(?:{_OF_YEAR})?"
                rf"|Q[1-4](?:{_OF_YEAR})?|(?:first|second)[-\s]half\sof\s{YEAR}"),
    ("decade", r"(?:(?:(?:the\s)?(?:early|mid|late)(?:\s(?:to|-)\s(?:mid|late))?[-\s]|the\s)(?:the\s)?)?"
               r"(?:(?:1[5-9]|20)[0-9]0['’]?s|['’‘][2-9]0s|(?:twenties|thirties|forties|fifties|sixties|seventies"
               r"|eighties|nineties))"),
    ("ago", rf"{_ABOUT}{_NUMBER}\s(?:hour|day|week|month|year|decade)s?\s(?:ago|from\s(?:now|today))"
            rf"(?:\s(?:today|on\s{WEEKDAY}|{WEEKDAY}))?"),
    ("ahead", rf"in\s{_NUMBER}\s(?:day|week|month|year)s?(?:['’]?\stime)?"),
    ("named", rf"{_PART}?(?:today|yesterday|tomorrow|tonight|overnight)"
              r"|(?:late\s)?last\s(?:night|evening)|(?:late\s|early\s|earlier\s)?this\s(?:morning|afternoon|evening)"),
    ("weekend", rf"(?:{CUE}|the(?:\spast|\scoming|\slast|\snext)?){_S}weekend"),
    ("period", rf"{_PART}?(?:{CUE}|the\scurrent){_S}{_UNIT}\b|this\syears"
               rf"|(?:the\s)?(?:end|beginning|start|middle)\sof\sthe\s(?:week|month|year)"
               r"|(?:later|earlier|late|early)\s(?:in\s)the\s(?:week|month|year)"),
    ("year", rf"(?:{_PART}|(?:the\s)?year\s)?(?:{YEAR}(?:{_DASH}(?:{YEAR}|[0-9]{{2}}(?![0-9])))?)"
             rf"|(?:in|of|since|by)\s{_SPOKEN_YEAR}"),
)  # fmt: skip
"""Name and pattern of each shape, the longer wordings first: a place in the text takes the first that fits."""

DATES: Final = re.compile(
    "(?<![A-Za-z0-9_$£€#])(?:" + "|".join(f"(?P<{name}>{body})" for name, body in SHAPES) + ")(?![A-Za-z0-9_])",
    re.IGNORECASE,
)

_CALENDAR: Final = word_set("weekdays", "short_months") | frozenset(LONG_MONTH.split("|"))
_TRIGGERS: Final = word_set("triggers") | _CALENDAR
_LEADS: Final = word_set("leads") | frozenset("|".join((_ONES, _TEENS, _TENS, _ORDINALS)).split("|"))
_TOKEN: Final = re.compile(r"[A-Za-z]+|[0-9]+")
_MOST_LEADS: Final = 9


def places(text: str, start: int, end: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Where `text[start:end]` may hold a date: the end of a word no date is without, and where the wording may begin.

    The beginnings are those of the words before it that can lead up to it ("the", "late", "3", "last"), in order.
    """
    leads: list[int] = []
    last = start
    for token in _TOKEN.finditer(text, start, end):
        word = token.group()
        if word not in _KNOWN and not _numeral(word):
            leads.clear()
            continue
        at = token.start()
        if at - last > _WIDEST_GAP:
            leads.clear()
        last = token.end()
        if word in _JOINERS:
            continue
        decade = word[-1] == "0" and text[last : last + 1] == "s"
        leads.append(at - 1 if decade and text[at - 1 : at] in _QUOTED else at)
        del leads[:-_MOST_LEADS]
        if decade or word in _CASED_TRIGGERS or (len(word) == 4 and word[0] in "12"):
            yield last, tuple(leads)


def _numeral(word: str) -> bool:
    """Whether it can be a day of the month or a year."""
    return len(word) in (1, 2, 4) and word.isdigit()


def _cased(words: frozenset[str]) -> frozenset[str]:
    return words | {word.capitalize() for word in words} | {word.upper() for word in words}


_WIDEST_GAP: Final = 3
_CASED_TRIGGERS: Final = _cased(_TRIGGERS)
_JOINERS: Final = _cased(word_set("joiners"))
_KNOWN: Final = _cased(_TRIGGERS | _LEADS) | _JOINERS
_QUOTED: Final = frozenset("'’‘")
