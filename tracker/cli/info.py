"""`tracker info`: what the database holds, and with what it is kept."""

from __future__ import annotations

from dataclasses import asdict

import typer

from tracker.cli import options, output, records
from tracker.cli.context import command, session

app = command()


@app.command()
def info(context: typer.Context, json: options.Json = False) -> None:
    """What the database holds, with what it is kept, and who signs.

    \b
    Example:
      tracker info
      tracker --db case.db info --json
    """
    from tracker import __version__
    from tracker.store.about import about

    this = session(context)
    with this.reader() as reader:
        counts, kept = records.counts(reader), about(reader)
    if json:
        facts = {"tracker": __version__, "database": this.database.shown, "who": this.who}
        output.emit({**facts, **asdict(kept), "counts": counts})
        return
    safe = "safe for several programs at once" if kept.safe else "NOT safe for two programs at once"
    rows = [
        ["database", this.database.shown],
        ["engine", f"{kept.engine} {kept.version}"],
        ["schema", kept.schema],
        ["size", f"{kept.size:,} bytes"],
        ["journal", f"{kept.journal}, {safe}" + (f" ({kept.note})" if kept.note else "")],
        ["signed by", this.who],
        ["tracker", __version__],
        *([name, f"{count:,}"] for name, count in counts.items()),
    ]
    output.table(["What", "Value"], rows, flex=1)
