"""The one door for writes: what each call does, what it refuses, and that undo brings back what was there."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from casework import actor, alive, everything, history, ids, incident, involvement, source, statement
from conftest import Store

from tracker.errors import Conflict, Refused, SchemaMismatch, UsageError, ValueRefused
from tracker.store.casebook import Casebook

TEXT = "The envoy said: “We shelled nothing.” Others doubt it."


def row(store: Store, kind: str, record_id: int) -> dict[str, Any]:
    return everything(store.database)[kind][record_id]


def test_add_keeps_the_values_the_defaults_and_who_did_it(store: Store) -> None:
    saved = store.casebook().add("actor", {"name": "Al-Sahil Front", "kind": "armed_group"}, reason="named on page 2")
    kept = row(store, "actor", saved.id)
    assert (kept["name"], kept["name_key"], kept["generic"], kept["deleted"]) == (
        "Al-Sahil Front", "al sahil front", None, False,
    )  # fmt: skip
    assert (saved.ref, saved.version, saved.uid) == (f"A-{saved.id}", 1, kept["uid"])
    assert saved.sentence == f"Added A-{saved.id} Al-Sahil Front"
    assert store.sql("SELECT who, verb, sentence, reason FROM action") == [
        ("ann", "add", saved.sentence, "named on page 2")
    ]


def test_not_reported_is_not_zero(store: Store) -> None:
    book = store.casebook()
    unknown, none = incident(book), incident(book, killed_best=0)
    assert row(store, "incident", unknown)["killed_best"] is None
    assert row(store, "incident", none)["killed_best"] == 0


def test_the_same_uid_twice_is_written_once_and_with_other_values_refused(store: Store) -> None:
    book = store.casebook()
    values = {"name": "Al-Sahil Front", "kind": "armed_group"}
    first = book.add("actor", values, uid="0f-1")
    before = history(store.database)
    again = book.add("actor", values, uid="0f-1")
    assert (again.id, again.version, again.action) == (first.id, 1, 0)
    with pytest.raises(Conflict, match="other values") as caught:
        book.add("actor", values | {"name": "Another"}, uid="0f-1")
    assert caught.value.theirs["name"] == "Al-Sahil Front"
    assert history(store.database) == before


def test_a_deleted_uid_is_not_written_over(store: Store) -> None:
    book = store.casebook()
    saved = book.add("actor", {"name": "Al-Sahil Front", "kind": "armed_group"}, uid="0f-1")
    book.delete("actor", [saved.id])
    with pytest.raises(Conflict, match="deleted"):
        book.add("actor", {"name": "Al-Sahil Front", "kind": "armed_group"}, uid="0f-1")


def test_edit_changes_what_is_named_and_counts_the_version(store: Store) -> None:
    book = store.casebook()
    key = actor(book, "Al-Sahil Front", country="SYR")
    saved = book.edit("actor", key, {"name": "Sahil Brigade"}, version=1)
    kept = row(store, "actor", key)
    assert (kept["name"], kept["name_key"], kept["country"], saved.version) == (
        "Sahil Brigade",
        "sahil brigade",
        "SYR",
        2,
    )


def test_a_stale_version_is_refused_with_base_theirs_and_mine(store: Store) -> None:
    ann, bob = store.casebook("ann"), store.casebook("bob")
    key = incident(ann, "First", summary="kept")
    bob.edit("incident", key, {"title": "Second"}, version=1)
    bob.edit("incident", key, {"title": "Third", "weapon": "mortar"}, version=2)
    before = everything(store.database), history(store.database)
    with pytest.raises(Conflict, match="you read version 1, it is now version 3") as caught:
        ann.edit("incident", key, {"title": "Mine"}, version=1)
    told = caught.value
    assert (told.base["title"], told.theirs["title"], told.mine["title"]) == ("First", "Third", "Mine")
    assert (told.base["weapon"], told.theirs["weapon"], told.base["summary"]) == (None, "mortar", "kept")
    assert (told.ref, told.version) == (f"I-{key}", 3)
    assert (everything(store.database), history(store.database)) == before


def test_editing_what_was_deleted_is_refused(store: Store) -> None:
    book = store.casebook()
    key = actor(book, "Al-Sahil Front")
    book.delete("actor", [key])
    with pytest.raises(Conflict, match="deleted"):
        book.edit("actor", key, {"name": "Sahil Brigade"}, version=None)


def test_an_action_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    book = store.casebook()
    key = actor(book, "Al-Sahil Front")
    before = history(store.database)
    saved = book.edit("actor", key, {"name": "Al-Sahil Front"}, version=1)
    assert (saved.version, saved.action, saved.sentence) == (1, 0, f"A-{key} is unchanged")
    assert book.delete("actor", []).sentence == "Nothing to delete"
    with book.action("import", "nothing in the file"):
        pass
    assert history(store.database) == before


@pytest.mark.parametrize("column", ["id", "version", "created_at", "deleted_at", "uid", "nonsense"])
def test_columns_that_no_field_has_are_never_written(sqlite_store: Store, column: str) -> None:
    book = sqlite_store.casebook()
    key = actor(book, "Al-Sahil Front")
    before = everything(sqlite_store.database)
    with pytest.raises(UsageError, match=f"“{column}” is no column of actors"):
        book.edit("actor", key, {column: "7"}, version=None)
    with pytest.raises(UsageError, match=column):
        book.add("actor", {"name": "Other", "kind": "party", column: "7"})
    assert everything(sqlite_store.database) == before


def test_nothing_of_a_failed_action_is_kept(store: Store) -> None:
    book = store.casebook()
    key = actor(book, "Al-Sahil Front")
    before = everything(store.database), history(store.database)

    def three_rows() -> None:
        with book.action("import", "three rows") as act:
            act.add("incident", {"title": "Good", "category": "protest", "status": "reported"})
            act.edit("actor", key, {"name": "Changed"}, version=None)
            act.add("incident", {"title": "Without a category", "status": "reported"})

    with pytest.raises(ValueRefused, match="category"):
        three_rows()
    assert (everything(store.database), history(store.database)) == before


def test_a_row_that_is_refused_inside_an_action_does_not_take_the_others_along(store: Store) -> None:
    book = store.casebook()
    with book.action("import", "three rows") as act:
        act.add(
            "incident", {"title": "A", "category": "protest", "status": "reported", "dataset": "d", "external_id": "1"}
        )
        with pytest.raises(Conflict, match="dataset d, external_id 1 is there already"):
            act.add(
                "incident",
                {"title": "B", "category": "protest", "status": "reported", "dataset": "d", "external_id": "1"},
            )
        act.add("incident", {"title": "C", "category": "protest", "status": "reported"})
    assert [kept["title"] for kept in alive(store.database)["incident"].values()] == ["A", "C"]


def test_references_to_what_is_missing_or_deleted_are_refused(store: Store) -> None:
    book = store.casebook()
    key, gone = incident(book), actor(book, "Al-Sahil Front")
    book.delete("actor", [gone])
    before = history(store.database)
    with pytest.raises(UsageError, match=f"A-{gone} was deleted"):
        involvement(book, key, gone)
    with pytest.raises(UsageError, match="A-4711 does not exist"):
        involvement(book, key, 4711)
    with pytest.raises(UsageError, match="A-4711: there is no such actor"):
        book.edit("actor", 4711, {"name": "x"}, version=None)
    assert history(store.database) == before


LINKS = [
    "involvement",
    "statement_actor",
    "statement_incident",
    "relation",
    "incident_link",
    "citation",
    "actor_name",
    "tally",
]


def linked(book: Casebook) -> dict[str, int]:
    """One record of every kind that links others, by kind."""
    one, two = actor(book, "Al-Sahil Front"), actor(book, "Coast Guard")
    first, second = incident(book), incident(book, "Answer")
    origin = source(book)
    said = statement(book, one, source_id=origin)
    span = book.add("evidence", {"source_id": origin, "start": 0, "end": 9}).id
    values: dict[str, dict[str, object]] = {
        "involvement": {
            "incident_id": first,
            "actor_id": one,
            "role": "target",
            "statement_id": said,
            "source_id": origin,
        },
        "statement_actor": {"statement_id": said, "actor_id": two},
        "statement_incident": {"statement_id": said, "incident_id": first},
        "relation": {"from_actor_id": one, "type": "rival_of", "to_actor_id": two},
        "incident_link": {"a_id": first, "type": "retaliation_for", "b_id": second},
        "citation": {"evidence_id": span, "statement_id": said},
        "actor_name": {"actor_id": one, "name": "ASF"},
        "tally": {"incident_id": first, "measure": "killed", "low": 2},
    }
    made = {kind: book.add(kind, value).id for kind, value in values.items()}
    return made | {"actor": one, "incident": first, "source": origin, "statement": said, "evidence": span}


@pytest.mark.parametrize("kind", LINKS)
def test_every_kind_of_link_can_be_added_deleted_and_undone(sqlite_store: Store, kind: str) -> None:
    book = sqlite_store.casebook()
    key = linked(book)[kind]
    before = everything(sqlite_store.database)
    book.delete(kind, [key])
    assert key not in alive(sqlite_store.database)[kind]
    book.undo()
    assert everything(sqlite_store.database) == before


@pytest.mark.parametrize("kind", ["actor", "incident", "source", "statement", "evidence"])
def test_delete_takes_along_what_hangs_only_on_it_and_undo_restores_every_link(store: Store, kind: str) -> None:
    book = store.casebook()
    made = linked(book)
    before = everything(store.database)
    told = book.delete(kind, [made[kind]]).sentence
    left = alive(store.database)
    assert made[kind] not in left[kind]
    assert "linked record" in told
    broken = store.reader().rows(
        "SELECT v.id FROM involvement v JOIN incident i ON i.id = v.incident_id JOIN actor a ON a.id = v.actor_id"
        " WHERE v.deleted_at IS NULL AND (i.deleted_at IS NOT NULL OR a.deleted_at IS NOT NULL)"
    )
    assert broken == []
    assert book.undo().sentence == f"Undone: {told}"
    assert everything(store.database) == before
    book.redo()
    assert alive(store.database) == left


def test_a_source_that_goes_leaves_the_records_but_adopts_nothing(store: Store) -> None:
    book = store.casebook()
    made = linked(book)
    book.adopt("involvement", made["involvement"])
    before = everything(store.database)
    book.delete("source", [made["source"]])
    kept = row(store, "involvement", made["involvement"])
    assert (kept["source_id"], kept["adopted"], kept["deleted"]) == (None, False, False)
    book.undo()
    assert everything(store.database) == before


def test_a_claim_goes_with_the_actor_who_makes_it(sqlite_store: Store) -> None:
    book = sqlite_store.casebook()
    speaker = actor(book, "Minister")
    key = involvement(book, incident(book), actor(book, "Al-Sahil Front"), asserted_by_id=speaker)
    book.delete("actor", [speaker])
    assert row(sqlite_store, "involvement", key)["deleted"]


def test_deleting_again_counts_only_what_was_there(sqlite_store: Store) -> None:
    book = sqlite_store.casebook()
    one, two, three = incident(book, "One"), incident(book, "Two"), incident(book, "Three")
    book.delete("incident", [one])
    assert book.delete("incident", [one, two, three, two]).sentence == "Deleted 2 incidents"
    assert book.delete("incident", [one]).action == 0


def test_undo_and_redo_walk_back_and_forth_over_a_restart(store: Store) -> None:
    states = [everything(store.database)]
    with Casebook(store.database, "ann") as book:
        key = actor(book, "Al-Sahil Front")
        states.append(everything(store.database))
        book.edit("actor", key, {"name": "Sahil Brigade"}, version=1)
        states.append(everything(store.database))
        book.delete("actor", [key])
        states.append(everything(store.database))
    for wanted in (states[2], states[1]):
        with Casebook(store.database, "ann") as book:
            book.undo()
        assert everything(store.database) == wanted
    with Casebook(store.database, "ann") as book:
        book.undo()
        assert alive(store.database) == states[0]
        with pytest.raises(UsageError, match="nothing to undo"):
            book.undo()
    for wanted in states[1:]:
        with Casebook(store.database, "ann") as book:
            book.redo()
        assert everything(store.database) == wanted
    with pytest.raises(UsageError, match="nothing to redo"):
        store.casebook().redo()


def test_a_new_action_ends_redo(store: Store) -> None:
    book = store.casebook()
    key = actor(book, "Al-Sahil Front")
    book.edit("actor", key, {"name": "Sahil Brigade"}, version=1)
    book.undo()
    book.edit("actor", key, {"country": "SYR"}, version=None)
    with pytest.raises(UsageError, match="nothing to redo"):
        book.redo()
    book.undo()
    book.redo()
    assert row(store, "actor", key)["country"] == "SYR"


def test_undo_is_each_users_own(store: Store) -> None:
    ann, bob = store.casebook("ann"), store.casebook("bob")
    hers, his = actor(ann, "Al-Sahil Front"), actor(bob, "Coast Guard")
    ann.undo()
    assert list(alive(store.database)["actor"]) == [his]
    with pytest.raises(UsageError, match="nothing to redo"):
        bob.redo()
    with pytest.raises(UsageError, match="nothing to undo"):
        ann.undo()
    ann.redo()
    assert list(alive(store.database)["actor"]) == [hers, his]


def refused_undo(store: Store, book: Casebook, match: str) -> None:
    before = everything(store.database), history(store.database)
    with pytest.raises(Conflict, match=match):
        book.undo()
    assert (everything(store.database), history(store.database)) == before


def test_undo_is_refused_when_others_changed_the_same_field(store: Store) -> None:
    ann, bob = store.casebook("ann"), store.casebook("bob")
    key = actor(ann, "Al-Sahil Front")
    ann.edit("actor", key, {"name": "Sahil Brigade"}, version=1)
    bob.edit("actor", key, {"country": "SYR"}, version=2)
    ann.undo()
    assert (row(store, "actor", key)["name"], row(store, "actor", key)["country"]) == ("Al-Sahil Front", "SYR")
    refused_undo(store, ann, "cannot be undone: A-1 was changed since")
    bob.undo()
    ann.undo()
    assert row(store, "actor", key)["deleted"]


def test_undo_of_an_addition_is_refused_when_others_linked_to_it(store: Store) -> None:
    ann, bob = store.casebook("ann"), store.casebook("bob")
    key = incident(ann)
    link = involvement(bob, key, actor(bob, "Al-Sahil Front"))
    refused_undo(store, ann, f"is used by INV-{link}")
    bob.delete("involvement", [link])
    ann.undo()
    assert alive(store.database)["incident"] == {}


def test_undo_of_a_deletion_is_refused_when_its_anchor_was_deleted_since(store: Store) -> None:
    ann, bob = store.casebook("ann"), store.casebook("bob")
    key, one = incident(bob), actor(bob, "Al-Sahil Front")
    link = involvement(ann, key, one)
    ann.delete("involvement", [link])
    bob.delete("incident", [key])
    refused_undo(store, ann, f"I-{key} was deleted")
    bob.undo()
    ann.undo()
    assert not row(store, "involvement", link)["deleted"]


def test_undo_of_an_edit_is_refused_when_it_would_point_to_a_deleted_record(store: Store) -> None:
    ann, bob = store.casebook("ann"), store.casebook("bob")
    one, two = actor(bob, "Al-Sahil Front"), actor(bob, "Coast Guard")
    link = involvement(ann, incident(bob), one)
    ann.edit("involvement", link, {"actor_id": two}, version=1)
    bob.delete("actor", [one])
    refused_undo(store, ann, f"A-{one} was deleted")


def test_redo_is_refused_when_others_linked_to_what_would_go_again(store: Store) -> None:
    ann, bob = store.casebook("ann"), store.casebook("bob")
    key = incident(bob)
    ann.delete("incident", [key])
    ann.undo()
    link = involvement(bob, key, actor(bob, "Al-Sahil Front"))
    with pytest.raises(Conflict, match=f"is used by INV-{link}"):
        ann.redo()
    assert key in alive(store.database)["incident"]


def test_one_action_of_many_changes_is_one_step_of_undo(store: Store) -> None:
    book = store.casebook()
    kept = actor(book, "Al-Sahil Front")
    before = everything(store.database)
    with book.action("import", "Imported 3 rows") as act:
        key = incident(act)
        involvement(act, key, kept)
        act.edit("actor", kept, {"country": "SYR"}, version=None)
    assert book.undo().sentence == "Undone: Imported 3 rows"
    assert alive(store.database) == {kind: rows for kind, rows in before.items()}
    book.redo()
    assert ids(store.reader().rows("SELECT id FROM incident WHERE deleted_at IS NULL")) == [key]


def test_adopting_a_tally_copies_its_figures_and_lets_the_other_go(store: Store) -> None:
    book = store.casebook()
    key = incident(book)
    first = book.add("tally", {"incident_id": key, "measure": "killed", "low": 2, "best": 3}).id
    second = book.add("tally", {"incident_id": key, "measure": "killed", "low": 0, "high": 9}).id
    book.adopt("tally", first)
    before = everything(store.database)
    book.adopt("tally", second)
    kept = row(store, "incident", key)
    assert [kept[f"killed_{end}"] for end in ("low", "best", "high")] == [0, None, 9]
    assert [row(store, "tally", t)["adopted"] for t in (first, second)] == [False, True]
    book.undo()
    assert everything(store.database) == before
    book.adopt("tally", first, adopted=False)
    assert row(store, "incident", key)["killed_low"] is None


def test_adopting_needs_a_source_and_something_to_adopt(store: Store) -> None:
    book = store.casebook()
    one = actor(book, "Al-Sahil Front")
    link = involvement(book, incident(book), one)
    with pytest.raises(UsageError, match="has no source"):
        book.adopt("involvement", link)
    with pytest.raises(UsageError, match="only involvements and tallies"):
        book.adopt("actor", one)
    book.edit("involvement", link, {"source_id": source(book)}, version=1)
    book.adopt("involvement", link)
    assert row(store, "involvement", link)["adopted"] == 1


def test_attach_pins_the_text_and_fills_the_spans(store: Store) -> None:
    book = store.casebook()
    data = TEXT.encode()
    origin = source(book, sha256=hashlib.sha256(data).hexdigest())
    start = TEXT.index("We shelled")
    span = book.add("evidence", {"source_id": origin, "start": start, "end": start + 18}).id
    past = book.add("evidence", {"source_id": origin, "start": 5, "end": 500}).id
    told = book.attach(origin, data).sentence
    assert told == f"Attached {len(TEXT)} characters to SRC-{origin}; 1 of 2 spans verified"
    kept = row(store, "evidence", span)
    assert (kept["exact"], kept["verdict"], kept["prefix"]) == ("We shelled nothing", "verified", TEXT[:start])
    assert row(store, "evidence", past)["verdict"] == "truncated"
    before = history(store.database)
    book.attach(origin, data)
    assert history(store.database) == before
    book.undo()
    assert row(store, "source", origin)["text"] is None


def test_attach_refuses_another_text_than_the_pinned_one(store: Store) -> None:
    book = store.casebook()
    origin = source(book)
    book.attach(origin, TEXT.encode())
    before = everything(store.database)
    with pytest.raises(Refused, match="another text"):
        book.attach(origin, b"Something else")
    assert everything(store.database) == before


def test_a_verbatim_statement_finds_its_words_in_the_text(store: Store) -> None:
    book = store.casebook()
    origin = source(book)
    book.attach(origin, TEXT.encode())
    said = statement(book, actor(book, "Envoy"), "We shelled nothing.", source_id=origin)
    (span,) = alive(store.database)["evidence"].values()
    (cited,) = alive(store.database)["citation"].values()
    assert (TEXT[span["start"] : span["end"]], span["verdict"]) == ("We shelled nothing.", "verified")
    assert (cited["statement_id"], cited["evidence_id"]) == (said, span["id"])


def test_dates_told_from_a_source_follow_its_publication_date(store: Store) -> None:
    book = store.casebook()
    published = {"published_edtf": "2019-12-14", "published_earliest": "2019-12-14", "published_latest": "2019-12-14"}
    origin = source(book, **published)
    told: dict[str, object] = {"date_words": "last Monday", "date_basis": "inferred", "date_anchor_id": origin}
    key = incident(book)
    days = dict.fromkeys(("date_edtf", "date_earliest", "date_latest"), "2019-12-09")
    book.edit("incident", key, told | days, version=1)
    stated = incident(book, date_words="9 Dec", date_basis="stated", date_anchor_id=origin, date_edtf="2019-12-09")
    corrected = {name: "2019-12-21" for name in published}
    saved = book.edit("source", origin, corrected, version=1)
    assert saved.sentence.endswith("1 date resolved again from it")
    assert row(store, "incident", key)["date_edtf"] == "2019-12-16"
    assert row(store, "incident", stated)["date_edtf"] == "2019-12-09"
    book.undo()
    assert row(store, "incident", key)["date_edtf"] == "2019-12-09"


def test_a_database_of_another_schema_is_not_written_to(store: Store) -> None:
    book = store.casebook()
    actor(book, "Al-Sahil Front")
    store.sql("UPDATE alembic_version SET version_num = '9999'")
    before = everything(store.database)
    with pytest.raises(SchemaMismatch, match="newer"):
        book.add("actor", {"name": "Coast Guard", "kind": "state_forces"})
    assert everything(store.database) == before
    store.sql("DROP TABLE alembic_version")
    with pytest.raises(Refused, match="no tables of tracker"):
        book.undo()


def killed(store: Store, incident_id: int) -> list[int | None]:
    kept = row(store, "incident", incident_id)
    return [kept[f"killed_{end}"] for end in ("low", "best", "high")]


def tally(book: Casebook, incident_id: int, **more: object) -> int:
    return book.add("tally", {"incident_id": incident_id, "measure": "killed", **more}).id


def test_unadopting_clears_only_the_figures_that_are_the_tallys(store: Store) -> None:
    book = store.casebook()
    key = incident(book, killed_best=7)
    first = tally(book, key, best=3)
    before = everything(store.database), history(store.database)
    book.adopt("tally", first, adopted=False)
    assert (everything(store.database), history(store.database)) == before
    book.adopt("tally", first)
    book.edit("incident", key, {"killed_best": 8}, version=None)
    book.edit("tally", first, {"words": "counted twice"}, version=None)
    book.adopt("tally", first, adopted=False)
    assert killed(store, key) == [None, 8, None]


def test_an_incident_stays_in_step_with_its_adopted_tally(store: Store) -> None:
    book = store.casebook()
    key, other = incident(book), incident(book, "Another")
    first = tally(book, key, low=2, best=3, adopted=True)
    assert killed(store, key) == [2, 3, None]
    book.edit("tally", first, {"high": 5}, version=None)
    assert killed(store, key) == [2, 3, 5]
    second = tally(book, key, best=9)
    book.edit("tally", second, {"adopted": True}, version=None)
    assert killed(store, key) == [None, 9, None]
    assert not row(store, "tally", first)["adopted"]
    book.edit("tally", second, {"incident_id": other}, version=None)
    assert (killed(store, key), killed(store, other)) == ([None] * 3, [None, 9, None])
    book.edit("tally", second, {"adopted": False}, version=None)
    assert killed(store, other) == [None] * 3
    book.edit("tally", first, {"adopted": True}, version=None)
    before = everything(store.database)
    book.delete("tally", [first])
    assert killed(store, key) == [None] * 3
    book.undo()
    assert everything(store.database) == before
    book.delete("incident", [key])
    assert killed(store, key) == [2, 3, 5]
    book.undo()
    assert everything(store.database) == before


def test_imports_and_figures_that_agree_leave_the_incident_alone(store: Store) -> None:
    book = store.casebook()
    key = incident(book, killed_best=3)
    tally(book, key, best=3, adopted=True)
    with book.action("load", "Loaded") as act:
        made = act.add("tally", {"incident_id": key, "measure": "killed", "best": 4, "adopted": True}, typed=False)
        act.edit("tally", made.id, {"best": 5}, version=None, typed=False)
        assert act.fetch("incident", key)["version"] == 1
    assert killed(store, key) == [None, 3, None]


def test_an_adopted_involvement_keeps_its_source(store: Store) -> None:
    book = store.casebook()
    key, one, origin = incident(book), actor(book, "Al-Sahil Front"), source(book)
    with pytest.raises(ValueRefused, match="source"):
        involvement(book, key, one, adopted=True)
    link = involvement(book, key, one, source_id=origin, adopted=True)
    with pytest.raises(ValueRefused, match="source"):
        book.edit("involvement", link, {"source_id": None}, version=None)


def test_no_record_is_part_of_itself(store: Store) -> None:
    book = store.casebook()
    first = incident(book)
    second = incident(book, "Second", parent_id=first)
    third = incident(book, "Third", parent_id=second)
    with pytest.raises(ValueRefused, match="parent: is this same record"):
        book.edit("incident", first, {"parent_id": first}, version=None)
    with pytest.raises(ValueRefused, match="parent: leads back"):
        book.edit("incident", first, {"parent_id": third}, version=None)
    book.edit("incident", third, {"parent_id": first}, version=None)


def test_a_record_that_refers_to_itself_can_be_deleted(store: Store) -> None:
    book = store.casebook()
    key = incident(book)
    store.sql(f"UPDATE incident SET parent_id = {key} WHERE id = {key}")
    before = everything(store.database)
    book.delete("incident", [key])
    assert row(store, "incident", key)["deleted"]
    book.undo()
    assert everything(store.database) == before


def test_a_record_named_twice_is_deleted_and_counted_once(store: Store) -> None:
    book = store.casebook()
    key, other = incident(book), incident(book, "Another")
    assert book.delete("incident", [key, key]).sentence == f"Deleted I-{key} Shelling of the harbour"
    book.undo()
    assert book.delete("incident", [other, key, other]).sentence.startswith("Deleted 2 incidents")


@pytest.mark.parametrize("number", [2**63, -(2**63), 10**30])
def test_numbers_that_no_database_holds_are_refused(store: Store, number: int) -> None:
    book = store.casebook()
    key = incident(book)
    with pytest.raises(ValueRefused, match="too large"):
        incident(book, killed_best=number)
    with pytest.raises(ValueRefused, match="too large"):
        book.edit("incident", key, {"parent_id": number}, version=None)
