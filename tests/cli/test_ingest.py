"""Holds `tracker ingest --dry-run`: what it prints, and what it cannot read."""

from __future__ import annotations

import json
from pathlib import Path

from cli.running import Run

ARTICLES = Path(__file__).parent.parent.parent / "fixtures" / "articles"


def test_ingest_shows_a_record(run: Run) -> None:
    result = run("ingest", str(ARTICLES / "harbour.txt"), "--published", "2021-11-18", "--dry-run", "--json")
    assert result.code == 0
    record = json.loads(result.out)
    assert record["doc_id"] == "harbour.txt"
    assert len(record["incidents"]) >= 4


def test_ingest_shows_a_table(run: Run) -> None:
    result = run("ingest", str(ARTICLES / "events_market.txt"), "--published", "2018-06-06", "--dry-run")
    assert result.code == 0
    assert "incident\tBombing or IED near the Sarnik market (Monday)\t" in result.out


def test_ingest_reads_lines_and_tells_the_bad_ones(run: Run, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": "Gunmen killed five people in Kabul on Monday.", "published": "2018-06-06"}),
        "{",
        "{}",
    ]
    file = tmp_path / "crawl.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    result = run("ingest", str(file), "--dry-run", "--json")
    assert result.code == 6
    assert json.loads(result.out)["incidents"][0]["date_edtf"] == "2018-06-04"
    assert "2" in result.err
    assert "3" in result.err


def test_ingest_keeps_a_line_without_a_day_to_the_one_given(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "crawl.jsonl"
    file.write_text(json.dumps({"text": "Gunmen killed five people in Kabul on Monday."}), "utf-8")
    result = run("ingest", str(file), "--published", "2018-06-06", "--dry-run", "--json")
    assert json.loads(result.out)["pub_date"] == "2018-06-06"


def test_ingest_refuses_a_date_that_is_none(run: Run) -> None:
    result = run("ingest", str(ARTICLES / "harbour.txt"), "--published", "03/04/2019", "--dry-run")
    assert result.code == 2
    assert "--published" in result.err


def test_ingest_says_what_it_cannot_read(run: Run, tmp_path: Path) -> None:
    assert run("ingest", str(tmp_path / "none.txt"), "--dry-run").code == 3
    assert run("ingest", str(ARTICLES / "cp1252.txt"), "--dry-run").code == 2
