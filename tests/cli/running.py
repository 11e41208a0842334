"""What a run of the command line comes to, for the tests of commands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Ran:
    """What a run of the command line came to."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of the standard output."""
        return self.out.splitlines()

    @property
    def json(self) -> list[Any]:
        """The JSON documents of the standard output, one a line."""
        return [json.loads(line) for line in self.lines]


class Run(Protocol):
    """Runs `tracker` with these arguments."""

    def __call__(self, *arguments: str) -> Ran: ...
