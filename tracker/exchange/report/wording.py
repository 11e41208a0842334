"""Sentences that say of every number what it does not know."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.exchange.codebooks.countries import country
from tracker.model.uncertain import human
from tracker.store import cells
from tracker.store.digest import Casualties, Sums
from tracker.store.digest_records import Record


def many(count: int, one: str, more: str = "") -> str:
    """A number of things: “1 incident”, “1,234 incidents”."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Words in a row: “a, b and c”."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}" if words else ""


def sentence(words: str) -> str:
    """The words with a capital at their beginning and a full stop at their end."""
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?', '…')) else '.'}"


def people(label: str, found: Casualties) -> str:
    """What is known of the killed or wounded, and what that leaves open."""
    whole = found.reported + found.silent
    if not whole and not found.series:
        return ""
    if not found.reported:
        return f"{label}: nothing is reported for any of the {many(whole, 'incident')}; that is not zero."
    told = f"{label}: {added(found)} in {many(found.reported, 'incident')}"
    if found.none:
        told += f", {found.none:,} of which {'reports' if found.none == 1 else 'report'} that it was nobody"
    if found.silent:
        told += f"; for {found.silent:,} of {whole:,} nothing is reported, so this is no total"
    return " ".join(part for part in (f"{told}.", _doubted(found), _series(found)) if part)


def added(found: Casualties) -> str:
    """The sums, as far as the figures bear them: a lower bound where one figure has no more."""
    if found.bests == found.reported:
        low, high = found.lower, found.upper
        if low == found.best == high and found.uppers == found.reported:
            return f"{found.best:,}"
        return f"{found.best:,} by the best figures ({low:,} to {high:,})"
    if not found.lowers:
        return f"at most {found.upper:,}"
    bound = f"at least {found.lower:,}"
    return f"{bound} and at most {found.upper:,}" if found.uppers == found.reported else bound


def _doubted(found: Casualties) -> str:
    if not found.doubted:
        return ""
    where = many(found.doubted, "incident that is", "incidents that are")
    return f"Of these, {found.doubted_lower:,} in {where} only alleged or disputed."


def _series(found: Casualties) -> str:
    if not found.series:
        return ""
    which = "1 series is" if found.series == 1 else f"{found.series:,} series are"
    return f"The figure of {which} not added, for the parts are counted and nobody is counted twice."


def span(found: Sums) -> str:
    """The days that the counted incidents span, in words; "" when no day is known."""
    if found.earliest and found.latest:
        return human(f"{found.earliest}/{found.latest}" if found.earliest != found.latest else found.earliest)
    return (
        human(f"{found.earliest}/.." if found.earliest else f"../{found.latest}")
        if found.latest or found.earliest
        else ""
    )


def figure(record: Record, measure: str) -> str:
    """The adopted figure of an incident, or that nothing is reported."""
    told = cells.figure([record[f"{measure}_{end}"] for end in ("low", "best", "high")])
    return "not reported" if told == cells.UNKNOWN else told


def land(code: str) -> str:
    """The name of a country by its code of ISO 3166; the code itself when it is none."""
    found = country(code)
    return found.name if found else code


def place(record: Record) -> str:
    """Where an incident was, as far as it is known; "" when it is not."""
    country = land(record["country"]) if record["country"] else ""
    parts = (record["place_name"] or record["place_words"], record["admin2"], record["admin1"], country)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def when(record: Record, field: str) -> str:
    """An uncertain date in full words, with the words of the source and how it is known."""
    told = human(record[f"{field}_edtf"])
    if told == cells.UNKNOWN:
        return "not known"
    notes = [f"“{record[f'{field}_words']}”"] if record[f"{field}_words"] else []
    notes += ["inferred"] if record[f"{field}_basis"] == "inferred" else []
    return f"{told} ({', '.join(notes)})" if notes else told
