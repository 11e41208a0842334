"""Row 11: from a million rows on disk to the first screen of ours, against VisiData opening the CSV to its last row.

VisiData paints its first rows long before it has read the file, which is told too; but only with the last row read can
one sort, filter or go to the end, which our first screen can.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from statistics import median

from exchange_ground import Ground, Job
from screen import Terminal, expected
from verdicts import Verdict

BAR = 0.02
_OPEN = """
import sys
from visidata import vd
sheet = vd.openSource(sys.argv[1])
sheet.reload()
vd.sync()
assert sheet.nRows == int(sys.argv[2]), sheet.nRows
"""


def section(ground: Ground) -> Iterator[Verdict]:
    """Both in turn; nothing where VisiData is not installed."""
    if find_spec("visidata") is None:
        print("11  left out: VisiData is not installed (group bench)")
        return
    db, words = str(ground.full), expected(str(ground.full), {})
    peer = Job("VisiData", [sys.executable, "-c", _OPEN, str(ground.clean), str(ground.count)])
    first: list[float] = []
    painted: list[float] = []
    for _ in range(ground.rounds):
        ground.timed(peer)
        first.append(first_rows(ground.tracker(db=db), words["first"]))
        painted.append(first_rows([sys.executable, "-m", "visidata", str(ground.clean)], "side_a"))
    ours = median(first)
    detail = f"{ours:.2f} s; VisiData {peer.median:.2f} s, {peer.memory:.0f} MiB"
    yield Verdict(11, "first screen / VisiData, file read", ours / peer.median, BAR, detail=detail)
    detail = f"VisiData {median(painted):.2f} s"
    yield Verdict(11, "first screen / VisiData, first rows painted", ours / median(painted), detail=detail)


def first_rows(command: list[str], words: str) -> float:
    """Seconds until a program in a new terminal has painted `words`."""
    with tempfile.TemporaryDirectory() as home:
        terminal = Terminal(command, home)
        try:
            seconds = terminal.until(words) / 1000
        finally:
            terminal.child.close(force=True)
    return seconds
