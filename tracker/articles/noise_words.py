"""The patterns that the word lists of `data/noise.toml` make, by which lines of a news page are known."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

NAME = r"[^\W\d_a-z][\w.'’-]*"
"""A word of a name: it begins with no small letter."""


class Words(NamedTuple):
    """The patterns that the word lists of `data/noise.toml` make."""

    credit_in_brackets: re.Pattern[str]
    credit_at_end: re.Pattern[str]
    caption_opener: re.Pattern[str]
    agency: re.Pattern[str]
    shown: re.Pattern[str]
    promo_opener: re.Pattern[str]
    promo_capitals: re.Pattern[str]
    promo_alone: re.Pattern[str]
    kicker: re.Pattern[str]
    about_itself: re.Pattern[str]
    promo_start: re.Pattern[str]
    promo_within: re.Pattern[str]
    bio: re.Pattern[str]
    byline: re.Pattern[str]


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(re.escape(word).replace("'", "['’]") for word in sorted(words, key=len, reverse=True)) + ")"


def _cased(words: list[str]) -> list[str]:
    return sorted({cased for word in words for cased in (word.capitalize(), word.title(), word.upper())})


@cache
def words() -> Words:
    """The patterns, made once."""
    data = tomllib.loads((files("tracker.articles") / "data" / "noise.toml").read_text("utf-8"))
    loose = re.IGNORECASE
    opener = _any(data["promo_opener"])
    return Words(
        credit_in_brackets=re.compile(_bracketed(data), loose),
        credit_at_end=re.compile(_ending(data)),
        caption_opener=re.compile(_opening(data), loose),
        agency=re.compile(_agency(data), loose),
        shown=re.compile(rf"\b{_any(data['shown'])}\b"),
        promo_opener=re.compile(rf"{opener}\s*(?:[:|>»…]|[–—]\s|\.?$|\.{{3}})", loose),
        promo_capitals=re.compile(rf"{_any([word.upper() for word in data['promo_opener'] if ' ' in word])}\b"),
        promo_alone=re.compile(opener, loose),
        kicker=re.compile(rf"{_any([word.upper() for word in data['kicker']])}\s*[:|]"),
        about_itself=re.compile("|".join(data["about_itself_lines"]), loose),
        promo_start=re.compile("|".join(data["promo_lines"]), loose),
        promo_within=re.compile("|".join(data["promo_within"]), loose),
        bio=re.compile(rf"\b(?:is|was) (?:an? |the |our )?(?:\S+ ){{0,7}}?{_any(data['bio'])}\b", loose),
        byline=re.compile(_by(data)),
    )


def _bracketed(data: dict[str, list[str]]) -> str:
    credit, agency, pictures = _any(data["credit"]), _any(data["agency"]), _any(data["picture_agency"])
    return (
        rf"[(\[]\s*(?:{credit}\b(?=[^()\[\]a-z]|\s+(?:by|from|via|courtesy|credit)\b)[^()\[\]]{{0,120}}"
        rf"|AP Photo\b[^()\[\]]{{0,120}}|{pictures}|{agency}\s*[:/|][^()\[\]]{{1,80}}"
        rf"|[^()\[\]/]{{2,60}}/\s*{agency}|(?-i:[A-Z][\w ]{{1,25}}:(?: {NAME}){{1,4}}))\s*[)\]]\.?$"
    )


def _ending(data: dict[str, list[str]]) -> str:
    credit, agency = _any(_cased(data["credit"])), _any(_cased(data["agency"]))
    names = rf"{NAME}(?:[ /]{NAME}){{0,5}}\.?$"
    whose = r"[A-Z©@\d][^.:“”\"]{0,50}(?:\.[^.:“”\" ]{1,20})*\.?$"
    return (
        rf"(?:^|[.\s\"”’)|]){credit}(?: credit| by| courtesy(?: of)?)?(?:\s*:|\.{{3}}|…)\s*{whose}"
        rf"|(?:^|[.\s]){agency}\s?/\s?{names}|\s/\s?{agency}$"
        rf"|(?:^|[.\s\"”])(?:Photo|Photos|Photograph|Photographs|Picture|Pictures) (?:by|courtesy of|via) {names}"
    )


def _opening(data: dict[str, list[str]]) -> str:
    return (
        rf"{_any(data['caption_opener'])}(?:\s*[:|–—]|\s+-\s|,? \(?(?:left|right|centre|center|top|bottom)\)?[:,])"
        r"|(?:image|media|video) (?:caption|source),"
        r"|(?:an? )?(?:file|undated|handout|archive|stock) (?:photo|photograph|image|picture)\b"
        r"|(?:in )?this (?:[\w.,]+ ){0,6}(?:photo|photograph|image|picture|frame grab|file photo)\b.{0,40}"
        r"\b(?:taken|released|provided|supplied|made available|posted|distributed|obtained)\b"
    )


def _agency(data: dict[str, list[str]]) -> str:
    agency, name = _any(data["agency"]), rf"(?-i:{NAME}(?:,? (?:and |al |de |for )?{NAME}){{0,5}})"
    return (
        rf"(?:{name}(?: ?/ ?| via |, via ))?{agency}(?:\s*/\s*[^/;:!?]{{1,50}})*(?: via {agency})?\.?$"
        rf"|(?-i:{NAME}(?: {NAME}){{0,3}} News Agency)\.?$|(?-i:SOURCE|Source)\s*:\s*(?-i:[A-Z])[^.!?]{{1,60}}\.?$"
    )


def _by(data: dict[str, list[str]]) -> str:
    role = _any([word.capitalize() for word in data["byline_role"]] + data["byline_role"])
    by = rf"{NAME}(?:,? (?:and |& |for |in |at |of |the )?(?:{NAME}|{role})){{0,9}}"
    opening = r"(?:By|BY|Words by|Written by|Story by|Reporting by|Text by|Report by):?"
    return (
        rf"(?:{opening} {by}|From {NAME} {NAME}(?: in| at) {by})\.?$"
        rf"|{NAME}(?: {NAME}){{1,3}},? (?:{role} ?){{1,5}}$"
    )
