"""Taking actions back: the inverse of every revision, refused where later work would be lost."""

from __future__ import annotations

from itertools import islice
from typing import Any

from sqlalchemy import Connection, select, update

from tracker import clock
from tracker.errors import Conflict, UsageError
from tracker.model.kinds import BY_NAME
from tracker.model.tables import Row
from tracker.store import taking_back
from tracker.store.hindrances import Hindrances
from tracker.store.ledger import Act, Changes
from tracker.store.putting_back import require_whole


def last_done(connection: Connection, who: str) -> Any:
    """The newest action of `who` that undo would take back; UsageError when there is none."""
    log = Row.metadata.tables["action"]
    query = select(log).where(log.c.who == who, log.c.verb.notin_(("undo", "redo")), log.c.reverted.is_(False))
    row = connection.execute(query.order_by(log.c.id.desc()).limit(1)).first()
    if row is None:
        raise UsageError("there is nothing to undo")
    return row


def last_undone(connection: Connection, who: str) -> Any:
    """The newest undo of `who` that no later action has overtaken; UsageError when there is none."""
    log = Row.metadata.tables["action"]
    query = select(log).where(log.c.who == who, log.c.reverted.is_(False), log.c.verb.notin_(("redo",)))
    row = connection.execute(query.order_by(log.c.id.desc()).limit(1)).first()
    if row is None or row.verb != "undo":
        raise UsageError("there is nothing to redo")
    return row


def last_merge_of(connection: Connection, actor_id: int) -> Any:
    """The merge that took the actor away and still holds; UsageError when it was not merged."""
    actions, log = Row.metadata.tables["action"], Row.metadata.tables["revision"]
    query = (
        select(actions)
        .join(log, log.c.action_id == actions.c.id)
        .where(actions.c.verb == "merge", actions.c.reverted.is_(False), log.c.op == "delete")
        .where(log.c.kind == "actor", log.c.record_id == actor_id)
    )
    row = connection.execute(query.order_by(actions.c.id.desc()).limit(1)).first()
    if row is None:
        raise UsageError(f"A-{actor_id}: was not merged into another actor; see “tracker history A-{actor_id}”")
    return row


def revert(act: Act, action: Any, *, met: Hindrances | None = None) -> int:
    """Apply the inverse of every revision of `action`, the newest first; gives back the number of records.

    Of an import of a dataset, what it added goes as well, and comes again when that is taken back in turn. Raises
    Conflict, and changes nothing, when a field was changed again since; with `met` that has
    force such fields of an import stay and are told there, and what rests on the records it added goes with them.
    """
    if batch := taking_back.batch_of(act, action):
        count = _batch(act, action.id, *batch, met=met or Hindrances(batch[0]))
    else:
        count = _one_by_one(act, action.id)
    actions = Row.metadata.tables["action"]
    link, reverted = action.id, True
    while link is not None:
        # Taking back an undo puts the action that it took back in force again, which takes back its own, and so on.
        act.connection.execute(update(actions).where(actions.c.id == link).values(reverted=reverted))
        link = act.connection.execute(select(actions.c.reverts_id).where(actions.c.id == link)).scalar()
        reverted = not reverted
    act.connection.execute(update(actions).where(actions.c.id == act.id).values(reverts_id=action.id))
    return count


def _batch(act: Act, action: int, batch: int, there: bool, *, met: Hindrances) -> int:
    met.again = not there
    count = taking_back.take_back(act, action, met) if there else taking_back.give_again(act, action, met)
    require_whole(act, batch)
    return count


def _one_by_one(act: Act, action: int) -> int:
    log = Row.metadata.tables["revision"]
    rows = act.connection.execute(select(log).where(log.c.action_id == action).order_by(log.c.id.desc())).all()
    for row in rows:
        _invert(act, row)
    return len({(row.kind, row.record_id) for row in rows})


def _invert(act: Act, row: Any) -> None:
    there = act.fetch(row.kind, row.record_id)
    if row.op == "create":
        changes: Changes = {"deleted_at": [there["deleted_at"], clock.now()]}
        _refuse_if(there["deleted_at"] is not None, row, "was deleted since")
        _refuse_if(there["version"] != row.version and _edited(act, row), row, "was changed since")
        _require_unused(act, row)
        act.change(row.kind, there, "delete", changes)
        return
    for name, (_, new) in row.changes.items():
        # When a deletion was stamped says nothing about whether somebody else has worked on the record since.
        same = (there[name] is None) == (new is None) if name == "deleted_at" else there[name] == new
        _refuse_if(not same, row, f"has another {name.replace('_', ' ')} since")
    back: Changes = {name: [there[name], old] for name, (old, _) in row.changes.items()}
    op = {"delete": "restore", "restore": "delete"}.get(row.op, "update")
    if op == "delete":
        _require_unused(act, row)
    act.change(row.kind, there, op, back)
    now = there | {name: old for name, (_, old) in back.items()}
    if now["deleted_at"] is None:
        _require_targets(act, row, now if op == "restore" else {name: now[name] for name in back})


def _require_unused(act: Act, row: Any) -> None:
    """A record that others refer to by now does not go: they would refer to nothing."""
    own = f"{BY_NAME[row.kind].prefix}-{row.record_id}"
    users = list(islice((user for user in act.users(row.kind, row.record_id) if user != own), 3))
    _refuse_if(bool(users), row, f"is used by {', '.join(users)}")


def _require_targets(act: Act, row: Any, record: dict[str, Any]) -> None:
    """A record does not come back to refer to what was deleted after it."""
    try:
        act.require_alive(BY_NAME[row.kind], record)
    except UsageError as error:
        _refuse_if(True, row, f"would rest on a deleted record ({str(error).partition(';')[0]})")


def _edited(act: Act, row: Any) -> bool:
    """Whether what came after the creation is more than takings back and forth of the same."""
    later = act.revisions(row.kind, row.record_id, after=row.version)
    changed = {name for revision in later if revision.action_id != act.id for name in revision.changes}
    current = act.fetch(row.kind, row.record_id)
    created = {name: new for name, (_, new) in row.changes.items()}
    return any(current[name] != created.get(name) for name in changed - {"deleted_at"})


def _refuse_if(broken: bool, row: Any, what: str) -> None:
    if broken:
        ref = f"{BY_NAME[row.kind].prefix}-{row.record_id}"
        raise Conflict(f"cannot be undone: {ref} {what}; undo that first, or edit it by hand", ref=ref)
