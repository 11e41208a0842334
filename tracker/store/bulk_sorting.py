"""Which SQLite makes the indexes of a large load: one that sorts in files, so memory does not grow with the rows."""

from __future__ import annotations

import importlib
from typing import Any

from tracker.errors import Refused
from tracker.store.database import Database, driver_error, sqlite_module

_NEEDED = "ENABLE_FTS5"
_OLDEST = (3, 38, 0)


def sorting_in_files(where: Database, raw: Any) -> Any:
    """The same database by the platform's SQLite, where ours was built to sort in memory only, and that one was not.

    `raw` holds the file alone, in rollback mode: so no fault of an older SQLite in write-ahead mode matters. It is
    closed, for the locks of two libraries in one process do not see each other. Refused when somebody else took the
    file in between.
    """
    plain = importlib.import_module("sqlite3")
    if plain is sqlite_module() or _in_files(raw) or plain.sqlite_version_info < _OLDEST:
        return raw
    if not (where.path and _suits(plain)):
        return raw
    raw.close()
    made = plain.connect(str(where.path), isolation_level=None, check_same_thread=False)
    try:
        made.execute("PRAGMA trusted_schema=OFF")
        made.execute("PRAGMA locking_mode=EXCLUSIVE")
        made.execute("PRAGMA synchronous=EXTRA")
        if made.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
            return made
    except driver_error("sqlite") as error:
        made.close()
        raise Refused(f"database {where.shown}: somebody else is writing ({error}); try again") from error
    made.close()
    raise Refused(f"database {where.shown}: somebody else has just opened it; try again")


def _suits(module: Any) -> bool:
    probe = module.connect(":memory:")
    try:
        return _in_files(probe) and (_NEEDED,) in probe.execute("PRAGMA compile_options").fetchall()
    finally:
        probe.close()


def _in_files(raw: Any) -> bool:
    """Whether temporary data may lie in files: 2 and 3 mean memory (https://sqlite.org/compile.html, TEMP_STORE)."""
    options = {option for (option,) in raw.execute("PRAGMA compile_options").fetchall()}
    return not options & {"TEMP_STORE=2", "TEMP_STORE=3"}
