"""Which database is meant, and plain connections to it with the settings that keep it safe."""

from __future__ import annotations

import contextlib
import importlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

from tracker.errors import Refused, SchemaMismatch, UsageError

APPLICATION_ID = 0x54524B52
"""Written into the header of every SQLite file of ours, so that no other program's file is taken for one."""

HEAD = "0001"
"""The schema revision this program works with."""

BUSY_MILLISECONDS = 5_000
_HEADER = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Database:
    """A database by its address; `path` is the file of an SQLite database, else None."""

    url: str
    dialect: Literal["sqlite", "postgresql"]
    path: Path | None

    @property
    def shown(self) -> str:
        """The address without a password, for people."""
        return str(self.path) if self.path else _without_secrets(self.url)


def _without_secrets(url: str) -> str:
    """The address up to its password and after it, and of its options those that are no password or pass phrase."""
    # Up to the last @: a password in which @ or / was not escaped must not show its rest.
    head, mark, query = re.sub(r"(//[^:/@]*):.*@", r"\1@", url).partition("?")
    shown = [option for option in query.split("&") if "pass" not in unquote(option.partition("=")[0]).lower()]
    return head + mark * bool(query and shown) + "&".join(shown)


def secrets(url: str) -> list[str]:
    """Every text in the address that may be a password or a piece of one, the longest first."""
    found = re.findall(r"//[^:/@]*:(.*)@", url)
    for option in url.partition("?")[2].split("&"):
        name, _, value = option.partition("=")
        found += [value] * ("pass" in unquote(name).lower())
    pieces = {piece for secret in found for piece in (secret, unquote(secret), *re.split(r"[@/:?#&]", secret))}
    return sorted(pieces - {""}, key=len, reverse=True)


def database(address: str) -> Database:
    """The database at `address`: a file's path, or postgresql://….

    Raises UsageError for an address of another kind.
    """
    if re.match(r"postgres(ql)?(\+\w+)?://", address):
        return Database(re.sub(r"^postgres(ql)?(\+\w+)?:", "postgresql:", address), "postgresql", None)
    if address.startswith("sqlite:///"):
        address = address.removeprefix("sqlite:///")
    elif "://" in address:
        kind = address.partition(":")[0]
        raise UsageError(f"database: “{kind}” is not supported; give a file's path or postgresql://…")
    return Database(address, "sqlite", Path(address).expanduser().absolute())


@cache
def sqlite_module() -> Any:
    """The newest SQLite at hand: the one bundled with pysqlite3, else the platform's."""
    with contextlib.suppress(ImportError):
        return importlib.import_module("pysqlite3")
    return importlib.import_module("sqlite3")


def wal_is_safe() -> bool:
    """False for SQLite before 3.51.3, where two connections can corrupt a database in WAL mode."""
    return bool(sqlite_module().sqlite_version_info >= (3, 51, 3))


def connect(where: Database, *, writing: bool) -> Any:
    """An open DB-API connection, in autocommit mode, with the settings of its engine.

    Raises Refused when it cannot be opened or is not ours.
    """
    return _connect_sqlite(where, writing) if where.dialect == "sqlite" else _connect_postgresql(where, writing)


def _connect_sqlite(where: Database, writing: bool) -> Any:
    path = where.path or Path(where.url)
    inspect(path)
    module = sqlite_module()
    raw = None
    try:
        raw = module.connect(str(path), isolation_level=None, check_same_thread=False)
        apply_settings(raw, writing)
    except module.Error as error:
        if raw is not None:
            raw.close()
        raise Refused(f"database {where.shown}: cannot be opened ({error}); check that it may be written") from error
    return raw


def apply_settings(raw: Any, writing: bool) -> None:
    """The settings of an SQLite connection; a commit is on the disk when it returns (synchronous=FULL)."""
    journal, synchronous = ("WAL", "FULL") if wal_is_safe() else ("DELETE", "EXTRA")
    raw.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    if writing:
        raw.execute(f"PRAGMA journal_mode={journal}")
    raw.execute(f"PRAGMA synchronous={synchronous}")
    raw.execute("PRAGMA foreign_keys=ON")
    raw.execute("PRAGMA trusted_schema=OFF")
    raw.execute("PRAGMA cache_size=-16000")
    raw.execute(f"PRAGMA query_only={'OFF' if writing else 'ON'}")


def inspect(path: Path) -> None:
    """Look at a database file before it is opened, so that a wrong or damaged one is never touched.

    Raises Refused when it is missing, empty, or another program's.
    """
    if not path.exists():
        raise Refused(f"database {path}: there is none; make one with “tracker --db {path} init”")
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise Refused(f"database {path}: cannot be read ({error.strerror}); check its permissions") from error
    if len(head) < 100 or not head.startswith(_HEADER):
        raise Refused(f"database {path}: is damaged or no SQLite file; restore a backup, or give another --db")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise Refused(f"database {path}: belongs to another program; give another --db")


