"""A file of news as a document: plain text in any encoding that is named or marked, or a page by its charset."""

from __future__ import annotations

import codecs
import re

from tracker import text as border
from tracker.articles.document import Document, document
from tracker.articles.html import read_page
from tracker.articles.html_dates import day
from tracker.errors import Refused, UsageError

_PAGE_NAMES = (".html", ".htm", ".xhtml", ".shtml", ".xht")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|meta|title|div|p)\b", re.IGNORECASE)
_META = re.compile(rb"<meta[^<>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_PROLOGUE = re.compile(rb"\s*<\?xml[^<>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 4_096
# What browsers read when these are declared (WHATWG Encoding Standard): names of codecs that hold more.
_MEANT = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs", "utf-16": "utf-8", "utf-16le": "utf-8", "utf-16be": "utf-8",
}  # fmt: skip


def read_article(
    data: bytes,
    name: str,
    *,
    encoding: str = "",
    title: str = "",
    published: str = "",
    publisher: str = "",
    author: str = "",
    url: str = "",
) -> Document:
    """Read a file; what is given beside it goes before what it says of itself, and `published` is an EDTF day.

    Plain text is decoded by its byte order mark, else as UTF-8, else in `encoding`; a page also by the charset it
    declares. Raises UsageError when the encoding must be named, Refused for what is no article (a picture, a PDF, XML,
    a file without words).
    """
    if is_page(data, name):
        markup, notes = _page_text(data, name, encoding)
        page = read_page(markup)
        if not page.text.strip():
            raise Refused(f"{border.screen(name)}: the page shows no text; save it again when it is fully loaded.")
        return document(
            page.text,
            title=title or page.title,
            published=published or page.published,
            publisher=publisher or page.publisher,
            author=author or page.author,
            url=url or page.url,
            language=page.language,
            notes=(*notes, *page.notes),
            marks=page.marks,
        )
    decoded = _decoded(data, encoding, name)
    plain = document(
        decoded.text, title=title, published=published, publisher=publisher, author=author, url=url, pinned=decoded
    )
    if not plain.paragraphs:
        raise Refused(f"{border.screen(name)}: there is no text in it.")
    return plain


def is_page(data: bytes, name: str) -> bool:
    """Whether a file is HTML by its name or its first tags; Refused when it is other XML."""
    head = data[:_HEAD].replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith("<?xml") or name.lower().endswith((".xml", ".rss", ".atom")):
        if "<html" in head.lower() and "<!entity" not in head.lower():
            return True
        raise Refused(f"{border.screen(name)} is XML, not an article: save the article as a page or as plain text.")
    return name.lower().endswith(_PAGE_NAMES) or bool(_PAGE.match(head))


def _decoded(data: bytes, encoding: str, name: str) -> border.Decoded:
    try:
        return border.decode(data, encoding or None, name=name)
    except Refused as refused:
        # The border refuses what is no text at all; where naming an encoding helps, its sentence says so.
        if "--encoding" in str(refused):
            raise UsageError(str(refused)) from None
        raise


def _page_text(data: bytes, name: str, encoding: str) -> tuple[str, tuple[str, ...]]:
    """The markup of a page, and what was odd about its charset."""
    declared = _declared(data)
    codec = _codec(declared)
    if encoding or not codec:
        decoded = _decoded(data, encoding, name)
        unknown = (
            (f"The page declares the charset “{declared}”, which is not known.",) if declared and not codec else ()
        )
        return decoded.text, unknown
    try:
        decoded = border.decode(data, codec, name=name)
    except Refused as refused:
        if "--encoding" not in str(refused):
            raise
        text = data.decode(codec, "replace")
        bad = text.count("\ufffd")
        return text, (
            f"{bad:,} characters are not {declared}, which the page declares, and stand as \ufffd: "
            "name the encoding it is really in with --encoding.",
        )
    if decoded.encoding == "utf-8" and codec != "utf-8" and not data.isascii():
        return decoded.text, (f"The page declares the charset {declared} but is UTF-8, and was read as that.",)
    return decoded.text, ()


def _declared(data: bytes) -> str:
    found = _META.search(data[:_HEAD]) or _PROLOGUE.match(data[:_HEAD])
    return found[1].decode("ascii", "replace").lower() if found else ""


def _codec(declared: str) -> str:
    try:
        return codecs.lookup(_MEANT.get(declared, declared)).name if declared else ""
    except (LookupError, ValueError):
        return ""


__all__ = ["day", "is_page", "read_article"]
