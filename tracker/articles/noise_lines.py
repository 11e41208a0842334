"""What one line of a news page is by its own words: promotion, a caption, a by-line, a dateline, or none of these."""

from __future__ import annotations

import re
from collections.abc import Callable

from tracker.articles.noise_words import words

Verdict = tuple[str, str]
"""A kind and the reason for it."""

LONGEST = 1_200
"""Code points of a paragraph that is still looked at: none longer is a caption or a line of promotion."""

MONTHS = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAYS = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_DATE = rf"{MONTHS} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {MONTHS},? \d{{4}}|\d{{4}}-\d\d-\d\d"
_DAY = rf"(?:{_WEEKDAYS},? )?(?:{_DATE})"
_CLOCK = r"(?:,? (?:at )?\d{1,2}[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: ?\(?[A-Z]{2,4}\)?)?"
_OPENING = "\"“”‘'«([{<•·*–—-→>▶ \u00a0"
_SPEECH = re.compile(r"[“”\"«»]|''|``|(?:^|\s)[‘'][^\s].{2,200}[’'](?:\s|[.,]|$)")
_ELEMENT = re.compile(r"<[^<>]*>")


def verdict(line: str) -> Verdict | None:
    """The kind that a paragraph's own words show, with the reason; None when they show none. Bounded in time."""
    if len(line) > LONGEST:
        return None
    for rule in _RULES:
        if found := rule(line):
            return found
    return None


def quotes_somebody(line: str) -> bool:
    """Whether a line has quotation marks around or after some of its words, but not around all of it."""
    inner = line.strip("\"“”«»'’‘.")
    return bool(_SPEECH.search(inner))


def opens_list(line: str) -> bool:
    """Whether a line is an opener of promotion and nothing else, such as `DON'T MISS`."""
    return bool(words().promo_alone.fullmatch(line.strip(_OPENING + ":.…|»")))


def _separator(line: str) -> Verdict | None:
    if any(map(str.isalnum, line if line[0] != "<" else _ELEMENT.sub("", line))):
        return None
    return "label", "no letters"


def _dateline(line: str) -> Verdict | None:
    if len(line) > 90:
        return None
    told = r"(?:(?:first |last |originally )?(?:published|updated|posted|created|modified|issued)(?: on| at)?:?\s*)?"
    if re.fullmatch(rf"(?i:{told})(?:\d{{1,2}}[:.]\d\d,? )?{_DAY}{_CLOCK}(?:\s*[|/·•–-].*)?", line):
        return "dateline", "a date alone"
    if re.fullmatch(rf"(?i:{told})(?:about |an? )?(?:\d+ )?(?:min(?:ute)?|hour|day)s? ago", line):
        return "dateline", "how long ago alone"
    return None


def _byline(line: str) -> Verdict | None:
    if re.match(
        r"\(+\s*(?:Additional |Further )?(?:Reporting|Writing|Editing|Compiled|Written|Edited|Translated)\b", line
    ):
        return "byline", "who reported, wrote and edited"
    if re.match(r"[\s—–-]*(?:additional|further) reporting (?:by|from)\b", line, re.IGNORECASE):
        return "byline", "who else reported"
    if (
        "contributed" in line
        and re.search(r"\bcontributed (?:\w+ ){0,3}report(?:ing)?\b[^.]{0,60}\.?$", line)
        and not quotes_somebody(line)
    ):
        return "byline", "who else reported"
    if re.match(
        r"[(\s–—-]*with (?:inputs?|agencies|files|reporting|additional reporting) ?(?:from|by|$|\))",
        line,
        re.IGNORECASE,
    ):
        return "byline", "what agencies it draws on"
    if re.fullmatch(r"[(\s]*(?:@\w+|[\w.+-]+@[\w.-]+)[)\s]*", line):
        return "byline", "an address alone"
    if len(line) <= 160 and words().byline.fullmatch(line):
        return "byline", "“By” and names, or a name and a desk"
    return None


