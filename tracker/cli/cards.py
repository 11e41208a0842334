"""The card of a record as lines of text, in sections, for pipes, terminals and screen readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from tracker.store.cards.parts import OWN_VOICE
from tracker.store.cells import UNKNOWN
from tracker.text import screen_lines

if TYPE_CHECKING:
    from tracker.store.cards import ActorCard, Group, IncidentCard, Matrix, SourceCard, StatementCard, When
    from tracker.store.cards.matrix import Standing
    from tracker.store.cards.parts import AsRead
    from tracker.store.cards.reports import SourceRow

WIDEST, LONGEST = 28, 200
"""Characters of the name of a dataset's column that values stand behind, and of a value that is shown."""


def card_lines(card: Any) -> Iterator[str]:
    """A card, whatever its kind: heading, fields, and a section for each thing that hangs on it."""
    kinds: dict[str, Callable[[Any], Iterator[str]]] = {
        "incident": _incident, "actor": _actor, "statement": _statement, "source": _source,
    }  # fmt: skip
    yield f"{card.ref}  {' '.join(card.title.split())} (version {card.version})"
    yield from group_lines(card.groups)
    yield from kinds[card.kind](card)
    yield from _section("Evidence", [line for span in card.evidence for line in _evidence(span)])
    yield from _section("Tags", card.tags)
    if card.as_read:
        yield from _section(f"From {card.as_read.dataset or 'the dataset'}, as read", _as_read(card.as_read))


def group_lines(groups: Iterable[Group]) -> Iterator[str]:
    """Fields with their labels in groups; what is unknown is named at the end of its group."""
    for group in groups:
        known = [(label, value) for label, value in group.pairs if value != UNKNOWN]
        unknown = [label for label, value in group.pairs if value == UNKNOWN]
        width = max((len(label) for label, _ in known), default=0)
        body = [line for label, value in known for line in _pair(label, value, width)]
        yield from _section(group.title, [*body, *([f"not recorded: {', '.join(unknown)}"] if unknown else [])])


def _pair(label: str, value: str, width: int) -> Iterator[str]:
    first, *rest = screen_lines(value)
    yield f"{label:<{width}}  {first}"
    yield from (f"{'':<{width}}  {line}" for line in rest)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    body = list(lines)
    if body:
        yield from ("", title, *(f"  {line}" for line in body))


def _as_read(found: AsRead) -> Iterator[str]:
    """What a dataset's row held, column by column; long values are cut, --json has them whole."""
    width = min(WIDEST, max(len(name) for name, _ in found.pairs))
    for name, value in found.pairs:
        shown = " ".join(value.split())
        cut = f"{shown[:LONGEST]} … ({len(value):,} characters)"
        yield f"{name:<{width}}  {cut if len(shown) > LONGEST else shown}"


def _when(label: str, when: When) -> Iterator[str]:
    """How a date is known, where there is more to say than the date."""
    told = [f"“{when.words}”" if when.words else "", when.basis]
    told.append(f"told from {when.anchor.ref} {when.anchor.title}" if when.anchor else "")
    if any(told):
        yield f"{label}: {when.human}; {', '.join(filter(None, told))}"


def _according(row: Any) -> str:
    """Who says so: an actor, the dataset that it was imported from, or nobody named."""
    if row.according_to:
        return f", according to {row.according_to.ref} {row.according_to.title}"
    return f", {row.voice}" if row.voice == OWN_VOICE else f", according to {row.voice}"


def _incident(card: IncidentCard) -> Iterator[str]:
    yield from _section("How the date is known", _when("Date", card.when))
    yield from _section("Who did what, according to whom", _matrix(card.matrix))
    yield from _section("Figures", (_tally(tally) for tally in card.tallies))
    yield from _section("Statements about it", (_said(said) for said in card.statements))
    yield from _section("Sources", map(_reporting, card.sources))
    yield from _section("Part of", [f"{card.parent.ref} {card.parent.title}"] if card.parent else [])
    yield from _section("Parts", (f"{child.ref} {child.title}" for child in card.children))
    yield from _section("Links", (
        f"{'is ' if link.backwards else ''}{link.type}{' by' if link.backwards else ''} {link.other.ref} "
        f"{link.other.title}{_according(link)}" for link in card.links
    ))  # fmt: skip


def _reporting(source: SourceRow) -> str:
    told = ", ".join(part for part in (source.publisher, source.published) if part and part != UNKNOWN)
    return f"{source.named.ref} {source.named.title}{f' ({told})' if told else ''}"


