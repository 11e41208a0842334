"""The values a profile may hold, each checked as it is read; every refusal names file, key and cure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tracker.errors import UsageError
from tracker.exchange.profile.patterns import LONGEST, excess
from tracker.model import codes

Shape = Callable[[object, str], Any]
"""`(value of the TOML, where it stands) -> what it means`; raises UsageError."""


def refuse(where: str, sentence: str) -> UsageError:
    """The refusal of what stands at `where` (file, table and key)."""
    return UsageError(f"{where.removesuffix(':')}: {sentence}")


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint for a word that is not among the known ones."""
    known = list(known)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean “{near[0]}”?" if near else f"known are {', '.join(known)}"


def text(value: object, where: str) -> str:
    """A text in quotation marks."""
    if not isinstance(value, str):
        raise refuse(where, f"must be a text in quotation marks, not {value!r}")
    return value


def texts(value: object, where: str) -> tuple[str, ...]:
    """One text, or a list of texts."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise refuse(where, f'must be a text or a list of texts such as ["a", "b"], not {value!r}')
    return tuple(value)


def columns(value: object, where: str) -> tuple[str, ...]:
    """The name of a column, or several."""
    found = texts(value, where)
    if not found or not all(name.strip() for name in found):
        raise refuse(where, "names no column; give its header")
    return found


def listing(shape: Shape) -> Shape:
    """A list of values of one shape."""

    def read(value: object, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise refuse(where, f"must be a list, not {value!r}")
        return tuple(shape(one, f"{where}, {number}.") for number, one in enumerate(value, 1))

    return read


def flag(value: object, where: str) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise refuse(where, f"must be true or false, not {value!r}")
    return value


def whole(value: object, where: str) -> int:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise refuse(where, f"must be a whole number, not {value!r}")
    return value


def number(value: object, where: str) -> float:
    """A number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refuse(where, f"must be a number, not {value!r}")
    return value


def choice(*known: str) -> Shape:
    """One of a few words."""

    def read(value: object, where: str) -> str:
        if (word := text(value, where)) not in known:
            raise refuse(where, f"“{word}” is none of them; {nearest(word, known)}")
        return word

    return read


def code(name: str) -> Shape:
    """A value of the code list `name`."""
    return choice(*codes.values(name))


def pattern(value: object, where: str) -> str:
    """A regular expression."""
    if len(text(value, where)) > LONGEST:
        raise refuse(where, f"is a pattern of more than {LONGEST:,} characters; shorten it")
    if why := excess(str(value)):
        raise refuse(where, f"is a pattern that {why}")
    try:
        re.compile(str(value))
    except (re.error, OverflowError, RecursionError, MemoryError) as error:
        raise refuse(where, f"“{value}” is no regular expression ({error})") from error
    return str(value)


def table(value: object, where: str, keys: Mapping[str, Shape], needed: Iterable[str] = ()) -> dict[str, Any]:
    """A table whose keys are all known; the needed ones must be there."""
    if not isinstance(value, dict):
        raise refuse(where, f"must be a table such as {{ {next(iter(keys))} = … }}, not {value!r}")
    for key in value:
        if key not in keys:
            raise refuse(where, f"has no key “{key}”; {nearest(key, keys)}")
    for key in needed:
        if key not in value:
            raise refuse(where, f"“{key}” is missing; every such table has one")
    return {key: keys[key](one, f"{where} {key}") for key, one in value.items()}


def mapping(shape: Shape) -> Shape:
    """A table of texts to values of one shape; a number may stand for its digits."""

    def read(value: object, where: str) -> dict[str, Any]:
        if not isinstance(value, dict) or not value:
            raise refuse(where, 'must be a table such as { "1" = … }')
        return {key: shape(one, f"{where} {key}") for key, one in value.items()}

    return read
