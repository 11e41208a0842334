"""Lists of any columns through `import --map`, and what else of an import the command line says."""

from __future__ import annotations

import json
import shlex
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli.running import Run
from tracker.exchange.profile.mapping import Wanted

ROOT = Path(__file__).parents[2]
GED = ROOT / "fixtures" / "datasets" / "ucdp-ged"
LIST = '''Nr,Event date,Town,Country,Group,Victims,Killed,Type,Note,Link,Published
1,March 2019,Mosul,Iraq,Band A; Band B,Civilians,3,Bombing,"a ""note""",http://x.example/1,2019-04-01
2,last Monday,Basra,iraq,Band A,,,Attack,n2,http://x.example/2,2019-04-03
3,03/04/2019,Erbil,IRQ,,Police,x,,,,
,2019,Kirkuk,Atlantis,Band B,,0,,,,
'''
MAPS = (
    "Event date=date", "Town=place_name", "Country=country", "Group=perpetrator", "victim=Victims",
    "Killed=killed_best", "category:=armed_clash", "Link=source_url", "Published=source_published",
)  # fmt: skip


def mapped(*maps: str) -> list[str]:
    """The arguments of these texts of --map."""
    return [part for one in maps for part in ("--map", one)]


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list with two good rows, a bad one, and one without its number."""
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def incidents(run: Run) -> dict[str, dict[str, Any]]:
    """The incidents by their ids in the dataset."""
    return {row["external_id"]: row for row in run("export", "incidents", "--format", "jsonl").json}


def test_a_list_becomes_incidents_with_actors_sources_and_what_is_left(run: Run, empty: Path, listed: Path) -> None:
    ran = run("import", str(listed), *mapped(*MAPS), "--id", "Nr", "--json")
    assert ran.code == 6
    assert (ran.json[0]["new"], ran.json[0]["rejected"]) == (2, 2)
    made = incidents(run)
    assert made.keys() == {"1", "2"}
    first, second = made["1"], made["2"]
    assert (first["date_edtf"], first["date_precision"], first["date_words"]) == ("2019-03", "month", "March 2019")
    assert (second["date_edtf"], second["date_basis"]) == ("2019-04-01", "inferred")
    assert (first["country"], second["country"], first["killed_best"]) == ("IRQ", "IRQ", 3)
    assert (second["killed_best"], first["category"], first["dataset"]) == (None, "armed_clash", "list")
    assert first["extra"] | {"Type": "Bombing", "Note": 'a "note"', "Country": "Iraq"} == first["extra"]
    people = run("export", "involvements", "--format", "jsonl").json
    assert {(row["actor"], row["role"]) for row in people} == {
        ("Band A", "perpetrator"), ("Band B", "perpetrator"), ("Civilians", "victim"),
    }  # fmt: skip
    assert {row["url"] for row in run("export", "sources", "--format", "jsonl").json} == {
        "http://x.example/1", "http://x.example/2",
    }  # fmt: skip
    assert 'column 2 Event date: "03/04/2019" can be read day first or month first' in ran.err
    assert "also Killed: “x” is no whole number" in ran.err


@pytest.mark.parametrize("key", [("--id", "Nr"), ()])
def test_the_same_list_again_is_the_same(run: Run, empty: Path, listed: Path, key: tuple[str, ...]) -> None:
    run("import", str(listed), *mapped(*MAPS), *key)
    again = run("import", str(listed), *mapped(*MAPS), *key, "--json").json[0]
    assert (again["new"], again["changed"]) == (0, 0)
    assert again["same"] == (2 if key else 3)


def test_corrected_rejects_of_a_list_join_the_others(run: Run, empty: Path, listed: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    run("import", str(listed), *mapped(*MAPS), "--id", "Nr", "--rejects", str(bad))
    text = bad.read_text(encoding="utf-8")
    text = text.replace("3,03/04/2019,Erbil,IRQ,,Police,x", "3,2019-04-03,Erbil,IRQ,,Police,4")
    bad.write_text(text.replace("\n,2019,Kirkuk", "\n4,2019,Kirkuk"), encoding="utf-8")
    assert run("import", str(bad), *mapped(*MAPS), "--id", "Nr").code == 0
    made = incidents(run)
    assert made.keys() == {"1", "2", "3", "4"}
    assert {row["dataset"] for row in made.values()} == {"list"}
    assert (made["4"]["country"], made["4"]["killed_best"]) == (None, 0)
    assert made["4"]["extra"]["Country"] == "Atlantis"
    assert not {name for row in made.values() for name in row["extra"] if name.startswith("_")}


def test_date_formats_order_and_anchor(run: Run, empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("n,when\n1,Mar 2019\n2,03.04.2019\n3,2018\n4,last Monday\n", encoding="utf-8")
    formats = ("--date-format", "%b %Y", "--date-format", "%d.%m.%Y", "--date-format", "%Y")
    ran = run("import", str(path), "--map", "when=date", "--id", "n", *formats)
    assert ran.code == 6
    assert '"last Monday" is not a date (format %b %Y or %d.%m.%Y or %Y)' in ran.err
    assert {id_: row["date_edtf"] for id_, row in incidents(run).items()} == {
        "1": "2019-03", "2": "2019-04-03", "3": "2018",
    }  # fmt: skip
    run("import", str(path), "--map", "when=date", "--id", "n", *formats, "--anchor", "2019-12-14")
    assert incidents(run)["4"]["date_edtf"] == "2019-12-09"
    assert run("import", str(path), "--map", "when=date", "--date-format", "%d").code == 2


def test_a_constant_may_be_a_template_and_a_column_may_be_left_out(run: Run, empty: Path, listed: Path) -> None:
    told = ("title:={Type} at {Town}", "Note=", "country:=Iraq", "aggregate:=no", "killed_low:=1", "target:=Passers-by")
    assert run("import", str(listed), *mapped(*told)).code == 0
    rows = run("export", "incidents", "--format", "jsonl").json
    assert {row["title"] for row in rows} == {"Bombing at Mosul", "Attack at Basra", "Erbil", "Kirkuk"}
    assert {(row["country"], row["category"], row["aggregate"], row["killed_low"]) for row in rows} == {
        ("IRQ", "unknown", False, 1)
    }
    assert not any("Note" in row["extra"] for row in rows)
    assert {row["role"] for row in run("export", "involvements", "--format", "jsonl").json} == {"target"}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--map", "Twon=place_name"), "has no column “Twon”; did you mean “town”?"),
        (("--map", "Town=plce_name"), "is no field of incidents; did you mean “place_name”?"),
        (("--map", "Town"), "names no column; write COLUMN=FIELD"),
        (("--map", "category:=bombng"), "category:=bombng"),
        (("--map", "country:=Atlantis"), "no country is called that"),
        (("--map", "date:=2019"), "name the column of the date"),
        (("--map", "Town=title", "--map", "Type=title"), "two columns of"),
        (("--map", "Town=title", "--map", "title:=x"), "leave one out"),
        (("--map", "Town=title", "--id", "Nmber"), "--id: "),
        (("--date-format", "%Y"), "is for lists whose columns are named with --map"),
        (("--map", "Town=title", "--profile", "gtd"), "leave out --map"),
        (("--map", "Town=title", "--anchor", "soon"), "is no day"),
    ],
)
def test_what_cannot_be_meant_is_said(
    run: Run, empty: Path, listed: Path, arguments: tuple[str, ...], why: str
) -> None:
    ran = run("import", str(listed), *arguments)
    assert ran.code == 2
    assert why in ran.err


def test_other_kinds_are_mapped_too_and_keep_what_has_no_place(run: Run, empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Name,Nation,Shoe\nAna,Iraq,41\nBo,,\n", encoding="utf-8")
    maps = mapped("Name=name", "Nation=country", "kind:=person")
    assert run("import", str(path), "--as", "actors", *maps).code == 0
    rows = {row["name"]: row for row in run("export", "actors", "--format", "jsonl").json}
    assert (rows["Ana"]["country"], rows["Ana"]["kind"], rows["Ana"]["extra"]) == ("IRQ", "person", {"Shoe": "41"})
    assert (rows["Bo"]["country"], rows["Bo"]["extra"]) == (None, None)
    again = run("import", str(path), "--as", "actors", *maps, "--json").json[0]
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 2)


def test_our_own_columns_take_country_names_words_with_an_anchor_and_tell_all_bad_cells(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    path = tmp_path / "incidents.csv"
    path.write_text(
        "title,category,date,country,lat,killed_best\n"
        "A,protest,last Monday,Iraq,,\nB,protst,someday,Atlantis,99,x\n", encoding="utf-8",
    )  # fmt: skip
    ran = run("import", str(path), "--anchor", "2019-12-14")
    assert ran.code == 6
    (row,) = run("export", "incidents", "--format", "jsonl").json
    assert (row["country"], row["date_edtf"], row["date_basis"]) == ("IRQ", "2019-12-09", "inferred")
    (told,) = [line for line in ran.err.splitlines() if "record 2" in line]
    assert all(name in told for name in ("category", "date", "country", "lat", "killed_best")), told


def test_at_most_twenty_rows_are_told_and_the_total_always(run: Run, empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_text("title,category\n" + "A,nonsense\n" * 33, encoding="utf-8")
    ran = run("import", str(path))
    assert sum("record " in line for line in ran.err.splitlines()) == 20
    assert "… and 13 more: 0 contested and 33 rejected rows in all" in ran.err


def test_edits_that_stay_are_named_by_field_and_extra_by_column(run: Run, empty: Path) -> None:
    old, new = GED / "GEDEvent_v22_1.csv", GED / "GEDEvent_v23_1.csv"
    run("import", str(old))
    plain = run("import", str(new), "--dry-run")
    changed = [line for line in plain.err.splitlines() if line.startswith("changed ")]
    assert changed
    assert all("extra {" not in line for line in changed)
    field, ref = _a_changed_field(changed, run)
    run("edit", ref, f"{field}=7777" if field.startswith("killed") else f"{field}=Here")
    ran = run("import", str(new), "--dry-run")
    assert f"edited here and not overwritten: {field}" in ran.err
    assert f"({field} 1): the edits stay" in ran.err
    assert run("import", str(new), "--json").json[0]["kept_fields"] == {field: 1}


def _a_changed_field(changed: list[str], run: Run) -> tuple[str, str]:
    """A field that the newer release changes, and the incident."""
    for line in changed:
        key, told = line.removeprefix("changed ").split(": ", 1)
        for field in ("place_name", "killed_best", "admin1", "killed_high", "title", "summary"):
            if told.startswith(f"{field} ") or f", {field} " in told:
                where = f"dataset:ucdp-ged external_id:{key}"
                found = run("list", "incidents", "--where", where, "--columns", "ref", "--json")
                return field, found.json[0]["ref"]
    raise AssertionError(changed)


def test_corrected_rejects_keep_the_release_of_the_file_they_come_from(run: Run, empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "GEDEvent_v22_1.csv"
    shutil.copy(GED / file.name, file)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    at = lines[0].rstrip("\r\n").split(",").index("best")
    assert at
    first = lines[1].split(",", 1)
    file.write_text("".join([lines[0], "," + first[1], *lines[2:]]), encoding="utf-8")
    bad = tmp_path / "bad.csv"
    assert run("import", str(file), "--rejects", str(bad)).code == 6
    assert "every row of this dataset has an id" in bad.read_text(encoding="utf-8")
    head, row = bad.read_text(encoding="utf-8").splitlines()[:2]
    assert head.endswith(",_reason,_dataset,_release")
    assert row.endswith(",ucdp-ged,22.1")
    bad.write_text(bad.read_text(encoding="utf-8").replace("\n,", f"\n{first[0]},", 1), encoding="utf-8")
    run("import", str(bad))
    assert {one["release"] for one in map(json.loads, run("batches", "--json").lines)} == {"22.1"}
    assert {one["release"] for one in incidents(run).values()} == {"22.1"}


def test_the_progress_line_starts_no_thread_that_would_forbid_a_second_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sys
    import threading

    from tracker.cli.import_dataset import _progress

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    before = threading.active_count()
    with _progress("ged.csv") as told:
        assert told is not None
        told(1_000, 0.5)
        assert threading.active_count() == before


OWN = """Nr,When,Who,Dead,Lat,"=HYPERLINK(""x"")"
1,2020-01-02,Government of Iraq,"1,250",33.1,a
2,unknown,Gunmen,3,33.2,b
3,2020-01-03,Blue Front,-,33.3,=c
4,2020-01-04,civilians,"1,25",33.4,d
5,2020-01-05,civilians,?,n/a,e
"""
OWN_MAPS = ("When=date", "Who=perpetrator", "Dead=killed_best", "Lat=lat", "lon:=44")


def test_words_for_missing_mean_not_given_only_when_that_is_said(run: Run, empty: Path, tmp_path: Path) -> None:
    path, bad = tmp_path / "own.csv", tmp_path / "bad rows.csv"
    path.write_text(OWN, encoding="utf-8")
    ran = run("import", str(path), *mapped(*OWN_MAPS), "--id", "Nr", "--rejects", str(bad))
    assert ran.code == 6
    assert incidents(run).keys() == {"1"}
    assert incidents(run)["1"]["killed_best"] == 1250
    for cure in ("--null unknown", "--null -", "--null n/a", "--null '?'"):
        assert f"or give {cure} if it means “not given”" in ran.err
    assert "“1,25”" not in ran.err
    command = ran.err.rpartition("correct them there and give: ")[2].splitlines()[0]
    said = shlex.split(command)
    assert said[:3] == ["tracker", "import", str(bad)]
    assert bad.read_text(encoding="utf-8").splitlines()[0].startswith("Nr,When,Who,Dead,Lat,\"'=HYPERLINK(")
    bad.write_text(bad.read_text(encoding="utf-8").replace('"1,25"', "125"), encoding="utf-8")
    again = run(*said[1:], "--null", "unknown", "--null", "-", "--null", "?", "--null", "n/a", "--json")
    assert (again.code, again.json[0]["new"], again.json[0]["rejected"]) == (0, 4, 0)
    made = incidents(run)
    assert {key: row["killed_best"] for key, row in made.items()} == {"1": 1250, "2": 3, "3": None, "4": 125, "5": None}
    assert (made["2"]["date_edtf"], made["5"]["lat"], made["2"]["dataset"]) == (None, None, "own")
    assert made["3"]["extra"]['=HYPERLINK("x")'] == "=c"
    kinds = {row["name"]: (row["kind"], row["generic"]) for row in run("export", "actors", "--format", "jsonl").json}
    assert kinds["Blue Front"][0] == "other"
    assert kinds["Government of Iraq"][0] == "government"
    assert kinds["Gunmen"] == ("armed_group", True)


def test_null_is_for_lists_only(run: Run, empty: Path) -> None:
    ran = run("import", str(GED / "GEDEvent_v22_1.csv"), "--null", "-")
    assert (ran.code, "--null: is for lists" in ran.err) == (2, True)


def test_the_command_for_corrected_rows_says_all_that_was_said() -> None:
    wanted = Wanted(("A b=date", "-x=lat"), "my set", "Nr", ("%d.%m.%Y",), "dmy", date(2020, 1, 2), ("-", "n/a"))
    assert shlex.split(wanted.command("bad.csv")) == [
        "tracker", "import", "bad.csv", "--map", "A b=date", "--map=-x=lat", "--id", "Nr", "--dataset", "my set",
        "--date-format", "%d.%m.%Y", "--date-order", "dmy", "--anchor", "2020-01-02", "--null=-", "--null", "n/a",
    ]  # fmt: skip