def _connect_postgresql(where: Database, writing: bool) -> Any:
    try:
        import psycopg
    except ImportError as error:
        raise Refused("PostgreSQL needs the extra “postgres”: pip install 'tracker[postgres]'") from error
    options = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c client_min_messages=warning"
    if not writing:
        options += " -c default_transaction_read_only=on"
    try:
        return psycopg.connect(where.url, autocommit=True, connect_timeout=10, options=options)
    except psycopg.Error as error:
        reason = str(error).strip().partition("\n")[0]
        for secret in secrets(where.url):
            reason = reason.replace(secret, "…")
        # Without the cause: its text may hold the password, and a crash report prints the whole chain.
        raise Refused(f"database {where.shown}: cannot be reached ({reason})") from None


def schema_revision(rows: Callable[[str], Sequence[Any]], dialect: str) -> str | None:
    """The schema revision of a database by `rows`, which runs a query; None when it holds no tables of ours."""
    exists = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if dialect == "postgresql":
        exists = "SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL"
    found = rows("SELECT version_num FROM alembic_version") if rows(exists) else ()
    return str(found[0][0]) if found else None


def driver_error(dialect: str) -> tuple[type[Exception], ...]:
    """What every error of this engine's drivers is one of."""
    if dialect == "sqlite":
        return tuple({sqlite_module().Error, importlib.import_module("sqlite3").Error})
    return (importlib.import_module("psycopg").Error,)


def require_schema(revision: str | None, where: Database) -> None:
    """Refuse a database whose schema is not the one this program works with (SchemaMismatch)."""
    if revision is None:
        raise Refused(f"database {where.shown}: holds no tables of tracker; make them with “tracker init”")
    if revision > HEAD:
        raise SchemaMismatch(f"database {where.shown}: was made by a newer tracker (schema {revision}); update tracker")
    if revision < HEAD:
        raise SchemaMismatch(
            f"database {where.shown}: has the older schema {revision}; "
            "make a backup and open it with the tracker that made it, or export there and import here"
        )


class Reader:
    """A connection that only reads: rows as tuples, `?` for parameters on both engines, and it can be interrupted."""

    def __init__(self, where: Database) -> None:
        self.database = where
        self.dialect = where.dialect
        self._raw = connect(where, writing=False)
        try:
            require_schema(schema_revision(self.rows, where.dialect), where)
        except driver_error(where.dialect) as error:
            self._raw.close()
            raise Refused(f"database {where.shown}: cannot be read ({error}); restore a backup") from error
        except BaseException:
            self._raw.close()
            raise

    def _sql(self, sql: str) -> str:
        return sql if self.dialect == "sqlite" else sql.replace("%", "%%").replace("?", "%s")

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return list(self._raw.execute(self._sql(sql), tuple(parameters)).fetchall())

    def stream(self, sql: str, parameters: Sequence[object] = (), size: int = 1_000) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a query in blocks of `size`, in constant memory."""
        if self.dialect == "sqlite":
            cursor = self._raw.execute(sql, tuple(parameters))
            while block := cursor.fetchmany(size):
                yield block
            return
        with self._raw.transaction(), self._raw.cursor(name="stream") as cursor:
            cursor.execute(self._sql(sql), tuple(parameters))
            while block := cursor.fetchmany(size):
                yield block

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Within it every query sees the database as it was at the first one, whatever others write meanwhile."""
        self._raw.execute("BEGIN" if self.dialect == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ")
        try:
            yield
        finally:
            # A damaged file or a lost connection has ended it already.
            with contextlib.suppress(*driver_error(self.dialect)):
                self._raw.execute("ROLLBACK")

    def data_version(self) -> int:
        """A number that changes when another connection has written; on PostgreSQL the newest action's id."""
        if self.dialect == "sqlite":
            return int(self.rows("PRAGMA data_version")[0][0])
        return int(self.rows("SELECT coalesce(max(id), 0) FROM action")[0][0])

    def interrupt(self) -> None:
        """Make the query that runs on this connection in another thread fail soon; the connection stays usable."""
        if self.dialect == "sqlite":
            self._raw.interrupt()
        else:
            self._raw.cancel_safe()

    def close(self) -> None:
        """End the connection."""
        self._raw.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def interrupted(error: BaseException) -> bool:
    """Whether `error` is what a query ends with that was interrupted."""
    return type(error).__name__ in {"QueryCanceled"} or "interrupted" in str(error)


def new_file(path: Path) -> None:
    """Make an empty file for a database, for its owner only; never over an existing one (Refused)."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise Refused(f"database {path}: is there already; give another --db, or remove the file first") from error
    except OSError as error:
        raise Refused(f"database {path}: cannot be made ({error.strerror}); give another --db") from error
