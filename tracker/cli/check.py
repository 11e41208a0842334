"""`tracker check`: hold the database to what it promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options, output
from tracker.cli.context import command, session
from tracker.errors import Exit

if TYPE_CHECKING:
    from tracker.store.check_report import Problem

app = command()


@app.command()
def check(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Argument(metavar="SOURCE", help="Only the text and the evidence of this source: SRC-1.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Verify every span of evidence, text hash, date, figure, reference and index; nothing is changed.

    Exit 3 when something is wrong. What could not be checked (a text that is not attached) is said, and is not wrong.

    \b
    Example:
      tracker check
      tracker check SRC-1 --json
    """
    from dataclasses import asdict

    from tracker.store.check import check as run

    with session(context).reader() as reader:
        report = run(reader, source)
    if json:
        output.emit({**asdict(report), "good": report.good})
    else:
        if report.tallies:
            output.table(["What", "Checked"], [[tally.what, f"{tally.checked:,}"] for tally in report.tallies])
        output.lines(_told(problem) for problem in report.problems)
        if report.spans:
            output.lines([f"{report.good_spans:,} of {report.spans:,} spans good"])
        output.say(report.sentence)
    if not report.good:
        raise typer.Exit(Exit.REFUSED)


def _told(problem: Problem) -> str:
    """A problem in one line; a record that its sentence names already is not named again."""
    ref = "" if problem.ref in problem.sentence else problem.ref
    return ": ".join(filter(None, (problem.severity, ref, problem.sentence)))
