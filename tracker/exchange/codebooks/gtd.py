"""GTD: rows of the 135 columns of the Global Terrorism Database (codebook of 2021)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.exchange.codebooks.gtd_columns import ATTACKS, HEADER, TARGETS, WEAPONS
from tracker.exchange.codebooks.parts import (
    NOTHING,
    country_of,
    days,
    place_code,
    same_code,
    same_country,
    same_number,
    same_text,
    tell_date,
    tell_unadopted,
    whole,
)
from tracker.exchange.codebooks.reading import Draft
from tracker.exchange.codebooks.shape import Aspect, Codebook, Value, columns
from tracker.exchange.codebooks.unsaid import Means
from tracker.model.codes import CATEGORY
from tracker.model.uncertain import human

_WHERE = {
    "exact": ("1", False), "site": ("1", False), "town": ("1", True), "near_town": ("1", False), "admin2": ("3", True),
    "admin1": ("4", True), "fuzzy": ("3", False), "country": ("5", False), "international": ("5", False),
}  # fmt: skip
_WHERE_MEANS = {
    "1": frozenset({"exact", "site", "town", "near_town"}), "2": frozenset({"town", "near_town", "admin2"}),
    "3": frozenset({"admin2", "fuzzy", "near_town"}), "4": frozenset({"admin1"}),
    "5": frozenset({"country", "unknown", "international"}),
}  # fmt: skip
_ATTACK_OF = {code.value: code.gtd for code in CATEGORY}
_DATES = columns("iyear imonth iday approxdate extended resolution")
_NO_NUMBERS = ("", "-99", "-9")
_VICTIMS = ("target", "victim")


def _dates(draft: Draft) -> Sequence[Value]:
    """Parts that are not known are 0; whatever the numbers cannot say stands in `approxdate`."""
    first, last = days(draft)
    edtf = draft.text("date_edtf")
    tell_date(draft, lasting=False)
    if not first or not last:
        return "", "", "", human(edtf) if edtf else "", "", ""
    lasted = "/" in edtf
    if lasted:
        return first.year, first.month, first.day, "", 1, str(last)
    year, month, day = _shared(first, last)
    if not year:
        draft.lose("date", "date", "more than one year has no number; it stands in approxdate", edtf)
    return year or "", month, day, "" if day else human(edtf), 0, ""


def _shared(first: date, last: date) -> tuple[int, int, int]:
    """The year, month and day that are sure, 0 for each that is not."""
    year = first.year if first.year == last.year else 0
    month = first.month if year and first.month == last.month else 0
    return year, month, first.day if month and first == last else 0


def _same_dates(draft: Draft) -> bool:
    """Whether the date still says what the three numbers say, or what they and `approxdate` or `resolution` do."""
    first, last = days(draft)
    told = tuple(whole(draft, column) or "0" for column in ("iyear", "imonth", "iday"))
    if not first or not last or set(draft.text("date_edtf")) & set("?~%"):
        return not first and not last and told[0] == "0"
    held = tuple(map(str, _shared(first, last)))
    begun = told == (str(first.year), str(first.month), str(first.day))
    lasted = begun and (whole(draft, "extended") == "1" or bool(whole(draft, "resolution")))
    in_words = bool(draft.original and draft.original.text("approxdate")) and told[2] == "0" and first != last
    return held == told or lasted or (in_words and told[0] == held[0])


def _country(draft: Draft) -> Sequence[Value]:
    from tracker.exchange.codebooks.countries import GTD_REGIONS

    found = country_of(draft, lambda one: one.gtd)
    if not found or not found.gtd:
        return "", "", "", ""
    return found.gtd, found.gtd_name, found.gtd_region, GTD_REGIONS[found.gtd_region]


def _attack(draft: Draft) -> Sequence[Value]:
    held = draft.row["category"]
    code = _ATTACK_OF.get(held, "")
    if not code:
        draft.lose("category", "category", "GTD has no attack type for it", held)
        return "", "", ""
    if sum(one == code for one in _ATTACK_OF.values()) > 1 and held != "suicide_attack":
        draft.lose("category", "category", f"is written as “{ATTACKS[code]}”, which is wider", held)
    suicide = "" if held == "unknown" else int(held == "suicide_attack")
    return code, ATTACKS[code], suicide


def _same_attack(draft: Draft) -> bool:
    """By the text, for some files number the attack types in another order."""
    told = draft.original.text("attacktype1_txt") if draft.original else ""
    code = next((code for code, text in ATTACKS.items() if text == told), whole(draft, "attacktype1"))
    held = _ATTACK_OF.get(draft.row["category"], "")
    if told.lower() in NOTHING:
        return bool(draft.row["category"] == "unknown")
    return held == code or draft.row["category"] == "chemical_cbrn"


_TARGETS = tuple(f"{name}{number}" for number in "123" for name in ("targtype", "target")) + tuple(
    f"targtype{number}_txt" for number in "123"
)


def _targets(draft: Draft) -> Sequence[Value]:
    coded = draft.coded(*_VICTIMS)
    if not coded:
        tell_unadopted(draft, "target1", *_VICTIMS)
    cells: dict[str, str] = {}
    for number, inv in enumerate(coded[:3], 1):
        code, text = TARGETS.get(inv["actor"]["kind"], ("20", "Unknown"))
        cells[f"target{number}"] = draft.says([inv])[0]
        cells[f"targtype{number}"], cells[f"targtype{number}_txt"] = code, text
    return [cells.get(column, "") for column in _TARGETS]


_GROUPS = columns("gname gname2 gname3 guncertain1 guncertain2 guncertain3")


def _groups(draft: Draft) -> Sequence[Value]:
    coded = draft.coded("perpetrator", "participant")[:3]
    if not coded:
        tell_unadopted(draft, "gname", "perpetrator")
        return "Unknown", "", "", "", "", ""
    names = draft.says(coded)
    doubts = ["0" if inv["hedge"] in (None, "none") else "1" for inv in coded]
    return [*names, *[""] * (3 - len(names)), *doubts, *[""] * (3 - len(doubts))]


def _told(draft: Draft, *names: str) -> set[str]:
    texts = {draft.original.text(name) for name in names} if draft.original else set()
    return {text for text in texts if text.lower() not in NOTHING}


def _same_groups(draft: Draft) -> bool:
    """Whether the doers are still those that the original columns name, and no others."""
    told, roles = _told(draft, "gname", "gname2", "gname3"), ("perpetrator", "participant")
    held = all(draft.name_stands(name, *roles) for name in told)
    return held and all(told.intersection(inv["actor"]["names"]) for inv in draft.coded(*roles))


def _same_targets(draft: Draft) -> bool:
    """Whether nobody was adopted whom the original columns do not name; an import may leave targets out."""
    told = _told(draft, *_TARGETS, "corp1", "corp2", "corp3")
    return all(told.intersection(inv["actor"]["names"]) for inv in draft.coded(*_VICTIMS) if inv["adopted"])


_CLAIMS: dict[str | None, Sequence[Value]] = {
    "claimed": (1, 0),
    "competing": (1, 1),
    "none_reported": (0, ""),
    "denied": (0, ""),
}


def _claims(draft: Draft) -> Sequence[Value]:
    held = draft.row["claim_status"]
    if held == "denied":
        draft.lose("claim_status", "claim", "that responsibility is denied, and not merely unclaimed", held)
    return _CLAIMS.get(held, ("", ""))


def _same_claims(draft: Draft) -> bool:
    told, held = whole(draft, "claimed"), draft.row["claim_status"]
    rival = "competing" if whole(draft, "compclaim") == "1" else "claimed"
    may = {"1": ("claimed", rival), "0": ("none_reported",)}
    return held in may.get(told, ("not_discussed", None))


def _weapon(draft: Draft) -> Sequence[Value]:
    return (*WEAPONS.get(draft.row["category"], ("13", "Unknown", "", "")), draft.text("weapon"))


def _figure(measure: str, column: str) -> Aspect:
    def make(draft: Draft) -> Sequence[Value]:
        held = [draft.figure(measure, end) for end in ("low", "best", "high")]
        if any(value not in (None, held[1]) for value in held):
            shown = "–".join("?" if value is None else str(value) for value in held)
            draft.lose(measure, "range", f"lowest and highest figure of the {measure}", shown)
        return (held[1],)

    def same(draft: Draft) -> bool:
        low, held, high = (draft.figure(measure, end) for end in ("low", "best", "high"))
        if low not in (None, held) or high not in (None, held):
            return False
        told = whole(draft, column)
        return held is None if told in _NO_NUMBERS else same_number(f"{measure}_best", column)(draft)

    return Aspect((column,), make, same, column)


def _summary(draft: Draft) -> Sequence[Value]:
    parts = [draft.text("title") if draft.original is None else "", draft.text("summary")]
    return (". ".join(part.rstrip(".") for part in parts if part),)


def _same_summary(draft: Draft) -> bool:
    """GTD has several columns of words, which an import may have put together."""
    held = " ".join(draft.text("summary").split())
    told = (
        [" ".join(draft.original.text(c).split()) for c in ("summary", "motive", "addnotes")] if draft.original else []
    )
    rest = held
    for text in told:
        rest = rest.replace(text, "", 1) if text else rest
    return not rest.strip() and (not held) == (not told[0] and not any(part in held for part in told[1:] if part))


def _cites(draft: Draft) -> Sequence[Value]:
    cites = []
    for source in draft.file.sources:
        told = [
            f"“{source['title']},”" if source["publisher"] else source["title"],
            source["publisher"],
            human(source["published_edtf"]) if source["published_edtf"] else "",
        ]
        cites.append(", ".join(part for part in told if part).replace(",”,", ",”") + ".")
    return [*cites[:3], *[""] * (3 - len(cites))]


def _same_cites(draft: Draft) -> bool:
    told = " ".join(draft.original.text(f"scite{number}") for number in "123") if draft.original else ""
    return all(source["kind"] == "dataset" or source["title"] in told for source in draft.file.sources)


def _related(draft: Draft) -> Sequence[Value]:
    own = [row["external_id"] for _, row, _ in draft.file.links if (row["dataset"] or "") == "gtd"]
    return (", ".join(own),)


def _text(column: str, *fields: str) -> Aspect:
    return Aspect((column,), lambda draft: (draft.text(fields[0]),), same_text(column, *fields), column)


_MADE = (
    Aspect(("eventid",), lambda draft: (draft.row["uid"],)),
    Aspect(_DATES, _dates, _same_dates, "date"),
    Aspect(("country", "country_txt", "region", "region_txt"), _country, same_country("country_txt"), "country"),
    _text("provstate", "admin1"),
    _text("city", "place_name", "admin2"),
    Aspect(("latitude",), lambda draft: (draft.row["lat"],), same_number("lat", "latitude")),
    Aspect(("longitude",), lambda draft: (draft.row["lon"],), same_number("lon", "longitude")),
    Aspect(
        ("specificity",),
        lambda draft: (place_code(draft, _WHERE),),
        same_code("geo_precision", "specificity", _WHERE_MEANS),
    ),
    Aspect(
        ("location",),
        lambda draft: (draft.text("place_words"),),
        lambda draft: not draft.text("place_words") or same_text("location", "place_words")(draft),
    ),
    Aspect(("summary",), _summary, _same_summary, "summary"),
    Aspect(("attacktype1", "attacktype1_txt", "suicide"), _attack, _same_attack, "category"),
    Aspect(_TARGETS, _targets, _same_targets, "targets"),
    Aspect(_GROUPS, _groups, _same_groups, "actors"),
    Aspect(("claimed", "compclaim"), _claims, _same_claims, "claims"),
    Aspect(
        columns("weaptype1 weaptype1_txt weapsubtype1 weapsubtype1_txt weapdetail"),
        _weapon,
        lambda draft: not draft.text("weapon") or same_text("weapdetail", "weapon")(draft) or _weapon_named(draft),
    ),
    _figure("killed", "nkill"),
    _figure("wounded", "nwound"),
    Aspect(("scite1", "scite2", "scite3"), _cites, _same_cites, "sources"),
    Aspect(("related",), _related),
)


def _weapon_named(draft: Draft) -> bool:
    told = [draft.original.text(f"weap{part}1_txt") for part in ("type", "subtype")] if draft.original else []
    return draft.text("weapon") in told


_REST = tuple(name for name in HEADER if name not in {one for aspect in _MADE for one in aspect.columns})

GTD = Codebook(
    "gtd",
    HEADER,
    (*_MADE, Aspect(_REST, lambda _: [""] * len(_REST))),
    Means(
        actors=("gname", "gname2", "gname3", "target1", "target2", "target3", "corp1", "corp2", "corp3"),
        measures=frozenset({"killed", "wounded"}),
        hedged=frozenset({"perpetrator", "participant"}),
        tags=("doubt-terrorism", "alternative: "),
    ),
    datasets=("gtd",),
    aliases={"year": "iyear", "month": "imonth", "day": "iday"},
)
