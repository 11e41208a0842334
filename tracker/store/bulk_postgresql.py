"""A bulk load into PostgreSQL: one transaction, rows by COPY, indexes made anew where nobody can be in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from tracker.errors import Refused
from tracker.model.kinds import BY_NAME
from tracker.store.bulk_link import BLOCK, LOADED, Values, quoted
from tracker.store.database import APPLICATION_ID, Database, connect, driver_error

_MEMORY = "64MB"
"""For making one index."""

_FEW = 20
"""Ids that are fetched as they are needed; of more, some are kept for the next block."""

_REFERRED_TO = tuple(
    sorted({column.target for name in LOADED for column in BY_NAME[name].columns if column.target} - {*LOADED})
)

_LOCK = APPLICATION_ID + 1
"""Only one import at a time: two would wait for each other's rows in different orders."""


class PostgresqlLink:
    """The connection of one bulk load; the transaction begins with it."""

    dialect = "postgresql"

    def __init__(self, where: Database) -> None:
        self._where = where
        self._raw: Any = connect(where, writing=True)
        self._aside: dict[str, str] = {}
        self._bonds: list[str] = []
        self._ids: dict[str, list[int]] = {}
        self._large = False
        try:
            self._begin()
        except BaseException:
            self._raw.close()
            raise
        self._empty = not self.rows("SELECT 1 FROM incident LIMIT 1")
        self._bools = {
            kind: {column.name for column in declared.columns if column.type == "bool"}
            for kind, declared in BY_NAME.items()
        }

    def _begin(self) -> None:
        raw = self._raw
        raw.autocommit = False
        # Reading a file may take a while between two statements.
        raw.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        # Everything is looked up by key; without statistics of the rows just written the planner would read tables.
        raw.execute("SET LOCAL enable_seqscan = off")
        raw.execute(f"SET LOCAL maintenance_work_mem = '{_MEMORY}'")
        try:
            raw.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        except driver_error("postgresql") as error:
            raise Refused(f"database {self._where.shown}: another import is under way; try again") from error

    @property
    def lost(self) -> bool:
        """Whether the server cannot be reached any more."""
        return bool(self._raw.closed or self._raw.broken)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return list(self._raw.execute(_marked(sql), tuple(parameters)).fetchall())

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run one statement; gives back how many rows it changed."""
        return int(self._raw.execute(_marked(sql), tuple(parameters)).rowcount)

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""
        with self._raw.cursor() as cursor:
            cursor.executemany(_marked(sql), rows)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Write new rows by COPY."""
        bools = self._bools.get(table, set())
        places = [at for at, name in enumerate(columns) if name in bools]
        with self._raw.cursor() as cursor, cursor.copy(f"COPY {table} ({quoted(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(_with_bools(row, places) if places else row)

    def insert_columns(self, table: str, values: Values, same: Mapping[str, object]) -> None:
        """Write new rows by COPY, column by column."""
        count = len(next(iter(values.values())))
        constant = (repeat(value, count) for value in same.values())
        self.insert(table, (*values, *same), zip(*values.values(), *constant, strict=True))

    def take(self, table: str, count: int) -> Sequence[int]:
        """Ids from the table's own sequence, so that nobody else's record gets one of them."""
        kept = self._ids.setdefault(table, [])
        if len(kept) < count:
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            wanted = count - len(kept) if count < _FEW else max(count - len(kept), BLOCK)
            query = f"SELECT nextval({sequence}) FROM generate_series(1, {int(wanted)})"
            kept += [row[0] for row in self._raw.execute(query).fetchall()]
        taken, self._ids[table] = kept[:count], kept[count:]
        return taken

    def set_aside(self, keep: Iterable[str] = ()) -> None:
        """Drop the secondary indexes, within the transaction, while no incident is there and nobody uses the tables."""
        if self._large:
            return
        self._large = True
        names = ", ".join((*LOADED, *_REFERRED_TO))
        if not self._empty:
            return
        try:
            with self._raw.transaction():
                # Dropping an index locks readers out: only where that takes no waiting.
                self._raw.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE NOWAIT")
        except driver_error("postgresql"):
            return
        found = self.rows(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
            " AND tablename = ANY(?) AND indexname NOT LIKE 'pk%'",
            (list(LOADED),),
        )
        for name, sql in found:
            if name not in keep:
                self._aside[name] = sql
                self._raw.execute(f'DROP INDEX "{name}"')
        self._unbind()

    def _unbind(self) -> None:
        """Drop the references of the tables: made anew they are checked by one join, and not by a query a row."""
        found = self.rows(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid = ANY(?::regclass[]) ORDER BY oid",
            (list(LOADED),),
        )
        for table, name, sql in found:
            self._bonds.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {sql}')
            self._raw.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')

    def indexed(self, table: str, index: str) -> None:
        """Make an index that was set aside, and keep it from now on."""
        if index in self._aside:
            self._raw.execute(self._aside.pop(index))

    def unsearched(self, table: str, ids: Sequence[int]) -> None:
        """Nothing to do: the words are a column that the server computes."""

    def searched(self, table: str, ids: Sequence[int]) -> None:
        """Nothing to do: the words are a column that the server computes."""

    def restore(self, touched: Iterable[str]) -> None:
        """Make the indexes anew that were set aside."""
        # The full-text ones last: they take the longest, and a broken rule of the others is found before.
        for name in sorted(self._aside, key=lambda name: (" gin " in self._aside[name], name)):
            self._raw.execute(self._aside.pop(name))
        while self._bonds:
            self._raw.execute(self._bonds.pop())

    def commit(self, touched: Iterable[str]) -> None:
        """Commit; the references were checked by the server."""
        if self._large:
            for table in sorted(touched):
                self._raw.execute(f"ANALYZE {table}")
        self._raw.commit()

    def rollback(self) -> None:
        """Leave everything as it was."""
        if not self.lost:
            self._raw.rollback()

    def close(self) -> None:
        """End the connection; what was not committed is rolled back."""
        self._raw.close()


def _marked(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


def _with_bools(row: Sequence[object], places: Sequence[int]) -> list[object]:
    values = list(row)
    for at in places:
        if values[at] is not None:
            values[at] = bool(values[at])
    return values
