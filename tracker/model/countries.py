"""The one table of countries: how standards and datasets number and name them, and the regions they put them in."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from tracker import text


@cache
def rows() -> tuple[dict[str, str], ...]:
    """A row a country: `iso3`, `iso2`, `numeric` (ISO 3166), `fips` (FIPS 10-4), `gwno` (Gleditsch and Ward), `gtd`.

    Cells of numbers and `names` may hold several, parted by a bar, the one of today first. `ged_name` and `gtd_name`
    are how those datasets write it, `acled_region` and `gtd_region` the regions they count it to.
    """
    table = files(__package__).joinpath("countries.csv").read_text("utf-8")
    return tuple(csv.DictReader(table.splitlines(), strict=True))


def folded(name: str) -> str:
    """A country's name as names are compared: without case, accents and punctuation."""
    return " ".join(text.fold(name).replace(".", " ").replace(",", " ").replace("-", " ").split())
