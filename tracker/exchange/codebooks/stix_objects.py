"""The objects of STIX 2.1 (OASIS Standard, 10 June 2021) that incidents and what is said of them become."""

from __future__ import annotations

import uuid
from datetime import UTC
from typing import Any

from tracker.exchange.codebooks.carried import profile_of
from tracker.exchange.codebooks.countries import country
from tracker.model import codes
from tracker.store.casefile import Row

NAMESPACE = uuid.UUID("5f0b3c9e-7d0a-5c55-9a43-1c2f6b8e4d17")
"""What ids are derived in, so that two exports of the same record have the same id."""

EPOCH = "1970-01-01T00:00:00.000Z"
"""The time of an object that is no record of its own, so that every export gives it alike."""

Object = dict[str, Any]

_CLASSES = {"person": "individual", "civilians": "class"}
_THREATS = ("armed_group", "umbrella")


def id_of(type_: str, key: str) -> str:
    """The id of an object: its type and a UUID of version 5 made of `key`."""
    return f"{type_}--{uuid.uuid5(NAMESPACE, f'{type_} {key}')}"


def stamp(text: str) -> str:
    """A time as STIX writes it: UTC, milliseconds, Z."""
    from datetime import datetime

    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def frame(type_: str, row: Row, key: str = "", **values: Any) -> Object:
    """An object made of a record, without values that are unknown; `key` is the record's uid unless given."""
    made = {
        "type": type_, "spec_version": "2.1", "id": id_of(type_, key or row["uid"]),
        "created": stamp(row["created_at"]), "modified": stamp(max(row["updated_at"], row["created_at"])),
    }  # fmt: skip
    return made | {name: value for name, value in values.items() if value not in (None, "", [], {})}


def actor_id(actor: Row) -> str:
    """The id of an actor's object."""
    return id_of(_actor_type(actor), actor["uid"])


def _actor_type(actor: Row) -> str:
    return "threat-actor" if actor["kind"] in _THREATS else "identity"


def actor_object(actor: Row) -> Object:
    """An armed group or umbrella as a threat actor, anybody else as an identity; other names as aliases or in words."""
    others = [name for name in dict.fromkeys(actor["names"]) if name != actor["name"]]
    references = [{"source_name": "wikidata", "external_id": actor["wikidata_id"]}] if actor["wikidata_id"] else []
    if _actor_type(actor) == "threat-actor":
        return frame(
            "threat-actor", actor, name=actor["name"], aliases=others, description=actor["role_title"],
            external_references=references, labels=[actor["kind"]],
        )  # fmt: skip
    return identity_object(actor)


def identity_object(actor: Row) -> Object:
    """Anybody as an identity, which alone can be the author of an object; so an armed group that speaks is both."""
    others = [name for name in dict.fromkeys(actor["names"]) if name != actor["name"]]
    references = [{"source_name": "wikidata", "external_id": actor["wikidata_id"]}] if actor["wikidata_id"] else []
    also = f"Also: {'; '.join(others)}." if others else ""
    described = ". ".join(part for part in (actor["role_title"], also) if part)
    kind = "class" if actor["generic"] else _CLASSES.get(actor["kind"], "organization")
    return frame(
        "identity", actor, name=actor["name"], identity_class=kind, description=described,
        external_references=references, labels=[actor["kind"]],
    )  # fmt: skip


def dataset_object(row: Row) -> Object:
    """The dataset that a row comes from, as an organization that says what stands in the row."""
    title = profile.title if (profile := profile_of(row["dataset"])) else row["dataset"]
    made = frame("identity", row, f"dataset {row['dataset']}", name=title, identity_class="organization",
                 labels=["dataset"])  # fmt: skip
    return made | {"created": EPOCH, "modified": EPOCH}


def publisher_object(source: Row) -> Object:
    """The publisher of a source, as an organization that says what stands there."""
    made = frame("identity", source, f"publisher {source['publisher']}", name=source["publisher"],
                 identity_class="organization", labels=["publisher"])  # fmt: skip
    return made | {"created": EPOCH, "modified": EPOCH}


def location(row: Row) -> Object | None:
    """The place of an incident; None when neither a country nor coordinates are known, which STIX asks for."""
    found = country(row["country"])
    both = row["lat"] is not None and row["lon"] is not None
    if not found and not both:
        return None
    precision = row["geo_precision"] and f"Place precision: {codes.label('geo_precision', row['geo_precision'])}"
    worded = row["place_words"] and row["place_name"] and f"In words: {row['place_words']}"
    described = "\n".join(part for part in (precision, worded) if part)
    return frame(
        "location", row, name=row["place_name"] or row["place_words"], description=described,
        country=found.iso2 if found else None, administrative_area=row["admin1"], city=row["admin2"],
        latitude=row["lat"] if both else None, longitude=row["lon"] if both else None,
    )  # fmt: skip


def reference(source: Row) -> Object:
    """A source as what another object refers to: its publisher, title, author and address."""
    named = source["publisher"] or source["title"]
    by = f", by {source['author']}" if source["author"] else ""
    made = {"source_name": named, "description": f"{source['title']}{by}", "url": source["url"]}
    made |= {"hashes": {"SHA-256": source["sha256"]}} if source["sha256"] and source["url"] else {}
    return {name: value for name, value in made.items() if value}


def report(source: Row, refs: list[str]) -> Object:
    """A source as a report on the incidents `refs`; its day of publication must be known."""
    return frame(
        "report", source, name=source["title"], published=f"{source['published_edtf'][:10]}T00:00:00.000Z",
        object_refs=refs, external_references=[reference(source)], labels=[source["kind"]],
    )  # fmt: skip


def confidence(row: Row) -> int | None:
    """The Admiralty credibility as a confidence of 0–100; None for none, or when it cannot be judged."""
    return codes.CREDIBILITY_TO_CONFIDENCE.get(row["credibility"])
