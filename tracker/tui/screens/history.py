"""What was changed, by whom and why: the actions, newest first, and the fields that the chosen one changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from tracker.model.kinds import BY_NAME
from tracker.store.database import Reader
from tracker.tui.commands.registry import bindings

if TYPE_CHECKING:
    from tracker.store.history import ActionRow

AT_ONCE = 300
"""Actions read at a time; a list widget is quick up to about so many."""
_OLDER = "older"


class HistoryScreen(Screen[None]):
    """The history of the whole database, or of one record."""

    HELP = (
        "Every action with its moment, who did it, and why. Below the list stands what the action under the cursor "
        "changed, old → new. Undo takes back your own newest action, wherever the cursor is. Enter opens the record."
    )
    DEFAULT_CSS = """
    HistoryScreen #head { height: 1; background: $surface; padding: 0 1; text-style: bold; }
    HistoryScreen OptionList, HistoryScreen OptionList:focus {
        height: 2fr; border: none; padding: 0 1; background: $background; background-tint: transparent;
        scrollbar-size-vertical: 1;
    }
    HistoryScreen OptionList > .option-list--option-highlighted { background: $primary 30%; color: $foreground; }
    HistoryScreen #changes { height: 1fr; min-height: 4; border-top: solid $panel; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("page"),
        Binding("j", "move(1)", "Down", show=False, id="history.down", tooltip="To the action before"),
        Binding("k", "move(-1)", "Up", show=False, id="history.up", tooltip="To the action after"),
        Binding("r", "reload", "Reload", id="history.reload", tooltip="Read the history again"),
    ]

    def __init__(self, ref: str | None = None) -> None:
        super().__init__()
        self._of = ref
        self._limit = AT_ONCE
        self._rows: list[ActionRow] = []

    @property
    def ref(self) -> str | None:
        """The REF of the record whose history is shown; None for all."""
        return self._of

    @property
    def app_(self) -> Any:
        """The app, with its desk and its ways to other screens."""
        return self.app

    def compose(self) -> ComposeResult:
        """Heading, actions, changes, footer."""
        yield Static(Content(f"History of {self._of}" if self._of else "History"), id="head")
        yield OptionList(markup=False)
        with VerticalScroll(id="changes", can_focus=True):
            yield Static(id="detail")
        yield Footer(show_command_palette=True)

    def on_mount(self) -> None:
        """Read the newest actions."""
        self.query_one(OptionList).focus()
        self._read()

    def store_changed(self) -> None:
        """Read again; the cursor stays on its action."""
        self._read()

    def action_reload(self) -> None:
        """Read again."""
        self._read()

    def _read(self) -> None:
        self.app_.desk.read("history", partial(_actions, self._limit, self._of), self._show)

    def _show(self, rows: list[ActionRow]) -> None:
        actions = self.query_one(OptionList)
        chosen = self._chosen()
        self._rows = rows
        from tracker.tui.render.changes import prompt

        options = [Option(prompt(row), id=f"a{row.id}") for row in rows]
        if len(rows) >= self._limit:
            options.append(Option(Content.styled("older …", "$text-muted"), id=_OLDER))
        if not rows:
            options.append(Option(Content.styled("Nothing has been changed yet.", "$text-muted"), disabled=True))
        actions.set_options(options)
        kept = next((place for place, row in enumerate(rows) if chosen and row.id == chosen.id), 0)
        actions.highlighted = kept if rows else None
        self._show_changes()

    def _chosen(self) -> ActionRow | None:
        place = self.query_one(OptionList).highlighted
        return self._rows[place] if place is not None and place < len(self._rows) else None

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show_changes()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the changes out for another width."""
        self.call_after_refresh(self._show_changes)

    def _show_changes(self) -> None:
        from tracker.tui.render.changes import changes

        row = self._chosen()
        width = max(20, self.size.width - 4)
        self.query_one("#detail", Static).update(changes(row, width) if row else "")
        self.query_one("#changes").scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id == _OLDER:
            self._limit += AT_ONCE
            self._read()
        elif (row := self._chosen()) is not None:
            self.app_.desk.read("history", partial(_owner, row), self._open)

    def _open(self, found: tuple[str, int] | str) -> None:
        if isinstance(found, str):
            self.app_.notify(found, severity="warning", markup=False)
        else:
            self.app_.open_record(*found)

    def action_move(self, step: int) -> None:
        """Move by one action."""
        actions = self.query_one(OptionList)
        (actions.action_cursor_down if step > 0 else actions.action_cursor_up)()

    def action_go_back(self) -> None:
        """Go back."""
        self.dismiss()


def _actions(limit: int, ref: str | None, reader: Reader) -> list[ActionRow]:
    from tracker.store.history import actions

    return actions(reader, limit, ref)


def _owner(row: ActionRow, reader: Reader) -> tuple[str, int] | str:
    """The record with a page that an action was about: the one it changed, or the one that hangs on; else why not."""
    from tracker.store.lookup import record
    from tracker.tui.screens.pages import PAGED

    for changed in row.changes:
        if changed["kind"] in PAGED:
            return changed["kind"], changed["id"]
        held = record(reader, BY_NAME[changed["kind"]], changed["id"]) or {}
        for owner in PAGED:
            if held.get(f"{owner}_id") is not None:
                return owner, held[f"{owner}_id"]
    return "This action changed no record that has a page."
