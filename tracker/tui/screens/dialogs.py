"""Dialogs: a question with its answers on buttons, two versions of a record, two actors that are one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from tracker import text
from tracker.tui.screens.conflict import ConflictDialog
from tracker.tui.screens.merge import MergeDialog

__all__ = ["Ask", "Choice", "ConflictDialog", "MergeDialog"]

Choice = tuple[str, str, str]
"""A key, what the button says, and what the dialog gives back."""


def _lines(value: str) -> Content:
    return Content("\n".join(text.screen_lines(value)))


class Ask(ModalScreen[str]):
    """A question; each answer has a key, which its button shows. Esc gives the `default`, which is the safe answer."""

    DEFAULT_CSS = """
    Ask { align: center middle; }
    Ask > Vertical {
        width: 64; max-width: 96%; height: auto; max-height: 90%; background: $surface; padding: 1 2;
        border: round $primary;
    }
    Ask #title { text-style: bold; height: auto; }
    Ask #body { height: auto; margin-top: 1; }
    Ask Horizontal { height: 1; margin-top: 1; }
    Ask Button { min-width: 0; margin-right: 1; }
    Ask Button:focus { text-style: bold reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "safe", "Back", show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, title: str, body: str, choices: Sequence[Choice], default: str) -> None:
        super().__init__()
        self.heading = title
        self.body = body
        self.choices = list(choices)
        self.safe = default

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        with Vertical():
            yield Static(_lines(self.heading), id="title")
            yield Static(_lines(self.body), id="body")
            with Horizontal():
                for number, (key, said, _) in enumerate(self.choices):
                    shown = Content.assemble((f" {key} ", "$accent bold"), text.screen(said), " ")
                    yield Button(shown, id=f"choice-{number}", compact=True)

    def on_mount(self) -> None:
        """The safe answer is under the cursor."""
        for number, (_, _, result) in enumerate(self.choices):
            if result == self.safe:
                self.query_one(f"#choice-{number}").focus()

    def on_key(self, event: events.Key) -> None:
        """A key that a button shows."""
        for key, _, result in self.choices:
            if event.character == key or event.key == key:
                event.stop()
                self.answer(result)
                return

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """A button."""
        event.stop()
        self.answer(self.choices[int((event.button.id or "").rpartition("-")[2])][2])

    def answer(self, result: str) -> None:
        """Close with an answer."""
        if self.is_current:
            self.dismiss(result)

    def action_safe(self) -> None:
        """Close with the safe answer."""
        self.answer(self.safe)
