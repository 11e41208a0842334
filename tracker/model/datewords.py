"""English words for a time ("last Monday", "3 to 5 March", "since Friday") as EDTF, told from an anchor day."""

from __future__ import annotations

from datetime import date
from typing import Final

from tracker.errors import ValueRefused
from tracker.model.datewords_joined import joined_date
from tracker.model.datewords_single import single_date
from tracker.model.datewords_text import plain
from tracker.model.datewords_when import Reading, When
from tracker.model.edtf import parse

LONGEST: Final = 120


def resolve_words(text: str, anchor: date | None, *, future: bool = False) -> tuple[str, str] | None:
    """English words as (EDTF, another EDTF they could mean or ""); None for what is vague, no date or undecidable.

    Rules R1 to R16: weeks run Monday to Sunday, a bare weekday is the latest one up to the anchor (the first after it
    when `future`), "N weeks ago" is about a day, "this week" an interval, "recently" nothing. Never raises.
    """
    try:
        return read_words(text, When(anchor, future))
    except ValueRefused:
        return None


def read_words(text: str, when: When) -> Reading | None:
    """As `resolve_words`, but raises AnchorNeeded without an anchor, and ValueRefused for a day that never was
    or a day/month order that is not decided."""
    if len(text) > LONGEST:
        return None
    words = plain(text)
    if not words:
        return None
    found = single_date(words, when) or joined_date(words, when)
    if found is None:
        return None
    return Reading(parse(found.edtf).value, found.alternative)
