"""What a database is kept with: its engine, version, settings, schema and size."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.store.database import HEAD, Reader, wal_is_safe


@dataclass(frozen=True, slots=True)
class About:
    """`size` in bytes; `safe` is False when two programs at once could damage the database, and why in `note`."""

    engine: str
    version: str
    schema: str
    size: int
    journal: str
    safe: bool
    note: str


def about(reader: Reader) -> About:
    """What is known of the database behind `reader`."""
    if reader.dialect == "postgresql":
        size = reader.rows("SELECT pg_database_size(current_database())")[0][0]
        version = reader.rows("SELECT current_setting('server_version')")[0][0]
        return About("PostgreSQL", str(version), HEAD, int(size), "WAL", True, "")
    pages, width = (int(reader.rows(f"PRAGMA {name}")[0][0]) for name in ("page_count", "page_size"))
    version = str(reader.rows("SELECT sqlite_version()")[0][0])
    journal = str(reader.rows("PRAGMA journal_mode")[0][0]).upper()
    safe = wal_is_safe() or journal != "WAL"
    note = "" if wal_is_safe() else f"SQLite {version} is older than 3.51.3, so WAL is not used"
    return About("SQLite", version, HEAD, pages * width, journal, safe, note)
