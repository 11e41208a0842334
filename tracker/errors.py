"""The errors a user can meet: one sentence each, with the exit code the command ends with."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line, the same for every command."""

    DONE = 0
    DEFECT = 1
    USAGE = 2
    REFUSED = 3
    SCHEMA = 4
    CONFLICT = 5
    REJECTS = 6


class TrackerError(Exception):
    """A failure the user can do something about: `str(error)` is the sentence shown to them."""

    code: Exit = Exit.DEFECT


class UsageError(TrackerError):
    """What was asked for cannot be understood: an unknown field, a bad value, a bad filter."""

    code = Exit.USAGE


class ValueRefused(UsageError):
    """A value does not fit its field; `field` is the field's name, so that a form can point at it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class FilterError(UsageError):
    """A filter cannot be read; `start` and `end` delimit the faulty token (code points, half-open)."""

    def __init__(self, sentence: str, start: int, end: int) -> None:
        super().__init__(sentence)
        self.start = start
        self.end = end


class Refused(TrackerError):
    """A file or a database was refused; nothing was changed."""

    code = Exit.REFUSED


class SchemaMismatch(TrackerError):
    """The database was made by a newer or an older version of the program."""

    code = Exit.SCHEMA


class Conflict(TrackerError):
    """Somebody else changed the record since it was read; `mine`, `theirs` and `base` map field names to values."""

    code = Exit.CONFLICT

    def __init__(
        self,
        sentence: str,
        *,
        ref: str = "",
        base: dict[str, object] | None = None,
        theirs: dict[str, object] | None = None,
        mine: dict[str, object] | None = None,
        version: int | None = None,
    ) -> None:
        super().__init__(sentence)
        self.ref = ref
        self.base = base or {}
        self.theirs = theirs or {}
        self.mine = mine or {}
        self.version = version
