"""How well the words around a trigger support that an event of their own is told."""

from __future__ import annotations

from collections.abc import Collection

from tracker.articles.happening import Mention
from tracker.articles.triggers import Hit

_HARD = frozenset(
    {
        "military",
        "police",
        "religious",
        "diplomatic",
        "health",
        "education",
        "aid",
        "infrastructure",
        "transport",
        "business",
        "armed_group",
    }
)
_FIRED = frozenset({"rocket_artillery_missile", "air_drone_strike", "grenade", "bombing_ied"})


def score(mention: Mention, main: Hit, casualty: Collection[str]) -> float:
    """0 to 1; 0 where the trigger is weak and nothing beside it makes it an event."""
    if main.trigger.category == "attack" and main.trigger.noun and not _bodily(mention):
        return 0.0
    if main.trigger.weak and not _supported(mention, main, casualty):
        return 0.0
    base = 0.1 if main.trigger.weak else 0.25 if main.trigger.category == "attack" else 0.32
    named = any(blame.role == "perpetrator" for blame, _ in mention.blames)
    parts = (
        (0.2, mention.date is not None),
        (0.2, mention.place is not None),
        (0.25, bool(mention.tolls)),
        (0.15, mention.weapon is not None),
        (0.1, mention.target is not None and mention.target.code in _HARD),
        (0.15, mention.party),
        (0.12, named),
        (0.25, mention.accused),
        (0.12, mention.series or mention.count.figure is not None),
        (-0.2, mention.status == "alleged" and not named),
        (
            -0.2,
            mention.family == "violence" and mention.plural and not mention.definite and mention.count.figure is None,
        ),
    )
    return max(0.0, min(1.0, base + sum(weight for weight, holds in parts if holds)))


def _bodily(mention: Mention) -> bool:
    """Whether an attack is one with force: it may be one with words."""
    if mention.verbal and not (mention.tolls or mention.weapon or mention.physical):
        return False
    hard = mention.target is not None and mention.target.code in _HARD
    where = mention.place is not None and mention.place.precision != ""
    exact = mention.category != "attack"
    return bool(mention.tolls or mention.weapon) or hard or where or exact or mention.physical


def _supported(mention: Mention, main: Hit, casualty: Collection[str]) -> bool:
    category = main.trigger.category
    if main.words in casualty:
        by = any(blame.role == "perpetrator" for blame, _ in mention.blames)
        return mention.weapon is not None or by
    if category == "rocket_artillery_missile":
        return mention.weapon is not None and mention.weapon.code in _FIRED
    if mention.family == "violence" and category != "armed_clash":
        hard = mention.target is not None and mention.target.code in _HARD and not mention.verbal
        accused = mention.accused and category != "attack"
        return mention.weapon is not None or bool(mention.tolls) or hard or accused
    return True
