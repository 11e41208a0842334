"""Actors that a few typed letters may mean, by any of their names, however spelled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tracker.store.database import Reader
from tracker.text import fold

MOST = 50_000
"""Names that are compared when none begins with what was typed."""
_CLOSE = 72
"""Similarity (0 to 100) above which a name is offered for a misspelled one."""

_NAMES = (
    "SELECT a.id, a.name, a.kind, a.name_key, a.name FROM actor a WHERE a.deleted_at IS NULL AND {own}"
    " UNION ALL SELECT a.id, n.name, a.kind, n.name_key, a.name FROM actor_name n JOIN actor a ON a.id = n.actor_id"
    " WHERE a.deleted_at IS NULL AND n.deleted_at IS NULL AND {other}"
)


@dataclass(frozen=True, slots=True)
class ActorHit:
    """An actor that was meant, perhaps: `matched` is the name that fits what was typed, `kind` the code."""

    id: int
    name: str
    matched: str
    kind: str


def complete_actors(reader: Reader, text: str, limit: int = 20) -> list[ActorHit]:
    """The actors whose names begin with `text`, then those with a word that does, then those spelled similarly.

    A name that is exactly the same comes first; within a group shorter names come before longer ones.
    """
    key = fold(text)
    if not key:
        return []
    pattern = re.sub(r"([\\%_])", r"\\\1", key)
    like = "({0} LIKE ? ESCAPE '\\' OR {0} LIKE ? ESCAPE '\\')"
    sql = _NAMES.format(own=like.format("a.name_key"), other=like.format("n.name_key"))
    rows = reader.rows(sql, (f"{pattern}%", f"% {pattern}%") * 2)
    ranked = sorted(rows, key=lambda row: (row[3] != key, not row[3].startswith(key), len(row[3]), row[3], row[0]))
    hits = _once(ranked, limit)
    return hits if len(hits) >= limit or len(key) < 3 else _once([*ranked, *_similar(reader, key, limit)], limit)


def _once(rows: Iterable[tuple[Any, ...]], limit: int) -> list[ActorHit]:
    """The first name of each actor."""
    hits: dict[int, ActorHit] = {}
    for id_, matched, kind, _, name in rows:
        hits.setdefault(id_, ActorHit(int(id_), name, matched, kind))
    return list(hits.values())[:limit]


def _similar(reader: Reader, key: str, limit: int) -> list[tuple[Any, ...]]:
    from rapidfuzz import fuzz, process

    sql = _NAMES.format(own="a.name_key IS NOT NULL", other="n.name_key IS NOT NULL")
    rows = reader.rows(f"{sql} LIMIT {MOST}")
    keys = [row[3] for row in rows]
    found = process.extract(key, keys, scorer=fuzz.WRatio, limit=limit * 2, score_cutoff=_CLOSE)
    return [rows[place] for _, _, place in found]
