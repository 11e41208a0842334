"""Suggestions as one record a line, in the shape in which hand codings are kept and scores are taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tracker.articles.proposals import Proposal, Span

if TYPE_CHECKING:
    from tracker.articles.document import Document
    from tracker.articles.suggest import Suggestions

_CONTENT = ("quote", "content", "inner", "sentence")
_MARK = 2
"""Code points of a quotation mark, at most."""
_TYPES = {"verbatim": "direct", "mixed": "mixed", "paraphrase": "indirect", "source_voice": "indirect"}


def as_record(doc_id: str, doc: Document, suggestions: Suggestions) -> dict[str, Any]:
    """One JSON object: doc_id, pub_date, sha256, quotes, noise, dates, actors, incidents.

    Offsets are code points, the end exclusive. A quotation of several stretches is several entries of one `group`.
    """
    quotes = [entry for number, one in enumerate(suggestions.statements) for entry in _quotes(doc, number, one)]
    return {
        "doc_id": doc_id,
        "pub_date": doc.published or None,
        "sha256": doc.sha256,
        "quotes": quotes,
        "noise": [{**_place(_main(one)), "kind": one.value.get("kind"), **_why(one)} for one in suggestions.noise],
        "dates": [_date(doc, one) for one in suggestions.dates],
        "actors": [_actor(doc, one) for one in suggestions.actors],
        "incidents": [_incident(one) for one in suggestions.incidents],
    }


def _quotes(doc: Document, number: int, one: Proposal) -> Iterator[dict[str, Any]]:
    value = one.value
    speaker, cue = (next(iter(one.spans.get(role, ())), None) for role in ("speaker", "cue"))
    for start, end in contents(one):
        yield {
            "group": value.get("group", number),
            "start": start,
            "end": end,
            "type": _type(one, start, end),
            **_stretch(doc, "speaker", speaker),
            "speaker_entity": speaker_name(one) or None,
            **_stretch(doc, "cue", cue),
            **_why(one),
        }


def _type(one: Proposal, start: int, end: int) -> str:
    """Direct, mixed or indirect: of a statement of several stretches each has its own."""
    told = str(one.value.get("type") or _TYPES.get(str(one.value.get("mode")), "direct"))
    if told != "mixed":
        return told
    marked = [span for span in one.spans.get("inner", ()) if start <= span[0] and span[1] <= end]
    if any(span[0] - start <= _MARK and end - span[1] <= _MARK + 1 for span in marked):
        return "direct"
    return "mixed" if marked else "indirect"


def contents(one: Proposal) -> Sequence[Span]:
    """The stretches that hold the words of a statement."""
    return next((one.spans[role] for role in _CONTENT if one.spans.get(role)), ())


def speaker_name(one: Proposal) -> str:
    """Who a statement is proposed to be of, as fully named as known; empty where nobody is."""
    told = one.value.get("speaker_entity") or one.value.get("speaker_name") or one.value.get("speaker") or ""
    return str(told.get("name") or "") if isinstance(told, dict) else str(told)


def _stretch(doc: Document, role: str, span: Span | None) -> dict[str, Any]:
    start, end = span if span else (None, None)
    words = doc.text[start:end] if span else None
    return {f"{role}_text": words, f"{role}_start": start, f"{role}_end": end}


def _date(doc: Document, one: Proposal) -> dict[str, Any]:
    span = _main(one)
    told = {name: one.value.get(name) or None for name in ("edtf", "alternative", "anchor", "rule")}
    return {
        **_place(span),
        "text": doc.text[span.start : span.end],
        **told,
        "confidence": one.confidence,
        "reason": one.reason,
    }


def _actor(doc: Document, one: Proposal) -> dict[str, Any]:
    spans = sorted({Span(*span) for found in one.spans.values() for span in found})
    return {
        "entity": one.value.get("name"),
        "type": one.value.get("kind") or None,
        "mentions": [{**_place(span), "text": doc.text[span.start : span.end]} for span in spans],
        "value": dict(one.value),
        **_why(one),
    }


def _incident(one: Proposal) -> dict[str, Any]:
    return {
        **dict(one.value),
        "spans": {role: [list(span) for span in found] for role, found in one.spans.items()},
        **_why(one),
    }


def _why(one: Proposal) -> dict[str, Any]:
    return {"confidence": one.confidence, "rule": one.rule, "reason": one.reason}


def _main(one: Proposal) -> Span:
    return Span(*next((spans[0] for spans in one.spans.values() if spans), (0, 0)))


def _place(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
