"""What a report counts over the incidents that a filter picks: exactly, in two readings, and in constant memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields

from tracker.store.database import Reader
from tracker.store.export import Condition

HAPPENED = frozenset({None, "", "event", "campaign"})
"""The natures of what did happen; background, plans and what was only imagined are told, but never counted."""
CELLS = 120
"""The map is cut into so many cells each way; incidents in one cell are drawn as one."""

Months = tuple[str | None, str | None]
"""The months of the earliest and the latest day, as YYYY-MM; None at an open end."""
Cell = tuple[int, int, str | None]
"""Column from the west and row from the south, and the precision of the place."""

HAPPENED_SQL = "coalesce(t.nature, 'event') IN ('event', 'campaign')"
"""The same as SQL over the alias t."""
_MARK = "\x1f"
_FACETS = ("nature", "review", "dataset", "release", "category", "country", "status")


@dataclass(frozen=True, slots=True)
class Scope:
    """The incidents that are reported on: `condition` is SQL over the alias t, with its parameters."""

    condition: str
    parameters: tuple[object, ...]
    everything: bool

    @property
    def source(self) -> str:
        """The FROM and WHERE clauses over the alias t, without the deleted and what its dataset has no longer."""
        return f"FROM incident t WHERE t.deleted_at IS NULL AND t.gone IS NULL AND {self.condition}"

    @property
    def picked(self) -> str:
        """What goes before a query so that `picked` in it are the ids, looked for once; it takes the parameters."""
        return f"WITH picked AS MATERIALIZED (SELECT t.id AS id {self.source}) "


def scope(reader: Reader, condition: Condition | None = None) -> Scope:
    """The incidents that `condition` picks; all without one."""
    where = condition.where(reader.dialect) if condition else None
    if where is None or not getattr(condition, "text", "?").strip():
        return Scope("1 = 1", (), True)
    return Scope(f"({where.sql})", where.parameters, False)


@dataclass(slots=True)
class Casualties:
    """One measure over the incidents that happened and were not retracted.

    `reported` have a figure of their own, of which `none` say that it was nobody; `silent` have none, which is not
    zero; `series` are left out because their parts are counted. `lower`, `best` and `upper` are sums over those of
    `reported` that have such a figure, which `lowers`, `bests` and `uppers` count; `doubted` of the reported, with
    `doubted_lower` people, are only alleged or are disputed.
    """

    reported: int = 0
    none: int = 0
    silent: int = 0
    series: int = 0
    lower: int = 0
    lowers: int = 0
    best: int = 0
    bests: int = 0
    upper: int = 0
    uppers: int = 0
    doubted: int = 0
    doubted_lower: int = 0

    def join(self, other: Casualties) -> None:
        """Add what was found of further incidents."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    def add(self, n: int, low: int | None, best: int | None, high: int | None, *, doubted: bool) -> None:
        """Add `n` incidents with the same figures; None is not reported."""
        lower, upper = (low if low is not None else best), (high if high is not None else best)
        if lower is None and upper is None:
            self.silent += n
            return
        self.reported += n
        self.none += n * (upper == 0)
        self.lower += n * (lower or 0)
        self.lowers += n * (lower is not None)
        self.best += n * (best or 0)
        self.bests += n * (best is not None)
        self.upper += n * (upper or 0)
        self.uppers += n * (upper is not None)
        self.doubted += n * doubted
        self.doubted_lower += n * doubted * (lower or 0)


@dataclass(frozen=True, slots=True)
class Sums:
    """Numbers over all incidents of a scope.

    `incidents` are all, `happened` those that are counted; `earliest` and `latest` the days they span, `undated` those
    of them without any date; `box` is (south, north, west, east) of those that have coordinates.
    """

    incidents: int
    happened: int
    earliest: str | None
    latest: str | None
    undated: int
    box: tuple[float, float, float, float] | None


