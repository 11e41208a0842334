"""The list below a field: what could be meant by what was typed, to be taken over with Tab, Enter or a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.geometry import Offset
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tracker.tui.form_text import Suggestion
from tracker.tui.safe import label

if TYPE_CHECKING:
    from tracker.tui.widgets.field_entry import Entry


class Suggestions(OptionList, can_focus=False):
    """One list for all fields of a screen; the focus stays in the field it is shown for."""

    DEFAULT_CSS = """
    Suggestions {
        overlay: screen; display: none; width: 64; max-width: 90%; height: auto; max-height: 9;
        border: none; padding: 0 1; background: $panel; color: $foreground; text-wrap: nowrap; text-overflow: ellipsis;
        scrollbar-size-vertical: 1;
    }
    Suggestions > .option-list--option-highlighted { background: $primary 40%; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.entry: Entry | None = None
        self._offered: list[Suggestion] = []

    def offer(self, entry: Entry, suggestions: Sequence[Suggestion], *, first: bool) -> None:
        """Show suggestions below an entry; with `first` the first one is the one that Tab takes."""
        self._offered = list(suggestions)
        self.clear_options()
        if not suggestions or not entry.has_focus:
            self.withdraw()
            return
        self.add_options([Option(label(suggestion.shown)) for suggestion in suggestions])
        self.highlighted = 0 if first else None
        self.entry = entry
        self._place(entry)
        self.display = True

    def _place(self, entry: Entry) -> None:
        """Below the entry, or above it where there is no room below."""
        region = entry.region
        height = min(len(self._offered), 9)
        below = region.bottom + height <= self.screen.size.height
        left = max(0, min(region.x, self.screen.size.width - 64))
        self.absolute_offset = Offset(left, region.bottom if below else max(0, region.y - height))

    def shown_for(self, entry: Entry) -> bool:
        """Whether the list is open for an entry."""
        return self.entry is entry and bool(self.display)

    def step(self, by: int) -> None:
        """Move the highlight, round and round."""
        if self._offered:
            before = -1 if by > 0 else 0
            at = before if self.highlighted is None else self.highlighted
            self.highlighted = (at + by) % len(self._offered)

    def chosen(self) -> Suggestion | None:
        """The highlighted suggestion."""
        at = self.highlighted
        return self._offered[at] if at is not None and at < len(self._offered) else None

    def outdate(self) -> None:
        """More was typed: what is shown fits no longer, and is taken only when it is pointed at."""
        self.highlighted = None

    def withdraw(self) -> None:
        """Close the list."""
        self.display = False
        self.entry = None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes a suggestion over."""
        event.stop()
        entry, at = self.entry, event.option_index
        if entry is not None and at < len(self._offered):
            taken = self._offered[at]
            self.withdraw()
            entry.take(taken)
