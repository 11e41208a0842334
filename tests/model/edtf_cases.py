"""Hypothesis strategies that make EDTF values together with days they may mean, without using the parser."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

DAYS = st.one_of(
    st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31)),
    st.dates(min_value=date(1, 3, 1), max_value=date(9999, 11, 30)),
)
MARKS = st.sampled_from(["", "", "?", "~", "%"])


def season_of(day: date) -> str:
    """The EDTF season a day falls in; January and February belong to the winter of the year before."""
    year = day.year - 1 if day.month < 3 else day.year
    code = {3: 21, 4: 21, 5: 21, 6: 22, 7: 22, 8: 22, 9: 23, 10: 23, 11: 23}.get(day.month, 24)
    return f"{year:04}-{code}"


def spellings(day: date) -> list[str]:
    """Every unqualified single EDTF date of the subset that may mean this day."""
    year, month = f"{day.year:04}", f"{day.year:04}-{day.month:02}"
    season = [season_of(day)] if season_of(day)[:4] != "0000" else []
    return [day.isoformat(), month, year, f"{year[:3]}X", f"{month}-XX", f"{year}-XX-XX", f"{year}-XX", *season]


@st.composite
def points(draw: st.DrawFn, day: date) -> str:
    """A single EDTF date that may mean `day`, with or without a qualifier."""
    return draw(st.sampled_from(spellings(day))) + draw(MARKS)


@st.composite
def edtf_with_day(draw: st.DrawFn) -> tuple[str, date]:
    """An EDTF value of any form of the subset, and a day it may mean."""
    first, middle, last = sorted(draw(st.tuples(DAYS, DAYS, DAYS)))
    a, b, single = draw(points(first)), draw(points(last)), draw(points(middle))
    return draw(
        st.sampled_from(
            [
                (single, middle), (f"{a}/{b}", middle), (f"{a}/..", last), (f"{a}/", middle), (f"../{b}", first),
                (f"/{b}", middle), (f"[{a}..{b}]", middle), (f"[{a}..]", last), (f"[..{b}]", first),
                (f"[{a},{b}]", last), (f"[{b},{single},{a}]", middle), (f"[{single}]", middle),
                (f"[{a}..{single},{b}]", first),
            ]
        )
    )  # fmt: skip
