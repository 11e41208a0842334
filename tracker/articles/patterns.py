"""Attribution without a verb: "…" — Name, Name: "…", and the colon that announces what a paragraph brings."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.articles import phrases
from tracker.articles.attributions import Attribution, chars, pieces
from tracker.articles.cues import cues
from tracker.articles.grammar import PRONOUNS
from tracker.articles.phrases import Range
from tracker.articles.words import DASHES, Token

_LONGEST_LABEL = 8
_STATEMENT_WORDS = frozenset(
    [
        "statement",
        "message",
        "tweet",
        "letter",
        "post",
        "email",
        "interview",
        "speech",
        "remarks",
        "memo",
        "report",
        "article",
    ]
)


def without_cue(tokens: Sequence[Token], span: Range, heading: bool) -> list[Attribution]:
    """What a sentence attributes by its marks alone: a dash and a name, or a name and a colon."""
    made = _signed(tokens, span) or _labelled(tokens, span, heading)
    return [made] if made and made.pieces else []


def _signed(tokens: Sequence[Token], span: Range) -> Attribution | None:
    quoted = 0
    while quoted < len(tokens) and tokens[quoted].quote:
        quoted += 1
    if not quoted or quoted + 1 >= len(tokens) or tokens[quoted].low not in DASHES or not tokens[quoted + 1].name:
        return None
    name = phrases.after(tokens, quoted + 1)
    if name is None:
        return None
    who = chars(tokens, name)
    return Attribution(who, who, None, None, "signed", span, pieces(tokens, (0, quoted)))


def _labelled(tokens: Sequence[Token], span: Range, heading: bool) -> Attribution | None:
    colon = next((at for at, token in enumerate(tokens[: _LONGEST_LABEL + 1]) if token.low == ":"), 0)
    if not colon or colon + 1 >= len(tokens):
        return None
    label = tokens[:colon]
    names = [token for token in label if token.name]
    if not names or len(names) * 2 < len(label) or not all(token.word for token in label):
        return None
    if not heading and not tokens[colon + 1].quote:
        return None
    who = chars(tokens, (0, colon))
    return Attribution(who, who, None, None, "labelled", span, pieces(tokens, (colon + 1, len(tokens))))


def introduced(tokens: Sequence[Token], span: Range) -> Attribution | None:
    """Who a sentence is about, so that a quotation right after it may be theirs: "X agreed. “…”"."""
    subject = phrases.first_subject(tokens, 0, len(tokens))
    if subject is None or not any(phrases.personal(token) for token in tokens[slice(*subject)]):
        return None
    who = chars(tokens, subject)
    return Attribution(who, who, None, None, "introduced", span)


def announced(tokens: Sequence[Token], span: Range) -> Attribution | None:
    """Who is to speak in the next paragraph: a sentence that ends in a colon, or a cue with nothing after it."""
    if not tokens or tokens[-1].low != ":":
        return None
    found = [cue for cue in cues(tokens) if cue.subject is not None]
    if found:
        cue = found[-1]
        speaker = chars(tokens, cue.subject) if cue.subject else None
        return Attribution(speaker, speaker, chars(tokens, (cue.first, cue.verb + 1)), cue.entry, "announced", span)
    subject = phrases.first_subject(tokens, 0, len(tokens) - 1)
    if subject is None or not any(token.low in _STATEMENT_WORDS or token.low in PRONOUNS for token in tokens):
        return None
    who = chars(tokens, subject)
    return Attribution(who, who, None, None, "announced", span)
