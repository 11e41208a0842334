"""Every field can be shown as a column, each column says what a person expects, and both engines agree."""

from __future__ import annotations

from typing import Any

import pytest
from casework import actor, incident, involvement, source, statement
from conftest import Store

from tracker.errors import UsageError
from tracker.model.fields import Kind
from tracker.model.kinds import ACTOR, BY_NAME, INCIDENT, KINDS, SOURCE, STATEMENT
from tracker.store import cells
from tracker.store.casebook import Casebook
from tracker.store.columns import column, columns_of, default_columns, default_sort
from tracker.store.query import parse
from tracker.store.views import Browser, View


def row(store: Store, kind: Kind, id_: int, *names: str) -> tuple[str, ...]:
    """The cells of one record."""
    view = View(kind, parse(kind, f"id:{id_}"), columns=names)
    return Browser(store.reader(), view).head(1)[0][1]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_is_a_column_by_itself(kind: Kind) -> None:
    names = [column.name for column in columns_of(kind)]
    assert len(names) == len(set(names))
    assert {field.name for field in kind.fields} | {"ref", "id", "uid", "version", "tags"} <= set(names)
    shown = default_columns(kind)
    assert shown == tuple(names[: len(shown)])
    assert column(kind, default_sort(kind)[0]).sort


def test_incidents_actors_statements_and_sources_show_their_own_columns_first() -> None:
    assert default_columns(INCIDENT) == ("date", "title", "place", "killed", "wounded", "says", "status")
    assert default_columns(ACTOR) == ("name", "kind", "country", "generic", "names", "statements", "incidents")
    assert default_columns(STATEMENT) == ("said", "speaker", "kind", "mode", "words", "about")
    assert default_columns(SOURCE) == ("published", "title", "publisher", "kind", "queue", "reliability", "text")
    assert default_columns(BY_NAME["involvement"]) == (
        "incident", "actor", "role", "asserted_by", "stance", "hedge", "hedge_words", "basis",
    )  # fmt: skip


def test_an_unknown_column_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="“plce” is not a column of incidents; did you mean place"):
        column(INCIDENT, "plce")


@pytest.mark.parametrize(("values", "shown"), [
    ((None, None, None), "–"), ((0, 0, 0), "0"), ((None, 0, None), "0"), ((2, None, None), "2+"),
    ((2, None, 5), "2–5"), ((None, None, 5), "≤5"), ((4, None, 4), "4"), ((3, 3, 3), "3"), ((2, 3, 5), "3 (2–5)"),
    ((3, 3, None), "3"), ((2, 3, None), "3 (2+)"), ((None, 3, 5), "3 (≤5)"), ((3, 3, 5), "3 (3–5)"),
    ((None, 1200, None), "1,200"), ((0, None, 5), "0–5"),
])  # fmt: skip
def test_a_figure_says_what_is_known_and_never_takes_unknown_for_zero(values: Any, shown: str) -> None:
    assert cells.figure(values) == shown


@pytest.mark.parametrize(("packed", "shown"), [
    ("0 0 0 0 0 0", "–"), ("0 0 2 1 0 0", "2 accuse · 1 deny"), ("0 0 0 0 0 3", "own voice"),
    ("1 2 0 0 3 1", "1 state · 2 claim · 3 doubt · own voice"),
])  # fmt: skip
def test_says_counts_speakers_by_stance(packed: str, shown: str) -> None:
    assert cells.says((packed,)) == shown


def test_cells_of_an_incident(store: Store) -> None:
    with store.casebook() as book:
        date = {"date_edtf": "[2019-12-09..2019-12-14]", "date_earliest": "2019-12-09", "date_latest": "2019-12-14"}
        key = incident(book, killed_low=2, wounded_best=0, wounded_low=0, admin1="Baghdad", country="IRQ",
                       place_words="near the airport", **date)  # fmt: skip
        bare = incident(book, "Nothing known of it")
        one, two, three = (actor(book, name) for name in ("One", "Two", "Three"))
        involvement(book, key, three, asserted_by_id=one, stance="accuses")
        involvement(book, key, two, "sponsor", asserted_by_id=one, stance="accuses")
        involvement(book, key, three, asserted_by_id=two, stance="accuses")
        involvement(book, key, three, asserted_by_id=three, stance="denies")
        involvement(book, key, one, "victim", asserted_by_id=two, stance="states")
        involvement(book, key, two, stance="states")
        gone = involvement(book, key, two, asserted_by_id=three, stance="doubts")
        book.delete("involvement", [gone])
    assert row(store, INCIDENT, key) == (
        "9–14 Dec 2019", "Shelling of the harbour", "near the airport", "2+", "0",
        "2 accuse · 1 deny · own voice", "reported",
    )  # fmt: skip
    assert row(store, INCIDENT, bare)[2:6] == ("–", "–", "–", "–")
    assert row(store, INCIDENT, key, "ref", "id", "category", "killed_low", "aggregate", "parent", "version") == (
        f"I-{key}", str(key), "armed clash", "2", "–", "–", "1",
    )  # fmt: skip


