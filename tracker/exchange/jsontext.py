"""JSON as text in which nothing can control a terminal or reorder what stands there."""

from __future__ import annotations

import re

_UNSAFE = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def inert(document: str) -> str:
    """The same JSON with DEL, C1 and bidirectional controls as escapes (RFC 8259, section 7).

    They can only stand within strings, so that what is read back is exactly the same; C0 is escaped in any JSON.
    """
    if document.isprintable():
        return document
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", document)
