"""A bulk load into SQLite: one transaction, indexes and full text made anew where that is faster."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tracker.errors import Refused
from tracker.model.kinds import BY_NAME, KINDS
from tracker.store.bulk_link import LOADED, Values, in_blocks, marks, quoted
from tracker.store.bulk_sorting import sorting_in_files
from tracker.store.database import BUSY_MILLISECONDS, Database, connect, driver_error, sqlite_module, wal_is_safe

_INDEX_CACHE, _USUAL_CACHE = 4_000, 16_000
"""KiB of pages in memory: while indexes are made (a large cache makes that slower), else."""

_HASH = 8 << 20
"""Bytes of words that the full text gathers before it writes them; its own default makes many small segments."""
_USUAL_HASH = 1 << 20

_NOTHING = bytearray()
"""Stands for None on its way into a column: the driver takes a µs for each None, and next to nothing for this."""


class SqliteLink:
    """The connection of one bulk load; the transaction begins with it."""

    dialect = "sqlite"

    def __init__(self, where: Database) -> None:
        self._where = where
        self._raw: Any = connect(where, writing=True)
        self._aside: dict[str, tuple[str, str]] = {}
        self._next: dict[str, int] = {}
        self._begun: dict[str, int] = {}
        self._alone = False
        self._large = False
        self._filled: defaultdict[str, set[str]] = defaultdict(set)
        try:
            self._begin()
        except BaseException:
            self.close()
            raise
        self._unindexed = {kind.name: self._last(kind.name) + 1 for kind in KINDS if kind.searched}

    def _begin(self) -> None:
        raw = self._raw
        self._alone = self._alone_with_nothing()
        if self._alone:
            raw = self._raw = sorting_in_files(self._where, raw)
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("PRAGMA temp_store=FILE")
        raw.execute(f"PRAGMA cache_size=-{_USUAL_CACHE}")
        try:
            raw.execute("BEGIN EXCLUSIVE" if self._alone else "BEGIN IMMEDIATE")
        except driver_error("sqlite") as error:
            raise Refused(f"database {self._where.shown}: somebody else is writing ({error}); try again") from error
        # A trigger of the full text costs a millisecond for each row: its words are put in for many rows at once.
        for name, sql in raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall():
            self._aside[name] = ("TRIGGER", sql)
            raw.execute(f'DROP TRIGGER "{name}"')

    def _alone_with_nothing(self) -> bool:
        """Whether the database holds no incident and nobody else has it open; then it is ours until we close it.

        Its pages are then written once, into the file, and not into the write-ahead log before.
        """
        raw = self._raw
        if not wal_is_safe() or raw.execute("SELECT 1 FROM incident LIMIT 1").fetchone():
            return False
        raw.execute("PRAGMA busy_timeout=0")
        try:
            raw.execute("PRAGMA locking_mode=EXCLUSIVE")
            if raw.execute("PRAGMA journal_mode=DELETE").fetchone()[0] == "delete":
                # With a rollback journal only EXTRA keeps a commit through a loss of power: it syncs the folder too.
                raw.execute("PRAGMA synchronous=EXTRA")
                return True
        except driver_error("sqlite"):
            pass
        finally:
            raw.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        with contextlib.suppress(*driver_error("sqlite")):
            raw.execute("PRAGMA locking_mode=NORMAL")
            raw.execute("PRAGMA journal_mode=WAL")
            raw.execute("PRAGMA synchronous=FULL")
            raw.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        return False

    def _last(self, table: str) -> int:
        return int(self._raw.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])

    @property
    def lost(self) -> bool:
        """Never: the file is here."""
        return False

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return list(self._raw.execute(sql, tuple(parameters)).fetchall())

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run one statement; gives back how many rows it changed."""
        return int(self._raw.execute(sql, tuple(parameters)).rowcount)

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""
        self._raw.executemany(sql, rows)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Write new rows."""
        self._filled[table].update(columns)
        self._raw.executemany(f"INSERT INTO {table} ({quoted(columns)}) VALUES ({marks(len(columns))})", rows)

    def insert_columns(self, table: str, values: Values, same: Mapping[str, object]) -> None:
        """Write new rows, column by column."""
        count = len(next(iter(values.values())))
        plain = {name: _literal(value) for name, value in same.items() if _is_plain(value)}
        bound = dict(values) | {name: [value] * count for name, value in same.items() if name not in plain}
        marked, given = {}, []
        for name, column in bound.items():
            if None not in column:
                marked[name] = "?"
            elif column.count(None) == count:
                continue
            else:
                marked[name] = "nullif(?, x'')"
                column = [_NOTHING if value is None else value for value in column]
            given.append(column)
        self._filled[table].update(marked, plain)
        names, said = quoted([*marked, *plain]), ", ".join([*marked.values(), *plain.values()])
        self._raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({said})", zip(*given, strict=True))

    def take(self, table: str, count: int) -> Sequence[int]:
        """The next ids; nobody else writes while this transaction lasts."""
        first = self._next.get(table) or self._last(table) + 1
        self._begun.setdefault(table, first)
        self._next[table] = first + count
        return range(first, first + count)

    def set_aside(self, keep: Iterable[str] = ()) -> None:
        """Drop the secondary indexes of the loaded tables, within the transaction."""
        if self._large:
            return
        self._large = True
        tables = marks(len(LOADED))
        found = self.rows(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({tables})",
            LOADED,
        )
        for name, sql in found:
            if name in keep:
                continue
            self._aside[name] = ("INDEX", sql)
            self._raw.execute(f'DROP INDEX "{name}"')

    def indexed(self, table: str, index: str) -> None:
        """Make an index that was set aside, and keep it from now on."""
        if index in self._aside:
            self._raw.execute(self._aside.pop(index)[1])

    def unsearched(self, table: str, ids: Sequence[int]) -> None:
        """Take rows out of the full text, with the words they have now."""
        if table not in self._unindexed:
            return
        self._search_new(table)
        columns = ", ".join(BY_NAME[table].searched)
        for block in in_blocks(ids):
            self.run(
                f"INSERT INTO {table}_fts ({table}_fts, rowid, {columns})"
                f" SELECT 'delete', id, {columns} FROM {table} WHERE id IN ({marks(len(block))})",
                block,
            )

    def searched(self, table: str, ids: Sequence[int]) -> None:
        """Put rows into the full text, with the words they have now."""
        if table not in self._unindexed:
            return
        columns = ", ".join(BY_NAME[table].searched)
        for block in in_blocks(ids):
            self.run(
                f"INSERT INTO {table}_fts (rowid, {columns}) SELECT id, {columns} FROM {table}"
                f" WHERE id IN ({marks(len(block))})",
                block,
            )

    def _search_new(self, table: str) -> None:
        """Put the rows that were added since the last time into the full text."""
        first, after = self._unindexed[table], self._last(table) + 1
        if after <= first:
            return
        columns = ", ".join(BY_NAME[table].searched)
        large = after - first > 10_000
        if large:
            self._set_hash(table, _HASH)
        if first == 1:
            self.run(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
        else:
            self.run(
                f"INSERT INTO {table}_fts (rowid, {columns}) SELECT id, {columns} FROM {table} WHERE id >= ?", (first,)
            )
        if large:
            self._set_hash(table, _USUAL_HASH)
            self.run(f"DELETE FROM {table}_fts_config WHERE k = 'hashsize'")
        self._unindexed[table] = after

    def _set_hash(self, table: str, size: int) -> None:
        self.run(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('hashsize', ?)", (size,))

    def restore(self, touched: Iterable[str]) -> None:
        """Bring back what was set aside, and put the new rows into the full text."""
        self._raw.execute(f"PRAGMA cache_size=-{_INDEX_CACHE}")
        for table in self._unindexed:
            self._search_new(table)
        while self._aside:
            name = next(iter(self._aside))
            self._raw.execute(self._aside[name][1])
            del self._aside[name]
        self._raw.execute(f"PRAGMA cache_size=-{_USUAL_CACHE}")

    def commit(self, touched: Iterable[str]) -> None:
        """Check the references of these tables and commit; Refused, with nothing kept, when one leads nowhere."""
        for table in touched:
            if told := self._dangling(table):
                raise Refused(f"import: nothing was imported ({told}); “tracker check” tells more")
        # No ANALYZE: the queries of lists are written for their indexes, and statistics made the planner leave them.
        self._raw.execute("COMMIT")

    def _dangling(self, table: str) -> str:
        """What a new row of the table refers to and is not there; the rows that were there are not read again."""
        refers = {c.name: c.target for c in BY_NAME[table].columns if c.target and c.name in self._filled[table]}
        leads = [f"(t.{name} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {target} r WHERE r.id = t.{name}))"
                 for name, target in refers.items()]  # fmt: skip
        found = leads and self.rows(
            f"SELECT t.id, {', '.join(leads)} FROM {table} t WHERE t.id >= ? AND ({' OR '.join(leads)}) LIMIT 1",
            (self._begun.get(table, 0),),
        )
        if not found:
            return ""
        row, *which = found[0]
        target = list(refers.values())[which.index(1)]
        return f"row {row} of {table} refers to a row of {target} that is not there"

    def rollback(self) -> None:
        """Leave everything as it was."""
        if self._raw.in_transaction:
            self._raw.execute("ROLLBACK")

    def close(self) -> None:
        """End the connection; what was not committed is rolled back."""
        try:
            # One that was closed already, for another library to go on, has nothing to roll back.
            with contextlib.suppress(sqlite_module().ProgrammingError):
                self.rollback()
        finally:
            self._raw.close()
        if self._alone:
            # Opened the usual way, the file can be shared again; a reader who is in the way leaves that to the next.
            with contextlib.suppress(Refused, *driver_error("sqlite")):
                connect(self._where, writing=True).close()


def _is_plain(value: object) -> bool:
    """Whether a value may stand in a statement."""
    return value is None or isinstance(value, int) or (isinstance(value, str) and value.isprintable())


def _literal(value: object) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return "NULL" if value is None else str(int(value))  # type: ignore[call-overload]
