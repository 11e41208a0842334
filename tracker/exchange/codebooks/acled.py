"""ACLED: rows of the 31 columns in use since March 2023 (codebook of 2023)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tracker.exchange.codebooks.parts import (
    country_of,
    days,
    original_day,
    place,
    place_code,
    same_code,
    same_country,
    same_days,
    same_number,
    same_text,
    sides,
    tell_date,
    tell_figure,
    tell_unadopted,
)
from tracker.exchange.codebooks.reading import Draft
from tracker.exchange.codebooks.shape import Aspect, Codebook, Value, columns
from tracker.exchange.codebooks.unsaid import Means
from tracker.model.codes import CATEGORY
from tracker.store.casefile import Row

HEADER = columns(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1"
    " actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location"
    " latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
)

_TYPES = {
    "Battles": ("Government regains territory", "Non-state actor overtakes territory", "Armed clash"),
    "Protests": ("Excessive force against protesters", "Protest with intervention", "Peaceful protest"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Explosions/Remote violence": (
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Strategic developments": (
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
        "Other",
    ),
}  # fmt: skip
_TYPE_OF = {sub: event for event, subs in _TYPES.items() for sub in subs}
_ORDER = {
    "Excessive force against protesters": "Political violence; Demonstrations", "Mob violence": "Political violence",
    "Protests": "Demonstrations", "Riots": "Demonstrations", "Strategic developments": "Strategic developments",
}  # fmt: skip
_SUB_OF = {code.value: code.acled for code in CATEGORY}
_OF_SUB = {sub: [value for value, one in _SUB_OF.items() if one == sub] for sub in _TYPE_OF}
_MORE = {
    "Non-state actor overtakes territory": ("territory_change",), "Protest with intervention": ("protest",),
    "Excessive force against protesters": ("protest",), "Violent demonstration": ("riot_mob",),
    "Non-violent transfer of territory": ("territory_change",), "Change to group/activity": ("other",),
    # Types of before 2019.
    "Battle-No change of territory": ("armed_clash",), "Battle-Government regains territory": ("territory_change",),
    "Battle-Non-state actor overtakes territory": ("territory_change",), "Remote violence": ("unknown",),
    "Riots/Protests": ("riot_mob", "protest"), "Violence against civilians": ("armed_assault",),
}  # fmt: skip
_MEANT = {told.lower(): (*_OF_SUB.get(told, ()), *_MORE.get(told, ())) for told in (*_TYPE_OF, *_MORE)}
"""The categories that a sub-event type, or an event type of before 2019, may have come to."""

_WHERE = {
    "exact": ("1", False), "site": ("1", False), "town": ("1", True), "near_town": ("2", True), "admin2": ("2", False),
    "admin1": ("3", True), "fuzzy": ("2", False), "country": ("3", False), "international": ("", False),
}  # fmt: skip
_WHERE_MEANS = {
    "1": frozenset({"exact", "site", "town"}), "2": frozenset({"near_town", "admin2", "fuzzy"}),
    "3": frozenset({"admin1", "admin2", "country"}),
}  # fmt: skip
_INTER = {
    "state": "State forces", "government": "State forces", "state_forces": "State forces",
    "igo": "External/Other forces", "coalition": "External/Other forces", "company": "Civilians",
    "civilians": "Civilians", "person": "Civilians", "media": "Civilians",
}  # fmt: skip
_DATES = ("event_date", "year", "time_precision")
_ONE = ("perpetrator", "participant", "target", "victim")


def _dates(draft: Draft) -> Sequence[Value]:
    first, last = days(draft)
    tell_date(draft)
    if not first or not last:
        if first or last:
            draft.lose("date", "date", "a date with an open end stays empty", draft.text("date_edtf"))
        return "", "", ""
    width = (last - first).days + 1
    if width > 31:
        draft.lose("date", "date", "more than a month has no code; the day stays empty", draft.text("date_edtf"))
        return "", first.year if first.year == last.year else "", ""
    middle = first + timedelta(days=(width - 1) // 2)
    if width > 1:
        draft.lose("date", "date", f"the range of days; {middle}, its middle, is written", draft.text("date_edtf"))
    return str(middle), middle.year, 1 if width == 1 else 2 if width <= 7 else 3


def _same_dates(draft: Draft) -> bool:
    day: date | None = original_day(draft, "event_date")
    return same_days(day, day)(draft)


def _kinds(draft: Draft) -> Sequence[Value]:
    held = draft.row["category"]
    sub = _SUB_OF.get(held, "")
    if not sub:
        draft.lose("category", "category", "ACLED has no sub-event type for it", held)
        return "", "", ""
    if len(_OF_SUB[sub]) > 1 or held == "territory_change":
        draft.lose("category", "category", f"is written as “{sub}”, which is wider or says more", held)
    event = _TYPE_OF[sub]
    return _ORDER.get(sub) or _ORDER.get(event) or "Political violence", event, sub


def _same_kinds(draft: Draft) -> bool:
    told = (draft.original.text("sub_event_type") or draft.original.text("event_type")) if draft.original else ""
    return draft.row["category"] in _MEANT.get(told.lower(), ("other",))


_ACTORS = columns("actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting")


def _actors(draft: Draft) -> Sequence[Value]:
    doers, done_to = sides(draft)
    if not doers:
        tell_unadopted(draft, "actor1", "perpetrator", "participant")
    if not done_to:
        tell_unadopted(draft, "actor2", "target", "victim")
    one, two = draft.says(doers), draft.says(done_to)
    inter1, inter2 = _inter(draft, doers), _inter(draft, done_to)
    both = f"{inter1}-{inter2}" if inter1 and inter2 else f"{inter1} only" if inter1 and not two else ""
    targeting = "Civilian targeting" if any(inv["actor"]["kind"] == "civilians" for inv in done_to) else ""
    return (*_first(one), inter1, *_first(two), inter2, both, targeting)


def _first(names: list[str]) -> tuple[str, str]:
    return (names[0] if names else "", "; ".join(names[1:]))


def _inter(draft: Draft, side: list[Row]) -> str:
    """The kind of the first actor; "" for armed groups, of which ACLED says whether they rebel or not."""
    if not side:
        return ""
    actor = side[0]["actor"]
    found = _INTER.get(actor["kind"], "")
    abroad = found == "State forces" and actor["country"] and actor["country"] != draft.row["country"]
    return "External/Other forces" if abroad else found


def _same_actors(draft: Draft) -> bool:
    if draft.original is None:
        return False
    told = {draft.original.text(column) for column in ("actor1", "actor2")}
    for column in ("assoc_actor_1", "assoc_actor_2"):
        told |= {name.strip() for name in draft.original.text(column).split(";")}
    mapped = {draft.original.text("actor1"), draft.original.text("actor2")}
    held = all(draft.name_stands(name, *_ONE) for name in mapped)
    return held and all(told.intersection(inv["actor"]["names"]) for inv in draft.coded(*_ONE))


def _country(draft: Draft) -> Sequence[Value]:
    found = country_of(draft, lambda one: one.iso)
    return (found.iso, found.acled_region, found.name) if found else ("", "", "")


def _sources(draft: Draft) -> Sequence[Value]:
    names = [source["publisher"] or source["title"] for source in draft.file.sources]
    return ("; ".join(dict.fromkeys(names)),)


def _same_sources(draft: Draft) -> bool:
    told = draft.original.text("source") if draft.original else ""
    return all(
        source["kind"] == "dataset" or any(part and part in told for part in (source["publisher"], source["title"]))
        for source in draft.file.sources
    )


def _notes(draft: Draft) -> Sequence[Value]:
    parts = [draft.text("title") if draft.original is None else "", draft.text("summary")]
    return (". ".join(part.rstrip(".") for part in parts if part),)


def _fatalities(draft: Draft) -> Sequence[Value]:
    """The best figure; else the lowest, as ACLED does with conflicting ones; 0 is none or unknown."""
    known = (draft.figure("killed", end) for end in ("best", "low"))
    written = next((value for value in known if value is not None), None)
    tell_figure(draft, written, unknown="0")
    return (written or 0,)


def _same_fatalities(draft: Draft) -> bool:
    """Whether the figures are the original one; its 0 may have been taken for not known, but at least 0."""
    told = draft.original.number("fatalities") if draft.original else None
    low, best, high = (draft.figure("killed", end) for end in ("low", "best", "high"))
    return best in (told, told or None) and low in (None, told) and high in (None, told)


def _text(column: str, *fields: str) -> Aspect:
    return Aspect((column,), lambda draft: (draft.text(fields[0]),), same_text(column, *fields), column)


ACLED = Codebook(
    "acled",
    HEADER,
    (
        Aspect(("event_id_cnty",), lambda draft: (draft.row["uid"],)),
        Aspect(_DATES, _dates, _same_dates, "date"),
        Aspect(("disorder_type", "event_type", "sub_event_type"), _kinds, _same_kinds, "category"),
        Aspect(_ACTORS, _actors, _same_actors, "actors"),
        Aspect(("iso", "region", "country"), _country, same_country("country"), "country"),
        _text("admin1", "admin1"),
        _text("admin2", "admin2"),
        Aspect(("admin3",), lambda _: ("",)),
        Aspect(("location",), lambda draft: (place(draft),), same_text("location", "place_name", "place_words")),
        Aspect(("latitude",), lambda draft: (draft.row["lat"],), same_number("lat", "latitude")),
        Aspect(("longitude",), lambda draft: (draft.row["lon"],), same_number("lon", "longitude")),
        Aspect(
            ("geo_precision",),
            lambda draft: (place_code(draft, _WHERE),),
            same_code("geo_precision", "geo_precision", _WHERE_MEANS),
        ),
        Aspect(("source",), _sources, _same_sources, "sources"),
        Aspect(("source_scale",), lambda _: ("",)),
        Aspect(("notes",), _notes, same_text("notes", "summary"), "notes"),
        Aspect(("fatalities",), _fatalities, _same_fatalities, "fatalities"),
        Aspect(("tags", "timestamp"), lambda _: ("", "")),
    ),
    Means(
        actors=("actor1", "assoc_actor_1", "actor2", "assoc_actor_2"),
    ),
    datasets=("acled",),
    aliases={"ally_actor_1": "assoc_actor_1", "ally_actor_2": "assoc_actor_2"},
    remade=frozenset({"disorder_type", "iso", "region"}),
)
