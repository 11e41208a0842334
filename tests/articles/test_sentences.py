"""Sentences read around quotations and past abbreviations."""

from __future__ import annotations

import pytest

from tracker.articles.document import document
from tracker.articles.sentences import sentences


def texts(text: str) -> list[str]:
    doc = document(text)
    return [doc.text[start:end] for start, end in sentences(doc)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Pettifer left. He said little.", 2),
        ("Sen. Ann Oriel of the U.S. Senate left at 5 p.m. She was late.", 2),
        ("“We go. We stay,” said Ann Oriel. She left.", 2),
        ("“Do we go?” Ann Oriel asked. She left.", 2),
        ("“We go.” Ann Oriel left the room.", 2),
        ("The toll rose by 3.5 percent, J. R. Croy said.", 1),
        ("“We go,” she said. “We stay.”", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(texts(text)) == count


def test_nothing_of_a_sentence_is_lost() -> None:
    text = "The port slept. “We go! Now,” said Ann Oriel. Nobody came."
    assert " ".join(texts(text)) == text
