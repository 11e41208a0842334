"""Which mentions are of one actor: full names first, then surnames, short names and acronyms for those."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from tracker.articles import acronyms, titles
from tracker.articles.mentions import Found

_BODIES = titles.words("closed_words.txt", "clusters_bodies")
NEAREST = 40
"""Actors that share a word with a name and are looked at; later ones with that word are not."""
ALIKE = 84
"""From which likeness (of 100) on two given names before the same surname are one, spelt twice."""


@dataclass(slots=True)
class Group:
    """The mentions of one actor; `words` are the folded words of its fullest name."""

    sort: str
    words: list[str]
    found: list[Found] = field(default_factory=list)
    kind: str = ""
    country: str = ""
    acronym: str = ""
    first: int = 0
    sex: str = ""

    def add(self, one: Found) -> None:
        """Take a mention in, with what it tells of the actor."""
        self.found.append(one)
        self.kind = self.kind or one.kind
        self.country = self.country or one.country
        if one.title and not self.sex:
            self.sex = _sex_of(one.title)
        words = one.folded.split()
        if (
            self.sort == "person"
            and len(words) > len(self.words)
            and one.sort == "person"
            and words[-1] == self.words[-1]
        ):
            self.words = words


class Clustering:
    """Groups as they form; `by_word` finds those that share a word."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.by_word: dict[str, list[Group]] = defaultdict(list)
        self.by_key: dict[str, Group] = {}
        self.by_start: dict[str, list[Group]] = defaultdict(list)
        self.by_acronym: dict[str, Group] = {}
        self.by_initials: dict[str, list[Group]] = defaultdict(list)

    def new(self, one: Found, sort: str, key: str = "") -> Group:
        """A group of its own for a mention."""
        group = Group(sort, one.folded.split(), first=one.start)
        group.add(one)
        self.groups.append(group)
        for word in dict.fromkeys(group.words):
            if len(self.by_word[word]) < NEAREST:
                self.by_word[word].append(group)
        self.by_key.setdefault(key or one.folded, group)
        if sort == "person" and len(group.words) > 1 and len(self.by_start[group.words[-1][:2]]) < NEAREST:
            self.by_start[group.words[-1][:2]].append(group)
        for letters in acronyms.initials(group.words) if len(group.words) > 1 else ():
            self.by_initials[letters].append(group)
        if one.acronym and acronyms.introduced(one.acronym, group.words):
            group.acronym = one.acronym
            self.by_acronym.setdefault(acronyms.letters(one.acronym), group)
        return group

    def place(self, one: Found, sort: str, group: Group | None, key: str = "") -> None:
        """Put a mention into the group found for it, else into a new one."""
        if group is None:
            self.new(one, sort, key)
        else:
            group.add(one)

    def with_word(self, word: str, *sorts: str) -> list[Group]:
        """The groups of some sorts that have a word."""
        return [group for group in self.by_word.get(word, ()) if group.sort in sorts]


def clustered(mentions: list[Found]) -> list[Group]:
    """The mentions by actor, in the order in which the actors first appear; generic ones are not among them."""
    made = Clustering()
    later: list[Found] = []
    for one in mentions:
        if one.sort in ("state", "capital", "place"):
            _placed(made, one)
        elif one.sort == "person" and len(one.folded.split()) > 1:
            _person(made, one)
        elif one.sort in ("organisation", "name") and len(one.folded.split()) > 1:
            _organisation(made, one)
        elif one.sort != "office":
            later.append(one)
    for one in later:
        _short(made, one)
    return made.groups


def _placed(made: Clustering, one: Found) -> None:
    if one.sort == "state":
        made.place(one, "state", made.by_key.get("=" + one.country), "=" + one.country)
    else:
        key = _place_key(one.folded)
        made.place(one, "place", made.by_key.get(key), key)


def _place_key(folded: str) -> str:
    """A place's name without what kind of place it is: the State of Texas, Taipei City."""
    kind, of, name = folded.partition(" of ")
    if of and kind in ("state", "city", "town", "province", "county", "region"):
        return name
    name, _, kind = folded.rpartition(" ")
    return name if name and kind in ("city", "province", "state") else folded


def _person(made: Clustering, one: Found) -> None:
    words = one.folded.split()
    made.place(one, "person", made.by_key.get(one.folded) or _same_person(made, words))


def _same_person(made: Clustering, words: list[str]) -> Group | None:
    for group in made.with_word(words[-1], "person", "unknown"):
        if group.words[-1] == words[-1] and _first_alike(group.words, words):
            return group
    for group in made.with_word(words[0], "person", "unknown"):
        if _within(words, group.words) or (group.words[0] == words[0] and _misspelt(group.words[-1], words[-1])):
            return group
    return None


def _first_alike(one: list[str], other: list[str]) -> bool:
    """Whether two names with one surname can be one person's: Mike and Michael are not told, M. and Mike are."""
    if len(one) == 1 or len(other) == 1:
        return True
    first, second = one[0], other[0]
    if first == second or _within(other, one) or _within(one, other):
        return True
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    return first[0] == second[0] and fuzz.ratio(first, second) >= ALIKE


