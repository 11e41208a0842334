"""What the sections of the exchange bench share: generated files, filled databases and processes that are timed."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from verdicts import require

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent


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

    def told(self) -> str:
        """Seconds and MiB."""
        return f"{self.name:28} {self.median:8.2f} s {self.memory:8.0f} MiB"


class Ground:
    """The files and databases of one run of `count` rows; what is in the folder already is used again."""

    def __init__(self, count: int, folder: Path, rounds: int = 3, factor: int = 10) -> None:
        self.count = count
        self.folder = folder
        self.rounds = rounds
        self.factor = factor
        self.env = os.environ | {f"TRACKER_{name}_DIR": str(folder / "home") for name in ("STATE", "CONFIG", "DATA")}
        self.env.pop("PYTHONDONTWRITEBYTECODE", None)
        self.ours = folder / "ours.db"

    @cached_property
    def clean(self) -> Path:
        """The file that all measure on."""
        return self.made("clean")

    @cached_property
    def dirty(self) -> Path:
        """The file with one row in a hundred broken."""
        return self.made("dirty", "--dirty", "0.01")

    @cached_property
    def newer(self) -> Path:
        """The file as a newer release: one row in a hundred changed, as many new."""
        return self.made("newer", "--changed", "0.01")

    @cached_property
    def full(self) -> Path:
        """A database of ours with the clean file; not to be written to."""
        path = self.folder / f"full-{self.count}.db"
        if not path.exists():
            self.fresh()
            first = self.told(self.clean)
            require("first import", (first["new"], first["rejected"]), (self.count, 0))
            shutil.move(self.ours, path)
        return path

    def made(self, name: str, *more: str, count: int = 0) -> Path:
        """A generated file, of another number of rows when `count` is given."""
        count = count or self.count
        path = self.folder / f"{name}-{count}.csv"
        if not path.exists():
            part = path.with_suffix(".part")
            run([sys.executable, str(HERE / "make_events.py"), str(part), "-n", str(count), *more])
            part.replace(path)
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

    def told(self, file: Path) -> dict[str, int]:
        """The numbers that an import gives."""
        command = self.tracker("import", "--profile", "ucdp-ged", "--json", str(file))
        out = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False).stdout
        found: dict[str, int] = json.loads(out.splitlines()[-1])
        return found

    def timed(self, job: Job) -> None:
        """One run of a job."""
        job.before()
        os.sync()
        began = time.perf_counter()
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(job.command, env=self.env, stdout=subprocess.DEVNULL, stderr=errors)
            _, status, usage = os.wait4(process.pid, 0)
            job.seconds.append(time.perf_counter() - began)
            job.memory = max(job.memory, usage.ru_maxrss / 1024)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in (0, 6):
                errors.seek(0)
                told = errors.read().decode(errors="replace")[-1500:]
                raise SystemExit(f"{job.name}: exit code {process.returncode}: {' '.join(job.command)}\n{told}")


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