@dataclass(slots=True)
class Counts:
    """How many incidents have each value: natures and reviews of all, the rest of those that happened.

    `datasets` are by (dataset, release), `months` by the months of both bounds, `places` by cell of the map;
    `located` have coordinates. `deaths` are the killed by the same months, where anybody was counted or could be.
    """

    nature: Counter[str | None] = field(default_factory=Counter)
    review: Counter[str | None] = field(default_factory=Counter)
    datasets: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    category: Counter[str | None] = field(default_factory=Counter)
    country: Counter[str | None] = field(default_factory=Counter)
    status: Counter[str | None] = field(default_factory=Counter)
    months: Counter[Months] = field(default_factory=Counter)
    places: Counter[Cell] = field(default_factory=Counter)
    located: int = 0
    deaths: dict[Months, Casualties] = field(default_factory=dict)
    killed: Casualties = field(default_factory=Casualties)
    wounded: Casualties = field(default_factory=Casualties)


def sums(reader: Reader, scope: Scope) -> Sums:
    """The bounds of a scope, and how many incidents it has, in one reading of them."""
    happened = f"CASE WHEN {HAPPENED_SQL} THEN {{}} END"
    undated = "t.date_earliest IS NULL AND t.date_latest IS NULL"
    located = f"CASE WHEN {HAPPENED_SQL} AND t.lat IS NOT NULL AND t.lon IS NOT NULL THEN t.{{}} END"
    select = [
        "count(*)", f"count({happened.format('1')})", f"count(CASE WHEN {HAPPENED_SQL} AND {undated} THEN 1 END)",
        f"min({happened.format('t.date_earliest')})", f"max({happened.format('t.date_latest')})",
        *(f"{end}({located.format(axis)})" for axis in ("lat", "lon") for end in ("min", "max")),
    ]  # fmt: skip
    row = reader.rows(f"SELECT {', '.join(select)} {scope.source}", scope.parameters)[0]
    box = None if row[5] is None else (float(row[5]), float(row[6]), float(row[7]), float(row[8]))
    return Sums(int(row[0]), int(row[1]), row[3], row[4], int(row[2]), box)


def counts(reader: Reader, scope: Scope, box: Sequence[float] | None) -> Counts:
    """All counts of a scope, in one reading of its incidents; `box` is that of its `sums`.

    Counted here by texts that the engine makes of several columns: it would read and sort all incidents again for each
    count, and columns one by one take longer to fetch than to count.
    """
    columns = [_text(_FACETS), _dated("killed"), _figures("wounded")]
    columns += [_cell(reader.dialect, box)] if box else []
    keys: list[Counter[str | None]] = [Counter() for _ in columns]
    for block in reader.stream(f"SELECT {', '.join(columns)} {scope.source}", scope.parameters, 2_000):
        for counter, values in zip(keys, zip(*block, strict=True), strict=True):
            counter.update(values)
    found = Counts()
    for key, n in keys[0].items():
        _facet(found, _split(key), n)
    for key, n in keys[1].items():
        if key is not None:
            first, last, *_ = _split(key)
            found.months[first, last] += n
    found.deaths = _by_months(keys[1], _series(reader, scope, "killed", _dated("killed")))
    for one in found.deaths.values():
        found.killed.join(one)
    found.wounded = _casualties(keys[2], _series(reader, scope, "wounded", _figures("wounded")))
    found.places = _places(keys[3]) if box else found.places
    found.located = found.places.total()
    return found


def _text(names: Iterable[str]) -> str:
    """SQL for columns in one text."""
    # A mark inside a value would shift those after it; nothing that was typed or imported holds one.
    return f" || '{_MARK}' || ".join(f"replace(coalesce(t.{name}, ''), '{_MARK}', ' ')" for name in names)


def _split(key: str | None) -> list[str | None]:
    return [part or None for part in (key or "").split(_MARK)]


