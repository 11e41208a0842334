"""Which actor a suggestion means: one that is known by uid or by name, one that was made from it, or a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tracker import text
from tracker.errors import UsageError
from tracker.model import codes
from tracker.store.ledger import Act, Saved, new_uid
from tracker.store.sheet import Sheet
from tracker.store.suggesting import main_spans, spans_of

_SHORT = 6
"""Capital letters up to so many are an acronym."""


def actor_for(sheet: Sheet, told: Mapping[str, Any], spans: object = None) -> int:
    """The actor that `told` means, made if there is none: known (uids), cluster, name, kind, generic, country.

    `spans` is where the text names it. A cluster, or a name that stands within the mentions of a suggested actor, is
    that actor; a suggestion nobody decided on is accepted with it. Raises UsageError when nobody is named, or when
    several actors bear the name.
    """
    if (found := _known(sheet.act, told)) is not None:
        return found
    suggestion = _suggested(sheet, told, list(spans_of({"name": spans or ()})))
    if suggestion and suggestion["status"] in ("accepted", "edited"):
        made = sheet.act.where("actor", uid=suggestion["made_uid"])
        if made:
            return int(made[0]["id"])
    if suggestion and suggestion["status"] == "pending":
        facts = {**(suggestion["value"] or {})}
        return make_actor(sheet, suggestion, facts)[0].id
    return _named_or_new(sheet, told, spans)


def make_actor(
    sheet: Sheet, suggestion: dict[str, Any], value: Mapping[str, Any], actor: int | None = None
) -> tuple[Saved, str]:
    """Accept a suggested actor: as `actor`, as one that is known, or as a new one, with its further names and evidence.

    Gives back the actor and whether it was “new” or “known”.
    """
    known = actor if actor is not None else _known(sheet.act, value)
    name = str(value.get("name") or "").strip()
    if known is None:
        known = _by_name(sheet.act, name, bool(value.get("generic")))
    how = "known" if known is not None else "new"
    if known is None:
        saved = _new(sheet, value, name)
    else:
        row = sheet.act.fetch("actor", known)
        saved = Saved(sheet.act.id, "", "actor", known, row["uid"], row["version"])
    _name_further(sheet.act, saved.id, value)
    part = str(value.get("evidence_role") or "body")
    for start, end in _telling(sheet, main_spans("actor", suggestion["spans"])):
        sheet.cite([(start, end)], "actor", saved.id, "name", part)
    if suggestion["status"] == "pending":
        sheet.decided(suggestion, decision(sheet, "accepted", saved.uid))
    return saved, how


def decision(sheet: Sheet, status: str, made_uid: str | None) -> dict[str, object]:
    """The columns of a suggestion that was decided now."""
    from tracker import clock

    return {"status": status, "decided_by": sheet.who, "decided_at": clock.now(), "made_uid": made_uid}


def _known(act: Act, told: Mapping[str, Any]) -> int | None:
    """The actor of the known uids; of several the one with this very name, else UsageError asks for a choice."""
    known = told.get("known") or ()
    uids = (known,) if isinstance(known, str) else known
    rows = [row for uid in uids for row in act.where("actor", uid=uid)]
    if len(rows) > 1:
        same = [row for row in rows if row["name"] == told.get("name")]
        if len(same) != 1:
            choice = ", ".join(f"A-{row['id']} {row['name']}" for row in rows[:4])
            raise UsageError(f"“{told.get('name') or ''}” may be {choice}; choose one")
        rows = same
    return int(rows[0]["id"]) if rows else None


def _suggested(sheet: Sheet, told: Mapping[str, Any], spans: list[tuple[str, int, int]]) -> dict[str, Any] | None:
    """The suggested actor of the same cluster, else one that bears the name; without a name, one named there."""
    actors = [row for row in sheet.suggestions.values() if row["kind"] == "actor" and row["status"] != "rejected"]
    cluster, name = told.get("cluster"), text.fold(str(told.get("name") or ""))
    tests = (
        lambda row: cluster is not None and (row["value"] or {}).get("cluster") == cluster,
        lambda row: bool(name) and text.fold(str((row["value"] or {}).get("name") or "")) == name,
        lambda row: bool(name) and name in set(_keys(row["value"] or {})),
        lambda row: not name and any(_overlaps(row, start, end) for _, start, end in spans),
    )
    return next((row for test in tests for row in actors if test(row)), None)


def _overlaps(row: Mapping[str, Any], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in main_spans("actor", row["spans"]))


def _keys(value: Mapping[str, Any]) -> Iterator[str]:
    for name in _names(value):
        yield text.fold(name)


def _names(value: Mapping[str, Any]) -> Iterator[str]:
    """Every name of a suggested actor, the fullest first."""
    for name in (value.get("name"), *(value.get("aliases") or value.get("names") or ()), value.get("acronym")):
        if name and str(name).strip():
            yield str(name).strip()


def _named_or_new(sheet: Sheet, told: Mapping[str, Any], spans: object) -> int:
    name = str(told.get("name") or "").strip()
    if not name:
        raise UsageError("speaker: nobody is named; choose an actor")
    if (found := _by_name(sheet.act, name, bool(told.get("generic")))) is not None:
        return found
    saved = _new(sheet, told, name)
    _name_further(sheet.act, saved.id, told)
    if isinstance(spans, (list, tuple)) and spans:
        sheet.cite(list(spans)[:1], "actor", saved.id, "name", str(told.get("evidence_role") or "body"))
    return saved.id


def _by_name(act: Act, name: str, generic: bool) -> int | None:
    """The one actor of this name, or with it among its other names; a description is never a named actor.

    Raises UsageError when several bear it.
    """
    wanted = text.fold(name)
    ids = {row["id"] for row in act.where("actor", name_key=wanted)}
    ids |= {row["actor_id"] for row in act.where("actor_name", name_key=wanted)}
    rows = [row for row in act.fetch_all("actor", sorted(ids)).values() if bool(row["generic"]) == generic]
    rows = [row for row in rows if not row["deleted_at"]]
    exact = [row for row in rows if row["name"] == name]
    found = exact if len(exact) == 1 else rows
    if len(found) > 1:
        told = ", ".join(f"A-{row['id']}" for row in found[:4])
        raise UsageError(f"“{name}” is the name of {told}; choose one")
    return int(found[0]["id"]) if found else None


def _new(sheet: Sheet, value: Mapping[str, Any], name: str) -> Saved:
    if not name:
        raise UsageError("name: the suggested actor has none; write one")
    kind = value.get("kind") if value.get("kind") in codes.values("actor_kind") else "other"
    row = {
        "name": name, "kind": kind, "generic": True if value.get("generic") else None,
        "country": value.get("country") or None,
        "role_title": value.get("role_title") or value.get("title") or None,
    }  # fmt: skip
    return sheet.act.add("actor", row, uid=new_uid())


def _name_further(act: Act, actor_id: int, value: Mapping[str, Any]) -> None:
    """Give an actor those names of a suggestion that it does not bear yet."""
    actor = act.fetch("actor", actor_id)
    borne = {actor["name_key"], *(row["name_key"] for row in act.where("actor_name", actor_id=actor_id))}
    for name in _names(value):
        if (folded := text.fold(name)) in borne:
            continue
        borne.add(folded)
        act.add("actor_name", {"actor_id": actor_id, "name": name, "kind": _name_kind(name, value)})


def _name_kind(name: str, value: Mapping[str, Any]) -> str:
    if name == value.get("acronym") or (name.isupper() and len(name) <= _SHORT):
        return "acronym"
    return "descriptor" if value.get("generic") else "name"


def _telling(sheet: Sheet, mentions: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The first mention by each wording: more say nothing new."""
    met: set[str] = set()
    for start, end in mentions:
        wording = text.fold(sheet.text[start:end])
        if wording not in met:
            met.add(wording)
            yield start, end
