"""Breaking a text into lines of a given width in terminal cells; the text itself stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tracker.text import screen

_BREAK = re.compile("\r\n|[\r\n\u2028\u2029]")
_WORDS = re.compile(r"\S+|\s+")


class Line(NamedTuple):
    """A line on the screen: the code points of the text it shows, half-open."""

    start: int
    end: int


def wrap(whole: str, width: int) -> list[Line]:
    """The lines of a text at `width` cells; line ends and the spaces a line is broken at belong to none."""
    lines: list[Line] = []
    width, at = max(2, width), 0
    for found in _BREAK.finditer(whole):
        lines.extend(_paragraph(whole, at, found.start(), width))
        at = found.end()
    lines.extend(_paragraph(whole, at, len(whole), width))
    return lines


def _paragraph(whole: str, start: int, end: int, width: int) -> Iterator[Line]:
    shown = screen(whole[start:end])
    pieces = _plain(shown, width) if shown.isascii() else _wide(shown, width)
    for first, last in pieces:
        while last > first and shown[last - 1] == " ":
            last -= 1
        yield Line(start + first, start + last)


def _plain(shown: str, width: int) -> Iterator[tuple[int, int]]:
    """Where every character has one cell."""
    at = 0
    while len(shown) - at > width:
        cut = shown.rfind(" ", at, at + width + 1)
        if cut <= at:
            cut = at + width
        yield at, cut
        at = cut
        while at < len(shown) and shown[at] == " ":
            at += 1
    if at < len(shown) or not at:
        yield at, len(shown)


def _wide(shown: str, width: int) -> Iterator[tuple[int, int]]:
    """Where characters have two cells, one, or none; no grapheme is broken."""
    first, last, used = 0, 0, 0
    for start, end, cells in _tokens(shown, width):
        if used + cells > width and last > first:
            yield first, last
            first, used = (end, 0) if shown[start].isspace() else (start, cells)
            last = first if not used else end
            continue
        if not used and shown[start].isspace() and first:
            first = last = end
            continue
        used += cells
        last = end
    if last > first or not first:
        yield first, last


def _tokens(shown: str, width: int) -> Iterator[tuple[int, int, int]]:
    """Words and spaces with their cells; a word longer than a line comes grapheme by grapheme."""
    from rich.cells import cell_len, split_graphemes

    for found in _WORDS.finditer(shown):
        cells = cell_len(found[0])
        if cells <= width:
            yield found.start(), found.end(), cells
            continue
        for start, end, one in split_graphemes(found[0])[0]:
            yield found.start() + start, found.start() + end, one
