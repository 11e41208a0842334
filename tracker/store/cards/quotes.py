"""The words that records rest on, and statements in one line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracker.model import codes
from tracker.model.kinds import BY_NAME
from tracker.model.uncertain import short_of
from tracker.store import cells
from tracker.store.cards.parts import MOST, Named, Names
from tracker.store.database import Reader

_SUPPORTED = ("incident", "actor", "statement", "involvement", "tally", "relation")
_EVIDENCE = (
    'SELECT e.id, e.source_id, e.start, e."end", e.exact, e.role, e.verdict, c.field, '
    + ", ".join(f"c.{name}_id" for name in _SUPPORTED)
    + " FROM citation c JOIN evidence e ON e.id = c.evidence_id"
    " WHERE c.deleted_at IS NULL AND e.deleted_at IS NULL AND "
)
_STATEMENT = (
    "SELECT s.id, s.speaker_id, s.kind, s.mode, s.quote, s.paraphrase, s.said_edtf, s.source_id FROM statement s"
    " WHERE s.deleted_at IS NULL AND "
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Quoted words: `start` and `end` are code points of the source's text, half-open.

    `role` is the part of the text they stand in, `verdict` the code of the last check ("" when never checked),
    `supports` what rests on them: fields, or other records with their REF.
    """

    id: int
    ref: str
    source: Named
    start: int
    end: int
    exact: str
    role: str
    verdict: str
    supports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: `kind` and `mode` as labels, `words` the quote in quotation marks or the paraphrase, `said` a date.

    `role` is the part that an actor has in it, where the card is an actor's.
    """

    id: int
    ref: str
    speaker: Named
    kind: str
    mode: str
    words: str
    said: str
    source: Named | None
    role: str = ""


def cited(reader: Reader, names: Names, wheres: Sequence[tuple[str, int]], own: str) -> tuple[Evidence, ...]:
    """The evidence of those citations that fulfil one of `wheres` (SQL over c, its one parameter), by place.

    `own` is the kind whose card this is: of it, only fields are named.
    """
    rows: dict[tuple[object, ...], tuple[Any, ...]] = {}
    for where, parameter in wheres:
        sql = f"{_EVIDENCE}{where} ORDER BY e.source_id, e.start, e.id, c.id LIMIT {MOST}"
        rows |= {row[:1] + row[7:]: row for row in reader.rows(sql, (parameter,))}
    found: dict[int, tuple[tuple[Any, ...], list[str]]] = {}
    for row in sorted(rows.values(), key=lambda row: (row[1], row[2], row[0])):
        found.setdefault(row[0], (row, []))[1].append(_supported(names, row, own))
    names.load("source", (row[1] for row, _ in found.values()))
    return tuple(evidence(names, row, tuple(dict.fromkeys(supports))) for row, supports in found.values())


def evidence(names: Names, row: tuple[Any, ...], supports: tuple[str, ...]) -> Evidence:
    """One piece of evidence from (id, source, start, end, exact, role, verdict, …)."""
    id_, source, start, end, exact, role, verdict = row[:7]
    part = codes.label("evidence_role", role) if role else ""
    return Evidence(
        id_, f"E-{id_}", names.named("source", source), start, end, exact or "", part, verdict or "", supports
    )


def _supported(names: Names, row: tuple[Any, ...], own: str) -> str:
    """What a citation supports: a field of the card's own record, or another record."""
    kind, id_ = next((kind, id_) for kind, id_ in zip(_SUPPORTED, row[8:], strict=True) if id_ is not None)
    field = BY_NAME[kind].by_name.get(row[7] or "")
    label = field.label if field else row[7] or ""
    if kind == own:
        return label or "the record"
    target = names.named(kind, id_)
    return " ".join(part for part in (target.ref, label) if part)


def statements(
    reader: Reader, names: Names, where: str, parameters: Sequence[object], role: str = ""
) -> tuple[Said, ...]:
    """The statements that fulfil `where` (SQL over s), in the order in which they were made."""
    sql = f"{_STATEMENT}{where} ORDER BY coalesce(s.said_earliest, ''), s.id LIMIT {MOST}"
    rows = reader.rows(sql, parameters)
    names.load("actor", (row[1] for row in rows))
    names.load("source", (row[7] for row in rows))
    return tuple(_said(names, row, role) for row in rows)


def _said(names: Names, row: tuple[Any, ...], role: str) -> Said:
    id_, speaker, kind, mode, quote, paraphrase, said, source = row
    return Said(
        id_, f"S-{id_}", names.named("actor", speaker), codes.label("statement_kind", kind), codes.label("mode", mode),
        cells.words((quote, paraphrase)), short_of(said), names.maybe("source", source), role,
    )  # fmt: skip
