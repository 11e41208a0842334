"""Holds what an import makes of rows: new, changed, same, contested or rejected."""

import csv
import json
from pathlib import Path

import pytest
from conftest import Store
from trading import FEW, SEEDS, changed, exported, imported, planned, put, table

from tracker.errors import Conflict, Refused, UsageError
from tracker.exchange.load import load, write_rejects
from tracker.exchange.plan import OUTCOMES, Plan
from tracker.model.kinds import BY_NAME

INCIDENT = ("title", "category")


@pytest.fixture
def case(sqlite_store: Store) -> Store:
    """The example case."""
    assert imported(sqlite_store, SEEDS)[0].clean
    return sqlite_store


def outcome(plan: Plan) -> dict[str, int]:
    return {name: plan.count(name) for name in OUTCOMES if plan.count(name)}


def reasons(plan: Plan) -> list[str]:
    """Why rows were rejected, with the file's name without its folder."""
    return [str(one).replace(f"{Path(one.origin.sheet.name).parent}/", "") for one in plan.rejections]


def titles(store: Store) -> list[str]:
    return [row["title"] for row in table(exported(store)["incidents"])]


def test_a_row_edited_elsewhere_changes_those_fields_of_that_record(store: Store, tmp_path: Path) -> None:
    imported(store, *FEW)
    before = exported(store)["incidents"]
    file = changed(tmp_path / "incidents.csv", before, title="=Renamed", killed_best="0", date_edtf="2019-12-10")
    plan = planned(store, file)
    (entry,) = plan.entries
    assert {name: new for name, (_, new) in entry.changes.items()} == {
        "title": "=Renamed", "killed_best": 0, "date_edtf": "2019-12-10", "date_earliest": "2019-12-10",
        "date_latest": "2019-12-10",
    }  # fmt: skip
    report = load(store.casebook(), plan)
    assert (report.total("changed"), report.total("same")) == (1, 0)
    after = table(exported(store)["incidents"])[0]
    assert (after["title"], after["version"], after["date_words"]) == ("'=Renamed", "2", "last Monday")
    assert outcome(planned(store, file)) == {"same": 1}
    store.casebook().undo()
    assert titles(store)[0] == table(before)[0]["title"]


def test_a_row_of_an_older_version_is_contested_and_nothing_is_overwritten(store: Store, tmp_path: Path) -> None:
    imported(store, *FEW)
    file = changed(tmp_path / "incidents.csv", exported(store)["incidents"], title="Mine")
    store.casebook().edit("incident", 1, {"title": "Theirs"}, version=1)
    plan, report = imported(store, file)
    assert outcome(plan) == {"conflict": 1}
    assert "I-1 was changed here since: the row has version 1, the database 2 (title differ)" in str(plan.conflicts[0])
    assert (report.action, titles(store)[0]) == (0, "Theirs")
    stale = changed(tmp_path / "old.incidents.csv", exported(store)["incidents"], version="1")
    assert outcome(planned(store, stale)) == {"same": 1}


def test_what_changes_between_plan_and_load_stops_the_import(case: Store, tmp_path: Path) -> None:
    file = changed(tmp_path / "incidents.csv", exported(case)["incidents"], title="Mine")
    plan = planned(case, file)
    case.casebook().edit("incident", 1, {"title": "Theirs"}, version=1)
    with pytest.raises(Conflict, match=r"incidents\.csv:2: I-1 was changed .* nothing was imported"):
        load(case.casebook(), plan)
    assert titles(case)[0] == "Theirs"


def test_a_record_deleted_here_is_not_brought_back_by_an_old_file(case: Store) -> None:
    files = exported(case)
    case.casebook().delete("tally", [1])
    plan = planned(case, SEEDS / "tallies.csv")
    assert outcome(plan) == {"same": len(table(files["tallies"])) - 1, "conflict": 1}
    assert "T-1 was deleted here" in str(plan.conflicts[0])


