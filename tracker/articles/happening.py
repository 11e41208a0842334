"""One place where an article speaks of an event, with what its sentence says of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.articles.hedges import Blame
from tracker.articles.places import Place
from tracker.articles.proposals import Proposal, Span
from tracker.articles.slots import Count, Stretch
from tracker.articles.tolls import Toll

FAMILIES = {
    "protest": "protest",
    "riot_mob": "protest",
    "arrest": "arrest",
    "agreement": "agreement",
    "sanctions": "sanctions",
    "deployment": "deployment",
    "weapons_seizure": "arrest",
    "invasion": "invasion",
    "other": "other",
}
"""Categories that are told apart before any event is compared; all others are violence."""


@dataclass(slots=True)
class Mention:
    """One mention. `category` is of the code list or attack; `score` is the sum of what supports it, 0 to 1."""

    category: str
    sentence: Span
    triggers: list[Span]
    count: Count
    words: str
    definite: bool
    main: Span
    headline: bool = False
    latest: bool = False
    series: bool = False
    nature: str = "event"
    status: str = "reported"
    asserted_by: str = ""
    score: float = 0.0
    date: Proposal | None = None
    place: Place | None = None
    weapon: Stretch | None = None
    target: Stretch | None = None
    tolls: list[Toll] = field(default_factory=list)
    blames: list[tuple[Blame, str]] = field(default_factory=list)
    no_claim: bool = False
    party: bool = False
    physical: bool = False
    verbal: bool = False
    accused: bool = False

    @property
    def family(self) -> str:
        """What events are compared within."""
        return FAMILIES.get(self.category, "violence")

    @property
    def when(self) -> tuple[str, str] | None:
        """The earliest and latest day, where a date stands by it."""
        if self.date is None:
            return None
        return str(self.date.value.get("earliest") or ""), str(self.date.value.get("latest") or "")

    @property
    def plural(self) -> bool:
        """Whether it speaks of several events."""
        return self.count.aggregate or (self.words.endswith("s") and not self.words.endswith("ss"))
