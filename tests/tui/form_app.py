"""A small program around forms and dialogs, on a real store, for their tests."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from textual.app import App
from textual.filter import LineFilter
from textual.pilot import Pilot
from textual.widget import Widget

from tracker.store.database import Database
from tracker.tui.desk import Answer, Desk
from tracker.tui.safe import Scrub
from tracker.tui.screens.form import RecordForm
from tracker.tui.widgets.field_entry import Entry
from tracker.tui.widgets.field_row import FieldRow

PATIENCE = 15.0
"""Seconds until a condition that does not come true fails a test."""


class FormApp(App[None]):
    """What the forms need of the program, and a record of what they gave back."""

    def __init__(self, database: Database, who: str = "ann") -> None:
        super().__init__()
        self.database = database
        self.who = who
        self.desk = Desk(self, database, who)
        self.given: list[Any] = []

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), Scrub()]

    def on_answer(self, message: Answer) -> None:
        message.stop()
        message.deliver()

    def on_unmount(self) -> None:
        self.desk.close()

    def open_form(self, kind: str, *, id: int | None = None, values: dict[str, str] | None = None) -> None:
        self.push_screen(RecordForm(kind, id=id, values=values), self.given.append)

    def changed(self) -> None:
        self.given.append("changed")

    def written(self, saved: Any) -> None:
        self.given.append(saved)

    @property
    def form(self) -> RecordForm:
        """The form on top."""
        assert isinstance(self.screen, RecordForm)
        return self.screen

    @property
    def saved(self) -> Any:
        """What the last form or dialog gave back."""
        return self.given[-1]


@asynccontextmanager
async def running(app: FormApp, size: tuple[int, int] = (100, 40)) -> AsyncIterator[Pilot[None]]:
    """The program, running without a terminal."""
    async with app.run_test(size=size) as pilot:
        yield pilot


async def until(pilot: Pilot[Any], condition: Callable[[], object]) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain; {[n.message for n in pilot.app._notifications]}"
        await asyncio.sleep(0.01)
        await pilot.pause()


async def open_form(pilot: Pilot[None], app: FormApp, kind: str, **options: Any) -> RecordForm:
    """Open a form and wait until it can be typed into."""
    app.open_form(kind, **options)
    await until(pilot, lambda: isinstance(app.screen, RecordForm) and app.screen.ready)
    return app.form


async def go_to(pilot: Pilot[None], widget: Widget) -> None:
    """Give a widget the focus."""
    widget.focus()
    await until(pilot, lambda: widget.has_focus)


async def type_in(pilot: Pilot[None], row: FieldRow, words: str) -> None:
    """Go to a field and type over what it holds."""
    await go_to(pilot, row.place)
    await keys(pilot, words)


async def keys(pilot: Pilot[None], words: str) -> None:
    """Type words, key by key, in one go."""
    await pilot.press(*("space" if char == " " else char for char in words))


def offered(row: FieldRow) -> list[str]:
    """The lines of the list below a field; none when it is closed."""
    assert isinstance(row.place, Entry)
    if not row.place.suggestions.shown_for(row.place):
        return []
    return [str(option.prompt) for option in row.place.suggestions.options]
