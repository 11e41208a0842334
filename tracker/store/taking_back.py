"""What an import added, taken back and given again: many records at once, told by the batch, not one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text, update

from tracker import clock
from tracker.errors import Conflict
from tracker.model.kinds import BY_NAME, KINDS
from tracker.model.tables import table
from tracker.store.bulk_link import LARGE, LOADED
from tracker.store.ledger import Act, owners, reference_column

SHARED = ("actor", "source")
"""Kinds of which other imports and people use the same records: those in use stay when an import goes."""

ADDED = tuple(
    kind.name for kind in KINDS if kind.name not in ("batch", "saved_view", "suggestion", "evidence", "citation")
)
_TOLD = 5


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


def take_back(act: Act, batch_id: int, action: int, *, force: bool) -> int:
    """Delete, softly, what the batch added; gives back how many records.

    Raises Conflict that names the records when somebody worked on them since, unless `force`.
    """
    worked = list(_worked_on(act, batch_id, action))
    if worked and not force:
        told = "; ".join(f"{ref} {what}" for _, _, ref, what in worked[:_TOLD])
        more = f" and {len(worked) - _TOLD:,} more" if len(worked) > _TOLD else ""
        raise Conflict(
            f"B-{batch_id} cannot be taken back: {told}{more}; undo that first, or take it back with --force",
            ref=f"B-{batch_id}",
        )
    for kind, record_id, _, what in worked:
        if what.startswith("is used"):
            act.delete(kind, record_id)
    # Unlike any other stamp: by it are found the records that go now, should they be given again.
    marker = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    there = act.fetch("batch", batch_id)
    count = 0
    with _lean(act, int(there["new"] or 0)):
        for kind in (name for name in ADDED if name not in SHARED):
            count += _mark(act, kind, batch_id, marker)
        for kind in SHARED:
            count += _mark(act, kind, batch_id, marker, unused=True)
    # Without their row they are known as taken back, not as deleted by somebody: an import brings them again, and
    # compares what it had changed anew. What somebody had deleted before stays deleted.
    act.connection.execute(
        text(
            "DELETE FROM imported WHERE incident_id IN"
            " (SELECT id FROM incident WHERE batch_id = :batch AND deleted_at = :marker)"
            " OR incident_id IN (SELECT record_id FROM revision WHERE kind = 'incident' AND action_id = :action)"
        ),
        {"batch": batch_id, "action": action, "marker": marker},
    )
    act.connection.execute(
        update(table("batch")).where(table("batch").c.id == batch_id),
        {"extra": dict(there["extra"] or {}) | {"taken_back": marker}},
    )
    act.touched += 1
    return count


def give_again(act: Act, batch_id: int, action: int) -> int:
    """Bring back what `take_back` deleted under `action`; gives back how many records."""
    marker = (act.fetch("batch", batch_id)["extra"] or {}).get("taken_back")
    count = 0
    for kind in ADDED:
        done = act.connection.execute(
            text(
                f"UPDATE {kind} SET deleted_at = NULL, version = version + 1, updated_at = :now WHERE batch_id = :batch"
                " AND deleted_at = :marker AND NOT EXISTS (SELECT 1 FROM revision r"
                f" WHERE r.action_id = :action AND r.kind = '{kind}' AND r.record_id = {kind}.id)"
            ),
            {"now": clock.now(), "batch": batch_id, "marker": marker, "action": action},
        )
        count += done.rowcount
    act.touched += 1
    return count


def _mark(act: Act, kind: str, batch_id: int, marker: str, *, unused: bool = False) -> int:
    where = f"{kind}.batch_id = :batch AND {kind}.deleted_at IS NULL" + (_unused(kind) if unused else "")
    # A record with a history keeps a whole one: the others' is told by the batch.
    act.connection.execute(
        text(
            "INSERT INTO revision (action_id, kind, record_id, uid, op, version, changes)"
            f" SELECT :action, '{kind}', id, uid, 'delete', version + 1, {_json(act)} FROM {kind} WHERE {where}"
            f" AND EXISTS (SELECT 1 FROM revision r WHERE r.kind = '{kind}' AND r.record_id = {kind}.id)"
        ),
        {"action": act.id, "batch": batch_id, "told": f'{{"deleted_at": [null, "{marker}"]}}'},
    )
    done = act.connection.execute(
        text(f"UPDATE {kind} SET deleted_at = :marker, version = version + 1, updated_at = :now WHERE {where}"),
        {"marker": marker, "now": clock.now(), "batch": batch_id},
    )
    return int(done.rowcount)


def _json(act: Act) -> str:
    return ":told" if act.connection.dialect.name == "sqlite" else "CAST(:told AS json)"


def _unused(kind: str) -> str:
    """No record that is not deleted refers to it."""
    parts = []
    for owner, reference, _ in owners(kind):
        column = reference_column(reference)
        if any(index[0] == column for index in owner.indexes):
            parts.append(
                f" AND NOT EXISTS (SELECT 1 FROM {owner.name} o WHERE o.{column} = {kind}.id AND o.deleted_at IS NULL)"
            )
        else:
            # Without an index each look would read the whole table: it is read once.
            parts.append(
                f" AND {kind}.id NOT IN"
                f" (SELECT o.{column} FROM {owner.name} o WHERE o.{column} IS NOT NULL AND o.deleted_at IS NULL)"
            )
    return "".join(parts)


def _worked_on(act: Act, batch_id: int, action: int) -> Iterator[tuple[str, int, str, str]]:
    """What people or later imports did with what the batch added: (kind, id, REF, what)."""
    for kind in ADDED:
        rows = act.connection.execute(
            text(
                f"SELECT DISTINCT t.id FROM {kind} t JOIN revision r ON r.kind = '{kind}' AND r.record_id = t.id"
                " JOIN action a ON a.id = r.action_id WHERE t.batch_id = :batch AND t.deleted_at IS NULL"
                " AND a.id <> :action AND a.reverts_id IS NULL AND a.reverted = FALSE ORDER BY t.id"
            ),
            {"batch": batch_id, "action": action},
        )
        yield from ((kind, row[0], f"{BY_NAME[kind].prefix}-{row[0]}", "was changed since") for row in rows)
    for kind in (name for name in ADDED if name not in SHARED):
        yield from _used(act, kind, batch_id)


def _used(act: Act, kind: str, batch_id: int) -> Iterator[tuple[str, int, str, str]]:
    prefix = BY_NAME[kind].prefix
    queries = [
        (owner.prefix, f"{owner.name} o ON o.{reference_column(reference)} = t.id")
        for owner, reference, _ in owners(kind)
    ]
    if kind == "incident":
        queries.append(("TAG", "tag o ON o.of_kind = 'incident' AND o.of_id = t.id"))
    for user, joined in queries:
        rows = act.connection.execute(
            text(
                f"SELECT t.id, min(o.id) FROM {kind} t JOIN {joined} WHERE t.batch_id = :batch"
                " AND t.deleted_at IS NULL AND o.deleted_at IS NULL AND (o.batch_id IS NULL OR o.batch_id <> :batch)"
                " GROUP BY t.id ORDER BY t.id"
            ),
            {"batch": batch_id},
        )
        yield from ((kind, row[0], f"{prefix}-{row[0]}", f"is used by {user}-{row[1]}") for row in rows)


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
