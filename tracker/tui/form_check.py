"""From the rows of a form to what is to be written, or to what is wrong, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tracker.errors import ValueRefused
from tracker.model.fields import Kind
from tracker.model.values import Values, complete, problems
from tracker.tui.form_text import TOLD_FROM, sentence_of
from tracker.tui.form_write import Linked, NewActor, Writing
from tracker.tui.widgets.field_date import DateRow
from tracker.tui.widgets.field_parts import PartBlock
from tracker.tui.widgets.field_ref import RefRow
from tracker.tui.widgets.field_row import FieldRow


class Form(Protocol):
    """A form, as far as checking it needs to know it."""

    kind: Kind
    record_id: int | None
    version: int | None
    base: dict[str, Any]
    rows: dict[str, FieldRow]
    actors: dict[str, dict[str, str]]

    @property
    def blocks(self) -> list[PartBlock]:
        """The linked records into which something was typed."""

    def altered(self) -> dict[str, str]:
        """The texts that differ from those the form began with."""

    def say(self, sentence: str) -> None:
        """Say what is wrong with the form as a whole."""


@dataclass
class Faults:
    """What is wrong, by row, the first one first."""

    rows: list[tuple[FieldRow | None, str]]

    def show(self, form: Form) -> None:
        """Say it below each row and go to the first."""
        for row, sentence in reversed(self.rows):
            if row is None:
                form.say(sentence)
            else:
                row.fault(sentence)
        first = next((row for row, _ in self.rows if row is not None), None)
        if first is not None:
            count = len(self.rows)
            form.say(f"Not saved: {count} field{'s need' if count > 1 else ' needs'} attention")
            first.place.focus()


def collect(form: Form) -> Writing | Faults:
    """What is to be written, or all that is wrong."""
    faults: list[tuple[FieldRow | None, str]] = []
    values = _values(_wanted(form), faults, form.actors)
    record = complete(form.kind, values) if form.record_id is None else form.base | values
    faults += _broken(form.kind, record, form.rows, faults)
    linked: list[Linked] = []
    for block in form.blocks:
        held = _values(block.rows.values(), faults, form.actors)
        rules = complete(block.part.declared, held) | {f"{block.part.parent}_id": -1}
        faults += _broken(block.part.declared, rules, block.rows, faults)
        linked.append(Linked(block.part.kind, block.part.parent, held))
    if faults:
        order = [*form.rows.values(), *(row for block in form.blocks for row in block.rows.values())]
        return Faults(sorted(faults, key=lambda fault: order.index(fault[0]) if fault[0] in order else -1))
    named = {value.name for held in (values, *(link.values for link in linked)) for value in held.values()
             if isinstance(value, NewActor)}  # fmt: skip
    actors = {name: texts for name, texts in form.actors.items() if name in named}
    return Writing(form.kind.name, form.record_id, form.version, values, linked, actors)


def _wanted(form: Form) -> Iterator[FieldRow]:
    """The rows to write: all of a new record, of another those that were altered or are told from another day."""
    altered = form.altered()
    for name, row in form.rows.items():
        if row.field is TOLD_FROM:
            continue
        told_anew = TOLD_FROM.name in altered and isinstance(row, DateRow) and _inferred(row, form.base)
        if form.record_id is None or name in altered or told_anew:
            yield row


def _inferred(row: DateRow, base: Mapping[str, Any]) -> bool:
    return base.get(f"{row.field.name}_basis") == "inferred"


def _values(
    rows: Iterable[FieldRow], faults: list[tuple[FieldRow | None, str]], actors: Mapping[str, object]
) -> Values:
    values: Values = {}
    for row in rows:
        if isinstance(row, RefRow) and row.new_name:
            if row.new_name not in actors:
                faults.append((row, f"“{row.new_name}” is not known yet; choose “+ new actor” from the list (↓)"))
            values[f"{row.field.name}_id"] = NewActor(row.new_name)
            continue
        try:
            values |= row.values()
        except ValueRefused as error:
            faults.append((row, row.wrong or sentence_of(error, row.field)))
    return values


def _broken(
    kind: Kind, record: Mapping[str, object], rows: Mapping[str, FieldRow], faults: list[tuple[FieldRow | None, str]]
) -> list[tuple[FieldRow | None, str]]:
    """The rules that a whole record breaks, but for rows of which something is wrong already."""
    known = {id(row) for row, _ in faults}
    found: list[tuple[FieldRow | None, str]] = []
    for name, sentence in problems(kind, record):
        row = rows.get(name)
        if row is None:
            found.append((None, f"{name}: {sentence}"))
        elif id(row) not in known:
            found.append((row, sentence))
    return found
