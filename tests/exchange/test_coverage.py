"""What of an article is not coded: each thing once, and nothing that a caption or a promotion says."""

from __future__ import annotations

import pytest
from casework import source
from conftest import ROOT, Store

from tracker.errors import UsageError
from tracker.exchange.coverage import Coverage, coverage
from tracker.exchange.ingesting import Options, ingest
from tracker.store.reading_desk import queue

HARBOUR = ROOT / "fixtures" / "articles" / "harbour.txt"
TEXT = """Ferry dock hit

Four sailors were hurt on 3 May 2024 when a shell hit the dock, Colonel Ilyas Verran said. “Nobody saw it coming,”
Verran told reporters. He counted 12 shells.
"""


def taken(store: Store, text: bytes) -> int:
    done = ingest(store.database, "ann", text, "dock.txt", Options(published="2024-05-04"))
    return done.source_id


def of(store: Store, source_id: int) -> Coverage:
    with store.reader() as reader:
        return coverage(reader, source_id)


def test_before_anything_is_coded_everything_is_open_and_told_with_its_place(sqlite_store: Store) -> None:
    found = of(sqlite_store, taken(sqlite_store, TEXT.encode()))
    assert found.percent == 0
    assert {(part.kind, part.words) for part in found.open} >= {
        ("quote", "Nobody saw it coming,"), ("number", "Four"), ("number", "12"), ("date", "3 May 2024"),
    }  # fmt: skip
    assert [part.words for part in found.open if part.kind == "number"] == ["Four", "12"]
    assert sum("Verran" in part.words for part in found.open) == 1
    for part in found.parts:
        assert TEXT[part.start : part.end] == part.words


def test_evidence_and_decisions_cover_also_when_they_reject(sqlite_store: Store) -> None:
    book, key = sqlite_store.casebook(), taken(sqlite_store, TEXT.encode())
    with sqlite_store.reader() as reader:
        waiting = queue(reader, key)
    said = next(one for one in waiting if one.kind == "statement" and "Nobody" in one.value["quote"])
    day = next(one for one in waiting if one.kind == "date")
    book.decide(said.id, "accepted", version=None)
    book.decide(day.id, "rejected", version=None)
    start = TEXT.index("12")
    evidence = book.add("evidence", {"source_id": key, "start": start, "end": start + 2}).id
    left = of(sqlite_store, key)
    # A span that no record rests on covers nothing.
    assert ("number", "12") in {(part.kind, part.words) for part in left.open}
    incident = book.add("incident", {"title": "Dock", "category": "other", "status": "reported"}).id
    book.add("citation", {"evidence_id": evidence, "incident_id": incident})
    left = of(sqlite_store, key)
    open_ = {(part.kind, part.words) for part in left.open}
    assert open_.isdisjoint({("number", "12"), ("date", "3 May 2024"), ("quote", "Nobody saw it coming,")})
    assert ("number", "Four") in open_
    assert left.count("quote") == (1, 1)
    assert 0 < (left.percent or 0) < 100


def test_captions_and_promotion_are_not_looked_at(sqlite_store: Store) -> None:
    found = of(sqlite_store, taken(sqlite_store, HARBOUR.read_bytes()))
    words = {part.words for part in found.parts}
    assert "swift reply" not in words
    assert not any("exiled general" in one for one in words)


def test_a_source_without_a_text_is_told_how_to_get_one(sqlite_store: Store) -> None:
    key = source(sqlite_store.casebook())
    with pytest.raises(UsageError, match=f"attach SRC-{key} FILE"):
        of(sqlite_store, key)
