"""A source and all that rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracker.model import codes
from tracker.model.kinds import INCIDENT_SOURCE, KINDS, SOURCE
from tracker.store import cells
from tracker.store.cards.parts import AsRead, Group, Named, Names, Record, When, as_read, groups, tags, when
from tracker.store.cards.quotes import Evidence, Said, evidence, statements
from tracker.store.cards.reports import incidents_of
from tracker.store.columns import quoted
from tracker.store.database import Reader
from tracker.store.history import ActionRow, of_record
from tracker.store.lookup import EVERY_RECORD

SHOWN = 500
"""Pieces of evidence that a card shows; their number is counted in full."""

COUNTED = 10_000
"""Records that refer to a source are counted up to so many; the source of a whole dataset has a million."""

_EVIDENCE = (
    'SELECT e.id, e.source_id, e.start, e."end", e.exact, e.role, e.verdict FROM evidence e WHERE e.source_id = ?'
    f" AND e.deleted_at IS NULL ORDER BY e.start, e.id LIMIT {SHOWN}"
)
_SUPPORTS = (
    "SELECT c.evidence_id, c.incident_id, c.actor_id, c.statement_id, c.involvement_id, c.tally_id, c.relation_id"
    " FROM citation c WHERE c.deleted_at IS NULL AND c.evidence_id IN ({}) ORDER BY c.id"
)
_PREFIXES = ("I", "A", "S", "INV", "T", "R")


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A source, without its text, which is `text_length` code points long (None when it is not attached).

    `kept` is “attached”, “pinned” (only its hash is known) or “–”; `rests` how many records of each kind refer to it,
    counted up to one more than `COUNTED`; `anchored` how many dates were told from its day of publication; `incidents`
    the first of those it reports or that rest on it.
    """

    id: int
    ref: str
    title: str
    version: int
    coder: str
    source_kind: str
    published: When
    kept: str
    text_length: int | None
    sha256: str
    groups: tuple[Group, ...]
    rests: tuple[tuple[str, int], ...]
    anchored: int
    evidence: tuple[Evidence, ...]
    statements: tuple[Said, ...]
    incidents: tuple[Named, ...]
    supersedes: Named | None
    superseded_by: tuple[Named, ...]
    tags: tuple[str, ...]
    history: tuple[ActionRow, ...]
    as_read: AsRead | None = None
    kind: str = "source"


def source_card(reader: Reader, id_: int) -> SourceCard | None:
    """The card of a source; None when it is deleted or never was."""
    values = _record(reader, id_)
    if values is None:
        return None
    names = Names(reader)
    newer = "SELECT id FROM source WHERE supersedes_id = ? AND deleted_at IS NULL ORDER BY id"
    return SourceCard(
        id=id_, ref=f"SRC-{id_}", title=values["title"], version=values["version"], coder=values["coder"] or "",
        source_kind=codes.label("source_kind", values["kind"]), published=when(values, "published", names),
        kept=cells.text_kept((values["text_length"] is not None, values["sha256"])),
        text_length=values["text_length"], sha256=values["sha256"] or "", groups=groups(SOURCE, values, names),
        rests=_rests(reader, id_), anchored=_anchored(reader, id_), evidence=_evidence(reader, names, id_),
        statements=statements(reader, names, "s.source_id = ?", (id_,)),
        incidents=incidents_of(reader, names, id_),
        supersedes=names.maybe("source", values["supersedes_id"]),
        superseded_by=tuple(names.named("source", row[0]) for row in reader.rows(newer, (id_,))),
        tags=tags(reader, "source", id_), history=tuple(of_record(reader, "source", id_, 20)),
        as_read=as_read(values),
    )  # fmt: skip


def _record(reader: Reader, id_: int) -> Record | None:
    """The columns of a source but for its text, which may be long, and of which only the length is read."""
    columns = [name for name in (*EVERY_RECORD, *SOURCE.column_names) if name != "text"]
    select = ", ".join(quoted(name) for name in columns)
    sql = f"SELECT {select}, length(text) FROM source WHERE id = ? AND deleted_at IS NULL"
    rows = reader.rows(sql, (id_,))
    return dict(zip([*columns, "text_length"], rows[0], strict=True)) if rows else None


def _rests(reader: Reader, id_: int) -> tuple[tuple[str, int], ...]:
    """How many records of each kind refer to the source."""
    found = []
    for kind in KINDS:
        if kind.name != "source" and "source" in kind.by_name and kind.by_name["source"].type == "ref":
            each = f"SELECT 1 FROM {kind.name} WHERE source_id = ? AND deleted_at IS NULL LIMIT {COUNTED + 1}"
            count = int(reader.rows(f"SELECT count(*) FROM ({each}) t", (id_,))[0][0])
            found.append(("incidents reported" if kind is INCIDENT_SOURCE else kind.plural.replace("_", " "), count))
    return tuple(found)


def _anchored(reader: Reader, id_: int) -> int:
    """How many dates of other records were told from the day of publication; only those that rest on the source."""
    sql = "SELECT count(*) FROM statement WHERE source_id = ? AND said_anchor_id = ? AND deleted_at IS NULL"
    incidents = (
        "SELECT count(*) FROM incident i WHERE i.date_anchor_id = ? AND i.deleted_at IS NULL AND i.id IN (SELECT"
        " v.incident_id FROM involvement v WHERE v.source_id = ? AND v.deleted_at IS NULL)"
    )
    return sum(int(reader.rows(text, (id_, id_))[0][0]) for text in (sql, incidents))


def _evidence(reader: Reader, names: Names, id_: int) -> tuple[Evidence, ...]:
    rows = reader.rows(_EVIDENCE, (id_,))
    supported: dict[int, list[str]] = {row[0]: [] for row in rows}
    if rows:
        marks = ", ".join("?" * len(rows))
        for row in reader.rows(_SUPPORTS.format(marks), list(supported)):
            supported[row[0]].append(_supported(row))
    return tuple(evidence(names, row, tuple(dict.fromkeys(supported[row[0]]))) for row in rows)


def _supported(row: tuple[Any, ...]) -> str:
    return next(f"{prefix}-{id_}" for prefix, id_ in zip(_PREFIXES, row[1:], strict=True) if id_ is not None)
