"""STIX 2.1: one bundle of incidents, actors, places, sources, and who says what of whom as notes and opinions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from tracker.exchange.codebooks import stix_objects as make
from tracker.exchange.codebooks import telling
from tracker.exchange.codebooks.carried import Written, tell_fields
from tracker.exchange.codebooks.loss import Loss
from tracker.exchange.codebooks.reading import DENYING, Draft, figures, voice
from tracker.exchange.codebooks.stix_objects import Object
from tracker.exchange.jsontext import inert
from tracker.model import codes
from tracker.store.casefile import Casefile, Row

_RELATIONS = {
    "perpetrator": "attributed-to", "sponsor": "attributed-to", "target": "impacts", "victim": "impacts",
    "participant": "related-to", "host": "related-to",
}  # fmt: skip
_OPINIONS = {"denies": "strongly-disagree", "doubts": "disagree"}
_SOURCE = frozenset({"title", "publisher", "address", "published", "author"})
"""What of a source stands in its reference; its day is told where it does not."""
_FACTS = ("category", "nature", "status", "claim_status", "weapon", "target_kind")


class _Bundle:
    """The objects of one bundle on their way out: each actor once, each source at the end with all its incidents.

    Memory grows with the number of actors and of citations, but not with the incidents' own objects.
    """

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._sources: dict[str, tuple[Row, list[str]]] = {}
        self._first = True

    def text(self, objects: Iterable[Object]) -> str:
        """The objects as JSON, a line each; those that were written before are left out."""
        lines = []
        for one in objects:
            if one["id"] not in self._seen:
                if one["type"] in ("identity", "threat-actor"):
                    self._seen.add(one["id"])
                lines.append(inert(json.dumps(one, ensure_ascii=False, separators=(",", ":"))))
        before = "" if self._first or not lines else ",\n"
        self._first = self._first and not lines
        return before + ",\n".join(lines)

    def cite(self, source: Row, incident: str) -> None:
        """Keep a source for the end."""
        self._sources.setdefault(source["uid"], (source, []))[1].append(incident)

    def reports(self) -> Iterator[Object]:
        """The sources, each with the incidents that it tells of."""
        for source, refs in self._sources.values():
            yield make.report(source, refs)


def write(blocks: Iterable[list[Casefile]], raw: bool) -> Iterator[tuple[int, bytes, list[Loss]]]:
    """The bundle, piece by piece: how many incidents, the bytes, the losses. JSON needs no guard.

    Its own id is made of those of the incidents, so that the same incidents give the same bytes.
    """
    bundle, ids = _Bundle(), ""
    yield 0, b'{"type":"bundle","objects":[\n', []
    for block in blocks:
        losses: list[Loss] = []
        text = ""
        for file in block:
            draft = Draft(file)
            text += bundle.text(_objects(draft, bundle))
            ids = make.id_of("bundle", f"{ids} {file.incident['uid']} {file.incident['version']}")
            losses += draft.losses
        yield len(block), text.encode(errors="replace"), losses
    end = bundle.text(bundle.reports())
    yield 0, f'{end}\n],"id":"{ids or make.id_of("bundle", "")}"}}\n'.encode(errors="replace"), []


def _objects(draft: Draft, bundle: _Bundle) -> Iterator[Object]:
    incident = _incident(draft, bundle)
    yield from _dataset(draft, incident)
    yield from _place(draft, incident["id"])
    related: set[str] = set()
    ordered = sorted(draft.file.involvements, key=lambda inv: inv["stance"] in DENYING)
    for inv in ordered:
        yield from _involvement(draft, inv, incident["id"], related)
    for said in draft.file.statements:
        yield from _statement(draft, said, incident["id"])
    yield from _figures(draft, incident["id"])
    _around(draft, incident)


def _dataset(draft: Draft, incident: Object) -> Iterator[Object]:
    """The incident, and of a row of a dataset that it is the dataset's, with its columns as they were read."""
    if not draft.row["dataset"]:
        yield incident
        return
    by = make.dataset_object(draft.row)
    yield by
    incident["created_by_ref"] = by["id"]
    yield incident
    if draft.row["extra"]:
        key, title = f"{draft.row['uid']} columns", f"Columns of {draft.row['dataset']} as read"
        told = json.dumps(draft.row["extra"], ensure_ascii=False)
        yield make.frame("note", draft.row, key, created_by_ref=by["id"], content=told, abstract=title,
                         object_refs=[incident["id"]])  # fmt: skip


def _asserter(draft: Draft, record: Row) -> Object | None:
    """Who says what a record holds: the one who is named, else the dataset of its row, else the source's publisher."""
    if record["asserter"]:
        return make.identity_object(record["asserter"])
    if draft.row["dataset"] and record["batch_id"] is not None:
        return make.dataset_object(draft.row)
    source = next((one for one in draft.file.sources if one["id"] == record["source_id"]), None)
    return make.publisher_object(source) if source and source["publisher"] else None


