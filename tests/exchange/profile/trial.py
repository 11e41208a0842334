"""What the tests of profiles share: a profile from a few lines of TOML, and rows taken through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.exchange.grid import Block, Faulty
from tracker.exchange.profile.harvest import Harvester
from tracker.exchange.profile.toml import read
from tracker.store.incoming import Incoming

HEAD = """
profile = 1
name = "trial"
title = "Trial of profiles"
dataset = "trial"
version = 1
"""
BASE = (
    HEAD
    + """
[key]
external_id = "id"
[incident]
title = "{a} – {b}, {place}"
category = { from = "kind", map = { 1 = "armed_clash", 3 = "armed_assault" } }
"""
)


@dataclass
class Taken:
    """What some rows came to."""

    harvester: Harvester
    incoming: Incoming
    rejected: list[Faulty]

    def values(self, name: str) -> list[object]:
        """The values of a column of the incidents."""
        return list(self.incoming.incident.get(name, []))


def block(rows: Sequence[Sequence[str]]) -> Block:
    """A block of rows as a file of one line a record has them, below a header."""
    return Block(list(range(1, len(rows) + 1)), list(range(2, len(rows) + 2)), [list(row) for row in rows], [])


def taken(toml: str, *rows: dict[str, str], header: Sequence[str] = ()) -> Taken:
    """Rows, given as column → cell, taken through a profile."""
    names = list(header) or list(dict.fromkeys(name for row in rows for name in row))
    harvester = Harvester(read(toml, "trial.toml"), names, "trial.csv")
    cells = [[row.get(name, "") for name in names] for row in rows]
    incoming, rejected = harvester.harvest(block(cells), harvester.key(cells))
    return Taken(harvester, incoming, rejected)


def take(extra: str, *rows: dict[str, str]) -> Taken:
    """Rows taken through `BASE` and more TOML; id and kind are filled in where a row does not give them."""
    return taken(BASE + extra, *({"id": str(number), "kind": "1"} | row for number, row in enumerate(rows, 1)))
