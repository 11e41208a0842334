"""An import of a dataset file: every row is new, changed, same, gone or rejected, and all of it is one step or none."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import PurePath
from typing import TYPE_CHECKING

from tracker.exchange.dataset_reading import can_read_ahead, read, read_ahead
from tracker.exchange.dataset_result import Result, Wish
from tracker.exchange.dataset_rows import Run
from tracker.exchange.grid import Grid, Input
from tracker.exchange.rejects import RejectFile, first_about, is_reject_file, named
from tracker.exchange.sources import Source
from tracker.exchange.unpacking import PACKED
from tracker.store.bulk import About, Bulk
from tracker.store.database import Database

if TYPE_CHECKING:
    from tracker.exchange.profile.model import Profile

Progress = Callable[[int, float], None]
"""Told after each block: rows read so far, and the share of the file that they are (0 when it is not known)."""


def import_dataset(
    source: Source, profile: Profile, where: Database, who: str, wish: Wish, progress: Progress | None = None
) -> Result:
    """Import a file by a profile, in one transaction.

    Raises Refused or UsageError, with nothing changed, for a file that cannot be read as the profile says.
    """
    begun = time.monotonic()
    corrected = is_reject_file(source)
    grid = source.grid(_corrected_input() if corrected else profile.input, limits=wish.limits)
    grid.header = named(source, grid.header)
    harvester = profile.bind(grid)
    release = wish.release or first_about(source).get("_release") or profile.release_of(source.name, _first(source))
    about = About(profile.name, profile.dataset, release, grid.name, grid.encoding, grid.delimiter)
    result = Result(grid.name, profile.name)
    with ExitStack() as stack:
        of = (profile.dataset, release)
        rejects = stack.enter_context(RejectFile(wish.rejects, grid.header, force=wish.force, about=of))
        expected = estimate(source)
        bulk = stack.enter_context(Bulk(where, who, about, expected=expected, reason=wish.reason))
        run = Run(harvester, bulk, result, rejects, verbose=wish.verbose)
        ahead = not corrected and can_read_ahead(expected)
        # Of rows that are there already most are the same: only their ids and fingerprints are needed.
        new = bulk.nothing_there
        pieces = read_ahead(grid, harvester, new=new) if ahead else read(grid, harvester, guarded=corrected)
        for piece in stack.enter_context(closing(pieces)):
            run.take(piece)
            if progress is not None:
                progress(result.counts["read"], piece.done)
        run.take_repeated()
        _finish(run, grid, wish, corrected=corrected)
    result.rejects = wish.rejects if result.counts["rejected"] and wish.rejects else ""
    result.seconds = time.monotonic() - begun
    return result


def _first(source: Source) -> dict[str, str]:
    """The first record by the names of its columns."""
    return dict(zip(source.head[0], source.head[1], strict=False)) if len(source.head) > 1 else {}


def estimate(source: Source) -> int:
    """About how many records a file holds, by its size and its first 64 KiB; 0 when its size is not known."""
    if source.form == "xlsx" or not source.raw.size:
        return 0
    size = source.raw.size * (_PACKING if PurePath(source.name).suffix.lower() in PACKED else 1)
    records = source.text.count("\n") if source.form == "delimited" else len(source.text) // _JSON_RECORD
    return size * max(1, records) // max(1, len(source.text))


_PACKING, _JSON_RECORD = 6, 600
"""How many times smaller packing makes a table, and how many characters a JSON record has, as a rule."""


def _corrected_input() -> Input:
    """How a file of rejected rows is read, whatever the file was that they came from."""
    return Input(form="delimited", delimiter=",")


def _finish(run: Run, grid: Grid, wish: Wish, *, corrected: bool) -> None:
    result, bulk = run.result, run.bulk
    result.warnings = [*grid.notes, *run.told()]
    if grid.removed:
        result.warnings.append(f"{grid.name}: {grid.removed:,} control or invisible characters were removed")
    if wish.dry_run:
        result.held_back = "would be"
    if wish.strict and result.counts["rejected"]:
        result.held_back = "nothing imported"
        return
    if wish.gone == "mark" and (unread := result.counts["unread"]):
        result.warnings.append(
            f"{unread:,} rows could not be read, so it cannot be told what is gone: nothing was marked; correct them, "
            "or give --gone force"
        )
    elif wish.gone != "keep" and not corrected:
        result.counts["gone"], why = bulk.gone(force=wish.gone == "force")
        result.warnings += [why] if why else []
    counts = {what: result.counts[what] for what in ("new", "changed", "same", "gone", "rejected")}
    report = {"warnings": result.warnings[:100], "read": result.counts["read"], "repeated": result.counts["repeated"]}
    report |= {"kept": dict(result.kept)} if result.kept else {}
    result.batch, result.action = bulk.finish(counts, report, sha256=grid.sha256, dry_run=wish.dry_run)
