"""Holds that what is exported comes back: byte for byte, on both engines, whatever the texts are."""

import io
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from conftest import Store
from trading import FEW, SEEDS, exported, imported, planned, saved, table

from tracker import text
from tracker.errors import Refused
from tracker.exchange.case import EXAMPLE, export_all, load_seeds
from tracker.exchange.packing import packing
from tracker.exchange.plan import OUTCOMES, plan
from tracker.exchange.readers import read
from tracker.exchange.sources import open_source
from tracker.model.kinds import BY_NAME, EXCHANGED
from tracker.model.values import Context, parse_values
from tracker.store.database import database

SEED_FILES = {kind.plural: (SEEDS / f"{kind.plural}.csv").read_bytes() for kind in EXCHANGED}
Fixtures = Callable[[str], Path]


@pytest.fixture
def other(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """A second empty store, on SQLite."""
    path = tmp_path / "other.db"
    shutil.copy(sqlite_template, path)
    with ExitStack() as stack:
        yield Store(database(str(path)), stack)


def outcome(store: Store, folder: Path) -> dict[str, int]:
    made = planned(store, folder)
    return {name: made.count(name) for name in OUTCOMES if made.count(name)}


def test_the_example_case_comes_back_byte_for_byte(store: Store, tmp_path: Path) -> None:
    assert load_seeds(store.database, "ann") == 326
    export_all(store.reader(), tmp_path / "out")
    assert {path.stem: path.read_bytes() for path in (tmp_path / "out").iterdir()} == SEED_FILES
    assert store.sql("SELECT who, verb, sentence FROM action") == [("ann", "import", EXAMPLE)]
    assert set(store.sql("SELECT version FROM incident")) == {(1,)}


def test_the_example_case_is_for_an_empty_database(sqlite_store: Store) -> None:
    load_seeds(sqlite_store.database, "ann")
    with pytest.raises(Refused, match="holds 326 records already"):
        load_seeds(sqlite_store.database, "ann")


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "json", "xlsx"])
def test_every_format_comes_back(sqlite_store: Store, other: Store, tmp_path: Path, form: str) -> None:
    load_seeds(sqlite_store.database, "ann")
    first = exported(sqlite_store, form)
    made, report = imported(other, saved(first, tmp_path / "files", form))
    assert (made.clean, report.total("new")) == (True, 326)
    assert exported(other, form) == first
    assert exported(other) == SEED_FILES


def test_the_same_files_again_change_nothing(store: Store, tmp_path: Path) -> None:
    assert imported(store, SEEDS)[0].clean
    _, report = imported(store, SEEDS)
    assert (report.total("same"), report.total("new"), report.action) == (326, 0, 0)
    assert store.sql("SELECT count(*) FROM action") == [(1,)]


def test_an_import_is_one_step_of_undo_and_can_be_repeated(store: Store) -> None:
    empty = exported(store)
    imported(store, *FEW)
    casebook = store.casebook()
    assert casebook.undo().sentence == "Undone: Imported 33 new records from 3 files"
    assert exported(store) == empty
    made, report = imported(store, *FEW)
    assert (made.clean, report.total("new")) == (True, 33)
    assert [row["title"] for row in table(exported(store)["incidents"])] == [
        row["title"] for row in table(SEED_FILES["incidents"])
    ]
    casebook.undo()
    assert exported(store) == empty
    casebook.redo()
    assert len(table(exported(store)["actors"])) == 26


def hostile_values(fixtures: Fixtures) -> list[str]:
    found: list[str] = []
    for name in ("formula", "terminal", "unicode", "markup", "query", "filenames", "long"):
        found += json.loads(fixtures(f"hostile/{name}.json").read_text(encoding="utf-8"))
    return [*found, "'=1", "''", "'", '"', '""', "a\r\nb", "\t=1", "yes", "0", "NULL", "\u00a0=x", "a;b", "; "]


def fill(store: Store, strings: list[str]) -> int:
    """A store with every string in every sort of text field; gives back how many statements that made."""
    actor, statement = BY_NAME["actor"], BY_NAME["statement"]
    made = 0
    with store.casebook() as casebook, casebook.action("add", "x") as act:
        for string in strings:
            named = parse_values(actor, {"name": string, "kind": "other", "notes": string}, Context())
            if not named["name"]:
                continue
            actor_id = act.add("actor", named).id
            values = parse_values(statement, {"kind": "warn", "quote": string, "paraphrase": string, "notes": string})
            act.add("statement", values | {"speaker_id": actor_id, "extra": {text.clean(string): [text.clean(string)]}})
            made += 1
    return made


@pytest.mark.parametrize("form", ["csv.gz", "tsv.xz", "json.zst", "jsonl.gz", "xlsx.zst"])
def test_every_packed_form_comes_back(sqlite_store: Store, other: Store, tmp_path: Path, form: str) -> None:
    load_seeds(sqlite_store.database, "ann")
    plain, _, end = form.partition(".")
    folder = saved(packed(exported(sqlite_store, plain), end), tmp_path / "files", form)
    made, report = imported(other, folder)
    assert (made.clean, report.total("new")) == (True, 326)
    assert exported(other) == SEED_FILES


