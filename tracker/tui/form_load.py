"""What a form reads before it can be filled in: the record, what it refers to, and the day dates are told from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.errors import UsageError
from tracker.model.fields import Kind
from tracker.store import views
from tracker.store.database import Reader
from tracker.tui import lookup
from tracker.tui.form_conflict import references
from tracker.tui.form_text import Anchor, told_apart


@dataclass(frozen=True, slots=True)
class Loaded:
    """The record to edit ({} for a new one), the names of what it refers to, and what dates are told from."""

    record: dict[str, Any]
    names: dict[tuple[str, int], str] = field(default_factory=dict)
    told_from: lookup.Found | None = None
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What open texts came to, and the anchor that follows from them."""

    found: dict[lookup.Asked, lookup.Found]
    anchor: Anchor | None


def load(reader: Reader, kind: Kind, record_id: int | None) -> Loaded:
    """Read what a form needs; raises UsageError when the record is not there any more."""
    record: dict[str, Any] = {}
    if record_id is not None:
        there = views.record(reader, kind, record_id)
        if there is None or there.get("deleted_at"):
            raise UsageError(f"{kind.prefix}-{record_id} was deleted; undo that to edit it")
        record = there
    told_from = _told_from(reader, kind, record)
    source_id = told_from.id if told_from else record.get("source_id")
    return Loaded(record, lookup.names(reader, references(kind, record)), told_from, anchor(reader, source_id))


def _told_from(reader: Reader, kind: Kind, record: Mapping[str, Any]) -> lookup.Found | None:
    """The source the record's dates are told from, else the one added last."""
    if not told_apart(kind):
        return None
    for date_field in (f for f in kind.form_fields if f.type == "date"):
        if known := record.get(f"{date_field.name}_anchor_id"):
            return lookup.Found(known, lookup.name(reader, "source", known))
    return lookup.latest_source(reader)


def anchor(reader: Reader, source_id: int | None) -> Anchor | None:
    """The anchor a source gives, None when it has no day of publication."""
    day = lookup.day_of(reader, source_id) if source_id is not None else None
    return Anchor(day, source_id) if day and source_id is not None else None


def settle(reader: Reader, asked: set[lookup.Asked], source: int | str | None) -> Settled:
    """Find the records that texts mean; `source`, an id or an open text, is what dates are told from."""
    found = lookup.resolve_all(reader, asked)
    if isinstance(source, str):
        told = lookup.resolve(reader, "source", source)
        source = None if told.wrong else told.id
    return Settled(found, anchor(reader, source))
