"""What one sentence attributes to whom: cues with their contents, each quotation given to one cue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.articles.cues import ACCORDING, cues
from tracker.articles.indirect import contents
from tracker.articles.masking import ASKED, COMMA
from tracker.articles.phrases import Range
from tracker.articles.subjects import Cue
from tracker.articles.verbs import Verb
from tracker.articles.words import Token

_JOINING = frozenset(["and", "but", "so", "then", "or", "yet", ",", ":", "–", "—", "-", "--", ";", ".", "..."])
_LEFT_OFF = frozenset([",", ":", ";", "–", "—", "-", "--", "―", "…", ".", "(", ")", "[", "]", "’", "'"])
_RIGHT_OFF = frozenset([",", ":", ";", "–", "—", "-", "--", "―", "…", ".", "!", "?", "(", "[", "and", "but", "while"])
_LEAVING = frozenset(
    ["and", "but", "until", "when", "as", "before", "after", "while", "who", "which", "during", "because"]
)
_SHORTEST = 2


class Piece(NamedTuple):
    """A stretch of content, in code points; `type` is direct, mixed or indirect."""

    start: int
    end: int
    type: str


@dataclass(slots=True)
class Attribution:
    """Somebody's words: where they stand, who says them and by which cue; offsets are code points.

    `speaker` is the mention of the speaker, None while it must come from elsewhere; `whole` takes in the "who" that
    stands for it. `rule` names the pattern, `subject` the words of the mention.
    """

    speaker: Range | None
    whole: Range | None
    cue: Range | None
    entry: Verb | None
    rule: str
    sentence: Range
    pieces: list[Piece] = field(default_factory=list)
    negated: bool = False
    gerund: bool = False
    relative: bool = False
    paragraph: int = -1
    follows: Attribution | None = None

    @property
    def quoted(self) -> bool:
        """Whether any of the words are in quotation marks."""
        return any(piece.type != "indirect" for piece in self.pieces)


def chars(tokens: Sequence[Token], span: Range) -> Range:
    """A range of tokens as code points."""
    return tokens[span[0]].start, tokens[span[1] - 1].end


def trimmed(tokens: Sequence[Token], span: Range) -> Range | None:
    """The range without marks and joining words at its edges."""
    start, end = span
    while start < end and tokens[start].low in _LEFT_OFF:
        start += 1
    while end > start and tokens[end - 1].low in _RIGHT_OFF:
        end -= 1
    return (start, end) if end > start else None


def pieces(tokens: Sequence[Token], span: Range) -> list[Piece]:
    """The content of a range: one piece for each quotation if there is nothing else, else one piece."""
    cut = trimmed(tokens, span)
    if cut is None:
        return []
    inside = tokens[cut[0] : cut[1]]
    quoted = [token for token in inside if token.quote]
    if quoted and all(token.quote or token.low in _JOINING for token in inside):
        return [Piece(token.start, token.end, "direct") for token in quoted]
    start, end = chars(tokens, cut)
    return [Piece(start, end, "mixed" if quoted else "indirect")]


def narrowed(tokens: Sequence[Token], span: Range, cue: Cue) -> Range:
    """The range without what only leads to a quotation or goes on after it: "As for X, “…,” said Y"."""
    cut = trimmed(tokens, span)
    if cut is None:
        return span
    start, end = cut
    places = [at for at in range(start, end) if tokens[at].quote]
    if not places:
        return cut
    last = places[-1]
    if (
        span[1] <= cue.left + 1
        and last == end - 1
        and last > start
        and tokens[last - 1].low in (",", ":")
        and len(places) == 1
    ):
        return last, end
    if start >= cue.verb and places[0] == start and len(places) == 1 and end > start + 1 and _leaves(tokens, start):
        return start, start + 1
    return cut


def _leaves(tokens: Sequence[Token], quote: int) -> bool:
    """Whether what follows a quotation is the article's own again."""
    following = tokens[quote + 1]
    return (
        following.comma or tokens[quote].text[-1] == COMMA or following.low in _LEAVING or following.low.endswith("ing")
    )


def of_sentence(tokens: Sequence[Token], sentence: Range, heading: bool = False) -> list[Attribution]:
    """The attributions of a sentence, in the order of their cues."""
    found = cues(tokens, heading)
    spans = _claimed(tokens, found)
    result = []
    for place, (cue, ranges) in enumerate(zip(found, spans, strict=True)):
        if not ranges or _inner(place, found, spans):
            continue
        attribution = _attribution(tokens, cue, sentence)
        attribution.pieces = [piece for span in ranges for piece in pieces(tokens, narrowed(tokens, span, cue))]
        if attribution.pieces and (attribution.quoted or _enough(tokens, ranges)):
            attribution.rule = _rule(cue, ranges, attribution)
            result.append(attribution)
    _lead(tokens, found, result, sentence)
    return result


