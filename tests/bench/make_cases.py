"""Make a database of invented incidents, large enough to measure lists, filters and full text on.

    python tests/bench/make_cases.py FILE.db [-n 1000000] [--seed 7]

The file must not exist; it is made by the program itself (`tracker.store.engine.create`) and filled by set-based SQL
in one pass, under a minute and 1.3 GB for a million incidents. The same -n and --seed give the
same rows. What is in it:

* 3,000 actors with other names, 1 source for 100 incidents, 1 statement for 5, 2 involvements for each incident;
* categories, countries, places, actors and words by Zipf's law: few are in most rows, most are in few;
* days of 30 years, most exact, some a month, a year, one of several days or unknown; killed unknown in a third;
* titles and summaries from common words, and from 20,000 rare ones; 1 incident in 500 is deleted.
"""

from __future__ import annotations

import argparse
import calendar
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tracker.model import codes
from tracker.model.kinds import KINDS
from tracker.store.database import Database, connect, database
from tracker.store.engine import create
from tracker.text import fold

ACTORS = 3_000
RARE_WORDS = 20_000
SLOTS = 65_536
FIRST_DAY, DAYS = date(1990, 1, 1), 10_957
PRIME = 2_147_483_647
NOW = "2020-01-01T00:00:00Z"

COMMON = (
    "attack", "near", "the", "town", "of", "on", "in", "after", "clash", "between", "police", "army",
    "militants", "villagers", "killed", "wounded", "convoy", "market", "checkpoint", "school", "border", "base",
    "village", "road", "bridge", "station", "mosque", "church", "camp", "court", "river", "hospital", "factory",
)  # fmt: skip
WEAPONS = (
    "rocket", "mortar", "rifle", "knife", "bomb", "drone", "grenade", "mine", "missile", "none",
)  # fmt: skip
SYLLABLES = (
    "ba", "ko", "ra", "ti", "shu", "mel", "dar", "zin", "qa", "lo", "fe", "nu", "hir", "sol", "gan", "tep",
    "wa", "yur", "ok", "bel",
)  # fmt: skip
COUNTRIES = (
    "IRQ", "SYR", "AFG", "NGA", "SOM", "PAK", "YEM", "IND", "COL", "UKR", "PHL", "MLI", "TUR", "LBY", "EGY",
    "MEX", "COD", "SDN", "ETH", "MMR", "THA", "KEN", "CMR", "BFA", "NER", "TCD", "LBN", "ISR", "PSE", "IRN",
    "SSD", "CAF", "BDI", "UGA", "MOZ", "LKA", "NPL", "BGD", "RUS", "GEO",
)  # fmt: skip


def hashed(salt: int, modulus: int) -> str:
    """An SQL expression for an even-handed whole number in [0, modulus) that the row's `a` and `salt` decide."""
    factor = random.Random(salt).getrandbits(31) | 1
    return f"(((a * {factor}) >> 20) % {modulus})"


def zipf(count: int, random_source: random.Random, flatness: float = 1.0) -> list[int]:
    """`SLOTS` ranks from 0 to `count` - 1, each as often as Zipf's law has it, in a shuffled order."""
    weights = [1 / (rank + 2) ** flatness for rank in range(count)]
    ranks: list[int] = []
    total, acc = sum(weights), 0.0
    for rank, weight in enumerate(weights):
        acc += weight
        ranks += [rank] * (math.floor(acc / total * SLOTS) - len(ranks))
    ranks += [count - 1] * (SLOTS - len(ranks))
    random_source.shuffle(ranks)
    return ranks


def word(number: int) -> str:
    """An invented word, another for each number."""
    parts = []
    number += len(SYLLABLES)
    while number:
        number, index = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[index])
    return "".join(parts)


def calendar_rows() -> Iterator[tuple[Any, ...]]:
    """(number, day, first and last day of its month, year, four days on) for each of `DAYS` days."""
    for number in range(DAYS):
        day = FIRST_DAY + timedelta(days=number)
        last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        yield number, str(day), str(day.replace(day=1)), str(last), str(day.year), str(day + timedelta(days=4))


def fill_lookups(raw: Any, rng: random.Random) -> None:
    """Temporary tables that a hashed number is looked up in."""
    raw.execute("CREATE TEMP TABLE day (slot INTEGER PRIMARY KEY, iso, month_first, month_last, year, later)")
    raw.executemany("INSERT INTO temp.day VALUES (?, ?, ?, ?, ?, ?)", calendar_rows())
    lists: dict[str, Sequence[str]] = {
        "category": codes.values("category"),
        "country": COUNTRIES,
        "place": [word(n).title() for n in range(500, 4_500)],
        "common": COMMON,
        "rare": [word(n) for n in range(10_000, 10_000 + RARE_WORDS)],
        "weapon": WEAPONS,
        "status": codes.values("status"),
    }
    common = [COMMON[rank] for rank in zipf(len(COMMON), rng, 0.7)]
    lists["phrase"] = [" ".join(rng.sample(common, 4)) for _ in range(SLOTS)]
    for name, values in lists.items():
        raw.execute(f"CREATE TEMP TABLE pick_{name} (slot INTEGER PRIMARY KEY, value)")
        flatness = 0.7 if name in ("common", "rare") else 1.0
        ranks = range(SLOTS) if name == "phrase" else zipf(len(values), rng, flatness)
        rows = enumerate(values[rank] for rank in ranks)
        raw.executemany(f"INSERT INTO pick_{name} VALUES (?, ?)", rows)
    raw.execute("CREATE TEMP TABLE pick_actor (slot INTEGER PRIMARY KEY, value)")
    raw.executemany("INSERT INTO pick_actor VALUES (?, ?)", enumerate(rank + 1 for rank in zipf(ACTORS, rng)))


