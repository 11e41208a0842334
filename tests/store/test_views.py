"""Pages, counts and places of lists are those of a plain sort of the same rows, whatever way they are found."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from conftest import Store

from tracker.errors import UsageError
from tracker.model.kinds import ACTOR, INCIDENT, STATEMENT
from tracker.store import browse, ordered_ids, sieve
from tracker.store.conjuncts import conjuncts, starts_by
from tracker.store.database import Reader
from tracker.store.listing import listing
from tracker.store.query import parse
from tracker.store.views import Browser, View

Row = dict[str, Any]
COUNT = 640
NOW = "2024-01-01T00:00:00Z"


@dataclass
class Made:
    """The rows that a list is made of, in Python, beside the store that holds them."""

    store: Store
    rows: list[Row]
    reader: Reader

    def expected(self, fits: Callable[[Row], bool], key: Callable[[Row], tuple[Any, ...]], down: bool) -> list[int]:
        """The ids in the order that a list must have: unknown values lowest, the id last."""
        alive = [row for row in self.rows if row["deleted_at"] is None and fits(row)]
        alive.sort(key=lambda row: (*((v is not None, v) for v in key(row)), row["id"]), reverse=down)
        return [row["id"] for row in alive]


def insert(store: Store, table: str, rows: list[Row]) -> None:
    """Many rows, some hundred a statement."""
    names = list(rows[0])
    for start in range(0, len(rows), 200):
        block = rows[start : start + 200]
        marks = ", ".join(f"({', '.join('?' * len(names))})" for _ in block)
        values = [row[name] for row in block for name in names]
        store.sql(f"INSERT INTO {table} ({', '.join(names)}) VALUES {marks}", values)


def common(table: str, id_: int) -> Row:
    return {"id": id_, "uid": f"{table}-{id_}", "version": 1, "created_at": NOW, "updated_at": NOW}


def dated(rng: random.Random) -> tuple[str | None, str | None]:
    """A day, a month, an open end or nothing; many days are shared."""
    year, month, number = rng.randint(2013, 2017), rng.randint(1, 12), rng.randint(1, 3)
    day, first, last = (f"{year}-{month:02}-{n:02}" for n in (number, 1, 28))
    return rng.choice([(day, day), (day, day), (day, day), (first, last), (None, day), (day, None), (None, None)])


def incidents(rng: random.Random) -> list[Row]:
    made = []
    for id_ in range(1, COUNT + 1):
        earliest, latest = dated(rng)
        words = rng.sample(["town", "market", "hospital", "river", "lokomelko"], 2)
        place = rng.choice([None, "kirkuk", "mosul", "tikrit"])
        made.append(common("incident", id_) | {
            "title": f"{rng.randint(0, 40):02} {words[0]}", "summary": words[1], "place_name": place,
            "category": rng.choice(["protest", "protest", "riot_mob", "armed_clash", "grenade"]),
            "status": rng.choice(["reported", "alleged"]), "country": rng.choice(["IRQ", "IRQ", "SYR", None]),
            "date_earliest": earliest, "date_latest": latest,
            "date_edtf": earliest if earliest == latest else f"{earliest or '..'}/{latest or '..'}",
            "killed_low": rng.choice([None, None, 1, 2]), "killed_best": rng.choice([None, None, 0, 3, 7]),
            "coder": rng.choice(["ann", None]), "deleted_at": NOW if rng.random() < 0.1 else None,
        })  # fmt: skip
    return made


@pytest.fixture
def made(store: Store) -> Made:
    """Some hundred incidents with ties, unknown values and deleted rows, and who took part in them."""
    rng = random.Random(11)
    rows = incidents(rng)
    insert(store, "incident", rows)
    insert(store, "actor", [common("actor", n) | {"name": f"A{n}", "kind": "state", "name_key": f"a{n}"}
                            for n in (1, 2, 3)])  # fmt: skip
    links = [common("involvement", n) | {
        "incident_id": rng.randint(1, COUNT), "actor_id": rng.choice([1, 1, 1, 2]), "role": "perpetrator",
        "stance": "states",
    } for n in range(1, COUNT)]  # fmt: skip
    insert(store, "involvement", links)
    for row in rows:
        row["actors"] = {link["actor_id"] for link in links if link["incident_id"] == row["id"]}
        row["text"] = f"{row['title']} {row['summary']}"
        row["killed"] = row["killed_low"] if row["killed_best"] is None else row["killed_best"]
    return Made(store, rows, store.reader())


def in_2015(row: Row) -> bool:
    earliest, latest = row["date_earliest"], row["date_latest"]
    if earliest is None and latest is None:
        return False
    return (earliest is None or earliest <= "2015-12-31") and (latest is None or latest >= "2015-01-01")


FILTERS: dict[str, Callable[[Row], bool]] = {
    "": lambda row: True,
    "town": lambda row: "town" in row["text"],
    "mark*": lambda row: "market" in row["text"],
    "-town": lambda row: "town" not in row["text"],
    "town market": lambda row: "town" in row["text"] and "market" in row["text"],
    "town OR market": lambda row: "town" in row["text"] or "market" in row["text"],
    "title:river": lambda row: "river" in row["title"],
    "nowhere": lambda row: False,
    "category:grenade": lambda row: row["category"] == "grenade",
    "category:(protest OR riot_mob)": lambda row: row["category"] in ("protest", "riot_mob"),
    "category:protest hospital": lambda row: row["category"] == "protest" and "hospital" in row["text"],
    "country:IRQ": lambda row: row["country"] == "IRQ",
    "-country:IRQ": lambda row: row["country"] != "IRQ",
    "date:2015": in_2015,
    "-date:2015": lambda row: not in_2015(row),
    "date:2015 status:alleged": lambda row: in_2015(row) and row["status"] == "alleged",
    "date:2015 OR category:grenade": lambda row: in_2015(row) or row["category"] == "grenade",
    "date:2015 town": lambda row: in_2015(row) and "town" in row["text"],
    "killed>=3": lambda row: row["killed"] is not None and row["killed"] >= 3,
    "killed:unknown": lambda row: row["killed"] is None,
    "coder:ann": lambda row: row["coder"] == "ann",
    "actor:A-1": lambda row: 1 in row["actors"],
    "actor:A-3": lambda row: False,
    "actor:A-2 market -country:SYR": lambda row: (
        2 in row["actors"] and "market" in row["text"] and row["country"] != "SYR"
    ),
}
SORTS: dict[str, Callable[[Row], tuple[Any, ...]]] = {
    "date": lambda row: (row["date_earliest"], row["date_latest"]),
    "title": lambda row: (row["title"],),
    "killed": lambda row: (row["killed"],),
    "place": lambda row: (row["place_name"] or row["country"],),
    "ref": lambda row: (),
}
EVERY_SORT = [(name, down) for name in SORTS for down in (True, False)]


def check(made: Made, text: str, sort: tuple[str, bool], rng: random.Random) -> None:
    """One list: pages before and after its ids are known, its count, capped counts, and places in it."""
    want = made.expected(FILTERS[text], SORTS[sort[0]], sort[1])
    view = View(INCIDENT, parse(INCIDENT, text), sort, ("title",))
    browser = Browser(made.reader, view)
    label = f"{text!r} by {sort}"
    for offset, limit in ((0, 7), (0, 60), (5, 40), (browse.NEAR, 30), (len(want) - 3, 9), (len(want) + 5, 5)):
        if offset >= 0:
            fresh = Browser(made.reader, view)
            assert [row[0] for row in fresh.page(offset, limit)] == want[offset : offset + limit], label
    assert browser.count(5) == min(5, len(want)), label
    assert browser.count() == len(want), label
    assert browser.prepare() == browser.count() == len(want), label
    for _ in range(3):
        offset = rng.randrange(COUNT)
        assert [row[0] for row in browser.page(offset, 25)] == want[offset : offset + 25], label
    for id_ in [*rng.sample(want, min(3, len(want))), rng.randint(1, COUNT), COUNT + 1]:
        assert browser.locate(id_) == (want.index(id_) if id_ in want else None), label


@pytest.mark.parametrize("small", [False, True], ids=["gathered", "walked"])
def test_every_filter_by_date_gives_the_rows_of_a_plain_sort(
    made: Made, small: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if small:
        # With these sizes a list of hundreds takes the ways that are made for a million.
        for name, value in {"FEW": 3, "COMMON": 5, "WINDOW": 20, "WIDEST": 200}.items():
            monkeypatch.setattr(ordered_ids, name, value)
        monkeypatch.setattr(sieve, "WINDOW", 100)
        monkeypatch.setattr(browse, "NEAR", 100)
    rng = random.Random(3)
    for text in FILTERS:
        for down in (True, False):
            check(made, text, ("date", down), rng)


def test_every_sort_gives_the_rows_of_a_plain_sort(made: Made) -> None:
    rng = random.Random(4)
    for sort in EVERY_SORT:
        for text in ("", "town", "category:grenade", "date:2015"):
            check(made, text, sort, rng)


def test_unfiltered_pages_come_from_the_nearer_end_and_then_from_packed_ids(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browse, "NEAR", 10)
    monkeypatch.setattr(browse, "_DEEP", 50)
    want = made.expected(FILTERS[""], SORTS["date"], True)
    browser = Browser(made.reader, View(INCIDENT))
    for offset in (*range(0, len(want), 61), len(want) - 4, len(want), len(want) + 9):
        assert [row[0] for row in browser.page(offset, 17)] == want[offset : offset + 17]
    assert browser._ids is not None


def test_count_on_another_thread_serves_the_pages_of_this_one(made: Made) -> None:
    want = made.expected(FILTERS["town"], SORTS["date"], True)
    browser = Browser(made.reader, View(INCIDENT, parse(INCIDENT, "town")))
    other = made.store.reader()
    with ThreadPoolExecutor(1) as pool:
        counting = pool.submit(browser.count, reader=other)
        assert [row[0] for row in browser.head(20)] == want[:20]
        assert counting.result() == len(want)
    other.close()
    assert [row[0] for row in browser.page(30, 20)] == want[30:50]


def test_pages_of_a_list_stay_whole_when_a_record_is_deleted_meanwhile(made: Made) -> None:
    browser = Browser(made.reader, View(INCIDENT, parse(INCIDENT, "town")))
    browser.prepare()
    before = browser.page(0, 10)
    made.store.sql("UPDATE incident SET deleted_at = ? WHERE id = ?", (NOW, before[0][0]))
    assert browser.page(0, 10) == before
    assert Browser(made.reader, browser.view).page(0, 9) == before[1:10]


def test_cells_are_fit_for_one_line_of_a_screen(store: Store) -> None:
    row = {"title": "two\nlines \x1b[31m[b]red", "category": "other", "status": "reported"}
    insert(store, "incident", [common("incident", 1) | row])
    assert Browser(store.reader(), View(INCIDENT, columns=("title",))).head(1) == [(1, ("two⏎lines ␛[31m[b]red",))]


def test_an_empty_list_has_no_pages_and_no_places(store: Store) -> None:
    for kind in (INCIDENT, ACTOR, STATEMENT):
        browser = Browser(store.reader(), View(kind))
        assert browser.head(10) == browser.page(500, 10) == []
        assert (browser.count(), browser.count(10), browser.locate(1)) == (0, 0, None)


def test_a_column_without_an_order_or_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="cannot be sorted by says"):
        Browser(store.reader(), View(INCIDENT, sort=("says", True)))
    with pytest.raises(UsageError, match="did you mean killed"):
        Browser(store.reader(), View(INCIDENT, columns=("kiled",)))


@pytest.mark.parametrize(("text", "sort", "index"), [
    ("", ("date", True), "ix_incident_date_earliest_date_latest"),
    ("", ("date", False), "ix_incident_date_earliest_date_latest"),
    ("", ("title", False), "ix_incident_title"),
    ("", ("killed", True), "ix_incident_coalesce"),
    ("category:grenade", ("date", True), "ix_incident_category_date_earliest_date_latest"),
    ("status:alleged", ("date", False), "ix_incident_status_date_earliest_date_latest"),
])  # fmt: skip
def test_an_index_gives_the_order_without_a_sort(
    sqlite_store: Store, text: str, sort: tuple[str, bool], index: str
) -> None:
    chosen = listing(INCIDENT, parse(INCIDENT, text), sort, "sqlite")
    sql = f"EXPLAIN QUERY PLAN SELECT t.id {chosen.source} {chosen.order()} LIMIT 50"
    plan = [row[3] for row in sqlite_store.reader().rows(sql, chosen.parameters)]
    assert len(plan) == 1
    assert index in plan[0]


def test_a_list_by_name_of_actors_needs_no_sort(sqlite_store: Store) -> None:
    chosen = listing(ACTOR, parse(ACTOR, ""), ("name", False), "sqlite")
    sql = f"EXPLAIN QUERY PLAN SELECT t.id {chosen.source} {chosen.order()}"
    assert [row[3] for row in sqlite_store.reader().rows(sql)] == ["SCAN t USING INDEX ix_actor_name_key"]


@pytest.mark.parametrize(("sql", "pieces"), [
    ("a = 1", ["a = 1"]),
    ("((a = 1) AND (b = 2 OR c = 3))", ["a = 1", "b = 2 OR c = 3"]),
    ("(a = 1 OR b = 2)", ["a = 1 OR b = 2"]),
    ("(a AND (b AND c) AND x IN (SELECT y WHERE u AND v))", ["a", "b", "c", "x IN (SELECT y WHERE u AND v)"]),
    ("(a AND b) IS NOT TRUE", ["(a AND b) IS NOT TRUE"]),
    ("a = ') AND (' AND b", ["a = ') AND ('", "b"]),
    ("(a) OR (b)", ["(a) OR (b)"]),
])  # fmt: skip
def test_conjuncts_are_what_must_hold_together(sql: str, pieces: list[str]) -> None:
    assert list(conjuncts(sql)) == pieces


@pytest.mark.parametrize(("text", "latest"), [
    ("date:2015", "2015-12-31"),
    ("status:alleged date:2015 killed:1..3", "2015-12-31"),
    ("killed:1..3 town (date:..2014 category:grenade)", "2014-12-31"),
    ("date:2015 OR status:alleged", None),
    ("-date:2015", None),
    ("date:2015..", None),
    ("status:alleged", None),
])  # fmt: skip
def test_a_date_that_must_hold_tells_where_the_list_begins(text: str, latest: str | None) -> None:
    assert starts_by(listing(INCIDENT, parse(INCIDENT, text), ("date", True), "sqlite")) == latest


def test_reading_imports_nothing_that_is_slow_to_import(sqlite_store: Store) -> None:
    code = (
        "import sys; from tracker.store import views, cards, history; from tracker.store.database import *;"
        "from tracker.model.kinds import INCIDENT; reader = Reader(database(sys.argv[1]));"
        "views.Browser(reader, views.View(INCIDENT)).head(9); views.totals(reader); cards.incident_card(reader, 1);"
        "print({'sqlalchemy', 'sqlmodel', 'textual', 'rapidfuzz', 'rich'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(sqlite_store.database.path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "set()"
