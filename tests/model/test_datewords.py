"""English words for a time become EDTF by the date rules, and vague words become nothing."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model.datewords import resolve_words
from tracker.model.edtf import parse

WEDNESDAY = date(2021, 9, 15)
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def told(text: str, *, anchor: date = WEDNESDAY, future: bool = False) -> str | None:
    found = resolve_words(text, anchor, future=future)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("today", "2021-09-15"), ("tonight", "2021-09-15"), ("this morning", "2021-09-15"),
        ("yesterday", "2021-09-14"), ("Last night’s", "2021-09-14"), ("late yesterday evening", "2021-09-14"),
        ("tomorrow", "2021-09-16"), ("the day before yesterday", "2021-09-13"), ("later in the day", "2021-09-15"),
        ("Monday", "2021-09-13"), ("on Wednesday", "2021-09-15"), ("Friday", "2021-09-10"),
        ("early Friday morning", "2021-09-10"), ("at 10:30 p.m. on Friday", "2021-09-10"), ("Thurs.", "2021-09-09"),
        ("Monday last week", "2021-09-06"), ("last week’s Friday", "2021-09-10"), ("this Friday", "2021-09-17"),
        ("next Monday", "2021-09-20"), ("this coming Monday", "2021-09-20"), ("this past Monday", "2021-09-13"),
        ("this week", "2021-09-13/2021-09-19"), ("last week", "2021-09-06/2021-09-12"),
        ("next week", "2021-09-20/2021-09-26"), ("the week before last", "2021-08-30/2021-09-05"),
        ("this month", "2021-09"), ("last month", "2021-08"), ("next year", "2022"), ("this year's", "2021"),
        ("last quarter", "2021-04/2021-06"), ("the end of the year", "2021"), ("last decade", "201X"),
        ("the weekend", "2021-09-11/2021-09-12"), ("over the weekend", "2021-09-11/2021-09-12"),
        ("last weekend", "2021-09-11/2021-09-12"), ("this weekend", "2021-09-18/2021-09-19"),
        ("March", "2021-03"), ("in October", "2020-10"), ("last September", "2020-09"), ("next June", "2022-06"),
        ("this October", "2021-10"), ("May of last year", "2020-05"), ("4 July", "2021-07-04"),
        ("Nov. 3", "2020-11-03"), ("the 3rd of November", "2020-11-03"), ("29 February", "2020-02-29"),
        ("the 9th", "2021-09-09"), ("the 20th", "2021-08-20"),
        ("three days ago", "2021-09-12"), ("two weeks ago", "2021-09-01~"), ("a fortnight ago", "2021-09-01~"),
        ("a month ago", "2021-08"), ("eight months ago", "2021-01"), ("Forty-two years ago", "1979"),
        ("about ten years ago", "2011~"), ("a week ago today", "2021-09-08"), ("a week ago Monday", "2021-09-06"),
        ("in three days", "2021-09-18"), ("two years from now", "2023"),
        ("early March", "2021-03"), ("mid-December 2019", "2019-12"), ("late last month", "2021-08"),
        ("1983", "1983"), ("nineteen eighty-three", "1983"), ("two thousand and six", "2006"), ("the 1990s", "199X"),
        ("the early nineties", "199X"), ("spring 2019", "2019-21"), ("the autumn of 2004", "2004-23"),
        ("winter 2019/20", "2019-24"), ("last summer", "2021-22"), ("last fall", "2020-23"), ("this winter", "2021-24"),
        ("overnight", "2021-09-14/2021-09-15"), ("overnight into Monday", "2021-09-12/2021-09-13"),
        ("overnight on Monday", "2021-09-13/2021-09-14"),
        ("since Friday", "2021-09-10/.."), ("until March 2022", "../2022-03"), ("from 2003 onwards", "2003/.."),
        ("by Friday", "[..2021-09-10]"), ("before 9 May 2021", "[..2021-05-08]"), ("after May 2021", "[2021-06-01..]"),
        ("from Friday to Monday", "2021-09-10/2021-09-13"), ("between March and May", "2021-03/2021-05"),
        ("9–11 August", "2021-08-09/2021-08-11"), ("August 9-11, 2020", "2020-08-09/2020-08-11"),
        ("from Dec. 30, 2019, to Jan. 2", "2019-12-30/2020-01-02"), ("Dec 30 - Jan 2 2020", "2019-12-30/2020-01-02"),
        ("9 or 11 August 2020", "[2020-08-09,2020-08-11]"), ("one of 9–11 Aug 2020", "[2020-08-09..2020-08-11]"),
        ("Monday, 13 September 2021", "2021-09-13"), ("September 13th, 2021", "2021-09-13"),
        ("13-Sep-2021", "2021-09-13"), ("2021 September 13", "2021-09-13"), ("2021-09-13T08:15:00Z", "2021-09-13"),
        ("the day before last Tuesday", "2021-09-13"), ("two days after Christmas 2020", "2020-12-27"),
        ("the week of 1 September", "2021-08-30/2021-09-05"), ("the first quarter of 2020", "2020-01/2020-03"),
        ("Easter Sunday 2021", "2021-04-04"), ("Thanksgiving 2020", "2020-11-26"), ("Christmas Eve", "2020-12-24"),
        ("possibly last Friday", "2021-09-10?"), ("around 9 May 2021", "2021-05-09~"), ("circa 1990?", "1990%"),
    ],
)  # fmt: skip
def test_words_by_the_rules(text: str, edtf: str) -> None:
    assert told(text) == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Friday", "2021-09-17"), ("Wednesday", "2021-09-22"), ("March", "2022-03"), ("October 3", "2021-10-03"),
        ("September", "2021-09"), ("the weekend", "2021-09-18/2021-09-19"), ("the spring", "2022-21"),
        ("overnight", "2021-09-15/2021-09-16"), ("the 3rd", "2021-10-03"), ("Christmas", "2021-12-25"),
    ],
)  # fmt: skip
def test_a_future_sentence_means_the_coming_one(text: str, edtf: str) -> None:
    assert told(text, future=True) == edtf


@pytest.mark.parametrize(
    "text",
    [
        "", "recently", "a few days ago", "a couple of weeks ago", "earlier", "later", "the day", "that night",
        "a day later", "two weeks earlier", "three weeks", "for six months", "the past week", "31-year-old",
        "the second", "the following Monday", "the previous month", "years ago", "1,500", "20210915", "2021-W37-3",
        "２０２１", "1_000", "at noon", "the morning after", "now", "soon", "10 to 12", "5 percent", "31 June 2020",
        "03/04/2021", "on 03.04.2021", "3/4", "01/02/03", "x" * 500, "- - - - - - -", "from to", "between and",
    ],
)  # fmt: skip
def test_vague_words_durations_and_undecided_numbers_are_no_dates(text: str) -> None:
    assert resolve_words(text, WEDNESDAY) is None
    assert resolve_words(text, WEDNESDAY, future=True) is None


@pytest.mark.parametrize(
    ("text", "anchor", "alternative"),
    [
        ("last Monday", date(2019, 12, 14), "2019-12-02"),
        ("last Monday", date(2019, 12, 16), ""),
        ("last Friday", WEDNESDAY, ""),
        ("next Friday", WEDNESDAY, "2021-09-24"),
        ("next Monday", WEDNESDAY, ""),
        ("last March", WEDNESDAY, "2020-03"),
        ("since Friday", WEDNESDAY, "2021-09-10"),
        ("between 9 and 11 August", WEDNESDAY, "[2021-08-09..2021-08-11]"),
        ("Monday", WEDNESDAY, ""),
    ],
)
def test_the_other_reading_is_kept_where_speakers_differ(text: str, anchor: date, alternative: str) -> None:
    found = resolve_words(text, anchor)
    assert found is not None
    assert found[1] == alternative


def test_a_weekday_picks_the_year_or_casts_doubt() -> None:
    assert told("Friday, 13 November", anchor=date(2021, 11, 20)) == "2020-11-13"
    assert told("Tuesday 13 September 2021") == "2021-09-13?"


def test_without_an_anchor_only_what_stands_by_itself_is_read() -> None:
    assert resolve_words("last Monday", None) is None
    assert resolve_words("9 to 11 August 2020", None) == ("2020-08-09/2020-08-11", "")


@pytest.mark.parametrize("anchor", [date.min, date.max])
@pytest.mark.parametrize(
    "text", ["yesterday", "tomorrow", "last week", "next year", "9000 years ago", "last Christmas"]
)
def test_the_ends_of_time_raise_nothing(text: str, anchor: date) -> None:
    found = resolve_words(text, anchor)
    assert found is None or parse(found[0]).earliest is not None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(WEEKDAYS))
def test_weekdays_lie_within_a_week_of_the_anchor(anchor: date, name: str) -> None:
    bare, last, coming = (
        date.fromisoformat(told(f"{cue}{name}", anchor=anchor) or "") for cue in ("", "last ", "next ")
    )
    assert {bare.weekday(), last.weekday(), coming.weekday()} == {WEEKDAYS.index(name)}
    assert timedelta(0) <= anchor - bare <= timedelta(days=6)
    assert timedelta(days=1) <= anchor - last <= timedelta(days=7)
    assert timedelta(days=1) <= coming - anchor <= timedelta(days=7)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(["last week", "this week", "next week"]))
def test_a_week_runs_from_monday_to_sunday(anchor: date, text: str) -> None:
    read = parse(told(text, anchor=anchor) or "")
    assert read.precision == "week"
    assert read.earliest is not None
    assert read.earliest.weekday() == 0
    if text == "this week":
        assert timedelta(0) <= anchor - read.earliest <= timedelta(days=6)


@given(
    st.dates(date(1000, 1, 1), date(9999, 12, 31)),
    st.sampled_from(["%d %B {}", "%B %d, {}", "%A, %d %b. {}", "%b %d {}"]),
)
def test_a_full_date_means_that_day_whatever_the_anchor(day: date, form: str) -> None:
    text = day.strftime(form).format(f"{day.year:04}")
    assert told(text) == told(text, future=True) == day.isoformat()


PIECES = """
last next this past coming the of on in by since until from to between and or before after - , overnight early
late mid end week weekend month year day days weeks ago a two three 3 9th 31 30 2019 0000 9999 199X 1990s
Monday Fri. Feb February Dec. December spring winter Christmas Easter today yesterday night morning 10:30 am
quarter first second Q3 03/04/2019 25/12/2019 2019-12-09 about circa possibly ? ~ % 's one
"""


@given(st.lists(st.sampled_from(PIECES.split()), max_size=9).map(" ".join), st.dates() | st.none(), st.booleans())
def test_any_string_of_date_words_gives_valid_edtf_or_nothing(text: str, anchor: date | None, future: bool) -> None:
    found = resolve_words(text, anchor, future=future)
    if found is not None:
        assert parse(found[0]).value == found[0]
        assert found[1] == "" or parse(found[1]).value


def test_dateutil_is_loaded_only_for_the_words_that_need_it() -> None:
    code = (
        "import sys, tracker.model.uncertain as u; u.short_of('2019-12-09?'); u.resolve('2019-12');"
        "assert not [m for m in sys.modules if m.startswith(('dateutil', 'tracker.model.datewords'))]"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
