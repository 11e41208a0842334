"""What a file holds: a dataset only when its columns say so, and of unknown columns what is near and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.errors import UsageError
from tracker.exchange.profile import load
from tracker.exchange.profile.detection import absent
from tracker.exchange.recognising import Asked, recognised


def put(path: Path, *header: str) -> Path:
    """A file of these columns and one row."""
    path.write_text(",".join(header) + "\n" + ",".join("1" for _ in header) + "\n", encoding="utf-8")
    return path


def test_a_few_columns_of_a_dataset_do_not_make_a_file_one(tmp_path: Path) -> None:
    drones = put(tmp_path / "drones.csv", "eventid", "year", "attacktype1_txt", "gname", "nkill", "drone")
    with pytest.raises(UsageError) as refusal:
        recognised(drones, Asked())
    said = str(refusal.value)
    assert said.startswith(f"{drones}:1: its 6 columns (eventid, year, attacktype1_txt, gname, nkill, drone) fit no")
    assert "the nearest profile is gtd, for which it lacks country_txt, targtype1_txt, weaptype1_txt, nwound." in said
    assert "--map COLUMN=FIELD" in said
    assert "tracker profiles gtd > my.toml" in said
    assert "--profile my.toml" in said


@pytest.mark.parametrize(
    "header", [("time", "event_type", "target", "city", "killed"), ("id", "date", "event", "actor", "text")]
)
def test_common_words_are_no_dataset(tmp_path: Path, header: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="fit no dataset"):
        recognised(put(tmp_path / "x.csv", *header), Asked())


def test_a_list_of_four_common_columns_is_one_with_and_without_the_notes_of_rejects(tmp_path: Path) -> None:
    four = ("time", "event_type", "target", "city")
    for header in (four, (*four, "_record", "_line", "_column", "_reason", "_dataset", "_release")):
        found = recognised(put(tmp_path / "x.csv", *header), Asked()).profile
        assert found is not None
        assert found.name == "sigacts"


def test_a_dataset_cut_down_at_home_is_taken_and_told(fixtures_gtd: Path) -> None:
    found = recognised(fixtures_gtd, Asked())
    assert found.profile is not None
    assert found.profile.name == "gtd"
    (told,) = found.told
    assert "8 of the 34 columns" in told
    assert "iyear, imonth, iday" in told
    assert "--map" in told


@pytest.fixture
def fixtures_gtd() -> Path:
    """A GTD table with other names for year, month and day, and fewer columns."""
    return Path(__file__).parents[2] / "fixtures" / "datasets" / "gtd" / "home_made_sep_semicolon.csv"


def test_what_is_near_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no profile comes near"):
        recognised(put(tmp_path / "x.csv", "Nr", "Wann", "Wo"), Asked())


def test_absent_columns_are_those_by_their_usual_names() -> None:
    lacks, read = absent(load("gtd"), ["eventid", "Year", "IMONTH"])
    assert "iyear" in lacks
    assert "imonth" not in lacks
    assert read > len(lacks)
