"""Proposes the dates an article names, told from the day it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from tracker.articles.date_find import MOST_TRIES, Found, find
from tracker.articles.date_resolve import Resolved, day_of, resolve, resolve_at
from tracker.articles.date_tense import Tense, Tenses
from tracker.articles.proposals import Proposal, Span
from tracker.model.edtf import parse

if TYPE_CHECKING:
    from datetime import date

    from tracker.articles.document import Document

__all__ = ["Resolved", "dates", "resolve"]

_MOST: Final = 10_000
_LEFT_OUT: Final = frozenset({"promo", "label", "byline"})
_NEEDS_TENSE: Final = frozenset(
    {"day", "days", "month", "months", "week_of", "feast", "season", "weekday", "weekend", "quarter", "named"}
)
_TO: Final = re.compile(r",?\s?(?:to|through|thru|until|till|and|[-–—])\s?(?:early|late)?\s?")
_FROM: Final = re.compile(r"\b(from|between)\s(?:early\s|late\s|mid-)?$", re.IGNORECASE)
_BOUND: Final = re.compile(
    r"\b(since|until|till|by|before|after|from|through|as of)\s(?:the\s|at\sleast\s|late\s|early\s)?$", re.IGNORECASE
)
_HAS_YEAR: Final = re.compile(r"[0-9]{4}")
_THAT_YEAR: Final = re.compile(r"[\s,–-]{1,4}(?:of\s)?((?:this|last|next)\syear)\b", re.IGNORECASE)
_ATTACKS: Final = re.compile(r"(?:['’]s)?,?\s(?:(?:terror|terrorist|suicide|al-\w{1,20})\s)?(?:attacks?|hijack|plot)")
_REASONS: Final = {
    "R1": "told from the day of publication",
    "R2": "the latest such weekday up to publication",
    "R3": "the latest such weekday before publication",
    "R4": "the first such weekday after publication",
    "R5": "the calendar week, month or quarter told from publication",
    "R6": "the Saturday and Sunday told from publication",
    "R7": "the year told from publication and tense",
    "R8": "counted from publication",
    "R10": "a year, decade, season or quarter",
    "R11": "the eve and the day",
    "R14": "from one date to another",
    "R15": "the words name the date",
}
_SCORES: Final = {"R1": 0.93, "R2": 0.9, "R3": 0.9, "R4": 0.88, "R5": 0.88, "R6": 0.85, "R7": 0.86, "R8": 0.86,
                  "R10": 0.86, "R11": 0.8, "R14": 0.9, "R15": 0.97}  # fmt: skip
_NOT_SURE: Final = 0.7


def dates(doc: Document) -> list[Proposal]:
    """The dates named in an article, in the order of its text; each proposal has the span "date" and a value with
    words, edtf, earliest, latest, precision, alternative, anchor, rule, bound and interval.

    `bound` is the preposition that makes the date an end ("since", "until", "by" …), `interval` the EDTF of "from A to
    B" and its like at both its dates. `edtf` is "" where the words name a date that cannot be told. Never raises.
    """
    anchor = day_of(doc.published)
    tries = iter(range(MOST_TRIES))
    found: list[Proposal] = []
    for paragraph in doc.paragraphs:
        if paragraph.kind not in _LEFT_OUT and len(found) < _MOST:
            places = list(islice(find(doc.text, paragraph.start, paragraph.end, tries), _MOST - len(found)))
            found += _of_stretch(doc.text, paragraph.start, paragraph.end, places, anchor)
    return found


def _of_stretch(text: str, start: int, end: int, places: list[Found], anchor: date | None) -> Iterator[Proposal]:
    tenses: Tenses | None = None
    told: list[tuple[Found, Resolved]] = []
    for place in places:
        tense: Tense = ""
        if anchor and place.shape in _NEEDS_TENSE and not _HAS_YEAR.search(text, place.end - 4, place.end):
            tenses = tenses or Tenses(text[start:end])
            tense = tenses.at(place.start - start, place.end - start)
        attacks = place.shape == "day" and bool(_ATTACKS.match(text, place.end, place.end + 40))
        year = _THAT_YEAR.match(text, place.end, place.end + 24) if place.shape in ("day", "month") else None
        words = text[place.start : place.end] + (f" {year[1]}" if year else "")
        meant = resolve_at(words, anchor, tense, place.shape, attacks)
        if meant:
            told.append((place, meant))
    told, spans = _paired(text, told)
    for (place, meant), interval in zip(told, spans, strict=True):
        yield _proposal(text, place, meant, interval, anchor)


def _paired(text: str, told: list[tuple[Found, Resolved]]) -> tuple[list[tuple[Found, Resolved]], list[str]]:
    """R14: two dates joined by "to" and the like; the first takes its year from a second that names one."""
    spans = [""] * len(told)
    for n in range(len(told) - 1):
        (left, first), (right, last) = told[n], told[n + 1]
        if right.start - left.end > 12 or not _joined(text, left, right):
            continue
        if first.inferred and not last.inferred and last.latest and left.shape in ("day", "month"):
            words = text[left.start : left.end]
            first = resolve_at(words, parse(last.edtf).latest, "past", left.shape) or first
            told[n] = (left, first)
        if first.edtf and last.edtf and not {"/", "["} & set(first.edtf + last.edtf) and first.earliest <= last.latest:
            spans[n] = spans[n + 1] = f"{first.edtf}/{last.edtf}"
    return told, spans


def _joined(text: str, left: Found, right: Found) -> bool:
    between = text[left.end : right.start]
    if not _TO.fullmatch(between):
        return False
    return "and" not in between or bool(_FROM.search(text, max(0, left.start - 16), left.start))


def _proposal(text: str, place: Found, meant: Resolved, interval: str, anchor: date | None) -> Proposal:
    bound = _BOUND.search(text, max(0, place.start - 18), place.start)
    value: dict[str, Any] = {
        "words": text[place.start : place.end],
        "edtf": meant.edtf,
        "earliest": meant.earliest,
        "latest": meant.latest,
        "precision": meant.precision,
        "alternative": meant.alternative,
        "anchor": anchor.isoformat() if anchor and meant.inferred else "",
        "rule": meant.rule,
        "bound": bound[1].lower() if bound else "",
        "interval": interval,
    }
    spans = {"date": (Span(place.start, place.end),)}
    return Proposal("date", spans, value, _confidence(meant), _reason(meant), f"date-{meant.rule}")


def _confidence(meant: Resolved) -> float:
    if not meant.edtf:
        return 0.3
    score = _SCORES.get(meant.rule, _NOT_SURE)
    return min(score, _NOT_SURE) if meant.alternative or "?" in meant.edtf else score


def _reason(meant: Resolved) -> str:
    if not meant.edtf:
        return "day and month can be read in either order" if meant.alternative else "no publication day to count from"
    return _REASONS.get(meant.rule, "the words name the date")
