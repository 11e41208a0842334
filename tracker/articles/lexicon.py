"""The word lists for events: triggers, weapons, targets, sites, people and a small gazetteer, read once from `data`."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


def words_of(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


_BLAME = words_of(
    "responsibility claimed claims claim denied denies denying pointed points pointing traced led linked attributed"
)


class Trigger(NamedTuple):
    """What a word may tell: a code of the list `category` or attack, noun or verb, and whether it needs support."""

    category: str
    noun: bool
    weak: bool


def _text(name: str) -> str:
    return files(__package__).joinpath("data", name).read_text("utf-8")


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(name))


@cache
def triggers() -> dict[str, Trigger]:
    """Phrases in lower case that name an event."""
    found: dict[str, Trigger] = {}
    for category, lists in _table("triggers.toml").items():
        for form, phrases in lists.items():
            for phrase in phrases if category != "blocked" else ():
                found[phrase] = Trigger(category, "nouns" in form, form.startswith("weak"))
    return found


@cache
def blocked(side: str) -> frozenset[str]:
    """Words that, `before` or `after` a trigger, make it something else: heart attack, strike price."""
    return frozenset(_table("triggers.toml")["blocked"][side])


@cache
def telling() -> frozenset[str]:
    """The letters that triggers and words of blame begin with, by which sentences that hold none are passed over."""
    return frozenset(phrase.replace("-", " ").split()[0] for phrase in triggers()) | _BLAME


@cache
def weapons() -> dict[str, str]:
    """Phrases for weapons in lower case, with the category of event that they tell."""
    return {phrase: category for category, phrases in _table("weapons.toml").items() for phrase in phrases}


@cache
def targets() -> dict[str, str]:
    """Phrases for what is attacked in lower case, with the kind of target."""
    return {phrase: kind for kind, phrases in _table("targets.toml").items() for phrase in phrases}


@cache
def sites() -> frozenset[str]:
    """Common nouns for a place smaller than a town."""
    return frozenset(_text("sites.txt").split("\n")) - {""}


@cache
def people() -> frozenset[str]:
    """Nouns for people, in lower case."""
    lines = [line for line in _text("people.txt").splitlines() if not line.startswith("#")]
    return frozenset(" ".join(lines).lower().split())


@cache
def places() -> dict[str, str]:
    """Towns and regions by name, with the ISO 3166 alpha-3 code of their country; empty where that is disputed."""
    return {row["name"]: row["country"] for row in csv.DictReader(_text("places.csv").splitlines(), strict=True)}


@cache
def starts() -> dict[str, int]:
    """How many words the longest phrase of any list has that begins with a word."""
    longest: dict[str, int] = {}
    for phrase in (*triggers(), *weapons(), *targets()):
        words = phrase.split()
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest
