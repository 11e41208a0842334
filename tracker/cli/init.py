"""`tracker init`: make a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output, records
from tracker.cli.context import command, session

if TYPE_CHECKING:
    from tracker.store.database import Database

app = command()


@app.command()
def init(
    context: typer.Context,
    seed: Annotated[bool, typer.Option("--seed", help="Load the example case into it.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As one JSON document.")] = False,
) -> None:
    """Make a database, empty or with the example case; an existing one is never touched.

    \b
    Example:
      tracker --db case.db init --seed
      tracker --db case.db list incidents
    """
    from tracker.store.engine import create

    where = session(context).database
    create(where)
    counts = _seeded(context, where) if seed else {}
    told = f" with {', '.join(f'{count:,} {name}' for name, count in counts.items() if count)}" if counts else ""
    output.result(f"Made {where.shown}{told}", {"database": where.shown, "counts": counts}, as_json=json)


def _seeded(context: typer.Context, where: Database) -> dict[str, int]:
    """Load the example case into the database just made, which goes away again when that fails."""
    from tracker.exchange.case import load_seeds

    try:
        load_seeds(where, session(context).who)
        with session(context).reader() as reader:
            return records.counts(reader)
    except BaseException:
        if where.path is not None:
            for suffix in ("", "-wal", "-shm", "-journal"):
                Path(f"{where.path}{suffix}").unlink(missing_ok=True)
        raise
