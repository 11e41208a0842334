"""Holds files in and out from the command line: exports, imports, texts that are attached, and checks of them."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.running import Run
from tracker.model.kinds import EXCHANGED

Fixtures = Callable[[str], Path]
SPANS = ((0, 30), (100, 160))


def counts(run: Run) -> dict[str, int]:
    """How many records there are of each kind."""
    found: dict[str, int] = run("info", "--json").json[0]["counts"]
    return found


@pytest.fixture
def harbour(run: Run, empty: Path, fixtures: Fixtures) -> Path:
    """A database with a source that is pinned to an article by its hash, and two spans of it without words."""
    article = fixtures("articles/harbour.txt")
    pinned = hashlib.sha256(article.read_bytes()).hexdigest()
    source = empty.parent / "sources.csv"
    source.write_text(f"title,kind,sha256\nRockets at the harbour,news_article,{pinned}\n")
    assert run("import", str(source)).code == 0
    for start, end in SPANS:
        assert run("add", "evidence", "source=SRC-1", f"start={start}", f"end={end}").code == 0
    return article


def test_attach_verifies_what_rests_on_the_text(run: Run, harbour: Path) -> None:
    before = run("check")
    assert before.code == 0
    assert f"0 of {len(SPANS)} spans good" in before.out
    assert "attach" in before.out
    ran = run("attach", "SRC-1", str(harbour))
    assert ran.code == 0, ran.err
    assert f"{len(SPANS)} of {len(SPANS)} spans verified" in ran.out
    after = run("check", "SRC-1")
    assert (after.code, f"{len(SPANS)} of {len(SPANS)} spans good" in after.out) == (0, True)
    text = harbour.read_text(encoding="utf-8")
    kept = run("export", "evidence", "--format", "jsonl").json
    assert [row["exact"] for row in kept] == [text[start:end] for start, end in SPANS]


def test_attach_takes_a_text_from_standard_input(run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(harbour.read_bytes())))
    assert run("attach", "SRC-1", "-").code == 0


def test_another_text_is_refused_and_nothing_changes(run: Run, harbour: Path, fixtures: Fixtures) -> None:
    before = run("export", "sources").out
    actions = len(run("history", "--limit", "0", "--json").lines)
    ran = run("attach", "SRC-1", str(fixtures("articles/wire_dateline.txt")))
    assert (ran.code, ran.out) == (3, "")
    assert "another text" in ran.err
    assert run("export", "sources").out == before
    assert len(run("history", "--limit", "0", "--json").lines) == actions
    assert run("attach", "SRC-1", "/no/such/file").code == 3
    assert run("attach", "SRC-9", str(harbour)).code == 2


def test_evidence_is_filled_in_from_an_attached_text(run: Run, harbour: Path) -> None:
    run("attach", "SRC-1", str(harbour))
    text = harbour.read_text(encoding="utf-8")
    added = run("add", "evidence", "source=SRC-1", "start=40", "end=52", "--json")
    assert added.code == 0, added.err
    found = run("export", "evidence", "--where", f"ref:{added.json[0]['ref']}", "--format", "jsonl").json[0]
    assert (found["exact"], found["verdict"]) == (text[40:52], "verified")
    words = text[200:260]
    placed = run("add", "evidence", "source=SRC-1", f"exact={words}", "--json").json[0]["ref"]
    found = run("export", "evidence", "--where", f"ref:{placed}", "--format", "jsonl").json[0]
    assert (found["start"], found["end"]) == (200, 260)
    ran = run("add", "evidence", "source=SRC-1", "exact=words that nobody wrote")
    assert (ran.code, "do not stand" in ran.err) == (2, True)


def test_check_tells_what_is_wrong_and_exits_3(run: Run, harbour: Path, empty: Path) -> None:
    from tracker.store.database import connect, database

    run("attach", "SRC-1", str(harbour))
    raw = connect(database(str(empty)), writing=True)
    raw.execute("UPDATE evidence SET exact = 'words that nobody wrote' WHERE id = 1")
    raw.close()
    ran = run("check")
    assert ran.code == 3
    assert "E-1" in ran.out
    assert f"1 of {len(SPANS)} spans good" in ran.out
    told = run("check", "SRC-1", "--json")
    assert (told.code, told.json[0]["good"], told.json[0]["good_spans"]) == (3, False, 1)


def test_check_of_one_source_that_has_nothing_says_that_nothing_was_checked(run: Run, empty: Path) -> None:
    run("add", "source", "title=A report")
    ran = run("check", "SRC-1")
    assert ran.code == 0
    assert "othing was checked" in ran.err


def test_import_counts_what_it_does_and_the_same_file_twice_changes_nothing(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    file = tmp_path / "actors.csv"
    file.write_text("name,kind\nAnn,person\nBea,person\n")
    trial = run("import", str(file), "--dry-run")
    assert (trial.code, "2 read, 2 new" in trial.out, counts(run)["actors"]) == (0, True, 0)
    ran = run("import", str(file), "--json")
    assert (ran.code, ran.json[0]["read"], ran.json[0]["new"]) == (0, 2, 2)
    again = run("import", str(file))
    assert "2 read, 0 new, 0 changed, 2 same, 0 conflict, 0 rejected" in again.out
    assert counts(run)["actors"] == 2
    assert run("undo").code == 0
    assert counts(run)["actors"] == 0


def test_rejected_rows_are_exit_6_and_come_back_as_a_file(run: Run, empty: Path, tmp_path: Path) -> None:
    file, bad = tmp_path / "actors.csv", tmp_path / "bad.csv"
    file.write_text("name,kind\nAnn,person\nBea,persn\n")
    ran = run("import", str(file), "--rejects", str(bad))
    assert ran.code == 6
    assert "actors.csv:3" in ran.err
    assert "persn" in ran.err
    assert counts(run)["actors"] == 1
    assert "Bea,persn" in bad.read_text()
    bad.write_text(bad.read_text().replace("persn", "person", 1))
    assert run("import", str(bad), "--as", "actors").code == 0
    assert counts(run)["actors"] == 2


def test_strict_imports_nothing_when_a_row_is_bad(run: Run, empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "actors.csv"
    file.write_text("name,kind\nAnn,person\nBea,persn\n")
    assert run("import", str(file), "--strict").code == 6
    assert counts(run)["actors"] == 0


def test_a_row_on_an_older_version_is_exit_5_and_left_out(run: Run, case: Path, tmp_path: Path) -> None:
    file = tmp_path / "incidents.csv"
    run("export", "incidents", "-o", str(file))
    run("edit", "I-1", "status=confirmed")
    file.write_text(file.read_text().replace("event,reported", "event,disputed", 1))
    ran = run("import", str(file))
    assert ran.code == 5
    assert "I-1" in ran.err
    assert run("export", "incidents", "--where", "status:confirmed", "--format", "jsonl").json[0]["version"] == 2


def test_an_edited_export_changes_exactly_what_was_edited(run: Run, case: Path, tmp_path: Path) -> None:
    file = tmp_path / "incidents.csv"
    run("export", "incidents", "-o", str(file))
    file.write_text(file.read_text().replace("event,reported", "event,disputed", 1))
    ran = run("import", str(file))
    assert (ran.code, "6 read, 0 new, 1 changed, 5 same" in ran.out) == (0, True)
    assert run("export", "incidents", "--where", "status:disputed", "--format", "jsonl").json[0]["version"] == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("actors.csv", b"%PDF-1.7"),
        ("actors.csv", b"name,kind\nJos\xe9,person\n"),
        ("actors.csv.gz", b"\x1f\x8bbroken"),
        ("actors.json", b'[{"name": "Ann"'),
    ],
)
def test_a_file_that_cannot_be_read_is_exit_3(run: Run, empty: Path, tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    ran = run("import", str(file))
    assert (ran.code, ran.out) == (3, "")
    assert name in ran.err
    assert len(ran.err.splitlines()) == 1
    assert counts(run)["actors"] == 0


def test_encoding_and_delimiter_can_be_named(run: Run, empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "actors.csv.gz"
    file.write_bytes(gzip.compress("name;kind\nJosé; person\n".encode("cp1252")))
    ran = run("import", str(file), "--encoding", "cp1252", "--delimiter", ";")
    assert ran.code == 0, ran.err
    assert run("export", "actors", "--format", "jsonl").json[0]["name"] == "José"


def test_the_whole_case_goes_through_files_into_an_empty_database(
    run: Run, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert run("export", "all", "-o", str(first)).code == 0
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "new.db"))
    assert run("init").code == 0
    assert run("import", str(first)).code == 0
    assert run("export", "all", "-o", str(second)).code == 0
    for path in first.iterdir():
        assert (second / path.name).read_bytes() == path.read_bytes()
    assert len(list(first.iterdir())) == len(EXCHANGED)


@pytest.mark.parametrize(
    ("form", "read"),
    [("jsonl", lambda text: [json.loads(line) for line in text.splitlines()]), ("json", json.loads)],
)
def test_export_as_json_keeps_types_and_unknown_is_null(
    run: Run, case: Path, form: str, read: Callable[[str], list[dict[str, Any]]]
) -> None:
    found = read(run("export", "incidents", "--columns", "ref,killed_best,aggregate", "--format", form).out)
    assert found[0] == {"ref": "I-1", "killed_best": None, "aggregate": False}
    assert len(found) == 6


def test_export_sorts_cuts_and_picks_columns(run: Run, case: Path) -> None:
    ran = run("export", "actors", "--sort", "-name", "--limit", "3", "--columns", "name,kind", "--format", "tsv")
    assert ran.lines[0] == "name\tkind"
    names = [line.partition("\t")[0] for line in ran.lines[1:]]
    assert names == sorted(names, key=str.casefold, reverse=True)
    assert len(names) == 3
    assert run("export", "actors", "--columns", "nmae").code == 2


def test_export_writes_a_file_whole_and_replaces_none(run: Run, case: Path, tmp_path: Path) -> None:
    out = tmp_path / "actors.tsv"
    ran = run("export", "actors", "-o", str(out), "--json")
    assert ran.json[0] == {"file": str(out), "format": "tsv", "counts": {"actors": 26}}
    before = out.read_bytes()
    assert before.startswith(b"uid\tversion\t")
    ran = run("export", "actors", "-o", str(out))
    assert (ran.code, out.read_bytes()) == (3, before)
    assert run("export", "actors", "-o", str(out), "--force", "--excel").code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfuid")
    assert run("export", "actors", "-o", str(tmp_path)).code == 3
    assert {path.name for path in tmp_path.iterdir()} == {"actors.tsv", "case.db"}


def test_cells_that_a_spreadsheet_would_run_are_guarded_unless_raw(run: Run, empty: Path) -> None:
    run("add", "actor", "name==cmd|' /C calc'!A0", "kind=person")
    assert "'=cmd" in run("export", "actors", "--columns", "name").out
    assert "\n=cmd" in run("export", "actors", "--columns", "name", "--raw").out


def test_all_is_for_folders_and_for_everything(run: Run, case: Path, tmp_path: Path) -> None:
    assert run("export", "all").code == 2
    assert run("export", "all", "-o", str(tmp_path / "x"), "--where", "I-1").code == 2
    assert not (tmp_path / "x").exists()


def test_init_makes_a_private_file_and_never_touches_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "case.db"
    ran = run("--db", str(path), "init", "--json")
    assert (ran.code, ran.json[0]["database"]) == (0, str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    again = run("--db", str(path), "init")
    assert (again.code, path.read_bytes()) == (3, before)


@pytest.mark.parametrize("target", ["there.csv", "missing/bad.csv"])
def test_a_rejects_file_that_cannot_be_written_lets_nothing_in(run: Run, empty: Path, target: str) -> None:
    folder = empty.parent
    (folder / "there.csv").write_text("mine\n")
    (folder / "actors.csv").write_text("name,kind\nAnn,person\nBen,no such kind\n")
    ran = run("import", str(folder / "actors.csv"), "--rejects", str(folder / target))
    assert (ran.code, ran.out) == (3, "")
    assert counts(run)["actors"] == 0
    assert (folder / "there.csv").read_text() == "mine\n"


def test_the_name_of_a_file_tells_its_form_or_is_refused(run: Run, case: Path) -> None:
    folder = case.parent
    ran = run("export", "actors", "-o", str(folder / "y.dat"))
    assert (ran.code, ran.out) == (2, "")
    assert ".csv, .tsv, .jsonl" in ran.err
    assert not (folder / "y.dat").exists()
    for name, head in (("y.tsv", "uid\t"), ("y.txt", "uid,"), ("y", "uid,"), ("y.ndjson", '{"uid"'), ("y.md", "| uid")):
        assert run("export", "actors", "-o", str(folder / name)).code == 0
        assert (folder / name).read_text().startswith(head)
    assert run("export", "actors", "-o", str(folder / "y.dat"), "--format", "csv").code == 0
    for name, magic in (("y.xlsx", b"PK\x03\x04"), ("y.parquet", b"PAR1"), ("y.csv.zst", b"\x28\xb5\x2f\xfd")):
        assert run("export", "actors", "-o", str(folder / name)).code == 0
        assert (folder / name).read_bytes().startswith(magic)


def test_a_packed_export_is_imported_again(run: Run, case: Path) -> None:
    for end in ("gz", "xz"):
        file = case.parent / f"actors.csv.{end}"
        assert run("export", "actors", "-o", str(file), "--json").json[0]["format"] == "csv"
        ran = run("import", str(file))
        assert (ran.code, "26 read, 0 new, 0 changed, 26 same" in ran.out) == (0, True), ran.err


def test_geojson_brings_its_own_columns_and_is_for_places_only(run: Run, case: Path) -> None:
    ran = run("export", "incidents", "--columns", "title", "--format", "geojson", "--limit", "1")
    (feature,) = json.loads(ran.out)["features"]
    assert list(feature["properties"]) == ["title", "lat", "lon", "geo_precision"]
    for what in ("actors", "all"):
        ran = run("export", what, "--format", "geojson", "-o", str(case.parent / "x"))
        assert (ran.code, "no place" in ran.err) == (2, True)
    assert not (case.parent / "x").exists()


def test_what_is_no_text_stays_off_a_terminal(run: Run, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run("export", "actors", "--format", "jsonlines")
    assert (ran.code, "did you mean “jsonl”" in ran.err) == (2, True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ran = run("export", "actors", "--format", "xlsx")
    assert (ran.code, ran.out, "-o" in ran.err) == (2, "", True)


def test_all_of_the_case_goes_into_other_forms_too(run: Run, case: Path) -> None:
    for form in ("xlsx", "parquet", "md"):
        folder = case.parent / form
        assert run("export", "all", "--format", form, "-o", str(folder)).code == 0
        assert {path.suffix for path in folder.iterdir()} == {f".{form}"}


def test_related_records_stand_in_columns_of_lists_and_files_alike(run: Run, case: Path) -> None:
    names = "perpetrators,sponsors,targets,victims,participants,asserted_by,sources,quotes,tags"
    told = run("export", "incidents", "--columns", names, "--format", "jsonl").json
    listed = run("list", "incidents", "--columns", names, "--sort", "ref", "--json").json
    assert [{name: row[name] for name in names.split(",")} for row in listed] == told
    assert told[0]["perpetrators"] == "Iran-backed Shi’ite militias (unspecified)"
    assert told[0]["asserted_by"] == "Mike Pompeo; Daily Express"
    assert told[0]["tags"] is None


def test_export_in_the_shape_of_a_codebook_says_what_it_leaves_out(run: Run, case: Path, tmp_path: Path) -> None:
    out, lost = tmp_path / "case.acled.csv", tmp_path / "lost.json"
    ran = run("export", "incidents", "--as", "acled", "-o", str(out), "--loss-report", str(lost), "--json")
    told = ran.json[0]
    losses = json.loads(lost.read_text(encoding="utf-8"))
    assert (ran.code, told["as"], sum(told["losses"].values())) == (0, "acled", len(losses))
    left_out = [loss["incident"] for loss in losses if loss["kind"] == "left_out"]
    assert told["incidents"] + len(left_out) == 6
    assert len(out.read_text(encoding="utf-8").splitlines()) == told["incidents"] + 1
