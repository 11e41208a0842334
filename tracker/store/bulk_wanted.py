"""What the rows of a block ask to hang on their incidents, as records by kind: what is compared with what is there."""

from __future__ import annotations

from typing import Any

from tracker.store.bulk_rows import Rows
from tracker.store.incoming import Incoming

Wanted = dict[str, Any]


def wanted(rows: Incoming, writer: Rows) -> dict[str, list[list[Wanted]]]:
    """For each kind and row the records it asks for; actors must be learnt, new sources are written."""
    count = len(rows)
    sources = writer.sources.ids(rows.sources) if any(rows.sources) else [()] * count
    involved = [_involved(rows, row, writer, sources[row]) for row in range(count)]
    return {
        "involvement": involved,
        "tally": [_tallies(rows, row, sources[row]) for row in range(count)],
        "statement": [_statements(rows, row, writer, sources[row]) for row in range(count)],
        # As in a row that is new: one source is named by the involvements, several are told here.
        "incident_source": [
            [{"source_id": one} for one in ids] if len(ids) > 1 or not involved[row] else []
            for row, ids in enumerate(sources)
        ],
        "tag": [[{"name": name} for name in dict.fromkeys(names)] for names in rows.tags or [()] * count],
    }


def _first(sources: tuple[int, ...]) -> int | None:
    return sources[0] if sources else None


def _involved(rows: Incoming, row: int, writer: Rows, sources: tuple[int, ...]) -> list[Wanted]:
    return [
        {"actor_id": actor, "role": one.role if isinstance(one.role, str) else one.role[row],
         "source_id": _first(sources), **{name: values[row] for name, values in one.columns.items()}}
        for one in rows.involved
        for actor in writer.actors.ids(one.actors[row])
    ]  # fmt: skip


def _tallies(rows: Incoming, row: int, sources: tuple[int, ...]) -> list[Wanted]:
    return [
        {"measure": one.measure, "whom": one.whom or None, "low": one.low, "best": one.best, "high": one.high,
         "source_id": _first(sources)}
        for one in (rows.tallies[row] if rows.tallies else ())
    ]  # fmt: skip


def _statements(rows: Incoming, row: int, writer: Rows, sources: tuple[int, ...]) -> list[Wanted]:
    return [
        {"speaker_id": writer.actors.one[one.speaker], "kind": one.kind, "mode": one.mode, "quote": one.quote or None,
         "paraphrase": one.paraphrase or None, "venue": one.venue or None, "source_id": _first(sources)}
        for one in (rows.statements[row] if rows.statements else ())
    ]  # fmt: skip
