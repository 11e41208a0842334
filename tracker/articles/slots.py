"""What an event's sentence says beside the trigger: weapon, kind of target, when, and how many events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tracker.articles import lexicon
from tracker.articles.lexicon import words_of
from tracker.articles.proposals import Proposal
from tracker.articles.tolls import Figure, quantity
from tracker.articles.triggers import Hit, Token, bare, phrase

_SERIES = words_of("series string wave waves spate flurry run rash barrage succession number campaign")
_CUE_BEFORE_DATE = re.compile(
    r"\b(?:said|says|told|announced|tweeted|reported|wrote|added|statement|warned|confirmed|speaking|interview|spokesman|"
    r"spokeswoman|reporters|claimed|denied|condemned|according)\b[^.;]{0,32}$",
    re.IGNORECASE,
)
_MODELS = words_of("the a an and of in with by from using two three several")
_ITS = ("it", "he", "sh", "th", "wh")
"""What begins a shortened verb (it’s, that’s, who’s), which is no possessive."""
_MONTHS = words_of("january february march april may june july august september october november december")
_PREPOSITIONS = words_of("of in on at by for to with from after")
_FARTHEST = 160
"""Characters from a trigger to a date that may still be its own."""


class Stretch(NamedTuple):
    """Words with what they stand for, and where they are."""

    words: str
    code: str
    start: int
    end: int


def weapons(text: str, words: Sequence[Token]) -> list[Stretch]:
    """The weapons of a sentence as worded, each with the category of event it tells."""
    found: list[Stretch] = []
    at = 0
    while at < len(words):
        met = phrase(words, at, lexicon.weapons())
        if met is None:
            at += 1
            continue
        last, category = met
        first = at - (1 if at and _model(text, words[at - 1], words[at]) else 0)
        start, end = words[first].start, words[last - 1].end
        if found and found[-1].end + 1 == start:
            start = found.pop().start
        found.append(Stretch(text[start:end], category, start, end))
        at = last
    return found


def _model(text: str, before: Token, word: Token) -> bool:
    """Whether the word before names the make: Katyusha rockets, 120mm shells."""
    said = text[before.start : before.end]
    return before.end + 1 == word.start and said[0].isupper() and before.low not in _MODELS and before.start > 0


def target_kind(words: Sequence[Token], hit: Hit) -> Stretch | None:
    """The first thing after the trigger, else before it, that the lists know as a target."""
    after = range(hit.last, min(len(words), hit.last + 14))
    for at in (*after, *range(max(0, hit.first - 6), hit.first)):
        met = phrase(words, at, lexicon.targets())
        if met:
            return Stretch(
                " ".join(word.low for word in words[at : met[0]]), met[1], words[at].start, words[met[0] - 1].end
            )
    return None


def date_of(text: str, hit: Hit, dated: Sequence[Proposal], start: int, end: int) -> Proposal | None:
    """The date of a sentence that is nearest to the trigger and does not tell when somebody spoke."""
    best: tuple[int, Proposal] | None = None
    for proposal in dated:
        first, last = proposal.spans["date"][0]
        if not proposal.value.get("edtf") or _CUE_BEFORE_DATE.search(text, max(start, first - 60), first):
            continue
        # What follows a trigger is more often its own than what goes before.
        away = first - hit.end if first >= hit.end else 2 * max(0, hit.start - last) + 1
        if away < _FARTHEST * 2 and (best is None or away < best[0]):
            best = (away, proposal)
    return best[1] if best else None


class Count(NamedTuple):
    """How many events a phrase speaks of, and whether it cannot be split into them."""

    figure: Figure | None
    aggregate: bool
    start: int


def count_of(words: Sequence[Token], hit: Hit) -> Count:
    """“Two rocket attacks” and “a series of attacks” before the trigger."""
    low = max(0, hit.first - 5)
    for at in range(low, hit.first):
        if words[at].low in _SERIES and at + 1 < len(words) and words[at + 1].low == "of":
            return Count(Figure(2, None, None), True, words[max(at - 1, 0)].start)
    if hit.trigger.noun and hit.words.endswith(("s", "shes")) and not hit.words.endswith("ss"):
        for at in range(low, hit.first):
            said = None if _part_of_date(words, at) else quantity(words, at)
            if said and said[1] <= hit.first and all(word.low[0].isalpha() for word in words[said[1] : hit.first]):
                return Count(said[0], said[0].low != 1, words[at].start)
    return Count(None, False, hit.start)


def _part_of_date(words: Sequence[Token], at: int) -> bool:
    """Whether a number is the day or the year of a date before a trigger: the Sept. 11 attacks, the 2001 attacks."""
    year = words[at].low.isdigit() and 1800 <= int(words[at].low[:9]) <= 2200
    return (
        year
        or (at > 0 and words[at - 1].low in (".", "/", ",") and words[at].low[0].isdigit())
        or (at > 0 and words[at - 1].low in _MONTHS)
    )


def definite(words: Sequence[Token], hit: Hit) -> bool:
    """Whether it is spoken of as known: the attack, these blasts, Friday's bombing."""
    if not hit.trigger.noun:
        return False
    first = hit.first
    while first > max(0, hit.first - 3) and words[first - 1].low not in _PREPOSITIONS:
        first -= 1
    near = words[first : hit.first]
    return any(
        word.low in ("the", "this", "these", "those") or (bare(word.low) != word.low and word.low[:2] not in _ITS)
        for word in near
    )
