"""Sources, the spans of their texts, what rests on them, and what is suggested from them."""

from __future__ import annotations

from tracker.model.fields import Field, Kind
from tracker.model.kinds.helps import DATE_HELP

SOURCE = Kind(
    "source",
    "sources",
    "SRC",
    "Source",
    title="title",
    fields=(
        Field("title", "Title", required=True, search=True, width=48),
        Field("kind", "Kind", "code", required=True, codes="source_kind", default="news_article", width=12),
        Field("publisher", "Publisher", search=True, width=18),
        Field("author", "Author"),
        Field("url", "URL"),
        Field("language", "Language", help="ISO 639-1, such as en", default="en"),
        Field("published", "Published", "date", help=DATE_HELP, width=16),
        Field("accessed_at", "Accessed", "stamp", help="the day it was read, YYYY-MM-DD"),
        Field(
            "reliability",
            "Reliability",
            "code",
            codes="reliability",
            width=4,
            help="Admiralty scale A–F; F = cannot be judged",
        ),
        Field("queue", "Queue", "code", codes="queue", default="inbox", width=12),
        Field("supersedes", "Supersedes", "ref", target="source", help="the edition this one replaces"),
        Field("coder", "Coder"),
        Field("notes", "Notes", "long"),
        Field("sha256", "SHA-256 of the text", form=False, help="pins the text: its bytes are never edited"),
        Field("text", "Text", "long", form=False, export=False, search=True),
    ),
    indexes=(("published_earliest", "published_latest"), ("queue",), ("sha256",)),
)


EVIDENCE = Kind(
    "evidence",
    "evidence",
    "E",
    "Evidence",
    title="exact",
    fields=(
        Field("source", "Source", "ref", required=True, target="source"),
        Field("start", "Start", "int", required=True, low=0, help="Unicode code points, half-open", width=8),
        Field("end", "End", "int", required=True, low=0, width=8),
        Field(
            "exact",
            "Exact words",
            "long",
            width=48,
            help="W3C TextQuoteSelector; kept for quotations, taken from the text once it is attached",
        ),
        Field("prefix", "Prefix", export=True),
        Field("suffix", "Suffix", export=True),
        Field("role", "Role", "code", codes="evidence_role", default="body", width=10),
        Field(
            "verdict",
            "Verdict",
            "code",
            codes="verdict",
            form=False,
            width=12,
            help="what the last check against the text found; empty = not checked yet",
        ),
    ),
    indexes=(("source_id", "start"),),
)


CITATION = Kind(
    "citation",
    "citations",
    "C",
    "Citation",
    title="field",
    fields=(
        Field("evidence", "Evidence", "ref", required=True, target="evidence"),
        Field("incident", "Incident", "ref", target="incident"),
        Field("actor", "Actor", "ref", target="actor"),
        Field("statement", "Statement", "ref", target="statement"),
        Field("involvement", "Involvement", "ref", target="involvement"),
        Field("tally", "Tally", "ref", target="tally"),
        Field("relation", "Relation", "ref", target="relation"),
        Field("field", "Field", help="the field that rests on these words; empty = the record as a whole"),
    ),
    indexes=(
        ("evidence_id",),
        ("incident_id",),
        ("actor_id",),
        ("statement_id",),
        ("involvement_id",),
        ("tally_id",),
        ("relation_id",),
    ),
    checks=(
        " + ".join(
            f"(CASE WHEN {name}_id IS NULL THEN 0 ELSE 1 END)"
            for name in ("incident", "actor", "statement", "involvement", "tally", "relation")
        )
        + " = 1",
    ),
)


SUGGESTION = Kind(
    "suggestion",
    "suggestions",
    "SG",
    "Suggestion",
    title="kind",
    fields=(
        Field("source", "Source", "ref", required=True, target="source"),
        Field("text_sha256", "SHA-256 of the text", required=True, form=False),
        Field("kind", "Kind", "code", required=True, codes="suggestion_kind"),
        Field("spans", "Spans by role", "json"),
        Field("value", "Value", "json"),
        Field("confidence", "Confidence", "real", low=0, high=1),
        Field("reason", "Reason"),
        Field("rule", "Rule"),
        Field("engine_version", "Engine version"),
        Field("status", "Status", "code", required=True, codes="suggestion_status", default="pending"),
        Field("decided_by", "Decided by"),
        Field("decided_at", "Decided at", "stamp"),
        Field("made_uid", "Record made"),
    ),
    indexes=(("source_id", "status"),),
)
