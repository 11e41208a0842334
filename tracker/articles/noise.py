"""Tells the article's own paragraphs from captions, promotion, pull quotes and labels, in plain text as in markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tracker.articles import noise_lines
from tracker.articles.noise_lines import Verdict
from tracker.articles.noise_shapes import PLACED, WIRE, marked, plain, titled
from tracker.articles.noise_words import words
from tracker.articles.paragraphs import Paragraph, Repeat, Stretch, stretches, trimmed
from tracker.articles.repeats import repeats

_HEADLINE = 220
_HEADING = 100
_LABEL_WORDS = 8
_WORD = re.compile(r"[A-Z][\w’'-]*")
_BODY: Verdict = ("body", "")


def sorted_out(
    text: str, *, title: str = "", marks: Sequence[tuple[int, int, str]] = ()
) -> tuple[tuple[Paragraph, ...], tuple[Repeat, ...]]:
    """The paragraphs of a text with their kinds, in order, and what its pull quotes repeat (by index of paragraph).

    `marks` are stretches of known kind in order of their start. Linear in the length of the text; raises nothing.
    """
    return _Sorter(text, title, marks).sorted()


class _Sorter:
    """One text: its stretches, and the verdict on each so far."""

    def __init__(self, text: str, title: str, marks: Sequence[tuple[int, int, str]]) -> None:
        self.text = text
        self.title = plain(title)
        self.stretches = stretches(text)
        self.lines = [text[start:end] for start, end in self.stretches]
        self.counted: Counter[str] | None = None
        self.marked = marked(self.stretches, marks)
        known: dict[str, Verdict | None] = {}
        self.verdicts = [self._own(index, known) for index in range(len(self.stretches))]

    def sorted(self) -> tuple[tuple[Paragraph, ...], tuple[Repeat, ...]]:
        """All passes, each of which may rest on the verdicts of those before it."""
        self._headline()
        self._kickers()
        self._follow_promotion()
        pulled = self._pull_quotes()
        self._pictured()
        self._label()
        self._biographies()
        self._headings()
        return self._paragraphs(pulled)

    def kind(self, index: int) -> str:
        """The kind so far; "" outside the text."""
        return self.verdicts[index][0] if 0 <= index < len(self.verdicts) else ""

    def open(self, index: int) -> bool:
        """Whether a paragraph is body so far and its markup does not say so."""
        return self.kind(index) == "body" and not self.marked.get(index)

    def length(self, index: int) -> int:
        start, end = self.stretches[index]
        return end - start

    def _own(self, index: int, known: dict[str, Verdict | None]) -> Verdict:
        mark = self.marked.get(index)
        if mark and mark != "body":
            return mark, "so marked in the page"
        if mark or self.length(index) > noise_lines.LONGEST:
            return _BODY
        line = self.lines[index]
        if line not in known:
            known[line] = noise_lines.verdict(line)
        return known[line] or _BODY

    def _headline(self) -> None:
        if "headline" in self.marked.values():
            return
        first = next((index for index in range(len(self.stretches)) if self.kind(index) != "label"), None)
        for index in range(min(6, len(self.stretches))):
            if self.title and self.open(index) and plain(self.lines[index][:_HEADLINE]) == self.title:
                self.verdicts[index] = "headline", "the article's title"
                return
        if first is None or first + 1 >= len(self.stretches) or not self.open(first):
            return
        if self.length(first) <= _HEADLINE and titled(self.lines[first]):
            self.verdicts[first] = "headline", "the first line, no sentence with a full stop"

    def _kickers(self) -> None:
        for index in range(1, len(self.stretches)):
            if not self.open(index) or self.length(index) > 160:
                continue
            line = self.lines[index]
            if words().kicker.match(line) and line[-1] not in '.”"':
                self.verdicts[index] = "promo", "opens as links to other articles do"

    def _follow_promotion(self) -> None:
        """Lines right under a bare `DON'T MISS` belong to it, as long as they are headlines of a list."""
        for index in range(len(self.stretches) - 1):
            if self.kind(index) != "promo" or not self._opens_list(index):
                continue
            # Under an opener stand the lines of its own block, or else lines set off by blank ones.
            same = index + 1 < len(self.stretches) and self._adjacent(index + 1)
            following = index + 1
            while self.open(following) and self._listed(following) and (not same or self._adjacent(following)):
                following += 1
            # One title alone, set off by a blank line, is as likely the next heading of the article.
            if same or following > index + 2:
                listed = range(index + 1, following)
                self.verdicts[index + 1 : following] = [("promo", "in a list of other articles") for _ in listed]

    def _opens_list(self, index: int) -> bool:
        line = self.lines[index]
        return len(line) <= 40 and line[-1] not in "." and noise_lines.opens_list(line)

    def _listed(self, index: int) -> bool:
        line = self.lines[index]
        limit = 200 if self._adjacent(index) else 110
        return len(line) <= limit and line[-1] not in '.!:;,”"' and line.count(". ") == 0

    def _adjacent(self, index: int) -> bool:
        return self.text.count("\n", self.stretches[index - 1][1], self.stretches[index][0]) == 1

    def _pull_quotes(self) -> dict[int, Repeat]:
        candidates = [
            index
            for index in range(1, len(self.stretches))
            if self.kind(index) in ("body", "caption", "pull_quote") and self._could_pull(index)
        ]
        found = repeats(self.text, self.stretches, candidates)
        for index, repeat in found.items():
            start, end = self.stretches[repeat.paragraph]
            told = f"repeats words quoted at {repeat.start}–{repeat.end}, in the paragraph at {start}–{end}"
            if repeat.dropped:
                told += f", without {sum(b - a for a, b in repeat.dropped)} characters of them"
            self.verdicts[index] = "pull_quote", told
        return found

    def _could_pull(self, index: int) -> bool:
        return self.length(index) <= 700 and not noise_lines.quotes_somebody(self.lines[index])

    def _label(self) -> None:
        """A bare name over a caption, or under a pull quote."""
        for index in range(len(self.stretches)):
            signs = self.kind(index - 1) == "pull_quote"
            if signs and self.kind(index) == "pull_quote" and self.lines[index].count(" ") < 4 and self._bare(index):
                self.verdicts[index] = "label", "signs a pull quote"
            if not self.open(index) or not self._bare(index):
                continue
            if signs:
                self.verdicts[index] = "label", "signs a pull quote"
            elif self.kind(index + 1) == "caption" and self._named_in(index, index + 1):
                self.verdicts[index] = "label", "a picture's name over its caption"

    def _pictured(self) -> None:
        """A line without a verb that places somebody the article names: `Ingrid Solvang at the base`."""
        for index in range(1, len(self.stretches)):
            if not self.open(index) or self.length(index) > 160 or self.lines[index][-1] in '.!?:;,”"’':
                continue
            found = PLACED.match(self.lines[index])
            if found and self._named_elsewhere(found["name"], index):
                self.verdicts[index] = "caption", "places somebody the article names, without a verb"

    def _named_elsewhere(self, name: str, index: int) -> bool:
        if self.counted is None:
            self.counted = Counter(_WORD.findall(self.text))
        last = name.split()[-1]
        return self.counted[last] > self.lines[index].count(last)

    def _bare(self, index: int) -> bool:
        line = self.lines[index]
        return len(line) <= 80 and line.count(" ") < _LABEL_WORDS and line[-1] not in '.!?:;,”"'

    def _named_in(self, index: int, caption: int) -> bool:
        own = plain(self.lines[index]).split()
        there = set(plain(self.lines[caption]).split())
        return 2 * sum(word in there for word in own) >= len(own)

    def _biographies(self) -> None:
        """At the end, who the author is: somebody the article does not name."""
        ends = [index for index in range(len(self.stretches)) if self.kind(index) == "body"][-2:]
        for index in ends:
            line = self.lines[index]
            if not self.open(index) or index < 3 or len(line) > 400 or noise_lines.quotes_somebody(line):
                continue
            named = re.match(r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}(?=,? )", line)
            if named and words().bio.search(line) and not self._names_before(named[0], index):
                self.verdicts[index] = "promo", "says who the author is"

    def _names_before(self, name: str, index: int) -> bool:
        return self.text.find(name.split()[-1], 0, self.stretches[index][0]) >= 0

    def _headings(self) -> None:
        for index in range(1, len(self.stretches) - 1):
            if self.open(index) and self.length(index) <= _HEADING and titled(self.lines[index]):
                self.verdicts[index] = "heading", "a short line, no sentence with a full stop"

    def _paragraphs(self, pulled: dict[int, Repeat]) -> tuple[tuple[Paragraph, ...], tuple[Repeat, ...]]:
        paragraphs: list[Paragraph] = []
        numbers: list[int] = []
        opening = True
        for index, (start, end) in enumerate(self.stretches):
            kind, reason = self.verdicts[index]
            if kind == "body" and (parted := self._wire(index, opening)):
                paragraphs.append(Paragraph(start, parted[0], "dateline", "place and agency before the first words"))
                start = parted[1]
            opening = opening and kind != "body"
            numbers.append(len(paragraphs))
            paragraphs.append(Paragraph(start, end, kind, reason))
        return tuple(paragraphs), tuple(
            repeat._replace(paragraph=numbers[repeat.paragraph]) for repeat in pulled.values()
        )

    def _wire(self, index: int, opening: bool) -> Stretch | None:
        """Where a wire's `PLACE, March 3 (Agency) -` ends, and where the words after it begin."""
        start, end = self.stretches[index]
        found = WIRE.match(self.text, start, min(end, start + 160))
        if not found or not (opening or found["agency"]):
            return None
        if found["mixed"] and not (found["agency"] or "," in found[0]):
            return None
        place = found[0].rstrip(" \u00a0–—-")
        return start + len(place), trimmed(self.text, found.end(), end)[0]
