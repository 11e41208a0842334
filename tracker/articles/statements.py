"""Proposes statements: who says what in an article, with the stretches it rests on and how sure each is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tracker.articles import statement_words as told
from tracker.articles.attributions import Attribution, Piece
from tracker.articles.masking import masked
from tracker.articles.pronouns import NOBODY, Speakers, Who
from tracker.articles.proposals import Proposal, Span
from tracker.articles.quotes import Quote, quotes
from tracker.articles.sentences import by_paragraph
from tracker.articles.speakers import attributions

if TYPE_CHECKING:
    from tracker.articles.document import Document
    from tracker.articles.names import NameIndex

_MODES = {"direct": "verbatim", "mixed": "mixed", "indirect": "paraphrase"}
_REASONS = {
    "inverted": "a cue verb with its subject stands after the words",
    "before": "a clause with a cue verb follows the words",
    "after": "a clause with a cue verb leads to the words",
    "according": "“according to” names the source",
    "lead": "the first who speaks in the sentence that the quotation opens",
    "signed": "a dash and a name follow the quotation",
    "labelled": "a name and a colon stand before the words",
    "announced": "a colon announces the paragraph",
    "block": "a colon announces the paragraph, which has no marks",
    "introduced": "who the sentence before is about",
    "loose": "a long quotation in a sentence about somebody",
    "resumed": "who speaks in the sentence before in the same paragraph",
    "follows": "the paragraph is a quotation alone, after one that names who speaks",
}
_CONFIDENCE: Mapping[str, float] = {
    "quote.inverted": 0.95,
    "quote.before": 0.97,
    "quote.after": 0.9,
    "quote.lead": 0.8,
    "quote.according": 0.6,
    "mixed.before": 0.78,
    "mixed.after": 0.7,
    "mixed.inverted": 0.75,
    "mixed.according": 0.7,
    "clause.after": 0.6,
    "clause.before": 0.68,
    "clause.inverted": 0.5,
    "clause.according": 0.68,
    "signed": 0.9,
    "labelled": 0.7,
    "announced": 0.88,
    "block": 0.6,
    "resumed": 0.75,
    "introduced": 0.7,
    "follows": 0.5,
    "loose": 0.35,
}
_MARKS = "\"“”„‟«»'‘’`"
_WEAK = 0.25
_PLAIN = 0.12
_LEAST, _MOST = 0.05, 0.82
_TELLING = frozenset(("say", "tell", "add"))


def statements(doc: Document, names: NameIndex) -> list[Proposal]:
    """The statements of an article, in the order of the text. Raises nothing.

    `value` holds type (direct, mixed, indirect), mode and kind (codes), speaker (the mention), speaker_entity (its full
    name or description, "" where unknown), cluster (its index in `names`, -1), quote, paraphrase, said (date words),
    venue, conditional, negated and group. Spans: quote (with marks, or the content), inner (what is in marks, without
    them), speaker, speaker_whole, cue, said, venue, hedge, repeat (a pull quote that says it again).
    """
    marks = quotes(doc)
    cover = masked(doc.text, marks)
    parts = by_paragraph(doc, cover)
    speakers = Speakers(doc.text, names, [span for spans in parts for span in spans])
    found = attributions(doc, marks, cover, parts)
    who: dict[int, Who] = {}
    proposals = []
    for place, attribution in enumerate(found):
        if attribution.follows is not None and id(attribution.follows) in who:
            who[id(attribution)] = who[id(attribution.follows)]
        else:
            who[id(attribution)] = speakers.identify(attribution.speaker) if attribution.speaker else NOBODY
        proposals.append(_proposal(doc, attribution, who[id(attribution)], marks, f"S{place + 1}"))
    return proposals


def _type(pieces: Sequence[Piece]) -> str:
    kinds = {piece.type for piece in pieces}
    return kinds.pop() if len(kinds) == 1 else "mixed"


def _spans(ranges: Iterable[tuple[int, int] | None]) -> tuple[Span, ...]:
    return tuple(Span(*found) for found in ranges if found is not None)


def _proposal(doc: Document, attribution: Attribution, who: Who, marks: Sequence[Quote], group: str) -> Proposal:
    content = [(piece.start, piece.end) for piece in attribution.pieces]
    inner = _inner(marks, attribution.pieces)
    own = told.outside(doc.text, attribution.sentence, content)
    said, venue, hedge = told.date_words(doc.text, own), told.venue(doc.text, own), told.hedge(doc.text, own)
    spans = {
        "quote": _spans(content),
        "inner": _spans(inner),
        "speaker": _spans((attribution.speaker,)),
        "speaker_whole": _spans((attribution.whole,)),
        "cue": _spans((attribution.cue,)),
        "said": _spans((said,)),
        "venue": _spans((venue,)),
        "hedge": _spans((hedge,)),
        "repeat": _repeats(doc, content),
    }
    value = _value(doc.text, attribution, who, content, inner)
    value |= {"group": group, "said": _words(doc.text, said), "venue": _words(doc.text, venue)}
    return Proposal(
        "statement",
        {role: found for role, found in spans.items() if found},
        value,
        _confidence(attribution, who),
        _reason(attribution, who),
        attribution.rule,
    )


def _value(
    text: str, attribution: Attribution, who: Who, content: Sequence[tuple[int, int]], inner: Sequence[tuple[int, int]]
) -> dict[str, Any]:
    kind = _type(attribution.pieces)
    words = " ".join(text[start:end] for start, end in content)
    return {
        "type": kind,
        "mode": _MODES[kind],
        "kind": told.kind_of(attribution, words),
        "speaker": text[slice(*attribution.speaker)] if attribution.speaker else "",
        "speaker_entity": who.name,
        "cluster": who.cluster,
        "quote": _joined(text, inner, " " if kind == "direct" else " … "),
        "paraphrase": "" if kind == "direct" else words,
        "conditional": told.conditional(words),
        "negated": attribution.negated,
    }


def _words(text: str, span: tuple[int, int] | None) -> str:
    return text[slice(*span)] if span else ""


def _joined(text: str, spans: Sequence[tuple[int, int]], joint: str) -> str:
    """The quoted words; those of several paragraphs keep their paragraphs."""
    pieces: list[str] = []
    for place, (start, end) in enumerate(spans):
        if place:
            pieces.append("\n" if "\n" in text[spans[place - 1][1] : start] else joint)
        pieces.append(text[start:end])
    return "".join(pieces)


def _inner(marks: Sequence[Quote], pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for piece in pieces:
        first, stop = bisect_left(marks, (piece.start,)), bisect_left(marks, (piece.end,))
        found += [(quote.inner_start, quote.inner_end) for quote in marks[first:stop]]
    return found


def _repeats(doc: Document, content: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """The pull quotes that say this again; they are no statements of their own."""
    return tuple(
        Span(doc.paragraphs[repeat.paragraph].start, doc.paragraphs[repeat.paragraph].end)
        for repeat in doc.repeats
        if any(start < repeat.end and repeat.start < end for start, end in content)
    )


def _confidence(attribution: Attribution, who: Who) -> float:
    score = _CONFIDENCE.get(attribution.rule, 0.5)
    loose = attribution.rule.startswith(("mixed", "clause"))
    if attribution.entry is not None and not attribution.entry.strong:
        score -= _WEAK
    elif attribution.entry is not None and attribution.entry.lemma in _TELLING and loose:
        score += _PLAIN
    if attribution.speaker is None:
        score -= _WEAK
    return round(min(max(score, _LEAST), _MOST if loose else 1.0), 2)


def _reason(attribution: Attribution, who: Who) -> str:
    form = attribution.rule.rpartition(".")[2]
    reason = _REASONS.get(form, "the clause attributes it")
    if attribution.entry is not None and attribution.entry.lemma:
        reason += f" (“{attribution.entry.lemma}”)"
    return f"{reason}; the speaker {who.reason}" if who.name else reason


def records(doc: Document, proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    """The statements as flat records, one for each stretch, with offsets of stretch, speaker and cue."""
    return [record for proposal in proposals if proposal.kind == "statement" for record in _records(doc.text, proposal)]


def _records(text: str, proposal: Proposal) -> Iterable[dict[str, Any]]:
    speaker = proposal.spans.get("speaker", ())
    whole = proposal.spans.get("speaker_whole", speaker)
    cue = proposal.spans.get("cue", ())
    inner = set(proposal.spans.get("inner", ()))
    for start, end in proposal.spans["quote"]:
        holds = [span for span in inner if start <= span[0] and span[1] <= end]
        alone = len(holds) == 1 and not (text[start : holds[0][0]] + text[holds[0][1] : end]).strip(_MARKS)
        yield {
            "group": proposal.value["group"],
            "start": start,
            "end": end,
            "type": "direct" if alone else "mixed" if holds else "indirect",
            "speaker_text": proposal.value["speaker"] or None,
            "speaker_start": whole[0].start if whole else None,
            "speaker_end": whole[0].end if whole else None,
            "speaker_entity": proposal.value["speaker_entity"] or None,
            "cue_start": cue[0].start if cue else None,
            "cue_end": cue[0].end if cue else None,
            "confidence": proposal.confidence,
            "rule": proposal.rule,
        }
