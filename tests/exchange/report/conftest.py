"""The example case, written at a fixed moment so that its report is always the same."""

from __future__ import annotations

import pytest

from tracker import clock
from tracker.exchange.case import load_seeds
from tracker.store.database import Database


@pytest.fixture
def seeded(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database with the example case, all of it written in the same second."""
    monkeypatch.setattr(clock, "now", lambda: "2026-01-01T12:00:00Z")
    load_seeds(sqlite_database, "ann")
    return sqlite_database
