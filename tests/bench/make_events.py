"""Write an invented file of events in the columns of UCDP GED, large enough to measure imports and exports on.

    python tests/bench/make_events.py FILE.csv [-n 1000000] [--seed 7] [--dirty 0.01] [--changed 0.01]

The same arguments give the same bytes; about 450 bytes a row. What is in it, since each point costs an importer or an
index something:

* 3,000 actors and 100 countries by Zipf's law, a third of the events with a government on one side; one-sided violence
  is against “Civilians”; some 100,000 places whose coordinates are their own;
* a source for nearly every row, one row in twelve citing the same article as the row before;
* deaths with a long tail, low ≤ best ≤ high, a seventh of them 0; a quarter of the dates not exact to the day;
* notes of some 180 characters from common and rare words; some with commas and quotes, line breaks or other scripts;
* rows ordered by country, ids rising with gaps.

`--dirty` breaks a share of the rows, each in one of ten ways in turn; `--changed` gives a share of them another place
and appends as many new rows, as a newer release would.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

COLUMNS = (
    "id", "year", "date_start", "date_end", "date_prec", "type_of_violence", "conflict_id", "side_a", "side_b",
    "country", "region", "adm1", "adm2", "place", "latitude", "longitude", "where_prec", "best", "low", "high",
    "source_office", "source_date", "source_headline", "notes",
)  # fmt: skip
COUNTRIES = (
    "Iraq", "Syria", "Afghanistan", "Nigeria", "Somalia", "Pakistan", "Yemen", "India", "Colombia", "Ukraine",
    "Philippines", "Mali", "Turkey", "Libya", "Egypt", "Mexico", "Sudan", "Ethiopia", "Myanmar", "Thailand", "Kenya",
    "Cameroon", "Burkina Faso", "Niger", "Chad", "Lebanon", "Israel", "Iran", "South Sudan", "Burundi", "Uganda",
    "Mozambique", "Sri Lanka", "Nepal", "Bangladesh", "Russia", "Georgia", "Peru", "Algeria", "Angola",
)  # fmt: skip
SYLLABLES = (
    "ba", "ko", "ra", "ti", "shu", "mel", "dar", "zin", "qa", "lo", "fe", "nu", "hir", "sol", "gan", "tep",
    "wa", "yur", "ok", "bel", "mi", "sar", "tun", "ved",
)  # fmt: skip
COMMON = (
    "attack", "near", "the", "town", "of", "on", "in", "after", "clash", "between", "police", "army",
    "militants", "villagers", "killed", "wounded", "convoy", "market", "checkpoint", "school", "border", "base",
    "village", "road", "bridge", "station", "river", "hospital", "according", "to", "officials", "residents",
    "said",
)  # fmt: skip
SPELLINGS = ("São Tomé", "Đà Nẵng", "Алеппо", "حلب", "Kūh-e Sīāh", "Łódź", "N'Djaména")
FIRST_DAY, DAYS = date(1989, 1, 1), 13_000
BREAKS = (
    ("date_start", "31/02/2011"), ("type_of_violence", "9"), ("latitude", "123.4"), ("best", "abc"), ("side_a", ""),
    ("low", "9999999"), ("date_end", "1970-01-01"), ("id", "1"), ("", "short"), ("", "long"),
)  # fmt: skip


def zipf(count: int, flatness: float = 1.0) -> list[float]:
    """Cumulative weights by Zipf's law."""
    return list(accumulate(1 / (rank + 1) ** flatness for rank in range(count)))


def word(rng: random.Random) -> str:
    """An invented word."""
    return "".join(rng.choices(SYLLABLES, k=rng.randint(2, 4)))