def _dated(measure: str) -> str:
    """The months of an incident that happened, then its status and figures, also of a retracted one."""
    parts = [f"coalesce(substr(t.date_{end}, 1, 7), '')" for end in ("earliest", "latest")]
    return f"CASE WHEN {HAPPENED_SQL} THEN {_joined([*parts, *_given(measure)])} END"


def _figures(measure: str) -> str:
    """The figures of an incident that happened and was not retracted, with its status."""
    return f"CASE WHEN {HAPPENED_SQL} AND coalesce(t.status, '') <> 'retracted' THEN {_joined(_given(measure))} END"


def _given(measure: str) -> list[str]:
    ends = (f"coalesce(CAST(t.{measure}_{end} AS TEXT), '')" for end in ("low", "best", "high"))
    return ["coalesce(t.status, '')", *ends]


def _joined(parts: Iterable[str]) -> str:
    return f" || '{_MARK}' || ".join(parts)


def _cell(dialect: str, box: Sequence[float]) -> str:
    south, north, west, east = box
    whole = "CAST({} AS INTEGER)" if dialect == "sqlite" else "CAST(floor({}) AS INTEGER)"
    lon, lat = (
        whole.format(f"(t.{name} - ({low!r})) / {(high - low) / CELLS or 1.0!r}")
        for name, low, high in (("lon", west, east), ("lat", south, north))
    )
    told = f"CAST({lon} AS TEXT) || '{_MARK}' || CAST({lat} AS TEXT) || '{_MARK}' || coalesce(t.geo_precision, '')"
    return f"CASE WHEN {HAPPENED_SQL} AND t.lat IS NOT NULL AND t.lon IS NOT NULL THEN {told} END"


def _places(cells: Counter[str | None]) -> Counter[Cell]:
    found: Counter[Cell] = Counter()
    for key, n in cells.items():
        if key is not None:
            across, up, precision = _split(key)
            found[int(across or 0), int(up or 0), precision] += n
    return found


def _facet(found: Counts, values: Sequence[str | None], n: int) -> None:
    nature, review, dataset, release, category, country, status = values
    found.nature[nature] += n
    found.review[review] += n
    found.datasets[dataset, release] += n
    if nature in HAPPENED:
        found.category[category] += n
        found.country[country] += n
        found.status[status] += n


def _series(reader: Reader, scope: Scope, measure: str, told: str) -> Counter[str | None]:
    """What `told` is of those incidents of which a part has figures of its own."""
    given = " OR ".join(f"t.{measure}_{end} IS NOT NULL" for end in ("low", "best", "high"))
    parts = f"SELECT t.parent_id {scope.source} AND t.parent_id IS NOT NULL AND ({given}) AND {HAPPENED_SQL}"
    sql = f"SELECT {told}, count(*) {scope.source} AND t.id IN ({parts}) GROUP BY 1"
    return Counter({row[0]: int(row[1]) for row in reader.rows(sql, scope.parameters * 2)})


def _by_months(dated: Counter[str | None], series: Counter[str | None]) -> dict[Months, Casualties]:
    """Sums over figures by the months before them, without the retracted."""
    parts: dict[Months, tuple[Counter[str | None], Counter[str | None]]] = {}
    for place, counted in enumerate((dated, series)):
        for key, n in counted.items():
            if key is not None:
                first, last, status, figures = key.split(_MARK, 3)
                if status != "retracted":
                    both = parts.setdefault((first or None, last or None), (Counter(), Counter()))
                    both[place][f"{status}{_MARK}{figures}"] += n
    return {months: _casualties(*both) for months, both in parts.items()}


def _casualties(figures: Counter[str | None], series: Counter[str | None]) -> Casualties:
    """Sums over figures; those of series are left out, for their parts are counted and nobody is counted twice."""
    found = Casualties(series=sum(n for key, n in series.items() if key is not None))
    for key, n in (figures - series).items():
        if key is not None:
            status, *given = _split(key)
            low, best, high = (None if value is None else int(value) for value in given)
            found.add(n, low, best, high, doubted=status in ("alleged", "disputed"))
    return found
