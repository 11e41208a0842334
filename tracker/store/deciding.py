"""Decisions on suggestions: each writes the records, their evidence and the decision itself as one action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.errors import Refused, UsageError
from tracker.store.accepting import accept, meaning, require_decidable
from tracker.store.finding_actors import decision as decided_now
from tracker.store.ledger import Act, Saved
from tracker.store.sheet import Sheet
from tracker.store.suggesting import extent

DECISIONS = ("accepted", "edited", "rejected")
ORDER = ("actor", "date", "incident", "statement", "tally", "involvement")
"""In this order many are accepted: what others refer to comes first. Noise is never accepted with others."""


def decide(
    act: Act,
    who: str,
    suggestion_id: int,
    decision: str,
    *,
    version: int | None,
    value: Mapping[str, Any] | None = None,
    spans: Mapping[str, Sequence[Sequence[int]]] | None = None,
    speaker: int | None = None,
) -> tuple[Saved, str]:
    """Accept, edit or reject one suggestion; `version` is the one that was read, None to decide whatever is there.

    `value` and `spans` replace what was suggested, name by name; `speaker` is the actor who speaks, or whom a suggested
    actor is. Gives back the record made (the suggestion itself when none is) and a sentence. Raises Conflict when the
    version is stale, UsageError when it was accepted before or lacks what its record needs.
    """
    if decision not in DECISIONS:
        raise UsageError(f"“{decision}” is no decision; it is {', '.join(DECISIONS)}")
    # An edit of nothing refuses a stale version and a deleted suggestion, before anything is written.
    act.edit("suggestion", suggestion_id, {}, version=version)
    sheet = _sheet(act, act.fetch("suggestion", suggestion_id)["source_id"], who)
    row = sheet.suggestions[suggestion_id]
    require_decidable(row)
    if decision == "rejected":
        saved = sheet.decided(row, decided_now(sheet, "rejected", None))
        return saved, f"Rejected SG-{suggestion_id} {_words(sheet, row)}"
    changed = _changed(row, value or {}, spans or {})
    _require_within(sheet, changed)
    decision = "edited" if value or spans else decision
    return _accepted(sheet, row, changed, decision, speaker)


def _changed(row: Mapping[str, Any], value: Mapping[str, Any], spans: Mapping[str, Any]) -> dict[str, Any]:
    """The suggestion as it is decided on: what it says, and over it what the analyst says."""
    told = meaning(row["value"] or {})
    # An engine that knows no speaker says so; an analyst who names one says otherwise.
    if value.keys() & {"speaker", "speaker_id"}:
        told.pop("speaker_entity", None)
    elif "speaker_entity" in (row["value"] or {}):
        told["speaker_entity"] = row["value"]["speaker_entity"]
    return {**row, "value": {**told, **value}, "spans": {**(row["spans"] or {}), **spans}}


def _accepted(
    sheet: Sheet, row: dict[str, Any], changed: Mapping[str, Any], decision: str, actor: int | None
) -> tuple[Saved, str]:
    # The decision stands in `row`; `changed` is what the record is made of.
    made, told = accept(sheet, {**changed, "status": "deciding"}, changed["value"], actor)
    columns = decided_now(sheet, decision, made.uid if made else None)
    if made is None and decision == "edited":
        columns |= {"value": changed["value"], "spans": changed["spans"]}
    saved = sheet.decided(row, columns)
    verb = "Accepted" if decision == "accepted" else "Edited and accepted"
    what = f"{made.ref} {told}" if made else row["kind"]
    return made or saved, f"{verb} SG-{row['id']}: {what} {_words(sheet, row)}".strip()


def accept_all(act: Act, who: str, source_id: int, least: float) -> tuple[Saved, str]:
    """Accept what waits in a source with a confidence of at least `least`; gives back the source and a sentence.

    What cannot be accepted without a choice, as where two actors bear a name, is left waiting, and the sentence says
    so. Noise is not accepted with others.
    """
    sheet = _sheet(act, source_id, who)
    kinds = dict.fromkeys(ORDER, 0)
    left = 0
    # One at a time: a speaker's acceptance may accept the suggested actor with it.
    for row in sorted(sheet.suggestions.values(), key=_order):
        if row["kind"] not in kinds or row["status"] != "pending" or (row["confidence"] or 0) < least:
            continue
        done = _try(sheet, row)
        kinds[row["kind"]] += done
        left += not done
    made = ", ".join(f"{count:,} {kind}{'s' * (count != 1)}" for kind, count in kinds.items() if count)
    source = sheet.source
    saved = Saved(act.id, "", "source", source_id, source["uid"], source["version"])
    told = f"; {left:,} left: they need a choice" if left else ""
    return saved, f"Accepted {made or 'nothing'} of SRC-{source_id} at {least:.0%} and above{told}"


def _try(sheet: Sheet, row: dict[str, Any]) -> bool:
    """Accept one of many, in a transaction within the transaction, so that a refusal leaves nothing behind."""
    act = sheet.act
    touched, first, before = act.touched, act.first, {key: dict(one) for key, one in sheet.suggestions.items()}
    try:
        with act.connection.begin_nested():
            _accepted(sheet, row, _changed(row, {}, {}), "accepted", None)
    except (UsageError, Refused):
        act.touched, act.first = touched, first
        for key, one in before.items():
            sheet.suggestions[key].update(one)
        return False
    return True


def _order(row: Mapping[str, Any]) -> tuple[int, int, int]:
    place = ORDER.index(row["kind"]) if row["kind"] in ORDER else len(ORDER)
    return place, extent(row["kind"], row["spans"])[0], row["id"]


def _sheet(act: Act, source_id: int, who: str) -> Sheet:
    return Sheet(act, act.fetch("source", source_id), who)


def _require_within(sheet: Sheet, row: Mapping[str, Any]) -> None:
    for role, stretches in row["spans"].items():
        for start, end in stretches:
            if not 0 <= start < end <= len(sheet.text):
                raise UsageError(f"SG-{row['id']}: its {role} {start}–{end} is not within the text of SRC-{sheet.id}")


def _words(sheet: Sheet, row: Mapping[str, Any]) -> str:
    start, end = extent(row["kind"], row["spans"])
    words = " ".join(sheet.text[start:end].split())
    return f"“{words if len(words) <= 48 else f'{words[:47]}…'}”" if words else ""
