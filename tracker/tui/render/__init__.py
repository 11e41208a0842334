"""Cards as lines of literal text with styles of the theme: pure functions, for the preview and the page alike."""

from __future__ import annotations

from textual.content import Content

from tracker.store.cards import ActorCard, IncidentCard, SourceCard, StatementCard
from tracker.tui.render import actor, incident, source, statement
from tracker.tui.render.lines import Line, Section, joined
from tracker.tui.render.parts import Card, coding

__all__ = ["Card", "Line", "Section", "coding", "preview", "sections", "title"]


def title(card: Card) -> str:
    """What the page of a record is headed by."""
    return statement.title(card) if isinstance(card, StatementCard) else card.title


def preview(card: Card, width: int) -> Content:
    """A record at a glance, in lines of at most `width` cells."""
    return joined(_preview(card, width))


def _preview(card: Card, width: int) -> list[Line]:
    match card:
        case IncidentCard():
            return incident.preview(card, width)
        case ActorCard():
            return actor.preview(card, width)
        case StatementCard():
            return statement.preview(card, width)
        case SourceCard():
            return source.preview(card, width)


def sections(card: Card, width: int) -> list[Section]:
    """A record in full, in sections of lines of at most `width` cells; some lines lead to other records."""
    match card:
        case IncidentCard():
            return incident.sections(card, width)
        case ActorCard():
            return actor.sections(card, width)
        case StatementCard():
            return statement.sections(card, width)
        case SourceCard():
            return source.sections(card, width)
