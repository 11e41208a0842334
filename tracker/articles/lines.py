"""JSON lines of articles, such as a crawler or an archive writes: one object with a text on each line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tracker import text as border
from tracker.articles.document import Document, document
from tracker.articles.html_dates import day

FIELDS = ("text", "title", "published", "url", "publisher", "author", "language")
"""What is read of a line; `id` or `doc_id` names the article, anything else is passed over."""


class Line(NamedTuple):
    """A line: its number from 1, the article's id ("" without), and the document, or what is wrong with the line."""

    number: int
    key: str
    document: Document | None
    problem: str


def articles_of_lines(lines: Iterable[str]) -> Iterator[Line]:
    """Read articles one by one; blank lines are passed over, a bad line comes with its problem. Raises nothing."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _read(number, line)


def _read(number: int, line: str) -> Line:
    try:
        data = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return Line(number, "", None, f"Line {number} is not JSON; each line must be one object.")
    if not isinstance(data, dict):
        return Line(number, "", None, f"Line {number} is not an object with a “text”.")
    key = _word(data, "id") or _word(data, "doc_id")
    words = data.get("text")
    if not isinstance(words, str) or not words.strip():
        return Line(number, key, None, f"Line {number} has no “text”.")
    if len(words) > border.MAX_FIELD:
        return Line(number, key, None, f"Line {number}: its text is longer than {border.MAX_FIELD:,} characters.")
    return Line(number, key, _article(data, words), "")


def _article(data: dict[str, Any], words: str) -> Document:
    written = _word(data, "published")
    published = day(written)
    unread = f"The date “{border.screen(written[:40])}” was not read; give the day it was published."
    return document(
        words,
        title=_word(data, "title"),
        published=published,
        publisher=_word(data, "publisher"),
        author=_word(data, "author"),
        url=_word(data, "url"),
        language=_word(data, "language"),
        notes=(unread,) if written and not published else (),
    )


def _word(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**18 else ""
    return " ".join(border.clean(value[:2_000], multiline=False).split()) if isinstance(value, str) else ""
