"""`tracker demo`: the example case on a throw-away database, on the screen or as files."""

from __future__ import annotations

import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.context import command, require_terminal, session

if TYPE_CHECKING:
    from tracker.store.database import Database

app = command()


@app.command()
def demo(
    context: typer.Context,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="DIR", help="Write the case there as CSV; no screen.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there already.")] = False,
    json: Annotated[bool, typer.Option("--json", help="With --export: the counts as one JSON document.")] = False,
) -> None:
    """Open the screen on a throw-away copy of the example case, or write the case as files.

    The case is coded from one news article: 6 incidents, 26 actors, 17 statements, and who says who did what.

    \b
    Example:
      tracker demo
      tracker demo --export case
    """
    if export is None:
        require_terminal()
    with _throwaway(session(context).who) as where:
        if export is not None:
            _write(where, export, force, json)
            return
        from tracker.cli.screen import open_screen

        open_screen(session(context), database=where)


@contextmanager
def _throwaway(who: str) -> Iterator[Database]:
    """A database with the case in a folder for its owner only, which goes when it is no longer needed."""
    # Closing the terminal must not leave the folder behind.
    ends = (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))
    before = {number: signal.signal(number, lambda got, _: sys.exit(128 + got)) for number in ends}
    from tracker.exchange.case import load_seeds
    from tracker.store.database import database
    from tracker.store.engine import create

    with tempfile.TemporaryDirectory(prefix="tracker-demo-") as folder:
        where = database(str(Path(folder) / "demo.db"))
        create(where)
        load_seeds(where, who)
        try:
            yield where
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _write(where: Database, folder: Path, force: bool, as_json: bool) -> None:
    from tracker.exchange.case import export_all
    from tracker.store.database import Reader

    with Reader(where) as reader:
        counts = export_all(reader, folder, force=force)
    output.written(folder, counts, as_json=as_json)
