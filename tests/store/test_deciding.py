"""Each decision writes all its records or none, rests them on the text, and is taken back and done again exactly."""

from __future__ import annotations

from typing import Any

import pytest
from casework import actor, alive, everything, history
from conftest import Store
from deskwork import SHA, TEXT, span, suggestions, take_in

from tracker.errors import Conflict, UsageError
from tracker.store.casebook import Casebook
from tracker.store.check import check
from tracker.store.reading_desk import Waiting, coded_spans, queue
from tracker.store.workbench import Suggested

RECORDS = ("actor", "actor_name", "incident", "involvement", "tally", "statement", "evidence", "citation")


def waiting(store: Store, source: int, kind: str, number: int = 0) -> Waiting:
    with store.reader() as reader:
        return [one for one in queue(reader, source) if one.kind == kind][number]


def counts(store: Store) -> dict[str, int]:
    return {kind: len(rows) for kind, rows in alive(store.database, RECORDS).items()}


def no_problems(store: Store) -> None:
    with store.reader() as reader:
        assert check(reader).problems == ()


def test_nothing_is_a_record_before_it_is_decided(store: Store) -> None:
    take_in(store.casebook())
    assert set(counts(store).values()) == {0}


def test_an_accepted_statement_makes_its_speaker_its_evidence_and_closes_the_suggested_actor(store: Store) -> None:
    book = store.casebook()
    done = take_in(book)
    one = waiting(store, done.source_id, "statement")
    saved = book.decide(one.id, "accepted", version=one.version)
    kept = alive(store.database)
    said = kept["statement"][saved.id]
    speaker = kept["actor"][said["speaker_id"]]
    assert (said["quote"], said["kind"], said["mode"], said["source_id"]) == (
        "We will answer every shell", "threaten", "verbatim", done.source_id,
    )  # fmt: skip
    assert (speaker["name"], speaker["kind"], speaker["role_title"]) == ("Ilyas Verran", "person", "Colonel")
    assert [row["name"] for row in kept["actor_name"].values()] == ["Verran"]
    with store.reader() as reader:
        found = [row for row in coded_spans(reader, done.source_id) if row.kind == "statement"]
    assert [(row.field, TEXT[row.start : row.end]) for row in found] == [
        ("quote", "We will answer every shell"), ("kind", "said Colonel"), ("speaker", "Colonel Ilyas Verran"),
    ]  # fmt: skip
    now = waiting(store, done.source_id, "statement")
    assert (now.status, now.decided_by, now.made) == ("accepted", "ann", saved.ref)
    assert waiting(store, done.source_id, "actor").status == "accepted"
    assert saved.sentence == "Accepted SG-6: S-1 statement of Ilyas Verran ““We will answer every shell,””"
    no_problems(store)


@pytest.mark.parametrize("kind", ["statement", "actor", "incident", "date", "noise"])
@pytest.mark.parametrize("decision", ["accepted", "rejected", "edited"])
def test_undo_and_redo_of_a_decision_restore_exactly(store: Store, kind: str, decision: str) -> None:
    book = store.casebook()
    done = take_in(book)
    one = waiting(store, done.source_id, kind)
    before = alive(store.database)
    book.decide(one.id, decision, version=one.version, value={"title": "Other"} if decision == "edited" else None)
    after = alive(store.database)
    assert after != before
    for _ in range(2):
        book.undo()
        assert alive(store.database) == before
        book.redo()
        assert alive(store.database) == after
    no_problems(store)


def test_accepting_all_is_one_step_leaves_what_is_unsure_and_is_taken_back_whole(store: Store) -> None:
    book = store.casebook()
    done = take_in(book)
    before, actions = alive(store.database), len(store.sql("SELECT id FROM action"))
    saved = book.accept_all(done.source_id, 0.85)
    assert saved.sentence == f"Accepted 2 actors, 2 dates, 1 statement of SRC-{done.source_id} at 85% and above"
    with store.reader() as reader:
        left = [(one.kind, one.confidence) for one in queue(reader, done.source_id, status="pending")]
    assert left == [("noise", 0.99), ("incident", 0.6), ("actor", 0.7), ("statement", 0.8)]
    assert len(store.sql("SELECT id FROM action")) == actions + 1
    after = alive(store.database)
    book.undo()
    assert alive(store.database) == before
    book.redo()
    assert alive(store.database) == after
    no_problems(store)