class World:
    """What the events draw from."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.groups = [
            f"{word(rng).title()} {rng.choice(('Front', 'Army', 'Brigade', 'Movement'))}" for _ in range(2_900)
        ]
        self.group_weights = zipf(len(self.groups))
        rare = [word(rng) for _ in range(3_000)]
        self.words = [*COMMON, *rare]
        self.word_weights = zipf(len(self.words), 0.85)
        self.offices = [f"{word(rng).title()} {kind}" for kind in ("News", "Times", "Radio", "Post") for _ in range(60)]
        self.days = [str(FIRST_DAY + timedelta(days=number)) for number in range(DAYS + 60)]

    def places(self) -> list[tuple[str, ...]]:
        """The places of one country: adm1, adm2, name, latitude, longitude, precision."""
        rng = self.rng
        lat, lon = rng.uniform(-30, 50), rng.uniform(-90, 120)
        found: list[tuple[str, ...]] = []
        for _ in range(12):
            province = f"{word(rng).title()} province"
            for _ in range(8):
                district = f"{word(rng).title()} district"
                for _ in range(26):
                    name = rng.choice(SPELLINGS) if rng.random() < 0.02 else f"{word(rng).title()} town"
                    at = f"{lat + rng.gauss(0, 2):.6f}", f"{lon + rng.gauss(0, 2):.6f}"
                    found.append((province, district, name, *at, rng.choice("1112345")))
        return found

    def notes(self) -> str:
        """Some words about an event."""
        rng = self.rng
        share = rng.random()
        if share < 0.05:
            return ""
        text = " ".join(rng.choices(self.words, cum_weights=self.word_weights, k=rng.randint(16, 36))).capitalize()
        if share < 0.08:
            return f'"{text[:40]}", said {rng.choice(self.offices)}, {text[40:]}'
        if share < 0.085:
            return f"{text[:60]}\n{text[60:]}"
        return f"{text} ({rng.choice(SPELLINGS)})" if share < 0.1 else f"{text}."


def events(world: World, count: int) -> Iterator[list[str]]:
    """The rows, country by country."""
    rng, number, headline = world.rng, 0, ""
    shares = zipf(len(COUNTRIES), 0.9)
    ends = [round(count * share / shares[-1]) for share in shares]
    done = 0
    for country, end in zip(COUNTRIES, ends, strict=True):
        places = world.places()
        weights = zipf(len(places), 0.6)
        some = end - done
        done = end
        chosen = iter(rng.choices(places, cum_weights=weights, k=some))
        first = iter(rng.choices(world.groups, cum_weights=world.group_weights, k=some))
        second = iter(rng.choices(world.groups, cum_weights=world.group_weights, k=some))
        for place, side_a, side_b in zip(chosen, first, second, strict=True):
            number += 1 if rng.random() < 0.7 else rng.randint(2, 4)
            kind = rng.choice("1123")
            day = int(DAYS * rng.random() ** 0.6)
            exact = rng.random() < 0.75
            precision = "1" if exact else rng.choice("2345")
            last = day if exact else day + rng.randint(1, 28)
            best = 0 if rng.random() < 0.15 else min(int(rng.expovariate(0.25)) + 1, 5_000)
            low, high = (
                (best if rng.random() < 0.6 else best // 2),
                best + (rng.randint(0, 9) if rng.random() < 0.5 else 0),
            )
            if rng.random() > 1 / 12:
                headline = " ".join(rng.choices(world.words, cum_weights=world.word_weights, k=7)).capitalize()
            yield [
                str(number), world.days[day][:4], world.days[day], world.days[last], precision, kind,
                str(200 + len(side_a) * 31 % 900), f"Government of {country}" if kind == "1" else side_a,
                "Civilians" if kind == "3" else side_b, country, "Region", *place, str(best), str(low), str(high),
                world.offices[number % len(world.offices)], world.days[last + number % 9], headline, world.notes(),
            ]  # fmt: skip


def broken(row: list[str], turn: int) -> list[str]:
    """The row with one thing wrong with it."""
    column, value = BREAKS[turn % len(BREAKS)]
    if not column:
        return row[:-4] if value == "short" else [*row, "surplus"]
    at = COLUMNS.index(column)
    return [*row[:at], value, *row[at + 1 :]]


def rows(count: int, seed: int, dirty: float, changed: float) -> Iterator[list[str]]:
    """All rows of the file, without the header."""
    spoiler, turn, last = random.Random(seed + 1), 0, 0
    for row in events(World(random.Random(seed)), count):
        last = int(row[0])
        share = spoiler.random()
        if share < dirty:
            row = broken(row, turn)
            turn += 1
        elif share > 1 - changed:
            row[COLUMNS.index("adm1")] = "Renamed province"
        yield row
    for extra in events(World(random.Random(seed + 2)), round(count * changed)):
        yield [str(last + int(extra[0])), *extra[1:]]


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("-n", "--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--dirty", type=float, default=0.0)
    parser.add_argument("--changed", type=float, default=0.0)
    given = parser.parse_args()
    with given.file.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows(given.count, given.seed, given.dirty, given.changed))
    print(f"{given.count:,} rows, {given.file.stat().st_size / 1e6:,.0f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
