"""The parts of a condition that must all hold, and what they say of where a list in order of date begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.store.listing import Listing

_STARTS_BY = re.compile(r"(t\.\w+) <= \? OR \(\1 IS NULL AND t\.\w+ IS NOT NULL\)")
_LISTED = "t.id IN (SELECT "


def conjuncts(sql: str) -> Iterator[str]:
    """The pieces of `sql` that stand next to AND alone, from left to right, without their outer parentheses.

    A BETWEEN falls apart into two pieces; together the pieces hold every `?` once, in order.
    """
    pieces = _split(_bare(sql), " AND ")
    if len(pieces) == 1 or len(_split(_bare(sql), " OR ")) > 1:
        yield _bare(sql)
        return
    for piece in pieces:
        yield from conjuncts(piece)


def lists(listing: Listing) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The queries, with their parameters, for lists of ids in which every match of the filter must be."""
    place = 0
    for piece in conjuncts(listing.condition):
        count = piece.count("?")
        query = piece.removeprefix("t.id IN ")
        if piece.startswith(_LISTED) and _bare(query) != query:
            yield _bare(query), listing.parameters[place : place + count]
        place += count


def _bare(sql: str) -> str:
    """`sql` without parentheses around the whole of it."""
    while sql.startswith("(") and next(place for place, depth in _depths(sql) if depth == 0) == len(sql) - 1:
        sql = sql[1:-1]
    return sql


def _depths(sql: str) -> Iterator[tuple[int, int]]:
    """(place, open parentheses after it) for each character outside of quotes."""
    depth, quoted = 0, False
    for place, char in enumerate(sql):
        if char == "'":
            quoted = not quoted
        elif not quoted:
            depth += (char == "(") - (char == ")")
            yield place, depth


def _split(sql: str, word: str) -> list[str]:
    """`sql` cut at each `word` outside of parentheses and quotes."""
    start, pieces = 0, []
    for place, depth in _depths(sql):
        if depth == 0 and sql.startswith(word, place):
            pieces.append(sql[start:place])
            start = place + len(word)
    return [*pieces, sql[start:]]


def starts_by(listing: Listing) -> object:
    """The greatest value that the first key can have in this list, unless unknown; None when nothing is said of it.

    The filter lets unknown starts through beside it, and with that keeps the planner from using the index.
    """
    place = 0
    for piece in conjuncts(listing.condition):
        match = _STARTS_BY.fullmatch(piece)
        if match and listing.keys[:1] == (match[1],):
            return listing.parameters[place]
        place += piece.count("?")
    return None
