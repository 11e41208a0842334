"""Making one actor of two: what both are, and which one is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from tracker import text
from tracker.errors import TrackerError
from tracker.model.fields import Field
from tracker.tui import lookup
from tracker.tui.actor_facts import ActorFacts, facts
from tracker.tui.host import host
from tracker.tui.safe import label
from tracker.tui.widgets.field_ref import KnownRow
from tracker.tui.widgets.field_row import FieldRow
from tracker.tui.widgets.field_suggestions import Suggestions

if TYPE_CHECKING:
    from tracker.store.ledger import Saved

_OTHER = Field("other", "Other actor", "ref", required=True, target="actor")


class MergeDialog(ModalScreen["Saved | None"]):
    """Choose the actor that is the same as `actor_id`, and which of the two is kept; gives back what was saved."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    MergeDialog { align: center middle; }
    MergeDialog > Vertical {
        width: 84; max-width: 98%; height: auto; max-height: 96%; background: $surface; padding: 1 2;
        border: round $primary;
    }
    MergeDialog Static { height: auto; }
    MergeDialog #title { text-style: bold; margin-bottom: 1; }
    MergeDialog .actor { margin: 0 0 1 2; }
    MergeDialog #said { color: $error; }
    MergeDialog #keep { height: auto; margin-top: 1; layout: vertical; }
    MergeDialog #keep Button { display: none; }
    MergeDialog #keep Button.-shown { display: block; }
    MergeDialog Button:focus { text-style: bold reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, actor_id: int, other_id: int | None = None) -> None:
        super().__init__()
        self.actor_id = actor_id
        self.other_id = other_id
        self.mine: ActorFacts | None = None
        self.other: ActorFacts | None = None
        self.row = KnownRow(_OTHER, f"A-{other_id}" if other_id else "")

    def compose(self) -> ComposeResult:
        """Both actors, and a button for each way."""
        with Vertical():
            yield Static("Two actors that are one", id="title")
            yield Static("", id="mine", classes="actor")
            yield self.row
            yield Static("", id="other", classes="actor")
            yield Static("", id="said")
            with Horizontal(id="keep"):
                yield Button("", id="keep-mine", compact=True)
                yield Button("", id="keep-other", compact=True)
            yield Button(Content.assemble((" Esc ", "$accent bold"), "Back "), id="back", compact=True)
        yield Suggestions()

    def on_mount(self) -> None:
        """Read what is known of the actor."""
        actor_id, other_id = self.actor_id, self.other_id
        self.row.place.focus()
        host(self).desk.read("form.load", lambda reader: facts(reader, actor_id), self._show_mine)
        if other_id is not None:
            self._choose(other_id)

    def _show_mine(self, found: ActorFacts) -> None:
        self.mine = found
        self.query_one("#mine", Static).update(_told(found))
        self._offer()

    def on_field_row_edited(self, event: FieldRow.Edited) -> None:
        """Another one is meant."""
        event.stop()
        self.other = None
        self._offer()
        if self.row.record_id is not None:
            self._choose(self.row.record_id)

    def on_field_row_left(self, event: FieldRow.Left) -> None:
        """A name or a REF that was typed in full."""
        event.stop()
        asked = self.row.open_text

        def settle(found: lookup.Found) -> None:
            if self.row.open_text == asked:
                self.row.settle(found)
                if not found.wrong:
                    self._choose(found.id)

        if asked:
            host(self).desk.read("form.resolve", lambda reader: lookup.resolve(reader, "actor", asked), settle)

    def on_field_row_ended(self, event: FieldRow.Ended) -> None:
        """On to the buttons."""
        event.stop()
        self.focus_next()

    def _choose(self, other_id: int) -> None:
        typed = self.row.typed

        def show(found: ActorFacts) -> None:
            # What was typed on meanwhile is meant, not what was asked about before.
            if self.row.typed == typed:
                self._show_other(found)

        host(self).desk.read("form.save", lambda reader: facts(reader, other_id), show)

    def _show_other(self, found: ActorFacts) -> None:
        self.other = found
        self.row.settle(lookup.Found(found.id, found.shown))
        self._offer()

    def _offer(self) -> None:
        """Show the other actor, and the two ways when there are two."""
        one, two = self.mine, self.other
        self.query_one("#other", Static).update(_told(two) if two else "")
        fault = _fault(one, two)
        self.say(fault)
        for name, kept, gone in (("#keep-mine", one, two), ("#keep-other", two, one)):
            button = self.query_one(name, Button)
            button.set_class(kept is not None and gone is not None and not fault, "-shown")
            if kept and gone:
                button.label = Content.assemble(
                    (" Keep ", "$accent bold"), f"{text.truncate(kept.shown, 44)}, {gone.ref} becomes one of its names "
                )

    def say(self, sentence: str) -> None:
        """What stands in the way."""
        self.query_one("#said", Static).update(label(sentence))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Merge, or back."""
        event.stop()
        if event.button.id == "back" or self.mine is None or self.other is None:
            self.dismiss(None)
            return
        pair = (self.mine.id, self.other.id)
        keep, gone = pair if event.button.id == "keep-mine" else pair[::-1]
        host(self).desk.write(lambda book: book.merge(keep, gone), self._merged, self._refused)

    def _merged(self, saved: Saved) -> None:
        if self.is_current:
            self.dismiss(saved)
        else:
            host(self).written(saved)

    def _refused(self, error: TrackerError) -> None:
        self.say(str(error))


def _told(actor: ActorFacts) -> Content:
    return Content("\n".join(text.screen_lines(f"{actor.shown}\n{actor.told}")))


def _fault(one: ActorFacts | None, two: ActorFacts | None) -> str:
    if one is None or two is None:
        return ""
    if one.id == two.id:
        return "This is the same actor; choose another one"
    if one.generic != two.generic:
        return "A description and a named actor are never one; record a relation (instance of) instead"
    return ""
