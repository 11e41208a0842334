"""What kind of actor a name in a dataset is, as far as the name itself says it."""

from __future__ import annotations

import re

from tracker.exchange.profile.countries import country_reader

_KINDS = (
    (re.compile(r"government of (?:the )?(?P<land>.+)"), "government", False),
    (re.compile(r"(?:military|police|security|state|border) forces of (?P<land>.+)"), "state_forces", False),
    (re.compile(r"(?:civilians?|protesters?|rioters?)\b.*"), "civilians", True),
    (re.compile(r"private citizens.*"), "civilians", True),
    (re.compile(r"(?:unidentified|unknown|unaffiliated) (?:military|police|security|state).*"), "state_forces", True),
    (re.compile(r"(?:unidentified|unknown|unaffiliated|unnamed)\b.*"), "armed_group", True),
    (re.compile(r"(?:the )?(?:gunm[ae]n|armed m[ae]n|attackers?|assailants?|militants?)"), "armed_group", True),
)
_LONGEST = 300
"""Characters of a name that is still taken for one."""


def guess(name: str, otherwise: str = "armed_group") -> tuple[str, bool, str]:
    """Kind (a code of `actor_kind`), whether it is generic, and the country (alpha-3 or ""); `otherwise` for most.

    Follows the spellings of UCDP ("Government of Iraq", "Civilians"), ACLED ("Military Forces of Iraq (2003-)",
    "Unidentified Armed Group (Iraq)") and GTD ("Unknown").
    """
    folded = name.strip().lower()
    if len(folded) > _LONGEST:
        return otherwise, False, ""
    for pattern, kind, generic in _KINDS:
        if found := pattern.fullmatch(folded):
            return kind, generic, _country(found.groupdict().get("land") or folded)
    return otherwise, False, ""


def _country(words: str) -> str:
    find = country_reader("name")
    before, bracket, inside = words.rstrip().removesuffix(")").rpartition("(")
    if not bracket or not words.rstrip().endswith(")") or ")" in inside:
        return find(words) or ""
    return find(words) or find(before.rstrip()) or find(inside) or ""
