"""The part of a check that holds stored texts to their hashes and spans of evidence to their texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tracker.store import check_quotes
from tracker.store.check_report import Finding, Problem, wrong
from tracker.store.database import Reader
from tracker.store.spans import ENCODING, UNKNOWN_ENCODING, rehash, verdict

TEXTS, SPANS = "texts", "spans"
_BLOCK = 20
"""Sources read at once: a text may be long."""

_SPAN = ("id", "start", "end", "exact", "prefix", "suffix", "verdict")
_FAULTS = {
    "truncated": "the text at {start}–{end} holds only a part of its words",
    "elsewhere": "its words stand elsewhere in the text, not at {start}–{end}",
    "not_found": "its words do not stand in the text",
    "altered": "its words do not stand in the text, which has others",
    "spliced": "its words do not stand in the text as one: words between them are left out",
}
_SHOWN = ("truncated", "altered", "spliced")
"""What is shown word by word: [-what the evidence says-] {+what the text says+}."""


def texts(reader: Reader, source: int | None) -> Iterator[Finding]:
    """Every text and every span of it, or those of one source."""
    one, last = ("AND id = ?", (source,)) if source is not None else ("", ())
    columns = "id, sha256, extra, supersedes_id, text"
    query = f"SELECT {columns} FROM source WHERE deleted_at IS NULL {one} AND id > ? ORDER BY id LIMIT ?"
    after = 0
    while block := reader.rows(query, (*last, after, _BLOCK)):
        for record_id, sha256, extra, older, whole in block:
            if whole is not None:
                yield from _hash(record_id, sha256, extra, whole)
            yield from _spans(reader, record_id, whole, older)
            if whole is not None:
                yield from check_quotes.quotes(reader, record_id, whole)
        after = block[-1][0]


def _hash(record_id: int, sha256: str | None, extra: Any, whole: str) -> Iterator[Finding]:
    ref = f"SRC-{record_id}"
    if not sha256:
        yield wrong(TEXTS, ref, "has a text, but no SHA-256 that pins it", "warning")
        return
    noted = json.loads(extra) if isinstance(extra, str) else extra
    encoding = noted.get(ENCODING, "utf-8") if isinstance(noted, dict) else "utf-8"
    found = None if encoding == UNKNOWN_ENCODING else rehash(whole, str(encoding))
    if found == sha256:
        yield Finding(TEXTS, 1)
    elif found is None:
        yield wrong(
            TEXTS, ref, "its hash is not recomputable: the file was not UTF-8; attach the file again", "unchecked"
        )
    else:
        yield Finding(TEXTS, 1)
        told = f"its text is not the one that was attached: SHA-256 {found[:12]}…, pinned is {sha256[:12]}…"
        yield wrong(TEXTS, ref, told)


def _spans(reader: Reader, source: int, whole: str | None, older: int | None) -> Iterator[Finding]:
    if whole is None:
        query = "SELECT count(*) FROM evidence WHERE source_id = ? AND deleted_at IS NULL"
        if count := reader.rows(query, (source,))[0][0]:
            told = f"{count:,} span{'s' * (count != 1)} not checked: SRC-{source} has no text; "
            told += f"attach it with “tracker attach SRC-{source} FILE”"
            yield Finding(SPANS, problem=Problem("unchecked", f"SRC-{source}", told), sort=SPANS, spans=count)
        return
    columns = ", ".join(f'"{name}"' for name in _SPAN)
    query = f"SELECT {columns} FROM evidence WHERE source_id = ? AND deleted_at IS NULL ORDER BY start, id"
    for row in reader.rows(query, (source,)):
        yield from _span(whole, dict(zip(_SPAN, row, strict=True)), older)


def _span(whole: str, span: dict[str, Any], older: int | None) -> Iterator[Finding]:
    ref, found = f"E-{span['id']}", verdict(whole, span)
    if found != "verified":
        yield Finding(SPANS, 1, spans=1)
        if found == "normalized":
            yield wrong(SPANS, ref, "its words stand in the text in another spelling", "warning")
        elif older is not None and span["verdict"] in ("altered", "orphaned"):
            yield wrong(SPANS, ref, _since(whole, span, found, older), "warning")
        else:
            yield wrong(SPANS, ref, _fault(whole, span, found))
        return
    if not span["exact"]:
        yield Finding(SPANS, spans=1)
        yield wrong(SPANS, ref, "holds no words that could be held against the text; attach it again", "unchecked")
        return
    before, after = span["prefix"] or "", span["suffix"] or ""
    stands = whole[: span["start"]].endswith(before) and whole.startswith(after, span["end"])
    yield Finding(SPANS, 1, spans=1, good_spans=int(stands))
    if not stands:
        yield wrong(SPANS, ref, "the words kept from before or after it are not those of the text")


def _fault(whole: str, span: dict[str, Any], found: str) -> str:
    if span["end"] > len(whole) or not 0 <= span["start"] < span["end"]:
        return "reaches past the end of its text" if found == "truncated" else _FAULTS["not_found"]
    told = _FAULTS[found].format(**span)
    return f"{told}: {_difference(whole, span)}" if found in _SHOWN else told


def _difference(whole: str, span: dict[str, Any]) -> str:
    from tracker.store.rewording import difference, nearest, shown

    start, end, exact = span["start"], span["end"], span["exact"]
    return shown(difference(exact, nearest(whole, start, end, exact)))


def _since(whole: str, span: dict[str, Any], found: str, older: int) -> str:
    """What a newer edition did to words of the older one; its own evidence tells it already, so nothing is wrong."""
    if span["verdict"] == "orphaned":
        return f"orphaned: these words of SRC-{older} do not stand in this edition: “{span['exact']}”"
    if found == "not_found":
        return f"reworded since SRC-{older}: “{span['exact']}”"
    return f"reworded since SRC-{older}: {_difference(whole, span)}"
