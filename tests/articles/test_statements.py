"""Statements of whole articles: what is proposed, by which fields, and that no text makes it fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.articles.document import Document, document
from tracker.articles.names import names
from tracker.articles.proposals import Proposal
from tracker.articles.statements import records, statements
from tracker.model.codes import LISTS

ARTICLES = Path(__file__).parents[2] / "fixtures" / "articles"
BITS = [
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "''",
    " said ",
    ", ",
    " X ",
    ". ",
    "a",
    "\n",
    ": ",
    " who ",
    " told ",
    "— ",
    "“A,” ",
]


def read(name: str) -> tuple[Document, list[Proposal]]:
    doc = document((ARTICLES / name).read_text("utf-8"), published="2019-08-04")
    return doc, statements(doc, names(doc))


def by_words(name: str, words: str) -> dict[str, Any]:
    doc, found = read(name)
    (one,) = [item for item in found if any(words in doc.text[start:end] for start, end in item.spans["quote"])]
    return dict(one.value)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Any boat that", {"type": "mixed", "kind": "warn", "speaker_entity": "Edda Vorle", "said": "Sunday"}),
        ("asked for calm", {"type": "direct", "kind": "threaten", "venue": "at a briefing", "conditional": True}),
        ("Nobody owns", {"type": "direct", "mode": "verbatim", "speaker_entity": "Corin Ashby"}),
        ("four boats", {"type": "indirect", "mode": "paraphrase", "quote": ""}),
        ("boarding was lawful", {"type": "mixed", "mode": "mixed", "quote": "no one was hurt"}),
        ("looking for", {"speaker": "He", "speaker_entity": "A senior coast guard officer"}),
        ("carried weapons", {"kind": "deny", "speaker": "The league"}),
        ("piracy", {"kind": "accuse", "speaker": "The league"}),
        ("to court", {"venue": "in a statement", "speaker": "Mr Ashby"}),
        ("comment on the arrests", {"kind": "decline_comment"}),
        ("remembers", {"speaker": "Hanne Oriel"}),
    ],
)
def test_statements_of_the_wire_article(words: str, expected: dict[str, object]) -> None:
    value = by_words("quotes_wire.txt", words)
    assert {key: value[key] for key in expected} == expected


def test_the_title_of_a_book_is_no_statement() -> None:
    doc, found = read("quotes_wire.txt")
    assert not any("Calm Waters" in doc.text[slice(*span)] for item in found for span in item.spans["quote"])


def test_british_marks_give_the_same_speakers() -> None:
    _, found = read("quotes_single.txt")
    assert [item.value["speaker_entity"] for item in found if item.value["type"] == "direct"] == [
        "Lorne Pettifer",
        "Amabel Croy",
        "the drivers' union",
    ]


def test_every_span_holds_what_the_value_says() -> None:
    for name in ("quotes_wire.txt", "quotes_single.txt"):
        doc, found = read(name)
        for item in found:
            assert item.value["kind"] in {code.value for code in LISTS["statement_kind"]}
            assert item.value["mode"] in {code.value for code in LISTS["mode"]}
            assert [doc.text[slice(*span)] for span in item.spans["speaker"]] == [item.value["speaker"]]
            for start, end in item.spans.get("inner", ()):
                assert doc.text[start:end] in item.value["quote"]


def test_captions_and_promotion_say_nothing() -> None:
    text = (
        "The port of Tarn was closed on Monday, Ann Oriel said.\n\n"
        "Ann Oriel has warned of a 'swift' answer (Image: AFP)\n\n"
        "READ MORE: Lorne Croy says ‘we go’\n\nThe boats stayed in the port for three days after the storm had gone.\n"
    )
    doc = document(text)
    assert [item.value["speaker"] for item in statements(doc, names(doc))] == ["Ann Oriel"]


def test_records_split_a_statement_by_its_stretches() -> None:
    doc, found = read("quotes_wire.txt")
    rows = [row for row in records(doc, found) if "Nobody owns" in doc.text[row["start"] : row["end"]]]
    assert [(row["type"], row["speaker_text"]) for row in rows] == [("direct", "Corin Ashby")]
    assert len(records(doc, found)) > len(found)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(BITS), max_size=120).map("".join))
def test_no_text_makes_it_fail(text: str) -> None:
    doc = document(text)
    for item in statements(doc, names(doc)):
        assert 0 <= item.confidence <= 1
        for spans in item.spans.values():
            assert all(0 <= start <= end <= len(doc.text) for start, end in spans)


@pytest.mark.parametrize(
    "junk", ['"', "“", "'a ", "said ", "X said. ", "“A,” X said. ", "“a\n", "X said:\n", "‘a’ s’ "]
)
def test_junk_gives_little(junk: str) -> None:
    doc = document(junk * (60_000 // len(junk)))
    assert len(statements(doc, names(doc))) <= 10_000
