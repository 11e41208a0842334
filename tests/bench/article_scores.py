"""Scores suggestions against a hand coding, as the bench of articles needs them: spans, speakers, noise, aliases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

Record = Mapping[str, Any]
Unit = tuple[int, int, Mapping[str, Any]]
ALIKE = 0.8
"""The share of all their characters that two spans must have in common to be the same."""
_EDGE = "\"“”„‟«»'‘’` \t\u00a0\u200b.,;:!?…—–-()[]"
_TITLES = frozenset(
    [
        "the",
        "a",
        "an",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sen",
        "rep",
        "gov",
        "gen",
        "president",
        "jr",
        "sr",
        "he",
        "she",
        "they",
        "it",
        "who",
    ]
)


def f1(right: int, proposed: int, gold: int) -> float:
    """The harmonic mean of precision and recall, in percent."""
    return 200 * right / (proposed + gold) if proposed + gold else 0.0


def units(text: str, quotes: Iterable[Mapping[str, Any]], types: tuple[str, ...] = ("direct",)) -> list[Unit]:
    """The stretches of the records of some types, cut at line ends and stripped of marks, each once."""
    found: dict[tuple[int, int], Mapping[str, Any]] = {}
    for quote in quotes:
        if quote.get("type", "direct") in types:
            for start, end in _lines(text, quote["start"], quote["end"]):
                found.setdefault((start, end), quote)
    return [(start, end, quote) for (start, end), quote in sorted(found.items(), key=lambda one: one[0])]


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for part in re.finditer(r"[^\r\n]+", text[start:end]):
        first, last = start + part.start(), start + part.end()
        while first < last and text[first] in _EDGE:
            first += 1
        while last > first and text[last - 1] in _EDGE:
            last -= 1
        if last > first:
            yield first, last


def share(one: Sequence[Any], other: Sequence[Any]) -> float:
    """How much of what either of two spans covers both do."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0


def matched(gold: Sequence[Unit], found: Sequence[Unit]) -> list[tuple[Unit, Unit]]:
    """Pairs of the same span, the most alike first, each used once."""
    pairs = [(share(one, other), i, j) for i, one in enumerate(gold) for j, other in enumerate(found)]
    used: tuple[set[int], set[int]] = (set(), set())
    kept = []
    for alike, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if alike >= ALIKE and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            kept.append((gold[i], found[j]))
    return kept


def speaker_right(gold: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Whether two mentions overlap, or end in the same name."""
    ends = [(one.get("speaker_start"), one.get("speaker_end")) for one in (gold, found)]
    if None not in (ends[0][0], ends[1][0]) and share(ends[0], ends[1]) > 0:
        return True
    names = [_last_name(str(one.get("speaker_text") or "")) for one in (gold, found)]
    return bool(names[0]) and names[0] == names[1]


def _last_name(words: str) -> str:
    capitals = [word for word in re.findall(r"[^\W\d_][\w’'-]*", words) if word[0].isupper()]
    kept = [word for word in capitals if word.lower() not in _TITLES]
    return re.sub(r"['’]s?$", "", kept[-1]).lower() if kept else ""


def spans(gold: Sequence[Record], found: Mapping[str, Record], types: tuple[str, ...]) -> dict[str, float]:
    """overlap and joint F1 and joint precision, in percent, over all documents."""
    count: Counter[str] = Counter()
    for record in gold:
        wanted = units(record["text"], record["quotes"], types)
        given = units(record["text"], found[record["doc_id"]]["quotes"], types)
        pairs = matched(wanted, given)
        count["gold"] += len(wanted)
        count["found"] += len(given)
        count["span"] += len(pairs)
        count["joint"] += sum(speaker_right(one[2], other[2]) for one, other in pairs)
    return {
        "overlap": f1(count["span"], count["found"], count["gold"]),
        "joint": f1(count["joint"], count["found"], count["gold"]),
        "precision": 100 * count["joint"] / count["found"] if count["found"] else 0.0,
    }


def flagged(gold: Sequence[Record], found: Mapping[str, Record]) -> tuple[float, float]:
    """Percent of the captions and promotion lines that are noise, and of the paragraphs with statements that are."""
    noise = [(one, record) for record in gold for one in record["noise"] if one["kind"] in ("caption", "promo")]
    hit = sum(_is_noise(found[record["doc_id"]], one["start"], one["end"]) for one, record in noise)
    body = [
        (*part.span(), record)
        for record in gold
        for part in re.finditer(r"[^\n]+", record["text"])
        if _told(record, *part.span())
    ]
    wrong = sum(_is_noise(found[record["doc_id"]], start, end) for start, end, record in body)
    return 100 * hit / len(noise) if noise else float("nan"), 100 * wrong / max(1, len(body))


def _is_noise(found: Record, start: int, end: int) -> bool:
    kinds = ("caption", "promo", "pull_quote")
    return any(share((one["start"], one["end"]), (start, end)) > 0.5 for one in found["noise"] if one["kind"] in kinds)


def _told(record: Record, start: int, end: int) -> bool:
    return any(start <= quote["start"] < end for quote in record["quotes"])


def aliases(gold: Sequence[Record], found: Mapping[str, Record]) -> tuple[float, float]:
    """F1 and precision, in percent, of pairs of different names for one actor, over the names that both sides know."""
    right = given = wanted = 0
    for record in gold:
        theirs = [_wordings(actor, "kind") for actor in record.get("actors") or ()]
        ours = [_wordings(actor, "") for actor in found[record["doc_id"]]["actors"]]
        both = set().union(*theirs) & set().union(*ours)
        pairs = [{pair for names in side for pair in combinations(sorted(names & both), 2)} for side in (theirs, ours)]
        right += len(pairs[0] & pairs[1])
        wanted += len(pairs[0])
        given += len(pairs[1])
    return f1(right, given, wanted), 100 * right / given if given else 0.0


def _wordings(actor: Mapping[str, Any], kind: str) -> set[str]:
    named = [one for one in actor["mentions"] if not kind or one.get(kind) == "name"]
    return {re.sub(r"^the |['’]s?$", "", " ".join(one["text"].lower().split())) for one in named}
