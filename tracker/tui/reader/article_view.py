"""The text of an article: lines broken once for a width, painted only when they come into view."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tracker.text import screen
from tracker.tui.reader.stretches import KINDS, NOISE, ROLES, STATES, Marked, look
from tracker.tui.reader.wrapping import Line, wrap

_MARGIN = 1
_PICTURE = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_LOOSE_JOINER = re.compile(f"(?<![{_PICTURE}])\u200d|\u200d(?![{_PICTURE}])")


class ArticleView(ScrollView, inherit_bindings=False):
    """A text with coloured stretches; one suggestion's stretches stand out."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"reader--{name}" for name in ("text", NOISE, *KINDS, *STATES, *(f"is-{role}" for role in ROLES))
    }
    DEFAULT_CSS = """
    ArticleView {
        background: $background; color: $foreground; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        overflow-x: hidden;
        & > .reader--text { color: $foreground; background: $background; }
        & > .reader--noise { text-style: dim italic; }
        & > .reader--statement { color: $primary; }
        & > .reader--actor { color: $accent; }
        & > .reader--date { color: $success; }
        & > .reader--incident { color: $secondary; }
        & > .reader--other { color: $secondary; }
        & > .reader--pending { text-style: underline; }
        & > .reader--accepted { text-style: bold; }
        & > .reader--rejected { text-style: dim strike; }
        & > .reader--is-main { background: $primary 35%; color: $foreground; }
        & > .reader--is-speaker { background: $accent 40%; color: $foreground; }
        & > .reader--is-cue { background: $success 35%; color: $foreground; }
        & > .reader--is-part { background: $secondary 35%; color: $foreground; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,space,ctrl+d", "turn(1)", "Text down", show=False),
        Binding("pageup,ctrl+u", "turn(-1)", "Text up", show=False),
        Binding("home,g", "go_to_start", "Start of the text", show=False),
        Binding("end,G", "go_to_end", "End of the text", show=False),
    ]

    class Pointed(Message):
        """A place of the text was clicked: `at` in code points."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = ""
        self._looks = b""
        self._marks: Sequence[Marked] = ()
        self._focus: tuple[int, int] | None = None
        self._lines: list[Line] = []
        self._width = 0
        self._strips: LRUCache[int, Strip] = LRUCache(512)
        self._styles: dict[tuple[int, int], Style] = {}

    @property
    def lines(self) -> Sequence[Line]:
        """The lines as they are broken now."""
        return self._lines

    def show(self, text: str, looks: bytes) -> None:
        """Show a text whose code points look as `looks` says."""
        if text != self._text:
            self._text, self._width = text, 0
        self._looks = looks
        self._fit()
        self._strips.clear()
        self.refresh()

    def point(self, marks: Sequence[Marked], focus: tuple[int, int] | None) -> None:
        """Let stretches stand out, and scroll to `focus` if it is not in view."""
        self._marks, self._focus = marks, focus
        self._strips.clear()
        self._reveal()
        self.refresh()

    def line_of(self, at: int) -> int:
        """The line that shows a code point."""
        return max(0, bisect_right(self._lines, at, key=lambda line: line.start) - 1)

    def on_resize(self) -> None:
        """Break the lines anew for another width; what was pointed at stays in view."""
        self._fit()

    def _fit(self) -> None:
        width = self.scrollable_content_region.width - 2 * _MARGIN
        if width <= 0 or width == self._width:
            return
        at = self._lines[self.scroll_offset.y].start if self.scroll_offset.y < len(self._lines) else 0
        self._width, self._lines = width, wrap(self._text, width)
        self._strips.clear()
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))
        self.scroll_to(y=self.line_of(at), animate=False, force=True)
        self._reveal()
        self.refresh()

    def _reveal(self) -> None:
        if self._focus is None or not self._lines:
            return
        first, last = self.line_of(self._focus[0]), self.line_of(max(self._focus[0], self._focus[1] - 1))
        top, height = self.scroll_offset.y, max(1, self.scrollable_content_region.height)
        if first < top or min(last, first + height - 1) >= top + height:
            self.scroll_to(y=max(0, first - height // 3), animate=False, force=True)

    def action_turn(self, pages: int) -> None:
        """Scroll by pages, at once: what lies between is not painted."""
        height = max(1, self.scrollable_content_region.height - 1)
        self.scroll_to(y=self.scroll_offset.y + pages * height, animate=False, force=True)

    def action_go_to_start(self) -> None:
        """Scroll to the first line."""
        self.scroll_to(y=0, animate=False, force=True)

    def action_go_to_end(self) -> None:
        """Scroll to the last line."""
        self.scroll_to(y=len(self._lines), animate=False, force=True)

    def notify_style_update(self) -> None:
        """Drop what was painted in the old styles."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """Paint a line of the widget."""
        index = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        if index >= len(self._lines):
            return Strip.blank(width, self._style(0, 0))
        strip = self._strips.get(index)
        if strip is None:
            strip = self._strips[index] = self.paint(index).adjust_cell_length(width, self._style(0, 0))
        return strip

    def paint(self, index: int) -> Strip:
        """One line of the text, in the looks of its stretches."""
        start, end = self._lines[index]
        roles = bytearray(end - start)
        for mark in self._marks:
            first, last = max(mark.start, start) - start, min(mark.end, end) - start
            if first < last:
                roles[first:last] = bytes([mark.role]) * (last - first)
        segments, at = [Segment(" " * _MARGIN, self._style(0, 0))], start
        for (code, role), run in groupby(zip(self._looks[start:end], roles, strict=True)):
            length = sum(1 for _ in run)
            shown = _joined(screen(self._text[at : at + length]))
            segments.append(Segment(shown, self._style(code, role)))
            at += length
        return Strip(segments)

    def _style(self, code: int, role: int) -> Style:
        style = self._styles.get((code, role))
        if style is None:
            found = look(code)
            style = self.get_component_rich_style("reader--text")
            for name in filter(None, (found.kind, found.state)):
                style += self.get_component_rich_style(f"reader--{name}", partial=True)
            if role:
                # Only the whole style is blended with what lies behind it.
                style += self.get_component_rich_style(f"reader--is-{ROLES[role - 1]}")
            self._styles[code, role] = style
        return style

    def on_click(self, event: events.Click) -> None:
        """Say which place of the text was clicked."""
        event.stop()
        index = self.scroll_offset.y + event.y
        if index < len(self._lines):
            self.post_message(self.Pointed(self._at(index, event.x - _MARGIN)))

    def _at(self, index: int, cells: int) -> int:
        from rich.cells import cell_len

        start, end = self._lines[index]
        for at in range(start, end):
            cells -= cell_len(screen(self._text[at]))
            if cells < 0:
                return at
        return max(start, end - 1)


def _joined(shown: str) -> str:
    """A joiner between letters has a cell in a terminal but none in Rich: only those of joined pictures stay."""
    return _LOOSE_JOINER.sub("", shown) if "\u200d" in shown else shown
