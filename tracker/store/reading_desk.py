"""What the reader of an article sees: its text, what is suggested from it, and what is coded already."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from tracker.errors import UsageError
from tracker.model.kinds import BY_NAME
from tracker.store.database import Reader
from tracker.store.suggesting import extent

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Article:
    """A source with its text; `published` is EDTF, `newer` the id of the edition that supersedes it."""

    id: int
    uid: str
    version: int
    title: str
    kind: str
    publisher: str
    author: str
    url: str
    language: str
    published: str
    sha256: str
    queue: str
    supersedes: int | None
    newer: int | None
    text: str

    @property
    def ref(self) -> str:
        """The REF of the source."""
        return f"SRC-{self.id}"


class Waiting(NamedTuple):
    """A suggestion as it waits, or as it was decided; `made` is the REF of the record it became, or empty.

    `start` and `end` are where its main words stand; `spans` holds all of them by role.
    """

    id: int
    version: int
    kind: str
    start: int
    end: int
    spans: dict[str, tuple[Span, ...]]
    value: dict[str, Any]
    confidence: float
    reason: str
    rule: str
    status: str
    decided_by: str
    made: str

    @property
    def ref(self) -> str:
        """The REF of the suggestion."""
        return f"SG-{self.id}"


class Known(NamedTuple):
    """An actor by whom a text can be read: its names, and the offices it holds with the days from and to (EDTF)."""

    uid: str
    name: str
    kind: str
    names: tuple[str, ...]
    generic: bool
    country: str
    role_title: str
    holds: tuple[tuple[str, str, str], ...]


class CodedSpan(NamedTuple):
    """A stretch of a text that a record, or one field of it, rests on."""

    start: int
    end: int
    kind: str
    ref: str
    field: str
    verdict: str


_ARTICLE = (
    "SELECT s.id, s.uid, s.version, s.title, s.kind, coalesce(s.publisher, ''), coalesce(s.author, ''),"
    " coalesce(s.url, ''), coalesce(s.language, ''), coalesce(s.published_edtf, ''), coalesce(s.sha256, ''),"
    " coalesce(s.queue, ''), s.supersedes_id,"
    " (SELECT max(n.id) FROM source n WHERE n.supersedes_id = s.id AND n.deleted_at IS NULL), coalesce(s.text, '')"
    " FROM source s WHERE s.id = ? AND s.deleted_at IS NULL"
)


def article(reader: Reader, source_id: int) -> Article:
    """A source with its text, empty when none is attached; UsageError when there is no such source."""
    rows = reader.rows(_ARTICLE, (source_id,))
    if not rows:
        raise UsageError(f"SRC-{source_id}: there is no such source")
    return Article(*rows[0])


def queue(reader: Reader, source_id: int, *, status: str = "") -> list[Waiting]:
    """The suggestions of a source in the order of the text, decided or not; with `status` only those."""
    one, last = (" AND status = ?", (status,)) if status else ("", ())
    rows = reader.rows(
        "SELECT id, version, kind, spans, value, confidence, reason, rule, status, decided_by, made_uid"
        f" FROM suggestion WHERE source_id = ? AND deleted_at IS NULL{one}",
        (source_id, *last),
    )
    made = _refs(reader, {str(row[10]) for row in rows if row[10]})
    return sorted((_waiting(row, made) for row in rows), key=lambda one: (one.start, one.end, one.kind, one.id))


def _waiting(row: tuple[Any, ...], made: dict[str, str]) -> Waiting:
    spans = {
        role: tuple((int(start), int(end)) for start, end in stretches)
        for role, stretches in (_json(row[3]) or {}).items()
    }
    start, end = extent(row[2], spans)
    value = _json(row[4]) or {}
    told = made.get(str(row[10]), "")
    return Waiting(
        row[0], row[1], row[2], start, end, spans, value, float(row[5] or 0), row[6] or "", row[7] or "", row[8],
        row[9] or "", told,
    )  # fmt: skip


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _refs(reader: Reader, uids: set[str]) -> dict[str, str]:
    """The REFs of the records that suggestions became, by uid; a record that was deleted has none."""
    found: dict[str, str] = {}
    wanted = sorted(uids)
    for kind in ("statement", "actor", "incident", "involvement", "tally"):
        for at in range(0, len(wanted), 500):
            some = wanted[at : at + 500]
            marks = ", ".join("?" * len(some))
            query = f"SELECT uid, id FROM {kind} WHERE deleted_at IS NULL AND uid IN ({marks})"
            found |= {uid: f"{BY_NAME[kind].prefix}-{id_}" for uid, id_ in reader.rows(query, some)}
    return found


def known_actors(reader: Reader) -> list[Known]:
    """Every actor with its names and offices, to read a text by."""
    names: dict[int, list[str]] = {}
    for actor, name in reader.rows("SELECT actor_id, name FROM actor_name WHERE deleted_at IS NULL ORDER BY id"):
        names.setdefault(actor, []).append(name)
    holds: dict[int, list[tuple[str, str, str]]] = {}
    query = (
        "SELECT r.from_actor_id, coalesce(r.detail, a.name), coalesce(r.held_earliest, ''),"
        " coalesce(r.held_latest, '') FROM relation r JOIN actor a ON a.id = r.to_actor_id"
        " WHERE r.type = 'holds_office_in' AND r.deleted_at IS NULL ORDER BY r.id"
    )
    for actor, office, first, last in reader.rows(query):
        holds.setdefault(actor, []).append((office, first, last))
    rows = reader.rows(
        "SELECT id, uid, name, kind, generic, country, role_title FROM actor WHERE deleted_at IS NULL ORDER BY id"
    )
    return [
        Known(
            uid, name, kind, tuple(names.get(id_, ())), bool(generic), country or "", title or "",
            tuple(holds.get(id_, ())),
        )
        for id_, uid, name, kind, generic, country, title in rows
    ]  # fmt: skip


def coded_spans(reader: Reader, source_id: int) -> list[CodedSpan]:
    """The stretches of a text that records rest on, in the order of the text."""
    kinds = ("incident", "actor", "statement", "involvement", "tally", "relation")
    columns = ", ".join(f"c.{kind}_id" for kind in kinds)
    rows = reader.rows(
        f'SELECT e.start, e."end", e.verdict, c.field, {columns} FROM evidence e'
        " JOIN citation c ON c.evidence_id = e.id AND c.deleted_at IS NULL"
        " WHERE e.source_id = ? AND e.deleted_at IS NULL ORDER BY e.start, e.id, c.id",
        (source_id,),
    )
    found = []
    for start, end, verdict, field, *ids in rows:
        kind, id_ = next((kind, id_) for kind, id_ in zip(kinds, ids, strict=True) if id_ is not None)
        found.append(CodedSpan(start, end, kind, f"{BY_NAME[kind].prefix}-{id_}", field or "", verdict or ""))
    return found
