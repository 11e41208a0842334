"""Rows that come page by page: only the lines in view are painted, only the pages lacking are asked for."""

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from tracker.tui.widgets import table_messages as say
from tracker.tui.widgets.page_cache import Generation, Row
from tracker.tui.widgets.table_lines import (
    Layout,
    Look,
    Palette,
    TableColumn,
    centred_strip,
    header_strip,
    missing_strip,
    row_strip,
)

HEADER = 1
DIM_AFTER = 0.15
"""Seconds before old rows are dimmed, so that quick answers do not make the table flicker."""


class PagedTable(ScrollView):
    """Lines of records painted from pages that whoever listens to `PagesWanted` hands in.

    The table holds no query. `begin` opens a generation; the listener answers with `supply`, `set_total` and, when a
    record is to be kept under the cursor, `locate`. Answers to a generation that is over are dropped.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record-table--row",
        "record-table--cursor",
        "record-table--cursor-blurred",
        "record-table--mark",
        "record-table--header",
        "record-table--header-sorted",
        "record-table--faint",
        "record-table--empty",
    }
    DEFAULT_CSS = """
    PagedTable {
        background: $background;
        color: $foreground;
        height: 1fr;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1;
        & > .record-table--cursor { background: $primary 30%; color: auto 100%; text-style: bold; }
        & > .record-table--cursor-blurred { background: $primary 12%; color: auto 100%; }
        &:ansi > .record-table--cursor { background: ansi_default; color: ansi_default; text-style: reverse; }
        &:ansi > .record-table--cursor-blurred { background: ansi_default; color: ansi_default; }
        & > .record-table--mark { text-style: bold; }
        & > .record-table--header { text-style: bold; }
        & > .record-table--header-sorted { text-style: bold underline; }
        & > .record-table--faint { text-style: dim; }
        & > .record-table--empty { text-style: none; }
    }
    """

    def __init__(self, *, empty_text: str = "Nothing here.", id: str | None = None, classes: str | None = None) -> None:
        """Make a table that shows `empty_text` when there is no row."""
        super().__init__(id=id, classes=classes)
        self.empty_text = empty_text
        self._shown = Generation(0, (), None, None)
        self._coming: Generation | None = None
        self._generation = 0
        self._cursor = 0
        self._told: tuple[int | None, int] | None = None
        self._marked: set[int] = set()
        self._stale = False
        self._dimmer: Timer | None = None
        self._heading = 0
        self._height_before = 0
        self._asking = False
        self._layout = Layout((), 0)
        self._palette: Palette | None = None
        self._strips: LRUCache[tuple[int, int, Look], Strip] = LRUCache(2048)

    # What the listener says

    def begin(self, columns: Sequence[TableColumn], sort: tuple[str, bool] | None, *, keep: int | None) -> int:
        """Open a new generation and return its number; `sort` is a column's name and whether it runs downwards.

        The old rows stay until the first new page is there. With `keep`, the id of the record the cursor is to stay
        on, the table waits for `locate` before it asks for any page.
        """
        self._generation += 1
        self._coming = Generation(self._generation, columns, sort, keep)
        if self._dimmer is None and len(self._shown.paging.pages):
            self._dimmer = self.set_timer(DIM_AFTER, self._dim)
        self._fit()
        self._ask()
        return self._generation

    def supply(self, generation: int, page: int, rows: Sequence[Row]) -> None:
        """Take the rows of one page (from 0); rows of a generation that is over are dropped."""
        view = self._current(generation)
        if view is None:
            return
        view.paging.put(page, rows)
        if view is self._coming:
            self._arrive()
        else:
            self._fit()
            size = view.paging.pages.size
            self._refresh_rows(page * size, size)
            self._tell()
        self._ask()

    def set_total(self, generation: int, total: int, exact: bool) -> None:
        """Take the number of rows; when not `exact` there are at least so many."""
        view = self._current(generation)
        if view is None:
            return
        view.paging.set_total(total, exact)
        if view is self._coming:
            self._arrive()
        else:
            self._fit()
            if self._cursor >= self.total:
                self._put_cursor(self._cursor)
            self.refresh()
        self._ask()

    def locate(self, generation: int, record_id: int, position: int | None) -> None:
        """Put the cursor on a record that is on line `position` (from 0), or, for None, on the nearest line."""
        view = self._current(generation)
        if view is None:
            return
        if position is not None:
            view.paging.reach(position)
        if view is self._coming:
            view.located = view.located or record_id == view.keep
            view.goal = self._cursor if position is None else position
            self._arrive()
        elif position is not None:
            self._fit()
            self._put_cursor(position)
        self._ask()

    def release(self, generation: int) -> None:
        """Take note that what was asked for will not come; it is asked for again at the next movement."""
        view = self._current(generation)
        if view is not None:
            view.paging.release()

    # What the listener may ask

    @property
    def generation(self) -> int:
        """The number of the generation begun last."""
        return self._generation

    @property
    def shown_generation(self) -> int:
        """The number of the generation whose rows are painted."""
        return self._shown.number

    @property
    def stale(self) -> bool:
        """Whether the rows painted are old and dimmed."""
        return self._stale

    @property
    def total(self) -> int:
        """How many rows there are, as far as is known."""
        return self._shown.paging.length

    @property
    def cached_pages(self) -> int:
        """How many pages are in memory."""
        return len(self._shown.paging.pages)

    @property
    def cursor_index(self) -> int:
        """The cursor's line, from 0."""
        return self._cursor

    @property
    def cursor_id(self) -> int | None:
        """The id of the record under the cursor, or None when there is none or it has not come."""
        row = self._row(self._cursor)
        return None if row is None else row[0]

    @property
    def marked(self) -> frozenset[int]:
        """The ids of the marked records, in view or not."""
        return frozenset(self._marked)

    # What the terminal does

    def on_resize(self) -> None:
        """Share the width anew and keep the cursor in view if it was."""
        in_view = 0 <= self._cursor - self.scroll_offset.y < self._height_before
        self._height_before = self._body_height
        self._fit()
        if in_view:
            self._reveal(self._cursor)
        self._ask()

    def on_focus(self) -> None:
        """Show the cursor as the one keys act on."""
        self._refresh_rows(self._cursor, 1)

    def on_blur(self) -> None:
        """Show the cursor as one that keys do not act on."""
        self._refresh_rows(self._cursor, 1)

    def notify_style_update(self) -> None:
        """Drop what was painted in the old styles."""
        super().notify_style_update()
        self._palette = None
        self._strips.clear()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for what came into view, and for what lies ahead when the movement was a small one."""
        super().watch_scroll_y(old_value, new_value)
        moved = round(new_value) - round(old_value)
        if moved:
            self._heading = (moved > 0) - (moved < 0) if abs(moved) <= self._shown.paging.pages.size else 0
            self._ask()

    def render_line(self, y: int) -> Strip:
        """Paint line `y` of the widget: the header, a row, or what stands in for it."""
        layout, palette = self._layout, self._styles()
        scroll = self.scroll_offset
        if y < HEADER:
            return layout.window(header_strip(layout, palette, self._latest.sort), scroll.x)
        index = scroll.y + y - HEADER
        if self._shown.empty:
            return self._empty_line(y - HEADER)
        if index >= self.total:
            return Strip.blank(layout.viewport, palette.row)
        return layout.window(self._row_line(index, palette), scroll.x)

    # How it is done

    @property
    def _latest(self) -> Generation:
        return self._coming or self._shown

    @property
    def _body_height(self) -> int:
        return max(1, self.scrollable_content_region.height - HEADER)

    def _current(self, generation: int) -> Generation | None:
        return self._latest if generation == self._latest.number else None

    def _row(self, index: int) -> Row | None:
        return self._shown.paging.pages.row(index) if index < self.total else None

    def _arrive(self) -> None:
        view = self._coming
        if view is None or not view.ready:
            return
        top = self._landing(view)
        self._shown, self._coming, self._stale, self._heading = view, None, False, 0
        if self._dimmer is not None:
            self._dimmer.stop()
            self._dimmer = None
        self._strips.clear()
        self._told = None
        self._fit()
        self._scroll_to_line(top)
        self._put_cursor(view.target)
        self.refresh()

    def _landing(self, view: Generation) -> int:
        """Return the top line that leaves the cursor on the line of the screen where it is now."""
        line, height = self._cursor - self.scroll_offset.y, self._body_height
        if not 0 <= line < height:
            line = height // 2
        return max(0, view.target - line)

    def _dim(self) -> None:
        self._dimmer = None
        self._stale = True
        self.refresh()

    def _fit(self) -> None:
        columns, width = self._shown.columns or self._latest.columns, self.scrollable_content_region.width
        if columns != self._layout.columns or width != self._layout.viewport:
            self._layout = Layout(columns, width)
            self._strips.clear()
            self.refresh()
        self.virtual_size = Size(self._layout.needed, self.total + HEADER)

    def _put_cursor(self, index: int) -> None:
        index = max(0, min(index, self.total - 1))
        before, self._cursor = self._cursor, index
        self._reveal(index)
        for line in {before, index}:
            self._refresh_rows(line, 1)
        self._tell()
        self._ask()

    def _tell(self) -> None:
        now = (self.cursor_id, self._cursor)
        if now != self._told:
            self._told = now
            self.post_message(say.CursorMoved(self, *now))

    def _reveal(self, index: int) -> None:
        top, height = self.scroll_offset.y, self._body_height
        if index < top:
            self._scroll_to_line(index)
        elif index >= top + height:
            self._scroll_to_line(index - height + 1)

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=max(0, line), animate=False, force=True)

    def _refresh_rows(self, index: int, count: int) -> None:
        top = self.scroll_offset.y
        first, last = max(index, top), min(index + count, top + self._body_height)
        if first < last:
            self.refresh(Region(0, first - top + HEADER, self._layout.viewport, last - first))

    def _ask(self) -> None:
        if not self._asking:
            self._asking = self.call_later(self._ask_now)

    def _ask_now(self) -> None:
        self._asking = False
        view = self._latest
        if not view.located or not view.number:
            return
        top = self._landing(view) if view is self._coming else self.scroll_offset.y
        pages = view.paging.wanted(top, top + self._body_height - 1, self._heading)
        if pages:
            view.paging.ask(pages)
            self.post_message(say.PagesWanted(self, view.number, pages))

    def _styles(self) -> Palette:
        if self._palette is None:
            self._palette = Palette(
                row=self._style("row"),
                cursor=self._style("cursor"),
                cursor_blurred=self._style("cursor-blurred"),
                mark=self._style("mark", partial=True),
                header=self._style("header"),
                header_sorted=self._style("header-sorted"),
                faint=self._style("faint", partial=True),
                empty=self._style("empty"),
            )
        return self._palette

    def _style(self, name: str, *, partial: bool = False) -> Style:
        return self.get_component_rich_style(f"record-table--{name}", partial=partial)

    def _row_line(self, index: int, palette: Palette) -> Strip:
        cursor = index == self._cursor
        row = self._row(index)
        if row is None:
            return missing_strip(self._layout, palette, Look(cursor, self.has_focus))
        look = Look(cursor, cursor and self.has_focus, row[0] in self._marked, self._stale)
        key = (row[0], self._shown.paging.pages.version(index), look)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = row_strip(row[1], self._layout, palette, look)
        return strip

    def _empty_line(self, y: int) -> Strip:
        lines = self.empty_text.splitlines()
        place = y - max(0, (self._body_height - len(lines)) // 2)
        text = lines[place] if 0 <= place < len(lines) else ""
        return centred_strip(text, self._layout.viewport, self._styles().empty)
