"""The card of an incident: what, when, where, who did it according to whom, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.store.cards import IncidentCard
from tracker.store.cards.incident import TallyRow
from tracker.store.cards.parts import OWN_VOICE
from tracker.tui.render import quotes
from tracker.tui.render.changes import action_lines
from tracker.tui.render.lines import ACCENT, MUTED, STRONG, UNKNOWN, Line, Link, Section, fit, pairs
from tracker.tui.render.parts import LABELS, as_read, entry, fields, heading, headline, lead, leads, section, when_words
from tracker.tui.widgets.matrix import ADOPTED, matrix_lines

WHO = "Who did what, according to whom"
_SHOWN_ELSEWHERE = ("title", "date", "place_name", "parent", "summary")


def preview(card: IncidentCard, width: int) -> list[Line]:
    """The incident at a glance: when, where, how many, the matrix, the first words it rests on."""
    lines = [*headline(card.title, card, width), *_gone(card, width)]
    told = [("When", when_words(card.when)), ("Where", card.where)]
    told += [(label, value) for label, value in _casualties(card) if value != UNKNOWN]
    lines += [*pairs(told, width, 7), heading(WHO), *matrix_lines(card.matrix, width)]
    return lines + quotes.first_words(card.evidence, card.statements, width)


def sections(card: IncidentCard, width: int) -> list[Section]:
    """The incident in full, with ways on to its actors, statements, sources and other incidents."""
    return [
        section("", _what(card, width), ""),
        section(WHO, matrix_lines(card.matrix, width), ""),
        section("Numbers, according to whom", _tallies(card, width), "No numbers are recorded."),
        section("Statements about it", quotes.statements(card.statements, width), "No statement is about it."),
        *_others(card, width),
        section("Sources", _sources(card, width), "No source is named for it."),
        section(
            "Evidence", [made for span in card.evidence for made in quotes.evidence(span, width)],
            "No words of a source are tied to it.",
        ),
        Section("History", tuple(action_lines(card.history, width))),
        *as_read(card, width),
    ]  # fmt: skip


def _gone(card: IncidentCard, width: int) -> list[Line]:
    """That the dataset has the incident no longer; nothing while it has."""
    if not card.gone:
        return []
    return entry([(f"Gone since {card.gone}", "$warning bold"), (": its dataset has it no longer", MUTED)], width)


def _casualties(card: IncidentCard) -> list[tuple[str, str]]:
    return [("Killed", card.killed), ("Wounded", card.wounded)]


def _what(card: IncidentCard, width: int) -> list[Line]:
    groups = [group for group in card.groups if group.title != "Casualties"]
    told = [("When", when_words(card.when)), ("Where", card.where)]
    # A figure that is not reported is said to be so, never left out: it is not zero.
    told += [(label, "– not reported" if value == UNKNOWN else value) for label, value in _casualties(card)]
    summary = [pair for group in card.groups for pair in group.pairs if pair[0] == "Summary" and pair[1] != UNKNOWN]
    told += [("Tags", ", ".join(card.tags))] * bool(card.tags)
    lines = [*_gone(card, width), *pairs([*told, *summary], width, LABELS)]
    return [*lines, *fields(card, groups, width, without=_SHOWN_ELSEWHERE)]


def _tallies(card: IncidentCard, width: int) -> list[Line]:
    return [made for tally in card.tallies for made in _tally(tally, width)]


def _tally(tally: TallyRow, width: int) -> list[Line]:
    mark = f"{ADOPTED} " if tally.adopted else "  "
    before = [(mark, ACCENT), (fit(tally.measure, 12), ""), (fit(tally.figure, 9, right=True) + "  ", STRONG)]
    words = [tally.whom, f"“{tally.words}”" if tally.words else ""]
    notes = [tally.voice, tally.source.ref if tally.source else "", tally.ref]
    parts = [(f"{part}  ", "") for part in words if part] + [(" · ".join(note for note in notes if note), MUTED)]
    link = Link("actor", tally.according_to.id) if tally.according_to else None
    return entry(parts, width, link=link, before=before)


def _sources(card: IncidentCard, width: int) -> list[Line]:
    lines: list[Line] = []
    for row in card.sources:
        notes = [row.published if row.published != UNKNOWN else "", row.named.ref]
        parts = [(f"{row.publisher}  " if row.publisher else "", ""), (row.named.title, ""),
                 (f"  {' · '.join(note for note in notes if note)}", MUTED)]  # fmt: skip
        lines += entry(parts, width, link=Link("source", row.named.id), indent=2)
    return lines


def _others(card: IncidentCard, width: int) -> Iterator[Section]:
    lines = leads("part of", [card.parent] if card.parent else [], width)
    lines += leads("its incidents", card.children, width)
    for link in card.links:
        label = f"← {link.type}" if link.backwards else link.type
        note = "" if link.voice == OWN_VOICE else f"according to {link.voice}"
        lines += lead(link.other, width, label=label, note=note)
    if lines:
        yield Section("Other incidents", tuple(lines))
