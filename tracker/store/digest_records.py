"""What a report lists: the newest incidents, statements and sources of a scope, with what hangs on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracker.model.kinds import INCIDENT, SOURCE, STATEMENT
from tracker.store.cards.matrix import matrix
from tracker.store.cards.parts import Names, imported_from
from tracker.store.columns import quoted
from tracker.store.columns_dataset import coded
from tracker.store.database import Reader
from tracker.store.digest import Scope
from tracker.store.lookup import typed

EACH = 60
"""So many rows of one sort are listed for a record; the rest is counted."""

_NEWEST = "ORDER BY t.{1}_earliest DESC{0}, t.{1}_latest DESC{0}, t.id DESC"
_LEADING = {"incident": "date", "statement": "said", "source": "published"}

Record = dict[str, Any]
"""Stored columns by name."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The newest records of one kind, and how many there are in all; `coded` more are never listed.

    These are statements made from codes of datasets, without words.
    """

    records: tuple[Record, ...]
    total: int
    coded: int = 0


def incidents(reader: Reader, scope: Scope, limit: int) -> Listed:
    """The newest incidents; those without a date come last."""
    return _newest(reader, "incident", scope.source, scope.parameters, limit)


def statements(reader: Reader, scope: Scope, limit: int) -> Listed:
    """The newest statements: all, or those that are about the incidents of the scope or that their coding rests on."""
    source, parameters, before = "FROM statement t WHERE t.deleted_at IS NULL", (), ""  # type: tuple[str, Any, str]
    if not scope.everything:
        source, parameters, before = f"{source} AND t.id IN ({_said()})", scope.parameters, scope.picked
    codes = coded(reader, "t")
    if not codes:
        return _newest(reader, "statement", source, parameters, limit, before)
    found = _newest(reader, "statement", f"{source} AND NOT {codes}", parameters, limit, before)
    apart = reader.rows(f"{before}SELECT count(*) {source} AND {codes}", parameters)
    return replace(found, coded=int(apart[0][0]))


def _said() -> str:
    """A query for the statements that the picked incidents are in, or that their coding rests on."""
    return " UNION ".join(
        f"SELECT l.statement_id FROM {table} l WHERE l.deleted_at IS NULL AND l.statement_id IS NOT NULL"
        " AND l.incident_id IN (SELECT id FROM picked)"
        for table in ("statement_incident", "involvement", "tally")
    )


def sources(reader: Reader, scope: Scope, limit: int) -> Listed:
    """The newest sources: all, or those that the incidents of the scope, their coding or statements rest on."""
    if scope.everything:
        return _newest(reader, "source", "FROM source t WHERE t.deleted_at IS NULL", (), limit)
    asks = [
        f"SELECT l.source_id FROM {table} l WHERE l.deleted_at IS NULL AND l.source_id IS NOT NULL"
        " AND l.incident_id IN (SELECT id FROM picked)"
        for table in ("involvement", "tally")
    ]
    asks += [
        "SELECT s.source_id FROM statement_incident l JOIN statement s ON s.id = l.statement_id"
        " WHERE s.source_id IS NOT NULL AND s.deleted_at IS NULL AND l.deleted_at IS NULL"
        " AND l.incident_id IN (SELECT id FROM picked)",
        "SELECT e.source_id FROM citation l JOIN evidence e ON e.id = l.evidence_id WHERE e.deleted_at IS NULL"
        " AND l.deleted_at IS NULL AND l.incident_id IN (SELECT id FROM picked)",
    ]
    source = f"FROM source t WHERE t.deleted_at IS NULL AND t.id IN ({' UNION '.join(asks)})"
    return _newest(reader, "source", source, scope.parameters, limit, scope.picked)


def _newest(
    reader: Reader, kind: str, source: str, parameters: Sequence[object], limit: int, before: str = ""
) -> Listed:
    declared = {"incident": INCIDENT, "statement": STATEMENT, "source": SOURCE}[kind]
    names = ["id", "batch_id", *(name for name in declared.column_names if name != "text")]
    select = ", ".join(f"t.{quoted(name)}" for name in names) + (", t.text IS NOT NULL" if kind == "source" else "")
    order = _NEWEST.format(" NULLS LAST" if reader.dialect == "postgresql" else "", _LEADING[kind])
    rows = reader.rows(f"{before}SELECT {select} {source} {order} LIMIT ?", (*parameters, limit))
    names += ["has_text"] * (kind == "source")
    found = tuple(typed(declared, dict(zip(names, row, strict=True))) for row in rows)
    total = len(found)
    if total == limit:
        total = int(reader.rows(f"{before}SELECT count(*) {source}", parameters)[0][0])
    return Listed(found, total)


def by_owner(
    reader: Reader, select: str, source: str, owner: str, ids: Sequence[int], order: str
) -> dict[int, tuple[list[tuple[Any, ...]], int]]:
    """The first `EACH` rows of each owner in `ids`, and how many it has in all.

    `select`, `source` (with WHERE) and `order` are SQL; `owner` is the column that holds the id of the owner.
    """
    found: dict[int, tuple[list[tuple[Any, ...]], int]] = {}
    for some in portions(ids):
        marks = ", ".join("?" * len(some))
        inner = (
            f"SELECT {owner} AS o, row_number() OVER (PARTITION BY {owner} ORDER BY {order}) AS n,"
            f" count(*) OVER (PARTITION BY {owner}) AS total, {select} {source} AND {owner} IN ({marks})"
        )
        grouped: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        totals: dict[int, int] = {}
        for row in reader.rows(f"SELECT * FROM ({inner}) q WHERE q.n <= {EACH} ORDER BY q.o, q.n", some):
            grouped[row[0]].append(row[3:])
            totals[row[0]] = int(row[2])
        found |= {key: (rows, totals[key]) for key, rows in grouped.items()}
    return found


def portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The ids in portions that one query takes."""
    yield from (ids[start : start + 500] for start in range(0, len(ids), 500))


def silences(reader: Reader, names: Names, records: Sequence[Record]) -> dict[int, str]:
    """Who claims and who denies each incident, in words, also when that is nobody."""
    return {r["id"]: matrix(reader, names, r["id"], r["claim_status"], imported_from(r)).silence for r in records}


def resting(reader: Reader, scope: Scope, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """How many involvements, tallies and statements of the scope rest on each source, and pieces of evidence in all."""
    within, said, before = "", "", ""
    parameters: tuple[object, ...] = ()
    if not scope.everything:
        within, said = " AND l.incident_id IN (SELECT id FROM picked)", f" AND l.id IN ({_said()})"
        before, parameters = scope.picked, scope.parameters
    asked = (("involvement", within), ("tally", within), ("statement", said), ("evidence", ""))
    found: dict[int, dict[str, int]] = {id_: {} for id_ in ids}
    for some in portions(ids):
        marks = ", ".join("?" * len(some))
        each = (
            f"SELECT '{kind}' AS kind, l.source_id, count(*) FROM {kind} l"
            f" WHERE l.deleted_at IS NULL AND l.source_id IN ({marks}){also} GROUP BY l.source_id"
            for kind, also in asked
        )
        rows = reader.rows(before + " UNION ALL ".join(each), (*parameters, *list(some) * len(asked)))
        for kind, source, count in rows:
            found[source][kind] = int(count)
    return found