def test_columns_that_are_not_there_are_left_alone(case: Store, tmp_path: Path) -> None:
    uid = table(exported(case)["incidents"])[0]["uid"]
    imported(case, put(tmp_path / "incidents.csv", ["uid", "weapon"], [uid, ""]))
    row = table(exported(case)["incidents"])[0]
    assert (row["weapon"], row["category"], row["date_edtf"]) == ("", "rocket_artillery_missile", "2019-12-09?")


def test_rows_by_hand_become_records_with_defaults(store: Store, tmp_path: Path) -> None:
    header = ["Title", "category", "status", "date", "killed_best", "country"]
    file = put(tmp_path / "incidents.csv", header, ["  Shelling ", "Grenade", "", "9 Dec 2019", "0", "irq"])
    plan, report = imported(store, file)
    assert (outcome(plan), report.sentence) == (
        {"new": 1}, "1 read, 1 new, 0 changed, 0 same, 0 conflict, 0 rejected",
    )  # fmt: skip
    (row,) = table(exported(store)["incidents"])
    assert [row[n] for n in ("title", "category", "status", "nature", "review")] == [
        "Shelling", "grenade", "reported", "event", "draft",
    ]  # fmt: skip
    assert [row[n] for n in ("date_words", "date_edtf", "date_basis", "killed_best", "killed_low", "country")] == [
        "9 Dec 2019", "2019-12-09", "stated", "0", "", "IRQ",
    ]  # fmt: skip


def test_rows_without_a_uid_are_the_same_records_the_second_time(case: Store, tmp_path: Path) -> None:
    twice = put(tmp_path / "incidents.csv", INCIDENT, ["A", "other"], ["A", "other"], ["B", "other"])
    assert outcome(imported(case, twice)[0]) == {"new": 3}
    assert outcome(imported(case, twice)[0]) == {"same": 3}
    case.casebook().edit("incident", 7, {"title": "Edited"}, version=None)
    assert outcome(imported(case, twice)[0]) == {"same": 2, "conflict": 1}


def test_rows_of_a_dataset_are_known_by_their_id_there(store: Store, tmp_path: Path) -> None:
    header = [*INCIDENT, "dataset", "external_id", "killed_best"]
    first = put(tmp_path / "incidents.csv", header, ["A", "other", "ged", "7", ""], ["B", "other", "ged", "8", "1"])
    assert outcome(imported(store, first)[0]) == {"new": 2}
    later = put(tmp_path / "incidents.csv", header, ["A", "other", "ged", "7", "3"], ["B", "other", "ged", "8", "1"])
    assert outcome(imported(store, later)[0]) == {"changed": 1, "same": 1}
    again = put(tmp_path / "incidents.csv", header, ["A", "other", "ged", "9", ""], ["C", "other", "ged", "9", ""])
    (reason,) = reasons(planned(store, again))
    assert reason == "incidents.csv:3: record 2: is the same record as incidents.csv:2; keep one"


def test_references_are_found_by_any_name(case: Store, tmp_path: Path) -> None:
    header = ["incident", "actor", "role", "asserted_by", "source"]
    rows = table(exported(case)["involvements"])
    told = [rows[0]["incident"], "kata’ib hezbollah", "perpetrator", "the military official", rows[0]["source"]]
    names = {row["name"]: row["actor"] for row in table(exported(case)["names"])}
    assert names["The military official"] == "US military official (unnamed, senior)"
    plan, _ = imported(case, put(tmp_path / "involvements.csv", header, [told[0], "Kataib Hezbollah", *told[2:]]))
    assert outcome(plan) == {"new": 1}
    last = table(exported(case)["involvements"])[-1]
    assert (last["asserted_by"], last["according_to"]) == (names["The military official"],) * 2
    assert last["actor"] == "Kataib Hezbollah"


