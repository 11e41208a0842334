"""The date of an incident from a dataset's columns: EDTF and its bounds, never more precise than the dataset is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from tracker.errors import ValueRefused
from tracker.exchange.profile.checks import Bad, Memo, cure_of, mapped, plain, says_missing
from tracker.exchange.profile.model import DateRule
from tracker.exchange.profile.strict_dates import is_whole, part_reader, read_day
from tracker.model.uncertain import resolve

_quoted: Callable[[str], str] = json.encoder.encode_basestring
PARTS = ("words", "edtf", "earliest", "latest", "precision", "basis")
_WEEK = timedelta(days=3)
_WIDTH = {"month": 8, "year": 32}
"""The fewest days that a span across months (years) must have to be worth a month (year) of doubt as it stands."""
_CUT = {"month": 7, "year": 4}
"""How much of an ISO day is its month (year)."""


class Dated(NamedTuple):
    """A date as it is stored: `PARTS`, and as members of a JSON object the cells that these do not give back."""

    words: str | None
    edtf: str | None
    earliest: str | None
    latest: str | None
    precision: str | None
    basis: str | None
    kept: str


class Spread(NamedTuple):
    """An EDTF value with its bounds and what `edtf.parse` would call its precision."""

    edtf: str
    earliest: date | None
    latest: date | None
    precision: str


def day_of(day: date) -> Spread:
    """A day."""
    return Spread(day.isoformat(), day, day, "day")


def month_of(year: int, month: int) -> Spread:
    """A month."""
    after = date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else None
    last = after - timedelta(days=1) if after else date.max
    return Spread(f"{year:04}-{month:02}", date(year, month, 1), last, "month")


def year_of(year: int) -> Spread:
    """A year."""
    return Spread(f"{year:04}", date(year, 1, 1), date(year, 12, 31), "year")


def one_of(first: date, last: date) -> Spread:
    """One of the days from first to last."""
    if first == last:
        return day_of(first)
    week = first.weekday() == 0 and (last - first).days == 6
    return Spread(f"[{first.isoformat()}..{last.isoformat()}]", first, last, "week" if week else "range")


def lasting(first: date, last: date) -> Spread:
    """All the time from first to last, which are two days."""
    week = first.weekday() == 0 and (last - first).days == 6
    return Spread(f"{first.isoformat()}/{last.isoformat()}", first, last, "week" if week else "interval")


def spread(first: date, last: date, precision: str | None) -> Spread:
    """What a dataset says that stores `first` to `last` for a date known to the `precision`.

    A day is that day, `uncertain` perhaps that day; days or a week the days from first to last, of which a single one
    stands for its middle; a month or year the whole of it. The bounds always hold first and last.
    """
    if precision == "uncertain" and first == last:
        return Spread(f"{first.isoformat()}?", first, last, "day")
    if precision in _WIDTH:
        return _calendar(first, last, precision or "")
    if first == last and precision in ("days", "week"):
        first = first - _WEEK if first - date.min > _WEEK else date.min
        last = last + _WEEK if date.max - last > _WEEK else date.max
    return one_of(first, last)


def _calendar(first: date, last: date, precision: str) -> Spread:
    if precision == "year" and first.year == last.year:
        return year_of(first.year)
    if precision == "month" and (first.year, first.month) == (last.year, last.month):
        return month_of(first.year, first.month)
    if (last - first).days + 1 >= _WIDTH[precision]:
        return one_of(first, last)
    cut = 4 if precision == "year" else 7
    whole = year_of(last.year) if precision == "year" else month_of(last.year, last.month)
    start = date(first.year, 1 if precision == "year" else first.month, 1)
    return Spread(f"[{first.isoformat()[:cut]}..{last.isoformat()[:cut]}]", start, whole.latest, "range")


def _whole(text: str) -> tuple[str, str]:
    """First and last day of a month (YYYY-MM) or year (YYYY)."""
    found = month_of(int(text[:4]), int(text[5:])) if len(text) > 4 else year_of(int(text))
    return str(found.earliest), str(found.latest)


class DateReader:
    """Reads the texts of a date's columns, given together as a tuple.

    `at` are for each part of the rule the places of its columns in that tuple, `names` the headers by place.
    """

    def __init__(
        self, rule: DateRule, at: Mapping[str, tuple[int, ...]], names: tuple[str, ...], nulls: frozenset[str]
    ):
        self.rule, self.at, self.names, self.nulls = rule, at, names, nulls
        self.heads = [f"{_quoted(name)}:" for name in names]
        self.unknown = frozenset(rule.unknown) | nulls
        self.precise = mapped(rule.precision) if rule.precision and rule.precision.map is not None else None
        self.formats = tuple(form for form in rule.formats if is_whole(form))
        self.partly = tuple(part_reader(form) for form in rule.formats if not is_whole(form))
        among = rule.lasted.among if rule.lasted and rule.lasted.among else frozenset[str]()
        self.lasted = Memo(lambda raw: plain(raw) in among)
        self.days = Memo(self._iso)
        self.precisions = Memo(self._known)
        self.whole = Memo(_whole)
        self.quick = self._quickly()

    def __call__(self, raws: tuple[str, ...]) -> Dated | Bad:
        """The date, or the cell that cannot be taken."""
        if self.quick is not None and (dated := self._quick(raws, *self.quick)) is not None:
            return dated
        precision = self._precision(raws)
        if isinstance(precision, Bad):
            return precision
        if self.rule.earliest:
            found = self._span(raws, precision)
        elif self.rule.year:
            found = self._parts(raws)
        else:
            found = self._single(raws, precision)
        if isinstance(found, Bad):
            if self.rule.list_of_own and says_missing(found.value):
                why = "is not a date; write it like 2019-12-09, or leave it empty when not known"
                return found._replace(reason=why + cure_of(found.value, own=True))
            return self._freely(found, raws) if self.rule.freely and found.column in self._names("day") else found
        return self._stored(found, raws)

    def _names(self, part: str) -> list[str]:
        return [self.names[place] for place in self.at.get(part, ())]

    def _freely(self, bad: Bad, raws: tuple[str, ...]) -> Dated | Bad:
        """A day that no format reads, as EDTF or in words; words such as "last Monday" are told from the anchor."""
        said = self._text(raws, "said")[0]
        anchor = self.rule.anchor or (read_day(said, self.formats or ("%Y-%m-%d",)) if said else None)
        try:
            read = resolve(bad.value, anchor=anchor, order=self.rule.order or None)  # type: ignore[arg-type]
        except ValueRefused as refusal:
            return bad._replace(reason=str(refusal).rstrip("."))
        if not read.edtf:
            return self._stored(None, raws)
        dated = self._stored(Spread(read.edtf, read.earliest, read.latest, read.precision), raws)
        return dated._replace(basis="inferred") if read.basis == "inferred" else dated

    def _quick(self, raws: tuple[str, ...], begin: int, end: int, precise: int) -> Dated | None:
        """The same, sooner, for two days and a precision of which each is well written; None for all others."""
        early, late, text = raws[begin], raws[end], raws[precise]
        first, on = self.days[early]
        last, until = self.days[late]
        known = self.precisions[text]
        if not known or not first or first > last:
            return None
        same = early == first and late == last
        if first == last:
            if known != "day" or not same or not self._says_day(text):
                return None
            return Dated(None, first, first, last, "day", "imported", "")
        if not same or self._lasts(raws):
            return None
        cut = _CUT.get(known)
        if cut and first[:cut] == last[:cut]:
            begun, over = self.whole[first[:cut]]
            kept = self._kept(raws, "earliest", "latest", "precision")
            return Dated(f"{first} – {last}", first[:cut], begun, over, known, "imported", kept)
        if until - on + 1 < _WIDTH.get(known, 0):
            return None
        week = "week" if until - on == 6 and on % 7 == 1 else "range"
        kept = self._kept(raws, "precision")
        return Dated(f"{first} – {last}", f"[{first}..{last}]", first, last, week, "imported", kept)

    def _kept(self, raws: tuple[str, ...], *parts: str) -> str:
        """The cells of these parts as members of a JSON object, empty ones left out."""
        cells = [(self.heads[at[0]], raws[at[0]]) for part in parts if len(at := self.at[part]) == 1]
        return ",".join([head + _quoted(text) for head, text in cells if text])

    def _quickly(self) -> tuple[int, int, int] | None:
        """The places of the two days and the precision, when there is one column of each and nothing else."""
        if not self.rule.earliest or self.precise is None:
            return None
        if self.at.keys() - {"lasted"} != {"earliest", "latest", "precision"}:
            return None
        if any(len(places) > 1 for places in self.at.values()):
            return None
        return self.at["earliest"][0], self.at["latest"][0], self.at["precision"][0]

    def _text(self, raws: tuple[str, ...], part: str) -> tuple[str, str]:
        """The text of a part of the rule and the column it stands in; "" when none is given."""
        name = ""
        for place in self.at.get(part, ()):
            name = self.names[place]
            if (text := raws[place].strip()) not in self.nulls:
                return text, name
        return "", name

    def _precision(self, raws: tuple[str, ...]) -> str | Bad | None:
        rule = self.rule.precision
        if rule is None or self.precise is None:
            return None if rule is None else str(rule.const)
        text, column = self._text(raws, "precision")
        if not text or text in rule.null:
            return self.rule.blank or None
        found = self.precise(text)
        return found._replace(column=column) if isinstance(found, Bad) else str(found)

    def _lasts(self, raws: tuple[str, ...]) -> bool:
        """Whether the row says that it lasted from the first day to the last."""
        return any(self.lasted[raws[place]] for place in self.at.get("lasted", ()))

    def _iso(self, raw: str) -> tuple[str, int]:
        """A day as ISO 8601 and its number, 1 being a Monday; "" and 0 for a text that is none."""
        day = read_day(raw.strip(), self.formats)
        return ("", 0) if day is None else (day.isoformat(), day.toordinal())

    def _known(self, raw: str) -> str | None:
        """The precision that a text is mapped to; None for one that is empty, or not mapped."""
        if self.precise is None or not (text := raw.strip()) or text in self.nulls:
            return None
        found = self.precise(text)
        return None if isinstance(found, Bad) else str(found)

    def _day(self, raws: tuple[str, ...], part: str) -> date | Bad | None:
        text, column = self._text(raws, part)
        if not text:
            return None
        day = read_day(text, self.formats)
        return day or Bad(text, f"is not a date (format {' or '.join(self.rule.formats)}); correct it", column)

    def _span(self, raws: tuple[str, ...], precision: str | None) -> Spread | Bad | None:
        first, last = self._day(raws, "earliest"), self._day(raws, "latest")
        if isinstance(first, Bad):
            return first
        if isinstance(last, Bad):
            return last
        if first is None:
            return Spread(f"[..{last.isoformat()}]", None, last, "open") if last else None
        if last is None:
            return spread(first, first, precision)
        if last < first:
            text, column = self._text(raws, "latest")
            begin, other = self._text(raws, "earliest")
            return Bad(text, f"is before {other} ({begin}); correct one of them", column)
        if first < last and self._lasts(raws):
            return lasting(first, last)
        return spread(first, last, precision)

    def _single(self, raws: tuple[str, ...], precision: str | None) -> Spread | Bad | None:
        day = self._day(raws, "day")
        if isinstance(day, Bad):
            part = next((found for read in self.partly if (found := read(day.value))), None)
            if part is None:
                return day
            return self._until(raws, year_of(part[0]) if part[1] is None else month_of(part[0], part[1]))
        if day is None:
            return None
        return self._until(raws, spread(day, day, precision))

    def _number(self, raws: tuple[str, ...], part: str, low: int, high: int) -> int | Bad | None:
        text, column = self._text(raws, part)
        if text in self.unknown:
            return None
        bare = text[:-2] if text.endswith(".0") else text
        if bare.isascii() and bare.isdigit() and len(bare) <= 4 and low <= int(bare) <= high:
            return int(bare)
        return Bad(text, f"is no {part} ({low} to {high}); correct it, or leave it empty when not known", column)

    def _parts(self, raws: tuple[str, ...]) -> Spread | Bad | None:
        year = self._number(raws, "year", 1, 9999)
        month = self._number(raws, "month", 1, 12)
        day = self._number(raws, "day", 1, 31)
        for part in (year, month, day):
            if isinstance(part, Bad):
                return part
        return self._of_parts(raws, year, month, day)  # type: ignore[arg-type]

    def _of_parts(
        self, raws: tuple[str, ...], year: int | None, month: int | None, day: int | None
    ) -> Spread | Bad | None:
        if year is None:
            return None
        if month is None or day is None:
            # A day without its month says nothing that can be kept as a date.
            return self._until(raws, year_of(year) if month is None else month_of(year, month))
        try:
            only = date(year, month, day)
        except ValueError:
            text, column = self._text(raws, "day")
            return Bad(text, f"is no day of {year:04}-{month:02}; correct it, or write 0 when not known", column)
        return self._until(raws, day_of(only))

    def _until(self, raws: tuple[str, ...], start: Spread) -> Spread | Bad:
        """The date as an interval when it is said until when it lasted; an end that cannot be read leaves it open."""
        text, column = self._text(raws, "end")
        first = start.earliest
        if not text or first is None or start.edtf.startswith("["):
            return start
        end = read_day(text, self.formats)
        if end is None:
            return Spread(f"{start.edtf}/", first, None, "open")
        if end < first:
            return Bad(text, f"is before the day it began ({start.edtf}); correct one of them", column)
        if first == end:
            return start
        week = start.precision == "day" and end - first == 2 * _WEEK and first.weekday() == 0
        return Spread(f"{start.edtf}/{end.isoformat()}", first, end, "week" if week else "interval")

    def _stored(self, found: Spread | None, raws: tuple[str, ...]) -> Dated:
        given = {part: self._text(raws, part)[0] for part in self.at if part != "lasted"}
        words = given.pop("words", "") or self._as_written(given)
        if found is None:
            kept = self._kept(raws, *(part for part in self.at if part != "lasted"))
            return Dated(words or None, None, None, None, None, "imported" if words else None, kept)
        first = found.earliest.isoformat() if found.earliest else None
        last = found.latest.isoformat() if found.latest else None
        back = {"earliest": first, "latest": last, "day": first}
        if self.rule.year:
            back = {}
        unsaid = [part for part, text in given.items() if text != (back.get(part) or "")]
        if self.rule.freely and given["day"] in (words, found.edtf) and "day" in unsaid:
            unsaid.remove("day")
        if found.precision == "day" and "precision" in unsaid and self._says_day(given["precision"]):
            unsaid.remove("precision")
        words = "" if words == found.edtf.removesuffix("?") else words
        kept = self._kept(raws, *unsaid)
        return Dated(words or None, found.edtf, first, last, found.precision, "imported", kept)

    def _says_day(self, text: str) -> bool:
        rule = self.rule.precision
        return bool(rule and rule.map and rule.map.get(text) == "day")

    def _as_written(self, given: Mapping[str, str]) -> str:
        if self.rule.year:
            # Figures in columns of their own are no words; joined, a missing month would make a day look like one.
            return ""
        texts = dict.fromkeys(text for part in ("earliest", "day", "latest", "end") if (text := given.get(part)))
        return " – ".join(texts)
