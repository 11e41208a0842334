"""How one line of a table is laid out and painted: columns, widths, styles, strips."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, split_graphemes
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tracker.text import truncate

GUTTER = 2
"""Cells at the left that never scroll sideways: the cursor's mark and the row's mark."""
GAP = 2
SHORTEST = 14
"""Cells below which no column is narrowed: a day or two, such as 13–15 Dec 2019, stand whole."""
UNKNOWN = "–"
CURSOR_GLYPH = "▌"
MARK_GLYPH = "●"
MISSING = "·"
_PICTURE = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
# A letter after a joiner has a cell of its own in a terminal but none in Rich: both agree on joined pictures only.
_LOOSE_JOINER = re.compile(f"(?<![{_PICTURE}])\u200d|\u200d(?![{_PICTURE}])")
ASCENDING, DESCENDING = "▲", "▼"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: `width` in cells; `flex` is its share of the width that is left over."""

    name: str
    label: str
    width: int
    justify: Literal["left", "right"] = "left"
    flex: int = 0
    sortable: bool = True


@dataclass(frozen=True, slots=True)
class Palette:
    """The styles a table paints with, taken from its component classes."""

    row: Style
    cursor: Style
    cursor_blurred: Style
    mark: Style
    header: Style
    header_sorted: Style
    faint: Style
    empty: Style


@dataclass(frozen=True, slots=True)
class Look:
    """What sets one row's line apart from another's besides its text."""

    cursor: bool = False
    focused: bool = False
    marked: bool = False
    stale: bool = False


class Layout:
    """Columns placed on a line: `starts` and `widths` in cells, `needed` in all before spare width is shared."""

    def __init__(self, columns: Sequence[TableColumn], viewport: int) -> None:
        """Place `columns` on a line of at least `viewport` cells."""
        self.columns = tuple(columns)
        self.viewport = viewport
        base = _squeezed(self.columns, viewport)
        self.needed = GUTTER + sum(base) + GAP * max(0, len(base) - 1)
        self.widths = _shared(base, [max(0, column.flex) for column in self.columns], viewport - self.needed)
        self.width = max(viewport, GUTTER + sum(self.widths) + GAP * max(0, len(base) - 1))
        self.starts = [GUTTER + sum(self.widths[:i]) + GAP * i for i in range(len(base))]

    def column_at(self, x: int) -> TableColumn | None:
        """Return the column that covers cell `x` of the whole line, its gap included."""
        for column, start, width in zip(self.columns, self.starts, self.widths, strict=True):
            if start <= x < start + width + GAP:
                return column
        return None

    def window(self, strip: Strip, scroll_x: int) -> Strip:
        """Return the part of a whole line seen when scrolled `scroll_x` cells to the right; the gutter stays."""
        if not scroll_x and strip.cell_length == self.viewport:
            return strip
        left = _cut(strip, 0, min(GUTTER, self.viewport))
        rest = _cut(strip, GUTTER + scroll_x, scroll_x + self.viewport)
        return Strip([*left, *rest]).adjust_cell_length(self.viewport)


def row_strip(cells: Sequence[str], layout: Layout, palette: Palette, look: Look) -> Strip:
    """Paint one record's whole line; cells the record lacks are left blank."""
    style = palette.row
    if look.cursor:
        style = palette.cursor if look.focused else palette.cursor_blurred
    faint = style + palette.faint
    base = faint if look.stale else style
    segments = [
        Segment(CURSOR_GLYPH if look.cursor else " ", style),
        Segment(MARK_GLYPH if look.marked else " ", style + palette.mark),
    ]
    texts = [*cells, *[""] * (len(layout.columns) - len(cells))]
    for column, width, text in zip(layout.columns, layout.widths, texts, strict=False):
        segments.append(Segment(_fit(text, width, column.justify), faint if text == UNKNOWN else base))
        segments.append(Segment(" " * GAP, base))
    return _whole(segments, layout, base)


