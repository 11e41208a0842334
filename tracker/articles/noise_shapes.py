"""The shapes of paragraphs that context decides on: titles, wire datelines, names put in a place, marked stretches."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.articles.noise_lines import MONTHS
from tracker.articles.paragraphs import KINDS, Stretch

_CAPITALS = r"[A-Z\u00c0-\u00de\u0100-\u017f]"
WIRE = re.compile(
    rf"(?:{_CAPITALS}{{2}}[\w.'’-]*(?:[ /-]{_CAPITALS}[\w.'’-]*){{0,4}}(?:, [A-Z][\w.]*(?: [A-Z][\w.]*){{0,2}})?"
    rf"|(?P<mixed>[A-Z]\w+(?: [A-Z]\w+){{0,2}}(?:, [A-Z][\w.]*(?: [A-Z]\w+){{0,2}})?))"
    rf"(?:,? (?:{MONTHS} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {MONTHS}(?: \d{{4}})?))?"
    r"(?P<agency> ?\([A-Z][\w .&’'/-]{1,40}\)| ?/[A-Z][\w .-]{1,30}/)?[ \u00a0]*(?:--|[–—-])[ \u00a0]+"
)
"""`PLACE, March 3 (Agency) -` at the start of a paragraph; `mixed` when the place is not in capitals."""
PLACED = re.compile(
    r"(?:[A-Z][\w’'-]* ){0,4}(?P<name>[A-Z][\w.’'-]+ [A-Z][\w’'-]+)(?:, [^,]{3,60},)? "
    r"(?:at|with|during|outside|inside|alongside|beside|near|aboard|in \d{4}|on (?:a|an|the|his|her)"
    r"|in (?:a|an|the|his|her)|[a-z]{3,12}ing)\b"
    r"(?!.*\b(?:is|are|was|were|has|have|had|will|would|says?|said)\b)"
)
"""A line that begins with a name and puts it somewhere, with no verb to tell what it does."""


def marked(lines: Sequence[Stretch], marks: Sequence[tuple[int, int, str]]) -> dict[int, str]:
    """The kind that the page's markup gives each paragraph: of the last mark that holds its first character."""
    found: dict[int, str] = {}
    ordered = sorted((mark for mark in marks if mark[2] in KINDS), key=lambda mark: mark[0])
    at = 0
    open_marks: list[tuple[int, int, str]] = []
    for index, (start, _) in enumerate(lines):
        while at < len(ordered) and ordered[at][0] <= start:
            open_marks.append(ordered[at])
            at += 1
        while open_marks and open_marks[-1][1] <= start:
            open_marks.pop()
        if open_marks:
            found[index] = open_marks[-1][2]
    return found


def plain(line: str) -> str:
    """A line as its words alone, by which it is compared."""
    return " ".join(re.findall(r"\w+", line.casefold()))


def titled(line: str) -> bool:
    """Whether a line is set like a title: it begins with no small letter and does not end as a sentence does."""
    return (
        not line[0].islower()
        and line[-1] not in ".!:;,…"
        and "\t" not in line
        and line[-2:] not in (".”", '."', ".’", ",”", "!”", ".)")
    )