def test_names_that_are_unknown_or_shared_are_rejected_with_a_cure(case: Store, tmp_path: Path) -> None:
    imported(
        case, put(tmp_path / "actors.csv", ["name", "kind"], ["The Group", "armed_group"], ["Other", "armed_group"])
    )
    imported(case, put(tmp_path / "names.csv", ["actor", "name"], ["Other", "the group,"], ["The Group", "Shared"]))
    imported(case, put(tmp_path / "names.csv", ["actor", "name"], ["Other", "shared"]))
    header = ["actor", "name"]
    file = put(tmp_path / "names.csv", header, ["The Group", "a"], ["SHARED", "b"], ["Nobody", "c"], ["", "d"])
    plan = planned(case, file)
    assert outcome(plan) == {"new": 1, "rejected": 3}
    shared, unknown, missing = reasons(plan)
    assert "names.csv:3: record 2, column 1 actor: “SHARED” may be any of 2 actors" in shared
    assert shared.endswith("give actor_uid")
    assert "names.csv:4: record 3, column 1 actor: “Nobody” is the name of no actor; add it to actors," in unknown
    assert "names.csv:5: record 4, column 1 actor: is missing" in missing


def test_a_uid_counts_more_than_the_name_beside_it_and_that_is_said(case: Store, tmp_path: Path) -> None:
    file = changed(tmp_path / "names.csv", exported(case)["names"], actor="Donald Trump")
    plan = planned(case, file)
    assert outcome(plan) == {"same": 1}
    assert len(plan.warnings) == 1
    assert "names.csv:2: the column actor is not the name of the record in actor_uid in 1 row" in plan.warnings[0]


