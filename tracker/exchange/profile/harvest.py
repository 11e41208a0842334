"""From the rows of a dataset's file to the records they come to, a block of columns at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tracker.errors import UsageError
from tracker.exchange.grid import Block, Faulty
from tracker.exchange.profile.checks import Bad, Memo
from tracker.exchange.profile.cited import Links, Sources, Statements, Tallies
from tracker.exchange.profile.dates import PARTS, Dated, DateReader
from tracker.exchange.profile.figures import Figures
from tracker.exchange.profile.frame import Binder, Columns, Frame, Reader
from tracker.exchange.profile.involved import Actors
from tracker.exchange.profile.kept import Kept
from tracker.exchange.profile.rowkeys import Keys, Row, fingerprints
from tracker.exchange.profile.ruling import Mask, Rules, overridden
from tracker.model import codes
from tracker.model.kinds.incidents import INCIDENT
from tracker.store.incoming import Incoming

if TYPE_CHECKING:
    from tracker.exchange.profile.model import Profile

_MEASURES = ("killed", "wounded")
_ENDS = ("low", "best", "high")
_DEFAULTS = {f.name: f.default for f in INCIDENT.fields if f.default} | {"category": "unknown"}
_DATES_KNOWN = 32_768
_DATE_COLUMNS = ("earliest", "latest", "year", "month", "day", "words", "end", "said")
NO_RECORD = "is no record: "
"""How the reason of a row begins that a rule passes over."""
Overrides = dict[str, list[tuple[Mask, Any]]]


class Harvester:
    """A profile compiled for the header of one file.

    `key` gives external ids and must see all rows of the file in their order, once; `warnings` counts what was kept
    though it looks wrong; `missing` names columns that the profile reads and the file does not have.
    """

    def __init__(self, profile: Profile, header: Sequence[str], name: str) -> None:
        columns = Columns(header, profile.aliases)
        self.profile, self.columns = profile, columns
        self.warnings: Counter[str] = Counter()
        self.key = Keys(profile, columns, name)
        self._salt = f"{profile.name}/{profile.version}"
        self._binder = binder = Binder(columns, profile.null)
        self._rules = Rules(profile, columns)
        self._date_places = _date_places(profile, columns, name)
        self._dated = self._bind_date()
        figures = {f"{measure}_{end}" for measure in _MEASURES for end in _ENDS}
        bound = {field: binder.cell(cell) for field, cell in profile.incident.items() if field not in figures}
        self._fields: dict[str, Reader] = {field: read for field, read in bound.items() if read is not None}
        self._figures = {
            measure: Figures(binder, measure, *(profile.incident.get(f"{measure}_{end}") for end in _ENDS))
            for measure in _MEASURES
        }
        self._actors = [Actors(binder, rule, at) for at, rule in enumerate(profile.actors)]
        self._sources = [Sources(binder, rule) for rule in profile.sources]
        self._tallies = [Tallies(binder, rule) for rule in profile.tallies]
        self._statements = [Statements(binder, rule, profile) for rule in profile.statements]
        self._links = Links(binder, profile.links, profile)
        self._kept = Kept(profile, binder, self._rules.targets, self._date_places)
        self.missing = _missing(profile, columns)

    def _bind_date(self) -> Reader | None:
        rule, at = self.profile.date, self._date_places
        if rule is None:
            return None
        places = tuple(dict.fromkeys(place for part in at.values() for place in part))
        within = {part: tuple(places.index(place) for place in found) for part, found in at.items()}
        names = tuple(self.columns.header[place] for place in places)
        reader = DateReader(rule, within, names, self.profile.null)
        # A check of one column is given its text, of several a tuple of texts.
        memo = Memo(reader if len(places) > 1 else lambda raw: reader((raw,)), _DATES_KNOWN)
        return self._binder.checked(places, memo)

    def fingerprints(self, rows: Sequence[Row]) -> list[int]:
        """Signed 64-bit hashes of the rows' cells as read; another version of the profile gives others."""
        return fingerprints(rows, self._salt)

    def harvest(
        self, block: Block, keys: Sequence[str], prints: Sequence[int] | None = None
    ) -> tuple[Incoming, list[Faulty]]:
        """The records of a block's rows, and the rows that are not taken (those the block calls faulty apart).

        `keys` are the external ids of the rows, `prints` their fingerprints, if known already. The rows taken are those
        whose external ids the result has, in their order. The reason of one passed over by a rule begins NO_RECORD.
        """
        rows, n = block.rows, len(block.rows)
        if not n:
            return Incoming([], [], {}), []
        prints = self.fingerprints(rows) if prints is None else prints
        cols = list(zip(*rows, strict=True))
        frame = Frame(cols, [], keys)
        faults = self._faults(frame)
        rejected = [_rejected(block, row, found) for row, found in sorted(faults.items())]
        if faults:
            good = [row not in faults for row in range(n)]
            frame = frame.only(good)
            prints = [one for one, taken in zip(prints, good, strict=True) if taken]
        if not frame.n:
            return Incoming([], [], {}), rejected
        return self._made(frame, prints), rejected

    def _faults(self, frame: Frame) -> dict[int, list[Bad]]:
        """The rows not to be taken, with what is wrong with them; a rule that passes one over goes before all else."""
        found: dict[int, list[Bad]] = {}
        for check in self._binder.checks:
            raws, values = check.read(frame.cols, self.warnings)
            frame.values.append(values)
            for row, bad in check.faults(raws):
                found.setdefault(row, []).append(bad if bad.column else bad._replace(column=check.name))
        for row, bad in self.key.faults(frame.cols):
            found.setdefault(row, []).insert(0, bad)
        passed: dict[int, list[Bad]] = {}
        for row, rule, at in self._rules.decided(frame.cols, frame.n):
            column, value = ("", "") if at is None else (self.columns.header[at], frame.cols[at][row])
            if rule.skip:
                passed[row] = [Bad(value, NO_RECORD + rule.skip, column)]
            else:
                found.setdefault(row, []).append(Bad(value, rule.reject, column))
        return found | passed

    def _made(self, frame: Frame, prints: Sequence[int]) -> Incoming:
        overrides = self._rules.overrides(frame)
        dated = None if self._dated is None else self._dated(frame)
        incident = self._incident(frame, overrides, dated)
        if self.profile.keep != "none":
            incident["extra"] = self._kept.read(frame, dated)
        people = [actors.read(frame, overrides) for actors in self._actors]
        return Incoming(
            frame.keys,
            prints,
            incident,
            [one for one in people if one is not None],
            _together([one.read(frame) for one in self._sources]),
            self._tallied(frame),
            _together([one.read(frame, people) for one in self._statements]),
            self._links.read(frame),
            _tags(overrides.get("tag", []), frame.n),
        )

    def _incident(
        self, frame: Frame, overrides: Overrides, dated: Sequence[Dated] | None
    ) -> dict[str, Sequence[object]]:
        made: dict[str, Sequence[Any]] = {}
        if dated is not None:
            parts = zip(*dated, strict=True)
            made |= {f"date_{part}": values for part, values in zip(PARTS, parts, strict=False)}
        made |= {name: read(frame) for name, read in self._fields.items()}
        for measure, figures in self._figures.items():
            three = figures.read(frame, self.warnings)
            made |= {f"{measure}_{end}": one for end, one in zip(_ENDS, three, strict=True) if one is not None}
        for target, sets in overrides.items():
            head, _, name = target.partition(".")
            if head == "incident":
                made[name] = overridden(made.get(name), frame.n, sets)
        for name, default in _DEFAULTS.items():
            values = made.get(name, (None,))
            if None in values:
                made[name] = [value or default for value in values] if name in made else [default] * frame.n
        return made | {"title": _titles(made.get("title"), made["category"], frame.n)}

    def _tallied(self, frame: Frame) -> Sequence[tuple[Any, ...]]:
        found = [column for one in self._tallies if (column := one.read(frame, self.warnings)) is not None]
        return [tuple(filter(None, row)) for row in zip(*found, strict=True)] if found else ()


