"""What a form reads before it can be filled in: the record, what it refers to, and the day dates are told from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.errors import UsageError
from tracker.model.fields import Kind
from tracker.model.kinds import BY_NAME
from tracker.model.uncertain import UNKNOWN
from tracker.store import views
from tracker.store.database import Reader
from tracker.store.query import parse
from tracker.tui import lookup
from tracker.tui.form_conflict import references
from tracker.tui.form_text import Anchor, ref_in, told_apart


@dataclass(frozen=True, slots=True)
class Loaded:
    """The record to edit ({} for a new one), the names of what it refers to, and what dates are told from.

    `source` is what a new record, or one linked in the form, most likely comes from; `linked` are the records that
    are linked already, a line each, by kind.
    """

    record: dict[str, Any]
    names: dict[tuple[str, int], str] = field(default_factory=dict)
    told_from: lookup.Found | None = None
    anchor: Anchor | None = None
    source: lookup.Found | None = None
    linked: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settled:
    """What open texts came to, and the anchor that follows from them."""

    found: dict[lookup.Asked, lookup.Found]
    anchor: Anchor | None


def load(
    reader: Reader, kind: Kind, record_id: int | None, incident: str = "", parts: Iterable[tuple[str, str]] = ()
) -> Loaded:
    """Read what a form needs; raises UsageError when the record is not there any more.

    `incident` is the REF of the incident that a new record is about, `parts` the kinds that are linked to the record,
    each with its field that refers to it.
    """
    record: dict[str, Any] = {}
    if record_id is not None:
        there = views.record(reader, kind, record_id)
        if there is None or there.get("deleted_at"):
            raise UsageError(f"{kind.prefix}-{record_id} was deleted; undo that to edit it")
        record = there
    told_from = _told_from(reader, kind, record)
    if kind.name == "incident" and record_id is not None:
        incident = f"{kind.prefix}-{record_id}"
    source = source_known(reader, incident)
    source_id = told_from.id if told_from else record.get("source_id")
    if record_id is None and "source" in kind.by_name and source is not None:
        source_id = source.id
    return Loaded(
        record, lookup.names(reader, references(kind, record)), told_from, anchor(reader, source_id), source,
        {part: linked(reader, part, parent, record_id) for part, parent in parts} if record_id is not None else {},
    )  # fmt: skip


_SAY_WHERE = ("involvement", "statement", "tally")
"""The kinds whose records say which source they come from."""
LINKED = 12
"""Linked records that a form shows."""


def source_known(reader: Reader, incident: str) -> lookup.Found | None:
    """The one source of an incident, if it has exactly one; else the source that was used last, None without any."""
    from tracker.store.cards.reports import sources_of

    if ref_in(incident):
        found = lookup.resolve(reader, "incident", incident)
        sources = () if found.wrong else sources_of(reader, found.id)
        if len(sources) == 1:
            return lookup.Found(sources[0].named.id, lookup.name(reader, "source", sources[0].named.id))
    used = [last for kind in _SAY_WHERE if (last := _last(reader, BY_NAME[kind])) is not None]
    if not used:
        return None
    source_id = max(used)[1]
    return lookup.Found(source_id, lookup.name(reader, "source", source_id))


def _last(reader: Reader, kind: Kind) -> tuple[str, int] | None:
    """When the newest record of a kind was made, and its source; None when it names none."""
    for row in views.Browser(reader, views.View(kind, parse(kind, ""), ("ref", True), ("ref",))).head(1):
        record = views.record(reader, kind, row[0]) or {}
        if record.get("source_id") is not None:
            return str(record["created_at"]), int(record["source_id"])
    return None


def linked(reader: Reader, part: str, parent: str, record_id: int) -> list[str]:
    """The records of kind `part` that are linked to a record, each in a line; `LINKED` at most."""
    kind = BY_NAME[part]
    owner = BY_NAME[kind.by_name[parent].target]
    names = tuple(f.name for f in kind.fields if f.name != parent and (f.required or f.width))
    view = views.View(kind, parse(kind, f"{parent}:{owner.prefix}-{record_id}"), ("ref", False), names)
    rows = views.Browser(reader, view).head(LINKED + 1)
    lines = [" · ".join(cell for cell in cells if cell not in ("", UNKNOWN)) for _, cells in rows]
    return lines if len(lines) <= LINKED else [*lines[:LINKED], "…"]


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
