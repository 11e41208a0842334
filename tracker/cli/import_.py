"""`tracker import`: bring records in from files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import typer

from tracker.cli import import_options as own
from tracker.cli import options, output, records
from tracker.cli.context import command, session
from tracker.errors import Exit, UsageError

if TYPE_CHECKING:
    from tracker.exchange.dataset_result import Wish
    from tracker.exchange.load import Report
    from tracker.exchange.plan import Plan
    from tracker.exchange.recognising import Asked
    from tracker.exchange.sources import Source

app = command()

TOLD = 20
"""Rows that are told one by one, in all; those rejected are in the file of --rejects."""


@app.command(name="import")
def import_(
    context: typer.Context,
    files: own.Files,
    profile: own.Profile = "auto",
    kind: own.Kind = "",
    maps: own.Maps = None,
    id_column: own.Id = "",
    dataset: own.Dataset = "",
    date_formats: own.Formats = None,
    nulls: own.Nulls = None,
    date_order: options.Order = "",
    anchor: options.Anchor = "",
    dry_run: own.DryRun = False,
    verbose: own.Verbose = False,
    rejects: options.Rejects = "",
    strict: own.Strict = False,
    gone: options.Gone = "mark",
    release: own.Release = "",
    force: own.Force = False,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    no_limit: own.NoLimit = False,
    why: options.Why = "",
    json: options.Json = False,
) -> None:
    """Bring records in: the field's datasets by their profiles, any list by --map, or files in our own columns.

    A dataset is known by its columns. Its rows are new, changed, same, gone or rejected, and importing the same file
    again changes nothing. In our own columns, as “export” writes them, a row changes the record of its uid. With --map
    a column is a field (“tracker fields incidents”), a role (perpetrator, victim, …) or source_url, source_title, …;
    other columns are kept in extra, COLUMN= leaves one out. All is one step of undo, and a batch to take back. Exit 6
    when rows were rejected, 5 when rows rest on an older version than the database has, 3 when a file is refused.

    \b
    Example:
      tracker import GEDEvent_v25_1.csv --dry-run
      tracker import acled.csv --rejects bad.csv
      tracker import list.xlsx --map 'Event date=date' --map Group=perpetrator --map category:=armed_clash --id Nr
      tracker import case/
    """
    from tracker.exchange.dataset_result import Wish

    if gone not in ("mark", "keep", "force"):
        raise UsageError(f"--gone: “{gone}” is none; give mark, keep or force")
    formats, missing = tuple(date_formats or ()), tuple(nulls or ())
    wanted = _Columns(tuple(maps or ()), dataset, id_column, formats, date_order, _day(anchor), missing)
    asked = wanted.asked(profile, kind, encoding, delimiter, limits=not no_limit)
    wish = Wish(dry_run, strict, gone, release, rejects, force, not no_limit, why, verbose)  # type: ignore[arg-type]
    if code := _import(context, files, asked, wish, as_json=json):
        raise typer.Exit(code)


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the options say of columns and dates."""

    maps: tuple[str, ...]
    dataset: str
    id: str
    formats: tuple[str, ...]
    order: str
    anchor: date | None
    nulls: tuple[str, ...]

    def asked(self, profile: str, kind: str, encoding: str | None, delimiter: str | None, *, limits: bool) -> Asked:
        """The same as the exchange is asked it; UsageError for what is not known or does not go together."""
        from tracker.exchange.profile import load
        from tracker.exchange.profile.mapping import Wanted
        from tracker.exchange.recognising import Asked
        from tracker.model.kinds import EXCHANGED

        if self.order not in ("", "dmy", "mdy", "ymd"):
            raise UsageError(f"--date-order: “{self.order}” is none; give dmy, mdy or ymd")
        if profile != "auto" and (self.maps or self.id):
            raise UsageError("--map: a profile says what the columns mean; leave out --map and --id, or --profile")
        if (self.formats or self.dataset or self.nulls) and not (self.maps or self.id):
            option = "--date-format" if self.formats else "--null" if self.nulls else "--dataset"
            raise UsageError(f"{option}: is for lists whose columns are named with --map; a profile has its own")
        wanted = Wanted(self.maps, self.dataset, self.id, self.formats, self.order, self.anchor, self.nulls)
        what = records.kind_named(kind, EXCHANGED) if kind else None
        named = None if profile == "auto" else load(profile)
        return Asked(named, what, wanted, encoding, delimiter, limits)


def _day(anchor: str) -> date | None:
    from tracker.cli.writing import anchor_day

    return anchor_day(anchor) if anchor else None


def _import(context: typer.Context, files: list[str], asked: Asked, wish: Wish, *, as_json: bool) -> Exit:
    from tracker.cli.import_dataset import import_datasets, parted

    ours, datasets = parted(files, asked)
    codes: list[Exit] = []
    if datasets:
        codes.append(import_datasets(session(context), datasets, asked, wish, as_json=as_json))
    if ours:
        codes.append(_import_own(context, _plan(context, ours, asked), wish, as_json=as_json))
    return max(codes, default=Exit.DONE)


def _import_own(context: typer.Context, planned: Plan, wish: Wish, *, as_json: bool) -> Exit:
    """Import files in our own columns."""
    from tracker.exchange.load import load, require_rejects_writable, write_rejects

    if wish.rejects:
        require_rejects_writable(wish.rejects, planned, force=wish.force)
    with session(context).casebook() as casebook:
        report = load(casebook, planned, strict=wish.strict, dry_run=wish.dry_run, reason=wish.reason)
    written = write_rejects(wish.rejects, planned, force=wish.force) if wish.rejects else []
    _tell(planned, written)
    output.result(report.sentence, {**report.as_json(), "rejects": written}, as_json=as_json)
    return _code(report)


def _plan(context: typer.Context, files: Sequence[str | Source], asked: Asked) -> Plan:
    from tracker.exchange.plan import plan
    from tracker.exchange.readers import files_in, read
    from tracker.exchange.renaming import renamed

    wanted = asked.wanted
    if wanted.maps and asked.kind is None:
        raise UsageError("--map: say what the file holds with --as, such as --as actors")
    sheets = [
        read(path, encoding=asked.encoding, delimiter=asked.delimiter, limits=asked.limits) for path in files_in(files)
    ]
    if wanted.maps and asked.kind is not None:
        sheets = [renamed(sheet, asked.kind, wanted.maps) for sheet in sheets]
    order = wanted.order or None
    with session(context).reader() as reader:
        return plan(reader, sheets, asked.kind, order=order, anchor=wanted.anchor)  # type: ignore[arg-type]


def _tell(planned: Plan, written: list[str]) -> None:
    """What was noticed, and the first rows that were not taken."""
    for sentence in planned.warnings:
        output.say(sentence)
    problems = [*planned.conflicts, *planned.rejections]
    for problem in problems[:TOLD]:
        output.say(str(problem))
    if len(problems) > TOLD:
        told = f"{len(planned.conflicts):,} contested and {len(planned.rejections):,} rejected rows in all"
        output.say(f"… and {len(problems) - TOLD:,} more: {told}")
    if written:
        output.say(f"the rejected rows are in {', '.join(written)}; correct them there and import that")


def _code(report: Report) -> Exit:
    if report.total("rejected"):
        return Exit.REJECTS
    return Exit.CONFLICT if report.total("conflict") else Exit.DONE