def missing_strip(layout: Layout, palette: Palette, look: Look) -> Strip:
    """Paint the line of a row that has not come yet."""
    style = palette.row
    if look.cursor:
        style = palette.cursor if look.focused else palette.cursor_blurred
    segments = [Segment(CURSOR_GLYPH if look.cursor else " ", style), Segment(" ", style)]
    for column, width in zip(layout.columns, layout.widths, strict=True):
        segments.append(Segment(_fit(MISSING, width, column.justify) + " " * GAP, style + palette.faint))
    return _whole(segments, layout, style)


def header_strip(layout: Layout, palette: Palette, sort: tuple[str, bool] | None) -> Strip:
    """Paint the labels; `sort` is the sorted column's name and whether it runs downwards."""
    segments = [Segment(" " * GUTTER, palette.header)]
    for column, width in zip(layout.columns, layout.widths, strict=True):
        style, label = palette.header, column.label
        if sort is not None and sort[0] == column.name:
            label = f"{truncate(label, width - 2)} {DESCENDING if sort[1] else ASCENDING}".lstrip()
            style = palette.header_sorted
        segments.append(Segment(_fit(label, width, column.justify), style))
        segments.append(Segment(" " * GAP, palette.header))
    return _whole(segments, layout, palette.header)


def centred_strip(text: str, width: int, style: Style) -> Strip:
    """Paint one line of text in the middle of `width` cells."""
    shown = truncate(text, width)
    left = max(0, (width - cell_len(shown)) // 2)
    segment = Segment(" " * left + shown, style)
    return Strip([segment], left + cell_len(shown)).adjust_cell_length(width, style)


def _fit(text: str, width: int, justify: Literal["left", "right"]) -> str:
    if "\u200d" in text:
        text = _LOOSE_JOINER.sub("", text)
    shown = truncate(text, width)
    spare = " " * max(0, width - cell_len(shown))
    return spare + shown if justify == "right" else shown + spare


def _cut(strip: Strip, start: int, end: int) -> list[Segment]:
    segments, at = [], 0
    for segment in strip:
        width = cell_len(segment.text)
        if start <= at and at + width <= end:
            segments.append(segment)
        elif at < end and at + width > start:
            segments.append(Segment(_slice(segment.text, start - at, end - at), segment.style))
        at += width
    return segments


# Rich's own cut of a segment parts the pictures of a joined sequence, which then take more cells than they had.
def _slice(text: str, start: int, end: int) -> str:
    shown, at = "", 0
    for first, last, width in split_graphemes(text)[0]:
        inside = min(at + width, end) - max(at, start)
        if inside > 0:
            shown += text[first:last] if inside == width else " " * inside
        at += width
    return shown


def _whole(segments: list[Segment], layout: Layout, style: Style) -> Strip:
    return Strip(segments).adjust_cell_length(layout.width, style)


_DATES = frozenset({"date", "said", "published"})
"""A date that is cut is another date."""


def _squeezed(columns: Sequence[TableColumn], viewport: int) -> list[int]:
    """Widths of which words give way where there is no room: numbers and dates whole, a third of the line the title."""
    base = [max(1, column.width) for column in columns]
    title = max(columns, key=lambda column: column.flex, default=None)
    if title is None or not title.flex:
        return base
    fixed = (column is title or column.justify == "right" or column.name in _DATES for column in columns)
    room = [
        0 if whole else max(0, width - max(SHORTEST, width * 3 // 4)) for whole, width in zip(fixed, base, strict=True)
    ]
    lacking = GUTTER + sum(base) + GAP * (len(base) - 1) + max(0, viewport // 3 - title.width) - viewport
    if lacking <= 0 or not sum(room):
        return base
    part = min(1.0, lacking / sum(room))
    return [width - round(give * part) for width, give in zip(base, room, strict=True)]


def _shared(base: list[int], flex: list[int], spare: int) -> list[int]:
    shares = sum(flex)
    if spare <= 0 or not shares:
        return base
    extra = [spare * share // shares for share in flex]
    extra[max(range(len(flex)), key=flex.__getitem__)] += spare - sum(extra)
    return [width + more for width, more in zip(base, extra, strict=True)]
