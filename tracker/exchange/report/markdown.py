"""A report as GitHub-flavoured Markdown, in which no text of a record can become markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tracker import text
from tracker.exchange.report.blocks import (
    Beside,
    Block,
    Bullets,
    Document,
    Facts,
    Line,
    Para,
    Part,
    Picture,
    Quote,
    Section,
    Table,
    Text,
    web_address,
)

_MARKS = re.compile(r"[\\`*_\[\]<>|~#&@$!^{}=]")
# Addresses and emoji become links and pictures without any markup around them.
_BY_ITSELF = re.compile(
    r":(?=//|[\w+-]*[A-Za-z_][\w+-]*:)|(?<=[Ww]{3})\.|(?<=mailto):|(?<=xmpp):|(?<=\w)\.(?=\w+(?:\.\w+)*/)"
)
_OPENING = re.compile(r"^(\s*)([-+]|\d{1,9}(?=[.)]))")
_MARKED = {"strong": ("**", "**"), "words": ("“", "”"), "badge": ("**", "**"), "denial": ("**", "**")}


def markdown(document: Document) -> Iterator[str]:
    """The report, piece by piece."""
    yield f"# {shown(document.title)}\n\n{line(document.covers)}\n\n"
    if document.changed:
        yield f"{shown(document.changed)}\n\n"
    for section in document.sections:
        yield from _section(section)
    yield f"---\n\n{shown(document.made_by)}\n"


def shown(value: str) -> str:
    """User text as Markdown that is only text, on one line."""
    made = _MARKS.sub(lambda found: f"\\{found[0]}", text.screen(" ".join(value.split())))
    made = _BY_ITSELF.sub(lambda found: f"\\{found[0]}", made)
    return _OPENING.sub(lambda found: f"{found[1]}{_inert(found[2])}", made)


def _inert(mark: str) -> str:
    return f"&#{ord(mark[0])};{mark[1:]}"


def line(value: Line) -> str:
    """A line as Markdown."""
    return shown(value) if isinstance(value, str) else "".join(map(_text, value))


def _text(part: str | Text) -> str:
    if isinstance(part, str):
        # Blanks at the ends part it from its neighbours.
        before, after = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
        return f"{before and ' '}{shown(part)}{(part.strip() and after) and ' '}"
    before, after = _MARKED.get(part.style, ("", ""))
    made = shown(part.text) + (f" ({shown(part.link)})" if web_address(part.link) else "")
    return f"{before}{made}{after}" if made else ""


def _section(section: Section) -> Iterator[str]:
    yield f"## {shown(section.title)}\n\n"
    for block in section.blocks:
        if isinstance(block, Part):
            yield f"### {line(block.title)}\n\n" + "".join(map(_block, block.blocks))
        else:
            yield _block(block)


def _para(para: Para) -> str:
    made = line(para.line)
    return f"_{made}_\n\n" if para.style == "note" else f"{made}\n\n"


def _bullets(bullets: Bullets) -> str:
    return "".join(f"- {line(item)}\n" for item in bullets.items) + "\n"


def _facts(facts: Facts) -> str:
    return "".join(f"- **{shown(label)}:** {line(value)}\n" for label, value in facts.pairs) + "\n"


def _quote(quote: Quote) -> str:
    words = [shown(part) for part in text.screen_lines(quote.words)]
    if quote.style == "paraphrase":
        return f"In the coder’s words: {' '.join(words)}\n\n"
    label = "> Quoted in part:\n>\n" if quote.style == "mixed" else ""
    return label + "> “" + "<br>\n> ".join(words) + "”\n\n"


def _picture(picture: Picture) -> str:
    drawn = "\n".join(text.screen(part).replace("`", "'").rstrip() for part in picture.text)
    return f"```text\n{drawn}\n```\n\n_{shown(picture.caption)}_\n\n" if drawn else ""


def _beside(beside: Beside) -> str:
    return "".join(map(_table, beside.tables))


def _table(table: Table) -> str:
    heads = [shown(head.label) for head in table.heads]
    rule = ["---:" if head.number else "---" for head in table.heads]
    rows = [_row(heads), _row(rule), *(_row([line(value) for value in row]) for row in table.rows)]
    note = f"\n_{shown(table.note)}_\n" if table.note else ""
    return f"**{shown(table.caption)}**\n\n{''.join(rows)}{note}\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


_MAKE: dict[type[Any], Callable[[Any], str]] = {
    Para: _para, Bullets: _bullets, Facts: _facts, Table: _table, Quote: _quote, Picture: _picture, Beside: _beside,
}  # fmt: skip


def _block(block: Block) -> str:
    return _MAKE[type(block)](block)
