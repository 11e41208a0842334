"""Deleting from any screen: at once for a few records, after a typed word for very many; always with undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tracker.model.fields import Kind

MANY = 100
"""Above so many records a deletion asks first."""


def delete(app: Any, kind: Kind, ids: list[int], then: Callable[[], None]) -> None:
    """Delete records of a kind, say so, and how to bring them back."""

    def done(saved: Any) -> None:
        then()
        app.notify(f"{saved.sentence} · u undoes", markup=False)
        app.changed()

    def go(answer: Any = "delete") -> None:
        if answer == "delete":
            app.desk.write(lambda book: book.delete(kind.name, ids), done)

    if len(ids) <= MANY:
        go()
        return
    from tracker.tui.screens.dialogs import Ask

    body = f"{len(ids):,} {kind.plural} and all that hangs on them are marked. Undo brings them back."
    choices = [("k", "Keep them", "keep"), ("d", f"Delete {len(ids):,}", "delete")]
    app.push_screen(Ask("Delete?", body, choices, default="keep"), go)
