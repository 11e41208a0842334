"""A table of any number of records, to move about in, mark, sort and open."""

from typing import ClassVar, TypeAlias

from textual import events
from textual.binding import Binding, BindingType

from tracker.tui.widgets import table_messages as say
from tracker.tui.widgets.page_cache import Row
from tracker.tui.widgets.paged_table import HEADER, PagedTable
from tracker.tui.widgets.table_lines import GUTTER, TableColumn

__all__ = ["RecordTable", "Row", "TableColumn"]

_MOVE = Binding.Group("Move", compact=True)


class RecordTable(PagedTable, can_focus=True, inherit_bindings=False):
    """A table with a cursor, marks and a sort order, for keyboard and mouse; its rows come as `PagedTable` says."""

    PagesWanted: TypeAlias = say.PagesWanted
    CursorMoved: TypeAlias = say.CursorMoved
    Opened: TypeAlias = say.Opened
    SortRequested: TypeAlias = say.SortRequested
    Marked: TypeAlias = say.Marked
    BINDING_GROUP_TITLE = "Table"
    HELP = """\
One line is one record. The bar ▌ is the cursor, ● a marked record, – an unknown value, · a line on its way.

Enter or a double click opens the record. Space marks it; what acts on many records acts on the marked ones.
A click on a column's label sorts by it, a second one turns the order round; ▲ is upwards, ▼ downwards.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="table.open", tooltip="Open the record under the cursor"),
        Binding("space,x", "mark", "Mark", id="table.mark", tooltip="Mark or unmark the record under the cursor"),
        Binding("s", "sort", "Sort", id="table.sort", tooltip="Turn the order of the sorted column round"),
        Binding("less_than_sign", "sort_next(-1)", "Sort by column to the left", show=False, id="table.sort-left",
                tooltip="Sort by the column to the left of the sorted one"),
        Binding("greater_than_sign", "sort_next(1)", "Sort by column to the right", show=False, id="table.sort-right",
                tooltip="Sort by the column to the right of the sorted one"),
        Binding("down,j", "step(1)", "Down", show=False, id="table.down", tooltip="One line down", group=_MOVE),
        Binding("up,k", "step(-1)", "Up", show=False, id="table.up", tooltip="One line up", group=_MOVE),
        Binding("pagedown", "page(2)", "Page down", show=False, id="table.page-down",
                tooltip="One screen down", group=_MOVE),
        Binding("pageup", "page(-2)", "Page up", show=False, id="table.page-up", tooltip="One screen up", group=_MOVE),
        Binding("ctrl+d", "page(1)", "Half page down", show=False, id="table.half-down",
                tooltip="Half a screen down", group=_MOVE),
        Binding("ctrl+u", "page(-1)", "Half page up", show=False, id="table.half-up",
                tooltip="Half a screen up", group=_MOVE),
        Binding("home,g", "first", "First", show=False, id="table.first", tooltip="To the first record", group=_MOVE),
        Binding("end,G", "last", "Last", show=False, id="table.last", tooltip="To the last record", group=_MOVE),
        Binding("left,h", "across(-1)", "Left", show=False, id="table.left",
                tooltip="Show the columns to the left", group=_MOVE),
        Binding("right,l", "across(1)", "Right", show=False, id="table.right",
                tooltip="Show the columns to the right", group=_MOVE),
    ]  # fmt: skip

    def clear_marks(self) -> None:
        """Unmark every record."""
        if self._marked:
            self._marked.clear()
            self.refresh()
            self.post_message(self.Marked(self, self.marked))

    def action_step(self, lines: int) -> None:
        """Move the cursor by some lines, downwards when positive."""
        self._put_cursor(self._cursor + lines)

    def action_page(self, halves: int) -> None:
        """Move the cursor and the view by some half screens."""
        lines = int(halves * self._body_height / 2) or halves
        self._scroll_to_line(self.scroll_offset.y + lines)
        self._put_cursor(self._cursor + lines)

    def action_first(self) -> None:
        """Move the cursor to the first line."""
        self._put_cursor(0)

    def action_last(self) -> None:
        """Move the cursor to the last line."""
        self._put_cursor(self.total - 1)

    def action_across(self, columns: int) -> None:
        """Bring the next column to the left edge, or the one before."""
        at = self.scroll_offset.x
        edges = [start - GUTTER for start in self._layout.starts]
        further = [edge for edge in edges if (edge > at if columns > 0 else edge < at)]
        if further:
            self.scroll_to(x=min(further) if columns > 0 else max(further), animate=False, force=True)

    def action_open(self) -> None:
        """Open the record under the cursor."""
        record_id = self.cursor_id
        if record_id is not None:
            self.post_message(self.Opened(self, record_id))

    def action_mark(self) -> None:
        """Mark the record under the cursor, or unmark it."""
        record_id = self.cursor_id
        if record_id is not None:
            self._marked ^= {record_id}
            self._refresh_rows(self._cursor, 1)
            self.post_message(self.Marked(self, self.marked))

    def action_sort(self, column_name: str = "") -> None:
        """Ask for the rows to be sorted by a column; by the one they are sorted by when none is named."""
        sort = self._latest.sort
        sortable = [column.name for column in self._latest.columns if column.sortable]
        name = column_name or (sort[0] if sort else next(iter(sortable), ""))
        if name in sortable:
            self.post_message(self.SortRequested(self, name))

    def action_sort_next(self, step: int) -> None:
        """Ask for the rows to be sorted by the sortable column `step` places to the right of the present one."""
        sort = self._latest.sort
        sortable = [column.name for column in self._latest.columns if column.sortable]
        if sort is None or sort[0] not in sortable:
            self.action_sort()
        else:
            self.action_sort(sortable[(sortable.index(sort[0]) + step) % len(sortable)])

    def on_click(self, event: events.Click) -> None:
        """Sort by a label, move to a line, open it at the second click."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if offset.y < HEADER:
            x = offset.x + (self.scroll_offset.x if offset.x >= GUTTER else 0)
            column = self._layout.column_at(x)
            if column is not None:
                self.action_sort(column.name)
            return
        index = self.scroll_offset.y + offset.y - HEADER
        if index >= self.total:
            return
        self._put_cursor(index)
        if event.chain == 2:
            self.action_open()
