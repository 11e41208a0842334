"""Cards as lines: what they tell at each width, quotes with their verdicts, citations, hostile text in every field."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Store
from pages_app import example

from tracker import text
from tracker.model.kinds import BY_NAME
from tracker.store import cards
from tracker.store.database import Reader
from tracker.tui.render import coding, preview, sections, title
from tracker.tui.render.citation import citation
from tracker.tui.render.lines import Line, Link
from tracker.tui.render.quotes import verdict
from tracker.tui.screens.pages import PAGED

WIDTHS = (60, 80, 140, 200)
HOSTILE = Path(__file__).parents[2] / "fixtures" / "hostile"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with Reader(example(tmp_path_factory.mktemp("case"))) as opened:
        yield opened


def card(reader: Reader, kind: str, id_: int) -> Any:
    return getattr(cards, f"{kind}_card")(reader, id_)


def plain(content: Any) -> str:
    return "\n".join(line.rstrip() for line in content.plain.split("\n"))


def page(shown: Any, width: int) -> dict[str, str]:
    return {section.title: plain(section.content) for section in sections(shown, width)}


def lines(shown: Any, width: int) -> list[Line]:
    return [line for section in sections(shown, width) for line in section.lines]


def test_an_incident_at_a_glance(reader: Reader) -> None:
    assert (
        plain(preview(card(reader, "incident", 2), 120))
        == """\
Second rocket attack of that week on the compound by Baghdad airport                                            I-2 · v1
   When  one of 9–14 Dec 2019  “this week”  inferred from SRC-1
  Where  Baghdad International Airport, Baghdad, IRQ · near a known point (≤ 25 km)
Who did what, according to whom
                                                 Mike Pompeo                   Daily Express
perpetrator  Iran-backed Shi’ite militias        accuses                       –
             (unspecified)                       “squarely”, credibility 3
     target  US forces in Iraq                   –                             states
nobody claims · nobody denies
Mike Pompeo accuses
“Iran’s proxies”  S-4"""
    )


def test_a_statement_at_a_glance_on_a_small_screen(reader: Reader) -> None:
    assert (
        plain(preview(card(reader, "statement", 1), 60))
        == """\
