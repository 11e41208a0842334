"""Row 5: the peak memory of an import and of its helpers, each and summed, on a file and on one 2.5 times as long."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import psutil
from exchange_ground import Ground
from verdicts import Verdict

BAR = 300.0
"""MiB that no import may exceed, of any number of rows."""
_LONGER = 2.5
_PAUSE = 0.01


@dataclass
class Peak:
    """Resident MiB: the most that the process, its children each, and all of them at one moment had.

    Pages that several of them share are counted for each, so that the sum is too high rather than too low.
    """

    main: float = 0.0
    children: dict[int, float] = field(default_factory=dict)
    summed: float = 0.0

    def see(self, process: psutil.Process) -> None:
        """Look at the processes that there are now."""
        now = 0.0
        with suppress(psutil.NoSuchProcess):
            self.main = max(self.main, here := process.memory_info().rss / 2**20)
            now += here
            for child in process.children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    own = child.memory_info().rss / 2**20
                    self.children[child.pid] = max(own, self.children.get(child.pid, 0.0))
                    now += own
        self.summed = max(self.summed, now)


def peak(command: list[str], env: dict[str, str]) -> Peak:
    """The memory of a run, looked at a hundred times a second; of the process itself as the system counted it."""
    found = Peak()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    looked = psutil.Process(process.pid)
    while True:
        found.see(looked)
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(_PAUSE)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"import: exit code {process.returncode}")
    found.main = max(found.main, usage.ru_maxrss / 1024)
    return found


def section(ground: Ground) -> Iterator[Verdict]:
    """Both files, then how much the longer one adds."""
    sums = []
    for count in (ground.count, round(ground.count * _LONGER)):
        file = ground.made("clean", count=count)
        ground.fresh()
        found = peak(ground.tracker("import", "--profile", "ucdp-ged", str(file)), ground.env)
        sums.append(found.summed)
        helpers = " + ".join(f"{own:.0f}" for own in found.children.values()) or "none"
        detail = f"process {found.main:.0f}, children {helpers}"
        yield Verdict(5, f"peak memory, {count:,} rows, summed", found.summed, BAR, "MiB", detail)
    yield Verdict(5, f"peak memory of {_LONGER:g} times the rows", sums[1] / sums[0])
