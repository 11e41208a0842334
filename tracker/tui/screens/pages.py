"""The page of one record: all that is known of it and all that hangs on it, with ways on to other records."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from tracker.errors import TrackerError
from tracker.model.kinds import BY_NAME
from tracker.tui.commands.registry import bindings
from tracker.tui.reading import read_card
from tracker.tui.render.lines import Section, nothing
from tracker.tui.safe import label
from tracker.tui.widgets.card_view import CardView

PAGED = ("incident", "actor", "statement", "source")
"""The kinds that have a page; other records are shown on the page of what they hang on."""
_NEED_RECORD = {"edit_record", "delete_record", "link_record", "merge_actors", "copy_citation", "open_reader"}


class RecordPage(Screen[None]):
    """One record, read only; every change of it goes through a form."""

    HELP = "All that is recorded about one incident, actor, statement or source, and who says so."
    DEFAULT_CSS = """
    RecordPage #head { height: auto; max-height: 3; background: $surface; padding: 0 1; }
    RecordPage #ref { width: auto; color: $accent; text-style: bold; margin-right: 2; }
    RecordPage #name { width: 1fr; height: auto; text-style: bold; }
    RecordPage #coding { width: auto; color: $text-muted; margin-left: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("page", "records")

    def __init__(self, kind: str, record_id: int) -> None:
        super().__init__()
        self.kind = BY_NAME[kind]
        self.record_id = record_id
        self.card: Any = None
        self._stale = True
        self._gone = False

    @property
    def ref(self) -> str:
        """The REF of the record in view, whose history the history screen shows."""
        return f"{self.kind.prefix}-{self.record_id}"

    @property
    def app_(self) -> Any:
        """The app, with its desk and its ways to other screens."""
        return self.app

    def compose(self) -> ComposeResult:
        """The title, the sections, the footer."""
        with Horizontal(id="head"):
            yield Static(Content(self.ref), id="ref")
            yield Static(id="name")
            yield Static(id="coding")
        yield CardView(id="card")
        yield Footer(show_command_palette=True)

    def on_mount(self) -> None:
        """Let the arrows move at once."""
        self.query_one(CardView).focus()

    def on_screen_resume(self) -> None:
        """Read the record when the page comes into view, if it may have changed since."""
        if self._stale:
            self._read()

    def store_changed(self) -> None:
        """Read again, at once or, below another screen, when the page comes into view."""
        self._stale = True
        if self.app.screen is self:
            self._read()

    def _read(self) -> None:
        self._stale = False
        self.app_.desk.read("page", partial(read_card, self.kind.name, self.record_id), self._show, self._failed)

    def _show(self, answer: tuple[Any]) -> None:
        from tracker.tui.render import coding, sections, title

        (self.card,) = answer
        self._gone = self.card is None
        if self.card is None:
            self._say(f"{self.ref} is deleted, or never was · u undoes the last action · Esc goes back")
        else:
            self.query_one("#name", Static).update(label(title(self.card)))
            self.query_one("#coding", Static).update(label(coding(self.card, self.app_.who)))
            self.query_one(CardView).show(partial(sections, self.card))
        self.refresh_bindings()

    def _failed(self, error: TrackerError) -> None:
        self.card, self._gone = None, True
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self.query_one("#name", Static).update("")
        self.query_one("#coding", Static).update("")
        self.query_one(CardView).show(lambda _: [Section("", tuple(nothing(sentence)))])

    @on(CardView.Opened)
    def _opened(self, event: CardView.Opened) -> None:
        event.stop()
        self.app_.open_record(event.link.kind, event.link.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only actors merge, only sources are read; a record that is gone cannot be edited."""
        if action == "merge_actors" and self.kind.name != "actor":
            return False
        if action == "open_reader" and self.kind.name != "source":
            return False
        # While the record is being read, keys typed ahead are for it.
        if action in _NEED_RECORD and self._gone:
            return None
        return super().check_action(action, parameters)

    # Commands

    def action_go_back(self) -> None:
        """Go back to where the page was opened."""
        self.dismiss()

    def action_add_record(self) -> None:
        """Log another record of this kind."""
        self.app_.open_form(self.kind.name)

    def action_edit_record(self) -> None:
        """Edit the record in its form."""
        self.app_.open_form(self.kind.name, id=self.record_id)

    def action_delete_record(self) -> None:
        """Delete the record, say how to bring it back, and go back."""
        from tracker.tui.screens.deleting import delete

        delete(self.app_, self.kind, [self.record_id], self._leave)

    def _leave(self) -> None:
        if self.app.screen is self:
            self.dismiss()

    def action_link_record(self) -> None:
        """Link the record to others."""
        from tracker.tui.screens.link import LinkForm

        self.app_.push_screen(LinkForm(self.kind.name, self.record_id), self.app_.written)

    def action_merge_actors(self) -> None:
        """Merge another actor into this one."""
        from tracker.tui.screens.dialogs import MergeDialog

        self.app_.push_screen(MergeDialog(self.record_id), self.app_.written)

    def action_reload(self) -> None:
        """Read the record again."""
        self.store_changed()

    def action_copy_citation(self) -> None:
        """Copy the record as a citation."""
        from tracker.tui.screens.copying import copy_citation

        copy_citation(self.app_, self.kind.name, self.record_id)

    def action_open_reader(self) -> None:
        """Read the source beside what is suggested from it."""
        from tracker.tui.reader.screen import ReaderScreen

        self.app_.push_screen(ReaderScreen(self.record_id))
