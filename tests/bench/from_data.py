"""Words and codes to filter by, taken from what a database holds, and lists of it in plain SQL to compare with."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from tracker.store.database import Reader

_SAMPLE = 3_000
_WORD = re.compile(r"[a-z]{5,12}")


@dataclass(frozen=True)
class Words:
    """Words of incidents, written in one in two to ten, one in a hundred and one in a thousand or so."""

    common: str
    middling: str
    rare: str


def words(reader: Reader) -> Words:
    """Words from a sample of the incidents, spread over all of them."""
    last = reader.rows("SELECT coalesce(max(id), 0) FROM incident")[0][0]
    sample = reader.rows(
        "SELECT coalesce(summary, title) FROM incident WHERE deleted_at IS NULL AND id % ? = 0 LIMIT ?",
        (max(1, last // _SAMPLE), _SAMPLE),
    )
    counts: Counter[str] = Counter()
    for row in sample:
        counts.update(set(_WORD.findall(row[0].lower())))
    if not counts:
        raise SystemExit("the database holds no words to look for")

    def nearest(share: float) -> str:
        wanted = share * len(sample)
        return min(sorted(counts), key=lambda word: abs(counts[word] - wanted))

    return Words(nearest(0.3), nearest(0.01), nearest(0.001))


def code(reader: Reader, column: str, *, common: bool = False) -> str:
    """The least common value of a column of incidents that at least one in 200 has, or the most common one."""
    found = reader.rows(
        f"SELECT {column}, count(*) AS n FROM incident WHERE deleted_at IS NULL AND {column} IS NOT NULL"
        f" GROUP BY {column} ORDER BY n DESC, {column}"
    )
    if not found:
        raise SystemExit(f"no incident of the database has a {column}")
    enough = sum(row[1] for row in found) / 200
    frequent = [str(row[0]) for row in found if row[1] >= enough] or [str(found[0][0])]
    return frequent[0] if common else frequent[-1]


@dataclass(frozen=True)
class Wanted:
    """A list of incidents, downwards, as the screen is asked for it and as plain SQL over the alias t."""

    name: str
    filter: str
    column: str
    where: str
    keys: tuple[str, ...]

    def plain(self, reader: Reader, offset: int, limit: int) -> list[int]:
        """The ids of a page, had by reading and sorting all that match."""
        order = ", ".join(f"+{key} DESC" for key in (*self.keys, "t.id"))
        rows = f"FROM incident t WHERE t.deleted_at IS NULL AND {self.where}"
        sql = f"SELECT t.id {rows} ORDER BY {order} LIMIT ? OFFSET ?"
        return [row[0] for row in reader.rows(sql, (limit, offset))]

    def count(self, reader: Reader) -> int:
        """How many match."""
        sql = f"SELECT count(*) FROM incident t WHERE t.deleted_at IS NULL AND {self.where}"
        return int(reader.rows(sql)[0][0])


DATE = ("t.date_earliest", "t.date_latest")
KILLED = ("coalesce(t.killed_best, t.killed_low)",)


def matching(word: str) -> str:
    """SQL for the incidents that hold a word."""
    return f"t.id IN (SELECT rowid FROM incident_fts WHERE incident_fts MATCH '\"{word}\"')"
