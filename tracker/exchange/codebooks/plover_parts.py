"""The parts of a PLOVER event that an incident gives: days, actors, types, place, size and source (manual of 2018)."""

from __future__ import annotations

from typing import Any

from tracker.exchange.codebooks.countries import country
from tracker.exchange.codebooks.parts import days, tell_date, tell_figure
from tracker.exchange.codebooks.reading import Draft
from tracker.model.codes import CATEGORY
from tracker.store.casefile import Row

Json = dict[str, Any]

_TYPE_OF = {code.value: code.plover for code in CATEGORY}
_MODES = {
    "rocket_artillery_missile": "heavy-weapons", "air_drone_strike": "aerial", "bombing_ied": "explosives",
    "suicide_attack": "suicide-attack", "grenade": "explosives", "armed_clash": "firearms",
    "assassination": "targeted", "unarmed_assault": "beat", "sexual_violence": "sexual", "abduction": "abduct",
    "hostage_barricade": "abduct", "chemical_cbrn": "unconventional",
}  # fmt: skip
_SECTORS = {
    "state_forces": "MIL", "government": "GOV", "igo": "IGO", "media": "JRN", "civilians": "CVL", "party": "PTY",
    "company": "BUS", "armed_group": "UAF", "umbrella": "UAF",
}  # fmt: skip
_RESOLUTION = {
    "exact": 5, "site": 5, "town": 4, "near_town": 4, "admin2": 3, "admin1": 2, "fuzzy": 2, "country": 1,
}  # fmt: skip
_SHARED = {"site": "exact", "near_town": "town", "fuzzy": "admin1"}
"""How exact a place is known, where the code is that of a place known better or otherwise."""


def dates(draft: Draft) -> tuple[str, str]:
    """The first and the last day, "" for none and for a last one that is the first."""
    first, last = days(draft)
    tell_date(draft, lasting=False)
    edtf = draft.text("date_edtf")
    if edtf and (not first or not last):
        draft.lose("date", "date", "an end that is open stays empty", edtf)
    elif first != last and "/" not in edtf:
        draft.lose("date", "date", "that it was on one of these days: PLOVER reads them as from and to", edtf)
    return str(first or ""), str(last) if last and last != first else ""


def entity(actor: Row) -> Json:
    """An actor as one of those in `actor` or `recipient`."""
    return {
        "code": actor["country"],
        "sector": _SECTORS.get(actor["kind"], "UNK" if not actor["country"] else ""),
        "entity_text": actor["name"],
        "identifier_id": actor["wikidata_id"],
        "office": actor["role_title"],
    }


def events(draft: Draft) -> list[str]:
    """The event type of the category."""
    held = draft.row["category"]
    found = _TYPE_OF.get(held, "")
    if not found:
        draft.lose("category", "category", "PLOVER has no event type for it", held)
    elif held not in _MODES:
        draft.lose("category", "category", f"is written as {found}, which is wider", held)
    return [found] if found else []


def mode(draft: Draft) -> str:
    """The mode of the category, "" for none."""
    held = draft.row["category"]
    if held == "air_drone_strike" and "drone" in draft.text("weapon").lower():
        return "drone"
    return _MODES.get(held, "")


def where(draft: Draft) -> Json:
    """The place."""
    row = draft.row
    found = country(row["country"])
    held = row["geo_precision"]
    if held and held not in _RESOLUTION and held != "unknown":
        draft.lose("geo_precision", "place", f"that the place is known as {held} has no code", held)
    elif held in _SHARED:
        code, other = _RESOLUTION[held], _SHARED[held]
        draft.lose("geo_precision", "place", f"is written as {code}, which {other} is as well", held)
    return {
        "extracted_place": row["place_words"], "resolved_place": row["place_name"], "lat": row["lat"],
        "lon": row["lon"], "district": row["admin2"], "province": row["admin1"],
        "country": found.name if found else "", "country_code": row["country"], "resolution": _RESOLUTION.get(held),
    }  # fmt: skip


def size(draft: Draft) -> Json:
    """The adopted figures of the killed and wounded."""
    best = draft.figure("killed", "best")
    tell_figure(draft, best)
    injured = draft.figure("wounded", "best")
    ends = [draft.figure("wounded", end) for end in ("low", "best", "high")]
    if any(value not in (None, injured) for value in ends):
        shown = "–".join("?" if value is None else str(value) for value in ends)
        draft.lose("wounded", "range", "lowest and highest figure of the wounded", shown)
    return {"dead": best, "injured": injured}


def cite(source: Row | None) -> Json:
    """A source as what is cited, empty for none."""
    if not source:
        return {}
    return {
        "citation": source["uid"], "url": source["url"], "title": source["title"], "language": source["language"],
        "publication": source["publisher"],
    }  # fmt: skip
