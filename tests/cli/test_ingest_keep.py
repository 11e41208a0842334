"""An article from file to records on the command line: taken in, decided on, covered, compared, taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import Run

ARTICLES = Path(__file__).parent.parent.parent / "fixtures" / "articles"
HARBOUR = str(ARTICLES / "harbour.txt")


@pytest.fixture
def empty(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty database, which is the one that commands work on."""
    path = tmp_path / "desk.db"
    monkeypatch.setenv("TRACKER_DB", str(path))
    assert run("init").code == 0
    return path


@pytest.fixture
def harbour(empty: Path, run: Run) -> Path:
    """A database with one article taken in."""
    assert run("ingest", HARBOUR, "--published", "2021-11-18", "--publisher", "Coast Post").code == 0
    return empty


def test_ingest_keeps_an_article_once(empty: Path, run: Run) -> None:
    arguments = ("ingest", HARBOUR, "--published", "2021-11-18", "--json")
    (first,), (again,) = run(*arguments).json, run(*arguments).json
    assert (first["ref"], first["new"], again["new"], again["action"]) == ("SRC-1", True, False, 0)
    assert first["pending"] == again["pending"] > 20
    assert run("list", "statements", "--json").json == []
    assert empty.exists()


def test_a_dry_run_keeps_nothing(empty: Path, run: Run) -> None:
    assert run("ingest", HARBOUR, "--dry-run").code == 0
    assert run("list", "sources", "--json").json == []
    assert empty.exists()


def test_suggestions_are_listed_accepted_with_another_value_rejected_and_taken_back(harbour: Path, run: Run) -> None:
    waiting = run("suggestions", "SRC-1", "--json").json
    said = next(one for one in waiting if one["kind"] == "statement" and "nobody" in (one["value"]["quote"]))
    noise = next(one for one in waiting if one["kind"] == "noise")
    done = run("suggestions", "SRC-1", "--accept", said["ref"], "--set", "kind=threaten", "--set", "said=yesterday",
               "--reject", noise["ref"], "--json")  # fmt: skip
    assert [one["ref"] for one in done.json] == ["S-1", noise["ref"]]
    (kept,) = run("list", "statements", "--json", "-c", "kind,said").json
    assert (kept["kind"], kept["said"]) == ("threatens", "17 Nov 2021")
    left = {one["ref"] for one in run("suggestions", "SRC-1", "--json").json}
    assert left.isdisjoint({said["ref"], noise["ref"]})
    assert run("undo").code == run("undo").code == 0
    assert run("suggestions", "SRC-1", "--json").json == [
        one | {"version": now["version"]}
        for one, now in zip(waiting, run("suggestions", "SRC-1", "--json").json, strict=True)
    ]
    assert run("check").code == 0
    assert harbour.exists()


def test_all_sure_ones_are_accepted_in_one_step(harbour: Path, run: Run) -> None:
    before = run("suggestions", "SRC-1", "--json").json
    done = run("suggestions", "SRC-1", "--accept-all", "0.85")
    assert "of SRC-1 at 85% and above" in done.out
    left = run("suggestions", "SRC-1", "--json").json
    assert all(one["confidence"] < 0.85 or one["kind"] == "noise" for one in left)
    run("undo")
    assert len(run("suggestions", "SRC-1", "--json").json) == len(before)
    assert harbour.exists()


@pytest.mark.parametrize(
    "arguments",
    [("--accept", "SG-999"), ("--reject", "S-1"), ("--accept-all", "85"), ("--accept", "SG-1", "--set", "colour=red")],
)
def test_a_decision_that_cannot_be_is_refused_in_a_sentence(
    harbour: Path, run: Run, arguments: tuple[str, ...]
) -> None:
    told = run("suggestions", "SRC-1", *arguments)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("tracker: ")
    assert harbour.exists()


def test_coverage_grows_with_what_is_decided(harbour: Path, run: Run) -> None:
    (before,) = run("coverage", "SRC-1", "--json").json
    run("suggestions", "SRC-1", "--accept-all", "0.5")
    (after,) = run("coverage", "SRC-1", "--json").json
    assert (before["percent"], after["percent"] > 50) == (0, True)
    told = run("coverage", "SRC-1")
    assert told.lines[0] == "Kind\tWhere\tNot coded"
    assert f"{after['percent']} % coded" in told.err
    assert harbour.exists()


def test_a_newer_edition_keeps_evidence_and_shows_what_was_changed_in_quotations(harbour: Path, run: Run) -> None:
    run("suggestions", "SRC-1", "--accept-all", "0.5")
    (done,) = run("ingest", str(ARTICLES / "edition2.txt"), "--supersedes", "SRC-1", "--json").json
    assert set(done["evidence"]) <= {"verified", "moved", "normalized", "altered", "orphaned"}
    assert sum(done["evidence"].values()) > 50
    checked = run("check")
    assert checked.code == 0
    assert "reworded since SRC-1" in checked.out
    statements = [one["ref"] for one in run("list", "statements", "--json", "--limit", "0").json]
    told = [run("variants", ref, "--json") for ref in statements]
    found = [one for each in told if each.code == 0 for one in each.json[0]["found"]]
    assert {one["how"] for one in found} >= {"exact", "fuzzy"}
    assert any("{+barrels+}" in one["difference"] for one in found)
    assert harbour.exists()


def test_one_edition_supersedes_one_source(harbour: Path, run: Run) -> None:
    assert run("ingest", HARBOUR, HARBOUR, "--supersedes", "SRC-1").code == 2
    assert run("ingest", HARBOUR, "--supersedes", "SRC-9").code == 2
    assert harbour.exists()


def test_many_articles_and_lines_are_taken_in_and_bad_lines_told(empty: Path, run: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"id": "a", "text": "Gunmen killed five people in Kabul.", "published": "2018-06-06"}), "{"]
    (tmp_path / "crawl.jsonl").write_text("\n".join(lines), "utf-8")
    done = run("ingest", HARBOUR, str(tmp_path / "crawl.jsonl"), "--json")
    assert (done.code, [one["ref"] for one in done.json]) == (6, ["SRC-1", "SRC-2"])
    assert "Line 2" in done.err
    assert empty.exists()
