"""`tracker export`: records as CSV, JSON, a workbook, Parquet, points on a map or a table for a text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options, output, records
from tracker.cli.context import command, session
from tracker.errors import UsageError

app = command()

_FORMS = "csv|tsv|jsonl|json|xlsx|parquet|geojson|md"


@app.command()
def export(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help="Kind: incidents, statements, …; or all, with -o DIR.")],
    where: options.Where = "",
    columns: options.Columns = "",
    sort: options.Sort = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="How many; 0 = all.")] = 0,
    form: Annotated[str, typer.Option("--format", "-f", metavar=_FORMS, help="Else told from the name of FILE.")] = "",
    out: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="- is stdout; .gz, .xz, .zst pack; for all, a folder.")
    ] = "-",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    codebook: options.Codebook = "",
    loss: options.Loss = "",
    excel: Annotated[bool, typer.Option("--excel", help="For spreadsheets: byte order mark and CRLF.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="Leave cells that look like formulas unguarded.")] = False,
    json: Annotated[bool, typer.Option("--json", help="With -o: what was written, as one JSON document.")] = False,
) -> None:
    """Take records out, ready to be edited and imported again: uid and version come first.

    What is unknown is an empty cell, which is not 0. A file is written beside and then renamed. Columns of lists, such
    as perpetrators and quotes, can be asked for. With --as, values are those of adopted codings, or as imported.

    \b
    Example:
      tracker export involvements --where 'incident:I-3' -o who-says-what.csv
      tracker export statements --where 'speaker:"Mike Pompeo"' --format jsonl
      tracker export incidents --columns ref,date_edtf,title,perpetrators,asserted_by,sources -o incidents.xlsx
      tracker export incidents --as ged -o ged.csv --loss-report lost.csv
      tracker export all -o case
    """
    if codebook or loss:
        _refuse_with_codebook(what, codebook, loss, form, columns, out=out, excel=excel)
        _as(context, codebook, loss, where, sort, limit, out, raw=raw, force=force, as_json=json)
        return
    if what == "all":
        _refuse_with_all(where, columns, sort, limit=limit, out=out)
        _all(context, Path(out), form or "csv", excel=excel, raw=raw, force=force, as_json=json)
        return
    from tracker.exchange.asking import asked
    from tracker.exchange.atomic import writing as written
    from tracker.exchange.layout import kind_named
    from tracker.exchange.packing import packing
    from tracker.exchange.records import rows
    from tracker.exchange.writers import form_of_name, require, write

    kind = kind_named(records.kind_named(what).plural)
    form = form or form_of_name("" if out == "-" else out)
    require(form, kind)
    _refuse_on_terminal(form, out)
    chosen = asked(kind, where)
    with session(context).reader() as reader:
        table = rows(reader, kind, chosen, _chosen(columns, form), sort or None, limit or None)
        with written(out, force=force) as file, packing(file, out) as sink:
            count = write(sink, table, form, excel=excel, raw=raw)
    told = f"{count:,} {kind.plural}" + ("" if out == "-" else f" written to {out}")
    if json and out != "-":
        output.emit({"file": out, "format": form, "counts": {kind.plural: count}})
    else:
        output.say(told)


def _refuse_with_codebook(
    what: str, codebook: str, loss: str, form: str, columns: str, *, out: str, excel: bool
) -> None:
    if not codebook:
        raise UsageError("--loss-report: tells what a codebook cannot say; give the codebook with --as")
    if records.kind_named(what).name != "incident":
        raise UsageError(f"--as {codebook}: writes incidents; leave out “{what}”, or --as")
    if form or columns or excel:
        raise UsageError(f"--as {codebook}: has a form and columns of its own; leave out --format, --columns, --excel")
    if loss == "-" and out == "-":
        raise UsageError("--loss-report: cannot go where the records go; give one of them a file")


def _as(
    context: typer.Context, codebook: str, loss: str, where: str, sort: str, limit: int, out: str, *,
    raw: bool, force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write incidents as a codebook has them, with what it cannot say."""
    from tracker.exchange.asking import asked
    from tracker.exchange.atomic import writing
    from tracker.exchange.codebooks import export_as, require_target
    from tracker.exchange.layout import kind_named
    from tracker.exchange.packing import packing

    require_target(codebook)
    chosen = asked(kind_named("incidents"), where)
    with session(context).reader() as reader, writing(out, force=force) as file, packing(file, out) as sink:
        made = export_as(
            reader, codebook, chosen, sink, loss, sort=sort or None, limit=limit or None, raw=raw, force=force
        )
    if as_json and out != "-":
        output.emit({"file": out, "as": codebook, "incidents": made.incidents, "losses": made.losses})
    else:
        output.say(made.sentence)


def _chosen(columns: str, form: str) -> list[str] | None:
    """The columns that are asked for, with those that the form cannot do without; None for all."""
    from tracker.exchange.writers import needed

    names = [name.strip() for name in columns.split(",") if name.strip()]
    return [*names, *(name for name in needed(form) if name not in names)] if names else None


def _refuse_on_terminal(form: str, out: str) -> None:
    from tracker.exchange.writers import BINARY

    if out == "-" and form in BINARY and sys.stdout.isatty():
        raise UsageError(f"{form} is no text for a terminal; give a file with -o, or send it into a pipe")


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
