"""Holds the files: order, guard, forms of the report, streaming, and refusals."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from conftest import Store

from codebooks.making import actor, exported, incident, involved, source
from tracker.errors import Refused, UsageError
from tracker.exchange.codebooks import TARGETS, export_as, require_target
from tracker.exchange.codebooks.countries import country, named
from tracker.model.kinds import INCIDENT
from tracker.store import casefile
from tracker.store.query import parse


def test_texts_are_guarded_and_numbers_are_not(sqlite_store: Store, tmp_path: Path) -> None:
    incident(sqlite_store.casebook(), place_name="=1+1", lat=-3.5)
    made = exported(sqlite_store, "acled", tmp_path)
    assert (made.rows[0]["location"], made.rows[0]["latitude"]) == ("'=1+1", "-3.5")
    assert [(loss["field"], loss["value"]) for loss in made.losses if loss["kind"] == "guard"] == [
        ("location", "'=1+1")
    ]
    bare = exported(sqlite_store, "acled", tmp_path, raw=True)
    assert (bare.rows[0]["location"], bare.lost("guard")) == ("=1+1", [])


def test_a_report_is_guarded_too(sqlite_store: Store, tmp_path: Path) -> None:
    incident(sqlite_store.casebook(), weapon="=cmd")
    assert [x["value"] for x in exported(sqlite_store, "acled", tmp_path).losses if x["field"] == "weapon"] == ["'=cmd"]


@pytest.mark.parametrize("target", ["acled", "ged", "gtd"])
def test_rows_come_by_id_or_as_they_are_sorted_and_limited(sqlite_store: Store, tmp_path: Path, target: str) -> None:
    book = sqlite_store.casebook()
    for admin1 in ("b", "c", "a"):
        incident(book, admin1=admin1)
    column = {"ged": "adm_1", "gtd": "provstate"}.get(target, "admin1")
    assert [row[column] for row in exported(sqlite_store, target, tmp_path).rows] == ["b", "c", "a"]
    sorted_ = exported(sqlite_store, target, tmp_path, sort="-admin1", limit=2)
    assert [row[column] for row in sorted_.rows] == ["c", "b"]
    assert sorted_.outcome.incidents == 2


def test_a_condition_picks_the_incidents(sqlite_store: Store) -> None:
    book = sqlite_store.casebook()
    incident(book)
    incident(book, country="SYR")
    file = io.BytesIO()
    made = export_as(sqlite_store.reader(), "ged", parse(INCIDENT, "country:SYR"), file)
    assert made.incidents == 1
    assert b"Syria" in file.getvalue()


def test_without_a_report_the_sentence_counts_the_losses_and_says_how_to_list_them(sqlite_store: Store) -> None:
    incident(sqlite_store.casebook(), weapon="Katyusha", wounded_best=3)
    made = export_as(sqlite_store.reader(), "acled", None, io.BytesIO())
    assert made.sentence == (
        "acled: 2 losses in 1 incidents (1 figures without a column; 1 texts without a column); "
        "list them with --loss-report FILE"
    )


@pytest.mark.parametrize("name", ["loss.json", "loss.jsonl"])
def test_a_report_is_json_by_its_name(sqlite_store: Store, tmp_path: Path, name: str) -> None:
    incident(sqlite_store.casebook(), weapon="Katyusha", wounded_best=3)
    path = tmp_path / name
    made = export_as(sqlite_store.reader(), "acled", None, io.BytesIO(), str(path))
    text = path.read_text(encoding="utf-8")
    losses = json.loads(text) if name.endswith(".json") else [json.loads(line) for line in text.splitlines()]
    assert [loss["field"] for loss in losses] == ["wounded", "weapon"]
    assert losses[0]["incident"] == "I-1"
    assert made.sentence.endswith(f"listed in {path}")


def test_a_report_of_nothing_is_an_empty_list(sqlite_store: Store, tmp_path: Path) -> None:
    export_as(sqlite_store.reader(), "acled", None, io.BytesIO(), str(tmp_path / "loss.json"))
    assert json.loads((tmp_path / "loss.json").read_text()) == []


def test_a_report_that_is_there_is_not_replaced_unless_forced(sqlite_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "loss.csv"
    path.write_text("mine")
    with pytest.raises(Refused, match="is there already"):
        export_as(sqlite_store.reader(), "acled", None, io.BytesIO(), str(path))
    assert path.read_text() == "mine"
    export_as(sqlite_store.reader(), "acled", None, io.BytesIO(), str(path), force=True)
    assert path.read_text().startswith("incident,uid,field,kind,loss,value\n")


def test_a_report_of_another_form_is_refused_before_anything_is_written(sqlite_store: Store, tmp_path: Path) -> None:
    file = io.BytesIO()
    with pytest.raises(UsageError, match=r"loss\.xls: “\.xls” names no form"):
        export_as(sqlite_store.reader(), "acled", None, file, str(tmp_path / "loss.xls"))
    assert file.getvalue() == b""


def test_an_unknown_codebook_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean “acled”"):
        require_target("aclad")


@pytest.mark.parametrize("target", TARGETS)
def test_more_than_a_block_is_written_whole(store: Store, tmp_path: Path, target: str,
                                            monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(casefile, "BLOCK", 2)
    book = store.casebook()
    who, by = actor(book, "Group A"), source(book)
    for number in range(5):
        involved(book, incident(book, title=f"Rockets {number}"), who, source_id=by)
    monkeypatch.undo()
    whole = exported(store, target, tmp_path)
    monkeypatch.setattr(casefile, "BLOCK", 2)
    assert exported(store, target, tmp_path).data == whole.data
    assert whole.outcome.incidents == 5
    assert whole.data.count(b"Rockets 4") >= 1 or target == "ged"


def test_what_is_deleted_is_in_no_file(store: Store, tmp_path: Path) -> None:
    book = store.casebook()
    case = incident(book)
    involved(book, case, actor(book, "Group A"), source_id=source(book))
    book.delete("involvement", [1])
    assert exported(store, "acled", tmp_path).rows[0]["actor1"] == ""
    book.delete("incident", [case])
    assert exported(store, "acled", tmp_path).rows == []


def test_plover_says_statements_as_events_of_their_own_once(sqlite_store: Store, tmp_path: Path) -> None:
    book = sqlite_store.casebook()
    said = book.add("statement", {"speaker_id": actor(book, "Minister", "person"), "kind": "accuse",
                                  "mode": "paraphrase", "paraphrase": "It was they."}).id  # fmt: skip
    for title in ("One", "Two"):
        case = incident(book, title=title, nature="planned")
        book.add("statement_incident", {"statement_id": said, "incident_id": case})
    lines = exported(sqlite_store, "plover", tmp_path).lines
    assert [line["event"] for line in lines] == [["ASSAULT"], ["ACCUSE"], ["ASSAULT"]]
    assert (lines[0]["mode"], lines[1]["mode"]) == (["heavy-weapons", "future"], ["allege"])
    assert lines[1]["actor"][0]["entity_text"] == "Minister"


def test_countries_carry_the_numbers_of_each_codebook() -> None:
    iraq, congo = country("IRQ"), country(named("DR Congo (Zaire)"))
    assert iraq
    assert (iraq.iso, iraq.gw, iraq.gtd, iraq.ged_region, iraq.iso2) == ("368", "645", "95", "Middle East", "IQ")
    assert congo
    assert (congo.iso3, congo.gw, congo.ged_region) == ("COD", "490", "Africa")
    assert country("XXX") is None
