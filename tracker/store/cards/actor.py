"""An actor and all that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracker.model import codes
from tracker.model.kinds import ACTOR, INCIDENT
from tracker.model.uncertain import short_of
from tracker.store.cards.parts import MOST, AsRead, Group, Named, Names, alive, as_read, groups, tags, voice
from tracker.store.cards.quotes import Evidence, Said, cited, statements
from tracker.store.columns_dataset import dataset_of
from tracker.store.database import Reader
from tracker.store.history import ActionRow, of_record
from tracker.store.listing import Listing
from tracker.store.ordered_ids import first

SHOWN = 50
"""Incidents of a role, and statements, that a card shows; their number is counted in full."""

_NAMES = (
    "SELECT name, kind, language, disputed FROM actor_name WHERE actor_id = ? AND deleted_at IS NULL"
    f" ORDER BY id LIMIT {MOST}"
)
_RELATIONS = (
    "SELECT r.id, r.from_actor_id, r.type, r.to_actor_id, r.detail, r.held_edtf, r.asserted_by_id, r.hedge,"
    f" {dataset_of('r')} FROM relation r WHERE r.deleted_at IS NULL AND (r.from_actor_id = ? OR r.to_actor_id = ?)"
    f" ORDER BY r.id LIMIT {MOST}"
)
_PART = "FROM involvement v WHERE v.actor_id = ? AND v.role = ? AND v.deleted_at IS NULL"
_INCIDENTS = "(t.id IN (SELECT incident_id FROM involvement WHERE deleted_at IS NULL AND actor_id = ? AND role = ?))"


@dataclass(frozen=True, slots=True)
class NameRow:
    """Another name; `kind` as a label, `language` ISO 639-1."""

    name: str
    kind: str
    language: str
    disputed: bool


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation, read from left to right: `subject` `type` `object`; one of the two is the card's actor.

    `voice` says who says so, `according_to` if it is an actor.
    """

    id: int
    ref: str
    subject: Named
    type: str
    object: Named
    detail: str
    held: str
    according_to: Named | None
    hedge: str
    voice: str


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident in one line: `date` in short."""

    id: int
    ref: str
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class Part:
    """The incidents in which the actor has `role` by anybody's account: how many, and the latest of them."""

    role: str
    total: int
    incidents: tuple[IncidentLine, ...]


@dataclass(frozen=True, slots=True)
class ActorCard:
    """An actor; `made_total` and `received_total` count all statements, `made` and `received` hold the first ones."""

    id: int
    ref: str
    title: str
    version: int
    coder: str
    actor_kind: str
    generic: bool
    groups: tuple[Group, ...]
    names: tuple[NameRow, ...]
    relations: tuple[RelationRow, ...]
    made: tuple[Said, ...]
    made_total: int
    received: tuple[Said, ...]
    received_total: int
    parts: tuple[Part, ...]
    evidence: tuple[Evidence, ...]
    tags: tuple[str, ...]
    history: tuple[ActionRow, ...]
    as_read: AsRead | None = None
    kind: str = "actor"


def actor_card(reader: Reader, id_: int) -> ActorCard | None:
    """The card of an actor; None when it is deleted, merged into another, or never was."""
    values = alive(reader, ACTOR, id_)
    if values is None:
        return None
    names = Names(reader)
    made, received = _made(reader, names, id_), _received(reader, names, id_)
    relations = reader.rows(_RELATIONS, (id_, id_))
    names.load("actor", [row[column] for row in relations for column in (1, 3, 6)])
    return ActorCard(
        id=id_, ref=f"A-{id_}", title=values["name"], version=values["version"], coder="",
        actor_kind=codes.label("actor_kind", values["kind"]), generic=bool(values["generic"]),
        groups=groups(ACTOR, values, names), names=tuple(_name(row) for row in reader.rows(_NAMES, (id_,))),
        relations=tuple(_relation(names, row) for row in relations),
        made=made[0], made_total=made[1], received=received[0], received_total=received[1],
        parts=_parts(reader, id_), evidence=cited(reader, names, [("c.actor_id = ?", id_)], "actor"),
        tags=tags(reader, "actor", id_), history=tuple(of_record(reader, "actor", id_, 20)),
        as_read=as_read(values),
    )  # fmt: skip


def _name(row: tuple[Any, ...]) -> NameRow:
    name, kind, language, disputed = row
    return NameRow(name, codes.label("name_kind", kind) if kind else "", language or "", bool(disputed))


def _relation(names: Names, row: tuple[Any, ...]) -> RelationRow:
    id_, subject, type_, object_, detail, held, asserted_by, hedge, dataset = row
    return RelationRow(
        id_, f"R-{id_}", names.named("actor", subject), codes.label("relation_type", type_),
        names.named("actor", object_), detail or "", short_of(held) if held else "", names.maybe("actor", asserted_by),
        codes.label("hedge", hedge) if hedge and hedge != "none" else "", voice(names, asserted_by, dataset),
    )  # fmt: skip


def _made(reader: Reader, names: Names, id_: int) -> tuple[tuple[Said, ...], int]:
    where = "s.speaker_id = ?"
    total = reader.rows(f"SELECT count(*) FROM statement s WHERE s.deleted_at IS NULL AND {where}", (id_,))[0][0]
    return statements(reader, names, where, (id_,))[:SHOWN], int(total)


def _received(reader: Reader, names: Names, id_: int) -> tuple[tuple[Said, ...], int]:
    """Statements to or against the actor, or made together with another, by role."""
    found: list[Said] = []
    total = 0
    for role in codes.values("statement_role"):
        links = "SELECT statement_id FROM statement_actor WHERE actor_id = ? AND role = ? AND deleted_at IS NULL"
        found += statements(reader, names, f"s.id IN ({links})", (id_, role), codes.label("statement_role", role))
        total += int(reader.rows(f"SELECT count(*) FROM ({links}) l", (id_, role))[0][0])
    return tuple(found[:SHOWN]), total


def _parts(reader: Reader, id_: int) -> tuple[Part, ...]:
    parts = []
    for role in codes.values("involvement_role"):
        total = int(reader.rows(f"SELECT count(DISTINCT v.incident_id) {_PART}", (id_, role))[0][0])
        if total:
            parts.append(Part(codes.label("involvement_role", role), total, _latest(reader, id_, role)))
    return tuple(parts)


def _latest(reader: Reader, id_: int, role: str) -> tuple[IncidentLine, ...]:
    """The latest incidents of a role, found as a list finds its first page: an actor may have a hundred thousand."""
    keys = ("t.date_earliest", "t.date_latest")
    ids = first(reader, Listing(INCIDENT, reader.dialect, _INCIDENTS, (id_, role), keys, True), SHOWN)
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT id, title, date_edtf FROM incident WHERE id IN ({marks})"
    rows = {row[0]: row for row in (reader.rows(sql, ids) if ids else ())}
    return tuple(IncidentLine(one, f"I-{one}", rows[one][1], short_of(rows[one][2])) for one in ids)
