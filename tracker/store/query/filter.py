"""A filter as the rest of the program holds it: what was typed, what it means in words, and its SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tracker.model.fields import Kind
from tracker.store.query.condition import TRUE, Condition

ALIAS = "t"
"""The alias of the filtered table in the SQL of a filter."""


@dataclass(frozen=True, slots=True)
class Where:
    """A boolean SQL expression over the alias t, its parameters, and the words to mark in what it finds."""

    sql: str
    parameters: tuple[object, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records of `kind` are meant by `text`; made by `parse`."""

    kind: Kind
    text: str = ""
    condition: Condition | None = field(default=None, repr=False)

    @property
    def empty(self) -> bool:
        """Whether everything is meant."""
        return self.condition is None

    def describe(self) -> str:
        """The filter in plain words; “all” when it is empty."""
        return "all" if self.condition is None else self.condition.words

    def where(self, dialect: str) -> Where:
        """The filter for sqlite or postgresql; it says nothing of deleted records."""
        if self.condition is None:
            return Where(TRUE.text, (), ())
        sql = self.condition.sql(dialect)
        return Where(sql.text, sql.parameters, self.condition.terms)


def parse(kind: Kind, text: str, *, today: date | None = None) -> Filter:
    """Read a filter over the records of `kind`; `today` is the day that words such as “yesterday” are told from.

    Raises FilterError with the place of what is wrong, what was expected and the nearest field; never anything else.
    """
    if not text.strip():
        return Filter(kind, text)
    # Reading a grammar costs more than everything else here; a list without a filter does without.
    from tracker import clock
    from tracker.store.query.compile import condition
    from tracker.store.query.grammar import read
    from tracker.store.query.scope import Scope

    return Filter(kind, text, condition(read(text), Scope(kind, ALIAS, today or clock.today())))


def quote(value: str) -> str:
    """`value` as a phrase of the filter language, whatever it holds: `actor:` + quote(name)."""
    return '"' + value.replace('"', '""') + '"'
