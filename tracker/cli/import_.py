"""`tracker import`: bring records in from files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options, output, records
from tracker.cli.context import command, session
from tracker.errors import Exit, UsageError

if TYPE_CHECKING:
    from tracker.exchange.load import Report
    from tracker.exchange.plan import Plan

app = command()

TOLD = 20
"""Rejected rows that are told one by one; all of them are in the file of --rejects."""


@app.command(name="import")
def import_(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="CSV, TSV, JSON, JSON lines, also .gz or .xz; a folder; or -")
    ],
    kind: Annotated[
        str, typer.Option("--as", metavar="KIND", help="What the files hold, if names and columns do not tell.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    rejects: Annotated[
        str, typer.Option("--rejects", metavar="FILE", help="Write the rejected rows there, with reasons.")
    ] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Import nothing if any row cannot be taken.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file of --rejects.")] = False,
    encoding: Annotated[str | None, typer.Option("--encoding", help="When a file is not UTF-8: cp1252, …")] = None,
    delimiter: Annotated[
        str | None, typer.Option("--delimiter", help="Else told from the header line: ; or tab")
    ] = None,
    date_order: options.Order = "",
    why: options.Why = "",
    json: options.Json = False,
) -> None:
    """Bring records in; with uid and version, as “export” writes them, exactly those records are changed.

    All of an import is one step of undo. Exit 6 when rows were rejected (the good ones are in, unless --strict),
    5 when rows rest on an older version than the database has (those are left out), 3 when a file is refused.

    \b
    Example:
      tracker import incidents.csv --dry-run
      tracker import case/ --rejects bad.csv
      tracker import new.csv --as actors --delimiter ';'
    """
    from tracker.exchange.load import load, require_rejects_writable, write_rejects

    planned = _plan(context, files, kind, encoding, delimiter, date_order)
    if rejects:
        require_rejects_writable(rejects, planned, force=force)
    with session(context).casebook() as casebook:
        report = load(casebook, planned, strict=strict, dry_run=dry_run, reason=why)
    written = write_rejects(rejects, planned, force=force) if rejects else []
    _tell(planned, written)
    output.result(report.sentence, {**report.as_json(), "rejects": written}, as_json=json)
    if code := _code(report):
        raise typer.Exit(code)


def _plan(
    context: typer.Context, files: list[str], kind: str, encoding: str | None, delimiter: str | None, order: str
) -> Plan:
    from tracker.exchange.plan import plan
    from tracker.exchange.readers import files_in, read
    from tracker.model.kinds import EXCHANGED

    if order not in ("", "dmy", "mdy", "ymd"):
        raise UsageError(f"--date-order: “{order}” is none; give dmy, mdy or ymd")
    what = records.kind_named(kind, EXCHANGED) if kind else None
    sheets = [read(path, encoding=encoding, delimiter=delimiter) for path in files_in(files)]
    with session(context).reader() as reader:
        return plan(reader, sheets, what, order=order or None)  # type: ignore[arg-type]


def _tell(planned: Plan, written: list[str]) -> None:
    """What was noticed, and the first rows of each sort that were not taken."""
    for sentence in planned.warnings:
        output.say(sentence)
    for problems in (planned.conflicts, planned.rejections):
        for problem in problems[:TOLD]:
            output.say(str(problem))
        if len(problems) > TOLD:
            output.say(f"… and {len(problems) - TOLD:,} more")
    if written:
        output.say(f"the rejected rows are in {', '.join(written)}; correct them there and import that")


def _code(report: Report) -> Exit:
    if report.total("rejected"):
        return Exit.REJECTS
    return Exit.CONFLICT if report.total("conflict") else Exit.DONE
