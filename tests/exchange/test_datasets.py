"""Datasets on their way into the store: counted right, the same again, newer over older, taken back, or not at all."""

from __future__ import annotations

import csv
import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from casework import alive as living
from casework import everything
from conftest import ROOT, Store

from tracker.errors import Refused, UsageError
from tracker.exchange.dataset_result import Result, Wish
from tracker.exchange.datasets import import_dataset
from tracker.exchange.profile import detect, load
from tracker.exchange.sources import open_source
from tracker.store.batches import batches, revert
from tracker.store.casebook import Casebook
from tracker.store.check import check

DATASETS = ROOT / "fixtures" / "datasets"
FILES = sorted(
    path for path in DATASETS.rglob("*")
    if path.is_file() and path.parent != DATASETS and "golden" not in path.name and "sources" not in path.name
)  # fmt: skip
OLD, NEW = (DATASETS / "ucdp-ged" / f"GEDEvent_v{number}_1.csv" for number in (22, 23))


def imported(store: Store, path: Path, profile: str = "", **wishes: Any) -> Result:
    """What the import of a file comes to."""
    source = open_source(path)
    found = load(profile) if profile else detect(source)
    assert found is not None, f"no profile fits {path.name}"
    return import_dataset(source, found, store.database, "ann", Wish(**wishes))


def numbers(result: Result) -> dict[str, int]:
    """The counts that are not 0."""
    return {name: count for name, count in result.counts.items() if count}


def alive(store: Store, kind: str = "incident") -> int:
    """How many records there are."""
    return int(store.sql(f"SELECT count(*) FROM {kind} WHERE deleted_at IS NULL")[0][0])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_dataset_is_known_by_its_columns_and_is_the_same_again(sqlite_store: Store, path: Path) -> None:
    first = imported(sqlite_store, path)
    counts = first.counts
    assert counts["read"] == sum(counts[what] for what in ("new", "rejected", "skipped", "repeated"))
    assert counts["new"] == alive(sqlite_store) > 0
    before = everything(sqlite_store.database)
    again = imported(sqlite_store, path)
    assert (again.counts["new"], again.counts["changed"], again.counts["gone"], again.batch) == (0, 0, 0, 0)
    assert again.counts["rejected"] == counts["rejected"]
    assert everything(sqlite_store.database) == before
    report = check(sqlite_store.reader())
    assert report.errors == 0, report.problems[:5]


def test_a_newer_release_changes_field_by_field_and_marks_what_is_gone(store: Store) -> None:
    old = imported(store, OLD)
    ids = dict(store.sql("SELECT external_id, id FROM incident"))
    new = imported(store, NEW)
    rows = {name: {row["id"] for row in table(path)} for name, path in (("old", OLD), ("new", NEW))}
    assert old.counts["new"] == len(rows["old"])
    assert new.counts["new"] == len(rows["new"] - rows["old"]) > 0
    assert new.counts["gone"] == len(rows["old"] - rows["new"]) > 0
    assert 0 < new.counts["changed"] <= len(rows["new"] & rows["old"])
    gone = {str(row[0]) for row in store.sql("SELECT external_id FROM incident WHERE gone IS NOT NULL")}
    assert gone == rows["old"] - rows["new"]
    kept = dict(store.sql("SELECT external_id, id FROM incident"))
    assert {key: kept[key] for key in ids} == ids, "an incident keeps its id, and whatever was coded on it"
    admin1 = {row["id"]: row["adm_1"] for row in table(NEW)}
    assert all(
        admin1[key] == (name or "")
        for key, name in store.sql("SELECT external_id, admin1 FROM incident WHERE gone IS NULL")
    )
    back = imported(store, OLD, gone="keep")
    assert back.counts["changed"] >= new.counts["changed"], "what was gone is there again"
    assert store.sql("SELECT count(*) FROM incident WHERE gone IS NOT NULL") == [(0,)]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file of GED, tag rows left out, with plain ids."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["id"].startswith("#") and row["id"]]
    return [row | {"id": row["id"].removesuffix(".0")} for row in rows]


def rewritten(tmp_path: Path, name: str, rows: list[dict[str, str]], *, more: str = "") -> Path:
    """A file of GED with these rows, and some text after them."""
    path = tmp_path / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        file.write(more)
    return path


def gone(store: Store) -> set[str]:
    """The external ids of what is marked as gone."""
    return {str(row[0]) for row in store.sql("SELECT external_id FROM incident WHERE gone IS NOT NULL")}


def test_what_a_file_did_not_look_at_is_not_gone(sqlite_store: Store, tmp_path: Path) -> None:
    rows = table(OLD)
    abroad = [row | {"id": f"9{row['id']}", "country": "Iraq", "country_id": "645"} for row in rows]
    imported(sqlite_store, rewritten(tmp_path, "GEDEvent_v22_1.csv", [*rows, *abroad]))
    first = min(abroad, key=lambda row: row["date_start"])
    assert len({row["date_start"] for row in abroad}) > 1
    newer = imported(sqlite_store, rewritten(tmp_path, "GEDEvent_v23_1.csv", [*rows, first]))
    assert (newer.counts["gone"], gone(sqlite_store)) == (0, set()), "of the other country only one day was looked at"


