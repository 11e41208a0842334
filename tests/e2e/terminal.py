"""A real pseudo-terminal with the program in it: press keys, read the screen as a person sees it, keep every byte."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pyte

PATIENCE = 25.0
"""Seconds after which what was waited for is taken not to come; a slow machine needs most of them."""

ALLOWED = re.compile(
    rb"\x1b\[[0-9;:]*[Hm]"
    rb"|\x1b\[\?(?:25|7|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)(?:;\d+)*[hl]"
    rb"|\x1b\[\?\d+\$p"
    rb"|\x1b\[[<>]\d*u|\x1b\[>\d+u"
    rb"|\x1b\]22;[a-z-]*(?:\x07|\x1b\\)"
    rb"|\x1b\]52;c;[A-Za-z0-9+/=]*(?:\x07|\x1b\\)"
    rb"|\x07$"
)
"""The control sequences that may leave the program."""


class Terminal:
    """`tracker` in a terminal of `columns` × `lines`."""

    def __init__(self, *arguments: str, home: Path, columns: int = 120, lines: int = 40, term: str = "xterm-256color"):
        # A size left in the environment would win over the terminal's own.
        env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")} | {
            "TERM": term,
            "TEXTUAL_ANIMATIONS": "none",
            "TRACKER_STATE_DIR": str(home / "state"),
            "TRACKER_CONFIG_DIR": str(home / "config"),
            "TRACKER_DATA_DIR": str(home / "data"),
            "TRACKER_WHO": "ann",
        }
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.bytes = b""
        command = str(Path(sys.executable).parent / "tracker")
        self.child: Any = pexpect.spawn(command, list(arguments), dimensions=(lines, columns), env=env, timeout=5)
        self.child.delaybeforesend = None

    @property
    def text(self) -> str:
        """What stands on the screen now."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def read(self, seconds: float = 0.1) -> bool:
        """Take in what the program has written; False when it has ended."""
        try:
            block = self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.bytes += block
        # pyte takes the private query that asks for a mode's state for text.
        self.stream.feed(re.sub(rb"\x1b\[\?\d+\$p|\x1b\[[<>=]\d*u", b"", block))
        return True

    def read_some(self, seconds: float) -> bool:
        """Take in what the program has written; whether that was anything."""
        before = len(self.bytes)
        return self.read(seconds) and len(self.bytes) > before

    def wait_for(self, *words: str, gone: str = "") -> str:
        """Wait until all `words` stand on the screen, and `gone` does not; gives back the screen."""
        self.wait_until(
            lambda: all(word in self.text for word in words) and not (gone and gone in self.text),
            f"{words!r}{f' without {gone!r}' if gone else ''}",
        )
        return self.text

    def wait_until(self, true: Callable[[], bool], what: str = "a condition") -> None:
        """Take in what the program writes until `true()`; an AssertionError shows the screen when it does not come."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            alive = self.read()
            if true():
                return
            if not alive:
                break
        raise AssertionError(f"waited for {what}; the screen:\n{self.text}")

    def press(self, keys: str) -> None:
        """Send keys as a terminal does."""
        self.child.send(keys)

    def end(self) -> int:
        """Wait for the program to end; gives back its exit code, or 128+n for a signal that it died of."""
        until = time.monotonic() + PATIENCE
        while self.read() and time.monotonic() < until:
            continue
        self.child.close()
        code = self.child.exitstatus
        return int(code) if code is not None else 128 + int(self.child.signalstatus or 0)

    def foreign(self) -> list[bytes]:
        """Control bytes the program wrote that are not of the allowed kinds."""
        rest = ALLOWED.sub(b"", self.bytes)
        return re.findall(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f][^\x1b]{0,12}|\xc2[\x80-\x9f]", rest)


UP, DOWN, END, HOME, TAB, BACKTAB, ESC, ENTER = "\x1b[A", "\x1b[B", "\x1b[F", "\x1b[H", "\t", "\x1b[Z", "\x1b", "\r"
F1, F2 = "\x1bOP", "\x1bOQ"
