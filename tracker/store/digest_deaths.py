"""The incidents of a scope in which most people are reported killed."""

from __future__ import annotations

from tracker.model.kinds import INCIDENT
from tracker.store.columns import quoted
from tracker.store.database import Reader
from tracker.store.digest import HAPPENED_SQL, Scope
from tracker.store.digest_records import Record
from tracker.store.lookup import typed

DEADLIEST = 10
"""So many of them are listed."""


def deadliest(reader: Reader, scope: Scope) -> tuple[Record, ...]:
    """At most `DEADLIEST` incidents that happened and were not retracted, by the best or lowest figure of the killed.

    A series is left out when a part of it has a figure. What has neither figure, or 0, is never among them.
    """
    names = ["id", "batch_id", *INCIDENT.column_names]
    select = ", ".join(f"t.{quoted(name)}" for name in names)
    figure = "coalesce(t.killed_best, t.killed_low)"
    part = (
        "EXISTS (SELECT 1 FROM incident p WHERE p.parent_id = t.id AND p.deleted_at IS NULL AND p.gone IS NULL"
        " AND coalesce(p.killed_low, p.killed_best, p.killed_high) IS NOT NULL)"
    )
    sql = (
        f"SELECT {select} {scope.source} AND {HAPPENED_SQL} AND coalesce(t.status, '') <> 'retracted'"
        f" AND {figure} > 0 AND NOT {part} ORDER BY {figure} DESC, t.id LIMIT {DEADLIEST}"
    )
    rows = reader.rows(sql, scope.parameters)
    return tuple(typed(INCIDENT, dict(zip(names, row, strict=True))) for row in rows)
