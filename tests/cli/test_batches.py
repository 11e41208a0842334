"""`tracker batches` and `tracker batch revert`, as they are typed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from cli.running import Run

OLD, NEW = (str(ROOT / "fixtures" / "datasets" / "ucdp-ged" / f"GEDEvent_v{number}_1.csv") for number in (22, 23))


@pytest.fixture
def imported(empty: Path, run: Run) -> Path:
    """A database into which two releases were imported."""
    for path in (OLD, NEW):
        assert run("import", path).code == 0
    return empty


def test_the_list_tells_of_every_import(imported: Path, run: Run) -> None:
    rows = [line.split("\t") for line in run("batches").lines]
    assert rows[0][:5] == ["Batch", "Finished", "Profile", "Release", "File"]
    assert [row[0] for row in rows[1:]] == ["2", "1"]
    assert run("batch", "revert", "2").code == 0
    newest, first = run("batches", "--json").json
    assert (newest["reverted"], newest["reverted_by"], first["reverted"]) == (True, "ann", False)
    assert run("batches").lines[1].split("\t")[-1].startswith("reverted 20")


def test_on_a_terminal_it_can_be_read_at_80_columns(imported: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("batch", "revert", "2").code == 0
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((80, 24)))
    lines = run("batches").lines
    assert max(map(len, lines)) <= 80
    assert lines[1].strip() == "GEDEvent_v23_1.csv"
    assert lines[3].startswith("      reverted 20")
    assert lines[3].endswith(" by ann")
    assert lines[4].startswith("B-1   20")


def test_what_somebody_set_since_stays_and_is_listed(imported: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.store.database import Reader, database

    with Reader(database(str(imported))) as reader:
        query = "SELECT min(record_id) FROM revision WHERE kind = 'incident' AND changes LIKE ?"
        [(number,)] = reader.rows(query, ('%"admin1"%',))
    monkeypatch.setenv("TRACKER_WHO", "bea")
    assert run("edit", f"I-{number}", "admin1=Mine").code == 0
    monkeypatch.setenv("TRACKER_WHO", "ann")
    refused = run("batch", "revert", "2")
    assert refused.code == 5
    assert f"I-{number} has another admin1 since (by bea, 20" in refused.err
    forced = run("batch", "revert", "B-2", "--force")
    assert forced.code == 0
    assert f"kept I-{number} admin1: Mine (bea)" in forced.lines
    assert run("undo").code == 0
    [told] = run("batch", "revert", "2", "--force", "--json").json
    assert told["kept"] == [{"ref": f"I-{number}", "field": "admin1", "value": "Mine", "who": "bea"}]
    assert (told["kept_count"], told["ref"]) == (1, "B-2")


@pytest.mark.parametrize("words", [("revert", "nine"), ("revert", "9"), ("drop", "1")])
def test_there_must_be_such_a_batch(empty: Path, run: Run, words: tuple[str, str]) -> None:
    assert run("batch", *words).code == 2
