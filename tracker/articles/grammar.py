"""The closed word classes of English that mark off clauses and noun phrases, read once from data."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LISTS = tomllib.loads(files(__package__).joinpath("data", "grammar.toml").read_text("utf-8"))
_SHORTEST_ADVERB = 5


def _words(name: str) -> frozenset[str]:
    listed = _LISTS[name].split()
    return frozenset((*listed, *(word.replace("'", "’") for word in listed)))


AUXILIARIES = _words("auxiliaries")
BE = _words("be")
MODALS = _words("modals")
NEGATIONS = _words("negations")
ADVERBS = _words("adverbs")
DETERMINERS = _words("determiners")
PREPOSITIONS = _words("prepositions")
PRONOUNS = _words("pronouns")
SPEAKING_PRONOUNS = _words("speaking_pronouns")
RELATIVES = _words("relatives")
CLAUSE_WORDS = _words("clause_words")
DAYS = _words("days")
TITLES = _words("titles")
PERSONS = _words("persons")
MASCULINE = _words("masculine")
FEMININE = _words("feminine")
IRREGULAR = _words("irregular")
ABBREVIATIONS = _words("abbreviations")


def is_adverb(word: str) -> bool:
    """Whether a word in lower case may stand between a subject and its verb."""
    return word in ADVERBS or (word.endswith("ly") and len(word) >= _SHORTEST_ADVERB)
