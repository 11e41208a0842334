"""What is known of the actors that an article names: clusters of mentions, found by place and by title."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.articles import titles


class Mention(NamedTuple):
    """A stretch of the text that names an actor, with the title it carries; `cluster` is the index of its cluster."""

    start: int
    end: int
    text: str
    cluster: int


class KnownActor(NamedTuple):
    """An actor that is on record: its names, and the offices it held as (office, from, to), EDTF days or ""."""

    uid: str
    name: str
    kind: str
    names: tuple[str, ...] = ()
    generic: bool = False
    country: str = ""
    role_title: str = ""
    holds: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True)
class Cluster:
    """The mentions of one actor. `kind` is a code of `actor_kind`, place, or "" if nothing tells.

    `name` is the fullest one without title, `title` the longest title, `country` ISO 3166 alpha-3, `gender` male,
    female or "" where unknown, `known` the actors on record that it may be, best first.
    """

    name: str
    kind: str = ""
    generic: bool = False
    title: str = ""
    country: str = ""
    acronym: str = ""
    gender: str = ""
    plural: bool = False
    mentions: list[Mention] = field(default_factory=list)
    aliases: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    confidence: float = 0.5
    reason: str = ""
    rule: str = ""


class NameIndex:
    """The clusters of an article, and its mentions by where they stand and by the title they carry."""

    def __init__(self, clusters: list[Cluster]) -> None:
        self.clusters = clusters
        self.mentions = sorted((mention for cluster in clusters for mention in cluster.mentions), key=_where)
        self._starts = [mention.start for mention in self.mentions]
        ends = sorted(self.mentions, key=lambda mention: mention.end)
        self._by_end, self._ends = ends, [mention.end for mention in ends]
        self._titled: dict[str, list[tuple[frozenset[str], Cluster]]] = {}
        for cluster in clusters:
            title = _title_words(cluster.title) if cluster.kind == "person" and not cluster.generic else frozenset()
            for word in title:
                self._titled.setdefault(word, []).append((title, cluster))
        self._longest = max((mention.end - mention.start for mention in self.mentions), default=0)

    def mention_at(self, start: int, end: int) -> Mention | None:
        """The mention that is text[start:end], else the one that shares most of it; None when none does."""
        first = bisect_left(self._starts, start - self._longest)
        found = self.mentions[first : bisect_left(self._starts, max(end, start + 1))]
        best = max(found, key=lambda mention: _shared(mention, start, end), default=None)
        return best if best is not None and _shared(best, start, end) > 0 else None

    def at(self, start: int, end: int) -> Cluster | None:
        """The cluster of the mention that is text[start:end], or that shares most of it."""
        mention = self.mention_at(start, end)
        return self.clusters[mention.cluster] if mention else None

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie wholly in text[start:end], in their order; a longer one before those inside it."""
        found = self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [mention for mention in found if mention.end <= end]

    def before(self, at: int, limit: int = 400) -> list[Mention]:
        """The mentions that end at or before the code point `at`, at most `limit` before it, the nearest first."""
        stop = bisect_right(self._ends, at)
        return self._by_end[bisect_left(self._ends, at - limit) : stop][::-1]

    def by_title(self, words: str) -> Cluster | None:
        """The person introduced with a title: “the Secretary of State” after “Secretary of State Mike Pompeo”."""
        wanted = _title_words(words)
        rarest = min((self._titled.get(word, []) for word in wanted), key=len, default=[])
        return next((cluster for title, cluster in rarest if wanted <= title), None)


def _where(mention: Mention) -> tuple[int, int]:
    return mention.start, -mention.end


def _shared(mention: Mention, start: int, end: int) -> float:
    """How much of a stretch a mention shares, less what it has beyond it."""
    shared = min(mention.end, end) - max(mention.start, start)
    return shared / (max(mention.end, end) - min(mention.start, start)) if shared > 0 else 0.0


def _title_words(title: str) -> frozenset[str]:
    return frozenset(titles.folded(title).split()) - {"the", "a", "of", "for", "to"}
