"""The columns that join names or words of related records in one cell, which are shown on request only."""

from __future__ import annotations

from tracker.store import cells
from tracker.store.columns import Column
from tracker.store.columns_dataset import or_dataset

_ESCAPED = "replace(replace({}, '\\', '\\\\'), ';', '\\;')"
"""Within a name, a semicolon is `\\;` and a backslash `\\\\`, so that the joined text can be parted again."""


def joined(inner: str) -> str:
    """SQL for the texts `name` that a query gives, in its order, joined by “; ”, and one more than cells show."""
    name = _ESCAPED.format("j.name")
    return f"(SELECT string_agg({name}, '; ') FROM ({inner} LIMIT {cells.JOINED + 1}) j)"


def _list(name: str, label: str, inner: str, width: int = 24) -> Column:
    return Column(name, label, width, (joined(inner),), cells.joined, default=False)


_LIVE = "v.deleted_at IS NULL"


def _actors(column: str, condition: str) -> str:
    """The actors in one column of an incident's involvements, each once, in the order in which they came."""
    return (
        f"SELECT a.name AS name FROM involvement v JOIN actor a ON a.id = v.{column}"
        f" WHERE v.incident_id = t.id AND {condition} AND {_LIVE} GROUP BY a.id, a.name ORDER BY min(v.id)"
    )


def _role(role: str) -> str:
    """Who is named in a role; not who is there only because somebody denies or doubts it."""
    return _actors("actor_id", f"v.role = '{role}' AND v.stance NOT IN ('denies', 'doubts')")


_ASSERTING = (
    f"SELECT j.name AS name FROM (SELECT {or_dataset('a.name', 'v.asserted_by_id', 'v')} AS name, v.id AS id"
    " FROM involvement v LEFT JOIN actor a ON a.id = v.asserted_by_id"
    f" WHERE v.incident_id = t.id AND {_LIVE}) j WHERE j.name IS NOT NULL GROUP BY j.name ORDER BY min(j.id)"
)
"""Who says who took part: actors, and datasets in their own name."""

_OF_PARTS = " UNION ALL ".join(
    f"SELECT c.evidence_id AS id FROM {part} p JOIN citation c ON c.{part}_id = p.id"
    " WHERE p.incident_id = t.id AND p.deleted_at IS NULL AND c.deleted_at IS NULL"
    for part in ("involvement", "tally")
)
_EVIDENCE = (
    "SELECT c.evidence_id AS id FROM citation c WHERE c.incident_id = t.id AND c.deleted_at IS NULL"
    f" UNION ALL {_OF_PARTS}"
)
_GROUNDS = " UNION ".join(
    (
        *(
            f"SELECT p.source_id AS id FROM {part} p"
            " WHERE p.incident_id = t.id AND p.source_id IS NOT NULL AND p.deleted_at IS NULL"
            for part in ("incident_source", "involvement", "tally")
        ),
        f"SELECT e.source_id AS id FROM ({_EVIDENCE}) c JOIN evidence e ON e.id = c.id WHERE e.deleted_at IS NULL",
    )
)
_SOURCES = (
    f"SELECT s.title AS name FROM ({_GROUNDS}) g JOIN source s ON s.id = g.id WHERE s.deleted_at IS NULL ORDER BY s.id"
)
_QUOTES = (
    "SELECT s.quote AS name FROM statement_incident l JOIN statement s ON s.id = l.statement_id"
    " WHERE l.incident_id = t.id AND s.quote <> '' AND l.deleted_at IS NULL AND s.deleted_at IS NULL ORDER BY s.id"
)


def _of_statement(role: str) -> str:
    return (
        "SELECT a.name AS name FROM statement_actor l JOIN actor a ON a.id = l.actor_id"
        f" WHERE l.statement_id = t.id AND l.role = '{role}' AND l.deleted_at IS NULL ORDER BY l.id"
    )


_INCIDENTS = (
    "SELECT i.title AS name FROM statement_incident l JOIN incident i ON i.id = l.incident_id"
    " WHERE l.statement_id = t.id AND l.deleted_at IS NULL AND i.deleted_at IS NULL ORDER BY l.id"
)
_PART_OF = (
    "SELECT a.name AS name FROM relation l JOIN actor a ON a.id = l.to_actor_id"
    " WHERE l.from_actor_id = t.id AND l.type IN ('part_of', 'member_of') AND l.deleted_at IS NULL ORDER BY l.id"
)
_FROM_SOURCE = (
    "SELECT s.quote AS name FROM statement s"
    " WHERE s.source_id = t.id AND s.quote <> '' AND s.deleted_at IS NULL ORDER BY s.id"
)

RELATED: dict[str, tuple[Column, ...]] = {
    "incident": (
        _list("perpetrators", "Perpetrators", _role("perpetrator")),
        _list("sponsors", "Sponsors", _role("sponsor")),
        _list("targets", "Targets", _role("target")),
        _list("victims", "Victims", _role("victim")),
        _list("participants", "Participants", _role("participant")),
        _list("asserted_by", "According to", _ASSERTING),
        _list("sources", "Sources", _SOURCES, 30),
        _list("quotes", "Quotes", _QUOTES, 40),
    ),
    "actor": (_list("part_of", "Part of", _PART_OF),),
    "statement": (
        _list("addressees", "Addressees", _of_statement("addressee")),
        _list("targets", "Targets", _of_statement("target")),
        _list("co_speakers", "Co-speakers", _of_statement("co_speaker")),
        _list("incidents", "Incidents", _INCIDENTS, 30),
    ),
    "source": (_list("quotes", "Quotes", _FROM_SOURCE, 40),),
}
"""By kind, beyond what every record has."""


def tags(kind: str) -> Column:
    """The tags of a record of this kind, by the alphabet."""
    inner = (
        f"SELECT g.name AS name FROM tag g WHERE g.deleted_at IS NULL AND g.of_kind = '{kind}' AND g.of_id = t.id"
        " ORDER BY g.name"
    )
    return _list("tags", "Tags", inner, 16)
