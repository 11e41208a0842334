"""Where words stand in a text although it spells, changes or drops some of them, and what the difference is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from difflib import Match, SequenceMatcher
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from tracker import text

ALIKE = 70.0
"""From this likeness on (0–100, of folded words) a stretch is taken for the same words reworded."""

_FEWEST = 4
"""Words that a quotation must have to be looked for reworded: fewer are like too much else."""

_COMMON = 200
"""A word that stands in a text more often says nothing about the place."""

_KEPT = 0.6
"""So much of the words must stand there as they are."""

_MARKS = frozenset("\"'“”„‟‘’‚‛«»‹›")
_TOKEN = re.compile(r"\S+")

How = Literal["exact", "normalized", "fuzzy"]


class Found(NamedTuple):
    """A stretch of a text that is like some words: code points, half-open, and a likeness of 0 to 100."""

    start: int
    end: int
    how: How
    score: float


class Change(NamedTuple):
    """A run of words: `how` they stand to the original, their wording there and their wording here."""

    how: Literal["same", "dropped", "added", "changed"]
    before: str
    after: str


class Words:
    """A text as folded words that know their places; made once, asked often."""

    def __init__(self, whole: str) -> None:
        self.whole = whole
        spans = [(match.start(), match.end()) for match in _TOKEN.finditer(whole)]
        folded = [(text.fold(whole[start:end]), start, end) for start, end in spans]
        self.tokens = [one for one in folded if any(map(str.isalnum, one[0]))]
        self.keys = [key for key, _, _ in self.tokens]

    def pieces(self) -> list[str]:
        """Each word as it is written, with the marks that stand apart after it."""
        starts = [start for _, start, _ in self.tokens]
        starts[:1] = [0] * bool(starts)
        return [self.whole[start:end].strip() for start, end in pairwise([*starts, len(self.whole)])]

    @cached_property
    def joined(self) -> str:
        """The folded words with a space before and after each."""
        return f" {' '.join(self.keys)} "

    @cached_property
    def _offsets(self) -> list[int]:
        return list(accumulate((len(key) + 1 for key in self.keys), initial=1))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(self.keys):
            places[key].append(number)
        return places

    def runs(self, words: Words) -> list[tuple[int, int]]:
        """Every run of tokens, first and one past the last, that folds to the same as `words`."""
        needle, found, at = words.joined, [], 0
        if not words.keys:
            return []
        while (at := self.joined.find(needle, at)) >= 0:
            first = bisect_right(self._offsets, at + 1) - 1
            found.append((first, bisect_right(self._offsets, at + len(needle) - 1)))
            at += 1
        return found

    def stretch(self, first: int, last: int, like: str = "") -> tuple[int, int]:
        """The code points from token `first` up to but without `last`, with no marks at its ends that `like` lacks."""
        start, end = self.tokens[first][1], self.tokens[last - 1][2]
        while start < end and not self.whole[start].isalnum() and not _kin(self.whole[start], like[:1]):
            start += 1
        while end > start and not self.whole[end - 1].isalnum() and not _kin(self.whole[end - 1], like[-1:]):
            end -= 1
        return start, end

    def window(self, words: Words) -> tuple[int, int] | None:
        """Where most of the rarer of some words stand in their order: a run of tokens with room on both sides."""
        room, votes = max(8, len(words.keys)), defaultdict(set)
        for number, key in enumerate(words.keys):
            places = self._places.get(key, ())
            for place in places if len(places) <= _COMMON else ():
                for bucket in ((place - number) // room, (place - number) // room + 1):
                    votes[bucket].add(number)
        if not votes:
            return None
        best = max(votes, key=lambda bucket: (len(votes[bucket]), -bucket))
        first = (best - 1) * room
        return max(0, first - room // 2), min(len(self.keys), first + 2 * room + len(words.keys) + room // 2)


def _kin(one: str, other: str) -> bool:
    """Whether two marks are the same, or both quotation marks."""
    return bool(other) and (one == other or {one, other} <= _MARKS)


def _free(start: int, end: int) -> bool:
    return True


def locate(
    within: Words,
    exact: str,
    *,
    prefix: str = "",
    suffix: str = "",
    near: int = 0,
    part: int = 0,
    free: Callable[[int, int], bool] = _free,
) -> Found | None:
    """The stretch of a text that holds the words `exact`: as they stand, in another spelling, or reworded.

    Among several that hold them the one with the same words before and after it, then the nearest to `near`. With
    `part` a stretch is enough in which so many of the words follow each other, whatever became of the others. A stretch
    that is not `free` is passed over.
    """
    whole, found, at = within.whole, [], 0
    while exact and (at := whole.find(exact, at)) >= 0:
        found.append((at, at + len(exact)))
        at += 1
    how: How = "exact"
    words = Words(exact)
    if not found:
        how = "normalized"
        found = [within.stretch(first, last, exact) for first, last in within.runs(words)]
    if found := [span for span in found if free(*span)]:
        start, end = max(found, key=lambda span: (context_of(whole, span, prefix, suffix), -abs(span[0] - near)))
        return Found(start, end, how, 100.0)
    reworded = _reworded(within, words, exact, part)
    return reworded if reworded and free(reworded.start, reworded.end) else None


def context_of(whole: str, span: tuple[int, int], prefix: str, suffix: str) -> int:
    """How many code points next to a stretch are those that stood there."""
    before, after = whole[max(0, span[0] - len(prefix)) : span[0]], whole[span[1] : span[1] + len(suffix)]
    left = next((n for n, (a, b) in enumerate(zip(before[::-1], prefix[::-1], strict=False)) if a != b), len(before))
    return left + next((n for n, (a, b) in enumerate(zip(after, suffix, strict=False)) if a != b), len(after))


def _reworded(within: Words, words: Words, exact: str, part: int) -> Found | None:
    from rapidfuzz import fuzz

    room = within.window(words) if len(words.keys) >= _FEWEST else None
    if room is None:
        return None
    matcher = SequenceMatcher(None, words.keys, within.keys[room[0] : room[1]], autojunk=False)
    blocks = _together([block for block in matcher.get_matching_blocks() if block.size], len(words.keys))
    if not blocks:
        return None
    # What the first or the last words were replaced by belongs to the stretch as well.
    first = max(room[0], room[0] + blocks[0].b - blocks[0].a)
    last = room[0] + blocks[-1].b + blocks[-1].size
    last = min(room[1], last + len(words.keys) - blocks[-1].a - blocks[-1].size)
    score = fuzz.ratio(words.joined, f" {' '.join(within.keys[first:last])} ")
    kept = sum(block.size for block in blocks) / len(words.keys)
    # Where a text drops or inserts a clause, all other words still stand there in order.
    score = max(score, 100 * kept - 10 if kept > 0.8 else 0)
    run = max(block.size for block in blocks)
    alike = score >= ALIKE and kept >= _KEPT
    if not alike and not 0 < part <= run:
        return None
    if not alike or part:
        first, last = room[0] + blocks[0].b, room[0] + blocks[-1].b + blocks[-1].size
    return Found(*within.stretch(first, last, exact), "fuzzy", round(score, 1))


def _together(blocks: list[Match], size: int) -> list[Match]:
    """The matches around the longest, without those so far off that they are chance."""
    if not blocks:
        return []
    middle = max(range(len(blocks)), key=lambda number: blocks[number].size)
    first = last = middle
    while first and blocks[first].b - blocks[first - 1].b - blocks[first - 1].size <= size:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].b - blocks[last].b - blocks[last].size <= size:
        last += 1
    # A single word at an end, which in the quotation stands apart, is chance as well.
    while first < middle and blocks[first].size == 1 and blocks[first + 1].a - blocks[first].a > 2:
        first += 1
    while last > middle and blocks[last].size == 1 and blocks[last].a - blocks[last - 1].a - blocks[last - 1].size > 1:
        last -= 1
    return blocks[first : last + 1]


@lru_cache(maxsize=2)
def _words(whole: str) -> Words:
    """A text that is asked about span after span."""
    return Words(whole)


def judge(whole: str, start: int, end: int, exact: str) -> str:
    """How words that do not stand in a text as they are stand to a stretch of it.

    truncated: the stretch holds only a part of them; spliced: it has words between them that they leave out; altered:
    words differ, there or where the text comes nearest; elsewhere: in another spelling at another place; not_found.
    """
    said, there = Words(exact), Words(whole[start:end])
    if there.keys and len(there.keys) < len(said.keys) and there.joined in said.joined:
        return "truncated"
    found = locate(_words(whole), exact)
    if found is not None and found.how == "normalized":
        return "elsewhere"
    if found is not None:
        return "spliced" if only_added(exact, whole[found.start : found.end]) else "altered"
    return "altered" if _alike(said, there) else "not_found"


def only_added(before: str, after: str) -> bool:
    """Whether all words stand in `after` in their order, with others between them."""
    hows = [change.how for change in difference(before, after)]
    return "added" in hows and set(hows) == {"same", "added"}


def _alike(said: Words, there: Words) -> bool:
    from rapidfuzz import fuzz

    return bool(said.keys and there.keys) and fuzz.ratio(said.joined, there.joined) >= ALIKE


def nearest(whole: str, start: int, end: int, exact: str) -> str:
    """What a text has for words that it does not hold: the nearest stretch, else what stands in the span."""
    found = locate(_words(whole), exact)
    return whole[found.start : found.end] if found else whole[start:end]


def difference(before: str, after: str) -> list[Change]:
    """Word by word, what of `before` is the same, dropped, added or changed in `after`; spelling alone is the same."""
    first, second = Words(before), Words(after)
    old, new = first.pieces(), second.pieces()
    matcher = SequenceMatcher(None, first.keys, second.keys, autojunk=False)
    named: dict[str, Literal["same", "dropped", "added", "changed"]] = {
        "equal": "same", "delete": "dropped", "insert": "added", "replace": "changed",
    }  # fmt: skip
    return [Change(named[how], " ".join(old[a:b]), " ".join(new[c:d])) for how, a, b, c, d in matcher.get_opcodes()]


def shown(changes: Sequence[Change], around: int = 3) -> str:
    """A difference on one line: [-dropped-] and {+added+}, of what is the same only some words around them."""
    if all(change.how == "same" for change in changes):
        return "no word differs, only spelling or marks"
    told = []
    for number, change in enumerate(changes):
        if change.how == "same":
            told.append(_some(change.after, around, number == 0, number == len(changes) - 1))
        else:
            told += [f"[-{change.before}-]"] * bool(change.before) + [f"{{+{change.after}+}}"] * bool(change.after)
    return " ".join(told)


def _some(words: str, around: int, first: bool, last: bool) -> str:
    parts = words.split()
    if len(parts) <= 2 * around or (first and last):
        return words
    head, tail = [] if first else parts[:around], [] if last else parts[-around:]
    return " ".join([*head, "…", *tail])
