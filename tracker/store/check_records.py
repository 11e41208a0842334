"""The part of a check that looks at every record: its dates, codes, figures and keys, and what it refers to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

from tracker import text
from tracker.errors import ValueRefused
from tracker.model import codes
from tracker.model.edtf import parse
from tracker.model.fields import Field, Kind
from tracker.model.kinds import BY_NAME, KINDS
from tracker.model.values import LIST_SEPARATOR, problems
from tracker.store.check_report import Finding, wrong
from tracker.store.database import Reader

REFERENCES, ADOPTED, WITHOUT_SPAN = "references", "adopted", "verbatim statements"
DATES, CODES, KEYS, FIGURES, MISSING = "dates", "codes", "matching keys", "figures", "missing"
RULED = frozenset({"statement", "evidence", "citation", "relation", "incident_link"})
"""The kinds that have rules between their fields (`tracker.model.values`); the others are spared looking."""

_BLOCK = 4_000
Row = tuple[Any, ...]


class _Rule(NamedTuple):
    """What must hold of some columns of a row; `broken` gives back what is wrong, or an empty text."""

    sort: str
    columns: tuple[str, ...]
    broken: Callable[[Row], str]


def records(reader: Reader) -> Iterator[Finding]:
    """Every record that is not deleted, kind by kind."""
    for kind in KINDS:
        rules = [rule for field in kind.fields for rule in _rules(kind, field)] + _orders(kind)
        yield from _kind(reader, kind, rules)


def _kind(reader: Reader, kind: Kind, rules: list[_Rule]) -> Iterator[Finding]:
    long = {"text"} if kind.name == "source" else set()
    names = ["id", "batch_id", *(name for name in kind.column_names if name not in long)]
    columns = ", ".join(f'"{name}"' for name in names)
    # The rules between fields; those of single fields are checked by value, which is faster.
    between = replace(kind, fields=())
    for block in reader.stream(f"SELECT {columns} FROM {kind.name} WHERE deleted_at IS NULL ORDER BY id", size=_BLOCK):
        yield Finding(kind.plural, len(block))
        by_column = dict(zip(names, zip(*block, strict=True), strict=True))
        for rule in rules:
            yield from _broken(kind, rule, by_column)
        for row in block if kind.name in RULED else ():
            for name, told in problems(between, dict(zip(names, row, strict=True)), typed=False):
                yield wrong("rules", f"{kind.prefix}-{row[0]}", f"{name} {told}")


def _broken(kind: Kind, rule: _Rule, by_column: dict[str, Row]) -> Iterator[Finding]:
    """The rows of a block that break a rule; each set of values is looked at once, for most rows have the same."""
    values = list(zip(*(by_column[name] for name in rule.columns), strict=True))
    faults = {found: fault for found in set(values) if (fault := rule.broken(found))}
    if not faults:
        return
    imports = zip(by_column["batch_id"], by_column.get("dataset", by_column["batch_id"]), strict=True)
    for record_id, found, imported in zip(by_column["id"], values, imports, strict=True):
        told = faults.get(found)
        if told:
            doubtful = rule.sort == FIGURES and imported != (None, None)
            yield wrong(rule.sort, f"{kind.prefix}-{record_id}", told, "warning" if doubtful else "error")


def _rules(kind: Kind, field: Field) -> Iterator[_Rule]:
    """What must hold of one field."""
    stored = tuple(column.name for column in field.columns)
    if field.type == "date":
        parts = tuple(f"{field.name}_{part}" for part in ("edtf", "earliest", "latest", "precision"))
        yield _Rule(DATES, parts, partial(_date, field.name))
    if field.type in ("code", "codes"):
        yield _Rule(CODES, stored, partial(_code, field.name, frozenset(codes.values(field.codes))))
    if field.type == "key":
        yield _Rule(KEYS, (field.name, field.of), partial(_key, field.of))
    if field.low is not None or field.high is not None:
        yield _Rule(FIGURES, stored, partial(_bounded, field))
    if field.required:
        yield _Rule(MISSING, stored, partial(_missing, field.name))


def _date(name: str, row: Row) -> str:
    edtf, earliest, latest, precision = row
    if edtf is None:
        given = earliest or latest
        return f"{name} has bounds without a date" if given else ""
    try:
        read = parse(edtf)
    except ValueRefused:
        return f"{name}: “{text.screen(edtf)}” is no EDTF date"
    first, last = (day.isoformat() if day else None for day in (read.earliest, read.latest))
    if (first, last) != (earliest, latest):
        return f"{name}: {edtf} means {first or 'open'} to {last or 'open'}, kept are {earliest} to {latest}"
    return "" if precision == read.precision else f"{name}: {edtf} is a {read.precision}, kept is {precision}"


def _code(name: str, known: frozenset[str], row: Row) -> str:
    value = row[0]
    if value is None or value in known or all(part in known for part in value.split(LIST_SEPARATOR)):
        return ""
    return f"{name}: “{text.screen(value)}” is no code of its list"


def _key(of: str, row: Row) -> str:
    key, value = row
    return "" if key == (text.fold(value) if value else key) else f"{of}: its matching key is another name's"


def _bounded(field: Field, row: Row) -> str:
    value = row[0]
    if value is None or ((field.low is None or value >= field.low) and (field.high is None or value <= field.high)):
        return ""
    return f"{field.name}: {value} is out of bounds"


def _missing(name: str, row: Row) -> str:
    return f"{name} is missing" if row[0] in (None, "") else ""


def _orders(kind: Kind) -> list[_Rule]:
    """At least ≤ best ≤ at most, for each three figures of the kind."""
    stems = [name.removesuffix("low") for name in kind.column_names if name in ("low", "killed_low", "wounded_low")]
    threes = [tuple(f"{stem}{end}" for end in ("low", "best", "high")) for stem in stems]
    return [_Rule(FIGURES, three, partial(_order, stem)) for three, stem in zip(threes, stems, strict=True)]


def _order(stem: str, row: Row) -> str:
    known = [figure for figure in row if figure is not None]
    if all(less <= more for less, more in pairwise(known)):
        return ""
    low, best, high = ("–" if figure is None else f"{figure:,}" for figure in row)
    return f"{stem.replace('_', ' ')}at least {low}, best {best}, at most {high}: out of order"


def references(reader: Reader) -> Iterator[Finding]:
    """Every reference of a record that is not deleted, to one that is not there or is deleted."""
    for kind in KINDS:
        for column in kind.columns:
            if not column.target:
                continue
            alive = f"FROM {kind.name} t WHERE t.deleted_at IS NULL AND t.{column.name} IS NOT NULL"
            count = reader.rows(f"SELECT count(*) {alive}")[0][0]
            yield Finding(REFERENCES, count)
            if count:
                yield from _dangling(reader, kind, column.name, column.target, column.field)


def _dangling(reader: Reader, kind: Kind, column: str, target: str, field: str) -> Iterator[Finding]:
    query = (
        f"SELECT t.id, t.{column}, r.id FROM {kind.name} t LEFT JOIN {target} r ON r.id = t.{column}"
        f" WHERE t.deleted_at IS NULL AND t.{column} IS NOT NULL AND (r.id IS NULL OR r.deleted_at IS NOT NULL)"
    )
    for block in reader.stream(query):
        for record_id, referred, there in block:
            told = f"{field} refers to {BY_NAME[target].prefix}-{referred}, which "
            told += "is not there" if there is None else "was deleted"
            yield wrong(REFERENCES, f"{kind.prefix}-{record_id}", told)


def adopted(reader: Reader) -> Iterator[Finding]:
    """What is used for counts has a source and agrees with the incident; verbatim words rest on a span."""
    alive = "t.deleted_at IS NULL AND t.adopted = TRUE"
    yield Finding(ADOPTED, reader.rows(f"SELECT count(*) FROM involvement t WHERE {alive}")[0][0])
    for (found,) in reader.rows(f"SELECT t.id FROM involvement t WHERE {alive} AND t.source_id IS NULL ORDER BY t.id"):
        yield wrong(ADOPTED, f"INV-{found}", "is adopted without a source; give it one, or adopt it no longer")
    for measure in ("killed", "wounded"):
        same = " AND ".join(
            f"(t.{end} = i.{measure}_{end} OR (t.{end} IS NULL AND i.{measure}_{end} IS NULL))"
            for end in ("low", "best", "high")
        )
        both = "tally t JOIN incident i ON i.id = t.incident_id"
        query = f"SELECT t.id, i.id FROM {both} WHERE {alive} AND t.measure = ? AND NOT ({same}) ORDER BY t.id"
        for tally, incident in reader.rows(query, (measure,)):
            yield wrong(ADOPTED, f"T-{tally}", f"is adopted, but I-{incident} has other {measure}", "warning")
    yield from _without_span(reader)


def _without_span(reader: Reader) -> Iterator[Finding]:
    verbatim = "t.deleted_at IS NULL AND t.mode IN ('verbatim', 'mixed')"
    yield Finding(WITHOUT_SPAN, reader.rows(f"SELECT count(*) FROM statement t WHERE {verbatim}")[0][0])
    cited = "SELECT 1 FROM citation c WHERE c.statement_id = t.id AND c.deleted_at IS NULL"
    for block in reader.stream(f"SELECT t.id FROM statement t WHERE {verbatim} AND NOT EXISTS ({cited}) ORDER BY t.id"):
        for (found,) in block:
            yield wrong(WITHOUT_SPAN, f"S-{found}", "holds exact words that rest on no span of a text", "warning")
