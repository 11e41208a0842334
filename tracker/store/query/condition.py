"""A condition on a record: its SQL for both engines and its words for people, alone and joined with others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

Dialect = Literal["sqlite", "postgresql"]


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with a `?` for each of its parameters."""

    text: str
    parameters: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A boolean expression that stands on its own next to AND and OR.

    `words` say it to people, `opposite` says that it is not so; `terms` are the words that full text looks for.
    `column` and `values` are set when it says no more than that a column is one of some values; `never_null` is for
    expressions that are true or false whatever is unknown.
    """

    sqlite: Sql
    postgresql: Sql
    words: str
    opposite: str = ""
    terms: tuple[str, ...] = ()
    column: str = ""
    values: tuple[str, ...] = ()
    never_null: bool = False

    def sql(self, dialect: str) -> Sql:
        """The expression for one engine."""
        return self.sqlite if dialect == "sqlite" else self.postgresql


TRUE: Final = Sql("1 = 1")


def same(text: str, *parameters: object, words: str, opposite: str = "") -> Condition:
    """A condition that both engines write alike."""
    sql = Sql(text, parameters)
    return Condition(sql, sql, words, opposite)


def either(sqls: Sequence[Sql], words: str, opposite: str = "", terms: tuple[str, ...] = ()) -> Condition:
    """A condition that SQLite and PostgreSQL, in this order, write each in its own way."""
    sqlite, postgresql = sqls
    return Condition(sqlite, postgresql, words, opposite, terms)


def one_of(column: str, values: Sequence[str], words: str) -> Condition:
    """`column` is one of `values`."""
    marks = ", ".join("?" * len(values))
    sql = Sql(f"{column} = ?" if len(values) == 1 else f"{column} IN ({marks})", tuple(values))
    return Condition(sql, sql, words, column=column, values=tuple(values))


def among(column: str, sqlite: Sql, postgresql: Sql, words: str, opposite: str = "") -> Condition:
    """`column`, which is known, is one of the ids that a query gives, each engine having its own.

    PostgreSQL compares an IN with every row in turn once its ids outgrow working memory; with EXISTS it never does.
    """
    one = Sql(f"{column} IN ({sqlite.text})", sqlite.parameters)
    other = Sql(f"EXISTS (SELECT 1 FROM ({postgresql.text}) AS l(id) WHERE l.id = {column})", postgresql.parameters)
    return Condition(one, other, words, opposite, never_null=True)


def inside(text: str, inner: Sql) -> Sql:
    """`inner` put into every {} of `text`, which has no parameters of its own."""
    times = text.count("{}")
    return Sql(text.replace("{}", inner.text), inner.parameters * times)


def joined(pieces: Sequence[Sql], word: str) -> Sql:
    """`(a AND b)`, with the parameters in their order."""
    text = f" {word} ".join(piece.text for piece in pieces)
    return Sql(f"({text})" if len(pieces) > 1 else text, tuple(p for piece in pieces for p in piece.parameters))


def _both(parts: Sequence[Condition], word: str) -> tuple[Sql, Sql]:
    return joined([part.sqlite for part in parts], word), joined([part.postgresql for part in parts], word)


def _terms(parts: Sequence[Condition]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term for part in parts for term in part.terms))


def all_of(parts: Sequence[Condition]) -> Condition:
    """Every one of `parts`, which are not none; saying a thing twice is saying it once."""
    parts = tuple(dict.fromkeys(parts))
    if len(parts) == 1:
        return parts[0]
    words = "; ".join(part.words for part in parts)
    return Condition(*_both(parts, "AND"), words, f"not ({words})", _terms(parts))


def any_of(parts: Sequence[Condition]) -> Condition:
    """At least one of `parts`, which are not none; values of one column become one list."""
    parts = tuple(dict.fromkeys(parts))
    if len(parts) == 1:
        return parts[0]
    words = " or ".join(f"({part.words})" if "; " in part.words else part.words for part in parts)
    if parts[0].column and len({part.column for part in parts}) == 1:
        return one_of(parts[0].column, tuple(dict.fromkeys(v for part in parts for v in part.values)), words)
    return Condition(*_both(parts, "OR"), words, f"not ({words})", _terms(parts))


def negation(part: Condition) -> Condition:
    """Whatever `part` does not hold of, with the records of which it is unknown whether it does."""
    text = "NOT ({})" if part.never_null else "({}) IS NOT TRUE"
    sqlite, postgresql = (Sql(text.format(sql.text), sql.parameters) for sql in (part.sqlite, part.postgresql))
    return Condition(sqlite, postgresql, part.opposite or f"not {part.words}", part.words)
