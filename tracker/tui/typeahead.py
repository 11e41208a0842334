"""Type-ahead: each key is dealt with by what has the focus once the keys before it are done, however fast they come."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import Any

from textual import events
from textual.app import App, ReturnType
from textual.message import Message
from textual.message_pump import MessagePump

PATIENCE = 0.3
"""Seconds after which a key is taken to be done with, should the widget that had it be gone."""
PAUSE = 0.01
"""Seconds between looks at a screen that is still being built."""


class Passed(Message):
    """Sent after a key along the same way: when it has come up to the app, so has the key.

    It goes the way a second time (`last`), behind whatever the widgets on it told each other because of the key.
    """

    def __init__(self, target: MessagePump, *, last: bool = False) -> None:
        super().__init__()
        self.target = target
        self.last = last


def parted(event: events.Key | events.Paste) -> list[events.Key | events.Paste]:
    """Esc and the letter that came right behind it, which most terminals send just like Alt with that letter."""
    if isinstance(event, events.Key) and event.key.startswith("alt+") and event.character:
        return [events.Key("escape", "\x1b"), events.Key(event.character, event.character)]
    return [event]


class TypeAheadApp(App[ReturnType]):
    """An app that hands on one key at a time.

    Textual picks the widget for a key when the key arrives, which may be before the Tab that came just ahead of it
    has moved the focus, or before a screen that the last key opened can take letters.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._ahead: deque[events.Key | events.Paste] = deque()
        self._passing: Passed | None = None
        self._behind_escape: events.Event | None = None
        self._depth = 0

    async def on_event(self, event: events.Event) -> None:
        """Put keys and pastes into line; everything else goes its way."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            parts = parted(event)
            self._ahead.extend(parts)
            if len(parts) > 1:
                self._behind_escape = parts[-1]
            await self._take_keys()
        else:
            await super().on_event(event)

    async def _take_keys(self) -> None:
        while self._ahead and self._passing is None:
            if not self.screen.is_mounted:
                self.set_timer(PAUSE, self._take_keys)
                return
            event = self._ahead.popleft()
            if event is self._behind_escape and len(self.screen_stack) > self._depth:
                # Esc opened a question, to which a letter that was sent along with it is no answer.
                continue
            self._depth = len(self.screen_stack)
            target = self.focused or self.screen
            await super().on_event(event)
            if event.is_forwarded:
                self._follow(Passed(target))

    def _follow(self, passing: Passed) -> None:
        self._passing = passing if passing.target.post_message(passing) else None
        self.set_timer(PATIENCE, partial(self._done_with, passing))

    async def _done_with(self, passed: Passed) -> None:
        if self._passing is passed:
            self._passing = None
            await self._take_keys()

    async def on_passed(self, message: Passed) -> None:
        """The key before has come up, or is done with: then it is the next one's turn."""
        message.stop()
        if self._passing is message and not message.last:
            self._follow(Passed(message.target, last=True))
            await self._take_keys()
        else:
            await self._done_with(message)
