"""Countries as the datasets number and name them: ISO 3166, Gleditsch-Ward, GTD, and the regions of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tracker.exchange.countries import folded, rows

GTD_REGIONS = {
    "1": "North America", "2": "Central America & Caribbean", "3": "South America", "4": "East Asia",
    "5": "Southeast Asia", "6": "South Asia", "7": "Central Asia", "8": "Western Europe", "9": "Eastern Europe",
    "10": "Middle East & North Africa", "11": "Sub-Saharan Africa", "12": "Australasia & Oceania",
}  # fmt: skip

_GED_REGIONS = ((199, "Americas"), (399, "Europe"), (629, "Africa"), (699, "Middle East"), (999, "Asia"))
"""The highest Gleditsch-Ward number of each region of UCDP."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country; `iso` is its ISO 3166 number, `gw` its Gleditsch-Ward number, `gtd` that of GTD, "" for none."""

    iso3: str
    iso2: str
    iso: str
    name: str
    gw: str
    gtd: str
    acled_region: str
    gtd_region: str
    ged_name: str
    gtd_name: str

    @property
    def ged_region(self) -> str:
        """The region of UCDP GED, "" for a country without a number."""
        return next((name for last, name in _GED_REGIONS if int(self.gw) <= last), "") if self.gw else ""


@cache
def _table() -> tuple[dict[str, Country], dict[str, str]]:
    """The countries by ISO 3166 alpha-3, and their codes by every name, folded."""
    by_code, by_name = {}, {}
    for row in rows():
        number, gw, gtd, name = (row[column].partition("|")[0] for column in ("numeric", "gwno", "gtd", "names"))
        by_code[row["iso3"]] = Country(
            row["iso3"], row["iso2"], number, name, gw, gtd, row["acled_region"], row["gtd_region"], row["ged_name"],
            row["gtd_name"],
        )  # fmt: skip
        names = (row["ged_name"], row["gtd_name"], *row["names"].split("|"))
        by_name.update({folded(one): row["iso3"] for one in names if one})
    return by_code, by_name


def country(iso3: str | None) -> Country | None:
    """The country with this ISO 3166 alpha-3 code; None when it is not in the table."""
    return _table()[0].get(iso3 or "")


def named(name: str) -> str:
    """The ISO 3166 alpha-3 code of the country that a dataset calls so; "" when the name is not in the table."""
    return _table()[1].get(folded(name), "")
