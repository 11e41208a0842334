"""A date as a record keeps it: the words, what they mean in EDTF, the days that may be meant, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from tracker.errors import ValueRefused
from tracker.model.datetext import UNKNOWN, human, short, short_of
from tracker.model.edtf import LONGEST, parse
from tracker.model.edtf_point import FORMS, quoted

__all__ = [
    "UNKNOWN",
    "Order",
    "UncertainDate",
    "human",
    "resolve",
    "short",
    "short_of",
]

Order = Literal["dmy", "mdy", "ymd"]
_NOTHING: Final = frozenset({"", "–", "-", "unknown", "n/a"})


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """`words` as the source has them, `edtf` ("" when unknown) with its bounds and precision.

    `basis` is "stated" (the words say it), "inferred" (told from an anchor), "imported" or "". `alternative` is another
    EDTF reading of the same words, or "".
    """

    words: str
    edtf: str
    earliest: date | None
    latest: date | None
    precision: str
    basis: str
    alternative: str = ""

    @classmethod
    def from_edtf(cls, text: str, *, words: str = "", basis: str = "stated") -> UncertainDate:
        """A date from its EDTF text; raises ValueRefused when the text is none."""
        read = parse(text)
        return cls(words, read.value, read.earliest, read.latest, read.precision, basis)

    @classmethod
    def unknown(cls) -> UncertainDate:
        """The date nothing is known of; it is shown as "–"."""
        return cls("", "", None, None, "unknown", "")

    def __str__(self) -> str:
        return human(self.edtf)


def resolve(
    text: str, *, anchor: date | None = None, future: bool = False, order: Order | None = None
) -> UncertainDate:
    """What the user typed for a date: EDTF, a date in English, or words told from `anchor`.

    Words that are not EDTF are kept verbatim; the basis is "inferred" when the anchor was needed to read them. `future`
    reads "on Friday" as the coming one. Of numeric dates, 03/04/2019 needs `order`; 25/12/2019 does not, for 25 is no
    month. Empty text and "unknown" give `UncertainDate.unknown()`. Raises ValueRefused, and nothing else.
    """
    if text.strip().lower() in _NOTHING:
        return UncertainDate.unknown()
    try:
        return UncertainDate.from_edtf(text)
    except ValueRefused as refusal:
        not_edtf = refusal
    if len(text) > LONGEST:
        raise not_edtf
    return _from_words(text, anchor, future, order, not_edtf)


def _from_words(
    text: str, anchor: date | None, future: bool, order: Order | None, not_edtf: ValueRefused
) -> UncertainDate:
    from tracker.model.datewords import read_words
    from tracker.model.datewords_when import AnchorNeeded, When

    basis = "stated"
    try:
        found = read_words(text, When(None, future, order))
    except AnchorNeeded:
        if anchor is None:
            raise ValueRefused(
                "date",
                f"{quoted(text)} is told from another day: give the day it was said (--anchor 2019-12-14), "
                "or a source with a publication date.",
            ) from None
        basis, found = "inferred", read_words(text, When(anchor, future, order))
    if found is None:
        raise _unread(text, not_edtf)
    read = parse(found.edtf)
    return UncertainDate(text, read.value, read.earliest, read.latest, read.precision, basis, found.alternative)


def _unread(text: str, not_edtf: ValueRefused) -> ValueRefused:
    if not set(text) - set("0123456789Xx?~%./,[]- "):
        return not_edtf
    sentence = f'{quoted(text)} cannot be read as a date: write "9 Dec 2019", {FORMS}, or leave it empty.'
    return ValueRefused("date", sentence)
