"""Tells which words of a sentence a cue attributes: the content, before the clause, after it or around it."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.articles.cues import ACCORDING
from tracker.articles.grammar import AUXILIARIES, DAYS, PREPOSITIONS, PRONOUNS
from tracker.articles.masking import COMMA
from tracker.articles.phrases import Range
from tracker.articles.subjects import Cue
from tracker.articles.verbs import FORMS
from tracker.articles.words import DASHES, Token

_OPENERS = frozenset(["that", "how", "why", "whether", "what", "if", "who", "when", "where", "there"])
_AFTER_PREPOSITION = frozenset(["for", "on", "to", "of", "about", "out", "as", "against"])
_SUBORDINATE = frozenset(
    ["when", "after", "while", "as", "if", "although", "though", "because", "since", "before", "once"]
)
_REACH = 14
_SHORT = 3
_ADDRESSEE = 9


def contents(tokens: Sequence[Token], cue: Cue, following: Cue | None, floor: int = 0) -> list[Range]:
    """The stretches of tokens that a cue attributes, best first; empty where nothing can be told.

    `floor` is the first token that is not yet another cue's; `following` the next cue of the sentence.
    """
    end = _end(tokens, cue, following)
    if cue.entry is ACCORDING:
        return _according(tokens, cue, floor, end)
    if cue.inverted:
        return _around(tokens, cue, floor, end)
    around = _interrupted(tokens, cue, floor, end)
    if around:
        return around
    later = _after(tokens, cue, end)
    left = _preceding_quote(tokens, cue, floor)
    if left is not None and (later is None or _bare(tokens, left)):
        quoted = next((place for place in range(cue.right, end) if tokens[place].quote), -1)
        resumed = (
            quoted if quoted >= 0 and (tokens[quoted - 1].comma or tokens[quoted - 1].low in (":", *DASHES)) else -1
        )
        return [left, (resumed, end)] if resumed >= 0 else [left]
    if later is not None:
        return [later]
    earlier = _before(tokens, cue, floor)
    return [earlier] if earlier else []


def _end(tokens: Sequence[Token], cue: Cue, following: Cue | None) -> int:
    """Where what follows a cue ends: with the sentence, or where another clause of the same kind is joined to it."""
    if cue.left and tokens[cue.left - 1].low in _SUBORDINATE and cue.left < _SHORT:
        comma = next((place for place in range(cue.right + 1, len(tokens)) if tokens[place].comma), -1)
        if comma > 0:
            return comma
    if following is None or following.verb <= cue.verb:
        return len(tokens)
    joined = following.left - 1
    if joined <= cue.right:
        return len(tokens)
    if following.entry is ACCORDING or following.gerund:
        return joined + 1 if tokens[joined].comma or tokens[joined].text[-1] == COMMA else len(tokens)
    if cue.relative and _shares(cue, following) and tokens[joined].comma:
        return joined
    if tokens[joined].low in ("and", "but") and (_shares(cue, following) or tokens[joined - 1].comma):
        return joined
    return len(tokens)


def _shares(cue: Cue, following: Cue) -> bool:
    return cue.subject is not None and cue.subject == following.subject


def _according(tokens: Sequence[Token], cue: Cue, floor: int, end: int) -> list[Range]:
    at = cue.first
    if at - floor < _SHORT:
        start = cue.right + (cue.right < end and tokens[cue.right].comma)
        return [(start, end)] if end > start else []
    return [(floor, at)]


def _around(tokens: Sequence[Token], cue: Cue, floor: int, end: int) -> list[Range]:
    found: list[Range] = []
    if cue.first > floor:
        found.append((floor, cue.first))
    rest = cue.right
    if rest < end and tokens[rest].comma and not _open(tokens, cue):
        found += [(rest + 1, end)] if rest + 1 < end and not _aside(tokens, rest + 1) else []
        return found
    quoted = next((place for place in range(rest, end) if tokens[place].quote), -1)
    if quoted > 0 and (tokens[quoted - 1].comma or tokens[quoted - 1].low in (":", *DASHES)):
        found.append((quoted, end))
    return found


def _open(tokens: Sequence[Token], cue: Cue) -> bool:
    """Whether what stands before the clause is a whole sentence already."""
    return cue.first > 0 and tokens[cue.first - 1].quote and tokens[cue.right].comma and not _resumes(tokens, cue.right)


def _resumes(tokens: Sequence[Token], comma: int) -> bool:
    return comma + 1 < len(tokens) and tokens[comma + 1].quote


def _aside(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    return not token.quote and (
        token.low in ("who", "which", "a", "an", "the", "but", "and")
        or token.low.endswith("ing")
        or token.preposition
        or token.adverb
    )


def _interrupted(tokens: Sequence[Token], cue: Cue, floor: int, end: int) -> list[Range]:
    """What a clause between commas interrupts: "The weapons, he added, are like …"."""
    comma = cue.left - 1
    after = cue.right
    while after < end and (tokens[after].adverb or tokens[after].low in DAYS):
        after += 1
    quoted = comma > floor and tokens[comma].text[-1] == COMMA
    if cue.gerund or cue.relative or comma <= floor or not (tokens[comma].comma or quoted):
        return []
    if after + 1 >= end or not tokens[after].comma or tokens[after + 1].comma or tokens[floor].low in PREPOSITIONS:
        return []
    following = tokens[after + 1]
    if following.low == "that" or (
        following.low in ("who", "which", "a", "an", "the") or following.low.endswith("ing")
    ):
        return []
    if quoted and following.low not in ("and", "but") and not following.quote:
        return []
    return [(floor, comma + quoted), (after + 1, end)]


def _preceding_quote(tokens: Sequence[Token], cue: Cue, floor: int) -> Range | None:
    """A quotation that ends in a comma just before the clause is what the clause attributes."""
    at = cue.left - 1
    if at >= floor and (tokens[at].comma or tokens[at].low in DASHES):
        at -= 1
    if at < floor or not tokens[at].quote or cue.gerund:
        return None
    return (floor, cue.left)


def _bare(tokens: Sequence[Token], span: Range) -> bool:
    """Whether the last clause of a range is a quotation alone, no title of a book in a phrase."""
    return all(token.quote or not token.word or token.low in ("and", "but") for token in tokens[span[0] : span[1]])


def _after(tokens: Sequence[Token], cue: Cue, end: int) -> Range | None:
    at = cue.right
    while at < end and (
        (tokens[at].adverb and not tokens[at].name) or (tokens[at].low in DAYS and tokens[at].low != "may")
    ):
        at += 1
    if at >= end or (not tokens[at].word and not tokens[at].quote and tokens[at].low not in (":", ",", "$", "#", "(")):
        return None
    first = tokens[at]
    if first.quote or first.low in _OPENERS:
        return at, end
    if first.low in (":", ","):
        return _after_mark(tokens, cue, at, end)
    if "n" in cue.entry.frames and not first.preposition:
        return _told(tokens, at, end)
    if first.low in PREPOSITIONS or first.low in ("out", "to"):
        return _past_preposition(tokens, cue, at, end)
    if first.low == "as":
        return None
    return (at, end) if set(cue.entry.frames) & set("to") else None


def _after_mark(tokens: Sequence[Token], cue: Cue, at: int, end: int) -> Range | None:
    if at + 1 >= end:
        return None
    if tokens[at].low == ":" or tokens[at + 1].quote or tokens[at + 1].low == "that":
        return at + 1, end
    quoted = _opener(tokens, at + 1, end, quotes_only=True)
    return (quoted, end) if quoted >= 0 and tokens[quoted - 1].low in (",", ":") else None


def _opener(tokens: Sequence[Token], at: int, end: int, quotes_only: bool = False) -> int:
    for place in range(at, min(end, at + _REACH)):
        if tokens[place].quote or (not quotes_only and tokens[place].low == "that"):
            return place
    return -1


def _told(tokens: Sequence[Token], at: int, end: int) -> Range | None:
    """What is said to somebody who is named first."""
    for place in range(at, min(end, at + _REACH)):
        token = tokens[place]
        if (token.low in _OPENERS and token.low != "who") or token.quote or token.low in (":",):
            return (place + (token.low == ":"), end)
        if place > at and token.low in PRONOUNS:
            return place, end
    if tokens[at].low in (
        "him",
        "her",
        "them",
        "us",
        "me",
        "reporters",
        "supporters",
        "lawmakers",
        "voters",
        "journalists",
    ):
        return at + 1, end
    return _past_names(tokens, at, end)


def _past_names(tokens: Sequence[Token], at: int, end: int) -> Range | None:
    for place in range(at + 1, min(end, at + _ADDRESSEE)):
        if (
            not tokens[place].name
            and tokens[place - 1].name
            and tokens[place].word
            and tokens[place].low not in PREPOSITIONS
        ):
            return (place, end) if tokens[place].low not in ("and",) else None
    return None


def _past_preposition(tokens: Sequence[Token], cue: Cue, at: int, end: int) -> Range | None:
    low = tokens[at].low
    if low == "to" and "i" in cue.entry.frames:
        return at, end
    if "c" in cue.entry.frames and low in _AFTER_PREPOSITION:
        return (at + 1, end) if at + 1 < end else None
    place = _opener(tokens, at, end)
    if place >= 0:
        return place, end
    if cue.entry.lemma in ("say", "announce", "report", "state"):
        return _past_time(tokens, at, end)
    return None


def _past_time(tokens: Sequence[Token], at: int, end: int) -> Range | None:
    """Past "on Tuesday" or "in a statement", where a clause follows."""
    for place in range(at + 1, min(end, at + 5)):
        token = tokens[place]
        if token.low in DAYS or token.low in ("statement", "interview", "report", "email", "tweet"):
            rest = place + 1
            return (rest, end) if rest < end and tokens[rest].word and _verb_ahead(tokens, rest, end) else None
    return None


def _verb_ahead(tokens: Sequence[Token], at: int, end: int) -> bool:
    if (
        tokens[at].low in PREPOSITIONS
        or tokens[at].low in DAYS
        or tokens[at].low in ("after", "before", "when", "as", "while")
    ):
        return False
    return any(
        token.low in AUXILIARIES or token.low in FORMS or token.low.endswith("ed") for token in tokens[at + 1 : end]
    )


def _before(tokens: Sequence[Token], cue: Cue, floor: int) -> Range | None:
    """What stands before "…, X said": a clause that a comma parts from it."""
    comma = cue.left - 1
    if cue.gerund or cue.relative or comma - floor < _SHORT or not (tokens[comma].comma or tokens[comma].low in DASHES):
        return None
    opening = tokens[floor]
    if (
        opening.low in PREPOSITIONS
        or opening.low.endswith("ing")
        or opening.low in ("when", "while", "if", "although", "because")
    ):
        inner = [place for place in range(floor, comma) if tokens[place].comma]
        if not inner and opening.low != "if":
            return None
    return floor, comma
