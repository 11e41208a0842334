"""The full text of a first load, made by a second process in a file of its own while the rows go in."""

from __future__ import annotations

import os
import pickle
import queue
import re
import signal
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.store.bulk_link import quoted
from tracker.store.database import sqlite_module

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_HASH = 8 << 20
"""Bytes of words that the full text gathers before it writes them; its own default makes many small segments."""

_WAITING = 32
"""Blocks of rows that may wait for the second process."""

_SHADOWS = (("data", "id, block"), ("idx", "segid, term, pgno"), ("docsize", "id, sz"))
"""The tables that an FTS5 index consists of (https://sqlite.org/fts5.html, “FTS5 Data Structures”)."""


def can_fork() -> bool:
    """Whether a second process would run beside this one, and this one may be copied.

    Only a process of one thread may be: a lock that another thread holds would never be released in the copy.
    """
    return sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


class Words:
    """The words of tables that were empty, on their way into full-text tables; `tables` maps a table to its columns."""

    def __init__(self, made_by: Mapping[str, str], columns: Mapping[str, Sequence[str]]) -> None:
        """Start the process; `made_by` is the statement of each table's full text, `columns` what stands in it."""
        from multiprocessing import get_context

        self.tables = dict(columns)
        self._folder = tempfile.TemporaryDirectory(prefix="tracker-")
        self._path = str(Path(self._folder.name) / "words.db")
        apart = [re.sub(r"content='\w+', content_rowid='id'", "content=''", made_by[table]) for table in columns]
        context = get_context("fork")
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(
            target=_work, args=(self._path, apart, list(columns), theirs, self._pipe), daemon=True
        )
        self._child.start()
        theirs.close()
        self._lost = False

    def add(self, table: str, ids: Sequence[int], values: Mapping[str, Sequence[object]]) -> None:
        """Hand on the words of new rows."""
        given = {name: values[name] for name in self.tables[table] if name in values and any(values[name])}
        if given and not self._lost:
            self._send((table, ids, given))

    def _send(self, told: object) -> None:
        try:
            self._pipe.send_bytes(pickle.dumps(told, 5))
        except OSError:
            self._lost = True

    def move(self, raw: Any) -> bool:
        """Have the finished index in the database of this connection; False when the process did not come through."""
        self._send(None)
        try:
            if self._lost or self._pipe.recv_bytes() != b"done":
                return False
        except (EOFError, OSError):
            return False
        made = sqlite_module().connect(self._path, isolation_level=None)
        try:
            for table in self.tables:
                for shadow, columns in _SHADOWS:
                    name = f"{table}_fts_{shadow}"
                    raw.execute(f"DELETE FROM {name}")
                    marks = ", ".join("?" * (columns.count(",") + 1))
                    rows = made.execute(f"SELECT {columns} FROM {name}")
                    raw.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)
        finally:
            made.close()
        return True

    def close(self) -> None:
        """End the process and remove its file."""
        self._pipe.close()
        self._child.kill()
        self._child.join()
        self._folder.cleanup()


def _work(path: str, statements: list[str], tables: list[str], pipe: Connection, others: Connection) -> None:
    """What the second process does: it ends without a word when the first one is gone."""
    # Ctrl-C goes to both: the first one says what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    others.close()
    waiting: queue.Queue[Any] = queue.Queue(_WAITING)
    threading.Thread(target=_receive, args=(pipe, waiting), daemon=True).start()
    raw = sqlite_module().connect(path, isolation_level=None)
    # Whatever happens to this file, the rows are in the database and their words can be gathered from there.
    for setting in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-16000"):
        raw.execute(f"PRAGMA {setting}")
    raw.execute("BEGIN")
    for table, sql in zip(tables, statements, strict=True):
        raw.execute(sql)
        raw.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('hashsize', ?)", (_HASH,))
    while (block := waiting.get()) is not None:
        table, ids, values = block
        marks = ", ".join("?" * (len(values) + 1))
        raw.executemany(
            f"INSERT INTO {table}_fts (rowid, {quoted(values)}) VALUES ({marks})",
            zip(ids, *values.values(), strict=True),
        )
    raw.execute("COMMIT")
    raw.close()
    pipe.send_bytes(b"done")


def _receive(pipe: Connection, waiting: queue.Queue[Any]) -> None:
    """Take in what comes while the words of earlier blocks are put away."""
    told: object = ()
    while told is not None:
        try:
            told = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our own parent
        except (EOFError, OSError):
            os._exit(1)
        waiting.put(told)
