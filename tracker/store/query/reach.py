"""How a filter reaches beyond the columns of a record: the links of each kind to other tables, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from tracker.model.kinds import BY_NAME


@dataclass(frozen=True, slots=True)
class Link:
    """A filter field by way of other tables.

    Each leg is a query for ids of the filtered kind, in which {} stands for `= 3` or `IN (…)` over ids of `target`;
    without a target the field is yes or no.
    """

    name: str
    label: str
    help: str
    example: str
    target: str
    legs: tuple[str, ...]


TAGGED: Final = "SELECT of_id FROM tag WHERE of_kind = '{kind}' AND deleted_at IS NULL AND name {{}}"

_INVOLVED = "SELECT incident_id FROM involvement WHERE deleted_at IS NULL AND "
_WITH = "SELECT statement_id FROM statement_actor WHERE deleted_at IS NULL AND "


def prefix_of(kind: str) -> str:
    """What a REF to a record of `kind` begins with."""
    return BY_NAME[kind].prefix


def _roles() -> tuple[Link, ...]:
    named = (
        ("perpetrator", "perpetrator:\"Kataib Hezbollah\""), ("sponsor", "sponsor:Iran"), ("victim", "victim:A-7"),
        ("target", "target:A-7"), ("participant", "participant:A-7"), ("host", "host:Iraq"),
    )  # fmt: skip
    return tuple(
        Link(role, role.capitalize(), f"an actor that anybody names as {role}", example, "actor",
             (f"{_INVOLVED}role = '{role}' AND actor_id {{}}",))
        for role, example in named
    )  # fmt: skip


def _stances() -> tuple[Link, ...]:
    named = (("accused_by", "accuses"), ("claimed_by", "claims"), ("denied_by", "denies"), ("doubted_by", "doubts"))
    return tuple(
        Link(name, name.replace("_", " ").capitalize(), f"an actor that {stance} somebody’s part",
             f'{name}:"Mike Pompeo"', "actor", (f"{_INVOLVED}stance = '{stance}' AND asserted_by_id {{}}",))
        for name, stance in named
    )  # fmt: skip


_INCIDENT = (
    Link("actor", "Actor", "any name of an actor in any role, or its REF; a prefix with *", 'actor:"Kataib Hezbollah"',
         "actor", (f"{_INVOLVED}actor_id {{}}",)),
    *_roles(),
    Link("asserted_by", "According to", "an actor that says who took part, or a figure", 'asserted_by:"Mike Pompeo"',
         "actor", (f"{_INVOLVED}asserted_by_id {{}}",
                   "SELECT incident_id FROM tally WHERE deleted_at IS NULL AND asserted_by_id {}")),
    *_stances(),
    Link("adopted", "Adopted", "whether an involvement is adopted", "adopted:yes", "", (f"{_INVOLVED}adopted = TRUE",)),
    Link("statement", "Statement", "a statement about it", "statement:S-7", "statement",
         ("SELECT incident_id FROM statement_incident WHERE deleted_at IS NULL AND statement_id {}",)),
    Link("linked", "Linked to", "an incident it is linked to", "linked:I-3", "incident",
         ("SELECT a_id FROM incident_link WHERE deleted_at IS NULL AND b_id {}",
          "SELECT b_id FROM incident_link WHERE deleted_at IS NULL AND a_id {}")),
    Link("source", "Source", "a source that reports it, or that something recorded of it comes from", "source:SRC-1",
         "source", ("SELECT incident_id FROM incident_source WHERE deleted_at IS NULL AND source_id {}",
          f"{_INVOLVED}source_id {{}}",
          "SELECT incident_id FROM tally WHERE deleted_at IS NULL AND source_id {}",
          "SELECT c.incident_id FROM citation c JOIN evidence e ON e.id = c.evidence_id WHERE c.deleted_at IS NULL"
          " AND e.deleted_at IS NULL AND c.incident_id IS NOT NULL AND e.source_id {}",
          "SELECT i.incident_id FROM statement_incident i JOIN statement s ON s.id = i.statement_id"
          " WHERE i.deleted_at IS NULL AND s.deleted_at IS NULL AND s.source_id {}")),
)  # fmt: skip

_STATEMENT = (
    *(
        Link(role, role.capitalize().replace("_", " "), f"an actor as {role.replace('_', ' ')}, by any name",
             f'{role}:"Kataib Hezbollah"', "actor", (f"{_WITH}role = '{role}' AND actor_id {{}}",))
        for role in ("addressee", "target", "co_speaker")
    ),
    Link("actor", "Actor", "an actor as speaker, addressee, target or co-speaker", 'actor:"Mike Pompeo"', "actor",
         ("SELECT id FROM statement WHERE deleted_at IS NULL AND speaker_id {}", f"{_WITH}actor_id {{}}")),
    Link("about", "About", "an incident it is about", "about:I-3", "incident",
         ("SELECT statement_id FROM statement_incident WHERE deleted_at IS NULL AND incident_id {}",)),
)  # fmt: skip

_ACTOR = (
    Link("incident", "Incident", "an incident it has a part in", "incident:I-3", "incident",
         ("SELECT actor_id FROM involvement WHERE deleted_at IS NULL AND incident_id {}",)),
    Link("related", "Related to", "an actor it has a relation with", "related:Iran", "actor",
         ("SELECT from_actor_id FROM relation WHERE deleted_at IS NULL AND to_actor_id {}",
          "SELECT to_actor_id FROM relation WHERE deleted_at IS NULL AND from_actor_id {}")),
)  # fmt: skip

_SOURCE = (
    Link("incident", "Incident", "an incident it reports, or that rests on it", "incident:I-3", "incident",
         ("SELECT source_id FROM incident_source WHERE deleted_at IS NULL AND incident_id {}",
          "SELECT source_id FROM involvement WHERE deleted_at IS NULL AND source_id IS NOT NULL AND incident_id {}",
          "SELECT source_id FROM tally WHERE deleted_at IS NULL AND source_id IS NOT NULL AND incident_id {}",
          "SELECT e.source_id FROM citation c JOIN evidence e ON e.id = c.evidence_id WHERE c.deleted_at IS NULL"
          " AND e.deleted_at IS NULL AND c.incident_id {}",
          "SELECT s.source_id FROM statement_incident i JOIN statement s ON s.id = i.statement_id"
          " WHERE i.deleted_at IS NULL AND s.deleted_at IS NULL AND s.source_id IS NOT NULL AND i.incident_id {}")),
    Link("speaker", "Speaker", "an actor it quotes", 'speaker:"Mike Pompeo"', "actor",
         ("SELECT source_id FROM statement WHERE deleted_at IS NULL AND speaker_id {}",)),
)  # fmt: skip

LINKS: Final[dict[str, tuple[Link, ...]]] = {
    "incident": _INCIDENT, "statement": _STATEMENT, "actor": _ACTOR, "source": _SOURCE,
}  # fmt: skip
"""The links of each kind; a kind that is not here has none but its references."""

_FIGURE = "a number, compared with the best figure, else with the lowest: >=1, 2..5"
_PLACES = ("place_words", "place_name", "admin1", "admin2")
JOINED: Final[dict[str, tuple[tuple[str, str, str, Literal["words", "number", "near"], tuple[str, ...]], ...]]] = {
    "incident": (
        ("place", "Place", "words of the place, in any of its fields", "words", _PLACES),
        ("killed", "Killed", _FIGURE, "number", ("killed_best", "killed_low", "killed_high")),
        ("wounded", "Wounded", _FIGURE, "number", ("wounded_best", "wounded_low", "wounded_high")),
        ("near", "Near", "latitude, longitude and a distance in km or mi", "near", ("lat", "lon")),
    ),
}
"""Filter fields over several columns at once: name, label, help, how they are compared, columns."""


def _cited(kind: str) -> str:
    return f"SELECT {kind}_id FROM citation WHERE deleted_at IS NULL AND {kind}_id IS NOT NULL"


def _rows(table: str, column: str) -> str:
    return f"SELECT {column} FROM {table} WHERE deleted_at IS NULL AND {column} IS NOT NULL"


HAS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "incident": {
        "evidence": (_cited("incident"),),
        "statement": (_rows("statement_incident", "incident_id"),),
        "tally": (_rows("tally", "incident_id"),),
        "involvement": (_rows("involvement", "incident_id"),),
        "child": (_rows("incident", "parent_id"),),
        "source": (
            _rows("incident_source", "incident_id"),
            *(f"{_rows(table, 'incident_id')} AND source_id IS NOT NULL" for table in ("involvement", "tally")),
            _cited("incident"),
        ),
        "link": (_rows("incident_link", "a_id"), _rows("incident_link", "b_id")),
    },
    "actor": {
        "evidence": (_cited("actor"),),
        "statement": (_rows("statement", "speaker_id"), _rows("statement_actor", "actor_id")),
        "involvement": (_rows("involvement", "actor_id"),),
        "relation": (_rows("relation", "from_actor_id"), _rows("relation", "to_actor_id")),
        "alias": (_rows("actor_name", "actor_id"),),
    },
    "statement": {
        "evidence": (_cited("statement"),),
        "incident": (_rows("statement_incident", "statement_id"),),
        "involvement": (_rows("involvement", "statement_id"),),
        "tally": (_rows("tally", "statement_id"),),
    },
    "source": {
        "incident": (_rows("incident_source", "source_id"),),
        "evidence": (_rows("evidence", "source_id"),),
        "statement": (_rows("statement", "source_id"),),
        "involvement": (_rows("involvement", "source_id"),),
        "suggestion": (_rows("suggestion", "source_id"),),
    },
    "involvement": {"evidence": (_cited("involvement"),)},
    "tally": {"evidence": (_cited("tally"),)},
    "relation": {"evidence": (_cited("relation"),)},
    "evidence": {"citation": (_rows("citation", "evidence_id"),)},
}
"""What `has:` looks for in other tables, for each kind: the queries for the ids of those that have it."""
