"""Rows read ahead by a second process: the same as without it, its refusals told, its death survived."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from casework import everything
from conftest import ROOT, Store

from tracker.errors import Refused
from tracker.exchange import dataset_reading, datasets
from tracker.exchange.dataset_reading import Piece, read, read_ahead
from tracker.exchange.dataset_result import Result, Wish
from tracker.exchange.dataset_rows import Run
from tracker.exchange.grid import Grid
from tracker.exchange.profile import load
from tracker.exchange.profile.harvest import Harvester
from tracker.exchange.sources import open_source

GED = ROOT / "fixtures" / "datasets" / "ucdp-ged" / "GEDEvent_v22_1.csv"


def bound(path: Path) -> tuple[Grid, Harvester]:
    """A file and what harvests it."""
    profile = load("ucdp-ged")
    grid = open_source(path).grid(profile.input)
    return grid, profile.bind(grid)


def many(path: Path, *, rows: int = 5_000, bad: bool = False) -> Path:
    """A file of several blocks with every id twice in a while, and a date that is none in its last row."""
    header, first = GED.read_text(encoding="utf-8").splitlines()[:2]
    identity, _, rest = first.partition(",")
    assert identity.isdigit()
    lines = [f"{number},{rest}" for number in (*range(1, rows), 7, rows // 2)]
    if bad:
        lines.append(f"{rows},{rest}".replace("20", "x"))
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def shown(piece: Piece) -> tuple[object, ...]:
    """What there is in a piece, with its rows."""
    return piece.keys, piece.prints, piece.faulty, piece.block


def test_ahead_come_the_same_pieces(tmp_path: Path) -> None:
    path = many(tmp_path / "ged.csv")
    (here, harvester), (there, other) = bound(path), bound(path)
    plain = list(read(here, harvester))
    ahead: list[Piece] = []
    for piece in read_ahead(there, other):
        # Asked for while the piece is the newest: then the next, and then those before it, are passed on in order.
        assert len(ahead) % 3 or shown(piece) == shown(plain[len(ahead)])
        ahead.append(piece)
    assert [(one.keys, one.prints, one.faulty) for one in ahead] == [
        (one.keys, one.prints, one.faulty) for one in plain
    ]
    with pytest.raises(LookupError):
        assert ahead[1].block
    assert len(plain) > 4
    for one, two in zip(plain, ahead, strict=True):
        assert two.harvest is not None
        assert harvester.harvest(one.block, one.keys, one.prints) == (two.harvest.incoming, two.harvest.rejected)
    assert sum((two.harvest.warnings for two in ahead if two.harvest), start=harvester.warnings.__class__()) == (
        harvester.warnings
    )
    assert (there.sha256, there.notes, there.removed) == (here.sha256, here.notes, here.removed)


@pytest.mark.parametrize("bad", [False, True])
def test_an_import_comes_to_the_same(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: bool
) -> None:
    path = many(tmp_path / "ged.csv", bad=bad)
    pieces: list[bool] = []
    take = Run.take

    def noting(run: Run, piece: Piece) -> None:
        pieces.append(piece.harvest is not None)
        take(run, piece)

    monkeypatch.setattr(Run, "take", noting)

    def imported(ahead: bool) -> Result:
        monkeypatch.setattr(datasets, "can_read_ahead", lambda expected: ahead)
        source = open_source(path)
        return datasets.import_dataset(source, load("ucdp-ged"), sqlite_store.database, "ann", Wish(dry_run=True))

    one, two = imported(False), imported(True)
    half = len(pieces) // 2
    assert half
    assert pieces == [False] * half + [True] * half
    assert (one.counts, one.rejected, one.warnings) == (two.counts, two.rejected, two.warnings)
    assert one.counts["repeated"] == 2
    assert one.counts["rejected"] == int(bad)


def test_a_refusal_of_the_child_is_told_and_nothing_kept(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = many(tmp_path / "ged.csv")
    monkeypatch.setattr(datasets, "can_read_ahead", lambda expected: True)
    before = everything(sqlite_store.database)

    def refused(grid: Grid, harvester: Harvester) -> object:
        yield from list(read(grid, harvester))[:2]
        raise Refused("ged.csv:3001: is broken; fetch it again")

    monkeypatch.setattr(dataset_reading, "read", refused)
    with pytest.raises(Refused, match="fetch it again"):
        datasets.import_dataset(open_source(path), load("ucdp-ged"), sqlite_store.database, "ann", Wish())
    assert everything(sqlite_store.database) == before


def test_a_child_that_is_killed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(grid: Grid, harvester: Harvester) -> object:
        yield next(read(grid, harvester))
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(dataset_reading, "read", killed)
    grid, harvester = bound(many(tmp_path / "ged.csv"))
    with pytest.raises(Refused, match="was ended"):
        list(read_ahead(grid, harvester))


def test_leaving_early_ends_the_child(tmp_path: Path) -> None:
    from multiprocessing import active_children

    pieces = read_ahead(*bound(many(tmp_path / "ged.csv")))
    assert next(pieces).keys[:2] == ["1", "2"]
    assert active_children()
    pieces.close()
    assert not active_children()


def test_a_second_process_reads_large_files_where_there_is_room_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threading.active_count", lambda: 1)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("os.sched_getaffinity", lambda pid: {0, 1}, raising=False)
    assert dataset_reading.can_read_ahead(20_000)
    assert not dataset_reading.can_read_ahead(19_999)
    monkeypatch.setattr("threading.active_count", lambda: 2)
    assert not dataset_reading.can_read_ahead(1_000_000)
    monkeypatch.setattr("threading.active_count", lambda: 1)
    monkeypatch.setattr("os.sched_getaffinity", lambda pid: {0}, raising=False)
    assert not dataset_reading.can_read_ahead(1_000_000)
