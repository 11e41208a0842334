"""Covers quotations with signs that are no letters, so that sentences and clauses can be read around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.articles.quotes import Quote

COVER = "\ue000"
FULL_STOP = "\ue001"
"""Last sign of a covered quotation that ends as a sentence does."""
ASKED = "\ue002"
"""Last sign of one that ends in a question or an exclamation."""
COMMA = "\ue003"
"""Last sign of one that ends in a comma: who says it should follow."""
COVERS = COVER + FULL_STOP + ASKED + COMMA

_FOREIGN = {ord(sign): " " for sign in COVERS}
_HAS_FOREIGN = re.compile(f"[{COVERS}]")
_LAST = {".": FULL_STOP, "…": FULL_STOP, "?": ASKED, "!": ASKED, ",": COMMA}


def masked(text: str, quotes: Sequence[Quote]) -> str:
    """The text with each quotation and its marks covered; as long as the text, so offsets stay true."""
    if _HAS_FOREIGN.search(text):
        text = text.translate(_FOREIGN)
    pieces: list[str] = []
    at = 0
    for quote in quotes:
        if quote.start < at:
            continue
        pieces += (text[at : quote.start], COVER * (quote.end - quote.start - 1), last_sign(text, quote))
        at = quote.end
    pieces.append(text[at:])
    return "".join(pieces)


def last_sign(text: str, quote: Quote) -> str:
    """The sign that tells how a quotation ends: the character before its closing mark decides, blanks apart."""
    inner = text[max(quote.inner_start, quote.inner_end - 4) : quote.inner_end].rstrip(" \u00a0'’\"”)]")
    return _LAST.get(inner[-1:], COVER)
