"""The verbs by which news text attributes words: read once from data, inflected, with what may follow each."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import NamedTuple

_VOWELS = "aeiou"


class Verb(NamedTuple):
    """A cue verb. `tier` is strong, weak or seem; `kind` a code of the list statement_kind; `frames` what may follow.

    Frames: q a quotation, t a clause, o an object that is the content, i an infinitive, n one who is told,
    c a preposition and then the content.
    """

    lemma: str
    tier: str
    kind: str
    frames: str

    @property
    def strong(self) -> bool:
        """Whether the verb speaks of speech whoever is its subject."""
        return self.tier == "strong"


def regular(lemma: str) -> tuple[str, str, str]:
    """The forms of a regular verb: with -s, -ed and -ing."""
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    sibilant = lemma.endswith(("s", "sh", "ch", "x", "z"))
    return lemma + ("es" if sibilant else "s"), lemma + "ed", lemma + "ing"


def _load() -> dict[str, Verb]:
    found: dict[str, Verb] = {}
    table = files(__package__).joinpath("data", "verbs.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(table, strict=True):
        verb = Verb(row["lemma"], row["tier"], row["kind"], row["frames"])
        for form in (verb.lemma, *(row["forms"].split() or regular(verb.lemma))):
            found.setdefault(form, verb)
    return found


FORMS = _load()
"""Each verb by all its forms, in lower case."""
STRONG_FORMS = frozenset(form for form, verb in FORMS.items() if verb.strong)
"""The forms of verbs that speak of speech whoever is their subject."""
