"""Says which actor a speaker's mention is: by name, by title, by the description met before, or by who spoke last."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tracker.articles.grammar import FEMININE, MASCULINE
from tracker.articles.phrases import Range

if TYPE_CHECKING:
    from tracker.articles.names import Cluster, Mention, NameIndex

_HE = frozenset(["he", "him", "his", "himself"])
_SHE = frozenset(["she", "her", "hers", "herself"])
_THEY = frozenset(["they", "them", "their"])
_IT = frozenset(["it", "its", "itself"])
_NARRATOR = frozenset(["i", "we", "you", "us", "my", "our"])
_HEAD_ENDS = re.compile(r",| (?:for|of|from|in|at|on|with|to|by|who|that|close|familiar|speaking|including)\b|\(")
_BY_OWNER = re.compile(
    r"[’']s? (?:\w+ ){0,2}(?:statement|letter|tweet|post|comment|remark|word|message|"
    r"account|claim|reaction|response|speech)s?\Z"
)
_WORDS = re.compile(r"[^\W_][\w'’.\-]*")
_FILLERS = frozenset(["the", "a", "an", "one", "another", "this", "that", "same", "our", "his", "her", "their", "its"])
_PLURAL_HEADS = frozenset(["police", "people", "authorities", "media"])
_NEAR = 100
_RECENT = 12


class Who(NamedTuple):
    """An actor who speaks: its full name or description, its cluster (-1 without one), and how sure that is."""

    name: str
    cluster: int
    gender: str
    plural: bool
    certainty: float
    reason: str


NOBODY = Who("", -1, "", False, 0.0, "nobody is named")


@dataclass(slots=True)
class Speakers:
    """Who has spoken so far in an article; `subjects` are the stretches of its sentences, to find who was spoken of."""

    text: str
    names: NameIndex
    sentences: Sequence[Range] = ()
    spoken: list[tuple[int, Who]] = field(default_factory=list)
    described: dict[str, list[Who]] = field(default_factory=dict)

    def identify(self, mention: Range) -> Who:
        """Who a mention is, and from now on the last who spoke."""
        text = self.text[mention[0] : mention[1]]
        low = text.lower()
        if low in _NARRATOR:
            return NOBODY
        who = self._pronoun(low, mention) if low in _HE | _SHE | _THEY | _IT else self._phrase(text, mention)
        if who.name:
            self.spoken.append((mention[0], who))
        return who

    def _phrase(self, text: str, mention: Range) -> Who:
        stop = mention[0] + _head(_BY_OWNER.sub("", text))
        inside = [found for found in self.names.within(mention[0], mention[1]) if found.start < stop]
        named = [found for found in inside if self._kind(found) == "person" and found.end >= stop - 1] or [
            found for found in inside if self._kind(found) == "person" and not self._rest(found, stop)
        ]
        if named:
            return self._known(max(named, key=lambda found: found.end - found.start), 0.95, "is named")
        exact = [found for found in inside if not self._rest(found, stop)]
        if exact:
            return self._known(max(exact, key=lambda found: found.end - found.start), 0.9, "is named")
        return self._titled(text) or self._description(text, mention)

    def _kind(self, found: Mention) -> str:
        return self.names.clusters[found.cluster].kind

    def _rest(self, found: Mention, stop: int) -> str:
        """What stands between a name and the end of the head: in "US military official" the name names no speaker."""
        return self.text[found.end : stop].strip(" ’'s")

    def _known(self, found: Mention, certainty: float, reason: str) -> Who:
        cluster = self.names.clusters[found.cluster]
        return Who(cluster.name or found.text, found.cluster, self._gender(cluster), cluster.plural, certainty, reason)

    def _gender(self, cluster: Cluster) -> str:
        return cluster.gender

    def _titled(self, text: str) -> Who | None:
        if not text.lower().startswith(("the ", "mr ", "madam ")):
            return None
        cluster = self.names.by_title(text[4:])
        if cluster is None:
            return None
        place = self.names.clusters.index(cluster)
        return Who(cluster.name, place, cluster.gender, False, 0.85, "holds that title in this article")

    def _description(self, text: str, mention: Range) -> Who:
        """A description stands for the last one with the same head that says nothing else."""
        words = [word for word in _WORDS.findall(text[: _head(text)].lower()) if word not in _FILLERS]
        if not words:
            return Who(text, -1, "", True, 0.5, "is described so")
        head = words[-1]
        for earlier in reversed(self.described.get(head, [])[-_RECENT:]):
            met = set(_WORDS.findall(earlier.name.lower()))
            if text.lower().startswith(("the ", "that ", "this ")) and set(words) <= met:
                return earlier
        cluster = self.names.mention_at(*mention)
        place = cluster.cluster if cluster and self.names.clusters[cluster.cluster].generic else -1
        plural = head.endswith("s") or head in _PLURAL_HEADS
        who = Who(text, place, _gender_of(words), plural, 0.8, "is described so")
        self.described.setdefault(head, []).append(who)
        return who

    def _pronoun(self, low: str, mention: Range) -> Who:
        wanted = "male" if low in _HE else "female" if low in _SHE else ""
        plural = low in _THEY
        spoken = self._last(wanted, plural, low in _IT)
        named = self._subject(mention, wanted) if wanted else None
        if named and (spoken is None or named[0] > spoken[0]):
            return named[1]._replace(certainty=min(named[1].certainty, 0.75), reason="is the last person spoken of")
        if spoken is None:
            return NOBODY
        return spoken[1]._replace(certainty=min(spoken[1].certainty, 0.85), reason="is who spoke last")

    def _last(self, wanted: str, plural: bool, thing: bool) -> tuple[int, Who] | None:
        for at, who in reversed(self.spoken[-6:]):
            if who.gender and wanted and who.gender != wanted:
                continue
            person = who.cluster < 0 or self.names.clusters[who.cluster].kind == "person"
            if (
                (plural and (who.plural or not person))
                or (wanted and person and not who.plural)
                or (thing and not person)
            ):
                return at, who
        return None

    def _subject(self, mention: Range, wanted: str) -> tuple[int, Who] | None:
        """The person who opens the sentence of the pronoun, or the one before it."""
        place = bisect_right(self.sentences, (mention[0], len(self.text))) - 1
        for start, end in [self.sentences[at] for at in (place, place - 1) if at >= 0]:
            for found in self.names.within(start, min(end, mention[0])):
                cluster = self.names.clusters[found.cluster]
                if cluster.kind != "person" or found.start - start > _NEAR:
                    continue
                if not cluster.gender or cluster.gender == wanted:
                    return found.start, self._known(found, 0.75, "is the last person spoken of")
        return None


def _head(text: str) -> int:
    """Where the head of a phrase ends: before what a preposition or a comma adds."""
    for hit in _HEAD_ENDS.finditer(text):
        before = text[: hit.start()].split()
        if before and not (hit.group().strip() == "of" and _office(before[-1])):
            return hit.start()
    return len(text)


def _office(word: str) -> bool:
    """Whether "of" after a word goes on with a title: "Secretary of State X"."""
    return (
        word.lower().rstrip("s")
        in {
            "secretary",
            "minister",
            "director",
            "chief",
            "head",
            "house",
            "ministry",
            "department",
            "university",
            "bank",
            "church",
        }
        and word[0].isupper()
    )


def _gender_of(words: Sequence[str]) -> str:
    if any(word in MASCULINE for word in words):
        return "male"
    return "female" if any(word in FEMININE for word in words) else ""
