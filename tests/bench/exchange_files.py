"""Rows 1 to 4 and 7: import, re-import, a dirty file and export, against named peers on the same bytes."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from functools import partial
from importlib.util import find_spec

from exchange_ground import BIN, Ground, Job, remove, run
from verdicts import Verdict, require

RATIOS = (
    (1, "import / .import", "import", ".import", 6.0),
    (2, "import / sqlite-utils insert + fts", "import", "sqlite-utils insert + fts", 0.30),
    (3, "re-import unchanged / .import", "re-import", ".import", 1.5),
    (4, "1 % bad rows / clean", "import, 1 % bad", "import", 1.25),
    (7, "export csv / sqlite3 -csv", "export csv", "sqlite3 -csv", 2.4),
    (7, "export csv / sqlite-utils rows --csv", "export csv", "sqlite-utils rows", 0.95),
)
"""The row, what it is called, the two jobs, and the most that the first may take of the second."""
NEW_ROW = 5.0
"""The most that a new row of a newer release may cost of one of a first import."""
BLOCKED = 50.0
"""Milliseconds that a reader may be kept waiting while an import runs."""
MEMORY = 300.0
"""MiB that no import may exceed."""
ROWS = frozenset({1, 2, 3, 4, 7})
_TOLD = {"csvsql -I --insert": 2, "duckdb CREATE TABLE": 2, "dry-run": 1}
"""Jobs that no ratio needs, and with which row they are run."""

_FLAT = """
import csv, sqlite3, sys
raw = sqlite3.connect(sys.argv[2])
rows = csv.reader(open(sys.argv[1], encoding="utf-8", newline=""))
names = next(rows)
raw.execute("CREATE TABLE flat (%s)" % ", ".join(names))
raw.executemany("INSERT INTO flat VALUES (%s)" % ", ".join("?" * len(names)), rows)
raw.commit()
"""


def jobs(ground: Ground) -> Iterator[Job]:
    """What is timed, in the order of one round."""
    yield from _peers(ground)
    arguments = ("import", "--profile", "ucdp-ged")
    yield Job("import", ground.tracker(*arguments, str(ground.clean)), ground.fresh)
    yield Job("import, 1 % bad", ground.tracker(*arguments, str(ground.dirty)), ground.fresh)
    yield Job("dry-run", ground.tracker(*arguments, str(ground.clean), "--dry-run"), ground.fresh)
    yield Job("re-import", ground.tracker(*arguments, str(ground.clean)), ground.loaded)
    yield Job("re-import, 1 % new", ground.tracker(*arguments, str(ground.newer)), ground.loaded)
    yield from _exports(ground)


def _peers(ground: Ground) -> Iterator[Job]:
    """Others that take the file in; the last two where they are installed."""
    flat, utils = ground.folder / "flat.db", ground.folder / "utils.db"
    shell, clean = shutil.which("sqlite3"), str(ground.clean)
    script = [shell, str(flat), "-cmd", ".mode csv", f".import {clean} flat"] if shell else []
    yield Job(".import", script or [sys.executable, "-c", _FLAT, clean, str(flat)], partial(remove, flat))
    insert = f"{BIN}/sqlite-utils insert {utils} flat {clean} --csv && "
    enable = f"{BIN}/sqlite-utils enable-fts {utils} flat source_headline notes"
    yield Job("sqlite-utils insert + fts", ["bash", "-c", insert + enable], partial(remove, utils))
    if (BIN / "csvsql").exists():
        target = ground.folder / "csvsql.db"
        words = ["--db", f"sqlite:///{target}", "--insert", "--tables", "flat", "-I", clean]
        yield Job("csvsql -I --insert", [str(BIN / "csvsql"), *words], partial(remove, target))
    if find_spec("duckdb"):
        target = ground.folder / "duckdb.db"
        code = f"import duckdb; duckdb.connect({str(target)!r}).execute(\"CREATE TABLE flat AS FROM '{clean}'\")"
        yield Job("duckdb CREATE TABLE", [sys.executable, "-c", code], partial(remove, target))


def _exports(ground: Ground) -> Iterator[Job]:
    target, full = str(ground.folder / "out.csv"), ground.full
    yield Job("export csv", ground.tracker("export", "incidents", "-o", target, "--force", db=full))
    rows = "SELECT * FROM incident WHERE deleted_at IS NULL"
    if shell := shutil.which("sqlite3"):
        yield Job("sqlite3 -csv", ["bash", "-c", f"{shell} -header -csv {full} '{rows}' > {target}"])
    yield Job("sqlite-utils rows", ["bash", "-c", f"{BIN}/sqlite-utils rows {full} incident --csv > {target}"])


def verify(ground: Ground) -> None:
    """What the imports wrote, counted before any time counts."""
    ground.loaded()
    again, newer = ground.told(ground.clean), ground.told(ground.newer)
    added = round(ground.count * 0.01)
    checks = {
        "re-import": again["same"] == ground.count and again["new"] == again["changed"] == 0,
        "newer release": newer["new"] == added and 0 < newer["changed"] < ground.count * 0.02 and newer["gone"] == 0,
    }
    with contextlib.closing(sqlite3.connect(ground.full)) as raw:
        words = raw.execute("SELECT count(*) FROM incident_fts WHERE incident_fts MATCH 'attack'").fetchone()[0]
        checks["full text"] = words > ground.count / 10
        checks["involvements"] = raw.execute("SELECT count(*) FROM involvement").fetchone()[0] == 2 * ground.count
        checks["triggers"] = raw.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0] > 10
    wrong = [name for name, holds in checks.items() if not holds]
    require(f"what was written ({again}, {newer}), wrong", wrong, [])


def blocked(ground: Ground) -> float:
    """The longest that reading a page took while a newer release was imported, in milliseconds."""
    ground.loaded()
    longest, done = [0.0], threading.Event()

    def read() -> None:
        with contextlib.closing(sqlite3.connect(f"file:{ground.ours}?mode=ro", uri=True)) as raw:
            while not done.is_set():
                began = time.perf_counter()
                raw.execute("SELECT id, title FROM incident WHERE id > 100 ORDER BY id LIMIT 40").fetchall()
                longest[0] = max(longest[0], (time.perf_counter() - began) * 1000)
                time.sleep(0.005)

    reader = threading.Thread(target=read)
    reader.start()
    run(ground.tracker("import", "--profile", "ucdp-ged", str(ground.newer)), ground.env)
    done.set()
    reader.join()
    return longest[0]


def section(ground: Ground, only: Iterable[int]) -> Iterator[Verdict]:
    """The rows of `only` that are here: all rounds of the jobs they need, then their ratios."""
    rows = ROWS & set(only)
    verify(ground)
    needed = {job for row, _, ours, peer, _ in RATIOS if row in rows for job in (ours, peer)}
    needed |= {name for name, row in _TOLD.items() if row in rows}
    needed |= {"import", "re-import", "re-import, 1 % new"} if 3 in rows else set()
    done = {job.name: job for job in jobs(ground) if job.name in needed}
    for _ in range(ground.rounds):
        for job in done.values():
            ground.timed(job)
    for job in done.values():
        print(job.told())
    for row, name, ours, peer, bar in RATIOS:
        if row in rows and ours in done and peer in done:
            yield Verdict(row, name, done[ours].median / done[peer].median, bar)
    if 3 in rows:
        yield from _newer(ground, done)
    if most := [job.memory for name, job in done.items() if "import" in name and name[0] != "."]:
        yield Verdict(5, "peak memory of an import, without its children", max(most), MEMORY, "MiB")


def _newer(ground: Ground, done: dict[str, Job]) -> Iterator[Verdict]:
    """What a newer release costs for each new or changed row, and a reader."""
    extra = max(0.0, done["re-import, 1 % new"].median - done["re-import"].median) / (round(ground.count * 0.01) * 2)
    name = "re-import 1 % new, per new row / import per row"
    yield Verdict(3, name, extra / (done["import"].median / ground.count), NEW_ROW)
    yield Verdict(3, "longest read while a newer release is imported", blocked(ground), BLOCKED, "ms")
