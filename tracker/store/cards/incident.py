"""An incident and all that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracker.model import codes
from tracker.model.kinds import INCIDENT
from tracker.store import cells
from tracker.store.cards.matrix import Matrix, matrix
from tracker.store.cards.parts import (
    MOST,
    AsRead,
    Group,
    Named,
    Names,
    Record,
    When,
    alive,
    as_read,
    groups,
    imported_from,
    tags,
    voice,
    when,
)
from tracker.store.cards.quotes import Evidence, Said, cited, statements
from tracker.store.cards.reports import SourceRow, sources_of
from tracker.store.columns_dataset import dataset_of
from tracker.store.database import Reader
from tracker.store.history import ActionRow, of_record

_TALLIES = (
    "SELECT y.id, y.measure, y.whom, y.low, y.best, y.high, y.words, y.asserted_by_id, y.source_id, y.adopted,"
    f" {dataset_of('y')} FROM tally y WHERE y.incident_id = ? AND y.deleted_at IS NULL"
    f" ORDER BY y.measure, y.id LIMIT {MOST}"
)
_CHILDREN = (
    "SELECT id FROM incident WHERE parent_id = ? AND deleted_at IS NULL"
    f" ORDER BY coalesce(date_earliest, ''), id LIMIT {MOST}"
)
_LINKS = (
    f"SELECT l.id, l.type, l.b_id, 0, l.asserted_by_id, {dataset_of('l')} FROM incident_link l"
    " WHERE l.a_id = ? AND l.deleted_at IS NULL UNION ALL"
    f" SELECT l.id, l.type, l.a_id, 1, l.asserted_by_id, {dataset_of('l')} FROM incident_link l"
    " WHERE l.b_id = ? AND l.deleted_at IS NULL ORDER BY 1"
)


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One figure: `measure` as a label, `figure` such as “2–5”; `voice` is who says so, `according_to` if an actor."""

    id: int
    ref: str
    measure: str
    whom: str
    figure: str
    words: str
    according_to: Named | None
    source: Named | None
    adopted: bool
    voice: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Another incident; `backwards` when the link leads from it to this one, `voice` as in `TallyRow`."""

    id: int
    type: str
    other: Named
    backwards: bool
    according_to: Named | None
    voice: str


@dataclass(frozen=True, slots=True)
class IncidentCard:
    """An incident; `killed` and `wounded` are its adopted figures, `where` the place with how exact it is.

    `as_read` is what its dataset has of it beyond what is coded; `gone` is the release since which it has the incident
    no longer, "" for none, which `status` says besides.
    """

    id: int
    ref: str
    title: str
    version: int
    coder: str
    category: str
    status: str
    when: When
    where: str
    killed: str
    wounded: str
    groups: tuple[Group, ...]
    matrix: Matrix
    tallies: tuple[TallyRow, ...]
    statements: tuple[Said, ...]
    parent: Named | None
    children: tuple[Named, ...]
    links: tuple[LinkRow, ...]
    evidence: tuple[Evidence, ...]
    sources: tuple[SourceRow, ...]
    tags: tuple[str, ...]
    history: tuple[ActionRow, ...]
    as_read: AsRead | None = None
    gone: str = ""
    kind: str = "incident"


def incident_card(reader: Reader, id_: int) -> IncidentCard | None:
    """The card of an incident; None when it is deleted or never was."""
    values = alive(reader, INCIDENT, id_)
    if values is None:
        return None
    names = Names(reader)
    evidence = _evidence(reader, names, id_)
    about = "s.id IN (SELECT statement_id FROM statement_incident WHERE incident_id = ? AND deleted_at IS NULL)"
    return IncidentCard(
        id=id_, ref=f"I-{id_}", title=values["title"], version=values["version"], coder=values["coder"] or "",
        category=codes.label("category", values["category"]), status=_status(values),
        when=when(values, "date", names), where=_where(values),
        killed=_figure(values, "killed"), wounded=_figure(values, "wounded"),
        groups=tuple(_marked(group, values) for group in groups(INCIDENT, values, names)),
        matrix=matrix(reader, names, id_, values["claim_status"], imported_from(values)),
        tallies=_tallies(reader, names, id_),
        statements=statements(reader, names, about, (id_,)),
        parent=names.maybe("incident", values["parent_id"]), children=_children(reader, names, id_),
        links=_links(reader, names, id_), evidence=evidence,
        sources=sources_of(reader, id_, (span.source.id for span in evidence)),
        tags=tags(reader, "incident", id_), history=tuple(of_record(reader, "incident", id_, 20)),
        as_read=as_read(values), gone=values["gone"] or "",
    )  # fmt: skip


def _figure(values: Record, measure: str) -> str:
    return cells.figure([values[f"{measure}_{end}"] for end in ("low", "best", "high")])


def _status(values: Record) -> str:
    label = codes.label("status", values["status"])
    return f"{label}, gone since {values['gone']}" if values["gone"] else label


def _marked(group: Group, values: Record) -> Group:
    """The fields with a status that says so when the dataset has the incident no longer."""
    label = INCIDENT.by_name["status"].label
    pairs = tuple((name, _status(values) if name == label else value) for name, value in group.pairs)
    return Group(group.title, pairs)


def _where(values: Record) -> str:
    """The place as precisely as it is known: name or words, regions, country, precision, coordinates."""
    place = values["place_name"] or values["place_words"]
    parts = [place, values["admin2"], values["admin1"], values["country"]]
    told = ", ".join(dict.fromkeys(part for part in parts if part))
    notes = []
    if values["geo_precision"]:
        notes.append(codes.label("geo_precision", values["geo_precision"]))
    if values["lat"] is not None and values["lon"] is not None:
        notes.append(f"{values['lat']:.4f}, {values['lon']:.4f}")
    return " · ".join([told or cells.UNKNOWN, *notes])


def _tallies(reader: Reader, names: Names, id_: int) -> tuple[TallyRow, ...]:
    return tuple(_tally(names, row) for row in reader.rows(_TALLIES, (id_,)))


def _tally(names: Names, row: tuple[Any, ...]) -> TallyRow:
    id_, measure, whom, low, best, high, words, asserted_by, source, adopted, dataset = row
    return TallyRow(
        id_, f"T-{id_}", codes.label("measure", measure), whom or "", cells.figure((low, best, high)), words or "",
        names.maybe("actor", asserted_by), names.maybe("source", source), bool(adopted),
        voice(names, asserted_by, dataset),
    )  # fmt: skip


def _children(reader: Reader, names: Names, id_: int) -> tuple[Named, ...]:
    ids = [row[0] for row in reader.rows(_CHILDREN, (id_,))]
    names.load("incident", ids)
    return tuple(names.named("incident", child) for child in ids)


def _links(reader: Reader, names: Names, id_: int) -> tuple[LinkRow, ...]:
    return tuple(
        LinkRow(link, codes.label("link_type", type_), names.named("incident", other), bool(backwards),
                names.maybe("actor", asserted_by), voice(names, asserted_by, dataset))
        for link, type_, other, backwards, asserted_by, dataset in reader.rows(_LINKS, (id_, id_))
    )  # fmt: skip


def _evidence(reader: Reader, names: Names, id_: int) -> tuple[Evidence, ...]:
    """Words that the incident, its involvements or its figures rest on."""
    hanging = "c.{0}_id IN (SELECT id FROM {0} WHERE incident_id = ? AND deleted_at IS NULL)"
    wheres = [("c.incident_id = ?", id_), *((hanging.format(kind), id_) for kind in ("involvement", "tally"))]
    return cited(reader, names, wheres, "incident")