def _promo(line: str) -> Verdict | None:
    text = line.lstrip(_OPENING)
    known = words()
    if known.promo_opener.match(text) or known.promo_capitals.match(text):
        return "promo", "opens as links to other articles do"
    if known.about_itself.match(text):
        return "promo", "a note on the article itself"
    if len(line) > 700:
        return None
    if known.promo_start.match(text):
        bids = not _spoken(line, text)
    else:
        low = text.lower()
        bids = any(sign in low for sign in _READER_SIGNS) and bool(known.promo_within.search(text))
    return ("promo", "speaks to the reader") if bids and not _quotes(line) else None


def _quotes(line: str) -> bool:
    return quotes_somebody(line) or bool(_REPORTED.search(line))


def _spoken(line: str, text: str) -> bool:
    # A paragraph all in quotation marks is somebody's words, also when it bids: only a handle shows that it is not.
    return line[0] in "“\"‘'" and line[0] != text[0] and "@" not in text


def _tagged(line: str) -> Verdict | None:
    """`Headline of another article[SPOTLIGHT]`."""
    if (
        len(line) <= 200
        and re.search(r"(?<![.!?\s])\s?[\[(][A-Z][A-Z &/-]{2,20}[\])]$", line)
        and ". " not in line
        and ".\u00a0" not in line
    ):
        return "promo", "ends in a section's name in brackets"
    return None


def _caption(line: str) -> Verdict | None:
    known = words()
    if len(line) <= 800 and (found := _credited(line)):
        return found
    if len(line) <= 500 and known.caption_opener.match(line):
        return "caption", "opens as captions do"
    if len(line) <= 90 and known.agency.fullmatch(line):
        return "caption", "a credit alone"
    return None


def _credited(line: str) -> Verdict | None:
    """A credit ends the line: only its last bracket or its last words are looked at."""
    tail = line[-_CREDIT:]
    if tail.rstrip(".")[-1:] in (")", "]"):
        opened = max(tail.rfind("("), tail.rfind("["))
        if opened >= 0 and words().credit_in_brackets.match(tail, opened):
            return "caption", "ends in a picture credit in brackets"
    elif _CREDIT_SIGN.search(tail) and words().credit_at_end.search(tail):
        return "caption", "ends in a picture credit"
    return None


def _seen(line: str) -> Verdict | None:
    """A line that says what is to be seen, with no full stop, or where somebody stands in a picture."""
    if len(line) > 220:
        return None
    found = _shown(line)
    return found if found and not quotes_somebody(line) else None


def _shown(line: str) -> Verdict | None:
    if "(" in line and (_DIRECTED.search(line) or ("(pictured" in line and line[-1] != ".")):
        return "caption", "says where somebody is in a picture"
    if line[0].islower() and line.count(" ") <= 14 and re.search(r"\b(?:in|at|near|of) ", line):
        return ("caption", "no sentence") if not _FINITE.search(line) else None
    if line[-1] not in '.!?:;,”"’' and line.count(" ") >= 5 and words().shown.search(line):
        return "caption", "says what is to be seen, with no full stop"
    return None


_CREDIT = 160
_CREDIT_SIGN = re.compile(r"[:/…]|\.{3}|[Pp]hoto|[Pp]icture")
_READER_SIGNS = (
    "newsletter", "your ", "click here", "notifications", "alerts", "follow ", "reach ", "reached at", "reached on",
    "contacted", "followed", "reserved", "terms ", "privacy", "[",
)  # fmt: skip
"""Without one of these no line speaks to the reader in its middle: to look for them is quick."""
_DIRECTED = re.compile(r"\((?:left|right|centre|center|above)(?:[, ][^()]{0,40})?\)|\(L\).*\([RC]\)")
_REPORTED = re.compile(
    r"\b(?:said|told|asked|added|wrote|warned|claimed|announced|shouted|chanted|begged|replied|insisted|argued|reported"
    r"|according to)\b"
)
_FINITE = re.compile(r"\b(?:is|are|was|were|be|been|has|have|had|will|would|said|says|can|could|may|did|does|do)\b")
_RULES: tuple[Callable[[str], Verdict | None], ...] = (
    _separator,
    _dateline,
    _caption,
    _tagged,
    _byline,
    _promo,
    _seen,
)