def packed(files: dict[str, bytes], end: str) -> dict[str, bytes]:
    made = {}
    for plural, data in files.items():
        buffer = io.BytesIO()
        with packing(buffer, f"{plural}.{end}") as sink:
            sink.write(data)
        made[plural] = buffer.getvalue()
    return made


@pytest.mark.parametrize("form", ["parquet", "parquet.gz"])
def test_parquet_is_refused_with_the_forms_that_are_read(sqlite_store: Store, tmp_path: Path, form: str) -> None:
    load_seeds(sqlite_store.database, "ann")
    files = exported(sqlite_store, "parquet")
    folder = saved(packed(files, "gz") if form.endswith("gz") else files, tmp_path / "files", form)
    for path in (folder, folder / f"actors.{form}"):
        with pytest.raises(Refused, match="is Parquet, which is written here but not read; export as csv, jsonl or xl"):
            planned(sqlite_store, path)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_an_export_says_is_read_from_standard_input(
    sqlite_store: Store, other: Store, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    load_seeds(sqlite_store.database, "ann")
    data = exported(sqlite_store, form)["sources"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    with open_source("-") as source:
        assert "title" in source.head[0]
        made = plan(other.reader(), read(source))
    assert (made.clean, made.count("new")) == (True, len(table(SEED_FILES["sources"])))


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_hostile_texts_come_back_byte_for_byte(
    store: Store, other: Store, tmp_path: Path, fixtures: Fixtures, form: str
) -> None:
    made = fill(other, hostile_values(fixtures))
    assert made > 200
    first = exported(other, form)
    folder = saved(first, tmp_path / "files", form)
    if store.database == other.database:
        pytest.fail("the two stores must differ")
    taken, report = imported(store, folder)
    assert taken.rejections == []
    assert report.total("new") == 2 * made
    assert exported(store, form) == first
    assert outcome(store, folder) == {"same": 2 * made}


def test_spans_come_back_with_the_blanks_around_them(store: Store, other: Store, tmp_path: Path) -> None:
    with other.casebook() as casebook, casebook.action("add", "x") as act:
        source = act.add("source", {"title": "Harbour shelled"}).id
        span = {"source_id": source, "start": 4, "end": 9, "exact": " two\n", "prefix": "\n\na ", "suffix": "\n"}
        act.add("evidence", span)
    first = exported(other)
    imported(store, saved(first, tmp_path / "files"))
    assert exported(store) == first
    assert store.sql("SELECT exact, prefix, suffix FROM evidence") == [(" two\n", "\n\na ", "\n")]


def test_zero_empty_and_every_sort_of_date_come_back(store: Store, other: Store, tmp_path: Path) -> None:
    dates = ["9 Dec 2019", "2019-12", "[2019-12-09..2019-12-14]", "/2019-12-14?", "2003", "unknown", "", "1990~"]
    incident = BY_NAME["incident"]
    with other.casebook() as casebook, casebook.action("add", "x") as act:
        for at, date in enumerate(dates):
            texts = {"title": f"T{at}", "category": "other", "date": date, "killed_best": "0" if at % 2 else ""}
            act.add("incident", parse_values(incident, texts | {"lat": "-0.5", "lon": "0", "aggregate": "no"}))
    first = exported(other)
    rows = table(first["incidents"])
    assert [row["killed_best"] for row in rows] == ["0" if at % 2 else "" for at in range(len(dates))]
    imported(store, saved(first, tmp_path / "files"))
    assert exported(store) == first
    assert store.sql("SELECT killed_best FROM incident ORDER BY id")[:2] == [(None,), (0,)]


def test_records_that_point_forward_keep_version_and_place(store: Store, tmp_path: Path) -> None:
    imported(store, *FEW)
    first = table(exported(store)["incidents"])
    uids = [row["uid"] for row in first]
    assert any(row["parent_uid"] and uids.index(row["parent_uid"]) > at for at, row in enumerate(first))
    assert store.sql("SELECT count(*) FROM incident WHERE parent_id > id AND version = 1") == [(2,)]


def test_a_folder_is_not_written_over_unless_forced(sqlite_store: Store, tmp_path: Path) -> None:
    load_seeds(sqlite_store.database, "ann")
    counts = export_all(sqlite_store.reader(), tmp_path / "case")
    assert counts["citations.csv"] == 87
    with pytest.raises(Refused, match=r"sources\.csv: is there already"):
        export_all(sqlite_store.reader(), tmp_path / "case")
    assert export_all(sqlite_store.reader(), tmp_path / "case", force=True) == counts
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Refused, match="file: cannot be made"):
        export_all(sqlite_store.reader(), tmp_path / "file")
