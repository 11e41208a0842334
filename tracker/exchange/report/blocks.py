"""What a report is made of before it becomes HTML or Markdown: sections of paragraphs, tables, quotes and pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+", re.ASCII)

Style = Literal["", "strong", "muted", "ref", "words", "badge", "denial"]


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text as it is, with what it is; `link` is a web address or the #name of a place in the report.

    `name` makes it such a place.
    """

    text: str
    style: Style = ""
    link: str = ""
    name: str = ""


Line = str | tuple["str | Text", ...]
"""Text in one line; markup in it means nothing."""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; a note is set small, a lead large."""

    line: Line
    style: Literal["", "note", "lead", "alert"] = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """Lines under each other that are of one kind."""

    items: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and what they are."""

    pairs: Sequence[tuple[str, Line]]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a column; `bar` draws its numbers as bars beside them."""

    label: str
    number: bool = False
    bar: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of lines below heads; the first cell names the row. A wide one becomes a list of cards on a phone."""

    caption: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Line]]
    wide: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that were said, as they were said; `style` tells them from what a coder wrote down in other words."""

    words: str
    style: Literal["verbatim", "mixed", "paraphrase"] = "verbatim"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG that is safe as it stands; `text` is what shows where no drawing can, line by line."""

    svg: str
    caption: str
    text: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """Tables that may stand next to each other."""

    tables: Sequence[Table]


Block = Para | Bullets | Facts | Table | Quote | Picture | Beside


@dataclass(frozen=True, slots=True)
class Part:
    """Something under a smaller heading, such as one incident; `name` is what links lead to."""

    title: Line
    blocks: Sequence[Block]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under its own heading; `name` is what links lead to."""

    name: str
    title: str
    blocks: Sequence[Block | Part]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report."""

    title: str
    covers: Line
    changed: str
    sections: Sequence[Section]
    made_by: str


def web_address(link: str) -> bool:
    """Whether a link is an address of the web that is safe to follow from a page."""
    return _ADDRESS.fullmatch(link) is not None


def plain(line: Line) -> str:
    """A line without what marks its parts."""
    return line if isinstance(line, str) else "".join(part if isinstance(part, str) else part.text for part in line)