def _by(asserter: Object | None) -> Object:
    """The properties that name the asserter; none where nobody is known."""
    return {"created_by_ref": asserter["id"], "authors": [asserter["name"]]} if asserter else {}


def _incident(draft: Draft, bundle: _Bundle) -> Object:
    row = draft.row
    references = []
    if row["dataset"]:
        known = {
            "source_name": row["dataset"],
            "description": f"release {row['release']}" if row["release"] else "" if row["external_id"] else "dataset",
            "external_id": row["external_id"],
        }
        references.append({name: value for name, value in known.items() if value})
    made = make.frame("incident", row, name=row["title"], description=_described(draft), labels=_labels(row))
    for source in draft.file.sources:
        if source["published_precision"] == "day":
            bundle.cite(source, made["id"])
            continue
        # A report needs the day on which it was published; without one a source can only be referred to.
        draft.lose("source", "date", "when a source was published; it is named without", source["published_edtf"])
        references.append(make.reference(source))
    return made | ({"external_references": references} if references else {})


def _labels(row: Row) -> list[str]:
    return [str(row[name]) for name in ("category", "nature", "status") if row[name]]


def _described(draft: Draft) -> str:
    """The summary, and in words what an incident of the core standard has no property for."""
    row = draft.row
    lines = [row["summary"] or ""]
    if row["date_edtf"]:
        lines.append(f"Date: {row['date_edtf']}")
        draft.lose("date", "date", "an incident has no property for its date; it stands in the description",
                   row["date_edtf"])  # fmt: skip
    for name in _FACTS:
        if row[name]:
            list_ = name if name in codes.LISTS else ""
            lines.append(
                f"{name.replace('_', ' ').capitalize()}: {codes.label(list_, row[name]) if list_ else row[name]}"
            )
    if row["aggregate"]:
        lines.append("A series that cannot be split into events.")
    return "\n".join(line for line in lines if line)


def _place(draft: Draft, incident: str) -> Iterator[Object]:
    found = make.location(draft.row)
    if found is None:
        if words := draft.text("place_words") or draft.text("place_name"):
            draft.lose("place", "place", "a location needs a country or coordinates", words)
        return
    yield found
    key = f"{draft.row['uid']} located-at"
    yield make.frame("relationship", draft.row, key, relationship_type="located-at", source_ref=incident,
                     target_ref=found["id"])  # fmt: skip


def _involvement(draft: Draft, inv: Row, incident: str, related: set[str]) -> Iterator[Object]:
    """Adopted: a relationship. Not adopted: a note. Denied or doubted: an opinion on the relationship or incident."""
    actor, by = inv["actor"], _asserter(draft, inv)
    yield make.actor_object(actor)
    if by:
        yield by
    words, both = _words(draft, inv, by, incident), [incident, make.actor_id(actor)]
    link = make.id_of("relationship", f"{draft.row['uid']} {_RELATIONS[inv['role']]} {actor['uid']}")
    if inv["stance"] in DENYING:
        yield make.frame("opinion", inv, opinion=_OPINIONS[inv["stance"]], explanation=words, **_by(by),
                         object_refs=[link] if link in related else both, confidence=make.confidence(inv),
                         external_references=_cited(draft, inv))  # fmt: skip
    elif not inv["adopted"] or link in related:
        first = "Also adopted" if inv["adopted"] else "Not adopted"
        yield make.frame("note", inv, abstract=f"{first}: {inv['role']} {actor['name']}", content=words, **_by(by),
                         object_refs=both, confidence=make.confidence(inv),
                         external_references=_cited(draft, inv))  # fmt: skip
    else:
        related.add(link)
        made = make.frame("relationship", inv, relationship_type=_RELATIONS[inv["role"]], source_ref=incident,
                          target_ref=make.actor_id(actor), description=words,
                          confidence=make.confidence(inv), external_references=_cited(draft, inv))  # fmt: skip
        yield made | {"id": link} | ({"created_by_ref": by["id"]} if by else {})


def _words(draft: Draft, inv: Row, by: Object | None, incident: str) -> str:
    """Who says it, in which role, how surely, on which basis, and where."""
    label = codes.label("hedge", inv["hedge"]) if inv["hedge"] not in (None, "none") else ""
    hedge = ": ".join(part for part in (label, f"“{inv['hedge_words']}”" if inv["hedge_words"] else "") if part)
    basis = f", on the basis of {inv['basis']}" if inv["basis"] and inv["basis"] != "none" else ""
    where = _where_said(draft, inv, incident)
    rated = f", credibility {inv['credibility']}" if inv["credibility"] is not None else ""
    noted = f" ({inv['notes']})" if inv["notes"] else ""
    who = by["name"] if by else voice(inv)
    hedged = f", {hedge}" if hedge else ""
    return f"{who} {inv['stance']}: {inv['role']} {inv['actor']['name']}{hedged}{basis}{rated}{where}{noted}"


