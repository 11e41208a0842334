"""`tracker attach`: give a source its text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options, output, records
from tracker.cli.context import command, session
from tracker.cli.given import given

app = command()


@app.command()
def attach(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="The source: SRC-1 or its uid.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="Its text; - is stdin.")],
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="When the file is not UTF-8: cp1252, shift_jis, …")
    ] = None,
    json: options.Json = False,
) -> None:
    """Give a source the text it is pinned to by its SHA-256, and verify every span that rests on it.

    Another text is refused (exit 3) and nothing is changed.

    \b
    Example:
      tracker attach SRC-1 article.txt
      tracker check SRC-1
    """
    data = given(file, "no article is")
    with session(context).reader() as reader:
        record_id = records.found(reader, ref, "source")[1]
    with session(context).casebook() as casebook:
        output.saved(casebook.attach(record_id, data, encoding, name=Path(file).name), as_json=json)
