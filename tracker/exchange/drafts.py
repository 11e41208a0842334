"""Planning the rows of one kind: which record each means, and what it would do to it."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.errors import Refused
from tracker.exchange.cells import Converted, Converter
from tracker.exchange.layout import columns, lacking
from tracker.exchange.links import Links, Pending
from tracker.exchange.plan import Contested, Entry, Origin, Outcome, Plan, Rejection, differing, heed
from tracker.exchange.readers import Fault, Sheet
from tracker.exchange.writers import compact
from tracker.model.fields import Kind
from tracker.model.uncertain import Order
from tracker.model.values import Values, complete, problems
from tracker.store import export

_NAMESPACE = uuid.UUID("6f0a4b52-6b1c-5f0e-9a57-0f2f5c9f7d11")
"""Of uids that are made from what a row says."""

_MAX_VERSION = 2_000_000_000


@dataclass(slots=True)
class _Draft:
    """A row whose record is known; `version` is None when the row does not say which one it rests on."""

    origin: Origin
    texts: dict[str, str]
    uid: str
    version: int | None
    own: bool


def plan_kind(
    made: Plan, kind: Kind, sheets: list[Sheet], links: Links, order: Order | None, anchor: date | None = None
) -> None:
    """Plan all sheets of one kind, whose rows may refer to each other in any order."""
    before = len(made.rejections)
    planner = _Planner(made, kind, links, Converter(kind, links, order, anchor))
    drafts = [draft for sheet in sheets for draft in planner.drafts(sheet)]
    stored = export.records(links.reader, kind, [draft.uid for draft in drafts])
    for draft in drafts:
        planner.register(draft, stored.get(draft.uid))
    planner.await_spoiled()
    for draft in drafts:
        planner.settle(draft, stored.get(draft.uid))
    planner.drop_dependents()
    planner.tell_misnamed()
    place = {id(sheet): at for at, sheet in enumerate(sheets)}
    made.rejections[before:] = sorted(
        made.rejections[before:], key=lambda one: (place[id(one.origin.sheet)], one.origin.row.number)
    )


class _Planner:
    def __init__(self, made: Plan, kind: Kind, links: Links, converter: Converter) -> None:
        self.made = made
        self.kind = kind
        self.links = links
        self.converter = converter
        self.counts = made.counts.setdefault(kind.plural, Counter())
        self.seen: dict[str, Origin] = {}
        self.repeats: Counter[str] = Counter()
        self.unique: dict[tuple[object, ...], Origin] = {}
        self.misnamed: dict[tuple[str, str], list[int]] = {}
        self.gone_by_undo: set[str] = set()
        self.spoiled: list[str] = []

    def drafts(self, sheet: Sheet) -> Iterator[_Draft]:
        """The rows of a sheet that can be read; the others are rejected."""
        if sheet.delimiter and (column := lacking(self.kind, sheet.header)):
            one = self.kind.label.lower()
            raise Refused(f"{sheet.name}:1: has no column “{column}”, and every {one} has one; add it to the header")
        names: dict[str, None] = dict.fromkeys(sheet.header)
        for row in sheet.rows:
            self.counts["read"] += 1
            origin = Origin(sheet, row)
            names.update(dict.fromkeys(row.cells))
            texts, faults = self.converter.texts(row, guarded=bool(sheet.delimiter))
            draft = None if faults else self._identified(origin, texts, faults)
            if draft is None:
                self._reject(origin, *faults)
                self.spoiled.append(texts.get("uid", "").strip())
            else:
                self.seen[draft.uid] = origin
                yield draft
        heed(self.made, self.kind, sheet, list(names))

    def _identified(self, origin: Origin, texts: dict[str, str], faults: list[Fault]) -> _Draft | None:
        uid, version = texts.get("uid", "").strip(), texts.get("version", "").strip()
        own = bool(uid)
        if own and not _is_uid(uid):
            faults.append(Fault("uid", uid[:60], "is no uid; leave it empty for a new record"))
            return None
        if version and not (version.isascii() and version.isdigit() and 0 < int(version[:12]) <= _MAX_VERSION):
            faults.append(Fault("version", version[:60], "is no version; leave it as it was exported"))
            return None
        number: int | None = int(version) if version and own else None
        if not own:
            uid, number = self._derived(texts)
        if earlier := self.seen.get(uid):
            told = ("uid", uid) if own else ("", "")
            faults.append(Fault(*told, f"is the same record as {earlier}; keep one"))
            return None
        return _Draft(origin, texts, uid, number, own)

    def _derived(self, texts: dict[str, str]) -> tuple[str, int | None]:
        """The uid of a row that has none: of the record with its unique values, or made from what it says."""
        for names in self.kind.unique:
            values = [texts.get(name, "").strip() for name in names]
            if all(values) and all(name in self.kind.by_name for name in names):
                found = export.taken(self.links.reader, self.kind, names, values)
                return found[1] if found else self._made_of([self.kind.name, *values]), None
        said = {name: value.strip() for name, value in sorted(texts.items()) if value.strip() and name != "version"}
        content = compact([self.kind.name, said])
        self.repeats[content] += 1
        return self._made_of([content, str(self.repeats[content])]), 1

    def _made_of(self, parts: list[str]) -> str:
        return str(uuid.uuid5(_NAMESPACE, compact(parts)))

    def register(self, draft: _Draft, stored: dict[str, Any] | None) -> None:
        """Let other rows refer to the record of a draft."""
        alive = stored is not None and stored["deleted_at"] is None
        if stored is not None and not alive:
            if not export.undone(self.links.reader, self.kind, stored["id"]):
                return
            self.gone_by_undo.add(draft.uid)
        title = draft.texts.get(self.kind.title, "")
        self.links.register(self.kind.name, draft.uid, stored["id"] if stored and alive else None, title)

    def await_spoiled(self) -> None:
        """What refers to a row that was rejected unread, and is new, falls with it."""
        for uid in filter(None, self.spoiled):
            if uid not in self.seen and export.titled(self.links.reader, self.kind.name, uid) is None:
                self.links.register(self.kind.name, uid, None, "")

    def settle(self, draft: _Draft, stored: dict[str, Any] | None) -> None:
        """Find out what the row would do, and write it down in the plan."""
        converted = self.converter.convert(draft.texts, draft.own)
        if converted.faults:
            self._reject(draft.origin, *converted.faults)
            return
        self._note_names(draft, converted)
        if stored is None:
            self._new(draft, converted.values)
        elif stored["deleted_at"] is not None and draft.uid not in self.gone_by_undo:
            self._contest(draft, stored, {}, deleted=True)
        else:
            self._known(draft, stored, converted.values)

    def _note_names(self, draft: _Draft, converted: Converted) -> None:
        for name in converted.misnamed:
            self.misnamed.setdefault((draft.origin.sheet.name, name), []).append(draft.origin.row.line)
        if self.kind.name == "actor_name" and (actor := converted.links.get("actor")):
            self.links.name("actor", actor, draft.texts.get("name", ""))

    def _new(self, draft: _Draft, values: Values) -> None:
        given = {n: v for n, v in values.items() if v is not None or not self._defaulted(n, draft.own)}
        if given.get("extra", 0) is None:
            del given["extra"]
        record = complete(self.kind, given)
        if faults := self._faults(record, draft, None):
            self._reject(draft.origin, *faults)
            return
        entry = Entry(self.kind, draft.origin, "new", draft.uid, draft.version or 1, given)
        self._take(entry)

    def _defaulted(self, name: str, own: bool) -> bool:
        """Whether an empty cell of a new record means the default: always by hand, else where it may not be empty."""
        f = self.kind.by_name.get(name)
        return f is not None and bool(f.default) and (f.required or not own)

    def _known(self, draft: _Draft, stored: dict[str, Any], values: Values) -> None:
        restored = stored["deleted_at"] is not None
        given = {n: v for n, v in values.items() if v is not None or not self._defaulted(n, draft.own)}
        changes = dict(differing(stored, given))
        if not changes and not restored:
            self.counts["same"] += 1
            return
        if changes and not restored and draft.version is not None and draft.version < stored["version"]:
            self._contest(draft, stored, changes)
            return
        if faults := self._faults({**stored, **given}, draft, stored["id"]):
            self._reject(draft.origin, *faults)
            return
        outcome: Outcome = "restored" if restored else "changed"
        version = int(stored["version"])
        self._take(Entry(self.kind, draft.origin, outcome, draft.uid, version, given, stored["id"], changes))

    def _take(self, entry: Entry) -> None:
        self.made.entries.append(entry)
        self.counts["changed" if entry.outcome == "changed" else "new"] += 1

    def _contest(
        self, draft: _Draft, stored: dict[str, Any], changes: dict[str, tuple[object, object]], deleted: bool = False
    ) -> None:
        self.counts["conflict"] += 1
        ref, read = f"{self.kind.prefix}-{stored['id']}", draft.version or 0
        self.made.conflicts.append(Contested(self.kind, draft.origin, ref, read, stored["version"], changes, deleted))

    def _reject(self, origin: Origin, fault: Fault, *others: Fault) -> None:
        self.counts["rejected"] += 1
        reason = fault.reason + "".join(f"; also {_told(other)}" for other in others)
        self.made.rejections.append(Rejection(self.kind, origin, replace(fault, reason=reason)))

    def _faults(self, record: Values, draft: _Draft, record_id: int | None) -> list[Fault]:
        """The rules of its kind that a whole record breaks."""
        found = []
        for name, sentence in problems(self.kind, record, typed=False):
            column = next((c.name for c in columns(self.kind) if c.field == name), name)
            found.append(Fault(column, draft.texts.get(column, "")[:60], sentence))
        if not found and (doubled := self._doubled(record, draft, record_id)):
            found.append(doubled)
        return found

    def _doubled(self, record: Values, draft: _Draft, record_id: int | None) -> Fault | None:
        for names in self.kind.unique:
            values = tuple(record.get(name) for name in names)
            if None in values:
                continue
            earlier = self.unique.setdefault((names, *values), draft.origin)
            if earlier is not draft.origin:
                return Fault("", "", f"has the same {_spoken(names)} as line {earlier}; keep one")
            if any(isinstance(value, Pending) for value in values):
                continue
            found = export.taken(self.links.reader, self.kind, names, values)
            if found and found[0] != record_id:
                ref = f"{self.kind.prefix}-{found[0]}"
                return Fault("", "", f"has the same {_spoken(names)} as {ref}; give its uid ({found[1]}) to change it")
        return None

    def drop_dependents(self) -> None:
        """Reject what refers to new records that were rejected, again and again until nothing more falls."""
        mine = [e for e in self.made.entries if e.kind is self.kind]
        kept = {(e.kind.name, e.uid) for e in self.made.entries if e.outcome in ("new", "restored")}
        fallen: set[str] = set()
        while lost := [(e, p) for e in mine if e.uid not in fallen and (p := _lost(e, kept))]:
            for entry, pending in lost:
                fallen.add(entry.uid)
                kept.discard((entry.kind.name, entry.uid))
                self.counts["changed" if entry.outcome == "changed" else "new"] -= 1
                called = f"{pending.kind.replace('_', ' ')} {pending.uid}"
                self._reject(entry.origin, Fault("", "", f"refers to the {called}, which was rejected; correct that"))
        if fallen:
            self.made.entries = [e for e in self.made.entries if e.kind is not self.kind or e.uid not in fallen]

    def tell_misnamed(self) -> None:
        """Warn of names that are not those of the records meant by the uids beside them."""
        for (sheet, name), lines in self.misnamed.items():
            self.made.warnings.append(
                f"{sheet}:{lines[0]}: the column {name} is not the name of the record in {name}_uid in {len(lines):,} "
                f"row{'s' * (len(lines) > 1)}; the uid counts: to point elsewhere, change or empty {name}_uid"
            )


def _told(fault: Fault) -> str:
    """A fault besides the first of its row, with its column and value."""
    quoted = f"“{fault.value}” " if fault.value and fault.value not in fault.reason else ""
    return f"{fault.column}: {quoted}{fault.reason}" if fault.column else fault.reason


def _spoken(names: tuple[str, ...]) -> str:
    return " and ".join(name.removesuffix("_id").replace("_", " ") for name in names)


def _lost(entry: Entry, kept: set[tuple[str, str]]) -> Pending | None:
    waiting = (value for value in entry.values.values() if isinstance(value, Pending))
    return next((pending for pending in waiting if (pending.kind, pending.uid) not in kept), None)


def _is_uid(uid: str) -> bool:
    return len(uid) <= 64 and uid.isascii() and uid[0].isalnum() and all(c.isalnum() or c in "-._:" for c in uid)
