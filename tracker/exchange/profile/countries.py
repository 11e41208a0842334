"""Countries as datasets write them, as ISO 3166 alpha-3."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from tracker.exchange.countries import folded, rows

_NUMBER = re.compile(r"0*([0-9]{1,4})(?:\.0*)?", re.ASCII)
_ALPHA = re.compile("[A-Z]{3}", re.ASCII)
_NOT_ISO = {"ROM": "ROU", "TMP": "TLS", "ZAR": "COD", "KSV": "XKX", "XKO": "XKX", "SUN": "", "YUG": "", "SCG": ""}
"""Codes of CAMEO and old releases that are not ISO's of today; "" for states that are no more."""


@cache
def _by(column: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows():
        for one in row[column].split("|"):
            if one:
                found[folded(one) if column == "names" else one] = row["iso3"]
    return found


def _by_name(text: str) -> str | None:
    return _by("names").get(folded(text))


def _by_number(column: str) -> Callable[[str], str | None]:
    def find(text: str) -> str | None:
        found = _NUMBER.fullmatch(text.strip())
        return _by(column).get(found[1]) if found else None

    return find


def _by_alpha(text: str) -> str | None:
    code = text.strip().upper()
    code = _NOT_ISO.get(code, code)
    return code if _ALPHA.fullmatch(code) and code in _by("iso3") else None


def _by_fips(text: str) -> str | None:
    return _by("fips").get(text.strip().upper())


_READERS: dict[str, Callable[[str], str | None]] = {
    "name": _by_name, "iso3": _by_alpha, "cameo": _by_alpha, "fips": _by_fips,
    "any": lambda text: _by_name(text) or _by_alpha(text),
    "iso_numeric": _by_number("numeric"), "gwno": _by_number("gwno"), "gtd": _by_number("gtd"),
}  # fmt: skip


def country_reader(code: str) -> Callable[[str], str | None]:
    """A function from a country, written as `code` says, to ISO 3166 alpha-3; None when it is not known.

    `name` English names with the spellings of UCDP, ACLED and GTD; `iso3`; `any` either
    of these; `iso_numeric` ISO 3166 numbers; `fips`
    FIPS 10-4; `gwno` Gleditsch and Ward's numbers; `cameo` CAMEO's letters; `gtd` GTD's own numbers.
    """
    return _READERS[code]
