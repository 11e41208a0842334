"""One list: the filter bar, the table of records and the preview of the one under the cursor."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from tracker import clock
from tracker.errors import FilterError
from tracker.model.fields import Kind
from tracker.tui.reading import read_card
from tracker.tui.safe import label
from tracker.tui.widgets.list_reader import ListReader, table_columns
from tracker.tui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from tracker.store.query import Filter
    from tracker.store.views import View

TYPING_PAUSE = 0.12
"""Seconds of quiet before a filter that is being typed is run."""
CURSOR_PAUSE = 0.05
NARROW = 100
"""Columns below which the preview gives way to the table."""

_EXAMPLES = {
    "incident": "rocket category:rocket* date:2019-12 actor:… killed:unknown",
    "actor": "hezbollah kind:armed_group country:IRQ",
    "statement": 'speaker:"…" kind:threaten said:2019-12',
    "source": "publisher:… published:2019-12",
}


class KindPane(Vertical):
    """Browses the records of one kind."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(id=f"pane-{kind.name}")
        self.kind = kind
        self.total: int | None = None
        self._filter: Filter | None = None
        self._sort: tuple[str, bool] | None = None
        self._timer: Timer | None = None
        self._preview_timer: Timer | None = None
        self._previewed: int | None = None
        self._matching = 0
        self._started = False
        self._typed_at = 0.0

    def compose(self) -> ComposeResult:
        """The filter bar, the table, the preview."""
        with Horizontal(id="bar"):
            yield Static(Content("/"), id="slash")
            yield Input(placeholder=_EXAMPLES.get(self.kind.name, ""), id="filter", select_on_focus=False)
            yield Static(id="said")
        yield Static(id="wrong")
        yield RecordTable(empty_text="")
        with VerticalScroll(id="preview", can_focus=True):
            yield Static(id="card")

    @property
    def app_(self) -> Any:
        """The app, with its desk and state."""
        return self.app

    @property
    def table(self) -> RecordTable:
        """The table."""
        return self.query_one(RecordTable)

    @property
    def filter_text(self) -> str:
        """The filter as typed."""
        return self.query_one(Input).value

    def on_mount(self) -> None:
        """Remember how the list was left, and read it."""
        state = self.app_.state
        self._reader = ListReader(self.app_.desk, self.table, self.kind.name, self._counted)
        sort = state.get(f"{self.kind.name}.sort", [])
        self._sort = (str(sort[0]), bool(sort[1])) if len(sort) == 2 else None
        self.set_class(not state.get("preview", True), "-no-preview")
        with self.prevent(Input.Changed):
            self.query_one(Input).value = state.get(f"{self.kind.name}.filter", "")
        self.start()
        self.table.focus()

    def set_total(self, total: int) -> None:
        """Take how many records there are without any filter."""
        self.total = total
        self._say()

    def outdated(self) -> None:
        """Have the list read again when it comes into view."""
        self._started = False

    def start(self) -> None:
        """Read the list, unless what it shows is up to date."""
        if not self._started:
            self._started = True
            self.reload()

    # Filter and sort

    def reload(self) -> None:
        """Read the list anew by the filter as typed; a filter that cannot be read leaves the rows as they are."""
        from tracker.exchange.asking import asked

        try:
            self._filter = asked(self.kind, self.filter_text, today=clock.today())
        except FilterError as error:
            self._show_wrong(str(error))
            return
        self._show_wrong("")
        view = self._view(self._filter)
        table = self.table
        table.empty_text = self._why_empty()
        keep = self.app_.take_written(self.kind.name) or table.cursor_id
        generation = table.begin(table_columns(self.kind, view.columns), view.sort, keep=keep)
        self._reader.show(view, generation, keep)

    def _view(self, found: Filter) -> View:
        from dataclasses import replace

        from tracker.store.columns import columns_of
        from tracker.store.views import View

        known = {column.name for column in columns_of(self.kind)}
        names = tuple(name for name in self.app_.state.get(f"{self.kind.name}.columns", []) if name in known)
        view = View(self.kind, found)
        if names:
            view = replace(view, columns=names)
        return replace(view, sort=self._sort) if self._sort and self._sort[0] in known else view

    def _show_wrong(self, sentence: str) -> None:
        wrong = self.query_one("#wrong", Static)
        wrong.update(label(sentence))
        wrong.set_class(bool(sentence), "-shown")
        self.query_one(Input).set_class(bool(sentence), "-wrong")

    def _why_empty(self) -> str:
        if self._filter is not None and not self._filter.empty:
            from tracker.exchange.asking import hint

            if said := hint(self._filter.text):
                return f"{said[:1].upper()}{said[1:]}."
            return f"No {self.kind.plural} fit this filter. Esc in the filter clears it."
        return f"No {self.kind.plural} yet. a logs the first one."

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        """Run at once what is typed after a pause; of a quick run of letters, only the last."""
        event.stop()
        quick = monotonic() - self._typed_at < TYPING_PAUSE
        self._typed_at = monotonic()
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if quick:
            self._timer = self.set_timer(TYPING_PAUSE, self._run_typed)
        else:
            self._run_typed()

    def _run_typed(self) -> None:
        self._timer = None
        self.app_.state.set(f"{self.kind.name}.filter", self.filter_text)
        # A mark out of view would have a command act on what nobody sees.
        self.table.clear_marks()
        self.reload()

    @on(Input.Submitted, "#filter")
    def _to_rows(self, event: Input.Submitted) -> None:
        event.stop()
        self.table.focus()

    def on_key(self, event: events.Key) -> None:
        """Esc clears the filter and goes to the rows, from the rows too; the down arrow goes there at once."""
        box = self.query_one(Input)
        if event.key == "escape" and (box.has_focus or (self.table.has_focus and box.value)):
            box.value = ""
        elif not (event.key == "down" and box.has_focus):
            return
        event.stop()
        event.prevent_default()
        self.table.focus()

    def _counted(self, count: int) -> None:
        self._matching = count
        # Of statements, a list without a filter leaves out those made from codes of datasets.
        if self.kind.name != "statement" and (self._filter is None or self._filter.empty):
            self.total = count
        self._say()

    def _say(self) -> None:
        told = self._filter.describe() if self._filter is not None and not self._filter.empty else ""
        apart = (self.total or 0) - self._matching if self.kind.name == "statement" and not told else 0
        if apart > 0:
            said = f"{self._matching:,} · {apart:,} from codes of datasets: mode:paraphrase"
            self.query_one("#said", Static).update(label(said))
            return
        whole = f" of {self.total:,}" if told and self.total is not None else ""
        self.query_one("#said", Static).update(label(f"{self._matching:,}{whole}{' · ' if told else ''}{told}"))

    @on(RecordTable.SortRequested)
    def _sorted(self, event: RecordTable.SortRequested) -> None:
        event.stop()
        current = self._view(self._filter).sort if self._filter is not None else None
        down = not current[1] if current and current[0] == event.column_name else False
        self._sort = (event.column_name, down)
        self.app_.state.set(f"{self.kind.name}.sort", list(self._sort))
        self.reload()

    @on(RecordTable.PagesWanted)
    def _pages(self, event: RecordTable.PagesWanted) -> None:
        event.stop()
        self._reader.supply(event.generation, event.pages)

    # Preview

    @on(RecordTable.CursorMoved)
    def _moved(self, event: RecordTable.CursorMoved) -> None:
        event.stop()
        if self._preview_timer is not None:
            self._preview_timer.stop()
        self._preview_timer = self.set_timer(CURSOR_PAUSE, self.show_preview)

    def show_preview(self) -> None:
        """Read and show the card of the record under the cursor, if the preview is in view."""
        record_id = self.table.cursor_id
        if not self.query_one("#preview").display:
            return
        if record_id is None:
            self.query_one("#card", Static).update("")
            return
        work = partial(read_card, self.kind.name, record_id)
        self.app_.desk.read("preview", work, partial(self._show_card, record_id))

    def _show_card(self, record_id: int, card: tuple[Any]) -> None:
        from tracker.tui.render import preview

        if card[0] is not None and record_id == self.table.cursor_id:
            width = max(40, self.size.width - 4)
            shown = self.query_one("#card", Static)
            shown.update(preview(card[0], width))
            # The first card may come before its place has a size; without this it stays one line high.
            self.call_after_refresh(shown.refresh, layout=True)
            if self._previewed != record_id:
                self.query_one("#preview").scroll_home(animate=False)
            self._previewed = record_id

    def toggle_preview(self) -> None:
        """Show or hide the preview, here and in the other lists."""
        wanted = self.has_class("-no-preview")
        self.app_.state.set("preview", wanted)
        for pane in self.screen.query(KindPane):
            pane.set_class(not wanted, "-no-preview")
        self.call_after_refresh(self.show_preview)

    def on_resize(self, event: events.Resize) -> None:
        """Below 100 columns or 18 lines the preview gives way to the table."""
        self.set_class(event.size.width < NARROW or event.size.height < 18, "-narrow")
        self.call_after_refresh(self.show_preview)
