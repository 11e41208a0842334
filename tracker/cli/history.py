"""`tracker history`: what was changed, by whom and why."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options, output
from tracker.cli.context import command, session

app = command()

ALL = 1_000_000_000


@app.command()
def history(
    context: typer.Context,
    ref: Annotated[str | None, typer.Argument(metavar="REF", help="Only what touched this record.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="How many actions; 0 = all.")] = 20,
    json: options.Json = False,
) -> None:
    """What was changed, by whom and why; the newest action first.

    \b
    Example:
      tracker history --limit 5
      tracker history I-1 --json
    """
    from dataclasses import asdict

    from tracker.store.history import actions

    with session(context).reader() as reader:
        rows = actions(reader, limit + 1 if limit else ALL, ref)
    cut, rows = bool(limit) and len(rows) > limit, rows[: limit or ALL]
    if json:
        for row in rows:
            output.emit(asdict(row))
    elif rows:
        cells = [
            [str(row.id), row.at, row.who, row.sentence + (" (taken back)" if row.reverted else ""), row.reason or "–"]
            for row in rows
        ]
        output.table(["No", "When", "Who", "What", "Why"], cells, flex=3)
    else:
        output.say("nothing was changed yet")
    if cut:
        output.say(f"the newest {limit:,}; all with --limit 0")
