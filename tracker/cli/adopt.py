"""`tracker adopt`: use an involvement or a tally for counts."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options, output, records
from tracker.cli.context import command, session

app = command()


@app.command()
def adopt(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="An involvement or a tally: INV-4, T-2.")],
    no: Annotated[bool, typer.Option("--no", help="Use it no longer.")] = False,
    why: options.Why = "",
    json: options.Json = False,
) -> None:
    """Use an involvement or a tally for counts; a tally's figures become the incident's.

    What sources say and what you count are kept apart: nothing is adopted by default.

    \b
    Example:
      tracker adopt INV-4 --why 'two independent sources'
      tracker adopt INV-4 --no
    """
    with session(context).reader() as reader:
        kind, record_id = records.found(reader, ref, "involvement", "tally")
    with session(context).casebook() as casebook:
        output.saved(casebook.adopt(kind.name, record_id, not no, reason=why), as_json=json)
