"""Choosing which columns a list shows."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import SelectionList, Static
from textual.widgets.selection_list import Selection

from tracker.model.fields import Kind


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
            yield SelectionList[str](
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
