"""Actions of the history: one line each, and what one of them changed, field by field, old → new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from textual.content import Content

from tracker.model import codes
from tracker.model.fields import Field, Kind
from tracker.model.kinds import BY_NAME
from tracker.store.history import ActionRow
from tracker.tui.render.lines import ACCENT, GAP, MUTED, STRONG, UNKNOWN, Line, fit, joined, line, wrap
from tracker.tui.render.parts import entry

_DERIVED = ("earliest", "latest", "precision")
"""Parts of a date that follow from its EDTF: they say nothing more to a reader."""
_OPS = {"create": "added", "update": "changed", "delete": "deleted", "restore": "restored"}
_LABEL = 18
_LONGEST = 400


def moment(at: str) -> str:
    """A moment to the minute, in UTC as it is stored."""
    return at[:16].replace("T", " ")


def action_parts(row: ActionRow) -> list[tuple[str, str]]:
    """When, who, the sentence, why, and whether it was taken back, each with its style."""
    parts = [(moment(row.at), MUTED), (f"  {row.who}  ", ACCENT), (row.sentence, MUTED if row.reverted else "")]
    if row.reason:
        parts.append((f"  “{row.reason}”", MUTED))
    if row.reverted:
        parts.append(("  ↶ taken back", MUTED))
    return parts


def prompt(row: ActionRow) -> Content:
    """One line of the history."""
    return line(*((words[:_LONGEST], style) for words, style in action_parts(row))).content


def action_lines(rows: Sequence[ActionRow], width: int) -> list[Line]:
    """The history of a record on its page, the newest first."""
    return [made for row in rows for made in entry(action_parts(row), width, indent=2)]


def changes(row: ActionRow, width: int) -> Content:
    """What an action changed: record by record, field by field, old → new."""
    lines = entry(action_parts(row), width)
    for changed in row.changes:
        lines += _record(changed, width)
    left = row.touched - len(row.changes)
    if left > 0:
        lines.append(line((f"and {left:,} more records", MUTED)))
    return joined(lines)


def _record(changed: dict[str, Any], width: int) -> Iterator[Line]:
    kind, op = BY_NAME[changed["kind"]], _OPS.get(changed["op"], changed["op"])
    version = f", now version {changed['version']}" if changed["version"] else ""
    yield line((changed["ref"], STRONG), (f" {kind.label.lower()} {op}{version}", MUTED))
    created = changed["op"] == "create"
    for name, (old, new) in changed["changes"].items():
        field = _field(kind, name)
        if name == "deleted_at" or (field is not None and _follows(field, name)):
            continue
        words = _value(field, name, new) if created else f"{_value(field, name, old)} → {_value(field, name, new)}"
        yield from _pair(_label(field, name), words, width)


def _pair(label: str, words: str, width: int) -> Iterator[Line]:
    room = max(10, width - _LABEL - GAP)
    for number, part in enumerate(wrap(words, room, 4)):
        yield line((fit(label if number == 0 else "", _LABEL, right=True) + " " * GAP, MUTED), part)


def _field(kind: Kind, column: str) -> Field | None:
    named = next((stored.field for stored in kind.columns if stored.name == column), "")
    return kind.by_name.get(named)


def _follows(field: Field, column: str) -> bool:
    return field.type == "key" or (field.type == "date" and column.rpartition("_")[2] in _DERIVED)


def _label(field: Field | None, column: str) -> str:
    if field is None:
        return column.replace("_", " ")
    if field.type != "date":
        return field.label
    part = column.removeprefix(f"{field.name}_").removesuffix("_id")
    return {"edtf": field.label, "words": f"{field.label}, words"}.get(part, f"{field.label}, {part}")


def _value(field: Field | None, column: str, value: Any) -> str:
    """A stored value for people; REFs for references, labels for codes."""
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.endswith("_anchor_id"):
        return f"{BY_NAME['source'].prefix}-{value}"
    if field is not None and field.type == "ref":
        return f"{BY_NAME[field.target].prefix}-{value}"
    if field is not None and field.type == "code":
        return codes.label(field.codes, str(value))
    return str(value)[:_LONGEST]