def test_accepting_all_leaves_what_needs_a_choice_without_a_trace(store: Store) -> None:
    book = store.casebook()
    for _ in range(2):
        actor(book, "Ilyas Verran", kind="person")
    done = take_in(book)
    saved = book.accept_all(done.source_id, 0.85)
    assert saved.sentence.endswith("Accepted 1 actor, 2 dates of SRC-1 at 85% and above; 2 left: they need a choice")
    assert counts(store)["statement"] == 0
    assert waiting(store, done.source_id, "statement").status == "pending"
    book.undo()
    assert counts(store)["evidence"] == 0


def test_accepting_nothing_leaves_no_trace(store: Store) -> None:
    book = store.casebook()
    done = take_in(book)
    before = history(store.database)
    assert book.accept_all(done.source_id, 1.0).action == 0
    assert history(store.database) == before


def test_an_incident_brings_its_source_tallies_and_rival_attributions_and_nothing_is_adopted(store: Store) -> None:
    book = store.casebook()
    done = take_in(book)
    date = waiting(store, done.source_id, "date")
    book.decide(date.id, "accepted", version=date.version)
    one = waiting(store, done.source_id, "incident")
    saved = book.decide(one.id, "accepted", version=one.version)
    kept = alive(store.database)
    made = kept["incident"][saved.id]
    assert (made["killed_best"], made["killed_low"], made["claim_status"]) == (None, None, "denied")
    assert (made["date_edtf"], made["date_words"], made["date_basis"], made["date_anchor_id"]) == (
        "2024-04-29", "Monday", "inferred", done.source_id,
    )  # fmt: skip
    (tally,) = kept["tally"].values()
    assert (tally["measure"], tally["best"], tally["low"], tally["words"], tally["adopted"]) == (
        "killed", 3, None, "Three fishermen were killed", None,
    )  # fmt: skip
    names = {key: row["name"] for key, row in kept["actor"].items()}
    told = {
        (row["stance"], names[row["actor_id"]], names[row["asserted_by_id"]], row["adopted"])
        for row in kept["involvement"].values()
    }
    assert told == {
        ("accuses", "al-Sahil Front", "Ilyas Verran", None),
        ("denies", "al-Sahil Front", "a spokesman for the al-Sahil Front", None),
    }
    assert [row["source_id"] for row in kept["incident_source"].values()] == [done.source_id]
    assert only_generic(kept["actor"]) == ["a spokesman for the al-Sahil Front"]
    no_problems(store)


def only_generic(rows: dict[int, dict[str, Any]]) -> list[str]:
    return [row["name"] for row in rows.values() if row["generic"]]


def test_a_speaker_is_found_by_exact_name_other_name_or_uid_before_one_is_made(store: Store) -> None:
    book = store.casebook()
    known = actor(book, "Ilyas Verran", kind="person")
    done = take_in(book)
    one = waiting(store, done.source_id, "statement")
    saved = book.decide(one.id, "accepted", version=one.version)
    assert alive(store.database)["statement"][saved.id]["speaker_id"] == known
    book.undo()
    other = actor(book, "Somebody else", kind="person")
    saved = book.decide(one.id, "accepted", version=None, speaker=other)
    assert alive(store.database)["statement"][saved.id]["speaker_id"] == other
    book.undo()
    uid = everything(store.database, ["actor"])["actor"][other]["uid"]
    saved = book.decide(one.id, "edited", version=None, value={"speaker": {"known": [uid]}})
    assert alive(store.database)["statement"][saved.id]["speaker_id"] == other
    assert counts(store)["actor"] == 2


