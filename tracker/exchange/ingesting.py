"""From the bytes of an article to a source with suggestions: read, suggest, and take in as one action."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from tracker.errors import UsageError
from tracker.model.uncertain import UncertainDate, resolve
from tracker.model.values import date_columns

if TYPE_CHECKING:
    from tracker.articles.document import Document
    from tracker.articles.names import KnownActor
    from tracker.articles.proposals import Proposal
    from tracker.store.casebook import Casebook
    from tracker.store.database import Database, Reader
    from tracker.store.workbench import Ingested, Suggested

_ROLES = {"headline": "headline", "caption": "caption", "pull_quote": "pull_quote", "promo": "teaser"}
"""The role of evidence by the kind of paragraph it stands in; anything else is the body, which begins with the lede."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is said of an article beside it; it goes before what the article says of itself.

    `published` may be EDTF or words for a day or a stretch of days; `supersedes` is the older edition's id.
    """

    encoding: str = ""
    title: str = ""
    published: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    kind: str = "news_article"
    supersedes: int | None = None


def ingest(where: Database, who: str, data: bytes, name: str, options: Options | None = None) -> Ingested:
    """Take in the article of a file, signed by `who`; the same text again adds nothing.

    Raises UsageError when the encoding or a date cannot be read, Refused for what is no article.
    """
    from tracker.articles.reading import read_article
    from tracker.store.casebook import Casebook
    from tracker.store.database import Reader

    options = options or Options()
    published = day_of(options.published)
    doc = read_article(
        data, name, encoding=options.encoding, title=options.title, published=anchor(published),
        publisher=options.publisher, author=options.author, url=options.url,
    )  # fmt: skip
    with Reader(where) as reader:
        known = known_actors(reader)
    with Casebook(where, who) as book:
        return keep(book, doc, known, name=name, published=published, options=options)


def known_actors(reader: Reader) -> list[KnownActor]:
    """The actors on record, as the rules that read an article know them."""
    from tracker.articles.names import KnownActor
    from tracker.store import reading_desk

    return [KnownActor(*row) for row in reading_desk.known_actors(reader)]


def day_of(words: str) -> UncertainDate:
    """When an article was published, from EDTF or words; unknown when empty. UsageError when it cannot be read."""
    return resolve(words) if words.strip() else UncertainDate.unknown()


def anchor(published: UncertainDate) -> str:
    """The day from which words such as “last Monday” are told: the middle of what the day of publication may be."""
    from tracker.store.reanchor import anchor_of

    bounds = {"published_earliest": str(published.earliest or ""), "published_latest": str(published.latest or "")}
    return str(anchor_of(bounds) or "")


def keep(
    book: Casebook,
    doc: Document,
    known: Sequence[KnownActor],
    *,
    name: str,
    published: UncertainDate | None = None,
    options: Options | None = None,
) -> Ingested:
    """Take in a document with what is suggested from it; `name` stands for a title where it has none.

    `published` goes before the day the document names.
    """
    from tracker.articles.proposals import ENGINE
    from tracker.articles.suggest import suggest

    options = options or Options()
    if published is None or not published.edtf:
        published = day_of(doc.published)
    source = {
        "title": doc.title or PurePath(name).stem or "untitled", "kind": options.kind,
        "publisher": doc.publisher or None, "author": doc.author or None, "url": doc.url or None,
        "language": doc.language or "en", **date_columns("published", published),
    }  # fmt: skip
    # No database keeps a NUL; the document has a space in its place, and its hash is said not to be recomputable.
    text = doc.text if "\0" in doc.pinned.text else doc.pinned.text
    if not text.strip():
        raise UsageError(f"{name}: there is no text in it")
    lede = next(((part.start, part.end) for part in doc.paragraphs if part.kind == "body"), (0, 0))
    suggested = [_suggested(doc, one, lede) for one in suggest(doc, known)]
    return book.ingest(
        source, text, doc.sha256, suggested, engine=ENGINE, encoding=doc.pinned.encoding, supersedes=options.supersedes
    )


def _suggested(doc: Document, proposal: Proposal, lede: tuple[int, int]) -> Suggested:
    from tracker.store.suggesting import extent
    from tracker.store.workbench import Suggested

    spans = {role: [(start, end) for start, end in found] for role, found in proposal.spans.items()}
    value: dict[str, Any] = json.loads(json.dumps(dict(proposal.value), default=str))
    start = extent(proposal.kind, spans)[0]
    in_lede = lede[0] <= start < lede[1]
    value["evidence_role"] = _ROLES.get(doc.kind_at(start), "lede" if in_lede else "body")
    return Suggested(proposal.kind, spans, value, proposal.confidence, proposal.reason, proposal.rule)
