"""Proposes incidents: event sentences with when, where, what with, how many, who is blamed, and how surely."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tracker.articles import event_groups, incidents
from tracker.articles.event_sentences import LONGEST, Reader
from tracker.articles.happening import Mention
from tracker.articles.proposals import Proposal, Span
from tracker.articles.sentences import sentences
from tracker.articles.speech import Speech
from tracker.articles.triggers import worth

if TYPE_CHECKING:
    from tracker.articles.document import Document
    from tracker.articles.names import NameIndex

_MOST = 4000
"""Mentions of an article; what has more is no article."""


def events(
    doc: Document, index: NameIndex, dates: Sequence[Proposal], statements: Sequence[Proposal]
) -> list[Proposal]:
    """Proposals of kind incident in the order of the text.

    Spans by role: sentence, trigger, date, place, weapon, target, killed, wounded, hedge, attribution. `value` has the
    fields of an incident, `attributions` and `tallies`; what is not mentioned is None, which is not zero.
    """
    return incidents.proposals(doc, index, event_groups.grouped(_mentions(doc, index, dates, Speech(statements))))


def _mentions(doc: Document, index: NameIndex, dates: Sequence[Proposal], speech: Speech) -> Iterator[Mention]:
    dated = sorted((one for one in dates if one.spans.get("date")), key=lambda one: one.spans["date"][0])
    starts = [one.spans["date"][0][0] for one in dated]
    count = 0
    for start, end in sentences(doc):
        end = min(end, start + LONGEST)
        if not worth(doc.text, start, end):
            continue
        near = dated[bisect_left(starts, start) : bisect_left(starts, end)]
        reader = Reader(doc, index, speech, Span(start, end))
        for mention in reader.mentions(near):
            yield mention
            count += 1
        if count > _MOST:
            return
