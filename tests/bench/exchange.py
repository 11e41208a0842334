"""Import, re-import, dry-run and export against named peers on the same generated file, interleaved in one run.

    python tests/bench/exchange.py [-n 1000000] [--rounds 3] [--quick] [--strict] [--postgresql]

Prints the median seconds and peak memory of each job and the ratios that are judged; before any time counts, what was
written is counted. Peers: the `sqlite3` shell's `.import` into one flat table without index (the yardstick), the
standard library doing the same where there is no shell, `sqlite-utils insert` with `enable-fts`, `csvsql --insert`,
DuckDB reading and writing the CSV. None of the peers validates, links or keeps provenance.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent

BARS = {
    "import / .import": 6.0,
    "import / sqlite-utils insert + fts": 0.30,
    "re-import unchanged / .import": 1.5,
    "re-import 1 % new, per new row / import per row": 5.0,
    "1 % bad rows / clean": 1.25,
    "export csv / sqlite3 -csv": 2.4,
    "export csv / sqlite-utils rows --csv": 0.95,
}
"""The most that each ratio may be."""
MEMORY = 300.0
"""MiB that no import may exceed."""
BLOCKED = 50.0
"""Milliseconds that a reader may be kept waiting while an import runs."""

_FLAT = """
import csv, sqlite3, sys
raw = sqlite3.connect(sys.argv[2])
rows = csv.reader(open(sys.argv[1], encoding="utf-8", newline=""))
names = next(rows)
raw.execute("CREATE TABLE flat (%s)" % ", ".join(names))
raw.executemany("INSERT INTO flat VALUES (%s)" % ", ".join("?" * len(names)), rows)
raw.commit()
"""


@dataclass
class Job:
    """A command that is timed; `before` prepares each round untimed."""

    name: str
    command: list[str]
    before: Callable[[], None] = lambda: None
    seconds: list[float] = field(default_factory=list)
    memory: float = 0.0

    @property
    def median(self) -> float:
        """Seconds."""
        return statistics.median(self.seconds)


class Bench:
    """The files, the databases and the jobs of one run."""

    def __init__(self, count: int, folder: Path) -> None:
        self.count = count
        self.folder = folder
        self.env = os.environ | {f"TRACKER_{name}_DIR": str(folder / "home") for name in ("STATE", "CONFIG", "DATA")}
        self.env.pop("PYTHONDONTWRITEBYTECODE", None)
        self.clean = self.made("clean.csv")
        self.dirty = self.made("dirty.csv", "--dirty", "0.01")
        self.newer = self.made("newer.csv", "--changed", "0.01")
        self.ours = folder / "ours.db"
        self.full = folder / "full.db"

    def made(self, name: str, *more: str) -> Path:
        """A generated file."""
        path = self.folder / name
        run([sys.executable, str(HERE / "make_events.py"), str(path), "-n", str(self.count), *more])
        return path

    def tracker(self, *arguments: str, db: Path | str | None = None) -> list[str]:
        """A command line of ours."""
        return [str(BIN / "tracker"), "--db", str(db or self.ours), *arguments]

    def fresh(self) -> None:
        """An empty database of ours."""
        remove(self.ours)
        run(self.tracker("init"), self.env)

    def loaded(self) -> None:
        """A database of ours that holds the clean file."""
        remove(self.ours)
        shutil.copy(self.full, self.ours)

    def jobs(self) -> Iterator[Job]:
        """What is timed, in the order of one round."""
        flat, utils = self.folder / "flat.db", self.folder / "utils.db"
        shell = shutil.which("sqlite3")
        script = [shell, str(flat), "-cmd", ".mode csv", f".import {self.clean} flat"] if shell else []
        yield Job(".import", script or [sys.executable, "-c", _FLAT, str(self.clean), str(flat)], partial(remove, flat))
        insert = f"{BIN}/sqlite-utils insert {utils} flat {self.clean} --csv && "
        enable = f"{BIN}/sqlite-utils enable-fts {utils} flat source_headline notes"
        yield Job("sqlite-utils insert + fts", ["bash", "-c", insert + enable], partial(remove, utils))
        for name in ("csvsql", "duckdb"):
            if (peer := self.peer(name)) is not None:
                yield peer
        arguments = ("import", "--profile", "ucdp-ged")
        yield Job("import", self.tracker(*arguments, str(self.clean)), self.fresh)
        yield Job("import, 1 % bad", self.tracker(*arguments, str(self.dirty)), self.fresh)
        yield Job("dry-run", self.tracker(*arguments, str(self.clean), "--dry-run"), self.fresh)
        yield Job("re-import", self.tracker(*arguments, str(self.clean)), self.loaded)
        yield Job("re-import, 1 % new", self.tracker(*arguments, str(self.newer)), self.loaded)
        target = str(self.folder / "out.csv")
        yield Job("export csv", self.tracker("export", "incidents", "-o", target, "--force", db=self.full))
        rows = "SELECT * FROM incident WHERE deleted_at IS NULL"
        if shell:
            yield Job("sqlite3 -csv", ["bash", "-c", f"{shell} -header -csv {self.full} '{rows}' > {target}"])
        yield Job("sqlite-utils rows", ["bash", "-c", f"{BIN}/sqlite-utils rows {self.full} incident --csv > {target}"])

    def peer(self, name: str) -> Job | None:
        """A peer that is measured where it is installed."""
        target = self.folder / f"{name}.db"
        if name == "csvsql" and (BIN / "csvsql").exists():
            words = ["--db", f"sqlite:///{target}", "--insert", "--tables", "flat", "-I", str(self.clean)]
            return Job("csvsql -I --insert", [str(BIN / "csvsql"), *words], lambda: remove(target))
        if name == "duckdb" and find_spec("duckdb"):
            code = (
                f"import duckdb; duckdb.connect({str(target)!r}).execute(\"CREATE TABLE flat AS FROM '{self.clean}'\")"
            )
            return Job("duckdb CREATE TABLE", [sys.executable, "-c", code], lambda: remove(target))
        return None


def run(command: Sequence[str], env: dict[str, str] | None = None) -> None:
    """A command that is not timed; rejected rows (exit 6) are no failure."""
    code = subprocess.run(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    ).returncode
    if code not in (0, 6):
        raise SystemExit(f"{' '.join(command)}: exit code {code}")


def remove(path: Path) -> None:
    """A database with what lies beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def timed(job: Job, env: dict[str, str]) -> None:
    """One run of a job."""
    job.before()
    os.sync()
    began = time.perf_counter()
    process = subprocess.Popen(job.command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    job.seconds.append(time.perf_counter() - began)
    job.memory = max(job.memory, usage.ru_maxrss / 1024)
    if os.waitstatus_to_exitcode(status) not in (0, 6):
        raise SystemExit(f"{job.name}: exit code {os.waitstatus_to_exitcode(status)}: {' '.join(job.command)}")


def verify(bench: Bench) -> None:
    """What the imports wrote, counted before any time counts; leaves the full database behind."""
    bench.fresh()
    first = told(bench, bench.clean)
    remove(bench.full)
    shutil.copy(bench.ours, bench.full)
    again, newer = told(bench, bench.clean), told(bench, bench.newer)
    added = round(bench.count * 0.01)
    checks = {
        "first import": first["new"] == bench.count and first["rejected"] == 0,
        "re-import": again["same"] == bench.count and again["new"] == again["changed"] == 0,
        "newer release": newer["new"] == added and 0 < newer["changed"] < bench.count * 0.02 and newer["gone"] == 0,
    }
    with contextlib.closing(sqlite3.connect(bench.full)) as raw:
        words = raw.execute("SELECT count(*) FROM incident_fts WHERE incident_fts MATCH 'attack'").fetchone()[0]
        checks["full text"] = words > bench.count / 10
        checks["involvements"] = raw.execute("SELECT count(*) FROM involvement").fetchone()[0] == 2 * bench.count
        checks["indexes"] = raw.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0] > 10
    if wrong := [name for name, holds in checks.items() if not holds]:
        raise SystemExit(
            f"what was written is not what was to be written: {', '.join(wrong)} ({first}, {again}, {newer})"
        )


