"""Row 8: any page of a list, filtered and sorted, at any depth, against the first page of the same list."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

from exchange_ground import Ground
from from_data import DATE, KILLED, Wanted, code, matching, words
from verdicts import Verdict, in_turn, require

from tracker.model.kinds import INCIDENT
from tracker.store.database import Reader, database
from tracker.store.query import parse
from tracker.store.views import Browser, View

PAGE = 100
FACTOR, MILLISECONDS = 2.0, 5.0
"""A page may take so many times what the first one takes, or so long."""
_DEPTHS = (0.1, 0.5, 0.77, 1.0)


def wanted(reader: Reader) -> Iterator[Wanted]:
    """The lists that are looked through, with filters that the data has."""
    category, country = code(reader, "category"), code(reader, "country", common=True)
    found = words(reader)
    by_code, by_country = f"t.category = '{category}'", f"t.country = '{country}'"
    yield Wanted("all by date", "", "date", "true", DATE)
    yield Wanted("all by title", "", "title", "true", ("t.title",))
    yield Wanted("all by place (no index)", "", "place_name", "true", ("t.place_name",))
    yield Wanted("a category by date", f"category:{category}", "date", by_code, DATE)
    yield Wanted("a country by killed", f"country:{country}", "killed", by_country, KILLED)
    yield Wanted("a country by place (no index)", f"country:{country}", "place_name", by_country, ("t.place_name",))
    yield Wanted("a common word by date", found.common, "date", matching(found.common), DATE)
    yield Wanted("a rarer word by title", found.middling, "title", matching(found.middling), ("t.title",))


def browser(reader: Reader, what: Wanted) -> Browser:
    """The list as the screen opens it."""
    return Browser(reader, View(INCIDENT, parse(INCIDENT, what.filter), (what.column, True)))


def depths(total: int) -> list[int]:
    """Where the pages looked at begin."""
    return sorted({max(0, min(int(total * depth), total - PAGE)) for depth in _DEPTHS})


def check(reader: Reader, what: Wanted, total: int) -> None:
    """Hold each page, had at once and had with the ids packed, to the rows that plain SQL gives."""
    require(f"{what.name}: count", total, what.count(reader))
    packed = browser(reader, what)
    packed.prepare()
    for offset in (0, *depths(total)):
        expected = what.plain(reader, offset, PAGE)
        for way in (packed, browser(reader, what)):
            require(f"{what.name} from {offset}", [row[0] for row in way.page(offset, PAGE)], expected)


def measured(reader: Reader, what: Wanted, rounds: int) -> Iterator[Verdict]:
    """The judged times of one list: pages as one goes through it, and a jump before its ids are packed."""
    packed = browser(reader, what)
    total = packed.prepare()
    check(reader, what, total)
    places, rng = depths(total), random.Random(7)
    jobs = {
        "first": lambda: browser(reader, what).page(0, PAGE),
        "any": lambda: packed.page(rng.choice(places), PAGE),
    }
    seconds = in_turn(jobs, rounds)
    jump = in_turn({"jump": partial(_jump, reader, what, places[-1])}, rounds)["jump"]
    yield _verdict(f"{what.name}, any page of {total:,}", seconds["any"], seconds["first"])
    yield _verdict(f"{what.name}, End before ids are packed", jump, seconds["first"])


def _jump(reader: Reader, what: Wanted, offset: int) -> None:
    browser(reader, what).page(offset, PAGE)


def _verdict(name: str, seconds: float, first: float) -> Verdict:
    taken = seconds * 1000
    excused = f"≤ {MILLISECONDS:g} ms" if taken <= MILLISECONDS else ""
    detail = f"{taken:.2f} ms, page 1 {first * 1000:.2f} ms"
    return Verdict(8, name, seconds / first, FACTOR, detail=detail, excused=excused)


def section(ground: Ground) -> Iterator[Verdict]:
    """All lists."""
    with Reader(database(str(ground.full))) as reader:
        for what in wanted(reader):
            yield from measured(reader, what, ground.rounds)
