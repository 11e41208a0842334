"""What a statement's clause tells beside its content: kind, date words, venue, condition, hedge."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.articles.attributions import Attribution
from tracker.articles.phrases import Range

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SAID = re.compile(
    rf"\b(?:(?:last|this|late|early|earlier) )?(?:{_DAY}|yesterday|today|tonight)"
    r"(?: (?:morning|afternoon|evening|night))?\b"
    r"|\b(?:last|this|earlier this) (?:week|month|year|summer|autumn|fall|spring|winter)\b"
    r"|\b(?:in|on) (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,4})?(?:, \d{4})?"
)
_VENUE = re.compile(
    r"\b(?:in|at|during|on|through|via) (?:an?|the|his|her|their|its) (?:[\w-]+ ){0,3}?"
    r"(?:statement|interview|letter|tweet|speech|briefing|conference|email|e-mail|rally|debate|post|hearing|report|"
    r"testimony|address|memo|meeting|call|article|op-ed)\b"
    r"|\b(?:on|via) (?:Twitter|Facebook|television|state television|state TV|Telegram|Instagram|CNN|Fox News)\b"
)
_CONDITION = re.compile(
    r"\b(?:if|unless|should (?:he|she|they|it|the)|in case|provided that|were (?:he|she|they|it) to)\b", re.IGNORECASE
)
_REPRISAL = re.compile(
    r"\b(?:will|would|shall) (?:be (?:answered|met|punished)|retaliate|respond|strike|pay|face|regret|avenge)\b"
)
_HEDGE = re.compile(r"\b(?:reportedly|allegedly|apparently|purportedly|supposedly)\b")
_RESPONSIBILITY = re.compile(r"\A(?:full )?responsibility\b")


def kind_of(attribution: Attribution, content: str) -> str:
    """The code of the list statement_kind that the cue and the content suggest; "other" where nothing does."""
    entry = attribution.entry
    kind = entry.kind if entry else "other"
    lemma = entry.lemma if entry else ""
    if lemma == "claim" and _RESPONSIBILITY.match(content):
        return "claim_responsibility"
    if kind == "decline_comment" and not content.startswith(("to comment", "to say", "to discuss", "to answer")):
        return "reject"
    if lemma == "call":
        return "demand" if attribution.rule.endswith("after") and content.startswith(("on ", "for ")) else "other"
    if kind in ("other", "warn", "promise") and _CONDITION.search(content) and _REPRISAL.search(content):
        return "threaten"
    return kind


def conditional(content: str) -> bool:
    """Whether what is said holds only under a condition."""
    return _CONDITION.search(content) is not None


def outside(text: str, sentence: Range, taken: Sequence[Range]) -> list[Range]:
    """The stretches of a sentence that are the article's own words."""
    found: list[Range] = []
    at = sentence[0]
    for start, end in sorted(taken):
        if start > at:
            found.append((at, min(start, sentence[1])))
        at = max(at, end)
    if at < sentence[1]:
        found.append((at, sentence[1]))
    return [span for span in found if span[1] > span[0]]


def _first(pattern: re.Pattern[str], text: str, spans: Sequence[Range]) -> Range | None:
    for start, end in spans:
        hit = pattern.search(text, start, end)
        if hit:
            return hit.span()
    return None


def date_words(text: str, spans: Sequence[Range]) -> Range | None:
    """The words that tell when it was said."""
    return _first(_SAID, text, spans)


def venue(text: str, spans: Sequence[Range]) -> Range | None:
    """The words that tell where or in what it was said."""
    return _first(_VENUE, text, spans)


def hedge(text: str, spans: Sequence[Range]) -> Range | None:
    """The word by which the article keeps its distance."""
    return _first(_HEDGE, text, spans)
