"""`tracker batches`: what was imported, when, from which file and with what outcome."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

import typer

from tracker import text
from tracker.cli import options, output
from tracker.cli.context import command, session

if TYPE_CHECKING:
    from tracker.store.batches import Batch

app = command()

_COUNTS = ("new", "changed", "same", "gone", "rejected")
_LABELS = ("Batch", "Finished", "Profile", "Release", "File", *(what.capitalize() for what in _COUNTS), "State")
_INDENT = " " * 6


@app.command()
def batches(context: typer.Context, json: options.Json = False) -> None:
    """List the imports of datasets, the newest first; “tracker batch revert N” takes one back.

    \b
    Example:
      tracker batches
      tracker batches --json
    """
    from tracker.store.batches import batches as found

    with session(context).reader() as reader:
        known = found(reader)
    if json:
        for batch in known:
            output.emit(batch.as_json())
    elif sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
        output.lines(text.truncate(line, width) for batch in known for line in _told(batch))
    else:
        output.table(_LABELS, [_row(batch) for batch in known])


def _told(batch: Batch) -> Iterator[str]:
    """A few lines, for those of a table would not fit on a terminal."""
    dataset = f"{batch.profile} {batch.release}".strip()
    yield f"{f'B-{batch.id}':<{len(_INDENT)}}{_minute(batch.finished)}  {dataset}  by {batch.who}"
    yield f"{_INDENT}{PurePath(batch.file_name).name or '–'}"
    counts = [f"{batch.counts[what]:,} {what}" for what in _COUNTS if batch.counts[what]]
    yield f"{_INDENT}{', '.join(counts) or 'nothing'}"
    if batch.reverted:
        yield f"{_INDENT}{_state(batch)}"


def _row(batch: Batch) -> list[str]:
    counts = (f"{batch.counts[what]:,}" for what in _COUNTS)
    finished, release = _minute(batch.finished), batch.release or "–"
    return [str(batch.id), finished, batch.profile, release, batch.file_name, *counts, _state(batch)]


def _state(batch: Batch) -> str:
    return f"reverted {_minute(batch.reverted_at)} by {batch.reverted_by}" if batch.reverted else ""


def _minute(stamp: str) -> str:
    return stamp[:16].replace("T", " ")
