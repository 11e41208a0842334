"""A newer edition of an article: its evidence anchored in the new text, and the decisions that were made on the old."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from tracker.errors import UsageError
from tracker.store.ledger import Act
from tracker.store.rewording import Words, context_of, locate
from tracker.store.spans import CONTEXT
from tracker.store.suggesting import Content, content, main_spans

FATES = ("verified", "moved", "normalized", "altered", "orphaned")
"""What becomes of a piece of evidence in a newer edition, the best first; one that moved is verified there."""

_RECORDS = ("statement", "actor", "incident")
_AROUND = 16
"""Code points on each side by which one mention of a name is told from another."""

_FEW, _TELLING = 4, 3
"""Fewer words than this stand in many places: so many code points next to them must be those of the older text."""

_SAME = 0.8
"""A suggestion whose words overlap so much with those a record rests on is that record."""

_HALF = 0.5

Span = tuple[int, int]
Coded = dict[str, dict[int, list[Span]]]
"""By kind of record and id: the stretches that the record rests on."""


def newest(act: Act, source_id: int) -> int:
    """The newest edition of a source: itself, or the last in the chain of those that supersede it."""
    if act.fetch("source", source_id)["deleted_at"]:
        raise UsageError(f"SRC-{source_id}: was deleted; “undo” brings it back")
    met = {source_id}
    while later := [row["id"] for row in act.where("source", supersedes_id=source_id) if row["id"] not in met]:
        source_id = later[-1]
        met.add(source_id)
    return source_id


def reanchor(act: Act, older: int, newer: int, whole: str) -> dict[str, int]:
    """Anchor the evidence of the older edition in the text of the newer one; gives back how many fared how.

    The older edition keeps its evidence. In the newer one each piece stands where its words are found: at the same
    place, elsewhere by their context, in another spelling, or reworded; else it is orphaned, and shown as that. What
    the older piece supports rests on the newer one as well.
    """
    before = act.fetch("source", older)["text"] or ""
    words, fates = Words(whole), Counter[str]()
    for span in act.where("evidence", source_id=older):
        fate, columns = anchored(words, before, span)
        saved = act.add("evidence", {**columns, "source_id": newer, "role": span["role"]})
        for citation in act.where("citation", evidence_id=span["id"]):
            cited = {name: citation[name] for name in citation if name.endswith("_id") and name != "batch_id"}
            act.add("citation", cited | {"evidence_id": saved.id, "field": citation["field"]})
        fates[fate] += 1
    return {fate: fates[fate] for fate in FATES if fates[fate]}


def anchored(words: Words, before: str, span: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """What became of a piece of evidence in another text, and its columns there."""
    whole, start, end = words.whole, span["start"], span["end"]
    exact = span["exact"] or before[start:end]
    context: dict[str, str] = {"prefix": span["prefix"] or "", "suffix": span["suffix"] or ""}
    if exact and whole[start:end] == exact and whole[:start].endswith(context["prefix"]):
        return "verified", _standing(whole, start, end, exact, "verified")

    few = len(exact.split()) < _FEW

    def free(first: int, last: int) -> bool:
        if few and context_of(whole, (first, last), context["prefix"], context["suffix"]) < _TELLING:
            return False
        return not _of_another(before, whole, (first, last), (start, end))

    found = locate(words, exact, near=start, prefix=context["prefix"], suffix=context["suffix"], free=free)
    if found is None:
        # Where it was: the words are kept, and that they do not stand in this text is said.
        kept = {"start": start, "end": end, "exact": exact or None, **context, "verdict": "orphaned"}
        return "orphaned", kept
    verdict = {"exact": "verified", "normalized": "normalized", "fuzzy": "altered"}[found.how]
    fate = "moved" if verdict == "verified" and found.start != start else verdict
    return fate, _standing(whole, found.start, found.end, exact, verdict)


def _of_another(before: str, whole: str, found: tuple[int, int], own: tuple[int, int]) -> bool:
    """Whether a stretch, with the words before or after it, stood in the older text already, but not at its place."""
    others = False
    for first, last in ((max(0, found[0] - _AROUND), found[1]), (found[0], found[1] + _AROUND)):
        around, at = whole[first:last], -1
        while (at := before.find(around, at + 1)) >= 0:
            start = at + found[0] - first
            if start < own[1] and own[0] < start + found[1] - found[0]:
                return False
            others = True
    return others


def _standing(whole: str, start: int, end: int, exact: str, verdict: str) -> dict[str, Any]:
    return {
        "start": start, "end": end, "exact": exact, "prefix": whole[max(0, start - CONTEXT) : start],
        "suffix": whole[end : end + CONTEXT], "verdict": verdict,
    }  # fmt: skip


def decided(act: Act, source_id: int) -> dict[Content, Mapping[str, Any]]:
    """The decisions on a source's suggestions by what they were about."""
    whole = act.fetch("source", source_id)["text"] or ""
    rows = (row for row in act.where("suggestion", source_id=source_id) if row["status"] != "pending")
    return {content(whole, row): row for row in rows}


def coded(act: Act, source_id: int) -> Coded:
    """What records rest on in a source: those that were coded before its suggestions came."""
    found: Coded = {kind: {} for kind in _RECORDS}
    for span in act.where("evidence", source_id=source_id):
        for citation in act.where("citation", evidence_id=span["id"]):
            kind = next((kind for kind in _RECORDS if citation[f"{kind}_id"] is not None), None)
            if kind and citation["field"] in (None, "quote", "paraphrase", "name"):
                spans = found[kind].setdefault(citation[f"{kind}_id"], [])
                spans.append((span["start"], span["end"]))
    return found


def made_from(act: Act, there: Coded, suggestion: Mapping[str, Any]) -> dict[str, object]:
    """The columns of a suggestion whose words a record rests on already: it needs no decision any more."""
    kind, own = suggestion["kind"], main_spans(suggestion["kind"], suggestion["spans"])
    if kind == "statement":
        own = [(start, end) for start, end in (suggestion["spans"] or {}).get("inner", own)]
    shared: dict[int, int] = {}
    for record_id, spans in there.get(kind, {}).items():
        pairs = [(one, other) for one in own for other in spans if _shared(one, other) > 0]
        if kind == "actor" and any(_alike(one, other) for one, other in pairs):
            return _decided_as(act, kind, record_id)
        # What reaches far beyond the words, as a paragraph that tells of them, does not code them.
        shared[record_id] = sum(_shared(*pair) for pair in pairs if _shared(*pair) >= _HALF * (pair[1][1] - pair[1][0]))
    wide = sum(end - start for start, end in own)
    if kind == "actor" or not shared or sum(shared.values()) < _SAME * max(wide, 1):
        return {}
    return _decided_as(act, kind, max(shared, key=lambda record_id: shared[record_id]))


def _decided_as(act: Act, kind: str, record_id: int) -> dict[str, object]:
    return {"status": "accepted", "made_uid": act.fetch(kind, record_id)["uid"]}


def _shared(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _alike(one: Span, other: Span) -> bool:
    return _shared(one, other) >= _SAME * max(one[1] - one[0], other[1] - other[0])


def told(fates: Mapping[str, int]) -> str:
    """What became of the evidence of an older edition, in words."""
    if not fates:
        return ""
    named = ", ".join(f"{count:,} {fate}" for fate, count in fates.items())
    return f"evidence of the older edition: {named}"
