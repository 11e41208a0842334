"""The SQLAlchemy engine of a database, and the making of a database through its migrations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from tracker.errors import Refused
from tracker.store.database import APPLICATION_ID, Database, connect, new_file, sqlite_module, wal_is_safe

MIGRATIONS = Path(__file__).parent / "migrations"

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""How JSON is stored: as a bulk import writes it, so that the same value is the same text."""


def engine(where: Database) -> Engine:
    """An engine that writes: every transaction takes the write lock at its start, and a commit is on the disk."""
    # With an SQLite that is not safe for two connections, one connection at a time is all there ever is.
    pool = QueuePool if where.dialect == "postgresql" or wal_is_safe() else NullPool
    if where.dialect == "postgresql":
        return create_engine(
            "postgresql+psycopg://", creator=lambda: _transactional(where), poolclass=pool, pool_pre_ping=True,
            json_serializer=_COMPACT,
        )  # fmt: skip
    made = create_engine(
        "sqlite://", module=sqlite_module(), creator=lambda: connect(where, writing=True), poolclass=pool,
        json_serializer=_COMPACT,
    )  # fmt: skip

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred transaction that turns to writing can fail at once with BUSY_SNAPSHOT; this one waits its turn.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made


def _transactional(where: Database) -> Any:
    raw = connect(where, writing=True)
    raw.autocommit = False
    return raw


def create(where: Database) -> None:
    """Make the database and its tables.

    Raises Refused when an SQLite file is there already, or a PostgreSQL database holds our tables already.
    """
    if where.path is not None:
        new_file(where.path)
    try:
        if where.path is not None:
            _stamp(where.path)
        made = engine(where)
        try:
            with made.begin() as connection:
                upgrade(connection)
        finally:
            made.dispose()
    except BaseException:
        if where.path is not None:
            for suffix in ("", "-wal", "-shm", "-journal"):
                Path(f"{where.path}{suffix}").unlink(missing_ok=True)
        raise


def _stamp(path: Path) -> None:
    """Write our application id into the header of the empty file."""
    raw = sqlite_module().connect(str(path), isolation_level=None)
    # Incidents with their summaries are long rows: in pages of 4 KiB a large load and a scan take a sixth longer.
    raw.execute("PRAGMA page_size=8192")
    raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
    # An empty file keeps no header; a table made and dropped writes the first page.
    raw.execute("CREATE TABLE header (x)")
    raw.execute("DROP TABLE header")
    raw.close()


def upgrade(connection: Connection) -> None:
    """Run the migrations that the database behind `connection` lacks, inside its transaction."""
    # Every write needs this module, and only the making of a database needs the half second that Alembic takes.
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        # Two programs started at once must not both make the tables.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (APPLICATION_ID,))
        if connection.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar() is not None:
            raise Refused("database: holds the tables of tracker already; leave out “init”")
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
