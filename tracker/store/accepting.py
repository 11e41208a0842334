"""What an accepted suggestion becomes: the records, the words they rest on, and who says so; nothing is adopted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.errors import UsageError, ValueRefused
from tracker.model import codes
from tracker.store.finding_actors import actor_for, make_actor
from tracker.store.ledger import Saved
from tracker.store.sheet import Sheet
from tracker.store.suggesting import extent, main_spans

_FIGURES = ("killed", "wounded")
_ENDS = ("low", "best", "high")
_PARTS = {
    "speaker": "speaker", "cue": "kind", "hedge": "", "date": "said", "said": "said", "venue": "venue",
    "repeat": "quote",
}  # fmt: skip
"""The field of a statement that the words of a span role are evidence for; a pull quote repeats the quotation."""

_FIELDS = {"trigger": "category", "date": "date", "place": "place_words", "weapon": "weapon", "target": "target_kind"}
"""The field of an incident that the words of a span role are evidence for."""


def accept(sheet: Sheet, row: dict[str, Any], value: Mapping[str, Any], actor: int | None) -> tuple[Saved | None, str]:
    """Write what a suggestion comes to with `value`; gives back the record, if it is one, and words about it.

    `actor` is the speaker of a statement, or the actor that a suggested one is.
    """
    if row["kind"] == "statement":
        return _statement(sheet, row, value, actor)
    if row["kind"] == "actor":
        saved, how = make_actor(sheet, row, value, actor)
        return saved, f"{how} actor"
    if row["kind"] == "incident":
        return _incident(sheet, row, value)
    if row["kind"] in ("involvement", "tally"):
        return _part(sheet, row, value)
    return None, ""


def _part(sheet: Sheet, row: Mapping[str, Any], value: Mapping[str, Any]) -> tuple[Saved, str]:
    """An involvement or a tally of an incident that is there: its columns are named in the value."""
    kind = row["kind"]
    saved = sheet.act.add(kind, {**sheet.columns(kind, value), "source_id": sheet.id, "adopted": None})
    for spans in (row["spans"] or {}).values():
        sheet.cite(spans, kind, saved.id)
    return saved, str(value.get("role") or value.get("measure") or "")


def _statement(sheet: Sheet, row: Mapping[str, Any], value: Mapping[str, Any], actor: int | None) -> tuple[Saved, str]:
    spans, part = row["spans"] or {}, str(value.get("evidence_role") or "body")
    columns = _said(sheet, row, value) | sheet.columns("statement", {**value, "said": None})
    speaker = actor if actor is not None else columns.get("speaker_id")
    if speaker is None:
        speaker = actor_for(sheet, speaker_facts(sheet, spans, value), spans.get("speaker"))
    columns |= {"speaker_id": speaker, "source_id": sheet.id}
    saved = sheet.act.add("statement", columns)
    sheet.cite(_quoted(row), "statement", saved.id, "quote" if columns.get("quote") else "paraphrase", part)
    if columns.get("mode") == "mixed":
        sheet.cite(spans.get("quote", ()), "statement", saved.id, "paraphrase", part)
    for role, field in _PARTS.items():
        sheet.cite(spans.get(role, ()), "statement", saved.id, field, "pull_quote" if role == "repeat" else part)
    for about in value.get("about") or ():
        sheet.act.add("statement_incident", {"statement_id": saved.id, "incident_id": about})
    name = sheet.act.fetch("actor", int(str(speaker)))["name"]
    return saved, f"statement of {name}"


def _quoted(row: Mapping[str, Any]) -> list[list[int]]:
    """The stretches that hold the words of a statement, without marks where the suggestion tells them apart."""
    spans = row["spans"] or {}
    for role in ("inner", "quote", "content", "sentence"):
        if spans.get(role):
            return [list(span) for span in spans[role]]
    start, end = extent("statement", spans)
    return [[start, end]] if end else []


def _said(sheet: Sheet, row: Mapping[str, Any], value: Mapping[str, Any]) -> dict[str, object]:
    """What a statement is when the suggestion does not say: its kind, mode and words, and the date in its sentence."""
    quoted = _quoted(row)
    words = sheet.words(quoted)
    mode = str(value.get("mode") or "verbatim")
    found: dict[str, object] = {"kind": "other", "mode": mode}
    found["quote" if mode in ("verbatim", "mixed") else "paraphrase"] = words or None
    if any(value.get(f"said_{part}") for part in ("edtf", "words")):
        return found
    spans = row["spans"] or {}
    for start, end in spans.get("said", ()):
        for date in sheet.dates_within(start, end):
            return found | sheet.date("said", date)
    telling = spans.get("cue") or spans.get("speaker") or main_spans("statement", spans)
    dates = [date for start, end in telling[:1] for date in sheet.dates_within(*sheet.sentence(start, end), quoted)]
    if len(dates) == 1 and not value.get("said"):
        return found | sheet.date("said", dates[0])
    return found | _when(sheet, value.get("said"))


def _when(sheet: Sheet, said: object) -> dict[str, object]:
    """The columns of when it was said; words that nothing tells a day for are kept as words."""
    try:
        return sheet.date("said", said) if said else {}
    except ValueRefused:
        if not isinstance(said, AsSuggested):
            raise
        return {"said_words": str(said)}


def speaker_facts(sheet: Sheet, spans: Mapping[str, Any], value: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of a suggested speaker: uids, cluster, name, kind and whether it is a description."""
    if "speaker_entity" in value:
        facts: dict[str, Any] = {"name": value["speaker_entity"]}
    else:
        facts = _facts(value.get("speaker")) or {"name": sheet.words(list(spans.get("speaker", ()))[:1])}
    for name in ("known", "country", "generic", "kind"):
        facts.setdefault(name, value.get(f"speaker_{name}"))
    facts["known"] = facts["known"] or value.get("known")
    return facts


