"""Holds the commands that only read: lists, records, searches, and what the program says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Run


def test_a_list_is_tabs_in_a_pipe_and_says_what_it_leaves_out(run: Run, case: Path) -> None:
    ran = run("list", "actors", "--limit", "5")
    assert len(ran.lines) == 6
    assert {line.count("\t") for line in ran.lines} == {ran.lines[0].count("\t")}
    assert "5 of 26" in ran.err
    whole = run("list", "actors", "--limit", "0")
    assert (len(whole.lines), whole.err) == (27, "")


def test_a_list_can_be_sorted_and_its_columns_chosen(run: Run, case: Path) -> None:
    ran = run("list", "statements", "--sort", "speaker", "--columns", "speaker,mode")
    assert ran.lines[0].split("\t")[0] == "REF"
    assert len(ran.lines[0].split("\t")) == 3
    up = [line.split("\t")[0] for line in run("list", "incidents", "--sort", "ref").lines[1:]]
    down = [line.split("\t")[0] for line in run("list", "incidents", "--sort", "-ref").lines[1:]]
    assert up == ["I-1", "I-2", "I-3", "I-4", "I-5", "I-6"] == down[::-1]


def test_the_ref_stands_once_where_it_was_asked_for(run: Run, case: Path) -> None:
    assert run("list", "incidents", "--columns", "ref,title", "--limit", "1").lines[0] == "REF\tTitle"
    assert run("list", "incidents", "-c", "title,ref", "--limit", "1").lines[1].split("\t")[1].startswith("I-")
    assert run("list", "incidents", "-c", "title", "--limit", "1").lines[0] == "REF\tTitle"


def test_a_country_may_be_named(run: Run, case: Path) -> None:
    by_code = run("list", "incidents", "--where", "country:IRQ").lines
    assert len(by_code) > 1
    assert run("list", "incidents", "--where", "country:Iraq").lines == by_code
    lost = run("list", "incidents", "--where", "country:Atlantis")
    assert (lost.code, lost.out) == (0, "")
    assert "ISO 3166 alpha-3, such as IRQ" in lost.err


def test_a_list_as_json_has_null_for_what_is_unknown(run: Run, case: Path) -> None:
    found = run("list", "incidents", "--columns", "title,killed", "--json").json
    assert len(found) == 6
    assert {row["killed"] for row in found} == {None}
    assert {row["ref"] for row in found} == {f"I-{number}" for number in range(1, 7)}


def test_a_list_of_nothing_is_a_sentence_and_no_error(run: Run, case: Path) -> None:
    ran = run("list", "incidents", "--where", "killed>=1")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("no incidents")


@pytest.mark.parametrize(
    ("where", "told"),
    [("kiled>=1", "killed"), ("(rocket", "position"), ("status:repotred", "reported"), ('"open', "position")],
)
def test_a_bad_filter_is_one_sentence_with_its_place(run: Run, case: Path, where: str, told: str) -> None:
    for command in ("list", "export"):
        ran = run(command, "incidents", "--where", where)
        assert (ran.code, ran.out) == (2, "")
        assert told in ran.err
        assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("option", ["--columns", "--sort"])
def test_an_unknown_column_is_named_with_the_nearest(run: Run, case: Path, option: str) -> None:
    ran = run("list", "incidents", option, "titel")
    assert (ran.code, ran.out) == (2, "")
    assert "title" in ran.err


@pytest.mark.parametrize(
    "what", ["incident", "Incidents", "names", "citations", "tallies", "tally", "statement-actors"]
)
def test_kinds_are_known_singular_and_plural(run: Run, case: Path, what: str) -> None:
    assert run("list", what).code == 0


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("I-1", ("Monday’s rocket attack", "Mike Pompeo", "Iran-backed Shi’ite militias", "not recorded: Killed")),
        ("i-3", ("Kataib Hezbollah", "hedged", "nobody named")),
        ("A-1", ("Mike Pompeo", "US Secretary of State", "Secretary of State Mike Pompeo")),
        ("S-1", ("decisive US response", "threat")),
        ("SRC-1", ("Daily Express",)),
        ("INV-1", ("perpetrator", "believed")),
        ("T-1", ("wounded", "Iraqi soldiers")),
        ("E-1", ("headline",)),
        ("R-1", ("Secretary of State",)),
    ],
)
def test_show_tells_a_record_and_what_hangs_on_it(run: Run, case: Path, ref: str, expected: tuple[str, ...]) -> None:
    ran = run("show", ref)
    assert ran.code == 0, ran.err
    for words in expected:
        assert words in ran.out
    (found,) = run("show", ref, "--json").json
    assert found["ref"] == ref.upper()


def test_show_finds_a_record_by_its_uid(run: Run, case: Path) -> None:
    assert "Monday’s rocket attack" in run("show", "306216e1-aeaa-549b-821b-009edf15177d").out


@pytest.mark.parametrize("ref", ["I-99", "X-1", "rocket", ""])
def test_show_of_what_is_not_there_is_exit_2(run: Run, case: Path, ref: str) -> None:
    ran = run("show", ref)
    assert (ran.code, ran.out) == (2, "")


def test_search_finds_words_in_several_kinds(run: Run, case: Path) -> None:
    found = run("search", "rocket", "--json").json
    assert {"incident"} <= {hit["kind"] for hit in found}
    assert all(hit["ref"] and hit["title"] for hit in found)
    assert "I-1" in run("search", "rocket", "airport").out
    nothing = run("search", "zeppelin")
    assert (nothing.code, nothing.out) == (0, "")
    assert "zeppelin" in nothing.err


def test_info_says_with_what_the_case_is_kept(run: Run, case: Path) -> None:
    (found,) = run("info", "--json").json
    assert (found["database"], found["engine"], found["who"]) == (str(case), "SQLite", "ann")
    assert found["journal"] in ("WAL", "DELETE")
    assert found["safe"] is True
    assert found["size"] == case.stat().st_size
    assert "incidents\t6" in run("info").out


def test_codes_have_their_counterparts(run: Run) -> None:
    by_code = {row["code"]: row for row in run("codes", "category", "--json").json}
    assert by_code["rocket_artillery_missile"]["acled"] == "Shelling/artillery/missile attack"
    assert by_code["bombing_ied"]["cameo"] == "1833"
    assert "CAMEO" in run("codes", "category").lines[0]
    assert any(line.startswith("stance\t5\t") for line in run("codes").lines)


def test_fields_say_how_to_write_and_how_to_filter(run: Run) -> None:
    ran = run("fields", "incident")
    assert any(line.startswith("killed_low\t") for line in ran.lines)
    assert any(line.startswith("surely\t") for line in ran.lines)
    (found,) = run("fields", "statements", "--json").json
    assert {"quote", "speaker"} <= {field["field"] for field in found["fields"]}
    assert "speaker" in {field["field"] for field in found["filter"]}
    assert any(line.startswith("incidents\tI-1\t") for line in run("fields").lines)


def test_keys_of_the_screen_are_told(run: Run) -> None:
    rows = run("keys", "--json").json
    assert all(row["command"] and row["label"] and row["does"] for row in rows)
    assert any("/" in row["keys"].split() for row in rows)
    assert run("keys").lines[0] == "Keys\tCommand\tWhat it does"
