"""Where a text's paragraphs lie, and what one is: stretches of the text, each with a kind and the reason for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

KINDS = ("headline", "body", "heading", "caption", "promo", "pull_quote", "dateline", "byline", "label")
"""What a paragraph can be."""

SPEAKING = ("headline", "body", "heading")
"""The kinds that can hold statements and events of the article itself."""

_LINE = re.compile(r"[^\n\u2028\u2029]*")
_PARTED = re.compile(r"\n|\u2028|\u2029")
_WIDEST = 110
"""A line longer than this was not broken by hand to fit a page."""

Stretch = tuple[int, int]


class Paragraph(NamedTuple):
    """The stretch of a paragraph without its line ends (code points, half-open), its kind, and why it is of that."""

    start: int
    end: int
    kind: str
    reason: str


class Repeat(NamedTuple):
    """What a pull quote repeats: its paragraph (index), the stretch repeated, and the stretches in it that it drops."""

    paragraph: int
    start: int
    end: int
    dropped: tuple[Stretch, ...]


def stretches(text: str) -> list[Stretch]:
    """The paragraphs of a plain text, in order: lines, but the lines of a paragraph wrapped to a width belong together.

    None is empty, none begins or ends with white space.
    """
    blocks = list(_blocks(text))
    width = max((wide for block in blocks if (wide := _width(text, block))), default=0)
    return [paragraph for block in blocks for paragraph in _joined(text, block, width)]


def _lines(text: str) -> Iterator[Stretch]:
    start = 0
    for parted in _PARTED.finditer(text):
        yield start, parted.start()
        start = parted.end()
    yield start, len(text)


def trimmed(text: str, start: int, end: int) -> Stretch:
    """A stretch without the white space at its edges; empty at `end` when there is nothing else."""
    line = text[start:end]
    left = len(line) - len(line.lstrip())
    return start + left, max(start + left, start + len(line.rstrip()))


def _blocks(text: str) -> Iterator[list[Stretch]]:
    block: list[Stretch] = []
    for start, end in _lines(text):
        line = trimmed(text, start, end)
        if line[0] < line[1]:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _next_word(text: str, line: Stretch) -> int:
    return len(text[line[0] : min(line[1], line[0] + _WIDEST)].split(maxsplit=1)[0])


def _width(text: str, block: list[Stretch]) -> int:
    """The width a block was wrapped to, when it shows one: no line had room for the first word of the next."""
    lengths = [end - start for start, end in block]
    width = max(lengths)
    if len(block) < 3 or not 40 <= width <= _WIDEST:
        return 0
    full = all(length + 1 + _next_word(text, line) > width for length, line in zip(lengths, block[1:], strict=False))
    return width if full else 0


def _joined(text: str, block: list[Stretch], width: int) -> Iterator[Stretch]:
    start, end = block[0]
    wrapped = bool(_width(text, block))
    for line in block[1:]:
        if wrapped or _runs_on(text, (start, end), line, width):
            end = line[1]
            continue
        yield start, end
        start, end = line
    yield start, end


def _runs_on(text: str, before: Stretch, line: Stretch, width: int) -> bool:
    """Whether a line goes on with the sentence of the lines before it."""
    if text[before[1] - 1] in '.!?:;"”]':
        return False
    last = before[1] - max(before[0], text.rfind("\n", before[0], before[1]) + 1)
    if width and last <= width < last + 1 + _next_word(text, line):
        return True
    return text[line[0]].islower()