def _where_said(draft: Draft, record: Row, incident: str) -> str:
    """The note of the statement in which a record is told; one that is no statement about the incident is lost."""
    if record["statement_id"] is None:
        return ""
    said = next((said for said in draft.file.statements if said["id"] == record["statement_id"]), None)
    if said:
        return f", as said in {_note_of(said, incident)}"
    draft.lose("statement", "detail", "the statement in which it is told, which is not about the incident",
               f"S-{record['statement_id']}")  # fmt: skip
    return ""


def _note_of(said: Row, incident: str) -> str:
    return make.id_of("note", f"{said['uid']} {incident}")


def _cited(draft: Draft, record: Row) -> list[Object]:
    """The source that a record itself names, as a reference."""
    source = next((one for one in draft.file.sources if one["id"] == record["source_id"]), None)
    return [make.reference(source)] if source else []


def _statement(draft: Draft, said: Row, incident: str) -> Iterator[Object]:
    """A note: who says what, also that they do not or only if; then all that is recorded besides, line by line."""
    by = make.identity_object(said["speaker"])
    yield by
    yield make.actor_object(said["speaker"])
    for _, actor in said["actors"]:
        yield make.actor_object(actor)
    told = f"“{said['quote']}”" if said["quote"] else said["paraphrase"] or "nothing of its content is given"
    more = [f"{label}: {value}" for label, value in telling.statement(said, draft.file)]
    when = f" ({said['said_edtf']})" if said["said_edtf"] else ""
    abstract = f"{said['speaker']['name']} {telling.kind_of(said)}{when}"
    others = dict.fromkeys(make.actor_id(actor) for actor in (said["speaker"], *(who for _, who in said["actors"])))
    yield make.frame("note", said, f"{said['uid']} {incident}", abstract=abstract, content="\n".join([told, *more]),
                     authors=[said["speaker"]["name"]], created_by_ref=by["id"], object_refs=[incident, *others],
                     external_references=_cited(draft, said))  # fmt: skip


def _figures(draft: Draft, incident: str) -> Iterator[Object]:
    row = draft.row
    for measure in ("killed", "wounded"):
        held = {f"{end}": row[f"{measure}_{end}"] for end in ("low", "best", "high")}
        shown = ", ".join(f"{end} {value}" for end, value in held.items() if value is not None)
        if shown:
            yield make.frame("note", row, f"{row['uid']} {measure}", abstract=f"{measure.capitalize()}, adopted",
                             content=f"{measure}: {shown}", object_refs=[incident])  # fmt: skip
    for tally in draft.file.tallies:
        yield from _tally(draft, tally, incident)


def _tally(draft: Draft, tally: Row, incident: str) -> Iterator[Object]:
    """A note: the figure, of whom, according to whom, whether it is adopted, in which words and where."""
    label = codes.label("measure", tally["measure"])
    of = f" ({tally['whom']})" if tally["whom"] else ""
    by = _asserter(draft, tally)
    if by:
        yield by
    according = f" according to {by['name']}" if by else ""
    adopted = "" if tally["adopted"] else ", not adopted"
    numbers = figures(tally) or "no figure"
    worded = f" (“{tally['words']}”)" if tally["words"] and tally["words"] != numbers else ""
    content = f"{numbers}{worded}{_where_said(draft, tally, incident)}"
    yield make.frame("note", tally, abstract=f"{label.capitalize()}{of}{according}{adopted}", content=content,
                     object_refs=[incident], **_by(by), external_references=_cited(draft, tally))  # fmt: skip


def _around(draft: Draft, incident: Object) -> None:
    file = draft.file
    texts = [text for text in incident.values() if isinstance(text, str)]
    place = make.location(draft.row)
    texts += [str(text) for text in place.values()] if place else []
    texts += [draft.text(name) for name in ("weapon", "target_kind")]
    tell_fields(draft, Written(texts), frozenset(draft.row.seen))
    for source in file.sources:
        # A report has a label for the kind, and hashes stand beside an address.
        held = _SOURCE | ({"kind"} if source["published_precision"] == "day" else set())
        held |= {"SHA-256"} if source["url"] else set()
        if lost := [(label, ways[0]) for label, ways in telling.source(source) if label not in held]:
            labels = ", ".join(label for label, _ in lost)
            draft.lose("source", "source", f"of the source “{source['title']}”: {labels}", telling.shown(lost))
    if file.evidence:
        draft.lose("evidence", "evidence", "the words of the sources that it rests on", f"{file.evidence} spans")
    for type_, other, _ in file.links:
        draft.lose("link", "link", f"{codes.label('link_type', type_)} {other['ref']}", other["title"])
    if file.parent:
        draft.lose("parent", "link", f"that it is part of {file.parent['ref']}", file.parent["title"])
    if file.tags:
        draft.lose("tag", "tag", "its tags", "; ".join(file.tags))
