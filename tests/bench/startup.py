"""How long commands take from a cold start, as ratios against peers in one interleaved run.

    python tests/bench/startup.py [--quick] [--rounds 9] [--db FILE.db]

Prints the median and the ratio of each command to its peer: `--version` against an empty Python, `--help` against
`sqlite-utils --help`, `list` and `export --limit` against `sqlite-utils rows --limit` on the same file.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARS = {"version": 2.0, "help": 0.8, "list": 4.0, "export": 4.0}
"""The most that each ratio may be."""


def once(command: list[str], env: dict[str, str]) -> float:
    """Wall-clock milliseconds of one run."""
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env=env)
    return (time.perf_counter() - began) * 1000


def main() -> int:
    """Measure and print; with --strict, give back 1 when a bar does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a bar does not hold")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--db", default="")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="startup"))
    env = os.environ | {"TRACKER_STATE_DIR": str(folder), "TRACKER_CONFIG_DIR": str(folder)}
    # Python is measured as users have it: with its compiled modules kept.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    script = str(Path(sys.executable).parent)
    tracker, peer = f"{script}/tracker", f"{script}/sqlite-utils"
    db = given.db or str(folder / "case.db")
    if not given.db:
        subprocess.run([tracker, "--db", db, "init", "--seed"], check=True, env=env, stdout=subprocess.DEVNULL)
    rows = [peer, "rows", db, "incident", "--limit", "20"]
    jobs = {
        "version": ([tracker, "--version"], [sys.executable, "-c", "pass"]),
        "help": ([tracker, "--help"], [peer, "--help"]),
        "list": ([tracker, "--db", db, "list", "incidents"], rows),
        "export": ([tracker, "--db", db, "export", "incidents", "--limit", "100"], rows),
    }
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in jobs}
    for _ in range(5 if given.quick else given.rounds):
        for name, pair in jobs.items():
            for place, command in enumerate(pair):
                times[name][place].append(once(command, env))
    shutil.rmtree(folder, ignore_errors=True)
    failed = False
    print(f"{'command':10} {'ours ms':>9} {'peer ms':>9} {'ratio':>7} {'bar':>5}")
    for name, (ours, peers) in times.items():
        mine, theirs = statistics.median(ours), statistics.median(peers)
        ratio = mine / theirs
        failed |= ratio > BARS[name]
        print(
            f"{name:10} {mine:9.0f} {theirs:9.0f} {ratio:7.2f} {BARS[name]:5.1f}{'' if ratio <= BARS[name] else '  !'}"
        )
    return int(failed and given.strict)


if __name__ == "__main__":
    sys.exit(main())
