"""Two people changed the same record: what it was, what each made of it, and which is to stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from tracker import text
from tracker.model.uncertain import UNKNOWN
from tracker.tui.form_conflict import Clash
from tracker.tui.safe import label

Decision = dict[str, str]
"""Field name → "mine" or "theirs"."""


class ClashRow(Static, can_focus=True):
    """A field that both changed; one of the two values is chosen."""

    DEFAULT_CSS = """
    ClashRow { height: auto; margin-bottom: 1; padding: 0 1; border-left: tall $panel; }
    ClashRow:focus { border-left: tall $accent; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "choose('mine')", "Keep mine"),
        Binding("t", "choose('theirs')", "Take theirs"),
        Binding("space,left,right", "turn", "The other one", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("enter", "go_on", "Next", show=False),
    ]

    def __init__(self, clash: Clash) -> None:
        super().__init__()
        self.clash = clash
        self.choice = "mine"

    def render(self) -> Content:
        """The field, what it was, and the two values with a mark before the one that is to stand."""
        clash = self.clash
        lines = [Content.styled(text.screen(clash.field.label), "bold"), _line("  was   ", clash.was, "$text-muted")]
        for name, value in (("mine", clash.mine), ("theirs", clash.theirs)):
            chosen = self.choice == name
            lines.append(_line(f"{'●' if chosen else '○'} {name:<6}", value or "", "$accent" if chosen else ""))
        return Content("\n").join(lines)

    def action_choose(self, choice: str) -> None:
        """Let mine or theirs stand."""
        self.choice = choice
        self.refresh(layout=True)

    def action_turn(self) -> None:
        """Let the other one stand."""
        self.action_choose("theirs" if self.choice == "mine" else "mine")

    def action_go_on(self) -> None:
        """On to the next field, or to the button."""
        self.screen.focus_next()

    def on_click(self) -> None:
        """A click chooses the other one."""
        self.action_turn()


def _line(head: str, value: str, style: str) -> Content:
    body = "\n".join(text.screen_lines(value)) or UNKNOWN
    return Content.assemble((f"{head} ", style), (body, style))


class ConflictDialog(ModalScreen[Decision | None]):
    """What somebody else changed meanwhile; gives back a choice for each field that both changed, None to go back."""

    DEFAULT_CSS = """
    ConflictDialog { align: center middle; }
    ConflictDialog > Vertical {
        width: 92; max-width: 98%; height: auto; max-height: 96%; background: $surface; padding: 1 2;
        border: round $warning;
    }
    ConflictDialog .head { height: auto; margin-bottom: 1; }
    ConflictDialog #title { text-style: bold; }
    ConflictDialog VerticalScroll { height: auto; max-height: 1fr; }
    ConflictDialog .quiet { height: auto; color: $text-muted; margin-bottom: 1; }
    ConflictDialog Horizontal { height: 1; }
    ConflictDialog Button { min-width: 0; margin-right: 2; }
    ConflictDialog Button:focus { text-style: bold reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back to the form"),
        Binding("f2,ctrl+o", "save", "Save", priority=True),
        Binding("M", "all('mine')", "Keep all mine"),
        Binding("T", "all('theirs')", "Take all theirs"),
    ]

    def __init__(self, sentence: str, clashes: Sequence[Clash]) -> None:
        super().__init__()
        self.sentence = sentence
        self.rows = [ClashRow(clash) for clash in clashes if clash.mine is not None]
        self.quiet = [clash for clash in clashes if clash.mine is None]

    def compose(self) -> ComposeResult:
        """What happened, the fields to decide, what stands anyway, and the way on or back."""
        with Vertical():
            yield Static(label(self.sentence), id="title", classes="head")
            if self.rows:
                yield Static("m keeps mine, t takes theirs; M and T do so for all fields.", classes="head")
            with VerticalScroll(can_focus=False):
                yield from self.rows
                for clash in self.quiet:
                    told = f"{clash.field.label}: they changed {clash.was or UNKNOWN} to {clash.theirs or UNKNOWN}"
                    yield Static(label(told), classes="quiet")
            with Horizontal():
                yield Button(Content.assemble((" F2 ", "$accent bold"), "Save so "), id="save", compact=True)
                yield Button(Content.assemble((" Esc ", "$accent bold"), "Back to the form "), id="back", compact=True)

    def on_mount(self) -> None:
        """The first field that needs a choice has the focus."""
        (self.rows[0] if self.rows else self.query_one("#save")).focus()

    def action_all(self, choice: str) -> None:
        """Decide every field in the same way."""
        for row in self.rows:
            row.action_choose(choice)

    def action_save(self) -> None:
        """Save with these choices."""
        self.dismiss({row.clash.field.name: row.choice for row in self.rows})

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """A button."""
        event.stop()
        if event.button.id == "save":
            self.action_save()
        else:
            self.dismiss(None)
