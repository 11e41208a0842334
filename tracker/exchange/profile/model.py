"""What an import profile says, as plain data: which columns of a dataset make up which fields of a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tracker.exchange.grid import Grid, Input
    from tracker.exchange.profile.harvest import Harvester

CellKind = Literal["text", "int", "real", "bool", "code", "country"]
NULLS = frozenset({""})


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one value comes from: `columns` (the first that is not empty), a `template` of columns, or `const`.

    `map` gives what a text stands for, `default` what an empty or unmapped one does (only when `has_default`);
    `null` are texts that mean "not given" besides the profile's own. `low` and `high` bound a number; `zero`
    "unknown" is for datasets that write 0 for both none and not known. `code` says how a country is written;
    `joined` puts all columns together, a blank line between them. In a `list_of_own` figures such as 1,250 are read,
    and who wrote a word for "not given" is told how to say so.
    """

    kind: CellKind = "text"
    columns: tuple[str, ...] = ()
    template: str = ""
    const: object = None
    map: Mapping[str, object] | None = None
    default: object = None
    has_default: bool = False
    null: frozenset[str] = frozenset()
    low: float | None = None
    high: float | None = None
    zero: Literal["keep", "unknown"] = "keep"
    code: str = ""
    decimal: str = "."
    joined: bool = False
    list_of_own: bool = False


@dataclass(frozen=True, slots=True)
class DateRule:
    """The date of an incident: `earliest` and `latest` possible day, or one `day`, or `year`, `month` and `day` apart.

    `formats` are strptime formats, tried in their order; `precision` maps to day, days, week, month, year or uncertain,
    and `blank` is what an empty precision means, or a file without its column; `unknown` are texts of month
    and day that mean "not known"; `words` a column with the date in words, `end` one with the day until which it
    lasted; where `lasted` holds of a row, it lasted from earliest to latest and was not on one of the days between. A
    `day` may be read `freely`, as EDTF or English words: then 03/04/2019 is read in the `order` dmy or mdy,
    and "last Monday" from `anchor`, or from the day in the columns `said`.
    """

    earliest: tuple[str, ...] = ()
    latest: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    month: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("%Y-%m-%d",)
    precision: Cell | None = None
    blank: str = ""
    unknown: tuple[str, ...] = ("", "0", "00")
    freely: bool = False
    order: str = ""
    anchor: date | None = None
    said: tuple[str, ...] = ()
    lasted: Condition | None = None
    list_of_own: bool = False


@dataclass(frozen=True, slots=True)
class ActorRule:
    """Who is involved: the name's column, the role, and what kind of actor it is.

    `guess` tells kind and generic from the name where `kind` does not, and one it tells nothing of is the `otherwise`;
    `split` parts several names in one cell; names
    in `skip` are nobody; a row without a name is refused when `required`. With `each` the name's column holds a JSON
    list of objects: the name is the first of these members that is there, `kind` and `country` are members as well.
    """

    name: Cell
    role: Cell
    kind: Cell | None = None
    guess: bool = False
    otherwise: str = "armed_group"
    country: Cell | None = None
    key: Cell | None = None
    split: str = ""
    skip: tuple[str, ...] = ()
    generic: bool | None = None
    required: bool = False
    each: tuple[str, ...] = ()
    columns: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TallyRule:
    """A figure besides the incident's own: of `whom` (text or template), with its three columns."""

    measure: str
    whom: str = ""
    low: Cell | None = None
    best: Cell | None = None
    high: Cell | None = None
    skip_zero: bool = False


@dataclass(frozen=True, slots=True)
class SourceRule:
    """What a row cites: named cells, or `columns` read by the citation parser `parse`; not in files with `unless`."""

    parse: str = ""
    columns: tuple[str, ...] = ()
    cells: Mapping[str, Cell] = field(default_factory=dict)
    formats: tuple[str, ...] = ("%Y-%m-%d",)
    kind: str = "news_article"
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of one column's text: it is one of `among`, `matches` a pattern somewhere, or is `empty`."""

    column: str
    among: frozenset[str] | None = None
    matches: str = ""
    empty: bool | None = None


