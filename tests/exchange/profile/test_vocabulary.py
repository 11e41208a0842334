"""The vocabulary of profiles is closed, and a file is known by its header, its columns or its name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from trial import BASE, HEAD

from tracker.errors import UsageError
from tracker.exchange import profile
from tracker.exchange.profile.detection import best
from tracker.exchange.profile.toml import read

EMPTY = '[[rule]]\nwhen = { column = "a", empty = true }\n'


@dataclass
class Looked:
    """A file as detection sees it."""

    name: str = "data.csv"
    head: tuple[tuple[str, ...], ...] = ()
    keys: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("version = 1", "version = 1\nrelaese = 1"), "has no key “relaese”; did you mean “release”?"),
        (("profile = 1", "profile = 9"), "vocabulary 9 is not known here"),
        (('title = "{a}', 'titel = "x"\ntitle = "{a}'), "incident: has no key “titel”; did you mean “title”?"),
        (('3 = "armed_assault"', '3 = "armed_asault"'), "did you mean “armed_assault”?"),
        (("external_id", "extrnal_id"), "did you mean “external_id”?"),
        (("{place}", "{place"), "has a brace without its fellow"),
        (('dataset = "trial"', ""), "“dataset” is missing"),
        (('name = "trial"', "name = 3"), "must be a text in quotation marks"),
        (("profile = 1", "profile = = 1"), "is no TOML"),
        (("[incident]", '[extra]\nkeep = "unmaped"\n[incident]'), "did you mean “unmapped”?"),
        (("[incident]", '[[rule]]\nwhen = { column = "a", equals = "1" }\n[incident]'), "one of set, reject, skip"),
        (("[incident]", '[[rule]]\nwhen = { column = "a" }\nskip = "x"\n[incident]'), "exactly one of equals, in"),
        (("[incident]", EMPTY + 'set = { "actor.1.role" = "victim" }\n[incident]'), "no [[actor]] is 1"),
        (("[incident]", EMPTY + 'set = { "incident.catgory" = "other" }\n[incident]'),
         "did you mean “category”?"),
        (("[incident]", '[[source]]\nparse = "gtd_cite"\nfrom = "a"\n[incident]'), "did you mean “gtd_scite”?"),
        (("[incident]", '[[tally]]\nmeasure = "killed"\n[incident]'), "has no figure"),
        (("[incident]", '[incident]\ndate = { day = "d", format = "%d" }'), "does not say year, month and day"),
        (("[incident]", '[incident]\ndate = { month = "d" }'), "says no column"),
        (("[incident]", '[incident]\ndate = { day = "d", precision = { from = "p", map = { 1 = "hour" } } }'),
         "“hour” is none of them"),
        (("[incident]", '[input]\nheadr = 2\n[incident]'), "did you mean “header”?"),
        (("[incident]", '[match]\ncells = { 1 = "(" }\n[incident]'), "is no regular expression"),
        (('name = "trial"', 'name = "a\\u001b[31m"'), "holds control or invisible characters"),
        (('name = "trial"', f"name = {'9' * 5000}"), "is no TOML"),
        (('name = "trial"', f"name = {'[' * 5000}"), "is nested too deep"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused_with_file_key_and_cure(change: tuple[str, str], sentence: str) -> None:
    with pytest.raises(UsageError) as refusal:
        read(BASE.replace(*change, 1), "mine.toml")
    assert str(refusal.value).startswith("mine.toml: ")
    assert sentence in str(refusal.value)


def test_shipped_profiles_load_and_an_unknown_name_is_told_the_nearest() -> None:
    assert "ucdp-ged" in profile.names()
    for name in profile.names():
        assert profile.load(name).name == name
    with pytest.raises(UsageError, match="did you mean “ucdp-ged”"):
        profile.load("ucdp-gde")
    with pytest.raises(UsageError, match="cannot be read"):
        profile.load("nowhere.toml")


def test_a_users_own_profile_by_path_and_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_CONFIG_DIR", str(tmp_path))
    own = profile.own_folder()
    own.mkdir()
    (own / "trial.toml").write_text(BASE, encoding="utf-8")
    assert profile.load("trial").title == profile.load(str(own / "trial.toml")).title
    assert "trial" in profile.names()


GED = ("id", "year", "date_start", "date_end", "date_prec", "type_of_violence", "side_a", "side_b", "best")


def test_detection_by_header_wherever_it_stands() -> None:
    found = profile.detect(Looked(head=(GED,)))
    assert found is not None
    assert found.name == "ucdp-ged"
    upper = profile.detect(Looked(head=(("A title",), tuple(name.upper() for name in GED))))
    assert upper is not None
    assert upper.input.header == 2
    keys = profile.detect(Looked(keys=("id", "date", "type_of_violence", "best")))
    assert keys is not None
    assert keys.name == "ucdp-ged"
    assert profile.detect(Looked(name="gedevent.csv", head=(("x", "y"),))) is None


def test_detection_of_a_candidate_release_without_header() -> None:
    shipped = profile.load("ucdp-ged")
    row = ["x"] * 49
    row[0], row[5], row[36], row[37], row[38] = "412", "1", "1", "2", "2024-01-01"
    found = best([shipped], Looked(head=(tuple(row),)))
    assert found is not None
    assert found.input.header == 0
    assert found.input.names[0] == "id"
    assert best([shipped], Looked(head=(tuple("x" for _ in row),))) is None


def test_a_header_that_must_not_be_there() -> None:
    mine = read(HEAD + '[match]\nheaders = ["a"]\nnot = ["b"]\n[key]\ncontent = true\n[incident]\ntitle = "a"\n'
                'category = { const = "other" }\n', "x.toml")  # fmt: skip
    assert best([mine], Looked(head=(("a",),))) is mine
    assert best([mine], Looked(head=(("a", "b"),))) is None


@pytest.mark.parametrize(
    ("name", "release"),
    [("GEDEvent_v26_1.csv", "26.1"), ("ged251-csv.zip", "25.1"), ("GEDEvent_v24_0_10.csv", "24.0.10"), ("x.csv", "")],
)
def test_release_from_the_name_of_the_file(name: str, release: str) -> None:
    assert profile.load("ucdp-ged").release_of(name) == release


def test_release_from_a_column() -> None:
    mine = read(BASE.replace("[key]", 'release = { column = "Version" }\n[key]'), "x.toml")
    assert mine.release_of("x.csv", {"version": "2 "}) == "2"


def test_a_broken_profile_of_the_user_is_passed_over_and_told() -> None:
    folder = profile.own_folder()
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text("x = ", encoding="utf-8")
    found, faults = profile.readable()
    assert "ucdp-ged" in {one.name for one in found}
    assert len(faults) == 1
    assert "mine.toml" in faults[0]
    with pytest.raises(UsageError, match=r"mine\.toml"):
        profile.load("mine")
