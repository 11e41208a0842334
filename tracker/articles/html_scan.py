"""The tags and the text of a page in order, in time linear in its length whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

RAW = frozenset({"script", "style", "textarea", "title", "xmp", "noembed", "noframes"})
"""Elements whose content is text up to their own end tag."""

_TAG = re.compile(r"</?[A-Za-z][^\s/>\"']{0,60}(?:[^\"'>]|\"[^\"]*\"|'[^']*')*+>")
_OPENING = re.compile(r"<(?=[A-Za-z!?]|/[A-Za-z])")
_NAME = re.compile(r"</?([A-Za-z][^\s/>]{0,60})")
_UNREAD = frozenset({"a", "img", "input", "source", "path", "use", "area", "col"})
"""Elements whose attributes say nothing of the text, and of which pages have the most."""
_LONGEST_TAG = 8_192
"""A longer tag counts without its attributes: only a picture within the page is that long."""

Attributes = dict[str, str]
_NONE: Attributes = {}


class Token(NamedTuple):
    """A piece of a page: kind is text, start, end or raw; of a raw element `text` is what it holds."""

    kind: str
    name: str
    text: str
    attributes: Attributes


class _Tag(HTMLParser):
    """Reads the attributes of one tag at a time."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.attributes: Attributes = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.attributes.setdefault(name, value or "")

    def read(self, tag: str) -> Attributes:
        self.reset()
        self.attributes = {}
        self.feed(tag)
        return self.attributes


def tokens(markup: str) -> Iterator[Token]:
    """The tokens of a page; comments, declarations and processing instructions are left out. Raises nothing."""
    return _Scanner(markup).tokens()


class _Scanner:
    """Where in the page the reading stands, and what is already known not to follow."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.at = 0
        self.tag = _Tag()
        self.unclosed_quote = False
        self.missing: set[str] = set()

    def tokens(self) -> Iterator[Token]:
        markup = self.markup
        while self.at < len(markup):
            found = _OPENING.search(markup, self.at)
            opening = found.start() if found else len(markup)
            if opening > self.at:
                yield Token("text", "", unescape(markup[self.at : opening]), _NONE)
            self.at = opening
            if opening < len(markup):
                yield from self._angle()

    def _find(self, what: str, start: int) -> int:
        """As `str.find`, but what was not found once is not sought again."""
        if what in self.missing:
            return -1
        found = self.markup.find(what, start)
        if found < 0:
            self.missing.add(what)
        return found

    def _angle(self) -> Iterator[Token]:
        markup, at = self.markup, self.at
        if markup.startswith("<!--", at):
            end = self._find("-->", at + 4)
            self.at = len(markup) if end < 0 else end + 3
        elif markup.startswith(("<!", "<?"), at):
            end = self._find(">", at)
            self.at = len(markup) if end < 0 else end + 1
        elif name := _NAME.match(markup, at):
            yield from self._tag(name[1].lower())

    def _tag(self, name: str) -> Iterator[Token]:
        start, end = self.at, self._tag_end()
        if end < 0:
            self.at = len(self.markup)
            return
        self.at = end
        if self.markup[start + 1] == "/":
            yield Token("end", name, "", _NONE)
            return
        attributes = _NONE
        plain = name in _UNREAD or end <= start + len(name) + 2 or end > start + _LONGEST_TAG
        if not plain:
            attributes = self.tag.read(self.markup[start:end])
        if name in RAW and self.markup[end - 2] != "/":
            yield Token("raw", name, self._raw(name), attributes)
        else:
            yield Token("start", name, "", attributes)

    def _tag_end(self) -> int:
        if not self.unclosed_quote:
            if found := _TAG.match(self.markup, self.at):
                return found.end()
            # From here on a quotation mark cannot be trusted to be closed, and to try again would be quadratic.
            self.unclosed_quote = True
        closing = self._find(">", self.at)
        return closing + 1 if closing >= 0 else -1

    def _raw(self, name: str) -> str:
        end = self._find_end(name)
        if end < 0:
            content, self.at = self.markup[self.at :], len(self.markup)
            return content
        content, self.at = self.markup[self.at : end], end
        closing = self._find(">", end)
        self.at = len(self.markup) if closing < 0 else closing + 1
        return content

    def _find_end(self, name: str) -> int:
        found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.markup, self.at)
        return found.start() if found else -1
