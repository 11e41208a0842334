"""A source on the desk while its suggestions are decided: what its text holds, and the words a record comes to cite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tracker.errors import ValueRefused
from tracker.model import codes
from tracker.model.fields import Field, Kind
from tracker.model.kinds import BY_NAME
from tracker.model.uncertain import UncertainDate, resolve
from tracker.model.values import LIST_SEPARATOR, date_columns
from tracker.store.ledger import Act, Saved
from tracker.store.reanchor import anchor_of
from tracker.store.spans import selectors
from tracker.store.suggesting import extent

Stretches = Sequence[Sequence[int]]
"""Spans of the text, each a start and an end in code points, half-open."""

_ENDS = ".!?…"


@dataclass
class Sheet:
    """The source `source` (its columns) in the action `act`; `who` decides."""

    act: Act
    source: dict[str, Any]
    who: str

    @property
    def id(self) -> int:
        """The source."""
        return int(self.source["id"])

    @property
    def text(self) -> str:
        """The text of the source; empty when it is not attached."""
        return self.source["text"] or ""

    @cached_property
    def suggestions(self) -> dict[int, dict[str, Any]]:
        """All suggestions of the source by id; kept up to date by `decided`."""
        return {row["id"]: row for row in self.act.where("suggestion", source_id=self.id)}

    def decided(self, suggestion: dict[str, Any], changes: Mapping[str, object]) -> Saved:
        """Write a decision into the suggestion."""
        saved = self.act.edit("suggestion", suggestion["id"], changes, version=None)
        suggestion.update(changes, version=saved.version)
        return saved

    def words(self, spans: Stretches) -> str:
        """The words of several stretches, joined by spaces."""
        return " ".join(self.text[start:end].strip() for start, end in spans)

    def cite(self, spans: Stretches, kind: str, record_id: int, field: str = "", part: str = "body") -> None:
        """Let a record, or one field of it, rest on stretches of the text; `part` says where in the article they are.

        A stretch that is evidence already is used again.
        """
        for start, end in spans:
            known = self.act.where("evidence", source_id=self.id, start=start, end=end)
            evidence = known[0]["id"] if known else self._evidence(start, end, part)
            link = {"evidence_id": evidence, f"{kind}_id": record_id, "field": field or None}
            if not known or not self.act.where("citation", **link):
                self.act.add("citation", link)

    def _evidence(self, start: int, end: int, part: str) -> int:
        span = {"source_id": self.id, "start": start, "end": end, "exact": self.text[start:end]}
        return self.act.add("evidence", span | {"role": part or "body"} | selectors(self.text, span)).id

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence, or sentences of one paragraph, around a stretch, as far as full stops and line ends tell."""
        text, first, last = self.text, start, end
        while first > 0 and text[first - 1] != "\n" and not (text[first - 1] == " " and text[first - 2] in _ENDS):
            first -= 1
        while last < len(text) and text[last] != "\n" and not (text[last] == " " and text[last - 1] in _ENDS):
            last += 1
        return first, last

    def dates_within(self, first: int, last: int, without: Stretches = ()) -> Iterator[dict[str, Any]]:
        """The dates that were accepted in a stretch of the text, but for those within the stretches `without`."""
        for row in self.suggestions.values():
            if (
                row["kind"] != "date"
                or row["status"] not in ("accepted", "edited")
                or not (row["value"] or {}).get("edtf")
            ):
                continue
            start, end = extent("date", row["spans"])
            if first <= start and end <= last and not any(a <= start and end <= b for a, b in without):
                yield row["value"] or {}

    def columns(self, kind: str, value: Mapping[str, Any]) -> dict[str, object]:
        """The stored columns of a record for what a suggestion proposes; what the kind has no field for is left out.

        A date may stand as its columns, or under its field's name as EDTF, as words, or as {words, edtf, anchor}.
        Raises ValueRefused for a code that is not in its list, or a date that is none.
        """
        declared = BY_NAME[kind]
        found: dict[str, object] = {name: _stored(value[name]) for name in declared.column_names if name in value}
        for field in declared.fields:
            given = value.get(field.name)
            if field.type == "date" and given:
                found |= self.date(field.name, given)
            elif field.type == "date" and found.get(f"{field.name}_basis") == "inferred":
                found.setdefault(f"{field.name}_anchor_id", self.id if self.source["published_edtf"] else None)
            _require_code(declared, field, found.get(field.name))
        return found

    def date(self, name: str, given: object) -> dict[str, object]:
        """The columns of the date field `name`; a date that was told from the day of publication is anchored there."""
        told = dict(given) if isinstance(given, Mapping) else {"words": str(given)}
        words, edtf, anchor = (str(told.get(part) or "") for part in ("words", "edtf", "anchor"))
        basis = "inferred" if anchor else "stated"
        if not edtf:
            read = resolve(words, anchor=anchor_of(self.source))
            own = read.basis == "inferred"
        else:
            read = UncertainDate.from_edtf(edtf, words=words, basis=basis)
            own = bool(anchor) and anchor == str(anchor_of(self.source))
        return date_columns(name, read) | {f"{name}_anchor_id": self.id if own else None}


def _stored(value: object) -> object:
    """A value as a column holds it: nothing for an empty text, several codes as one text."""
    if isinstance(value, (list, tuple)):
        return LIST_SEPARATOR.join(map(str, value)) or None
    return None if value == "" else value


def _require_code(kind: Kind, field: Field, given: object) -> None:
    if field.type == "code" and given and given not in codes.values(field.codes):
        told = f"{field.name}: “{given}” is no code of {kind.plural}; see “tracker codes {field.codes}”"
        raise ValueRefused(field.name, told)