def test_a_description_is_never_taken_for_a_named_actor(store: Store) -> None:
    book = store.casebook()
    named = actor(book, "A spokesman for the al-Sahil Front", kind="person")
    done = take_in(book)
    one = waiting(store, done.source_id, "statement", 1)
    saved = book.decide(one.id, "accepted", version=one.version)
    assert alive(store.database)["statement"][saved.id]["speaker_id"] != named


def test_a_known_actor_gets_the_further_names_of_a_suggested_one(store: Store) -> None:
    book = store.casebook()
    known = actor(book, "al-Sahil Front")
    done = take_in(book)
    one = waiting(store, done.source_id, "actor", 2)
    assert one.value["name"] == "al-Sahil Front"
    saved = book.decide(one.id, "accepted", version=one.version)
    names = alive(store.database)["actor_name"].values()
    assert (saved.id, [(row["name"], row["kind"], row["actor_id"]) for row in names]) == (
        known, [("the Front", "name", known), ("ASF", "acronym", known)],
    )  # fmt: skip


def test_a_name_of_several_actors_asks_for_a_choice_and_writes_nothing(store: Store) -> None:
    book = store.casebook()
    first, second = (actor(book, "Ilyas Verran", kind="person") for _ in range(2))
    done = take_in(book)
    one = waiting(store, done.source_id, "statement")
    before = everything(store.database), history(store.database)
    with pytest.raises(UsageError, match=f"A-{first}, A-{second}; choose one"):
        book.decide(one.id, "accepted", version=one.version)
    assert (everything(store.database), history(store.database)) == before


def test_a_stale_version_is_refused_and_nothing_is_written(store: Store) -> None:
    ann, bob = store.casebook("ann"), store.casebook("bob")
    done = take_in(ann)
    one = waiting(store, done.source_id, "statement")
    bob.decide(one.id, "rejected", version=one.version)
    before = everything(store.database), history(store.database)
    with pytest.raises(Conflict, match=f"SG-{one.id} was changed by somebody else: you read version 1"):
        ann.decide(one.id, "accepted", version=one.version)
    assert (everything(store.database), history(store.database)) == before


def test_what_was_accepted_is_not_accepted_again_and_what_was_rejected_may_be(store: Store) -> None:
    book = store.casebook()
    done = take_in(book)
    one = waiting(store, done.source_id, "statement")
    book.decide(one.id, "rejected", version=None)
    saved = book.decide(one.id, "accepted", version=None)
    with pytest.raises(UsageError, match=f"SG-{one.id}: is accepted already"):
        book.decide(one.id, "accepted", version=None)
    assert saved.kind == "statement"


def test_an_edit_changes_the_record_and_keeps_what_was_suggested(store: Store) -> None:
    book = store.casebook()
    done = take_in(book)
    one = waiting(store, done.source_id, "statement")
    wider = span("We will answer every shell,”")
    saved = book.decide(
        one.id, "edited", version=one.version, value={"kind": "promise"}, spans={"inner": [wider]}, reason="no threat"
    )
    assert alive(store.database)["statement"][saved.id]["kind"] == "promise"
    now = waiting(store, done.source_id, "statement")
    assert (now.status, now.value["kind"], now.spans) == ("edited", "threaten", one.spans)
    assert store.sql("SELECT reason FROM action ORDER BY id DESC LIMIT 1") == [("no threat",)]


@pytest.mark.parametrize(
    ("value", "told"),
    [({"kind": "shout"}, "“shout” is no code"), ({"said": "32 May 2024"}, "date"), ({"quote": ""}, "quote")],
)
def test_a_value_that_does_not_fit_is_refused_and_nothing_is_written(
    store: Store, value: dict[str, str], told: str
) -> None:
    book = store.casebook()
    done = take_in(book)
    one = waiting(store, done.source_id, "statement")
    before = everything(store.database), history(store.database)
    with pytest.raises(UsageError, match=told):
        book.decide(one.id, "edited", version=one.version, value=value)
    assert (everything(store.database), history(store.database)) == before


