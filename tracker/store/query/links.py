"""Comparisons by way of other records: references, actors by any name, links, tags, and whether there are any."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tracker.errors import ValueRefused
from tracker.model.kinds import BY_NAME, BY_PREFIX
from tracker.store.query import reach
from tracker.store.query.condition import Condition, Sql, among, either, inside, joined, negation, same
from tracker.store.query.fields import FilterField, by_name
from tracker.store.query.nodes import Value
from tracker.store.query.scope import Comparison, Scope, named, only_equals, refuse
from tracker.store.query.texts import escaped, tag_text, truth
from tracker.text import clean, fold

_REF = re.compile(r"([A-Za-z]{1,4})-([0-9]{1,15})")
_UID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_ALIVE = "deleted_at IS NULL AND merged_into_id IS NULL"

_IS: Final = "= ?"

Titles = dict[str, Comparison]
"""How the title field of another kind is compared, by `FilterField.how`."""

_SOUGHT: Final = {"statement": ("quote", "paraphrase")}
"""What the words of a reference are looked for in, where that is more than the title."""


def _number_of(field: FilterField, value: Value) -> int | None:
    """The id in a REF or a bare number; None when the value is neither."""
    if value.phrase or value.prefix:
        return None
    if re.fullmatch(r"[0-9]{1,15}", value.text):
        return int(value.text)
    match = _REF.fullmatch(value.text)
    kind = BY_PREFIX.get(match[1].upper()) if match else None
    if match is None or kind is None:
        return None
    if kind.name != field.target:
        wanted = BY_NAME[field.target]
        sentence = f"{field.name}: {value.text} is not {_one(wanted.label)}; write it like {wanted.prefix}-{match[2]}"
        raise ValueRefused(field.name, sentence)
    return int(match[2])


def _one(label: str) -> str:
    return f"{'an' if label[0] in 'AEIOU' else 'a'} {label.lower()}"


def _those(field: FilterField, value: Value, scope: Scope, titles: Titles) -> Condition:
    """`= 3` or `IN (…)`: what comes after a column with ids of the records meant by `value`."""
    number = _number_of(field, value)
    kind = BY_NAME[field.target]
    if number is not None:
        shown = f"{kind.prefix}-{number}"
        if kind.name == "actor":
            return same("IN (SELECT coalesce(merged_into_id, id) FROM actor WHERE id = ?)", number, words=shown)
        return same(_IS, number, words=shown)
    if not value.phrase and _UID.fullmatch(value.text):
        return same(f"IN (SELECT id FROM {kind.name} WHERE uid = ?)", value.text.lower(), words=value.text)
    if kind.name == "actor":
        return _actors(field, value)
    return _titled(field, value, scope, titles)


def _actors(field: FilterField, value: Value) -> Condition:
    """Actors by any of their names, folded; several may share one."""
    key = fold(clean(value.text, multiline=False))
    if not key:
        raise refuse(field, value, "a name")
    how: tuple[Sql, Sql] = (Sql("= ?", (key,)),) * 2
    if value.prefix:
        how = Sql(">= ? AND name_key < ?", (key, key + "\U0010ffff")), Sql("LIKE ? ESCAPE '\\'", (f"{escaped(key)}%",))
    sqls = []
    for one in how:
        names = f"SELECT actor_id FROM actor_name WHERE name_key {one.text} AND deleted_at IS NULL"
        text = (
            f"IN (SELECT id FROM actor WHERE name_key {one.text} AND {_ALIVE}"
            f" UNION ALL SELECT id FROM actor WHERE id IN ({names}) AND {_ALIVE})"
        )
        sqls.append(Sql(text, one.parameters * 2))
    return either(sqls, f"{value.text}{'…' if value.prefix else ''}")


def _titled(field: FilterField, value: Value, scope: Scope, titles: Titles) -> Condition:
    """Records by words of their title."""
    kind = BY_NAME[field.target]
    title = by_name(kind)[kind.title]
    sought = _SOUGHT.get(kind.name)
    if sought:
        title = FilterField(title.name, title.label, title.help, title.example, title.how, columns=sought)
    found = titles[title.how](title, ":", value, Scope(kind, "r", scope.today))
    start = f"IN (SELECT r.id FROM {kind.name} r WHERE r.deleted_at IS NULL AND "
    sqls = [Sql(f"{start}{sql.text})", sql.parameters) for sql in (found.sqlite, found.postgresql)]
    return either(sqls, f"“{value.text}{'…' if value.prefix else ''}”")


def reference(titles: Titles) -> Comparison:
    """A reference is one of the records that the value means."""

    def compare(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
        only_equals(field, operator)
        those = _those(field, value, scope, titles)
        table, column = BY_NAME[field.target].name, scope.column(field.columns[0])
        if those.sqlite.text == _IS:
            return same(f"{column} {_IS}", *those.sqlite.parameters, words=f"{named(field)} {those.words}")
        query = f"SELECT id FROM {table} WHERE id {{}}"
        ids = inside(query, those.sqlite), inside(query, those.postgresql)
        return replace(among(column, ids[0], ids[1], f"{named(field)} {those.words}"), never_null=False)

    return compare


def link(titles: Titles) -> Comparison:
    """A record is linked, in one of the ways of the field, to one that the value means."""

    def compare(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
        only_equals(field, operator)
        those = _those(field, value, scope, titles)
        return _by_legs(field, scope, those.sqlite, those.postgresql, f"{named(field)} {those.words}")

    return compare


def _by_legs(
    field: FilterField, scope: Scope, sqlite: Sql, postgresql: Sql, words: str, opposite: str = ""
) -> Condition:
    """A record is among those that one of the legs gives, with what the links are compared with put into each leg."""
    legs = " UNION ALL ".join(field.legs)
    return among(scope.column("id"), inside(legs, sqlite), inside(legs, postgresql), words, opposite)


def _any(legs: Sequence[str], scope: Scope, what: str) -> Condition:
    """A record has a row in one of the legs, whatever it is compared with; each row is looked up by itself."""
    rows = [re.sub(r"^SELECT (\S+) FROM", r"SELECT \1 AS id FROM", leg.replace("{}", "IS NOT NULL")) for leg in legs]
    pieces = [Sql(f"EXISTS (SELECT 1 FROM ({row}) l WHERE l.id = {scope.column('id')})") for row in rows]
    sql = joined(pieces, "OR")
    return Condition(sql, sql, f"with {what}", f"without {what}", never_null=True)


def any_link(field: FilterField, scope: Scope) -> Condition:
    """There is a link of this field, to whatever."""
    return _any(field.legs, scope, named(field))


def flagged(field: FilterField, value: Value, scope: Scope) -> Condition:
    """A yes-or-no field that is told from other tables."""
    nothing = Sql("")
    found = _by_legs(field, scope, nothing, nothing, named(field), f"not {named(field)}")
    return found if truth(field, value) else negation(found)


def tagged(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """A record bears the tag."""
    only_equals(field, operator)
    sqlite, postgresql, shown = tag_text(field, value)
    return _by_legs(field, scope, sqlite, postgresql, f"tagged {shown}", f"not tagged {shown}")


def own_ref(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """The record itself, by its REF."""
    only_equals(field, operator)
    number = _number_of(field, value)
    if number is None:
        raise refuse(field, value, f"a REF such as {field.example.partition(':')[2]}")
    return same(f"{scope.column('id')} = ?", number, words=f"{scope.kind.prefix}-{number}")


def has(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition | FilterField:
    """Whether something is linked to the record; or the field whose being known is asked for."""
    only_equals(field, operator)
    wanted = value.text.lower()
    legs = reach.HAS.get(scope.kind.name, {}).get(wanted)
    if legs:
        return _any(legs, scope, wanted)
    if wanted in field.codes:
        return by_name(scope.kind)[wanted]
    near = difflib.get_close_matches(wanted, field.codes, n=1)
    hint = f"did you mean {near[0]}?" if near else f"one of: {', '.join(field.codes)}"
    raise ValueRefused(field.name, f"has: “{value.text[:40]}” is nothing that {scope.kind.plural} have; {hint}")