Mike Pompeo threatens → Leadership of Iran          S-1 · v1
“We must use this opportunity to remind Iran’s leaders that
any attacks by them, or their proxies of any identity, that
harm Americans, our allies or our interests will be answered
with a decisive US response.”  SRC-1 ?
If Iran or anyone acting for it hurts Americans, their
partners or what matters to them, the US will hit back hard.
   Said  Fri 13 Dec 2019?  inferred
  About  I-3 Run of rocket attacks on bases in Iraq that
         host American forces"""
    )


def test_an_actor_at_a_glance(reader: Reader) -> None:
    shown = plain(preview(card(reader, "actor", 9), 100))
    assert shown.startswith("Iran ")
    assert "state · IRN" in shown
    assert "sponsor in 1 incident · target in 1 incident" in shown
    assert "Iran arms Iran-backed Shi’ite militias (unspecified)" in shown


def test_a_source_at_a_glance(reader: Reader) -> None:
    shown = plain(preview(card(reader, "source", 1), 140))
    assert "Published  one of 13–15 Dec 2019  inferred" in shown
    assert "pinned by its hash, not attached" in shown
    assert "17 statements · 20 involvements · 3 tallies · 66 evidence · 2 dates counted from its day" in shown


def test_the_page_of_an_incident_tells_what_is_not_reported_and_who_is_silent(reader: Reader) -> None:
    shown = page(card(reader, "incident", 3), 140)
    assert "Killed  – not reported" in shown[""]
    assert "Wounded  2+" in shown[""]
    assert "not recorded  Admin 1, Admin 2" in shown[""]
    assert shown["Who did what, according to whom"].endswith("nobody claims · nobody denies")
    assert "● wounded            2+  Iraqi soldiers (those of I-1)" in shown["Numbers, according to whom"]
    assert "Daily Express · SRC-1 · T-3" in shown["Numbers, according to whom"]
    assert list(shown) == [
        "",
        "Who did what, according to whom",
        "Numbers, according to whom",
        "Statements about it",
        "Other incidents",
        "Sources",
        "Evidence",
        "History",
    ]
    assert "Daily Express  " in shown["Sources"]
    assert "13–15 Dec 2019" in shown["Sources"]
    assert "SRC-1" in shown["Sources"]  # fmt: skip


def test_lines_lead_to_actors_statements_incidents_and_sources(reader: Reader) -> None:
    found = {line.link.kind for line in lines(card(reader, "incident", 3), 100) if line.link}
    assert found == {"actor", "statement", "incident", "source"}
    who = next(section for section in sections(card(reader, "statement", 1), 100) if section.title == "Who")
    assert [line.link for line in who.lines if line.link] == [
        Link("actor", 1), Link("actor", 10), Link("actor", 9), Link("actor", 18), Link("source", 1)]  # fmt: skip


def test_an_actor_page_shows_relations_both_ways_and_incidents_by_role(reader: Reader) -> None:
    shown = page(card(reader, "actor", 18), 120)
    assert "Iran backs Iran-backed Shi’ite militias (unspecified)" in shown["Relations"]
    assert "Iran-backed Shi’ite militias (unspecified) part of Iraqi security forces" in shown["Relations"]
    assert "hedged · according to US military official (unnamed, senior)" in " ".join(shown["Relations"].split())
    assert "I-3" in shown["Perpetrator, by anybody’s account (3)"]
    assert shown["Statements made"].strip() == "It says nothing."


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_of_the_whole_case_is_wider_than_the_screen(reader: Reader, width: int) -> None:
    for kind in PAGED:
        for (id_,) in reader.rows(f"SELECT id FROM {kind}"):
            shown = card(reader, kind, id_)
            assert max(line.content.cell_length for line in lines(shown, width)) <= width, (kind, id_)
            assert max(len(line) for line in preview(shown, width).plain.split("\n")) <= width, (kind, id_)


def test_verdicts_are_told_by_a_glyph_and_never_by_colour_alone() -> None:
    assert [verdict(found)[0] for found in ("verified", "normalized", "", "not_found", "spliced")] == [
        "✓", "≈", "?", "! not found", "! spliced"]  # fmt: skip


def test_words_are_quoted_with_their_verdict_once_the_text_is_attached(sqlite_store: Store) -> None:
    book = sqlite_store.casebook()
    source = book.add("source", {"title": "Harbour", "kind": "news_article", "publisher": "Gazette", "coder": "ann"})
    who = book.add("actor", {"name": "Mayor", "kind": "person"})
    said = {"speaker_id": who.id, "kind": "deny", "mode": "verbatim", "source_id": source.id}
    book.attach(source.id, "The mayor said: “We did not fire”.".encode())
    book.add("statement", said | {"quote": "We did not fire"})
    book.add("statement", said | {"quote": "Not in the text"})
    with Reader(sqlite_store.database) as reader:
        first, source_card = card(reader, "statement", 1), card(reader, "source", 1)
        assert plain(preview(first, 80)).split("\n")[1] == "“We did not fire”  SRC-1 ✓"
        assert plain(preview(card(reader, "statement", 2), 80)).split("\n")[1] == "“Not in the text”  SRC-1 ?"
        spans = next(s for s in sections(source_card, 80) if s.title.startswith("Evidence"))
        assert (
            plain(spans.content)
            == """\
  ✓ 1 verified
  “We did not fire”  E-1 ✓
    body · 17–32 · for S-1"""
        )
        assert [line.link for line in spans.lines if line.link] == [Link("statement", 1)]
        assert (coding(source_card, "ann"), coding(source_card, "bob")) == ("coded by you · v2", "coded by ann · v2")
        assert title(first) == "Mayor denies"
        assert citation(first, source_card) == "“We did not fire” — Mayor, in: Harbour (Gazette), S-1"


def test_citations_are_plain_text_with_the_words_and_their_source(reader: Reader) -> None:
    statement, source = card(reader, "statement", 3), card(reader, "source", 1)
    assert citation(statement, source) == (
        "“We hope and pray these brave Iraqis will quickly and fully recover from their injuries.” — Mike Pompeo, in: "
        "Iran threatened with ‘decisive’ action as militia groups ramp up attacks on US targets "
        "(Daily Express, one of 13–15 Dec 2019), S-3"
    )
    told = citation(card(reader, "incident", 2)).split("\n")
    assert told[0].startswith("Second rocket attack of that week on the compound by Baghdad airport, one of 9–14 Dec ")
    assert told[0].endswith(", I-2")
    assert told[1:] == [
        "Iran-backed Shi’ite militias (unspecified) (perpetrator): accuses, “squarely”, credibility 3 — Mike Pompeo",
        "US forces in Iraq (target): states — Daily Express",
        "nobody claims · nobody denies",
    ]
    assert citation(card(reader, "actor", 1)) == "Mike Pompeo (person, US Secretary of State, USA), A-1"
    assert citation(source).endswith("(Daily Express, one of 13–15 Dec 2019), SRC-1")


def fill(kind: str, value: str) -> dict[str, object]:
    return {field.name: value for field in BY_NAME[kind].form_fields if field.type in ("text", "long")}


def test_hostile_text_in_any_field_is_shown_inert_and_within_the_width(sqlite_store: Store) -> None:
    values = [value for name in ("terminal", "markup", "unicode", "long")
              for value in json.loads((HOSTILE / f"{name}.json").read_text(encoding="utf-8"))
              if isinstance(value, str) and len(value) < 5_000]  # fmt: skip
    book = sqlite_store.casebook()
    with book.action("add", "hostile") as act:
        for value in values[::3]:
            clean = value.encode("utf-8", "replace").decode().replace("\0", "") or "x"
            source = act.add("source", fill("source", clean) | {"kind": "other"})
            actor = act.add("actor", fill("actor", clean) | {"kind": "other"})
            incident = act.add("incident", fill("incident", clean) | {
                "category": "other", "status": "reported", "dataset": None, "external_id": None})  # fmt: skip
            said = act.add("statement", fill("statement", clean) | {
                "speaker_id": actor.id, "kind": "other", "mode": "verbatim", "source_id": source.id})  # fmt: skip
            act.add("statement_incident", {"statement_id": said.id, "incident_id": incident.id})
            act.add("involvement", fill("involvement", clean) | {
                "incident_id": incident.id, "actor_id": actor.id, "role": "perpetrator", "stance": "accuses",
                "hedge": "hedged", "asserted_by_id": actor.id, "statement_id": said.id})  # fmt: skip
            act.add("tally", fill("tally", clean) | {"incident_id": incident.id, "measure": "killed", "low": 1})
    with Reader(sqlite_store.database) as reader:
        for kind in PAGED:
            for (id_,) in reader.rows(f"SELECT id FROM {kind}"):
                shown = card(reader, kind, id_)
                for line in lines(shown, 60):
                    assert line.content.cell_length <= 60, (kind, id_)
                    assert text.screen(line.content.plain) == line.content.plain
