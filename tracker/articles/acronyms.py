"""Whether letters stand for a name: by its initials first, as a subsequence of its letters only beside it."""

from __future__ import annotations

from tracker import text as border
from tracker.articles import titles

SMALL = titles.words("closed_words.txt", "acronyms_small")
"""Words that an acronym may skip."""
LEAST = 2
"""Letters of the shortest acronym."""
SAID = 3
"""Letters from which on an acronym is believed without having been introduced in brackets."""


def letters(acronym: str) -> str:
    """An acronym's letters and digits, in lower case."""
    return "".join(char for char in border.fold(acronym) if char.isalnum())


def initials(words: list[str]) -> frozenset[str]:
    """The initials of a name's words, with and without its small ones; the words are folded."""
    if not words:
        return frozenset()
    main = [word for word in words if word not in SMALL] or words
    return frozenset(("".join(word[0] for word in words), "".join(word[0] for word in main)))


def spelt(acronym: str, words: list[str]) -> bool:
    """Whether an acronym is a name's initials, small words counted, skipped or some of them skipped."""
    wanted = letters(acronym)
    if len(wanted) < LEAST or not words or len(words) > 2 * len(wanted) + 3:
        return False
    return wanted in initials(words) or _with_some(wanted, words)


def _with_some(wanted: str, words: list[str]) -> bool:
    """Whether the initials are the acronym's letters when any of the small words may be skipped."""
    reached = {0}
    for word in words:
        step = {at + 1 for at in reached if at < len(wanted) and wanted[at] == word[0]}
        reached = step | (reached if word in SMALL else set())
        if not reached:
            return False
    return len(wanted) in reached


def introduced(acronym: str, words: list[str]) -> bool:
    """Whether an acronym in brackets beside a name can be its own: initials, in any order, or some of its letters."""
    wanted = letters(acronym)
    if len(wanted) < LEAST or not words:
        return False
    if spelt(acronym, words):
        return True
    main = [word for word in words if word not in SMALL]
    if sorted(word[0] for word in main) == sorted(wanted):
        return True
    return wanted[0] == words[0][0] and _subsequence(wanted, "".join(words))


def _subsequence(wanted: str, within: str) -> bool:
    rest = iter(within)
    return all(char in rest for char in wanted)
