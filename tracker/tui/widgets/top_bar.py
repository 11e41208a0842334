"""The line at the top: the program, the database, and the lists with their counts."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tracker.model.fields import Kind
from tracker.tui.safe import label


class ListTab(Static):
    """One list's name and count; a click shows the list."""

    class Chosen(Message):
        """A list was clicked."""

        def __init__(self, kind: str) -> None:
            super().__init__()
            self.kind = kind

    def __init__(self, kind: Kind) -> None:
        super().__init__(Content(kind.plural.capitalize()), id=f"tab-{kind.name}")
        self.kind = kind

    def show_count(self, count: int) -> None:
        """Show how many records the list holds."""
        self.update(Content(f"{self.kind.plural.capitalize()} {count:,}"))

    def on_click(self) -> None:
        """Show this list."""
        self.post_message(self.Chosen(self.kind.name))


class TopBar(Horizontal):
    """Program, database, lists."""

    def __init__(self, address: str, kinds: Iterable[Kind]) -> None:
        super().__init__()
        self._address = address
        self._kinds = tuple(kinds)

    def compose(self) -> ComposeResult:
        """The line's parts from left to right."""
        yield Static(Content("tracker"), id="program")
        yield Static(label(self._address), id="address")
        for kind in self._kinds:
            yield ListTab(kind)

    def activate(self, kind: str) -> None:
        """Mark the list in view."""
        for tab in self.query(ListTab):
            tab.set_class(tab.kind.name == kind, "-active")

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many records each list holds."""
        for tab in self.query(ListTab):
            tab.show_count(counts.get(tab.kind.name, 0))
