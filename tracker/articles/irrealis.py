"""Whether an event is told as having happened: what is feared, planned, denied or only possible is something else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.articles.lexicon import words_of
from tracker.articles.triggers import Hit, Token

_HYPOTHETICAL = words_of(
    "if would could might may should must can cannot can't couldn't wouldn't any threat threats threatened "
    "threatening threatens fear fears feared risk risks prevent preventing prevents prevented avert averted "
    "avoid avoiding foil foiled thwart thwarted plot plots plotting plotted potential possible possibly "
    "future imminent unless whether wants want wanted urged urging urge deter call calls called calling stop "
    "end halt warn warned warning warns against never without hypothetical alert another's suppose imagine "
    "simulated mock drill drills exercise averting stopping ending halting lift lifting ease easing impose "
    "imposing"
)
_MORE = frozenset({"more", "additional", "further", "such", "proposed", "needed"})
_PLANNED = words_of("will plan plans planned planning scheduled due intends intend prepares preparing set announced")
_MAY_BE_PLANNED = frozenset({"protest", "deployment", "agreement", "sanctions"})
_NEGATED = words_of("no not n't nor neither")
_BEFORE = 7
"""Words before the trigger that can change its mood, within its clause."""
_BREAK = frozenset(
    {
        ",",
        ";",
        ":",
        "—",
        "–",
        "(",
        ")",
        "“",
        "”",
        '"',
        "after",
        "following",
        "amid",
        "since",
        "despite",
        "when",
        "because",
    }
)
_PERFECT = words_of("have has had been was were")
_MONTH_OF_MAY = re.compile(r"(?:in|of|on|since|until|from|\d)$")


def mood(words: Sequence[Token], hit: Hit) -> str:
    """real, planned, or hypothetical, which stands for all that did not happen."""
    near = _clause(words, hit)
    if set(near) & _HYPOTHETICAL or set(near[-2:]) & _MORE or any(word.endswith(("n’t", "n't")) for word in near):
        return "hypothetical"
    if near and (near[-1] in _NEGATED or (set(near[-3:]) & _NEGATED and not hit.trigger.noun)):
        return "hypothetical"
    if set(near) & _PLANNED and not (near and near[-1] in _PERFECT):
        return "planned" if hit.trigger.category in _MAY_BE_PLANNED else "hypothetical"
    if hit.trigger.noun and near[-1:] == ["to"]:
        return "hypothetical"
    return "real"


def _clause(words: Sequence[Token], hit: Hit) -> list[str]:
    """The words of the clause before the trigger, the nearest last."""
    found: list[str] = []
    for at in range(hit.first - 1, max(-1, hit.first - 1 - _BEFORE), -1):
        word = words[at].low
        if word in _BREAK:
            break
        if word == "may" and at and _MONTH_OF_MAY.search(words[at - 1].low):
            continue
        found.append(word)
    return found[::-1]
