"""From what a person or a file writes to the values of a record, and the rules a record must keep."""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tracker import text
from tracker.errors import UsageError, ValueRefused
from tracker.model import codes
from tracker.model.fields import Field, Kind
from tracker.model.uncertain import UncertainDate, resolve

Values = dict[str, object]
"""A record's stored columns by name."""

Lookup = Callable[[str, str, str], int]
"""`(kind, text, field) -> id` of the record that a REF, a uid or a name means; raises ValueRefused."""

_YES = {"yes", "y", "true", "1", "x"}
_NO = {"no", "n", "false", "0"}
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}", re.ASCII)
_REAL = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{1,17})?", re.ASCII)
_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z?)?", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{3}", re.ASCII)
LIST_SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Context:
    """What a text may be read against: `anchor` a day with the source `anchor_id` it comes from, `lookup` for refs."""

    lookup: Lookup | None = None
    anchor: date | None = None
    anchor_id: int | None = None
    order: str | None = None


def parse_values(kind: Kind, texts: Mapping[str, str], context: Context | None = None) -> Values:
    """Stored columns for fields given as text; an empty text makes a field unknown.

    Raises ValueRefused naming the field, and UsageError for a field the kind does not have.
    """
    context = context or Context()
    values: Values = {}
    for name, raw in texts.items():
        values |= parse_value(field_named(kind, name), raw, context)
    return values


def field_named(kind: Kind, name: str) -> Field:
    """The field of `kind` that a user may write under `name`; UsageError with the nearest when there is none."""
    found = kind.by_name.get(name)
    if found is not None and found.form:
        return found
    known = [f.name for f in kind.form_fields]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(known)}"
    raise UsageError(f"“{name}” is no field of {kind.plural}; {hint}")


def parse_value(field: Field, raw: str, context: Context) -> Values:
    """The stored columns of one field from its text."""
    cleaned = text.clean(raw, multiline=field.type in ("long", "json")).strip()
    if not cleaned:
        return dict.fromkeys((column.name for column in field.columns), None)
    if field.type == "date":
        return _date(field, cleaned, context)
    if field.type == "ref":
        if context.lookup is None:
            raise ValueRefused(field.name, f"{field.name}: cannot be looked up here")
        return {f"{field.name}_id": context.lookup(field.target, cleaned, field.name)}
    return {field.name: _PARSERS[field.type](field, cleaned)}


def _date(field: Field, raw: str, context: Context) -> Values:
    try:
        read = resolve(raw, anchor=context.anchor, order=context.order)  # type: ignore[arg-type]
    except ValueRefused as error:
        raise ValueRefused(field.name, f"{field.name}: {error}") from error
    anchored = context.anchor_id if read.basis == "inferred" else None
    return date_columns(field.name, read) | {f"{field.name}_anchor_id": anchored}


def date_columns(name: str, value: UncertainDate) -> Values:
    """How an uncertain date is stored under the field `name`, without its anchor."""
    return {
        f"{name}_words": value.words or None,
        f"{name}_edtf": value.edtf or None,
        f"{name}_earliest": value.earliest.isoformat() if value.earliest else None,
        f"{name}_latest": value.latest.isoformat() if value.latest else None,
        f"{name}_precision": value.precision or None,
        f"{name}_basis": value.basis or None,
    }


def _text(field: Field, raw: str) -> object:
    if len(raw) > text.MAX_FIELD:
        raise ValueRefused(field.name, f"{field.name}: is longer than {text.MAX_FIELD:,} characters; shorten it")
    if field.name == "country" and not _COUNTRY.fullmatch(raw := raw.upper()):
        raise ValueRefused(field.name, f"country: “{raw}” is no ISO 3166 alpha-3 code; write three letters such as IRQ")
    return raw


def _bounded(field: Field, number: float, raw: str) -> None:
    if (field.low is not None and number < field.low) or (field.high is not None and number > field.high):
        raise ValueRefused(field.name, f"{field.name}: {raw} is outside {field.low:g} to {field.high or math.inf:g}")


