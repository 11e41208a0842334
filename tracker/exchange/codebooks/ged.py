"""UCDP GED: rows of the 49 columns of releases 21.1 and later (codebook 23.1)."""

from __future__ import annotations

import contextlib
import csv
import io
import math
from collections.abc import Callable, Sequence
from datetime import date

from tracker.exchange.codebooks.parts import (
    country_of,
    days,
    original_day,
    place_code,
    published,
    same_code,
    same_country,
    same_days,
    same_number,
    same_text,
    sides,
    tell_date,
    tell_unadopted,
    whole,
)
from tracker.exchange.codebooks.reading import Draft
from tracker.exchange.codebooks.shape import Aspect, Codebook, Value, columns
from tracker.exchange.codebooks.unsaid import Means
from tracker.store.casefile import Row

HEADER = columns(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id"
    " dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources"
    " source_article source_office source_date source_headline source_original where_prec where_coordinates"
    " where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity"
    " date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
)

_ALIASES = {
    "uniq": "id", "type_of_vi": "type_of_violence", "coordinate_location": "where_coordinates",
    "where_coor": "where_coordinates", "event_type": "event_clarity", "event_clar": "event_clarity",
    "best_est": "best", "high_est": "high", "low_est": "low", "active_yea": "active_year", "date_start_": "date_start",
    "conflict_id": "conflict_new_id", "dyad_id": "dyad_new_id", "side_a_id": "side_a_new_id",
    "side_b_id": "side_b_new_id",
}  # fmt: skip

_WHERE = {
    "exact": ("1", True), "site": ("1", True), "town": ("1", True), "near_town": ("2", True), "admin2": ("3", True),
    "admin1": ("4", True), "fuzzy": ("5", True), "country": ("6", True), "international": ("7", True),
}  # fmt: skip
_WHERE_MEANS = {
    "1": frozenset({"exact", "site", "town"}), "2": frozenset({"near_town"}), "3": frozenset({"admin2"}),
    "4": frozenset({"admin1"}), "5": frozenset({"fuzzy"}), "6": frozenset({"country"}),
    "7": frozenset({"international"}),
}  # fmt: skip
_STATES = frozenset({"state", "government", "state_forces"})
_OTHERS = frozenset({"armed_group", "umbrella", "party", "coalition"})
_KINDS = {"1": "armed_clash", "2": "armed_clash", "3": "armed_assault"}
_SIDES = ("perpetrator", "participant", "target", "victim")


def _identity(draft: Draft) -> Sequence[Value]:
    return (draft.row["uid"],)


def _status(draft: Draft) -> Sequence[Value]:
    return ("Clear" if draft.row["review"] in ("coded", "reviewed", "final") else "",)


def _empty(count: int) -> Sequence[Value]:
    return [""] * count


def _dates(draft: Draft) -> Sequence[Value]:
    first, last = days(draft)
    tell_date(draft)
    if not first or not last:
        if first or last:
            draft.lose("date", "date", "an end that is open stays empty", draft.text("date_edtf"))
        return "", "", str(first or ""), str(last or "")
    precision, told = _fitting(first, last), whole(draft, "date_prec")
    if told not in ("", str(precision)):
        loss = f"the original precision {told} does not fit the date; {precision} is written"
        draft.lose("date", "date", loss, draft.text("date_edtf"))
    if first.year != last.year:
        draft.lose("date", "date", "more than one year has no code; the year stays empty", draft.text("date_edtf"))
    return first.year if first.year == last.year else "", precision, str(first), str(last)


_PRECISION = {"day": 1, "month": 4, "year": 5}
_STEPS = ((1, 1), (6, 2), (7, 3), (31, 4))


def _fitting(first: date, last: date) -> int:
    """The code of a date by its width: one day, two to six, a week, up to a month, more."""
    width = (last - first).days + 1
    return next((code for most, code in _STEPS if width <= most), 5)


