"""Reading a filter: what is refused, where it is said to be wrong, and what stays within bounds."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.errors import FilterError
from tracker.model.fields import Kind
from tracker.model.kinds import ACTOR, BATCH, INCIDENT, RELATION, STATEMENT, STATEMENT_ACTOR
from tracker.store.query import parse, quote

TODAY = date(2019, 12, 14)


def refusal(text: str, kind: Kind = INCIDENT) -> FilterError:
    with pytest.raises(FilterError) as caught:
        parse(kind, text, today=TODAY)
    return caught.value


@pytest.mark.parametrize(
    ("text", "start", "end", "says"),
    [
        ("sev>=x", 0, 5, "position 1: “sev” is not a field of incidents; known: title, category"),
        ("rocket catgory:x", 7, 15, "position 8: “catgory” is not a field of incidents; did you mean “category”?"),
        ("killed>=x", 8, 9, "position 9: killed: “x” is not a whole number; write killed:3, killed>=1"),
        ("killed:1.5", 7, 10, "whole number"),
        ("killed:5..2", 7, 11, "the first is greater"),
        ("killed:..", 7, 9, "a span of numbers"),
        ("category:rokcet", 9, 15, "“rokcet” is not a known code; did you mean rocket_artillery_missile?"),
        ("category:zz*", 9, 12, "no code begins with “zz”; one of: rocket_artillery_missile"),
        ("category>rocket", 9, 15, "“>” is for numbers and dates"),
        ("aggregate:perhaps", 10, 17, "“perhaps” is not yes or no"),
        ("date:2019-02-30", 5, 15, "February 2019 has the days 1 to 28"),
        ("date:soon", 5, 9, "cannot be read as a date"),
        ("date:2020..2019", 5, 15, "it ends before it begins"),
        ("date:..", 5, 7, "give at least one end"),
        ("date:n/a", 5, 8, "“n/a” is not a date"),
        ("near:here", 5, 9, "write near:33.26,44.23,20km"),
        ("near:95,10", 5, 10, "latitude comes first"),
        ("parent:SRC-2", 7, 12, "SRC-2 is not an incident; write it like I-2"),
        ("ref:twelve", 4, 10, "a REF such as I-12"),
        ("has:evidnce", 4, 11, "nothing that incidents have; did you mean evidence?"),
        ("!!!", 0, 3, "has no letter or digit to look for"),
        ("rocket -!!!", 8, 11, "has no letter or digit to look for"),
        ("title:!!!", 6, 9, "has no letter or digit to look for"),
        ("place:" + "x" * 201, 6, 207, "longer than 200 characters"),
        ("url:x", 0, 4, "“url” is not a field of incidents"),
        ('a "b c', 2, 6, "position 3: the quotation mark opened here is never closed"),
        ("a (b", 2, 3, "position 3: the parenthesis opened here is never closed"),
        ("((a)", 0, 1, "position 1: the parenthesis opened here is never closed"),
        ("a)", 1, 2, "position 2: this parenthesis closes nothing"),
        ("()", 1, 2, "expected something between the parentheses"),
        ("a AND", 2, 5, "expected a word, a field or a parenthesis after “AND”"),
        ("a OR OR b", 2, 4, "expected a word, a field or a parenthesis after “OR”"),
        ("(a NOT)", 3, 6, "after “NOT”"),
        ("OR a", 0, 2, 'before “OR”; to search for the word, write "OR"'),
        ("date:", 0, 5, "expected a value after “date:”"),
        ("(killed>=)", 1, 9, "expected a value after “killed>=”"),
        ("date: OR x", 0, 5, "expected a value after “date:”"),
        ("a\x00b", 1, 2, "the character U+0000 cannot be part of a filter"),
        ("a \ud800", 2, 3, "U+D800"),
    ],
)
def test_a_refusal_says_what_and_where(text: str, start: int, end: int, says: str) -> None:
    error = refusal(text)
    assert says in str(error)
    assert str(error).startswith(f"position {start + 1}: ")
    assert (error.start, error.end) == (start, end)


def test_words_in_quotation_marks_are_never_keywords_fields_or_wildcards() -> None:
    made = parse(INCIDENT, '"OR" "sev:1" "NOT"', today=TODAY)
    assert made.where("sqlite").parameters == ('"OR" "sev:1" "NOT"',)
    assert parse(INCIDENT, "or not and Oregon").where("sqlite").parameters == ('"or" "not" "and" "Oregon"',)
    assert parse(INCIDENT, '"rock*"').where("sqlite").parameters == ('"rock*"',)


def test_no_search_syntax_gets_through() -> None:
    for text in ("NEAR(a b)", "^a", "{title}", "a + b", 'x"y"', "title\u2009:a", "a'b", "%", "a* -b"):
        try:
            sql = parse(INCIDENT, text).where("sqlite")
        except FilterError:
            continue
        for parameter in sql.parameters:
            unquoted = str(parameter).split('"')[::2]
            assert all(set(piece) <= set(" *") for piece in unquoted), parameter


def test_phrases_take_curly_quotation_marks_and_doubled_straight_ones() -> None:
    assert parse(INCIDENT, "“rocket attack”").where("sqlite").parameters == ('"rocket attack"',)
    assert parse(INCIDENT, 'dataset:"a ""b"" c"').where("sqlite").parameters[0] == 'a "b" c'
    name = 'the "hammer" (OR so)'
    assert parse(INCIDENT, f"dataset:{quote(name)}").where("sqlite").parameters[0] == name


def test_precedence_is_not_then_and_then_or() -> None:
    loose = parse(INCIDENT, "review:draft status:alleged OR NOT review:final").describe()
    assert loose == "(review draft; status alleged) or not review final"
    tight = parse(INCIDENT, "review:draft AND (status:alleged OR -review:final)").describe()
    assert tight == "review draft; status alleged or not review final"
    assert parse(INCIDENT, "NOT NOT review:final").describe() == "review final"


def test_length_depth_and_number_of_terms_are_bounded() -> None:
    assert "more than 10,000 characters" in str(refusal("a" * 10_001))
    assert "nested deeper than 50" in str(refusal("(" * 51 + "a" + ")" * 51))
    assert parse(INCIDENT, "(" * 50 + "a" + ")" * 50).describe() == "a"
    assert "more than 200 terms" in str(refusal("a " * 201))
    assert "more than 40 terms about other records" in str(refusal("".join(f"actor:a{n} " for n in range(41))))
    assert "more than 40 terms about other records" in str(refusal("".join(f"a{n} " for n in range(41)), ACTOR))
    assert parse(INCIDENT, "NOT " * 2_000 + "a").describe() == "a"


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (INCIDENT, "", "all"),
        (INCIDENT, "  ", "all"),
        (
            INCIDENT,
            "category:rocket* date:2019-12 -tag:draft",
            "rocket, artillery or missile; may fall in Dec 2019; not tagged draft",
        ),
        (INCIDENT, 'rock* "green zone"', "rock… “green zone”"),
        (INCIDENT, "rocket & airport", "rocket airport"),
        (INCIDENT, "killed>=1 wounded:unknown", "killed at least 1; wounded unknown"),
        (INCIDENT, "killed:2..5 killed:>7 killed:..3", "killed 2 to 5; killed more than 7; killed at most 3"),
        (INCIDENT, "-date:2019-12-09", "cannot fall on Mon 9 Dec 2019"),
        (INCIDENT, 'date:"last monday"', "may fall on Mon 9 Dec 2019"),
        (INCIDENT, "date:yesterday..", "may fall on Fri 13 Dec 2019 or later"),
        (INCIDENT, "date<2019-12", "may fall before Dec 2019"),
        (INCIDENT, "surely:2019", "surely falls in 2019"),
        (INCIDENT, "date:2019-12-01..2019-12-10", "may fall between Sun 1 Dec 2019 and Tue 10 Dec 2019"),
        (INCIDENT, 'perpetrator:"Kataib Hezbollah"', "perpetrator Kataib Hezbollah"),
        (INCIDENT, "near:33.26,44.23,20km", "within 20 km of 33.26, 44.23"),
        (INCIDENT, "has:evidence -has:statement has:parent", "with evidence; without statement; part of known"),
        (INCIDENT, "adopted:no -country:IRQ", "not adopted; not country IRQ"),
        (INCIDENT, "status!=alleged", "not status alleged"),
        (STATEMENT, "kind:threaten said:2019-12", "threatens; may fall in Dec 2019"),
    ],
)
def test_a_filter_says_itself_in_words(kind: Kind, text: str, words: str) -> None:
    made = parse(kind, text, today=TODAY)
    assert made.describe() == words
    assert made.empty == (words == "all")
    assert made.text == text


def test_a_filter_is_equal_to_another_that_means_the_same_and_can_be_a_key() -> None:
    one, two = (parse(INCIDENT, "date:yesterday a", today=TODAY) for _ in range(2))
    assert one == two
    assert len({one, two}) == 1
    assert one != parse(INCIDENT, "date:yesterday a", today=date(2020, 1, 1))


def test_terms_are_what_full_text_looks_for() -> None:
    assert parse(INCIDENT, 'rock* "green zone" -quiet place:baghdad').where("sqlite").terms == (
        "rock*", "green zone", "baghdad",
    )  # fmt: skip


def test_a_kind_without_text_says_so() -> None:
    assert "statement_actors hold no text to search" in str(refusal("rocket", STATEMENT_ACTOR))
    assert parse(RELATION, "advisers").describe() == "detail “advisers”"
    assert parse(BATCH, "acled").where("sqlite").parameters