def test_references_within_an_import_need_no_order(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    put(folder / "incidents.csv", ["uid", *INCIDENT, "parent", "parent_uid"],
        ["i1", "Child", "other", "Campaign", ""], ["i2", "Campaign", "other", "", ""],
        ["i3", "Late", "other", "", "i2"])  # fmt: skip
    put(folder / "involvements.csv", ["incident", "actor", "role"], ["Child", "The  Front", "perpetrator"])
    put(folder / "names.csv", ["actor", "name"], ["Popular Front", "the front"])
    put(folder / "actors.csv", ["name", "kind"], ["Popular Front", "armed_group"])
    plan, report = imported(store, folder)
    assert (reasons(plan), report.total("new")) == ([], 6)
    assert store.sql("SELECT parent_id, version FROM incident ORDER BY id") == [(2, 1), (None, 1), (2, 1)]
    assert table(exported(store)["involvements"])[0]["actor"] == "Popular Front"


def test_what_refers_to_a_rejected_record_falls_with_it(sqlite_store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    put(folder / "incidents.csv", ["uid", *INCIDENT, "parent_uid"],
        ["i1", "Child", "other", "i2"], ["i2", "Campaign", "othr", "i3"], ["i3", "Fine", "other", ""])  # fmt: skip
    put(folder / "tallies.csv", ["incident_uid", "measure"], ["i1", "killed"], ["i3", "killed"])
    (folder / "actors.csv").write_text("uid,name,kind\na1,X\n")
    put(folder / "names.csv", ["actor_uid", "name"], ["a1", "Y"])
    plan, report = imported(sqlite_store, folder)
    assert report.total("new") == 2
    assert [line.partition(": record")[0] for line in reasons(plan)] == [
        "actors.csv:2", "names.csv:2", "incidents.csv:2", "incidents.csv:3", "tallies.csv:2",
    ]  # fmt: skip
    assert "column 3 category: “othr” is not a known code; did you mean other?" in reasons(plan)[3]
    assert reasons(plan)[4].endswith("refers to the incident i1, which was rejected; correct that")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"killed_best": "-1"}, "column 3 killed_best: -1 is outside 0 to"),
        ({"killed_best": "1_000"}, "“1_000” is no whole number"),
        ({"killed_best": "١٢"}, "“١٢” is no whole number"),
        ({"lat": "91"}, "is outside -90 to 90"),
        ({"lat": "nan"}, "“nan” is no number"),
        ({"aggregate": "maybe"}, "is neither yes nor no"),
        ({"date": "31/02/2011"}, "column 6 date: “31/02/2011” "),
        ({"date": "03/04/2019"}, 'column 6 date: "03/04/2019" can be read day first'),
        ({"date_edtf": "2024-13"}, "column 7 date_edtf: "),
        ({"date_basis": "guess", "date_edtf": "2024"}, "“guess” is not a known code"),
        ({"title": ""}, "column 1 title: is missing; every incident has one"),
        ({"uid": "-x"}, "column 9 uid: “-x” is no uid"),
        ({"uid": "i1", "version": "0"}, "column 10 version: “0” is no version"),
        ({"uid": "i1", "version": "x"}, "“x” is no version"),
        ({"parent_uid": "nope"}, "column 11 parent_uid: “nope” is the uid of no incident"),
        ({"extra": "[1]"}, "column 12 extra: “[1]” is no JSON object"),
        ({"extra": '{"a":NaN}'}, "is no JSON object"),
        ({"country": "Atlantis"}, "is no ISO 3166 alpha-3 code"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_bad_cell_is_named_by_file_line_record_column_value_and_cure(
    sqlite_store: Store, tmp_path: Path, cells: dict[str, str], words: str
) -> None:
    header = [
        "title", "category", "killed_best", "lat", "aggregate", "date", "date_edtf", "date_basis", "uid", "version",
        "parent_uid", "extra", "country",
    ]  # fmt: skip
    row = {"title": "A", "category": "other"} | cells
    file = put(tmp_path / "incidents.csv", header, [row.get(name, "") for name in header], ["B", "other", *[""] * 11])
    plan, report = imported(sqlite_store, file)
    (reason,) = reasons(plan)
    assert reason.startswith("incidents.csv:2: record 1, column ")
    assert words in reason
    assert report.total("new") == 1


def test_figures_out_of_order_are_taken_from_files(sqlite_store: Store, tmp_path: Path) -> None:
    file = put(tmp_path / "incidents.csv", [*INCIDENT, "killed_low", "killed_best"], ["A", "other", "5", "3"])
    assert outcome(imported(sqlite_store, file)[0]) == {"new": 1}


def test_what_may_stand_once_only_is_rejected(case: Store, tmp_path: Path) -> None:
    first = table(exported(case)["statement_actors"])[0]
    header = ["uid", "statement_uid", "actor_uid", "role"]
    told = [first["statement_uid"], first["actor_uid"], first["role"]]
    fresh = [first["statement_uid"], table(exported(case)["actors"])[4]["uid"], "addressee"]
    plan = planned(case, put(tmp_path / "statement_actors.csv", header, ["x1", *told], ["x2", *fresh], ["x3", *fresh]))
    assert outcome(plan) == {"new": 1, "rejected": 2}
    assert f"has the same statement and actor and role as SA-1; give its uid ({first['uid']})" in reasons(plan)[0]
    assert plan.rejections[1].fault.reason.startswith("has the same statement and actor and role as line ")


def test_a_citation_cites_for_one_record(case: Store, tmp_path: Path) -> None:
    first = table(exported(case)["citations"])[0]
    actor = table(exported(case)["actors"])[0]["uid"]
    header = ["evidence_uid", "incident_uid", "actor_uid"]
    rows = [[first["evidence_uid"], first["incident_uid"], actor], [first["evidence_uid"], "", ""]]
    plan, report = imported(case, put(tmp_path / "citations.csv", header, *rows))
    assert [r.fault.reason.partition(";")[0] for r in plan.rejections] == ["supports 2 records", "supports 0 records"]
    assert report.total("new") == 0


def test_a_uid_stands_once_in_an_import(sqlite_store: Store, tmp_path: Path) -> None:
    file = put(tmp_path / "incidents.csv", ["uid", *INCIDENT], ["i1", "A", "other"], ["i1", "B", "other"])
    plan = planned(sqlite_store, file)
    assert outcome(plan) == {"new": 1, "rejected": 1}
    (reason,) = reasons(plan)
    assert reason == "incidents.csv:3: record 2, column 1 uid: “i1” is the same record as incidents.csv:2; keep one"


def test_columns_that_mean_nothing_are_told_once_and_those_of_the_database_are_never_read(
    sqlite_store: Store, tmp_path: Path
) -> None:
    header = [*INCIDENT, "id", "deleted_at", "wepon", "_reason", "killed"]
    file = put(tmp_path / "incidents.csv", header, *[[f"T{n}", "other", "99", "2020", "x", "y", "3"] for n in range(3)])
    plan, _ = imported(sqlite_store, file)
    told = [warning.partition(": ")[2] for warning in plan.warnings]
    assert told == [
        "the column “id” belongs to the database and is never read; it is left out",
        "the column “deleted_at” belongs to the database and is never read; it is left out",
        "the column “wepon” is not known; it is left out; did you mean “weapon”?",
        "the column “killed” is not known; it is left out; did you mean “killed_low”?",
    ]
    assert sqlite_store.sql("SELECT id, deleted_at FROM incident ORDER BY id") == [(1, None), (2, None), (3, None)]


def test_json_is_taken_by_the_same_rules(sqlite_store: Store, tmp_path: Path) -> None:
    records = [
        {"title": "A", "category": "other", "killed_best": 3, "lat": 33.5, "aggregate": True, "extra": {"n": 1.5}},
        {"title": ["list"], "category": "other"},
        {"title": "B", "category": "other", "summary": True},
        {"title": "=C", "category": "other", "id": 1, "actor": {"id": 1, "name": "overwritten"}, "killed_best": "2"},
        {"title": "'=D", "category": "other", "external_id": 12, "lat": 1e1},
    ]
    file = tmp_path / "incidents.json"
    file.write_text(json.dumps(records, indent=1))
    plan, report = imported(sqlite_store, file)
    assert report.total("new") == 3
    assert [reason.partition(", ")[2] for reason in reasons(plan)] == [
        'column 1 title: “["list"]” is a list; write one plain value',
        "column 7 summary: “true” is true or false where text belongs; put it in quotes",
    ]
    found = sqlite_store.sql("SELECT title, killed_best, lat, aggregate, external_id, extra FROM incident ORDER BY id")
    assert found == [
        ("A", 3, 33.5, 1, None, '{"n":1.5}'), ("=C", 2, None, None, None, None), ("'=D", None, 10.0, None, "12", None),
    ]  # fmt: skip


def test_null_in_json_empties_a_field_and_absence_does_not(case: Store, tmp_path: Path) -> None:
    uid = table(exported(case)["incidents"])[0]["uid"]
    file = tmp_path / "incidents.jsonl"
    file.write_text(json.dumps({"uid": uid, "weapon": None}))
    imported(case, file)
    row = table(exported(case)["incidents"])[0]
    assert (row["weapon"], row["place_name"]) == ("", "Baghdad International Airport")


def test_strict_imports_nothing_when_a_row_is_rejected(store: Store, tmp_path: Path) -> None:
    file = put(tmp_path / "incidents.csv", INCIDENT, ["A", "other"], ["B", "nonsense"])
    plan, report = imported(store, file, strict=True)
    assert (report.action, report.total("rejected"), report.total("new")) == (0, 1, 1)
    assert report.sentence.startswith("nothing imported: 2 read")
    assert (titles(store), outcome(plan)) == ([], {"new": 1, "rejected": 1})


def test_a_dry_run_has_the_same_numbers_and_writes_nothing(case: Store, tmp_path: Path) -> None:
    file = put(tmp_path / "incidents.csv", INCIDENT, ["A", "other"], ["B", "nonsense"])
    before = exported(case)
    tried = load(case.casebook(), planned(case, file), dry_run=True)
    assert exported(case) == before
    assert case.sql("SELECT count(*) FROM action") == [(1,)]
    done = load(case.casebook(), planned(case, file))
    assert done.as_json() == tried.as_json() | {"action": done.action}
    assert done.action > 1


def test_corrected_rejects_can_be_imported(store: Store, tmp_path: Path) -> None:
    header = ["uid", "version", *INCIDENT, "killed_best", "notes?"]
    rows = ["i1", "3", "=A", "other", "x", "n"], ["i2", "1", "B", "other", "", ""], ["", "", "C", "othr", "1", "'"]
    file = put(tmp_path / "incidents.csv", header, *rows)
    plan, _ = imported(store, file)
    (name,) = write_rejects(tmp_path / "bad.incidents.csv", plan)
    bad = table(Path(name).read_bytes())
    assert list(bad[0]) == [*header, "_record", "_line", "_column", "_reason"]
    assert [(row["title"], row["_record"], row["_line"], row["_column"]) for row in bad] == [
        ("'=A", "1", "2", "killed_best"), ("C", "3", "4", "category"),
    ]  # fmt: skip
    assert "whole number" in bad[0]["_reason"]
    bad[0]["killed_best"], bad[1]["category"] = "4", "other"
    put(tmp_path / "bad.incidents.csv", list(bad[0]), *[list(row.values()) for row in bad])
    plan, _ = imported(store, tmp_path / "bad.incidents.csv")
    assert outcome(plan) == {"new": 2}
    assert not [warning for warning in plan.warnings if "_reason" in warning]
    assert sorted(titles(store)) == ["'=A", "B", "C"]
    assert store.sql("SELECT version, killed_best FROM incident WHERE uid = 'i1'") == [(3, 4)]


def test_rejects_of_several_kinds_go_to_a_file_each(sqlite_store: Store, tmp_path: Path) -> None:
    put(tmp_path / "incidents.csv", INCIDENT, ["A", "x"])
    (tmp_path / "actors.csv").write_text('name,kind\n"broken,person\n')
    plan = planned(sqlite_store, tmp_path)
    names = write_rejects(tmp_path / "bad.csv", plan)
    assert [Path(name).name for name in names] == ["bad.actors.csv", "bad.incidents.csv"]
    with pytest.raises(Refused, match="is there already"):
        write_rejects(tmp_path / "bad.csv", plan)
    with Path(names[0]).open(newline="") as file:
        assert list(csv.reader(file))[1][:4] == ["broken,person\n".strip(), "", "1", "2"]
    assert write_rejects(tmp_path / "none.csv", Plan()) == []


def test_new_rows_need_their_columns_and_the_file_is_refused_at_once(sqlite_store: Store, tmp_path: Path) -> None:
    file = put(tmp_path / "incidents.csv", ["title", "country"], ["A", "IRQ"])
    with pytest.raises(Refused, match=r"incidents\.csv:1: has no column “category”, and every incident has one"):
        planned(sqlite_store, file)


def test_what_a_file_holds_can_be_said(sqlite_store: Store, tmp_path: Path) -> None:
    file = put(tmp_path / "data.csv", ["title", "x", "y"], ["A", "1", "2"])
    with pytest.raises(UsageError, match=r"data\.csv:1: the columns \(title, x, y\) fit no kind"):
        planned(sqlite_store, file)
    assert outcome(planned(sqlite_store, file, kind=BY_NAME["source"])) == {"new": 1}


def test_a_header_without_rows_is_no_error(sqlite_store: Store, tmp_path: Path) -> None:
    _, report = imported(sqlite_store, put(tmp_path / "incidents.csv", INCIDENT))
    assert report.sentence == "0 read, 0 new, 0 changed, 0 same, 0 conflict, 0 rejected"


def test_a_sentence_has_nothing_that_a_terminal_would_obey(sqlite_store: Store, tmp_path: Path) -> None:
    file = put(tmp_path / "incidents.csv", [*INCIDENT, "\x1b]0;x\x07"], ["A", "a\x1b[2J\nb", ""])
    plan = planned(sqlite_store, file)
    told = [*reasons(plan), *plan.warnings]
    assert len(told) == 3
    assert all(sentence.isprintable() for sentence in told)
