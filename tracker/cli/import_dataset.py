"""The part of `tracker import` that brings in datasets by their profiles, with progress on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tracker.cli import output
from tracker.errors import Exit

if TYPE_CHECKING:
    from tracker.cli.context import Session
    from tracker.exchange.dataset_result import Result, Wish
    from tracker.exchange.datasets import Progress
    from tracker.exchange.recognising import Asked, Recognised
    from tracker.exchange.sources import Source


def parted(files: Sequence[str], asked: Asked) -> tuple[list[str | Source], list[Recognised]]:
    """The files in our own columns, and the datasets with their profiles.

    Raises UsageError for a file whose columns nobody knows, Refused for one that cannot be read.
    """
    from pathlib import Path

    from tracker.exchange.profile import readable
    from tracker.exchange.recognising import recognised

    if asked.profile is None and asked.kind is None and not asked.wanted.maps:
        for sentence in readable()[1]:
            output.say(sentence)
    ours: list[str | Source] = []
    datasets: list[Recognised] = []
    for path in files:
        if path != "-" and Path(path).is_dir():
            ours.append(path)
            continue
        found = recognised(path, asked)
        for sentence in found.told:
            output.say(sentence)
        if found.profile is None:
            ours.append(found.source)
        else:
            datasets.append(found)
    return ours, datasets


def import_datasets(
    session: Session, datasets: Sequence[Recognised], asked: Asked, wish: Wish, *, as_json: bool
) -> Exit:
    """Import one file after the other, each a batch of its own, and tell what each came to."""
    from tracker.exchange.datasets import import_dataset

    session.reader().__enter__().close()
    code = Exit.DONE
    for one in datasets:
        source, profile = one.source, one.profile
        if profile is None:
            continue
        by_map = f"read by --map as rows of the dataset “{profile.dataset}”"
        known = f"read as {profile.title} (--profile {profile.name})"
        output.say(f"{source.name}: {by_map if profile.name == 'map' else known}")
        with _progress(source.name) as progress:
            result = import_dataset(source, profile, session.database, session.who, wish, progress)
        again = f"give: {asked.wanted.command(result.rejects)}" if profile.name == "map" else "import that"
        _tell(result, again, edits=wish.dry_run or wish.verbose)
        output.result(result.sentence, result.as_json(), as_json=as_json)
        if result.counts["rejected"]:
            code = Exit.REJECTS
    return code


def _tell(result: Result, again: str, *, edits: bool) -> None:
    for sentence in result.warnings:
        output.say(sentence)
    for sentence in (*(f"changed {change}" for change in result.changes), *(result.edits if edits else ())):
        output.say(sentence)
    for sentence in result.rejected:
        output.say(sentence)
    if (more := result.counts["rejected"] - len(result.rejected)) > 0:
        output.say(f"… and {more:,} more")
    if result.rejects:
        output.say(f"the rejected rows are in {result.rejects}; correct them there and {again}")


@contextmanager
def _progress(name: str) -> Iterator[Progress | None]:
    """On a terminal a line with the share, the rate and the time that is left; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from tracker.text import screen, truncate

    columns = (
        TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[rows]:,} rows"), TextColumn("{task.fields[rate]:,.0f}/s"), TimeRemainingColumn(),
    )  # fmt: skip
    # A thread that draws would keep the file from being read by a second process: it is drawn after each block.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(truncate(screen(name), 40), total=1.0, rows=0, rate=0.0)

        def told(rows: int, done: float) -> None:
            elapsed: Any = bar.tasks[0].elapsed or 0.0
            total = 1.0 if done else None
            rate = rows / elapsed if elapsed else 0.0
            bar.update(task, completed=done, total=total, rows=rows, rate=rate, refresh=True)

        yield told
