"""Dates from columns: the bounds hold what the dataset says, and nothing becomes more precise than it is."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trial import BASE, take, taken

from tracker.errors import UsageError
from tracker.exchange.profile import load
from tracker.exchange.profile.dates import spread
from tracker.exchange.profile.strict_dates import read_day, reader
from tracker.model.edtf import parse

DAYS = st.dates(date(1, 1, 10), date(9996, 12, 20))
PRECISIONS = ("day", "days", "week", "month", "year")
SPAN = """
date = { earliest = "from", latest = "to", format = ["%Y-%m-%d", "%Y-%m-%d %H:%M:%S.%f"],
         precision = { from = "prec", map = { 1 = "day", 2 = "days", 3 = "week", 4 = "month", 5 = "year" } } }
"""
PARTS = """
date = { year = "y", month = "m", day = "d", words = "w", end = "until", format = "%d.%m.%Y" }
"""


def one(toml: str, **row: str) -> dict[str, object]:
    """The date of a row, by the parts it is stored as."""
    got = taken(BASE + toml.replace("\n         ", " "), {"id": "1", "kind": "1"} | row)
    assert not got.rejected, got.rejected
    return {name[5:]: values[0] for name, values in got.incoming.incident.items() if name.startswith("date_")}


@given(DAYS, st.integers(0, 900), st.sampled_from(PRECISIONS))
def test_bounds_hold_both_days_and_are_what_the_edtf_says(first: date, more: int, precision: str) -> None:
    last = first + timedelta(days=more)
    found = spread(first, last, precision)
    read = parse(found.edtf)
    assert (read.value, read.earliest, read.latest, read.precision) == found
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest <= first <= last <= found.latest


@given(DAYS, st.integers(0, 40), st.sampled_from(PRECISIONS))
def test_precision_is_never_finer_than_given(first: date, more: int, precision: str) -> None:
    found = spread(first, first + timedelta(days=more), precision)
    assert found.earliest is not None
    assert found.latest is not None
    least = {"day": 1, "days": 2, "week": 2, "month": 8, "year": 32}[precision]
    assert (found.latest - found.earliest).days + 1 >= least


@given(DAYS, st.integers(0, 900), st.sampled_from("12345"), st.booleans())
def test_the_quick_way_and_the_careful_way_agree(first: date, more: int, precision: str, clock: bool) -> None:
    last = first + timedelta(days=more)
    tail = " 00:00:00.000" if clock else ""
    careful = one(SPAN, **{"from": f" {first}{tail}", "to": f"{last}{tail} ", "prec": precision})
    quick = one(SPAN, **{"from": f"{first}{tail}", "to": f"{last}{tail}", "prec": precision})
    assert careful == quick
    read = parse(str(quick["edtf"]))
    assert (str(read.earliest), str(read.latest)) == (quick["earliest"], quick["latest"])
    assert read.precision == quick["precision"]
    assert quick["basis"] == "imported"


@pytest.mark.parametrize(
    ("begin", "end", "precision", "edtf"),
    [
        ("2011-02-28", "2011-02-28", "1", "2011-02-28"),
        ("2011-02-28", "2011-03-02", "1", "[2011-02-28..2011-03-02]"),
        ("2011-02-28", "2011-02-28", "3", "[2011-02-25..2011-03-03]"),
        ("2011-02-03", "2011-02-20", "4", "2011-02"),
        ("2011-02-03", "2011-03-02", "4", "[2011-02-03..2011-03-02]"),
        ("2011-02-28", "2011-03-02", "4", "[2011-02..2011-03]"),
        ("2011-01-01", "2011-12-31", "5", "2011"),
        ("2011-01-01", "2011-01-01", "5", "2011"),
        ("2010-12-31", "2011-01-02", "5", "[2010..2011]"),
        ("2011-02-28", "", "1", "2011-02-28"),
        ("", "2011-02-28", "1", "[..2011-02-28]"),
        ("2011-02-28", "2011-02-28", "", "2011-02-28?"),
        ("2011-02-28", "", " ", "2011-02-28?"),
        ("2011-02-28", "2011-03-02", "", "[2011-02-28..2011-03-02]"),
    ],
)
def test_span(begin: str, end: str, precision: str, edtf: str) -> None:
    assert one(SPAN, **{"from": begin, "to": end, "prec": precision})["edtf"] == edtf


@pytest.mark.parametrize(
    ("y", "m", "d", "until", "edtf"),
    [
        ("1970", "7", "3", "", "1970-07-03"),
        ("1970", "7", "0", "", "1970-07"),
        ("1970", "0", "0", "", "1970"),
        ("1970", "0", "5", "", "1970"),
        ("1970.0", "7.0", "3.0", "", "1970-07-03"),
        ("1970", "7", "3", "05.07.1970", "1970-07-03/1970-07-05"),
        ("1970", "7", "3", "soon", "1970-07-03/"),
        ("1970", "7", "3", "03.07.1970", "1970-07-03"),
        ("1970", "7", "0", "05.08.1970", "1970-07/1970-08-05"),
    ],
)
def test_year_month_and_day_apart(y: str, m: str, d: str, until: str, edtf: str) -> None:
    found = one(PARTS, y=y, m=m, d=d, until=until)
    assert found["edtf"] == edtf
    read = parse(edtf)
    assert found["earliest"] == str(read.earliest)
    assert found["latest"] == (str(read.latest) if read.latest else None)
    assert found["precision"] == read.precision


def test_words_of_a_date_are_kept_and_a_day_written_as_itself_needs_none() -> None:
    assert one(PARTS, y="1970", m="7", d="0", w="early July")["words"] == "early July"
    assert one(SPAN, **{"from": "2011-02-28", "to": "2011-02-28", "prec": "1"})["words"] is None
    assert one(SPAN, **{"from": "2011-02-28 00:00:00.0", "to": "", "prec": "1"})["words"] == "2011-02-28 00:00:00.0"


def test_a_date_that_is_not_given_is_not_known() -> None:
    assert set(one(SPAN, **{"from": "", "to": "", "prec": "1"}).values()) == {None}
    assert one(PARTS, y="0", m="0", d="0")["edtf"] is None


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("from", "31/02/2011", "is not a date (format %Y-%m-%d"),
        ("from", "2011-02-30", "is not a date"),
        ("from", "２０１１-02-28", "is not a date"),
        ("from", "2011_02_28", "is not a date"),
        ("from", "2011-W01-1", "is not a date"),
        ("from", "20110228", "is not a date"),
        ("from", "0000-01-01", "is not a date"),
        ("to", "1980-01-01", "is before from (2011-02-28)"),
        ("prec", "9", "is none of 1, 2, 3, 4, 5"),
    ],
)
def test_what_is_no_date_is_refused_with_column_value_and_cure(column: str, value: str, why: str) -> None:
    row = {"id": "1", "kind": "1", "from": "2011-02-28", "to": "2011-02-28", "prec": "1"} | {column: value}
    got = taken(BASE + SPAN.replace("\n         ", " "), row)
    (bad,) = got.rejected
    assert (bad.column, bad.value, bad.line) == (column, value, 2)
    assert why in bad.reason
    assert "correct" in bad.reason
    assert len(got.incoming) == 0


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("m", "13", "is no month (1 to 12)"),
        ("d", "30", "is no day of 1970-02"),
        ("y", "１９７０", "is no year"),
        ("until", "01.01.1970", "is before the day it began"),
    ],
)
def test_parts_that_make_no_day(column: str, value: str, why: str) -> None:
    got = take(PARTS, {"y": "1970", "m": "2", "d": "3", "until": ""} | {column: value})
    (bad,) = got.rejected
    assert (bad.column, bad.value) == (column, value)
    assert why in bad.reason


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%d-%b-%Y", "%Y%m%d", "%m/%d/%Y", "%Y-%m-%dT%H:%M:%SZ"]))
def test_a_day_written_in_a_format_reads_back(day: date, form: str) -> None:
    months = "January February March April May June July August September October November December".split()  # noqa: SIM905
    name = months[day.month - 1]
    said = {"Y": f"{day.year:04}", "m": f"{day.month:02}", "d": f"{day.day:02}", "B": name, "b": name[:3]}
    text = form
    for letter, part in (said | {"H": "10", "M": "05", "S": "00"}).items():
        text = text.replace(f"%{letter}", part)
    assert read_day(text, (form,)) == day


@given(st.text(max_size=12))
def test_no_text_stops_the_reader_and_only_ascii_digits_are_days(text: str) -> None:
    found = read_day(text, ("%Y-%m-%d", "%d/%m/%y", "%Y%m%d"))
    assert found is None or text.isascii()


def test_two_digits_of_a_year_turn_as_posix_says() -> None:
    assert read_day("9-May-20", ("%d-%b-%y",)) == date(2020, 5, 9)
    assert read_day("01-Jan-69", ("%d-%b-%y",)) == date(1969, 1, 1)


@pytest.mark.parametrize(
    "form", ["%G-W%V-%u", "%Y-%m", "%Q", "%Y-%m-%d %Y", "%Y-%m-%d %f%f%f%f%f%f", "%I%I%I%I %Y-%m-%d"]
)
def test_a_format_that_is_no_day_is_refused(form: str) -> None:
    with pytest.raises(UsageError, match=r"%Y-%m-%d|not known"):
        reader(form, "trial.toml")


@pytest.mark.parametrize(
    ("blank", "edtf"), [("", "2011-02-28?"), (', blank = "day"', "2011-02-28"), (', blank = "month"', "2011-02")]
)
def test_a_profile_says_what_an_empty_precision_means(blank: str, edtf: str) -> None:
    toml = SPAN.replace('"year" } }', f'"year" }}{blank} }}')
    found = one(toml, **{"from": "2011-02-28", "to": "2011-02-28", "prec": ""})
    assert (found["edtf"], found["basis"]) == (edtf, "imported")
    without = one(toml, **{"from": "2011-02-28", "to": "2011-02-28"})
    assert without["edtf"] == edtf
    assert one(toml, **{"from": "2011-02-28", "to": "2011-02-28", "prec": "1"})["edtf"] == "2011-02-28"


def test_a_blank_precision_of_ged_is_not_a_day() -> None:
    rule = load("ucdp-ged").date
    assert rule is not None
    assert rule.blank == "uncertain"


def test_a_word_that_is_no_precision_is_refused() -> None:
    with pytest.raises(UsageError, match="“hour” is none of them"):
        one(SPAN.replace('"year" } }', '"year" }, blank = "hour" }'), **{"from": "", "to": ""})


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("March 2019", "2019-03"), ("mar 2019", None), ("2019", "2019"), ("2019-03-04", "2019-03-04"), ("13 2019", None)],
)
def test_a_format_may_say_a_month_or_a_year(text: str, edtf: str | None) -> None:
    toml = 'date = { day = "d", format = ["%Y-%m-%d", "%B %Y", "%m %Y", "%Y"] }\n'
    got = take(toml, {"d": text})
    assert got.values("date_edtf") == ([edtf] if edtf else [])
    assert len(got.rejected) == (edtf is None)


def test_bounds_of_a_span_are_whole_days() -> None:
    with pytest.raises(UsageError, match="does not say year, month and day"):
        one('date = { earliest = "from", latest = "to", format = "%B %Y" }\n')


LASTED = """
[incident.date]
earliest = "from"
latest = "to"
lasted = { from = "clarity", equals = ["2", "Summary"] }
precision = { from = "prec", map = { 1 = "day", 2 = "days", 4 = "month" } }
"""


@pytest.mark.parametrize(
    ("clarity", "begin", "end", "prec", "edtf", "precision"),
    [
        ("2", "2021-09-28", "2021-10-06", "2", "2021-09-28/2021-10-06", "interval"),
        ("2.0", "2021-09-28", "2021-10-06", "2", "2021-09-28/2021-10-06", "interval"),
        ("summary", "2021-05-01", "2021-05-31", "4", "2021-05-01/2021-05-31", "interval"),
        (" 2 ", "2021-05-03", "2021-05-09", "", "2021-05-03/2021-05-09", "week"),
        ("1", "2021-09-28", "2021-10-06", "2", "[2021-09-28..2021-10-06]", "range"),
        ("", "2021-05-01", "2021-05-31", "4", "2021-05", "month"),
        ("2", "2021-05-01", "2021-05-01", "1", "2021-05-01", "day"),
    ],
)
def test_what_lasted_is_an_interval_and_gives_its_cells_back(
    clarity: str, begin: str, end: str, prec: str, edtf: str, precision: str
) -> None:
    row = {"from": begin, "to": end, "prec": prec, "clarity": clarity}
    found = take(LASTED, row)
    assert (found.values("date_edtf"), found.values("date_precision")) == ([edtf], [precision])
    extra = json.loads(str(found.values("extra")[0] or "{}"))
    back = {"from": found.values("date_earliest")[0], "to": found.values("date_latest")[0]} | extra
    assert {name: back.get(name, "") for name in ("from", "to", "clarity")} == {
        name: row[name] for name in ("from", "to", "clarity")
    }


def test_lasted_needs_both_days_and_the_texts_that_say_so() -> None:
    without = {'latest = "to"': "lasted without earliest and latest", ', equals = ["2", "Summary"]': "is missing"}
    for bad, why in without.items():
        with pytest.raises(UsageError, match=why):
            take(LASTED.replace(bad, ""), {"from": "2021-05-01"})
