"""An article as a text that is never edited: what it says of itself, and its paragraphs by kind."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tracker import text as border
from tracker.articles.noise import sorted_out
from tracker.articles.paragraphs import KINDS, SPEAKING, Paragraph, Repeat

__all__ = ["KINDS", "Document", "Paragraph", "Repeat", "document"]

Mark = tuple[int, int, str]

MOST = 250_000
"""Code points that are looked at for suggestions, some forty thousand words; the time for any input is bounded so."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article. All offsets are code points into `text`, half-open.

    `published` is "" or an EDTF day. `pinned` is what a source keeps of it, as `tracker attach` would read it: its text
    is as long as `text`, code point for code point, and differs only where a character is unfit to be shown.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    published: str
    title: str
    publisher: str
    author: str
    url: str
    language: str
    notes: tuple[str, ...]
    repeats: tuple[Repeat, ...]
    pinned: border.Decoded

    @property
    def sha256(self) -> str:
        """The SHA-256 (hex) that pins the text: of the file's bytes for a plain text, else of the text in UTF-8."""
        return self.pinned.sha256

    @property
    def body(self) -> tuple[Paragraph, ...]:
        """The paragraphs that can hold statements and events: headline, body and headings."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.kind in SPEAKING)

    @property
    def noise(self) -> tuple[Paragraph, ...]:
        """The paragraphs that are not the article's own telling: captions, promotion, pull quotes, labels, by-lines."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.kind not in SPEAKING)

    def opening(self) -> Document:
        """The document as far as it is looked at for suggestions; its notes say so when that is not all."""
        if len(self.text) <= MOST:
            return self
        kept = (found._replace(end=min(found.end, MOST)) for found in self.paragraphs if found.start < MOST)
        return replace(self, text=self.text[:MOST], paragraphs=tuple(kept))

    def kind_at(self, at: int) -> str:
        """The kind of the paragraph that holds the code point `at`; "" between paragraphs and outside the text."""
        found = bisect_right(self.paragraphs, at, key=lambda paragraph: paragraph.start) - 1
        if found < 0 or at >= self.paragraphs[found].end:
            return ""
        return self.paragraphs[found].kind


def document(
    text: str,
    *,
    title: str = "",
    published: str = "",
    publisher: str = "",
    author: str = "",
    url: str = "",
    language: str = "",
    notes: Iterable[str] = (),
    marks: Sequence[Mark] = (),
    pinned: border.Decoded | None = None,
) -> Document:
    """Make a document of a text; `marks` are stretches whose kind is known from markup, in order of their start.

    The text keeps its length, so that offsets hold in what is pinned: a CR before LF and each character the border
    takes out become a space. Raises nothing.
    """
    shown = _shown(text)
    paragraphs, repeats = sorted_out(shown, title=title, marks=marks)
    headline = next((shown[found.start : found.end] for found in paragraphs if found.kind == "headline"), "")
    return Document(
        text=shown,
        paragraphs=paragraphs,
        published=published,
        title=title or " ".join(headline.split()),
        publisher=publisher,
        author=author,
        url=url,
        language=language,
        notes=(*notes, *_unread(shown)),
        repeats=repeats,
        pinned=pinned or border.Decoded(shown, "utf-8", hashlib.sha256(shown.encode()).hexdigest()),
    )


def _unread(shown: str) -> Iterator[str]:
    if len(shown) > MOST:
        yield f"only the first {MOST:,} of {len(shown):,} characters are looked at for suggestions"


def _shown(text: str) -> str:
    """The text with a space for each character that the border takes out, and LF for each line end."""
    unfit = [char for char in set(text) if not (char in "\n\t\r" or border.clean(char))]
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return re.sub("[" + re.escape("".join(unfit)) + "]", " ", text) if unfit else text
