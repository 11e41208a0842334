"""How a span stands to the text it is taken from, and how a text is held to the hash that pins it."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Mapping
from typing import Any

from tracker import text

CONTEXT = 24
"""Code points of prefix and suffix kept with a span (W3C TextQuoteSelector)."""

ENCODING = "text_encoding"
"""Under this key a source's `extra` names the encoding of the file its text came from, when that was not UTF-8."""

UNKNOWN_ENCODING = "other"
"""The encoding named when the file's bytes cannot be had back from the text, as with some of East Asia."""


def verdict(whole: str, span: Mapping[str, Any]) -> str:
    """How a span stands to its text: verified, normalized, truncated, elsewhere, spliced, altered or not_found."""
    start, end, exact = span["start"], span["end"], span["exact"]
    if not 0 <= start < end <= len(whole):
        return "truncated" if start < len(whole) else "not_found"
    there = whole[start:end]
    if exact in (None, "", there):
        return "verified"
    if text.fold(exact) == text.fold(there):
        return "normalized"
    if exact in whole:
        return "elsewhere"
    from tracker.store.rewording import judge

    return judge(whole, start, end, exact)


def selectors(whole: str, span: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a span as its text has them: words and context where they are missing, and the verdict."""
    start, end = span["start"], span["end"]
    found: dict[str, Any] = {"verdict": verdict(whole, span)}
    if found["verdict"] == "verified":
        found |= {"exact": whole[start:end], "prefix": whole[max(0, start - CONTEXT) : start]}
        found["suffix"] = whole[end : end + CONTEXT]
    return found


def rehash(whole: str, encoding: str) -> str | None:
    """The SHA-256 (hex) of the file that `whole` was read from in `encoding`; None when it cannot be had back."""
    data = _encoded(whole, encoding)
    return None if data is None else hashlib.sha256(data).hexdigest()


def _encoded(whole: str, encoding: str) -> bytes | None:
    # Python writes these in the order of this machine; a file may have the other.
    other_order = {
        "utf-16-swapped": ("utf-16-be", codecs.BOM_UTF16_BE),
        "utf-32-swapped": ("utf-32-be", codecs.BOM_UTF32_BE),
    }
    codec, mark = other_order.get(encoding, (encoding, b""))
    try:
        return mark + whole.encode(codec)
    except (LookupError, UnicodeError):
        return None


def encoding_to_keep(decoded: text.Decoded) -> str | None:
    """What to note about the encoding of an attached file so that its hash can be checked later; None for UTF-8."""
    for encoding in ("utf-8", decoded.encoding, f"{decoded.encoding}-swapped"):
        if rehash(decoded.text, encoding) == decoded.sha256:
            return None if encoding == "utf-8" else encoding
    return UNKNOWN_ENCODING
