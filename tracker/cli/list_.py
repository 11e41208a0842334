"""`tracker list`: records as lines, filtered and sorted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options, output, records
from tracker.cli.context import command, session

if TYPE_CHECKING:
    from tracker.store.views import Browser, View

app = command()

BLOCK = 400
"""Records that are fetched at once when all are listed."""


@app.command(name="list")
def list_(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help="Kind: incidents, actors, statements, sources, …")],
    where: options.Where = "",
    sort: options.Sort = "",
    columns: options.Columns = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="How many; 0 = all.")] = 20,
    json: options.Json = False,
) -> None:
    """List records, filtered and sorted; in a pipe the cells are parted by tabs.

    What is unknown shows as –, which is not 0. --json prints one JSON document a record.

    \b
    Example:
      tracker list incidents --where 'date:2019-12 killed:unknown' --sort -date
      tracker list statements --where 'speaker:"Mike Pompeo"' --columns said,quote
    """
    from tracker.store.columns import column
    from tracker.store.views import Browser

    view = _view(what, where, sort, columns)
    with session(context).reader() as reader:
        browser = Browser(reader, view)
        labels = ["REF", *(column(view.kind, name).label for name in view.columns)]
        table = output.Table(labels, _widest(view))
        shown = 0
        for block in _blocks(browser, limit):
            rows = [[f"{view.kind.prefix}-{key}", *cells] for key, cells in block]
            if json:
                names = ["ref", *view.columns]
                for row in rows:
                    output.emit(dict(zip(names, (None if c == "–" else c for c in row), strict=True)))
            else:
                table.add(rows)
            shown += len(rows)
        _tell(browser, shown, limit)


def _view(what: str, where: str, sort: str, columns: str) -> View:
    from tracker.store.columns import default_columns
    from tracker.store.query import parse
    from tracker.store.views import View

    kind = records.kind_named(what)
    names = tuple(name.strip() for name in columns.split(",") if name.strip())
    # Records that only link others have no columns of their own choice: all that they hold is shown.
    names = names or default_columns(kind) or tuple(field.name for field in kind.form_fields)
    return View(kind, parse(kind, where), (sort.removeprefix("-"), sort.startswith("-")), names)


def _widest(view: View) -> int:
    """The number of the column that gives way on a narrow terminal, after the REF."""
    from tracker.store.columns import column

    shares = [column(view.kind, name).flex for name in view.columns]
    return 1 + shares.index(max(shares))


def _blocks(browser: Browser, limit: int) -> Iterator[list[tuple[int, tuple[str, ...]]]]:
    offset = 0
    while block := browser.page(offset, min(BLOCK, limit - offset) if limit else BLOCK):
        yield block
        offset += len(block)
        if limit and offset >= limit:
            return


def _tell(browser: Browser, shown: int, limit: int) -> None:
    kind, chosen = browser.view.kind, browser.view.filter
    if not shown:
        output.say(f"no {kind.plural}" + ("" if chosen.empty else f": {chosen.describe()}"))
    elif limit and shown >= limit and (total := browser.count()) > shown:
        output.say(f"{shown:,} of {total:,}; all with --limit 0")
