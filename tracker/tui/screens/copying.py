"""Copying a record to the clipboard, by the terminal's own way (OSC 52), and saying what was copied."""

from __future__ import annotations

from functools import partial
from typing import Any

from tracker import text
from tracker.errors import UsageError
from tracker.store.database import Reader
from tracker.tui.reading import read_card

LIMIT = 74_000
"""Bytes above which many terminals drop what OSC 52 sends."""


def copy_citation(app: Any, kind: str, record_id: int) -> None:
    """Read the record and copy it as a citation."""
    app.desk.read("copy", partial(_citation, kind, record_id), partial(_copy, app))


def _citation(kind: str, record_id: int, reader: Reader) -> str:
    from tracker.store import cards
    from tracker.tui.render.citation import citation

    (card,) = read_card(kind, record_id, reader)
    if card is None:
        raise UsageError("the record was deleted; u undoes")
    source = card.source if kind == "statement" else None
    return citation(card, cards.source_card(reader, source.id) if source else None)


def _copy(app: Any, words: str) -> None:
    clean = "\n".join(text.screen_lines(words))
    app.copy_to_clipboard(clean)
    large = len(clean.encode()) > LIMIT
    app.notify(
        f"Copied {len(clean):,} characters through the terminal (OSC 52)"
        + ("; your terminal may cut so much short" if large else ""),
        severity="warning" if large else "information", markup=False,
    )  # fmt: skip
