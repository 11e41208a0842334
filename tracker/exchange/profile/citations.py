"""Cells that are lists of citations, read by named parsers into the sources they cite."""

from __future__ import annotations

import re
from collections.abc import Callable

from tracker.exchange.profile.citing import addresses, gtd_scite
from tracker.exchange.profile.strict_dates import read_day
from tracker.store.incoming import SourceSpec

Parser = Callable[[str, str], tuple[SourceSpec, ...]]
"""`(cell, kind of source) -> the sources cited`. A parser refuses nothing: what it cannot read is a source's title."""

_DATED = re.compile(r"(?P<office>.*?),(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}),(?P<title>.*)", re.DOTALL)
_OLD = re.compile(
    r"(?P<office>[^\W\d][^,:\"0-9]{1,60}?)[\s,(]{1,10}+"
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2} [A-Za-z]{3,9} [0-9]{4})"
    r"[\s,:)]*+(?P<title>.*)",
    re.DOTALL,
)
_DAYS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d,%Y")
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")


def _published(text: str) -> str:
    """EDTF of a citation's date; a year alone stays a year, anything else that is no whole day is not known."""
    if (day := read_day(text, _DAYS)) is not None:
        return day.isoformat()
    return text if _YEAR.fullmatch(text) else ""


def _spec(found: re.Match[str], kind: str) -> SourceSpec:
    part = {name: (text or "").strip() for name, text in found.groupdict().items()}
    published = _published(part["day"])
    title = part["title"].strip(' "') or part["office"]
    # A date that is no day stays in the notes, so that nothing of the citation is lost.
    notes = "" if published or not part["day"] else part["day"]
    return SourceSpec(title, part["office"], published, "", part.get("author", ""), kind, notes)


def ged_source_article(cell: str, kind: str) -> tuple[SourceSpec, ...]:
    """UCDP's `source_article`: `"Office,YYYY-MM-DD,Headline";"…"`, or before 2013 free text.

    Free text is one source: office and date are taken from `AFP 2009-03-15 Headline`, anything else is a title as it
    stands, for `r 25/2` or `BBC 8/16/1999 …` cannot be read without guessing.
    """
    text = cell.strip()
    if not text:
        return ()
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        items = text[1:-1].split('";"')
        return tuple(_ged_item(item.replace('""', '"').strip(), kind) for item in items if item.strip())
    found = _OLD.fullmatch(text)
    spec = _spec(found, kind) if found else None
    return (spec if spec and spec.published else SourceSpec(text, kind=kind),)


def _ged_item(item: str, kind: str) -> SourceSpec:
    found = _DATED.fullmatch(item)
    if found is None:
        return SourceSpec(item, kind=kind)
    # Marks inside an item are the headline's own.
    return _spec(found, kind)._replace(title=found["title"].strip() or found["office"].strip())


def semicolon_names(cell: str, kind: str) -> tuple[SourceSpec, ...]:
    """Names of outlets parted by semicolons: each is a source of that name, without a date."""
    names = dict.fromkeys(part for name in cell.split(";") if (part := name.strip()))
    return tuple(SourceSpec(name, name, kind=kind) for name in names)


__all__ = ["PARSERS", "Parser", "addresses", "ged_source_article", "gtd_scite", "semicolon_names"]

PARSERS: dict[str, Parser] = {
    "ged_source_article": ged_source_article,
    "semicolon_names": semicolon_names,
    "gtd_scite": gtd_scite,
    "addresses": addresses,
}
"""The parsers a profile may name."""
