"""`tracker report`: a situation report to read, print and send on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options, output
from tracker.cli.context import command, session
from tracker.errors import UsageError

app = command()

_FORMS = {"md": "md", "markdown": "md", "html": "html", "htm": "html"}
"""What the end of a file's name, or --format, says about the form."""


@app.command()
def report(
    context: typer.Context,
    out: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="FILE.md or FILE.html; - is stdout.")],
    where: options.Where = "",
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="md|html", help="Else told from the name of FILE.")
    ] = "",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What stands over it.")] = "",
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, help="How many of each kind to list; counts are of all.")
    ] = 200,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    json: options.Json = False,
) -> None:
    """Write a report on incidents: counts, timeline, map, who says who did what, statements and sources.

    Every number says what is not known. The HTML needs no other file, no script and no network. The same data give the
    same report, byte for byte.

    \b
    Example:
      tracker report --where 'country:IRQ date:2019-12' -o iraq.html
      tracker report -o - --format md
    """
    form = _form(out, form)
    from tracker.exchange.asking import asked
    from tracker.exchange.atomic import require_writable
    from tracker.exchange.atomic import writing as written
    from tracker.exchange.report import report as made
    from tracker.exchange.report import write
    from tracker.model.kinds import INCIDENT

    chosen = asked(INCIDENT, where)
    require_writable(out, force=force)
    with session(context).reader() as reader:
        document = made(reader, chosen, title=title, limit=limit)
    with written(out, force=force) as file:
        write(file, document, form)
    if out == "-":
        return
    if json:
        output.emit({"file": out, "format": form, "filter": chosen.describe()})
    else:
        output.say(f"report on {chosen.describe()} written to {out}" if where else f"report written to {out}")


def _form(out: str, form: str) -> str:
    """The form that is asked for, or that the name of the file tells."""
    told = form.lower() or Path(out).suffix.lower().lstrip(".")
    if found := _FORMS.get(told):
        return found
    if form:
        raise UsageError(f"format: “{form}” is no form of a report; known are md and html")
    if out == "-":
        raise UsageError("report: standard output needs --format md or --format html")
    raise UsageError(f"{out}: its name tells no form; end it with .md or .html, or give --format")
