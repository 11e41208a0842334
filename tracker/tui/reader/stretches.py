"""Which look each character of an article has: what is suggested there, how it was decided, what is no content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tracker.store.reading_desk import CodedSpan, Waiting
from tracker.store.suggesting import main_spans

KINDS = ("statement", "actor", "date", "incident", "other")
STATES = ("pending", "accepted", "rejected")
ROLES = ("main", "speaker", "cue", "part")
NOISE = "noise"
PLAIN, _DIM, _CODED = 0, 255, 254
_MAIN = {"quote", "inner", "content", "sentence", "name", "mention", "mentions", "date", "words", "line"}
_SPEAKER = {"speaker", "speaker_whole", "attribution", "asserter"}
_CUE = {"cue", "trigger", "hedge"}


class Look(NamedTuple):
    """What a stretch is: a kind of KINDS or NOISE or "", and a state of STATES or ""."""

    kind: str
    state: str


def state(waiting: Waiting) -> str:
    """How a suggestion was decided; an edited one was accepted."""
    if waiting.status == "edited":
        return "accepted"
    return waiting.status if waiting.status in STATES else "pending"


def look(code: int) -> Look:
    """What a code of `looks` stands for."""
    if code == _DIM:
        return Look(NOISE, "")
    if code == _CODED:
        return Look("", "accepted")
    if code == PLAIN:
        return Look("", "")
    return Look(KINDS[(code - 1) // len(STATES)], STATES[(code - 1) % len(STATES)])


def looks(length: int, queue: Sequence[Waiting], coded: Iterable[CodedSpan] = ()) -> bytes:
    """One code for each code point of a text of `length`; the shorter of two stretches lies on top."""
    painted = bytearray(length)
    layers = sorted(_layers(queue, coded), key=lambda layer: (layer[0], layer[1] - layer[2]))
    for _, start, end, code in layers:
        start, end = max(0, start), min(end, length)
        painted[start:end] = bytes([code]) * max(0, end - start)
    return bytes(painted)


def _layers(queue: Sequence[Waiting], coded: Iterable[CodedSpan]) -> Iterator[tuple[int, int, int, int]]:
    """Depth, start, end and code of every stretch."""
    for span in coded:
        yield 1, span.start, span.end, _CODED
    for waiting in queue:
        now = state(waiting)
        if waiting.kind == NOISE:
            stretches = [span for spans in waiting.spans.values() for span in spans] if now != "rejected" else []
            yield from ((0, start, end, _DIM) for start, end in stretches)
            continue
        kind = waiting.kind if waiting.kind in KINDS else "other"
        code = 1 + KINDS.index(kind) * len(STATES) + STATES.index(now)
        for start, end in main_spans(waiting.kind, waiting.spans):
            yield 1 if now == "rejected" else 2, start, end, code


class Marked(NamedTuple):
    """A stretch of the current suggestion; `role` is its place in ROLES, from 1."""

    start: int
    end: int
    role: int


def marks(waiting: Waiting | None) -> list[Marked]:
    """The stretches of a suggestion by what they are for, what is to lie on top last."""
    if waiting is None:
        return []
    found = [
        Marked(start, end, _role(waiting.kind, role)) for role, spans in waiting.spans.items() for start, end in spans
    ]
    return sorted(found, key=lambda mark: (mark.role != 1, mark.start - mark.end))


def _role(kind: str, role: str) -> int:
    if kind == "incident" and role == "date":
        return 4
    return 1 if role in _MAIN else 2 if role in _SPEAKER else 3 if role in _CUE else 4
