"""Which sources report an incident, and which incidents a source reports, however they are tied to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.model.uncertain import short_of
from tracker.store.cards.parts import MOST, Named, Names
from tracker.store.database import Reader

_TIED = ("incident_source", "involvement", "tally")
"""The tables that name an incident and a source in one row."""
_CITED = (
    "SELECT {0} FROM citation c JOIN evidence e ON e.id = c.evidence_id WHERE {1} = ? AND c.incident_id IS NOT NULL"
    f" AND c.deleted_at IS NULL AND e.deleted_at IS NULL LIMIT {MOST * 5}"
)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source of an incident: `publisher` "" and `published` “–” when they are not known."""

    named: Named
    publisher: str
    published: str


def _legs(wanted: str, given: str, cited: str) -> str:
    """The ids in column `wanted` of all rows tied to one `given`; of each table no more than a card can show."""
    tied = (
        f"SELECT {wanted} FROM {table} WHERE {given} = ? AND {wanted} IS NOT NULL AND deleted_at IS NULL"
        f" LIMIT {MOST * 5}"
        for table in _TIED
    )
    return " UNION ".join(f"SELECT * FROM ({leg}) t" for leg in (*tied, cited))


_SOURCES = _legs("source_id", "incident_id", _CITED.format("e.source_id", "c.incident_id"))
_INCIDENTS = _legs("incident_id", "source_id", _CITED.format("c.incident_id", "e.source_id"))


def sources_of(reader: Reader, incident_id: int, quoted: Iterable[int] = ()) -> tuple[SourceRow, ...]:
    """The sources of an incident by day of publication; `quoted` are ids of sources that are known already."""
    ids = sorted({row[0] for row in reader.rows(_SOURCES, (incident_id,) * 4)} | set(quoted))[:MOST]
    if not ids:
        return ()
    marks = ", ".join("?" * len(ids))
    rows = reader.rows(
        f"SELECT id, title, publisher, published_edtf FROM source WHERE id IN ({marks}) AND deleted_at IS NULL"
        " ORDER BY coalesce(published_earliest, ''), id",
        ids,
    )
    return tuple(
        SourceRow(Named("source", id_, f"SRC-{id_}", title or f"SRC-{id_}"), publisher or "", short_of(published))
        for id_, title, publisher, published in rows
    )


def incidents_of(reader: Reader, names: Names, source_id: int) -> tuple[Named, ...]:
    """Incidents that a source reports, or that rest on it, by date; `MOST` at most."""
    sql = (
        f"SELECT id FROM incident WHERE id IN ({_INCIDENTS}) AND deleted_at IS NULL"
        f" ORDER BY coalesce(date_earliest, ''), id LIMIT {MOST}"
    )
    ids = [row[0] for row in reader.rows(sql, (source_id,) * 4)]
    names.load("incident", ids)
    return tuple(names.named("incident", id_) for id_ in ids)
