"""One line to type into, with a list of suggestions below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from tracker import text
from tracker.tui.form_text import Suggestion
from tracker.tui.widgets.field_suggestions import Suggestions


class Entry(Input):
    """A line; what `offers` gives for its text is offered at once, else it asks `wait` seconds after the last key."""

    class Wanted(Message):
        """Suggestions are asked for; `typed` is "" when the list is opened on what is already filled in."""

        def __init__(self, entry: Entry, typed: str) -> None:
            super().__init__()
            self.entry = entry
            self.typed = typed

    class Taken(Message):
        """A suggestion was chosen."""

        def __init__(self, entry: Entry, suggestion: Suggestion) -> None:
            super().__init__()
            self.entry = entry
            self.suggestion = suggestion

    def __init__(
        self,
        value: str = "",
        *,
        offers: Callable[[str], Sequence[Suggestion]] | None = None,
        wait: float | None = None,
        opens: bool = False,
    ) -> None:
        """`opens` says that Down opens a list although nothing was typed."""
        # The value is watched from the first one on, which must not be taken for typing.
        self._putting = True
        self.offers = offers
        self.wait = wait
        self.opens = opens
        self._timer: Timer | None = None
        super().__init__(value, compact=True)
        self._putting = False

    def put(self, value: str) -> None:
        """Replace the text without asking for suggestions."""
        self._stop()
        self._putting = True
        with self.prevent(Input.Changed):
            self.value = value
        self._putting = False
        self.cursor_position = len(value)

    def take(self, suggestion: Suggestion) -> None:
        """Say that a suggestion was chosen."""
        self._stop()
        self.post_message(self.Taken(self, suggestion))

    def watch_value(self, value: str) -> None:
        """Offer what fits, or ask for it as soon as typing pauses."""
        if self._putting or not self.has_focus:
            return
        self._stop()
        if self.offers is not None:
            self.suggestions.offer(self, self.offers(value), first=bool(value.strip()))
        elif self.wait is not None:
            self.suggestions.outdate()
            self._timer = self.set_timer(self.wait, self._ask_now)

    def _ask_now(self) -> None:
        if self.has_focus:
            self.post_message(self.Wanted(self, self.value))

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    @property
    def suggestions(self) -> Suggestions:
        """The screen's list of suggestions."""
        return self.screen.query_one(Suggestions)

    async def _on_key(self, event: events.Key) -> None:
        """While the list is open it has the arrows, Tab, Enter and Esc; everything else is typing."""
        if self._on_list(event.key):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)

    def _on_list(self, key: str) -> bool:
        """Whether a key was meant for the list."""
        if not self.suggestions.shown_for(self):
            return key == "down" and self._open()
        if key in ("down", "up"):
            self.suggestions.step(1 if key == "down" else -1)
            return True
        if key in ("tab", "enter") and (taken := self.suggestions.chosen()) is not None:
            self.suggestions.withdraw()
            self.take(taken)
            self.screen.focus_next()
            return True
        if key == "escape":
            self.suggestions.withdraw()
            return True
        return False

    def _open(self) -> bool:
        """Open the list on what is filled in, if there is one to open."""
        if self.offers is not None:
            self.suggestions.offer(self, self.offers(""), first=False)
        elif self.opens:
            self.post_message(self.Wanted(self, ""))
        return self.opens or self.offers is not None

    def _on_paste(self, event: events.Paste) -> None:
        """A paste keeps all of its lines, joined into one, and none of what could steer a terminal."""
        event.prevent_default()
        event.stop()
        line = text.clean(event.text, multiline=False)
        self.replace(line, *self.selection)

    def on_blur(self) -> None:
        """Nothing is offered to a field that was left."""
        self._stop()
        for suggestions in self.screen.query(Suggestions):
            if suggestions.shown_for(self):
                suggestions.withdraw()
