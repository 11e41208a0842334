"""A field of a form: its label, the place to type, and a line below for what is wrong or what was understood."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from tracker import text
from tracker.errors import ValueRefused
from tracker.model.fields import Field
from tracker.model.values import Values
from tracker.tui.form_text import read, sentence_of
from tracker.tui.safe import label
from tracker.tui.widgets.field_entry import Entry

LABEL = 20
"""Cells of a label; the place to type begins three cells further right."""


class FieldRow(Widget):
    """A field of one line of text or a number; other types of field build on it."""

    DEFAULT_CSS = """
    FieldRow { height: auto; color: $text-muted; }
    FieldRow:focus-within { color: $accent; text-style: bold; }
    FieldRow > Input, FieldRow > TextArea { margin-left: 23; background: $boost; text-style: none; }
    FieldRow > Input:focus, FieldRow > TextArea:focus { background: $panel; }
    FieldRow > Input:disabled { background: $background; color: $foreground; opacity: 100%; }
    FieldRow > .note { margin-left: 23; height: auto; color: $text-muted; text-style: none; display: none; }
    FieldRow > .note.-shown { display: block; }
    FieldRow > .note.-wrong { color: $error; display: block; }
    """

    class Edited(Message):
        """The text of a field has changed."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    class Left(Message):
        """The focus has left a field."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    class Ended(Message):
        """Enter was pressed in a field, with no suggestion to take."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, field: Field, value: str = "") -> None:
        super().__init__()
        self.field = field
        self.wrong = ""
        self.told = ""
        self.checked = value
        self._note: Static | None = None
        self.place = self.make_place(value)

    def make_place(self, value: str) -> Input | TextArea:
        """The widget to type into."""
        return Entry(value)

    def compose(self) -> ComposeResult:
        """The place to type; the label is painted beside it, the line below comes when it is needed."""
        yield self.place

    def render(self) -> Content:
        """The label, right-aligned, with a dot when the field is required."""
        name = text.truncate(self.field.label, LABEL)
        return Content(f"{name:>{LABEL}} {'•' if self.field.required else ' '}")

    @property
    def typed(self) -> str:
        """What is typed, as it is."""
        return self.place.text if isinstance(self.place, TextArea) else self.place.value

    def fill(self, value: str) -> None:
        """Replace what is typed."""
        if isinstance(self.place, Entry):
            self.place.put(value)
        elif isinstance(self.place, TextArea):
            self.place.load_text(value)
        self.check(quiet=True)

    def values(self) -> Values:
        """The stored columns that the text means; raises ValueRefused."""
        return read(self.field, self.typed)

    def check(self, *, quiet: bool = False) -> bool:
        """Whether the text can be kept; unless `quiet`, it is said below when it cannot."""
        self.checked = self.typed
        try:
            self.values()
        except ValueRefused as error:
            self.fault("" if quiet else sentence_of(error, self.field))
            return False
        self.fault("")
        return True

    def fault(self, sentence: str) -> None:
        """Say below what is wrong; "" takes it back."""
        self.wrong = sentence
        self.show_note()

    def show_note(self) -> None:
        """Below the field: what is wrong, else what was understood."""
        said = self.wrong or self.told
        if self._note is None:
            if not said or not self.is_attached:
                return
            self._note = Static(classes="note")
            self.mount(self._note)
        self._note.update(label(said))
        self._note.set_class(bool(said), "-shown")
        self._note.set_class(bool(self.wrong), "-wrong")

    def changed(self) -> None:
        """The text has changed: what was wrong is not known any more, but of a text that was checked already."""
        if self.typed != self.checked:
            self.fault("")
        self.post_message(self.Edited(self))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Typing."""
        event.stop()
        self.changed()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Typing."""
        event.stop()
        self.changed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.post_message(self.Ended(self))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Paint the label anew."""
        self.refresh()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Say at once what is wrong with what was typed."""
        self.refresh()
        self.check()
        self.post_message(self.Left(self))