def picked(name: str, salt: int) -> str:
    """An SQL expression for a value of the list `name`."""
    return f"(SELECT value FROM pick_{name} p WHERE p.slot = {hashed(salt, SLOTS)})"


def fill_numbers(raw: Any, count: int, seed: int) -> None:
    """The numbers n from 1 to `count`, each with a scattered number a below 2**31 that all its values come from."""
    x = f"((n * 48271 + {seed}) % {PRIME})"
    raw.execute("CREATE TEMP TABLE number (n INTEGER PRIMARY KEY, a)")
    raw.execute(
        f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count})"
        f" INSERT INTO temp.number SELECT n, ({x} * {x} + {x} * 16807) % {PRIME} FROM s"
    )


def insert(raw: Any, table: str, count: int, columns: dict[str, str], source: str = "") -> None:
    """Fill `table` with `count` rows; `columns` are SQL expressions over the row's number n."""
    every = {
        "id": "n", "uid": f"'{table}-' || n", "version": "1", "created_at": f"'{NOW}'", "updated_at": f"'{NOW}'",
    } | columns  # fmt: skip
    expressions = ", ".join(every.values())
    source = source or "temp.number g"
    raw.execute(f"INSERT INTO {table} ({', '.join(every)}) SELECT {expressions} FROM {source} WHERE n <= {count}")


