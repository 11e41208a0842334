"""PLOVER: incidents, and the statements about them that have an event type, as JSON lines (manual of 2018)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.exchange.codebooks.countries import country
from tracker.exchange.codebooks.loss import Loss
from tracker.exchange.codebooks.parts import days, tell_date, tell_figure, tell_unadopted
from tracker.exchange.codebooks.reading import Draft
from tracker.exchange.codebooks.unsaid import Means, unsaid
from tracker.exchange.jsontext import inert
from tracker.model.codes import CATEGORY, STATEMENT_KIND
from tracker.store.casefile import Casefile, Row

_TYPE_OF = {code.value: code.plover for code in CATEGORY}
_SAYS = {code.value: code.plover for code in STATEMENT_KIND if code.plover}
_MODES = {
    "rocket_artillery_missile": "heavy-weapons", "air_drone_strike": "aerial", "bombing_ied": "explosives",
    "suicide_attack": "suicide-attack", "grenade": "explosives", "armed_clash": "firearms",
    "assassination": "targeted", "unarmed_assault": "beat", "sexual_violence": "sexual", "abduction": "abduct",
    "hostage_barricade": "abduct", "chemical_cbrn": "unconventional",
}  # fmt: skip
_SPEECH = {"accuse": "allege", "criticize": "disapprove"}
_AUXILIARY = {"planned": "future", "hypothetical": "hypothetical", "context": "historical"}
_SECTORS = {
    "state_forces": "MIL", "government": "GOV", "igo": "IGO", "media": "JRN", "civilians": "CVL", "party": "PTY",
    "company": "BUS", "armed_group": "UAF", "umbrella": "UAF",
}  # fmt: skip
_RESOLUTION = {
    "exact": 5, "site": 5, "town": 4, "near_town": 4, "admin2": 3, "admin1": 2, "fuzzy": 2, "country": 1,
}  # fmt: skip
_MEANS = Means(fields=frozenset({"title", "summary"}), measures=frozenset({"killed", "wounded"}))

Json = dict[str, Any]


def write(blocks: Iterable[list[Casefile]], raw: bool) -> Iterator[tuple[int, bytes, list[Loss]]]:
    """The file, piece by piece: how many incidents, the bytes, the losses. JSON needs no guard, whatever `raw` says.

    A statement about several incidents is written once.
    """
    spoken: set[int] = set()
    for block in blocks:
        lines: list[str] = []
        losses: list[Loss] = []
        for file in block:
            draft = Draft(file)
            events = [_incident(draft)]
            for said in file.statements:
                if _type_of(said) and said["id"] not in spoken:
                    spoken.add(said["id"])
                    events.append(_statement(said, file))
            lines += [inert(json.dumps(_filled(event), ensure_ascii=False, separators=(",", ":"))) for event in events]
            _unsaid(draft)
            losses += draft.losses
        yield len(block), "".join(f"{line}\n" for line in lines).encode(errors="replace"), losses


def _filled(value: Any) -> Any:
    """The same without what is unknown: PLOVER leaves such fields out."""
    if isinstance(value, dict):
        filled = {name: _filled(one) for name, one in value.items()}
        return {name: one for name, one in filled.items() if one not in (None, "", [], {})}
    return [_filled(one) for one in value] if isinstance(value, list) else value


def _incident(draft: Draft) -> Json:
    doers, done_to = draft.coded("perpetrator", "participant"), draft.coded("target", "victim")
    if not doers:
        tell_unadopted(draft, "actor", "perpetrator")
    if not done_to:
        tell_unadopted(draft, "recipient", "target", "victim")
    draft.says([*doers, *done_to])
    start, end = _dates(draft)
    return {
        "id": draft.row["uid"],
        "has_event": True,
        "date": start,
        "enddate": end,
        "actor": [_entity(inv["actor"]) for inv in doers],
        "recipient": [_entity(inv["actor"]) for inv in done_to],
        "event": _events(draft),
        "event_loc": _where(draft),
        "event_text": ". ".join(t.rstrip(".") for t in (draft.text("title"), draft.text("summary")) if t),
        "mode": [mode for mode in (_mode(draft), _AUXILIARY.get(draft.text("nature"))) if mode],
        "size": _size(draft),
        "cite_info": _cite(draft.file.sources[0] if draft.file.sources else None),
        "coder": draft.row["coder"],
        "coded_date": draft.row["updated_at"][:10],
        "comment": draft.row["dataset"] and f"{draft.row['dataset']} {draft.row['external_id'] or ''}".strip(),
    }


def _dates(draft: Draft) -> tuple[str, str]:
    first, last = days(draft)
    tell_date(draft, lasting=False)
    edtf = draft.text("date_edtf")
    if edtf and (not first or not last):
        draft.lose("date", "date", "an end that is open stays empty", edtf)
    elif first != last and "/" not in edtf:
        draft.lose("date", "date", "that it was on one of these days: PLOVER reads them as from and to", edtf)
    return str(first or ""), str(last) if last and last != first else ""


def _entity(actor: Row) -> Json:
    return {
        "code": actor["country"],
        "sector": _SECTORS.get(actor["kind"], "UNK" if not actor["country"] else ""),
        "entity_text": actor["name"],
        "identifier_id": actor["wikidata_id"],
        "office": actor["role_title"],
    }


def _events(draft: Draft) -> list[str]:
    held = draft.row["category"]
    found = _TYPE_OF.get(held, "")
    if not found:
        draft.lose("category", "category", "PLOVER has no event type for it", held)
    elif held not in _MODES:
        draft.lose("category", "category", f"is written as {found}, which is wider", held)
    return [found] if found else []


def _mode(draft: Draft) -> str:
    held = draft.row["category"]
    if held == "air_drone_strike" and "drone" in draft.text("weapon").lower():
        return "drone"
    return _MODES.get(held, "")


def _where(draft: Draft) -> Json:
    row = draft.row
    found = country(row["country"])
    held = row["geo_precision"]
    if held and held not in _RESOLUTION and held != "unknown":
        draft.lose("geo_precision", "place", f"that the place is known as {held} has no code", held)
    return {
        "extracted_place": row["place_words"], "resolved_place": row["place_name"], "lat": row["lat"],
        "lon": row["lon"], "district": row["admin2"], "province": row["admin1"],
        "country": found.name if found else "", "country_code": row["country"], "resolution": _RESOLUTION.get(held),
    }  # fmt: skip


def _size(draft: Draft) -> Json:
    best = draft.figure("killed", "best")
    tell_figure(draft, best)
    injured = draft.figure("wounded", "best")
    if any(draft.figure("wounded", end) not in (None, injured) for end in ("low", "high")):
        draft.lose("wounded", "range", "lowest and highest figure of the wounded", draft.figure("wounded", "low"))
    return {"dead": best, "injured": injured}


def _cite(source: Row | None) -> Json:
    if not source:
        return {}
    return {
        "citation": source["uid"], "url": source["url"], "title": source["title"], "language": source["language"],
        "publication": source["publisher"],
    }  # fmt: skip


def _type_of(said: Row) -> str:
    """The event type of a statement, as coded or as its kind has it; "" for none."""
    return said["plover"] or _SAYS.get(said["kind"], "")


def _statement(said: Row, file: Casefile) -> Json:
    """An event of its own: the speaker is the actor, those it is directed at are the recipients."""
    source = next((source for source in file.sources if source["id"] == said["source_id"]), None)
    auxiliary = ["negation"] * bool(said["negated"]) + ["hypothetical"] * bool(said["conditional"])
    modes = [_SPEECH[said["kind"]]] if said["kind"] in _SPEECH else []
    return {
        "id": said["uid"],
        "has_event": True,
        "date": said["said_earliest"],
        "enddate": said["said_latest"] if said["said_latest"] != said["said_earliest"] else "",
        "actor": [_entity(said["speaker"])],
        "recipient": [_entity(actor) for role, actor in said["actors"] if role in ("target", "addressee")],
        "event": [_type_of(said)],
        "event_text": said["quote"] or said["paraphrase"],
        "mode": [*modes, *auxiliary],
        "cite_info": _cite(source),
        "coder": said["coder"],
        "coded_date": said["updated_at"][:10],
    }


def _unsaid(draft: Draft) -> None:
    """What no line holds; statements that have become lines of their own are not lost."""
    unsaid(draft, _MEANS, {})
    written = [said["quote"] or said["paraphrase"] for said in draft.file.statements if _type_of(said)]
    for said in draft.file.statements:
        if _type_of(said) and not said["said_earliest"]:
            shown = said["said_edtf"] or said["said_words"]
            draft.lose(
                "statement", "date", "a statement whose day is not known has no date, which PLOVER asks for", shown
            )
    told = draft.row["nature"] in _AUXILIARY
    kept = [loss for loss in draft.losses if not (loss.kind == "statement" and loss.value in written)]
    draft.losses = [loss for loss in kept if not (told and loss.field == "nature")]
    for source in draft.file.sources[1:]:
        draft.lose("source", "source", "there is a place for one source only", source["title"])
