"""The word lists for names: titles, given names, organisation words, countries with demonyms and capitals."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from tracker import text as border
from tracker.articles import lexicon
from tracker.model import countries

KEPT = 65_536
"""Folded names that are remembered."""


class Country(NamedTuple):
    """A state by ISO 3166 alpha-3 code and the name it is given where a text has only a capital or an acronym."""

    iso3: str
    name: str


def _read(name: str) -> str:
    return files(__package__).joinpath("data", name).read_text("utf-8")


@cache
def _sections(name: str) -> Mapping[str, tuple[str, ...]]:
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in _read(name).splitlines():
        if line.startswith("["):
            lines = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return {section: tuple(found) for section, found in sections.items()}


@cache
def words(file: str, *sections: str) -> frozenset[str]:
    """The words of some sections of a list (all of them when none is named), in lower case."""
    lists = _sections(file)
    lines = (line for section in sections or tuple(lists) for line in lists[section])
    return frozenset(word.lower() for line in lines for word in line.split())


@cache
def lines(file: str, section: str) -> frozenset[str]:
    """The entries of several words of a section."""
    return frozenset(_sections(file)[section])


@cache
def titles(*sections: str) -> frozenset[str]:
    """Words that stand before a person's name: male, female, honorific, rank, head, part."""
    return words("titles.txt", *sections)


@cache
def honorifics() -> frozenset[str]:
    """Titles that only a person has, by which any word after them is a name."""
    return titles("male", "female", "honorific", "rank")


@cache
def offices() -> frozenset[str]:
    """Titles that stand alone for the one who holds them."""
    return lines("titles.txt", "office")


@cache
def gender() -> Mapping[str, str]:
    """What a title or a given name says of a person: male or female; names given to both are left out."""
    given: dict[str, str] = {}
    for sex in ("male", "female"):
        for word in words("given_names.txt", sex):
            given[word] = "" if word in given else sex
        given |= dict.fromkeys(titles(sex), sex)
    given |= {"spokesman": "male", "chairman": "male", "congressman": "male", "policeman": "male"}
    given |= {"spokeswoman": "female", "chairwoman": "female", "congresswoman": "female", "actress": "female"}
    return {word: sex for word, sex in given.items() if sex}


@cache
def before_names() -> frozenset[str]:
    """Titles and roles that may stand before a name."""
    return honorifics() | titles("head")


@cache
def personal() -> frozenset[str]:
    """Titles and given names, after which a word is a surname."""
    return honorifics() | given_names()


@cache
def given_names() -> frozenset[str]:
    """Given names, in lower case."""
    return words("given_names.txt")


@cache
def organisations() -> Mapping[str, str]:
    """Nouns that tell what kind of actor a name is, with the code of `actor_kind`, or place."""
    kinds: dict[str, str] = {}
    for kind in reversed(list(_sections("organisation_words.txt"))):
        if not kind.startswith("known_"):
            kinds |= dict.fromkeys(words("organisation_words.txt", kind), kind)
    return kinds


@cache
def common(*sections: str) -> frozenset[str]:
    """Words that stand capitalised without being names: function, calendar, noun; also verb, locative and so on."""
    return words("common_words.txt", *sections)


@cache
def generic(section: str) -> frozenset[str]:
    """Nouns for actors without a name, and the words before them."""
    return words("generic_words.txt", section)


@cache
def heads() -> Mapping[str, str]:
    """Nouns for actors without a name, each with the section it is in."""
    kinds = (
        "civilians",
        "party",
        "coalition",
        "government",
        "group",
        "armed_group",
        "state_forces",
        "persons",
        "person",
    )
    return {word: kind for kind in kinds for word in generic(kind)}


@cache
def places() -> frozenset[str]:
    """Towns, regions and continents, folded."""
    gazetteer = map(border.fold, lexicon.places())
    single = (word.replace("-", " ") for word in words("organisation_words.txt", "known_place"))
    lined = lines("organisation_words.txt", "known_place_lines")
    return frozenset((*gazetteer, *single, *lined)) - set(states())


def _demonyms() -> Iterator[dict[str, str]]:
    return iter(csv.DictReader(_read("demonyms.csv").splitlines(), strict=True))


@cache
def _named() -> Mapping[str, Country]:
    return {row["iso3"]: Country(row["iso3"], row["names"].split("|")[0]) for row in countries.rows()}


@cache
def states() -> Mapping[str, Country]:
    """Every name of a state, folded; capitals are not among them."""
    found: dict[str, Country] = {}
    for row in countries.rows():
        country = _named()[row["iso3"]]
        for name in (row["names"] + "|" + row["ged_name"]).split("|"):
            if name and "(" not in name and "," not in name:
                found.setdefault(border.fold(name), country)
    for row in _demonyms():
        for name in filter(None, row["also"].split("|")):
            found[border.fold(name)] = _named()[row["iso3"]]
    for name in ("west bank", "gaza strip", "gaza", "northern ireland", "car"):
        found.pop(name, None)
    return found


@cache
def capitals() -> Mapping[str, Country]:
    """Capitals that are said for a government, folded."""
    pairs = ((name, row["iso3"]) for row in _demonyms() for name in row["capital"].split("|"))
    return {border.fold(name): _named()[iso3] for name, iso3 in pairs if name and border.fold(name) not in states()}


@cache
def demonyms() -> Mapping[str, Country]:
    """Words for what or who is of a country, folded."""
    pairs = ((name, row["iso3"]) for row in _demonyms() for name in row["demonyms"].split("|"))
    return {border.fold(name): _named()[iso3] for name, iso3 in pairs if name}


@cache
def state_words() -> frozenset[str]:
    """Names of states, demonyms and capitals that are one word, in lower case."""
    return frozenset(word for table in (states(), demonyms(), capitals()) for word in table if " " not in word)


_FOLDED: dict[str, str] = {}


def folded(name: str) -> str:
    """A name as names are compared, without the marks of the possessive; what was folded before is looked up."""
    found = _FOLDED.get(name)
    if found is None:
        found = border.fold(name.replace("’s ", " ").replace("'s ", " "))
        if len(_FOLDED) < KEPT:
            _FOLDED[name] = found
    return found


def state_name(iso3: str) -> str:
    """The name of a state by ISO 3166 alpha-3; "" for a code that is none."""
    country = _named().get(iso3)
    return country.name if country else ""