def _matrix(matrix: Matrix) -> Iterator[str]:
    """Each actor in its role, below it who says what of it, who is silent; then who claims and who denies."""
    for row in matrix.rows:
        yield f"{row.role}: A-{row.actor_id} {row.actor}"
        yield from _standing(matrix, row)
    yield matrix.silence


def _standing(matrix: Matrix, row: Standing) -> Iterator[str]:
    heard = list(zip(matrix.asserters, row.cells, strict=True))
    for asserter, verdicts in heard:
        for verdict in verdicts:
            adopted = " (adopted)" if verdict.adopted else ""
            yield f"  {asserter}: {', '.join(verdict.words)} [INV-{verdict.involvement}]{adopted}"
    silent = [asserter for asserter, verdicts in heard if not verdicts and asserter != OWN_VOICE]
    if silent:
        yield f"  silent: {', '.join(silent)}"


def _tally(tally: Any) -> str:
    words = f" “{tally.words}”" if tally.words else ""
    whom = f", {tally.whom}" if tally.whom else ""
    adopted = " (adopted)" if tally.adopted else ""
    return f"{tally.ref} {tally.measure}{whom}: {tally.figure}{words}{_according(tally)}{adopted}"


def _said(said: Any) -> str:
    role = f"as {said.role}: " if said.role else ""
    day = "" if said.said == UNKNOWN else f", {said.said}"
    return f"{said.ref} {role}{said.speaker.title} {said.kind} ({said.mode}{day}): {' '.join(said.words.split())}"


def _evidence(span: Any) -> Iterator[str]:
    words = f"“{' '.join(span.exact.split())}”" if span.exact else "words not kept; attach the text"
    yield f"{span.ref} {words}"
    part = f"{span.role}, " if span.role else ""
    supports = f"; for {', '.join(span.supports)}" if span.supports else ""
    yield f"  {part}{span.source.ref} {span.start}–{span.end}, {span.verdict or 'not checked'}{supports}"


def _actor(card: ActorCard) -> Iterator[str]:
    yield from _section("Names", (
        f"{name.name} ({', '.join(filter(None, (name.kind, name.language, 'disputed' if name.disputed else '')))})"
        for name in card.names
    ))  # fmt: skip
    yield from _section("Relations", (
        f"{one.ref} {one.subject.title} {one.type} {one.object.title}"
        f"{f' ({one.detail})' if one.detail else ''}{_according(one)}" for one in card.relations
    ))  # fmt: skip
    for part in card.parts:
        title = f"Incidents as {part.role} ({part.total:,})"
        yield from _section(title, (f"{one.ref} {one.date}  {one.title}" for one in part.incidents))
    yield from _section(f"Statements made ({card.made_total:,})", (_said(said) for said in card.made))
    yield from _section(f"Statements received ({card.received_total:,})", (_said(said) for said in card.received))


def _statement(card: StatementCard) -> Iterator[str]:
    yield from _section("How the date is known", _when("Said", card.said))
    yield from _section("Actors", (f"{role}: {actor.ref} {actor.title}" for role, actor in card.actors))
    yield from _section("About", (f"{incident.ref} {incident.title}" for incident in card.about))
    yield from _section("Asserts", (
        f"{one.ref} {one.stance}: {one.actor.title} as {one.role} of {one.incident.ref} {one.incident.title}"
        for one in card.asserts
    ))  # fmt: skip
    yield from _section("Repeats", [_said(card.repeats)] if card.repeats else [])
    yield from _section("Repeated by", (_said(said) for said in card.repeated_by))


def _source(card: SourceCard) -> Iterator[str]:
    length = f", {card.text_length:,} characters" if card.text_length is not None else ""
    pinned = f", SHA-256 {card.sha256}" if card.sha256 else ""
    yield from _section("Text", [f"{'not kept' if card.kept == UNKNOWN else card.kept}{length}{pinned}"])
    yield from _section("How the date is known", _when("Published", card.published))
    yield from _section("What rests on it", (f"{count:,} {name}" for name, count in card.rests if count))
    yield from _section("Incidents it reports", (f"{one.ref} {one.title}" for one in card.incidents))
    yield from _section("Supersedes", [f"{card.supersedes.ref} {card.supersedes.title}"] if card.supersedes else [])
    yield from _section("Superseded by", (f"{newer.ref} {newer.title}" for newer in card.superseded_by))
    yield from _section("Statements", (_said(said) for said in card.statements))
