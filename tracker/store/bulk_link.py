"""What a bulk load needs of a database, whichever engine it is: one connection in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

BLOCK = 1_000
"""Values that are looked up in one query."""

LARGE = 20_000
"""New rows from which on it is faster to make the indexes anew than to keep them up."""


LOADED = (
    "source", "incident", "incident_link", "incident_source", "involvement", "tally", "statement",
    "statement_incident", "tag",
)  # fmt: skip
"""The tables that get a row or more for each row of a file; there are few actors, and they are looked up by index."""


Values = Mapping[str, Sequence[object]]
"""The values of each column."""


class Link(Protocol):
    """A connection in a transaction that is kept by `commit` or leaves no trace; `?` marks parameters."""

    dialect: str

    @property
    def lost(self) -> bool:
        """Whether the server cannot be reached any more."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run one statement; gives back how many rows it changed."""

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Write new rows."""

    def insert_columns(self, table: str, values: Values, same: Mapping[str, object]) -> None:
        """Write new rows from columns of equally many values; the columns in `same` have one value in all of them."""

    def take(self, table: str, count: int) -> Sequence[int]:
        """So many ids that no row of the table has or will get from anybody else."""

    def set_aside(self, keep: Iterable[str] = ()) -> None:
        """Leave the indexes of large tables but those to `keep` behind until `restore`; safe to call again."""

    def indexed(self, table: str, index: str) -> None:
        """Have this index from now on, should it have been set aside."""

    def unsearched(self, table: str, ids: Sequence[int]) -> None:
        """Take rows of this table out of the full text, before they are changed; `searched` puts them back."""

    def searched(self, table: str, ids: Sequence[int]) -> None:
        """Put rows that were changed back into the full text."""

    def restore(self, touched: Iterable[str]) -> None:
        """Bring back what was set aside, and put the new rows into the full text."""

    def commit(self, touched: Iterable[str]) -> None:
        """Check the references of these tables and keep everything: on return it is on the disk."""

    def rollback(self) -> None:
        """Leave everything as it was."""

    def close(self) -> None:
        """End the connection, with nothing kept that was not committed."""


def in_blocks(values: Sequence[Any], size: int = BLOCK) -> Iterable[Sequence[Any]]:
    """The values, a block at a time."""
    return (values[start : start + size] for start in range(0, len(values), size))


def marks(count: int) -> str:
    """So many parameter marks, between commas."""
    return ", ".join("?" * count)


def quoted(names: Iterable[str]) -> str:
    """Column names as they stand in a statement."""
    return ", ".join(f'"{name}"' for name in names)
