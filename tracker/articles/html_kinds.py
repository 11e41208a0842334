"""What the elements of a page and the classes its authors give them say of the text in them."""

from __future__ import annotations

import re

from tracker.articles.html_scan import Attributes

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
HIDDEN = frozenset(
    ["template", "noscript", "svg", "math", "iframe", "object", "canvas", "audio", "video", "head", "datalist"]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "video",
        "picture",
        "button",
    ]
)
KINDS = {"figcaption": "caption", "caption": "caption", "figure": "caption", "aside": "promo", "nav": "promo"}
KINDS |= {
    "footer": "promo",
    "form": "promo",
    "button": "promo",
    "select": "promo",
    "dialog": "promo",
    "h1": "headline",
}
KINDS |= {"blockquote": "body"} | {f"h{level}": "heading" for level in range(2, 7)}
FRAME = frozenset({"html", "body", "main", "article"})
STRONG = frozenset({"promo", "caption", "pull_quote"})
_CLASSES = (
    (re.compile(r"pull[_-]{0,2}quote|quote[_-]{0,2}pull", re.IGNORECASE), "pull_quote"),
    (re.compile(r"(?:^|[\s_-])(?:caption|wp-caption-text|credit|photo-credit)(?=$|[\s_-])", re.IGNORECASE), "caption"),
    (re.compile(r"(?:^|[\s_-])(?:byline|bylines)(?=$|[\s_-])", re.IGNORECASE), "byline"),
    (
        re.compile(
            r"(?:^|[\s_-])(?:newsletter|related|promo|promotion|share|sharing|social|subscribe|subscription|advert"
            r"|advertisement|recommended|recommendations|comments|cookie|cookies|breadcrumb|breadcrumbs|trending|most-read"
            r"|read-more|readmore|paywall|sidebar|outbrain|taboola|signup)(?=$|[\s_-])",
            re.IGNORECASE,
        ),
        "promo",
    ),
)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def kind_by_class(attributes: Attributes) -> str:
    """The kind that an element's class, id or itemprop names; "" when they name none."""
    if not attributes:
        return ""
    named = " ".join(attributes.get(name, "") for name in ("class", "id", "itemprop"))[:500]
    return next((kind for pattern, kind in _CLASSES if pattern.search(named)), "") if named.strip() else ""


def is_hidden(attributes: Attributes) -> bool:
    """Whether a browser does not show an element, by its own attributes."""
    if not attributes:
        return False
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(_INVISIBLE.search(attributes.get("style", "")))
    )
