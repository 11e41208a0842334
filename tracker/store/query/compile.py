"""From the nodes of a filter to a condition over the records of one kind."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Final

from tracker.errors import FilterError, ValueRefused
from tracker.store.query import dates, fulltext, links, numbers, texts
from tracker.store.query.condition import Condition, Sql, all_of, any_of, joined, negation
from tracker.store.query.fields import FilterField, by_name
from tracker.store.query.nodes import Node, Not, Test, Value, leaves
from tracker.store.query.scope import Comparison, Scope, named

_COMPARISONS: dict[str, Comparison] = {
    "words": fulltext.words_in, "contains": texts.contains, "whole": texts.whole, "code": texts.code,
    "codes": texts.code_among, "number": numbers.number, "bool": texts.yes_or_no, "date": dates.may_fall,
    "surely": dates.surely, "after": dates.after, "before": dates.before, "stamp": dates.written, "key": texts.key,
    "tag": links.tagged, "near": numbers.near, "own_ref": links.own_ref,
}  # fmt: skip
_COMPARISONS |= {"ref": links.reference(_COMPARISONS), "link": links.link(_COMPARISONS)}


MOST_REACHING: Final = 40
"""Terms of one filter that lead to other tables; PostgreSQL plans for seconds when there are many more."""

_REACHING: Final = frozenset({"ref", "link", "tag", "has"})


def condition(node: Node, scope: Scope) -> Condition:
    """The condition that a whole filter puts on the records of `scope`; raises FilterError as `bind` does."""
    fields = by_name(scope.kind)
    reaching = [leaf for leaf in leaves(node) if _reaches(leaf, fields, scope)]
    if len(reaching) > MOST_REACHING:
        sentence = f"the filter has more than {MOST_REACHING} terms about other records; leave some out"
        raise _at(reaching[MOST_REACHING].start, reaching[MOST_REACHING].end, sentence)
    return bind(node, scope)


def _reaches(leaf: Value | Test, fields: dict[str, FilterField], scope: Scope) -> bool:
    if isinstance(leaf, Value):
        return scope.kind.name == "actor"
    field = fields.get(leaf.field.lower())
    return field is not None and field.how in _REACHING


def bind(node: Node, scope: Scope) -> Condition:
    """The condition that `node` puts on the records of `scope`; raises FilterError at the place of what is wrong."""
    if isinstance(node, Value):
        return _words((node,), scope)
    if isinstance(node, Test):
        return _test(node, scope)
    if isinstance(node, Not):
        return negation(bind(node.part, scope))
    if node.join == "or":
        return any_of([bind(part, scope) for part in node.parts])
    return _all(node.parts, scope)


def _all(parts: Sequence[Node], scope: Scope) -> Condition:
    """All of `parts`: their bare words as one search, without those that are punctuation only."""
    bare = [part for part in parts if isinstance(part, Value)]
    words = [value for value in bare if fulltext.has_word(value)]
    if not words and len(bare) == len(parts):
        words = bare
    found = [_words(words, scope)] if words else []
    return all_of(found + [bind(part, scope) for part in parts if not isinstance(part, Value)])


def _words(values: Sequence[Value], scope: Scope) -> Condition:
    try:
        return fulltext.matching(values, scope)
    except ValueRefused as refusal:
        raise _at(values[0].start, values[-1].end, str(refusal)) from refusal


def _at(start: int, end: int, sentence: str) -> FilterError:
    return FilterError(f"position {start + 1}: {sentence}", start, end)


def _test(test: Test, scope: Scope) -> Condition:
    field = by_name(scope.kind).get(test.field) or by_name(scope.kind).get(test.field.lower())
    if field is None:
        raise _at(test.start, test.end, _unknown(test.field, scope))
    operator = ":" if test.operator == "!=" else test.operator
    try:
        found = _compared(field, operator, test.value, scope)
    except ValueRefused as refusal:
        raise _at(test.value.start, test.value.end, str(refusal)) from refusal
    return negation(found) if test.operator == "!=" else found


def _unknown(name: str, scope: Scope) -> str:
    known = list(by_name(scope.kind))
    near = difflib.get_close_matches(name.lower(), known, n=1)
    hint = f"did you mean “{near[0]}”?" if near else f"known: {', '.join(known)}"
    quoted = "; to search for these words, put them into quotation marks"
    return f"“{name[:40]}” is not a field of {scope.kind.plural}; {hint}{'' if near else quoted}"


def _compared(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    if operator in (":", "=") and field.how != "has":
        if value.keyword == "unknown":
            return _not_known(field, scope)
        if value.keyword == "known" or (value.prefix and not value.text):
            return known(field, scope)
    if field.how == "has":
        found = links.has(field, operator, value, scope)
        return known(found, scope) if isinstance(found, FilterField) else found
    if field.how == "bool" and field.legs:
        return links.flagged(field, value, scope)
    return _COMPARISONS[field.how](field, operator, value, scope)


def _columns(field: FilterField, scope: Scope) -> tuple[str, ...]:
    """The columns that are NULL when nothing is known of the field."""
    if field.how in ("date", "surely", "after", "before"):
        return tuple(scope.column(f"{field.columns[0]}_{end}") for end in ("earliest", "latest"))
    return tuple(scope.column(name) for name in field.columns)


def _not_known(field: FilterField, scope: Scope) -> Condition:
    """Nothing is recorded; or the code for “unknown” is, where there is one."""
    if not field.columns:
        return negation(known(field, scope))
    pieces = [Sql(f"{column} IS NULL") for column in _columns(field, scope)]
    sql = joined(pieces, "AND")
    if "unknown" in field.codes:
        sql = Sql(f"({sql.text} OR {scope.column(field.columns[0])} = 'unknown')")
    return Condition(sql, sql, f"{named(field)} unknown", f"{named(field)} known")


def known(field: FilterField, scope: Scope) -> Condition:
    """Something is recorded."""
    if not field.columns:
        return links.any_link(field, scope)
    sql = joined([Sql(f"{column} IS NOT NULL") for column in _columns(field, scope)], "OR")
    if "unknown" in field.codes:
        sql = Sql(f"({sql.text} AND {scope.column(field.columns[0])} <> 'unknown')")
    return Condition(sql, sql, f"{named(field)} known", f"{named(field)} unknown")
