"""Making one actor of two: every link moves to the one that is kept, and nothing is thrown away."""

from __future__ import annotations

from tracker import clock
from tracker.errors import UsageError
from tracker.store.ledger import Act, owners, reference_column

_UNIQUE = {"statement_actor": ("statement_id", "role")}
"""Kinds in which the kept actor may hold the same link already: the columns that make it the same."""


def merge(act: Act, keep: int, gone: int) -> int:
    """Move all links of the actor `gone` to `keep` and mark `gone` as merged; gives back how many links moved.

    Raises UsageError for the same actor twice, or when a generic description would become a named actor.
    """
    kept, lost = act.fetch("actor", keep), act.fetch("actor", gone)
    _check(kept, lost)
    moved = 0
    for kind, reference, _ in owners("actor"):
        if kind.name == "actor":
            continue
        column = reference_column(reference)
        for row in act.where(kind.name, **{column: gone}):
            same = {name: row[name] for name in _UNIQUE.get(kind.name, ())}
            if _makes_loop(kind.name, row, keep, gone) or (same and act.where(kind.name, actor_id=keep, **same)):
                act.delete(kind.name, row["id"])
            else:
                act.change(kind.name, row, "update", {column: [gone, keep]})
            moved += 1
    if lost["name_key"] != kept["name_key"] and not act.where("actor_name", actor_id=keep, name_key=lost["name_key"]):
        act.add("actor_name", {"actor_id": keep, "name": lost["name"], "kind": "name"})
    lost = act.fetch("actor", gone)
    act.change("actor", lost, "delete", {"deleted_at": [None, clock.now()], "merged_into_id": [None, keep]})
    return moved


def _check(kept: dict[str, object], lost: dict[str, object]) -> None:
    if kept["id"] == lost["id"]:
        raise UsageError(f"A-{kept['id']}: is the same actor; name two")
    for actor in (kept, lost):
        if actor["deleted_at"]:
            raise UsageError(f"A-{actor['id']} {actor['name']}: was deleted or merged already")
    if bool(kept["generic"]) != bool(lost["generic"]):
        raise UsageError(
            f"A-{kept['id']} and A-{lost['id']}: a description and a named actor are never one; "
            "record a relation (instance_of) instead, or correct “generic” first"
        )


def _makes_loop(kind: str, row: dict[str, object], keep: int, gone: int) -> bool:
    """Whether a relation between the two would become one of an actor to itself."""
    return kind == "relation" and {row["from_actor_id"], row["to_actor_id"]} == {keep, gone}
