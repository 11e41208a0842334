"""What of an incident's own fields and original columns the cells that were written do not carry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.exchange.codebooks.reading import Draft
from tracker.model import codes
from tracker.model.fields import Field
from tracker.model.kinds import INCIDENT

if TYPE_CHECKING:
    from tracker.exchange.profile.model import Cell, Profile

_ELSEWHERE = frozenset({"parent", "dataset", "external_id", "release", "review"})
"""Told otherwise, or of no meaning outside: how far the coding has come, and the release that a file's name tells."""

_SAYS_NOTHING = frozenset({("nature", "event"), ("status", "reported"), ("claim_status", "not_discussed")})
_SENTENCES = {
    "nature": ("nature", "it is written as if it were a single event"),
    "status": ("status", "it is written as if no more were known than that it is reported"),
    "claim_status": ("claim", "whether responsibility is claimed"),
    "aggregate": ("nature", "that it is a series"),
    "gone": ("original", "that its dataset has it no more"),
}
_WORD = re.compile(r"\w+")
_COLUMNS_OF = re.compile(r"\{([^{}]+)\}")


def squeezed(text: str) -> str:
    """A text without needless blanks and the full stop at its end."""
    return " ".join(text.split()).rstrip(".")


class Written:
    """The cells of a row, to be asked whether they hold a text."""

    def __init__(self, cells: Iterable[str]) -> None:
        self._cells = [squeezed(cell) for cell in cells if cell]
        self._exact = frozenset(self._cells)
        self._words: frozenset[str] | None = None

    def holds(self, text: str) -> bool:
        """Whether a cell is this text, or has it within it when it is longer than a code."""
        wanted = squeezed(text)
        return wanted in self._exact or (len(wanted) > 3 and any(wanted in cell for cell in self._cells))

    def has_words(self, text: str, further: str = "") -> bool:
        """Whether every word of a text stands in some cell, or in `further`."""
        if self._words is None:
            self._words = frozenset(word for cell in self._cells for word in _WORD.findall(cell.casefold()))
        return set(_WORD.findall(text.casefold())) <= self._words | set(_WORD.findall(further.casefold()))


def tell_fields(draft: Draft, written: Written, seen: frozenset[str]) -> None:
    """Tell the fields of the incident with a value that no column carries.

    `seen` are the stored columns that were looked at for the cells, which carry them or have told why not. A text must
    stand in a cell besides; the title of a row that is given back is made of its columns, so that its words do.
    """
    told = {loss.field for loss in draft.losses}
    for one in INCIDENT.fields:
        whole = one.name.partition("_")[0] if one.type == "int" else one.name
        if one.name in _ELSEWHERE or {one.name, whole} & told:
            continue
        held = [draft.row.get(column.name) for column in one.columns]
        # 0 is a figure, and no is what is not said of a series.
        if all(value is None or value is False or value == "" for value in held):
            continue
        if (one.name, held[0]) not in _SAYS_NOTHING and not _carried(draft, one, written, seen):
            shown = draft.row["date_edtf"] if one.type == "date" else held[0]
            kind, loss = _SENTENCES.get(one.name, ("text", f"there is no column for the {one.label.lower()}"))
            draft.lose(one.name, kind, loss, "yes" if shown is True else shown)
    _tell_words(draft, written)


def _carried(draft: Draft, one: Field, written: Written, seen: frozenset[str]) -> bool:
    if one.type not in ("text", "long") or one.name == "country":
        return any(column.name in seen for column in one.columns)
    value = draft.text(one.name)
    if written.holds(value):
        return True
    if draft.original is None:
        return False
    label = codes.label("category", draft.row["category"]) if one.name == "title" else ""
    return one.name in ("title", "summary") and written.has_words(value, label)


def _tell_words(draft: Draft, written: Written) -> None:
    """Tell the words of a date that somebody wrote, which the date itself does not say."""
    words = draft.text("date_words")
    if not words or draft.row["date_basis"] == "imported" or written.holds(words):
        return
    if words != draft.text("date_edtf") and not any(loss.value == words for loss in draft.losses):
        draft.lose("date_words", "text", "there is no column for the words of the date", words)


def tell_own_columns(draft: Draft, cells: Mapping[str, str]) -> None:
    """Tell the columns of the file of this codebook that an incident comes from, that no cell carries."""
    original = draft.original
    if original is None:
        return
    header = {name.lower(): name for name in cells}
    for folded, name in original.read.items():
        value = original.text(folded)
        if value and folded not in header:
            shown = name or "without a name"
            draft.lose("extra", "original", f"the original column {shown} is not in the header", value)
        elif value and not cells[header[folded]].strip():
            draft.lose("extra", "original", f"the original column {name} holds no more and stays empty", value)


def tell_foreign_columns(draft: Draft, written: Written) -> None:
    """Tell the columns of a file of another codebook, that neither the records nor a cell carry."""
    row = draft.row
    if draft.original is not None or not row["dataset"]:
        return
    known = " ".join(str(row[name]) for name in ("dataset", "external_id") if row[name])
    if not written.holds(known):
        draft.lose("dataset", "original", "the dataset and the id that it has there", known)
    extra = row["extra"] if isinstance(row["extra"], dict) else {}
    mapped = columns_of(row["dataset"])
    for name, value in extra.items():
        text = "" if value is None else str(value).strip()
        if text and name.lower() not in mapped and not (len(text) > 3 and written.holds(text)):
            draft.lose("extra", "original", f"there is no column for the original column {name}", text)


@cache
def columns_of(dataset: str) -> frozenset[str]:
    """The columns, in lower case, that the profile of a dataset makes records of; none when there is no profile."""
    profile = profile_of(dataset)
    if profile is None:
        return frozenset()
    found = {name.lower() for name in _columns(profile)}
    others = {other.lower() for name, more in profile.aliases.items() if name.lower() in found for other in more}
    return frozenset(found | others)


@cache
def profile_of(dataset: str) -> Profile | None:
    """The profile whose rows belong to a dataset; None when there is none that can be read."""
    from tracker.exchange import profile

    for name in profile.names():
        try:
            found = profile.load(name)
        except UsageError:
            continue
        if found.dataset == dataset:
            return found
    return None


def _columns(profile: Profile) -> Iterator[str]:
    if profile.date:
        date = profile.date
        for part in (date.earliest, date.latest, date.year, date.month, date.day, date.words, date.end):
            yield from part
        yield from date.precision.columns if date.precision else ()
    for one in profile.key.columns:
        yield from one
    for cell in _cells(profile):
        yield from cell.columns if cell else ()
        yield from _COLUMNS_OF.findall(cell.template) if cell else ()
    for source in profile.sources:
        yield from source.columns
    for link in profile.links:
        yield from link.columns


def _cells(profile: Profile) -> Iterator[Cell | None]:
    # A title is made of columns, but is no place of its own for what they say.
    yield from (cell for name, cell in profile.incident.items() if name != "title")
    for actor in profile.actors:
        yield from (actor.name, actor.country)
    for tally in profile.tallies:
        yield from (tally.low, tally.best, tally.high)
    for source in profile.sources:
        yield from source.cells.values()
    for said in profile.statements:
        yield from (said.speaker, said.quote, said.paraphrase)
