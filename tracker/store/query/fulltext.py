"""Words and phrases looked for in the full text: accents and case do not count, and no search syntax gets through."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tracker.errors import ValueRefused
from tracker.model.fields import Kind
from tracker.store.query.condition import Condition, Sql, all_of, among, any_of, joined
from tracker.store.query.fields import FilterField, by_name
from tracker.store.query.nodes import Value
from tracker.store.query.scope import Scope, named, only_equals
from tracker.store.query.texts import part_of

LONGEST: Final = 200
_NAMES = "SELECT actor_id FROM actor_name WHERE deleted_at IS NULL AND "


def has_word(value: Value) -> bool:
    """Whether there is a letter or digit to look for."""
    return any(char.isalnum() for char in value.text)


def _checked(value: Value, field: str = "words") -> Value:
    if not has_word(value):
        raise ValueRefused(field, f"“{value.text[:40]}” has no letter or digit to look for")
    # A word of more than 2,046 bytes is an error to PostgreSQL, and no word.
    if len(value.text) > LONGEST or len(unicodedata.normalize("NFKD", value.text).encode()) > 5 * LONGEST:
        raise ValueRefused(field, f"“{value.text[:20]}…” is longer than {LONGEST} characters; look for less")
    return value


def _shown(value: Value) -> str:
    star = "…" if value.prefix else ""
    return f"“{value.text}{star}”" if value.phrase else f"{value.text}{star}"


def _term(value: Value) -> str:
    """What is to be marked in the texts that are found."""
    return f"{value.text}*" if value.prefix else value.text


def _sqlite_query(value: Value) -> str:
    """The value as one FTS5 string: what stands in quotation marks is words and never syntax."""
    quoted = unicodedata.normalize("NFC", value.text).replace('"', " ")
    return f'"{quoted}"{"*" if value.prefix else ""}'


def _postgresql_query(value: Value) -> Sql:
    """The value as a tsquery made of the very words that the documents are made of."""
    phrase = "phraseto_tsquery('simple', tracker_words(?))"
    if value.prefix:
        phrase = f"(nullif({phrase}::text, '') || ':*')::tsquery"
    return Sql(phrase, (value.text,))


def _sqlite_rows(kind: str, query: str) -> Sql:
    return Sql(f"SELECT rowid FROM {kind}_fts WHERE {kind}_fts MATCH ?", (query,))


def matching(values: Sequence[Value], scope: Scope) -> Condition:
    """Records whose full text holds all of `values`; raises ValueRefused when there is nothing to look for."""
    for value in values:
        _checked(value)
    words = " ".join(_shown(value) for value in values)
    terms = tuple(_term(value) for value in values)
    if not scope.kind.searched:
        return _anywhere(values, scope)
    if scope.kind.name == "actor":
        return all_of([_any_name(value, scope) for value in values])
    rows = _sqlite_rows(scope.kind.name, " ".join(_sqlite_query(value) for value in values))
    query = joined([_postgresql_query(value) for value in values], "&&")
    return Condition(
        Sql(f"{scope.alias}.id IN ({rows.text})", rows.parameters),
        Sql(f"{scope.alias}.document @@ {query.text}", query.parameters),
        words, f"without {words}", terms,
    )  # fmt: skip


def _any_name(value: Value, scope: Scope) -> Condition:
    """An actor by a word of its own text or of any of its names."""
    own, names = (_sqlite_rows(kind, _sqlite_query(value)) for kind in ("actor", "actor_name"))
    query = _postgresql_query(value)
    both = f"SELECT id FROM actor WHERE document @@ {query.text} UNION ALL {_NAMES}document @@ {query.text}"
    shown = _shown(value)
    found = among(
        scope.column("id"),
        Sql(f"{own.text} UNION ALL {_NAMES}id IN ({names.text})", own.parameters * 2),
        Sql(both, query.parameters * 2),
        shown, f"without {shown}",
    )  # fmt: skip
    return replace(found, terms=(_term(value),))


def _anywhere(values: Sequence[Value], scope: Scope) -> Condition:
    """For kinds without full text: each of the values is a part of some text of the record."""
    texts = _texts(scope.kind)
    if not texts:
        raise ValueRefused("words", f"{scope.kind.plural} hold no text to search; filter by a field")
    return all_of([any_of([part_of(field, value, scope) for field in texts]) for value in values])


def _texts(kind: Kind) -> tuple[FilterField, ...]:
    fields = by_name(kind)
    return tuple(fields[f.name] for f in kind.fields if f.type in ("text", "long"))


def words_in(field: FilterField, operator: str, value: Value, scope: Scope) -> Condition:
    """The words of `value`, one after the other, in one of the columns of the field."""
    only_equals(field, operator)
    _checked(value, field.name)
    rows = _sqlite_rows(scope.kind.name, f"{{{' '.join(field.columns)}}} : {_sqlite_query(value)}")
    query = _postgresql_query(value)
    # The document does not say which column a word is from; the few rows it leaves are looked at one by one.
    inside = f"LIKE '% ' || btrim(tracker_words(?)) || '{'' if value.prefix else ' '}%'"
    places = " OR ".join(f"' ' || tracker_words({scope.column(c)}) || ' ' {inside}" for c in field.columns)
    shown = f"{named(field)} {_shown(value)}"
    return Condition(
        Sql(f"{scope.alias}.id IN ({rows.text})", rows.parameters),
        Sql(f"({scope.alias}.document @@ {query.text} AND ({places}))", (value.text,) * (1 + len(field.columns))),
        shown, f"{named(field)} without {_shown(value)}", (_term(value),),
    )  # fmt: skip