def _kept_precision(draft: Draft) -> Value:
    """The precision where none was kept: an import leaves it out only of a day, or where the file has none."""
    first, last = days(draft)
    if draft.row["version"] == 1 or not first or not last:
        return _PRECISION.get(draft.text("date_precision"), "")
    return _fitting(first, last)


def _same_dates(draft: Draft) -> bool:
    """By the two days, or where they were not kept by the year and the precision that were."""
    start, kept = original_day(draft, "date_start"), whole(draft, "year")
    fitting = start is None or not kept or kept == str(start.year) or len(kept) != 4
    single = start == original_day(draft, "date_end") or whole(draft, "date_prec") != "1"
    return fitting and single and _about(draft) and same_days(start, original_day(draft, "date_end") or start)(draft)


def _about(draft: Draft) -> bool:
    """Whether the original precision is still about this date; one that was edited since may be wider or narrower."""
    told, held = whole(draft, "date_prec"), _PRECISION.get(draft.text("date_precision"))
    if not told or held is not None:
        return told in ("", str(held))
    first, last = days(draft)
    return draft.row["version"] == 1 or not first or not last or told in _may_be(first, last)


def _may_be(first: date, last: date) -> tuple[str, ...]:
    """The codes that a range of days may have had: of a single day that stands for a few, an import makes a week."""
    code = _fitting(first, last)
    return ("2", "3") if code == 3 else (str(code),)


_ACTORS = columns(
    "type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id"
    " side_a_new_id side_a side_b_dset_id side_b_new_id side_b gwnoa gwnob"
)


def _actors(draft: Draft) -> Sequence[Value]:
    doers, done_to = sides(draft)
    if not doers:
        tell_unadopted(draft, "side_a", "perpetrator", "participant")
    if not done_to:
        tell_unadopted(draft, "side_b", "target", "victim")
    a, b = doers[:1], done_to[:1]
    names = draft.says(a), draft.says(b)
    side_a, side_b = ("; ".join(found) for found in names)
    if done_to and _kind(b[0]) == "civilians" and side_b != "Civilians":
        draft.lose(b[0]["role"], "actor", "GED writes “Civilians” for all that are", side_b)
        side_b = "Civilians"
    dyad = f"{side_a} - {side_b}" if side_a and side_b else ""
    cells = {"type_of_violence": _violence(a, b), "dyad_name": dyad, "side_a": side_a, "side_b": side_b}
    return [cells.get(column, "") for column in _ACTORS]


def _kind(inv: Row) -> str:
    kind: str = inv["actor"]["kind"]
    return "civilians" if kind in ("person", "media", "company") else kind


def _violence(a: list[Row], b: list[Row]) -> str:
    """1 state-based, 2 non-state, 3 one-sided; "" where a side is not known."""
    if not a or not b:
        return ""
    if _kind(b[0]) == "civilians":
        return "3"
    kinds = {_kind(a[0]), _kind(b[0])}
    if kinds & _STATES:
        return "1"
    return "2" if kinds <= _OTHERS else ""


def _same_actors(draft: Draft) -> bool:
    if draft.original is None:
        return False
    told = [draft.original.text("side_a"), draft.original.text("side_b")]
    coded = draft.coded(*_SIDES)
    # Where the names were not kept apart, the dyad has them; one that is named otherwise must not have been touched.
    if draft.original.text("dyad_name") != " - ".join(told) and any(inv["version"] > 1 for inv in coded):
        return False
    held = all(draft.name_stands(name, *_SIDES) for name in told)
    return held and all(set(told).intersection(inv["actor"]["names"]) for inv in coded)


_SOURCES = ("number_of_sources", "source_article", "source_office", "source_date", "source_headline")


def _sources(draft: Draft) -> Sequence[Value]:
    sources = draft.file.sources
    offices = [source["publisher"] or "" for source in sources]
    dates, headlines = [published(source) for source in sources], [source["title"] for source in sources]
    articles = [_article(",".join(parts)) for parts in zip(offices, dates, headlines, strict=True)]
    return len(sources) or -1, ";".join(articles), ";".join(offices), ";".join(dates), ";".join(headlines)


