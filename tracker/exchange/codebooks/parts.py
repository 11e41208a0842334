"""What the row-shaped codebooks share: dates, places, figures, actors, and whether a cell still holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from tracker.exchange.codebooks.countries import Country, country, named
from tracker.exchange.codebooks.reading import DENYING, Draft
from tracker.exchange.profile.strict_dates import read_day
from tracker.store.casefile import Row

_NEAR = 0.000_001
"""Degrees are kept to six decimals: about a hand's width."""

NOTHING = ("", "na", "n/a", "unknown")
"""What the datasets write for nothing, in lower case."""

Same = Callable[[Draft], bool]

FORMATS = (
    "%Y-%m-%d", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%dT%H:%M:%S.%f", "%d %B %Y", "%d %b %Y", "%d-%B-%Y", "%d-%b-%Y", "%d-%b-%y", "%d/%m/%Y", "%d-%m-%Y",
)  # fmt: skip
"""How the datasets write days; where they write numbers only, the day comes before the month."""


def same_number(field: str, column: str) -> Same:
    """Whether the number in a field is the one in the original column; unknown is an empty cell."""

    def same(draft: Draft) -> bool:
        value, told = draft.row[field], draft.original.number(column) if draft.original else None
        return value is None if told is None else value is not None and abs(float(value) - told) < _NEAR

    return same


def same_text(column: str, *fields: str) -> Same:
    """Whether one of the fields still holds the text of the original column, or all of them are as empty as it."""

    def same(draft: Draft) -> bool:
        told = " ".join(draft.original.text(column).split()) if draft.original else ""
        held = [" ".join(draft.text(field).split()) for field in fields]
        return told in held or (told.lower() in NOTHING and not any(held))

    return same


def same_code(field: str, column: str, meanings: Mapping[str, frozenset[str]]) -> Same:
    """Whether the code in a field is one of those that the number in the original column may mean."""

    def same(draft: Draft) -> bool:
        told = whole(draft, column)
        return draft.row[field] in meanings[told] if told in meanings else draft.row[field] in (None, "unknown")

    return same


def same_country(column: str) -> Same:
    """Whether the country is still the one that the original column names; a name we do not know has none."""

    def same(draft: Draft) -> bool:
        code = named(draft.original.text(column)) if draft.original else ""
        return (draft.row["country"] or "") == code

    return same


def whole(draft: Draft, column: str) -> str:
    """The text of an original column; a whole number without the decimals that some files write."""
    text = draft.original.text(column) if draft.original else ""
    return text.removesuffix(".0")


def days(draft: Draft) -> tuple[date | None, date | None]:
    """The first and the last day that the incident's date may mean; None for an open end."""
    earliest, latest = draft.row["date_earliest"], draft.row["date_latest"]
    return date.fromisoformat(earliest) if earliest else None, date.fromisoformat(latest) if latest else None


def same_days(first: date | None, last: date | None) -> Same:
    """Whether the incident's date is still the one that was made of these two original days, imported and certain."""

    def same(draft: Draft) -> bool:
        held = days(draft)
        if first is None or last is None:
            return held == (first, last)
        week = timedelta(days=3)
        may = [(first, last), _month(first), (date(first.year, 1, 1), date(first.year, 12, 31))]
        may += [(first - week, last + week), (_month(first)[0], _month(last)[1])]
        marked = set(draft.text("date_edtf")) & set("?~%")
        # An import marks a day as doubtful where the dataset does not say how exact it is.
        return held in may and (not marked or (marked == {"?"} and draft.row["date_basis"] == "imported"))

    return same


def _month(day: date) -> tuple[date, date]:
    after = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day.replace(day=1), after - timedelta(days=1)


def original_day(draft: Draft, column: str) -> date | None:
    """The day in an original column."""
    return read_day(draft.original.text(column), FORMATS) if draft.original else None


def tell_date(draft: Draft, *, lasting: bool = True) -> None:
    """Tell what is lost of the date whatever the columns: that it is doubtful, unknown or (`lasting`) a duration."""
    edtf = draft.text("date_edtf")
    if not edtf:
        draft.lose("date", "date", "it has no date, the columns stay empty", draft.text("date_words"))
    if marks := set(edtf) & set("?~%"):
        how = "approximate" if marks == {"~"} else "doubtful"
        draft.lose("date", "date", f"that the date is {how}", edtf)
    first, last = days(draft)
    if lasting and "/" in edtf and first and last:
        draft.lose("date", "date", "that it lasted from one day to the other, and not on one of them", edtf)


def place_code(draft: Draft, table: Mapping[str, tuple[str, bool]]) -> str:
    """The code for how exact the place is; `table` says for each whether it is as exact as ours."""
    held = draft.row["geo_precision"]
    if held in (None, "unknown"):
        return ""
    code, faithful = table[held]
    if not faithful:
        how = f"is written as {code}, which is coarser or wider" if code else "has no code"
        draft.lose("geo_precision", "place", f"that the place is known as {held} {how}", held)
    return code


def place(draft: Draft) -> str:
    """The name of the place, or its words; that there are both is lost."""
    name, words = draft.text("place_name"), draft.text("place_words")
    if name and words and name != words:
        draft.lose("place_words", "place", "the words for the place", words)
    return name or words


def country_of(draft: Draft, numbered: Callable[[Country], str]) -> Country | None:
    """The country, if the codebook has a number for it; else that it has none is told."""
    code = draft.row["country"]
    found = country(code)
    if code and (found is None or not numbered(found)):
        draft.lose("country", "country", "the codebook has no number for this country", code)
    return found


def tell_figure(draft: Draft, written: int | None, *, unknown: str = "") -> None:
    """Tell what is lost when only one figure of the killed is written; `unknown` says what an unknown one becomes."""
    held = [draft.figure("killed", end) for end in ("low", "best", "high")]
    known = [value for value in held if value is not None]
    if written is None and unknown:
        draft.lose("killed", "unknown", f"that the number of the killed is not known; written as {unknown}")
    if any(value != written for value in known) or (known and held[1] is None):
        shown = "–".join("?" if value is None else str(value) for value in held)
        draft.lose("killed", "range", "lowest, best and highest figure of the killed", shown)


def tell_unadopted(draft: Draft, column: str, *roles: str) -> None:
    """Tell that columns stay empty because actors are named in these roles and none is adopted."""
    named = [inv for inv in draft.file.involvements if inv["role"] in roles and inv["stance"] not in DENYING]
    if named:
        names = dict.fromkeys(inv["actor"]["name"] for inv in named)
        draft.lose(column, "not_adopted", f"{column} stays empty: no {roles[0]} is adopted", "; ".join(names))


def sides(draft: Draft) -> tuple[list[Row], list[Row]]:
    """The coded doers (or all participants but the last), and those it was done to; telling where none is adopted."""
    doers, done_to = draft.coded("perpetrator"), draft.coded("target", "victim")
    both = draft.coded("participant")
    if both and not doers:
        doers, both = both[:1], both[1:]
    done_to = [*done_to, *both]
    return doers, done_to


def published(source: Row) -> str:
    """The day on which a source was published; "" when it is no single day."""
    return (source["published_earliest"] or "") if source["published_precision"] == "day" else ""
