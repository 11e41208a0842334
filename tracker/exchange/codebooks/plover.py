"""PLOVER: incidents, and the statements about them that have an event type, as JSON lines (manual of 2018)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.exchange.codebooks import telling
from tracker.exchange.codebooks.carried import Written
from tracker.exchange.codebooks.loss import Loss
from tracker.exchange.codebooks.parts import tell_unadopted
from tracker.exchange.codebooks.plover_parts import Json, cite, dates, entity, events, mode, size, where
from tracker.exchange.codebooks.plover_rows import DATASETS, given_back, same_batch
from tracker.exchange.codebooks.reading import Draft
from tracker.exchange.codebooks.unsaid import Means, unsaid
from tracker.exchange.jsontext import inert
from tracker.model import codes
from tracker.model.codes import STATEMENT_KIND
from tracker.store.casefile import Casefile, Row

_SAYS = {code.value: code.plover for code in STATEMENT_KIND if code.plover}
_SPEECH = {"accuse": "allege", "criticize": "disapprove"}
_AUXILIARY = {"planned": "future", "hypothetical": "hypothetical", "context": "historical"}
_MEANS = Means(measures=frozenset({"killed", "wounded"}))


def write(blocks: Iterable[list[Casefile]], raw: bool) -> Iterator[tuple[int, bytes, list[Loss]]]:
    """The file, piece by piece: how many incidents, the bytes, the losses. JSON needs no guard, whatever `raw` says.

    A statement about several incidents is written once.
    """
    spoken: set[int] = set()
    for block in blocks:
        lines: list[str] = []
        losses: list[Loss] = []
        for file in block:
            draft = Draft(file, DATASETS)
            told = [given_back(draft) if draft.original else _filled(_incident(draft))]
            for said in _statements(draft):
                if said["id"] not in spoken:
                    spoken.add(said["id"])
                    told.append(_filled(_statement(said, file)))
            lines += [inert(json.dumps(event, ensure_ascii=False, separators=(",", ":"))) for event in told]
            _unsaid(draft, told)
            losses += draft.losses
        yield len(block), "".join(f"{line}\n" for line in lines).encode(errors="replace"), losses


def _filled(value: Any) -> Any:
    """The same without what is unknown: PLOVER leaves such fields out."""
    if isinstance(value, dict):
        filled = {name: _filled(one) for name, one in value.items()}
        return {name: one for name, one in filled.items() if one not in (None, "", [], {})}
    return [_filled(one) for one in value] if isinstance(value, list) else value


def _incident(draft: Draft) -> Json:
    doers, done_to = draft.coded("perpetrator", "participant"), draft.coded("target", "victim")
    if not doers:
        tell_unadopted(draft, "actor", "perpetrator")
    if not done_to:
        tell_unadopted(draft, "recipient", "target", "victim")
    draft.says([*doers, *done_to])
    start, end = dates(draft)
    return {
        "id": draft.row["uid"],
        "has_event": True,
        "date": start,
        "enddate": end,
        "actor": [entity(inv["actor"]) for inv in doers],
        "recipient": [entity(inv["actor"]) for inv in done_to],
        "event": events(draft),
        "event_loc": where(draft),
        "event_text": ". ".join(t.rstrip(".") for t in (draft.text("title"), draft.text("summary")) if t),
        "mode": [mode for mode in (mode(draft), _AUXILIARY.get(draft.text("nature"))) if mode],
        "size": size(draft),
        "cite_info": cite(draft.file.sources[0] if draft.file.sources else None),
        "coder": draft.row["coder"],
        "coded_date": draft.row["updated_at"][:10],
        "comment": draft.row["dataset"] and f"{draft.row['dataset']} {draft.row['external_id'] or ''}".strip(),
    }


def _statements(draft: Draft) -> list[Row]:
    """The statements that are events of their own; those that an import made of a row's event stand in that row."""
    return [said for said in draft.file.statements if _type_of(said) and not same_batch(draft, said)]


def _type_of(said: Row) -> str:
    """The event type of a statement, as coded or as its kind has it; "" for none."""
    return said["plover"] or _SAYS.get(said["kind"], "")


def _statement(said: Row, file: Casefile) -> Json:
    """An event of its own: the speaker is the actor, those it is directed at are the recipients."""
    source = next((source for source in file.sources if source["id"] == said["source_id"]), None)
    auxiliary = ["negation"] * bool(said["negated"]) + ["hypothetical"] * bool(said["conditional"])
    modes = [_SPEECH[said["kind"]]] if said["kind"] in _SPEECH else []
    return {
        "id": said["uid"],
        "has_event": True,
        "date": said["said_earliest"],
        "enddate": said["said_latest"] if said["said_latest"] != said["said_earliest"] else "",
        "actor": [entity(said["speaker"])],
        "recipient": [entity(actor) for role, actor in said["actors"] if role in ("target", "addressee")],
        "event": [_type_of(said)],
        "event_text": said["quote"] or said["paraphrase"],
        "mode": [*modes, *auxiliary],
        "cite_info": cite(source),
        "coder": said["coder"],
        "coded_date": said["updated_at"][:10],
    }


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The texts of an event by where they stand."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _leaves(one, f"{path}.{name}")
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _leaves(one, f"{path}.{at}")
    else:
        yield path, str(value)


def _unsaid(draft: Draft, told: list[Json]) -> None:
    """What no line holds; statements that have become lines of their own are lost only as far as these do not say."""
    spoken = {said["id"] for said in draft.file.statements if _type_of(said)}
    unsaid(draft, _MEANS, dict(_leaves(told)), frozenset(spoken))
    for said in _statements(draft):
        _beside(draft, said)
    said_so = draft.original is None and draft.row["nature"] in _AUXILIARY
    draft.losses = [loss for loss in draft.losses if not (said_so and loss.field == "nature")]


def _beside(draft: Draft, said: Row) -> None:
    """Tell what of a statement its line does not hold."""
    if not said["said_earliest"]:
        shown = said["said_edtf"] or said["said_words"]
        draft.lose("statement", "date", "a statement whose day is not known has no date, which PLOVER asks for", shown)
    elif said["said_edtf"] not in (said["said_earliest"], f"{said['said_earliest']}/{said['said_latest']}"):
        draft.lose("statement", "date", "how a statement’s day is known: its line has from and to", said["said_edtf"])
    written = Written(text for _, text in _leaves(_filled(_statement(said, draft.file))))
    lost = [(label, value) for label, value in telling.statement(said, draft.file) if not written.holds(value)]
    kind = codes.label("statement_kind", said["kind"])
    lost += [("Kind", kind)] if _SAYS.get(said["kind"]) != _type_of(said) else []
    what = f"{said['speaker']['name']} {telling.kind_of(said)}"
    draft.lose(
        "statement", "statement", f"that it is said of this incident, and what no field is for: {what}",
        telling.shown(lost),
    )  # fmt: skip