def _article(text: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="").writerow([text])
    return buffer.getvalue()


def _same_sources(draft: Draft) -> bool:
    """Whether no source was added to those that the original columns name."""
    if draft.original is None:
        return False
    told = " ".join(draft.original.text(column) for column in (*_SOURCES, "source_original"))
    return all(
        source["kind"] == "dataset" or any(part and part in told for part in (source["title"], source["publisher"]))
        for source in draft.file.sources
    )


def _coordinates(draft: Draft) -> Sequence[Value]:
    lat, lon = draft.row["lat"], draft.row["lon"]
    if lat is None or lon is None:
        return lat, lon, "", ""
    # PRIO-GRID numbers its half-degree cells from 1 at the south-west corner, row by row.
    row, column = (min(math.floor((value + half) * 2), half * 4 - 1) for value, half in ((lat, 90), (lon, 180)))
    return lat, lon, f"POINT ({lon:.6f} {lat:.6f})", row * 720 + column + 1


def _same_coordinates(draft: Draft) -> bool:
    """By the numbers, and by the point, which is kept where they are not."""
    point = draft.original.text("geom_wkt").strip("POINT ()").split() if draft.original else []
    with contextlib.suppress(ValueError):
        held = (draft.row["lon"], draft.row["lat"])
        if any(value is None or abs(float(told) - value) > 0.000_01 for told, value in zip(point, held, strict=False)):
            return False
    return same_number("lat", "latitude")(draft) and same_number("lon", "longitude")(draft)


def _country(draft: Draft) -> Sequence[Value]:
    found = country_of(draft, lambda one: one.gw)
    return (found.ged_name, found.gw, found.ged_region) if found else ("", "", "")


def _clarity(draft: Draft) -> Sequence[Value]:
    held = draft.row["aggregate"]
    return ("" if held is None else 2 if held else 1,)


_DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")


def _deaths(draft: Draft) -> Sequence[Value]:
    """The adopted tallies of each side; without any, all that died are of an unknown side."""
    told: dict[str, int] = {}
    doers, done_to = sides(draft)
    names = [("deaths_a", doers[:1]), ("deaths_b", done_to[:1])]
    for tally in draft.file.tallies:
        if tally["adopted"] and tally["measure"] == "killed" and tally["whom"] and tally["best"] is not None:
            of = [column for column, side in names if side and tally["whom"] in side[0]["actor"]["names"]]
            column = "deaths_civilians" if "civilian" in tally["whom"].lower() else of[0] if of else "deaths_unknown"
            told[column] = told.get(column, 0) + tally["best"]
    if not told and (best := draft.figure("killed", "best")) is not None:
        told["deaths_unknown"] = best
    return [told.get(column) for column in _DEATHS]


def _same_deaths(draft: Draft) -> bool:
    """Whether no tally of the dataset's own says another number of a side than its column."""
    if draft.original is None:
        return False
    original = draft.original
    whose = {
        "deaths_a": original.text("side_a"), "deaths_b": original.text("side_b"), "deaths_civilians": "civilians",
        "deaths_unknown": "unknown",
    }  # fmt: skip
    own = [tally for tally in draft.file.tallies if tally["asserted_by_id"] is None and tally["measure"] == "killed"]
    for column, whom in whose.items():
        held = {tally["best"] for tally in own if (tally["whom"] or "").lower() == whom.lower() and whom}
        if held and original.number(column) not in held:
            return False
    return True


def _figure(end: str) -> Aspect:
    def make(draft: Draft) -> Sequence[Value]:
        held = draft.figure("killed", end)
        if held is None:
            draft.lose(f"killed_{end}", "unknown", f"that {end} is not known; the cell is empty, which GED never has")
        return (held,)

    return Aspect((end,), make, same_number(f"killed_{end}", end), end)


def _category(draft: Draft) -> Sequence[Value]:
    """GED has no column for it: what the type of violence stands for is all that is kept."""
    held = draft.row["category"]
    if draft.original is None or _KINDS.get(whole(draft, "type_of_violence"), held) != held:
        draft.lose("category", "category", "GED has no kinds of incident", held)
    return ()


