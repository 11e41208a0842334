"""The first page of a report: what there is, in sentences and small tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tracker.exchange.report.blocks import Beside, Block, Head, Para, Section, Table
from tracker.exchange.report.wording import land, listed, many, people, sentence, span
from tracker.model import codes
from tracker.store.digest import HAPPENED, Counts, Sums
from tracker.store.digest_words import Accounts

SHOWN = 15
"""So many values of one sort get a line of their own."""

_NATURES = {"event": ("event", "events"), "campaign": ("campaign", "campaigns")}
_OTHERS = {"context": "background", "planned": "only planned", "hypothetical": "hypothetical"}


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many statements there are in words, how many made from codes of datasets, and sources."""

    statements: int
    coded: int
    sources: int

    @property
    def said(self) -> str:
        """The statements in words."""
        if not self.coded:
            return many(self.statements, "statement")
        told = many(self.statements, "statement") if self.statements else "no statement in words"
        return f"{told}, beside {self.coded:,} made from codes of datasets"


def summary(sums: Sums, counts: Counts, accounts: Accounts, holdings: Holdings, gone: int = 0) -> Section:
    """What was found, in sentences; `gone` incidents fit and are left out, for their dataset has them no longer."""
    sources = many(holdings.sources, "source")
    without = _gone(gone)
    if not sums.incidents:
        some = holdings.statements + holdings.coded + holdings.sources
        rest = f" There are {holdings.said} and {sources}." if some else ""
        told = f"No incident fits; there is nothing to count.{without}{rest}"
        return Section("summary", "Summary", [Para(told, "lead")])
    blocks: list[Block] = [Para(f"{_covered(sums, counts)}{without}", "lead")]
    lines = [_dates(sums, counts), people("Killed", counts.killed), people("Wounded", counts.wounded), _who(accounts)]
    lines.append(f"The report rests on {sources} and holds {holdings.said}.")
    return Section("summary", "Summary", [*blocks, *(Para(words) for words in lines if words)])


def _gone(count: int) -> str:
    if not count:
        return ""
    which = "1 more incident is" if count == 1 else f"{count:,} more incidents are"
    return f" {which} left out, for the newest release of the dataset has {'it' if count == 1 else 'them'} no longer."


def _covered(sums: Sums, counts: Counts) -> str:
    apart = sums.incidents - sums.happened
    kinds = [many(counts.nature[code], *words) for code, words in _NATURES.items() if counts.nature[code]]
    if unnamed := sum(counts.nature[code] for code in HAPPENED - set(_NATURES)):
        kinds.append(many(unnamed, "incident") if kinds else "")
    if not apart:
        told = f": {listed(kinds)}" if len(kinds) > 1 or counts.nature["campaign"] else ""
        return f"This report covers {many(sums.incidents, 'incident')}{told}."
    others = [f"{counts.nature[code]:,} {words}" for code, words in _OTHERS.items() if counts.nature[code]]
    known = sum(counts.nature[code] for code in _OTHERS)
    others += [f"{apart - known:,} of another nature"] * (apart > known)
    counted = f"{sums.happened:,} {'is' if sums.happened == 1 else 'are'} counted"
    kinds_told = f" ({listed(kinds)})" if any(kinds) else ""
    return (
        f"This report covers {many(sums.incidents, 'incident')}. {counted}{kinds_told}; {apart:,} "
        f"{'is' if apart == 1 else 'are'} told but not counted ({listed(others)})."
    )


def _dates(sums: Sums, counts: Counts) -> str:
    """The days covered, and what is not known of them."""
    if not sums.happened:
        return ""
    days = span(sums)
    told = [f"The dates that are known lie within {days}." if days else "No day is known of any of them."]
    start = sum(n for (first, last), n in counts.months.items() if first is None and last is not None)
    end = sum(n for (first, last), n in counts.months.items() if first is not None and last is None)
    open_ = [f"when {start:,} began"] * bool(start) + [f"when {end:,} ended"] * bool(end)
    open_ += [f"the date of {sums.undated:,}"] * bool(sums.undated and days)
    if open_:
        told.append(sentence(f"{listed(open_)} {'is' if len(open_) == 1 else 'are'} not known"))
    return " ".join(told)


def _who(accounts: Accounts) -> str:
    """How many say who did what, and what of that is denied, hedged or adopted."""
    if not accounts.total:
        return "Nobody is recorded as having done or suffered anything."
    blaming = f"{accounts.blaming:,} of them of perpetrators and sponsors"
    if not accounts.blaming:
        blaming = f"as {_roles(accounts)}; none says who did it, as a perpetrator or sponsor"
    told = [f"Who did what: {many(accounts.total, 'attribution')}, {blaming}."]
    parts = (
        (accounts.hedged, "with a hedge"),
        (accounts.unnamed, "with nobody named who says so"),
        (accounts.denying, "a denial or a doubt"),
    )
    if found := [f"{count:,} {words}" for count, words in parts if count]:
        told.append(f"Of those, {listed(found)}.")
    told += [f"{count:,} of all {'is' if count == 1 else 'are'} what the dataset {name} says in its own name."
             for name, count in sorted(accounts.datasets.items(), key=lambda pair: (-pair[1], pair[0]))]  # fmt: skip
    adopted = accounts.adopted
    told.append(f"{adopted:,} {'is' if adopted == 1 else 'are'} adopted." if adopted else "None is adopted.")
    return " ".join(told)


def _roles(accounts: Accounts) -> str:
    """“participant (14) and victim (2)”, the most frequent role first."""
    order = sorted(accounts.roles.items(), key=lambda pair: (-pair[1], pair[0]))
    return listed([f"{codes.label('involvement_role', role)} ({count:,})" for role, count in order])


def numbers(counts: Counts, months: Table | None) -> Section:
    """The counted incidents by what they were, where and how sure."""
    tables = [
        _table("By category", counts.category, "category"),
        _table("By country", counts.country, ""),
        _table("By status", counts.status, "status"),
        *([months] if months else []),
    ]
    intro = Para("Background, plans and hypothetical incidents are not counted here.", "note")
    return Section("numbers", "Incidents in numbers", [Beside([t for t in tables if t.rows]), intro])


def _table(caption: str, counted: Counter[str | None], names: str) -> Table:
    order = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0] is None, pair[0] or ""))
    rows = [(_called(names, value), f"{count:,}") for value, count in order[:SHOWN]]
    if rest := order[SHOWN:]:
        rows.append((f"{len(rest):,} others", f"{sum(count for _, count in rest):,}"))
    label = caption.removeprefix("By ").capitalize()
    return Table(caption, (Head(label), Head("Incidents", number=True, bar=True)), rows)


def _called(names: str, value: str | None) -> str:
    if value is None or value == "":
        return "not recorded"
    return codes.label(names, value) if names else land(value)
