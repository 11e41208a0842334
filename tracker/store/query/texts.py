"""Comparisons of text, codes, yes and no, and matching keys."""

from __future__ import annotations

import difflib
import re
from typing import Final

from tracker import text
from tracker.errors import ValueRefused
from tracker.model import codes
from tracker.model.values import LIST_SEPARATOR
from tracker.store.query.condition import Condition, Sql, any_of, one_of, same
from tracker.store.query.fields import FilterField
from tracker.store.query.nodes import Value
from tracker.store.query.scope import Scope, named, only_equals, refuse

LONGEST: Final = 500
_SPEAKS_FOR_ITSELF = frozenset({"category", "kind"})
"""Code fields whose labels need no name of the field before them."""


def escaped(value: str) -> str:
    """`value` for LIKE … ESCAPE '\\'."""
    return re.sub(r"([\\%_])", r"\\\1", value)


def _clean(field: FilterField, value: Value) -> str:
    wanted = text.clean(value.text, multiline=False)
    if not wanted:
        raise ValueRefused(field.name, f"{field.name}: expected something to look for")
    if len(wanted) > LONGEST:
        raise ValueRefused(field.name, f"{field.name}: “{wanted[:20]}…” is longer than {LONGEST} characters")
    return wanted


def _glob(wanted: str, before: str) -> str:
    """A GLOB pattern in which letters match in either case: LIKE of SQLite knows only the 26 letters."""
    parts = []
    for char in wanted:
        cases = "".join(dict.fromkeys(c for c in (char.lower(), char.upper(), char) if len(c) == 1))
        parts.append(f"[{cases}]" if len(cases) > 1 or char in "*?[" else char)
    return f"{before}{''.join(parts)}*"


def _like(column: str, wanted: str, words: str, *, anchored: bool) -> Condition:
    """`wanted` within the column, or at its beginning when `anchored`, in any case."""
    pattern = f"{'' if anchored else '%'}{escaped(wanted.lower())}%"
    like = Sql(f"lower({column}) LIKE ? ESCAPE '\\'", (pattern,))
    glob = Sql(f"{column} GLOB ?", (_glob(wanted, "" if anchored else "*"),))
    return Condition(like if wanted.isascii() else glob, like, words)


def part_of(field: FilterField, value: Value, scope: Scope) -> Condition:
    """The value is a part of the text in the column, or its beginning when it ends with *."""
    wanted = _clean(field, value)
    column = f"CAST({scope.column(field.columns[0])} AS TEXT)"
    shown = f"{named(field)} “{wanted}{'…' if value.prefix else ''}”"
    return _like(column, wanted, shown, anchored=value.prefix)


def contains(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """`part_of` for one field of a filter."""
    only_equals(field, operator)
    return part_of(field, value, scope)


def whole(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """The column is the value, as typed, in small letters or in capitals; or it begins with it."""
    only_equals(field, operator)
    wanted = _clean(field, value)
    column = scope.column(field.columns[0])
    if value.prefix:
        return _like(column, wanted, f"{named(field)} {wanted}…", anchored=True)
    variants = tuple(dict.fromkeys((wanted, wanted.lower(), wanted.upper())))
    return one_of(column, variants, f"{named(field)} {wanted}")


def tag_text(field: FilterField, value: Value) -> tuple[Sql, Sql, str]:
    """What follows the name of a tag's column in SQLite and in PostgreSQL, and the tag for people."""
    wanted = _clean(field, value)
    if value.prefix:
        return Sql("GLOB ?", (_glob(wanted, ""),)), Sql("ILIKE ? ESCAPE '\\'", (f"{escaped(wanted)}%",)), f"{wanted}…"
    variants = tuple(dict.fromkeys((wanted, wanted.lower(), wanted.upper())))
    sql = Sql(f"IN ({', '.join('?' * len(variants))})", variants)
    return sql, sql, wanted


def _key(wanted: str) -> str:
    return "_".join(re.split(r"[\s_-]+", wanted.lower()))


def _codes(field: FilterField, value: Value) -> tuple[str, ...]:
    """The codes that a value means: one by its value or label, or all that begin with it."""
    if not value.prefix:
        return (_code(field, value),)
    key = _key(value.text)
    found = tuple(
        code for code in field.codes
        if _key(code).startswith(key) or _key(codes.label(field.list, code)).startswith(key)
    )  # fmt: skip
    if not found:
        known = ", ".join(field.codes)
        raise ValueRefused(field.name, f"{field.name}: no code begins with “{value.text[:40]}”; one of: {known}")
    return found


def _code(field: FilterField, value: Value) -> str:
    """The code that a value names; the refusal of another names the code with the most similar word in it."""
    try:
        return codes.find(field.list, value.text, field=field.name)
    except ValueRefused:
        words = {word: code for code in field.codes for word in (*_key(code).split("_"), _key(code))}
        near = difflib.get_close_matches(_key(value.text), words, n=1, cutoff=0.5)
        hint = f"did you mean {words[near[0]]}?" if near else f"one of: {', '.join(field.codes)}"
        raise ValueRefused(field.name, f"{field.name}: “{value.text[:40]}” is not a known code; {hint}") from None


def _labels(field: FilterField, found: tuple[str, ...]) -> str:
    labels = " or ".join(codes.label(field.list, code) for code in found)
    return labels if field.name in _SPEAKS_FOR_ITSELF else f"{named(field)} {labels}"


def code(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """The column is the code, or one of the codes that begin with it."""
    only_equals(field, operator)
    found = _codes(field, value)
    return one_of(scope.column(field.columns[0]), found, _labels(field, found))


def code_among(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """The column, a list of codes, holds the code."""
    only_equals(field, operator)
    found = _codes(field, value)
    end = LIST_SEPARATOR.strip()
    column = f"'{end}' || replace({scope.column(field.columns[0])}, ' ', '') || '{end}'"
    sql = f"{column} LIKE ? ESCAPE '\\'"
    return any_of([same(sql, f"%{end}{escaped(one)}{end}%", words=_labels(field, (one,))) for one in found])


def yes_or_no(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """The column is true; or it is false or not recorded."""
    only_equals(field, operator)
    yes = truth(field, value)
    shown = named(field)
    column = scope.column(field.columns[0])
    if yes:
        return same(f"{column} = TRUE", words=shown, opposite=f"not {shown}")
    return same(f"({column} = TRUE) IS NOT TRUE", words=f"not {shown}", opposite=shown)


def truth(field: FilterField, value: Value) -> bool:
    """Yes or no, in words people use; raises ValueRefused for others."""
    word = value.text.lower()
    if word in ("yes", "y", "true", "1"):
        return True
    if word in ("no", "n", "false", "0"):
        return False
    raise refuse(field, value, "yes or no")


def key(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """The matching key of a name, however that name is spelled."""
    only_equals(field, operator)
    folded = text.fold(_clean(field, value))
    column = scope.column(field.columns[0])
    if value.prefix:
        return _like(column, folded, f"{named(field)} {folded}…", anchored=True)
    return one_of(column, (folded,), f"{named(field)} {folded}")
