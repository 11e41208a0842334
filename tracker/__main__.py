"""Starts the command line: `tracker`, or `python -m tracker`."""

from __future__ import annotations

import gc
import sys


def run() -> None:
    """Run the command line and end the process with its exit code."""
    # Imports make many objects and no garbage: without collections they take a tenth less time.
    gc.disable()
    if sys.argv[1:] == ["--version"]:
        from tracker import __version__

        print(f"tracker {__version__}")
        return
    from tracker.cli.main import main

    gc.freeze()
    gc.enable()
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
