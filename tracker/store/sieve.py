"""Full text tried on a few records only, so that a word that most records hold costs no more than a rare one."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

from tracker.store.database import Reader, sqlite_module
from tracker.store.listing import Listing

WINDOW = 256
"""So many records are tried: enough to fill a screen when one in five matches."""
_SHORT = frozenset({"incident", "statement"})
"""Kinds with many records and short texts; to read an article's text again costs more than it saves."""


def sieved(reader: Reader, listing: Listing, count: int) -> list[int]:
    """The matches among the first `WINDOW` records of the list, at most `count`.

    FTS5 can only list all rows that hold a word, in the order of their ids. So the texts of these few records are put
    into a full-text table of their own, in memory, and asked the same.
    """
    names, keys = listing.named_keys
    table, searched = listing.kind.name, listing.kind.searched
    first = f"FROM {table} t WHERE t.deleted_at IS NULL {listing.order()} LIMIT {WINDOW}"
    texts = reader.rows(f"SELECT t.id, {', '.join(f't.{name}' for name in searched)} {first}")
    condition, parameters = _answered(listing, texts)
    sql = (
        f"WITH w AS MATERIALIZED (SELECT t.id AS id{keys} {first}) SELECT t.id FROM w CROSS JOIN {table} t"
        f" WHERE t.id = w.id AND {condition} {listing.order(keys=names)} LIMIT ?"
    )
    return [row[0] for row in reader.rows(sql, (*parameters, count))]


def can_sieve(listing: Listing) -> bool:
    """Whether the filter asks the full text of a kind that this is made for."""
    return listing.dialect == "sqlite" and listing.kind.name in _SHORT and _question(listing) in listing.condition


def _question(listing: Listing) -> str:
    table = listing.kind.name
    return f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?"


def _answered(listing: Listing, texts: list[tuple[Any, ...]]) -> tuple[str, list[object]]:
    """The condition with the ids of the rows of `texts` that match in place of each question to the full text."""
    columns, marks = ", ".join(listing.kind.searched), ", ".join("?" * (1 + len(listing.kind.searched)))
    pieces, parameters = listing.condition.split(_question(listing)), list(listing.parameters)
    with closing(sqlite_module().connect(":memory:")) as raw:
        raw.execute(f"CREATE VIRTUAL TABLE s USING fts5({columns}, tokenize='unicode61 remove_diacritics 2')")
        raw.executemany(f"INSERT INTO s(rowid, {columns}) VALUES ({marks})", texts)
        place = -1
        for piece in pieces[:-1]:
            place += piece.count("?") + 1
            found = raw.execute("SELECT rowid FROM s WHERE s MATCH ?", (parameters[place],)).fetchall()
            parameters[place] = json.dumps([row[0] for row in found])
    return "SELECT value FROM json_each(?)".join(pieces), parameters
