"""What of an article is not coded yet: its quotations, names, numbers and dates that nothing rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tracker.errors import UsageError
from tracker.store.database import Reader
from tracker.store.reading_desk import article, coded_spans, queue

KINDS = ("quote", "name", "number", "date")
_NUMBER = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w])|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|dozens?|hundreds?|thousands?)\b",
    re.IGNORECASE,
)
Span = tuple[int, int]


class Part(NamedTuple):
    """Something in the text that could be coded: code points, half-open, of where it stands first."""

    kind: str
    start: int
    end: int
    words: str
    covered: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an article is coded. A name counts as coded when one of its mentions is."""

    ref: str
    title: str
    parts: tuple[Part, ...]

    @property
    def open(self) -> tuple[Part, ...]:
        """What nothing rests on and nobody decided on, in the order of the text."""
        return tuple(part for part in self.parts if not part.covered)

    @property
    def percent(self) -> int | None:
        """The share that is coded, rounded down; None when there is nothing to code."""
        return 100 * (len(self.parts) - len(self.open)) // len(self.parts) if self.parts else None

    def count(self, kind: str) -> tuple[int, int]:
        """How many of a kind are coded, and how many there are."""
        of_kind = [part for part in self.parts if part.kind == kind]
        return sum(part.covered for part in of_kind), len(of_kind)


def coverage(reader: Reader, source_id: int) -> Coverage:
    """What of a source's text is touched by evidence or by a decided suggestion, and what is not.

    Captions, promotion, pull quotes and by-lines are not looked at. Raises UsageError when there is no text.
    """
    found = article(reader, source_id)
    if not found.text:
        raise UsageError(f"{found.ref}: has no text; attach it with “tracker attach {found.ref} FILE”")
    touched = [(span.start, span.end) for span in coded_spans(reader, source_id)]
    for one in queue(reader, source_id):
        if one.status != "pending":
            touched += [span for spans in one.spans.values() for span in spans]
    taken = _Touched(touched)
    parts = [
        Part(kind, *spans[0], found.text[slice(*spans[0])], any(map(taken.meets, spans)))
        for kind, spans in _codable(found.text, found.title, found.published)
    ]
    return Coverage(found.ref, found.title, tuple(sorted(parts, key=lambda part: (part.start, part.end, part.kind))))


class _Touched:
    """Stretches of a text, asked whether another one meets any of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._joined: list[Span] = []
        for start, end in sorted(spans):
            if self._joined and start <= self._joined[-1][1]:
                self._joined[-1] = (self._joined[-1][0], max(end, self._joined[-1][1]))
            else:
                self._joined.append((start, end))

    def meets(self, span: Span) -> bool:
        from bisect import bisect_left

        place = bisect_left(self._joined, (span[1], 0)) - 1
        return place >= 0 and self._joined[place][1] > span[0]


def _codable(text: str, title: str, published: str) -> Iterator[tuple[str, list[Span]]]:
    """Each thing that could be coded, by kind, with all the places where it stands."""
    from tracker.articles.dates import dates
    from tracker.articles.document import document
    from tracker.articles.names import names
    from tracker.articles.quotes import quotes

    doc = document(text, title=title, published=published)
    body = _Touched((part.start, part.end) for part in doc.body)
    found: list[tuple[str, list[Span]]] = [
        ("quote", [(one.inner_start, one.inner_end)]) for one in quotes(doc) if one.inner_start < one.inner_end
    ]
    for cluster in names(doc).clusters:
        if cluster.kind not in ("", "place") and cluster.mentions:
            found.append(("name", [(mention.start, mention.end) for mention in cluster.mentions]))
    days = [span for one in dates(doc) for span in one.spans["date"]]
    found += [("date", [(span[0], span[1])]) for span in days]
    dated = _Touched((span[0], span[1]) for span in days)
    numbers = (match.span() for match in _NUMBER.finditer(doc.text))
    found += [("number", [span]) for span in numbers if not dated.meets(span)]
    for kind, spans in found:
        if inside := [span for span in spans if body.meets(span)]:
            yield kind, inside
