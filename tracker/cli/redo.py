"""`tracker redo`: do again what undo took back."""

from __future__ import annotations

import typer

from tracker.cli import options, output
from tracker.cli.context import command, session

app = command()


@app.command()
def redo(context: typer.Context, json: options.Json = False) -> None:
    """Do again what your newest undo took back.

    Exit 5 when somebody else has built on it since; nothing is changed then.

    \b
    Example:
      tracker history --limit 3
      tracker redo
    """
    with session(context).casebook() as casebook:
        output.saved(casebook.redo(), as_json=json)
