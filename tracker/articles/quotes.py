"""Finds the quotations of a text: pairs quotation marks of any style without trusting that they are paired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tracker.articles.document import Document

MARK = re.compile(r"``|'''(?!')|''|[\"“”„‟«»‘’'`]")
MOST = 5_000
"""Marks that are read in one paragraph, and quotations in one text; no article has so many."""
_CURLY = frozenset("“„‟«")
_CLOSERS = frozenset("”»")
_BEFORE = frozenset(' \t\u00a0\u200b\n([{<—–-―/:"“«‘\u2009\u202f')
_AFTER_SINGLE = frozenset('“"[($£€…#@.')
_STOPS = frozenset('.,;:!?…)]—–-"”»')
_ENDS = frozenset(".,!?…;")
_ELISION = re.compile(
    r"(?:\d\ds?|em|tis|twas|til|cause|bout|n|round|cos|neath|tween|im|er|ere|fore|ye|cuz)(?![\w])", re.I
)
_SAID = re.compile(r", (?:said (?=[A-Z])|(?:he|she|[A-Z][\w’'-]{1,30}) (?:said|says|added)[.,])")
_FEW_WORDS = 24
_FAR = 160
_NESTED = 24


class Quote(NamedTuple):
    """A stretch in quotation marks: with them (`start`, `end`), without them (`inner_start`, `inner_end`).

    `closed` is false where the closing mark is missing; `single` tells single marks from double ones; `part_of` is
    the index of the quotation of the paragraph before that this one continues, or -1.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    single: bool
    part_of: int = -1


class _Mark(NamedTuple):
    at: int
    end: int
    sign: str
    before: str
    after: str

    @property
    def opening(self) -> bool:
        """Whether a double mark stands where an opening one would."""
        if self.sign in _CURLY:
            return not (self.after in " \n" and self.before not in _BEFORE)
        if self.sign in _CLOSERS:
            return self.before in _BEFORE and self.after.isalnum()
        return self.after not in " \n\t\u00a0" and not self.before.isalnum() and self.before not in ".!?"

    @property
    def closing(self) -> bool:
        """Whether a double mark can close a quotation that is open."""
        if self.sign in _CLOSERS:
            return True
        if self.sign in _CURLY:
            return self.before not in _BEFORE and not self.after.isalnum()
        return not (self.before in _BEFORE and self.before not in '-—–"' and self.after.isalnum())

    @property
    def double(self) -> bool:
        return self.sign not in "‘’'`"


def quotes(doc: Document) -> list[Quote]:
    """The quotations of all paragraphs in order, outermost only; offsets are code points into `doc.text`.

    A quotation that does not end in its paragraph goes on in the next paragraph that can hold one, if that paragraph
    opens with a mark of the same kind; else it ends with its paragraph and is marked as not closed.
    """
    found: list[Quote] = []
    open_index = -1
    body = {paragraph.start for paragraph in doc.body}
    for paragraph in doc.paragraphs:
        if len(found) > MOST:
            break
        fresh = list(_paragraph(doc.text, paragraph.start, paragraph.end))
        if paragraph.start not in body:
            found += fresh
            continue
        if open_index >= 0 and not found[open_index].single:
            fresh = _closed_late(doc.text, paragraph.start, paragraph.end, fresh)
        if open_index >= 0 and fresh and _continues(doc.text, found[open_index], fresh[0], paragraph.start):
            fresh[0] = fresh[0]._replace(part_of=open_index)
        found += fresh
        last = len(found) - 1
        open_index = last if fresh and not fresh[-1].closed and fresh[-1].end == paragraph.end else -1
    return found


def _closed_late(text: str, start: int, end: int, fresh: list[Quote]) -> list[Quote]:
    """A paragraph whose first mark can only close: the quotation of the paragraph before goes on up to it."""
    stop = fresh[0].start if fresh else end
    for hit in MARK.finditer(text, start, stop):
        mark = _marked(text, hit, start, end)
        if mark.double and mark.closing and not mark.opening:
            return [Quote(start, mark.end, start, mark.at, True, False), *fresh]
    return fresh


def _continues(text: str, before: Quote, quote: Quote, start: int) -> bool:
    return quote.single == before.single and not text[start : quote.start].strip()


def _paragraph(text: str, start: int, end: int) -> Iterator[Quote]:
    hits = list(islice(MARK.finditer(text, start, end), MOST))
    if len(hits) == MOST:
        return
    marks = [_marked(text, hit, start, end) for hit in hits]
    place = 0
    while place < len(marks):
        quote, place = _opened(text, marks, place, end)
        if quote is not None:
            yield quote


