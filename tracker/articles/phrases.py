"""Reads noun phrases around a verb: the subject is the clause's, not the nearest name."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.articles.grammar import (
    AUXILIARIES,
    CLAUSE_WORDS,
    DAYS,
    DETERMINERS,
    IRREGULAR,
    PERSONS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    TITLES,
)
from tracker.articles.verbs import STRONG_FORMS
from tracker.articles.words import BREAKS, DASHES, Token

Range = tuple[int, int]
_WIDEST = 28
_GLUE = frozenset(["&", "/", "%", "$", "#", "@", "’", "'"])
_FINITE = frozenset(["said", "says", "say", "told", "wrote", "claim", "believe", "think"])
_INSIDE_NAMES = frozenset(["of", "the", "and", "for", "al", "de", "van", "von", "bin", "ibn"])
_PERSON_ENDS = ("er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "man", "men", "woman", "women", "ee", "ees")
_STOPS_AFTER = frozenset(
    [
        "in",
        "on",
        "during",
        "after",
        "before",
        "when",
        "as",
        "who",
        "which",
        "that",
        "while",
        "by",
        "to",
        "because",
        "since",
        "last",
        "this",
        "earlier",
        "later",
        "and",
        "but",
        "via",
    ]
)
_LOW_NAMES = frozenset(["al-", "ibn", "bin", "de", "la", "van", "von", "der", "da", "di", "el", "du"])


def personal(token: Token) -> bool:
    """Whether a word alone may name who speaks: a name, a pronoun, a word for people or their groups."""
    low = token.low
    named = token.name and low not in DETERMINERS and low not in PREPOSITIONS and low not in CLAUSE_WORDS
    return named or low in PERSONS or low in TITLES or (len(low) > 5 and low.endswith(_PERSON_ENDS))


def speaks(tokens: Sequence[Token], span: Range) -> bool:
    """Whether a noun phrase may name who speaks."""
    return any(
        token.low in PRONOUNS - {"it"} or (personal(token) and token.low not in DAYS)
        for token in tokens[span[0] : span[1]]
    )


def _ends_phrase(token: Token, inside: bool) -> bool:
    low = token.low
    if not token.word:
        return low not in _GLUE
    if low in CLAUSE_WORDS or low in AUXILIARIES or low in RELATIVES:
        return True
    if inside and not token.name and (low in _FINITE or (low in STRONG_FORMS and low.endswith("ed"))):
        return True
    return inside and low in PRONOUNS


def before(tokens: Sequence[Token], last: int) -> Range | None:
    """The noun phrase whose last token is `last`, with what belongs to it on the left; None where there is none."""
    at = last
    while (
        at >= 0 and last - at < _WIDEST and (not _ends_phrase(tokens[at], at < last) or _between_adjectives(tokens, at))
    ):
        at -= 1
    start = _past_time(tokens, at + 1, last)
    while start < last and ((tokens[start].adverb and not tokens[start].name) or tokens[start].low in ("and", "or")):
        start += 1
    if start > last:
        return None
    if tokens[start].low in PREPOSITIONS or tokens[start].low.endswith("ing"):
        start = smallest(tokens, start, last)
    return _checked(tokens, start, last + 1)


def _between_adjectives(tokens: Sequence[Token], at: int) -> bool:
    """Such as the comma of "the bespectacled, 71-year-old diplomat"."""
    if not tokens[at].comma or at < 2 or tokens[at - 2].low not in DETERMINERS:
        return False
    return not tokens[at - 1].name and at + 1 < len(tokens) and tokens[at + 1].word and not tokens[at + 1].name


def _past_time(tokens: Sequence[Token], start: int, last: int) -> int:
    """Leaves out words of time before the phrase: "On Tuesday X", "Earlier this week X"."""
    opening = tokens[start].low if start <= last else ""
    if opening not in PREPOSITIONS and opening not in DAYS:
        return start
    for at in range(min(last - 1, start + 5), start - 1, -1):
        if tokens[at].low in DAYS and tokens[at].low != "may":
            return at + 1
    return start


def smallest(tokens: Sequence[Token], start: int, last: int) -> int:
    """Where the phrase begins that ends at `last`, if nothing is taken in over a preposition but "of"."""
    at = last
    named = tokens[last].name
    while at > start:
        left = tokens[at - 1]
        if left.low in DETERMINERS or left.low.endswith(("’s", "'s")):
            return at - 1 if not named or left.name else at
        if left.low in PREPOSITIONS and left.low != "of":
            break
        if left.low == "and" or (named and not left.name and left.low not in _INSIDE_NAMES and not personal(left)):
            break
        at -= 1
    return at


def _checked(tokens: Sequence[Token], start: int, end: int) -> Range | None:
    last = tokens[end - 1]
    if not last.word or last.low in PREPOSITIONS or (last.low in DETERMINERS and end - start > 2):
        return None
    if end - start == 1 and last.low in ("the", "a", "an", "to", "or", "and"):
        return None
    return start, end


def after(tokens: Sequence[Token], first: int) -> Range | None:
    """The noun phrase that begins at `first`, as in "said X of Y"; None where none does."""
    at = first
    while at < len(tokens) and at - first < _WIDEST:
        token = tokens[at]
        if not token.word and token.low not in _GLUE:
            break
        if at > first and _ends_after(tokens, at):
            break
        at += 1
    while at > first and (tokens[at - 1].low in PREPOSITIONS or tokens[at - 1].low in ("and", "'", "’")):
        at -= 1
    return (first, at) if at > first else None


def _ends_after(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.low == "and" and at + 1 < len(tokens):
        return not (tokens[at + 1].name or tokens[at + 1].low in PERSONS)
    if token.low in _STOPS_AFTER or token.low in AUXILIARIES:
        return True
    return token.low in DAYS or (token.adverb and not token.name)


def begins(token: Token) -> bool:
    """Whether a noun phrase may begin with the token."""
    if not token.word or token.low in PRONOUNS:
        return False
    return (
        token.name or token.low in DETERMINERS or personal(token) or token.low in _LOW_NAMES or token.text[0].isdigit()
    )


def head_of_insertion(tokens: Sequence[Token], comma: int) -> Range | None:
    """The phrase before an insertion that ends in the comma at `comma`: "X, who …, said", "X, a lawyer, said"."""
    at = comma - 1
    seen = 0
    best: Range | None = None
    while at > 0 and seen < 5:
        if tokens[at].quote or tokens[at].low in (";", ":"):
            break
        if tokens[at].comma or tokens[at].low in ("(", "[", *DASHES):
            seen += 1
            span = before(tokens, _past_brackets(tokens, at - 1))
            if span and _heads(tokens, span):
                best = _named(tokens, span, at + 1, comma)
                if _clause_starts(tokens, span[0]):
                    return best
        at -= 1
    return best


def _past_brackets(tokens: Sequence[Token], at: int) -> int:
    if at < 0 or tokens[at].low != ")":
        return at
    return next((place - 1 for place in range(at, max(-1, at - 14), -1) if tokens[place].low == "("), at)


def _named(tokens: Sequence[Token], span: Range, start: int, end: int) -> Range:
    """The name where that is the insertion: "The group's leader, X Y, said"."""
    inside = tokens[start:end]
    if (
        inside
        and all(token.name for token in inside)
        and not any(token.name for token in tokens[span[0] : span[1]][-1:])
    ):
        return start, end
    return span


def _heads(tokens: Sequence[Token], span: Range) -> bool:
    return any(token.name or token.low in PRONOUNS or token.low in PERSONS for token in tokens[span[0] : span[1]])


def _clause_starts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause may begin here and the phrase is no apposition itself."""
    if at == 0:
        return True
    left = tokens[at - 1]
    if left.comma:
        return tokens[at].name and not _short_aside(tokens, at)
    return left.quote or left.low in CLAUSE_WORDS or left.low in BREAKS


