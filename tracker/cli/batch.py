"""`tracker batch`: take an import back."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options, output
from tracker.cli.context import command, session
from tracker.errors import UsageError

app = command()


@app.command()
def batch(
    context: typer.Context,
    action: Annotated[str, typer.Argument(metavar="revert", help="What to do with it.")],
    number: Annotated[str, typer.Argument(metavar="N", help="The batch, as “tracker batches” lists it.")],
    force: Annotated[
        bool, typer.Option("--force", help="Also what was worked on since: those records go too.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Take an import back: what it added goes, what it changed is as it was before.

    Records that somebody edited or built upon since are named, and nothing is done unless --force.

    \b
    Example:
      tracker batch revert 17
    """
    from tracker.store.batches import revert

    if action != "revert":
        raise UsageError(f"“{action}” is nothing that is done to a batch; write: tracker batch revert {number}")
    digits = number.upper().removeprefix("B-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise UsageError(f"“{number}” is no batch; “tracker batches” lists them")
    this = session(context)
    this.reader().__enter__().close()
    done = revert(this.database, this.who, int(digits), force=force)
    output.saved(done, as_json=json)