@dataclass(frozen=True, slots=True)
class StatementRule:
    """What somebody is said to say in a row: the speaker is a cell, or the actor at `actor` (from 1)."""

    kind: Cell
    speaker: Cell | None = None
    actor: int = 0
    mode: str = "paraphrase"
    quote: Cell | None = None
    paraphrase: Cell | None = None
    venue: Cell | None = None
    split: str = ""
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkRule:
    """Ids of other rows of the same dataset in `columns`, parted by `split`; of those, with `earlier`, the smaller."""

    columns: tuple[str, ...]
    type: str
    split: str = ","
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """When all conditions hold: `sets` are (target, value), or the row is refused or passed over, with the reason."""

    when: tuple[Condition, ...]
    sets: tuple[tuple[str, object], ...] = ()
    reject: str = ""
    skip: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """How a file of the dataset is known: all of `headers`, one of each of `any`, none of `none`, whatever the case.

    `width` is the exact number of columns beside such a header, `columns` that of a file without header; `cells` are
    patterns that its first record must match, by position from 1; `files` patterns of file names, which count only
    together with one of the others.
    """

    headers: tuple[str, ...] = ()
    any: tuple[tuple[str, ...], ...] = ()
    none: tuple[str, ...] = ()
    width: int = 0
    columns: int = 0
    cells: Mapping[int, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """What makes a row the same row: `columns`, or with none of them the content of all cells or those in `content`."""

    columns: tuple[tuple[str, ...], ...] = ()
    content: tuple[str, ...] = ()
    strip_float: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """The release of a file: `text`, or what `pattern` finds in the file's name, or what a column says."""

    text: str = ""
    pattern: str = ""
    column: str = ""


@dataclass(frozen=True)
class Profile:
    """How the files of one dataset become records; `text` is the TOML it was read from, `where` its file.

    `reading` are fields of `Input`; `aliases` other headers by column; `incident` a Cell for each field but the date.
    The patterns of a shipped profile are `trusted`, those of all others are stopped when they take too long.
    """

    name: str
    title: str
    dataset: str
    version: int
    where: str
    text: str
    key: Key
    match: Match = Match()
    release: Release = Release()
    reading: Mapping[str, object] = field(default_factory=dict)
    null: frozenset[str] = NULLS
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date: DateRule | None = None
    incident: Mapping[str, Cell] = field(default_factory=dict)
    actors: tuple[ActorRule, ...] = ()
    tallies: tuple[TallyRule, ...] = ()
    sources: tuple[SourceRule, ...] = ()
    statements: tuple[StatementRule, ...] = ()
    links: tuple[LinkRule, ...] = ()
    rules: tuple[Rule, ...] = ()
    keep: Literal["all", "unmapped", "none"] | tuple[str, ...] = "unmapped"
    trusted: bool = False

    @cached_property
    def input(self) -> Input:
        """How a file of this dataset is to be read."""
        from tracker.exchange.grid import Input

        return Input(**self.reading)  # type: ignore[arg-type]

    def release_of(self, file_name: str, first: Mapping[str, str] | None = None) -> str:
        """The release of a file by its name and its first row (header → cell); "" when neither says it."""
        from tracker.exchange.profile.patterns import matcher

        if self.release.pattern:
            find = matcher(self.release.pattern, self.where, fold=True, trusted=self.trusted)
            if found := find(PurePath(file_name).name):
                return ".".join(found)
        if self.release.column:
            cells = {name.strip().lower(): cell for name, cell in (first or {}).items()}
            return cells.get(self.release.column.lower(), "").strip()
        return self.release.text

    def bind(self, grid: Grid) -> Harvester:
        """The compiled checks for a file; UsageError naming a column that is needed and not in its header."""
        from tracker.exchange.profile.harvest import Harvester

        return Harvester(self, grid.header, grid.name)
