"""A field of several lines of text."""

from __future__ import annotations

from textual.widgets import TextArea

from tracker.tui.widgets.field_row import FieldRow


class LongRow(FieldRow):
    """A field of several lines; Enter makes a new line, Tab goes on."""

    DEFAULT_CSS = """
    LongRow > TextArea { height: auto; min-height: 2; max-height: 8; padding: 0; }
    """

    def make_place(self, value: str) -> TextArea:
        """A text area that grows with its text."""
        return TextArea(value, compact=True, highlight_cursor_line=False)
