"""Texts of a column into values, each distinct text once: what cannot be taken comes out as a Bad with its cure."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from shlex import quote
from typing import Any, NamedTuple

from tracker.exchange.profile.countries import country_reader
from tracker.exchange.profile.model import Cell

LIMIT = 65_536
"""Distinct texts a memo holds before it begins anew."""

_INT = re.compile(r"([+-]?[0-9]{1,15})(?:\.0*)?", re.ASCII)
_FRACTION = re.compile(r"[+-]?[0-9]*\.[0-9]+", re.ASCII)
_REAL = re.compile(r"[+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,17})?|\.[0-9]{1,17})", re.ASCII)
_WHOLE_FLOAT = re.compile(r"(-?[0-9]+)\.0*", re.ASCII)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,4}", re.ASCII)
_MISSING = frozenset({
    "-", "--", "–", "—", ".", "?", "??", "na", "n/a", "n.a.", "nan", "nil", "none", "null", "unknown", "unclear",
    "missing", "unspecified", "unreported", "not known", "not reported", "not available", "not given", "no data",
})  # fmt: skip
_YES = frozenset({"1", "true", "yes", "y", "t"})
_NO = frozenset({"0", "false", "no", "n", "f"})


class Bad(NamedTuple):
    """A cell that cannot be taken: what it says, why, and what to do; `column` "" is that of the check."""

    value: str
    reason: str
    column: str = ""


class Unread(NamedTuple):
    """A text that means nothing here and stands in nobody's way: kept as it is read, the warning counted."""

    warning: str


class Memo(dict[Any, Any]):
    """What each text of a column comes to, found out once; `bad` are the texts of a block that cannot be taken.

    With `odd_as` set, `odd` holds what it gives for the texts that have something to keep besides their value.
    """

    __slots__ = ("bad", "limit", "odd", "odd_as", "parse", "unread")

    def __init__(self, parse: Callable[[Any], object], limit: int = LIMIT) -> None:
        super().__init__()
        self.parse, self.limit = parse, limit
        self.bad: dict[Hashable, Bad] = {}
        self.unread: dict[Hashable, str] = {}
        self.odd: dict[Hashable, str] = {}
        self.odd_as: Callable[[str], str] | None = None

    def __missing__(self, raw: Any) -> object:
        if len(self) > 2 * self.limit:
            self._begin_anew()
        value = self.parse(raw)
        if isinstance(value, Bad):
            self.bad[raw] = value
        elif isinstance(value, Unread):
            self.unread[raw] = value.warning
            value = None
        if self.odd_as is not None and (kept := self.odd_as(raw)):
            self.odd[raw] = kept
        self[raw] = value
        return value

    def of(self, raws: Sequence[Any]) -> list[Any]:
        """The values of the column of a block; what cannot be taken comes as its Bad."""
        if len(self) > self.limit:
            self._begin_anew()
        for raw in self.bad:
            del self[raw]
        self.bad.clear()
        return list(map(self.__getitem__, raws))

    def _begin_anew(self) -> None:
        for known in (self, self.bad, self.unread, self.odd):
            known.clear()


def cure_of(text: str, *, own: bool) -> str:
    """How to say, of the user's `own` list, that a word such as "unknown" means "not given"; "" for other texts."""
    return f", or give --null {quote(text)} if it means “not given”" if own and says_missing(text) else ""


def says_missing(text: str) -> bool:
    """Whether a text is one that people write for what they do not know."""
    return text.strip().lower() in _MISSING


def plain(text: str) -> str:
    """A text for comparison with what a profile says: without spaces, in small letters, 3.0 as 3."""
    text = text.strip()
    if "." in text and (found := _WHOLE_FLOAT.fullmatch(text)):
        return found[1]
    return text.lower()


def integer(cell: Cell) -> Callable[[str], object]:
    """Whole numbers within the cell's bounds; 5.0 is 5, 5.5 is refused, as are 1_000 and digits not ASCII.

    1,000 is read in a list of the user's own only.
    """
    low, high, own = cell.low, cell.high, cell.list_of_own

    def parse(text: str) -> object:
        found = _INT.fullmatch(text.replace(",", "") if own and _THOUSANDS.fullmatch(text) else text)
        if found is None:
            why = "is no whole number of people" if _FRACTION.fullmatch(text) else "is no whole number"
            return Bad(text, f"{why}; write digits only, or leave it empty when not reported{cure_of(text, own=own)}")
        value = int(found[1])
        if (low is not None and value < low) or (high is not None and value > high):
            return Bad(text, f"is outside {_bounds(low, high)}; correct it, or leave it empty when not reported")
        return value

    return parse


