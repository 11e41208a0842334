"""Columns that join related records: who stands in them, in what order, escaped and cut, alike on both engines."""

from __future__ import annotations

import pytest
from casework import actor, incident, involvement, source, statement
from conftest import Store

from tracker.model.fields import Kind
from tracker.model.kinds import ACTOR, INCIDENT, SOURCE, STATEMENT
from tracker.store import cells
from tracker.store.columns_related import RELATED
from tracker.store.query import parse
from tracker.store.views import Browser, View


def row(store: Store, kind: Kind, id_: int, *names: str) -> tuple[str, ...]:
    """The cells of one record."""
    view = View(kind, parse(kind, f"id:{id_}"), columns=names)
    return Browser(store.reader(), view).head(1)[0][1]


def test_the_roles_of_an_incident(store: Store) -> None:
    with store.casebook() as book:
        key, bare = incident(book), incident(book, "Another")
        one, two, three = (actor(book, name) for name in ("One; and co", "Two\\", "Three"))
        involvement(book, key, two, asserted_by_id=three, stance="accuses")
        involvement(book, key, one, asserted_by_id=one)
        involvement(book, key, two, asserted_by_id=one)
        involvement(book, key, three, asserted_by_id=three, stance="denies")
        involvement(book, key, three, "victim")
        involvement(book, key, one, "target", stance="doubts")
        involvement(book, bare, one, "participant")
        book.delete("involvement", [involvement(book, key, three, "sponsor")])
    names = ("perpetrators", "sponsors", "targets", "victims", "participants", "asserted_by")
    assert row(store, INCIDENT, key, *names) == (
        "Two\\\\; One\\; and co",
        "–",
        "–",
        "Three",
        "–",
        "Three; One\\; and co",
    )
    assert row(store, INCIDENT, bare, *names) == ("–", "–", "–", "–", "One\\; and co", "–")


def test_sources_of_an_incident_come_from_everywhere_once(store: Store) -> None:
    with store.casebook() as book:
        key, other = incident(book), incident(book, "Another")
        origins = [source(book, f"S{number}") for number in range(8)]
        book.add("incident_source", {"incident_id": key, "source_id": origins[5]})
        who = actor(book, "One")
        first = involvement(book, key, who, source_id=origins[4])
        tally = book.add("tally", {"incident_id": key, "measure": "killed", "low": 1, "source_id": origins[5]}).id
        for number, of in ((3, {"incident_id": key}), (2, {"involvement_id": first}), (1, {"tally_id": tally})):
            span = book.add("evidence", {"source_id": origins[number], "start": 0, "end": 3}).id
            book.add("citation", {"evidence_id": span, **of})
        book.add("incident_source", {"incident_id": other, "source_id": origins[0]})
        gone = book.add("incident_source", {"incident_id": key, "source_id": origins[7]}).id
        book.delete("incident_source", [gone])
    assert row(store, INCIDENT, key, "sources") == ("S1; S2; S3; S4; S5",)
    assert row(store, INCIDENT, other, "sources") == ("S0",)


def test_quotes_and_tags_and_the_people_of_a_statement(store: Store) -> None:
    with store.casebook() as book:
        key, origin = incident(book), source(book)
        who, other, third = (actor(book, name) for name in ("One", "Two", "Three"))
        said = statement(book, who, source_id=origin)
        silent = book.add("statement", {"speaker_id": who, "kind": "deny", "mode": "paraphrase", "paraphrase": "No"}).id
        for number in (said, silent):
            book.add("statement_incident", {"statement_id": number, "incident_id": key})
        book.add("statement_actor", {"statement_id": said, "actor_id": other, "role": "addressee"})
        book.add("relation", {"from_actor_id": who, "type": "part_of", "to_actor_id": other})
        book.add("relation", {"from_actor_id": who, "type": "backs", "to_actor_id": third})
        for name in ("b", "a;c"):
            book.add("tag", {"name": name, "of_kind": "incident", "of_id": key})
    assert row(store, INCIDENT, key, "quotes", "tags") == ("We did it", "a\\;c; b")
    assert row(store, STATEMENT, said, "addressees", "targets", "incidents") == ("Two", "–", "Shelling of the harbour")
    assert row(store, ACTOR, who, "part_of") == ("Two",)
    assert row(store, SOURCE, origin, "quotes") == ("We did it",)


def test_a_cell_names_so_many_and_says_that_there_are_more(store: Store) -> None:
    with store.casebook() as book:
        key = incident(book)
        for number in range(cells.JOINED + 5):
            involvement(book, key, actor(book, f"Actor {number:03}"), "victim")
            if number == cells.JOINED - 1:
                assert row(store, INCIDENT, key, "victims")[0].endswith(f"; Actor {number:03}")
    names = row(store, INCIDENT, key, "victims")[0].split("; ")
    assert (len(names), names[0], names[-1]) == (cells.JOINED + 1, "Actor 000", "…")


@pytest.mark.parametrize("kind", [INCIDENT, ACTOR, STATEMENT, SOURCE], ids=lambda kind: kind.name)
def test_they_are_shown_on_request_only(kind: Kind) -> None:
    assert not any(column.default or column.sort for column in RELATED[kind.name])
