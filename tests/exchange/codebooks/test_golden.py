"""The example case in each codebook is, byte for byte, the one kept; run with TRACKER_GOLDEN=write to renew it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Store

from codebooks.making import exported
from tracker import clock
from tracker.exchange.case import load_seeds
from tracker.exchange.codebooks import TARGETS


@pytest.fixture
def seeded(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(clock, "now", lambda: "2026-01-01T12:00:00Z")
    load_seeds(store.database, "ann")
    return store


@pytest.mark.parametrize("target", TARGETS)
def test_the_example_case_is_written_as_it_is_kept(
    seeded: Store, target: str, fixtures: Callable[[str], Path], tmp_path: Path
) -> None:
    made = exported(seeded, target, tmp_path)
    assert exported(seeded, target, tmp_path).data == made.data
    for name, found in (
        (f"case.{target}{TARGETS[target]}", made.data),
        (f"case.{target}.loss.csv", (tmp_path / f"{target}.loss.csv").read_bytes()),
    ):
        kept = fixtures("golden/codebooks") / name
        if os.environ.get("TRACKER_GOLDEN") == "write":
            kept.write_bytes(found)
        assert found == kept.read_bytes(), f"{name}: look at the difference; TRACKER_GOLDEN=write keeps the new one"
