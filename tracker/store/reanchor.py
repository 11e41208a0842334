"""Dates that were told from a source's publication date, resolved again when that date is corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.errors import ValueRefused
from tracker.model.kinds import KINDS
from tracker.model.uncertain import resolve
from tracker.model.values import date_columns
from tracker.store.ledger import Act


def anchor_of(source: Mapping[str, Any]) -> date | None:
    """The day from which words such as “last Monday” are told: the middle of what the publication date may be."""
    first, last = source["published_earliest"], source["published_latest"]
    if not first or not last:
        return date.fromisoformat(first or last) if first or last else None
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return start + (end - start) / 2


def resolve_again(act: Act, source_id: int) -> int:
    """Resolve every date that is anchored in the source anew; gives back how many changed."""
    anchor = anchor_of(act.fetch("source", source_id))
    changed = 0
    if anchor is None:
        return 0
    for kind in KINDS:
        for field in (f for f in kind.fields if f.type == "date" and kind.name != "source"):
            for row in act.where(kind.name, **{f"{field.name}_anchor_id": source_id}):
                changed += _again(act, kind.name, field.name, row, anchor)
    return changed


def _again(act: Act, kind: str, field: str, row: Mapping[str, Any], anchor: date) -> bool:
    """Only words that were resolved as they stand are resolved again; an analyst's own reading is theirs."""
    words = row[f"{field}_words"]
    if not words or row[f"{field}_basis"] != "inferred":
        return False
    try:
        read = resolve(words, anchor=anchor)
    except ValueRefused:
        return False
    before = act.touched
    # Imported figures that are out of order are no reason to refuse the date.
    act.edit(kind, row["id"], date_columns(field, read), version=None, typed=False)
    return act.touched > before
