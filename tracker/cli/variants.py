"""`tracker variants`: the same quotation in other sources."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import options, output, records
from tracker.cli.context import command, session

app = command()


@app.command()
def variants(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="STATEMENT", help="A statement with a quotation: S-1 or its uid.")],
    json: options.Json = False,
) -> None:
    """Compare a quotation with the same words in other sources: [-what they dropped-] and {+what they added+}.

    Looked through are the quotations of all statements and the texts of all sources but the statement's own.

    \b
    Example:
      tracker variants S-1
    """
    from tracker.exchange.variants import variants as found_of

    with session(context).reader() as reader:
        found = found_of(reader, records.found(reader, ref, "statement")[1])
    if json:
        output.emit(asdict(found) | {"found": [one._asdict() | {"difference": one.difference} for one in found.found]})
        return
    output.say(f"{found.ref} {found.speaker}: “{found.quote}”")
    if not found.found:
        output.say("no other source has these words")
        return
    rows = [
        [
            f"SRC-{one.source.id}", one.source.publisher or one.source.title, one.source.published or "–",
            one.statement or "–", one.how, f"{one.score:.0f}", one.difference,
        ]
        for one in found.found
    ]  # fmt: skip
    output.table(["Source", "Outlet", "Published", "Statement", "Match", "Alike", "Difference"], rows, flex=6)
