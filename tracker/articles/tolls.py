"""How many were killed or wounded, as a sentence words it: not mentioned, none, and a number are three things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.articles import lexicon
from tracker.articles.lexicon import words_of
from tracker.articles.triggers import Token

_UNITS = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_NUMBERS = {word: value for value, word in enumerate(_UNITS) if word}
_TEN = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: 10 * value for value, word in enumerate(_TEN) if value > 1}
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "several": 3}
_LOW = {"at least", "no fewer than", "no less than", "upwards of"}
_ABOVE = {"more than", "over"}
_HIGH = {"up to", "as many as", "at most", "no more than"}
_BELOW = {"fewer than", "less than", "under"}
_BEST = {
    "about",
    "around",
    "some",
    "nearly",
    "almost",
    "approximately",
    "roughly",
    "an estimated",
    "just",
    "only",
    "another",
    "a further",
}
_QUALIFIERS = _LOW | _ABOVE | _HIGH | _BELOW | _BEST
_KILL = {"killed", "dead", "died", "slain", "murdered", "massacred", "executed", "perished", "beheaded"}
_KILLING = {"killed", "killing", "kills", "murdered", "murdering", "slaying"}
_WOUND = {"wounded", "injured", "hurt"}
_WOUNDING = {"wounded", "wounding", "injured", "injuring", "hurt", "hurting", "wounds", "injures"}
_NOBODY = {"nobody", "no-one", "none"}
_NOT_COUNTED = words_of(
    "year years month months week weeks day days hour hours minute minutes percent per cent km kilometres "
    "kilometers miles mile metres meters january february march april may june july august september october "
    "november december when while after last before since he she it they that which on in at from aged age "
    "times th st nd rd million billion dollars pounds"
)
_REACH = 8
"""Tokens between a number and its verb."""
_PLURAL = {"people", "men", "women", "children", "troops", "police", "civilians", "others", "personnel"}
_DETERMINERS = {"a", "an", "his", "her", "its"}


class Figure(NamedTuple):
    """A number as reported: `low` to `high`, `best` where one is named; None is not said."""

    low: int | None
    best: int | None
    high: int | None


class Toll(NamedTuple):
    """Killed or wounded (codes of the list `measure`), the figure, and where it stands."""

    measure: str
    figure: Figure
    start: int
    end: int


def tolls(words: Sequence[Token]) -> list[Toll]:
    """The tolls of a sentence in their order; “no casualties were reported” gives none, “nobody was killed” gives 0."""
    found: list[Toll] = []
    for at, word in enumerate(words):
        for measure, passive, active in (("killed", _KILL, _KILLING), ("wounded", _WOUND, _WOUNDING)):
            said = (word.low in passive and (_left(words, at) or _before(words, at))) or (
                word.low in active and _after(words, at)
            )
            if said:
                figure, first, last = said
                found.append(Toll(measure, figure, words[min(first, at)].start, words[max(last - 1, at)].end))
    return [*found, *_death_toll(words), *_no_casualties(words)]


Said = tuple[Figure, int, int]


def quantity(words: Sequence[Token], at: int) -> tuple[Figure, int] | None:
    """The number that is worded from token `at` on, with “at least”, “between … and …”, and the place after it."""
    qualifier, start = _qualifier(words, at)
    between = start < len(words) and words[start].low in ("between", "from")
    first = _number(words, start + between)
    if first is None:
        return None
    low, after = first
    if after < len(words) - 1 and words[after].low in ("to", "and", "or", "-", "–"):
        second = _number(words, after + 1)
        if second and second[0] > low and (between or words[after].low != "and"):
            return Figure(low, None, second[0]), second[1]
    if words[after - 1].low in _VAGUE:
        return Figure(low, None, None), after
    return _bounded(qualifier, low), after


def _bounded(qualifier: str, value: int) -> Figure:
    if qualifier in _LOW:
        return Figure(value, None, None)
    if qualifier in _ABOVE:
        return Figure(value + 1, None, None)
    if qualifier in _HIGH:
        return Figure(None, None, value)
    if qualifier in _BELOW:
        return Figure(None, None, max(0, value - 1))
    if qualifier in ("about", "around", "some", "nearly", "almost", "approximately", "roughly", "an estimated"):
        return Figure(None, value, None)
    return Figure(value, value, value)


def _qualifier(words: Sequence[Token], at: int) -> tuple[str, int]:
    for count in (3, 2, 1):
        said = " ".join(word.low for word in words[at : at + count])
        if said in _QUALIFIERS and at + count <= len(words):
            return said, at + count
    return "", at


def _number(words: Sequence[Token], at: int) -> tuple[int, int] | None:
    if at >= len(words):
        return None
    said = words[at].low
    digits = said.replace(",", "")
    if digits.isascii() and digits.isdigit():
        return (int(digits), at + 1) if len(digits) < 7 and not _clock(words, at) else None
    if said in ("a", "half") and at + 1 < len(words) and words[at + 1].low == "dozen":
        return (12 if said == "a" else 6), at + 2
    head, _, tail = said.partition("-")
    value = _NUMBERS.get(said) or _VAGUE.get(said) or _TENS.get(head, 0) + (_NUMBERS.get(tail, 0) if tail else 0)
    if not value or (tail and head in _TENS and tail not in _NUMBERS):
        return None
    after = at + 1
    if said in _VAGUE and after < len(words) and words[after].low == "of":
        return value, after
    return value, after


def _clock(words: Sequence[Token], at: int) -> bool:
    """Whether a number is part of an age, a time, a sum or a share."""
    before, after = (words[at - 1] if at else None), (words[at + 1] if at + 1 < len(words) else None)
    touching = after is not None and after.start == words[at].end and after.low in ("-", "%", ":", ".", "–")
    return touching or (before is not None and before.low in ("$", "£", "€", "#", "aged", "age", ":"))


def _before(words: Sequence[Token], at: int) -> Said | None:
    """The number of “two guards were wounded”, or 0 for “nobody was killed”."""
    low = max(0, at - _REACH)
    for place in range(at - 1, low - 1, -1):
        said = words[place].low
        if said in _NOBODY or (said == "one" and place and words[place - 1].low == "no"):
            return Figure(0, 0, 0), place - (said == "one"), at + 1
        if said == "no" and words[min(place + 1, at)].low in lexicon.people():
            return Figure(0, 0, 0), place, at + 1
        if _number(words, place):
            return _widest(words, place, at)
        if said in _NOT_COUNTED or not said[0].isalnum() or said in _KILLING | _WOUNDING:
            return None
    return None


def _widest(words: Sequence[Token], place: int, at: int) -> Said | None:
    """The figure that the number at `place` ends, with what qualifies it before."""
    if place + 1 < at and words[place + 1].low in _NOT_COUNTED:
        return None
    for first in range(max(0, place - 5), place + 1):
        said = quantity(words, first)
        if said and said[1] in (place + 1, place + 2) and (first == place or _starts(words, first)):
            return said[0], first, at + 1
    return None


def _starts(words: Sequence[Token], first: int) -> bool:
    return bool(_qualifier(words, first)[0]) or words[first].low == "between" or _number(words, first) is not None


def _after(words: Sequence[Token], at: int) -> Said | None:
    """The number of “killing at least five”, 1 for “killing a guard”, at least 2 for “wounding Iraqi troops”."""
    if at + 1 >= len(words):
        return None
    following = words[at + 1].low
    if following in _NOBODY or (following == "no" and words[min(at + 2, len(words) - 1)].low == "one"):
        return Figure(0, 0, 0), at, at + 2 + (following == "no")
    said = quantity(words, at + 1)
    if said:
        figure, last = said
        counted = last >= len(words) or words[last].low not in _NOT_COUNTED - {
            "in",
            "on",
            "at",
            "when",
            "after",
            "while",
        }
        return (figure, at, last) if counted else None
    return _uncounted(words, at + 1, at)


def _uncounted(words: Sequence[Token], first: int, at: int) -> Said | None:
    """People that are not counted: a noun in the singular with its article is one, in the plural at least two."""
    single = words[first].low in _DETERMINERS
    if not single and words[at].low.endswith(("ed", "hurt")):
        return None
    for place in range(first + single, min(first + single + 4, len(words))):
        said = words[place].low
        if said in lexicon.people():
            plural = said in _PLURAL or said.endswith("s") or said.endswith("men")
            if plural == single:
                return None
            return (Figure(1, 1, 1) if single else Figure(2, None, None)), at, place + 1
        if not said[0].isalpha() or said in _NOT_COUNTED:
            return None
    return None


def _left(words: Sequence[Token], at: int) -> Said | None:
    """At least two for “left dockers injured”."""
    for place in range(at - 1, max(-1, at - 5), -1):
        if words[place].low in ("left", "leaving") and words[at - 1].low in lexicon.people():
            plural = words[at - 1].low in _PLURAL or words[at - 1].low.endswith("s")
            return (Figure(2, None, None), place, at + 1) if plural else None
    return None


def _death_toll(words: Sequence[Token]) -> list[Toll]:
    """The number of “the death toll rose to 12”."""
    found: list[Toll] = []
    for at in range(len(words) - 3):
        if words[at].low != "death" or words[at + 1].low != "toll":
            continue
        for place in range(at + 2, min(at + 10, len(words))):
            said = quantity(words, place) if words[place - 1].low in ("to", "at", "of", "is", "was", "least") else None
            if said and (said[1] >= len(words) or words[said[1]].low not in _NOT_COUNTED):
                found.append(Toll("killed", said[0], words[at].start, words[said[1] - 1].end))
                break
    return found


def _no_casualties(words: Sequence[Token]) -> list[Toll]:
    """0 for “there were no casualties”; nothing for “no casualties were reported”, which does not say so."""
    found: list[Toll] = []
    none = Figure(0, 0, 0)
    for at in range(len(words) - 1):
        if words[at].low != "no" or words[at + 1].low not in ("casualties", "injuries", "deaths", "fatalities"):
            continue
        near = {word.low for word in words[max(0, at - 4) : at + 8]}
        said_so = near & {"were", "was", "caused", "causing", "with", "suffered"}
        if near & {"reported", "reports", "report", "immediate", "known", "confirmed"} or not said_so:
            continue
        span = (words[at].start, words[at + 1].end)
        if words[at + 1].low != "injuries":
            found.append(Toll("killed", none, *span))
        if words[at + 1].low in ("casualties", "injuries"):
            found.append(Toll("wounded", none, *span))
    return found