def _marked(text: str, hit: re.Match[str], start: int, end: int) -> _Mark:
    before = text[hit.start() - 1] if hit.start() > start else "\n"
    return _Mark(hit.start(), hit.end(), hit.group(), before, text[hit.end()] if hit.end() < end else "\n")


def _opened(text: str, marks: list[_Mark], place: int, end: int) -> tuple[Quote | None, int]:
    mark = marks[place]
    if mark.double and mark.opening:
        return _double(marks, place, end, text)
    if not mark.double and _opens_single(text, mark):
        return _single(text, marks, place, end)
    return None, place + 1


def _double(marks: list[_Mark], place: int, end: int, text: str) -> tuple[Quote | None, int]:
    first = marks[place]
    depth = 0
    for at in range(place + 1, len(marks)):
        mark = marks[at]
        if not mark.double:
            continue
        if not mark.closing:
            if _nested(marks, at):
                depth += 1
                continue
            said = _SAID.search(text, first.end, mark.at)
            cut = said.start() + 1 if said else _trimmed(text, first.end, mark.at)
            return Quote(first.at, cut, first.end, cut, False, False), at
        if depth:
            depth -= 1
            continue
        return Quote(first.at, mark.end, first.end, mark.at, True, False), at + 1
    said = _SAID.search(text, first.end, end)
    if said is not None:
        return Quote(first.at, said.start() + 1, first.end, said.start(), False, False), len(marks)
    cut = _trimmed(text, first.end, end)
    return (Quote(first.at, end, first.end, end, False, False) if cut > first.end else None), len(marks)


def _nested(marks: list[_Mark], at: int) -> bool:
    """Whether an opening mark inside a quotation is closed on its own before the quotation is."""
    closers = 0
    for mark in marks[at + 1 : at + 9]:
        if not mark.double:
            continue
        if not mark.closing:
            return False
        closers += 1
        if closers == 2:
            return True
    return False


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _opens_single(text: str, mark: _Mark) -> bool:
    if mark.sign == "’" or mark.before not in _BEFORE:
        return False
    if not (mark.after.isalnum() or mark.after in _AFTER_SINGLE):
        return False
    return mark.sign == "‘" or not _ELISION.match(text, mark.end)


def _closes_single(mark: _Mark) -> bool:
    return mark.sign in "’'" and mark.before not in " \n\t\u00a0" and not mark.after.isalnum()


def _single(text: str, marks: list[_Mark], place: int, end: int) -> tuple[Quote | None, int]:
    first = marks[place]
    weak = -1
    inside = False
    for at in range(place + 1, len(marks)):
        mark = marks[at]
        if mark.double:
            inside = mark.opening and not inside
            continue
        if not inside and _opens_single(text, mark):
            outer = _around(text, marks, at)
            if outer >= 0:
                return _ended(first, marks, outer)
            break
        if not _closes_single(mark):
            continue
        if _sure_closer(text, mark):
            return _ended(first, marks, _nearer(first, marks, weak, at))
        weak = weak if weak >= 0 else at
    else:
        if weak < 0 and (first.sign == "‘" or first.before == "\n") and first.before == "\n":
            return Quote(first.at, end, first.end, end, False, True), len(marks)
    return _ended(first, marks, weak) if weak >= 0 else (None, place + 1)


def _around(text: str, marks: list[_Mark], nested: int) -> int:
    """The mark that closes a quotation in which others of the same marks are opened and closed; -1 if none does."""
    depth = 1
    for at in range(nested + 1, min(len(marks), nested + _NESTED)):
        mark = marks[at]
        if mark.double:
            continue
        if _opens_single(text, mark):
            depth += 1
        elif (_closes_single(mark) or _doubled(marks, at)) and _sure_closer(text, mark):
            depth -= 1
            if depth < 0:
                return at
    return -1


def _doubled(marks: list[_Mark], at: int) -> bool:
    """Whether the mark is the first of two closing ones."""
    return marks[at].sign in "’'" and at + 1 < len(marks) and marks[at + 1].at == marks[at].end


def _sure_closer(text: str, mark: _Mark) -> bool:
    """A mark after an s and before a small letter may be a plural's possessive; others close."""
    if mark.before not in "sSzx":
        return True
    if mark.after in _STOPS or mark.after == "\n":
        return True
    following = text[mark.end + 1 : mark.end + 2]
    return not following.islower()


def _nearer(first: _Mark, marks: list[_Mark], weak: int, sure: int) -> int:
    """A short stretch that could end at a possessive does, when the surer end is far away."""
    if weak >= 0 and marks[weak].at - first.at <= _FEW_WORDS and marks[sure].at - first.at > _FAR:
        return weak
    return sure


def _ended(first: _Mark, marks: list[_Mark], at: int) -> tuple[Quote | None, int]:
    last = marks[at]
    return Quote(first.at, last.end, first.end, last.at, True, True), at + 1
