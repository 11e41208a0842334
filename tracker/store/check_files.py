"""The part of a check that looks at an SQLite file itself: its pages, its foreign keys and its full-text index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tracker.model.fields import Kind
from tracker.model.kinds import KINDS
from tracker.store.check_report import Finding, wrong
from tracker.store.database import Reader, sqlite_module

FILE, FULL_TEXT = "database file", "full text"
_BLOCK = 2_000
_BLOCK_OF_TEXTS = 20
_TOKENIZER = "tokenize='unicode61 remove_diacritics 2'"


def files(reader: Reader) -> Iterator[Finding]:
    """SQLite's own checks of pages, indexes and foreign keys; PostgreSQL's server does that for itself."""
    if reader.dialect != "sqlite":
        return
    yield Finding(FILE, 1)
    for (told,) in reader.rows("PRAGMA quick_check"):
        if told != "ok":
            yield wrong(FILE, "", f"the file is damaged ({told}); restore a backup")
    for table, rowid, parent, _ in reader.rows("PRAGMA foreign_key_check"):
        yield wrong(FILE, "", f"row {rowid} of {table} refers to a row of {parent} that is not there")


def full_text(reader: Reader) -> Iterator[Finding]:
    """Whether the index holds the words that stand in the records; PostgreSQL computes its own from each row.

    SQLite's own check of it is a writing command, so the words are indexed once more, in memory and block by block.
    """
    path = reader.database.path
    if path is None:
        return
    raw = sqlite_module().connect(":memory:", isolation_level=None)
    try:
        raw.execute("ATTACH ? AS file", (str(path),))
        raw.execute("BEGIN")
        for kind in KINDS:
            if kind.searched:
                yield from _index(raw, kind)
    finally:
        raw.close()


def _index(raw: Any, kind: Kind) -> Iterator[Finding]:
    columns = ", ".join(kind.searched)
    raw.execute(f"CREATE VIRTUAL TABLE temp.{kind.name}_words USING fts5vocab('file', '{kind.name}_fts', 'col')")
    raw.execute(f"CREATE VIRTUAL TABLE main.{kind.name}_block USING fts5({columns}, content='', {_TOKENIZER})")
    raw.execute(f"CREATE VIRTUAL TABLE temp.{kind.name}_seen USING fts5vocab('main', '{kind.name}_block', 'col')")
    marks = ", ".join("?" * (len(kind.searched) + 1))
    after, there, size = 0, 0, _BLOCK_OF_TEXTS if kind.name == "source" else _BLOCK
    query = f"SELECT id, {columns} FROM file.{kind.name} WHERE id > ? ORDER BY id LIMIT ?"
    while block := raw.execute(query, (after, size)).fetchall():
        raw.executemany(f"INSERT INTO main.{kind.name}_block (rowid, {columns}) VALUES ({marks})", block)
        there += _words(raw, f"temp.{kind.name}_seen")
        yield from _lengths(raw, kind, after, block[-1][0], len(block))
        raw.execute(f"INSERT INTO main.{kind.name}_block ({kind.name}_block) VALUES ('delete-all')")
        after = block[-1][0]
    if there != _words(raw, f"temp.{kind.name}_words"):
        told = f"the index of {kind.plural} does not hold the words that stand in them: a search may miss some"
        yield wrong(FULL_TEXT, "", told)
    extra = raw.execute(f"SELECT count(*) FROM file.{kind.name}_fts_docsize WHERE id > ?", (after,)).fetchone()[0]
    if extra:
        yield wrong(FULL_TEXT, "", f"the index holds {extra:,} {kind.plural} that are not there")


def _words(raw: Any, vocabulary: str) -> int:
    """A number for all words of an index, by column and with how often they stand there; numbers of parts add up."""
    return sum(hash((term, column)) * count for term, column, _, count in raw.execute(f"SELECT * FROM {vocabulary}"))


def _lengths(raw: Any, kind: Kind, after: int, last: int, count: int) -> Iterator[Finding]:
    """Records of a block that the index has with another number of words, or not at all."""
    yield Finding(FULL_TEXT, count)
    here: Sequence[Any] = raw.execute(f"SELECT id, sz FROM main.{kind.name}_block_docsize").fetchall()
    query = f"SELECT id, sz FROM file.{kind.name}_fts_docsize WHERE id > ? AND id <= ?"
    indexed = set(raw.execute(query, (after, last)).fetchall())
    for record_id, _ in sorted(set(here) ^ indexed):
        yield wrong(FULL_TEXT, f"{kind.prefix}-{record_id}", "its words are not those the index has of it")
