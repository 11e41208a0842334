"""A page as text: every block of it kept in its order, and what the markup says each one is."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from tracker import text as border
from tracker.articles.html_dates import About, first
from tracker.articles.html_kinds import BLOCKS, FRAME, HIDDEN, KINDS, STRONG, VOID, is_hidden, kind_by_class
from tracker.articles.html_scan import Attributes, Token, tokens

_SPACE = re.compile(r"[ \t\n\r\f]+")
_MOST_OF_PAGE = 0.4
"""A class that would make more than this share of the text promotion names the page, not a box in it."""


class Page(NamedTuple):
    """A page's text, the marks of its stretches by kind, and what it says of itself."""

    text: str
    marks: tuple[tuple[int, int, str], ...]
    title: str
    published: str
    publisher: str
    author: str
    url: str
    language: str
    notes: tuple[str, ...]


class _Open(NamedTuple):
    """An open element: its name, the kind its text has, whether that rests on a class, and whether it is hidden."""

    name: str
    kind: str
    box: int
    hidden: bool


class _Block(NamedTuple):
    text: str
    kind: str
    box: int


def read_page(markup: str) -> Page:
    """Read a page. Scripts, styles and hidden elements are left out, all other text is kept. Raises nothing; linear."""
    reader = _Reader()
    for token in tokens(markup):
        reader.take(token)
    return reader.page()


class _Reader:
    """The blocks read so far, and the elements that are open."""

    def __init__(self) -> None:
        self.about = About()
        self.blocks: list[_Block] = []
        self.open: list[_Open] = []
        self.counts: Counter[str] = Counter()
        self.pieces: list[str] = []
        self.begun = False
        self.kind, self.box = "", 0
        self.boxes = 0
        self.hidden = 0
        self.headlines = 0

    def take(self, token: Token) -> None:
        """Go on by one token."""
        if token.kind == "text":
            self._text(token.text)
        elif token.kind == "raw":
            self._raw(token)
        elif token.kind == "end":
            self._end(token.name)
        else:
            self._start(token.name, token.attributes)

    def _top(self) -> _Open:
        return self.open[-1] if self.open else _Open("", "", 0, False)

    def _text(self, words: str) -> None:
        top = self._top()
        if top.hidden:
            self.hidden += top.name not in HIDDEN and not words.isspace()
            return
        words = border.clean(words)
        if not self.counts["pre"]:
            words = _SPACE.sub(" ", words)
        if not self.begun and not words.isspace():
            self.begun = True
            self.kind, self.box = top.kind, top.box
        self.pieces.append(words)

    def _raw(self, token: Token) -> None:
        if token.name == "title" and not self._within("svg"):
            self.about.titles.append((3, token.text))
        elif token.name == "script" and "ld+json" in token.attributes.get("type", "").lower():
            self.about.linked_data(token.text)

    def _within(self, *names: str) -> bool:
        return any(self.counts[name] for name in names)

    def _start(self, name: str, attributes: Attributes) -> None:
        self._tell(name, attributes)
        if name == "br":
            self.pieces.append("\n")
        elif name in ("td", "th"):
            self.pieces.append("\t" if self.begun else "")
        elif name in BLOCKS:
            self._close_implied(name)
            self._flush()
        if name in VOID:
            return
        if name == "body":
            self._end("head")
        self.counts[name] += 1
        self.open.append(self._opened(name, attributes))

    def _tell(self, name: str, attributes: Attributes) -> None:
        if name == "meta":
            self.about.meta(attributes)
        elif name == "link":
            self.about.link(attributes)
        elif name == "time":
            self.about.time(attributes, within=self._within("article", "main") and self._top().kind not in STRONG)
        elif name == "html" and attributes.get("lang"):
            self.about.languages.append((1, attributes["lang"]))

    def _close_implied(self, name: str) -> None:
        if self.counts["p"] and not (self.open and self.open[-1].name in ("button", "td", "th")):
            self._end("p")
        if self.open and self.open[-1].name == name and name in ("li", "dt", "dd", "tr", "option"):
            self._end(name)

    def _opened(self, name: str, attributes: Attributes) -> _Open:
        outer = self._top()
        hidden = outer.hidden or name in HIDDEN or is_hidden(attributes)
        kind, classed = self._kind(name, attributes)
        if not kind or (outer.kind in STRONG and not (outer.name == "figure" and kind in ("body", "caption"))):
            return _Open(name, outer.kind, outer.box, hidden)
        if classed:
            self.boxes += 1
        return _Open(name, kind, self.boxes if classed else outer.box, hidden)

    def _kind(self, name: str, attributes: Attributes) -> tuple[str, bool]:
        """The kind an element gives its text, and whether only a class says so."""
        classed = "" if name in FRAME else kind_by_class(attributes)
        if classed == "pull_quote":
            return classed, True
        if name == "header":
            return ("", False) if self._within("article", "main") else ("promo", False)
        if name == "h1":
            self.headlines += self._top().kind not in STRONG
            return ("headline" if self.headlines == 1 else "heading"), False
        if name in KINDS:
            return KINDS[name], False
        return classed, bool(classed)

    def _end(self, name: str) -> None:
        if name in BLOCKS:
            self._flush()
        elif name in ("td", "th") or not self.counts[name]:
            self.pieces.append("")
        if not self.counts[name]:
            return
        while self.open:
            closed = self.open.pop()
            self.counts[closed.name] -= 1
            if closed.name == name:
                return

    def _flush(self) -> None:
        if not self.pieces:
            return
        lines = (
            _SPACE.sub(" ", line).strip(" ") if "\t" not in line else line.strip(" \t")
            for line in "".join(self.pieces).split("\n")
        )
        text = "\n".join(line for line in lines if line.strip())
        if text:
            self.blocks.append(_Block(text, self.kind, self.box))
        self.pieces, self.begun = [], False

    def page(self) -> Page:
        """The page, when all of it was read."""
        self._flush()
        kept = self._box_sizes()
        text, marks, at = [], [], 0
        for block in self.blocks:
            if block.kind and block.box not in kept:
                marks.append((at, at + len(block.text), block.kind))
            text.append(block.text)
            at += len(block.text) + 2
        headline = next((block.text for block in self.blocks if block.kind == "headline"), "")
        if headline:
            self.about.titles.append((1, headline))
        published, notes = self.about.published()
        if self.hidden:
            notes += (f"{self.hidden} hidden stretches of the page were left out.",)
        about = self.about
        return Page(
            "\n\n".join(text),
            tuple(marks),
            first(about.titles),
            published,
            first(about.publishers),
            first(about.authors),
            first(about.urls),
            first(about.languages),
            notes,
        )

    def _box_sizes(self) -> set[int]:
        """The boxes named by a class alone that hold so much of the page that they are the article itself."""
        sizes: Counter[int] = Counter()
        for block in self.blocks:
            sizes[block.box] += len(block.text)
        whole = sum(sizes.values())
        return {box for box, size in sizes.items() if box and size > _MOST_OF_PAGE * whole}