def test_a_row_that_cannot_be_read_leaves_open_what_is_gone(sqlite_store: Store, tmp_path: Path) -> None:
    imported(sqlite_store, OLD)
    rows = sorted(table(OLD), key=lambda row: row["date_start"])
    lost = rewritten(tmp_path, "GEDEvent_v23_1.csv", rows[:1] + rows[2:], more="1,2,3\n")
    result = imported(sqlite_store, lost)
    assert (result.counts["rejected"], result.counts["gone"], gone(sqlite_store)) == (1, 0, set())
    assert any("could not be read" in sentence and "gone" in sentence for sentence in result.warnings)
    assert imported(sqlite_store, lost, gone="force").counts["gone"] == 1


def test_an_older_release_marks_nothing_as_gone_and_says_so(sqlite_store: Store) -> None:
    imported(sqlite_store, NEW)
    older = imported(sqlite_store, OLD)
    assert (older.counts["gone"], gone(sqlite_store)) == (0, set())
    assert any("22.1 is older than 23.1" in sentence for sentence in older.warnings)


def test_an_excerpt_without_a_release_marks_nothing_as_gone(sqlite_store: Store, tmp_path: Path) -> None:
    imported(sqlite_store, OLD)
    rows = table(OLD)
    excerpt = imported(sqlite_store, rewritten(tmp_path, "excerpt.csv", rows[: len(rows) * 2 // 3]))
    assert (excerpt.counts["gone"], gone(sqlite_store)) == (0, set())


def test_a_new_id_that_stands_twice_joins_what_is_there(store: Store, tmp_path: Path) -> None:
    first, second, *_ = table(OLD)
    imported(store, rewritten(tmp_path, "first.csv", [first]))
    result = imported(store, rewritten(tmp_path, "second.csv", [second, second | {"adm_1": "Elsewhere"}]))
    assert (result.counts["new"], result.counts["repeated"]) == (1, 1)
    assert {row["admin1"] for row in living(store.database)["incident"].values()} == {first["adm_1"], "Elsewhere"}


def test_a_row_without_its_id_leaves_open_what_is_gone(sqlite_store: Store, tmp_path: Path) -> None:
    imported(sqlite_store, OLD)
    rows = table(OLD)
    result = imported(sqlite_store, rewritten(tmp_path, "GEDEvent_v23_1.csv", [rows[0] | {"id": ""}, *rows[1:]]))
    assert (result.counts["rejected"], result.counts["gone"], gone(sqlite_store)) == (1, 0, set())
    assert any("cannot be told what is gone" in sentence for sentence in result.warnings)


def test_a_file_without_a_release_over_one_with_it_is_told(sqlite_store: Store, tmp_path: Path) -> None:
    imported(sqlite_store, NEW)
    told = imported(sqlite_store, rewritten(tmp_path, "excerpt.csv", table(OLD)))
    assert told.counts["changed"]
    assert (told.counts["gone"], gone(sqlite_store)) == (0, set())
    assert any("names no release" in sentence and "23.1" in sentence for sentence in told.warnings)
    again = imported(sqlite_store, rewritten(tmp_path, "excerpt.csv", table(OLD)))
    assert again.counts["changed"] == 0


def test_what_a_person_changed_stays_when_the_dataset_changes_it_too(sqlite_store: Store) -> None:
    imported(sqlite_store, OLD)
    common = {row["id"]: row["adm_1"] for row in table(OLD)}
    changed = next(row["id"] for row in table(NEW) if common.get(row["id"], row["adm_1"]) != row["adm_1"])
    [(number, version)] = sqlite_store.sql("SELECT id, version FROM incident WHERE external_id = ?", (changed,))
    with Casebook(sqlite_store.database, "ann") as book:
        book.edit("incident", number, {"admin1": "As I know it"}, version=version)
    newer = imported(sqlite_store, NEW)
    assert sqlite_store.sql("SELECT admin1 FROM incident WHERE id = ?", (number,)) == [("As I know it",)]
    assert newer.counts["kept"] == 1
    assert any("edited here" in sentence for sentence in newer.warnings)


def test_a_dry_run_gives_the_numbers_and_leaves_no_trace(store: Store) -> None:
    imported(store, OLD)
    before = everything(store.database)
    would = imported(store, NEW, dry_run=True)
    assert everything(store.database) == before
    does = imported(store, NEW)
    assert numbers(would) == numbers(does)
    assert (would.batch, would.action) == (0, 0)
    assert does.batch > 0
    assert would.sentence.startswith("would be: ")


def test_an_import_is_taken_back_whole(store: Store) -> None:
    imported(store, OLD)
    kinds = ("incident", "involvement", "incident_source", "tally", "statement", "statement_incident")
    before = living(store.database, kinds)
    done = imported(store, NEW)
    assert living(store.database, kinds) != before
    revert(store.database, "ann", done.batch)
    assert living(store.database, kinds) == before
    assert [batch.reverted for batch in batches(store.reader())] == [True, False]
    again = imported(store, NEW)
    assert numbers(again) == numbers(done), "what was taken back can be imported again"


def test_what_was_deleted_here_stays_deleted(sqlite_store: Store) -> None:
    imported(sqlite_store, OLD)
    with Casebook(sqlite_store.database, "ann") as book:
        book.delete("incident", [1])
    again = imported(sqlite_store, OLD)
    assert numbers(again) == {"read": again.counts["read"], "same": again.counts["read"]}
    assert any("deleted here" in sentence for sentence in again.warnings)
    assert sqlite_store.sql("SELECT deleted_at IS NULL FROM incident WHERE id = 1") == [(0,)]


def broken(tmp_path: Path, change: Callable[[dict[str, str]], None]) -> Path:
    """The old release with its second record changed."""
    rows = table(OLD)
    change(rows[1])
    return rewritten(tmp_path, "broken.csv", rows)


def test_a_bad_row_is_told_kept_apart_and_can_be_corrected(sqlite_store: Store, tmp_path: Path) -> None:
    path = broken(tmp_path, lambda row: row.update(date_start="31/02/2011", where_coordinates="=cmd()"))
    rejects = tmp_path / "bad.csv"
    result = imported(sqlite_store, path, rejects=str(rejects))
    assert result.counts["rejected"] == 1
    assert "31/02/2011" in result.rejected[0]
    assert "date_start" in result.rejected[0]
    assert result.rejected[0].startswith(f"{path}:3: record 2, column ")
    written = list(csv.DictReader(rejects.open(encoding="utf-8", newline="")))
    assert [(row["_record"], row["_line"], row["_column"]) for row in written] == [("2", "3", "date_start")]
    assert written[0]["where_coordinates"] == "'=cmd()"
    rejects.write_text(rejects.read_text(encoding="utf-8").replace("31/02/2011", "2011-02-03"), encoding="utf-8")
    corrected = imported(sqlite_store, rejects)
    assert numbers(corrected) == {"read": 1, "new": 1}
    key = written[0]["id"]
    [(place, extra)] = sqlite_store.sql("SELECT place_name, extra FROM incident WHERE external_id = ?", (key,))
    assert place == "=cmd()"
    assert "_reason" not in extra


def test_strict_means_all_or_nothing(store: Store, tmp_path: Path) -> None:
    path = broken(tmp_path, lambda row: row.update(best="abc"))
    result = imported(store, path, strict=True)
    assert (result.counts["rejected"], result.batch, alive(store)) == (1, 0, 0)
    assert result.sentence.startswith("nothing imported: ")


def test_an_interruption_keeps_nothing(store: Store) -> None:
    before = everything(store.database)
    source = open_source(OLD)
    profile = detect(source)
    assert profile is not None

    def stop(rows: int, done: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_dataset(source, profile, store.database, "ann", Wish(), stop)
    assert everything(store.database) == before


def test_of_an_id_that_stands_twice_the_last_row_counts_and_twice_is_the_same(
    sqlite_store: Store, tmp_path: Path
) -> None:
    rows = table(OLD)
    twice = [*rows, rows[0] | {"adm_1": "Second"}, rows[0] | {"adm_1": "Third"}]
    path = rewritten(tmp_path, "twice.csv", twice)
    first = imported(sqlite_store, path)
    assert (first.counts["new"], first.counts["repeated"]) == (len(rows), 2)
    key = rows[0]["id"]
    assert sqlite_store.sql("SELECT admin1 FROM incident WHERE external_id = ?", (key,)) == [("Third",)]
    assert any("more than once" in sentence and key in sentence for sentence in first.warnings)
    before = everything(sqlite_store.database)
    again = imported(sqlite_store, path)
    assert (again.counts["new"], again.counts["changed"], again.counts["same"]) == (0, 0, len(rows))
    assert everything(sqlite_store.database) == before


def test_packed_and_in_another_form_it_is_the_same_dataset(sqlite_store: Store, tmp_path: Path) -> None:
    imported(sqlite_store, OLD)
    packed = tmp_path / "GEDEvent_v22_1.csv.xz"
    packed.write_bytes(lzma.compress(OLD.read_bytes()))
    assert imported(sqlite_store, packed).counts["same"] == len(table(OLD))


def test_a_file_of_another_shape_is_refused_by_a_profile(sqlite_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("town,when\nX,2020\n", encoding="utf-8")
    assert detect(open_source(path)) is None
    with pytest.raises((UsageError, Refused), match="id"):
        imported(sqlite_store, path, "ucdp-ged")
    assert alive(sqlite_store) == 0


def test_the_numbers_as_json(sqlite_store: Store) -> None:
    result = imported(sqlite_store, OLD)
    told = json.loads(json.dumps(result.as_json()))
    assert (told["new"], told["batch"], told["profile"]) == (len(table(OLD)), 1, "ucdp-ged")