def test_cells_of_actors_statements_and_sources(store: Store) -> None:
    with store.casebook() as book:
        origin = source(book, publisher="The Port", sha256="0" * 64, reliability="B")
        who = actor(book, "Coast Guard", generic=True, country="IRQ")
        for name in ("CG", "Guards"):
            book.add("actor_name", {"actor_id": who, "name": name})
        keys = [incident(book, title) for title in ("First", "Second")]
        for key in (*keys, keys[0]):
            involvement(book, key, who)
        said = statement(book, who, said_edtf="2019-12", said_earliest="2019-12-01", said_latest="2019-12-31")
        told = book.add("statement", {"speaker_id": who, "kind": "deny", "mode": "paraphrase", "paraphrase": "Not us",
                                      "repeats_id": said, "conditional": True}).id  # fmt: skip
        for key in keys:
            book.add("statement_incident", {"statement_id": said, "incident_id": key})
        book.add("tag", {"name": "check", "of_kind": "statement", "of_id": told})
        book.add("tag", {"name": "again", "of_kind": "statement", "of_id": told})
    assert row(store, ACTOR, who) == ("Coast Guard", "armed group", "IRQ", "yes", "CG; Guards", "2", "2")
    assert row(store, STATEMENT, said) == (
        "Dec 2019", "Coast Guard", "announces", "verbatim", "“We did it”", "First; Second",
    )  # fmt: skip
    assert row(store, STATEMENT, told, "words", "about", "repeats", "conditional", "tags") == (
        "Not us", "–", "We did it", "yes", "again; check",
    )  # fmt: skip
    assert row(store, SOURCE, origin)[1:] == (
        "Harbour shelled", "The Port", "news article", "inbox", "B", "pinned",
    )  # fmt: skip


def test_busy_actors_are_counted_up_to_a_limit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "COUNTED", 3)
    assert cells.at_least(("2 2",)) == "2"
    assert cells.at_least(("2 3",)) == "2+"


def fill(book: Casebook) -> None:
    """A record of each of many kinds, twice, one full of references."""
    for turn in ("one", "two"):
        origin = source(book, f"Source {turn}")
        who, other = actor(book, f"Actor {turn}"), actor(book, f"Other actor {turn}")
        key, said = incident(book, f"Incident {turn}", parent_id=None), statement(book, who, source_id=origin)
        involvement(book, key, who, asserted_by_id=who, source_id=origin, statement_id=said, basis="forensic; witness",
                    adopted=True, stance="accuses")  # fmt: skip
        book.add("tally", {"incident_id": key, "measure": "killed", "low": 1})
        book.add("relation", {"from_actor_id": who, "type": "backs", "to_actor_id": other})
        span = book.add("evidence", {"source_id": origin, "start": 0, "end": 3}).id
        book.add("citation", {"evidence_id": span, "incident_id": key, "field": "title"})
        book.add("actor_name", {"actor_id": who, "name": f"Other {turn}"})
        book.add("tag", {"name": turn, "of_kind": "incident", "of_id": key})


def test_every_column_of_every_kind_can_be_shown_and_ordered_on_both_engines(store: Store) -> None:
    with store.casebook() as book:
        fill(book)
    reader = store.reader()
    for kind in KINDS:
        names = tuple(column.name for column in columns_of(kind))
        rows = Browser(reader, View(kind, columns=names)).head(5)
        assert all(len(cells) == len(names) and all(cells) for _, cells in rows), kind.name
        for name in names:
            if column(kind, name).sort:
                up, down = (Browser(reader, View(kind, sort=(name, way))).head(5) for way in (False, True))
                assert {one[0] for one in up} == {one[0] for one in down} == {one[0] for one in rows}, name
                assert [one[0] for one in up] == [one[0] for one in reversed(down)], name
    involved = row(store, BY_NAME["involvement"], 1, "incident", "actor", "basis", "adopted", "statement", "source")
    assert involved == ("Incident one", "Actor one", "forensic, witness", "yes", "We did it", "Source one")
