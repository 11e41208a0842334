"""How the benches take turns, and how they print what was measured against its bar."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_PATIENCE, _MOST = 0.5, 100
"""Seconds a round that short jobs may fill with more rounds, and how many these may be."""


@dataclass(frozen=True)
class Verdict:
    """One measure of a row of the table of bars; without a bar it only tells.

    `excused` says why the bar does not matter, such as a time too short to be felt.
    """

    row: int
    what: str
    value: float
    bar: float | None = None
    unit: str = "×"
    detail: str = ""
    excused: str = ""

    @property
    def holds(self) -> bool:
        """Whether the bar is kept, or there is none."""
        return self.bar is None or self.value <= self.bar or bool(self.excused)

    def line(self) -> str:
        """The verdict as a line of the table."""
        bar, word = "", ""
        if self.bar is not None:
            bar = f"bar {self.bar:g}"
            word = "MISSED" if not self.holds else "holds" if self.value <= self.bar else f"holds: {self.excused}"
        told = f"{self.row:>2}  {self.what:59} {self.value:9.2f} {self.unit:3} {bar:8} {word:8} {self.detail}"
        return told.rstrip()


def judged(verdicts: Iterable[Verdict]) -> bool:
    """Print each verdict as it comes; whether all of them hold."""
    every = True
    for verdict in verdicts:
        print(verdict.line(), flush=True)
        every &= verdict.holds
    return every


def in_turn(jobs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median seconds of each job; the jobs take turns, so that what else the machine does falls on all of them.

    Short jobs get more rounds, for one of them is easily hit by something else.
    """
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    end, turn = time.perf_counter() + _PATIENCE * rounds, 0
    while turn < rounds or (turn < _MOST and time.perf_counter() < end):
        turn += 1
        for name, job in jobs.items():
            began = time.perf_counter()
            job()
            seconds[name].append(time.perf_counter() - began)
    return {name: statistics.median(found) for name, found in seconds.items()}


def require(what: str, found: object, expected: object) -> None:
    """End the run when a result is not the one that is to be measured: no time counts before that."""
    if found != expected:
        raise SystemExit(f"{what}: {str(found)[:300]} instead of {str(expected)[:300]}")
