"""Which descriptions are of one actor: by noun, side and nation, never merged with what has a name."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.articles import titles
from tracker.articles.generic import Described

_FORCES = titles.words("closed_words.txt", "grouping_forces")
_RULING = titles.words("closed_words.txt", "grouping_ruling")
_RECENT = 60
"""Descriptions back to which a definite one may refer."""
_PEOPLE = {
    "officials": "government",
    "ministers": "government",
    "authorities": "government",
    "commanders": "state_forces",
}


@dataclass(slots=True)
class Kept:
    """Descriptions of one actor."""

    key: str
    kind: str
    generic: bool
    country: str = ""
    sponsor: str = ""
    words: set[str] = field(default_factory=set)
    found: list[Described] = field(default_factory=list)

    def add(self, one: Described) -> None:
        """Take one in with its words."""
        self.found.append(one)
        self.words |= one.words
        owned = not one.sponsor and one.head != "proxies"
        if owned and len(one.nation) == len("IRQ") and one.nation.isupper():
            self.country = self.country or one.nation


def grouped(descriptions: list[Described]) -> list[Kept]:
    """The descriptions by actor, in the order of their first mention."""
    made: list[Kept] = []
    by_key: dict[str, Kept] = {}
    for one in descriptions:
        kept = _single(one, made) if one.section == "person" else _several(one, made, by_key)
        if kept is None:
            key = _key(one)
            kept = Kept(key, kind_of(one), _is_generic(one), sponsor=one.sponsor)
            made.append(kept)
            by_key[key] = kept
        kept.add(one)
    return _bare_to_sponsored(made)


def _single(one: Described, made: list[Kept]) -> Kept | None:
    """The person described before of whom a definite description repeats some of the words."""
    if one.new:
        return None
    for kept in reversed(made[-_RECENT:]):
        if kept.found[0].section != "person" or kept.found[0].head != one.head:
            continue
        if (
            one.words <= kept.words
            and one.nation in ("", _nation(kept))
            and one.holder in ("", kept.found[0].holder, _nation(kept))
        ):
            return kept
    return None


def _nation(kept: Kept) -> str:
    return kept.found[0].nation


def _several(one: Described, made: list[Kept], by_key: dict[str, Kept]) -> Kept | None:
    if (
        one.armed
        and one.definite
        and not (one.sponsor or one.nation or one.holder or one.words - titles.generic("armed"))
    ):
        recent = (kept for kept in reversed(made[-_RECENT:]) if kept.found[0].armed)
        return next(recent, None)
    return by_key.get(_key(one))


def _key(one: Described) -> str:
    if one.section == "person":
        return f"person {one.start}"
    side = one.nation or one.holder
    if one.armed:
        if one.sponsor or (one.head == "proxies" and side):
            return f"armed by {one.sponsor or side}"
        plain = sorted(one.words - titles.generic("armed"))
        return f"armed of {side} {' '.join(plain)} {'' if side or plain else one.head}"
    if one.head in _FORCES and side:
        return f"forces {side}"
    if one.head in _RULING and side:
        return f"government {one.holder if one.holder and not one.nation else side}"
    return f"{one.head} {side} {' '.join(sorted(one.words))}"


def kind_of(one: Described) -> str:
    """The code of `actor_kind` for a description."""
    if one.armed:
        return "armed_group"
    if one.head in _RULING:
        return "government"
    if one.section == "persons":
        return _PEOPLE.get(one.head, "civilians" if one.head in ("activists", "journalists") else "other")
    return {"group": "other"}.get(one.section, one.section)


def _is_generic(one: Described) -> bool:
    told = bool(one.nation or one.holder)
    return not (told and (one.section in ("government", "state_forces") or one.head in _RULING))


def _bare_to_sponsored(made: list[Kept]) -> list[Kept]:
    """Groups described by nothing but that they are armed are those of the one sponsor, if there is one."""
    sponsored = [kept for kept in made if kept.key.startswith("armed by ")]
    if len(sponsored) != 1:
        return made
    rest = []
    for kept in made:
        plain = kept.key.startswith("armed of  ") and not kept.words - titles.generic("armed")
        if plain and kept.found[0].head in ("groups", "militias", "factions", "proxies"):
            for one in kept.found:
                sponsored[0].add(one)
        else:
            rest.append(kept)
    return rest
