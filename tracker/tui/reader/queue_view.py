"""The queue: one line for each suggestion in the order of the text, painted only when it comes into view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tracker.store.reading_desk import Waiting
from tracker.text import truncate
from tracker.tui.reader.telling import STATUS, confidence

Words = Callable[[Waiting], str]


class QueueView(ScrollView, inherit_bindings=False):
    """Suggestions with a cursor; the screen that holds it moves it."""

    ALLOW_SELECT = False
    can_focus = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"queue--line", "queue--cursor", "queue--done", "queue--empty"}
    DEFAULT_CSS = """
    QueueView {
        background: $background; color: $foreground; height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden;
        & > .queue--line { color: $foreground; background: $background; }
        & > .queue--cursor { background: $primary 30%; color: $foreground; text-style: bold; }
        & > .queue--done { color: $text-muted; }
        & > .queue--empty { color: $text-muted; }
    }
    """

    class Chosen(Message):
        """A line was clicked: `index` in the queue."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._queue: Sequence[Waiting] = ()
        self._words: Words = lambda waiting: ""
        self._cursor = 0
        self.empty_text = ""

    def show(self, queue: Sequence[Waiting], cursor: int, words: Words) -> None:
        """Show suggestions, each with `words` of it in one line, the cursor on one of them."""
        self._queue, self._words, self._cursor = queue, words, cursor
        self._fit()

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._fit()

    def _fit(self) -> None:
        region = self.scrollable_content_region
        self.virtual_size = Size(region.width, len(self._queue))
        top, height = self.scroll_offset.y, max(1, region.height)
        if not top <= self._cursor < top + height:
            self.scroll_to(y=max(0, self._cursor - height // 3), animate=False, force=True)
        self.refresh()

    def line(self, index: int, width: int) -> str:
        """A suggestion in `width` cells: its status, kind, confidence and value."""
        one = self._queue[index]
        head = f"{'▸' if index == self._cursor else ' '}{STATUS.get(one.status, '·')} "
        return truncate(f"{head}{one.kind:<9} {confidence(one.confidence)} {self._words(one)}", width)

    def render_line(self, y: int) -> Strip:
        """Paint a line of the widget."""
        index, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        base = self.get_component_rich_style("queue--line")
        if not self._queue and y == 0:
            style = self.get_component_rich_style("queue--empty")
            return Strip([Segment(truncate(self.empty_text, width), style)]).adjust_cell_length(width, base)
        if index >= len(self._queue):
            return Strip.blank(width, base)
        if self._queue[index].status != "pending":
            base = self.get_component_rich_style("queue--done")
        if index == self._cursor:
            base = self.get_component_rich_style("queue--cursor")
        return Strip([Segment(self.line(index, width), base)]).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        """Say which line was clicked."""
        event.stop()
        index = self.scroll_offset.y + event.y
        if index < len(self._queue):
            self.post_message(self.Chosen(index))
