"""What a user types for a date is kept verbatim, read without guessing, and shown so that doubt can be seen."""

from __future__ import annotations

from datetime import date

import pytest
from edtf_cases import edtf_with_day
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import ValueRefused
from tracker.model.edtf import parse
from tracker.model.uncertain import Order, UncertainDate, human, resolve, short, short_of

SATURDAY = date(2019, 12, 14)
SMALL = st.integers(1, 12)


@pytest.mark.parametrize(
    ("edtf", "full", "cell"),
    [
        ("2019-12-09?", "Mon 9 Dec 2019?", "9 Dec 2019?"),
        ("2019-12-09~", "about Mon 9 Dec 2019", "~9 Dec 2019"),
        ("2019-12-09%", "about Mon 9 Dec 2019?", "~9 Dec 2019?"),
        ("2019-12-09/2019-12-15", "9–15 Dec 2019", "9–15 Dec 2019"),
        ("[2019-12-09..2019-12-14]", "one of 9–14 Dec 2019", "9–14 Dec 2019"),
        ("[2019-12-09,2019-12-12]", "9 or 12 Dec 2019", "9 or 12 Dec 2019"),
        ("[2019-12-09,2019-12-10,2020-01-02]", "9, 10 Dec 2019 or 2 Jan 2020", "9 Dec 2019–2 Jan 2020"),
        ("2019-11-30/2019-12-02", "30 Nov–2 Dec 2019", "30 Nov–2 Dec 2019"),
        ("2019-12-30/2020-01-02", "30 Dec 2019–2 Jan 2020", "30 Dec 2019–2 Jan 2020"),
        ("2019-12-01?/2019-12-09", "1?–9 Dec 2019", "1?–9 Dec 2019"),
        ("2019-11/2019-12", "Nov–Dec 2019", "Nov–Dec 2019"),
        ("2003/2011", "2003–2011", "2003–2011"),
        ("2019-12", "Dec 2019", "Dec 2019"),
        ("2019-12-XX", "a day in Dec 2019", "Dec 2019"),
        ("2019-XX", "a month in 2019", "2019"),
        ("2003", "2003", "2003"),
        ("2003~", "about 2003", "~2003"),
        ("199X", "1990s", "1990s"),
        ("2019-21", "spring 2019", "spring 2019"),
        ("2019-24", "winter 2019/20", "winter 2019/20"),
        ("/2019-12-14?", "until 14 Dec 2019?", "…–14 Dec 2019?"),
        ("../2019-12-14", "until 14 Dec 2019", "…–14 Dec 2019"),
        ("2019-12-09/..", "from 9 Dec 2019", "9 Dec 2019–…"),
        ("[..2019-12-14]", "14 Dec 2019 or earlier", "…–14 Dec 2019"),
        ("[2019-12-14..]", "14 Dec 2019 or later", "14 Dec 2019–…"),
        ("", "–", "–"),
        (None, "–", "–"),
        ("not edtf", "not edtf", "not edtf"),
    ],
)
def test_full_and_short_forms(edtf: str | None, full: str, cell: str) -> None:
    assert human(edtf) == full
    assert short(edtf) == short_of(edtf) == cell


def test_records_and_parsed_values_are_shown_like_their_text() -> None:
    assert human(UncertainDate.from_edtf("2003~")) == human(parse("2003~")) == "about 2003"
    assert short(UncertainDate.unknown()) == str(UncertainDate.unknown()) == "–"


@given(edtf_with_day())
def test_no_date_is_shown_as_nothing(made: tuple[str, date]) -> None:
    assert human(made[0]).strip()
    assert short_of(made[0]).strip()


@given(st.text(max_size=30))
def test_even_a_damaged_value_is_shown(text: str) -> None:
    assert human(text)
    assert short_of(text)


@given(edtf_with_day())
def test_what_is_shown_can_be_typed_again(made: tuple[str, date]) -> None:
    shown = parse(made[0])
    ends = shown.value.rstrip("?~%").strip("./[]").replace("..", "/").split("/")
    if "," in shown.value or any("X" in end or not "1000" <= end < "3000" or not end[-1].isdigit() for end in ends):
        return
    if len(ends) == 2 and (len(ends[0]) != 10 or len(ends[1]) != 10 or ends[0] == ends[1]):
        return
    again = resolve(human(shown.value))
    assert (again.earliest, again.latest, again.precision) == (shown.earliest, shown.latest, shown.precision)


