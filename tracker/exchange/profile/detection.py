"""Tell which dataset a file comes from: by its header, its number of columns and its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Protocol

from tracker.exchange.layout import ABOUT, NOTED
from tracker.exchange.profile.patterns import matcher

if TYPE_CHECKING:
    from tracker.exchange.profile.model import Match, Profile

HEADER_WITHIN = 5
"""Among the first so many records a header is looked for."""
_NEAR = 2
"""Columns of a dataset that a file has at least to be called near to it."""


class Looked(Protocol):
    """What is known of a file before it is read: its name, its first records, and of JSON the keys."""

    @property
    def name(self) -> str:
        """The file's name."""
        ...

    @property
    def head(self) -> Sequence[Sequence[str]]:
        """The first records as lists of text."""
        ...

    @property
    def keys(self) -> Sequence[str]:
        """The keys of the first records of JSON."""
        ...


def _folded(names: Iterable[str]) -> set[str]:
    return {name.strip().lower() for name in names}


def _has(profile: Profile, column: str, header: set[str]) -> bool:
    return bool(_folded((column, *profile.aliases.get(column, ()))) & header)


def _by_header(profile: Profile, names: Sequence[str]) -> int:
    """How many of the wanted headers are there; 0 when the header is not one of this dataset."""
    match, header = profile.match, _folded(names)
    if not (match.headers or match.any) or any(_has(profile, name, header) for name in match.none):
        return 0
    if not all(_has(profile, name, header) for name in match.headers):
        return 0
    if not all(any(_has(profile, name, header) for name in names) for names in match.any):
        return 0
    if match.width and len(header - {*NOTED, *ABOUT}) != match.width:
        return 0
    return len(match.headers) + len(match.any)


def _named(profile: Profile) -> tuple[str, ...]:
    """The columns that a profile reads, by the names that its dataset gives them as a rule."""
    date = profile.date
    parts = (date.earliest, date.latest, date.year, date.month, date.day, date.words, date.end) if date else ()
    cells = [*profile.incident.values(), *(one.name for one in profile.actors)]
    cells += [cell for one in profile.tallies for cell in (one.low, one.best, one.high) if cell]
    read = [*parts, *(cell.columns for cell in cells), *(one.columns for one in profile.sources)]
    return tuple(dict.fromkeys(names[0] for names in read if names))


def absent(profile: Profile, header: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """The columns that a profile reads and a file has not under their usual names, and how many it reads."""
    there, read = _folded(header), _named(profile)
    return tuple(name for name in read if name.lower() not in there), len(read)


def nearest(profiles: Iterable[Profile], header: Sequence[str]) -> tuple[Profile, tuple[str, ...]] | None:
    """The profile that a file comes nearest to, and what its header lacks for it; None when it is near to none."""
    there = _folded(header)
    found: list[tuple[float, Profile, tuple[str, ...]]] = []
    for profile in profiles:
        wanted = [(name,) for name in profile.match.headers] + list(profile.match.any)
        lacks = [names for names in wanted if not any(_has(profile, name, there) for name in names)]
        if len(wanted) - len(lacks) >= _NEAR:
            told = tuple(" or ".join(names) for names in lacks)
            found.append(((len(wanted) - len(lacks)) / len(wanted), profile, told))
    best = max(found, key=lambda one: one[0], default=None)
    return None if best is None else best[1:]


def _by_count(profile: Profile, row: Sequence[str]) -> bool:
    match = profile.match
    if not match.columns or len(row) != match.columns:
        return False
    return all(
        matcher(pattern, profile.where, whole=True, trusted=profile.trusted)(row[at - 1].strip()) is not None
        for at, pattern in match.cells.items()
        if at <= len(row)
    )


def _by_name(match: Match, name: str) -> bool:
    return any(fnmatchcase(name.lower(), pattern.lower()) for pattern in match.files)


def fits(profile: Profile, source: Looked) -> tuple[int, Profile] | None:
    """How well a file fits a profile, with the profile as the file needs it (header row found, or none); None: not."""
    named = _by_name(profile.match, source.name)
    if source.keys:
        found = _by_header(profile, source.keys)
        return (2 * found + named, profile) if found else None
    rows = [row for row in source.head if any(cell.strip() for cell in row)][:HEADER_WITHIN]
    for at, row in enumerate(rows, 1):
        if found := _by_header(profile, row):
            return 2 * found + named, _with_header(profile, at)
    if rows and _by_count(profile, rows[0]) and (named or profile.match.cells):
        return 1 + named + len(profile.match.cells), _with_header(profile, 0)
    return None


def _with_header(profile: Profile, row: int) -> Profile:
    """The same profile for a file whose header stands in another row than the profile says, or that has none."""
    if profile.reading.get("header", 1) == row:
        return profile
    return replace(profile, reading={**profile.reading, "header": row})


def best(profiles: Iterable[Profile], source: Looked) -> Profile | None:
    """The profile that a file fits best; of equals the first."""
    found = [fit for profile in profiles if (fit := fits(profile, source))]
    return max(found, key=lambda fit: fit[0])[1] if found else None
