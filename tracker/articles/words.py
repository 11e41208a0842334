"""Cuts a sentence of covered text into words, quotations and marks."""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.articles.grammar import PREPOSITIONS, is_adverb
from tracker.articles.masking import ASKED, COMMA, COVER, COVERS, FULL_STOP

_WORD = re.compile(
    rf"{COVER}+[{COMMA}{FULL_STOP}{ASKED}]?|[{COMMA}{FULL_STOP}{ASKED}]"
    r"|[$£€@#]?[^\W_]+(?:['’.\-&/_,][^\W_]+)*(?:['’](?!\w)|\.(?=.))?|--|[^\s]"
)
LONGEST = 160
"""Words and marks that are read of one sentence; what is longer is no prose."""
DASHES = frozenset(("-", "--", "–", "—", "―"))
BREAKS = frozenset((";", ":", "—", "–", "―", "--", "(", ")", "[", "]", "|", "•"))


class Token(NamedTuple):
    """A word, a mark or a covered quotation: `kind` is w, p or Q; `low` the word in lower case."""

    start: int
    end: int
    text: str
    low: str
    kind: str

    @property
    def name(self) -> bool:
        """Whether it is a word with a capital letter."""
        return self.kind == "w" and self.text[:1].isupper()

    @property
    def word(self) -> bool:
        """Whether it is a word or a number."""
        return self.kind == "w"

    @property
    def quote(self) -> bool:
        """Whether it is a whole quotation, covered."""
        return self.kind == "Q"

    @property
    def comma(self) -> bool:
        """Whether it is a comma."""
        return self.low == ","

    @property
    def preposition(self) -> bool:
        """Whether it is a preposition."""
        return self.low in PREPOSITIONS

    @property
    def adverb(self) -> bool:
        """Whether it may stand between a subject and its verb."""
        return self.kind == "w" and is_adverb(self.low)


def words(cover: str, start: int, end: int) -> list[Token]:
    """The words, quotations and marks of a stretch of covered text, at most LONGEST."""
    found: list[Token] = []
    for hit in _WORD.finditer(cover, start, end):
        text = hit.group()
        kind = "Q" if text[0] in COVERS else "w" if text[-1].isalnum() or text[0].isalnum() else "p"
        found.append(Token(hit.start(), hit.end(), text, text.lower(), kind))
        if len(found) >= LONGEST:
            break
    return found
