"""Days read by a declared format and nothing else: ASCII digits, English month names, days that exist."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from tracker.exchange.profile.shapes import refuse

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NAMES = {name: number for number, name in enumerate(_MONTHS, 1)}
_SHORT = {name[:3]: number for name, number in _NAMES.items()} | {"sept": 9}

_LOOSE = {
    "Y": "(?P<Y>[0-9]{4})",
    "y": "(?P<y>[0-9]{2})",
    "m": "(?P<m>[0-9]{1,2})",
    "d": "(?P<d>[0-9]{1,2})",
    "b": f"(?P<b>{'|'.join(sorted(_SHORT, reverse=True))})",
    "B": f"(?P<B>{'|'.join(_MONTHS)})",
    "a": "(?:mon|tue|wed|thu|fri|sat|sun)",
    "A": "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    "H": "(?:[01]?[0-9]|2[0-3])",
    "I": "(?:0?[1-9]|1[0-2])",
    "p": "(?:[ap]m)",
    "M": "[0-5][0-9]",
    "S": "(?:[0-5][0-9]|60)",
    "f": "[0-9]{1,9}",
    "z": "(?:Z|[+-][0-9]{2}:?[0-9]{2})",
    "%": "%",
}
_EXACT = {"m": "(?P<m>[0-9]{2})", "d": "(?P<d>[0-9]{2})", "H": "(?:[01][0-9]|2[0-3])"}
_DIGITS = frozenset("YymdHMSf")
_DIRECTIVE = re.compile("%(.)|([^%]+)", re.DOTALL)


def _expression(form: str, where: str) -> str:
    tokens = _DIRECTIVE.findall(form)
    directives = [directive for directive, _ in tokens]
    made = ""
    for at, (directive, literal) in enumerate(tokens):
        if not directive:
            made += re.escape(literal)
            continue
        if directive not in _LOOSE:
            raise refuse(where, f"“{form}” has %{directive}, which is not known here; use %{', %'.join(_LOOSE)}")
        if directive != "%" and directives.count(directive) > 1:
            # Parts of open length, one beside the other, could be told apart in too many ways.
            raise refuse(where, f"“{form}” says a part of the date twice; write it like %Y-%m-%d")
        beside = {tokens[i][0] for i in (at - 1, at + 1) if 0 <= i < len(tokens)}
        # Without a sign between them, digits can be told apart by their number only.
        part = _EXACT.get(directive) if beside & _DIGITS else None
        made += part or _LOOSE[directive]
    return made


def _year(found: dict[str, str | None]) -> int:
    if found.get("Y"):
        return int(str(found["Y"]))
    short = int(str(found["y"]))
    # The turn of POSIX: 69 is 1969, 68 is 2068.
    return short + (1900 if short >= 69 else 2000)


def _month(found: dict[str, str | None]) -> int:
    if found.get("m"):
        return int(str(found["m"]))
    return _SHORT[str(found["b"]).lower()] if found.get("b") else _NAMES[str(found["B"]).lower()]


def _parts(expression: str) -> tuple[bool, ...]:
    """Whether an expression has the year, the month and the day."""
    return tuple(any(f"?P<{name}>" in expression for name in names) for names in ("Yy", "mbB", "d"))


def is_whole(form: str) -> bool:
    """Whether a known format says a day, and not only a month or a year."""
    return all(_parts(_expression(form, "format")))


@cache
def part_reader(form: str, where: str = "format") -> Callable[[str], tuple[int, int | None] | None]:
    """The same for a format of a month or a year alone, such as %B %Y: year and month (None) that a text says.

    Raises UsageError, naming `where`, for a format that says neither a day, nor a month, nor a year.
    """
    expression = _expression(form, where)
    year, month, day = _parts(expression)
    if not year or (day and not month):
        raise refuse(where, f"“{form}” does not say year, month and day; write it like %Y-%m-%d, or %B %Y for months")
    match = re.compile(expression, re.ASCII | re.IGNORECASE).fullmatch

    def read(text: str) -> tuple[int, int | None] | None:
        found = match(text)
        if found is None:
            return None
        groups = found.groupdict()
        told = _year(groups), _month(groups) if month else None
        return told if told[0] and told[1] != 0 and (told[1] or 1) <= 12 else None

    return read


@cache
def reader(form: str, where: str = "format") -> Callable[[str], date | None]:
    """A function that gives the day a text says in the strptime format `form`, None when it says none.

    Raises UsageError, naming `where`, for a format that does not say year, month and day, or says them by week.
    """
    expression = _expression(form, where)
    if not all(_parts(expression)):
        raise refuse(where, f"“{form}” does not say year, month and day; write it like %Y-%m-%d")
    try:
        match = re.compile(expression, re.ASCII | re.IGNORECASE).fullmatch
    except re.error:
        raise refuse(where, f"“{form}” says a part of the date twice; write it like %Y-%m-%d") from None

    def read(text: str) -> date | None:
        found = match(text)
        if found is None:
            return None
        groups = found.groupdict()
        try:
            return date(_year(groups), _month(groups), int(groups["d"]))
        except ValueError:
            return None

    return read


def read_day(text: str, formats: tuple[str, ...]) -> date | None:
    """The day a text says in the first of the formats that fits; None when none does."""
    for form in formats:
        if (day := reader(form)(text)) is not None:
            return day
    return None