def _int(field: Field, raw: str) -> object:
    if not _INTEGER.fullmatch(bare := raw.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", raw) else raw):
        raise ValueRefused(field.name, f"{field.name}: “{raw}” is no whole number; leave it empty when not reported")
    _bounded(field, int(bare), raw)
    return int(bare)


def _real(field: Field, raw: str) -> object:
    if not _REAL.fullmatch(raw):
        raise ValueRefused(field.name, f"{field.name}: “{raw}” is no number; write it like 33.2625")
    _bounded(field, float(raw), raw)
    return float(raw)


def _bool(field: Field, raw: str) -> object:
    word = raw.lower()
    if word not in _YES | _NO:
        raise ValueRefused(field.name, f"{field.name}: “{raw}” is neither yes nor no")
    return word in _YES


def _code(field: Field, raw: str) -> object:
    return codes.find(field.codes, raw, field=field.name)


def _codes(field: Field, raw: str) -> object:
    found = [codes.find(field.codes, part, field=field.name) for part in re.split(r"[;,]", raw) if part.strip()]
    return LIST_SEPARATOR.join(dict.fromkeys(found))


def _json(field: Field, raw: str) -> object:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ValueRefused(field.name, f"{field.name}: is not JSON ({error})") from error


def _stamp(field: Field, raw: str) -> object:
    if not _STAMP.fullmatch(raw):
        raise ValueRefused(field.name, f"{field.name}: “{raw}” is no day; write YYYY-MM-DD")
    return raw


_PARSERS: dict[str, Callable[[Field, str], object]] = {
    "text": _text, "long": _text, "int": _int, "real": _real, "bool": _bool, "code": _code, "codes": _codes,
    "json": _json, "stamp": _stamp,
}  # fmt: skip


def complete(kind: Kind, values: Mapping[str, object]) -> Values:
    """A new record's columns: given values, defaults for what is not given, and matching keys."""
    record: Values = dict.fromkeys(kind.column_names)
    record |= {f.name: f.default for f in kind.fields if f.default}
    record |= values
    return record | derived(kind, record)


def derived(kind: Kind, values: Mapping[str, object]) -> Values:
    """The matching keys that follow from `values`."""
    return {f.name: text.fold(str(values[f.of] or "")) for f in kind.fields if f.type == "key" and f.of in values}


def require(kind: Kind, record: Mapping[str, object], *, typed: bool = True) -> None:
    """Raise ValueRefused for the first rule that `record` breaks; see `problems`."""
    for name, sentence in problems(kind, record, typed=typed):
        raise ValueRefused(name, f"{name}: {sentence}")


def problems(kind: Kind, record: Mapping[str, object], *, typed: bool = True) -> Iterator[tuple[str, str]]:
    """Every rule that a whole record breaks, as field and sentence; `typed` False lets pass what files may say."""
    for column in kind.columns:
        if column.required and record.get(column.name) in (None, ""):
            yield column.field, f"is missing; every {kind.label.lower()} has one"
    if typed:
        for stem in ("killed_", "wounded_", ""):
            yield from _out_of_order(record, stem)
        if kind.name == "involvement":
            yield from _adoption_rules(record)
    if rule := _RULES.get(kind.name):
        yield from rule(record)


def _out_of_order(record: Mapping[str, object], stem: str) -> Iterator[tuple[str, str]]:
    known = [(name, n) for end in ("low", "best", "high") if isinstance(n := record.get(name := f"{stem}{end}"), int)]
    for (before, less), (after, more) in pairwise(known):
        if less > more:
            yield before, f"{less:,} is more than {after} ({more:,}); at least ≤ best ≤ at most"


def _adoption_rules(record: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if record.get("adopted") and record.get("source_id") is None:
        yield "source", "is missing; give it one before it is adopted"


def _statement_rules(record: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if record.get("mode") in ("verbatim", "mixed") and not record.get("quote"):
        yield "quote", f"is missing; a {record['mode']} statement holds the exact words"
    if not record.get("quote") and not record.get("paraphrase"):
        yield "paraphrase", "is missing; write the quote or what was said"


def _evidence_rules(record: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    start, end = record.get("start"), record.get("end")
    if isinstance(start, int) and isinstance(end, int) and start >= end:
        yield "end", f"{end} must be greater than start ({start}); spans are half-open"


def _citation_rules(record: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    cited = [name for name, value in record.items() if name in _CITED and value is not None]
    if len(cited) != 1:
        yield "evidence", f"supports {len(cited)} records; a citation names exactly one besides the evidence"


def _pair_rules(first: str, second: str) -> Callable[[Mapping[str, object]], Iterator[tuple[str, str]]]:
    def rule(record: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        if record.get(f"{first}_id") is not None and record.get(f"{first}_id") == record.get(f"{second}_id"):
            yield second, "is the same record as the other side; choose another"

    return rule


_CITED = {f"{kind}_id" for kind in ("incident", "actor", "statement", "involvement", "tally", "relation")}

_RULES: dict[str, Callable[[Mapping[str, object]], Iterator[tuple[str, str]]]] = {
    "statement": _statement_rules,
    "evidence": _evidence_rules,
    "citation": _citation_rules,
    "relation": _pair_rules("from_actor", "to_actor"),
    "incident_link": _pair_rules("a", "b"),
}
