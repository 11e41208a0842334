"""What a page says of itself: when it was published, by whom, under which title and address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker import text as border

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH},?[ -](\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.IGNORECASE)

_META_DATES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "date.published",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "cxenseparse:recs:publishtime",
    "bt:pubdate",
    "originalpublicationdate",
    "article_date_original",
    "citation_publication_date",
    "date",
)
_ARTICLE = re.compile(r"Article$|Report$|BlogPosting$|^LiveBlogPosting$|^Liveblog$|^OpinionPiece$")
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage")
_MOST_JSON = 2_000_000
_MOST_NODES = 20_000


def day(value: str) -> str:
    """The day a date begins with, as EDTF: ISO 8601 or with the month in English letters; "" for any other.

    The day is the one written, in the page's own time zone. Digits alone are not read when day and month could change
    places.
    """
    value = value.strip()[:120]
    if found := _ISO.match(value):
        return _real(found[1], found[2], found[3])
    if found := _DAY_FIRST.search(value):
        return _real(found[3], _number(found[2]), found[1])
    if found := _MONTH_FIRST.search(value):
        return _real(found[3], _number(found[1]), found[2])
    return ""


def _number(month: str) -> str:
    return str(_MONTHS.index(month[:3].lower()) + 1)


def _real(year: str, month: str, number: str) -> str:
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError:
        return ""


@dataclass(slots=True)
class About:
    """What was found so far, best first; `dates` are (rank, where it was found, value)."""

    dates: list[tuple[int, str, str]] = field(default_factory=list)
    titles: list[tuple[int, str]] = field(default_factory=list)
    authors: list[tuple[int, str]] = field(default_factory=list)
    publishers: list[tuple[int, str]] = field(default_factory=list)
    urls: list[tuple[int, str]] = field(default_factory=list)
    languages: list[tuple[int, str]] = field(default_factory=list)

    def meta(self, attributes: dict[str, str]) -> None:
        """Take what a `<meta>` says."""
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        value = attributes.get("content", "").strip()
        if not value:
            return
        if name in _META_DATES:
            self.dates.append((2 + _META_DATES.index(name), f"meta {name}", value))
        self._meta_words(name, value)

    def _meta_words(self, name: str, value: str) -> None:
        if name in ("og:title", "twitter:title", "dc.title"):
            self.titles.append((2, value))
        elif name in ("author", "article:author", "dc.creator", "parsely-author", "byl"):
            if not value.startswith(("http:", "https:", "/")):
                self.authors.append((2, value))
        elif name in ("og:site_name", "dc.publisher", "application-name", "publisher", "article:publisher"):
            if not value.startswith(("http:", "https:")):
                self.publishers.append((1 if name == "og:site_name" else 3, value))
        elif name == "og:url":
            self.urls.append((2, value))
        elif name in ("og:locale", "content-language", "language"):
            self.languages.append((2, value.replace("_", "-")))

    def link(self, attributes: dict[str, str]) -> None:
        """Take the canonical address of a `<link>`."""
        if "canonical" in attributes.get("rel", "").lower().split() and attributes.get("href"):
            self.urls.append((1, attributes["href"].strip()))

    def time(self, attributes: dict[str, str], *, within: bool) -> None:
        """Take a `<time>`; `within` tells that it stands in the article and not in a box beside it."""
        published = "datepublished" in attributes.get("itemprop", "").lower() or "pubdate" in attributes
        value = attributes.get("datetime", "")
        if value and (published or within) and "datemodified" not in attributes.get("itemprop", "").lower():
            self.dates.append((50 if published else 60, "time", value))

    def linked_data(self, source: str) -> None:
        """Take what JSON-LD says of an article; what cannot be read says nothing."""
        if len(source) > _MOST_JSON:
            return
        try:
            data = json.loads(source.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            return
        for node in _articles(data):
            self._node(node)

    def _node(self, node: dict[str, Any]) -> None:
        if isinstance(value := node.get("datePublished"), str):
            self.dates.append((1, "JSON-LD", value))
        if isinstance(value := node.get("headline"), str):
            self.titles.append((4, value))
        if names := ", ".join(_names(node.get("author"))):
            self.authors.append((1, names))
        self.publishers.extend((2, name) for name in _names(node.get("publisher")))
        if isinstance(value := node.get("inLanguage"), str):
            self.languages.append((3, value))

    def published(self) -> tuple[str, tuple[str, ...]]:
        """The day of publication, "" when the page tells none, and what the analyst should know about it."""
        read = [(rank, where, day(value)) for rank, where, value in sorted(self.dates)]
        good = [(where, found) for _, where, found in read if found]
        notes: list[str] = []
        if not good:
            if self.dates:
                unread = border.screen(min(self.dates)[2][:40])
                notes.append(f"The page's date “{unread}” was not read; give the day it was published.")
            return "", tuple(notes)
        where, found = good[0]
        # A bare <time> may date anything on the page; only statements of the page about itself contradict each other.
        others = sorted({f"{other} ({place})" for place, other in good[1:] if other != found and place != "time"})
        if others:
            notes.append(f"The page gives several days of publication: {found} ({where}), {', '.join(others)}.")
        return found, tuple(notes)


def first(found: list[tuple[int, str]]) -> str:
    """The best of what was found, on one line, fit to be kept; "" when nothing was."""
    if not found:
        return ""
    best = min(found, key=lambda item: item[0])[1]
    return " ".join(border.clean(best[:2_000], multiline=False).split())


def _articles(data: object) -> Iterator[dict[str, Any]]:
    """The articles among the nodes of JSON-LD; comments, reviews and related articles deep inside are none."""
    waiting: list[tuple[object, int]] = [(data, 0)]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node, depth = waiting.pop(0) if len(waiting) < 100 else waiting.pop()
        if isinstance(node, list):
            waiting.extend((inner, depth) for inner in node[:1_000])
        elif isinstance(node, dict):
            kinds = node.get("@type")
            if any(_ARTICLE.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield node
            elif depth < 2:
                waiting.extend(
                    (node[key], depth + 1) for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node
                )


def _names(value: object) -> list[str]:
    """The names of persons or organisations, however JSON-LD gives them."""
    if isinstance(value, str):
        return [value] if not value.startswith(("http:", "https:")) else []
    if isinstance(value, list):
        return [name for inner in value[:50] if not isinstance(inner, list) for name in _names(inner)]
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return [value["name"]]
    return []
