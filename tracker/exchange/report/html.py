"""A report as one HTML file that needs nothing else: no script, no address it fetches from, every text escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from tracker import text
from tracker.exchange.report.blocks import (
    Beside,
    Block,
    Bullets,
    Document,
    Facts,
    Head,
    Line,
    Para,
    Part,
    Picture,
    Quote,
    Section,
    Table,
    Text,
    plain,
    web_address,
)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_TAGS = {"strong": "strong", "badge": "mark"}


def html(document: Document) -> Iterator[str]:
    """The report, piece by piece."""
    style = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{shown(document.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#summary">Skip to the summary</a>\n<header>\n<p class="kicker">Situation report</p>\n'
        f'<h1 dir="auto">{shown(document.title)}</h1>\n<p class="covers">{line(document.covers)}</p>\n'
    )
    if document.changed:
        yield f'<p class="changed">{shown(document.changed)}</p>\n'
    yield "</header>\n" + _contents(document.sections) + "<main>\n"
    for section in document.sections:
        yield from _section(section)
    yield f"</main>\n<footer>\n<p>{shown(document.made_by)}</p>\n</footer>\n</body>\n</html>\n"


def shown(value: str) -> str:
    """User text as HTML that is only text, on one line."""
    return escape(text.screen(value), quote=True)


def line(value: Line) -> str:
    """A line as HTML."""
    return shown(value) if isinstance(value, str) else "".join(map(_text, value))


def _text(part: str | Text) -> str:
    if isinstance(part, str):
        return shown(part)
    made = shown(part.text)
    if part.link.startswith("#"):
        made = f'<a href="{shown(part.link)}">{made}</a>'
    elif web_address(part.link):
        made = f'<a href="{shown(part.link)}" rel="noopener noreferrer nofollow">{made}</a>'
    if part.name:
        made = f'<span id="{shown(part.name)}">{made}</span>'
    if not part.style:
        return made
    if part.style == "words":
        return f'<span class="words" dir="auto">“{made}”</span>'
    tag = _TAGS.get(part.style, "span")
    return f'<{tag} class="{part.style}">{made}</{tag}>'


def _contents(sections: Sequence[Section]) -> str:
    items = "".join(f'<li><a href="#{shown(s.name)}">{shown(s.title)}</a></li>\n' for s in sections)
    return f'<nav aria-label="Contents">\n<ol>\n{items}</ol>\n</nav>\n'


def _section(section: Section) -> Iterator[str]:
    name = shown(section.name)
    yield f'<section id="{name}" aria-labelledby="{name}-title">\n<h2 id="{name}-title">{shown(section.title)}</h2>\n'
    for block in section.blocks:
        if isinstance(block, Part):
            anchor = f' id="{shown(block.name)}"' if block.name else ""
            yield f'<article{anchor}>\n<h3 dir="auto">{line(block.title)}</h3>\n'
            yield "".join(map(_block, block.blocks)) + "</article>\n"
        else:
            yield _block(block)
    yield "</section>\n"


def _para(para: Para) -> str:
    style = f' class="{para.style}"' if para.style else ""
    return f"<p{style}>{line(para.line)}</p>\n"


def _bullets(bullets: Bullets) -> str:
    return "<ul>\n" + "".join(f"<li>{line(item)}</li>\n" for item in bullets.items) + "</ul>\n"


def _facts(facts: Facts) -> str:
    pairs = "".join(f'<div><dt>{shown(label)}</dt><dd dir="auto">{line(v)}</dd></div>\n' for label, v in facts.pairs)
    return f"<dl>\n{pairs}</dl>\n"


def _quote(quote: Quote) -> str:
    words = "<br>\n".join(escape(part, quote=True) for part in text.screen_lines(quote.words))
    if quote.style == "paraphrase":
        label = '<span class="muted">In the coder’s words:</span>'
        return f'<p class="paraphrase">{label} <span dir="auto">{words}</span></p>\n'
    label = '<p class="muted">Quoted in part:</p>\n' if quote.style == "mixed" else ""
    return f'<blockquote class="{quote.style}">\n{label}<p dir="auto">“{words}”</p>\n</blockquote>\n'


def _picture(picture: Picture) -> str:
    region = f'<div class="scroll" tabindex="0" role="region" aria-label="Drawing">\n{picture.svg}</div>'
    return f"<figure>\n{region}\n<figcaption>{shown(picture.caption)}</figcaption>\n</figure>\n"


def _beside(beside: Beside) -> str:
    return '<div class="beside">\n' + "".join(map(_table, beside.tables)) + "</div>\n"


def _table(table: Table) -> str:
    # The roles keep it a table for screen readers where a phone lays its rows out as cards.
    roles = (' role="table"', ' role="row"', ' role="columnheader"', ' role="rowheader"', ' role="cell"')
    whole, row, over, beside, cell = roles if table.wide else ("",) * 5
    heads = "".join(f'<th scope="col"{over}{_number(head)}>{shown(head.label)}</th>' for head in table.heads)
    most = [_most(table, place) if head.bar else 0 for place, head in enumerate(table.heads)]
    body = []
    for values in table.rows:
        first = f'<th scope="row"{beside} dir="auto">{line(values[0])}</th>'
        rest = zip(table.heads[1:], values[1:], most[1:], strict=True)
        cells = "".join(_cell(head, value, top, cell, table.wide) for head, value, top in rest)
        body.append(f"<tr{row}>{first}{cells}</tr>\n")
    note = f'<p class="note">{shown(table.note)}</p>\n' if table.note else ""
    style = ' class="wide"' if table.wide else ""
    return (
        f"<div>\n<table{style}{whole}>\n<caption>{shown(table.caption)}</caption>\n<thead><tr{row}>{heads}</tr></thead>\n"
        f"<tbody>\n{''.join(body)}</tbody>\n</table>\n{note}</div>\n"
    )


def _number(head: Head) -> str:
    return ' class="number"' if head.number else ""


def _cell(head: Head, value: Line, top: int, role: str, wide: bool) -> str:
    label = f' data-label="{shown(head.label)}"' if wide else ""
    bar = ""
    if top:
        share = 100 * _count(value) / top
        bar = f'<span class="share" aria-hidden="true"><span style="width:{share:.1f}%"></span></span>'
    return f'<td{role}{_number(head)}{label} dir="auto">{line(value)}{bar}</td>'


def _count(value: Line) -> int:
    digits = plain(value).replace(",", "")
    return int(digits) if digits.isdecimal() else 0


def _most(table: Table, place: int) -> int:
    return max((_count(row[place]) for row in table.rows), default=0)


_MAKE: dict[type[Any], Callable[[Any], str]] = {
    Para: _para, Bullets: _bullets, Facts: _facts, Table: _table, Quote: _quote, Picture: _picture, Beside: _beside,
}  # fmt: skip


def _block(block: Block) -> str:
    return _MAKE[type(block)](block)
