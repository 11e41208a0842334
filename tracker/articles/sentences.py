"""Splits paragraphs into sentences, reading around quotations and past abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from tracker.articles.grammar import ABBREVIATIONS
from tracker.articles.masking import ASKED, COMMA, COVER, COVERS, FULL_STOP, masked
from tracker.articles.quotes import quotes
from tracker.articles.verbs import STRONG_FORMS

if TYPE_CHECKING:
    from tracker.articles.document import Document

_END = re.compile(
    rf"[.!?…]+[)\]’'”\"]?\s+(?=[^\Wa-z_]|[{COVERS}(\[“‘\"'$£€#@—–])"
    rf"|[{FULL_STOP}{ASKED}]\s+(?=[^\Wa-z_]|[{COVERS}(\[])|\n"
)
_LAST_WORD = re.compile(r"[^\s(\[“‘\"']+$")
_ATTRIBUTION = re.compile(
    r"(?:(?:[A-Z][\w.'’\-]{0,30}|of|the|and|al|de|van|von|bin)[ \u00a0]+){1,8}?([a-z]{3,20})\b(?: [a-z]{2,20}ly\b)?"
    rf"(?=[.]?\s*$|\.|,(?!\s?[{COVERS}])|[ \u00a0](?:in|on|at|to|of|about|during|after|last|this|when|as)\b)"
)
_WINDOW = 100
MOST = 10_000
"""Sentences that are read of one text; no article has so many."""


def sentences(doc: Document) -> list[tuple[int, int]]:
    """The sentences of the paragraphs that can hold statements, as half-open stretches of code points."""
    cover = masked(doc.text, quotes(doc))
    return [span for spans in by_paragraph(doc, cover) for span in spans]


def by_paragraph(doc: Document, cover: str) -> list[list[tuple[int, int]]]:
    """The sentences of each paragraph of `doc.body`, at most MOST in all; `cover` is its text, covered."""
    left = MOST
    found: list[list[tuple[int, int]]] = []
    for part in doc.body:
        found.append(list(islice(split(cover, part.start, part.end), left)))
        left -= len(found[-1])
        if left <= 0:
            break
    return found


def split(cover: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph of a text whose quotations are covered."""
    at = start
    for hit in _END.finditer(cover, start, end):
        if _goes_on(cover, hit, at, end):
            continue
        yield from _span(cover, at, hit.end())
        at = hit.end()
    yield from _span(cover, at, end)


def _span(cover: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end > start and cover[end - 1].isspace():
        end -= 1
    while start < end and cover[start].isspace():
        start += 1
    if end > start:
        yield start, end


def _goes_on(cover: str, hit: re.Match[str], start: int, end: int) -> bool:
    first = hit.group()[0]
    if first in FULL_STOP + ASKED:
        tail = _ATTRIBUTION.match(cover, hit.end(), min(end, hit.end() + _WINDOW))
        return tail is not None and tail.group(1) in STRONG_FORMS
    return first == "." and hit.group()[1:2] not in "." and _abbreviated(cover, hit, start)


def _abbreviated(cover: str, hit: re.Match[str], start: int) -> bool:
    found = _LAST_WORD.search(cover, max(start, hit.start() - 24), hit.start())
    if found is None:
        return False
    word = found.group().lower().lstrip("-–—")
    if word in {"a.m", "p.m", "u.s", "u.n", "u.k", "d.c", "inc", "co", "corp", "ltd", "jr", "sr", "no", "etc"}:
        return _mid_sentence(cover, hit, word)
    return (
        word in ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or bool(re.fullmatch(r"(?:[a-z]\.)+[a-z]", word))
    )


def _mid_sentence(cover: str, hit: re.Match[str], word: str) -> bool:
    """After these a sentence may end: it does when a word follows that seldom is part of a name."""
    following = re.compile(r"\w+|\S").match(cover, hit.end(), hit.end() + 24)
    if following is None or following.group()[0] in COVER + COMMA:
        return False
    opener = following.group().lower() in {
        "the",
        "a",
        "an",
        "he",
        "she",
        "it",
        "they",
        "but",
        "in",
        "and",
        "we",
        "this",
        "on",
        "at",
        "his",
        "her",
    }
    return not opener and (word not in {"a.m", "p.m"} or following.group().isdigit())
