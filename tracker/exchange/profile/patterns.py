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
"""Seconds that a pattern of a user's own may take for one text, and that its slow matches may add up to."""
_SLOW = 0.005
Matcher = Callable[[str], tuple[str, ...] | None]


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

    try:
        compiled = regex.compile(pattern, regex.IGNORECASE if fold else 0)
    except regex.error as error:
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
        taken = perf_counter() - begun
        if taken > _SLOW:
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
