"""Which pages of a long list are in memory, which are on their way, and which to ask for next."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.tui.widgets.table_lines import TableColumn

Row = tuple[int, tuple[str, ...]]
"""A record's id and its cells, in the order of the columns."""

PAGE_SIZE = 100
CAPACITY = 32


class PageCache:
    """The pages last looked at; the one not looked at for longest gives way to a new one."""

    def __init__(self, capacity: int = CAPACITY, size: int = PAGE_SIZE) -> None:
        """Hold at most `capacity` pages of `size` rows each."""
        self.capacity = capacity
        self.size = size
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._versions: dict[int, int] = {}
        self._stamp = 0

    def __len__(self) -> int:
        return len(self._pages)

    def __contains__(self, page: int) -> bool:
        return page in self._pages

    def put(self, page: int, rows: Sequence[Row]) -> None:
        """Keep `rows` as page number `page` (from 0), in place of what was there."""
        self._pages[page] = tuple(rows[: self.size])
        self._pages.move_to_end(page)
        self._stamp += 1
        self._versions[page] = self._stamp
        while len(self._pages) > self.capacity:
            gone, _ = self._pages.popitem(last=False)
            del self._versions[gone]

    def row(self, index: int) -> Row | None:
        """Return row number `index` (from 0) of the whole list, or None when its page is not in memory."""
        page, place = divmod(index, self.size)
        rows = self._pages.get(page)
        if rows is None or place >= len(rows):
            return None
        self._pages.move_to_end(page)
        return rows[place]

    def version(self, index: int) -> int:
        """Return a number that changes whenever the page holding row `index` is put anew; 0 when it is absent."""
        return self._versions.get(index // self.size, 0)


class Paging:
    """One list, known in part: its length as far as it is known, its pages, and the one batch asked for."""

    def __init__(self, capacity: int = CAPACITY, size: int = PAGE_SIZE) -> None:
        """Start knowing nothing; `capacity` pages of `size` rows are kept."""
        self.pages = PageCache(capacity, size)
        self.total: int | None = None
        self.exact = False
        self._seen = 0
        self._asked: set[int] = set()

    @property
    def length(self) -> int:
        """How many rows can be shown: the exact total, or else the highest number known to exist."""
        if self.exact and self.total is not None:
            return self.total
        return max(self.total or 0, self._seen)

    @property
    def waiting(self) -> bool:
        """Whether a batch has been asked for and not yet wholly answered."""
        return bool(self._asked)

    def set_total(self, total: int, exact: bool) -> None:
        """Note that the list has `total` rows, or, when not `exact`, at least so many."""
        self.total = max(0, total)
        self.exact = exact

    def reach(self, index: int) -> None:
        """Note that a row number `index` exists, though it has not been seen yet."""
        self._seen = max(self._seen, index + 1)

    def put(self, page: int, rows: Sequence[Row]) -> None:
        """Keep a page that came, asked for or not."""
        self.pages.put(page, rows)
        self._asked.discard(page)
        if rows:
            self.reach(page * self.pages.size + min(len(rows), self.pages.size) - 1)

    def wanted(self, first: int, last: int, heading: int) -> tuple[int, ...]:
        """Return the missing pages of rows `first` to `last`, then the next one in the direction of `heading`.

        `heading` is the sign of the last movement, 0 for none. While a batch is on its way nothing more is wanted.
        """
        if self._asked or (self.exact and not self.length):
            return ()
        size = self.pages.size
        low, high = max(0, first) // size, self._last_page(last)
        ahead = {1: [high + 1], -1: [low - 1]}.get(heading, [])
        candidates = [*range(low, high + 1), *(page for page in ahead if 0 <= page <= self._last_page(page * size))]
        return tuple(page for page in candidates if page not in self.pages)

    def ask(self, pages: Sequence[int]) -> None:
        """Note that `pages` have been asked for."""
        self._asked = set(pages)

    def release(self) -> None:
        """Forget the batch on its way: it will not be answered."""
        self._asked.clear()

    def _last_page(self, index: int) -> int:
        page = max(0, index) // self.pages.size
        if self.exact:
            return min(page, max(0, self.length - 1) // self.pages.size)
        return page


class Generation:
    """One question and what is known of its answer; `goal` is the line (from 0) the cursor is to go to."""

    def __init__(
        self, number: int, columns: Sequence["TableColumn"], sort: tuple[str, bool] | None, keep: int | None
    ) -> None:
        """Open generation `number`; with `keep`, a record's id, nothing is shown until the record is located."""
        self.number = number
        self.columns = tuple(columns)
        self.sort = sort
        self.keep = keep
        self.located = keep is None
        self.goal = 0
        self.paging = Paging()

    @property
    def empty(self) -> bool:
        """Whether it is known that there is no row at all."""
        return self.paging.total == 0 and self.paging.length == 0

    @property
    def target(self) -> int:
        """The line the cursor is to go to, no further than the last one."""
        return min(self.goal, max(0, self.paging.length - 1)) if self.paging.total is not None else self.goal

    @property
    def ready(self) -> bool:
        """Whether enough is known to take the place of what was shown before: no rows, or the page of the target."""
        if self.empty or not self.located:
            return self.empty
        pages = self.paging.pages
        here = pages.row(self.target) is not None
        return here or (self.paging.total is not None and self.target // pages.size in pages)
