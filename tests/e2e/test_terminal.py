"""The main job in a real terminal: log, filter, export, quit, find again; and no foreign byte on the way."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import ENTER, TAB, Terminal

from tracker.exchange.case import load_seeds
from tracker.store.database import Database, Reader, database
from tracker.store.engine import create

F2, F3 = "\x1bOQ", "\x1bOR"


@pytest.fixture
def seeded(tmp_path: Path) -> Database:
    """The example case in a database of its own."""
    where = database(str(tmp_path / "case.db"))
    create(where)
    load_seeds(where, "ann")
    return where


def run(*arguments: str) -> str:
    """The standard output of a command."""
    command = str(Path(sys.executable).parent / "tracker")
    return subprocess.run([command, *arguments], capture_output=True, text=True, check=True).stdout


def type_out(screen: Terminal, *keys: str) -> None:
    """Press keys as a person does: what moves the focus is seen to have moved it before the next is pressed."""
    for key in keys:
        screen.press(key)
        for _ in range(4):
            screen.read(0.1)


def log_incident(screen: Terminal) -> None:
    """An incident with an involvement."""
    screen.press("a")
    screen.wait_for("New incident", "SRC-1")
    type_out(screen, "Market shelling in Darunta", TAB, "rocket_artillery_missile", TAB, TAB, "9 Dec 2019")
    screen.wait_for("Mon 9 Dec 2019")
    screen.press(F3)
    screen.wait_for("According to", "Stance")
    screen.press("Kataib")
    screen.wait_for("A-19 Kataib Hezbollah")
    type_out(screen, TAB, "perpetrator", TAB, "A-1", TAB, F2)
    screen.wait_for("Market shelling in Darunta", "Incidents 7", gone="New incident")


def log_statement(screen: Terminal) -> None:
    """A statement of a known speaker."""
    type_out(screen, ".", ".")
    screen.wait_for("Statements 17", "Speaker")
    screen.press("a")
    screen.wait_for("New statement", "Speaker")
    type_out(screen, "A-1", TAB, "warn", TAB, "verbatim", TAB, "The shelling must stop.", F2)
    screen.wait_for("Statements 18", "The shelling must stop.", gone="New statement")


def test_log_filter_export_quit_and_find_again(seeded: Database, tmp_path: Path) -> None:
    screen = Terminal("--db", seeded.url, home=tmp_path)
    screen.wait_for("Incidents 6", "Second rocket attack")
    log_incident(screen)
    log_statement(screen)
    type_out(screen, ",", ",")
    screen.wait_for("Market shelling")
    screen.press('/asserted_by:"Mike Pompeo" darunta')
    screen.wait_for("1 of 7", "Market shelling in Darunta")
    type_out(screen, ENTER, "q")
    assert screen.end() == 0
    assert screen.foreign() == []
    assert screen.bytes.rstrip().endswith(b"\x1b[?25h") or b"\x1b[?1049l" in screen.bytes

    found = list(
        csv.DictReader(run("--db", seeded.url, "export", "involvements", "--where", "incident:Darunta").splitlines())
    )
    assert [(row["actor"], row["role"], row["according_to"]) for row in found] == [
        ("Kataib Hezbollah", "perpetrator", "Mike Pompeo")
    ]
    quotes = run("--db", seeded.url, "export", "statements", "--where", "shelling", "--format", "jsonl")
    assert json.loads(quotes)["quote"] == "The shelling must stop."

    again = Terminal("--db", seeded.url, home=tmp_path)
    again.wait_for("1 of 7", "Market shelling in Darunta")
    again.press("q")
    assert again.end() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back(seeded: Database, tmp_path: Path, number: signal.Signals) -> None:
    screen = Terminal("--db", seeded.url, home=tmp_path)
    screen.wait_for("Incidents 6")
    os.kill(screen.child.pid, number)
    assert screen.end() == 128 + number
    assert b"\x1b[?1049l" in screen.bytes
    with Reader(seeded) as reader:
        assert reader.rows("SELECT count(*) FROM incident") == [(6,)]


def test_a_draft_is_offered_after_a_kill(seeded: Database, tmp_path: Path) -> None:
    screen = Terminal("--db", seeded.url, home=tmp_path)
    screen.wait_for("Incidents 6")
    screen.press("a")
    screen.wait_for("Told from   SRC-1")
    screen.press("Words that must not be lost")
    drafts = tmp_path / "state" / "drafts"
    screen.wait_until(lambda: any("must not be lost" in file.read_text() for file in drafts.glob("*.json")))
    os.kill(screen.child.pid, signal.SIGKILL)
    screen.end()
    again = Terminal("--db", seeded.url, home=tmp_path)
    again.wait_for("A draft was not saved")
    again.press("g")
    again.wait_for("Words that must not be lost")


@pytest.mark.parametrize(("columns", "lines"), [(60, 15), (80, 24), (250, 70)])
def test_sizes(seeded: Database, tmp_path: Path, columns: int, lines: int) -> None:
    screen = Terminal("--db", seeded.url, home=tmp_path, columns=columns, lines=lines)
    screen.wait_for("Date", "Second rocket attack", "Open")
    screen.press("q")
    assert screen.end() == 0


def test_a_terminal_too_small_says_so(seeded: Database, tmp_path: Path) -> None:
    screen = Terminal("--db", seeded.url, home=tmp_path, columns=59, lines=14)
    screen.wait_for("The screen needs 60 × 15")
    screen.press("q")
    assert screen.end() == 0
