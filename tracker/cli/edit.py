"""`tracker edit`: change fields of a record."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli import options, output, records, writing
from tracker.cli.context import command, session

app = command()


@app.command()
def edit(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="The record: I-12, A-3, S-7, SRC-1 or a uid.")],
    values: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE", help="An empty value makes it unknown.")],
    anchor: options.Anchor = "",
    date_order: options.Order = "",
    version: Annotated[
        int | None, typer.Option("--version", metavar="N", help="Refuse unless the record still is version N.")
    ] = None,
    why: options.Why = "",
    json: options.Json = False,
) -> None:
    """Change fields of a record; an empty value makes a field unknown.

    With --version N nothing is saved when somebody else changed the record since you read it as version N (exit 5).

    \b
    Example:
      tracker edit I-1 status=confirmed killed_low=2 --why 'second source'
      tracker edit I-1 killed_best= --version 3
    """
    texts = records.assignments(values)
    with session(context).reader() as reader:
        kind, record_id = records.found(reader, ref)
        source = _source_of(reader, kind, record_id)
        read = writing.read_values(reader, kind, texts, anchor=anchor, source=source, order=date_order)
    with session(context).casebook() as casebook:
        output.saved(casebook.edit(kind.name, record_id, read, version=version, reason=why), as_json=json)


def _source_of(reader: Any, kind: Any, record_id: int) -> int | None:
    """The source from whose publication date the record's dates are told."""
    from tracker.store import views

    record = views.record(reader, kind, record_id) or {}
    names = ["source_id", *(f"{field.name}_anchor_id" for field in kind.fields if field.type == "date")]
    return next((int(record[name]) for name in names if record.get(name)), None)
