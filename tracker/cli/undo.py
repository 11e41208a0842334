"""`tracker undo`: take your newest action back."""

from __future__ import annotations

import typer

from tracker.cli import options, output
from tracker.cli.context import command, session

app = command()


@app.command()
def undo(context: typer.Context, json: options.Json = False) -> None:
    """Take your newest action back, as a whole; it works on after a restart.

    Exit 5 when somebody else has built on it since; nothing is changed then.

    \b
    Example:
      tracker history --limit 3
      tracker undo
    """
    with session(context).casebook() as casebook:
        output.saved(casebook.undo(), as_json=json)
