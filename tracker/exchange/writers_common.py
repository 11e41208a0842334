"""What the writers of all forms share: where the bytes go, and what counts as unknown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from tracker.exchange.layout import FileColumn
from tracker.exchange.records import Table


class Sink(Protocol):
    """Anything that takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Take bytes."""


class Stream:
    """A sink as the file that libraries ask for: one that cannot go back, so that its bytes never depend on where."""

    closed = False

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._place = 0

    def write(self, data: Any) -> int:
        """Hand bytes on."""
        given = bytes(data)
        self._sink.write(given)
        self._place += len(given)
        return len(given)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """The sink belongs to somebody else."""

    def readable(self) -> bool:
        """No."""
        return False

    def seekable(self) -> bool:
        """No."""
        return False

    def writable(self) -> bool:
        """Yes."""
        return True


def utf8(text: str) -> bytes:
    """A text as UTF-8; a lone surrogate, which no encoding has, is the one thing that cannot be kept."""
    return text.encode(errors="replace")


def known(table: Table) -> Iterator[list[tuple[Any, ...]]]:
    """The blocks of a table that hold rows, in which the empty text is None: it is unknown too, as it is in CSV."""
    for block in filter(None, table.blocks):
        yield [tuple(None if value == "" else value for value in row) for row in block]


def place(columns: tuple[FileColumn, ...], name: str) -> int:
    """The number of the column `name`, -1 when it is not there."""
    return next((number for number, column in enumerate(columns) if column.name == name), -1)
