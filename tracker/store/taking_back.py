"""What an import added, taken back and given again: many records at once, told by the batch, not one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import null, select, text, update

from tracker import clock
from tracker.model.kinds import KINDS
from tracker.model.tables import Row, table
from tracker.store.bulk_link import LARGE, LOADED
from tracker.store.hindrances import ADDED, SHARED, Hindrances, look
from tracker.store.ledger import Act
from tracker.store.putting_back import put_back, unused

_OWN = tuple(kind.name for kind in KINDS if kind.name not in SHARED)

_UNREAD = 0
"""Stands for the row an incident was made from where that is not known any more: no import takes it for the same."""

_INCIDENTS = {
    "incident": "t.id", "involvement": "t.incident_id", "tally": "t.incident_id", "incident_source": "t.incident_id",
    "statement_incident": "t.incident_id", "tag": "t.of_id",
}  # fmt: skip
"""By kind the incident of whose row a record tells."""


def batch_of(act: Act, action: Any) -> tuple[int, bool] | None:
    """The batch that an action brought, took back or gave again, and whether it is there after that action."""
    there, root = True, action
    while root.reverts_id is not None:
        there = not there
        root = act.connection.execute(text("SELECT * FROM action WHERE id = :id"), {"id": root.reverts_id}).first()
    if root.verb != "import":
        return None
    found = act.connection.execute(text("SELECT id FROM batch WHERE action = :id"), {"id": root.id}).scalar()
    return None if found is None else (int(found), there)


def take_back(act: Act, action: int, hindrances: Hindrances) -> int:
    """Delete, softly, what the batch added, and put back what `action` changed; gives back how many records.

    Raises Conflict that names the records when somebody worked on them since. With force records that rest on what
    goes go too, and fields that were set since stay.
    """
    batch = hindrances.batch
    used = look(act, hindrances, action)
    if hindrances.stop:
        # Nothing is written any more, but all that was changed since is told.
        put_back(act, action, hindrances, _OWN)
        hindrances.require()
    for kind, record_id in used:
        _delete(act, kind, record_id)
    # Unlike any other stamp: by it are found the records that go now, should they be given again.
    marker = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    there = act.fetch("batch", batch)
    log = Row.metadata.tables["revision"]
    changed = act.connection.execute(select(log.c.id).where(log.c.action_id == action).limit(1)).first() is not None
    with _lean(act, int(there["new"] or 0)):
        count = sum(_mark(act, kind, batch, marker) for kind in ADDED if kind not in SHARED)
        if not changed:
            count += _mark_shared(act, hindrances, marker)
    if changed:
        # What is changed back may let go of an actor or a source.
        count += put_back(act, action, hindrances, _OWN) + put_back(act, action, hindrances, SHARED)
        hindrances.require()
        count += _mark_shared(act, hindrances, marker)
    _forget_rows(act, batch, action, marker)
    _remember(act, batch, dict(there["extra"] or {}) | {"taken_back": marker})
    return count


def give_again(act: Act, action: int, hindrances: Hindrances) -> int:
    """Bring back what `take_back` deleted under `action`, and what it changed; gives back how many records."""
    batch = hindrances.batch
    extra = dict(act.fetch("batch", batch)["extra"] or {})
    marker = extra.pop("taken_back", None)
    count = sum(_unmark(act, kind, batch, marker) for kind in ADDED)
    count += put_back(act, action, hindrances, SHARED) + put_back(act, action, hindrances, _OWN)
    hindrances.require()
    for known in (f"batch_id = {int(batch)}", _of_revisions("incident", act.id)):
        act.connection.execute(
            text(
                f"INSERT INTO imported (incident_id, fingerprint) SELECT id, {_UNREAD} FROM incident WHERE {known}"
                " AND deleted_at IS NULL AND external_id IS NOT NULL"
                " AND NOT EXISTS (SELECT 1 FROM imported m WHERE m.incident_id = incident.id)"
            )
        )
    _remember(act, batch, extra)
    return count


def _delete(act: Act, kind: str, record_id: int) -> None:
    """Delete a record with all that rests on it, its tags too."""
    act.delete(kind, record_id)
    for tag in act.where("tag", of_kind=kind, of_id=record_id):
        act.delete("tag", tag["id"])


def _remember(act: Act, batch: int, extra: dict[str, Any]) -> None:
    known = table("batch")
    act.connection.execute(update(known).where(known.c.id == batch).values(extra=extra or null()))
    act.touched += 1


def _of_revisions(kind: str, action: int) -> str:
    return f"id IN (SELECT r.record_id FROM revision r WHERE r.action_id = {int(action)} AND r.kind = '{kind}')"


def _forget_rows(act: Act, batch: int, action: int, marker: str) -> None:
    """Let the next import compare anew what goes back, and bring again what went.

    Without their row incidents are known as taken back, not as deleted by somebody: what somebody had deleted before
    stays deleted.
    """
    run = act.connection.execute
    run(
        text(
            "DELETE FROM imported WHERE incident_id IN (SELECT id FROM incident WHERE batch_id = :batch"
            " AND deleted_at = :marker) OR incident_id IN (SELECT r.record_id FROM revision r"
            " WHERE r.action_id = :act AND r.kind = 'incident' AND r.op = 'delete')"
        ),
        {"batch": batch, "marker": marker, "act": act.id},
    )
    for kind, incident in _INCIDENTS.items():
        for known in ("t.batch_id = :batch AND t.deleted_at = :marker", f"t.{_of_revisions(kind, action)}"):
            run(
                text(
                    f"UPDATE imported SET fingerprint = {_UNREAD} WHERE incident_id IN"
                    f" (SELECT {incident} FROM {kind} t WHERE {known})"
                ),
                {"batch": batch, "marker": marker} if ":batch" in known else {},
            )
    run(
        text(
            f"UPDATE imported SET fingerprint = {_UNREAD} WHERE incident_id IN (SELECT s.incident_id"
            f" FROM statement_incident s JOIN statement t ON t.id = s.statement_id WHERE"
            f" t.{_of_revisions('statement', action)})"
        )
    )


def _mark_shared(act: Act, hindrances: Hindrances, marker: str) -> int:
    """Those that nobody uses go; how many stay is told."""
    count = 0
    for kind in SHARED:
        count += _mark(act, kind, hindrances.batch, marker, more=unused(kind))
        left = text(f"SELECT count(*) FROM {kind} WHERE batch_id = :batch AND deleted_at IS NULL")
        if stay := act.connection.execute(left, {"batch": hindrances.batch}).scalar():
            hindrances.stayed[kind] = stay
    return count


def _mark(act: Act, kind: str, batch: int, marker: str, *, more: str = "") -> int:
    where = f"{kind}.batch_id = :batch AND {kind}.deleted_at IS NULL{more}"
    return _set_deleted(act, kind, "delete", where, {"batch": batch, "marker": marker}, (None, marker))


def _unmark(act: Act, kind: str, batch: int, marker: str | None) -> int:
    where = f"{kind}.batch_id = :batch AND {kind}.deleted_at = :marker"
    return _set_deleted(act, kind, "restore", where, {"batch": batch, "marker": marker}, (marker, None))


def _set_deleted(
    act: Act, kind: str, op: str, where: str, known: dict[str, Any], change: tuple[str | None, str | None]
) -> int:
    # A record with a history keeps a whole one: the others' is told by the batch.
    act.connection.execute(
        text(
            "INSERT INTO revision (action_id, kind, record_id, uid, op, version, changes)"
            f" SELECT :action, '{kind}', id, uid, '{op}', version + 1, {_json(act)} FROM {kind} WHERE {where}"
            f" AND EXISTS (SELECT 1 FROM revision r WHERE r.kind = '{kind}' AND r.record_id = {kind}.id)"
        ),
        known | {"action": act.id, "told": json.dumps({"deleted_at": change}, separators=(",", ":"))},
    )
    deleted = "NULL" if change[1] is None else ":marker"
    done = act.connection.execute(
        text(f"UPDATE {kind} SET deleted_at = {deleted}, version = version + 1, updated_at = :now WHERE {where}"),
        known | {"now": clock.now()},
    )
    return int(done.rowcount)


def _json(act: Act) -> str:
    return ":told" if act.connection.dialect.name == "sqlite" else "CAST(:told AS json)"


@contextmanager
def _lean(act: Act, rows: int) -> Iterator[None]:
    """Without the indexes over records that are not deleted, where most of those go: they are made anew after."""
    if act.connection.dialect.name != "sqlite" or rows < LARGE:
        yield
        return
    found: Sequence[Any] = act.connection.exec_driver_sql(
        "SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'index' AND sql LIKE '%WHERE deleted_at IS NULL%'"
    ).all()
    # What a look for users of an actor or a source needs is kept.
    found = [row for row in found if row[2] in LOADED and not any(f"{kind}_id" in row[0] for kind in SHARED)]
    for name, *_ in found:
        act.connection.exec_driver_sql(f'DROP INDEX "{name}"')
    yield
    for _, sql, _ in found:
        act.connection.exec_driver_sql(sql)
