"""`tracker delete`: delete records, softly."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options, output, records
from tracker.cli.context import command, session

app = command()


@app.command()
def delete(
    context: typer.Context,
    refs: Annotated[list[str], typer.Argument(metavar="REF", help="Records of one kind: I-12 I-13")],
    why: options.Why = "",
    json: options.Json = False,
) -> None:
    """Delete records of one kind, with the links that mean nothing without them; “tracker undo” brings all back.

    \b
    Example:
      tracker delete INV-4 --why 'coded twice'
    """
    with session(context).reader() as reader:
        kind, first = records.found(reader, refs[0])
        ids = [first, *(records.found(reader, ref, kind.name)[1] for ref in refs[1:])]
    with session(context).casebook() as casebook:
        output.saved(casebook.delete(kind.name, list(dict.fromkeys(ids)), reason=why), as_json=json)
