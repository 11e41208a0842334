"""One action while it happens: each change to a record, written down as a revision in the same transaction."""

from __future__ import annotations

import uuid
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import JSON, Connection, Table, Update, bindparam, insert, null, select, update
from sqlalchemy.exc import IntegrityError

from tracker import clock
from tracker.errors import Conflict, Refused, UsageError, ValueRefused
from tracker.model.fields import Field, Kind
from tracker.model.kinds import BY_NAME, KINDS
from tracker.model.tables import Row, table
from tracker.model.values import complete, derived, require

Changes = dict[str, list[Any]]
"""Column name → [old, new]."""

_COUNTED = ("killed", "wounded")
"""The measures of which an incident has figures of its own."""

_ENDS = ("low", "best", "high")
_CLIMB = 100
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Saved:
    """What an action came to; `sentence` is for people, `ref` the record that was written, as a REF."""

    action: int
    sentence: str
    kind: str = ""
    id: int = 0
    uid: str = ""
    version: int = 0

    @property
    def ref(self) -> str:
        """The REF of the record, such as I-12."""
        return f"{BY_NAME[self.kind].prefix}-{self.id}" if self.kind else ""


def new_uid() -> str:
    """A UUID of version 7: ordered by time, so that an index on it grows at its end."""
    import secrets
    import time

    value = (time.time_ns() // 1_000_000) << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    return str(uuid.UUID(int=value | 0b10 << 62 | secrets.randbits(62)))


def owners(target: str) -> Iterator[tuple[Kind, Field, bool]]:
    """Every reference to the kind `target`: (kind, field, owned); an owned record means nothing without its target.

    `asserted_by` is owned although it may be empty: emptied, a claim would turn into the source's own voice.
    """
    for kind in KINDS:
        for reference in kind.fields:
            if reference.type == "date" and target == "source":
                yield kind, reference, False
            elif reference.type == "ref" and reference.target == target:
                owned = reference.required or reference.name == "asserted_by" or kind.name == "citation"
                yield kind, reference, owned


def reference_column(reference: Field) -> str:
    """The column in which a reference, or the anchor of a date, is stored."""
    return f"{reference.name}_anchor_id" if reference.type == "date" else f"{reference.name}_id"


@dataclass
class Act:
    """An action under way on an open transaction; made by `Casebook.action`."""

    connection: Connection
    id: int
    touched: int = 0
    first: Saved | None = None
    also: list[str] = field(default_factory=list)
    _going: set[tuple[str, int]] = field(default_factory=set)

    def outcome(self) -> Saved:
        """The first record this action wrote; no record when it wrote none."""
        return self.first or Saved(self.id, "")

    def fetch(self, kind: str, record_id: int) -> dict[str, Any]:
        """All columns of a record, locked for this transaction; UsageError when there is none."""
        columns = table(kind)
        row = self.connection.execute(select(columns).where(columns.c.id == record_id).with_for_update()).first()
        if row is None:
            raise UsageError(f"{BY_NAME[kind].prefix}-{record_id}: there is no such {BY_NAME[kind].label.lower()}")
        return dict(row._mapping)

    def fetch_all(self, kind: str, ids: Sequence[int], *, without: Container[str] = ()) -> dict[int, dict[str, Any]]:
        """The columns of many records by their ids, but those `without`, locked for this transaction."""
        columns = table(kind)
        wanted = [column for column in columns.c if column.name not in without]
        query = select(*wanted).where(columns.c.id.in_(ids)).order_by(columns.c.id).with_for_update()
        return {row["id"]: dict(row) for row in self.connection.execute(query).mappings()}

    def where(self, kind: str, /, **equal: object) -> list[dict[str, Any]]:
        """The records of a kind that are not deleted and have these values, by id."""
        columns = table(kind)
        query = select(columns).where(columns.c.deleted_at.is_(None)).order_by(columns.c.id)
        for name, value in equal.items():
            query = query.where(columns.c[name] == value)
        return [dict(row._mapping) for row in self.connection.execute(query)]

    def add(
        self, kind: str, values: Mapping[str, object], *, uid: str = "", version: int = 1, typed: bool = True
    ) -> Saved:
        """Write a new record; with the uid of one that is there already and says the same, nothing is written."""
        declared = BY_NAME[kind]
        _require_columns(declared, values)
        record = complete(declared, values)
        require(declared, record, typed=typed)
        self.require_alive(declared, record)
        if uid and (known := self._known(kind, uid, record)):
            return known
        stamp = clock.now()
        row = record | {"uid": uid or new_uid(), "version": version, "created_at": stamp, "updated_at": stamp}
        try:
            with self.connection.begin_nested():
                # Values beside the statement, not in it: so it is put together once, not for every record.
                key = self.connection.execute(insert(table(kind)), row).inserted_primary_key
        except IntegrityError as error:
            raise _refusal(declared, record, error) from error
        record_id = int(key[0]) if key else 0
        changes: Changes = {name: [None, value] for name, value in record.items() if value is not None}
        saved = self._log(kind, record_id, str(row["uid"]), "create", version, changes)
        if typed and kind == "tally":
            self._keep_in_step(None, record | {"id": record_id})
        return saved

    def _known(self, kind: str, uid: str, record: Mapping[str, object]) -> Saved | None:
        columns = table(kind)
        row = self.connection.execute(select(columns).where(columns.c.uid == uid)).first()
        if row is None:
            return None
        there = dict(row._mapping)
        if there["deleted_at"] is None and all(there[name] == value for name, value in record.items()):
            return Saved(
                self.id,
                f"{BY_NAME[kind].prefix}-{there['id']} is there already",
                kind,
                there["id"],
                uid,
                there["version"],
            )
        state = "was deleted; undo that" if there["deleted_at"] else "is there with other values; edit it"
        raise Conflict(f"{BY_NAME[kind].prefix}-{there['id']} (uid {uid}) {state}", theirs=there, mine=dict(record))

    def edit(
        self, kind: str, record_id: int, values: Mapping[str, object], *, version: int | None, typed: bool = True
    ) -> Saved:
        """Change fields of a record; `version` is the one that was read, None to change whatever is there."""
        declared = BY_NAME[kind]
        _require_columns(declared, values)
        there = self.fetch(kind, record_id)
        ref = f"{declared.prefix}-{record_id}"
        wanted = dict(values) | derived(declared, values)
        if there["deleted_at"]:
            raise Conflict(f"{ref} was deleted by somebody else; nothing was saved", ref=ref, theirs=there, mine=wanted)
        changes = {name: [there[name], value] for name, value in wanted.items() if there[name] != value}
        if version is not None and version != there["version"]:
            raise self._stale(declared, there, wanted, version)
        if not changes:
            return Saved(self.id, f"{ref} is unchanged", kind, record_id, there["uid"], there["version"])
        require(declared, there | wanted, typed=typed)
        self.require_alive(declared, {name: new for name, (_, new) in changes.items()})
        self._refuse_loops(declared, record_id, changes)
        saved = self.change(kind, there, "update", changes)
        if typed and kind == "tally":
            self._keep_in_step(there, there | wanted)
        return saved

    def _refuse_loops(self, kind: Kind, record_id: int, changes: Changes) -> None:
        """Refuse that a record becomes a part, an edition or a repetition of itself, over others too."""
        columns = table(kind.name)
        for reference in (f for f in kind.fields if f.type == "ref" and f.target == kind.name):
            column = reference_column(reference)
            above = changes[column][1] if column in changes else None
            for step in range(_CLIMB):
                if above is None:
                    break
                if above == record_id:
                    how = "leads back to this record" if step else "is this same record"
                    raise ValueRefused(reference.name, f"{reference.name}: {how}; choose another")
                above = self.connection.execute(select(columns.c[column]).where(columns.c.id == above)).scalar()

    def take_figures(self, tally: Mapping[str, Any]) -> None:
        """Make an adopted tally the only one of its measure, and its figures the incident's, where they differ."""
        incident, measure = tally["incident_id"], tally["measure"]
        for other in self.where("tally", incident_id=incident, measure=measure, adopted=True):
            if other["id"] != tally["id"]:
                self.edit("tally", other["id"], {"adopted": False}, version=None, typed=False)
        if measure in _COUNTED:
            figures = {f"{measure}_{end}": tally[end] for end in _ENDS}
            self.edit("incident", incident, figures, version=None, typed=False)

    def _keep_in_step(self, was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> None:
        """After a tally was written: the incident's figures are those of the tally that is adopted."""
        before = was if was and was["adopted"] else None
        after = now if now and now["adopted"] else None
        place = ("incident_id", "measure")
        stays = before and after and all(before[name] == after[name] for name in place)
        if before and not stays:
            self._drop_figures(before)
        if after and not (stays and before and all(before[end] == after[end] for end in _ENDS)):
            self.take_figures(after)

    def _drop_figures(self, tally: Mapping[str, Any]) -> None:
        """Empty the incident's figures where they are those of a tally that is adopted no longer."""
        measure, incident = tally["measure"], tally["incident_id"]
        if measure not in _COUNTED or ("incident", incident) in self._going:
            return
        there = self.fetch("incident", incident)
        if all(there[f"{measure}_{end}"] == tally[end] for end in _ENDS):
            self.edit("incident", incident, {f"{measure}_{end}": None for end in _ENDS}, version=None, typed=False)

    def change(self, kind: str, there: Mapping[str, Any], op: str, changes: Changes) -> Saved:
        """Write `changes` over the record `there`, which grows one version older."""
        columns = table(kind)
        version = there["version"] + 1
        written = {name: new for name, (_, new) in changes.items()}
        # A JSON column would keep None as the word “null”, which is a value.
        values = {name: null() if new is None else new for name, new in written.items()}
        statement = update(columns).where(columns.c.id == there["id"], columns.c.version == there["version"])
        try:
            with self.connection.begin_nested():
                done = self.connection.execute(statement.values(**values, version=version, updated_at=clock.now()))
        except IntegrityError as error:
            raise _refusal(BY_NAME[kind], dict(there) | written, error) from error
        if done.rowcount != 1:
            raise self._stale(BY_NAME[kind], there, written, there["version"])
        return self._log(kind, there["id"], there["uid"], op, version, changes)

    def change_all(self, kind: str, op: str, changed: Sequence[tuple[Mapping[str, Any], Changes]]) -> None:
        """Write changes over many records of one kind: one statement for all that change in the same columns.

        The records must be locked, as `fetch_all` gives them; IntegrityError when one breaks a constraint.
        """
        by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for there, changes in changed:
            row = {f"to_{name}": new for name, (_, new) in changes.items()}
            row |= {"at_id": there["id"], "to_version": there["version"] + 1}
            by_columns.setdefault(tuple(changes), []).append(row)
        for names, rows in by_columns.items():
            self.connection.execute(_update_of_many(table(kind), names), rows)
        revisions = [
            {
                "action_id": self.id, "kind": kind, "record_id": there["id"], "uid": there["uid"], "op": op,
                "version": there["version"] + 1, "changes": changes,
            }
            for there, changes in changed
        ]  # fmt: skip
        if revisions:
            self.connection.execute(insert(Row.metadata.tables["revision"]), revisions)
            there = changed[0][0]
            saved = Saved(self.id, "", kind, there["id"], there["uid"], there["version"] + 1)
            self.first = self.first or saved
        self.touched += len(revisions)

    def delete(self, kind: str, record_id: int) -> int:
        """Mark a record deleted, with what means nothing without it; gives back how many records that were."""
        there = self.fetch(kind, record_id)
        if there["deleted_at"]:
            return 0
        self._going.add((kind, record_id))
        count = 1
        for owner, reference, owned in owners(kind):
            column = reference_column(reference)
            for row in self.where(owner.name, **{column: record_id}):
                if owned:
                    count += self.delete(owner.name, row["id"])
                else:
                    changes: Changes = {column: [record_id, None]}
                    if reference.target == "source" and owner.name == "involvement" and row["adopted"]:
                        # Nothing is adopted that no source says.
                        changes["adopted"] = [True, False]
                    self.change(owner.name, row, "update", changes)
        # Anew: a record that refers to itself was changed just now.
        self.change(kind, self.fetch(kind, record_id), "delete", {"deleted_at": [None, clock.now()]})
        if kind == "tally":
            self._keep_in_step(there, None)
        return count

    def users(self, kind: str, record_id: int) -> Iterator[str]:
        """The REFs of the records that are not deleted and refer to this one."""
        for owner, reference, _ in owners(kind):
            for row in self.where(owner.name, **{reference_column(reference): record_id}):
                yield f"{owner.prefix}-{row['id']}"

    def require_alive(self, kind: Kind, record: Mapping[str, object]) -> None:
        """Refuse references to records that are not there or are deleted."""
        for stored in kind.columns:
            target = record.get(stored.name)
            if not stored.target or target is None:
                continue
            columns = table(stored.target)
            # Locked against a deletion by somebody else before this transaction is done.
            query = select(columns.c.deleted_at).where(columns.c.id == target).with_for_update(read=True)
            row = self.connection.execute(query).first()
            if row is None or row[0] is not None:
                prefix = BY_NAME[stored.target].prefix
                state = "was deleted" if row else "does not exist"
                raise UsageError(f"{stored.field}: {prefix}-{target} {state}; choose another")

    def _stale(self, kind: Kind, there: Mapping[str, Any], mine: Mapping[str, object], version: int) -> Conflict:
        ref = f"{kind.prefix}-{there['id']}"
        base = dict(there)
        for revision in self.revisions(kind.name, there["id"], after=version):
            base |= {name: old for name, (old, _) in revision.changes.items()}
        return Conflict(
            f"{ref} was changed by somebody else: you read version {version}, it is now version {there['version']}; "
            "nothing was saved",
            ref=ref, base=base, theirs=dict(there), mine=dict(mine), version=there["version"],
        )  # fmt: skip

    def revisions(self, kind: str, record_id: int, *, after: int) -> Sequence[Any]:
        """The revisions of a record that made a version later than `after`, the newest first."""
        log = Row.metadata.tables["revision"]
        query = select(log).where(log.c.kind == kind, log.c.record_id == record_id, log.c.version > after)
        return self.connection.execute(query.order_by(log.c.id.desc())).all()

    def _log(self, kind: str, record_id: int, uid: str, op: str, version: int, changes: Changes) -> Saved:
        log = Row.metadata.tables["revision"]
        row = {"action_id": self.id, "kind": kind, "record_id": record_id, "uid": uid, "op": op, "version": version}
        self.connection.execute(insert(log), row | {"changes": changes})
        self.touched += 1
        saved = Saved(self.id, "", kind, record_id, uid, version)
        self.first = self.first or saved
        return saved


def _update_of_many(columns: Table, names: Sequence[str]) -> Update:
    """Sets the columns `names` and the version of the row `at_id`, each to its parameter."""
    empty = JSON(none_as_null=True)
    values: dict[str, Any] = {
        name: bindparam(f"to_{name}", type_=empty if isinstance(columns.c[name].type, JSON) else columns.c[name].type)
        for name in (*names, "version")
    }
    return update(columns).where(columns.c.id == bindparam("at_id")).values(**values, updated_at=clock.now())


def _require_columns(kind: Kind, values: Mapping[str, object]) -> None:
    """Refuse columns that no field of the kind has: ids, versions and stamps are never written from outside.

    Whole numbers that no database holds are refused as well.
    """
    for name, value in values.items():
        if name not in kind.column_names and name not in ("extra", "batch_id"):
            raise UsageError(f"“{name}” is no column of {kind.plural} that can be written")
        if isinstance(value, int) and not -_LARGEST <= value <= _LARGEST:
            raise ValueRefused(name, f"{name}: is a number too large to be kept; write one up to {_LARGEST:,}")


def _refusal(kind: Kind, record: Mapping[str, Any], error: IntegrityError) -> Refused | Conflict:
    """The sentence for a constraint that a write broke."""
    for columns in kind.unique:
        if all(record.get(name) is not None for name in columns) and "unique" in str(error).lower():
            told = ", ".join(f"{name} {record[name]}" for name in columns)
            return Conflict(f"{kind.label.lower()} with {told} is there already; edit that one")
    return Refused(f"{kind.label.lower()}: the database refused it ({str(error.orig).splitlines()[0]})")
