"""English date wording made plain before it is read: numbers as digits, no clock times, articles or loose marks."""

from __future__ import annotations

import re
from typing import Final

_ONES: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_DECADES: Final = ("thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")

_VALUE: Final = (
    {word: n for n, word in enumerate(_ONES, 1)}
    | {word: n * 10 for n, word in enumerate(_TENS, 2)}
    | {word: n for n, word in enumerate(_ORDINALS, 1)}
    | {"twentieth": 20, "thirtieth": 30}
)
_CARDINAL: Final = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[:9])}))?|{'|'.join(reversed(_ONES))})"
_TWO_DIGITS: Final = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[:9])}))?|{'|'.join(reversed(_ONES[9:]))})"
_SPOKEN_YEAR = re.compile(rf"\b(seventeen|eighteen|nineteen|twenty)[- ]({_TWO_DIGITS})\b")
_THOUSANDS = re.compile(rf"\btwo thousand(?:(?: and)? ({_CARDINAL}))?\b")
_ORDINAL = re.compile(rf"\b(?:(twenty|thirty)[- ])?({'|'.join(_ORDINALS)})\b|\b(twentieth|thirtieth)\b")
# "the second" by itself is rarely a day of the month.
_COUNTED_OFF = re.compile(r"\b(?:quarter|half|month|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*)\b")
_NUMBER = re.compile(rf"\b{_CARDINAL}\b")

_PLAIN_MARKS: Final = str.maketrans(
    {c: "'" for c in "’‘ʼ‛`´"} | {c: "-" for c in "‐‑‒–—―−"} | {c: " " for c in '\u00a0\u2009\u202f,;()"“”„:'}
)
_CLOCK = re.compile(
    r"(?:(?<=[0-9])t|(?:\b(?:at|around|about) )|(?<![0-9:]))[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r" ?(?:[ap]m\b)?(?: ?(?:local time|gmt|utc|z|[ecmp][sd]t|et|bst|ce?st|[+-][0-9]{2}:?[0-9]{2})(?![0-9a-z]))?"
    r"|\b(?:at )?(?:1[0-2]|0?[1-9]) ?[ap]m\b|\bat (?:[01]?[0-9]|2[0-3])(?: o'clock)?(?=$| on\b)"
)
_PART_OF_DAY = re.compile(
    r"\b(?:(?:at|in|during|around|before|after|shortly|just|on|toward|towards|by) )*"
    r"(?:mid)?(?:morning|afternoon|evening|night|noon|midday|midnight|dawn|dusk|sunrise|sunset|daybreak|lunchtime)"
    r"(?: (?:hours|time|of|on))*\b"
)
_CLOCK_LETTERS = re.compile(r"\b([ap])\. ?m\b\.?")
_REWRITES: Final = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"([0-9]0)'s\b", r"\1s"),
        (r"'([0-9]0s)\b", r"\1"),
        (r"'s\b|(?<=s)'(?=\s|$)", ""),
        (r"(?<![0-9])\.+|\.+(?![0-9])", " "),
        (r"\b(this|last|next) (year|month|week)s\b", r"\1 \2"),
        (r"\b(?:early|earlier|late|later) in the day\b", "today"),
        (r"\b(?:(?:earli|lat)er|early|late|end|beginning|start) (?:in|of) the (week|month|year)\b(?! of)", r"this \1"),
        (r"\b(?:early|small) hours of\b", ""),
        (r"\bor earlier\b", "or before"),
        (r"\bor later\b", "or after"),
        (r"\blast (?:night|evening)\b|\byesterday night\b", "yesterday"),
        (r"\btonight\b|\bthis (?:early )?(?:morning|afternoon|evening)\b", "today"),
    )
)
_FILLERS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:very )?(?:early|earlier|late|later|mid|middle)\b(?: ?(?:to|-) ?(?:mid|late)\b)?[- ]*(?:(?:in|on) )?",
        r"\b(?:end|beginning|start|middle|turn|close) of\b",
        r"\bthe\b",
    )
)


def _digits(words: str) -> int:
    return sum(_VALUE[word] for word in re.split("[- ]", words))


def _ordinal(match: re.Match[str]) -> str:
    number = _VALUE[match.group(3)] if match.group(3) else _VALUE[match.group(2)]
    number += _VALUE[match.group(1)] if match.group(1) else 0
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def numbers_as_digits(text: str) -> str:
    """Spelled numbers of lower-case text as digits: "forty-two" 42, "March eighth" 8th, "nineteen ninety-four" 1994."""
    text = _SPOKEN_YEAR.sub(lambda m: str(_digits(m.group(1)) * 100 + _digits(m.group(2))), text)
    text = _THOUSANDS.sub(lambda m: str(2000 + (_digits(m.group(1)) if m.group(1) else 0)), text)
    if _COUNTED_OFF.search(text):
        text = _ORDINAL.sub(_ordinal, text)
    text = _NUMBER.sub(lambda m: str(_digits(m.group())), text)
    for tens, name in enumerate(_DECADES, 3):
        text = text.replace(name, f"{tens}0s")
    return re.sub(r"\b(?:a )?fortnight\b", "2 weeks", text)


def plain(text: str) -> str:
    """Date wording in lower case, with digits, without clock times, parts of the day or month, and articles.

    "The winter of nineteen ninety-four" becomes "winter of 1994"; "late Thursday, at noon" becomes "thursday";
    "last night" becomes "yesterday". Nothing here needs an anchor.
    """
    text = _CLOCK.sub(" ", _CLOCK_LETTERS.sub(r"\1m", " ".join(text.lower().split())))
    text = text.translate(_PLAIN_MARKS)
    for pattern, new in _REWRITES:
        text = pattern.sub(new, text)
    text = numbers_as_digits(text)
    text = _PART_OF_DAY.sub(" ", text)
    for pattern in _FILLERS:
        text = pattern.sub(" ", text)
    return " ".join(text.split()).strip(" -")
