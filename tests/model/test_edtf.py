"""EDTF is read strictly, spelled one way, and bounded by days that leave none out."""

from __future__ import annotations

from datetime import date

import pytest
from edtf_cases import DAYS, edtf_with_day
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import ValueRefused
from tracker.model.edtf import PRECISIONS, parse, qualify


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "qualifier"),
    [
        ("2003", "2003-01-01", "2003-12-31", "year", ""),
        ("199X", "1990-01-01", "1999-12-31", "decade", ""),
        ("000X", "0001-01-01", "0009-12-31", "decade", ""),
        ("2019-12", "2019-12-01", "2019-12-31", "month", ""),
        ("2020-02-XX?", "2020-02-01", "2020-02-29", "month", "?"),
        ("2019-XX-XX", "2019-01-01", "2019-12-31", "year", ""),
        ("2019-12-09%", "2019-12-09", "2019-12-09", "day", "%"),
        ("2019-21", "2019-03-01", "2019-05-31", "season", ""),
        ("2019-22", "2019-06-01", "2019-08-31", "season", ""),
        ("2019-23~", "2019-09-01", "2019-11-30", "season", "~"),
        ("2019-24", "2019-12-01", "2020-02-29", "season", ""),
        ("9999-24", "9999-12-01", "9999-12-31", "season", ""),
        ("2019-12-01/2019-12-09?", "2019-12-01", "2019-12-09", "interval", "?"),
        ("2019-12-01~/2019-12-09?", "2019-12-01", "2019-12-09", "interval", "%"),
        ("2019-12-09/2019-12-15", "2019-12-09", "2019-12-15", "week", ""),
        ("[2019-12-09..2019-12-15]", "2019-12-09", "2019-12-15", "week", ""),
        ("2019-12-10/2019-12-16", "2019-12-10", "2019-12-16", "interval", ""),
        ("[2019-12-09..2019-12-14]", "2019-12-09", "2019-12-14", "range", ""),
        ("[2019-12-09,2019-12-15]", "2019-12-09", "2019-12-15", "range", ""),
        ("/2019-12-14?", None, "2019-12-14", "open", "?"),
        ("../2019-12", None, "2019-12-31", "open", ""),
        ("2019/..", "2019-01-01", None, "open", ""),
        ("2019-12-09/", "2019-12-09", None, "open", ""),
        ("[..2019-12-14]", None, "2019-12-14", "open", ""),
        ("[2019-12-14..]", "2019-12-14", None, "open", ""),
    ],
)
def test_bounds_and_precision(
    text: str, earliest: str | None, latest: str | None, precision: str, qualifier: str
) -> None:
    read = parse(text)
    assert read.value == text
    assert (read.earliest and read.earliest.isoformat(), read.latest and read.latest.isoformat()) == (earliest, latest)
    assert (read.precision, read.qualifier) == (precision, qualifier)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (" 2019-12-09 ", "2019-12-09"),
        ("199x", "199X"),
        ("2019-12-01 / 2019-12-09", "2019-12-01/2019-12-09"),
        ("[ 2019-12-09 .. 2019-12-14 ]", "[2019-12-09..2019-12-14]"),
        ("[2019-12-12, 2019-12-09]", "[2019-12-09,2019-12-12]"),
        ("[2019-12-09,2019-12-09]", "2019-12-09"),
    ],
)
def test_canonical_spelling(text: str, value: str) -> None:
    assert parse(text).value == value


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2019-02-30", "February 2019 has the days 1 to 28"),
        ("2019-12-00", "December 2019 has the days 1 to 31"),
        ("2019-13", "13 is no month"),
        ("2019-21-05", "21 is no month"),
        ("2019-12-09/2019-12-01", "ends before it begins"),
        ("[2020..2019-12-31]", "ends before it begins"),
        ("0000", "0001 to 9999"),
        ("/", "at least one end"),
        ("[..]", "at least one end"),
        ("199X-12", "decade"),
        ("2019-XX-09", "a day needs its month"),
        ("2019-" + "0" * 300, "longer than"),
    ],
)
def test_refusals_say_why(text: str, part: str) -> None:
    with pytest.raises(ValueRefused, match="not a date") as refusal:
        parse(text)
    assert part in str(refusal.value)
    assert refusal.value.field == "date"


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "20110228", "2011-W01-1", "2011-060", "1_000", "２０１９", "2019-1２", "+2019", "-2019", "2019-12-9",
        "2019-12-09T10:30", "12019", "19XX", "2019-1X", "2019-12-0X", "2019-12-09??", "?2019", "2019\n2020",
        "2019/2020/2021", "[2019", "2019]", "[]", "[2019,]", "[2019....]", "[2019..2020]?", "2019..2020", "٢٠١٩",
    ],
)  # fmt: skip
def test_look_alikes_are_refused(text: str) -> None:
    with pytest.raises(ValueRefused):
        parse(text)


def test_a_long_or_hostile_text_is_quoted_short_and_on_one_line() -> None:
    with pytest.raises(ValueRefused) as refusal:
        parse("\x1b[31m" + "a" * 150 + "\n")
    sentence = str(refusal.value)
    assert sentence.isprintable()
    assert "a" * 60 not in sentence


@given(edtf_with_day())
def test_canonical_form_reads_back_to_itself(made: tuple[str, date]) -> None:
    read = parse(made[0])
    assert parse(read.value) == read
    if not made[0].startswith("["):
        assert read.value == made[0]


@given(edtf_with_day())
def test_bounds_hold_every_day_that_may_be_meant(made: tuple[str, date]) -> None:
    text, day = made
    read = parse(text)
    assert read.earliest is None or read.earliest <= day
    assert read.latest is None or day <= read.latest
    assert read.precision in PRECISIONS
    assert (read.precision == "open") == (read.earliest is None or read.latest is None)


@given(DAYS)
def test_a_day_is_bounded_by_itself(day: date) -> None:
    assert (parse(day.isoformat()).earliest, parse(day.isoformat()).latest) == (day, day)


@given(st.tuples(DAYS, DAYS).filter(lambda pair: pair[0] < pair[1]), st.sampled_from(["{}/{}", "[{}..{}]"]))
def test_reversed_ends_are_refused(pair: tuple[date, date], form: str) -> None:
    with pytest.raises(ValueRefused, match="ends before it begins"):
        parse(form.format(pair[1], pair[0]))


@given(st.text(max_size=40) | st.text(alphabet="0123456789X-/.,[]?~%", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = parse(text)
    except ValueRefused as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017
    else:
        assert read.earliest is None or read.latest is None or read.earliest <= read.latest


@given(edtf_with_day(), st.sampled_from("?~%"))
def test_a_mark_is_put_on_every_date_and_changes_no_bound(made: tuple[str, date], mark: str) -> None:
    plain = parse(made[0])
    marked = parse(qualify(plain.value, mark))
    assert (marked.earliest, marked.latest) == (plain.earliest, plain.latest)
    assert marked.qualifier in (mark, "%")
