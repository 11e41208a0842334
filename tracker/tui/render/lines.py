"""Lines of a card: wrapped, padded and measured in terminal cells, with user text always literal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, split_graphemes
from textual.content import Content

from tracker import text

UNKNOWN = "–"
MUTED = "$text-muted"
ACCENT = "$accent"
STRONG = "bold"
GAP = 2
MOST_LINES = 200
"""A field longer than this many lines is cut on a card; its whole is in the form and in exports."""

_PICTURE = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
# A letter after a joiner has a cell of its own in a terminal but none in Rich: both agree on joined pictures only.
_LOOSE_JOINER = re.compile(f"(?<![{_PICTURE}])\u200d|\u200d(?![{_PICTURE}])")

Part = tuple[str, str]
"""Text and its style; the style is one of ours, the text is never markup."""


@dataclass(frozen=True, slots=True)
class Link:
    """The record that a line leads to."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card, and the record it leads to, if any."""

    content: Content
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under its own heading."""

    title: str
    lines: tuple[Line, ...]

    @property
    def content(self) -> Content:
        """All lines as one piece."""
        return joined(self.lines)


def joined(lines: Iterable[Line]) -> Content:
    """Lines as one piece of content."""
    return Content("\n").join([line.content for line in lines])


def literal(value: str) -> str:
    """User text for one line: what could steer a terminal is replaced, and its width is the same to everyone."""
    shown = text.screen(value)
    return _LOOSE_JOINER.sub("", shown) if "\u200d" in shown else shown


def line(*parts: str | Part, link: Link | None = None) -> Line:
    """A line put together from texts, each with or without a style; user text in it is made literal."""
    made = [(literal(part), "") if isinstance(part, str) else (literal(part[0]), part[1]) for part in parts]
    return Line(Content.assemble(*(part for part in made if part[0])), link)


def fit(value: str, width: int, *, right: bool = False) -> str:
    """User text in exactly `width` cells: cut with `…` at a grapheme, or filled up with spaces."""
    shown = text.truncate(literal(value[: 32 * width + 33]), width)
    spare = " " * max(0, width - cell_len(shown))
    return spare + shown if right else shown + spare


def fits(value: str, width: int) -> bool:
    """Whether user text goes into `width` cells; a very long one is not measured."""
    return len(value) <= 32 * width and cell_len(literal(value)) <= width


def measure(value: str, most: int) -> int:
    """Cells that user text would like to have, `most` at most."""
    return min(most, cell_len(literal(value[: 4 * most])))


def wrap(value: str, width: int, most: int = MOST_LINES) -> list[str]:
    """User text broken into lines of at most `width` cells, at spaces where possible; at least one line."""
    width = max(2, width)
    lines: list[str] = []
    for paragraph in text.screen_lines(value[: width * most * 2]):
        lines += _wrapped(literal(paragraph), width)
        if len(lines) > most:
            break
    if len(lines) > most or len(value) > width * most * 2:
        lines = [*lines[: most - 1], _cut(lines[:most][-1], width)]
    return lines or [""]


def _cut(shown: str, width: int) -> str:
    return fit(shown, width - 2).rstrip() + " …"


def _wrapped(paragraph: str, width: int) -> Iterator[str]:
    if cell_len(paragraph) <= width:
        yield paragraph
        return
    current = ""
    for word in paragraph.split():
        joint = f"{current} {word}" if current else word
        if cell_len(joint) <= width:
            current = joint
            continue
        if current:
            yield current
        *whole, current = folded(word, width)
        yield from whole
    yield current


def folded(word: str, width: int) -> list[str]:
    """A word cut into pieces of at most `width` cells, never inside a grapheme."""
    if cell_len(word) <= width:
        return [word]
    pieces, start, used = [], 0, 0
    for first, _, cells in split_graphemes(word)[0]:
        if used + cells > width and first > start:
            pieces.append(word[start:first])
            start, used = first, 0
        used += cells
    return [*pieces, word[start:]]


def pairs(values: Sequence[tuple[str, str]], width: int, label_width: int, style: str = "") -> list[Line]:
    """Labels, right-aligned and muted, beside their values, which are wrapped in a column of their own."""
    room = width - label_width - GAP
    return [
        line((fit(label if number == 0 else "", label_width, right=True) + " " * GAP, MUTED),
             (part, MUTED if value == UNKNOWN else style))
        for label, value in values
        for number, part in enumerate(wrap(value, room))
    ]  # fmt: skip


def nothing(sentence: str) -> list[Line]:
    """What stands in a section that has nothing to show."""
    return [line("  ", (sentence, MUTED))]
