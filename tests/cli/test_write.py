"""Holds the commands that write: what they take, what they refuse, and that each can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli.running import Run


def record(run: Run, plural: str, ref: str) -> dict[str, Any]:
    """All exported columns of a record."""
    ran = run("export", plural, "--where", f"ref:{ref}", "--format", "jsonl")
    assert ran.code == 0, ran.err
    (found,) = ran.json
    assert isinstance(found, dict)
    return found


def count(run: Run, plural: str) -> int:
    """How many records of a kind there are."""
    found: int = run("info", "--json").json[0]["counts"][plural]
    return found


def test_add_takes_text_codes_numbers_and_a_date_in_words(run: Run, empty: Path) -> None:
    ran = run(
        "add", "incident", "title=Rockets at the port", "category=rocket, artillery or missile", "killed_low=2",
        "date=last monday", "--anchor", "2019-12-14", "country=irq", "--why", "first report",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    assert "I-1" in ran.out
    found = record(run, "incidents", "I-1")
    assert (found["title"], found["category"], found["country"]) == (
        "Rockets at the port", "rocket_artillery_missile", "IRQ",
    )  # fmt: skip
    assert (found["killed_low"], found["killed_best"], found["wounded_low"]) == (2, None, None)
    assert (found["date_words"], found["date_earliest"], found["date_basis"]) == (
        "last monday",
        "2019-12-09",
        "inferred",
    )


def test_zero_is_kept_apart_from_not_reported(run: Run, empty: Path) -> None:
    run("add", "incidents", "title=a", "category=other", "killed_low=0", "wounded_low=")
    found = record(run, "incidents", "I-1")
    assert (found["killed_low"], found["wounded_low"]) == (0, None)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("incident", "title=a"), "category: is missing"),
        (("incident", "titel=a"), "did you mean “title”?"),
        (("incident", "title=a", "category=rokcet_artillery_missile"), "did you mean rocket_artillery_missile?"),
        (("incident", "title=a", "category=other", "killed_low=many"), "killed_low"),
        (("incident", "title=a", "category=other", "date=last monday"), "--anchor"),
        (("incident", "title=a", "category=other", "date=03/04/2019"), "03/04/2019"),
        (("incident", "title=a", "category=other", "killed_low=5", "killed_high=2"), "killed_low"),
        (("incident", "title"), "field=value"),
        (("incident", "title=a", "title=b"), "twice"),
        (("incident", "title=a", "category=other", "--anchor", "monday"), "--anchor"),
        (("statement", "speaker=Nobody Here", "kind=warn", "quote=x"), "speaker: no actor goes by “Nobody Here”"),
        (("statement", "speaker=I-1", "kind=warn", "quote=x"), "speaker"),
        (("planet", "name=Mars"), "planet"),
    ],
)
def test_add_refuses_in_one_sentence_and_changes_nothing(
    run: Run, case: Path, arguments: tuple[str, ...], told: str
) -> None:
    before = run("info", "--json").json[0]["counts"]
    ran = run("add", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1
    assert run("info", "--json").json[0]["counts"] == before


def test_a_speaker_is_found_by_any_exact_name(run: Run, case: Path) -> None:
    ran = run("add", "statement", "speaker=Secretary of State Mike Pompeo", "kind=warn", "quote=We will see.", "--json")
    assert ran.code == 0, ran.err
    assert record(run, "statements", ran.json[0]["ref"])["speaker"] == "Mike Pompeo"


def test_words_for_a_day_are_told_from_the_source(run: Run, case: Path) -> None:
    ran = run("add", "statement", "speaker=A-1", "kind=warn", "quote=x", "source=SRC-1", "said=last monday", "--json")
    assert ran.code == 0, ran.err
    found = record(run, "statements", ran.json[0]["ref"])
    assert found["said_earliest"] == "2019-12-09"
    assert found["said_anchor_uid"] == found["source_uid"]


def test_the_same_uid_twice_is_one_record(run: Run, empty: Path) -> None:
    uid = "0190a000-0000-7000-8000-000000000001"
    first = run("add", "actor", "name=Ann", "kind=person", "--uid", uid, "--json").json[0]
    again = run("add", "actor", "name=Ann", "kind=person", "--uid", uid, "--json").json[0]
    assert (first["ref"], first["uid"]) == (again["ref"], again["uid"]) == ("A-1", uid)
    assert count(run, "actors") == 1
    assert run("add", "actor", "name=Bea", "kind=person", "--uid", uid).code == 5


def test_edit_changes_clears_and_can_be_undone_and_redone(run: Run, case: Path) -> None:
    ran = run("edit", "I-1", "status=confirmed", "wounded_low=", "--why", "second source", "--json")
    assert (ran.code, ran.json[0]["version"]) == (0, 2)
    found = record(run, "incidents", "I-1")
    assert (found["status"], found["wounded_low"]) == ("confirmed", None)
    assert run("undo").code == 0
    found = record(run, "incidents", "I-1")
    assert (found["status"], found["wounded_low"]) == ("reported", 2)
    assert run("redo").code == 0
    assert record(run, "incidents", "I-1")["status"] == "confirmed"


def test_a_stale_edit_is_exit_5_and_changes_nothing(run: Run, case: Path) -> None:
    assert run("edit", "I-1", "status=confirmed", "--version", "1").code == 0
    ran = run("edit", "I-1", "status=disputed", "--version", "1")
    assert ran.code == 5
    assert "version 1" in ran.err
    assert "version 2" in ran.err
    assert record(run, "incidents", "I-1")["status"] == "confirmed"


def test_an_edited_date_is_told_from_the_source_it_hangs_on(run: Run, case: Path) -> None:
    assert run("edit", "I-1", "date=last tuesday").code == 0
    assert record(run, "incidents", "I-1")["date_earliest"] == "2019-12-10"


def test_undo_with_nothing_to_undo_is_a_sentence(run: Run, empty: Path) -> None:
    ran = run("undo")
    assert (ran.code, ran.out) == (2, "")
    assert run("redo").code == 2


def test_delete_takes_links_along_and_undo_brings_all_back(run: Run, case: Path) -> None:
    before = run("info", "--json").json[0]["counts"]
    ran = run("delete", "I-3", "--why", "coded twice")
    assert ran.code == 0
    assert "linked record" in ran.out
    assert count(run, "incidents") == 5
    assert count(run, "involvements") < before["involvements"]
    assert run("undo").code == 0
    assert run("info", "--json").json[0]["counts"] == before


def test_delete_takes_several_of_one_kind_or_nothing(run: Run, case: Path) -> None:
    assert run("delete", "I-5", "A-1").code == 2
    assert run("delete", "I-5", "I-99").code == 2
    assert count(run, "incidents") == 6
    assert run("delete", "I-5", "I-6", "I-5").code == 0
    assert count(run, "incidents") == 4


def test_link_makes_an_involvement_that_says_who_says_so(run: Run, case: Path) -> None:
    ran = run(
        "link", "A-12", "I-1", "--role", "perpetrator", "--by", "Mike Pompeo", "--stance", "accuses", "--hedge",
        "hedged", "--hedge-words", "pointed to", "--statement", "S-1", "--source", "SRC-1", "--json",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    found = record(run, "involvements", ran.json[0]["ref"])
    assert (found["role"], found["according_to"], found["stance"]) == ("perpetrator", "Mike Pompeo", "accuses")
    assert (found["hedge"], found["hedge_words"]) == ("hedged", "pointed to")
    assert found["incident"].startswith("Monday’s rocket attack")


@pytest.mark.parametrize(
    ("arguments", "plural", "expected"),
    [
        (("S-1", "A-9", "--role", "addressee"), "statement_actors", {"role": "addressee"}),
        (("I-6", "S-1"), "statement_incidents", {}),
        (("SRC-1", "I-3"), "incident_sources", {}),
        (("A-9", "A-3", "--role", "allied_with", "--by", "A-1"), "relations", {"type": "allied_with"}),
        (("I-2", "I-1", "--role", "follows"), "links", {"type": "follows"}),
        (("E-3", "I-2", "field=place_words"), "citations", {"field": "place_words"}),
        (("INV-2", "E-3"), "citations", {}),
    ],
)
def test_link_knows_which_kinds_go_together(
    run: Run, case: Path, arguments: tuple[str, ...], plural: str, expected: dict[str, str]
) -> None:
    before = count(run, plural)
    ran = run("link", *arguments, "--json")
    assert ran.code == 0, ran.err
    found = record(run, plural, ran.json[0]["ref"])
    assert {name: found[name] for name in expected} == expected
    assert count(run, plural) == before + 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("A-1", "SRC-1"), "incident + actor"),
        (("I-1", "A-1"), "--role"),
        (("I-1", "A-1", "--role", "culprit"), "culprit"),
        (("S-1", "I-6", "--role", "target"), "--role"),
        (("A-1", "A-2", "--role", "backs", "--stance", "accuses"), "--stance"),
        (("A-1", "A-1", "--role", "backs"), "same record"),
        (("I-1", "A-999", "--role", "victim"), "A-999"),
    ],
)
def test_link_refuses_what_cannot_be_linked(run: Run, case: Path, arguments: tuple[str, ...], told: str) -> None:
    before = run("info", "--json").json[0]["counts"]
    ran = run("link", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert run("info", "--json").json[0]["counts"] == before


def test_merge_moves_links_and_unmerge_returns_them(run: Run, case: Path) -> None:
    new = run("add", "actor", "name=M. R. Pompeo", "kind=person", "generic=no", "--json").json[0]["ref"]
    run("add", "statement", f"speaker={new}", "kind=warn", "quote=x")
    assert run("merge", "A-1", new, "--why", "same man").code == 0
    assert len(run("export", "statements", "--where", "speaker:A-1", "--format", "jsonl").lines) == 6
    assert run("unmerge", new).code == 0
    assert len(run("export", "statements", "--where", "speaker:A-1", "--format", "jsonl").lines) == 5
    assert run("unmerge", "A-1").code == 2
    assert run("unmerge", "I-1").code == 2


def test_a_description_is_never_merged_with_a_name(run: Run, case: Path) -> None:
    assert run("merge", "A-1", "A-2").code == 2
    assert count(run, "actors") == 26


def test_adopt_and_no_longer(run: Run, case: Path) -> None:
    assert run("adopt", "INV-2", "--why", "two sources").code == 0
    assert record(run, "involvements", "INV-2")["adopted"] is True
    assert run("adopt", "INV-2", "--no").code == 0
    assert record(run, "involvements", "INV-2")["adopted"] is False
    assert run("adopt", "I-1").code == 2


def test_history_tells_who_did_what_and_why(run: Run, case: Path) -> None:
    run("edit", "I-1", "status=confirmed", "--why", "second source")
    run("edit", "A-1", "notes=seen")
    ran = run("history", "--limit", "2", "--json")
    newest, before = ran.json
    assert "newest 2" in ran.err
    assert (newest["who"], newest["verb"]) == ("ann", "edit")
    assert (before["reason"], before["reverted"]) == ("second source", False)
    assert next(row["id"] for row in run("history", "I-1", "--json").json) == before["id"]
    run("undo")
    assert "taken back" in run("history").out