def _lead(tokens: Sequence[Token], found: Sequence[Cue], result: list[Attribution], sentence: Range) -> None:
    """A quotation that opens the sentence and ends in a comma belongs to the first who speaks in it."""
    if not tokens[0].quote or tokens[0].text[-1] not in COMMA + ASKED:
        return
    if any(piece.start <= tokens[0].start < piece.end for made in result for piece in made.pieces):
        return
    cue = next((cue for cue in found if cue.entry.strong and cue.subject is not None), None)
    if cue is None:
        return
    attribution = next((made for made in result if made.cue == chars(tokens, (cue.first, cue.verb + 1))), None)
    if attribution is None:
        attribution = _attribution(tokens, cue, sentence)
        attribution.rule = "quote.lead"
        result.append(attribution)
    attribution.pieces.insert(0, Piece(tokens[0].start, tokens[0].end, "direct"))


def _enough(tokens: Sequence[Token], ranges: Sequence[Range]) -> bool:
    return sum(1 for start, end in ranges for token in tokens[start:end] if token.word) >= _SHORTEST


def _claimed(tokens: Sequence[Token], found: Sequence[Cue]) -> list[list[Range]]:
    """The contents of each cue, so that no quotation belongs to two."""
    spans: list[list[Range]] = []
    floor = 0
    for place, cue in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        ranges = contents(tokens, cue, following, floor)
        spans.append(ranges)
        if any(span[1] <= cue.left + 1 for span in ranges):
            floor = cue.right
    _share(tokens, found, spans)
    return spans


def _share(tokens: Sequence[Token], found: Sequence[Cue], spans: list[list[Range]]) -> None:
    taken: dict[int, int] = {}
    for quote in [at for at, token in enumerate(tokens) if token.quote]:
        rivals = [place for place, ranges in enumerate(spans) if any(a <= quote < b for a, b in ranges)]
        if rivals:
            taken[quote] = _winner(found, spans, rivals, quote)
    for place, ranges in enumerate(spans):
        spans[place] = [kept for span in ranges for kept in _without(found, place, span, taken)]


def _winner(found: Sequence[Cue], spans: Sequence[Sequence[Range]], rivals: Sequence[int], quote: int) -> int:
    """Whose a quotation is: theirs whose words hold the other clause, else theirs who stand nearer."""
    best = min(rivals, key=lambda place: _distance(found[place], spans[place], quote))
    for _ in rivals:
        holder = next((place for place in rivals if place != best and _holds(spans[place], found[best])), None)
        if holder is None:
            break
        best = holder
    return best


def _holds(ranges: Sequence[Range], cue: Cue) -> bool:
    return any(start <= cue.left and cue.verb < end for start, end in ranges)


def _distance(cue: Cue, ranges: Sequence[Range], quote: int) -> tuple[int, int]:
    opens = any(start == quote for start, _ in ranges)
    beside = cue.left - quote if quote < cue.left else quote - cue.right + 1
    return (0 if opens or 0 < beside <= 2 else 1, beside)


def _without(found: Sequence[Cue], place: int, span: Range, taken: dict[int, int]) -> list[Range]:
    """The range cut before the first cue that takes a quotation out of it."""
    lost = [taken[quote] for quote in range(*span) if taken.get(quote, place) != place]
    if not lost:
        return [span]
    rival = found[min(lost)]
    if rival.left > span[0] + _SHORTEST and rival.left > found[place].left:
        return [(span[0], min(span[1], rival.left))]
    return []


def _inner(place: int, found: Sequence[Cue], spans: Sequence[Sequence[Range]]) -> bool:
    """Whether a cue lies in what another one attributes: what is said of saying is no statement of its own."""
    cue = found[place]
    return any(other != place and _holds(ranges, cue) for other, ranges in enumerate(spans))


def _attribution(tokens: Sequence[Token], cue: Cue, sentence: Range) -> Attribution:
    speaker = chars(tokens, cue.subject) if cue.subject else None
    whole = speaker
    if speaker and cue.relative:
        whole = speaker[0], tokens[cue.first - 1].end
    return Attribution(
        speaker,
        whole,
        chars(tokens, (cue.first, cue.verb + 1)),
        cue.entry,
        "",
        sentence,
        negated=cue.negated,
        gerund=cue.gerund,
        relative=cue.relative,
    )


def _rule(cue: Cue, ranges: Sequence[Range], attribution: Attribution) -> str:
    form = (
        "quote"
        if all(piece.type == "direct" for piece in attribution.pieces)
        else "mixed"
        if attribution.quoted
        else "clause"
    )
    if cue.entry is ACCORDING:
        return f"{form}.according"
    place = "after" if ranges[0][0] >= cue.verb else "before"
    return f"{form}.{'inverted' if cue.inverted else place}"
