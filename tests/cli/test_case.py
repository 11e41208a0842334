"""Holds what the seed case must answer from the command line: who says who did what, when, and what is not known."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from cli.running import Ran, Run
from tracker.exchange.case import load_seeds
from tracker.store.database import Database

SEEDS = Path(__file__).parent.parent.parent / "seeds"
POMPEO = 'speaker:"Mike Pompeo"'


def rows(ran: Ran) -> list[dict[str, str]]:
    """The rows of exported CSV."""
    assert ran.code == 0, ran.err
    return list(csv.DictReader(io.StringIO(ran.out), strict=True))


def refs(run: Run, what: str, where: str) -> set[str]:
    """The REFs that a list with this filter shows."""
    ran = run("list", what, "--where", where, "--limit", "0")
    assert ran.code == 0, ran.err
    return {line.partition("\t")[0] for line in ran.lines[1:]}


def test_pompeo_makes_five_statements_three_of_them_verbatim(run: Run, case: Path) -> None:
    found = rows(run("export", "statements", "--where", POMPEO))
    assert len(found) == 5
    assert {row["speaker"] for row in found} == {"Mike Pompeo"}
    verbatim = [row["quote"] for row in found if row["mode"] == "verbatim"]
    assert len(verbatim) == 3
    assert any("decisive US response" in quote for quote in verbatim)


def test_the_9th_of_december_may_be_the_day_of_four_incidents_more(run: Run, case: Path) -> None:
    assert refs(run, "incidents", "date:2019-12-09") == {"I-1", "I-2", "I-3", "I-4", "I-6"}


def test_the_9th_of_december_is_surely_the_day_of_one(run: Run, case: Path) -> None:
    assert refs(run, "incidents", "surely:2019-12-09") == {"I-1"}


def test_killed_is_unknown_for_all_six_which_is_not_zero(run: Run, case: Path) -> None:
    assert len(refs(run, "incidents", "killed:unknown")) == 6
    assert refs(run, "incidents", "killed:0") == set()
    assert {row["killed_best"] for row in rows(run("export", "incidents"))} == {""}


def test_every_involvement_says_who_asserts_it(run: Run, case: Path) -> None:
    found = rows(run("export", "involvements"))
    assert len(found) == 20
    assert all(row["according_to"] for row in found)
    assert {row["according_to"] for row in found if not row["asserted_by_uid"]} == {"nobody named"}
    unnamed = next(row for row in found if row["according_to"] == "nobody named")
    assert (unnamed["stance"], unnamed["hedge"], unnamed["hedge_words"]) == ("accuses", "hedged", "believed")
    pompeo = [row for row in found if row["according_to"] == "Mike Pompeo" and row["role"] == "perpetrator"]
    assert {row["hedge"] for row in pompeo} == {"none"}


def test_nothing_is_adopted_by_default(run: Run, case: Path) -> None:
    assert {row["adopted"] for row in rows(run("export", "involvements"))} == {"no"}


@pytest.mark.parametrize("name", [path.name for path in sorted(SEEDS.glob("*.csv"))])
def test_the_case_goes_in_and_comes_out_byte_for_byte(run: Run, case: Path, name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    assert run("export", name.removesuffix(".csv"), "-o", str(out)).code == 0
    assert out.read_bytes() == (SEEDS / name).read_bytes()


def test_show_says_who_says_who_did_it(run: Run, case: Path) -> None:
    ran = run("show", "I-3")
    assert "SRC-1 Iran threatened" in ran.out.partition("Sources")[2]
    assert ran.code == 0
    for expected in ("Kataib Hezbollah", "pointed to", "nobody named", "Mike Pompeo", "believed"):
        assert expected in ran.out


def test_info_counts_the_case(run: Run, case: Path) -> None:
    counts = run("info", "--json").json[0]["counts"]
    expected = {"actors": 26, "incidents": 6, "statements": 17, "involvements": 20, "evidence": 66, "relations": 13}
    assert {name: counts[name] for name in expected} == expected


def test_the_case_reads_the_same_on_postgresql(
    run: Run, case: Path, postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_seeds(postgresql_database, "ann")
    questions = (
        ("list", "incidents", "--where", "date:2019-12-09"), ("export", "involvements"), ("show", "I-3"),
        ("list", "actors", "--limit", "0", "--sort", "name"), ("export", "incidents", "--format", "jsonl"), ("check",),
    )  # fmt: skip
    on_sqlite = [run(*question) for question in questions]
    monkeypatch.setenv("TRACKER_DB", postgresql_database.url)
    for question, expected in zip(questions, on_sqlite, strict=True):
        found = run(*question)
        assert found.code == 0, found.err
        if question != ("check",):
            assert found.out == expected.out
    assert run("info", "--json").json[0]["engine"] == "PostgreSQL"


def test_demo_writes_the_case_as_files_and_replaces_none(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    ran = run("demo", "--export", str(folder), "--json")
    assert ran.code == 0, ran.err
    counts = ran.json[0]["counts"]
    assert (counts["actors"], counts["incidents"], counts["statements"], counts["evidence"]) == (26, 6, 17, 66)
    for path in SEEDS.glob("*.csv"):
        assert (folder / path.name).read_bytes() == path.read_bytes()
    again = run("demo", "--export", str(folder))
    assert again.code == 3
    assert "--force" in again.err
    assert run("demo", "--export", str(folder), "--force").code == 0
