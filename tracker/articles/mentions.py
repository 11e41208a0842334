"""Names where they stand: each run of capitals cut into titles and names, and sorted by what the words tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tracker.articles import titles
from tracker.articles.tokens import Tokens
from tracker.articles.wording import SIDED, is_adjective, lowered, organisation, plain, trimmed

ACRONYM = re.compile(r" ?[(\[][\"“‘']?([^\W\d_][\w.&-]{1,9})[\"”’']?[)\]]")
_AGE = re.compile(r", (?:who is |aged )?\d{1,2}(?:,|\.| )")
_CREDIT = re.compile(r"(?:image|photo|picture|pic|credit|source)s?(?: by| credit)?: ?\Z", re.IGNORECASE)
_OFFICE_OF = titles.words("closed_words.txt", "mentions_office_of")


_WHOSE = frozenset(mark + blank for mark in ("", "'s", "’s", "'", "’") for blank in " \u00a0")


@dataclass(slots=True)
class Found:
    """A mention before it is known whose it is.

    `start` and `end` hold title and name, `at` is where the name proper begins. `sort` is person, organisation, state,
    capital, place, office, generic or name (which may be any of them); `kind` is a code of `actor_kind`, place or "".
    `weak` says that a capital alone makes it a name; `word` is the number of its first word.
    """

    start: int
    end: int
    at: int
    name: str
    sort: str
    word: int
    title: str = ""
    kind: str = ""
    country: str = ""
    acronym: str = ""
    weak: bool = False
    paragraph: str = ""
    key: str = ""

    @property
    def folded(self) -> str:
        """The name without title, as names are compared."""
        return titles.folded(self.name)


def found(tokens: Tokens) -> list[Found]:
    """Every name of the text in its order; a name in a title or a possessive stands beside the longer mention."""
    mentions: list[Found] = []
    for start, end in tokens.runs():
        cut = _Run(tokens, *trimmed(tokens, start, end))
        for one in cut.mentions() if cut.start < cut.end else ():
            if mentions and one.title:
                _extended(one, mentions[-1], tokens.text)
            elif mentions and one.word:
                _spelt_out(one, mentions[-1], tokens.text)
            mentions.append(one)
    return mentions


def _spelt_out(one: Found, before: Found, text: str) -> None:
    """Take an acronym before a bracket for the name in it: FIRST (For Inspiration …)."""
    if before.name.isupper() and text[before.end : one.start].strip("“\"‘'") == " (":
        one.acronym = one.acronym or before.name


def _extended(one: Found, before: Found, text: str) -> None:
    """Take whose office it is into a titled mention: Norway’s Defence Minister, Interior Ministry spokesman."""
    gap = text[before.end : one.start] if before.end <= one.start <= before.end + 4 else "-"
    if before.sort in ("state", "organisation", "name") and gap in _WHOSE:
        one.title = text[before.start : one.start] + one.title
        one.start = before.start


class _Run:
    """A run of capitalised words, half-open."""

    def __init__(self, tokens: Tokens, start: int, end: int) -> None:
        self.tokens, self.start, self.end = tokens, start, end

    def text(self, start: int, end: int) -> str:
        tokens = self.tokens
        return tokens.text[tokens.offsets[start] : self.stop(end)]

    def stop(self, end: int) -> int:
        """Where the word before `end` ends, without possessive mark."""
        tokens = self.tokens
        return tokens.offsets[end - 1] + len(tokens.bare(end - 1))

    def mentions(self) -> Iterator[Found]:
        titled = self._title()
        if titled is None:
            one = self._untitled(self.start, self.end)
            if one is not None:
                yield from self._with_role(one)
            return
        first, name = titled
        if first > self.start and (before := self._untitled(self.start, first)) is not None:
            yield before
        yield from self._nested(first, name)
        role = self._roles_before(self.start) if first == self.start else first
        start = role if role < self.start else self.start
        if name == self.end:
            yield self._made(start, self.start, self.end, "office", title=self.text(start, self.end))
            return
        title = self.tokens.text[self.tokens.offsets[start] : self.tokens.offsets[name]].rstrip()
        yield self._made(start, name, self.end, "person", kind="person", title=title)

    def _title(self) -> tuple[int, int] | None:
        """Where a title begins and where the name after it does; the run's end when only the title is there."""
        tokens, last = self.tokens, plain(self.tokens.bare(self.end - 1))
        heads = titles.before_names()
        at = [i for i in range(self.start, self.end) if plain(tokens.bare(i)) in heads and self._stands_as_title(i)]
        if not at:
            return None
        after = self._complement(at[-1] + 1)
        if last in titles.organisations() and plain(tokens.bare(at[-1])) != last and after < self.end:
            return None
        first = at[0]
        while first > self.start and plain(tokens.words[first - 1]) in titles.titles("part"):
            first -= 1
        return first, after

    def _stands_as_title(self, i: int) -> bool:
        word = plain(self.tokens.bare(i))
        if i + 1 == self.end:
            return word in titles.titles("head") and word not in titles.given_names() and i - self.start < 5
        if word in titles.given_names():
            return False
        return i == self.start or word in titles.titles("head") or self.end - i > 1

    def _complement(self, i: int) -> int:
        """Where the name begins after a title that may go on: of State, of Washington, to the United States."""
        tokens = self.tokens
        if i >= self.end or tokens.lower[i] not in ("of", "for", "to", "on"):
            return i
        i += 1
        while i < self.end and not tokens.capital[i]:
            i += 1
        for count in (3, 2, 1):
            words = titles.folded(" ".join(tokens.bare(at) for at in range(i, min(i + count, self.end))))
            if words in titles.states() or words in titles.places():
                return min(i + count, self.end)
        first = i
        while i < self.end and (plain(tokens.words[i]) in _OFFICE_OF or (tokens.lower[i] == "and" and i > first)):
            i += 1
        return i if i > first else min(i + 1, self.end)

    def _nested(self, first: int, name: int) -> Iterator[Found]:
        """The state or organisation within a title: Ambassador to the United States."""
        tokens = self.tokens
        for i in range(first, name):
            if tokens.lower[i] in ("of", "to", "for"):
                start = next((at for at in range(i + 1, name) if tokens.capital[at]), name)
                if (
                    start < name
                    and (one := self._untitled(start, name)) is not None
                    and one.sort != "name"
                    and not one.weak
                ):
                    yield one
                return

    def _roles_before(self, start: int) -> int:
        """The first word of a role in small letters that stands before the name."""
        tokens, at = self.tokens, start
        if not at or not tokens.near(at - 1) or tokens.lower[at - 1] not in titles.titles("head"):
            return start
        at -= 1
        parts = titles.titles("part", "head")
        while at and tokens.near(at - 1) and not tokens.capital[at - 1] and tokens.lower[at - 1] in parts:
            at -= 1
        if (
            at
            and tokens.near(at - 1)
            and tokens.capital[at - 1]
            and titles.folded(tokens.words[at - 1]) in titles.demonyms()
        ):
            at -= 1
        return at

    def _with_role(self, one: Found) -> Iterator[Found]:
        """A name after a role in small letters is a person's."""
        role = self._roles_before(one.word)
        if role < one.word and one.sort in ("name", "person"):
            one.start = self.tokens.offsets[role]
            one.title = self.text(role, one.word)
            one.sort, one.kind, one.weak = "person", "person", False
        yield one

    def _made(self, start: int, name: int, end: int, sort: str, **more: Any) -> Found:
        tokens = self.tokens
        stop = self.stop(end)
        bracket = ACRONYM.match(tokens.text, stop)
        return Found(
            start=tokens.offsets[start],
            end=stop,
            at=tokens.offsets[name] if name < end else stop,
            name=" ".join(self.text(name, end).split()) if name < end else "",
            sort=sort,
            word=name,
            acronym=bracket[1] if bracket and bracket[1][0].isupper() else "",
            paragraph=tokens.kinds[start],
            **more,
        )

    def _untitled(self, start: int, end: int) -> Found | None:
        folded = titles.folded(self.text(start, end))
        if folded in titles.demonyms():
            return None
        if (state := titles.states().get(folded)) and not (folded == "us" and self.text(start, end) in ("Us", "us")):
            return self._made(start, start, end, "state", kind="state", country=state.iso3)
        if capital := titles.capitals().get(folded):
            return self._made(start, start, end, "capital", kind="place", country=capital.iso3)
        if folded in titles.places():
            return self._made(start, start, end, "place", kind="place")
        return self._classified(start, end, folded)

    def _classified(self, start: int, end: int, folded: str) -> Found | None:
        tokens = self.tokens
        words = [lowered(tokens.bare(i)) for i in range(start, end)]
        kind = organisation(words)
        if kind == "igo" and len(words[-1]) < 5 and not tokens.bare(end - 1).isupper():
            kind = ""
        given = words[0] in titles.given_names() and len(words) > 1
        if given and not (kind and len(words) > 2) and "of" not in words:
            return self._made(start, start, end, "person", kind="person")
        if kind:
            sort = "place" if kind == "place" else "organisation"
            one = self._made(start, start, end, sort, kind=kind)
            one.weak = len(words) == 1 and words[0] not in titles.words("organisation_words.txt", "known_proper")
            return one
        if len(words) > 2 and words[1] in titles.given_names() and words[2] not in titles.common("joiner"):
            one = self._made(start, start + 1, end, "person", kind="person", title=self.text(start, start + 1))
            return one
        while words and is_adjective(words[0]):
            start, words = start + 1, words[1:]
        if not words:
            return None
        if _CREDIT.search(tokens.text, max(0, tokens.offsets[start] - 24), tokens.offsets[start]):
            return self._made(start, start, end, "organisation", kind="media", key="credit")
        return self._unknown(start, end, words)

    def _unknown(self, start: int, end: int, words: list[str]) -> Found | None:
        """A name by its capitals alone; what else is known comes from the words around it."""
        tokens = self.tokens
        one = self._made(start, start, end, "name")
        one.weak = tokens.first[start] and len(words) == 1 and not tokens.words[start][1:].isupper()
        if side := SIDED.search(one.name):
            one.name = one.name[: side.start()]
            one.end = one.start + side.start()
            one.weak, one.sort, one.key = False, "name", "side"
            if titles.folded(one.name) in titles.demonyms() or titles.folded(one.name) in titles.common("adjective"):
                return None
        if len(words) > 1 and _AGE.match(tokens.text, one.end, one.end + 20):
            one.sort = one.kind = "person"
        if len(one.name) < 2 or (one.name.isdigit()):
            return None
        return one
