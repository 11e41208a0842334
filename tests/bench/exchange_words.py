"""Row 9: the first fifty incidents that hold a word, and how many there are, against bare FTS5 asked the same."""

from __future__ import annotations

from collections.abc import Iterator

from exchange_ground import Ground
from from_data import DATE, Wanted, matching, words
from verdicts import Verdict, in_turn, require

from tracker.model.kinds import INCIDENT
from tracker.store.database import Reader, database
from tracker.store.query import parse
from tracker.store.views import Browser, View

FIRST = 50
BAR = 1.5
_BARE = f"SELECT rowid, title FROM incident_fts WHERE incident_fts MATCH ? LIMIT {FIRST}"
_COUNT = "SELECT count(*) FROM incident_fts WHERE incident_fts MATCH ?"


def ours(reader: Reader, word: str) -> tuple[list[int], int]:
    """What the screen shows of a word: the ids of the newest, and how many there are."""
    browser = Browser(reader, View(INCIDENT, parse(INCIDENT, word)))
    return [row[0] for row in browser.page(0, FIRST)], browser.count()


def bare(reader: Reader, word: str) -> tuple[int, int]:
    """What FTS5 alone gives: the number of rows, in no order, and how many there are."""
    rows = reader.rows(_BARE, (f'"{word}"',))
    return len(rows), int(reader.rows(_COUNT, (f'"{word}"',))[0][0])


def section(ground: Ground) -> Iterator[Verdict]:
    """A common word, a rarer one and a rare one; the peer neither sorts by date nor leaves out the deleted."""
    with Reader(database(str(ground.full))) as reader:
        found = words(reader)
        for name, word in (("common", found.common), ("rarer", found.middling), ("rare", found.rare)):
            yield from measured(reader, name, word, ground.rounds)


def measured(reader: Reader, name: str, word: str, rounds: int) -> Iterator[Verdict]:
    """The judged ratio of one word, and what only the rows cost without the count."""
    rows, total = ours(reader, word)
    require(f"“{word}”", (len(rows), total), bare(reader, word))
    require(f"“{word}”, newest", rows, Wanted(name, word, "date", matching(word), DATE).plain(reader, 0, FIRST))
    jobs = {
        "ours": lambda: ours(reader, word),
        "bare": lambda: bare(reader, word),
        "our rows": lambda: Browser(reader, View(INCIDENT, parse(INCIDENT, word))).page(0, FIRST),
        "bare rows": lambda: reader.rows(_BARE, (f'"{word}"',)),
    }
    seconds = in_turn(jobs, rounds)
    shown = {job: f"{taken * 1000:.2f} ms" for job, taken in seconds.items()}
    detail = f"{shown['ours']}, bare {shown['bare']}; rows alone {shown['our rows']}, bare {shown['bare rows']}"
    yield Verdict(
        9, f"a {name} word in {total:,}: first {FIRST} + count", seconds["ours"] / seconds["bare"], BAR, detail=detail
    )
