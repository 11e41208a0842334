"""Merging two actors moves every link, and taking it back, at once or much later, leaves nothing changed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from casework import actor, alive, everything, history, incident, involvement, source, statement
from conftest import Store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.errors import Conflict, UsageError
from tracker.store.casebook import Casebook
from tracker.store.database import Database, database


def two_actors_in_use(book: Casebook) -> tuple[int, int, int]:
    """(kept, gone, another): the first two with every kind of link, some of them the same, some to each other."""
    kept, gone, third = actor(book, "Al-Sahil Front"), actor(book, "Sahil Brigade"), actor(book, "Coast Guard")
    key = incident(book)
    origin = source(book)
    said = statement(book, gone, source_id=origin)
    other = statement(book, third)
    for name in ("ASF", "The Front"):
        book.add("actor_name", {"actor_id": gone, "name": name})
    involvement(book, key, gone)
    involvement(book, key, third, "target", asserted_by_id=gone, stance="accuses")
    book.add("tally", {"incident_id": key, "measure": "killed", "low": 1, "asserted_by_id": gone})
    for one in (kept, gone):
        book.add("statement_actor", {"statement_id": other, "actor_id": one, "role": "target"})
    book.add("statement_actor", {"statement_id": other, "actor_id": gone, "role": "addressee"})
    book.add("relation", {"from_actor_id": gone, "type": "rival_of", "to_actor_id": kept})
    book.add("relation", {"from_actor_id": gone, "type": "member_of", "to_actor_id": third, "asserted_by_id": kept})
    span = book.add("evidence", {"source_id": origin, "start": 0, "end": 4}).id
    book.add("citation", {"evidence_id": span, "actor_id": gone})
    book.add("citation", {"evidence_id": span, "statement_id": said})
    return kept, gone, third


REFERENCES = [
    ("actor_name", "actor_id"), ("involvement", "actor_id"), ("involvement", "asserted_by_id"),
    ("tally", "asserted_by_id"), ("statement", "speaker_id"), ("statement_actor", "actor_id"),
    ("relation", "from_actor_id"), ("relation", "to_actor_id"), ("relation", "asserted_by_id"),
    ("citation", "actor_id"),
]  # fmt: skip


def links_of(where: Database, key: int) -> list[tuple[str, int]]:
    rows = alive(where)
    return [(kind, found) for kind, column in REFERENCES for found, row in rows[kind].items() if row[column] == key]


def test_every_link_moves_and_the_name_stays_as_another_name(store: Store) -> None:
    book = store.casebook()
    kept, gone, _ = two_actors_in_use(book)
    told = book.merge(kept, gone).sentence
    assert told.startswith(f"Merged A-{gone} Sahil Brigade into A-{kept} Al-Sahil Front; ")
    assert links_of(store.database, gone) == []
    names = {row["name"] for row in alive(store.database)["actor_name"].values() if row["actor_id"] == kept}
    assert names == {"ASF", "The Front", "Sahil Brigade"}
    lost = everything(store.database)["actor"][gone]
    assert (lost["deleted"], lost["merged_into_id"]) == (True, kept)
    relations = alive(store.database)["relation"].values()
    assert [(row["from_actor_id"], row["type"]) for row in relations] == [(kept, "member_of")]
    roles = [row["role"] for row in alive(store.database)["statement_actor"].values() if row["actor_id"] == kept]
    assert sorted(roles) == ["addressee", "target"]


def test_undo_of_a_merge_restores_every_link_and_redo_does_it_again(store: Store) -> None:
    book = store.casebook()
    kept, gone, _ = two_actors_in_use(book)
    before = everything(store.database)
    book.merge(kept, gone)
    merged = alive(store.database)
    book.undo()
    after = everything(store.database)
    assert {kind: set(after[kind]) - set(before[kind]) for kind in after if set(after[kind]) != set(before[kind])} == {
        "actor_name": {max(after["actor_name"])}
    }
    assert alive(store.database) == {kind: rows for kind, rows in before.items()}
    book.redo()
    assert alive(store.database) == merged


def test_unmerge_after_later_work_keeps_that_work(store: Store) -> None:
    ann, bob = store.casebook("ann"), store.casebook("bob")
    kept, gone, third = two_actors_in_use(ann)
    before = alive(store.database)
    ann.merge(kept, gone)
    (link,) = [key for key, row in before["involvement"].items() if row["actor_id"] == gone]
    bob.edit("involvement", link, {"notes": "seen by two witnesses"}, version=None)
    bob.edit("actor", kept, {"country": "SYR"}, version=None)
    later = involvement(bob, incident(bob, "Later"), kept)
    told = bob.unmerge(gone).sentence
    assert told.startswith(f"Unmerged A-{gone} Sahil Brigade; ")
    now = alive(store.database)
    assert now["involvement"][link] == before["involvement"][link] | {"notes": "seen by two witnesses"}
    assert now["actor"][kept] == before["actor"][kept] | {"country": "SYR"}
    assert now["involvement"][later]["actor_id"] == kept
    for kind in ("actor_name", "statement", "statement_actor", "relation", "tally", "citation"):
        assert now[kind] == before[kind], kind
    assert now["actor"][third] == before["actor"][third]
    with pytest.raises(UsageError, match="was not merged"):
        bob.unmerge(gone)
    bob.undo()
    assert links_of(store.database, gone) == []
    bob.unmerge(gone)
    assert alive(store.database) == now


def test_unmerge_is_refused_while_the_kept_actor_is_itself_merged_away(store: Store) -> None:
    book = store.casebook()
    kept, gone, third = two_actors_in_use(book)
    first = alive(store.database)
    book.merge(kept, gone)
    book.merge(third, kept)
    before = everything(store.database), history(store.database)
    with pytest.raises(Conflict, match="cannot be undone"):
        book.unmerge(gone)
    assert (everything(store.database), history(store.database)) == before
    book.unmerge(kept)
    book.unmerge(gone)
    assert alive(store.database) == first


def test_what_is_never_merged(sqlite_store: Store) -> None:
    book = sqlite_store.casebook()
    named, described = actor(book, "Al-Sahil Front"), actor(book, "a coastal militia", generic=True)
    gone = actor(book, "Gone")
    book.delete("actor", [gone])
    before = history(sqlite_store.database)
    with pytest.raises(UsageError, match="never one"):
        book.merge(named, described)
    with pytest.raises(UsageError, match="same actor"):
        book.merge(named, named)
    with pytest.raises(UsageError, match="deleted or merged already"):
        book.merge(named, gone)
    with pytest.raises(UsageError, match="no such actor"):
        book.merge(named, 999)
    assert history(sqlite_store.database) == before


ACTOR = st.integers(0, 3)
LINK = st.one_of(
    st.tuples(st.just("involvement"), ACTOR, st.sampled_from(["perpetrator", "target"]), st.none() | ACTOR),
    st.tuples(st.just("relation"), ACTOR, ACTOR, st.none() | ACTOR),
    st.tuples(
        st.just("statement"), ACTOR, st.lists(st.tuples(ACTOR, st.sampled_from(["target", "addressee"])), max_size=3)
    ),
    st.tuples(st.just("actor_name"), ACTOR, st.sampled_from(["ASF", "Actor 0", "actor-1"])),
)


def put(book: Casebook, actors: list[int], where: int, link: tuple[object, ...]) -> None:
    """Write one drawn link, leaving out those the rules forbid."""
    match link:
        case ("involvement", int(one), str(role), says):
            by = actors[says] if isinstance(says, int) else None
            involvement(book, where, actors[one], role, asserted_by_id=by)
        case ("relation", int(one), int(two), says) if one != two:
            by = actors[says] if isinstance(says, int) else None
            values = {"from_actor_id": actors[one], "to_actor_id": actors[two], "type": "backs", "asserted_by_id": by}
            book.add("relation", values)
        case ("statement", int(one), list(others)):
            said = statement(book, actors[one])
            for other, role in dict.fromkeys(others):
                book.add("statement_actor", {"statement_id": said, "actor_id": actors[other], "role": role})
        case ("actor_name", int(one), str(name)):
            book.add("actor_name", {"actor_id": actors[one], "name": name})


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    links=st.lists(LINK, max_size=8),
    merges=st.lists(st.tuples(ACTOR, ACTOR), min_size=1, max_size=3),
    edit=st.booleans(),
)
def test_any_merges_taken_back_leave_the_database_as_it_was(
    sqlite_template: Path, links: list[tuple[object, ...]], merges: list[tuple[int, int]], edit: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        where = database(str(shutil.copy(sqlite_template, Path(folder) / "case.db")))
        with Casebook(where, "ann") as book:
            actors = [actor(book, f"Actor {n}") for n in range(4)]
            place = incident(book)
            for link in links:
                put(book, actors, place, link)
            before = alive(where)
            gone: list[int] = []
            for keep, lose in merges:
                if keep != lose and not {actors[keep], actors[lose]} & set(gone):
                    book.merge(actors[keep], actors[lose])
                    gone.append(actors[lose])
                    assert links_of(where, actors[lose]) == []
            if edit:
                book.edit("incident", place, {"summary": "worked on since"}, version=None)
            for lost in reversed(gone):
                book.unmerge(lost)
            if edit:
                before["incident"][place]["summary"] = "worked on since"
            assert alive(where) == before


def test_a_merge_whose_unmerge_was_undone_and_done_again_is_in_force_no_longer(store: Store) -> None:
    book = store.casebook()
    kept, gone, _ = two_actors_in_use(book)
    before = alive(store.database)
    book.merge(kept, gone)
    merged = alive(store.database)
    book.unmerge(gone)
    for _ in range(2):
        book.undo()
        assert alive(store.database) == merged
        book.redo()
        assert alive(store.database) == before
        with pytest.raises(UsageError, match="was not merged"):
            book.unmerge(gone)
    book.undo()
    book.unmerge(gone)
    assert alive(store.database) == before
