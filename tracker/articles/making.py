"""Clusters out of grouped mentions: the fullest name, the aliases, and how sure it is that there is an actor."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tracker.articles import titles
from tracker.articles.clusters import Group, sex
from tracker.articles.grouping import Kept
from tracker.articles.index import Cluster, Mention

if TYPE_CHECKING:
    from tracker.articles.document import Document

_TOLD = frozenset(("caption", "label", "promo", "pull_quote"))
_WHY = {
    "state": "the name of a state, its acronym, or its capital said for it",
    "organisation": "a name with an organisation's noun or acronym",
    "person": "a person's name, by title, given name, or the words after it",
    "place": "the name of a place",
    "unknown": "a name by its capitals",
}


def named_cluster(doc: Document, group: Group) -> Cluster:
    """The cluster of an actor with a name."""
    made = sorted({Mention(one.start, one.end, doc.text[one.start : one.end], 0) for one in group.found})
    shown = Counter(one.name for one in group.found if one.name)
    state = titles.state_name(group.country) if group.sort == "state" and group.country else ""
    fullest = state or max(shown, key=lambda name: _fullness(name, shown[name]), default="")
    cluster = Cluster(
        name=fullest,
        kind="person" if group.sort == "person" else group.kind,
        title=max((one.title for one in group.found if one.name), key=len, default=""),
        country=group.country if group.kind == "state" else "",
        acronym=group.acronym,
        gender=sex(group) if group.sort == "person" else "",
        mentions=made,
        rule=f"name.{group.sort}",
    )
    written = dict.fromkeys([mention.text for mention in made] + list(shown))
    cluster.aliases = tuple(name for name in written if name != fullest)
    cluster.confidence = _confidence(group)
    quiet = all(one.paragraph in _TOLD for one in group.found)
    cluster.reason = _WHY.get(group.sort, _WHY["unknown"]) + ("; only in captions or labels" if quiet else "")
    if all(one.key == "credit" for one in group.found):
        cluster.confidence, cluster.reason = 0.4, "credited with a picture"
    if quiet:
        cluster.confidence = min(cluster.confidence, 0.6)
    return cluster


def _fullness(name: str, count: int) -> tuple[int, bool, int]:
    return len(titles.folded(name).split()), not name.isupper(), count


def _confidence(group: Group) -> float:
    """0.9 where title, list or noun tells; less where only capitals do."""
    if group.sort == "state":
        return 0.92 if group.country else 0.7
    if group.sort == "person":
        told = any(one.title for one in group.found) or (
            len(group.words) > 1 and group.words[0] in titles.given_names()
        )
        return 0.9 if told else 0.65
    if group.sort == "organisation":
        return 0.88 if len(group.words) > 1 or group.acronym else 0.7
    return 0.45


def described_cluster(doc: Document, kept: Kept) -> Cluster:
    """The cluster of an actor that is only described, under its longest description."""
    made = sorted({Mention(one.start, one.end, doc.text[one.start : one.end], 0) for one in kept.found})
    wordings = [_plain(mention.text) for mention in made]
    fullest = max(wordings, key=len) if kept.generic else wordings[0]
    told = bool(kept.country or kept.sponsor or kept.words)
    return Cluster(
        name=fullest[:1].upper() + fullest[1:],
        kind=kept.kind,
        generic=kept.generic,
        country=kept.country,
        plural=kept.found[0].plural,
        mentions=made,
        aliases=tuple(dict.fromkeys(mention.text for mention in made)),
        confidence=0.8 if told and len(made) > 1 else 0.6 if told else 0.5,
        reason="a description, not a name" + (f", in {len(set(wordings))} wordings" if len(set(wordings)) > 1 else ""),
        rule="described." + kept.key.split(" ", 1)[0],
    )


def _plain(words: str) -> str:
    """A description without its article and number."""
    first, _, rest = words.partition(" ")
    return _plain(rest) if rest and first.lower() in titles.words("closed_words.txt", "making_counted") else words
