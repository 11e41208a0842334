"""The word lists that tell a date from what only looks like one, read once from `data`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(files(__package__).joinpath("data", "date_words.toml").read_text("utf-8"))


def word_set(*names: str) -> frozenset[str]:
    """The words of one list or of several together."""
    return frozenset(word for name in names for word in _lists()[name].split())


def alternatives(name: str) -> str:
    """The words of a list as alternatives of a pattern."""
    return "|".join(_lists()[name].split())
