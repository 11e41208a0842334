"""Where defects of ours are written down: the traceback with its moment, never the values of variables."""

from __future__ import annotations

import contextlib
import traceback
from pathlib import Path

from tracker import clock, paths


def crash_log() -> Path:
    """The file."""
    return paths.state_folder() / "crash.log"


def log(error: BaseException) -> None:
    """Add a traceback to the file; one that cannot be written is no reason to stop."""
    told = "".join(traceback.format_exception(error))
    with contextlib.suppress(OSError):
        paths.private_folder(crash_log().parent)
        with crash_log().open("a", encoding="utf-8") as file:
            file.write(f"{clock.now()}\n{told}\n")
