"""A record as plain text for the clipboard: its words, who says so, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.store.cards import ActorCard, IncidentCard, SourceCard, StatementCard
from tracker.tui.render.lines import UNKNOWN
from tracker.tui.render.parts import Card


def citation(card: Card, source: SourceCard | None = None) -> str:
    """The record in a line or a few, its REF last; `source` is a statement's source, for its publisher and day."""
    match card:
        case StatementCard():
            return _statement(card, source)
        case IncidentCard():
            return "\n".join(_incident(card))
        case ActorCard():
            details = (card.actor_kind, _known(card, "Role or title"), _known(card, "Country"))
            return f"{_with(card.title, *details)}, {card.ref}"
        case SourceCard():
            return ", ".join(part for part in (_source(card), _known(card, "URL"), card.ref) if part)


def _statement(card: StatementCard, source: SourceCard | None) -> str:
    words = f"“{card.quote}”" if card.quote else card.paraphrase
    said = card.said.human if card.said.human != UNKNOWN else ""
    speaker = ", ".join(part for part in (card.speaker.title, said) if part)
    where = _source(source) if source else card.source.title if card.source else ""
    return ", ".join(part for part in (f"{words} — {speaker}", f"in: {where}" if where else "", card.ref) if part)


def _incident(card: IncidentCard) -> Iterator[str]:
    when = card.when.human if card.when.human != UNKNOWN else "no date recorded"
    yield f"{card.title}, {when}, {card.where}, {card.ref}"
    for row in card.matrix.rows:
        for asserter, said in zip(card.matrix.asserters, row.cells, strict=True):
            for verdict in said:
                yield f"{row.actor} ({row.role}): {', '.join(verdict.words)} — {asserter}"
    yield card.matrix.silence


def _source(card: SourceCard) -> str:
    published = card.published.human if card.published.human != UNKNOWN else ""
    return _with(card.title, _known(card, "Publisher"), published)


def _with(title: str, *details: str) -> str:
    told = ", ".join(detail for detail in details if detail)
    return f"{title} ({told})" if told else title


def _known(card: Card, label: str) -> str:
    found = {name: value for group in card.groups for name, value in group.pairs}.get(label, UNKNOWN)
    return "" if found == UNKNOWN else found
