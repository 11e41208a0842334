"""Makes incident proposals of grouped mentions: fields as the record has them, spans by role, confidence and reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.articles.event_groups import Group
from tracker.articles.happening import Mention
from tracker.articles.hedges import Blame
from tracker.articles.proposals import Proposal, Span
from tracker.articles.tolls import Figure
from tracker.model import codes

if TYPE_CHECKING:
    from tracker.articles.document import Document
    from tracker.articles.names import NameIndex

_DATE = ("words", "edtf", "earliest", "latest", "precision")
_CONTEXT = frozenset({"sanctions", "agreement"})
_OLD = 366
"""Days before publication from which on an event is background."""
_TITLE = 110
_UNCERTAIN = 0.84
"""The most that a score may give: proposals of events are never so sure that they may be accepted together."""


def proposals(doc: Document, index: NameIndex, groups: Iterable[Group]) -> list[Proposal]:
    """A proposal for each group, by the place of its first mention."""
    parties = Parties(index)
    made = [_proposal(doc, parties, group) for group in groups]
    return sorted(made, key=lambda one: one.spans["sentence"][0])


class Parties:
    """Actors as suggestions name them: by name, and by the number of their cluster where they have one."""

    def __init__(self, index: NameIndex) -> None:
        self._numbers = {cluster.name: number for number, cluster in enumerate(index.clusters)}

    def named(self, name: str) -> dict[str, Any] | None:
        """None for nobody."""
        if not name:
            return None
        return {"name": name, "cluster": self._numbers[name]} if name in self._numbers else {"name": name}


def _proposal(doc: Document, parties: Parties, group: Group) -> Proposal:
    value = _value(doc, parties, group)
    return Proposal("incident", _spans(group), value, _confidence(group), _reason(group), _rule(group))


def _value(doc: Document, parties: Parties, group: Group) -> dict[str, Any]:
    ones = group.mentions
    category = "armed_assault" if group.category == "attack" else group.category
    dated = next((one.date for one in ones if one.date), None)
    place, weapon = group.place, next((one.weapon for one in ones if one.weapon), None)
    target = next((one.target for one in ones if one.target), None)
    value: dict[str, Any] = {
        "title": _title(doc, group, category),
        "category": category,
        "nature": _nature(doc, group, category),
        "status": group.first.status,
        "asserted_by": parties.named(group.first.asserted_by),
        **{f"date_{part}": (dated.value.get(part) or None) if dated else None for part in _DATE},
        "date_basis": _basis(dated.value if dated else {}),
        "place_words": place.words if place else None,
        "place_name": place.name if place else None,
        "country": (place.country or None) if place else None,
        "geo_precision": (place.precision or None) if place else None,
        "weapon": weapon.words if weapon else None,
        "target_kind": target.code if target else None,
        **_tolls(ones, "killed"),
        **_tolls(ones, "wounded"),
        "aggregate": True if any(one.count.aggregate for one in ones) else None,
        "attributions": _attributions(parties, ones),
        "tallies": _tallies(doc, parties, ones),
    }
    value["claim_status"] = _claim_status(value["attributions"], ones, group)
    return value


def _basis(value: Any) -> str | None:
    """Stated where the words are a date themselves, inferred where the day of publication was needed."""
    if not value:
        return None
    return "inferred" if value.get("anchor") else "stated"


def _title(doc: Document, group: Group, category: str) -> str:
    """What, where and when in the article's own words."""
    one = next((one for one in group.mentions if one.score), group.first)
    said = doc.text[one.count.start : one.main.end]
    what = " ".join(said.split()) if one.count.figure else codes.label("category", category)
    place, dated = group.place, next((one.date for one in group.mentions if one.date), None)
    where = (
        f"{' ' if place.words.startswith(('near', 'outside')) else ', '}{' '.join(place.words.split())}"
        if place
        else ""
    )
    when = f" ({dated.value.get('words')})" if dated else ""
    title = what[:1].upper() + what[1:] + where + when
    return title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"


def _nature(doc: Document, group: Group, category: str) -> str:
    if group.first.nature == "planned":
        return "planned"
    if category in _CONTEXT or _long_ago(doc.published, group):
        return "context"
    return "campaign" if group.series else "event"


def _long_ago(published: str, group: Group) -> bool:
    when = group.when
    if not when or not when[1] or len(published) != 10 or len(when[1]) != 10:
        return False
    days = [_day(published), _day(when[1])]
    return days[0] is not None and days[1] is not None and (days[0] - days[1]).days > _OLD


def _day(words: str) -> date | None:
    parts = words.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month, day = (int(part) for part in parts)
    fits = 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 28
    return date(year, month, day) if fits else date(year, month, 28) if 1 <= year <= 9999 and 1 <= month <= 12 else None


