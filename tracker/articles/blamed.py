"""Noun phrases around a verb of blame, cut at what cannot belong to them, and the actor each one means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from tracker.articles.lexicon import words_of

if TYPE_CHECKING:
    from tracker.articles.names import NameIndex

_WORD = re.compile(r"[ \u00a0]?([\w&’'./\u200c-]+)")
_STOP = words_of(
    "for in on at after with who which that whom whose during near as to from over because when while since "
    "but has have had was were is are be been will would could may might by before into through against about "
    "without amid following using believed thought used based located blamed alleged said says saying told it "
    "he she they on this last next yesterday today tonight where despite if so than then"
)
_EMPTY = words_of(
    "it he she they them him her one some many others this that these those which who us we you i what being "
    "of monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
)
_DETERMINER = re.compile(r"(?:the|a|an|its|their|his|her|our|both|several|some|other|of)[ \u00a0]", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:but|and|yet|so|meanwhile|later|also|earlier|however|in response|for (?:its|their|his|her) part)\b[, ]*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\b(?:has|have|had|also|later|in turn|repeatedly|quickly|immediately|openly|publicly|then|still|never|not|"
    r"who|which|that|initially|previously|for (?:its|their|his|her) part|on \w{3,6}day)[, ]*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r",[ \u00a0](?:who|which|for|a|an|the|whose)\b")
_AND = re.compile(r"[”’\"']?(?:[ \u00a0]\([^()\n]{1,20}\))?,?[ \u00a0](?:and|or)[ \u00a0](?=[A-Z“]|the[ \u00a0])")
_CLAUSE = re.compile(r"\b(?:when|after|while|because|that|if|before|as)[ \u00a0]")
_VERB = re.compile(r"\b(?:was|were|is|are|had|has|have|said)\b")
_CLAUSES = (";", ":", "” ", ", and ", ", but ", "—")
_SHORT = 24
"""Code points of a title or an adjective before the name in a phrase."""
_MOST = 12
"""Words of the longest phrase."""


class Phrase(NamedTuple):
    """A noun phrase in the text, and the name of the cluster that stands for it; its own words where none does."""

    words: str
    name: str
    start: int
    end: int


def after(text: str, at: int, end: int, index: NameIndex) -> list[Phrase]:
    """The phrases that begin at `at`, several when joined by “and”; at most four."""
    found: list[Phrase] = []
    while at < end and len(found) < 4:
        first, last = _forward(text, at, end)
        named = _phrase(text, first, last, index)
        if named is None:
            break
        found.append(named)
        joined = _AND.match(text, last, end)
        if joined is None:
            break
        at = joined.end()
    return found


def before(text: str, start: int, at: int, index: NameIndex) -> Phrase | None:
    """The subject of a verb at `at`: the phrase that its clause begins with."""
    breaks = [found + len(mark) for mark in _CLAUSES if (found := text.rfind(mark, start, at)) >= 0]
    first = max(breaks, default=start)
    stretch = text[first:at].rstrip(" ,")
    while tail := _TAIL.search(stretch):
        stretch = stretch[: tail.start()].rstrip(" ,")
    if aside := _ASIDE.search(stretch):
        stretch = stretch[: aside.start()]
    while clause := _CLAUSE.search(stretch):
        first, stretch = first + clause.end(), stretch[clause.end() :]
    if lead := _LEAD.match(stretch):
        first, stretch = first + lead.end(), stretch[lead.end() :]
    if "," in stretch:
        comma = stretch.rindex(",") + 1
        first, stretch = first + comma, stretch[comma:]
    first += len(stretch) - len(stretch.lstrip())
    stretch = stretch.strip()
    if not stretch or len(stretch.split()) > _MOST:
        return None
    _, last = _forward(text, first, first + len(stretch))
    if _VERB.search(text, last, first + len(stretch)):
        return None
    return _phrase(text, first, last, index)


def _forward(text: str, at: int, end: int) -> tuple[int, int]:
    """Where the phrase that begins at `at` begins without blanks and marks, and where it ends."""
    while at < end and text[at] in " \u00a0“‘\"'":
        at += 1
    last = at
    for word in _words(text, at, end):
        said = word.group(1).lower()
        if said in _STOP or said == "and" or (said.endswith("ing") and last > at and said not in ("king", "ring")):
            break
        last = word.end()
        if text[last - 1] == ".":
            last -= 1
            break
    return at, last


def _words(text: str, at: int, end: int) -> Iterator[re.Match[str]]:
    for _ in range(_MOST):
        word = _WORD.match(text, at, end)
        if word is None:
            return
        yield word
        at = word.end()


def _phrase(text: str, first: int, last: int, index: NameIndex) -> Phrase | None:
    while last > first and text[last - 1] in " \u00a0’'”\",.":
        last -= 1
    while lead := _DETERMINER.match(text, first, last):
        first = lead.end()
    words = text[first:last]
    if not words or (words.lower() in _EMPTY and not words.isupper()) or not words[0].isalpha():
        return None
    if words.split()[0] in _STOP:
        return None
    mention = index.mention_at(first, last)
    # A name within the phrase, as Iran in “Iran’s proxies”, is not what the phrase means: its head is.
    if mention is not None and mention.end >= last - 1 and mention.start <= first + _SHORT:
        return Phrase(words, index.clusters[mention.cluster].name, first, last)
    titled = index.by_title(words) if words[:1].isupper() else None
    return Phrase(words, titled.name if titled else words, first, last)
