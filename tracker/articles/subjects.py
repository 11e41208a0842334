"""Finds who does what a verb says: the subject of its clause, across insertions, relative pronouns and joined verbs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.articles import phrases
from tracker.articles.grammar import (
    AUXILIARIES,
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SPEAKING_PRONOUNS,
)
from tracker.articles.masking import ASKED, COMMA
from tracker.articles.phrases import Range
from tracker.articles.verbs import Verb
from tracker.articles.words import DASHES, Token

_CLAUSE_MARKS = frozenset([";", ":", "when", "that", "while", "because", "but", "if", "although", "as"])
_PLURAL = frozenset(
    [
        "police",
        "people",
        "they",
        "we",
        "i",
        "you",
        "some",
        "many",
        "most",
        "several",
        "both",
        "few",
        "all",
        "who",
        "men",
        "women",
        "others",
        "two",
        "three",
    ]
)


class Cue(NamedTuple):
    """A clause that attributes: places of tokens in its sentence.

    `first` and `last` bound the verb with what stands before it; `subject` is who speaks, None where it must be taken
    from elsewhere; `inverted` is "said X"; `relative` tells that a "who" stands between subject and verb,
    `shared` that the subject is that of an earlier verb.
    """

    verb: int
    first: int
    entry: Verb
    subject: Range | None
    inverted: bool = False
    relative: bool = False
    gerund: bool = False
    negated: bool = False
    end: int = 0
    shared: bool = False

    @property
    def left(self) -> int:
        """The first token of the clause that attributes."""
        if self.subject is None or self.inverted or self.shared:
            return self.first
        return min(self.subject[0], self.first)

    @property
    def right(self) -> int:
        """The token after the clause's verb, or after its subject where that follows."""
        return max(self.verb + 1, self.end)


class Group(NamedTuple):
    """What stands before a verb: `left` is the place before its first helping word."""

    left: int
    words: frozenset[str]


def group_before(tokens: Sequence[Token], at: int) -> Group:
    left = at - 1
    words: set[str] = set()
    while left >= 0 and at - left < 8 and tokens[left].word:
        low = tokens[left].low
        if low not in AUXILIARIES and low not in NEGATIONS and not (tokens[left].adverb and not tokens[left].name):
            break
        words.add(low)
        left -= 1
    return Group(left, frozenset(words))


def subject_of(tokens: Sequence[Token], at: int, found: Sequence[Cue]) -> tuple[Range | None, bool]:
    """Who does what the verb after `at` says, and whether through a relative pronoun."""
    if at < 0:
        return None, False
    token = tokens[at]
    if token.low in ("who", "which"):
        return _antecedent(tokens, at), True
    if token.low in PRONOUNS:
        return (at, at + 1), False
    if token.comma or token.low in (")", *DASHES):
        return _past_insertion(tokens, at, found), False
    if token.low in ("and", "but", "then", "or"):
        return shared_subject(tokens, at, found), False
    span = phrases.before(tokens, at)
    if span is not None and span[0] > 1 and _inserted(tokens, span[0]):
        return subject_of(tokens, group_before(tokens, span[0] - 1).left, found)
    return span, False


def _inserted(tokens: Sequence[Token], start: int) -> bool:
    """Whether the phrase that begins at `start` only tells when or where: "who in the past called"."""
    if tokens[start - 1].low not in PREPOSITIONS:
        return False
    low = tokens[start - 2].low
    return low in AUXILIARIES or low in RELATIVES or low in SPEAKING_PRONOUNS


def _antecedent(tokens: Sequence[Token], who: int) -> Range | None:
    at = who - 1
    while at >= 0 and (tokens[at].comma or tokens[at].low in ("of", "all", "most", "some", "(", ")")):
        at -= 1
    return phrases.before(tokens, at) if at >= 0 else None


def _past_insertion(tokens: Sequence[Token], at: int, found: Sequence[Cue]) -> Range | None:
    if tokens[at].low == ")":
        opening = next((place for place in range(at, max(-1, at - 12), -1) if tokens[place].low == "("), -1)
        return phrases.before(tokens, opening - 1) if opening > 0 else None
    return phrases.head_of_insertion(tokens, at) or shared_subject(tokens, at, found)


def shared_subject(tokens: Sequence[Token], at: int, found: Sequence[Cue]) -> Range | None:
    """A verb joined to another shares its subject."""
    previous = outer_cue(tokens, [cue for cue in found if not cue.gerund and not cue.inverted])
    if previous is not None:
        return previous.subject
    start = next(
        (place + 1 for place in range(at - 1, -1, -1) if tokens[place].quote or tokens[place].low in _CLAUSE_MARKS), 0
    )
    return phrases.first_subject(tokens, start, at)


def outer_cue(tokens: Sequence[Token], found: Sequence[Cue]) -> Cue | None:
    """The last cue that is not itself part of what an earlier one attributes."""
    outer: Cue | None = None
    for cue in found:
        if cue.subject is None:
            continue
        left = tokens[cue.left - 1] if cue.left else None
        joined = left is not None and (left.quote or left.low in ("and", "but", ";", "while", ","))
        if outer is None or joined:
            outer = cue
    return outer


def agrees(tokens: Sequence[Token], at: int, entry: Verb, group: Group, subject: Range, relative: bool) -> bool:
    """Whether verb and subject fit: number in the present, and for weak verbs somebody who can mean it."""
    low, last = tokens[at].low, tokens[subject[1] - 1]
    if last.low in ("this", "that", "there", "what", "which") or (last.low == "it" and not entry.strong):
        return False
    if (
        low == entry.lemma
        and low != entry_past(entry)
        and not group.words & (MODALS | {"did", "do", "didn’t", "didn't", "don’t", "don't"})
    ):
        return _plural(tokens, subject) or relative
    if (
        low in _third(entry)
        and last.low.endswith("s")
        and not last.name
        and last.low not in ("boss", "press", "congress")
    ):
        return False
    if entry.strong or (subject[0] and tokens[subject[0] - 1].text[-1] in COMMA + ASKED):
        return True
    return phrases.speaks(tokens, subject)


def entry_past(entry: Verb) -> str:
    """The lemma where the past looks like it, as in "put", else nothing."""
    return entry.lemma if entry.lemma in ("put", "read", "forecast") else ""


def _third(entry: Verb) -> tuple[str, str]:
    return entry.lemma + "s", entry.lemma + "es"


def _plural(tokens: Sequence[Token], subject: Range) -> bool:
    words = tokens[subject[0] : subject[1]]
    if any(word.low in ("and", "of", "from", "in") and place for place, word in enumerate(words)):
        return any(word.low.endswith("s") or word.low in _PLURAL or word.low == "and" for word in words)
    last = words[-1].low
    return last in _PLURAL or (last.endswith("s") and not last.endswith(("ss", "’s", "'s")))
