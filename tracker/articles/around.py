"""What the words around a name tell of it: a place, a state said by its capital, one that acts, what kind of group."""

from __future__ import annotations

import re

from tracker.articles import titles
from tracker.articles.mentions import Found
from tracker.articles.tokens import Tokens

REACH = 110
"""Code points that are looked at before and after a name."""
_GROUPS = "(?:militant|rebel|armed|terrorist|insurgent|paramilitary|guerrilla) group"
_TOLD = re.compile(
    r"(?:[ \u00a0]?\([^()\n]{1,40}\))?[\"”’']?,? (?:an?|the|one of the|which is an?|known as) (?:[\w’'-]+ ){0,4}?"
    rf"(?P<what>umbrella|coalition|alliance|militias?|{_GROUPS}|faction|political party|party|news agency|newspaper|"
    r"broadcaster|website|magazine|aid group|charity|think tank|company|firm|rights group|monitoring group|"
    r"town|city|village|province|region|district)\b"
)
_WHAT = {
    "umbrella": "umbrella",
    "coalition": "coalition",
    "alliance": "coalition",
    "political party": "party",
    "party": "party",
    "news agency": "media",
    "newspaper": "media",
    "broadcaster": "media",
    "website": "media",
    "magazine": "media",
    "company": "company",
    "firm": "company",
    "aid group": "other",
    "charity": "other",
    "think tank": "other",
    "rights group": "other",
    "monitoring group": "other",
} | dict.fromkeys(("town", "city", "village", "province", "region", "district"), "place")
_ARMED = "(?:armed|militia|militant|rebel|terrorist|paramilitary|jihadist)"
_FIGHTING = rf"militias?|militants?|rebels?|insurgents?|factions?|{_ARMED} groups?"
_LISTED = re.compile(
    rf"\b(?:{_FIGHTING})\b,? (?:notably|chiefly|including|such as|namely|called|named|known as|like|especially|mainly|"
    r"mostly|particularly)\b[^.;:\n]{0,60}\Z"
)
_MEMBERS = re.compile(
    rf"\b(?:{_FIGHTING})\b[^.;:\n]{{0,20}} (?:belong to|belonging to|(?:are |is )?(?:a )?part of|"
    r"(?:united|grouped) (?:in|under)) the \Z"
)
_FIGHTER = re.compile(
    r" (?:militants?|militia|rebels?|fighters?|insurgents?|gunmen|guerrillas?|jihadists?|terrorists?)\b"
)
_LOCATIVE = titles.words("closed_words.txt", "around_locative")
_ADDRESSED = titles.words("closed_words.txt", "around_addressed")
_PLACED = titles.words("closed_words.txt", "around_placed")


def acting(tokens: Tokens, one: Found) -> bool:
    """Whether a name is followed by a verb of saying or doing."""
    after = _after(tokens, one)
    return bool(after) and after in titles.common("verb")


def located(tokens: Tokens, one: Found) -> bool:
    """Whether a name stands after “in”, “near” and the like, or before a word such as harbour or province."""
    before = one.word - 1
    if titles.organisations().get(_after(tokens, one)) == "place":
        return True
    return before >= 0 and tokens.near(before) and tokens.lower[before] in _LOCATIVE


def governing(tokens: Tokens, one: Found) -> bool:
    """Whether a capital is said for its government: it speaks, is spoken to, or what follows is a government's."""
    before = one.word - 1
    prior = tokens.lower[before] if before >= 0 and tokens.near(before) else ""
    if prior in titles.common("locative") and prior not in ("of", "off", "to"):
        return False
    if prior in _ADDRESSED or acting(tokens, one):
        return True
    text = tokens.text
    if text[one.end : one.end + 2] in ("’s", "'s") and prior not in ("of", "to"):
        return _after(tokens, one) not in _PLACED
    return False


def _after(tokens: Tokens, one: Found) -> str:
    """The word after a mention, in small letters; "" when something stands between."""
    i = one.word
    while i < len(tokens.words) and tokens.offsets[i] < one.end:
        i += 1
    return tokens.lower[i] if i < len(tokens.words) and tokens.near(i - 1) else ""


def kind_told(text: str, one: Found) -> str:
    """The code of `actor_kind`, or place, that the words before and after a name tell; "" when none does."""
    told = _TOLD.match(text, one.end, one.end + REACH)
    if told:
        return _WHAT.get(told["what"], "armed_group")
    before = text[max(0, one.at - REACH) : one.at]
    if _MEMBERS.search(before):
        return "umbrella"
    if _LISTED.search(before) or _FIGHTER.match(text, one.end, one.end + 16):
        return "armed_group"
    return ""
