"""What a dataset says is told in its name, and what it does not code is not taken for silence."""

from __future__ import annotations

import pytest
from casework import actor, incident, involvement, source, statement
from conftest import Store
from loading import CROWD, GUARD, SAHIL, Case, load

from tracker.model.kinds import BY_NAME
from tracker.store import digest
from tracker.store.cards import IncidentCard, incident_card
from tracker.store.digest_records import statements
from tracker.store.digest_words import accounts, involvements
from tracker.store.incoming import StatementSpec, TallySpec
from tracker.store.query import parse
from tracker.store.views import Browser, View

DENIAL = StatementSpec(GUARD, "deny", quote="", paraphrase="denies responsibility")
ROWS = [
    Case("1", actors=(SAHIL,), role="perpetrator", host=CROWD, extra='{"side": "a", "who\\u001b[31m": null}',
         tallies=(TallySpec("wounded", "guards", 1, None, 3),)),
    Case("2"),
    Case("3", statements=(DENIAL,)),
]  # fmt: skip


def _card(store: Store, id_: int) -> IncidentCard:
    card = incident_card(store.reader(), id_)
    assert card is not None
    return card


def test_a_dataset_says_so_where_its_rows_name_nobody(store: Store) -> None:
    load(store.database, ROWS)
    card = _card(store, 1)
    assert (card.matrix.asserters, card.matrix.asserter_ids) == (("coast (dataset)",), (None,))
    assert [(tally.voice, tally.according_to) for tally in card.tallies] == [("coast (dataset)", None)]
    with store.casebook() as book:
        pompeo = actor(book, "Mike Pompeo")
        involvement(book, 1, pompeo, "host")
        involvement(book, 1, pompeo, asserted_by_id=pompeo, stance="denies")
    card = _card(store, 1)
    assert card.matrix.asserters == ("Mike Pompeo", "coast (dataset)", "nobody named")
    view = View(BY_NAME["incident"], columns=("says", "asserted_by"), sort=("ref", False))
    assert Browser(store.reader(), view).head(3) == [
        (1, ("1 deny · coast (dataset)", "coast (dataset); Mike Pompeo")),
        (2, ("coast (dataset)", "coast (dataset)")),
        (3, ("coast (dataset)", "coast (dataset)")),
    ]
    linked = View(BY_NAME["involvement"], columns=("asserted_by",), sort=("ref", False))
    told = [cells[0] for _, cells in Browser(store.reader(), linked).head(9)]
    assert told[-2:] == ["–", "Mike Pompeo"]
    assert set(told[:-2]) == {"coast (dataset)"}


def test_what_is_not_coded_is_not_called_silence(store: Store) -> None:
    load(store.database, ROWS)
    assert _card(store, 1).matrix.silence == "claimed by somebody, as coded by coast · denials: not coded by coast"
    assert _card(store, 2).matrix.silence == "claims: not coded by coast"
    store.sql("UPDATE incident SET claim_status = 'none_reported' WHERE id = 2")
    assert _card(store, 2).matrix.silence == "claims: no claim reported, as coded by coast"
    assert _card(store, 3).matrix.silence == "claims: not coded by coast · denied by Coast Guard"
    with store.casebook() as book:
        own = incident(book, "Coded by hand", dataset="coast")
    assert _card(store, own).matrix.silence == "nobody claims · nobody denies"


def test_a_page_has_the_columns_of_the_row_as_they_were_read(store: Store) -> None:
    load(store.database, ROWS)
    found = _card(store, 1).as_read
    assert found is not None
    assert (found.dataset, found.pairs) == ("coast", (("side", "a"), ("who\x1b[31m", "–")))
    assert _card(store, 2).as_read is None


@pytest.mark.parametrize("imported", [True, False])
def test_statements_made_from_codes_stand_apart_until_they_are_asked_for(store: Store, imported: bool) -> None:
    if imported:
        load(store.database, ROWS)
    with store.casebook() as book:
        spoken = statement(book, actor(book, "Mike Pompeo"), source_id=source(book))
    kind = BY_NAME["statement"]
    plain = Browser(store.reader(), View(kind))
    assert ([row[0] for row in plain.head(9)], plain.count(), plain.left_out()) == ([spoken], 1, int(imported))
    asked = Browser(store.reader(), View(kind, parse(kind, "kind:deny")))
    assert (asked.count(), asked.left_out()) == (int(imported), 0)
    reader = store.reader()
    for query in ("", "title:harbour*"):
        chosen = parse(BY_NAME["incident"], query)
        listed = statements(reader, digest.scope(reader, None if chosen.empty else chosen), 9)
        assert (listed.total, listed.coded) == (0 if query else 1, int(imported))


def test_a_report_counts_what_a_dataset_says_apart_from_what_nobody_is_named_for(store: Store) -> None:
    load(store.database, ROWS)
    with store.casebook() as book:
        own = incident(book, "Coded by hand")
        involvement(book, own, actor(book, "Brigade"))
    reader = store.reader()
    found = accounts(reader, digest.scope(reader))
    assert (found.total, found.blaming, found.unnamed) == (5, 2, 1)
    assert found.datasets == {"coast": 4}
    assert found.roles == {"host": 1, "participant": 2, "perpetrator": 2}
    assert [row.dataset for row in involvements(reader, [1])[1][0]] == ["coast", "coast"]
    assert [row.dataset for row in involvements(reader, [own])[own][0]] == [None]
