"""What a form shows of a record, and what the texts typed into it mean; no widgets and no database."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker import text
from tracker.errors import ValueRefused
from tracker.model import codes
from tracker.model.fields import Field, Kind
from tracker.model.kinds import BY_NAME
from tracker.model.uncertain import UncertainDate, human, resolve
from tracker.model.values import LIST_SEPARATOR, Context, Values, date_columns, parse_value

READING = " = "
"""Between the words of a date and the analyst's own reading of them: “last Monday = 2019-12-02”."""

NEW = "+ "
"""What the text of a reference begins with when it names an actor that is yet to be made."""

TOLD_FROM = Field(
    "told_from", "Told from", "ref", target="source",
    help="the source whose day of publication “last Monday” and the like are told from",
)  # fmt: skip

_REF = re.compile(r"([A-Za-z]{1,3}-[0-9]{1,12})(?:\s|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line offered below a field: `text` is what the field takes over, `shown` what the line says."""

    text: str
    shown: str


Names = Mapping[tuple[str, int], str]
"""What records are called, as (kind, id) → "A-3 Kataib Hezbollah"."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that words are told from, and the source it comes from."""

    day: date
    source_id: int

    @property
    def ref(self) -> str:
        """The source as a REF."""
        return f"{BY_NAME['source'].prefix}-{self.source_id}"


def essential(kind: Kind, field: Field) -> bool:
    """Whether a field stands at the top of its form: what is required, what lists show, what dates are told from."""
    return field.required or field.width > 0 or field.name == kind.title or (field.name == "source" and dated(kind))


def dated(kind: Kind) -> bool:
    """Whether a kind has dates."""
    return any(field.type == "date" for field in kind.form_fields)


def told_apart(kind: Kind) -> bool:
    """Whether the form of a kind asks from where its dates are told, for the record itself names no source."""
    return dated(kind) and kind.name != "source" and "source" not in kind.by_name


def sections(kind: Kind) -> list[tuple[str, list[Field]]]:
    """The fields of a form by sections: the essential ones first, under no heading, then groups in declared order."""
    found: dict[str, list[Field]] = {"": []}
    for field in kind.form_fields:
        top = essential(kind, field)
        found.setdefault("" if top else field.group or "More", []).append(field)
        if field.type == "date" and top and TOLD_FROM not in found[""] and told_apart(kind):
            found[""].append(TOLD_FROM)
    return list(found.items())


def options(field: Field) -> tuple[str, ...]:
    """What can be chosen in a field of codes or of yes and no, as people call it."""
    if field.type == "bool":
        return ("yes", "no")
    return tuple(_code_label(field, value) for value in codes.values(field.codes)) if field.codes else ()


def matching(field: Field, typed: str) -> list[str]:
    """The options of which every typed word begins a word; first those that begin with what was typed."""
    wanted = _words(typed)
    found = [option for option in options(field) if all(_begins(word, option) for word in wanted)]
    return sorted(found, key=lambda option: not option.lower().startswith(typed.strip().lower()))


def _words(typed: str) -> list[str]:
    return re.findall(r"\w+", typed.replace("_", " ").lower())


def _begins(word: str, option: str) -> bool:
    return any(part.startswith(word) for part in _words(option))


def shown(field: Field, record: Mapping[str, Any], names: Names) -> str:
    """The text of a field of a stored record, such that `read` gives back what is stored; "" for unknown."""
    if field.type == "date":
        return _date_shown(field.name, record)
    value = record.get(field.columns[0].name)
    if value is None:
        return ""
    if field.type == "ref":
        return names.get((field.target, value), f"{BY_NAME[field.target].prefix}-{value}")
    return _plain(field, value)


def _plain(field: Field, value: Any) -> str:
    if field.type == "bool":
        return "yes" if value else "no"
    if field.type == "code":
        return _code_label(field, str(value))
    if field.type == "codes":
        return LIST_SEPARATOR.join(_code_label(field, part) for part in str(value).split(LIST_SEPARATOR))
    if field.type == "json":
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if field.type == "long":
        return "\n".join(text.screen_lines(str(value)))
    return text.screen(str(value))


def _code_label(field: Field, value: str) -> str:
    """The label, unless it would not be read back as the same code."""
    label = codes.label(field.codes, value)
    if field.type == "codes" and ("," in label or ";" in label):
        return value
    with suppress(ValueRefused):
        if codes.find(field.codes, label, field=field.name) == value:
            return label
    return value


def _date_shown(name: str, record: Mapping[str, Any]) -> str:
    words, edtf = record.get(f"{name}_words") or "", record.get(f"{name}_edtf") or ""
    if not words or (record.get(f"{name}_basis") == "inferred" and _told(words)):
        return text.screen(words or edtf)
    with suppress(ValueRefused):
        if resolve(words).edtf == edtf:
            return text.screen(words)
    return text.screen(f"{words}{READING}{edtf}" if edtf else words)


def read_date(raw: str, anchor: Anchor | None) -> UncertainDate:
    """A date as typed into a form, told from `anchor`; “words = reading” keeps the words and takes the reading.

    Raises ValueRefused.
    """
    words, sign, reading = raw.rpartition(READING)
    if sign and words.strip():
        with suppress(ValueRefused):
            own = resolve(reading.strip())
            return UncertainDate.from_edtf(own.edtf, words=words.strip())
    try:
        return resolve(raw, anchor=anchor.day if anchor else None)
    except ValueRefused:
        if anchor is None and _told(raw):
            sentence = f"“{text.screen(raw)}” is told from another day: choose a source with a day of publication"
            raise ValueRefused("date", sentence) from None
        raise


def _told(raw: str) -> bool:
    """Whether words can be read once there is some day to tell them from."""
    with suppress(ValueRefused):
        return bool(resolve(raw, anchor=date(2000, 1, 3)))
    return False


def date_told(read: UncertainDate, anchor: Anchor | None) -> str:
    """What a date was read as, in words for the line below it."""
    if not read.edtf:
        return ""
    source = f", from {anchor.ref}" if anchor and read.basis == "inferred" else ""
    other = f" · ↓ or {human(read.alternative)}" if read.alternative else ""
    return f"→ {human(read.edtf)}{source}{other}"


def read(field: Field, raw: str, anchor: Anchor | None = None) -> Values:
    """The stored columns that a typed text means, for any field but a reference; "" makes it unknown.

    Raises ValueRefused.
    """
    cleaned = text.clean(raw, multiline=field.type in ("long", "json")).strip()
    if field.type != "date" or not cleaned:
        return parse_value(field, raw, Context())
    found = read_date(cleaned, anchor)
    told = anchor.source_id if anchor and found.basis == "inferred" else None
    return date_columns(field.name, found) | {f"{field.name}_anchor_id": told}


def ref_in(typed: str) -> str:
    """The REF that a text begins with, or ""."""
    found = _REF.match(typed.strip())
    return found[1] if found else ""


def new_in(typed: str) -> str:
    """The name of the new actor that a text asks for, or ""."""
    return text.clean(typed.removeprefix(NEW), multiline=False).strip() if typed.startswith(NEW) else ""


def sentence_of(error: Exception, field: Field) -> str:
    """What to say below a field, without its column name, for its label stands beside it."""
    return str(error).removeprefix(f"{field.name}: ").removeprefix("date: ")
