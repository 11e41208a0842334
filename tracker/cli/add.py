"""`tracker add`: log a record."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options, output, records, writing
from tracker.cli.context import command, session

app = command()


@app.command()
def add(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help="Kind: incident, actor, statement, source, …")],
    values: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE", help="See “tracker fields WHAT”.")],
    source: Annotated[str, typer.Option("--source", metavar="REF", help="The source it comes from.")] = "",
    anchor: options.Anchor = "",
    date_order: options.Order = "",
    uid: Annotated[str, typer.Option("--uid", help="Its uid; the same uid twice writes it once.")] = "",
    why: options.Why = "",
    json: options.Json = False,
) -> None:
    """Log a record. References are REFs (A-3), uids, or the exact name of an actor.

    What is not given stays unknown, which is not zero. Dates may be in words: “last Monday” is told from the
    publication date of --source, or from --anchor.

    \b
    Example:
      tracker add incident title='Rockets at the port' category=rocket_artillery_missile \\
          date='last monday' --anchor 2019-12-14 killed_low=2
      tracker add statement speaker='Mike Pompeo' kind=warn quote='We will answer.' source=SRC-1
    """
    from tracker.model.kinds import EXCHANGED
    from tracker.model.values import Values

    kind = records.kind_named(what, EXCHANGED)
    texts = records.assignments(values)
    with session(context).reader() as reader:
        from_source = records.found(reader, source, "source")[1] if source else None
        if source and "source" in kind.by_name:
            texts.setdefault("source", source)
        read: Values = writing.read_values(reader, kind, texts, anchor=anchor, source=from_source, order=date_order)
        if kind.name == "evidence":
            read = writing.spanned(reader, read)
    with session(context).casebook() as casebook:
        output.saved(casebook.add(kind.name, read, uid=uid, reason=why), as_json=json)
