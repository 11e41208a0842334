"""Times told by two ends or one: from A to B, 3 to 5 March, A or B, since A, until B, overnight into B."""

from __future__ import annotations

import re
from typing import Final

from tracker.model.datewords_calendar import MONTH
from tracker.model.datewords_single import one_day, single_date
from tracker.model.datewords_when import WEEKDAY, AnchorNeeded, Reading, When, interval, shift
from tracker.model.edtf import Edtf, parse

_NIGHT = re.compile(r"overnight (?P<into>into |to )?(?:on |from )?(?P<rest>.+)|(?P<first>.+) overnight")
_OPEN = re.compile(
    r"(?P<how>since|starting|until|till|up to|through|before|prior to|after|by|no later than|on or before|on or after)"
    r" (?P<rest>.+)"
    r"|from (?P<from>.+?)(?: on| onwards?)?|(?P<pre>.+) (?P<tail>onwards?|or before|or after)"
)
_RANGE = re.compile(r"(?P<how>from|between|1 of|either) (?P<rest>.+)")
_SEPARATORS: Final = (" to ", " until ", " till ", " through ", " thru ", " - ", "-")
_MOST_CUTS: Final = 8
_BARE_DAY = re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?P<year> [0-9]{4})?")
_BARE = re.compile(
    rf"(?:{WEEKDAY} )?(?:[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?)?(?:{MONTH}|{WEEKDAY.replace('weekday', 'other')})\b.*"
)


def joined_date(text: str, when: When) -> Reading | None:
    """Read a plain wording (see `datewords_text.plain`) with one end or two: R11, R13, R14; raises as `read_words`."""
    if match := _NIGHT.fullmatch(text):
        return _night(match, when)
    return _open(text, when) or _joined(text, when)


def _night(match: re.Match[str], when: When) -> Reading | None:
    """R11: the eve and the day; "overnight into Monday" ends on Monday, "overnight on Monday" begins on it."""
    text = match["rest"] or match["first"]
    both = _between(text, when, (" to ", " into ", "-"))
    if both:
        return both
    day = one_day(text, when)
    if day is None:
        return None
    first = shift(day, -1) if match["into"] else day
    return Reading(interval(first, shift(first, 1)))


def _ends(found: Reading) -> tuple[str, str]:
    """First and last date of a reading, "" where it is open."""
    start, slash, end = found.edtf.partition("/")
    return (start, end) if slash else (start, start)


def _open(text: str, when: When) -> Reading | None:
    """R13: since, until, before, after, by; only one end is told."""
    match = _OPEN.fullmatch(text)
    if match is None:
        return None
    how = match["how"] or (match["tail"] or "from").replace("or ", "on or ")
    found = single_date(match["rest"] or match["from"] or match["pre"], when)
    if found is None:
        return None
    (start, end), bounds = _ends(found), parse(found.edtf)
    if how in ("since", "starting", "from", "onward", "onwards"):
        return Reading(f"{start}/..", found.edtf if how == "since" else "")
    if how in ("until", "till", "up to", "through"):
        return Reading(f"../{end}")
    return _limit(how, start, end, bounds)


def _limit(how: str, start: str, end: str, bounds: Edtf) -> Reading | None:
    if how in ("by", "no later than", "on or before"):
        return Reading(f"[..{end}]")
    if how == "on or after":
        return Reading(f"[{start}..]")
    if bounds.earliest is None or bounds.latest is None:
        return None
    if how == "after":
        return Reading(f"[{shift(bounds.latest, 1).isoformat()}..]")
    return Reading(f"[..{shift(bounds.earliest, -1).isoformat()}]")


def _joined(text: str, when: When) -> Reading | None:
    """R14: from A to B, between A and B, A–B; and one of A–B, A or B."""
    match = _RANGE.fullmatch(text)
    how, rest = (match["how"], match["rest"]) if match else ("", text)
    separators = (" and ", *_SEPARATORS) if how == "between" else _SEPARATORS
    found = _between(rest, when, separators) if how != "either" else None
    if found is None:
        pair = _pair(rest, when, (" or ",)) if how in ("", "either", "1 of") else None
        return Reading(f"[{pair[0].edtf},{pair[1].edtf}]") if pair and "/" not in pair[0].edtf + pair[1].edtf else None
    choice = f"[{found.edtf.replace('/', '..')}]"
    return Reading(choice) if how == "1 of" else Reading(found.edtf, choice if how == "between" else "")


def _between(text: str, when: When, separators: tuple[str, ...]) -> Reading | None:
    pair = _pair(text, when, separators)
    return Reading(f"{_ends(pair[0])[0]}/{_ends(pair[1])[1]}") if pair else None


def _pair(text: str, when: When, separators: tuple[str, ...]) -> tuple[Reading, Reading] | None:
    for separator in separators:
        pieces = text.split(separator)
        for cut in range(1, min(len(pieces), _MOST_CUTS)):
            left, right = separator.join(pieces[:cut]).strip(), separator.join(pieces[cut:]).strip()
            if left and right and (pair := _both(*_shared(left, right), when)):
                return pair
    return None


def _shared(left: str, right: str) -> tuple[str, str]:
    """Give a bare day the month its neighbour names: "3", "5 march 2019"; "march 3", "5 2019"."""
    month = re.search(rf"\b{MONTH}\b", right if _BARE_DAY.fullmatch(left) else left)
    if month and _BARE_DAY.fullmatch(left):
        return f"{left} {month['month']}", right
    if month and (bare := _BARE_DAY.fullmatch(right)):
        year = bare["year"] or "".join(re.findall(r" [0-9]{4}\b", left))
        return left, f"{bare['day']} {month['month']}{year}"
    return left, right


def _both(left: str, right: str, when: When) -> tuple[Reading, Reading] | None:
    """Both ends; one that names no year or week is told from the other when that one stands by itself."""
    start, end = _fixed(left, when), _fixed(right, when)
    if end and not start and _BARE.fullmatch(left):
        start = single_date(left, When(parse(end.edtf).latest, order=when.order))
    elif start and not end and _BARE.fullmatch(right):
        end = single_date(right, When(parse(start.edtf).earliest, future=True, order=when.order))
    start, end = start or single_date(left, when), end or single_date(right, when)
    if start is None or end is None:
        return None
    first, last = parse(start.edtf).earliest, parse(end.edtf).latest
    if first and last and first > last and _BARE.fullmatch(left):
        start = single_date(left, When(last, order=when.order)) or start
    return start, end


def _fixed(text: str, when: When) -> Reading | None:
    try:
        return single_date(text, When(None, order=when.order))
    except AnchorNeeded:
        return None
