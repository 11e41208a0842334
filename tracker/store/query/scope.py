"""What a field's comparison is made in: which records, under which name in the SQL, and on which day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tracker.errors import ValueRefused
from tracker.model.fields import Kind
from tracker.store.query.condition import Condition
from tracker.store.query.fields import FilterField
from tracker.store.query.nodes import Value

_KEYWORDS = frozenset({"end", "start", "from", "to", "values", "key"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The records compared, the alias of their table, and the day that “yesterday” is told from."""

    kind: Kind
    alias: str
    today: date

    def column(self, name: str) -> str:
        """A column of the records in SQL; words that SQL keeps for itself are quoted."""
        return f'{self.alias}."{name}"' if name in _KEYWORDS else f"{self.alias}.{name}"


Comparison = Callable[[FilterField, str, Value, Scope], Condition]
"""How one sort of field is compared: field, operator, value, scope → condition; raises ValueRefused."""


def refuse(field: FilterField, value: Value, wanted: str) -> ValueRefused:
    """The refusal of a value: what was expected instead."""
    shown = value.text if len(value.text) <= 40 else f"{value.text[:39]}…"
    return ValueRefused(field.name, f"{field.name}: “{shown}” is not {wanted}")


def only_equals(field: FilterField, operator: str) -> None:
    """Refuse < and > for what has no order."""
    if operator not in (":", "="):
        raise ValueRefused(field.name, f"{field.name}: “{operator}” is for numbers and dates; write {field.name}:…")


def named(field: FilterField) -> str:
    """The field's label inside a sentence; acronyms keep their capitals."""
    label = field.label
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