def _tolls(ones: list[Mention], measure: str) -> dict[str, int | None]:
    """The figure told first outside the headline; later ones stay among the tallies."""
    told = [toll for one in (*ones[1:], ones[0]) if not one.headline for toll in one.tolls if toll.measure == measure]
    told = sorted(told, key=lambda toll: toll.start) or [
        toll for one in ones for toll in one.tolls if toll.measure == measure
    ]
    figure = told[0].figure if told else Figure(None, None, None)
    return {f"{measure}_{end}": getattr(figure, end) for end in ("low", "best", "high")}


def _tallies(doc: Document, parties: Parties, ones: list[Mention]) -> list[dict[str, Any]]:
    """Each figure as worded, with who says so, and the number of events where one is counted."""
    found: list[dict[str, Any]] = []
    for one in ones:
        told = [(toll.measure, toll.figure, toll.start, toll.end, one.asserted_by) for toll in one.tolls]
        if one.count.figure and one.triggers:
            told.append(("events", one.count.figure, one.count.start, max(one.main.end, one.count.start + 1), ""))
        for measure, figure, start, end, says in told:
            facts = {"measure": measure, **figure._asdict(), "words": doc.text[start:end]}
            found.append({**facts, "asserted_by": parties.named(says), "spans": [[start, end]]})
    return found


def _attributions(parties: Parties, ones: list[Mention]) -> list[dict[str, Any]]:
    """Each part in the event once for each who asserts it."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in ones:
        for blame, says in one.blames:
            says = says or one.asserted_by
            found.setdefault((blame.actor.name, blame.role, blame.stance, says), _attribution(parties, blame, says))
    return list(found.values())


def _attribution(parties: Parties, blame: Blame, says: str) -> dict[str, Any]:
    return {
        "actor": parties.named(blame.actor.name),
        "words": blame.actor.words,
        "role": blame.role,
        "stance": blame.stance,
        "hedge": blame.hedge,
        "hedge_words": blame.hedge_words or None,
        "basis": list(blame.basis),
        "asserted_by": parties.named(says),
        "spans": [[blame.actor.start, blame.actor.end]],
        "actor_spans": [[blame.actor.start, blame.actor.end]],
    }


def _claim_status(attributions: list[dict[str, Any]], ones: list[Mention], group: Group) -> str | None:
    """A code of `claim_status`; not discussed where the article says nothing of it."""
    if group.first.family != "violence":
        return None
    claiming = {one["actor"]["name"] for one in attributions if one["stance"] == "claims"}
    if claiming:
        return "competing" if len(claiming) > 1 else "claimed"
    if any(one.no_claim for one in ones):
        return "none_reported"
    return "denied" if any(one["stance"] == "denies" for one in attributions) else "not_discussed"


def _spans(group: Group) -> dict[str, tuple[Span, ...]]:
    found: dict[str, list[Span]] = {"sentence": [], "trigger": []}
    for one in group.mentions:
        found["sentence"].append(one.sentence)
        found["trigger"] += one.triggers
        if one.date:
            found.setdefault("date", []).append(Span(*one.date.spans["date"][0]))
        for role, slot in (("place", one.place), ("weapon", one.weapon), ("target", one.target)):
            if slot:
                found.setdefault(role, []).append(Span(slot.start, slot.end))
        for toll in one.tolls:
            found.setdefault(toll.measure, []).append(Span(toll.start, toll.end))
        for blame, _ in one.blames:
            found.setdefault("attribution", []).append(Span(blame.actor.start, blame.actor.end))
            if blame.hedge == "hedged" and blame.at < blame.actor.start:
                found.setdefault("hedge", []).append(Span(blame.at, blame.actor.start - 1))
    return {role: tuple(sorted(set(spans))) for role, spans in found.items()}


def _confidence(group: Group) -> float:
    best = max(one.score for one in group.mentions)
    return round(min(_UNCERTAIN, 0.35 + best / 2 + 0.04 * (len(group.mentions) > 1)), 2)


def _reason(group: Group) -> str:
    one = max(group.mentions, key=lambda mention: mention.score)
    beside = [
        name
        for name, held in (
            ("a date", one.date),
            ("a place", one.place),
            ("a toll", one.tolls),
            ("a weapon", one.weapon),
        )
        if held
    ]
    more = len(group.mentions) - 1
    also = f"; {more} more mention{'s' * (more > 1)}" if more else ""
    alleged = "; only in what somebody says" if group.first.status == "alleged" else ""
    return f"“{one.words}”" + (f" beside {', '.join(beside)}" if beside else "") + also + alleged


def _rule(group: Group) -> str:
    first = group.first
    if first.status == "alleged":
        return "event.alleged"
    return "event.series" if group.series else "event.sentence"
