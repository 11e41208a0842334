"""Records on their way into the store in bulk, column by column, as the rows of a block of a dataset file gave them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class ActorSpec(NamedTuple):
    """An actor as a dataset names it; the store finds the record by its name, or makes one.

    `key` is the dataset's own id of the actor, "" when it has none; `kind` a code of the list `actor_kind`; `country`
    ISO 3166 alpha-3 or "".
    """

    name: str
    kind: str = "armed_group"
    generic: bool = False
    country: str = ""
    key: str = ""


class SourceSpec(NamedTuple):
    """A source as a dataset cites it; `published` is EDTF, "" for unknown. All texts may be "" but the title."""

    title: str
    publisher: str = ""
    published: str = ""
    url: str = ""
    author: str = ""
    kind: str = "news_article"
    notes: str = ""


class TallySpec(NamedTuple):
    """A figure for some of those concerned: a code of the list `measure`, of whom, and the three figures."""

    measure: str
    whom: str
    low: int | None
    best: int | None
    high: int | None


class StatementSpec(NamedTuple):
    """What somebody says about the incident of the row; codes of the lists `statement_kind` and `mode`."""

    speaker: ActorSpec
    kind: str
    mode: str = "paraphrase"
    quote: str = ""
    paraphrase: str = ""
    venue: str = ""


@dataclass(slots=True)
class Involved:
    """Who is involved in the incidents of a block in one way: for each row one actor, several, or None.

    `role` is a code for all rows or one for each; `columns` are further stored columns of the involvement, such as
    stance, hedge or notes, each with one value a row.
    """

    actors: Sequence[ActorSpec | tuple[ActorSpec, ...] | None]
    role: str | Sequence[str]
    columns: dict[str, Sequence[object]] = field(default_factory=dict)


@dataclass(slots=True)
class Incoming:
    """The records that n rows come to.

    `incident` holds n values for each stored column that the dataset fills (never id, uid, version, stamps, dataset,
    external_id, release or fingerprint; `extra` as JSON text). `fingerprints` are signed 64-bit hashes of the rows as
    read. `sources`, `tallies` and `statements` hold a tuple for each row, mostly (). `links` are (row, link type,
    external id of the other incident of the same dataset); one whose other incident is not there is passed over.
    `tags` are names for each row. `source_keys` (of all sources, row after row) follow from `sources`: where another
    process reads the file, `bulk_people.prepare` puts them here.
    """

    external_ids: Sequence[str]
    fingerprints: Sequence[int]
    incident: dict[str, Sequence[object]]
    involved: list[Involved] = field(default_factory=list)
    sources: Sequence[tuple[SourceSpec, ...]] = ()
    tallies: Sequence[tuple[TallySpec, ...]] = ()
    statements: Sequence[tuple[StatementSpec, ...]] = ()
    links: list[tuple[int, str, str]] = field(default_factory=list)
    tags: Sequence[tuple[str, ...]] = ()
    source_keys: Sequence[bytes] = field(default=(), compare=False)

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.external_ids)

    def part(self, rows: Sequence[int]) -> Incoming:
        """The same for some of the rows only, by their positions."""
        if len(rows) == len(self):
            return self

        def some(values: Sequence[object]) -> list[object]:
            return [values[row] for row in rows] if values else []

        place = {row: at for at, row in enumerate(rows)}
        involved = [
            Involved(
                some(one.actors),  # type: ignore[arg-type]
                one.role if isinstance(one.role, str) else some(one.role),  # type: ignore[arg-type]
                {name: some(values) for name, values in one.columns.items()},
            )
            for one in self.involved
        ]
        return Incoming(
            [self.external_ids[row] for row in rows],
            [self.fingerprints[row] for row in rows],
            {name: some(values) for name, values in self.incident.items()},
            involved,
            some(self.sources),  # type: ignore[arg-type]
            some(self.tallies),  # type: ignore[arg-type]
            some(self.statements),  # type: ignore[arg-type]
            [(place[row], type_, other) for row, type_, other in self.links if row in place],
            some(self.tags),  # type: ignore[arg-type]
        )
