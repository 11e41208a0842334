"""Regular expressions of profiles: those of a user's own may come from anybody, so each has only so much time."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import perf_counter

from tracker.errors import UsageError
from tracker.text import truncate

LONGEST = 1_000
"""Characters that a pattern may have."""
ONE_MATCH, ALL_MATCHES = 0.5, 10.0
"""Seconds that a pattern of a user's own may take for one text, and for all that is beyond a fair time for each."""
_FAIR = 0.00005
DEEPEST, LARGEST = 50, 20_000
"""Brackets inside each other that a pattern may have, and signs when its counted repetitions are written out."""
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{([0-9]*)(?:(,)([0-9]*))?\}|.", re.DOTALL)
Matcher = Callable[[str], tuple[str, ...] | None]


def excess(pattern: str) -> str:
    """Why a pattern is too much to be compiled, in a few words with what to do; "" when it is not."""
    sizes, last = [0], 0
    for token in _TOKEN.finditer(pattern):
        part = token[0]
        if part == "(":
            sizes.append(0)
            last = 0
            if len(sizes) > DEEPEST:
                return f"has more than {DEEPEST} brackets inside each other; write it flatter"
            continue
        if part == ")":
            last = sizes.pop() if len(sizes) > 1 else 0
            sizes[-1] += last
        elif times := token[3] or token[1]:
            # What was counted once stands there so many times.
            more = max(1, min(int(times[:9]), LARGEST + 1))
            sizes[-1] += last * (more - 1)
            last *= more
        else:
            last = 1
            sizes[-1] += 1
        if sizes[-1] > LARGEST:
            return f"repeats what it says more than {LARGEST:,} times; write smaller numbers in its curly brackets"
    return ""


def matcher(pattern: str, where: str, *, whole: bool = False, fold: bool = False, trusted: bool = False) -> Matcher:
    """A function from a text to the groups of the first match (the match itself without groups), None for no match.

    `whole` asks that all of the text matches, `fold` ignores case. Patterns of shipped profiles are `trusted`, all
    others raise UsageError, naming the profile (`where`) and the pattern, as soon as a match takes too long.
    """
    if trusted:
        compiled = re.compile(pattern, re.IGNORECASE if fold else 0)
        find = compiled.fullmatch if whole else compiled.search
        return lambda text: _groups(find(text))
    return _timed(pattern, where, whole, fold)


def _groups(found: re.Match[str] | None) -> tuple[str, ...] | None:
    if found is None:
        return None
    return tuple(group for group in found.groups() if group) or (found[0],)


def _timed(pattern: str, where: str, whole: bool, fold: bool) -> Matcher:
    # Only a pattern of somebody else's needs the engine that can be stopped.
    import regex  # type: ignore[import-untyped]

    if why := excess(pattern):
        raise UsageError(f"{where}: the pattern “{truncate(pattern, 60)}” {why}")
    try:
        compiled = regex.compile(pattern, regex.IGNORECASE if fold else 0)
    except (regex.error, RecursionError, MemoryError, OverflowError) as error:
        raise UsageError(f"{where}: “{truncate(pattern, 60)}” is no regular expression ({error})") from error
    find = compiled.fullmatch if whole else compiled.search
    spent = 0.0

    def match(text: str) -> tuple[str, ...] | None:
        nonlocal spent
        begun = perf_counter()
        try:
            found = find(text, timeout=ONE_MATCH, concurrent=False)
        except TimeoutError:
            raise _too_slow(pattern, where, text) from None
        # Millions of texts take the best pattern seconds: only what each takes beyond a fair time counts.
        if (taken := perf_counter() - begun - _FAIR) > 0:
            spent += taken
            if spent > ALL_MATCHES:
                raise _too_slow(pattern, where, text)
        return _groups(found)

    return match


def _too_slow(pattern: str, where: str, text: str) -> UsageError:
    return UsageError(
        f"{where}: the pattern “{truncate(pattern, 60)}” takes too long, for example on “{truncate(text, 40)}”: "
        "write it without repetitions inside repetitions, or take it out of the profile"
    )
