"""Row 12: a page, a page of full text, a filter and an edit in a database and in one with ten times as many incidents.

The larger one is made from the smaller one by SQL: every incident, its involvements and its sources again and again,
under ids of their own.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from exchange_ground import Ground, remove
from exchange_pages import PAGE, browser
from from_data import DATE, Wanted, code, matching, words
from make_cases import set_aside
from verdicts import Verdict, in_turn, require

from tracker.store.casebook import Casebook
from tracker.store.database import Database, Reader, connect, database

BAR = 1.5
_SETTINGS = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-512000", "foreign_keys=OFF", "locking_mode=EXCLUSIVE")
_TABLES = ("incident", "involvement", "incident_source")
_EDITS = 4


def multiply(source: Path, target: Path, factor: int) -> None:
    """Make `target`: the database `source` with `factor` times its incidents."""
    remove(target)
    # A copy of the file alone would lack what its last writer left in the log beside it.
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    raw = connect(database(str(target)), writing=True)
    for pragma in _SETTINGS:
        raw.execute(f"PRAGMA {pragma}")
    raw.execute("BEGIN")
    back = set_aside(raw)
    tops = {table: raw.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0] for table in _TABLES}
    for table in _TABLES:
        columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
        again = ", ".join(_again(column, tops, table) for column in columns)
        for turn in range(1, factor):
            raw.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {again} FROM {table} WHERE id <= {tops[table]}",
                {"turn": turn},
            )
    for sql in back:
        raw.execute(sql)
    raw.execute("INSERT INTO incident_fts(incident_fts) VALUES ('rebuild')")
    raw.execute("COMMIT")
    raw.execute("ANALYZE")
    raw.execute("PRAGMA locking_mode=NORMAL")
    raw.execute("PRAGMA journal_mode=WAL")
    raw.close()


def _again(column: str, tops: dict[str, int], table: str) -> str:
    """SQL for a column of the copy number :turn of a row."""
    moved = {"id": table, "incident_id": "incident", "parent_id": "incident"}
    if column in moved:
        return f"{column} + :turn * {tops[moved[column]]}"
    if column == "uid":
        return f"substr(uid, 1, 24) || printf('%012x', id + :turn * {tops[table]})"
    return "external_id || '/' || :turn" if column == "external_id" else column


class Side:
    """One of the two databases, with what is done in it."""

    def __init__(self, where: Database, stack: ExitStack) -> None:
        self.reader = stack.enter_context(Reader(where))
        self.casebook = stack.enter_context(Casebook(where, "bench"))
        self.total = int(self.reader.rows("SELECT count(*) FROM incident WHERE deleted_at IS NULL")[0][0])
        self._ids = count(1, max(1, self.total // 2_000))
        self._figures = count(1_000)

    def page(self, what: Wanted) -> list[int]:
        """The first page of a list."""
        return [row[0] for row in browser(self.reader, what).page(0, PAGE)]

    def edit(self) -> tuple[int, int]:
        """Change a figure and the summary, as a form does; the id and the figure."""
        record, figure = next(self._ids), next(self._figures)
        values = {"wounded_high": figure, "summary": f"Corrected to {figure}."}
        self.casebook.edit("incident", record, values, version=None)
        return record, figure

    def edited(self) -> None:
        """Hold an edit to what is stored and found then."""
        record, figure = self.edit()
        sql = f"SELECT wounded_high FROM incident WHERE id = ? AND {matching(str(figure)).replace('t.id', 'id')}"
        require("edit", self.reader.rows(sql, (record,)), [(figure,)])


def lists(reader: Reader) -> dict[str, Wanted]:
    """The lists whose first page is asked for."""
    found = words(reader)
    named = {"common": found.common, "rarer": found.middling, "rare": found.rare}
    category, country = code(reader, "category"), code(reader, "country", common=True)
    asked = {f"a {name} word": Wanted(name, word, "date", matching(word), DATE) for name, word in named.items()}
    by_code = Wanted("category", f"category:{category}", "date", f"t.category = '{category}'", DATE)
    by_country = Wanted("country", f"country:{country}", "date", f"t.country = '{country}'", DATE)
    whole = Wanted("all", "", "date", "true", DATE)
    return {"first page": whole, **asked, "filter by category": by_code, "filter by country": by_country}


def section(ground: Ground) -> Iterator[Verdict]:
    """Both databases in turn."""
    small, large = ground.folder / "small.db", ground.folder / f"large-{ground.count * ground.factor}.db"
    remove(small)
    shutil.copy(ground.full, small)
    began = time.perf_counter()
    multiply(ground.full, large, ground.factor)
    os.sync()
    made = f"{large.stat().st_size / 1e9:.1f} GB made in {time.perf_counter() - began:.0f} s"
    with ExitStack() as stack:
        sides = [Side(database(str(path)), stack) for path in (small, large)]
        require("incidents", [side.total for side in sides], [ground.count, ground.count * ground.factor])
        print(f"12  {sides[0].total:,} incidents against {sides[1].total:,} ({made})")
        for name, jobs in works(sides, ground.factor).items():
            yield compared(name, jobs, ground.rounds)
    for path in (small, large):
        remove(path)


def works(sides: list[Side], factor: int) -> dict[str, list[Callable[[], Any]]]:
    """What is done on both sides, each list held to plain SQL before."""
    done: dict[str, list[Callable[[], Any]]] = {}
    for name, what in lists(sides[0].reader).items():
        found = [what.count(side.reader) for side in sides]
        require(f"{name}: count", found[1], found[0] * factor)
        for side in sides:
            require(name, side.page(what), what.plain(side.reader, 0, PAGE))
        done[f"{name} ({found[0]:,} to {found[1]:,})"] = [partial(side.page, what) for side in sides]
    done["page at any depth"] = [deep(side) for side in sides]
    for side in sides:
        side.edited()
    done[f"{_EDITS} edits"] = [partial(_edits, side) for side in sides]
    return done


def deep(side: Side) -> Callable[[], Any]:
    """A page from the middle of the list, once its ids are packed."""
    what = lists(side.reader)["first page"]
    packed, middle = browser(side.reader, what), side.total // 2
    packed.prepare()
    require("page in the middle", [row[0] for row in packed.page(middle, PAGE)], what.plain(side.reader, middle, PAGE))
    return partial(packed.page, middle, PAGE)


def _edits(side: Side) -> None:
    for _ in range(_EDITS):
        side.edit()


def compared(name: str, jobs: list[Callable[[], Any]], rounds: int) -> Verdict:
    """The large side over the small one."""
    seconds = in_turn(dict(zip(("small", "large"), jobs, strict=True)), rounds)
    detail = f"{seconds['large'] * 1000:.2f} ms, small {seconds['small'] * 1000:.2f} ms"
    return Verdict(12, name, seconds["large"] / seconds["small"], BAR, detail=detail)
