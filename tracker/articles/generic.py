"""Actors without a name: descriptions such as “Iranian-backed militias” or “a senior US military official”."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.articles import titles
from tracker.articles.tokens import Tokens, bare
from tracker.articles.wording import SIDED

LONGEST = 8
"""Words before the noun that are looked at."""
_NEW = frozenset(("a", "an", "another", "one"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_SINGLE = frozenset(("person",))
_CLOSED = (
    titles.common("function")
    | titles.common("verb")
    | titles.common("locative")
    | titles.words("closed_words.txt", "generic_closed")
)
_MARKS = ("'", "’")
_LINKS = frozenset(("links", "ties", "connections", "allegiance", "loyalty"))
_GOVERNING = frozenset(("leaders", "leadership", "regime", "rulers", "government", "administration", "cabinet"))
_BARE = titles.words("closed_words.txt", "generic_bare")
_NOUN_BEFORE_NOUN = titles.words("closed_words.txt", "generic_noun_before_noun")
_AFTER = titles.words("closed_words.txt", "generic_after")


@dataclass(slots=True)
class Described:
    """A description: the words of text[start:end], its noun, and what stands with the noun.

    `section` is the list the noun is in; `nation` an ISO code or a folded name; `sponsor` whose side it is on; `holder`
    the folded name in a possessive or a complement; `words` its other words.
    """

    start: int
    end: int
    head: str
    section: str
    words: frozenset[str]
    nation: str = ""
    sponsor: str = ""
    holder: str = ""
    definite: bool = False
    new: bool = False
    plural: bool = False
    paragraph: str = ""

    @property
    def armed(self) -> bool:
        """Whether it is a group that fights."""
        return self.section == "armed_group" or (self.section == "group" and bool(self.words & titles.generic("armed")))


def described(tokens: Tokens, demonyms: Mapping[str, str]) -> Iterator[Described]:
    """The descriptions of actors, in their order. `demonyms` are this article's own: korvathi of korvath."""
    heads = titles.heads()
    for i, word in enumerate(tokens.lower):
        section = heads.get(bare(word) if word[-2:-1] in _MARKS or word[-1] in _MARKS else word)
        if section and (not tokens.capital[i] or tokens.first[i]) and _stands(tokens, i):
            one = _Phrase(tokens, i, section, demonyms).read()
            if one is not None:
                yield one


def _stands(tokens: Tokens, i: int) -> bool:
    """Whether the noun is not a word before another noun: the militia in “militia groups”, a title before a name."""
    if not tokens.near(i) or tokens.words[i][-1] in "'’" or tokens.words[i][-2:] in ("'s", "’s"):
        return True
    after = tokens.lower[i + 1]
    if tokens.capital[i + 1]:
        return tokens.lower[i] in _BARE or after in titles.common("calendar")
    if after in titles.heads() and after not in _AFTER:
        return False
    if tokens.lower[i] not in _NOUN_BEFORE_NOUN:
        return True
    return after in _AFTER or after.endswith(("ed", "ing", "ly")) or after in titles.common("verb")


