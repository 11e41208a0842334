"""Captions, promotion and pull quotes are told from the article's own paragraphs by their words and their place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tracker.articles.document import document

ARTICLES = Path(__file__).parents[2] / "fixtures" / "articles"
STORY = """Shells fell on Averin on Monday night.

Ingrid Solvang, the defence minister, said the patrol would stay. She spoke in Castrey after the cabinet had met.

{}

Nobody was hurt, the harbour master said. The port of Averin is the largest on the Sarrow and had been closed.

“We will stay,” Rolf Haugland said. “This is our coast.”"""
NOISE = {"caption", "promo", "pull_quote", "dateline", "byline", "label"}


def kinds(line: str) -> set[str]:
    """The kinds a line has in the middle of a story."""
    doc = document(STORY.format(line))
    start = STORY.index("{}")
    return {found.kind for found in doc.paragraphs if start <= found.start < start + len(line)}


def lines(name: str) -> list[str]:
    """The lines of a fixture."""
    return (ARTICLES / name).read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", lines("text_noise_lines.txt"))
def test_a_line_of_a_page_is_no_body(line: str) -> None:
    assert kinds(line) <= NOISE


@pytest.mark.parametrize("line", lines("text_body_lines.txt"))
def test_a_sentence_that_looks_like_one_is_body(line: str) -> None:
    assert not kinds(line) & NOISE


def test_every_coded_line_of_the_main_article() -> None:
    doc = document((ARTICLES / "harbour.txt").read_text("utf-8"))
    gold = json.loads((ARTICLES / "harbour.gold.json").read_text("utf-8"))
    coded = {(span["start"], span["end"]): span["kind"] for span in gold["noise"]}
    assert {(found.start, found.end): found.kind for found in doc.noise} == coded
    for span in gold["quotes"]:
        assert doc.kind_at(span["start"]) in ("headline", "body", "heading")


def test_a_pull_quote_knows_what_it_repeats_and_drops() -> None:
    doc = document((ARTICLES / "harbour.txt").read_text("utf-8"))
    (repeat,) = doc.repeats
    assert doc.text[repeat.start : repeat.end].startswith("Whoever fires on our sailors, directly")
    assert [doc.text[start:end] for start, end in repeat.dropped] == ["directly or through hired hands"]
    assert doc.paragraphs[repeat.paragraph].kind == "body"


def test_words_of_nobody_quoted_are_no_pull_quote() -> None:
    twice = "The port of Averin is the largest on the Sarrow and had been closed"
    assert "pull_quote" not in kinds(twice)


def test_titles_below_an_opener_belong_to_it_but_not_a_heading_set_off() -> None:
    doc = document(STORY.format("RELATED\nKorvath and the coast\nHaugland and the mole\n\nWhat the police say"))
    found = {doc.text[line.start : line.end]: line.kind for line in doc.paragraphs}
    assert found["Korvath and the coast"] == found["Haugland and the mole"] == found["RELATED"] == "promo"
    assert found["What the police say"] == "heading"


def test_the_author_at_the_end_is_no_body() -> None:
    doc = document(STORY.format("The mole burned.") + "\n\nMara Venn is a senior fellow at the Sarrow School.")
    assert doc.paragraphs[-1].kind == "promo"
    named = document(STORY.format("Mara Venn wept.") + "\n\nMara Venn is a senior fellow at the Sarrow School.")
    assert named.paragraphs[-1].kind == "body"
