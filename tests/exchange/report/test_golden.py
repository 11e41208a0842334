"""The report on the example case is, byte for byte, the one that is kept; run with TRACKER_GOLDEN=write to renew it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Store

from report.making import written
from tracker.exchange.case import load_seeds
from tracker.store.database import Database


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_example_case_reads_as_it_is_kept(seeded: Database, form: str, fixtures: Callable[[str], Path]) -> None:
    kept = fixtures("golden/report") / f"case.{form}"
    found = written(seeded, form)
    if os.environ.get("TRACKER_GOLDEN") == "write":
        kept.write_text(found, encoding="utf-8", newline="\n")
    assert found == kept.read_text(encoding="utf-8"), "look at the difference; TRACKER_GOLDEN=write keeps the new one"


@pytest.mark.parametrize("form", ["md", "html"])
def test_both_engines_and_both_runs_give_the_same_bytes(
    store: Store, seeded: Database, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if store.database.dialect == "postgresql":
        load_seeds(store.database, "ann")
    where = seeded if store.database.dialect == "sqlite" else store.database
    first = written(where, form)
    assert first == written(where, form)
    assert first == written(seeded, form)


def test_nothing_but_the_data_tells_the_time(seeded: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(seeded, "html")
    from tracker import clock

    monkeypatch.setattr(clock, "now", lambda: "2030-01-01T00:00:00Z")
    assert written(seeded, "html") == first
    assert "2026-01-01 12:00 UTC" in first
