"""Whether a sentence speaks of what was or of what is to come at a given place, told from the nearest verb or cue."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final, Literal

from tracker.articles.date_words import alternatives, word_set

Tense = Literal["past", "future", ""]

_BACK: Final = 220
_AHEAD: Final = 160

_INTENT: Final = alternatives("intent")
_UNDER_WAY: Final = alternatives("under_way")
_TIMETABLE: Final = alternatives("timetable") + "|takes place|kicks off|falls on|comes up"
_CUES: Final = re.compile(
    r"(?:(?P<past>(?:(?:could|would) not be|(?:could|would|should|might) have|couldn['’]t be"
    r"|was to have|were to have|dated"
    r"|(?:manag|tri|forc|fail|continu|us|help)ed to|able to|came to|began to|as of|since)\b)"
    r"|(?P<future>(?:(?:(?-i:will|may|must)|shall|won['’]t|would|might|could|should)\b"
    r"(?: (?:not|also|\w{2,12}ly|now|then|only|be|have|been|soon|he|she|it|they)\b){0,4}(?: [a-z]+)?"
    r"|(?:is|are|be|was|were|been)(?: now| also| still| currently| tentatively)?"
    r" (?:to|due|scheduled|set|expected|slated|planned|poised|about to|likely|ready|supposed)\b"
    r"(?: (?:to|be|have|been|for)\b){0,3}(?: (?!for\b)[a-z]+)?"
    r"|upcoming|forthcoming|coming|deadline|if|unless|up for (?:re-?)?election"
    rf"|(?:is|are) (?:{_UNDER_WAY})|{_TIMETABLE}|ll)\b)"
    rf"|(?P<intent>(?:scheduled|due|slated|expected"
    rf"|(?:{_INTENT})(?:s|d|ed)?(?: (?!to\b)[\w']{{1,15}}){{0,3}} to(?: be)? [a-z]+)\b))",
    re.IGNORECASE,
)
_NO_VERB: Final = word_set("no_verb")
_PAST: Final = word_set("past")
_INTENDED: Final = frozenset(word + ending for word in word_set("intent") for ending in ("", "s", "d", "ed"))
_BEGIN: Final = word_set("cue_beginnings", "timetable") | _INTENDED
_TELLING: Final = _BEGIN | _PAST | {word.capitalize() for word in _BEGIN | _PAST}
_WORD: Final = re.compile(r"[A-Za-z]+")
_LONGEST: Final = 90
_END: Final = re.compile(r"[.!?]['\"”’)]{0,2}\s{1,3}(?=['\"“‘(]?[A-Z0-9])|\n")
_SHORT: Final = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|gen|col|lt|maj|sgt|capt|gov|sen|rep|st|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|no|vs|[a-z])|\.[a-z])$",
    re.IGNORECASE,
)
_COMING: Final = re.compile(
    r"\s?(?:(?:morning|afternoon|evening|night)\s)?(?:will|shall|(?:is|are) (?:to|expected|scheduled|due|set)|would"
    r"|deadline)\b",
    re.IGNORECASE,
)
_AHEAD_OF: Final = re.compile(
    r"\b(?:ahead of|in time for|(?:in )?advance of|deadline (?:of|is)|(?:re)?scheduled for|no later than|as early as"
    r"|as soon as|(?:is|are)(?: on)?|(?:delayed|postponed|adjourned) (?:it )?(?:until|till|to)|effective)"
    r"(?: (?:the|a|early|late|mid|next|about))?\s?$",
    re.IGNORECASE,
)


class Tenses:
    """The verbs and cues of one stretch of text, found once, and asked for any place in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [m.end() for m in _END.finditer(text) if not _SHORT.search(text, max(0, m.start() - 6), m.start())]
        self._starts: list[int] = []
        self._kinds: list[str] = []
        self._gather()

    def _gather(self) -> None:
        """Note each verb and cue; the long pattern is tried only at words it can begin with."""
        done = 0
        for word in _WORD.finditer(self._text):
            said = word.group()
            if said not in _TELLING and said[-2:] != "ed":
                continue
            if word.start() < done or said.lower() in _NO_VERB:
                continue
            kind = "was" if said.lower() in _PAST or said[-2:] == "ed" else ""
            if cue := _CUES.match(self._text, word.start(), word.start() + _LONGEST):
                kind, done = cue.lastgroup or "", cue.end()
            if kind:
                self._starts.append(word.start())
                self._kinds.append(kind)

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        place = bisect_left(self._ends, start + 1)
        first = self._ends[place - 1] if place else 0
        place = bisect_left(self._ends, end)
        last = self._ends[place] if place < len(self._ends) else len(self._text)
        return max(first, start - _BACK), min(last, end + _AHEAD)

    def at(self, start: int, end: int) -> Tense:
        """What is spoken of at a date standing at `start:end`: "past", "future", or "" when no verb tells.

        What stands right beside the date decides, else the verb before it in the sentence, else the first after it;
        of "Friday's vote" the verb after it comes first.
        """
        text = self._text
        if _COMING.match(text, end, end + 40) or _AHEAD_OF.search(text, max(0, start - 40), start):
            return "future"
        first, last = self._sentence(start, end)
        before, after = bisect_left(self._starts, start) - 1, bisect_left(self._starts, end)
        has_before = before >= 0 and self._starts[before] >= first
        has_after = after < len(self._starts) and self._starts[after] < last
        owns = text[end : end + 2] in ("'s", "’s") and has_after and self._starts[after] - end < 60
        if has_before and not owns:  # "agreed to meet on Friday": the meeting is to come
            return "future" if self._kinds[before] in ("future", "intent") else "past"
        if not has_after:
            return ""
        return "future" if self._kinds[after] == "future" else "past"  # "On Friday he agreed to meet": he did so
