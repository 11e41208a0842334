"""A statement and all that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.model import codes
from tracker.model.kinds import STATEMENT
from tracker.store import cells
from tracker.store.cards.parts import MOST, AsRead, Group, Named, Names, When, alive, as_read, groups, tags, when
from tracker.store.cards.quotes import Evidence, Said, cited, statements
from tracker.store.database import Reader
from tracker.store.history import ActionRow, of_record

_ACTORS = (
    "SELECT role, actor_id FROM statement_actor WHERE statement_id = ? AND deleted_at IS NULL"
    f" ORDER BY role, id LIMIT {MOST}"
)
_ABOUT = (
    f"SELECT incident_id FROM statement_incident WHERE statement_id = ? AND deleted_at IS NULL ORDER BY id LIMIT {MOST}"
)
_RESTS = (
    "SELECT v.id, v.incident_id, v.actor_id, v.role, v.stance FROM involvement v WHERE v.statement_id = ?"
    f" AND v.deleted_at IS NULL ORDER BY v.id LIMIT {MOST}"
)


@dataclass(frozen=True, slots=True)
class Asserted:
    """An involvement that the statement asserts: `stance` and `role` as labels."""

    id: int
    ref: str
    incident: Named
    actor: Named
    role: str
    stance: str


@dataclass(frozen=True, slots=True)
class StatementCard:
    """A statement; `title` is its words, `actors` are (role, actor) pairs, `repeated_by` says it again later."""

    id: int
    ref: str
    title: str
    version: int
    coder: str
    speaker: Named
    statement_kind: str
    mode: str
    quote: str
    paraphrase: str
    said: When
    source: Named | None
    groups: tuple[Group, ...]
    actors: tuple[tuple[str, Named], ...]
    about: tuple[Named, ...]
    asserts: tuple[Asserted, ...]
    repeats: Said | None
    repeated_by: tuple[Said, ...]
    evidence: tuple[Evidence, ...]
    tags: tuple[str, ...]
    history: tuple[ActionRow, ...]
    as_read: AsRead | None = None
    kind: str = "statement"


def statement_card(reader: Reader, id_: int) -> StatementCard | None:
    """The card of a statement; None when it is deleted or never was."""
    values = alive(reader, STATEMENT, id_)
    if values is None:
        return None
    names = Names(reader)
    actors = reader.rows(_ACTORS, (id_,))
    names.load("actor", (row[1] for row in actors))
    earlier = statements(reader, names, "s.id = ?", (values["repeats_id"],)) if values["repeats_id"] else ()
    return StatementCard(
        id=id_, ref=f"S-{id_}", title=cells.words((values["quote"], values["paraphrase"])), version=values["version"],
        coder=values["coder"] or "", speaker=names.named("actor", values["speaker_id"]),
        statement_kind=codes.label("statement_kind", values["kind"]), mode=codes.label("mode", values["mode"]),
        quote=values["quote"] or "", paraphrase=values["paraphrase"] or "", said=when(values, "said", names),
        source=names.maybe("source", values["source_id"]), groups=groups(STATEMENT, values, names),
        actors=tuple((codes.label("statement_role", role), names.named("actor", actor)) for role, actor in actors),
        about=tuple(names.named("incident", row[0]) for row in reader.rows(_ABOUT, (id_,))),
        asserts=_asserted(reader, names, id_), repeats=earlier[0] if earlier else None,
        repeated_by=statements(reader, names, "s.repeats_id = ?", (id_,)),
        evidence=cited(reader, names, [("c.statement_id = ?", id_)], "statement"),
        tags=tags(reader, "statement", id_), history=tuple(of_record(reader, "statement", id_, 20)),
        as_read=as_read(values),
    )  # fmt: skip


def _asserted(reader: Reader, names: Names, id_: int) -> tuple[Asserted, ...]:
    return tuple(
        Asserted(involvement, f"INV-{involvement}", names.named("incident", incident), names.named("actor", actor),
                 codes.label("involvement_role", role), codes.label("stance", stance))
        for involvement, incident, actor, role, stance in reader.rows(_RESTS, (id_,))
    )  # fmt: skip
