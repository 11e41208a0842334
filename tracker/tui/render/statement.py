"""The card of a statement: who says what to whom, about which incidents, and where the words stand."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.store.cards import StatementCard
from tracker.tui.render import quotes
from tracker.tui.render.changes import action_lines
from tracker.tui.render.lines import ACCENT, MUTED, Line, Link, Section, pairs, wrap
from tracker.tui.render.lines import line as made_line
from tracker.tui.render.parts import LABELS, as_read, entry, fields, headline, lead, leads, section, when_words

_SHOWN_ELSEWHERE = ("speaker", "kind", "quote", "paraphrase", "said", "source", "repeats")


def title(card: StatementCard) -> str:
    """Who says what kind of thing to whom."""
    to = ", ".join(actor.title for role, actor in card.actors if role == "addressee")
    return f"{card.speaker.title} {card.statement_kind}{f' → {to}' if to else ''}"


def preview(card: StatementCard, width: int) -> list[Line]:
    """The statement at a glance: its words with their source, when it was said, what it is about."""
    lines = [*headline(title(card), card, width), *_words(card, width, 0)]
    told = [("Said", when_words(card.said))]
    told += [("About", " · ".join(f"{named.ref} {named.title}" for named in card.about))] * bool(card.about)
    return [*lines, *pairs(told, width, 7)]


def sections(card: StatementCard, width: int) -> list[Section]:
    """The statement in full, with ways on to its speaker, those it speaks of, incidents and source."""
    return [
        section("", _words(card, width, 2), ""),
        section("Who", _who(card, width), ""),
        section("About", [made for named in card.about for made in lead(named, width)], "It is about no incident."),
        *_asserts(card, width),
        *_repeats(card, width),
        section("Fields", _told(card, width), ""),
        section("Evidence", [made for span in card.evidence for made in quotes.evidence(span, width)],
                "No words of a source are tied to it."),
        Section("History", tuple(action_lines(card.history, width))),
        *as_read(card, width),
    ]  # fmt: skip


def _words(card: StatementCard, width: int, indent: int) -> list[Line]:
    """The quote with its source and what the check of it found, then what is said in the coder's words."""
    lines: list[Line] = []
    if card.quote:
        found = next((span.verdict for span in card.evidence if span.exact == card.quote), "")
        lines += quotes.quoted(card.quote, card.source.ref if card.source else "", found, width, indent=indent)
    style = MUTED if card.quote else ""
    lines += [made_line(" " * indent, (part, style)) for part in wrap(card.paraphrase, width - indent, 6) if part]
    return lines


def _who(card: StatementCard, width: int) -> list[Line]:
    lines = leads("speaker", [card.speaker], width)
    before = ""
    for role, actor in card.actors:
        lines += lead(actor, width, label=role if role != before else " ")
        before = role
    return [*lines, *leads("source", [card.source] if card.source else [], width)]


def _told(card: StatementCard, width: int) -> list[Line]:
    told = [("Said", when_words(card.said))] + [("Tags", ", ".join(card.tags))] * bool(card.tags)
    return [*pairs(told, width, LABELS), *fields(card, card.groups, width, without=_SHOWN_ELSEWHERE)]


def _asserts(card: StatementCard, width: int) -> Iterator[Section]:
    lines: list[Line] = []
    for row in card.asserts:
        parts = [(row.stance, ACCENT), (f" {row.actor.title}", ""), (f" as {row.role} of ", MUTED),
                 (row.incident.title, ""), (f"  {row.incident.ref} · {row.ref}", MUTED)]  # fmt: skip
        lines += entry(parts, width, link=Link("incident", row.incident.id), indent=2)
    if lines:
        yield Section("What it says of whom", tuple(lines))


def _repeats(card: StatementCard, width: int) -> Iterator[Section]:
    if card.repeats:
        yield Section("Says again", tuple(quotes.statement(card.repeats, width)))
    if card.repeated_by:
        yield Section("Said again in", tuple(quotes.statements(card.repeated_by, width)))
