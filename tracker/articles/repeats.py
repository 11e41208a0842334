"""Pull quotes: paragraphs that say again, without marks or on their own, what somebody is quoted with in the body."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from tracker.articles.paragraphs import Repeat, Stretch

SHARE = 0.6
"""Of a pull quote's runs of three words, this share stands in what it repeats."""

_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_MARK = re.compile(r"[“”\"«»]|''|``|(?<!\w)[‘'](?=\w)")
_LONGEST = 700
_SHORTEST = 16
_FEWEST = 5
_MOST = 8
"""A run of words that more paragraphs have than this tells nothing."""

Gram = tuple[str, ...]


class _Told(NamedTuple):
    """A paragraph's words, and its runs of three."""

    words: list[str]
    grams: set[Gram]


def _told(text: str, stretch: Stretch) -> _Told:
    words = _WORD.findall(text[stretch[0] : stretch[1]].casefold())
    return _Told(words, set(zip(words, words[1:], words[2:], strict=False)))


def repeats(text: str, stretches: Sequence[Stretch], candidates: Sequence[int]) -> dict[int, Repeat]:
    """Which of `candidates` (indexes of paragraphs) repeat another paragraph's quotation, and what each dropped of it.

    Linear in the length of the text.
    """
    told: dict[int, _Told] = {}
    for index in candidates:
        start, end = stretches[index]
        if _SHORTEST <= end - start <= _LONGEST and len((found := _told(text, (start, end))).words) >= _FEWEST:
            told[index] = found
    wanted = {gram for candidate in told.values() for gram in candidate.grams}
    if not wanted:
        return {}
    holders = _holders(text, stretches, wanted)
    repeated: dict[int, Repeat] = {}
    for index, candidate in told.items():
        other = _repeated(index, candidate, holders, repeated)
        if other is not None and (repeat := _repeat(text, candidate, other, stretches[other])):
            repeated[index] = repeat
    return repeated


def _holders(text: str, stretches: Sequence[Stretch], wanted: set[Gram]) -> dict[Gram, list[int]]:
    holders: dict[Gram, list[int]] = defaultdict(list)
    for index, stretch in enumerate(stretches):
        if stretch[1] - stretch[0] < _SHORTEST or not _MARK.search(text, *stretch):
            continue
        for gram in wanted.intersection(_told(text, stretch).grams):
            if len(holders[gram]) <= _MOST:
                holders[gram].append(index)
    return holders


def _repeated(index: int, told: _Told, holders: dict[Gram, list[int]], found: dict[int, Repeat]) -> int | None:
    """The paragraph that has enough of these words; one that repeats is none itself."""
    shared = Counter(holder for gram in told.grams for holder in holders.get(gram, ()) if holder not in found)
    del shared[index]
    if not shared:
        return None
    other, share = max(shared.items(), key=lambda item: (item[1], -item[0]))
    return other if share >= SHARE * len(told.grams) else None


def _repeat(text: str, told: _Told, other: int, stretch: Stretch) -> Repeat | None:
    places = [match.span() for match in _WORD.finditer(text, *stretch)]
    words = [text[start:end].casefold() for start, end in places]
    grams = zip(words, words[1:], words[2:], strict=False)
    hits = [at for at, gram in enumerate(grams) if gram in told.grams]
    if not hits:
        return None
    first, last = hits[0], hits[-1] + 2
    if not _inside_marks(text, stretch, places[first][0]) or _framed(told, last + 1 - first):
        return None
    kept = {at for hit in hits for at in range(hit, hit + 3)}
    dropped = _runs([at for at in range(first, last + 1) if at not in kept])
    return Repeat(other, places[first][0], places[last][1], tuple((places[a][0], places[b][1]) for a, b in dropped))


def _framed(told: _Told, repeated: int) -> bool:
    """Whether the text holds much more than the words it repeats, as a paragraph of its own does."""
    return len(told.words) > 1.5 * repeated + 4


def _inside_marks(text: str, stretch: Stretch, at: int) -> bool:
    before = len(_MARK.findall(text, stretch[0], at))
    opened = text.rfind("“", stretch[0], at + 1) > text.rfind("”", stretch[0], at + 1)
    return opened or before % 2 == 1


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
