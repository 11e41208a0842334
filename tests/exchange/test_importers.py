"""Importers of other packages: found by their entry point, given a file, and told by name when they fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.errors import Refused, UsageError
from tracker.exchange.importers import imported, names
from tracker.exchange.profile.mapping import Wanted
from tracker.exchange.recognising import Asked, header, recognised

CODE = """
def identify(source):
    with source.open() as file:
        return file.read(8) == b"%FIRELOG"


def rows(source):
    with source.open() as file:
        for line in file.read().decode().splitlines()[1:]:
            when, where, dead = line.split("|")
            {body}
"""
GOOD = 'yield {"When": when, "Where": where, "Dead": int(dead) if dead else None, "Raw": {"line": line}}'
Install = Callable[[str, str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a distribution with an importer whose rows are made by these lines where Python finds it."""

    def put(body: str, name: str) -> None:
        site = tmp_path / "site"
        made = site / f"{name}-1.0.dist-info"
        made.mkdir(parents=True)
        (site / f"{name}.py").write_text(CODE.replace("{body}", body), encoding="utf-8")
        (made / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
        (made / "entry_points.txt").write_text(f"[tracker.importers]\nfirelog = {name}\n", encoding="utf-8")
        monkeypatch.syspath_prepend(str(site))

    return put


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A file that no reader of ours knows."""
    path = tmp_path / "harbour.fire"
    path.write_bytes(b"%FIRELOG\x00\n2019-03-02|Grj\xc3\xb3tv\xc3\xadk|3\n2019-03-04|Haven|\n")
    return path


def test_rows_of_an_importer_are_read_by_map(install: Install, log: Path) -> None:
    install(GOOD, "firelog_good")
    assert names() == ("firelog",)
    wanted = Wanted(("When=date", "Where=place_name", "Dead=killed_best"))
    found = recognised(log, Asked(wanted=wanted))
    assert found.profile is not None
    assert (found.profile.dataset, found.source.name) == ("harbour", "harbour.fire")
    assert found.told == ("harbour.fire: read by the importer “firelog”",)
    grid = found.source.grid(found.profile.input)
    harvester = found.profile.bind(grid)
    (block,) = list(grid.blocks())
    incoming, rejected = harvester.harvest(block, harvester.key(block.rows))
    assert not rejected
    assert incoming.incident["place_name"] == ["Grjótvík", "Haven"]
    assert incoming.incident["killed_best"] == [3, None]
    assert list(incoming.incident["date_edtf"]) == ["2019-03-02", "2019-03-04"]


def test_rows_may_be_of_a_known_dataset_or_of_our_own_columns(install: Install, log: Path) -> None:
    install('yield {"title": where, "category": "unknown", "date": when}', "firelog_own")
    found = recognised(log, Asked())
    assert found.profile is None
    assert header(found.source) == ("title", "category", "date")


def test_rows_that_nobody_knows_are_told_like_any_file(install: Install, log: Path) -> None:
    install(GOOD, "firelog_unknown")
    with pytest.raises(UsageError, match=r"harbour\.fire:1: its \d columns .* fit no dataset .* --map COLUMN=FIELD"):
        recognised(log, Asked())


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("raise KeyError('when')", "KeyError: 'when'"),
        ("yield [when]", "row 1 is no dict"),
        ("yield {1: when}", "row 1 is no dict"),
        ("yield {'a': float('nan')}", "ValueError"),
        ("yield {'a': object()}", "TypeError"),
        ("yield {'a': chr(0xD800)}", "UnicodeEncodeError"),
        ("raise type('Lost', (Exception,), {})('no log')", "Lost: no log"),
    ],
)
def test_an_importer_that_fails_is_one_sentence_with_its_name(install: Install, log: Path, body: str, why: str) -> None:
    install(body, f"firelog_{abs(hash(body))}")
    with pytest.raises(Refused) as refusal:
        imported(log)
    said = str(refusal.value)
    assert said.startswith("harbour.fire: the importer “firelog”")
    assert why in said
    assert "--map" in said
    assert "\n" not in said


def test_an_importer_that_cannot_be_loaded_is_told(install: Install, log: Path) -> None:
    install("yield ((", "firelog_broken")
    with pytest.raises(Refused, match=r"“firelog” \(firelog_broken\) failed while looking at it \(SyntaxError"):
        imported(log)


def test_what_no_importer_knows_stays_what_it_was(install: Install, tmp_path: Path) -> None:
    install(GOOD, "firelog_other")
    path = tmp_path / "x.bin"
    path.write_bytes(b"PK\x03\x04broken")
    with pytest.raises(Refused, match=r"x\.bin"):
        recognised(path, Asked())
