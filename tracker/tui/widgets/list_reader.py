"""How a list gets its rows: first page at once, exact count beside it, any page on demand; stale answers dropped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from tracker.errors import TrackerError
from tracker.model.fields import Kind
from tracker.store.database import Reader
from tracker.tui.desk import Desk
from tracker.tui.widgets.page_cache import Row
from tracker.tui.widgets.record_table import RecordTable, TableColumn

if TYPE_CHECKING:
    from tracker.store.views import Browser, View

PAGE = 100

Pages = tuple["Browser", int, list[tuple[int, list[Row]]]]


class ListReader:
    """Feeds one table from one view after the other.

    Pages and places come over one reading lane; the count, which may take long, over another, on the same browser.
    """

    def __init__(self, desk: Desk, table: RecordTable, name: str, counted: Callable[[int], None]) -> None:
        self._desk = desk
        self._table = table
        self._name = name
        self._counted = counted
        self._view: View | None = None
        self._browser: Browser | None = None
        self._browsing = 0
        self._counting = 0

    def show(self, view: View, generation: int, keep: int | None) -> None:
        """Start on a new view, whose table generation is `generation`; `keep` is to stay under the cursor."""
        self._view = view
        if keep is None:
            return

        def located(found: tuple[Browser, int | None]) -> None:
            self._table.locate(generation, keep, found[1])

        work = partial(self._locate, view, generation, keep)
        self._desk.read(f"{self._name}.pages", work, located, partial(self._not_located, generation, keep))

    def supply(self, generation: int, pages: tuple[int, ...]) -> None:
        """Read pages for the table; it is told when they do not come."""
        # A request of an older view must not displace what the newer one waits for on the same lane.
        if self._view is not None and generation == self._table.generation:
            work = partial(self._read_pages, self._view, generation, pages)
            self._desk.read(f"{self._name}.pages", work, self._put, partial(self._failed, generation))

    def _open(self, reader: Reader, view: View, generation: int) -> Browser:
        """The browser of this generation; only the lane of pages calls this."""
        from tracker.store.views import Browser

        if self._browser is None or self._browsing != generation:
            self._browser, self._browsing = Browser(reader, view), generation
        return self._browser

    def _read_pages(self, view: View, generation: int, pages: tuple[int, ...], reader: Reader) -> Pages:
        browser = self._open(reader, view, generation)
        return browser, generation, [(page, browser.page(page * PAGE, PAGE)) for page in pages]

    def _put(self, read: Pages) -> None:
        browser, generation, pages = read
        for page, rows in pages:
            self._table.supply(generation, page, rows)
            if page == 0 and len(rows) < PAGE:
                self._total(generation, len(rows))
        if self._counting != generation:
            self._counting = generation
            self._desk.read(
                f"{self._name}.count", partial(_count, browser), partial(self._prepare, browser, generation)
            )

    def _prepare(self, browser: Browser, generation: int, total: int) -> None:
        """With the count known, pack the ids of the list, so that a jump to any depth is a matter of milliseconds."""
        self._total(generation, total)
        if generation == self._table.generation:
            self._desk.read(f"{self._name}.count", partial(_prepare, browser), lambda _: None)

    def _total(self, generation: int, total: int) -> None:
        self._counting = generation
        self._table.set_total(generation, total, exact=True)
        if generation == self._table.generation:
            self._counted(total)

    def _locate(self, view: View, generation: int, keep: int, reader: Reader) -> tuple[Browser, int | None]:
        browser = self._open(reader, view, generation)
        return browser, browser.locate(keep)

    def _not_located(self, generation: int, keep: int, error: TrackerError) -> None:
        self._table.locate(generation, keep, None)

    def _failed(self, generation: int, error: TrackerError) -> None:
        self._table.release(generation)
        self._desk.report(error)


def _count(browser: Browser, reader: Reader) -> int:
    return browser.count(reader=reader)


def _prepare(browser: Browser, reader: Reader) -> int:
    return browser.prepare(reader=reader)


def table_columns(kind: Kind, names: tuple[str, ...]) -> list[TableColumn]:
    """The table's columns for the list columns named."""
    from tracker.store.columns import column

    found: list[Any] = [column(kind, name) for name in names]
    return [TableColumn(c.name, c.label, c.width, c.justify, c.flex, bool(c.sort)) for c in found]