def _incident(sheet: Sheet, row: Mapping[str, Any], value: Mapping[str, Any]) -> tuple[Saved, str]:
    spans, part = row["spans"] or {}, str(value.get("evidence_role") or "body")
    columns = sheet.columns("incident", value)
    # Figures are told by a source: they become tallies, and the incident's own only when one is adopted.
    figures = {f"{measure}_{end}": None for measure in _FIGURES for end in _ENDS}
    start, end = extent("incident", spans)
    told = main_spans("incident", spans)
    dates = [date for first, last in told for date in sheet.dates_within(*sheet.sentence(first, last))]
    if len(dates) == 1 and not columns.get("date_edtf"):
        columns |= sheet.date("date", dates[0])
    title = columns.get("title") or sheet.text[start:end].strip()[:120]
    saved = sheet.act.add("incident", {"category": "unknown", **columns, **figures, "title": title})
    sheet.act.add("incident_source", {"incident_id": saved.id, "source_id": sheet.id})
    for role in ("sentence", *_FIELDS):
        sheet.cite(spans.get(role, ()), "incident", saved.id, _FIELDS.get(role, ""), part)
    _involve(sheet, saved.id, spans, value)
    for tally in _tallies(sheet, spans, value):
        cited = tally.pop("spans", None) or spans.get(str(tally["measure"]), ())
        made = sheet.act.add("tally", {**tally, "incident_id": saved.id, "source_id": sheet.id})
        sheet.cite(cited, "tally", made.id, "", part)
    return saved, codes.label("category", str(columns.get("category") or "unknown"))


def _involve(sheet: Sheet, incident: int, spans: Mapping[str, Any], value: Mapping[str, Any]) -> None:
    """The involvements that a suggested incident tells of: who did or suffered what, and according to whom."""
    for told in value.get("attributions") or ():
        facts = _facts(told.get("actor"))
        if facts is None:
            continue
        asserter = _facts(told.get("asserted_by"))
        columns = sheet.columns("involvement", {name: told[name] for name in told if told[name] not in ("", None)})
        columns |= {
            "incident_id": incident, "source_id": sheet.id, "adopted": None,
            "actor_id": actor_for(sheet, facts, told.get("actor_spans")),
            "asserted_by_id": actor_for(sheet, asserter, told.get("asserter_spans")) if asserter else None,
        }  # fmt: skip
        made = sheet.act.add("involvement", {"role": "participant", **columns})
        cited = told.get("spans") or [*spans.get("attribution", ()), *spans.get("hedge", ())]
        cited = [span for stretches in cited.values() for span in stretches] if isinstance(cited, Mapping) else cited
        sheet.cite(cited or spans.get("sentence", ()), "involvement", made.id)


def _facts(told: object) -> dict[str, Any] | None:
    """What tells an actor: a number is a cluster of names, a text a name, anything else says it by itself."""
    if told in (None, "", {}):
        return None
    if isinstance(told, Mapping):
        return dict(told)
    return {"cluster": told} if isinstance(told, int) else {"name": str(told)}


def _tallies(sheet: Sheet, spans: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The figures that a suggested incident tells of; what is not reported makes none."""
    for told in value.get("tallies") or ():
        asserter = _facts(told.get("asserted_by"))
        columns = sheet.columns("tally", told) | {"adopted": None}
        if asserter:
            columns["asserted_by_id"] = actor_for(sheet, asserter)
        yield {**columns, "spans": told.get("spans")}
    counted = {told.get("measure") for told in value.get("tallies") or ()}
    for measure in _FIGURES:
        figures = {end: value.get(f"{measure}_{end}") for end in _ENDS}
        if measure not in counted and any(number is not None for number in figures.values()):
            words = value.get(f"{measure}_words") or sheet.words(spans.get(measure, ()))
            yield {"measure": measure, **figures, "words": words or None, "adopted": None}


class AsSuggested(str):
    """Words that an engine suggested: where an analyst's own are refused, these are kept as words."""


def meaning(value: Mapping[str, Any]) -> dict[str, Any]:
    """What a suggested value says: an empty text, an empty list and a mark that was not found say nothing."""
    told = {name: given for name, given in value.items() if given is not False and given not in ("", None, [], {})}
    said = told.get("said")
    return told | ({"said": AsSuggested(said)} if isinstance(said, str) else {})


def require_decidable(row: Mapping[str, Any]) -> None:
    """Refuse a suggestion that has become a record already."""
    if row["status"] in ("accepted", "edited"):
        raise UsageError(f"SG-{row['id']}: is {row['status']} already; undo that, or edit the record it became")
