"""`tracker ingest`: read an article and say what could be recorded of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import options, output
from tracker.cli.context import command, session
from tracker.cli.given import given
from tracker.errors import Exit, UsageError

if TYPE_CHECKING:
    from tracker.articles.document import Document

app = command()

_LINES = (".jsonl", ".ndjson")


@app.command()
def ingest(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="ARTICLE…", help="Text, HTML, or JSON lines of articles; - is stdin.")
    ],
    published: Annotated[
        str, typer.Option("--published", metavar="DATE", help="The day it was published: 2019-12-14.")
    ] = "",
    title: Annotated[str, typer.Option("--title", help="Instead of its headline.")] = "",
    publisher: Annotated[str, typer.Option("--publisher", help="Who published it.")] = "",
    url: Annotated[str, typer.Option("--url", help="Where it stands.")] = "",
    supersedes: Annotated[
        str, typer.Option("--supersedes", metavar="SRC-1", help="The older edition; its evidence is found anew.")
    ] = "",
    encoding: Annotated[str, typer.Option("--encoding", help="When the file is not UTF-8: cp1252, shift_jis, …")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be suggested; keep nothing.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Read articles and suggest statements, actors, dates and incidents, each with its place in the text.

    Each becomes a source with suggestions that wait for a decision; nothing else is recorded. The same text again adds
    nothing.

    Words such as “last Monday” are told from --published, else from the date the page names; without either they stay
    unresolved. JSON lines need a “text” each, and may have “id”, “title”, “published”, “url” and “publisher”.

    \b
    Example:
      tracker ingest article.txt --published 2019-12-14
      tracker ingest article-2.txt --supersedes SRC-1
      tracker ingest crawl.jsonl --dry-run --json
    """
    day = _day(published)
    found = (articles(file, day, encoding) for file in files)
    if dry_run:
        show((one for each in found for one in each), as_json=json)
        return
    from tracker.cli.ingest_keep import keep
    from tracker.exchange.ingesting import Options

    said = Options(title=title, publisher=publisher, url=url)
    keep(session(context), found, said, supersedes, as_json=json)


def articles(file: str, published: str, encoding: str) -> Iterator[tuple[str, Document | str]]:
    """The articles of a file one by one: an id, and the document or what is wrong with its line.

    Raises Refused and UsageError for a file that holds none.
    """
    from dataclasses import replace

    from tracker.articles.lines import articles_of_lines
    from tracker.articles.reading import read_article

    data, name = given(file, "split it"), Path(file).name
    if not name.lower().endswith(_LINES):
        yield name, read_article(data, name, encoding=encoding, published=published)
        return
    from tracker.text import decode

    for line in articles_of_lines(decode(data, encoding or None, name=name).text.split("\n")):
        if line.document is None:
            yield line.key or f"{name}:{line.number}", line.problem
        else:
            day = line.document.published or published
            yield line.key or f"{name}:{line.number}", replace(line.document, published=day)


def show(found: Iterator[tuple[str, Document | str]], *, as_json: bool) -> None:
    """Print what each article suggests, as a JSON object a line or as a table; nothing is kept.

    A bad line is told on stderr and the rest is read; the exit code is that of rejected rows.
    """
    from tracker.articles.as_record import as_record
    from tracker.articles.suggest import suggest

    table, bad = output.Table(["Kind", "What", "Confidence", "Reason"], flex=1), 0
    for key, document in found:
        if isinstance(document, str):
            output.say(document)
            bad += 1
            continue
        suggestions = suggest(document)
        for note in document.notes:
            output.say(f"{key}: {note}")
        if as_json:
            output.emit(as_record(key, document, suggestions))
        else:
            table.add([_row(document, one) for one in suggestions])
    if bad:
        raise typer.Exit(Exit.REJECTS)


def _row(document: Document, one: Any) -> list[str]:
    """A suggestion in one line: an incident by its title, an actor by its name, anything else by its words."""
    first = next((spans[0] for spans in one.spans.values() if spans), (0, 0))
    words = str(one.value.get("title" if one.kind == "incident" else "name") or document.text[first[0] : first[1]])
    if one.kind == "date" and one.value.get("edtf"):
        words = f"{words} = {one.value['edtf']}"
    return [one.kind, " ".join(words.split()), f"{one.confidence:.2f}", one.reason]


def _day(published: str) -> str:
    """The day as EDTF; refused when it is no full date, since every relative date would rest on it."""
    if not published:
        return ""
    from tracker.articles.html_dates import day

    told = day(published)
    if not told:
        raise UsageError(f"--published: “{published}” is no day; write it as 2019-12-14")
    return told
