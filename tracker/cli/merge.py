"""`tracker merge`: make one actor of two."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options, output, records
from tracker.cli.context import command, session

app = command()


@app.command()
def merge(
    context: typer.Context,
    keep: Annotated[str, typer.Argument(metavar="KEEP", help="The actor that stays.")],
    gone: Annotated[str, typer.Argument(metavar="GONE", help="The actor that becomes a name of it.")],
    why: options.Why = "",
    json: options.Json = False,
) -> None:
    """Make one actor of two: all links move to the first, the name of the second stays as one of its names.

    A description (“a senior official”) is never merged with a named actor. “tracker unmerge” takes it back.

    \b
    Example:
      tracker merge A-3 A-27 --why 'transliteration of the same name'
    """
    with session(context).reader() as reader:
        kept, lost = (records.found(reader, ref, "actor")[1] for ref in (keep, gone))
    with session(context).casebook() as casebook:
        output.saved(casebook.merge(kept, lost, reason=why), as_json=json)
