"""What single words of a run of capitals tell: an ordinary word, a day, an adjective, an organisation's noun."""

from __future__ import annotations

import re

from tracker.articles import titles
from tracker.articles.tokens import Tokens

SIDED = re.compile(
    r"[-\u2010\u2011](?:backed|led|armed|linked|aligned|funded|trained|supported|sponsored|controlled|allied|based|run|held|"
    r"occupied|born|affiliated|financed|equipped|inspired|friendly|made|style|owned)\Z"
)
"""What makes an adjective of the name of a side: Iran-backed."""


def plain(word: str) -> str:
    return word.rstrip(".").lower()


def trimmed(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """The run without articles, days and the ordinary words that begin sentences."""
    while start < end and _is_ordinary(tokens, start, end):
        start += 1
    while end > start and _is_day(tokens, end - 1) and not (end - start > 1 and _named(tokens, end - 2)):
        end -= 1
    while end > start and tokens.lower[end - 1] in titles.common("joiner"):
        end -= 1
    return start, end


def _named(tokens: Tokens, i: int) -> bool:
    return plain(tokens.words[i]) in titles.personal()


def _is_day(tokens: Tokens, i: int) -> bool:
    return tokens.bare(i).lower().rstrip(".") in titles.common("calendar")


def _is_ordinary(tokens: Tokens, i: int, end: int) -> bool:
    word = tokens.words[i]
    lower = tokens.lower[i].replace("’", "'")
    if lower in titles.common("function"):
        return not (len(word) > 1 and word.isupper() and not tokens.first[i]) and not (
            len(word) == 1 and end - i > 1 and not tokens.first[i]
        )
    if _is_day(tokens, i):
        return not (i + 1 < end and tokens.lower[i + 1] in titles.organisations())
    return tokens.first[i] and lower in titles.common("noun") and end - i == 1


def lowered(word: str) -> str:
    """A word in small letters, as the lists have it: without marks on its letters."""
    return word.lower() if word.isascii() else titles.folded(word)


def is_adjective(word: str) -> bool:
    """Whether a capitalised word tells a nation, a faith or a side: Iraqi, Shi’ite, Iranian-backed."""
    side = SIDED.search(word)
    if side:
        return (
            word[: side.start()].replace("’", "'") in titles.common("adjective")
            or word[: side.start()] in titles.state_words()
        )
    return word in titles.demonyms() or word.replace("’", "'") in titles.common("adjective")


def organisation(words: list[str]) -> str:
    """The kind of actor that an organisation's noun in a name tells; "" without one."""
    table = titles.organisations()
    if words[-1] in table:
        return table[words[-1]]
    for i, word in enumerate(words[1:], 1):
        if word in ("of", "for", "on") and words[i - 1] in table:
            return table[words[i - 1]]
    if len(words) > 1:
        return next(
            (table[word] for word in words if table.get(word) in ("armed_group", "umbrella", "state_forces")), ""
        )
    return ""
