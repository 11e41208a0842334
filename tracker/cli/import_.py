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
        list[str],
        typer.Argument(metavar="FILE", help="CSV, TSV, JSON, JSON lines, XLSX, also .gz, .xz or .zst; a folder; or -"),
    ],
    profile: Annotated[
        str, typer.Option("--profile", "-p", metavar="NAME|FILE.toml", help="A dataset's; see “tracker profiles”.")
    ] = "auto",
    kind: Annotated[
        str, typer.Option("--as", metavar="KIND", help="What files in our own columns hold, if these do not tell.")
    ] = "",
    maps: options.Maps = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    rejects: options.Rejects = "",
    strict: Annotated[bool, typer.Option("--strict", help="Import nothing if any row cannot be taken.")] = False,
    gone: options.Gone = "mark",
    release: Annotated[str, typer.Option("--release", help="The dataset's release, where the file does not say.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace the file of --rejects.")] = False,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    date_order: options.Order = "",
    no_limit: Annotated[bool, typer.Option("--no-limit", help="Read files of any size and ratio of packing.")] = False,
    why: options.Why = "",
    json: options.Json = False,
) -> None:
    """Bring records in: files of the field's datasets by their profiles, or files in our own columns.

    A dataset is known by its columns. Its rows are new, changed, same, gone or rejected, and importing the same file
    again changes nothing. In our own columns, with uid and version, as “export” writes them, exactly those records
    are changed. All of an import is one step of undo, and one batch to take back. Exit 6 when rows were rejected
    (the good ones are in, unless --strict), 5 when rows rest on an older version than the database has, 3 when a file
    is refused.

    \b
    Example:
      tracker import GEDEvent_v25_1.csv --dry-run
      tracker import acled.csv --rejects bad.csv
      tracker import list.xlsx --as incidents --map 'Event date=date' --map Town=place_name
      tracker import case/
    """
    from tracker.cli.import_dataset import import_datasets, parted
    from tracker.exchange.dataset_result import Wish

    if gone not in ("mark", "keep", "force"):
        raise UsageError(f"--gone: “{gone}” is none; give mark, keep or force")
    own, datasets = parted(files, profile, kind or maps, encoding, delimiter, limits=not no_limit)
    codes: list[Exit] = []
    if datasets:
        wish = Wish(dry_run, strict, gone, release, rejects, force, not no_limit, why)  # type: ignore[arg-type]
        codes.append(import_datasets(session(context), datasets, wish, as_json=json))
    if own:
        planned = _plan(context, own, kind, encoding, delimiter, date_order, maps or [], limits=not no_limit)
        codes.append(_import_own(context, planned, rejects, force, strict, dry_run, why, json))
    if code := max(codes, default=Exit.DONE):
        raise typer.Exit(code)


def _import_own(
    context: typer.Context, planned: Plan, rejects: str, force: bool, strict: bool, dry_run: bool, why: str, json: bool
) -> Exit:
    """Import files in our own columns."""
    from tracker.exchange.load import load, require_rejects_writable, write_rejects

    if rejects:
        require_rejects_writable(rejects, planned, force=force)
    with session(context).casebook() as casebook:
        report = load(casebook, planned, strict=strict, dry_run=dry_run, reason=why)
    written = write_rejects(rejects, planned, force=force) if rejects else []
    _tell(planned, written)
    output.result(report.sentence, {**report.as_json(), "rejects": written}, as_json=json)
    return _code(report)


def _plan(
    context: typer.Context,
    files: list[str],
    kind: str,
    encoding: str | None,
    delimiter: str | None,
    order: str,
    maps: list[str],
    *,
    limits: bool,
) -> Plan:
    from tracker.exchange.plan import plan
    from tracker.exchange.readers import files_in, read
    from tracker.exchange.renaming import mapping, renamed
    from tracker.model.kinds import EXCHANGED

    if order not in ("", "dmy", "mdy", "ymd"):
        raise UsageError(f"--date-order: “{order}” is none; give dmy, mdy or ymd")
    what = records.kind_named(kind, EXCHANGED) if kind else None
    if maps and what is None:
        raise UsageError("--map: say what the file holds with --as, such as --as incidents")
    sheets = [read(path, encoding=encoding, delimiter=delimiter, limits=limits) for path in files_in(files)]
    if maps and what is not None:
        fields = mapping(what, maps)
        sheets = [renamed(sheet, fields) for sheet in sheets]
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
