"""The statements that make the whole schema as the model declares it now: what the migrations must reach."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable, Index

from tracker.model.fields import Kind
from tracker.model.kinds import KINDS
from tracker.model.tables import Row

WORDS_FUNCTION = r"""
CREATE FUNCTION tracker_words(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT left(regexp_replace(
    regexp_replace(normalize(lower(value), NFKD), E'[\\u0300-\\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'), 250000)
$$
"""


def statements(dialect: str) -> Iterator[str]:
    """Every statement, in an order in which they can run; `dialect` is sqlite or postgresql."""
    compiler: Dialect = sqlite.dialect()
    if dialect == "postgresql":
        compiler = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in Row.metadata.sorted_tables:
        yield _text(CreateTable(table).compile(dialect=compiler))
        yield from (_text(CreateIndex(index).compile(dialect=compiler)) for index in _indexes(table, dialect))
    if dialect == "postgresql":
        yield WORDS_FUNCTION.strip()
    for kind in KINDS:
        if kind.searched:
            yield from _sqlite_search(kind) if dialect == "sqlite" else _postgresql_search(kind)


def _text(compiled: object) -> str:
    return "\n".join(line.rstrip() for line in str(compiled).strip().splitlines() if line.strip())


def _indexes(table: Table, dialect: str) -> list[Index]:
    """The indexes of a table that are meant for this engine, by name."""
    meant = [index for index in table.indexes if getattr(index._ddl_if, "dialect", None) in (None, dialect)]
    return sorted(meant, key=lambda index: str(index.name))


def _sqlite_search(kind: Kind) -> Iterator[str]:
    """A full-text table over the searched columns that holds no second copy of them, kept by triggers."""
    name, columns = kind.name, ", ".join(kind.searched)
    new, old = (", ".join(f"{row}.{column}" for column in kind.searched) for row in ("new", "old"))
    yield (
        f"CREATE VIRTUAL TABLE {name}_fts USING fts5({columns}, content='{name}', content_rowid='id',"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    insert = f"INSERT INTO {name}_fts(rowid, {columns}) VALUES (new.id, {new});"
    delete = f"INSERT INTO {name}_fts({name}_fts, rowid, {columns}) VALUES ('delete', old.id, {old});"
    yield f"CREATE TRIGGER {name}_fts_insert AFTER INSERT ON {name} BEGIN\n  {insert}\nEND"
    yield f"CREATE TRIGGER {name}_fts_delete AFTER DELETE ON {name} BEGIN\n  {delete}\nEND"
    yield f"CREATE TRIGGER {name}_fts_update AFTER UPDATE OF {columns} ON {name} BEGIN\n  {delete}\n  {insert}\nEND"


def _postgresql_search(kind: Kind) -> Iterator[str]:
    """A stored tsvector over the same words, with its index."""
    joined = " || ' ' || ".join(f"coalesce({column}, '')" for column in kind.searched)
    document = f"to_tsvector('simple', tracker_words({joined}))"
    yield f"ALTER TABLE {kind.name} ADD COLUMN document tsvector GENERATED ALWAYS AS ({document}) STORED"
    yield f"CREATE INDEX ix_{kind.name}_document ON {kind.name} USING gin (document)"
