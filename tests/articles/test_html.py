"""Pages: every shown block is kept and tagged, what is hidden is not, and the page's own date is the one taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.articles.html import read_page
from tracker.articles.html_dates import day
from tracker.articles.html_scan import tokens
from tracker.articles.reading import read_article

ARTICLES = Path(__file__).parents[2] / "fixtures" / "articles"
tags = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div class='pullquote'>", "</div>",
         "<aside>", "</aside>", "<!--", "-->", "<script>", "</script",
         ">", "<",
         '"', "'", "<a href=\"", "&amp", "&#0;", "&#x110000;", "x y", "<td>", "<br>", "<h1>",
         "<blockquote>",
         "<![CDATA[", "<?", "/>",
         "<title>", "<p hidden>", "</head>", "<body>", "<meta name=date content=2020-01-01>", "<svg>",
         "<figure>", "\x00", "<pre>", "\n"]
    )
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(tags | st.text())
def test_any_markup_is_read(markup: str) -> None:
    page = read_page(markup)
    assert all(0 <= start < end <= len(page.text) for start, end, _ in page.marks)
    assert [mark[0] for mark in page.marks] == sorted(mark[0] for mark in page.marks)
    assert list(tokens(markup)) == list(tokens(markup))


def page(name: str) -> tuple[dict[str, str], list[str]]:
    """The paragraphs of a page with their kinds, and their order."""
    doc = read_article((ARTICLES / name).read_bytes(), name)
    found = [(doc.text[line.start : line.end], line.kind) for line in doc.paragraphs]
    return dict(found), [words for words, _ in found]


def test_each_block_of_the_page_is_there_with_its_kind() -> None:
    kinds, order = page("html_page.html")
    assert kinds["Granary guard shot in Tollen: ‘They knew his shift’"] == "headline"
    assert kinds["President Oto Kern, who opened the granary in 2019. Photo: Sarrow Pictures"] == "caption"
    assert kinds["They knew the dog’s name"] == "pull_quote"
    assert kinds["Agata Lidell"] == "label"
    assert kinds["“We grieve for Bruno Hatch. No field is worth a man."] == "body"
    assert kinds["What the police say"] == "heading"
    assert kinds["“Burn the barns,” says rebel chief 30 Nov"] == "promo"
    assert kinds["Get our newsletter: 5 < 6 stories a day, says our editor"] == "promo"
    assert kinds["The Sarrow & Tollen Farmers’ League (STFL) wrote to the mayor this week:"] == "body"
    assert kinds["2024\t1"] == "body"
    assert order.index("No group has said it did it.") + 1 == order.index(
        "Mr Quill’s office said: “We rule nothing out.”"
    )
    text = "\n".join(order)
    for unseen in ("styled", "Click now", "Later", "turn on scripts", "Not for print", "nobody in this script"):
        assert unseen not in text


def test_what_the_page_says_of_itself() -> None:
    doc = read_article((ARTICLES / "html_page.html").read_bytes(), "html_page.html")
    assert (doc.published, doc.publisher, doc.author) == ("2024-02-08", "The Sarrow Observer", "Beatrix Lomax")
    assert (doc.url, doc.language) == ("https://sarrow-observer.example/tollen-granary?a=1&b=2", "en-GB")
    given_day = read_article((ARTICLES / "html_page.html").read_bytes(), "x", published="2024-02-09", title="Mine")
    assert (given_day.published, given_day.title) == ("2024-02-09", "Mine")


def test_an_odd_page() -> None:
    kinds, order = page("page_odd.html")
    assert kinds["They came at us twice"] == "pull_quote"
    assert kinds["Bruno Hatch"] == "label"
    assert kinds["The tug at Tollen"] == "caption"
    assert kinds["“Stories,” says our editor, “every day.”"] == "promo"
    # A class on what holds most of the page names no box beside the article.
    assert kinds["“They came at us twice,” said Bruno Hatch, who steers the tug."] == "body"
    assert kinds["One boat was held."] == kinds["Nobody was hurt."] == "body"
    assert "Copyright law is silent on it <sic>, Ms Lidell said [31m." in order
    assert not any("said the page" in words or "unseen" in words for words in order)
    doc = read_article((ARTICLES / "page_odd.html").read_bytes(), "page_odd.html")
    assert doc.published == "2023-03-11"
    assert "2023-03-12 (meta date)" in doc.notes[0]
    assert "2 hidden stretches" in doc.notes[1]


@pytest.mark.parametrize(
    ("declared", "data", "word", "note"),
    [
        ("windows-1252", "café “x”".encode("cp1252"), "café “x”", ""),
        ("iso-8859-1", "café “x”".encode("cp1252"), "café “x”", ""),
        ("shift_jis", "襲撃".encode("cp932"), "襲撃", ""),
        ("windows-1251", "Нападение".encode(), "Нападение", "is UTF-8"),
        ("utf-8", b"caf\xe9", "caf\ufffd", "--encoding"),
        ("klingon", "café".encode(), "café", "not known"),
    ],
)
def test_a_declared_charset(declared: str, data: bytes, word: str, note: str) -> None:
    doc = read_article(f'<meta charset="{declared}"><p>'.encode() + data, "a.html")
    assert doc.text == word
    assert note in " ".join(doc.notes)
    assert bool(doc.notes) == bool(note)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("2024-02-08T23:40:00+01:00", "2024-02-08"), ("20240208", "2024-02-08"),
        ("Thu, 08 Feb 2024 23:40:00 GMT", "2024-02-08"),
        ("February 8, 2024", "2024-02-08"), ("8th of February", ""), ("08/02/2024", ""), ("2024-02-30", ""),
        ("2024", ""),
        ("", ""), ("1 of many", ""),
    ],
)  # fmt: skip
def test_a_day_is_read_or_left(value: str, found: str) -> None:
    assert day(value) == found


def test_a_date_that_is_not_read_is_told() -> None:
    doc = read_article(b'<meta name="date" content="08/02/2024"><p>x</p>', "a.html")
    assert doc.published == ""
    assert "08/02/2024" in doc.notes[0]
