"""From an article to all that may be recorded of it: statements, actors, dates, incidents, and lines that are noise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.articles.actors import actors
from tracker.articles.dates import dates
from tracker.articles.events import events
from tracker.articles.names import KnownActor, names
from tracker.articles.proposals import Proposal, Span
from tracker.articles.statements import statements

if TYPE_CHECKING:
    from tracker.articles.document import Document

_NOISE_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The proposals of an article by kind, each in the order of the text."""

    statements: tuple[Proposal, ...]
    actors: tuple[Proposal, ...]
    dates: tuple[Proposal, ...]
    incidents: tuple[Proposal, ...]
    noise: tuple[Proposal, ...]

    def __iter__(self) -> Iterator[Proposal]:
        """All of them, in the order in which a reader meets them."""
        every = (*self.actors, *self.dates, *self.incidents, *self.statements, *self.noise)
        return iter(sorted(every, key=_first))


def suggest(doc: Document, known: Sequence[KnownActor] = ()) -> Suggestions:
    """Everything an article may give; `known` are the actors on record. Raises nothing, on any text."""
    doc = doc.opening()
    index = names(doc, known)
    found_dates = dates(doc)
    found_statements = statements(doc, index)
    return Suggestions(
        statements=_sorted(found_statements),
        actors=_sorted(actors(doc, index)),
        dates=_sorted(found_dates),
        incidents=_sorted(events(doc, index, found_dates, found_statements)),
        noise=_sorted(noise(doc)),
    )


def noise(doc: Document) -> list[Proposal]:
    """The paragraphs that are not the article's own telling, as proposals of kind noise, so that they can be seen."""
    return [
        Proposal(
            "noise",
            {"noise": (Span(one.start, one.end),)},
            {"kind": one.kind},
            _NOISE_SURE,
            one.reason,
            f"noise.{one.kind}",
        )
        for one in doc.noise
    ]


def _sorted(found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    return tuple(sorted(found, key=_first))


def _first(proposal: Proposal) -> tuple[int, int, str]:
    """Where a proposal begins and ends, by all its spans; those without any come first."""
    every = [span for spans in proposal.spans.values() for span in spans]
    if not every:
        return -1, -1, proposal.kind
    return min(span[0] for span in every), max(span[1] for span in every), proposal.kind
