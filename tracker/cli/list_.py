"""`tracker list`: records as lines, filtered and sorted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options, output, records
from tracker.cli.context import command, session

if TYPE_CHECKING:
    from tracker.store.columns import Column
    from tracker.store.views import Browser, View

app = command()

BLOCK = 400
"""Records that are fetched at once when all are listed."""
_DATES = frozenset({"date", "said", "published"})
_WHOLE = _DATES | {"ref", "killed", "wounded", "status"}
"""Columns that a narrow terminal cuts last."""


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
        names = [*([] if "ref" in view.columns else ["ref"]), *view.columns]
        blocks = ([_with_ref(view, names, row) for row in block] for block in _blocks(browser, limit))
        shown = 0
        if json:
            for row in (row for block in blocks for row in block):
                output.emit(dict(zip(names, (None if c == "–" else c for c in row), strict=True)))
                shown += 1
        else:
            shown = _print([column(view.kind, name) for name in names], blocks, chosen=bool(columns))
        _tell(browser, shown, limit)


def _with_ref(view: View, names: list[str], row: tuple[int, tuple[str, ...]]) -> list[str]:
    return [*([] if len(names) == len(row[1]) else [f"{view.kind.prefix}-{row[0]}"]), *row[1]]


def _print(shown: list[Column], blocks: Iterator[list[list[str]]], *, chosen: bool) -> int:
    """The rows as a table; gives their number. Unless columns were `chosen`, one narrower terminals lose what is alike.

    A column goes where it has the same in all rows and there is no room for all; what it has is said below.
    """
    first = next(blocks, [])
    if not first:
        return 0
    alike = set() if chosen or len(first) >= BLOCK else output.alike([one.label for one in shown], first)
    alike -= {place for place, one in enumerate(shown) if one.name in _DATES}
    kept = [place for place in range(len(shown)) if place not in alike]
    flex = max(kept, key=lambda place: shown[place].flex)
    # A date or a number that is cut says something else.
    firm = [number for number, place in enumerate(kept) if shown[place].flex == 0 and shown[place].name in _WHOLE]
    table = output.Table([shown[place].label for place in kept], kept.index(flex), firm)
    count = 0
    for block in chain([first], blocks):
        table.add([[row[place] for place in kept] for row in block])
        count += len(block)
    if alike:
        told = ", ".join(f"{shown[place].label} {first[0][place]}" for place in sorted(alike))
        output.say(f"in all of these: {told}")
    return count


def _view(what: str, where: str, sort: str, columns: str) -> View:
    from tracker.exchange.asking import asked
    from tracker.store.columns import default_columns
    from tracker.store.views import View

    kind = records.kind_named(what)
    names = tuple(name.strip() for name in columns.split(",") if name.strip())
    # Records that only link others have no columns of their own choice: all that they hold is shown.
    names = names or default_columns(kind) or tuple(field.name for field in kind.form_fields)
    return View(kind, asked(kind, where), (sort.removeprefix("-"), sort.startswith("-")), names)


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
        from tracker.exchange.asking import hint

        output.say(f"no {kind.plural}" + ("" if chosen.empty else f": {chosen.describe()}"))
        if said := hint(chosen.text):
            output.say(said)
    elif limit and shown >= limit and (total := browser.count()) > shown:
        output.say(f"{shown:,} of {total:,}; all with --limit 0")
    if left := browser.left_out():
        output.say(f"apart from {left:,} made from codes of datasets; see them with --where mode:paraphrase")
