"""Events of PLOVER, its gold standard and POLECAT, given back as they were read but for what was edited since."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from tracker.exchange.codebooks.carried import profile_of
from tracker.exchange.codebooks.countries import country
from tracker.exchange.codebooks.parts import NOTHING, days
from tracker.exchange.codebooks.plover_parts import Json, dates, entity, events, mode, size, where
from tracker.exchange.codebooks.reading import Draft
from tracker.store.casefile import Row

DATASETS = ("plover", "plover-gsr", "polecat")

_NULLS = (*NOTHING, "none")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
_NUMBERS = frozenset({"dead", "injured", "arrested", "lat", "lon", "resolution", "quad_code", "event_scale"})
_LISTS = frozenset({"event", "mode", "context"})

_NAMES = {
    "date": "date", "end": "enddate", "event": "event", "mode": "mode", "actor": "actor", "recipient": "recipient",
    "entity": "entity_text", "summary": "text", "place_words": "event_loc.extracted_place",
    "place_name": "event_loc.resolved_place", "country": "event_loc.country_code", "admin1": "event_loc.province",
    "admin2": "event_loc.district", "lat": "event_loc.lat", "lon": "event_loc.lon", "dead": "dead",
    "geo_precision": "event_loc.resolution", "injured": "injured",
}  # fmt: skip
_GOLD = _NAMES | {
    "actor": "source", "recipient": "target", "entity": "actorText", "place_words": "eventLoc.name",
    "country": "eventLoc.country code",
}  # fmt: skip
_POLECAT = {
    "Event ID": "id", "Event Date": "date", "Event Type": "event", "Event Mode": "mode", "Contexts": "context",
    "Quad Code": "quad_code", "Intensity": "event_scale", "Event Intensity": "event_scale",
    "Raw Placename": "event_loc.extracted_place", "Placename": "event_loc.resolved_place", "City": "event_loc.city",
    "District": "event_loc.district", "Province": "event_loc.province", "Country": "event_loc.country_code",
    "Latitude": "event_loc.lat", "Longitude": "event_loc.lon", "GeoNames ID": "event_loc.geonameid",
    "Source": "cite_info.publication", "Publication Date": "cite_info.date", "Language": "cite_info.language",
}  # fmt: skip
"""The fields of PLOVER that columns of POLECAT are; the others keep their names within `polecat`."""

_SIDES = ("actor", "recipient")
_TEXTS = ("summary", "place_words", "place_name", "country", "admin1", "admin2")


def same_batch(draft: Draft, record: Row) -> bool:
    """Whether an import made a record of the very row that is given back."""
    return draft.original is not None and record["batch_id"] is not None and record["version"] == 1


def given_back(draft: Draft) -> Json:
    """The event as the file had it, with what the records say otherwise by now in its place."""
    row = draft.row
    polecat = row["dataset"] == "polecat"
    flat = _polecat(row["extra"]) if polecat else {name: _value(row, name, text) for name, text in row["extra"].items()}
    names = _GOLD if row["dataset"] == "plover-gsr" else _NAMES
    flat |= _edited(draft, flat, names)
    return _nested({name: value for name, value in flat.items() if value not in (None, "", [])})


def _value(row: Row, name: str, text: Any) -> Any:
    """A text as the JSON it was: a list of objects, a list of words, a figure, or a text."""
    told = "" if text is None else str(text)
    if told.startswith("[{") or name == "_more":
        return json.loads(told)
    last = name.rpartition(".")[2]
    if last in _LISTS and row["dataset"] != "plover-gsr":
        return told.split("; ")
    return _figure(told) if last in _NUMBERS and row["dataset"] != "plover-gsr" else told


def _figure(text: str) -> Any:
    if not _NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)


def _polecat(extra: Mapping[str, Any]) -> Json:
    """POLECAT's columns as PLOVER's fields: one entity a side, for its cells hold all of a side together."""
    flat: Json = {}
    rest: Json = {}
    for name, cell in extra.items():
        text = "" if cell is None else str(cell)
        if text == "None":
            continue
        if name not in _POLECAT:
            rest[name] = text
            continue
        path = _POLECAT[name]
        parts = text.split(";") if path in _LISTS else []
        flat[path] = [part.strip() for part in parts] if path in _LISTS else _figure(text)
    for side, title in (("actor", "Actor"), ("recipient", "Recipient")):
        members = {"entity_text": f"{title} Name", "code": f"{title} Country", "sector": f"Primary {title} Sector"}
        found = {member: rest.pop(name) for member, name in members.items() if name in rest}
        flat |= {side: [found]} if found else {}
    return flat | ({"polecat": rest} if rest else {})


def _nested(flat: Mapping[str, Any]) -> Json:
    made: Json = {}
    for path, value in flat.items():
        if path == "_more":
            made |= value
            continue
        *folders, last = path.split(".")
        at = made
        for folder in folders:
            at = at.setdefault(folder, {})
        at[last] = value
    return made


def _edited(draft: Draft, flat: Json, names: Mapping[str, str]) -> Json:
    """What to write instead of the original values, by path; None for nothing any more."""
    row, found = draft.row, {}
    place = _muted(draft, where)
    by_place = {"place_words": "extracted_place", "place_name": "resolved_place", "admin1": "province",
                "admin2": "district", "country": "country_code"}  # fmt: skip
    for name in _TEXTS:
        if not _same_text(draft, flat, names, name):
            found[names[name]] = row[name] if name == "summary" else place[by_place[name]]
    for name in ("lat", "lon"):
        if not _same_number(row[name], flat.get(names[name])):
            found[names[name]] = row[name]
    for name, measure in (("dead", "killed"), ("injured", "wounded")):
        held = [draft.figure(measure, end) for end in ("low", "best", "high")]
        if not _same_number(held[1], flat.get(names[name])) or any(value not in (None, held[1]) for value in held):
            size(draft)
            found[names[name]] = held[1]
    return found | _edited_codes(draft, names, where) | _edited_date(draft, flat, names) | _actors(draft, flat, names)


def _muted(draft: Draft, make: Callable[[Draft], Any]) -> Any:
    draft.muted = True
    made = make(draft)
    draft.muted = False
    return made


def _same_text(draft: Draft, flat: Json, names: Mapping[str, str], name: str) -> bool:
    told = flat.get(names[name])
    held = draft.text(name)
    nothing = not told or str(told).lower() in _NULLS or (name == "country" and country(str(told)) is None)
    if name == "place_name" and nothing:
        return held in ("", flat.get("event_loc.city"))
    return not held if nothing else " ".join(held.split()) == " ".join(str(told).split())


def _same_number(held: Any, told: Any) -> bool:
    nothing = told is None or str(told).lower() in _NULLS
    return held is None if nothing else held is not None and abs(float(held) - float(told)) < 0.000_001


def _edited_codes(draft: Draft, names: Mapping[str, str], make: Callable[[Draft], Json]) -> Json:
    """The event type and mode, and how exact the place is, when they are not what the import made of the columns."""
    found: Json = {}
    if draft.row["category"] != _expected(draft, "category"):
        found[names["event"]], modes = events(draft), mode(draft)
        found[names["mode"]] = [modes] if modes else None
    if (draft.row["geo_precision"] or "unknown") != (_expected(draft, "geo_precision") or "unknown"):
        found[names["geo_precision"]] = make(draft)["resolution"]
    return found


def _expected(draft: Draft, name: str) -> object:
    """What the profile makes of the original columns."""
    profile = profile_of(draft.row["dataset"])
    original = draft.original
    if profile is None or original is None:
        return draft.row[name]
    if (cell := profile.incident.get(name)) is None:
        return None
    told = next((text for column in cell.columns if (text := original.text(column)) and text != "None"), "")
    value = (cell.map or {}).get(told, cell.default)
    for rule in profile.rules:
        fits = all(one.among and original.text(one.column) in one.among for one in rule.when)
        value = dict(rule.sets).get(f"incident.{name}", value) if fits else value
    return value


def _edited_date(draft: Draft, flat: Json, names: Mapping[str, str]) -> Json:
    profile = profile_of(draft.row["dataset"])
    first, last = _day(flat.get(names["date"])), _day(flat.get(names["end"]))
    if profile and flat.get(names["date"]) in profile.null:
        first = None
    if days(draft) == (first, last or first):
        return {}
    start, end = dates(draft)
    return {names["date"]: start, names["end"]: end}


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _told_names(draft: Draft, names: Mapping[str, str]) -> set[str]:
    """The names in the original columns of both sides."""
    original, found = draft.original, set()
    for side in _SIDES:
        text = original.text(names[side]) if original else ""
        if text.startswith("["):
            found |= {str(one.get(names["entity"], "")).strip() for one in json.loads(text) if isinstance(one, dict)}
    for column in ("actor name", "recipient name"):
        cells = [original.text(name) for name in (column, f"{column} raw")] if original else []
        found |= set(next((cell for cell in cells if cell.lower() not in _NULLS), "").split(";"))
    return {name.strip() for name in found if name.strip().lower() not in _NULLS}


def _same_actors(draft: Draft, names: Mapping[str, str]) -> bool:
    """Whether those who count are those whom the original columns name, and no others."""
    told, coded = _told_names(draft, names), _coded(draft)
    held = {name for inv in coded for name in inv["actor"]["names"]}
    return told <= held and all(told.intersection(inv["actor"]["names"]) for inv in coded)


def _coded(draft: Draft) -> list[Row]:
    return draft.coded("perpetrator", "participant", "target", "victim")


def _actors(draft: Draft, flat: Json, names: Mapping[str, str]) -> Json:
    if _same_actors(draft, names):
        told = _told_names(draft, names)
        own = [inv for inv in draft.file.involvements if inv["asserted_by_id"] is None and inv["stance"] == "states"]
        draft.said.update(inv["id"] for inv in own if told.intersection(inv["actor"]["names"]))
        return {}
    for side in _SIDES:
        if told_of := flat.get(names[side]):
            shown = json.dumps(told_of, ensure_ascii=False)
            draft.lose(side, "original", f"the original {side}: others are coded by now", shown)
    doers, done_to = draft.coded("perpetrator", "participant"), draft.coded("target", "victim")
    return {names["actor"]: _entities(draft, doers, names), names["recipient"]: _entities(draft, done_to, names)}


def _entities(draft: Draft, side: Iterable[Row], names: Mapping[str, str]) -> list[Json]:
    some = list(side)
    draft.says(some)
    return [{names["entity"] if name == "entity_text" else name: value for name, value in entity(inv["actor"]).items()}
            for inv in some]  # fmt: skip
