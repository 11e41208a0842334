"""An article is taken in once, whole, as one step; newer rules replace only what nobody has decided on."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from casework import alive, everything, history, source, statement
from conftest import Store
from deskwork import SHA, SOURCE, TEXT, span, suggestions, take_in

from tracker.errors import UsageError, ValueRefused
from tracker.store.casebook import Casebook
from tracker.store.check import check
from tracker.store.ledger import Act
from tracker.store.reading_desk import article, known_actors, queue
from tracker.store.workbench import Suggested, add_all


def statuses(store: Store, source_id: int) -> dict[str, int]:
    with store.reader() as reader:
        found = [one.status for one in queue(reader, source_id)]
    return {status: found.count(status) for status in sorted(set(found))}


def test_taking_in_writes_the_source_the_text_and_every_suggestion_in_one_action(store: Store) -> None:
    done = take_in(store.casebook())
    assert (done.new, done.pending, done.superseded) == (True, 9, {})
    assert done.sentence == "Took in SRC-1 Harbour of Qasr shelled: 9 suggestions"
    with store.reader() as reader:
        kept = article(reader, done.source_id)
        found = queue(reader, done.source_id)
        assert check(reader).problems == ()
    assert (kept.text, kept.sha256, kept.published, kept.publisher) == (TEXT, SHA, "2024-05-01", "Coast Post")
    assert [one.start for one in found] == sorted(one.start for one in found)
    one = next(one for one in found if one.kind == "statement")
    given = suggestions()[5]
    assert (one.spans, one.value, one.confidence, one.reason, one.rule, one.status) == (
        {role: tuple(stretches) for role, stretches in given.spans.items()}, given.value, 0.97, given.reason,
        given.rule, "pending",
    )  # fmt: skip
    assert (TEXT[one.start : one.end], one.made, one.decided_by) == ("“We will answer every shell,”", "", "")
    assert [row[:4] for row in history(store.database)[:1]] == [(1, "ann", "ingest", done.sentence)]


def test_the_same_text_again_adds_nothing(store: Store) -> None:
    book = store.casebook()
    first = take_in(book)
    before = everything(store.database), history(store.database)
    again = take_in(book)
    assert (again.new, again.source_id, again.pending, again.action) == (False, first.source_id, 9, 0)
    assert again.sentence == "SRC-1 is there already: 9 suggestions wait"
    assert (everything(store.database), history(store.database)) == before


def test_undo_takes_an_article_back_and_redo_brings_it_again(store: Store) -> None:
    book = store.casebook()
    before = alive(store.database)
    done = take_in(book)
    after = alive(store.database)
    book.undo()
    assert alive(store.database) == before
    book.redo()
    assert alive(store.database) == after
    book.undo()
    assert take_in(book).source_id != done.source_id


def test_newer_rules_replace_what_waits_and_keep_what_was_decided(store: Store) -> None:
    book = store.casebook()
    done = take_in(book)
    with store.reader() as reader:
        waiting = queue(reader, done.source_id)
    said = next(one for one in waiting if one.kind == "statement")
    noise = next(one for one in waiting if one.kind == "noise")
    book.decide(said.id, "accepted", version=said.version)
    book.decide(noise.id, "rejected", version=noise.version)
    before = alive(store.database)
    newer = [one._replace(confidence=0.5) for one in suggestions() if one.kind != "incident"]
    again = take_in(book, engine="hand-2", suggested=newer)
    # The statement, its speaker and the noise line were decided on; the incident is proposed no more.
    assert (again.new, again.pending) == (False, 5)
    assert statuses(store, done.source_id) == {"accepted": 2, "pending": 5, "rejected": 1}
    assert {row["engine_version"] for row in pending(store)} == {"hand-2"}
    assert alive(store.database, ["statement", "actor", "evidence"]) == {
        kind: before[kind] for kind in ("statement", "actor", "evidence")
    }
    book.undo()
    assert alive(store.database) == before


def pending(store: Store) -> list[dict[str, Any]]:
    rows = alive(store.database, ["suggestion"])["suggestion"].values()
    return [row for row in rows if row["status"] == "pending"]


def test_a_source_that_was_pinned_gets_its_text_and_what_is_coded_needs_no_decision(store: Store) -> None:
    book = store.casebook()
    origin = source(book, sha256=SHA)
    start, end = span("We will answer every shell")
    speaker = book.add("actor", {"name": "Ilyas Verran", "kind": "person"}).id
    said = statement(book, speaker, "We will answer every shell", source_id=origin)
    evidence = book.add("evidence", {"source_id": origin, "start": start, "end": end, "exact": None}).id
    book.add("citation", {"evidence_id": evidence, "statement_id": said, "field": "quote"})
    done = take_in(book)
    assert (done.source_id, done.new, done.pending) == (origin, True, 8)
    assert done.sentence == f"SRC-{origin} has its text now: 8 suggestions wait"
    with store.reader() as reader:
        coded = next(one for one in queue(reader, origin) if one.kind == "statement")
        assert check(reader).good_spans == 1
    assert (coded.status, coded.made) == ("accepted", f"S-{said}")


def test_a_text_in_another_encoding_can_be_checked_later(store: Store) -> None:
    text = "The envoy said: “Nothing.”"
    data = text.encode("cp1252")
    store.casebook().ingest(
        {"title": "Wire", "kind": "wire"}, text, hashlib.sha256(data).hexdigest(), [], engine="hand", encoding="cp1252"
    )
    with store.reader() as reader:
        assert check(reader).problems == ()


@pytest.mark.parametrize(
    "given",
    [
        Suggested("statement", {"quote": [(0, len(TEXT) + 1)]}, {}, 0.5, "", ""),
        Suggested("statement", {"quote": [(5, 5)]}, {}, 0.5, "", ""),
        Suggested("statement", {"quote": [(-1, 5)]}, {}, 0.5, "", ""),
    ],
)
def test_a_span_outside_the_text_is_refused_and_nothing_is_kept(store: Store, given: Suggested) -> None:
    before = everything(store.database), history(store.database)
    with pytest.raises(UsageError, match="suggestion 1: its quote"):
        take_in(store.casebook(), suggested=[given])
    assert (everything(store.database), history(store.database)) == before


def test_a_suggestion_without_a_kind_is_refused(store: Store) -> None:
    with pytest.raises(ValueRefused, match="kind"):
        take_in(store.casebook(), suggested=[Suggested("", {}, {}, 0.5, "", "")])


def test_many_rows_at_once_are_kept_as_one_by_one(store: Store) -> None:
    book: Casebook = store.casebook()
    origin = source(book)
    row = {"source_id": origin, "text_sha256": SHA, "kind": "date", "status": "pending", "value": {"n": None}}
    with book.action("test", "one by one") as act:
        act.add("suggestion", row)
    with book.action("test", "many at once") as act:
        add_all(act, "suggestion", [row, row])
        assert isinstance(act, Act)
        assert act.touched == 2
    one, *many = alive(store.database, ["suggestion"])["suggestion"].values()
    for other in many:
        assert {k: v for k, v in other.items() if k not in ("id", "uid", "created_at")} == {
            k: v for k, v in one.items() if k not in ("id", "uid", "created_at")
        }
    changes = store.sql("SELECT changes FROM revision WHERE kind = 'suggestion' ORDER BY id")
    assert changes[0] == changes[1] == changes[2]
    with store.reader() as reader:
        assert check(reader).problems == ()


def test_known_actors_bring_their_names_and_offices(store: Store) -> None:
    book = store.casebook()
    guard = book.add("actor", {"name": "Coast Guard", "kind": "state_forces", "country": "IRQ"}).id
    verran = book.add("actor", {"name": "Ilyas Verran", "kind": "person", "role_title": "Colonel"}).id
    book.add("actor_name", {"actor_id": verran, "name": "Verran"})
    book.add("relation", {
        "from_actor_id": verran, "type": "holds_office_in", "to_actor_id": guard, "detail": "Commander",
        "held_edtf": "2020/..", "held_earliest": "2020-01-01",
    })  # fmt: skip
    with store.reader() as reader:
        first, second = known_actors(reader)
    assert first[1:] == ("Coast Guard", "state_forces", (), False, "IRQ", "", ())
    assert second[1:] == (
        "Ilyas Verran", "person", ("Verran",), False, "", "Colonel", (("Commander", "2020-01-01", ""),),
    )  # fmt: skip


def test_a_source_that_is_not_there_is_told(store: Store) -> None:
    with store.reader() as reader, pytest.raises(UsageError, match="SRC-7"):
        article(reader, 7)
    assert SOURCE["title"] == "Harbour of Qasr shelled"