def told(bench: Bench, file: Path) -> dict[str, int]:
    """The numbers that an import gives."""
    command = bench.tracker("import", "--profile", "ucdp-ged", "--json", str(file))
    out = subprocess.run(command, env=bench.env, capture_output=True, text=True, check=False).stdout
    found: dict[str, int] = json.loads(out.splitlines()[-1])
    return found


def blocked(bench: Bench) -> float:
    """The longest that reading a page took while a newer release was imported, in milliseconds."""
    bench.loaded()
    longest, done = [0.0], threading.Event()

    def read() -> None:
        with contextlib.closing(sqlite3.connect(f"file:{bench.ours}?mode=ro", uri=True)) as raw:
            while not done.is_set():
                began = time.perf_counter()
                raw.execute("SELECT id, title FROM incident WHERE id > 100 ORDER BY id LIMIT 40").fetchall()
                longest[0] = max(longest[0], (time.perf_counter() - began) * 1000)
                time.sleep(0.005)

    reader = threading.Thread(target=read)
    reader.start()
    run(bench.tracker("import", "--profile", "ucdp-ged", str(bench.newer)), bench.env)
    done.set()
    reader.join()
    return longest[0]


def ratios(jobs: dict[str, Job], count: int) -> dict[str, float]:
    """The judged ratios; those whose peer is not installed are left out."""
    added = round(count * 0.01) * 2
    pairs = {
        "import / .import": ("import", ".import"),
        "import / sqlite-utils insert + fts": ("import", "sqlite-utils insert + fts"),
        "re-import unchanged / .import": ("re-import", ".import"),
        "1 % bad rows / clean": ("import, 1 % bad", "import"),
        "export csv / sqlite3 -csv": ("export csv", "sqlite3 -csv"),
        "export csv / sqlite-utils rows --csv": ("export csv", "sqlite-utils rows"),
    }
    found = {name: jobs[a].median / jobs[b].median for name, (a, b) in pairs.items() if a in jobs and b in jobs}
    extra = max(0.0, jobs["re-import, 1 % new"].median - jobs["re-import"].median)
    found["re-import 1 % new, per new row / import per row"] = (extra / added) / (jobs["import"].median / count)
    return found


