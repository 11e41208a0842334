"""What all cards have: fields with their labels, dates as people say them, and records that lead on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.model import codes
from tracker.model.fields import Field, Kind
from tracker.model.kinds import BY_NAME
from tracker.model.uncertain import human
from tracker.store import cells
from tracker.store.columns import title_of
from tracker.store.columns_dataset import named as dataset_named
from tracker.store.database import Reader
from tracker.store.lookup import record, ref

MOST = 200
"""So many records of one sort are read for a card; lists show them all."""

OWN_VOICE = "nobody named"
"""Who says what is said in the source's own voice, or of which nobody knows who says it."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """A record that a card leads on to: its kind's name, id, REF and title."""

    kind: str
    id: int
    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, as (label, value) pairs; what is unknown is “–”."""

    title: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AsRead:
    """The columns of a dataset's row as they were read, in their order; `dataset` "" where it is not known."""

    dataset: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class When:
    """A date: `human` in full words, `words` as the source has them, `basis`, and the source that it was told from."""

    human: str
    words: str
    basis: str
    anchor: Named | None


class Names:
    """The titles of the records that a card mentions, each read once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._titles: dict[tuple[str, int], str] = {}

    def load(self, kind: str, ids: Iterable[int | None]) -> None:
        """Read the titles of several records at once."""
        missing = sorted({id_ for id_ in ids if id_ is not None and (kind, id_) not in self._titles})
        for start in range(0, len(missing), 500):
            block = missing[start : start + 500]
            marks = ", ".join("?" * len(block))
            sql = f"SELECT t.id, {title_of(kind, 't.id')} FROM {kind} t WHERE t.id IN ({marks})"
            self._titles.update({(kind, row[0]): row[1] or "" for row in self._reader.rows(sql, block)})

    def title(self, kind: str, id_: int) -> str:
        """The title of a record; its REF when it has no words."""
        self.load(kind, [id_])
        return self._titles.get((kind, id_)) or ref(BY_NAME[kind], id_)

    def named(self, kind: str, id_: int) -> Named:
        """The record as a card mentions it."""
        return Named(kind, id_, ref(BY_NAME[kind], id_), self.title(kind, id_))

    def maybe(self, kind: str, id_: int | None) -> Named | None:
        """`named`, for a reference that may be empty."""
        return None if id_ is None else self.named(kind, id_)


def voice(names: Names, asserter: int | None, dataset: str | None) -> str:
    """Who says so, in words: the actor, else the dataset that the row came with, else nobody named."""
    return names.title("actor", asserter) if asserter is not None else dataset_named(dataset) or OWN_VOICE


def imported_from(values: Mapping[str, Any]) -> str | None:
    """The dataset that an import took an incident from; None for one that was coded by hand."""
    return values["dataset"] or None if values["batch_id"] is not None else None


def as_read(values: Mapping[str, Any]) -> AsRead | None:
    """What of an imported row is kept as it was read; None when nothing is."""
    if values["batch_id"] is None or not isinstance(values["extra"], dict) or not values["extra"]:
        return None
    pairs = tuple((str(name), _as_text(value)) for name, value in values["extra"].items())
    return AsRead(values.get("dataset") or "", pairs)


def _as_text(value: object) -> str:
    if value is None or value == "":
        return cells.UNKNOWN
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def alive(reader: Reader, kind: Kind, id_: int) -> Record | None:
    """A record that is there."""
    found = record(reader, kind, id_)
    return found if found and found["deleted_at"] is None else None


def when(values: Mapping[str, Any], field: str, names: Names) -> When:
    """The uncertain date `field` of a record."""
    anchor = names.maybe("source", values[f"{field}_anchor_id"])
    basis = values[f"{field}_basis"]
    label = codes.label("date_basis", basis) if basis else ""
    return When(human(values[f"{field}_edtf"]), values[f"{field}_words"] or "", label, anchor)


def groups(kind: Kind, values: Mapping[str, Any], names: Names) -> tuple[Group, ...]:
    """All fields of a record but its text and matching keys, in groups, in their declared order."""
    found: dict[str, list[tuple[str, str]]] = {}
    for field in kind.fields:
        if field.type != "key" and field.name not in ("text", "merged_into"):
            title = field.group or kind.label
            found.setdefault(title, []).append((field.label, shown(field, values, names)))
    return tuple(Group(title, tuple(pairs)) for title, pairs in found.items())


def shown(field: Field, values: Mapping[str, Any], names: Names) -> str:
    """The value of a field for people, whole."""
    if field.type == "date":
        return human(values[f"{field.name}_edtf"])
    if field.type == "ref":
        target = names.maybe(field.target, values[f"{field.name}_id"])
        return f"{target.ref} {target.title}" if target else cells.UNKNOWN
    value = values[field.name]
    if value is None or value == "":
        return cells.UNKNOWN
    if field.type == "code":
        return codes.label(field.codes, value)
    if field.type == "codes":
        return cells.code_list(field.codes, value)
    if field.type == "bool":
        return "yes" if value else "no"
    return {"real": cells.real, "json": cells.data, "stamp": cells.stamp}.get(field.type, cells.plain)((value,))


def tags(reader: Reader, kind: str, id_: int) -> tuple[str, ...]:
    """The tags of a record, by name."""
    sql = "SELECT name FROM tag WHERE of_kind = ? AND of_id = ? AND deleted_at IS NULL ORDER BY name"
    return tuple(str(row[0]) for row in reader.rows(sql, (kind, id_)))