def _misspelt(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 4 and fuzz.ratio(one, other) >= ALIKE


def _within(short: list[str], long: list[str]) -> bool:
    """Whether a name's words stand together within another's."""
    count = len(short)
    return any(long[at : at + count] == short for at in range(len(long) - count + 1))


def _organisation(made: Clustering, one: Found) -> None:
    words = one.folded.split()
    group = made.by_key.get(one.folded)
    if group is None and one.sort == "name":
        group = _same_person(made, words)
    if group is None and one.sort == "organisation":
        group = _same_organisation(made, words)
    made.place(one, "organisation" if one.sort == "organisation" else "unknown", group)


def _same_organisation(made: Clustering, words: list[str]) -> Group | None:
    """The organisation of which a name leaves out the country before it or what follows “of” and “for”."""
    for group in made.with_word(words[0], "organisation") + made.with_word(words[-1], "organisation"):
        short, long = sorted((words, group.words), key=len)
        if _shortened(short, long):
            return group
    return None


def _shortened(short: list[str], long: list[str]) -> bool:
    if len(short) < 2 or not _within(short, long):
        return False
    at = next(at for at in range(len(long)) if long[at : at + len(short)] == short)
    before, after = " ".join(long[:at]), long[at + len(short) :]
    nation = not before or before in titles.states() or before in titles.demonyms()
    return nation and (not after or after[0] in ("of", "for", "on", "and"))


def _short(made: Clustering, one: Found) -> None:
    words = one.folded.split()
    if not words:
        return
    if one.sort == "person":
        made.place(one, "person", _surname(made, one, words))
        return
    group = (
        _by_letters(made, one) or _surname(made, one, words) or made.by_key.get(one.folded) or _part(made, one, words)
    )
    made.place(one, "organisation" if one.sort == "organisation" else "unknown", group)


def _surname(made: Clustering, one: Found, words: list[str]) -> Group | None:
    """The person with a surname, the nearest named before if there are several; else one whose given name it is."""
    found = [group for group in made.with_word(words[-1], "person") if _within(words, group.words)]
    last = [group for group in found if group.words[-1] == words[-1] and _fitting(group, one)]
    if last:
        return _nearest(last, one)
    given = [group for group in found if group.words[0] == words[0]]
    if len(found) == 1 and _fitting(found[0], one) and (given or len(words) > 1):
        return found[0]
    if one.sort == "person" and not found:
        return _almost(made, words[-1])
    unknown = [
        group
        for group in made.with_word(words[-1], "unknown")
        if len(group.words) == 2 and group.words[-1] == words[-1]
    ]
    return unknown[0] if len(unknown) == 1 else None


def _almost(made: Clustering, surname: str) -> Group | None:
    """The one person whose surname differs from a titled one by a slip of the pen."""
    fits = [group for group in made.by_start.get(surname[:2], ()) if _misspelt(group.words[-1], surname)]
    return fits[0] if len(fits) == 1 else None


def _nearest(groups: list[Group], one: Found) -> Group:
    before = [group for group in groups if group.first <= one.start]
    return (
        max(before, key=lambda group: group.found[-1].start if group.found[-1].start < one.start else group.first)
        if before
        else groups[0]
    )


def _fitting(group: Group, one: Found) -> bool:
    """Whether the sex that a title tells is that of the person so far."""
    told = titles.gender().get(one.title.rstrip(".").lower(), "")
    return not told or sex(group) in ("", told)


def sex(group: Group) -> str:
    """male or female by titles, else by the given name; "" when nothing tells."""
    return group.sex or (titles.gender().get(group.words[0], "") if len(group.words) > 1 else "")


def _sex_of(title: str) -> str:
    """What a title tells of a person's sex."""
    told = (titles.gender().get(word.rstrip(".,")) for word in title.lower().split())
    return next(filter(None, told), "")


def _by_letters(made: Clustering, one: Found) -> Group | None:
    """The organisation or place whose acronym a word in capitals is."""
    if len(one.name) < acronyms.LEAST or not one.name.replace(".", "").replace("&", "").isupper():
        return None
    letters = acronyms.letters(one.name)
    if letters in made.by_acronym:
        return made.by_acronym[letters]
    if len(letters) < acronyms.LEAST or one.folded in made.by_key:
        return None
    sorts = ("organisation", "place") if len(letters) < acronyms.SAID else ("organisation", "place", "unknown")
    fits = [group for group in made.by_initials.get(letters, ()) if group.sort in sorts]
    if len(fits) == 1:
        made.by_acronym[letters] = fits[0]
        fits[0].acronym = fits[0].acronym or one.name
        return fits[0]
    return None


def _part(made: Clustering, one: Found, words: list[str]) -> Group | None:
    """The organisation named before of which one word is left: the Front, Scientology."""
    if len(words) != 1:
        return None
    word = words[0]
    groups = [group for group in made.with_word(word, "organisation") if len(group.words) > 1]
    if one.sort == "organisation":
        groups = [group for group in groups if group.first < one.start and _is_head(word, group.words)]
        return max(groups, key=lambda group: group.found[-1].start, default=None)
    groups = [
        group
        for group in groups
        if group.words[-1] == word and group.words[-2:-1] == ["of"] and group.words[-3] in _BODIES
    ]
    return groups[0] if len(groups) == 1 else None


def _is_head(word: str, words: list[str]) -> bool:
    head = words.index("of") - 1 if "of" in words[1:] else len(words) - 1
    return words[head] == word
