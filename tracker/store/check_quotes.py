"""The part of a check that holds quotations to the words they rest on, and speakers to what was read in the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from tracker import text
from tracker.store.check_report import Finding, wrong
from tracker.store.database import Reader
from tracker.store.rewording import Words, difference, only_added, shown
from tracker.store.suggesting import main_spans

QUOTES = "quotations"
_FAR = 400
"""Code points between two stretches of one quotation: more than what tells who speaks, or a line of promotion."""

_SAME = 0.8
_QUOTED = (
    'SELECT s.id, s.uid, s.speaker_id, s.quote, e.start, e."end", e.role FROM statement s'
    " JOIN citation c ON c.statement_id = s.id AND c.deleted_at IS NULL AND c.field = 'quote'"
    " JOIN evidence e ON e.id = c.evidence_id AND e.deleted_at IS NULL AND e.source_id = s.source_id"
    " WHERE s.source_id = ? AND s.deleted_at IS NULL AND s.mode = 'verbatim' AND s.quote IS NOT NULL"
    " ORDER BY s.id, e.start, e.id"
)
_READ = (
    "SELECT spans, value, made_uid, decided_by FROM suggestion WHERE source_id = ? AND kind = 'statement'"
    " AND status <> 'rejected' AND deleted_at IS NULL ORDER BY id"
)
_NAMED = (
    "SELECT id FROM actor WHERE name_key = ? AND deleted_at IS NULL UNION SELECT n.actor_id FROM actor_name n"
    " JOIN actor a ON a.id = n.actor_id WHERE n.name_key = ? AND n.deleted_at IS NULL AND a.deleted_at IS NULL"
)
Row = tuple[Any, ...]
Span = tuple[int, int]


def quotes(reader: Reader, source: int, whole: str) -> Iterator[Finding]:
    """Every verbatim quotation of a source against the stretches of its text that it rests on, and its speaker."""
    read = [_reading(row) for row in reader.rows(_READ, (source,))]
    for _, rows in groupby(reader.rows(_QUOTED, (source,)), key=lambda row: row[0]):
        found = list(rows)
        yield from _quote(whole, found)
        yield from _speaker(reader, found[0], [(row[4], row[5]) for row in found], read)


def _quote(whole: str, rows: list[Row]) -> Iterator[Finding]:
    own = [row for row in rows if row[6] in (None, "body", "lede")] or rows
    spans = [(row[4], row[5]) for row in own if 0 <= row[4] < row[5] <= len(whole)]
    if not spans:
        return
    yield Finding(QUOTES, 1)
    ref, quote = f"S-{rows[0][0]}", rows[0][3]
    said, there = Words(quote), Words(" ".join(whole[start:end] for start, end in spans))
    marked = "…" in quote or "..." in quote
    if said.joined in there.joined:
        far = any(later - end > _FAR for (_, end), (later, _) in pairwise(spans))
        if far and not marked and not any(said.joined in Words(whole[a:b]).joined for a, b in spans):
            yield wrong(QUOTES, ref, "spliced: its words are put together from places far apart, unmarked", "warning")
    elif there.keys and there.joined in said.joined:
        told = shown(difference(quote, there.whole))
        yield wrong(QUOTES, ref, f"truncated: its evidence holds only a part of the quotation: {told}", "warning")
    elif only_added(quote, there.whole):
        told = shown(difference(quote, there.whole))
        if not marked:
            yield wrong(QUOTES, ref, f"spliced: the quotation leaves out words between others, unmarked: {told}")
    else:
        told = shown(difference(quote, there.whole))
        yield wrong(QUOTES, ref, f"altered: the quotation is not what its evidence says: {told}")


def _reading(row: Row) -> tuple[list[Span], str, str | None, str | None]:
    """Where a suggested statement stands, who speaks, the record it became, and who decided that."""
    spans, value = (json.loads(part) if isinstance(part, str) else part for part in row[:2])
    told = (value or {}).get("speaker_entity", (value or {}).get("speaker"))
    name = told.get("name") if isinstance(told, dict) else told
    return main_spans("statement", spans), str(name or ""), row[2], row[3]


def _speaker(reader: Reader, row: Row, spans: list[Span], read: list[Any]) -> Iterator[Finding]:
    """Whether the text was read to give the words to another actor; where an analyst decided on it, they know."""
    _, uid, speaker, *_ = row
    for places, name, made, decided_by in read:
        if not name or (made == uid and decided_by) or not any(_same(a, b) for a in places for b in spans):
            continue
        named = [found[0] for found in reader.rows(_NAMED, (text.fold(name),) * 2)]
        if len(named) == 1 and speaker not in named:
            told = f"wrong speaker: by A-{speaker}, but the text gives the words to {name} (A-{named[0]})"
            yield wrong(QUOTES, f"S-{row[0]}", told, "warning")
            return


def _same(one: Span, other: Span) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and shared >= _SAME * max(one[1] - one[0], other[1] - other[0])
