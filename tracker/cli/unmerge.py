"""`tracker unmerge`: take a merge back."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from tracker.cli import options, output
from tracker.cli.context import command, session
from tracker.errors import UsageError

app = command()


@app.command()
def unmerge(
    context: typer.Context,
    gone: Annotated[str, typer.Argument(metavar="REF", help="The actor that was lost in the merge: A-27.")],
    why: options.Why = "",
    json: options.Json = False,
) -> None:
    """Take back the merge in which an actor was lost, however much was done since; every link returns.

    \b
    Example:
      tracker unmerge A-27
    """
    # The actor is deleted, so no list and no look-up knows it any more.
    given = re.fullmatch(r"\s*A-([0-9]{1,15})\s*", gone, re.ASCII | re.IGNORECASE)
    if given is None:
        raise UsageError(f"“{gone}” is no actor’s REF; give the one that was merged away, such as A-27")
    with session(context).casebook() as casebook:
        output.saved(casebook.unmerge(int(given[1]), reason=why), as_json=json)
