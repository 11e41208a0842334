"""Every dataset file of fixtures/datasets gives what its golden file says, and gives its own columns back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from golden import DATASETS, ENDING, files, golden, harvested, opened

from tracker.exchange import profile as profiles
from tracker.exchange.sources import open_source

FILES = files()
GED = DATASETS / "ucdp-ged"


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def prints(path: Path) -> dict[str, int]:
    grid, harvester = opened(path)
    found: dict[str, int] = {}
    for block in grid.blocks():
        found |= zip(harvester.key(block.rows), harvester.fingerprints(block.rows), strict=True)
    return found


@pytest.mark.parametrize("path", FILES, ids=named)
def test_file_gives_what_its_golden_file_says(path: Path) -> None:
    assert harvested(path) == golden(path).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", FILES, ids=named)
def test_file_is_known_as_one_of_the_dataset_whose_folder_it_is_in(path: Path) -> None:
    with open_source(path) as source:
        found = profiles.detect(source)
    assert found is not None
    assert found.name == path.parent.name


@pytest.mark.parametrize("path", FILES, ids=named)
def test_columns_of_the_dataset_come_back_as_they_were_read(path: Path) -> None:
    grid, harvester = opened(path)
    if harvester.profile.keep != "all":
        pytest.skip("this profile keeps only what the records do not say")
    records = 0
    for block in grid.blocks():
        keys = harvester.key(block.rows)
        incoming, refused = harvester.harvest(block, keys)
        out = {one.number for one in refused}
        taken = [row for number, row in zip(block.numbers, block.rows, strict=True) if number not in out]
        for row, kept in zip(taken, incoming.incident["extra"], strict=True):
            assert isinstance(kept, str)
            assert json.loads(kept) == {name: cell for name, cell in zip(grid.header, row, strict=True) if cell}
            records += 1
    assert records


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_profile_shipped_has_a_file_and_every_file_a_line(path: Path) -> None:
    told = (DATASETS / "README.md").read_text(encoding="utf-8")
    assert path.name in told
    assert {one.parent.name for one in FILES} == set(profiles.names())


def test_no_golden_file_is_left_without_its_dataset_file() -> None:
    assert {path.name.removesuffix(ENDING) for path in DATASETS.rglob("*" + ENDING)} == {path.name for path in FILES}


def test_sources_of_a_map_are_not_taken_for_incidents() -> None:
    with open_source(DATASETS / "timemap" / "sources_2022-11-05.json") as source:
        assert profiles.detect(source) is None


def test_later_release_has_ids_in_common_changed_gone_and_new() -> None:
    old, new = (prints(GED / f"GEDEvent_v{release}.csv") for release in ("22_1", "23_1"))
    assert sorted(old.keys() - new.keys()) == ["700013", "700014"]
    assert sorted(new.keys() - old.keys()) == ["700020", "700021", "700022", "700030"]
    changed = sorted(key for key in old.keys() & new.keys() if old[key] != new[key])
    assert changed == ["700002", "700003", "700007", "700009", "700011", "700012"]
    assert len(old.keys() & new.keys()) == 12
