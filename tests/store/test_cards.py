"""A card holds all that hangs on its record: who says what, who keeps silent, figures, words, links and history."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from casework import actor, incident, involvement, source, statement
from conftest import Store

from tracker.model.fields import Kind
from tracker.model.kinds import INCIDENT, SOURCE
from tracker.store.cards import actor_card, incident_card, source_card, statement_card
from tracker.store.query import parse
from tracker.store.views import Browser, View

TEXT = "Two rocket attacks this week hit a compound. Iran-backed militias are believed to be behind them."


@dataclass
class Case:
    """The ids of a small case."""

    store: Store
    origin: int
    attack: int
    pompeo: int
    militias: int
    brigade: int
    forces: int
    said: int


def day(value: str, field: str = "date") -> dict[str, object]:
    return {f"{field}_edtf": value, f"{field}_earliest": value, f"{field}_latest": value, f"{field}_precision": "day"}


@pytest.fixture
def case(store: Store) -> Case:
    """One attack, accused, hedged and denied; its words, figures, links, part and whole."""
    with store.casebook() as book:
        origin = source(book, "Rockets this week", publisher="The Port", **day("2019-12-14", "published"))
        book.attach(origin, TEXT.encode())
        pompeo, militias, brigade, forces = (
            actor(book, name) for name in ("Mike Pompeo", "Militias", "Brigade", "Forces")
        )
        series = incident(book, "Attacks since October", aggregate=True)
        attack = incident(
            book, "Second attack", parent_id=series, coder="ann", place_words="a compound", country="IRQ",
            lat=33.2625, lon=44.2346, geo_precision="site", killed_low=2, claim_status="none_reported",
            date_edtf="[2019-12-09..2019-12-14]", date_earliest="2019-12-09", date_latest="2019-12-14",
            date_precision="days", date_words="this week", date_basis="inferred", date_anchor_id=origin,
        )  # fmt: skip
        part = incident(book, "A later shot", parent_id=attack)
        book.add("incident_link", {"a_id": attack, "type": "retaliation_for", "b_id": part, "asserted_by_id": pompeo})
        said = statement(book, pompeo, "Iran’s proxies did it", source_id=origin, kind="accuse",
                         **day("2019-12-13", "said"))  # fmt: skip
        book.add("statement_incident", {"statement_id": said, "incident_id": attack})
        book.add("statement_actor", {"statement_id": said, "actor_id": militias, "role": "target"})
        involvement(book, attack, forces, "target")
        one = involvement(book, attack, militias, hedge="hedged", hedge_words="believed", source_id=origin)
        involvement(book, attack, militias, asserted_by_id=pompeo, stance="accuses", credibility=3, statement_id=said)
        involvement(book, attack, brigade, "sponsor", asserted_by_id=pompeo, stance="accuses",
                    basis="intelligence; forensic")  # fmt: skip
        book.add("tally", {"incident_id": attack, "measure": "killed", "low": 2, "words": "two", "source_id": origin})
        tally = book.add("tally", {"incident_id": attack, "measure": "killed", "best": 5, "asserted_by_id": pompeo}).id
        start = TEXT.index("Two rocket attacks this week")
        quote = {"source_id": origin, "start": start, "end": start + 28, "exact": "Two rocket attacks this week"}
        first = book.add("evidence", quote).id
        supported: list[dict[str, object]] = [
            {"incident_id": attack, "field": "date"}, {"incident_id": attack, "field": "title"},
            {"involvement_id": one}, {"tally_id": tally, "field": "best"}, {"statement_id": said},
        ]  # fmt: skip
        for values in supported:
            book.add("citation", {"evidence_id": first, **values})
        book.add("tag", {"name": "check", "of_kind": "incident", "of_id": attack})
        book.edit("incident", attack, {"status": "alleged"}, version=1, reason="hedged")
    return Case(store, origin, attack, pompeo, militias, brigade, forces, said)


def test_incident_says_when_where_and_how_that_is_known(case: Case) -> None:
    card = incident_card(case.store.reader(), case.attack)
    assert card is not None
    assert (card.ref, card.title, card.version, card.coder) == (f"I-{case.attack}", "Second attack", 2, "ann")
    assert card.when.human == "one of 9–14 Dec 2019"
    assert (card.when.words, card.when.basis) == ("this week", "inferred")
    assert card.when.anchor is not None
    assert (card.when.anchor.ref, card.when.anchor.title) == (f"SRC-{case.origin}", "Rockets this week")
    assert card.where == "a compound, IRQ · named site · 33.2625, 44.2346"
    assert (card.killed, card.wounded, card.status, card.category) == ("2+", "–", "alleged", "armed clash")
    assert card.tags == ("check",)
    fields = {label: value for group in card.groups for label, value in group.pairs}
    assert [group.title for group in card.groups] == ["What", "When and where", "Casualties", "Coding"]
    assert (fields["Killed, at least"], fields["Killed, best figure"]) == ("2", "–")
    assert (fields["Claim"], fields["Part of"]) == ("no claim reported", "I-1 Attacks since October")


def test_matrix_has_actors_by_asserters_and_says_who_keeps_silent(case: Case) -> None:
    card = incident_card(case.store.reader(), case.attack)
    assert card is not None
    matrix = card.matrix
    assert matrix.asserters == ("Mike Pompeo", "nobody named")
    assert matrix.asserter_ids == (case.pompeo, None)
    told = [(row.role, row.actor, [[verdict.words for verdict in cell] for cell in row.cells]) for row in matrix.rows]
    assert told == [
        ("perpetrator", "Militias", [[("accuses", "credibility 3")], [("states", "hedged “believed”")]]),
        ("sponsor", "Brigade", [[("accuses", "intelligence, forensic")], []]),
        ("target", "Forces", [[], [("states",)]]),
    ]
    assert matrix.silence == "nobody claims · nobody denies"


@pytest.mark.parametrize(("stance", "status", "silence"), [
    ("claims", None, "claimed by Brigade · nobody denies"),
    ("denies", "none_reported", "nobody claims · denied by Brigade"),
    ("states", "claimed", "claimed, by whom is not recorded · nobody denies"),
    ("states", "competing", "competing claims, by whom is not recorded · nobody denies"),
    ("states", "denied", "nobody claims · denied, by whom is not recorded"),
])  # fmt: skip
def test_claims_and_denials_are_named(case: Case, stance: str, status: str | None, silence: str) -> None:
    with case.store.casebook() as book:
        involvement(book, case.attack, case.brigade, asserted_by_id=case.brigade, stance=stance)
        book.edit("incident", case.attack, {"claim_status": status}, version=None)
    card = incident_card(case.store.reader(), case.attack)
    assert card is not None
    assert card.matrix.silence == silence


def test_a_statement_of_denial_about_the_incident_breaks_the_silence(case: Case) -> None:
    with case.store.casebook() as book:
        denial = statement(book, case.militias, "Not us", kind="deny")
        book.add("statement_incident", {"statement_id": denial, "incident_id": case.attack})
    card = incident_card(case.store.reader(), case.attack)
    assert card is not None
    assert card.matrix.denied_by == ("Militias",)
    assert card.matrix.silence == "nobody claims · denied by Militias"


def test_incident_holds_figures_statements_links_words_and_history(case: Case) -> None:
    card = incident_card(case.store.reader(), case.attack)
    assert card is not None
    assert [(t.measure, t.figure, t.words, t.according_to and t.according_to.title) for t in card.tallies] == [
        ("killed", "2+", "two", None), ("killed", "5", "", "Mike Pompeo"),
    ]  # fmt: skip
    assert [(s.ref, s.speaker.title, s.kind, s.words, s.said) for s in card.statements] == [
        ("S-1", "Mike Pompeo", "accuses", "“Iran’s proxies did it”", "13 Dec 2019")
    ]
    assert card.parent is not None
    assert (card.parent.title, [child.title for child in card.children]) == ("Attacks since October", ["A later shot"])
    (link,) = card.links
    assert (link.type, link.other.title, link.backwards) == ("retaliation for", "A later shot", False)
    (words,) = card.evidence
    assert (words.ref, words.source.title, words.start, words.end) == ("E-1", "Rockets this week", 0, 28)
    assert (words.exact, words.verdict) == ("Two rocket attacks this week", "")
    assert set(words.supports) == {"Date", "Title", "INV-2", "T-2 Best"}
    assert (card.history[0].verb, card.history[0].reason) == ("edit", "hedged")
    assert card.history[0].changes[0]["changes"]["status"] == ["reported", "alleged"]


def test_actor_holds_names_relations_statements_and_parts(case: Case) -> None:
    with case.store.casebook() as book:
        book.add("actor_name", {"actor_id": case.militias, "name": "PMF", "kind": "acronym", "disputed": True})
        book.add("relation", {"from_actor_id": case.brigade, "type": "member_of", "to_actor_id": case.militias,
                              "asserted_by_id": case.pompeo, "held_edtf": "2019"})  # fmt: skip
        involvement(book, case.attack, case.militias, asserted_by_id=case.forces, stance="denies")
    reader = case.store.reader()
    card = actor_card(reader, case.militias)
    assert card is not None
    assert (card.title, card.actor_kind, card.generic) == ("Militias", "armed group", False)
    assert [(name.name, name.kind, name.disputed) for name in card.names] == [("PMF", "acronym", True)]
    (relation,) = card.relations
    assert (relation.subject.title, relation.type, relation.object.title) == ("Brigade", "member of", "Militias")
    assert (relation.held, relation.according_to and relation.according_to.title) == ("2019", "Mike Pompeo")
    assert (card.made, card.made_total, card.received_total) == ((), 0, 1)
    assert [(one.role, one.words) for one in card.received] == [("target", "“Iran’s proxies did it”")]
    assert [(part.role, part.total, [one.title for one in part.incidents]) for part in card.parts] == [
        ("perpetrator", 1, ["Second attack"])
    ]
    speaker = actor_card(reader, case.pompeo)
    assert speaker is not None
    assert (speaker.made_total, [one.ref for one in speaker.made]) == (1, ["S-1"])


def test_statement_holds_actors_incidents_assertions_and_repetitions(case: Case) -> None:
    with case.store.casebook() as book:
        again = statement(book, case.forces, "Iran’s proxies did it", repeats_id=case.said)
    reader = case.store.reader()
    card = statement_card(reader, case.said)
    assert card is not None
    assert (card.title, card.speaker.title) == ("“Iran’s proxies did it”", "Mike Pompeo")
    assert (card.statement_kind, card.mode) == ("accuses", "verbatim")
    assert (card.said.human, card.source and card.source.title) == ("Fri 13 Dec 2019", "Rockets this week")
    assert [(role, named.title) for role, named in card.actors] == [("target", "Militias")]
    assert [named.title for named in card.about] == ["Second attack"]
    assert [(one.actor.title, one.role, one.stance) for one in card.asserts] == [("Militias", "perpetrator", "accuses")]
    assert [words.supports for words in card.evidence] == [("the record",)]
    assert (card.repeats, [one.ref for one in card.repeated_by]) == (None, [f"S-{again}"])
    other = statement_card(reader, again)
    assert other is not None
    assert other.repeats is not None
    assert other.repeats.ref == f"S-{case.said}"


def test_source_holds_what_rests_on_it_and_no_text(case: Case) -> None:
    with case.store.casebook() as book:
        newer = source(book, "Corrected", supersedes_id=case.origin, sha256="1" * 64)
    reader = case.store.reader()
    card = source_card(reader, case.origin)
    assert card is not None
    assert (card.kept, card.text_length, len(card.sha256)) == ("attached", len(TEXT), 64)
    assert card.published.human == "Sat 14 Dec 2019"
    rests = dict(card.rests)
    assert (rests["statements"], rests["involvements"], rests["tallies"], rests["evidence"]) == (1, 1, 1, 1)
    assert card.anchored == 1
    (words,) = card.evidence
    assert words.supports == (f"I-{case.attack}", "INV-2", "T-2", "S-1")
    assert [one.ref for one in card.statements] == ["S-1"]
    assert [one.title for one in card.superseded_by] == ["Corrected"]
    other = source_card(reader, newer)
    assert other is not None
    assert (other.kept, other.text_length, other.supersedes and other.supersedes.ref) == ("pinned", None, "SRC-1")
    assert not any(TEXT in value for group in card.groups for _, value in group.pairs)


def test_deleted_links_are_gone_from_cards_and_deleted_records_have_none(case: Case) -> None:
    with case.store.casebook() as book:
        book.delete("statement", [case.said])
        book.delete("source", [case.origin])
    reader = case.store.reader()
    card = incident_card(reader, case.attack)
    assert card is not None
    assert card.statements == ()
    assert card.evidence == ()
    assert statement_card(reader, case.said) is None
    assert source_card(reader, case.origin) is None
    assert incident_card(reader, 999) is None
    assert actor_card(reader, 999) is None


def test_incident_and_source_name_each_other_however_they_are_tied(case: Case) -> None:
    with case.store.casebook() as book:
        older = source(book, "An older report", publisher="Gazette", **day("2019-12-10", "published"))
        quoted, counted, gone = (source(book, title) for title in ("Quoted", "Counted", "Deleted"))
        for one in (older, gone):
            book.add("incident_source", {"incident_id": case.attack, "source_id": one})
        span = book.add("evidence", {"source_id": quoted, "start": 0, "end": 3, "exact": "Two"}).id
        book.add("citation", {"evidence_id": span, "incident_id": case.attack})
        book.add("tally", {"incident_id": case.attack, "measure": "killed", "best": 0, "source_id": counted})
        book.delete("source", [gone])
    reader = case.store.reader()
    card = incident_card(reader, case.attack)
    assert card is not None
    told = [(row.named.ref, row.publisher, row.published) for row in card.sources]
    assert told == [
        (f"SRC-{quoted}", "", "–"), (f"SRC-{counted}", "", "–"), (f"SRC-{older}", "Gazette", "10 Dec 2019"),
        (f"SRC-{case.origin}", "The Port", "14 Dec 2019"),
    ]  # fmt: skip
    for one in (older, quoted, counted, case.origin):
        found = source_card(reader, one)
        assert found is not None
        assert [named.id for named in found.incidents] == [case.attack]
    reported = source_card(reader, older)
    assert reported is not None
    assert ("incidents reported", 1) in reported.rests


def test_filters_reach_over_the_sources_that_report_an_incident(case: Case) -> None:
    with case.store.casebook() as book:
        other = source(book, "Another report")
        book.add("incident_source", {"incident_id": case.attack, "source_id": other})
    reader = case.store.reader()

    def ids(kind: Kind, words: str) -> list[int]:
        return [row[0] for row in Browser(reader, View(kind, parse(kind, words))).head(9)]

    assert ids(INCIDENT, f"source:SRC-{other}") == [case.attack]
    assert ids(INCIDENT, "source:another") == [case.attack]
    assert ids(INCIDENT, "has:source") == [case.attack]
    assert set(ids(SOURCE, f"incident:I-{case.attack}")) == {case.origin, other}
    assert ids(SOURCE, "has:incident") == [other]
