"""What a suggestion is about: its spans, the words that make it the same again, and the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tracker import text

Content = tuple[str, str, int]
"""What makes two suggestions the same in two texts: kind, folded words, and the how-manieth of these words it is."""

MAIN: Mapping[str, tuple[str, ...]] = {
    "statement": ("quote", "content", "sentence", "cue", "speaker"),
    "actor": ("name", "mention", "mentions"),
    "date": ("date", "words"),
    "incident": ("sentence", "trigger"),
}
"""The roles, best first, whose spans stand for a suggestion of a kind."""


def spans_of(spans: Any) -> Iterator[tuple[str, int, int]]:
    """Role, start and end of every span."""
    for role, stretches in (spans or {}).items():
        for start, end in stretches:
            yield role, int(start), int(end)


def main_spans(kind: str, spans: Any) -> list[tuple[int, int]]:
    """The spans that stand for a suggestion: those of its first role that has any."""
    for role in (*MAIN.get(kind, ()), *(spans or {})):
        if found := [(int(start), int(end)) for start, end in (spans or {}).get(role, ())]:
            return found
    return []


def extent(kind: str, spans: Any) -> tuple[int, int]:
    """From where to where the main spans of a suggestion reach; (0, 0) when it has none."""
    found = main_spans(kind, spans)
    return (min(start for start, _ in found), max(end for _, end in found)) if found else (0, 0)


def key(suggestion: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two suggestions the same in one text: kind, spans and value."""
    value = suggestion["value"] or {}
    plain = tuple(sorted((name, str(value[name])) for name in value))
    return (suggestion["kind"], tuple(sorted(spans_of(suggestion["spans"]))), plain)


def content(whole: str, suggestion: Mapping[str, Any]) -> Content:
    """What makes a suggestion the same in another edition or for another engine; an actor is known by its name."""
    kind = suggestion["kind"]
    if kind == "actor":
        return kind, text.fold(str((suggestion["value"] or {}).get("name", ""))), 0
    spans = main_spans(kind, suggestion["spans"])
    words = " ".join(whole[start:end] for start, end in spans)
    first = spans[0] if spans else (0, 0)
    return kind, text.fold(words), whole.count(whole[first[0] : first[1]], 0, first[0]) if spans else 0
