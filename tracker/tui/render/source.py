"""The card of a source: what it is, what rests on it, and the words quoted from it in their order."""

from __future__ import annotations

from tracker.store.cards import SourceCard
from tracker.store.cards.source import COUNTED
from tracker.tui.render import quotes
from tracker.tui.render.changes import action_lines
from tracker.tui.render.lines import MUTED, UNKNOWN, Line, Section, line, pairs
from tracker.tui.render.parts import LABELS, as_read, fields, headline, lead, leads, section, when_words

_SHOWN_ELSEWHERE = ("title", "published", "supersedes", "sha256")


def preview(card: SourceCard, width: int) -> list[Line]:
    """The source at a glance: who published it and when, whether its text is there, what rests on it."""
    known = {label: value for group in card.groups for label, value in group.pairs if value != UNKNOWN}
    kind = " · ".join(part for part in (card.source_kind, known.get("Publisher"), known.get("Author")) if part)
    told = [("Kind", kind), ("Published", when_words(card.published)), ("Text", _text(card)), ("Rests", _rests(card))]
    lines = [*headline(card.title, card, width), *pairs(told, width, 9)]
    return lines + quotes.first_words(card.evidence, card.statements, width)


def sections(card: SourceCard, width: int) -> list[Section]:
    """The source in full, with ways on to its statements and editions."""
    told = [("Published", when_words(card.published)), ("Text", _text(card)), ("SHA-256", card.sha256 or UNKNOWN)]
    told += [("What rests on it", _rests(card))] + [("Tags", ", ".join(card.tags))] * bool(card.tags)
    editions = leads("replaces", [card.supersedes] if card.supersedes else [], width)
    editions += leads("replaced by", card.superseded_by, width)
    spans = [made for span in card.evidence for made in quotes.evidence(span, width, own=True)]
    return [
        section("", [*pairs(told, width, LABELS), *editions,
                     *fields(card, card.groups, width, without=_SHOWN_ELSEWHERE)], ""),
        section(f"Statements ({len(card.statements):,})", quotes.statements(card.statements, width),
                "No statement is taken from it."),
        section("Incidents it reports", [made for named in card.incidents for made in lead(named, width)],
                "No incident rests on it."),
        section("Evidence, in the order of the text", [*_legend(card), *spans], "No words of it are quoted."),
        Section("History", tuple(action_lines(card.history, width))),
        *as_read(card, width),
    ]  # fmt: skip


def _legend(card: SourceCard) -> list[Line]:
    """How many spans have which verdict, by the glyphs used below."""
    glyphs = [quotes.verdict(span.verdict)[0][0] for span in card.evidence]
    words = {"✓": "verified", "≈": "but for spaces and marks", "!": "not so in the text", "?": "not checked"}
    told = [f"{glyph} {glyphs.count(glyph):,} {meaning}" for glyph, meaning in words.items() if glyph in glyphs]
    return [line("  ", (" · ".join(told), MUTED))] if told else []


def _text(card: SourceCard) -> str:
    if card.text_length is None:
        return "pinned by its hash, not attached" if card.sha256 else UNKNOWN
    return f"attached, {card.text_length:,} characters"


def _rests(card: SourceCard) -> str:
    parts = [f"{_counted(count)} {name}" for name, count in card.rests if count]
    if card.anchored:
        parts.append(f"{card.anchored:,} date{'s' * (card.anchored != 1)} counted from its day")
    return " · ".join(parts) or "nothing"


def _counted(count: int) -> str:
    return f"{count:,}" if count <= COUNTED else f"{COUNTED:,}+"
