"""What a form or a dialog needs of the program it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from textual.widget import Widget

from tracker.store.database import Database
from tracker.tui.desk import Desk

if TYPE_CHECKING:
    from tracker.store.ledger import Saved


class Host(Protocol):
    """The app, as far as forms know it."""

    desk: Desk
    database: Database
    who: str

    def open_form(self, kind: str, *, id: int | None = None, values: dict[str, str] | None = None) -> None:
        """Push the form of a kind."""

    def changed(self) -> None:
        """Have everything that is mounted read the store again."""

    def written(self, saved: Saved) -> None:
        """Say what a write came to, and show it everywhere."""


def host(widget: Widget) -> Host:
    """The app a widget is mounted in."""
    return cast(Host, widget.app)
