"""Incidents, their links, and who is said to have done or suffered what."""

from __future__ import annotations

from tracker.model.fields import Field, Kind
from tracker.model.kinds.helps import DATE_HELP


def _casualties(measure: str, label: str) -> tuple[Field, ...]:
    """Three adopted figures; empty means not reported, which is not zero."""
    return tuple(
        Field(
            f"{measure}_{end}",
            f"{label}, {words}",
            "int",
            low=0,
            high=10_000_000,
            group="Casualties",
            help="empty = not reported, 0 = reported as none",
        )
        for end, words in (("low", "at least"), ("best", "best figure"), ("high", "at most"))
    )


INCIDENT = Kind(
    "incident",
    "incidents",
    "I",
    "Incident",
    title="title",
    fields=(
        Field("title", "Title", required=True, search=True, width=48, group="What"),
        Field("category", "Category", "code", required=True, codes="category", width=26, group="What"),
        Field("nature", "Nature", "code", codes="nature", default="event", group="What"),
        Field("status", "Status", "code", required=True, codes="status", default="reported", width=10, group="What"),
        Field("date", "Date", "date", help=DATE_HELP, width=18, group="When and where"),
        Field("place_words", "Place, as worded", search=True, group="When and where"),
        Field("place_name", "Place", search=True, width=24, group="When and where"),
        Field("country", "Country", help="ISO 3166 alpha-3, such as IRQ", width=7, group="When and where"),
        Field("admin1", "Admin 1", search=True, group="When and where"),
        Field("admin2", "Admin 2", search=True, group="When and where"),
        Field("lat", "Latitude", "real", low=-90, high=90, help="degrees north", group="When and where"),
        Field("lon", "Longitude", "real", low=-180, high=180, help="degrees east", group="When and where"),
        Field("geo_precision", "Place precision", "code", codes="geo_precision", group="When and where"),
        Field("weapon", "Weapon", search=True, group="What"),
        Field("target_kind", "Target kind", group="What"),
        *_casualties("killed", "Killed"),
        *_casualties("wounded", "Wounded"),
        Field("claim_status", "Claim", "code", codes="claim_status", help="is responsibility claimed?", group="What"),
        Field("aggregate", "Aggregate", "bool", help="a series that cannot be split into events", group="What"),
        Field("summary", "Summary", "long", search=True, group="What"),
        Field("parent", "Part of", "ref", target="incident", group="What"),
        Field("review", "Review", "code", codes="review", default="draft", group="Coding"),
        Field("coder", "Coder", group="Coding"),
        Field("dataset", "Dataset", group="Coding", help="where an imported row comes from"),
        Field("external_id", "Id in the dataset", group="Coding"),
        Field("release", "Release", group="Coding"),
        Field("gone", "Gone since", group="Coding", form=False, help="the release of its dataset that lacks it"),
    ),
    indexes=(
        ("date_earliest", "date_latest"),
        ("category", "date_earliest", "date_latest"),
        ("country", "date_earliest", "date_latest"),
        ("status", "date_earliest", "date_latest"),
        ("coalesce(killed_best, killed_low)",),
        ("title",),
        ("parent_id",),
    ),
    unique=(("dataset", "external_id"),),
)


INCIDENT_LINK = Kind(
    "incident_link",
    "links",
    "L",
    "Link",
    title="type",
    fields=(
        Field("a", "Incident", "ref", required=True, target="incident"),
        Field("type", "Link", "code", required=True, codes="link_type", width=16),
        Field("b", "Other incident", "ref", required=True, target="incident"),
        Field("asserted_by", "According to", "ref", target="actor"),
    ),
    indexes=(("a_id",), ("b_id",), ("asserted_by_id",)),
)


INCIDENT_SOURCE = Kind(
    "incident_source",
    "incident_sources",
    "IS",
    "Source of an incident",
    title="source",
    fields=(
        Field("incident", "Incident", "ref", required=True, target="incident"),
        Field("source", "Source", "ref", required=True, target="source"),
    ),
    indexes=(("source_id", "incident_id"),),
    unique=(("incident_id", "source_id"),),
)


INVOLVEMENT = Kind(
    "involvement",
    "involvements",
    "INV",
    "Involvement",
    title="role",
    fields=(
        Field("incident", "Incident", "ref", required=True, target="incident", width=36),
        Field("actor", "Actor", "ref", required=True, target="actor", width=28),
        Field("role", "Role", "code", required=True, codes="involvement_role", width=12),
        Field(
            "asserted_by",
            "According to",
            "ref",
            target="actor",
            width=24,
            help="who says so; empty = nobody is named, the source's own voice",
        ),
        Field("statement", "Statement", "ref", target="statement", help="where they say it"),
        Field("source", "Source", "ref", target="source"),
        Field("stance", "Stance", "code", required=True, codes="stance", default="states", width=10),
        Field("hedge", "Hedge", "code", codes="hedge", width=8),
        Field("hedge_words", "Hedge words", width=20),
        Field("basis", "Basis", "codes", codes="basis", width=16),
        Field("credibility", "Credibility", "int", low=1, high=6, help="Admiralty scale 1–6; 6 = cannot be judged"),
        Field("adopted", "Adopted", "bool", help="used for counts; nothing is adopted by default"),
        Field("notes", "Notes", "long"),
    ),
    indexes=(
        ("incident_id", "role"),
        ("actor_id", "role", "incident_id"),
        ("asserted_by_id", "stance", "incident_id"),
        ("statement_id",),
        ("source_id",),
    ),
)


TALLY = Kind(
    "tally",
    "tallies",
    "T",
    "Tally",
    title="measure",
    fields=(
        Field("incident", "Incident", "ref", required=True, target="incident", width=36),
        Field("measure", "Measure", "code", required=True, codes="measure", width=12),
        Field("whom", "Of whom or what", width=24),
        Field("low", "At least", "int", low=0, high=1_000_000_000, width=8),
        Field("best", "Best", "int", low=0, high=1_000_000_000, width=8),
        Field("high", "At most", "int", low=0, high=1_000_000_000, width=8),
        Field("words", "As worded", width=24),
        Field("asserted_by", "According to", "ref", target="actor", width=24),
        Field("statement", "Statement", "ref", target="statement"),
        Field("source", "Source", "ref", target="source"),
        Field("adopted", "Adopted", "bool", help="its figures are copied into the incident"),
    ),
    indexes=(("incident_id", "measure"), ("asserted_by_id",), ("statement_id",), ("source_id",)),
)
