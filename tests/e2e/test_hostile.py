"""Hostile text on every screen, in a real terminal: no byte of it steers the terminal, all of it is shown."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import DOWN, ENTER, ESC, F1, TAB, Terminal

from tracker.store.casebook import Casebook
from tracker.store.database import Database, database
from tracker.store.engine import create
from tracker.store.ledger import Act

ROOT = Path(__file__).parent.parent.parent
PAGE_DOWN = "\x1b[6~"
TERMINAL_BASICS = 90


def payloads() -> list[str]:
    """Terminal escapes, markup and Unicode traps, past the border as another program may have left them."""
    found: list[str] = []
    for name in ("terminal", "markup", "unicode"):
        found += json.loads((ROOT / "fixtures" / "hostile" / f"{name}.json").read_text(encoding="utf-8"))
    raw = (payload.encode("utf-8", "replace").decode().replace("\0", "") or "empty" for payload in found)
    return [f"[sic] {payload}" for payload in raw]


def lists(act: Act, hostile: list[str]) -> None:
    """One source, actor, statement and incident for each payload; those of number 1 have everything on them."""
    for number, words in enumerate(hostile, 1):
        title = words[:200]
        act.add("source", {"title": title, "kind": "news_article", "publisher": title, "author": title, "url": title,
                           "language": title, "notes": words, "published_edtf": "2019-12-09", "coder": title,
                           "published_words": title})  # fmt: skip
        act.add("actor", {"name": title, "kind": "person", "role_title": title, "notes": words, "country": title})
        act.add("statement", {"speaker_id": number, "kind": "warn", "mode": "verbatim", "quote": words,
                              "paraphrase": words, "source_id": number, "said_edtf": "2019-12-09",
                              "said_words": title})  # fmt: skip
        act.add("incident", {"title": title, "category": "other", "summary": words, "place_name": title,
                             "place_words": title, "country": title, "admin1": title, "weapon": title,
                             "target_kind": title, "coder": title, "dataset": title, "date_edtf": "2019-12-09",
                             "date_words": title, "date_earliest": "2019-12-09",
                             "date_latest": "2019-12-09"})  # fmt: skip


def links(act: Act, hostile: list[str]) -> None:
    """All that can hang on a record, each with words of its own."""
    for number, words in enumerate(hostile, 1):
        title = words[:200]
        act.add("actor_name", {"actor_id": 1, "name": title, "language": title})
        if number > TERMINAL_BASICS:
            continue
        act.add("involvement", {"incident_id": 1, "actor_id": number, "role": "perpetrator", "asserted_by_id":
                                1 + number % 3, "stance": "accuses", "hedge": "hedged", "hedge_words": title,
                                "source_id": number, "notes": words})  # fmt: skip
        act.add("tally", {"incident_id": 1, "measure": "killed", "whom": title, "words": title, "low": number,
                          "asserted_by_id": number, "source_id": number})  # fmt: skip
        act.add("statement_incident", {"statement_id": number, "incident_id": 1})
        act.add("evidence", {"source_id": 1, "start": number, "end": number + 5, "exact": words, "prefix": title})
        act.add("citation", {"evidence_id": number, "incident_id": 1, "field": title})
        if number > 1:
            act.add("relation", {"from_actor_id": 1, "type": "backs", "to_actor_id": number, "detail": title})
            act.add("incident_link", {"a_id": 1, "type": "follows", "b_id": number})
            act.add("statement_actor", {"statement_id": 1, "actor_id": number, "role": "target"})
    for words in hostile[:60]:
        act.add("tag", {"name": words[:60], "of_kind": "incident", "of_id": 1})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database, made once."""
    path = tmp_path_factory.mktemp("hostile") / "case.db"
    where = database(str(path))
    create(where)
    hostile = payloads()
    with Casebook(where, "ann") as book:
        for fill in (lists, links):
            with book.action("add", "Hostile") as act:
                fill(act, hostile)
    for words in hostile[:TERMINAL_BASICS]:
        with Casebook(where, words[:60]) as book, book.action("edit", words, words) as act:
            act.edit("incident", 1, {"weapon": words[6:200] or "none"}, version=None)
    return path


@pytest.fixture
def hostile(made: Path, tmp_path: Path) -> Database:
    """A copy of it."""
    shutil.copy(made, tmp_path / "case.db")
    return database(str(tmp_path / "case.db"))


