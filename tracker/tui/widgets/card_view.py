"""A record's sections on a page: scrolled line by line, with a cursor over those lines that lead to another record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from tracker.tui.render.lines import Line, Link, Section

_MOVE = Binding.Group("Move", compact=True)
CURSOR_GLYPH = "▌"
MARGIN = 2
"""Cells at the left for the cursor, and one at the right."""


class CardView(ScrollView, can_focus=True, inherit_bindings=False):
    """Sections laid out for the width at hand; only the lines in view are painted."""

    class Opened(Message):
        """A line that leads to a record was chosen."""

        def __init__(self, link: Link) -> None:
            super().__init__()
            self.link = link

    BINDING_GROUP_TITLE = "Page"
    HELP = """\
A line with the bar ▌ leads to another record; Enter opens it, Esc comes back. Tab goes to the next such line, Down too,
scrolling on the way. – is unknown. ● is adopted for counts. ✓ the quoted words stand in the source, ≈ but for spaces or
quotation marks, ! they do not, ? not checked yet.
"""
    COMPONENT_CLASSES: ClassVar[set[str]] = {"card-view--cursor", "card-view--heading"}
    DEFAULT_CSS = """
    CardView {
        background: $background;
        color: $foreground;
        height: 1fr;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        & > .card-view--cursor { background: $primary 30%; }
        & > .card-view--heading { color: $primary; text-style: bold; }
        &:ansi > .card-view--cursor { background: ansi_default; text-style: reverse; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="card.open", tooltip="Open the record the line leads to"),
        Binding("tab", "jump(1)", "Next link", show=False, id="card.next", tooltip="To the next line with a link"),
        Binding("shift+tab", "jump(-1)", "Link before", show=False, id="card.previous",
                tooltip="To the line with a link before"),
        Binding("down,j", "step(1)", "Down", show=False, id="card.down", tooltip="Down by a link or a line",
                group=_MOVE),
        Binding("up,k", "step(-1)", "Up", show=False, id="card.up", tooltip="Up by a link or a line", group=_MOVE),
        Binding("pagedown,space", "page(2)", "Page down", show=False, id="card.page-down", tooltip="One screen down",
                group=_MOVE),
        Binding("pageup", "page(-2)", "Page up", show=False, id="card.page-up", tooltip="One screen up", group=_MOVE),
        Binding("ctrl+d", "page(1)", "Half page down", show=False, id="card.half-down", tooltip="Half a screen down",
                group=_MOVE),
        Binding("ctrl+u", "page(-1)", "Half page up", show=False, id="card.half-up", tooltip="Half a screen up",
                group=_MOVE),
        Binding("home,g", "edge(-1)", "Top", show=False, id="card.top", tooltip="To the top", group=_MOVE),
        Binding("end,G", "edge(1)", "End", show=False, id="card.end", tooltip="To the end", group=_MOVE),
    ]  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sections: Callable[[int], Sequence[Section]] = lambda _: ()
        self._lines: list[Line] = []
        self._headings: set[int] = set()
        self._linked: list[int] = []
        self._cursor = -1
        self._laid_out = 0

    def show(self, sections: Callable[[int], Sequence[Section]]) -> None:
        """Show what `sections` makes of a width in cells; the scroll position and the cursor's place are kept."""
        self._sections = sections
        self._lay_out()

    @property
    def link(self) -> Link | None:
        """The record that the line under the cursor leads to."""
        return self._lines[self._cursor].link if 0 <= self._cursor < len(self._lines) else None

    @property
    def plain(self) -> str:
        """All lines as plain text."""
        return "\n".join(line.content.plain for line in self._lines)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the lines out again for another width."""
        if self._laid_out != self._width:
            self._lay_out()

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _lay_out(self) -> None:
        width = self._laid_out = self._width
        if width < MARGIN + 8:
            return
        kept, place = self.link, self._linked.index(self._cursor) if self._cursor in self._linked else 0
        self._lines, self._headings = [], set()
        for section in self._sections(width - MARGIN - 1):
            if self._lines:
                self._lines.append(Line(Content("")))
            if section.title:
                self._headings.add(len(self._lines))
                self._lines.append(Line(Content(section.title)))
            self._lines += section.lines
        self._linked = [number for number, line in enumerate(self._lines) if line.link is not None]
        self._cursor = self._kept(kept, place)
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def _kept(self, link: Link | None, place: int) -> int:
        """The line for the cursor: the same link in the same place, or the same link, or the same place."""
        if not self._linked:
            return -1
        near = self._linked[min(place, len(self._linked) - 1)]
        if link is None or self._lines[near].link == link:
            return near
        return next((number for number in self._linked if self._lines[number].link == link), near)

    def render_line(self, y: int) -> Strip:
        """Paint line `y` of the widget."""
        number, style, width = self.scroll_offset.y + y, self.visual_style, self.size.width
        if number >= len(self._lines):
            return Strip.blank(width, style.rich_style)
        if number in self._headings:
            style += self.get_visual_style("card-view--heading", partial=True)
        here = number == self._cursor
        if here and self.has_focus:
            style += self.get_visual_style("card-view--cursor", partial=True)
        mark = self._painted(Content.styled(CURSOR_GLYPH, "$accent") if here else Content(" "), style, MARGIN)
        body = self._painted(self._selected(self._lines[number].content, number), style, width - MARGIN)
        return Strip([*mark, *body.apply_offsets(0, number)]).adjust_cell_length(width, style.rich_style)

    def _painted(self, content: Content, style: Style, width: int) -> Strip:
        painted = Visual.to_strips(self, content, width, 1, style, apply_selection=False, pad=True)
        return painted[0] if painted else Strip.blank(width, style.rich_style)

    def _selected(self, content: Content, number: int) -> Content:
        span = self.text_selection.get_span(number) if self.text_selection is not None else None
        if span is None:
            return content
        start, end = span
        chosen = self.screen.get_visual_style("screen--selection")
        return content.stylize(chosen, start, len(content) if end == -1 else end)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The words that the mouse has marked."""
        return selection.extract(self.plain), "\n"

    def on_focus(self) -> None:
        """Show the cursor as the one keys act on."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor as one that keys do not act on."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the line that was clicked, if it leads anywhere; a second click opens it."""
        number = self.scroll_offset.y + event.y
        if number not in self._linked:
            return
        if number == self._cursor or event.chain > 1:
            self._cursor = number
            self.action_open()
        else:
            self._put_cursor(number)

    # Moving

    def action_open(self) -> None:
        """Open the record that the line under the cursor leads to."""
        if (link := self.link) is not None:
            self.post_message(self.Opened(link))

    def action_jump(self, step: int) -> None:
        """Go to the next line that leads to a record, round the end."""
        if self._linked:
            place = self._linked.index(self._cursor) if self._cursor in self._linked else -step
            self._put_cursor(self._linked[(place + step) % len(self._linked)])

    def action_step(self, step: int) -> None:
        """Go to the next such line when it is in view, else scroll towards it by a line."""
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self._height
        ahead = [n for n in self._linked if (n - self._cursor) * step > 0 and top - 1 <= n <= bottom]
        if ahead:
            self._put_cursor(ahead[0] if step > 0 else ahead[-1])
        else:
            self._scroll_to_line(top + step)

    def action_page(self, halves: int) -> None:
        """Scroll by some half screens; the cursor comes along."""
        self._scroll_to_line(self.scroll_offset.y + (int(halves * self._height / 2) or halves))
        self._bring_cursor(halves)

    def action_edge(self, step: int) -> None:
        """Go to the first or the last line."""
        self._scroll_to_line(0 if step < 0 else len(self._lines))
        self._bring_cursor(-step)

    @property
    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def _bring_cursor(self, step: int) -> None:
        top = self.scroll_offset.y
        in_view = [number for number in self._linked if top <= number < top + self._height]
        if in_view and self._cursor not in in_view:
            self._cursor = in_view[0] if step > 0 else in_view[-1]
        self.refresh()

    def _put_cursor(self, number: int) -> None:
        self._cursor = number
        top = self.scroll_offset.y
        if number < top:
            self._scroll_to_line(number - 1)
        elif number >= top + self._height:
            self._scroll_to_line(number - self._height + 1)
        self.refresh()

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=max(0, min(line, len(self._lines) - self._height)), animate=False, force=True, immediate=True)
