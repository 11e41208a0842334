"""Walks through an article sentence by sentence and says whose each quotation and reported clause is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.articles import patterns
from tracker.articles.attributions import Attribution, Piece, of_sentence, pieces
from tracker.articles.phrases import Range
from tracker.articles.quotes import Quote
from tracker.articles.words import Token, words

if TYPE_CHECKING:
    from tracker.articles.document import Document

_HEADINGS = frozenset(("headline", "heading"))
_HEADLINE = 150
_GAP = 3
_LONG = 4


@dataclass(slots=True)
class _Walk:
    """Where the walk stands: what was attributed, and who still has the word."""

    text: str
    quotes: dict[int, Quote]
    found: list[Attribution] = field(default_factory=list)
    speaking: Attribution | None = None
    announced: Attribution | None = None
    waiting: list[Token] = field(default_factory=list)
    introduced: tuple[int, Attribution] | None = None
    here: int = -1


def attributions(
    doc: Document, marks: Sequence[Quote], cover: str, sentences: Sequence[Sequence[Range]]
) -> list[Attribution]:
    """Everything that the article attributes to somebody, in the order of the text.

    `marks` are its quotations, `cover` its text with them covered, `sentences` those of each paragraph of `doc.body`.
    A quotation that stands alone is given to who spoke before it in its paragraph, to who is announced with a colon,
    or to who spoke in the paragraph before; else to nobody, and then nothing is proposed.
    """
    walk = _Walk(doc.text, {quote.start: quote for quote in marks})
    for place, (part, spans) in enumerate(zip(doc.body, sentences, strict=False)):
        walk.here = place
        walk.waiting.clear()
        heading = part.kind in _HEADINGS or (not place and part.end - part.start <= _HEADLINE)
        for span in () if _block(walk, part.start, part.end) else spans:
            _sentence(walk, words(cover, *span), span, heading)
        _flush(walk, (part.start, part.end))
    return walk.found


def _block(walk: _Walk, start: int, end: int) -> bool:
    """A paragraph without marks after "X said:" is what X said."""
    announced = walk.announced
    if announced is None or start in walk.quotes or announced.pieces:
        return False
    walk.announced = None
    announced.pieces.append(Piece(start, end, "indirect"))
    announced.paragraph = walk.here
    announced.rule = "block"
    walk.found.append(announced)
    return True


def _sentence(walk: _Walk, tokens: Sequence[Token], span: Range, heading: bool) -> None:
    quoted = [token for token in tokens if token.quote]
    fresh = of_sentence(tokens, span, heading)
    if not fresh:
        fresh = patterns.without_cue(tokens, span, heading)
    for attribution in fresh:
        _keep(walk, attribution)
    taken = [(piece.start, piece.end) for attribution in fresh for piece in attribution.pieces]
    left = [token for token in quoted if not any(a <= token.start and token.end <= b for a, b in taken)]
    if left:
        _leftover(walk, tokens, span, left, fresh)
    if not quoted and not fresh:
        made = patterns.introduced(tokens, span)
        walk.introduced = (walk.here, made) if made else None
    walk.announced = patterns.announced(tokens, span) or (None if tokens else walk.announced)


def _keep(walk: _Walk, attribution: Attribution) -> None:
    attribution.paragraph = walk.here
    walk.found.append(attribution)
    if attribution.entry is None or attribution.entry.strong or attribution.quoted:
        walk.speaking = attribution
    if not attribution.quoted:
        return
    if walk.waiting and (
        attribution.pieces[0].type == "direct" or attribution.sentence[0] < walk.waiting[-1].end + _GAP
    ):
        attribution.pieces[:0] = [Piece(token.start, token.end, "direct") for token in walk.waiting]
    walk.waiting.clear()


def _leftover(walk: _Walk, tokens: Sequence[Token], span: Range, left: list[Token], fresh: list[Attribution]) -> None:
    alone = all(token.quote or not token.word for token in tokens)
    opens = tokens[0].quote and tokens[0] in left
    if not alone and not (opens and not fresh):
        _loose(walk, tokens, span, left, fresh)
    if fresh:
        return
    for token in left if alone else [left[0]] if opens else []:
        _alone(walk, token, alone, tokens, span)


def _loose(walk: _Walk, tokens: Sequence[Token], span: Range, left: list[Token], fresh: list[Attribution]) -> None:
    """A long quotation inside a sentence is somebody's words, most often those of whom the sentence is about."""
    about = fresh[-1] if fresh else patterns.introduced(tokens, span)
    if about is None or about.speaker is None:
        return
    for token in left:
        said = walk.text[token.start : token.end].split()
        if len(said) >= _LONG and not all(word.strip("“\"‘'")[:1].isupper() for word in said):
            piece = Piece(token.start, token.end, "direct")
            walk.found.append(
                Attribution(about.speaker, about.whole, None, None, "loose", span, [piece], paragraph=walk.here)
            )


def _alone(walk: _Walk, token: Token, alone: bool, tokens: Sequence[Token], span: Range) -> None:
    owner, rule = _owner(walk, token)
    if owner is None:
        if alone:
            walk.waiting.append(token)
        return
    if not alone and rule != "resumed":
        return
    made = [Piece(token.start, token.end, "direct")] if alone else pieces(tokens, (0, len(tokens)))
    if rule == "announced":
        owner.pieces, owner.paragraph = made, walk.here
        walk.found.append(owner)
        walk.speaking, walk.announced = owner, None
    elif rule == "continued" or (rule == "resumed" and owner.quoted):
        owner.pieces += made
        owner.paragraph = walk.here
    else:
        _follow(walk, owner, rule, span, made)


def _follow(walk: _Walk, owner: Attribution, rule: str, span: Range, made: list[Piece]) -> None:
    again = Attribution(
        owner.speaker, owner.whole, None, owner.entry, rule, span, made, paragraph=walk.here, follows=owner
    )
    walk.found.append(again)
    walk.speaking = again


def _flush(walk: _Walk, span: Range) -> None:
    """Gives quotations that still stand alone at the end of their paragraph to who was introduced, or spoke before."""
    if not walk.waiting:
        return
    owner, rule = None, "follows"
    if walk.introduced is not None and walk.introduced[0] == walk.here:
        owner, rule = walk.introduced[1], "introduced"
    elif walk.speaking is not None and walk.speaking.rule != "signed" and walk.here - walk.speaking.paragraph == 1:
        owner = walk.speaking
    if owner is not None:
        _follow(walk, owner, rule, span, [Piece(token.start, token.end, "direct") for token in walk.waiting])
    walk.waiting.clear()


def _owner(walk: _Walk, token: Token) -> tuple[Attribution | None, str]:
    """Who has the word where a quotation stands alone, as far as what stands before it tells."""
    quote = walk.quotes.get(token.start)
    speaking = walk.speaking
    if walk.announced is not None:
        return walk.announced, "announced"
    if speaking is not None and speaking.paragraph == walk.here:
        return speaking, "resumed"
    if speaking is not None and quote is not None and quote.part_of >= 0:
        return speaking, "continued"
    return None, ""
