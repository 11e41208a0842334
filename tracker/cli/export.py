"""`tracker export`: records as CSV, TSV, JSON lines or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options, output, records
from tracker.cli.context import command, session
from tracker.errors import UsageError

app = command()

_FORMS = {"csv": "csv", "tsv": "tsv", "jsonl": "jsonl", "ndjson": "jsonl", "json": "json", "": "csv", "txt": "csv"}
"""What the end of a file's name says about the form of what is in it."""


@app.command()
def export(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help="Kind: incidents, statements, …; or all, with -o DIR.")],
    where: options.Where = "",
    columns: options.Columns = "",
    sort: options.Sort = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="How many; 0 = all.")] = 0,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="csv|tsv|jsonl|json", help="Else told from the name of FILE.")
    ] = "",
    out: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="- is stdout; for all, a folder.")] = "-",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    excel: Annotated[bool, typer.Option("--excel", help="For spreadsheets: byte order mark and CRLF.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="Leave cells that look like formulas unguarded.")] = False,
    json: Annotated[bool, typer.Option("--json", help="With -o: what was written, as one JSON document.")] = False,
) -> None:
    """Take records out, ready to be edited and imported again: uid and version come first.

    What is unknown is an empty cell (null in JSON), which is not 0. A file is written beside and then renamed.

    \b
    Example:
      tracker export involvements --where 'incident:I-3' -o who-says-what.csv
      tracker export statements --where 'speaker:"Mike Pompeo"' --format jsonl
      tracker export all -o case
    """
    if what == "all":
        _refuse_with_all(where, columns, sort, limit=limit, out=out)
        _all(context, Path(out), form or "csv", excel=excel, raw=raw, force=force, as_json=json)
        return
    from tracker.exchange.atomic import writing as written
    from tracker.exchange.layout import kind_named
    from tracker.exchange.records import rows
    from tracker.exchange.writers import write
    from tracker.store.query import parse

    kind = kind_named(records.kind_named(what).plural)
    chosen = parse(kind, where)
    with session(context).reader() as reader:
        table = rows(reader, kind, chosen, columns or None, sort or None, limit or None)
        form = form or _form(out)
        with written(out, force=force) as file:
            count = write(file, table, form, excel=excel, raw=raw)
    told = f"{count:,} {kind.plural}" + ("" if out == "-" else f" written to {out}")
    if json and out != "-":
        output.emit({"file": out, "format": form, "counts": {kind.plural: count}})
    else:
        output.say(told)


def _form(out: str) -> str:
    """The form that the name of a file tells."""
    suffix = Path(out).suffix.lower().lstrip(".")
    if form := _FORMS.get(suffix):
        return form
    known = ", ".join(f".{name}" for name in _FORMS if name not in ("", "txt"))
    raise UsageError(f"{out}: “.{suffix}” names no form; known are {known}; else give --format")


def _refuse_with_all(*texts: str, limit: int, out: str) -> None:
    if out == "-":
        raise UsageError("export all: needs a folder for its files; give it with -o DIR")
    if any(texts) or limit:
        raise UsageError("export all: writes all records; leave out --where, --columns, --sort and --limit")


def _all(
    context: typer.Context, folder: Path, form: str, *, excel: bool, raw: bool, force: bool, as_json: bool
) -> None:
    from tracker.exchange.case import export_all

    with session(context).reader() as reader:
        counts = export_all(reader, folder, form, excel=excel, raw=raw, force=force)
    output.written(folder, counts, as_json=as_json)
