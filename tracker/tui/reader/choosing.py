"""Choosing who speaks, or whom a suggested actor is, among the actors on record."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from tracker.model.fields import Field
from tracker.tui import lookup
from tracker.tui.host import host
from tracker.tui.safe import label
from tracker.tui.widgets.field_ref import KnownRow
from tracker.tui.widgets.field_row import FieldRow
from tracker.tui.widgets.field_suggestions import Suggestions

_ACTOR = Field("actor", "Actor", "ref", required=True, target="actor")


class ChooseActor(ModalScreen["int | None"]):
    """Name an actor; gives back its id, or None."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ChooseActor { align: center middle; }
    ChooseActor > Vertical {
        width: 76; max-width: 98%; height: auto; max-height: 96%; background: $surface; padding: 1 2;
        border: round $primary;
    }
    ChooseActor Static { height: auto; }
    ChooseActor #title { text-style: bold; margin-bottom: 1; }
    ChooseActor Button:focus { text-style: bold reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, title: str) -> None:
        super().__init__()
        self.heading = title
        self.row = KnownRow(_ACTOR)

    def compose(self) -> ComposeResult:
        """The field and the buttons."""
        with Vertical():
            yield Static(label(self.heading), id="title")
            yield self.row
            yield Button(Content.assemble((" ⏎ ", "$accent bold"), "Choose and accept "), id="choose", compact=True)
            yield Button(Content.assemble((" Esc ", "$accent bold"), "Back "), id="back", compact=True)
        yield Suggestions()

    def on_mount(self) -> None:
        """Type at once."""
        self.row.place.focus()

    def on_field_row_edited(self, event: FieldRow.Edited) -> None:
        """Another one is meant."""
        event.stop()
        self.row.fault("")

    def on_field_row_left(self, event: FieldRow.Left) -> None:
        """A name that was typed in full is looked up when it is chosen."""
        event.stop()

    def on_field_row_ended(self, event: FieldRow.Ended) -> None:
        """Enter chooses."""
        event.stop()
        self._choose()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Choose, or back."""
        event.stop()
        if event.button.id == "back":
            self.dismiss(None)
        else:
            self._choose()

    def _choose(self) -> None:
        if self.row.record_id is not None:
            self.dismiss(self.row.record_id)
            return
        asked = self.row.open_text

        def settle(found: lookup.Found) -> None:
            if self.is_current and self.row.open_text == asked:
                self.row.settle(found)
                if not found.wrong:
                    self.dismiss(found.id)

        if asked:
            host(self).desk.read("form.resolve", lambda reader: lookup.resolve(reader, "actor", asked), settle)
        else:
            self.row.fault("name an actor, or Esc")
