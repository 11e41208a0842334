"""`tracker search`: find words in all records and texts."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options, output
from tracker.cli.context import command, session

app = command()


@app.command()
def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="TEXT", help="All of these words; a prefix with *.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many records at most.")] = 20,
    json: options.Json = False,
) -> None:
    """Find words in all kinds of records and in the texts of sources.

    \b
    Example:
      tracker search rocket airport
      tracker search 'decisive response' --json
    """
    from tracker.store import views

    with session(context).reader() as reader:
        hits = views.search(reader, " ".join(words), limit + 1)
    cut = len(hits) > limit
    hits = hits[:limit]
    if json:
        for hit in hits:
            kind = hit.kind if isinstance(hit.kind, str) else hit.kind.name
            output.emit({"ref": hit.ref, "kind": kind, "title": hit.title, "snippet": hit.snippet})
    elif hits:
        output.table(["REF", "Title", "Where"], [[hit.ref, hit.title, hit.snippet] for hit in hits], flex=2)
    if not hits:
        output.say(f"nothing holds “{' '.join(words)}”")
    elif cut:
        output.say(f"the first {limit:,}; more with --limit")
