"""Rows as Apache Parquet, with typed columns, by way of Arrow (the extra “parquet”)."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

from tracker.errors import UsageError
from tracker.exchange.layout import FileColumn
from tracker.exchange.records import Table
from tracker.exchange.textcells import compact
from tracker.exchange.writers_common import Sink, Stream, known

GROUP = 65_536
"""Rows in a row group: what a reader that filters can skip at once."""

_DAYS = ("_earliest", "_latest")


def require() -> None:
    """Raise UsageError when Arrow is not installed."""
    _arrow()


def _arrow(part: str = "") -> Any:
    try:
        return importlib.import_module(f"pyarrow{part}")
    except ImportError as error:
        raise UsageError(
            "parquet needs the extra “parquet”: pip install 'tracker[parquet]'; or take another --format"
        ) from error


def write(file: Sink, table: Table) -> int:
    """Numbers, yes/no and the earliest and latest days as such, all else as text (JSON as its text); unknown is null.

    In row groups of `GROUP` rows, packed with zstd; no more than one group is held in memory.
    """
    arrow, parquet = _arrow(), _arrow(".parquet")
    schema = arrow.schema([arrow.field(column.name, _type(arrow, column)) for column in table.columns])
    count = 0
    with parquet.ParquetWriter(Stream(file), schema, compression="zstd") as writer:
        for group in _groups(arrow, _batches(arrow, table, schema), schema):
            writer.write_table(group, GROUP)
            count += group.num_rows
    return count


def _type(arrow: Any, column: FileColumn) -> Any:
    if column.role == "part" and column.name.endswith(_DAYS):
        return arrow.date32()
    made = {"int": arrow.int64, "real": arrow.float64, "bool": arrow.bool_}
    return made.get(column.type, arrow.string)()


def _batches(arrow: Any, table: Table, schema: Any) -> Iterator[Any]:
    for block in known(table):
        arrays = [
            _array(arrow, values, column, wanted)
            for values, column, wanted in zip(zip(*block, strict=True), table.columns, schema.types, strict=True)
        ]
        yield arrow.record_batch(arrays, schema=schema)


def _array(arrow: Any, values: tuple[Any, ...], column: FileColumn, wanted: Any) -> Any:
    if column.type == "json":
        values = tuple(None if value is None else compact(value) for value in values)
    if wanted == arrow.date32():
        return arrow.array(values, arrow.string()).cast(wanted)
    return arrow.array(values, wanted)


def _groups(arrow: Any, batches: Iterator[Any], schema: Any) -> Iterator[Any]:
    """The rows in tables of exactly `GROUP`, but for the last."""
    held, waiting = 0, list[Any]()
    for batch in batches:
        waiting.append(batch)
        held += batch.num_rows
        while held >= GROUP:
            whole = arrow.Table.from_batches(waiting, schema)
            yield whole.slice(0, GROUP)
            waiting = whole.slice(GROUP).to_batches()
            held -= GROUP
    if held:
        yield arrow.Table.from_batches(waiting, schema)
