"""The texts and the quotations of all other sources, to see what became of the same words there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from tracker.errors import UsageError
from tracker.store.database import Reader


class Origin(NamedTuple):
    """A source as a quotation names it; `published` is EDTF."""

    id: int
    title: str
    publisher: str
    published: str


class Quoted(NamedTuple):
    """A statement with its quotation and its speaker."""

    id: int
    quote: str
    speaker: str
    source: Origin | None


_ORIGIN = "r.id, r.title, coalesce(r.publisher, ''), coalesce(r.published_edtf, '')"
_QUOTED = (
    f"SELECT s.id, s.quote, a.name, {_ORIGIN} FROM statement s JOIN actor a ON a.id = s.speaker_id"
    " LEFT JOIN source r ON r.id = s.source_id WHERE s.deleted_at IS NULL AND s.quote IS NOT NULL"
)


def quotation(reader: Reader, statement_id: int) -> Quoted:
    """A statement's quotation; UsageError when it has none."""
    rows = reader.rows(f"{_QUOTED} AND s.id = ?", (statement_id,))
    if not rows:
        raise UsageError(f"S-{statement_id}: has no quotation that could be compared")
    return _quoted(rows[0])


def quotations(reader: Reader, without: int | None) -> Iterator[Quoted]:
    """The quotations of all statements but those of one source."""
    for block in reader.stream(f"{_QUOTED} AND s.source_id <> ? ORDER BY s.id", (without or 0,)):
        yield from map(_quoted, block)


def texts(reader: Reader, without: int | None) -> Iterator[tuple[Origin, str]]:
    """The texts of all sources but one, a few at a time: a text may be long."""
    query = (
        f"SELECT {_ORIGIN}, r.text FROM source r WHERE r.deleted_at IS NULL AND r.text IS NOT NULL AND r.id <> ?"
        " AND r.id > ? ORDER BY r.id LIMIT 50"
    )
    after = 0
    while block := reader.rows(query, (without or 0, after)):
        yield from ((Origin(*row[:4]), row[4]) for row in block)
        after = block[-1][0]


def _quoted(row: tuple[Any, ...]) -> Quoted:
    return Quoted(row[0], row[1], row[2], Origin(*row[3:7]) if row[3] is not None else None)
