"""Linking a record: what can be said to stand between it and others, each a small form with this side filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tracker.model.kinds import BY_NAME
from tracker.tui import lookup
from tracker.tui.host import host
from tracker.tui.safe import label

if TYPE_CHECKING:
    from tracker.store.ledger import Saved


@dataclass(frozen=True, slots=True)
class Way:
    """A link that can be made: a record of `kind` whose field `field` is the one at hand."""

    key: str
    words: str
    kind: str
    field: str


WAYS: dict[str, tuple[Way, ...]] = {
    "incident": (
        Way("w", "Who did it or suffered it, according to whom", "involvement", "incident"),
        Way("n", "A number: killed, wounded, displaced …", "tally", "incident"),
        Way("s", "A statement about it", "statement_incident", "incident"),
        Way("r", "A source that reports it", "incident_source", "incident"),
        Way("i", "Another incident: the same, in retaliation, following, contradicting", "incident_link", "a"),
        Way("e", "Words of a source that it rests on", "citation", "incident"),
    ),
    "statement": (
        Way("i", "An incident it is about", "statement_incident", "statement"),
        Way("a", "An actor it addresses or targets", "statement_actor", "statement"),
        Way("w", "Who it says did something", "involvement", "statement"),
        Way("n", "A number it gives", "tally", "statement"),
        Way("e", "Words of a source that it rests on", "citation", "statement"),
    ),
    "actor": (
        Way("n", "Another name", "actor_name", "actor"),
        Way("r", "How it stands to another actor", "relation", "from_actor"),
        Way("i", "An incident it is involved in", "involvement", "actor"),
        Way("s", "A statement it makes", "statement", "speaker"),
    ),
    "source": (
        Way("i", "An incident it reports", "incident_source", "source"),
        Way("e", "Words of it, by start and end", "evidence", "source"),
        Way("s", "A statement it reports", "statement", "source"),
    ),
    "involvement": (Way("e", "Words of a source that it rests on", "citation", "involvement"),),
    "tally": (Way("e", "Words of a source that it rests on", "citation", "tally"),),
    "relation": (Way("e", "Words of a source that it rests on", "citation", "relation"),),
}
"""The links that can be made from a record of a kind."""


class LinkForm(ModalScreen["Saved | None"]):
    """Choose a link from the record `id` of `kind`, then fill in its form; gives back what was saved."""

    DEFAULT_CSS = """
    LinkForm { align: center middle; }
    LinkForm > Vertical {
        width: 78; max-width: 98%; height: auto; max-height: 90%; background: $surface; padding: 1 2;
        border: round $primary;
    }
    LinkForm #title { height: auto; text-style: bold; margin-bottom: 1; }
    LinkForm OptionList { height: auto; max-height: 12; border: none; background: $surface; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, kind: str, id: int) -> None:
        super().__init__()
        self.kind = BY_NAME[kind]
        self.record_id = id
        self.ways = WAYS.get(kind, ())

    def compose(self) -> ComposeResult:
        """The ways."""
        ref = f"{self.kind.prefix}-{self.record_id}"
        with Vertical():
            yield Static(label(f"Link {ref}" if self.ways else f"{ref}: nothing can be linked to it"), id="title")
            lines = (Content.assemble((f" {way.key} ", "$accent bold"), way.words) for way in self.ways)
            yield OptionList(*(Option(line) for line in lines), markup=False)

    def on_mount(self) -> None:
        """Show what the record is called."""
        kind, record_id = self.kind.name, self.record_id
        self.query_one(OptionList).focus()
        host(self).desk.read("form.load", lambda reader: lookup.name(reader, kind, record_id), self._named)

    def _named(self, name: str) -> None:
        if self.ways:
            self.query_one("#title", Static).update(label(f"Link {name}"))

    def on_key(self, event: events.Key) -> None:
        """The key of a way."""
        for way in self.ways:
            if event.character == way.key:
                event.stop()
                self.open(way)
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A way was chosen."""
        event.stop()
        self.open(self.ways[event.option_index])

    def open(self, way: Way) -> None:
        """Show the form of a link, with this record filled in."""
        from tracker.tui.screens.form import RecordForm

        values = {way.field: f"{self.kind.prefix}-{self.record_id}"}
        self.app.push_screen(RecordForm(way.kind, values=values), self.dismiss_with)

    def dismiss_with(self, saved: Saved | None) -> None:
        """The form was saved, or left without saving: either way back to where the link was asked for."""
        self.dismiss(saved)
