"""Import, export and long lists against named peers, in one run on the same generated file, row by row of the bars.

    python tests/bench/exchange.py [--rows 1000000] [--only 6,8,9] [--rounds 3] [--factor 10] [--quick] [--strict]

     1  a first import                 against the `sqlite3` shell's `.import` into one flat table without index
     2                                 against `sqlite-utils insert` with `enable-fts`; csvsql and DuckDB are told too
     3  re-import, newer release       against `.import`; what a new row costs; how long a reader waits
     4  one bad row in a hundred       against the clean file
     5  peak memory, with children     at --rows and at 2.5 times as many
     6  a first import, PostgreSQL     against psql's `\\copy` into one flat table
     7  export as CSV                  against the `sqlite3` shell and sqlite-utils
     8  any page of a list             against its own first page
     9  a word: first 50 and count     against bare FTS5
    11  from disk to the first screen  against VisiData opening the file
    12  --factor times the incidents   against one: page, words, filter, edit

(Row 10 is in `startup.py`.) Peers are measured where they are installed; none of them validates, links or keeps
provenance. What was written or found is counted and compared before any time counts; rounds take turns, and the
median counts. The bars are for a million rows: with few, what starting a program takes is most of the time.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

import exchange_files
from exchange_ground import Ground
from verdicts import Verdict, judged

SECTIONS = {
    5: "exchange_memory", 6: "exchange_postgresql", 8: "exchange_pages", 9: "exchange_words", 11: "exchange_visidata",
    12: "exchange_growth",
}  # fmt: skip
"""The module of each row that has one of its own."""
ROWS = sorted({*exchange_files.ROWS, *SECTIONS})


def rows(text: str) -> list[int]:
    """The rows of the option --only."""
    try:
        found = sorted({int(part) for part in text.split(",")})
    except ValueError:
        found = []
    if not found or not set(found) <= set(ROWS):
        raise argparse.ArgumentTypeError(f"“{text}”: give some of {','.join(map(str, ROWS))}")
    return found


def sections(only: list[int]) -> Iterator[Callable[[Ground], Iterator[Verdict]]]:
    """What measures the rows of `only`, in their order; modules are imported where they are asked for."""
    if exchange_files.ROWS & set(only):
        yield partial(exchange_files.section, only=only)
    for row in only:
        if row in SECTIONS:
            yield import_module(SECTIONS[row]).section


def main() -> int:
    """Measure and print; with --strict, give back 1 when a bar does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", "--rows", "--count", type=int, default=1_000_000)
    parser.add_argument("--only", type=rows, default=ROWS, help="rows of the table, such as 6,8,9 (default: all)")
    parser.add_argument("--rounds", "--repeats", type=int, default=3, help="1 for very large runs")
    parser.add_argument("--factor", type=int, default=10, help="row 12: how many times as many incidents")
    parser.add_argument("--quick", action="store_true", help="20,000 rows, one round")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a bar does not hold")
    parser.add_argument("--folder", type=Path, default=None, help="keep files and databases there, and use them again")
    given = parser.parse_args()
    count, rounds = (20_000, 1) if given.quick else (given.rows, given.rounds)
    folder = given.folder or Path(tempfile.mkdtemp(prefix="exchange"))
    folder.mkdir(exist_ok=True, parents=True)
    try:
        ground = Ground(count, folder.absolute(), rounds, given.factor)
        print(f"{count:,} rows, {ground.clean.stat().st_size / 1e6:,.0f} MB, median of {rounds}", flush=True)
        # Each section is measured, whatever the ones before it gave.
        held = [judged(section(ground)) for section in sections(given.only)]
    finally:
        if given.folder is None:
            shutil.rmtree(folder, ignore_errors=True)
    return 1 if given.strict and not all(held) else 0


if __name__ == "__main__":
    sys.exit(main())
