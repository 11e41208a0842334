"""Words looked for in all kinds of records at once, with the place where they were found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tracker.model.fields import Kind
from tracker.model.kinds import BY_NAME
from tracker.store.columns import LONGEST, TITLES
from tracker.store.database import Reader
from tracker.store.lookup import ref

RANKED = 20_000
"""Up to so many hits are ranked by relevance; of more, the newest are shown, for ranking reads every hit."""
_KINDS = ("incident", "actor", "actor_name", "statement", "source")
_SHOWN = 12
"""Words of a snippet."""
_LONGEST_WORD = 200
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that holds the words: the kind's name, id, REF, title, and the words around the place."""

    kind: str
    id: int
    ref: str
    title: str
    snippet: str


def search(reader: Reader, text: str, limit: int) -> list[Hit]:
    """Up to `limit` records that hold all the words of `text`, the last one perhaps begun only; [] without a word.

    Kinds take turns, so that a word common in one of them does not hide the others.
    """
    words = [word[:_LONGEST_WORD] for word in _WORD.findall(text)][:32]
    if not any(char.isalnum() for word in words for char in word):
        return []
    found = _sqlite if reader.dialect == "sqlite" else _postgresql
    lists = [[_hit(BY_NAME[name], row) for row in found(reader, BY_NAME[name], words, limit)] for name in _KINDS]
    turns = [hits[turn] for turn in range(limit) for hits in lists if turn < len(hits)]
    return list({hit.ref: hit for hit in reversed(turns)}.values())[::-1][:limit]


def _hit(kind: Kind, row: tuple[Any, ...]) -> Hit:
    """A name of an actor stands for the actor."""
    id_, title, snippet, actor = row
    if actor is not None:
        return Hit("actor", actor, f"A-{actor}", title, snippet)
    return Hit(kind.name, id_, ref(kind, id_), title or "", " ".join((snippet or "").split()))


def _select(kind: Kind) -> tuple[str, str]:
    """SQL for the title and for the actor whom a name belongs to, over the alias r."""
    if kind.name == "actor_name":
        return "(SELECT a.name FROM actor a WHERE a.id = r.actor_id)", "r.actor_id"
    return f"substr({TITLES.get(kind.name, f'r.{kind.title}')}, 1, {LONGEST})", "NULL"


def _sqlite(reader: Reader, kind: Kind, words: list[str], limit: int) -> list[tuple[Any, ...]]:
    title, actor = _select(kind)
    table = f"{kind.name}_fts"
    query = " ".join(f'"{word}"' for word in words) + "*"
    counted = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT {RANKED})"
    order = "rank" if reader.rows(counted, (query,))[0][0] < RANKED else f"{table}.rowid DESC"
    snippet = f"snippet({table}, -1, '', '', '…', {_SHOWN})"
    return reader.rows(
        f"SELECT r.id, {title}, {snippet}, {actor} FROM {table} CROSS JOIN {kind.name} r"
        f" WHERE {table} MATCH ? AND r.id = {table}.rowid AND r.deleted_at IS NULL ORDER BY {order} LIMIT ?",
        (query, limit),
    )


def _postgresql(reader: Reader, kind: Kind, words: list[str], limit: int) -> list[tuple[Any, ...]]:
    title, actor = _select(kind)
    joined = " || ' ' || ".join(f"coalesce(r.{column}, '')" for column in kind.searched)
    # The words go through what the documents went through; the last one may be begun only.
    query = "to_tsquery('simple', replace(btrim(tracker_words(?)), ' ', ' & ') || ':*')"
    text = " ".join(words)
    match = f"FROM {kind.name} r WHERE r.document @@ {query} AND r.deleted_at IS NULL"
    few = reader.rows(f"SELECT count(*) FROM (SELECT 1 {match} LIMIT {RANKED}) c", (text,))[0][0] < RANKED
    order, more = (f"ts_rank(r.document, {query}) DESC, ", (text,)) if few else ("", ())
    options = f'\'StartSel="", StopSel="", MaxWords={_SHOWN}, MinWords={_SHOWN // 2}, MaxFragments=1\''
    return reader.rows(
        f"SELECT h.id, h.title, ts_headline('simple', h.words, {query}, {options}), h.actor FROM (SELECT r.id, {title}"
        f" AS title, left({joined}, 100000) AS words, {actor} AS actor {match} ORDER BY {order}r.id DESC LIMIT ?) h",
        (text, text, *more, limit),
    )
