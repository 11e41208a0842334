"""Documents: offsets hold in what is pinned, paragraphs stand in order and cover the text, nothing raises."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker import text as border
from tracker.articles.document import KINDS, Document, document
from tracker.articles.paragraphs import stretches

ARTICLES = Path(__file__).parents[2] / "fixtures" / "articles"
anything = st.text(st.characters(codec=None, exclude_categories=[]))
newsy = st.lists(
    st.sampled_from(
        ["“We ", "stay,” ", "he said.", "\n", "\n\n", "\r\n", "(Image: GETTY)", "READ MORE:", "Mara Venn", " ", "\x00",
         "'", '"', "A0(A0)- ",
         "DON'T MISS\n", "the mole at night", "By ", "\u2028", "\u00a0", "AVERIN (MW) - ", "stay stay stay stay",
         "[FOCUS]"]
    )
).map("".join)  # fmt: skip


def whole(doc: Document) -> None:
    """Holds what is true of every document."""
    before = 0
    for paragraph in doc.paragraphs:
        assert before <= paragraph.start < paragraph.end <= len(doc.text)
        assert doc.text[before : paragraph.start].strip(" \t\n\u2028\u2029\u00a0—–-") == "" or before == 0
        assert doc.text[paragraph.start : paragraph.end] == doc.text[paragraph.start : paragraph.end].strip()
        assert paragraph.kind in KINDS
        assert doc.kind_at(paragraph.start) == doc.kind_at(paragraph.end - 1) == paragraph.kind
        before = paragraph.end
    for repeat in doc.repeats:
        held = doc.paragraphs[repeat.paragraph]
        assert held.start <= repeat.start < repeat.end <= held.end
        assert all(repeat.start < start < end < repeat.end for start, end in repeat.dropped)


@settings(deadline=None)
@given(anything | newsy)
def test_any_text_is_a_document_of_the_same_length(text: str) -> None:
    doc = document(text)
    whole(doc)
    assert len(doc.text) == len(text)
    assert "\r" not in doc.text
    assert border.clean_counted(doc.text)[1] == 0
    assert hashlib.sha256(doc.text.encode()).hexdigest() == doc.sha256
    assert document(doc.text) == doc


@settings(deadline=None)
@given(newsy, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 90), st.sampled_from([*KINDS, "odd"]))))
def test_any_marks_are_taken(text: str, marks: list[tuple[int, int, str]]) -> None:
    whole(document(text, marks=marks, title="Mara Venn"))


def test_a_mark_decides_what_the_words_do_not() -> None:
    text = "Shells fell.\n\n“We stay,” she said."
    doc = document(text, marks=[(14, len(text), "caption")])
    assert [paragraph.kind for paragraph in doc.paragraphs] == ["body", "caption"]


def test_a_clean_text_is_pinned_as_it_stands() -> None:
    text = (ARTICLES / "harbour.txt").read_text("utf-8")
    doc = document(text)
    assert (doc.text, doc.pinned.text) == (text, text)
    assert doc.sha256 == hashlib.sha256((ARTICLES / "harbour.txt").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The patrol that came to the harbour at dawn was met by a\ncrowd of dockers who had waited for it since the\n"
         "night before, and by the mayor.\n\nThe end.", 2),
        ("A list of other things\nThe second of the things\nThe third", 3),
        ("It was held\nby the crew.", 1),
        ("One.\n \u00a0 \nTwo.", 2),
        ("One.\u2028Two.", 2),
        ("", 0),
    ],
)  # fmt: skip
def test_wrapped_lines_are_one_paragraph(text: str, count: int) -> None:
    assert len(stretches(text)) == count


def test_a_place_and_agency_stand_before_the_first_paragraph() -> None:
    doc = document((ARTICLES / "wire_dateline.txt").read_text("utf-8"))
    (found,) = [paragraph for paragraph in doc.paragraphs if paragraph.kind == "dateline"]
    assert doc.text[found.start : found.end] == "CASTREY, March 3 (Meridian Wire)"
    after = doc.paragraphs[doc.paragraphs.index(found) + 1]
    assert (after.kind, doc.text[after.start : after.start + 7]) == ("body", "Gunmen ")


def test_the_title_is_the_headline() -> None:
    doc = document("The Lantern\n\nTug rammed off Tollen\n\nA tug was rammed.", title="Tug Rammed off Tollen")
    assert doc.kind_at(13) == "headline"
    assert document("Tug rammed\n\nA tug was rammed.").title == "Tug rammed"


def test_outside_the_paragraphs_is_no_kind() -> None:
    doc = document("One.\n\nTwo.")
    assert [doc.kind_at(at) for at in (-1, 4, 5, 10, 99)] == [""] * 5
