"""Finds the clauses that attribute words to somebody: a cue verb with its subject, or "according to"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.articles import phrases
from tracker.articles.grammar import (
    BE,
    DETERMINERS,
    NEGATIONS,
    PERSONS,
    PREPOSITIONS,
    PRONOUNS,
)
from tracker.articles.masking import ASKED, COMMA, COVER
from tracker.articles.phrases import Range
from tracker.articles.subjects import Cue, agrees, group_before, outer_cue, subject_of
from tracker.articles.verbs import FORMS, Verb
from tracker.articles.words import DASHES, Token

_SUFFERED = frozenset(
    (("accuse", "of"), ("threaten", "with"), ("blame", "for"), ("urge", "to"), ("order", "to"), ("condemn", "for"))
)
"""Verbs that, with the word after them, tell what is done to their subject: "X accused of Y"."""
MOST = 10
"""Attributing clauses that are read in one sentence."""
ACCORDING = Verb("according to", "strong", "other", "qt")
OTHER = Verb("", "weak", "other", "q")
_NOUN_BEFORE = DETERMINERS - {
    "some",
    "many",
    "most",
    "several",
    "both",
    "few",
    "all",
    "another",
    "other",
    "each",
    "two",
    "three",
    "four",
    "five",
}
_INTO_SPEECH = frozenset(["on", "continued", "continues", "proceeded", "began", "begins", "used", "went"])
_GERUND_AFTER = frozenset(["by", "while", "before", "after", "and", "as", "in", "without", "then", "upon"])
_SHORT_SUBJECT = 6


def cues(tokens: Sequence[Token], heading: bool = False) -> list[Cue]:
    """The attributing clauses of one sentence, in order, at most MOST; `heading` allows capital letters on verbs."""
    found: list[Cue] = []
    for at, token in enumerate(tokens):
        if token.kind != "w":
            continue
        cue = _cue(tokens, at, found, heading)
        if cue is not None:
            found.append(cue)
            if len(found) >= MOST:
                break
    return found


def _cue(tokens: Sequence[Token], at: int, found: Sequence[Cue], heading: bool) -> Cue | None:
    token = tokens[at]
    if token.low == "according":
        return _according(tokens, at)
    entry = FORMS.get(token.low) or _unlisted(tokens, at)
    if entry is None or (token.name and not (heading and at)):
        return None
    if entry.tier == "seem" or _is_noun(tokens, at):
        return None
    swapped = _inverted(tokens, at, entry)
    if swapped is not None:
        return swapped
    return _straight(tokens, at, entry, found)


def _unlisted(tokens: Sequence[Token], at: int) -> Verb | None:
    """Any verb speaks where it stands beside a quotation and nothing else can: "…!" beamed X. "…," X purred."""
    low = tokens[at].low
    if len(low) < 4 or not low.endswith(("ed", "es", "s")) or tokens[at].name or not at:
        return None
    if tokens[at - 1].quote:
        return OTHER if at + 1 < len(tokens) and tokens[at + 1].name and tokens[at - 1].text[-1] != COVER else None
    if at + 2 < len(tokens) and tokens[at + 1].low in (",", ":") and tokens[at + 2].quote and low.endswith("ed"):
        return OTHER
    ends = at + 1 >= len(tokens) or tokens[at + 1].low in (".", ",", ":")
    if not ends or low.endswith("s"):
        return None
    before = next((place for place in range(at - 1, max(-1, at - 7), -1) if not tokens[place].word), -1)
    return OTHER if before >= 0 and tokens[before].quote and tokens[before].text[-1] in COMMA + ASKED else None


def _according(tokens: Sequence[Token], at: int) -> Cue | None:
    if at + 2 >= len(tokens) or tokens[at + 1].low != "to":
        return None
    span = phrases.after(tokens, at + 2)
    if span is None:
        return None
    return Cue(at + 1, at, ACCORDING, span, inverted=True, end=span[1])


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    if not at:
        return not tokens[at].low.endswith("ing")
    left = tokens[at - 1]
    if left.low in _NOUN_BEFORE or (left.low.endswith(("’s", "'s", "s’", "s'")) and left.low not in ("’s", "'s")):
        return True
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return tokens[at].low in ("report", "reports", "post", "claims", "claim", "comment") and following in ("of", "by")


def _inverted(tokens: Sequence[Token], at: int, entry: Verb) -> Cue | None:
    left = tokens[at - 1] if at else None
    if "q" not in entry.frames or at + 1 >= len(tokens) or tokens[at].low.endswith("ing") or entry.lemma == "tell":
        return None
    if (
        left is None
        or ("n" in entry.frames and not left.quote)
        or not (left.quote or left.comma or left.low in DASHES)
        or tokens[at].low == entry.lemma
    ):
        return None
    if not phrases.begins(tokens[at + 1]) and not (left.quote and _names_soon(tokens, at + 1)):
        return None
    span = phrases.after(tokens, at + 1)
    if span is None or not (left.quote or phrases.speaks(tokens, span)):
        return None
    if not left.quote and not _ends_clause(tokens, span):
        return None
    return Cue(at, at, entry, span, inverted=True, end=span[1])


def _names_soon(tokens: Sequence[Token], at: int) -> bool:
    """Whether words that may describe somebody lead to a name: "said retired general X"."""
    for token in tokens[at : at + 5]:
        if not token.word or token.low in PREPOSITIONS or token.low in PRONOUNS or token.low == "that":
            return False
        if token.name:
            return True
    return False


def _ends_clause(tokens: Sequence[Token], span: Range) -> bool:
    """Whether a subject after "…, said" is all that follows the verb, and no clause of its own."""
    at = span[1]
    if at < len(tokens) and not (tokens[at].comma or tokens[at].low in (".", "who", "when")):
        return False
    return tokens[span[0]].name or (tokens[at - 1].low in PERSONS and at - span[0] < _SHORT_SUBJECT)


def _straight(tokens: Sequence[Token], at: int, entry: Verb, found: Sequence[Cue]) -> Cue | None:
    low = tokens[at].low
    group = group_before(tokens, at)
    gerund = low.endswith("ing") and not group.words & BE
    if group.words & BE and not low.endswith("ing"):
        return None
    if (entry.lemma, tokens[at + 1].low if at + 1 < len(tokens) else "") in _SUFFERED and low.endswith("ed"):
        return None
    negated = bool(group.words & NEGATIONS)
    first = group.left + 1
    if group.left < 0:
        return None
    if gerund:
        return _gerund(tokens, at, first, entry, found)
    if tokens[group.left].low == "to":
        return _into(tokens, at, group.left, entry, found)
    subject, relative = subject_of(tokens, group.left, found)
    if subject is None or not agrees(tokens, at, entry, group, subject, relative):
        return None
    shared = any(cue.subject == subject for cue in found)
    return Cue(at, first, entry, subject, relative=relative, negated=negated, shared=shared)


def _into(tokens: Sequence[Token], at: int, to: int, entry: Verb, found: Sequence[Cue]) -> Cue | None:
    """A verb after "to" attributes only where something was begun by it: "went on to say"."""
    if to < 2 or tokens[to - 1].low not in _INTO_SPEECH:
        return None
    verb = to - 2 if tokens[to - 1].low == "on" else to - 1
    subject, relative = subject_of(tokens, group_before(tokens, verb).left, found)
    return Cue(at, verb, entry, subject, relative=relative) if subject else None


def _gerund(tokens: Sequence[Token], at: int, first: int, entry: Verb, found: Sequence[Cue]) -> Cue | None:
    left = tokens[first - 1]
    if not (left.comma or left.quote or left.low in _GERUND_AFTER or left.low in DASHES or left.word):
        return None
    if left.low in DETERMINERS or (left.low in PREPOSITIONS and left.low not in _GERUND_AFTER) or left.low == "to":
        return None
    subject = _beside(tokens, first) if left.word and left.low not in _GERUND_AFTER else None
    outer = outer_cue(tokens, found)
    if subject is None:
        subject = outer.subject if outer else phrases.first_subject(tokens, 0, first)
    return Cue(at, first, entry, subject, gerund=True, shared=True) if subject else None


def _beside(tokens: Sequence[Token], first: int) -> Range | None:
    """Whoever stands right before "saying": "with one poster saying", "footage of X saying"."""
    span = phrases.before(tokens, first - 1)
    if span is None or not phrases.speaks(tokens, span):
        return None
    if span[0] and tokens[span[0] - 1].low == "with":
        return span
    if tokens[span[0]].low == "with":
        return span[0] + 1, span[1]
    close = phrases.smallest(tokens, span[0], span[1] - 1)
    return (close, span[1]) if tokens[span[1] - 1].name else None
