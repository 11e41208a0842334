"""What a table of records says to whoever holds it."""

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from tracker.tui.widgets.paged_table import PagedTable


class TableMessage(Message):
    """Something a table says of itself; `control` lets `@on(..., selector)` tell tables apart."""

    def __init__(self, table: "PagedTable") -> None:
        """Speak for `table`."""
        super().__init__()
        self.table = table

    @property
    def control(self) -> "PagedTable":
        """The table that speaks."""
        return self.table


class PagesWanted(TableMessage, namespace="record_table"):
    """These pages are in view, or soon will be, and are lacking; the most pressing comes first."""

    def __init__(self, table: "PagedTable", generation: int, pages: tuple[int, ...]) -> None:
        """Ask for `pages` (numbered from 0, of 100 rows each) of `generation`."""
        super().__init__(table)
        self.generation = generation
        self.pages = pages


class CursorMoved(TableMessage, namespace="record_table"):
    """The cursor is on another record or line; `record_id` is None while the line has not come."""

    def __init__(self, table: "PagedTable", record_id: int | None, index: int) -> None:
        """Name the record and its line (from 0)."""
        super().__init__(table)
        self.record_id = record_id
        self.index = index


class Opened(TableMessage, namespace="record_table"):
    """A record is to be opened."""

    def __init__(self, table: "PagedTable", record_id: int) -> None:
        """Name the record."""
        super().__init__(table)
        self.record_id = record_id


class SortRequested(TableMessage, namespace="record_table"):
    """The rows are to be sorted by a column, or turned round when they already are."""

    def __init__(self, table: "PagedTable", column_name: str) -> None:
        """Name the column."""
        super().__init__(table)
        self.column_name = column_name


class Marked(TableMessage, namespace="record_table"):
    """The set of marked records has changed."""

    def __init__(self, table: "PagedTable", marked: frozenset[int]) -> None:
        """Give the ids of all marked records."""
        super().__init__(table)
        self.marked = marked
