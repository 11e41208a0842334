"""The part of `tracker ingest` that keeps articles: each file becomes a source with suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from tracker.cli import output, records
from tracker.cli.context import Session
from tracker.errors import Exit, UsageError

if TYPE_CHECKING:
    from tracker.articles.document import Document
    from tracker.exchange.ingesting import Options
    from tracker.store.workbench import Ingested

Found = Iterator[tuple[str, "Document | str"]]


def keep(session: Session, files: Iterable[Found], options: Options, supersedes: str, *, as_json: bool) -> None:
    """Take in the articles of files, one action each, and print what each came to.

    A bad line of JSON lines is told on stderr and the rest is taken in; the exit code is that of rejected rows.
    """
    from tracker.exchange import ingesting

    with session.reader() as reader:
        known = ingesting.known_actors(reader)
        older = records.found(reader, supersedes, "source")[1] if supersedes else None
    options = replace(options, supersedes=older)
    bad = 0
    with session.casebook() as book:
        for number, (key, document) in enumerate(one for found in files for one in found):
            if number and older is not None:
                raise UsageError("--supersedes: one article supersedes one source; give one file")
            if isinstance(document, str):
                output.say(document)
                bad += 1
                continue
            for note in document.notes:
                output.say(f"{key}: {note}")
            _tell(ingesting.keep(book, _said(document, options), known, name=key, options=options), as_json=as_json)
    if bad:
        raise typer.Exit(Exit.REJECTS)


def _said(document: Document, options: Options) -> Document:
    """The document with what was said of it on the command line, which goes before what it says of itself."""
    return replace(
        document,
        title=options.title or document.title,
        publisher=options.publisher or document.publisher,
        url=options.url or document.url,
    )


def _tell(done: Ingested, *, as_json: bool) -> None:
    facts = {
        "ref": done.ref, "uid": done.saved.uid, "new": done.new, "pending": done.pending, "action": done.action,
        "evidence": dict(done.superseded), "sentence": done.sentence,
    }  # fmt: skip
    output.result(done.sentence, facts, as_json=as_json)
