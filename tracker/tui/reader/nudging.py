"""Moving an end of a suggestion's words by one word, and what the suggestion then says."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from tracker.store.reading_desk import Article, Span, Waiting
from tracker.store.suggesting import extent, main_spans

_TOKEN = re.compile(r"\w+(?:[’'.,-]\w+)*|[^\w\s]")
_FAR = 400
"""Code points that are looked at for the next word."""

Spans = dict[str, tuple[Span, ...]]


class Nudged(NamedTuple):
    """What was moved of a suggestion: spans by role, and the fields of its value that follow from the words."""

    spans: Spans
    value: dict[str, Any]


def nudge(article: Article, waiting: Waiting, *, start: bool, by: int) -> Nudged | None:
    """The suggestion with one end of its words moved by a word (`by` is 1 or -1); None where there is none to move."""
    role, spans = _words_role(waiting)
    if not spans:
        return None
    # A quotation may be in several parts; of an actor's mentions only the first is moved.
    place = len(spans) - 1 if waiting.kind == "statement" and not start else 0
    first, last = spans[place]
    if start:
        moved = (_moved_start(article.text, first, last, by), last)
    else:
        moved = (first, _moved_end(article.text, first, last, by))
    if moved == (first, last) or _clashes(moved, spans, place):
        return None
    now = (*spans[:place], moved, *spans[place + 1 :])
    changed: Spans = {role: now}
    if role == "inner":
        changed["quote"] = _around(waiting.spans.get("quote", ()), moved)
    return Nudged(changed, _value(article, waiting, spans, now))


def with_nudge(waiting: Waiting, nudged: Nudged | None) -> Waiting:
    """The suggestion as it reads once its words were moved."""
    if nudged is None:
        return waiting
    spans = {**waiting.spans, **nudged.spans}
    start, end = extent(waiting.kind, spans)
    return waiting._replace(spans=spans, value={**waiting.value, **nudged.value}, start=start, end=end)


def _words_role(waiting: Waiting) -> tuple[str, tuple[Span, ...]]:
    """The role whose words become the record's: of a quotation those within the marks."""
    if waiting.kind == "statement" and waiting.spans.get("inner"):
        return "inner", waiting.spans["inner"]
    spans = tuple(main_spans(waiting.kind, waiting.spans))
    return next((role for role, found in waiting.spans.items() if found and tuple(found) == spans), ""), spans


def _moved_end(whole: str, first: int, last: int, by: int) -> int:
    if by > 0:
        found = _TOKEN.search(whole, last, last + _FAR)
        return found.end() if found else last
    low = max(first, last - _FAR)
    ends = [found.end() for found in _TOKEN.finditer(whole, low, last) if found.end() < last]
    return ends[-1] if ends else last


def _moved_start(whole: str, first: int, last: int, by: int) -> int:
    if by > 0:
        high = min(last, first + _FAR)
        return next((found.start() for found in _TOKEN.finditer(whole, first, high) if found.start() > first), first)
    starts = [found.start() for found in _TOKEN.finditer(whole, max(0, first - _FAR), first)]
    return starts[-1] if starts else first


def _clashes(moved: Span, spans: tuple[Span, ...], place: int) -> bool:
    others = spans[:place] + spans[place + 1 :]
    return any(first < moved[1] and moved[0] < last for first, last in others)


def _around(quote: tuple[Span, ...], moved: Span) -> tuple[Span, ...]:
    """The whole quotation, wide enough for the words that were moved."""
    if any(first <= moved[0] and moved[1] <= last for first, last in quote):
        return quote
    touched = [span for span in quote if span[0] < moved[1] and moved[0] < span[1]]
    whole = (min([moved[0], *(first for first, _ in touched)]), max([moved[1], *(last for _, last in touched)]))
    return tuple(sorted([*(span for span in quote if span not in touched), whole]))


def _value(article: Article, waiting: Waiting, before: tuple[Span, ...], now: tuple[Span, ...]) -> dict[str, Any]:
    """The fields that held the words before, with the words now; a date is read anew."""
    old, new = _said(article.text, before), _said(article.text, now)
    one_old, one_new = _said(article.text, before[:1]), _said(article.text, now[:1])
    changed: dict[str, Any] = {}
    for name, held in waiting.value.items():
        if isinstance(held, str) and held and " ".join(held.split()) in (old, one_old):
            changed[name] = new if " ".join(held.split()) == old else one_new
    if waiting.kind == "statement" and not changed.keys() & {"quote", "paraphrase"}:
        verbatim = waiting.value.get("mode", "verbatim") in ("verbatim", "mixed")
        changed["quote" if verbatim else "paraphrase"] = new
    return changed | _date(article, one_new) if waiting.kind == "date" else changed


def _said(whole: str, spans: tuple[Span, ...]) -> str:
    return " ".join(" ".join(whole[first:last].split()) for first, last in spans)


def _date(article: Article, said: str) -> dict[str, Any]:
    """What the words of a date are read as; without a reading it has none."""
    from tracker.articles.date_resolve import resolve

    read = resolve(said, article.published)
    names = ("edtf", "earliest", "latest", "precision", "alternative", "rule")
    told = {name: getattr(read, name) if read else "" for name in names}
    return told | {"words": said, "anchor": article.published if read and read.inferred else ""}