def _date_places(profile: Profile, columns: Columns, name: str) -> dict[str, tuple[int, ...]]:
    """The places of the date's columns by part; UsageError when the file lacks the one that says the day or year."""
    rule = profile.date
    if rule is None:
        return {}
    wanted = {part: getattr(rule, part) for part in _DATE_COLUMNS}
    wanted["precision"] = rule.precision.columns if rule.precision else ()
    wanted["lasted"] = (rule.lasted.column,) if rule.lasted else ()
    found = {part: places for part, names in wanted.items() if (places := columns.places(names))}
    needed = "earliest" if rule.earliest else "year" if rule.year else "day"
    if needed not in found:
        raise UsageError(
            f"{name} has no column “{wanted[needed][0]}”, which the date of {profile.title} is read from: "
            "choose another --profile, or correct the header"
        )
    return found


def _missing(profile: Profile, columns: Columns) -> tuple[str, ...]:
    cells = [*profile.incident.values(), *(one.name for one in profile.actors)]
    wanted = [cell.columns for cell in cells if cell.columns and not cell.template and cell.const is None]
    return tuple(dict.fromkeys(names[0] for names in wanted if not columns.places(names)))


def _rejected(block: Block, row: int, found: list[Bad]) -> Faulty:
    first, *others = found
    reason = first.reason + "".join(f"; also {bad.column}: “{bad.value}” {bad.reason}" for bad in others)
    return Faulty(block.numbers[row], block.lines[row], tuple(block.rows[row]), first.column, first.value, reason)


def _titles(titles: Sequence[Any] | None, categories: Sequence[str], n: int) -> Sequence[str]:
    """Titles, where there is none the name of the category."""
    if titles is None:
        titles = [None] * n
    if None not in titles:
        return titles
    return [one or codes.label("category", code) for one, code in zip(titles, categories, strict=True)]


def _together(lists: Sequence[Sequence[tuple[Any, ...]] | None]) -> Sequence[tuple[Any, ...]]:
    """What several rules find in each row, one after the other, each thing once."""
    found = [one for one in lists if one is not None]
    if len(found) < 2:
        return found[0] if found else ()
    return [tuple(dict.fromkeys(one for part in row for one in part)) for row in zip(*found, strict=True)]


def _tags(sets: Sequence[tuple[Mask, tuple[str, ...]]], n: int) -> Sequence[tuple[str, ...]]:
    if not sets:
        return ()
    found: list[tuple[str, ...]] = [()] * n
    for mask, tags in sets:
        found = [(*old, *tags) if hit else old for old, hit in zip(found, mask, strict=True)]
    return found


__all__ = ["NO_RECORD", "Harvester"]