def fill_actors(raw: Any, rng: random.Random) -> None:
    """Actors and one other name for every second one, with their matching keys."""
    kinds, names = codes.values("actor_kind"), [f"{word(n)} {word(n * 7)}".title() for n in range(50, 50 + ACTORS)]
    rows = [
        (n, f"actor-{n}", NOW, NOW, name, rng.choice(kinds), n % 9 == 0, COUNTRIES[n % len(COUNTRIES)], fold(name))
        for n, name in enumerate(names, 1)
    ]
    raw.executemany(
        "INSERT INTO actor (id, uid, version, created_at, updated_at, name, kind, generic, country, name_key)"
        " VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?)", rows,
    )  # fmt: skip
    others = [(n, f"name-{n}", NOW, NOW, n * 2, f"Al {names[n * 2 - 1]}", fold(f"Al {names[n * 2 - 1]}"))
              for n in range(1, ACTORS // 2)]  # fmt: skip
    raw.executemany(
        "INSERT INTO actor_name (id, uid, version, created_at, updated_at, actor_id, name, name_key)"
        " VALUES (?, ?, 1, ?, ?, ?, ?, ?)", others,
    )  # fmt: skip


_SUMMARY = (("phrase", 20), ("rare", 30), ("rare", 31))


def fill_incidents(raw: Any, count: int, seed: int) -> None:
    """Incidents; the day's hash decides how exact the date is."""
    cases = {
        "edtf": ("iso", "iso || '?'", "substr(iso, 1, 7)", "'[' || iso || '..' || later || ']'", "year"),
        "earliest": ("iso", "iso", "month_first", "iso", "year || '-01-01'"),
        "latest": ("iso", "iso", "month_last", "later", "year || '-12-31'"),
        "precision": ("'day'", "'day'", "'month'", "'days'", "'year'"),
    }
    dates = {
        f"date_{part}": f"CASE WHEN x < 78 THEN {a} WHEN x < 82 THEN {b} WHEN x < 92 THEN {c} WHEN x < 96 THEN {d}"
        f" WHEN x < 99 THEN {e} END" for part, (a, b, c, d, e) in cases.items()
    }  # fmt: skip
    # LIMIT keeps SQLite from working the shared values out anew in every column that uses them.
    source = (
        f"(SELECT n, a, {hashed(seed + 2, 100)} AS x, {picked('place', seed + 5)} AS place, d.* FROM temp.number"
        f" CROSS JOIN temp.day d WHERE d.slot = {hashed(seed + 1, DAYS)} AND n <= {count} LIMIT -1 OFFSET 0)"
    )
    killed = f"CASE WHEN n % 3 <> 0 THEN {hashed(seed + 8, 12)} * ({hashed(seed + 9, 9)} = 0) END"
    insert(raw, "incident", count, {
        "title": f"{picked('common', seed + 10)} || ' ' || {picked('rare', seed + 11)} || ' near ' || "
                 "place",
        "category": picked("category", seed + 3), "nature": "'event'", "status": picked("status", seed + 4), **dates,
        "place_name": "place", "country": picked("country", seed + 6),
        "weapon": picked("weapon", seed + 7), "killed_best": killed,
        "wounded_low": f"nullif({hashed(seed + 12, 9)}, 0)",
        "summary": " || ' ' || ".join(picked(name, seed + salt) for name, salt in _SUMMARY),
        "claim_status": f"CASE {hashed(seed + 13, 4)} WHEN 0 THEN 'claimed' WHEN 1 THEN 'none_reported' END",
        "review": "'draft'", "dataset": "'bench'", "external_id": "n",
        "deleted_at": f"CASE WHEN {hashed(seed + 14, 500)} = 0 THEN '{NOW}' END",
    }, source)  # fmt: skip


def fill_rest(raw: Any, count: int, seed: int) -> None:
    """Sources, statements and what links them with incidents and actors."""
    sources, statements = max(1, count // 100), max(1, count // 5)
    insert(raw, "source", sources, {
        "title": f"{picked('common', seed + 40)} || ' ' || {picked('rare', seed + 41)}", "kind": "'news_article'",
        "publisher": picked("place", seed + 42), "queue": "'coded'",
        "published_edtf": f"(SELECT iso FROM temp.day d WHERE d.slot = {hashed(seed + 43, DAYS)})",
        "published_earliest": f"(SELECT iso FROM temp.day d WHERE d.slot = {hashed(seed + 43, DAYS)})",
        "published_latest": f"(SELECT iso FROM temp.day d WHERE d.slot = {hashed(seed + 43, DAYS)})",
    })  # fmt: skip
    said = f"(SELECT iso FROM temp.day d WHERE d.slot = {hashed(seed + 54, DAYS)})"
    kinds = codes.values("statement_kind")
    insert(raw, "statement", statements, {
        "speaker_id": picked("actor", seed + 50), "mode": "'verbatim'", "source_id": f"1 + n % {sources}",
        "kind": "CASE " + hashed(seed + 51, len(kinds)) + " "
                + " ".join(f"WHEN {n} THEN '{kind}'" for n, kind in enumerate(kinds)) + " END",
        "quote": f"{picked('phrase', seed + 60)} || ' ' || {picked('rare', seed + 63)}",
        "said_edtf": said, "said_earliest": said, "said_latest": said, "review": "'draft'",
    })  # fmt: skip
    insert(raw, "statement_incident", statements, {"statement_id": "n", "incident_id": f"1 + (n * 5 - 1) % {count}"})
    insert(raw, "involvement", count * 2, {
        "incident_id": "1 + (n - 1) / 2", "actor_id": picked("actor", seed + 70),
        "role": f"CASE WHEN n % 2 THEN 'perpetrator' WHEN {hashed(seed + 71, 3)} THEN 'victim' ELSE 'target' END",
        "asserted_by_id": f"CASE WHEN {hashed(seed + 72, 3)} THEN {picked('actor', seed + 73)} END",
        "stance": f"CASE {hashed(seed + 74, 6)} WHEN 0 THEN 'claims' WHEN 1 THEN 'denies' WHEN 2 THEN 'accuses'"
                  " ELSE 'states' END",
        "source_id": f"1 + n % {sources}",
    })  # fmt: skip


def set_aside(raw: Any) -> list[str]:
    """Drop the indexes and the triggers that slow a bulk fill; returns the statements that bring them back."""
    listed = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    found = raw.execute(listed).fetchall()
    for kind, name, _ in found:
        raw.execute(f"DROP {kind} {name}")
    return [sql for _, _, sql in found]


_PRAGMAS = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-512000", "foreign_keys=OFF", "temp_store=MEMORY",
            "threads=2", "locking_mode=EXCLUSIVE")  # fmt: skip


def fill(where: Database, count: int, seed: int) -> None:
    """Fill the empty database `where`."""
    raw = connect(where, writing=True)
    for pragma in _PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")
    raw.execute("BEGIN")
    back = set_aside(raw)
    rng = random.Random(seed)
    fill_lookups(raw, rng)
    fill_numbers(raw, count * 2, seed)
    fill_actors(raw, rng)
    fill_incidents(raw, count, seed)
    fill_rest(raw, count, seed)
    for sql in back:
        raw.execute(sql)
    for kind in KINDS:
        if kind.searched:
            raw.execute(f"INSERT INTO {kind.name}_fts({kind.name}_fts) VALUES ('rebuild')")
    raw.execute("COMMIT")
    raw.execute("ANALYZE")
    raw.execute("PRAGMA locking_mode=NORMAL")
    raw.execute("PRAGMA journal_mode=WAL")
    raw.close()


def main() -> None:
    """Read the command line and make the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("-n", "--count", type=int, default=1_000_000, help="incidents (default 1,000,000)")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    started = time.perf_counter()
    where = database(str(given.file))
    create(where)
    fill(where, given.count, given.seed)
    size = given.file.stat().st_size / 1e6
    print(f"{given.count:,} incidents, {size:,.0f} MB, {time.perf_counter() - started:.1f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
