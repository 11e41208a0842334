"""What one cell of a list says: stored values, or NULL for unknown, become short words for people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tracker.model import codes
from tracker.model.uncertain import short_of

UNKNOWN = "–"
SAYING = (("states", "state"), ("claims", "claim"), ("accuses", "accuse"), ("denies", "deny"), ("doubts", "doubt"))
"""The stances in the order in which they are counted, with the verb for a number of speakers."""
OWN_VOICE = "own voice"
"""Who speaks where nobody is named."""

Values = Sequence[Any]


def plain(values: Values) -> str:
    """The first value that is known, as it stands."""
    return next((str(value) for value in values if value not in (None, "")), UNKNOWN)


def date(values: Values) -> str:
    """An uncertain date from its EDTF."""
    return short_of(values[0])


def yes(values: Values) -> str:
    """A yes or nothing: what was never asked looks like a no in a list."""
    return "yes" if values[0] else UNKNOWN


def real(values: Values) -> str:
    """A decimal number without trailing zeros."""
    return UNKNOWN if values[0] is None else f"{values[0]:.10g}"


def stamp(values: Values) -> str:
    """A moment, to the minute."""
    return UNKNOWN if not values[0] else str(values[0])[:16].replace("T", " ")


def data(values: Values) -> str:
    """JSON, on one line."""
    if values[0] is None:
        return UNKNOWN
    return values[0] if isinstance(values[0], str) else json.dumps(values[0], ensure_ascii=False)


def code_list(name: str, value: str | None) -> str:
    """The labels of codes that are stored in one text."""
    return ", ".join(codes.label(name, part.strip()) for part in value.split(";") if part.strip()) if value else UNKNOWN


def figure(values: Values) -> str:
    """A number of people from (low, best, high): “–” not reported, “2+”, “2–5”, “≤5”, “3 (2–5)”."""
    low, best, high = values
    around = _range(low, high)
    if best is None:
        return around or UNKNOWN
    if (low is None or low == best) and (high is None or high == best):
        return f"{best:,}"
    return f"{best:,} ({_range(None if low == best and high is None else low, high)})"


def _range(low: int | None, high: int | None) -> str:
    if low is None:
        return "" if high is None else f"≤{high:,}"
    if high is None:
        return f"{low:,}+"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def says(values: Values) -> str:
    """Who speaks of the perpetrators: named speakers by stance, and the source's own voice when nobody is named.

    `values` is one text: the number of speakers for each stance of `SAYING`, then the rows without a speaker.
    """
    counts = [int(count) for count in values[0].split()]
    parts = [f"{count:,} {verb}" for count, (_, verb) in zip(counts, SAYING, strict=False) if count]
    if counts[-1]:
        parts.append(OWN_VOICE)
    return " · ".join(parts) or UNKNOWN


def words(values: Values) -> str:
    """A statement: its quote in quotation marks, else what is said in the coder's words."""
    quote, paraphrase = values
    return f"“{quote}”" if quote else paraphrase or UNKNOWN


JOINED = 100
"""So many names of related records stand in one cell; “…” stands for those that are left out."""


def joined(values: Values) -> str:
    """Names that the database joined, at most `JOINED` of them."""
    if not values[0]:
        return UNKNOWN
    text = str(values[0])
    if text.count("; ") < JOINED:
        return text
    return "; ".join([*text.split("; ")[:JOINED], "…"])


def at_least(values: Values) -> str:
    """A number counted up to a limit, from the text “found rows”: “832+” when `COUNTED` rows were looked at."""
    found, rows = (int(part) for part in values[0].split())
    return f"{found:,}+" if rows >= COUNTED else f"{found:,}"


COUNTED = 1_000
"""So many links of an actor are looked at for a cell of a list; its own page counts them all."""


def text_kept(values: Values) -> str:
    """Whether a source's text is here, or only its hash: (has text, sha256)."""
    has_text, sha256 = values
    return "attached" if has_text else "pinned" if sha256 else UNKNOWN
