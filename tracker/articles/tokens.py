"""The words of an article with their places in it, and the runs of capitalised words that can be names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.articles import titles

if TYPE_CHECKING:
    from tracker.articles.document import Document

UNTOLD = frozenset(("promo", "dateline", "byline"))
"""Kinds of paragraph whose names are those of other articles or of those who wrote this one."""
BLANKS = frozenset((" ", "\u00a0", "\n", " \n", "\u202f"))
LONGEST = 14
"""Words of the longest name: what is longer is a line in capitals."""
FEWEST, MOST = 5, 40
"""Words of a line that can be all in capitals."""
LONG = 4
"""Letters of the words by which that is judged."""
WORD = re.compile(r"[^\W\d_]\.(?:[^\W\d_]\.)+[\w'’-]*|[^\W_][\w\u0300-\u036f\u200c\u200d'’ʼ\u2010\u2011-]*")
_PREFIXES = ("al-", "el-", "ul-", "an-", "ad-", "as-", "ar-", "at-", "az-", "d’", "d'", "al‑")
_POSSESSED = titles.words("closed_words.txt", "tokens_possessed")
_ENDS = frozenset("'’-\u2010\u2011")
_STOPS = frozenset('.!?”"')
_PREFIXED = frozenset(prefix[0] for prefix in _PREFIXES)
_OF_HEADS = titles.words("closed_words.txt", "tokens_of_heads")
_ON_HEADS = titles.words("closed_words.txt", "tokens_on_heads")
_JOINERS = {
    "of": "of",
    "for": "for",
    "on": "for",
    "to": "for",
    "and": "and",
    "&": "and",
    "de": "name",
    "da": "name",
    "di": "name",
    "du": "name",
    "der": "name",
    "den": "name",
    "van": "name",
    "von": "name",
    "bin": "name",
    "ibn": "name",
    "bint": "name",
    "abu": "name",
    "al": "name",
    "el": "name",
    "ul": "name",
    "la": "name",
    "dos": "name",
    "das": "name",
    "del": "name",
    "ben": "name",
    "ter": "name",
    "zu": "name",
    "ad": "name",
    "the": "the",
}


def bare(word: str) -> str:
    """A word without the mark of the possessive, stops and apostrophes at its end."""
    if word[-2:] in ("'s", "’s", "'S", "’S"):
        word = word[:-2]
    return word.rstrip("'’-\u2010\u2011")


class Tokens:
    """The words of the paragraphs that can name actors: where each stands, as written and in lower case.

    `offsets[i]` and `ends[i]` are code points; `kinds[i]` is the paragraph's kind, `first[i]` whether the word begins a
    sentence or a quotation.
    """

    __slots__ = ("bares", "capital", "ends", "first", "kinds", "lower", "offsets", "shouted", "text", "words")

    def __init__(self, doc: Document) -> None:
        self.text = doc.text
        self.offsets: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self.kinds: list[str] = []
        self.first: list[bool] = []
        told = (paragraph for paragraph in doc.paragraphs if paragraph.kind not in UNTOLD)
        spans = [self._add(paragraph.start, paragraph.end, paragraph.kind) for paragraph in told]
        self.bares = [bare(word) if word[-1] in _ENDS or word[-2:-1] in _ENDS else word for word in self.words]
        self.lower = [word.lower() for word in self.words]
        self.capital = [self._is_capital(word) for word in self.words]
        self.shouted: list[range] = []
        for span in spans:
            if self._is_shouted(span):
                self.shouted.append(span)
                self.capital[span.start : span.stop] = [False] * len(span)

    def _is_shouted(self, span: range) -> bool:
        """Whether a paragraph has capitals throughout, as headlines may, so that they tell no names."""
        if not FEWEST <= len(span) <= MOST or self.kinds[span.start] == "caption":
            return False
        if self.text[self.ends[span.stop - 1] : self.ends[span.stop - 1] + 1] in _STOPS:
            return False
        long = [i for i in span if len(self.words[i]) >= LONG]
        return len(long) >= FEWEST and sum(map(self.capital.__getitem__, long)) * 4 > len(long) * 3

    def _add(self, start: int, end: int, kind: str) -> range:
        text, first = self.text, len(self.words)
        found = list(WORD.finditer(text, start, end))
        offsets, ends = [match.start() for match in found], [match.end() for match in found]
        self.offsets += offsets
        self.ends += ends
        self.words += [match[0] for match in found]
        self.kinds += [kind] * len(found)
        gaps = zip(ends, offsets[1:], strict=False)
        self.first += [True, *[at - before > 1 and _breaks(text[before:at]) for before, at in gaps]][: len(found)]
        return range(first, len(self.words))

    @staticmethod
    def _is_capital(word: str) -> bool:
        return word[0].isupper() or (word[0] in _PREFIXED and word.startswith(_PREFIXES) and not word.islower())

    def gap(self, i: int) -> str:
        """What stands between word `i` and the next one."""
        return self.text[self.ends[i] : self.offsets[i + 1]]

    def near(self, i: int) -> bool:
        """Whether nothing but a blank stands between word `i` and the next one."""
        return i + 1 < len(self.words) and not self.first[i + 1] and self.gap(i) in BLANKS

    def bare(self, i: int) -> str:
        """Word `i` without possessive mark."""
        return self.bares[i]

    def runs(self) -> Iterator[tuple[int, int]]:
        """The runs of words that belong to one name by their capitals, as half-open ranges of words."""
        i, count = 0, len(self.words)
        while i < count:
            if not self.capital[i]:
                i += 1
                continue
            j = i
            while (after := self._next(i, j)) > j and after - i < LONGEST:
                j = after
            yield i, j + 1
            i = j + 1

    def _next(self, start: int, i: int) -> int:
        """The next capitalised word of the name that word `i` is in, or `i` where it ends."""
        after = i + 1
        if after >= len(self.words) or not self._continues(i):
            return i
        if self.capital[after]:
            ordinary = self.lower[after] in titles.common("function") and len(self.words[after]) > 1
            return i if ordinary and not self.words[after].isupper() else after
        join = _JOINERS.get(self.lower[after])
        if join is None or join == "the" or not self.near(after):
            return i
        beyond = after + 1
        if self.lower[beyond] in _JOINERS and not self.capital[beyond]:
            if not self.near(beyond) or _JOINERS[self.lower[beyond]] not in ("the", "name"):
                return i
            beyond += 1
        if beyond >= len(self.words) or not self.capital[beyond]:
            return i
        return beyond if self._joined(join, start, i, beyond) else i

    def _continues(self, i: int) -> bool:
        gap = self.gap(i)
        if self.near(i) or gap == " & ":
            word = self.words[i]
            if word[-2:] in ("'s", "’s") or word[-1] in "'’":
                return bare(word).lower() in _POSSESSED and self.capital[i + 1]
            return True
        return gap in (". ", ".\u00a0") and self._abbreviated(i)

    def _abbreviated(self, i: int) -> bool:
        word = self.lower[i]
        return (len(word) == 1 and self.capital[i]) or word in _ABBREVIATED

    def _joined(self, join: str, start: int, i: int, beyond: int) -> bool:
        if join == "name":
            return True
        last = self.lower[i]
        if join in ("of", "for"):
            fits = (
                last in titles.organisations() or last in titles.titles("head") or (join == "of" and last in _OF_HEADS)
            )
            if self.lower[i + 1] == "on":
                fits = last in _ON_HEADS
            return fits and self.lower[beyond] not in titles.common("calendar")
        return self._listed(start, i, beyond)

    def _listed(self, start: int, i: int, beyond: int) -> bool:
        """Whether “and” stands within one name: Ministry of Trade and Industry, Air and Space Museum."""
        folded = titles.folded(" ".join(self.words[start : beyond + 1]))
        if folded in titles.states():
            return True
        state = {self.lower[i], self.lower[beyond], bare(self.lower[beyond])} & titles.state_words()
        if state or bare(self.lower[beyond]) in titles.given_names() or self.lower[start] in titles.given_names():
            return False
        head = {self.lower[at] for at in range(start, i + 1)}
        if head & {"of", "for"} and self.lower[beyond] not in titles.organisations():
            return True
        if head & titles.organisations().keys() or i - start > 2:
            return False
        end = beyond
        while end + 1 < len(self.words) and end - beyond < 3 and self.near(end) and self.capital[end + 1]:
            end += 1
        return end > beyond and self.lower[end] in titles.organisations()


_ABBREVIATED = titles.words("closed_words.txt", "tokens_abbreviated")


def _breaks(gap: str) -> bool:
    return any(mark in gap for mark in '.!?…“‘"«:•') or gap.strip() in ("'", "–", "—", "-")