def _short_aside(tokens: Sequence[Token], at: int) -> bool:
    """Such as the D-Va. in "Kaine, D-Va., said"."""
    return len(tokens[at].text) > 1 and tokens[at].text[1:2] == "-"


def first_subject(tokens: Sequence[Token], start: int, limit: int) -> Range | None:
    """The phrase that opens a clause, past what is said first of time, place or manner."""
    at = start
    for _ in range(3):
        while at < limit and (
            tokens[at].low in ("but", "and", "so", "yet")
            or tokens[at].comma
            or (tokens[at].adverb and not tokens[at].name)
        ):
            at += 1
        if at >= limit or not (
            tokens[at].low in PREPOSITIONS or tokens[at].low in CLAUSE_WORDS or tokens[at].low.endswith("ing")
        ):
            break
        comma = next((place for place in range(at, limit) if tokens[place].comma), -1)
        if comma < 0:
            return None
        at = comma + 1
    return _opening(tokens, at, limit)


def _opening(tokens: Sequence[Token], at: int, limit: int) -> Range | None:
    end = at
    while end < limit and end - at < _WIDEST:
        token = tokens[end]
        if not token.word and token.low not in _GLUE:
            break
        if token.low in PRONOUNS and end == at:
            return at, at + 1
        if (
            token.low in AUXILIARIES
            or token.low in RELATIVES
            or token.low in CLAUSE_WORDS
            or token.adverb
            or _verbal(tokens, end, at)
        ):
            break
        end += 1
    return (at, end) if end > at and speaks(tokens, (at, end)) else None


def _verbal(tokens: Sequence[Token], at: int, start: int) -> bool:
    token = tokens[at]
    return (
        at > start
        and not token.name
        and len(token.low) > 2
        and (token.low in STRONG_FORMS or token.low in IRREGULAR or token.low.endswith("ed"))
    )
