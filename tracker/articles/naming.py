"""From mentions to clusters: what each name is, and which description means which actor."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import TYPE_CHECKING

from tracker.articles import around, mentions, titles
from tracker.articles.clusters import Group, clustered
from tracker.articles.generic import Described, described
from tracker.articles.grouping import Kept, grouped
from tracker.articles.index import Cluster, KnownActor
from tracker.articles.making import described_cluster, named_cluster
from tracker.articles.matching import matched
from tracker.articles.mentions import Found
from tracker.articles.tokens import Tokens

if TYPE_CHECKING:
    from tracker.articles.document import Document

LOOKED_AT = 6
"""Mentions of one actor whose surroundings are read."""
HOLDERS = 200
"""People with one title of whom an office that stands alone may be one."""
_SMALL = frozenset(("the", "that", "this", "of", "for", "to", "a"))
_ENDINGS = ("i", "n", "an", "ian", "ese", "ish", "s", "is", "ns", "ans", "ians")


def clusters_of(doc: Document, known: Sequence[KnownActor]) -> list[Cluster]:
    """The clusters of a document in the order of their first mention."""
    tokens = Tokens(doc)
    found = mentions.found(tokens)
    own = _demonyms(found)
    found = [one for one in found if one.sort == "office" or one.folded not in own]
    for one in found:
        if one.sort == "capital":
            one.sort = one.kind = "state" if around.governing(tokens, one) else "place"
    _doubted(tokens, found)
    groups = [group for group in clustered(found) if _is_name(tokens, group)]
    kept = grouped(list(described(tokens, own)))
    governed = {one.key for one in kept} | set(own.values())
    for group in groups:
        _judged(tokens, group, governed)
    _in_headlines(tokens, groups)
    kept = _titled(doc.text, groups, _without_names(doc.text, groups, kept))
    _offices([one for one in found if one.sort == "office"], groups, kept)
    clusters = [named_cluster(doc, group) for group in groups] + [described_cluster(doc, one) for one in kept]
    clusters.sort(key=lambda cluster: cluster.mentions[0].start)
    for number, cluster in enumerate(clusters):
        cluster.mentions = [mention._replace(cluster=number) for mention in cluster.mentions]
    matched(clusters, known, doc.published)
    return clusters


def _demonyms(found: Iterable[Found]) -> dict[str, str]:
    """Words that this article makes of its own names: Korvathi of Korvath, Marenian of Marenia."""
    single = {one.folded for one in found if one.sort == "name" and " " not in one.folded}
    own: dict[str, str] = {}
    for word in single:
        for ending in _ENDINGS:
            base = word.removesuffix(ending)
            if base != word and len(base) > 3 and base in single:
                own[word] = base
    return own


def _doubted(tokens: Tokens, found: list[Found]) -> None:
    """A word that begins a sentence is a name when something else says so: it acts, or is no word of the article."""
    small = set(compress(tokens.lower, (not capital for capital in tokens.capital)))
    for one in found:
        told = one.folded not in small and not one.folded.endswith("s")
        if one.weak and one.sort == "name" and told and around.acting(tokens, one):
            one.weak = False


def _is_name(tokens: Tokens, group: Group) -> bool:
    return not all(one.weak for one in group.found)


def _in_headlines(tokens: Tokens, groups: list[Group]) -> None:
    """Find in lines that are all capitals the names that the article has elsewhere."""
    if not tokens.shouted:
        return
    surfaces: dict[str, Group] = {}
    for group in groups:
        for one in group.found:
            surfaces.setdefault(one.folded, group)
        if group.sort == "person":
            surfaces.setdefault(group.words[-1], group)
    for span in tokens.shouted:
        i = span.start
        while i < span.stop:
            i = _surface(tokens, i, span.stop, surfaces)


def _surface(tokens: Tokens, i: int, stop: int, surfaces: dict[str, Group]) -> int:
    for count in range(min(5, stop - i), 0, -1):
        start, end = tokens.offsets[i], tokens.offsets[i + count - 1] + len(tokens.bare(i + count - 1))
        name = tokens.text[start:end]
        group = surfaces.get(titles.folded(name))
        if group is not None and (name.isupper() or name not in ("Us", "It")):
            group.add(Found(start, end, start, name, group.found[0].sort, i, paragraph="headline"))
            return i + count
    return i + 1


def _judged(tokens: Tokens, group: Group, governed: set[str]) -> None:
    """Settle the kind of an actor by the words around it."""
    if group.sort in ("state", "person"):
        return
    looked = group.found[:LOOKED_AT]
    told = next((kind for one in looked if (kind := around.kind_told(tokens.text, one))), "")
    if told and group.kind != "place":
        group.kind = told
        group.sort = "place" if told == "place" else "organisation"
    if group.kind:
        return
    if group.acronym:
        group.kind = "other"
    elif _is_state(tokens, group, governed):
        group.kind, group.sort = "state", "state"
    else:
        _guessed(tokens, group, looked)


def _is_state(tokens: Tokens, group: Group, governed: set[str]) -> bool:
    """Whether a name that nothing knows has a side or a government of its own, and things happen in it."""
    name = group.found[0].folded
    sided = any(one.key == "side" for one in group.found)
    ruled = sided or f"government {name}" in governed or f"forces {name}" in governed
    return ruled and (name in governed or any(around.located(tokens, one) for one in group.found))


def _guessed(tokens: Tokens, group: Group, looked: list[Found]) -> None:
    located = sum(around.located(tokens, one) for one in looked)
    acting = any(around.acting(tokens, one) for one in looked)
    if located * 2 >= len(looked) and not acting:
        group.kind = "place"
    elif group.found[0].name.isupper() or _has_article(tokens, group.found[0]):
        group.kind = "other" if acting else ""
    elif 1 < len(group.words) < 5 and not set(group.words) & {"of", "for", "and"}:
        group.kind = "person" if acting or len(group.found) > 1 else ""
        group.sort = "person" if group.kind else group.sort
    elif acting:
        group.kind = "other"


def _has_article(tokens: Tokens, one: Found) -> bool:
    return one.word > 0 and tokens.near(one.word - 1) and tokens.lower[one.word - 1] in ("the", "a", "an")


def _explains(text: str, at: int, ends: set[int]) -> bool:
    """Whether what begins at a place explains the name before the comma."""
    return text[at - 2 : at] == ", " and (at - 2 in ends or text[at - 3 : at - 2] == ")")


class _Titled:
    """The people of an article by the words of the titles that they carry."""

    def __init__(self, groups: list[Group]) -> None:
        self.by_word: dict[str, list[tuple[frozenset[str], Group]]] = {}
        for group in groups:
            words = frozenset(word for one in group.found if one.name for word in titles.folded(one.title).split())
            for word in words if group.sort == "person" else ():
                if len(self.by_word.setdefault(word, [])) < HOLDERS:
                    self.by_word[word].append((words, group))

        self.starts = {
            id(group): sorted(one.start for one in group.found) for group in groups if group.sort == "person"
        }

    def last(self, groups: list[Group], at: int) -> Group:
        """Of some people the one named last before a place in the text; the first of them when none is."""
        return max(groups, key=lambda group: bisect_left(self.starts[id(group)], at) and self._before(group, at))

    def _before(self, group: Group, at: int) -> int:
        starts = self.starts[id(group)]
        return starts[bisect_left(starts, at) - 1]

    def with_all(self, wanted: set[str]) -> list[Group]:
        """The people whose titles have all of some words, in the order of the text."""
        rarest = min((self.by_word.get(word, []) for word in wanted), key=len, default=[])
        return [group for words, group in rarest if wanted <= words]


def _titled(text: str, groups: list[Group], kept: list[Kept]) -> list[Kept]:
    """Give what is only an office or a role to the person who was introduced with it; the rest stays a description."""
    people, rest = _Titled(groups), []
    for one in kept:
        holder = _holder(text, people, one)
        if holder is None:
            rest.append(one)
            continue
        for each in one.found:
            words = text[each.start : each.end]
            holder.add(Found(each.start, each.end, each.end, "", "office", 0, title=words, paragraph=each.paragraph))
    return rest


def _holder(text: str, people: _Titled, kept: Kept) -> Group | None:
    one = kept.found[0]
    if one.section != "person" or not one.definite or one.new:
        return None
    phrase = titles.folded(text[one.start : one.end])
    fits = people.with_all(set(phrase.split()) - _SMALL)
    if len(fits) == 1 or (fits and phrase.removeprefix("the ") in titles.offices()):
        return people.last(fits, one.start)
    return None


def _offices(offices: list[Found], groups: list[Group], kept: list[Kept]) -> None:
    """Give a title with capitals that stands alone to the person it was said of, else make it a description."""
    people = _Titled(groups)
    by_title: dict[str, Kept] = {}
    for one in offices:
        wanted = set(titles.folded(one.title).split()) - _SMALL
        fits = people.with_all(wanted)
        if fits:
            one.name = ""
            people.last(fits, one.start).add(one)
            continue
        each = Described(
            one.start, one.end, one.title, "person", frozenset(wanted), definite=True, paragraph=one.paragraph
        )
        if one.title not in by_title:
            by_title[one.title] = Kept(f"office {one.title}", "person", True)
            kept.append(by_title[one.title])
        by_title[one.title].add(each)


def _without_names(text: str, groups: list[Group], kept: list[Kept]) -> list[Kept]:
    """The descriptions but those of a group with a name: ISIS fighters, and “a militia” said of the THD before it."""
    ends = {one.end for group in groups for one in group.found}
    kept = [
        one
        for one in kept
        if not (one.found[0].new and len(one.found) == 1 and _explains(text, one.found[0].start, ends))
    ]
    fighting = {" ".join(group.words) for group in groups if group.kind == "armed_group"}
    return [one for one in kept if not (one.found[0].armed and one.found[0].holder in fighting)]