def _scope(draft: Draft) -> Sequence[Value]:
    if draft.original is None and not any(draft.figure("killed", end) for end in ("low", "best", "high")):
        draft.lose("killed", "nature", "GED takes in events with at least one death only, and none is known", "")
    return ()


def _same_clarity(draft: Draft) -> bool:
    return bool(draft.row["aggregate"]) == (whole(draft, "event_clarity") == "2")


_same_words = same_text("where_description", "place_words")
_same_place = same_text("where_coordinates", "place_name", "place_words")


def _side(number: int) -> Callable[[Draft], str]:
    """The name of a side that the import left to the records: what the dataset itself says, in its order."""

    def name(draft: Draft) -> str:
        own = [inv for inv in draft.file.involvements if inv["asserted_by_id"] is None and inv["stance"] == "states"]
        own = [inv for inv in own if inv["batch_id"] is not None or not inv["adopted"]]
        return own[number]["actor"]["name"] if len(own) > number else ""

    return name


_SAID: dict[str, Callable[[Draft], Value]] = {
    "id": lambda draft: draft.text("external_id"), "side_a": _side(0), "side_b": _side(1),
    "where_prec": lambda draft: _WHERE.get(draft.text("geo_precision"), ("", True))[0],
    "where_coordinates": lambda draft: draft.text("place_name"),
    "where_description": lambda draft: draft.text("place_words"),
    "adm_1": lambda draft: draft.text("admin1"), "adm_2": lambda draft: draft.text("admin2"),
    "latitude": lambda draft: draft.row["lat"], "longitude": lambda draft: draft.row["lon"],
    "date_prec": _kept_precision,
    "event_clarity": lambda draft: "" if draft.row["aggregate"] is None else int(draft.row["aggregate"]) + 1,
    "date_start": lambda draft: draft.text("date_earliest"), "date_end": lambda draft: draft.text("date_latest"),
    "best": lambda draft: draft.figure("killed", "best"), "high": lambda draft: draft.figure("killed", "high"),
    "low": lambda draft: draft.figure("killed", "low"),
}  # fmt: skip


def _text(column: str, *fields: str) -> Aspect:
    return Aspect((column,), lambda draft: (draft.text(fields[0]),), same_text(column, *fields), column)


GED = Codebook(
    "ged",
    HEADER,
    (
        Aspect(("id",), _identity),
        Aspect(("relid", "active_year"), lambda _: _empty(2)),
        Aspect(("code_status",), _status),
        Aspect(("year", "date_prec", "date_start", "date_end"), _dates, _same_dates, "date"),
        Aspect(_ACTORS, _actors, _same_actors, "actors"),
        Aspect(_SOURCES, _sources, _same_sources, "sources"),
        Aspect(("source_original",), lambda _: _empty(1)),
        Aspect(
            ("where_prec",),
            lambda draft: (place_code(draft, _WHERE),),
            same_code("geo_precision", "where_prec", _WHERE_MEANS),
        ),
        Aspect(("where_coordinates",), lambda d: (d.text("place_name"),), _same_place),
        Aspect(
            ("where_description",),
            lambda draft: (draft.text("place_words"),),
            _same_words,
        ),
        _text("adm_1", "admin1"),
        _text("adm_2", "admin2"),
        Aspect(("latitude", "longitude", "geom_wkt", "priogrid_gid"), _coordinates, _same_coordinates, "coordinates"),
        Aspect(("country", "country_id", "region"), _country, same_country("country"), "country"),
        Aspect(("event_clarity",), _clarity, _same_clarity),
        Aspect(_DEATHS, _deaths, _same_deaths, "deaths"),
        _figure("best"),
        _figure("high"),
        _figure("low"),
        Aspect((), _category),
        Aspect((), _scope),
    ),
    Means(actors=("side_a", "side_b")),
    datasets=("ucdp-ged", "ged"),
    aliases=_ALIASES,
    said=_SAID,
)
