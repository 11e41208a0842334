"""Rows of linked records inside a form: who did what according to whom, what a statement is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

from tracker.model.fields import Field, Kind
from tracker.model.kinds import BY_NAME
from tracker.tui import lookup
from tracker.tui.form_text import essential, shown
from tracker.tui.safe import label
from tracker.tui.widgets.field_make import make_row
from tracker.tui.widgets.field_ref import RefRow
from tracker.tui.widgets.field_row import FieldRow


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of linked record that a form can add: its field `parent` refers to the form's own record."""

    kind: str
    parent: str
    heading: str

    @property
    def declared(self) -> Kind:
        """The kind of the linked record."""
        return BY_NAME[self.kind]

    @property
    def fields(self) -> list[Field]:
        """What is asked for in the row; the rest can be filled in when the linked record itself is edited."""
        kind = self.declared
        asked = [f for f in kind.form_fields if essential(kind, f) or f.name == "source"]
        return [f for f in asked if f.name != self.parent]


PARTS: dict[str, tuple[Part, ...]] = {
    "incident": (Part("involvement", "incident", "Who did what, according to whom"),),
    "statement": (
        Part("statement_incident", "statement", "About which incidents"),
        Part("statement_actor", "statement", "To whom, against whom"),
    ),
    "actor": (Part("actor_name", "actor", "Other names"),),
}
"""The linked records that can be added in the form of a kind."""


def defaults(kind: Kind) -> dict[str, str]:
    """The texts that the fields of a new record begin with."""
    plain = (f for f in kind.form_fields if f.type not in ("date", "ref"))
    return {f.name: shown(f, {f.name: f.default or None}, {}) for f in plain}


class PartBlock(Vertical):
    """One linked record; nothing of it is saved while nothing is typed into it."""

    DEFAULT_CSS = """
    PartBlock { height: auto; margin-bottom: 1; border-left: tall $panel; }
    """

    def __init__(self, part: Part, texts: Mapping[str, str] | None = None, source: lookup.Found | None = None) -> None:
        """`texts` are what was typed before; `source` is what a new one most likely comes from."""
        super().__init__()
        self.part = part
        self.start = defaults(part.declared)
        given = texts or {}
        self.rows = {f.name: make_row(f, given.get(f.name, self.start.get(f.name, ""))) for f in part.fields}
        row = self.rows.get("source")
        if source is not None and isinstance(row, RefRow):
            self.start["source"] = source.shown
            if given.get("source", source.shown) == source.shown:
                row.settle(source)

    def compose(self) -> ComposeResult:
        """The fields."""
        yield from self.rows.values()

    @property
    def texts(self) -> dict[str, str]:
        """What is typed, by field."""
        return {name: row.typed for name, row in self.rows.items()}

    @property
    def blank(self) -> bool:
        """Whether nothing was typed."""
        return all(row.typed.strip() == self.start.get(name, "") for name, row in self.rows.items())

    def first(self) -> FieldRow:
        """The first field."""
        return next(iter(self.rows.values()))


class PartSection(Vertical):
    """All linked records of one sort, with a button that adds one."""

    DEFAULT_CSS = """
    PartSection { height: auto; margin-top: 1; }
    PartSection > .heading { color: $primary; text-style: bold; padding-left: 2; height: 1; }
    PartSection > .linked { margin-left: 4; height: auto; color: $text-muted; }
    PartSection > Button { margin-left: 23; }
    """

    class Added(Message):
        """A linked record is to be added."""

        def __init__(self, section: PartSection) -> None:
            super().__init__()
            self.section = section

    def __init__(self, part: Part) -> None:
        super().__init__()
        self.part = part
        self.more = Button(label(f"+ {part.declared.label} (F3)"), compact=True)

    def compose(self) -> ComposeResult:
        """The heading and the button."""
        yield Static(label(self.part.heading), classes="heading")
        yield self.more

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Add one."""
        event.stop()
        self.post_message(self.Added(self))

    def show_linked(self, lines: Sequence[str]) -> None:
        """Show what is linked already, each in a line; it is edited on the record's page."""
        if lines:
            self.mount(Static(Content("\n").join([label(line) for line in lines]), classes="linked"), after=0)

    async def add(self, texts: Mapping[str, str] | None = None, source: lookup.Found | None = None) -> PartBlock:
        """Show the fields of one more linked record; `source` is what it most likely comes from."""
        block = PartBlock(self.part, texts, source)
        await self.mount(block, before=self.more)
        return block
