"""Sources, tallies, statements and links of a block, each as a tuple for every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tracker.errors import ValueRefused
from tracker.exchange.profile.checks import Memo, Unread
from tracker.exchange.profile.citations import PARSERS
from tracker.exchange.profile.figures import Figures
from tracker.exchange.profile.frame import Binder, Frame, Reader
from tracker.exchange.profile.model import LinkRule, Profile, SourceRule, StatementRule, TallyRule
from tracker.exchange.profile.people import guess
from tracker.exchange.profile.ruling import Conditions
from tracker.exchange.profile.strict_dates import read_day
from tracker.model import edtf
from tracker.store.incoming import ActorSpec, Involved, SourceSpec, StatementSpec, TallySpec

_FIELDS = ("title", "publisher", "published", "url", "author", "kind", "notes")
_VAGUE = frozenset({
    "police", "military", "army", "government", "officials", "residents", "locals", "witnesses", "doctor", "doctors",
    "hospital", "media", "unknown", "un",
})  # fmt: skip


def published(formats: tuple[str, ...], nulls: frozenset[str]) -> Memo:
    """A memo from the date of a source to EDTF: by the formats, else as EDTF; what is neither is not known."""

    def parse(raw: str) -> object:
        text = raw.strip()
        if text in nulls:
            return ""
        if (day := read_day(text, formats)) is not None:
            return day.isoformat()
        try:
            return edtf.parse(text).value
        except ValueRefused:
            return Unread("dates of sources that cannot be read: the source is kept without a date")

    return Memo(parse)


class Sources:
    """What one [[source]] of a profile cites in each row."""

    def __init__(self, binder: Binder, rule: SourceRule) -> None:
        self.rule = rule
        self.readers: dict[str, Reader] = {}
        superfluous = bool(binder.columns.places(rule.unless))
        self.places = () if superfluous else binder.columns.places(rule.columns)
        parse = PARSERS.get(rule.parse)
        nulls = binder.nulls
        cite = (lambda cell: () if cell.strip() in nulls else parse(cell, rule.kind)) if parse else None
        self.memo = Memo(cite, limit=8_192) if cite else None
        for name, cell in () if superfluous else rule.cells.items():
            places = binder.columns.places(cell.columns)
            if name == "published" and len(places) == 1 and not cell.template:
                self.readers[name] = binder.checked(places, published(rule.formats, binder.nulls | cell.null))
            elif (read := binder.cell(cell)) is not None:
                self.readers[name] = read

    def read(self, frame: Frame) -> Sequence[tuple[SourceSpec, ...]] | None:
        """The sources of each row; None when the file has nothing to cite from."""
        if self.memo is None:
            return self._read_cells(frame)
        if not self.places:
            return None
        lists = [self.memo.of(frame.cols[at]) for at in self.places]
        return lists[0] if len(lists) == 1 else [sum(row, ()) for row in zip(*lists, strict=True)]

    def _read_cells(self, frame: Frame) -> Sequence[tuple[SourceSpec, ...]] | None:
        if not {"title", "publisher", "url"} & self.readers.keys():
            return None
        columns = [self._column(name, frame) for name in _FIELDS]
        if "" not in columns[0]:
            return list(zip(map(SourceSpec, *columns), strict=True))
        return [self._named(row) for row in zip(*columns, strict=True)]

    def _column(self, name: str, frame: Frame) -> Sequence[str]:
        if name == "kind":
            return [self.rule.kind] * frame.n
        read = self.readers.get(name)
        if read is None:
            return [""] * frame.n
        found = read(frame)
        return [one or "" for one in found] if None in found else found

    @staticmethod
    def _named(row: tuple[str, ...]) -> tuple[SourceSpec, ...]:
        spec = SourceSpec(*row)
        title = spec.title or spec.publisher or spec.url
        return (spec._replace(title=title),) if title else ()


class Tallies:
    """The figure that one [[tally]] of a profile finds in each row."""

    def __init__(self, binder: Binder, rule: TallyRule) -> None:
        self.rule = rule
        self.figures = Figures(binder, f"{rule.measure} ({rule.whom})", rule.low, rule.best, rule.high)
        self.whom = binder.template(rule.whom) if "{" in rule.whom else None

    def read(self, frame: Frame, warnings: Counter[str]) -> Sequence[TallySpec | None] | None:
        """A tally or None for each row; None when the file has none of the columns."""
        three = self.figures.read(frame, warnings)
        if three == (None, None, None):
            return None
        columns = [[None] * frame.n if column is None else column for column in three]
        whom = self.whom(frame) if self.whom else [self.rule.whom] * frame.n
        nothing = {None, 0} if self.rule.skip_zero else {None}
        measure = self.rule.measure
        return [
            None if nothing.issuperset(figures) else TallySpec(measure, of or "", *figures)
            for of, figures in zip(whom, zip(*columns, strict=True), strict=True)
        ]


class Statements:
    """What one [[statement]] of a profile finds said in each row."""

    def __init__(self, binder: Binder, rule: StatementRule, profile: Profile) -> None:
        self.rule = rule
        self.speaker = binder.cell(rule.speaker)
        self.kind = binder.cell(rule.kind)
        self.words = [binder.cell(cell) for cell in (rule.quote, rule.paraphrase, rule.venue)]
        self.when = Conditions(rule.when, binder.columns, profile) if rule.when else None
        self.memo = Memo(self._speakers)

    def read(self, frame: Frame, involved: Sequence[Involved | None]) -> list[tuple[StatementSpec, ...]] | None:
        """The statements of each row; None when there are none at all."""
        speakers = self._who(frame, involved)
        mask = self.when.mask(frame.cols, frame.n) if self.when else None
        if speakers is None or self.kind is None or (self.when and mask is None):
            return None
        words = [[None] * frame.n if read is None else read(frame) for read in self.words]
        rows = zip(speakers, self.kind(frame), mask or [True] * frame.n, *words, strict=True)
        return [
            tuple(
                StatementSpec(one, kind, self.rule.mode, quote or "", paraphrase or "", venue or "") for one in who
            )
            if who and said and kind and (quote or paraphrase)
            else ()
            for who, kind, said, quote, paraphrase, venue in rows
        ]  # fmt: skip

    def _who(self, frame: Frame, involved: Sequence[Involved | None]) -> list[Any] | None:
        if self.rule.actor:
            found = involved[self.rule.actor - 1]
            if found is None:
                return None
            return [(one,) if isinstance(one, ActorSpec) else one for one in found.actors]
        return None if self.speaker is None else self.memo.of(self.speaker(frame))

    def _speakers(self, cell: str | None) -> tuple[ActorSpec, ...]:
        parts = (cell or "").split(self.rule.split) if self.rule.split else [cell or ""]
        return tuple(_speaker(name) for part in dict.fromkeys(parts) if (name := part.strip()))


def _speaker(name: str) -> ActorSpec:
    kind, generic, country = guess(name)
    vague = generic or name[0].islower() or name.lower() in _VAGUE
    return ActorSpec(name, "other" if kind == "armed_group" else kind, vague, country)


class Links:
    """Other rows of the dataset that a row names."""

    def __init__(self, binder: Binder, rules: Sequence[LinkRule], profile: Profile) -> None:
        self.bound = [(at, rule) for rule in rules for at in binder.columns.places(rule.columns)]
        self.nulls, self.floats = binder.nulls, profile.key.strip_float

    def read(self, frame: Frame) -> list[tuple[int, str, str]]:
        """(row, type of link, id of the other row), a row's own id left out."""
        found: list[tuple[int, str, str]] = []
        for at, rule in self.bound:
            for row, cell in enumerate(frame.texts(at, self.nulls)):
                for other in dict.fromkeys((cell or "").split(rule.split)):
                    other = other.strip()
                    if other and other != frame.keys[row] and not (rule.earlier and other > frame.keys[row]):
                        found.append((row, rule.type, other))
        return found
