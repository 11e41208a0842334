"""Pairing of quotation marks: every style, what is nested, left open or no quotation at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.articles.document import document
from tracker.articles.masking import COVERS, masked
from tracker.articles.quotes import quotes

MARKS = "\"“”„«»'‘’`\n .,aX?s1—"


def inner(text: str) -> list[str]:
    doc = document(text)
    return [doc.text[quote.inner_start : quote.inner_end] for quote in quotes(doc)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we go” and left.", ["we go"]),
        ('He said “we go" and left.', ["we go"]),
        ('She said "we go" twice.', ["we go"]),
        ("She said ''we go'' and ``we stay'' there.", ["we go", "we stay"]),
        ("She said «we go» there.", ["we go"]),
        ("‘We go,’ said Ann Oriel.", ["We go,"]),
        ("Ann's boat, the '90s and rock 'n' roll aren't quoted.", []),
        ("‘The workers’ coats were inside,’ said Ann Oriel.", ["The workers’ coats were inside,"]),
        ("‘Wait for ’em,’ said Ann Oriel.", ["Wait for ’em,"]),
        ("“He told me ‘go’ and I went,” said Ann Oriel.", ["He told me ‘go’ and I went,"]),
        ("‘She said ‘no’ to me,’ said Ann Oriel.", ["She said ‘no’ to me,"]),
        ("“They shouted “burn it” at us,” said Ann Oriel.", ["They shouted “burn it” at us,"]),
        ("The plank is 6' long and Ann’s.", []),
    ],
)
def test_marks_of_every_style(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    doc = document("Ann Oriel said: “We asked for calm today.\n\n“We ask for it again.”\n\nThe port “slept” on.")
    found = quotes(doc)
    assert [(quote.closed, quote.part_of) for quote in found] == [(False, -1), (True, 0), (True, -1)]


def test_a_quotation_without_an_end_stops_with_its_paragraph() -> None:
    doc = document("Ann Oriel said: “We asked for calm today.\n\nThe port was quiet on Monday.")
    (quote,) = quotes(doc)
    assert not quote.closed
    assert doc.text[quote.inner_start : quote.inner_end] == "We asked for calm today."


def test_a_missing_end_does_not_swallow_who_speaks() -> None:
    assert inner('"There was no warning for the crews, said Ann Oriel, whose boat was lost.') == [
        "There was no warning for the crews"
    ]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=MARKS, max_size=200))
def test_any_text_gives_quotations_in_order_and_a_cover_of_the_same_length(text: str) -> None:
    doc = document(text)
    found = quotes(doc)
    for before, after in pairwise(found):
        assert before.end <= after.start
    for quote in found:
        assert 0 <= quote.start <= quote.inner_start <= quote.inner_end <= quote.end <= len(doc.text)
    cover = masked(doc.text, found)
    assert len(cover) == len(doc.text)
    assert all(cover[quote.start] in COVERS for quote in found)
