"""Holds what an article suggests as a whole, and the record of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.articles.as_record import as_record
from tracker.articles.document import MOST, document
from tracker.articles.proposals import Proposal
from tracker.articles.suggest import Suggestions, suggest

ARTICLES = Path(__file__).parent.parent.parent / "fixtures" / "articles"
HARBOUR = (ARTICLES / "harbour.txt").read_text("utf-8")


def places(found: tuple[Proposal, ...]) -> list[int]:
    return [min(span[0] for spans in one.spans.values() for span in spans) for one in found]


def test_every_part_suggests_in_the_order_of_the_text() -> None:
    found = suggest(document(HARBOUR, published="2021-11-18"))
    for part in (found.statements, found.actors, found.dates, found.incidents, found.noise):
        assert part
        assert places(part) == sorted(places(part))
    assert len(list(found)) == sum(
        len(part) for part in (found.statements, found.actors, found.dates, found.incidents, found.noise)
    )
    assert places(tuple(found)) == sorted(places(tuple(found)))


def test_of_a_text_beyond_any_article_the_beginning_is_looked_at_and_that_is_said() -> None:
    doc = document("Gunmen killed five people in Kabul on Monday. “We ran,” said Ilka Boren.\n\n" * 4_000)
    assert len(doc.text) > MOST
    found = list(suggest(doc))
    assert found
    assert max(span[1] for one in found for spans in one.spans.values() for span in spans) <= MOST
    assert any("only the first 250,000 of" in note for note in doc.notes)
    short = document(HARBOUR)
    assert short.opening() is short
    assert not any("only the first" in note for note in short.notes)


def test_one_empty_part_does_not_stop_the_others() -> None:
    undated = suggest(document("Gunmen killed five people in Kabul. “We ran,” said Ilka Boren.\n"))
    assert undated.dates == ()
    assert undated.incidents
    assert undated.statements
    assert undated.noise == ()
    assert suggest(document("")) == Suggestions((), (), (), (), ())


def test_a_record_has_the_shape_of_the_hand_codings() -> None:
    doc = document(HARBOUR, published="2021-11-18")
    record = as_record("harbour", doc, suggest(doc))
    assert json.loads(json.dumps(record)) == record
    assert record["doc_id"] == "harbour"
    assert record["pub_date"] == "2021-11-18"
    quoted = [one for one in record["quotes"] if "mistake our patience" in doc.text[one["start"] : one["end"]]]
    assert [(one["type"], one["speaker_entity"], one["cue_text"]) for one in quoted] == [
        ("direct", "Ingrid Solvang", "said")
    ]
    assert {one["kind"] for one in record["noise"]} >= {"caption", "promo", "pull_quote"}
    assert ("this week", "2021-11-15/2021-11-21") in {(one["text"], one["edtf"]) for one in record["dates"]}
    solvang = next(one for one in record["actors"] if one["entity"] == "Ingrid Solvang")
    assert "Ms Solvang" in {one["text"] for one in solvang["mentions"]}
    assert all(doc.text[one["start"] : one["end"]] == one["text"] for one in solvang["mentions"])


@given(st.text(alphabet="“”‘’'\" .,;:()—-\n\r\tAaBb1 saidHeMr’s\u00a0\u200c\x00é", max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_text_gives_a_record(text: str) -> None:
    doc = document(text, published="2018-06-06")
    record = as_record("any", doc, suggest(doc))
    for one in [*record["quotes"], *record["noise"], *record["dates"]]:
        assert 0 <= one["start"] <= one["end"] <= len(doc.text)
    json.dumps(record)


def test_suggesting_imports_no_database_and_no_screen() -> None:
    code = "import sys, tracker.articles.suggest; print(' '.join(sys.modules))"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {"sqlalchemy", "sqlmodel", "textual", "openpyxl", "sqlite3"}
