"""The first minute: an empty database offers the example case, and drafts left behind are offered again."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

_WORDS = """\
This database is empty.

tracker turns news into coded data: incidents, actors and statements, and for each claim
who says so, how sure they are, and the exact words.

The example case is an article on rocket attacks near Baghdad airport in December 2019:
1 source, 26 actors, 6 incidents, 17 statements. Undo takes it out again."""


class WelcomeScreen(ModalScreen[None]):
    """What an empty database says."""

    DEFAULT_CSS = """
    WelcomeScreen { align: center middle; }
    WelcomeScreen > Vertical { width: 92; max-width: 96%; height: auto; background: $surface; padding: 1 2;
        border: round $primary; }
    WelcomeScreen Horizontal { height: auto; margin-top: 1; }
    WelcomeScreen Button { margin-right: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "load", "Load the example"),
        Binding("a", "add", "Log an incident"),
        Binding("escape,s", "start", "Start empty"),
    ]

    def compose(self) -> ComposeResult:
        """What this is, and three ways on."""
        with Vertical():
            yield Static(Content(_WORDS))
            with Horizontal():
                yield Button(Content("l  Load the example"), variant="primary", id="load")
                yield Button(Content("a  Log an incident"), id="add")
                yield Button(Content("Esc  Start empty"), id="start")

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        getattr(self, f"action_{event.button.id}")()

    def _leave(self) -> Any:
        app: Any = self.app
        app.state.set("welcomed", True)
        self.dismiss()
        return app

    def action_load(self) -> None:
        """Load the example case into this database."""
        app = self._leave()
        app.desk.write(_load, lambda count: app.told(f"Loaded the example case: {count:,} records · u undoes"))

    def action_add(self) -> None:
        """Open the form for the first incident."""
        self._leave().open_form("incident")

    def action_start(self) -> None:
        """Leave the database empty."""
        self._leave()


def _load(book: Any) -> int:
    from tracker.exchange.case import load_seeds

    return load_seeds(book.database, book.who)


def offer_drafts(app: Any, drafts: list[Any]) -> None:
    """Ask, for the newest draft, whether to go on with it; the others are offered at the next start."""
    from tracker.tui.screens.dialogs import Ask
    from tracker.tui.screens.form import RecordForm

    draft = drafts[0]

    def answered(answer: Any) -> None:
        if answer == "go on":
            app.push_screen(RecordForm.resume(draft), app.written)
        elif answer == "discard":
            draft.discard()

    more = f" ({len(drafts) - 1} more wait)" if len(drafts) > 1 else ""
    app.push_screen(
        Ask(
            "A draft was not saved",
            f"A form for {draft.kind.replace('_', ' ')} was left with changes{more}.",
            [("g", "Go on with it", "go on"), ("l", "Later", "later"), ("d", "Discard it", "discard")],
            default="later",
        ),
        answered,
    )