def test_spans_outside_the_text_are_refused(store: Store) -> None:
    book = store.casebook()
    done = take_in(book)
    one = waiting(store, done.source_id, "statement")
    with pytest.raises(UsageError, match="not within the text"):
        book.decide(one.id, "edited", version=None, spans={"inner": [(5, len(TEXT) + 1)]})


def test_the_date_of_the_sentence_is_when_it_was_said_but_none_within_the_quotation(store: Store) -> None:
    book: Casebook = store.casebook()
    done = take_in(book)
    for number in range(2):
        one = waiting(store, done.source_id, "date", number)
        book.decide(one.id, "accepted", version=one.version)
    denial = waiting(store, done.source_id, "statement", 1)
    assert "Monday" in denial.value["quote"]
    saved = book.decide(denial.id, "accepted", version=denial.version)
    assert alive(store.database)["statement"][saved.id]["said_edtf"] is None
    assert alive(store.database)["source"][done.source_id]["sha256"] == SHA


def engine_statement(**more: Any) -> Suggested:
    """A statement as the rules propose it: the speaker's mention, and whom it means."""
    value = {
        "type": "direct", "mode": "verbatim", "kind": "threaten", "speaker": "He", "speaker_entity": "Ilyas Verran",
        "cluster": 0, "quote": "We will answer every shell", "paraphrase": "", "said": "", "venue": "",
        "conditional": False, "negated": False, "group": "S1",
    }  # fmt: skip
    quote, inner = span("“We will answer every shell,”"), span("We will answer every shell")
    return Suggested("statement", {"quote": [quote], "inner": [inner]}, value | more, 0.9, "by hand", "quote.inverted")


def decided(store: Store, given: Suggested, **how: Any) -> dict[str, Any]:
    """The record that a single suggestion of its kind becomes beside all others."""
    book = store.casebook()
    others = [one for one in suggestions() if one.kind != given.kind]
    done = take_in(book, suggested=[*others, given])
    one = waiting(store, done.source_id, given.kind)
    saved = book.decide(one.id, how.pop("decision", "accepted"), version=one.version, **how)
    return alive(store.database)[given.kind][saved.id]


def test_what_the_rules_leave_empty_or_did_not_find_is_not_known(store: Store) -> None:
    kept = decided(store, engine_statement())
    assert (kept["paraphrase"], kept["venue"], kept["conditional"], kept["negated"]) == (None, None, None, None)
    assert (kept["said_edtf"], kept["said_words"]) == (None, None)
    names = [row["name"] for row in alive(store.database)["actor"].values()]
    assert names == ["Ilyas Verran"]


def test_nobody_is_made_up_where_the_rules_know_no_speaker(store: Store) -> None:
    with pytest.raises(UsageError, match="nobody is named"):
        decided(store, engine_statement(speaker_entity=""))
    assert counts(store)["actor"] == 0


def test_an_analyst_may_name_the_speaker_whom_the_rules_do_not_know(store: Store) -> None:
    kept = decided(
        store, engine_statement(speaker_entity=""), decision="edited",
        value={"speaker": {"name": "Mara Tolen", "kind": "person"}},
    )  # fmt: skip
    (row,) = alive(store.database)["actor"].values()
    assert (row["id"], row["name"], row["kind"]) == (kept["speaker_id"], "Mara Tolen", "person")


def test_an_analyst_may_name_another_speaker_than_the_rules(store: Store) -> None:
    kept = decided(
        store, engine_statement(), decision="edited",
        value={"speaker": {"name": "Mara Tolen", "kind": "person"}},
    )  # fmt: skip
    (row,) = alive(store.database)["actor"].values()
    assert (row["id"], row["name"], row["kind"]) == (kept["speaker_id"], "Mara Tolen", "person")


@pytest.mark.parametrize(
    ("said", "edtf", "words", "basis"),
    [("yesterday", "2024-04-30", "yesterday", "inferred"), ("at some time", None, "at some time", None)],
)
def test_when_it_was_said_is_told_from_the_day_of_publication_or_kept_as_words(
    store: Store, said: str, edtf: str | None, words: str, basis: str | None
) -> None:
    kept = decided(store, engine_statement(said=said))
    assert (kept["said_edtf"], kept["said_words"], kept["said_basis"]) == (edtf, words, basis)
    assert (kept["said_anchor_id"] is None) == (edtf is None)
    no_problems(store)


