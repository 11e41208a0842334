"""Help: what the screen in view is for, and the keys that work there now, as the user has set them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tracker.tui.commands.registry import shown_keys


class HelpScreen(ModalScreen[None]):
    """Keys and what they do, for the screen that was in view."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > VerticalScroll {
        width: 86; max-width: 96%; height: auto; max-height: 90%; background: $surface; padding: 1 2;
        border: round $primary;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,f1", "dismiss", "Close")]

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self._about = about
        self._active = list(about.active_bindings.values())

    def compose(self) -> ComposeResult:
        """The screen's own words, then its keys."""
        with VerticalScroll(can_focus=True):
            yield Static(Content("\n").join(list(self._lines())))

    def on_mount(self) -> None:
        """Let the arrows scroll at once."""
        self.query_one(VerticalScroll).focus()

    def _lines(self) -> Iterator[Content]:
        for node in (self._about, self._about.focused):
            if words := getattr(node, "HELP", None):
                yield Content(words.strip())
                yield Content("")
        seen = set()
        for active in self._active:
            binding = active.binding
            if binding.action in seen or binding.system or not binding.description:
                continue
            seen.add(binding.action)
            keys = shown_keys(",".join(self._keys_of(binding.action)))
            tooltip = binding.tooltip or binding.description
            yield Content.assemble((f"{keys:>16}", "$accent"), "  ", tooltip)
        yield Content("")
        yield Content.assemble(("          Ctrl+P", "$accent"), "  Every command, and any record by its name")
        yield Content.assemble(("             Esc", "$accent"), "  Close this help")

    def _keys_of(self, action: str) -> list[str]:
        return [active.binding.key for active in self._active if active.binding.action == action]
