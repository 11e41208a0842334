"""Actors, the names they go by, and how they stand to each other."""

from __future__ import annotations

from tracker.model.fields import Field, Kind
from tracker.model.kinds.helps import DATE_HELP

ACTOR = Kind(
    "actor",
    "actors",
    "A",
    "Actor",
    title="name",
    fields=(
        Field("name", "Name", required=True, search=True, width=44),
        Field("kind", "Kind", "code", required=True, codes="actor_kind", width=14),
        Field("generic", "Generic", "bool", help="a description (“a senior official”), not a named actor", width=8),
        Field("country", "Country", help="ISO 3166 alpha-3, such as IRQ", codes="", width=8),
        Field("role_title", "Role or title", search=True, width=30),
        Field("wikidata_id", "Wikidata", help="such as Q42"),
        Field("notes", "Notes", "long", search=True),
        Field("name_key", "Matching key", "key", of="name", form=False, export=False),
        Field("merged_into", "Merged into", "ref", target="actor", form=False, export=False),
    ),
    indexes=(("name_key",), ("kind", "name_key"), ("country", "name_key")),
)


ACTOR_NAME = Kind(
    "actor_name",
    "names",
    "N",
    "Name",
    title="name",
    fields=(
        Field("actor", "Actor", "ref", required=True, target="actor"),
        Field("name", "Name", required=True, search=True, width=40),
        Field("kind", "Kind", "code", codes="name_kind", default="name", width=16),
        Field("language", "Language", help="ISO 639-1, such as ar"),
        Field("disputed", "Disputed", "bool"),
        Field("name_key", "Matching key", "key", of="name", form=False, export=False),
    ),
    indexes=(("actor_id",), ("name_key", "actor_id")),
)


RELATION = Kind(
    "relation",
    "relations",
    "R",
    "Relation",
    title="type",
    fields=(
        Field("from_actor", "From", "ref", required=True, target="actor", width=30),
        Field("type", "Relation", "code", required=True, codes="relation_type", width=16),
        Field("to_actor", "To", "ref", required=True, target="actor", width=30),
        Field("detail", "Detail", width=40),
        Field("held", "When", "date", help=DATE_HELP),
        Field("asserted_by", "According to", "ref", target="actor", width=20),
        Field("hedge", "Hedge", "code", codes="hedge"),
        Field("confidence", "Confidence", "int", low=0, high=100),
    ),
    indexes=(("from_actor_id",), ("to_actor_id",), ("asserted_by_id",)),
)
