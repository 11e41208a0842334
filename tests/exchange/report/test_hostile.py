"""Nothing in a record becomes markup, a link, a picture or a program, in HTML or in Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from report.making import day, incident, written
from tracker.store.casebook import Casebook
from tracker.store.database import Database

NASTY = (
    "<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "a | b | c",
    "[x](javascript:alert(1))", "![x](http://phish.example/a.png)", "<http://phish.example>", "http://phish.example/a",
    "www.phish.example", "a@phish.example", "```\nbreak out", "# not a heading", "- not a list", "1. not a list",
    "> not a quote", "&lt;b&gt; &#60;", "--- ", "$x$ :skull:", "*x* _y_ ~~z~~ `c`", "<!-- x -->", "a\n\n## b", "\\| x",
)  # fmt: skip


class Elements(HTMLParser):
    """Gathers every element with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def nasty(sqlite_database: Database, fixtures: Callable[[str], Path]) -> tuple[Database, list[str]]:
    """A database in which every text is hostile."""
    kept = [
        json.loads((fixtures("hostile") / f"{name}.json").read_text()) for name in ("markup", "terminal", "unicode")
    ]
    texts = [text for name in kept for text in name if isinstance(text, str) and text.strip()]
    texts = [text.encode(errors="replace").decode() for text in (*NASTY, *texts)]
    with Casebook(sqlite_database, "ann") as book, book.action("import", "Filled") as action:
        for number, text in enumerate(texts):
            who = action.add("actor", {"name": text, "kind": "other"}).id
            url = "javascript:alert(1)" if number % 2 else 'https://x.example/"><script>'
            origin = action.add("source", {"title": text, "kind": "other", "publisher": text, "url": url}).id
            what = action.add("incident", {
                "title": text, "category": "other", "status": "reported", "summary": text, "place_words": text,
                "country": text, **(day("2020-01-01") if number < 30 else {}),
            }).id  # fmt: skip
            action.add("involvement", {"incident_id": what, "actor_id": who, "role": "victim", "hedge_words": text,
                                       "asserted_by_id": who, "source_id": origin})  # fmt: skip
            action.add("statement", {"speaker_id": who, "kind": "other", "mode": "verbatim", "quote": text,
                                     "paraphrase": text, "venue": text})  # fmt: skip
    return sqlite_database, texts


def test_html_holds_only_what_a_report_is_made_of(nasty: tuple[Database, list[str]]) -> None:
    page = written(nasty[0], "html", limit=1_000, title=NASTY[1])
    elements = Elements(page).found
    tags = {tag for tag, _ in elements}
    assert tags.isdisjoint(
        {"script", "img", "iframe", "object", "embed", "form", "input", "base", "audio", "video", "b"}
    )
    assert [tag for tag, _ in elements].count("style") == 1
    for tag, values in elements:
        assert not {name for name in values if name.startswith("on") or name in ("src", "srcdoc", "action")}, tag
        assert (values.get("href") or "#").startswith(("#", "https://", "http://"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not set(page) & {chr(code) for code in (*range(9), *range(11, 32), 127, 0x202E, 0x2066)}


def test_html_fetches_nothing(nasty: tuple[Database, list[str]]) -> None:
    page = written(nasty[0], "html", limit=1_000)
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert not [values for tag, values in Elements(page).found if tag == "link"]


def test_markdown_holds_no_markup_of_a_record(nasty: tuple[Database, list[str]]) -> None:
    page = written(nasty[0], "md", limit=1_000, title=NASTY[1])
    reader = MarkdownIt("gfm-like")
    tokens = reader.parse(page)
    inner = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in [*tokens, *inner]}
    assert kinds.isdisjoint({"link_open", "image", "html_block", "s_open", "code_inline", "code_block"})
    assert {child.content for child in inner if child.type == "html_inline"} <= {"<br>"}
    tables = [token for token in tokens if token.type in ("tr_open", "table_open")]
    assert tables
    headings = [tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open"]
    total = len(nasty[1])
    assert len(headings) == 1 + 8 + 2 * total


def test_markdown_says_the_same_words(nasty: tuple[Database, list[str]]) -> None:
    tokens = MarkdownIt("gfm-like").parse(written(nasty[0], "md", limit=1_000))
    told = {
        "".join(child.content for child in token.children or () if child.type in ("text", "text_special"))
        for token in tokens
        if token.type == "inline"
    }
    for text in NASTY:
        assert any(" ".join(text.split()) in line for line in told), text


def test_a_long_word_and_a_long_title_are_kept(sqlite_database: Database) -> None:
    with Casebook(sqlite_database, "ann") as book:
        incident(book, "x" * 5_000, **day("2020-01-01"))
    assert "x" * 5_000 in written(sqlite_database, "html")
