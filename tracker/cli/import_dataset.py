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
    from tracker.exchange.profile.model import Profile
    from tracker.exchange.sources import Source

Dataset = tuple["Source", "Profile"]


def parted(
    files: Sequence[str],
    profile: str,
    own: object,
    encoding: str | None,
    delimiter: str | None,
    *,
    limits: bool,
) -> tuple[list[str], list[Dataset]]:
    """The files in our own columns, and the datasets with their profiles.

    `own` is true when the user said that all files have our own columns. Raises UsageError for an unknown profile.
    """
    from pathlib import Path

    from tracker.exchange.profile import detect, load, readable
    from tracker.exchange.sources import open_source

    if profile == "auto" and own:
        return list(files), []
    named = None if profile == "auto" else load(profile)
    if named is None:
        for sentence in readable()[1]:
            output.say(sentence)
    ours: list[str] = []
    datasets: list[Dataset] = []
    for path in files:
        if path != "-" and Path(path).is_dir():
            ours.append(path)
            continue
        source = open_source(path, encoding=encoding, delimiter=delimiter, limits=limits)
        found = named or (None if _ours(source) else detect(source))
        if found is None:
            ours.append(path)
        else:
            datasets.append((source, found))
    return ours, datasets


def _ours(source: Source) -> bool:
    """Whether a file has the columns that exports of ours begin with."""
    return bool(source.head) and {"uid", "version"} <= set(source.head[0])


def import_datasets(session: Session, datasets: Sequence[Dataset], wish: Wish, *, as_json: bool) -> Exit:
    """Import one file after the other, each a batch of its own, and tell what each came to."""
    from tracker.exchange.datasets import import_dataset

    session.reader().__enter__().close()
    code = Exit.DONE
    for source, profile in datasets:
        output.say(f"{source.name}: read as {profile.title or profile.name} (--profile {profile.name})")
        with _progress(source.name) as progress:
            result = import_dataset(source, profile, session.database, session.who, wish, progress)
        _tell(result)
        output.result(result.sentence, result.as_json(), as_json=as_json)
        if result.counts["rejected"]:
            code = Exit.REJECTS
    return code


def _tell(result: Result) -> None:
    for sentence in (*result.warnings, *(f"changed {change}" for change in result.changes), *result.rejected):
        output.say(sentence)
    if (more := result.counts["rejected"] - len(result.rejected)) > 0:
        output.say(f"… and {more:,} more")
    if result.rejects:
        output.say(f"the rejected rows are in {result.rejects}; correct them there and import that")


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
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(truncate(screen(name), 40), total=1.0, rows=0, rate=0.0)

        def told(rows: int, done: float) -> None:
            elapsed: Any = bar.tasks[0].elapsed or 0.0
            total = 1.0 if done else None
            bar.update(task, completed=done, total=total, rows=rows, rate=rows / elapsed if elapsed else 0.0)

        yield told