@pytest.fixture
def screen(hostile: Database, tmp_path: Path) -> Iterator[Terminal]:
    """The program on it; at the end it must leave on `q` by itself, and no byte of it was anything but ours."""
    found = Terminal("--db", hostile.url, home=tmp_path)
    found.wait_for("Incidents 274", "[sic]")
    yield found
    found.press("q")
    assert found.end() == 0
    assert found.foreign() == []


def through(screen: Terminal, keys: str, times: int) -> None:
    """Press keys again and again, and take in what is painted each time."""
    for _ in range(times):
        screen.press(keys)
        screen.read(0.2)
        while screen.read_some(0.04):
            continue


def test_lists_and_previews(screen: Terminal) -> None:
    for name in ("Incidents", "Actors", "Statements", "Sources"):
        screen.wait_for(f"{name} 274", "[sic]")
        through(screen, PAGE_DOWN, 15)
        through(screen, "k", 6)
        screen.press(".")
    screen.wait_for("Incidents 274", "[sic]")


@pytest.mark.parametrize("ref", ["I-1", "A-1", "S-1", "SRC-1"])
def test_pages_forms_and_histories(screen: Terminal, ref: str) -> None:
    place = ("I-1", "A-1", "S-1", "SRC-1").index(ref)
    for name in ("Actors", "Statements", "Sources")[:place]:
        screen.press(".")
        screen.wait_for(f"{name} 274")
    screen.press(f"/id:1{ENTER}")
    screen.wait_for("1 of 274", "[sic]")
    through(screen, "", 2)
    screen.press(ENTER)
    screen.wait_for(ref, "[sic]", gone="of 274")
    through(screen, " ", 12)
    screen.press("ge")
    screen.wait_for(f"Edit {ref}", "[sic]", "Save")
    through(screen, TAB * 3, 6)
    # Esc and what follows it may come in one go.
    screen.press(f"{ESC}t")
    screen.wait_for(f"Link {ref}", "[sic]", gone="Save")
    through(screen, ESC, 1)
    screen.press("H")
    screen.wait_for(f"History of {ref}", "[sic]")
    through(screen, "j", 4)
    through(screen, ESC, 1)


def test_history(screen: Terminal) -> None:
    screen.press("H")
    screen.wait_for("History", "[sic]")
    through(screen, "j" * 4, 24)


def test_palette_columns_help_merge_and_delete(screen: Terminal) -> None:
    screen.press("\x10")
    screen.wait_for("Search for commands")
    screen.press("army")
    screen.wait_for("army", "SRC-")
    through(screen, DOWN, 5)
    screen.press(ESC)
    screen.wait_for("Incidents 274", "Title", gone="SRC-")
    screen.press("c")
    screen.wait_for("Columns ·")
    screen.press(ESC)
    screen.wait_for("Title", gone="Columns ·")
    screen.press(F1)
    screen.wait_for("One line is one record")
    screen.press(ESC)
    screen.wait_for("Title", gone="One line is one record")
    screen.press(".")
    screen.wait_for("Name", "[sic]")
    screen.press("m")
    screen.wait_for("Two actors that are one", "[sic]")
    screen.press(f"A-2{TAB}")
    screen.wait_for("Keep", "[sic]")
    screen.press(ESC)
    screen.wait_for("Name", gone="Two actors that are one")
    through(screen, f" {DOWN}" * 20, 6)
    screen.press("d")
    screen.wait_for("Delete?")
    screen.press("k")
    screen.wait_for("Name", gone="Delete?")


def test_a_form_of_its_own_and_a_toast(screen: Terminal) -> None:
    screen.press("d")
    screen.wait_for("Deleted", "[sic]", "Incidents 273")
    screen.press("u")
    screen.wait_for("Incidents 274")
    screen.press("y")
    screen.wait_for("Copied")
    screen.press("t")
    screen.wait_for("Link ", "[sic]")
    screen.press("w")
    screen.wait_for("New involvement", "Hedge words")
    screen.press(f"A-2{TAB}")
    through(screen, TAB, 3)
    screen.press(ESC)
    screen.wait_for("Unsaved changes")
    screen.press("d")
    screen.wait_for("Title", "[sic]", gone="Unsaved changes")
