"""Statements: who says what, to whom, about which incidents."""

from __future__ import annotations

from tracker.model.fields import Field, Kind
from tracker.model.kinds.helps import DATE_HELP

STATEMENT = Kind(
    "statement",
    "statements",
    "S",
    "Statement",
    title="quote",
    fields=(
        Field("speaker", "Speaker", "ref", required=True, target="actor", width=26),
        Field("kind", "Kind", "code", required=True, codes="statement_kind", width=12),
        Field("mode", "Mode", "code", required=True, codes="mode", default="verbatim", width=10),
        Field("quote", "Quote", "long", search=True, help="the exact words, without the quotation marks"),
        Field("paraphrase", "Paraphrase", "long", search=True, help="what is said, in the coder's words"),
        Field("said", "Said", "date", help=DATE_HELP, width=16),
        Field("venue", "Venue"),
        Field("conditional", "Conditional", "bool"),
        Field("negated", "Negated", "bool"),
        Field("source", "Source", "ref", target="source"),
        Field("repeats", "Repeats", "ref", target="statement", help="the statement this one says again"),
        Field("cameo", "CAMEO", help="CAMEO code, such as 130"),
        Field("plover", "PLOVER", help="PLOVER type, such as THREATEN"),
        Field("notes", "Notes", "long"),
        Field("review", "Review", "code", codes="review", default="draft"),
        Field("coder", "Coder"),
    ),
    indexes=(
        ("speaker_id", "said_earliest", "said_latest"),
        ("kind", "said_earliest", "said_latest"),
        ("said_earliest", "said_latest"),
        ("source_id",),
        ("repeats_id",),
    ),
)


STATEMENT_ACTOR = Kind(
    "statement_actor",
    "statement_actors",
    "SA",
    "Actor of a statement",
    title="role",
    fields=(
        Field("statement", "Statement", "ref", required=True, target="statement"),
        Field("actor", "Actor", "ref", required=True, target="actor"),
        Field("role", "Role", "code", required=True, codes="statement_role", default="target"),
    ),
    indexes=(("actor_id", "role", "statement_id"),),
    unique=(("statement_id", "actor_id", "role"),),
)


STATEMENT_INCIDENT = Kind(
    "statement_incident",
    "statement_incidents",
    "SI",
    "Incident of a statement",
    title="statement",
    fields=(
        Field("statement", "Statement", "ref", required=True, target="statement"),
        Field("incident", "Incident", "ref", required=True, target="incident"),
    ),
    indexes=(("incident_id", "statement_id"),),
    unique=(("statement_id", "incident_id"),),
)
