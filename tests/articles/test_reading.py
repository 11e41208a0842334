"""Files of news: encodings are marked or named, never guessed in silence; the pin is that of `tracker attach`."""

from __future__ import annotations

import codecs
import hashlib
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker import text as border
from tracker.articles.lines import articles_of_lines
from tracker.articles.reading import read_article
from tracker.errors import Refused, TrackerError, UsageError

ARTICLES = Path(__file__).parents[2] / "fixtures" / "articles"
WORDS = "Café wrecked — “cowards”\n\nA bomb wrecked a café."


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_marked_text_is_read(mark: bytes, encoding: str) -> None:
    doc = read_article(mark + WORDS.encode(encoding), "a.txt")
    assert (doc.text, doc.pinned.text) == (WORDS, WORDS)


def test_an_encoding_is_asked_for_and_taken() -> None:
    data = (ARTICLES / "cp1252.txt").read_bytes()
    with pytest.raises(UsageError, match="--encoding"):
        read_article(data, "cp1252.txt")
    assert "cowards… and they" in read_article(data, "cp1252.txt", encoding="cp1252").text
    with pytest.raises(UsageError, match="no text encoding"):
        read_article(data, "cp1252.txt", encoding="klingon")


@pytest.mark.parametrize("name", ["harbour.txt", "persian_names.txt", "single_quotes.txt"])
def test_the_pin_is_that_of_the_file(name: str) -> None:
    data = (ARTICLES / name).read_bytes()
    doc = read_article(data, name)
    assert doc.sha256 == hashlib.sha256(data).hexdigest() == border.decode(data).sha256
    assert doc.text == data.decode()


def test_offsets_hold_in_what_is_pinned_whatever_the_line_ends() -> None:
    data = b"One.\r\n\r\nTw\x00o.\rThree."
    doc = read_article(data, "a.txt")
    assert doc.pinned.text == data.decode()
    assert [doc.pinned.text[found.start : found.end] for found in doc.paragraphs] == ["One.", "Tw\x00o.", "Three."]
    assert doc.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.txt"), (b" \n", "blank.txt"), (b"<html></html>", "a.html"), (b"%PDF-1.7 x", "a.txt"),
        (b"<?xml version='1.0'?><rss/>", "feed"), (b"<rss/>", "feed.xml"),
        (b"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY x 'y'>]><html>&x;</html>", "a.xml"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(Refused):
        read_article(data, name)


@settings(deadline=None)
@given(st.binary(), st.sampled_from(["a.txt", "a.html"]), st.sampled_from(["", "cp1252", "utf-16-le"]))
def test_no_bytes_do_more_than_be_refused(data: bytes, name: str, encoding: str) -> None:
    words = ""
    with suppress(TrackerError):
        words = read_article(data, name, encoding=encoding).text
    assert words == "" or words.strip()


def test_lines_of_articles() -> None:
    good = {
        "doc_id": 7,
        "text": "A tug.\r\nA boat.",
        "title": " Tug\n",
        "published": "8 Feb 2024",
        "url": "https://l.example",
    }
    vague = {"id": "b", "text": "A tug.", "published": "02/08/2024", "author": ["x"]}
    rows = list(
        articles_of_lines(["\ufeff" + json.dumps(good), "", json.dumps(vague), "{", "[]", '{"text": 3}', "[" * 9999])
    )
    assert [row.number for row in rows] == [1, 3, 4, 5, 6, 7]
    assert [bool(row.document) for row in rows] == [True, True, False, False, False, False]
    assert all(f"Line {row.number}" in row.problem for row in rows[2:])
    first, second = rows[0].document, rows[1].document
    assert first is not None
    assert second is not None
    assert (rows[0].key, first.title, first.published, first.url) == ("7", "Tug", "2024-02-08", "https://l.example")
    assert (second.published, second.author) == ("", "")
    assert "02/08/2024" in second.notes[0]


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.dictionaries(st.sampled_from(["text", "title", "published", "id", "url"]), inner) | st.lists(inner)
        ),
    )
)
def test_any_json_is_a_line(value: object) -> None:
    (row,) = articles_of_lines([json.dumps(value)])
    assert (row.document is None) == bool(row.problem)
