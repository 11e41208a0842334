"""`tracker coverage`: what of an article is not coded yet."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import options, output, records
from tracker.cli.context import command, session

app = command()


@app.command()
def coverage(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="SOURCE", help="A source with its text: SRC-1 or its uid.")],
    json: options.Json = False,
) -> None:
    """What of an article nothing rests on yet: quotations, names, numbers and dates, in the order of the text.

    What a decided suggestion was about counts as coded, also when it was rejected. Captions and promotion are left out.

    \b
    Example:
      tracker coverage SRC-1
    """
    from tracker.exchange.coverage import KINDS
    from tracker.exchange.coverage import coverage as covered

    with session(context).reader() as reader:
        found = covered(reader, records.found(reader, ref, "source")[1])
    if json:
        counts = {kind: dict(zip(("coded", "all"), found.count(kind), strict=True)) for kind in KINDS}
        output.emit({**asdict(found), "percent": found.percent, "counts": counts})
        return
    if found.open:
        rows = [[part.kind, f"{part.start}–{part.end}", " ".join(part.words.split())] for part in found.open]
        output.table(["Kind", "Where", "Not coded"], rows, flex=2)
    told = ", ".join("{2}s {0} of {1}".format(*found.count(kind), kind) for kind in KINDS)
    share = "nothing to code" if found.percent is None else f"{found.percent} % coded"
    output.say(f"{found.ref} {found.title}: {share} ({told})")
