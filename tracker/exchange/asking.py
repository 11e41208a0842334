"""Filters as people type them: a country may be named, though records hold its code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from tracker.model.fields import Kind
from tracker.store.query import Filter, parse
from tracker.store.query.nodes import Test, leaves

_FIELD = "country"


def asked(kind: Kind, text: str, *, today: date | None = None) -> Filter:
    """`parse`, in which the English name of a country also means its ISO 3166 alpha-3 code; raises as it does."""
    chosen = parse(kind, text, today=today)
    coded = text
    # From the end on, so that the places before it still hold.
    for test in sorted(_of_countries(text), key=lambda one: one.value.start, reverse=True):
        if code := _code(test.value.text):
            start, end = test.value.start, test.value.end
            both = "AND" if test.operator == "!=" else "OR"
            coded = f"{coded[:start]}({code} {both} {coded[start:end]}){coded[end:]}"
    return chosen if coded == text else replace(parse(kind, coded, today=today), text=text)


def hint(text: str) -> str:
    """What to say of a filter that found nothing and asks for a country by what is neither a code nor a name; or ""."""
    for test in _of_countries(text):
        word = test.value.text
        if not _code(word) and word.upper() not in _codes().values():
            return f"“{word[:40]}” is no country that is known; a country is written as ISO 3166 alpha-3, such as IRQ"
    return ""


def _of_countries(text: str) -> Iterator[Test]:
    if _FIELD not in text.lower():
        return
    from tracker.store.query.grammar import read

    for leaf in leaves(read(text)):
        if not isinstance(leaf, Test) or leaf.field.lower() != _FIELD or leaf.value.prefix:
            continue
        if leaf.value.keyword not in ("known", "unknown"):
            yield leaf


def _code(name: str) -> str:
    from tracker.exchange.countries import folded

    return _codes().get(folded(name), "")


@cache
def _codes() -> dict[str, str]:
    """The alpha-3 code by each folded name."""
    from tracker.exchange.countries import folded, rows

    found: dict[str, str] = {}
    for row in rows():
        names = (*row["names"].split("|"), row["ged_name"], row["gtd_name"])
        found |= {folded(name): row["iso3"] for name in names if name and row["iso3"]}
    return found
