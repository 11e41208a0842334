"""Where a sentence names an event: words of the trigger lists that are not about something else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from tracker.articles import lexicon

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+|[^\W\d_]+(?:[-’'.\u200c][^\W\d_]+)*|[^\s\w]")
_LETTERS = re.compile(r"[a-z]+")
_MOST = 600
"""Tokens that are looked at in one sentence; longer ones are no prose."""
_POSSESSIVE = ("’s", "'s", "’", "'")

_NOT_AFTER = {"protest": ("in", "of", "under"), "strike": ("on",), "strikes": ("on",)}
_DETERMINERS = frozenset({"a", "an", "the", "his", "her", "their", "its"})
_ONESELF = frozenset({"himself", "herself", "themselves", "itself", "down", "back", "up"})

Sense = TypeVar("Sense")


class Token(NamedTuple):
    """A word, a number or a mark; `low` is the word in lower case."""

    start: int
    end: int
    low: str


class Hit(NamedTuple):
    """A trigger: the places of its tokens from `first` up to but without `last`, and what it tells."""

    first: int
    last: int
    start: int
    end: int
    words: str
    trigger: lexicon.Trigger


def worth(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] has a word that could begin a trigger or tell who is behind an event."""
    return not lexicon.telling().isdisjoint(_LETTERS.findall(text[start:end].lower()))


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words, numbers and marks of text[start:end], at most some hundreds."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        found.append(Token(match.start(), match.end(), match.group().lower()))
        if len(found) == _MOST:
            break
    return found


def phrase(words: Sequence[Token], at: int, known: Mapping[str, Sense]) -> tuple[int, Sense] | None:
    """The longest known phrase that begins at token `at`: the place after it, and what it stands for."""
    most = lexicon.starts().get(bare(words[at].low), 0)
    for count in range(min(most, len(words) - at), 0, -1):
        said = " ".join(bare(word.low) for word in words[at : at + count])
        if said in known:
            return at + count, known[said]
    return None


def bare(word: str) -> str:
    """A word without the ending of a possessive."""
    if word.isalnum():
        return word
    for ending in _POSSESSIVE:
        word = word.removesuffix(ending)
    return word


def hits(text: str, words: Sequence[Token]) -> list[Hit]:
    """The triggers among the tokens of a sentence of `text`, in their order; none overlap."""
    found: list[Hit] = []
    at = 0
    while at < len(words):
        met = phrase(words, at, lexicon.triggers())
        if met is None or _other(words, at, met[0], met[1]) or _is_name(text, words, at, met[1]):
            at += 1
            continue
        last, trigger = met
        said = " ".join(word.low for word in words[at:last])
        found.append(Hit(at, last, words[at].start, words[last - 1].end, said, trigger))
        at = last
    return found


def _is_name(text: str, words: Sequence[Token], at: int, trigger: lexicon.Trigger) -> bool:
    """Whether an ambiguous word is a name, as March and Ban are within a sentence."""
    return trigger.weak and at > 0 and text[words[at].start].isupper()


def _other(words: Sequence[Token], first: int, last: int, trigger: lexicon.Trigger) -> bool:
    """Whether the neighbours make it a word for something else."""
    before = words[first - 1].low if first else ""
    after = words[last].low if last < len(words) else ""
    if before in ("-", "“", "‘") and after in ("-", "”", "’"):
        return True
    if before.rpartition("-")[2] in lexicon.blocked("before"):
        return True
    if after in _ONESELF or before in _NOT_AFTER.get(words[first].low, ()):
        return True
    if not trigger.noun and before in _DETERMINERS:
        return True
    return trigger.noun and (after in lexicon.blocked("after") or after == "-")
