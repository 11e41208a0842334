"""Texts and the spans that rest on them: pinning a text by its hash, and finding quoted words in it."""

from __future__ import annotations

from typing import Any

from tracker import text
from tracker.errors import Conflict, Refused
from tracker.store.ledger import Act, Saved
from tracker.store.spans import ENCODING, encoding_to_keep, selectors

__all__ = ["attach", "rest_on_text", "selectors"]


def attach(act: Act, source_id: int, decoded: text.Decoded) -> tuple[Saved, int, int]:
    """Give a source its text; its spans are checked and those without words are filled in.

    Gives back (source, spans that are good, spans in all). Raises Refused when the text is not the pinned one.
    """
    source = act.fetch("source", source_id)
    ref = f"SRC-{source_id}"
    if source["sha256"] and source["sha256"] != decoded.sha256:
        raise Refused(
            f"{ref}: this is another text: its SHA-256 is {decoded.sha256[:12]}…, not {source['sha256'][:12]}…"
        )
    if source["text"] is not None and source["text"] != decoded.text:
        raise Conflict(f"{ref}: has another text, and a stored text is never edited; add a source that supersedes it")
    pinned: dict[str, Any] = {"text": decoded.text, "sha256": decoded.sha256}
    if encoding := encoding_to_keep(decoded):
        pinned["extra"] = (source["extra"] or {}) | {ENCODING: encoding}
    saved = act.edit("source", source_id, pinned, version=None)
    good = 0
    spans = act.where("evidence", source_id=source_id)
    for span in spans:
        found = selectors(decoded.text, span)
        good += found["verdict"] == "verified"
        act.edit("evidence", span["id"], found, version=None)
    return saved, good, len(spans)


def rest_on_text(act: Act, statement_id: int) -> int:
    """Give a verbatim statement its span when the text of its source holds its words; gives back how many were made."""
    statement = act.fetch("statement", statement_id)
    quote, source_id = statement["quote"], statement["source_id"]
    if not quote or source_id is None or act.where("citation", statement_id=statement_id):
        return 0
    whole = act.fetch("source", source_id)["text"] or ""
    start = whole.find(quote)
    if start < 0:
        return 0
    span = {"source_id": source_id, "start": start, "end": start + len(quote), "exact": quote}
    known = act.where("evidence", source_id=source_id, start=start, end=start + len(quote))
    evidence_id = known[0]["id"] if known else act.add("evidence", span | selectors(whole, span)).id
    act.add("citation", {"evidence_id": evidence_id, "statement_id": statement_id, "field": "quote"})
    return 1