def real(cell: Cell) -> Callable[[str], object]:
    """Numbers with a decimal point (or comma, if the cell says so) within its bounds; nan and 1e5 are refused."""
    low, high, comma = cell.low, cell.high, cell.decimal == ","

    def parse(text: str) -> object:
        bare = text.replace(",", ".") if comma and "." not in text else text
        if not _REAL.fullmatch(bare) or not bare.strip("+-."):
            cure = cure_of(text, own=cell.list_of_own)
            return Bad(text, f"is no number; write it like 33.2625, or leave it empty when not known{cure}")
        value = float(bare)
        if (low is not None and value < low) or (high is not None and value > high):
            return Bad(text, f"is outside {_bounds(low, high)}; correct it, or leave it empty when not known")
        return value

    return parse


def _bounds(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"what is allowed (at most {high:,g})" if low is None else f"what is allowed (at least {low:,g})"
    return f"{low:,.10g} to {high:,.10g}"


def boolean(cell: Cell) -> Callable[[str], object]:
    """Yes and no in their usual spellings."""
    del cell

    def parse(text: str) -> object:
        word = plain(text)
        if word in _YES or word in _NO:
            return word in _YES
        return Bad(text, "is neither yes nor no; write 1 or 0, or leave it empty")

    return parse


def mapped(cell: Cell) -> Callable[[str], object]:
    """What the cell's map says of a text, whatever its case; 3.0 is 3. An unmapped text gives the default or is bad."""
    known = {plain(key): value for key, value in (cell.map or {}).items()}

    def parse(text: str) -> object:
        found = known.get(plain(text), known)
        if found is not known:
            return found
        if cell.has_default:
            return cell.default
        shown = ", ".join(list(cell.map or {})[:12]) + (" …" if len(cell.map or {}) > 12 else "")
        return Bad(text, f"is none of {shown}; correct it, or give the profile its meaning")

    return parse


def listed(cell: Cell) -> Callable[[str], object]:
    """Texts that are our own codes already; others are refused."""
    from tracker.errors import ValueRefused
    from tracker.model import codes

    def parse(text: str) -> object:
        try:
            return codes.find(cell.code, text, field="")
        except ValueRefused as refusal:
            if cell.has_default:
                return cell.default
            return Bad(text, f"is not a known code; {str(refusal).rpartition('; ')[2]}")

    return parse


def country(cell: Cell) -> Callable[[str], object]:
    """ISO 3166 alpha-3 of a country as the cell writes it; an unknown one is not refused, but kept and counted."""
    find = country_reader(cell.code)

    def parse(text: str) -> object:
        return find(text) or Unread("countries not known by that name: kept as read, without a country code")

    return parse


_PARSERS: dict[str, Callable[[Cell], Callable[[str], object]]] = {
    "int": integer, "real": real, "bool": boolean, "code": listed, "country": country,
    "text": lambda cell: lambda text: text,
}  # fmt: skip


def parser(cell: Cell, nulls: frozenset[str], *, several: bool = False) -> Callable[[Any], object]:
    """The function from a text of the cell's column to its value; from a tuple of texts when there are several."""
    parse = mapped(cell) if cell.map is not None else _PARSERS[cell.kind](cell)
    nothing, empty = nulls | cell.null, cell.default if cell.has_default else None

    def one(raw: str) -> object:
        text = raw.strip()
        return empty if text in nothing else parse(text)

    def first(raws: tuple[str, ...]) -> object:
        texts = [text for raw in raws if (text := raw.strip()) not in nothing]
        if cell.map is not None:
            # A general column helps out where the map does not know the particular one.
            known = {plain(key) for key in cell.map}
            texts = [text for text in texts if plain(text) in known] or texts
        return parse(texts[0]) if texts else empty

    return first if several else one
