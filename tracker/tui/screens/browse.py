"""The lists: incidents, actors, statements and sources, each with filter, table and preview."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Footer, Input, Static

from tracker.model.kinds import ACTOR, BY_NAME, INCIDENT, SOURCE, STATEMENT
from tracker.store.database import Reader
from tracker.tui.commands.registry import bindings
from tracker.tui.widgets.kind_pane import KindPane
from tracker.tui.widgets.record_table import RecordTable
from tracker.tui.widgets.top_bar import ListTab, TopBar

LISTS = (INCIDENT, ACTOR, STATEMENT, SOURCE)
SMALLEST = (60, 15)
"""Columns and lines below which there is no room for a list."""


class BrowseScreen(Screen[None]):
    """The first screen."""

    HELP = (
        "Type / and a filter; the list follows as you type. Enter opens the record under the cursor. "
        "A filter is words, or field:value; put - before what is not wanted. “tracker fields” lists the fields."
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("browse", "records")

    _ready = False
    """Whether the lists are there; a key that comes before is not for anything yet."""

    def __init__(self) -> None:
        super().__init__()
        self._totals: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        """The top line, one pane a list, the footer, and what is shown when the terminal is too small."""
        app: Any = self.app
        yield TopBar(app.database.shown if not app.example else "example case · nothing here is kept", LISTS)
        # The other lists, and the footer, come when there is time: the first rows must not wait for them.
        with ContentSwitcher(initial=f"pane-{self._first}"):
            yield KindPane(BY_NAME[self._first])
        yield Static(Content(f"The screen needs {SMALLEST[0]} × {SMALLEST[1]}; make the terminal larger."), id="small")

    @property
    def app_(self) -> Any:
        """The app, with its desk and state."""
        return self.app

    @property
    def _first(self) -> str:
        """The list that was in view last."""
        wanted = self.app_.state.get("list", INCIDENT.name)
        return wanted if wanted in {kind.name for kind in LISTS} else INCIDENT.name

    @property
    def pane(self) -> KindPane:
        """The list in view."""
        current = self.query_one(ContentSwitcher).current or f"pane-{self._first}"
        return self.query_one(f"#{current}", KindPane)

    def on_mount(self) -> None:
        """Show the list that was in view last, and count all of them once its rows are asked for."""
        self._ready = True
        self.query_one(TopBar).activate(self._first)
        self.call_after_refresh(self._count)

    def _count(self) -> None:
        self.app_.desk.read("totals", _totals, self._counted)
        self.app_.desk.read("drafts", lambda _: _pending(self.app_.database.shown), self._offer_drafts)

    def _counted(self, totals: dict[str, int]) -> None:
        self._totals = totals
        if not self.query(Footer):
            self.mount(Footer(show_command_palette=True))
            # A footer that comes late is told of the keys only when these change.
            self.call_after_refresh(self.refresh_bindings)
        self.query_one(TopBar).show_counts(totals)
        for pane in self.query(KindPane):
            pane.set_total(totals.get(pane.kind.name, 0))
        if not any(totals.get(kind.name) for kind in LISTS) and not self.app_.state.get("welcomed", False):
            from tracker.tui.screens.welcome import WelcomeScreen

            self.app_.push_screen(WelcomeScreen())

    def _offer_drafts(self, drafts: list[Any]) -> None:
        if drafts:
            from tracker.tui.screens.welcome import offer_drafts

            offer_drafts(self.app_, drafts)

    async def show_list(self, kind: str) -> None:
        """Bring a list into view; it is made when it is first asked for, and there when the next key is dealt with."""
        switcher = self.query_one(ContentSwitcher)
        self.query_one(TopBar).activate(kind)
        self.app_.state.set("list", kind)
        if not switcher.query(f"#pane-{kind}"):
            pane = KindPane(BY_NAME[kind])
            pane.total = self._totals.get(kind)
            await switcher.add_content(pane, set_current=True)
            return
        switcher.current = f"pane-{kind}"
        self.pane.start()
        self.pane.table.focus()

    def store_changed(self) -> None:
        """Read everything in view again; lists out of view read when they come into view."""
        for pane in self.query(KindPane):
            if pane is self.pane:
                pane.reload()
            else:
                pane.outdated()
        self.app_.desk.read("totals", _totals, self._counted)

    @on(ListTab.Chosen)
    async def _chosen(self, event: ListTab.Chosen) -> None:
        await self.show_list(event.kind)

    @on(RecordTable.Opened)
    def _opened(self, event: RecordTable.Opened) -> None:
        self.app_.open_record(self.pane.kind.name, event.record_id)

    def on_resize(self, event: events.Resize) -> None:
        """Say so when there is no room."""
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-tiny")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters belong to the filter while one types there; merging is for actors, reading for sources."""
        if not self._ready or (action in {"open_filter", "add_record"} and self.app_.typing):
            return False
        if action == "merge_actors":
            return self.pane.kind is ACTOR
        if action == "open_reader":
            return self.pane.kind is SOURCE
        return super().check_action(action, parameters)

    def _chosen_id(self) -> int | None:
        return self.pane.table.cursor_id

    # Commands

    def action_open_filter(self) -> None:
        """Go to the filter."""
        self.set_focus(self.pane.query_one(Input))

    def action_add_record(self) -> None:
        """Log a record of the kind in view."""
        self.app_.open_form(self.pane.kind.name)

    def action_edit_record(self) -> None:
        """Edit the record under the cursor."""
        if (record_id := self._chosen_id()) is not None:
            self.app_.open_form(self.pane.kind.name, id=record_id)

    def action_delete_record(self) -> None:
        """Delete the marked records, or the one under the cursor."""
        marked = sorted(self.pane.table.marked)
        ids = marked or [record_id for record_id in [self._chosen_id()] if record_id is not None]
        if ids:
            from tracker.tui.screens.deleting import delete

            delete(self.app_, self.pane.kind, ids, self.pane.table.clear_marks)

    def action_link_record(self) -> None:
        """Link the record under the cursor."""
        if (record_id := self._chosen_id()) is not None:
            from tracker.tui.screens.link import LinkForm

            self.app_.push_screen(LinkForm(self.pane.kind.name, record_id), self.app_.written)

    def action_merge_actors(self) -> None:
        """Merge another actor into the one under the cursor."""
        if (record_id := self._chosen_id()) is not None:
            from tracker.tui.screens.dialogs import MergeDialog

            self.app_.push_screen(MergeDialog(record_id), self.app_.written)

    def action_choose_columns(self) -> None:
        """Choose the columns of the list."""
        from tracker.tui.screens.columns import ColumnChooser

        pane = self.pane
        self.app_.push_screen(ColumnChooser(pane.kind), lambda chosen: pane.reload() if chosen else None)

    def action_toggle_preview(self) -> None:
        """Show or hide the preview."""
        self.pane.toggle_preview()

    async def action_next_tab(self, step: int = 1) -> None:
        """Go to the next list."""
        names = [kind.name for kind in LISTS]
        await self.show_list(names[(names.index(self.pane.kind.name) + step) % len(names)])

    async def action_previous_tab(self) -> None:
        """Go to the list before."""
        await self.action_next_tab(-1)

    def action_reload(self) -> None:
        """Read the list again."""
        self.store_changed()

    def action_copy_citation(self) -> None:
        """Copy the record under the cursor as a citation."""
        if (record_id := self._chosen_id()) is not None:
            from tracker.tui.screens.copying import copy_citation

            copy_citation(self.app_, self.pane.kind.name, record_id)

    def action_open_reader(self) -> None:
        """Read the source under the cursor beside what is suggested from it."""
        if (record_id := self._chosen_id()) is not None:
            from tracker.tui.reader.screen import ReaderScreen

            self.app_.push_screen(ReaderScreen(record_id))


def _totals(reader: Reader) -> dict[str, int]:
    from tracker.store.views import totals

    return totals(reader)


def _pending(address: str) -> list[Any]:
    from tracker.tui.drafts import pending

    return list(pending(address))


__all__ = ["LISTS", "BrowseScreen"]