def test_a_mixed_statement_rests_its_quoted_and_its_told_words_each_on_their_stretch(store: Store) -> None:
    given = engine_statement(mode="mixed", paraphrase="blamed the Front (ASF)", quote="the Front")
    spans = {"quote": [span("blamed the Front (ASF)")], "inner": [span("the Front (ASF)")]}
    kept = decided(store, given._replace(spans=spans))
    assert (kept["mode"], kept["quote"], kept["paraphrase"]) == ("mixed", "the Front", "blamed the Front (ASF)")
    with store.reader() as reader:
        found = [(row.field, TEXT[row.start : row.end]) for row in coded_spans(reader, 1) if row.kind == "statement"]
    assert found == [("paraphrase", "blamed the Front (ASF)"), ("quote", "the Front (ASF)")]


def test_an_incident_takes_lists_of_codes_its_own_tallies_and_who_is_meant_by_name(store: Store) -> None:
    attribution = {
        "actor": "al-Sahil Front", "words": "the Front", "role": "perpetrator", "stance": "accuses", "hedge": "hedged",
        "hedge_words": "blamed", "basis": ["forensic", "witness"], "asserted_by": "Verran",
        "spans": [list(span("the Front (ASF)"))],
    }  # fmt: skip
    tally = {"measure": "killed", "low": 3, "best": 3, "high": None, "words": "Three fishermen", "asserted_by": None,
             "spans": [list(span("Three fishermen"))]}  # fmt: skip
    value = {
        "title": "Shelling", "category": "rocket_artillery_missile", "nature": "event", "status": "alleged",
        "date_words": "Monday", "date_edtf": "2024-04-29", "date_earliest": "2024-04-29", "date_latest": "2024-04-29",
        "date_precision": "day", "date_basis": "inferred", "aggregate": None, "killed_low": 3, "killed_best": 3,
        "attributions": [attribution], "tallies": [tally], "claim_status": "not_discussed", "asserted_by": None,
    }  # fmt: skip
    given = Suggested("incident", {"sentence": [span("Three fishermen were killed")]}, value, 0.8, "", "")
    kept = decided(store, given)
    assert (kept["status"], kept["date_edtf"], kept["date_anchor_id"], kept["killed_best"]) == (
        "alleged", "2024-04-29", 1, None,
    )  # fmt: skip
    there = alive(store.database)
    (involved,) = there["involvement"].values()
    names = {key: row["name"] for key, row in there["actor"].items()}
    assert (involved["basis"], names[involved["actor_id"]], names[involved["asserted_by_id"]]) == (
        "forensic; witness", "al-Sahil Front", "Ilyas Verran",
    )  # fmt: skip
    assert [(row["low"], row["best"], row["high"], row["adopted"]) for row in there["tally"].values()] == [
        (3, 3, None, None)
    ]
    no_problems(store)


def test_of_several_actors_it_may_be_none_is_taken_without_a_choice(store: Store) -> None:
    book = store.casebook()
    first, second = actor(book, "Verran (father)", kind="person"), actor(book, "Verran (son)", kind="person")
    uids = [everything(store.database, ["actor"])["actor"][key]["uid"] for key in (first, second)]
    given = Suggested("actor", {"name": [span("Ilyas Verran")]}, {"name": "Ilyas Verran", "known": uids}, 0.9, "", "")
    done = take_in(book, suggested=[given])
    one = waiting(store, done.source_id, "actor")
    with pytest.raises(UsageError, match=rf"may be A-{first} Verran \(father\), A-{second} Verran \(son\); choose one"):
        book.decide(one.id, "accepted", version=one.version)
    assert "1 left: they need a choice" in book.accept_all(done.source_id, 0.85).sentence
    assert book.decide(one.id, "accepted", version=one.version, speaker=second).id == second