class _Phrase:
    """The words around one noun."""

    def __init__(self, tokens: Tokens, head: int, section: str, demonyms: Mapping[str, str]) -> None:
        self.tokens, self.head, self.section, self.demonyms = tokens, head, section, demonyms
        self.start, self.end = head, head + 1
        self.first = head
        self.words: set[str] = set()
        self.nation = self.sponsor = self.holder = self.determiner = ""

    def read(self) -> Described | None:
        """The description, or None where the noun is too plain to be an actor's."""
        self._before()
        self._after()
        tokens = self.tokens
        head = bare(tokens.lower[self.head])
        if not self._enough(head):
            return None
        at = tokens.offsets[self.end - 1] + len(tokens.bare(self.end - 1))
        return Described(
            start=tokens.offsets[self.start],
            end=at,
            head=head,
            section=self.section,
            words=frozenset(self.words),
            nation=self.nation,
            sponsor=self.sponsor,
            holder=self.holder,
            definite=self.determiner in _DEFINITE,
            new=self.determiner in _NEW,
            plural=self.section not in _SINGLE and head.endswith(("s", "men")),
            paragraph=tokens.kinds[self.head],
        )

    def _before(self) -> None:
        tokens = self.tokens
        i = self.head
        while i and self.head - i < LONGEST and tokens.near(i - 1) and self._takes(i - 1):
            i -= 1
            if self.determiner or self.holder:
                break
        self.start = i
        if self.section == "armed_group" and i and tokens.near(i - 1) and self._is_noun(i - 1):
            self.words.add(tokens.lower[i - 1])
            self.start = i - 1

    def _is_noun(self, i: int) -> bool:
        """Whether an unknown word before a group's noun belongs to it: river militias."""
        word = self.tokens.lower[i]
        if self.determiner or self.holder or self.tokens.capital[i] or not word.isalpha():
            return False
        return word not in _CLOSED and not word.endswith(("ing", "ed", "ly"))

    def _takes(self, i: int) -> bool:
        tokens = self.tokens
        word = tokens.lower[i].replace("’", "'")
        if word in titles.generic("determiner"):
            self.determiner = word
            return True
        if tokens.words[i][-2:] in ("'s", "’s") or (tokens.words[i].endswith(("s'", "s’")) and tokens.capital[i]):
            return tokens.capital[i] and self._possessor(i)
        if nation := self._nation(tokens.words[i]):
            self.nation = nation
            return True
        if side := SIDED.search(tokens.words[i]):
            self._side(tokens.words[i][: side.start()], side.group()[1:])
            return True
        if tokens.capital[i] and not tokens.first[i] and word not in titles.generic("modifier"):
            return self._possessor(i)
        if word in titles.generic("modifier") or word in titles.heads():
            self.words.add(word.replace("'", ""))
            return True
        return False

    def _nation(self, word: str) -> str:
        if not word[0].isupper():
            return ""
        folded = titles.folded(word)
        state = titles.demonyms().get(folded) or titles.states().get(folded)
        return state.iso3 if state else self.demonyms.get(folded, "")

    def _side(self, base: str, how: str) -> None:
        side = self._nation(base) or titles.folded(base)
        if how not in ("led", "based", "born", "held", "run", "controlled", "occupied", "style", "made"):
            self.sponsor = side
        elif how == "led":
            self.words.add(f"{side} led")

    def _possessor(self, i: int) -> bool:
        """Take in a name before the noun; what it names holds it."""
        tokens = self.tokens
        first = i
        while (
            first and i - first < 4 and tokens.near(first - 1) and tokens.capital[first - 1] and not tokens.first[first]
        ):
            if tokens.words[first - 1][-2:] in ("'s", "’s") or tokens.lower[first - 1] in titles.common("function"):
                break
            first -= 1
        name = " ".join(tokens.bare(at) for at in range(first, i + 1))
        self.holder = titles.folded(name)
        self.nation = self.nation or self._nation(name)
        if not self.nation and (capital := titles.capitals().get(self.holder)):
            self.nation = capital.iso3
        self.first = first
        return True

    def _after(self) -> None:
        """What follows the noun: for the ministry, with close links to Iran."""
        self.start = min(self.start, self.first)
        tokens, i = self.tokens, self.end
        if i >= len(tokens.words) or not tokens.near(i - 1):
            return
        if tokens.lower[i] in ("for", "of") and self.section in ("person", "persons", "government"):
            self._complement(i)
        elif tokens.lower[i] == "with":
            self._linked(i)

    def _linked(self, i: int) -> None:
        tokens = self.tokens
        for at in range(i + 1, min(i + 4, len(tokens.words) - 2)):
            if tokens.lower[at] in _LINKS and tokens.lower[at + 1] == "to" and tokens.near(at) and tokens.near(at + 1):
                end = self._name_from(at + 2)
                if end:
                    self.sponsor, self.end = self._named(at + 2, end), end
                return

    def _complement(self, i: int) -> None:
        end = self._name_from(i + 1)
        if end:
            self.holder = self.holder or self._named(i + 1, end)
            self.nation = self.nation or self._nation(self.tokens.bare(end - 1))
            self.end = end

    def _named(self, start: int, end: int) -> str:
        tokens = self.tokens
        names = [tokens.bare(at) for at in range(start, end) if tokens.capital[at] and tokens.lower[at] != "the"]
        folded = titles.folded(" ".join(names))
        state = titles.states().get(folded) or titles.capitals().get(folded) or titles.demonyms().get(folded.split()[0])
        return state.iso3 if state else self.demonyms.get(folded.split()[0], folded)

    def _name_from(self, i: int) -> int:
        """The end of the name (after an article) that begins with word `i`; 0 when none does."""
        tokens = self.tokens
        first = i
        if i < len(tokens.words) and tokens.lower[i] == "the" and tokens.near(i - 1) and tokens.near(i):
            i += 1
        if i >= len(tokens.words) or not tokens.capital[i] or not tokens.near(i - 1):
            return 0
        i += 1
        while i < len(tokens.words) and i - first < 6 and tokens.near(i - 1) and tokens.capital[i]:
            i += 1
        if i < len(tokens.words) and tokens.near(i - 1) and tokens.lower[i] in _GOVERNING:
            return i + 1
        return 0 if tokens.words[i - 1][-2:] in ("'s", "’s") else i

    def _enough(self, head: str) -> bool:
        """Whether there is more than a plain noun."""
        told = bool(self.nation or self.sponsor or self.holder)
        if self.section == "group":
            return bool(self.words & titles.generic("armed") or self.sponsor) or (head == "elements" and told)
        if self.section == "person":
            return bool(self.determiner in _NEW | _DEFINITE or told) and not self._is_plain(head)
        if self.section in ("state_forces", "government", "coalition", "party", "civilians", "persons"):
            return (
                told
                or bool(self.words)
                or head in _BARE
                or (bool(self.determiner) and self.section in ("coalition", "government"))
            )
        return told or bool(self.words) or head in _BARE or bool(self.determiner)

    def _is_plain(self, head: str) -> bool:
        return head in ("general", "chief", "source", "fighter", "leader", "driver") and not (self.words or self.nation)
