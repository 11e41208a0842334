"""Choosing which columns a list shows."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import SelectionList, Static
from textual.widgets.selection_list import Selection

from tracker.model.fields import Kind


class Ticks(SelectionList[str]):
    """A list of things to tick, whose ticks are told apart without any colour."""

    def render_line(self, y: int) -> Strip:
        """A line with ✓ before what is ticked; Textual has the same mark on all and paints it in another colour."""
        strip = super().render_line(y)
        place = self.scroll_offset.y + y
        if place >= self.option_count:
            return strip
        _, mark, _, *rest = strip
        ticked = self.get_option_at_index(place).value in self.selected
        box = ("[", "✓" if ticked else " ", "]")
        return Strip([Segment(said, mark.style) for said in box] + rest)


class ColumnChooser(ModalScreen[bool]):
    """A list of columns to tick; the order of the list is the order of the columns."""

    DEFAULT_CSS = """
    ColumnChooser { align: center middle; }
    ColumnChooser > Vertical {
        width: 46; height: 80%; background: $surface; padding: 1 2; border: round $primary;
    }
    ColumnChooser SelectionList { height: 1fr; border: none; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(False)", "Cancel"),
        Binding("enter", "choose", "Show these", priority=True),
    ]

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind

    def compose(self) -> ComposeResult:
        """Every column, those shown now ticked."""
        from tracker.store.columns import columns_of

        app: Any = self.app
        shown = app.state.get(f"{self.kind.name}.columns", [])
        with Vertical():
            yield Static(Content("Columns · Space ticks, Enter shows them, Esc leaves them"))
            yield Ticks(
                *(
                    Selection(Content(column.label), column.name, column.name in shown if shown else column.default)
                    for column in columns_of(self.kind)
                )
            )

    def action_choose(self) -> None:
        """Keep the ticked columns, in the order of the list."""
        from tracker.store.columns import columns_of

        app: Any = self.app
        ticked = set(self.query_one(SelectionList).selected)
        names = [column.name for column in columns_of(self.kind) if column.name in ticked]
        if names:
            app.state.set(f"{self.kind.name}.columns", names)
            app.state.save()
        self.dismiss(bool(names))
