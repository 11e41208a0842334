"""Mentions of the same event brought together by kind, date and place; in doubt they stay apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.articles.happening import Mention
from tracker.articles.places import Place

ENOUGH = 0.45
"""The score from which on a mention is an event of its own."""
_RECENT = 24
"""Groups that a mention is compared with, the latest first."""
_MOST = 40
"""Mentions that are kept of one event."""
_LOOSE = frozenset({"attack"})
_NOT_EVENT = ("context", "planned")


@dataclass(slots=True)
class Group:
    """The mentions of one event, in the order of the text."""

    mentions: list[Mention]

    @property
    def first(self) -> Mention:
        """The mention it began with."""
        return self.mentions[0]

    @property
    def category(self) -> str:
        """The most exact category of its mentions."""
        return next((one.category for one in self.mentions if one.category not in _LOOSE), self.first.category)

    @property
    def series(self) -> bool:
        """Whether it is a series that cannot be split."""
        return any(one.series for one in self.mentions)

    @property
    def place(self) -> Place | None:
        """The first place that is named."""
        return next((one.place for one in self.mentions if one.place), None)

    @property
    def when(self) -> tuple[str, str] | None:
        """The days of the first date."""
        return next((one.when for one in self.mentions if one.when), None)

    def add(self, mention: Mention) -> None:
        """Take a mention in, as long as they are not too many to be prose."""
        if len(self.mentions) < _MOST:
            self.mentions.append(mention)


def grouped(mentions: Iterable[Mention]) -> list[Group]:
    """The events: each mention joins one before it, begins one of its own, or is dropped when it is too vague."""
    groups: list[Group] = []
    for mention in mentions:
        recent = groups[-_RECENT:][::-1]
        if mention.no_claim and not mention.triggers:
            _unclaimed(recent, mention)
            continue
        full = mention.score >= ENOUGH
        known = next((group for group in recent if _same(group, mention)), None) if full else _meant(recent, mention)
        if known:
            known.add(mention)
        elif full:
            groups.append(Group([mention]))
    return groups


def _unclaimed(recent: list[Group], mention: Mention) -> None:
    """That nobody claims it is said of the last event, or of all where it is said of several."""
    fits = [group for group in recent if _alike(group, mention) and group.first.nature not in _NOT_EVENT]
    for group in fits if mention.plural else fits[:1]:
        group.add(mention)


def _same(group: Group, mention: Mention) -> bool:
    """Whether a full mention may be the event of a group: nothing speaks against it, and something for it."""
    if not _alike(group, mention) or group.series != mention.series or (mention.latest and not group.first.latest):
        return False
    days, place = group.when, group.place
    if days and mention.when and days != mention.when:
        return False
    if place and mention.place and not _near(place, mention.place):
        return False
    if _other_number(group, mention) or _other_toll(group, mention):
        return False
    together = (bool(days) and days == mention.when) or (place is not None and mention.place is not None)
    return together or mention.definite or mention.series or group.first.headline


def _other_number(group: Group, mention: Mention) -> bool:
    """Whether one speaks of several events and the other of one."""
    return group.first.plural != mention.plural and not (group.first.headline or group.series)


def _other_toll(group: Group, mention: Mention) -> bool:
    """Whether both tell how many, with nothing else to hold them together."""
    told = {toll.measure: toll.figure for one in group.mentions for toll in one.tolls}
    return any(told.get(toll.measure, toll.figure) != toll.figure for toll in mention.tolls) and not (
        mention.definite or group.first.headline
    )


def _alike(group: Group, mention: Mention) -> bool:
    first = group.first
    if first.family != mention.family or first.status != mention.status:
        return False
    if (first.nature in _NOT_EVENT or mention.nature in _NOT_EVENT) and first.nature != mention.nature:
        return False
    exact = group.category
    return exact == mention.category or exact in _LOOSE or mention.category in _LOOSE


def _near(place: Place, other: Place) -> bool:
    """Whether two places may be one: the same name, one within the other's words, or a country with a place in it."""
    if place.name == other.name or place.name in other.words or other.name in place.words:
        return True
    within = "country" in (place.precision, other.precision)
    return within and (not place.country or not other.country or place.country == other.country)


def _parties(mentions: Iterable[Mention]) -> set[str]:
    """Who is said to have done it, or to deny it."""
    return {blame.actor.name for one in mentions for blame, _ in one.blames if blame.role == "perpetrator"}


def _meant(recent: list[Group], mention: Mention) -> Group | None:
    """The event that a vague mention, such as “the attacks”, goes back to."""
    named = any(blame.role == "perpetrator" for blame, _ in mention.blames)
    if not (mention.definite or mention.tolls or named or mention.headline):
        return None
    fits = [group for group in recent if _alike(group, mention) and group.first.nature not in _NOT_EVENT]
    if mention.when and not any(group.when == mention.when for group in fits):
        return None
    if mention.latest:
        return next((group for group in fits if group.first.latest), fits[0] if fits else None)
    blamed = _parties([mention])
    first = [group for group in fits if group.series] if mention.plural else []
    if known := next((group for group in [*first, *fits] if blamed & _parties(group.mentions)), None):
        return known
    if mention.plural and not mention.tolls:
        many = [group for group in fits if group.series] or [group for group in fits if group.first.plural]
        return next(iter(many), None)
    single = [group for group in fits if not group.series and not _other_toll(group, mention)]
    return next(iter(single), None)
