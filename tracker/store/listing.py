"""A list of records as SQL for one engine: which rows, in which total order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.errors import UsageError
from tracker.model.fields import Kind
from tracker.store.columns import column
from tracker.store.query import Filter

_COLUMNS = re.compile(r"\bt\.\"?(\w+)")
_OWN_IDS = re.compile(r"t\.id IN \(SELECT (\w+) FROM (\w+) WHERE ")


@dataclass(frozen=True, slots=True)
class Listing:
    """`condition` is the filter's SQL over the alias t, "" for none; `keys` order, and the id always decides last."""

    kind: Kind
    dialect: str
    condition: str
    parameters: tuple[object, ...]
    keys: tuple[str, ...]
    descending: bool

    @property
    def source(self) -> str:
        """The FROM and WHERE clauses, which leave out the deleted."""
        return self.source_by(())

    def source_by(self, index: tuple[str, ...]) -> str:
        """`source`, read by one of the indexes of the kind when SQLite is told to."""
        named = f" INDEXED BY ix_{self.kind.name}_{'_'.join(index)}" if index and self.dialect == "sqlite" else ""
        condition = f" AND {self.condition}" if self.condition else ""
        return f"FROM {self.kind.name} t{named} WHERE t.deleted_at IS NULL{condition}"

    @property
    def sorted_by(self) -> tuple[str, ...]:
        """The keys as an index has them."""
        return tuple(key.replace("t.", "") for key in self.keys)

    @property
    def indexed(self) -> bool:
        """Whether an index holds all records in this order."""
        return not self.keys or self.sorted_by in self.kind.indexes

    @property
    def covered_by(self) -> tuple[str, ...]:
        """An index that holds all that the filter asks of a record, best the one of the order; () when there is none.

        SQLite does not see that it does, for the index leaves out the deleted by a column that it does not hold.
        """
        asked = set(_COLUMNS.findall(self.condition)) - {"id"}
        fit = [index for index in self.kind.indexes if asked and asked <= set(index)]
        return max(fit, key=lambda index: index == self.sorted_by, default=())

    def order(self, *, backwards: bool = False, keys: tuple[str, ...] | None = None, id_: str = "t.id") -> str:
        """The ORDER BY clause, the same on both engines: unknown values are the lowest."""
        down = self.descending != backwards
        word, nulls = ("DESC", " NULLS LAST") if down else ("ASC", " NULLS FIRST")
        # SQLite does so by nature, and its planner would not see that an index serves.
        words = word + (nulls if self.dialect == "postgresql" else "")
        parts = [f"{key} {words}" for key in (self.keys if keys is None else keys)]
        return f"ORDER BY {', '.join([*parts, f'{id_} {word}'])}"

    @property
    def named_keys(self) -> tuple[tuple[str, ...], str]:
        """Names for the keys, and what selects them under these names after another column."""
        names = tuple(f"k{number}" for number, _ in enumerate(self.keys))
        return names, "".join(f", {key} AS {name}" for key, name in zip(self.keys, names, strict=True))

    @property
    def within(self) -> str:
        """The condition for records of the table w only: lists of ids that the filter looks through shrink to it.

        Without that, a common word or a well-known actor would cost as much for a few rows as for all.
        """

        def shrunk(match: re.Match[str]) -> str:
            ids, table = match[1], match[2]
            # The plus sign keeps full text from being asked once for each row.
            sign = "+" if ids == "rowid" else ""
            return f"t.id IN (SELECT {ids} FROM {table} WHERE {sign}{ids} IN (SELECT id FROM w) AND "

        return _OWN_IDS.sub(shrunk, self.condition)

    @property
    def reaches(self) -> bool:
        """Whether the filter looks into other tables."""
        return "SELECT" in self.condition

    @property
    def needs_ids_only(self) -> bool:
        """Whether the filter needs nothing of a record but its id."""
        return set(_COLUMNS.findall(self.condition)) == {"id"}


def listing(kind: Kind, filter_: Filter, sort: tuple[str, bool], dialect: str) -> Listing:
    """The records of `kind` that `filter_` means, ordered by the column and direction of `sort`.

    Raises UsageError for a column that is unknown or has no order.
    """
    name, descending = sort
    keys = column(kind, name).sort
    if not keys:
        raise UsageError(f"{kind.plural} cannot be sorted by {name}; choose another column")
    keys = tuple(key for key in keys if key != "t.id")
    where = filter_.where(dialect)
    condition = "" if filter_.empty else f"({where.sql})"
    return Listing(kind, dialect, condition, where.parameters, keys, descending)


def engine_sql(dialect: str, sql: str) -> str:
    """SQL with the one function that the engines name differently."""
    return sql.replace("string_agg(", "group_concat(") if dialect == "sqlite" else sql
