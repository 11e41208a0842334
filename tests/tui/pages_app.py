"""A small application with a desk, as far as pages and the history need one, on a copy of the example case."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from tracker.store.database import Database, database
from tracker.tui.commands.registry import bindings
from tracker.tui.desk import Answer, Desk


class PagesApp(App[None]):
    """Opens pages as the real application does, and keeps what it was asked for."""

    BINDINGS = bindings("everywhere")

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database, self.who, self.example = database, "ann", False
        self.desk = Desk(self, database, "ann")
        self.forms: list[tuple[str, int | None]] = []
        self.copied: list[str] = []
        self.said: list[str] = []

    def on_answer(self, message: Answer) -> None:
        message.stop()
        message.deliver()

    def on_unmount(self) -> None:
        self.desk.close()

    def open_record(self, kind: str, record_id: int) -> None:
        from tracker.tui.screens.pages import RecordPage

        self.push_screen(RecordPage(kind, record_id))

    def open_form(self, kind: str, *, id: int | None = None, values: dict[str, str] | None = None) -> None:
        self.forms.append((kind, id))

    def changed(self) -> None:
        for screen in self.screen_stack:
            if reload := getattr(screen, "store_changed", None):
                reload()

    def written(self, saved: Any) -> None:
        self.said.append(saved.sentence)
        self.changed()

    def notify(self, message: str, **_: Any) -> None:
        self.said.append(message)

    def copy_to_clipboard(self, text: str) -> None:
        self.copied.append(text)

    def action_undo(self) -> None:
        self.desk.write(lambda book: book.undo(), self.written)

    def action_show_history(self) -> None:
        from tracker.tui.screens.history import HistoryScreen

        self.push_screen(HistoryScreen(getattr(self.screen, "ref", None)))


async def until(pilot: Pilot[Any], true: Callable[[], object]) -> None:
    """Wait for what the desk answers; fails when it never becomes true."""
    for _ in range(400):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError("what was waited for did not come")


@cache
def _example() -> bytes:
    """The example case as the bytes of a database file."""
    from tracker.exchange.case import load_seeds
    from tracker.store.engine import create

    with TemporaryDirectory() as folder:
        path = Path(folder) / "example.db"
        create(database(str(path)))
        load_seeds(database(str(path)), "ann")
        return path.read_bytes()


def example(folder: Path) -> Database:
    """The example case in a database of its own."""
    path = folder / "example.db"
    path.touch(mode=0o600)
    path.write_bytes(_example())
    return database(str(path))
