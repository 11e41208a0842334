"""`tracker report` writes what its file's name tells, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Run


@pytest.mark.parametrize(("name", "begins"), [("case.md", "# Who says who did what"), ("case.html", "<!DOCTYPE html>")])
def test_the_name_of_the_file_tells_the_form(run: Run, case: Path, tmp_path: Path, name: str, begins: str) -> None:
    out = tmp_path / name
    ran = run("report", "-o", str(out))
    assert ran.code == 0, ran.err
    assert out.read_text(encoding="utf-8").startswith(begins)
    assert ran.out == ""
    assert "written to" in ran.err


def test_standard_output_takes_the_form_that_is_asked_for(run: Run, case: Path) -> None:
    ran = run("report", "-o", "-", "--format", "md", "--where", "status:alleged", "--title", "Only alleged")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("# Only alleged\n")
    assert "This report covers 1 incident" in ran.out
    assert run("report", "-o", "-").code == 2


def test_a_file_that_is_there_is_kept(run: Run, case: Path, tmp_path: Path) -> None:
    out = tmp_path / "case.md"
    out.write_text("mine")
    ran = run("report", "-o", str(out))
    assert ran.code == 3
    assert "--force" in ran.err
    assert out.read_text() == "mine"
    ran = run("report", "-o", str(out), "--force", "--json")
    assert ran.json == [{"file": str(out), "format": "md", "filter": "all"}]


def test_a_filter_that_cannot_be_read_leaves_no_file(run: Run, case: Path, tmp_path: Path) -> None:
    out = tmp_path / "case.md"
    ran = run("report", "-o", str(out), "--where", "kiled>3")
    assert ran.code == 2
    assert "killed" in ran.err
    assert not out.exists()


@pytest.mark.parametrize("arguments", [("-o", "case.pdf"), ("-o", "case"), ("-o", "case.md", "--format", "pdf"), ()])
def test_a_form_that_is_not_known_is_refused(run: Run, case: Path, arguments: tuple[str, ...]) -> None:
    assert run("report", *arguments).code == 2


def test_an_empty_database_has_a_report(run: Run, empty: Path) -> None:
    ran = run("report", "-o", "-", "--format", "html")
    assert ran.code == 0, ran.err
    assert "No incident fits" in ran.out
