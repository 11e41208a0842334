"""The card of an actor: names, how it stands to others, what it says and what is said to it, and its incidents."""

from __future__ import annotations

from tracker.store.cards import ActorCard
from tracker.store.cards.actor import RelationRow
from tracker.store.cards.parts import OWN_VOICE
from tracker.tui.render import quotes
from tracker.tui.render.changes import action_lines
from tracker.tui.render.lines import MUTED, UNKNOWN, Line, Link, Section, fit, line, pairs
from tracker.tui.render.parts import LABELS, as_read, entry, fields, headline, section

_IN_PREVIEW = 6


def preview(card: ActorCard, width: int) -> list[Line]:
    """The actor at a glance: what it is, its names, its nearest relations, and how often it appears."""
    names = " · ".join(name.name for name in card.names[:8]) or UNKNOWN
    told = [("Kind", _kind(card)), ("Names", names), ("Appears", _appears(card))]
    relations = [made for row in card.relations[:_IN_PREVIEW] for made in _relation(card, row, width)]
    return [*headline(card.title, card, width), *pairs(told, width, 7), *relations]


def sections(card: ActorCard, width: int) -> list[Section]:
    """The actor in full, with ways on to incidents, statements and other actors."""
    tags = pairs([("Tags", ", ".join(card.tags))] if card.tags else [], width, LABELS)
    return [
        section("", [*fields(card, card.groups, width, without=("name",)), *tags], ""),
        section("Names", _names(card, width), "It goes by no other name."),
        section("Relations", [made for row in card.relations for made in _relation(card, row, width)],
                "How it stands to other actors is not recorded."),
        *_parts(card, width),
        section(_counted("Statements made", card.made_total), quotes.statements(card.made, width, card.made_total),
                "It says nothing."),
        section(_counted("Statements to it or against it", card.received_total),
                quotes.statements(card.received, width, card.received_total), "Nothing is said to it or against it."),
        section("Evidence", [made for span in card.evidence for made in quotes.evidence(span, width)],
                "No words of a source are tied to it."),
        Section("History", tuple(action_lines(card.history, width))),
        *as_read(card, width),
    ]  # fmt: skip


def _counted(title: str, total: int) -> str:
    return f"{title} ({total:,})" if total else title


def _kind(card: ActorCard) -> str:
    known = {label: value for group in card.groups for label, value in group.pairs if value != UNKNOWN}
    parts = [card.actor_kind, known.get("Role or title"), known.get("Country")]
    parts.append("a description, not a named actor" if card.generic else None)
    return " · ".join(part for part in parts if part)


def _appears(card: ActorCard) -> str:
    parts = [f"{part.role} in {part.total:,} incident{'s' * (part.total != 1)}" for part in card.parts]
    parts += [f"{total:,} statement{'s' * (total != 1)} {how}"
              for total, how in ((card.made_total, "made"), (card.received_total, "received")) if total]  # fmt: skip
    return " · ".join(parts) or UNKNOWN


def _names(card: ActorCard, width: int) -> list[Line]:
    lines: list[Line] = []
    for name in card.names:
        notes = [name.kind, name.language, "disputed" if name.disputed else ""]
        lines += entry([(name.name, ""), (f"  {' · '.join(note for note in notes if note)}", MUTED)], width, indent=2)
    return lines


def _relation(card: ActorCard, row: RelationRow, width: int) -> list[Line]:
    """Read from left to right; the line leads to the other actor."""
    other = row.object if row.subject.id == card.id else row.subject
    according = row.voice if row.voice == OWN_VOICE else f"according to {row.voice}"
    notes = [row.detail, row.held, row.hedge, according]
    parts = [
        (row.subject.title, MUTED if row.subject.id == card.id else ""), (f" {row.type} ", "$accent"),
        (row.object.title, MUTED if row.object.id == card.id else ""),
        (f"  {' · '.join(note for note in notes if note)}", MUTED),
    ]  # fmt: skip
    return entry(parts, width, link=Link("actor", other.id), indent=2)


def _parts(card: ActorCard, width: int) -> list[Section]:
    made = []
    for part in card.parts:
        lines = [
            shown for row in part.incidents
            for shown in entry([(row.title, ""), (f"  {row.ref}", MUTED)], width, link=Link("incident", row.id),
                               before=[(f"  {fit(row.date, 16)}  ", MUTED)])
        ]  # fmt: skip
        more = part.total - len(part.incidents)
        if more > 0:
            lines.append(line("  ", (f"and {more:,} more, in the list of incidents", MUTED)))
        made.append(Section(f"{part.role.capitalize()}, by anybody’s account ({part.total:,})", tuple(lines)))
    return made
