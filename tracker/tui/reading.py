"""Reading the card of a record, for the preview, the page and the clipboard alike."""

from __future__ import annotations

from typing import Any

from tracker.store.database import Reader


def read_card(kind: str, record_id: int, reader: Reader) -> tuple[Any]:
    """The card of a record of `kind` in a tuple, which holds None when the record is deleted or never was."""
    from tracker.store import cards

    return (getattr(cards, f"{kind}_card")(reader, record_id),)
