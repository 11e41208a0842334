"""Who is said to have done it, by whom, and how surely: blame, claims, denials, and the words that hedge them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from tracker.articles import blamed
from tracker.articles.blamed import Phrase

if TYPE_CHECKING:
    from tracker.articles.names import NameIndex

_DID = (
    r"(?:carried out|conducted|launched|committed|perpetrated|staged|orchestrated|fired|planted|mounted|masterminded)"
)
_HEDGED = re.compile(
    r"\b(?P<hedge>(?:believed|thought|suspected|alleged|reported|understood|presumed|assumed|said) to (?:have been|be)|"
    rf"allegedly|reportedly|apparently|purportedly)[ \u00a0](?:{_DID} by|the work of)[ \u00a0]"
)
_DONE_BY = re.compile(rf"\b(?:{_DID}|ordered)[ \u00a0]by[ \u00a0]")
_BLAMED_ON = re.compile(
    r"\b(?P<cue>blam(?:ed|es|ing)|laid|lays|pinned|pins|put|puts)\b(?P<what>[^.;:]{0,90}?)"
    r"[ \u00a0](?:on|at the door of|down to)[ \u00a0]"
)
_BLAMED = re.compile(r"\b(?P<cue>blam(?:ed|es|ing))[ \u00a0](?P<who>[^.;:]{2,90}?)(?=[ \u00a0](?:for|over)\b|[.,;]|$)")
_ACCUSED = re.compile(r"\b(?P<cue>accus(?:ed|es|ing))[ \u00a0](?P<who>[^.;:]{2,90}?)[ \u00a0]of[ \u00a0](?P<what>\w+)")
_POINTED = re.compile(
    r"\b(?P<hedge>point(?:ed|s|ing) (?:the finger at|to|at)|traced (?:back )?to|led back to|leads back to|linked to|"
    r"attributed to)[ \u00a0]"
)
_CLAIMED = re.compile(
    r"\b(?P<cue>claim(?:ed|s|ing)) (?:\w+ )?responsibility\b|\bsaid (?:it|they) (?:was|were) behind\b"
)
_CLAIMED_BY = re.compile(
    r"\b(?:was|were|been)[ \u00a0]claimed[ \u00a0]by[ \u00a0]|responsibility (?:was|were) claimed by[ \u00a0]"
)
_DENIED = re.compile(
    r"\b(?P<cue>den(?:ied|ies|ying)) (?:any |all )?"
    r"(?:involvement|responsibility|role|part|having|carrying|being behind|attacking|bombing|that)\b"
)
_NO_CLAIM = re.compile(
    r"\bno (?:\w+ ){0,2}claims? of responsibility|"
    r"\bno (?:one|group|organisation|organization|armed group|faction)\b[^.;]{0,30}\bclaimed|"
    r"\b(?:not|nobody|none)\b[^.;]{0,24}\bclaimed (?:\w+ )?responsibility",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"[^.;]{0,24}?[ \u00a0](?P<word>notably|chiefly|including|especially|particularly|mainly|such as)[ \u00a0]"
)
_PARTIAL = re.compile(r"\b(?:several|some|many|most|both|two|three|part) of (?:which|whom|them|the)\b", re.IGNORECASE)
_SUSPECTED = re.compile(r"\b(?:suspected|alleged|presumed|apparent)\b", re.IGNORECASE)
_PROXY = re.compile(
    r"^(?P<sponsor>[A-Z][\w .-]{1,40}?)['’]s?[ \u00a0](?:\w+[ \u00a0]){0,2}?"
    r"(?:prox(?:y|ies)|puppets?|mercenar(?:y|ies)|errand boys)\b"
)
_BASES = (
    ("intelligence", re.compile(r"\bintelligence\b", re.IGNORECASE)),
    ("forensic", re.compile(r"\b(?:forensic|fragments?|ballistics?)\b", re.IGNORECASE)),
    ("witness", re.compile(r"\b(?:eye)?witness(?:es)?\b", re.IGNORECASE)),
)


class Blame(NamedTuple):
    """One actor's part in an event, as worded.

    `role`, `stance`, `hedge` and `basis` are codes of the lists of an involvement; `cue` is where the verb stands whose
    subject asserts it, or −1 where the text names nobody.
    """

    actor: Phrase
    role: str
    stance: str
    hedge: str
    hedge_words: str
    basis: tuple[str, ...]
    cue: int
    at: int


def blames(text: str, start: int, end: int, index: NameIndex) -> list[Blame]:
    """Who is blamed, claims or denies in the sentence text[start:end]."""
    found: list[Blame] = []
    for blame in _all(text, start, end, index):
        if not any(blame.actor.start < known.actor.end and known.actor.start < blame.actor.end for known in found):
            found.append(blame)
    return [*found, *(sponsor for blame in found if (sponsor := _sponsor(blame)))]


def no_claim(text: str, start: int, end: int) -> bool:
    """Whether the sentence says that nobody claims responsibility."""
    return _NO_CLAIM.search(text, start, end) is not None


def _all(text: str, start: int, end: int, index: NameIndex) -> Iterator[Blame]:
    for match in _HEDGED.finditer(text, start, end):
        yield from _made(text, match, match.end(), end, index, hedge="hedged", words=match["hedge"], cue=-1)
    for match in _ACCUSED.finditer(text, start, end):
        yield from _made(text, match, match.start("who"), match.end("who"), index)
    yield from _blamed(text, start, end, index)
    for match in _POINTED.finditer(text, start, end):
        yield from _pointed(text, start, match, end, index)
    yield from _owned(text, start, end, index)
    for match in _DONE_BY.finditer(text, start, end):
        hedge, words = _doubt(text, match.end())
        yield from _made(text, match, match.end(), end, index, stance="states", cue=-1, hedge=hedge, words=words)


def _blamed(text: str, start: int, end: int, index: NameIndex) -> Iterator[Blame]:
    """“blamed it on X”, “laid it at the door of X” and “blamed X for it”; perhaps only of some of several events."""
    for match in _BLAMED_ON.finditer(text, start, end):
        if match["cue"].startswith("blam") or re.search("door|down", text[match.end("what") : match.end()]):
            hedge, words = _part(text, start, match.start())
            yield from _made(text, match, match.end(), end, index, hedge=hedge, words=words)
    for match in _BLAMED.finditer(text, start, end):
        if not _BLAMED_ON.match(text, match.start(), end):
            hedge, words = _part(text, start, match.start())
            yield from _made(text, match, match.start("who"), match.end("who"), index, hedge=hedge, words=words)


def _part(text: str, start: int, at: int) -> tuple[str, str]:
    partial = _PARTIAL.search(text, max(start, at - 40), at)
    return ("partial", partial.group()) if partial else ("none", "")


def _doubt(text: str, at: int) -> tuple[str, str]:
    doubt = _SUSPECTED.match(text, at)
    return ("hedged", doubt.group()) if doubt else ("none", "")


def _made(
    text: str,
    match: re.Match[str],
    at: int,
    end: int,
    index: NameIndex,
    *,
    stance: str = "accuses",
    hedge: str = "none",
    words: str = "",
    cue: int | None = None,
) -> Iterator[Blame]:
    by = match.start() if cue is None else cue
    for actor in blamed.after(text, at, end, index):
        yield Blame(actor, "perpetrator", stance, hedge, words, (), by, match.start())


def _pointed(text: str, start: int, match: re.Match[str], end: int, index: NameIndex) -> Iterator[Blame]:
    """Evidence points to somebody, and among them to some by name; the evidence is the basis."""
    basis = tuple(code for code, pattern in _BASES if pattern.search(text, start, match.start()))
    if not basis and "point" not in match["hedge"] and "attrib" not in match["hedge"]:
        return
    actors = blamed.after(text, match.end(), end, index)
    words = match["hedge"]
    if actors and (among := _AMONG.match(text, actors[-1].end, end)):
        for actor in blamed.after(text, among.end(), end, index):
            yield Blame(
                actor,
                "perpetrator",
                "accuses",
                "hedged",
                f"{words} … {among['word']}",
                basis,
                match.start(),
                match.start(),
            )
    for actor in actors:
        yield Blame(actor, "perpetrator", "accuses", "hedged", words, basis, match.start(), match.start())


def _owned(text: str, start: int, end: int, index: NameIndex) -> Iterator[Blame]:
    """Claims and denials: who makes them is who they are about."""
    if no_claim(text, start, end):
        return
    for pattern, stance in ((_CLAIMED, "claims"), (_DENIED, "denies")):
        for match in pattern.finditer(text, start, end):
            actor = blamed.before(text, start, match.start(), index)
            if actor:
                yield Blame(actor, "perpetrator", stance, "none", "", (), match.start(), match.start())
    for match in _CLAIMED_BY.finditer(text, start, end):
        yield from _made(text, match, match.end(), end, index, stance="claims")


def _sponsor(blame: Blame) -> Blame | None:
    """Who stands behind “Iran’s proxies”: blamed at one remove."""
    proxy = _PROXY.match(blame.actor.words)
    if proxy is None:
        return None
    first = blame.actor.start
    return blame._replace(
        actor=Phrase(proxy["sponsor"], proxy["sponsor"], first, first + proxy.end("sponsor")), role="sponsor"
    )
