"""`tracker batches`: what was imported, when, from which file and with what outcome."""

from __future__ import annotations

import typer

from tracker.cli import options, output
from tracker.cli.context import command, session

app = command()

_COUNTS = ("new", "changed", "same", "gone", "rejected")


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
        return
    rows = [
        [
            str(batch.id), batch.finished[:16].replace("T", " "), batch.profile, batch.release or "–", batch.file_name,
            *(f"{batch.counts[what]:,}" for what in _COUNTS), "taken back" if batch.reverted else "",
        ]
        for batch in known
    ]  # fmt: skip
    labels = ["Batch", "Finished", "Profile", "Release", "File", *(what.capitalize() for what in _COUNTS), ""]
    output.table(labels, rows, flex=4)