def main() -> int:
    """Measure and print; with --strict, give back 1 when a bar does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", "--count", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="20,000 rows, one round")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a bar does not hold")
    parser.add_argument("--folder", type=Path, default=None, help="keep the files there")
    given = parser.parse_args()
    count, rounds = (20_000, 1) if given.quick else (given.count, given.rounds)
    folder = given.folder or Path(tempfile.mkdtemp(prefix="exchange"))
    folder.mkdir(exist_ok=True)
    try:
        return measure(Bench(count, folder), rounds, strict=given.strict)
    finally:
        if given.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


def measure(bench: Bench, rounds: int, *, strict: bool) -> int:
    """All rounds, then the tables."""
    verify(bench)
    jobs = {job.name: job for job in bench.jobs()}
    for _ in range(rounds):
        for job in jobs.values():
            timed(job, bench.env)
    print(f"{bench.count:,} rows, {bench.clean.stat().st_size / 1e6:,.0f} MB, median of {rounds}")
    for job in jobs.values():
        print(f"{job.name:28} {job.median:8.2f} s {job.memory:8.0f} MiB")
    held = True
    for name, ratio in ratios(jobs, bench.count).items():
        held &= ratio <= BARS[name]
        print(f"{name:50} {ratio:6.2f}   bar {BARS[name]:5.2f} {'' if ratio <= BARS[name] else '  MISSED'}")
    longest = blocked(bench)
    most = max(job.memory for name, job in jobs.items() if "import" in name and name[0] != ".")
    print(f"{'longest read while a newer release is imported':50} {longest:6.1f} ms, bar {BLOCKED:.0f}")
    print(f"{'peak memory of an import':50} {most:6.0f} MiB, bar {MEMORY:.0f}")
    held &= longest <= BLOCKED and most <= MEMORY
    return 1 if strict and not held else 0


if __name__ == "__main__":
    sys.exit(main())
