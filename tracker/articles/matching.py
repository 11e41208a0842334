"""Which actors on record a cluster may be: by name, other name or acronym, by likeness, by the office held that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from tracker.articles import titles
from tracker.articles.index import Cluster, KnownActor

ALIKE = 90
"""From which likeness (of 100) on a name of several words suggests an actor on record."""
SUGGESTED = 5
"""Actors on record that are suggested for one cluster at most."""
_COUNTRY = frozenset(("state",))


def matched(clusters: list[Cluster], known: Sequence[KnownActor], day: str = "") -> None:
    """Set `known` of each cluster; `day` is the EDTF day at which an office must be held, or ""."""
    if not known:
        return
    records = _Records(known)
    for cluster in clusters:
        if cluster.kind != "place":
            cluster.known = tuple(dict.fromkeys(records.of(cluster, day)))[:SUGGESTED]


class _Records:
    """The actors on record by the keys of their names."""

    def __init__(self, known: Sequence[KnownActor]) -> None:
        self.by_name: dict[str, list[KnownActor]] = defaultdict(list)
        self.by_country: dict[str, list[str]] = defaultdict(list)
        self.holders: list[tuple[frozenset[str], str, str, KnownActor]] = []
        for actor in known:
            for name in dict.fromkeys((actor.name, *actor.names)):
                self.by_name[titles.folded(name)].append(actor)
            if actor.kind in _COUNTRY and actor.country:
                self.by_country[actor.country].append(actor.uid)
            for office, start, end in actor.holds:
                self.holders.append((_office(office), start, end, actor))
        self.several = [name for name in self.by_name if " " in name]

    def of(self, cluster: Cluster, day: str) -> list[str]:
        """The uids of the actors that a cluster may be, best first."""
        if cluster.kind == "state" and cluster.country in self.by_country:
            return self.by_country[cluster.country]
        keys = [titles.folded(name) for name in (cluster.name, cluster.acronym, *cluster.aliases) if name]
        exact = [
            actor.uid for key in keys for actor in self.by_name.get(key, ()) if _fits(cluster, actor, key, keys[0])
        ]
        if exact:
            return exact
        if cluster.kind == "person" and (cluster.generic or not cluster.name):
            return self._office(cluster, day)
        return self._alike(cluster, keys[0]) if keys and not cluster.generic else []

    def _alike(self, cluster: Cluster, key: str) -> list[str]:
        if " " not in key:
            return []
        near = process.extract(key, self.several, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=SUGGESTED)
        return [actor.uid for name, _, _ in near for actor in self.by_name[name] if _fits(cluster, actor, name, key)]

    def _office(self, cluster: Cluster, day: str) -> list[str]:
        """Who held the office on the day of the article; a suggestion only."""
        wanted = _office(cluster.name)
        if not day or not wanted:
            return []
        held = (actor for office, start, end, actor in self.holders if wanted <= office and _within(day, start, end))
        return [actor.uid for actor in held if not cluster.country or actor.country in ("", cluster.country)]


def _within(day: str, start: str, end: str) -> bool:
    return start[:10] <= day and (not end or day <= end[:10])


def _office(words: str) -> frozenset[str]:
    return frozenset(titles.folded(words).split()) - {"the", "of", "a", "for"}


def _fits(cluster: Cluster, actor: KnownActor, key: str, main: str) -> bool:
    """Whether kinds do not speak against it, and a lone surname is not taken for a name."""
    told = cluster.kind not in ("", "other")
    if cluster.generic != actor.generic or (told and (cluster.kind == "person") != (actor.kind == "person")):
        return False
    return cluster.kind != "person" or " " in key or " " not in main
