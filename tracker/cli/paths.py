"""`tracker paths`: where files lie on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import paths as places
from tracker.cli import output
from tracker.cli.context import command, session

app = command()


@app.command()
def paths(
    context: typer.Context, json: Annotated[bool, typer.Option("--json", help="As one JSON document.")] = False
) -> None:
    """Where the database, the configuration, drafts and the log lie.

    Example: tracker paths
    """
    found = {
        "database": session(context).database.shown,
        "config": str(places.config_file()),
        "state": str(places.state_folder()),
        "example case": str(places.seeds_folder()),
    }
    if json:
        output.emit(found)
    else:
        output.table(["What", "Where"], [list(pair) for pair in found.items()], flex=1)
