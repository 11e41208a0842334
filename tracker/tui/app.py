"""The screen's composition root: themes, signals, the desk, and the way from one screen to the next."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from textual.app import ScreenStackError
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.filter import LineFilter
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, TextArea

from tracker.store.database import Database
from tracker.tui import crash, terminal
from tracker.tui.commands.palette import CommandProvider, RecordProvider
from tracker.tui.commands.registry import COMMANDS, bindings
from tracker.tui.desk import Answer, Desk
from tracker.tui.safe import Scrub
from tracker.tui.screens.browse import BrowseScreen
from tracker.tui.state import State
from tracker.tui.themes import DARK, THEMES
from tracker.tui.typeahead import TypeAheadApp

_COMMANDS = {command.action() for command in COMMANDS if command.scope == "everywhere"}


class TrackerApp(TypeAheadApp[int]):
    """The terminal screen on one database."""

    TITLE = "tracker"
    CSS_PATH = "styles.tcss"
    COMMANDS: ClassVar[set[Any]] = {CommandProvider, RecordProvider}
    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere")
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        database: Database,
        who: str,
        *,
        keys: dict[str, str] | None = None,
        theme: str = "",
        example: bool = False,
    ) -> None:
        """Open on `database`; `keys` gives commands other keys by their ids, `example` says that nothing is kept."""
        super().__init__()
        self.database = database
        self.who = who
        self.example = example
        self.state = State(database.shown, keep=not example)
        self.desk = Desk(self, database, who)
        self._scrub = Scrub()
        self._written = ("", 0)
        self._wanted_keys = keys or {}
        for known in THEMES:
            self.register_theme(known)
        wanted = theme or self.state.get("theme", DARK.name)
        self.theme = wanted if wanted in self.available_themes else DARK.name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, then ours: nothing that could steer the terminal gets past it."""
        return [*super().get_line_filters(), self._scrub]

    def get_default_screen(self) -> Screen[Any]:
        """The lists."""
        return BrowseScreen()

    def on_mount(self) -> None:
        """Take over signals and keys, and load what writing needs once the first rows are on the screen."""
        terminal.install_signals(lambda code: self.exit(return_code=code))
        from tracker.tui.commands.keymap import apply

        apply(self, self._wanted_keys)
        if self.state.notice:
            self.notify(self.state.notice, severity="warning", timeout=10, markup=False)
        self.set_timer(1.5, self._settled)

    def _settled(self) -> None:
        """The first rows are there: what start-up made is here to stay, and what writing needs can be loaded."""
        gc.freeze()
        gc.enable()
        self.desk.warm_up()

    def on_unmount(self) -> None:
        """Stop reading, finish writing, remember the screen."""
        terminal.remove_signals()
        self.state.set("theme", self.theme)
        self.state.save()
        self.desk.close()

    def on_answer(self, message: Answer) -> None:
        """Hand the outcome of work to whoever asked for it, unless they have left the screen since."""
        message.stop()
        with suppress(NoMatches, ScreenStackError):
            message.deliver()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys belong to a text field while it has the focus, and to a dialog while it is open."""
        if action in _COMMANDS and (self.typing or isinstance(self.screen, ModalScreen)):
            return False
        return super().check_action(action, parameters)

    @property
    def typing(self) -> bool:
        """Whether what has the focus takes letters."""
        return isinstance(self.focused, Input | TextArea)

    # The way from one screen to the next

    def open_record(self, kind: str, record_id: int) -> None:
        """Show the page of a record."""
        from tracker.tui.screens.pages import RecordPage

        self.push_screen(RecordPage(kind, record_id))

    def open_form(self, kind: str, *, id: int | None = None, values: dict[str, str] | None = None) -> None:
        """Show the form of a kind: to add a record, or to edit the one with `id`."""
        from tracker.tui.screens.form import RecordForm

        self.push_screen(RecordForm(kind, id=id, values=values), self.written)

    def changed(self) -> None:
        """Have every screen that shows records read them again."""
        for screen in self.screen_stack:
            reload: Callable[[], None] | None = getattr(screen, "store_changed", None)
            if reload is not None:
                reload()

    def written(self, saved: Any) -> None:
        """Say what a write came to, and show it everywhere; None when a form was left without saving."""
        if saved is not None:
            self._written = (saved.kind, saved.id)
            self.told(saved.sentence)

    def take_written(self, kind: str) -> int | None:
        """The record of this kind that was written last, once: a list puts its cursor on it."""
        written, self._written = self._written, ("", 0)
        return written[1] if written[0] == kind else None

    def told(self, sentence: str) -> None:
        """Say that records were written, and show them everywhere."""
        self.notify(sentence, markup=False)
        self.changed()

    def action_undo(self) -> None:
        """Take the last action back."""
        self.desk.write(lambda book: book.undo(), self.written)

    def action_redo(self) -> None:
        """Do again what undo took back."""
        self.desk.write(lambda book: book.redo(), self.written)

    def action_show_history(self) -> None:
        """Show what was changed; on a record's page, its own history."""
        from tracker.tui.screens.history import HistoryScreen

        self.push_screen(HistoryScreen(getattr(self.screen, "ref", None)))

    def action_show_help(self) -> None:
        """Show the keys and what they do here."""
        from tracker.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    async def action_leave_program(self) -> None:
        """Leave."""
        self.exit(0)

    def _fatal_error(self) -> None:
        """A defect of ours: the traceback goes to a file, for Textual would print local values with it."""
        if (error := sys.exc_info()[1]) is not None:
            crash.log(error)
        self._exit_renderables.append(
            "tracker: this is a defect of tracker; what was saved is safe, and drafts are kept; "
            f"details are in {crash.crash_log()}"
        )
        self._close_messages_no_wait()


def run(
    database: Database, who: str, *, keys: dict[str, str] | None = None, theme: str = "", throwaway: bool = False
) -> int:
    """Open the screen and stay until it is left; gives back the exit code."""
    terminal.forgive_broken_input()
    app = TrackerApp(database, who, keys=keys, theme=theme, example=throwaway)
    app.run()
    return app.return_code or 0
