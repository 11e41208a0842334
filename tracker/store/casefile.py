"""Whole incidents in blocks, each with all that hangs on it, for those who write them into another codebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.model.fields import Kind, StoredColumn
from tracker.model.kinds import ACTOR, INCIDENT, INVOLVEMENT, SOURCE, STATEMENT, TALLY
from tracker.store import export
from tracker.store.database import Reader

Row = dict[str, Any]
"""A record by its stored columns, with id, uid, version, created_at, updated_at, batch_id and extra."""

BLOCK = 500
"""So many incidents are read at once."""

_FRAME = (
    StoredColumn("id", "int", ""), StoredColumn("uid", "text", ""), StoredColumn("version", "int", ""),
    StoredColumn("created_at", "text", ""), StoredColumn("updated_at", "text", ""),
    StoredColumn("batch_id", "int", ""),
)  # fmt: skip
_EXTRA = StoredColumn("extra", "json", "")


@dataclass(slots=True)
class Casefile:
    """An incident and the live records around it, each list in the order of ids.

    An involvement has the further keys `actor` and `asserter` (rows of actors with `names`, None for nobody named), a
    tally `asserter`, a statement `speaker` and `actors` (pairs of role and actor row). `sources` are those that the
    incident itself and its involvements, tallies, statements and quoted words name. `links` are (type, row of the other
    incident with ref, uid, title, dataset and external_id, whether the link leads from it to this one). `evidence`
    counts the cited spans, `parent` is like the other incident of a link.
    """

    incident: Row
    involvements: list[Row] = field(default_factory=list)
    tallies: list[Row] = field(default_factory=list)
    statements: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    links: list[tuple[str, Row, bool]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    evidence: int = 0
    parent: Row | None = None


def stream(
    reader: Reader,
    condition: export.Condition | None = None,
    order: Sequence[tuple[str, bool]] = (),
    limit: int | None = None,
) -> Iterator[list[Casefile]]:
    """The live incidents that `condition` picks, in blocks of at most `BLOCK`, in constant memory; ids end every order.

    `order` is as in `export.stream`.
    """
    stored = _columns(INCIDENT)
    wanted = [export.Wanted(column.name) for column in stored]
    for block in export.stream(reader, INCIDENT, wanted, condition, order, limit):
        for start in range(0, len(block), BLOCK):
            yield _filled(reader, [_row(stored, values) for values in block[start : start + BLOCK]])


def _columns(kind: Kind) -> tuple[StoredColumn, ...]:
    """All columns of a kind but the text of a source, which may be long and leaves in no file."""
    return (*_FRAME, *(column for column in kind.columns if column.name != "text"), _EXTRA)


def _row(stored: Sequence[StoredColumn], values: Sequence[Any]) -> Row:
    return {c.name: export.typed(c.type, value) for c, value in zip(stored, values, strict=True)}


def _filled(reader: Reader, incidents: list[Row]) -> list[Casefile]:
    files = {int(row["id"]): Casefile(row) for row in incidents}
    ids = list(files)
    _involvements_and_tallies(reader, files, ids)
    _statements(reader, files, ids)
    _sources(reader, files, ids)
    _links(reader, files, ids)
    for of_id, name in _asked(reader, "SELECT of_id, name FROM tag WHERE of_kind = 'incident' AND deleted_at IS NULL"
                              " AND of_id IN ({}) ORDER BY name, id", ids):  # fmt: skip
        files[of_id].tags.append(name)
    return list(files.values())


def _asked(reader: Reader, sql: str, ids: Iterable[int | None], times: int = 1) -> list[tuple[Any, ...]]:
    """The rows of a query whose `{}` stand for the ids, each given `times` over."""
    wanted = [id_ for id_ in ids if id_ is not None]
    if not wanted:
        return []
    marks = ", ".join("?" * len(wanted))
    return reader.rows(sql.replace("{}", marks), wanted * times)


def _by_id(reader: Reader, kind: Kind, ids: Iterable[int | None]) -> dict[int, Row]:
    """Records by their ids, deleted ones too: what a live record refers to is still what it means."""
    stored, found = _columns(kind), {}
    names = ", ".join(f'"{column.name}"' for column in stored)
    wanted = sorted({id_ for id_ in ids if id_ is not None})
    for start in range(0, len(wanted), BLOCK):
        sql = f'SELECT {names} FROM "{kind.name}" WHERE id IN ({{}})'
        found.update({int(v[0]): _row(stored, v) for v in _asked(reader, sql, wanted[start : start + BLOCK])})
    return found


def _actors(reader: Reader, ids: Iterable[int | None]) -> dict[int, Row]:
    """Actors by their ids, each with all its names."""
    found = _by_id(reader, ACTOR, ids)
    for row in found.values():
        row["names"] = [row["name"]]
    for start in range(0, len(found), BLOCK):
        sql = "SELECT actor_id, name FROM actor_name WHERE actor_id IN ({}) AND deleted_at IS NULL ORDER BY id"
        for actor, name in _asked(reader, sql, list(found)[start : start + BLOCK]):
            found[actor]["names"].append(name)
    return found


def _of_incidents(reader: Reader, kind: Kind, ids: list[int]) -> list[Row]:
    stored = _columns(kind)
    names = ", ".join(f'"{column.name}"' for column in stored)
    sql = f'SELECT {names} FROM "{kind.name}" WHERE incident_id IN ({{}}) AND deleted_at IS NULL ORDER BY id'
    return [_row(stored, values) for values in _asked(reader, sql, ids)]


def _involvements_and_tallies(reader: Reader, files: dict[int, Casefile], ids: list[int]) -> None:
    involved, tallies = _of_incidents(reader, INVOLVEMENT, ids), _of_incidents(reader, TALLY, ids)
    people = (row[key] for row in involved for key in ("actor_id", "asserted_by_id"))
    actors = _actors(reader, [*people, *(row["asserted_by_id"] for row in tallies)])
    for row in involved:
        row["actor"], row["asserter"] = actors[row["actor_id"]], actors.get(row["asserted_by_id"])
        files[row["incident_id"]].involvements.append(row)
    for row in tallies:
        row["asserter"] = actors.get(row["asserted_by_id"])
        files[row["incident_id"]].tallies.append(row)


def _statements(reader: Reader, files: dict[int, Casefile], ids: list[int]) -> None:
    about = (
        "SELECT i.incident_id, i.statement_id FROM statement_incident i JOIN statement s ON s.id = i.statement_id"
        " WHERE i.incident_id IN ({}) AND i.deleted_at IS NULL AND s.deleted_at IS NULL ORDER BY i.statement_id, i.id"
    )
    pairs = _asked(reader, about, ids)
    said = _by_id(reader, STATEMENT, (statement for _, statement in pairs))
    others = (
        "SELECT statement_id, role, actor_id FROM statement_actor WHERE statement_id IN ({}) AND deleted_at IS NULL"
        " ORDER BY id"
    )
    roles = _asked(reader, others, said)
    actors = _actors(reader, [*(row["speaker_id"] for row in said.values()), *(actor for _, _, actor in roles)])
    for row in said.values():
        row["speaker"] = actors[row["speaker_id"]]
        row["actors"] = []
    for statement, role, actor in roles:
        said[statement]["actors"].append((role, actors[actor]))
    for incident, statement in pairs:
        files[incident].statements.append(said[statement])


_CITED = " UNION ALL ".join(
    [
        "SELECT c.incident_id, e.source_id, e.id FROM citation c JOIN evidence e ON e.id = c.evidence_id"
        " WHERE c.incident_id IN ({}) AND c.deleted_at IS NULL AND e.deleted_at IS NULL",
        *(
            f"SELECT h.incident_id, e.source_id, e.id FROM {kind} h JOIN citation c ON c.{kind}_id = h.id"
            " JOIN evidence e ON e.id = c.evidence_id WHERE h.incident_id IN ({}) AND h.deleted_at IS NULL"
            " AND c.deleted_at IS NULL AND e.deleted_at IS NULL"
            for kind in ("involvement", "tally")
        ),
    ]
)


def _sources(reader: Reader, files: dict[int, Casefile], ids: list[int]) -> None:
    named: dict[int, set[int]] = {id_: set() for id_ in ids}
    spans: dict[int, set[int]] = {id_: set() for id_ in ids}
    direct = "SELECT incident_id, source_id FROM incident_source WHERE incident_id IN ({}) AND deleted_at IS NULL"
    for incident, source in _asked(reader, direct, ids):
        named[incident].add(source)
    for incident, source, evidence in _asked(reader, _CITED, ids, 3):
        named[incident].add(source)
        spans[incident].add(evidence)
    for id_, case in files.items():
        rows = (*case.involvements, *case.tallies, *case.statements)
        named[id_].update(row["source_id"] for row in rows if row["source_id"] is not None)
    sources = _by_id(reader, SOURCE, (source for some in named.values() for source in some))
    for id_, case in files.items():
        case.sources = [sources[source] for source in sorted(named[id_])]
        case.evidence = len(spans[id_])


def _links(reader: Reader, files: dict[int, Casefile], ids: list[int]) -> None:
    live = "FROM incident_link WHERE deleted_at IS NULL AND"
    sql = f"SELECT id, a_id, type, b_id, 0 {live} a_id IN ({{}}) UNION ALL"
    sql += f" SELECT id, b_id, type, a_id, 1 {live} b_id IN ({{}}) ORDER BY 1, 5"
    links = _asked(reader, sql, ids, 2)
    parents = {id_: case.incident["parent_id"] for id_, case in files.items()}
    others = _titled(reader, [*parents.values(), *(other for *_, other, _ in links)])
    for _, id_, type_, other, backwards in links:
        files[id_].links.append((type_, others[other], bool(backwards)))
    for id_, parent in parents.items():
        files[id_].parent = others.get(parent) if parent is not None else None


_TITLED = ("uid", "title", "dataset", "external_id")


def _titled(reader: Reader, ids: Sequence[int | None]) -> dict[int, Row]:
    found: dict[int, Row] = {}
    wanted = sorted({id_ for id_ in ids if id_ is not None})
    for start in range(0, len(wanted), BLOCK):
        some = wanted[start : start + BLOCK]
        for id_, *values in _asked(reader, f"SELECT id, {', '.join(_TITLED)} FROM incident WHERE id IN ({{}})", some):
            found[id_] = {"ref": f"{INCIDENT.prefix}-{id_}", **dict(zip(_TITLED, values, strict=True))}
    return found