def test_edtf_is_taken_as_stated() -> None:
    assert resolve("2019-12-09?") == UncertainDate(
        "", "2019-12-09?", date(2019, 12, 9), date(2019, 12, 9), "day", "stated"
    )


def test_words_are_kept_verbatim_and_their_basis_told() -> None:
    inferred = resolve(" Last Monday ", anchor=SATURDAY)
    assert (inferred.words, inferred.edtf, inferred.basis) == (" Last Monday ", "2019-12-09", "inferred")
    assert inferred.alternative == "2019-12-02"
    stated = resolve("Dec. 9, 2019", anchor=SATURDAY)
    assert (stated.words, stated.edtf, stated.basis) == ("Dec. 9, 2019", "2019-12-09", "stated")


@pytest.mark.parametrize("text", ["", "  ", "unknown", "–"])
def test_nothing_said_is_unknown(text: str) -> None:
    assert resolve(text) == UncertainDate.unknown()


@pytest.mark.parametrize(
    "text", ["today", "last monday", "two weeks ago", "December", "this week", "from Monday to Friday"]
)
def test_without_an_anchor_the_refusal_says_how_to_give_one(text: str) -> None:
    with pytest.raises(ValueRefused, match="--anchor") as refusal:
        resolve(text)
    assert "publication date" in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2019-02-30", "February 2019 has the days 1 to 28"),
        ("30 February 2019", "February 2019 has the days 1 to 28"),
        ("recently", '"recently" cannot be read as a date'),
        ("from 5 March 2019 to 3 March 2019", "ends before it begins"),
        ("03/04/19", "four digits"),
        ("9 Dec 0000", "0001 to 9999"),
    ],
)
def test_refusals_say_what_is_wrong(text: str, part: str) -> None:
    with pytest.raises(ValueRefused) as refusal:
        resolve(text, anchor=SATURDAY)
    assert part in str(refusal.value)


@given(SMALL, SMALL, st.integers(1000, 9999), st.sampled_from("/.-"), st.booleans(), st.none() | st.dates())
def test_day_and_month_are_never_guessed(
    first: int, second: int, year: int, mark: str, padded: bool, anchor: date | None
) -> None:
    text = mark.join([f"{first:02}" if padded else f"{first}", f"{second:02}" if padded else f"{second}", f"{year}"])
    orders: tuple[Order, Order] = ("dmy", "mdy")
    by_order = {order: resolve(text, order=order).edtf for order in orders}
    assert by_order == {"dmy": f"{year}-{second:02}-{first:02}", "mdy": f"{year}-{first:02}-{second:02}"}
    if first == second:
        assert resolve(text, anchor=anchor).edtf == by_order["dmy"]
        return
    with pytest.raises(ValueRefused, match="day first or month first"):
        resolve(text, anchor=anchor)


@pytest.mark.parametrize("text", ["25/12/2019", "12/25/2019", "25.12.2019", "2019/12/25", "2019-12-25 10:30"])
def test_an_order_that_only_one_reading_allows_is_taken(text: str) -> None:
    assert resolve(text).edtf == "2019-12-25"


@pytest.mark.parametrize(("text", "order"), [("25/12/2019", "mdy"), ("12/25/2019", "dmy"), ("03/04/2019", "ymd")])
def test_a_given_order_is_kept_to(text: str, order: Order) -> None:
    with pytest.raises(ValueRefused, match=f"does not fit the order {order}"):
        resolve(text, order=order)


@given(st.text(max_size=60), st.none() | st.dates(), st.booleans(), st.sampled_from([None, "dmy", "mdy", "ymd"]))
def test_any_text_is_read_or_refused_in_a_sentence(
    text: str, anchor: date | None, future: bool, order: Order | None
) -> None:
    try:
        read = resolve(text, anchor=anchor, future=future, order=order)
    except ValueRefused as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017
    else:
        assert read.words in ("", text)
        assert human(read)
