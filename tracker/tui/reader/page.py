"""What the reader reads from the store, and where its cursor goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.store import reading_desk
from tracker.store.database import Reader
from tracker.store.reading_desk import Article, CodedSpan, Waiting
from tracker.tui.reader.stretches import NOISE


class Page(NamedTuple):
    """An article, what is suggested from it in the order of the text, what is no content, what is coded."""

    article: Article
    queue: tuple[Waiting, ...]
    noise: tuple[Waiting, ...]
    coded: tuple[CodedSpan, ...]

    @property
    def decided(self) -> int:
        """How many suggestions were decided."""
        return sum(one.status != "pending" for one in self.queue)


def read(source_id: int, reader: Reader) -> Page:
    """Read a source with its suggestions; UsageError when there is no such source."""
    article = reading_desk.article(reader, source_id)
    every = reading_desk.queue(reader, source_id)
    coded = reading_desk.coded_spans(reader, source_id)
    return Page(
        article,
        tuple(one for one in every if one.kind != NOISE),
        tuple(one for one in every if one.kind == NOISE),
        tuple(coded),
    )


def covered(source_id: int, reader: Reader) -> int:
    """How much of a text is coded, in percent; -1 when there is nothing to code."""
    from tracker.exchange.coverage import coverage

    percent = coverage(reader, source_id).percent
    return -1 if percent is None else percent


def undecided(queue: Sequence[Waiting], after: int) -> int | None:
    """The next suggestion behind the place `after` that waits, from the start again at the end; None when none does."""
    count = len(queue)
    places = ((after + step) % count for step in range(1, count + 1))
    return next((place for place in places if queue[place].status == "pending"), None)


def landing(before: Mapping[int, str], queue: Sequence[Waiting], current: int | None, place: int) -> int:
    """Where the cursor goes when the queue was read again; `before` are statuses by id, `current` the id it was on.

    To what was taken back, if anything was; else it stays, but for a suggestion that was decided goes on to the next.
    """
    back = [at for at, one in enumerate(queue) if one.status == "pending" != before.get(one.id, "pending")]
    if back:
        return back[0]
    at = next((at for at, one in enumerate(queue) if one.id == current), None)
    if at is None:
        following = undecided(queue, min(place, len(queue)) - 1) if queue else None
        return following if following is not None else 0
    if queue[at].status != "pending" and before.get(queue[at].id) == "pending":
        following = undecided(queue, at)
        return at if following is None else following
    return at


def at_offset(queue: Sequence[Waiting], offset: int) -> int | None:
    """The suggestion whose words hold a place of the text, the shortest of several; None when none does."""
    from tracker.store.suggesting import main_spans

    held = [
        (end - start, place)
        for place, one in enumerate(queue)
        for start, end in main_spans(one.kind, one.spans)
        if start <= offset < end
    ]
    return min(held)[1] if held else None
