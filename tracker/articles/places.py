"""Where a sentence says that something happened: names after a preposition, with the vicinity as it is worded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.articles import lexicon
from tracker.articles.lexicon import words_of

if TYPE_CHECKING:
    from tracker.articles.names import NameIndex

_CAPITAL = r"(?:[A-Z](?:\.[A-Z])*\.(?=[ \u00a0][A-Z])|(?:St|Mt)\.|[A-Z][\w’'\u200c-]{0,30})"
_NAME = rf"{_CAPITAL}(?:[ \u00a0](?:{_CAPITAL}|(?:of|de|del|al|el|ez|the|da|do)(?=[ -][A-Z]))){{0,5}}"
_DIRECTION = r"(?:north|south|east|west)(?:-?(?:east|west))? of"
_NEARBY = rf"near|outside|in|at|on the (?:outskirts|perimeter|edge) of|{_DIRECTION}"
_HOW = rf"{_NEARBY}|across|inside|around|beside|off|over|into|on"
_NOT_PLAIN = r"(?!(?:the|a|an|turn|near|outside|inside|in|at|on|from|by|\w+ed)\b)"
_PLACE = re.compile(
    rf"\b(?P<how>{_HOW})[ \u00a0](?P<the>(?:the|a|an|his|her|its|their)[ \u00a0])?"
    rf"(?P<plain>(?:{_NOT_PLAIN}[a-z][\w’'-]{{1,20}}[ \u00a0]){{0,3}}?)(?P<name>{_NAME})"
    r"(?P<after>(?:[ \u00a0](?:province|governorate|district|region|state|airport|base|city|town|camp)\b)?)"
)
_PLAIN_SITE = re.compile(
    r"\b(?:on|in|at|near|outside|inside|hit|struck|targeted|stormed|against|upon)[ \u00a0]"
    r"(?P<name>(?:a|an|the|their|its|his)[ \u00a0](?:[\w’'-]{1,24}[ \u00a0]){0,3}?(?P<site>[a-zé]{3,14}))\b"
)
_BEFORE_NEAR = re.compile(r"(?:(?:a|an|the)[ \u00a0](?:[\w’'-]{1,20}[ \u00a0]){0,2})?[\w’'-]{3,20}[ \u00a0]$")
_FOLLOWING = (
    "and|or|but|on|in|at|to|for|by|with|where|when|which|who|after|before|since|during|as|is|are|was|were|has|have|had|that|"
    "this|last|next|late|early|over|from|killed|left|yesterday|today|near|while|would|will|could|may|if|than|then"
)
_ADJECTIVE = re.compile(rf"[ \u00a0](?!(?:{_FOLLOWING})\b|\w+(?:ed|ing)\b)[a-z]")
_NOUN = re.compile(r"[ \u00a0]([a-zé]{3,12})\b")
_NEAR = ("near", "outside", "on the", "north", "south", "east", "west", "close", "beside", "off", "around")
_NO_PLACE = words_of(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december i we he she they it twitter facebook christmas easter ramadan "
    "congress parliament god islam english arabic internet south north east west earth family house senate "
    "facebook twitter america's instagram mr mrs ms dr president tv news jan feb mar apr jun jul aug sep sept "
    "oct nov dec"
)
_ADMIN = ("province", "governorate", "region", "state", "oblast")
_STATE_KINDS = ("state", "government")


class Place(NamedTuple):
    """A place as worded, its name, country (ISO 3166 alpha-3 or empty), code of `geo_precision`, and where it is."""

    words: str
    name: str
    country: str
    precision: str
    start: int
    end: int


def places(text: str, start: int, end: int, index: NameIndex) -> list[Place]:
    """The places that text[start:end] names after a preposition, in their order; people and days are none."""
    found = [place for match in _PLACE.finditer(text, start, end) if (place := _named(text, start, match, index))]
    if not found:
        found = [place for match in _PLAIN_SITE.finditer(text, start, end) if (place := _site(match))]
    return found


def _site(match: re.Match[str]) -> Place | None:
    if match["site"] not in lexicon.sites():
        return None
    return Place(match["name"], "", "", "site", match.start("name"), match.end("name"))


def _named(text: str, start: int, match: re.Match[str], index: NameIndex) -> Place | None:
    name = _trimmed(match["name"]) + match["after"]
    at = match.start("name")
    if (noun := _NOUN.match(text, at + len(name))) and noun[1] in lexicon.sites():
        name += noun.group()
    end = at + len(name)
    if len(name) < 2 or name.split()[0].lower().strip(".") in _NO_PLACE or _possessive(text, match, name):
        return None
    country, kind = _known(name, at, end, index)
    if kind not in ("", "place", *_STATE_KINDS) or (not kind and not _fits(match, name)):
        return None
    if kind in _STATE_KINDS and _ADJECTIVE.match(text, end):
        return None
    how = match["how"]
    first = match.start("how") if how.startswith(_NEAR) else at
    if how.startswith(_NEAR):
        first -= len(_vicinity(text, start, first))
    words = text[first:end]
    return Place(words, name, country, _precision(name, how, kind, words), first, end)


def _trimmed(name: str) -> str:
    """The name without a possessive or a full stop at its end."""
    name = name.rstrip(".")
    return re.sub(r"['’]s?$", "", name)


def _possessive(text: str, match: re.Match[str], name: str) -> bool:
    """Whether the name only tells whose: at Trump’s request."""
    rest = text[match.start("name") + len(name) : match.start("name") + len(name) + 24]
    return rest.startswith(("’s ", "'s ")) and not re.match(r"['’]s (?:\w+ )?(?:capital|airport|main|city|old)", rest)


def _known(name: str, at: int, end: int, index: NameIndex) -> tuple[str, str]:
    """The country of a name, and what the gazetteer or the article's actors know it as; both may be empty."""
    words = name.split()
    for count in range(len(words), 0, -1):
        for part in (" ".join(words[:count]), " ".join(words[-count:])):
            if part in lexicon.places():
                return lexicon.places()[part], "place"
    cluster = index.at(at, end)
    if cluster is None:
        return "", ""
    if cluster.kind in _STATE_KINDS:
        return cluster.country, cluster.kind
    return "", "" if not cluster.kind or words[-1].lower() in lexicon.sites() else cluster.kind


def _fits(match: re.Match[str], name: str) -> bool:
    """Whether an unknown name may be a place: after “in” or “near”, or with a word for a site."""
    last = name.split()[-1].lower()
    how = match["how"]
    return last in lexicon.sites() | set(_ADMIN) or how in ("in", "at", "inside", "across") or how.startswith(_NEAR)


def _vicinity(text: str, start: int, at: int) -> str:
    """The noun before “near …”, such as “a compound ”, when it is a word for a site."""
    match = _BEFORE_NEAR.search(text, max(start, at - 60), at)
    return match.group() if match and match.group().split()[-1].lower() in lexicon.sites() else ""


def _precision(name: str, how: str, kind: str, words: str) -> str:
    """The code of `geo_precision`; empty where the name alone does not tell."""
    said = {word.lower() for word in words.replace("’s", "").split()}
    if kind in _STATE_KINDS:
        return "country"
    if said & set(_ADMIN):
        return "admin1"
    if said & lexicon.sites():
        return "site"
    if how.startswith(_NEAR):
        return "near_town"
    return "town" if kind == "place" else ""
