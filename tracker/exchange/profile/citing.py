"""Citations in running text: author, title in quotation marks, outlet, date and address, taken apart."""

from __future__ import annotations

import re
from string import whitespace

from tracker.exchange.profile.strict_dates import read_day
from tracker.store.incoming import SourceSpec

# A cell may hold a megabyte of anything: each of these expressions takes time in proportion to it, and no more.
_TITLED = re.compile(r"(?P<lead>[^\"“”]*+)[\"“](?P<title>.+?[,.?!]|[^\"“”]+)[\"”][\s,;]*+(?P<rest>.*)", re.DOTALL)
_ADDRESS = re.compile(r"(?<![^\s<>])(?>[^\s<>]*?(?=https?://))(?P<url>[^\s<>]++)>?[,.)]*+(?=\s|$)")
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    rf"(?:(?P<day>{_MONTH} [0-9]{{1,2}}[,.] ?[0-9]{{4}})|(?P<month>{_MONTH},? [0-9]{{4}})"
    r"|(?<![0-9/])(?P<year>[0-9]{4}))[\s,.)]*$"
)
_DAYS = ("%B %d, %Y", "%B %d,%Y", "%B %d. %Y", "%B %d.%Y")


def gtd_scite(cell: str, kind: str) -> tuple[SourceSpec, ...]:
    """One citation as GTD's `scite1`–`scite3` write it: `Author, "Headline," Outlet, Month D, YYYY.`

    Marks may be straight or curly; a date in figures (4/5/1971) is not read, for it does not say its order. Without a
    title in marks the whole text is the title; what is left over where no date is found stands in the notes.
    """
    text = cell.strip()
    if not text:
        return ()
    found = _TITLED.fullmatch(text)
    if found is None:
        return (SourceSpec(text, kind=kind),)
    url, rest = _address(found["rest"])
    published, office = _dated(rest)
    author = _bare(found["lead"])
    if not office and published:
        author, office = "", author
    title = found["title"].rstrip(",").strip()
    return (SourceSpec(title, office, published, url, author, kind, "" if published else rest.strip()),)


def _bare(text: str, signs: str = ",:") -> str:
    """The text without spaces and such signs at its ends."""
    return text.strip(signs + whitespace + "\u00a0")


def _address(text: str) -> tuple[str, str]:
    found = _ADDRESS.search(text)
    if found is None:
        return "", text
    return found["url"].rstrip(",.)"), text[: found.start("url")].removesuffix("<") + text[found.end() :]


def _dated(text: str) -> tuple[str, str]:
    """The date at the end of a text as EDTF ("" when it says none), and what stands before it."""
    found = _DATE.search(text)
    if found is None:
        return "", ""
    before = _bare(text[: found.start()], ",.(")
    if found["year"]:
        return found["year"], before
    if found["month"]:
        first = read_day(found["month"].replace(",", "").replace(" ", " 1, "), _DAYS[:1])
        return (first.isoformat()[:7] if first else ""), before
    day = read_day(found["day"], _DAYS)
    return (day.isoformat() if day else ""), before if day else ""


def addresses(cell: str, kind: str) -> tuple[SourceSpec, ...]:
    """Addresses parted by semicolons or spaces, each a source; what is no address is a title alone, as ids are."""
    found = re.split(r"(?<![;\s])[;\s]+(?=https?://)|;", cell)
    parts = dict.fromkeys(part for one in found if (part := one.strip(" ;\n")))
    return tuple(SourceSpec(part, url=part if "://" in part else "", kind=kind) for part in parts)
