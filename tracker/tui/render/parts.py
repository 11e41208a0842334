"""What cards have in common: headlines, fields, quoted words with their source and verdict, lines that lead on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content

from tracker.model.kinds import BY_NAME
from tracker.store.cards import ActorCard, Group, IncidentCard, Named, SourceCard, StatementCard, When
from tracker.tui.render.lines import (
    GAP,
    MUTED,
    STRONG,
    UNKNOWN,
    Line,
    Link,
    Part,
    Section,
    fit,
    fits,
    line,
    literal,
    nothing,
    pairs,
    wrap,
)

Card = IncidentCard | ActorCard | StatementCard | SourceCard
LABELS = 20
"""Cells for labels, the same in every section, so that values stand in one column down the page."""
_LONGEST = 4_000
"""Characters of one text in an entry of several; a card is no place for a page of prose."""


def coding(card: Card, who: str = "") -> str:
    """Who coded the record, and which version it is."""
    coder = "you" if who and card.coder == who else card.coder
    return f"coded by {coder} · v{card.version}" if coder else f"v{card.version}"


def headline(title: str, card: Card, width: int) -> list[Line]:
    """A record's title, with its REF and coding at the right, or below where there is no room."""
    note, titles = f"{card.ref} · {coding(card)}", wrap(title, width, 3)
    room = cell_len(literal(note))
    if len(titles) == 1 and cell_len(titles[0]) + GAP + room <= width:
        return [line((titles[0], STRONG), " " * (width - cell_len(titles[0]) - room), (note, MUTED))]
    return [*(line((part, STRONG)) for part in titles), *(line((part, MUTED)) for part in wrap(note, width, 2))]


def heading(title: str) -> Line:
    """The title of a part of a preview."""
    return line((title, "bold $primary"))


def when_words(when: When) -> str:
    """A date for people: what it is, the words it was told in, on what basis, and from which source it was counted."""
    parts = [when.human]
    if when.words:
        parts.append(f"“{when.words}”")
    if when.basis:
        parts.append(when.basis)
    told = "  ".join(parts)
    return f"{told} from {when.anchor.ref}" if when.anchor else told


def labelled(values: Sequence[tuple[str, str]], width: int) -> list[Line]:
    """Labels and values; those that are not known are named together at the end."""
    known = [pair for pair in values if pair[1] != UNKNOWN]
    unknown = [label for label, value in values if value == UNKNOWN]
    lines = pairs(known, width, LABELS)
    if unknown:
        lines += pairs([("not recorded", ", ".join(unknown))], width, LABELS, MUTED)
    return lines


def fields(card: Card, groups: Iterable[Group], width: int, *, without: Collection[str]) -> list[Line]:
    """The fields of some groups, without those named, which the card shows in another way."""
    left_out = {BY_NAME[card.kind].by_name[name].label for name in without}
    return labelled([pair for group in groups for pair in group.pairs if pair[0] not in left_out], width)


def entry(
    parts: Sequence[Part], width: int, *, link: Link | None = None, indent: int = 0, before: Sequence[Part] = ()
) -> list[Line]:
    """A few differently styled texts, one after the other, wrapped as one.

    Further lines stand below the first one, behind what is `before` it; without that they hang a little.
    """
    whole = line(*((words[:_LONGEST], style) for words, style in parts)).content
    ahead = line(" " * indent, *before).content
    hang = ahead.cell_length + (0 if before else 2)
    lines = whole.wrap(max(8, width - hang))
    return [Line((Content(" " * hang) if number else ahead) + part, None if number else link)
            for number, part in enumerate(lines)]  # fmt: skip


def lead(named: Named, width: int, *, label: str = "", note: str = "") -> list[Line]:
    """A line that leads on to a record: what it is to this one, its title, its REF, and a note."""
    before = [(fit(label, LABELS, right=True) + " " * GAP, MUTED)] if label else []
    parts = [(named.title, ""), (f"  {named.ref}", MUTED), (f"  {note}" if note else "", MUTED)]
    return entry(parts, width, link=Link(named.kind, named.id), indent=0 if label else 2, before=before)


def leads(label: str, records: Iterable[Named], width: int) -> list[Line]:
    """Several such lines below one label."""
    return [made for number, named in enumerate(records)
            for made in lead(named, width, label=label if number == 0 else " ")]  # fmt: skip


def section(title: str, lines: Sequence[Line], empty: str) -> Section:
    """A section, or a sentence in it that says why there is nothing."""
    return Section(title, tuple(lines or nothing(empty)))


def as_read(card: Card, width: int) -> Iterator[Section]:
    """The last section: what the row of a dataset held, column by column; long values are cut."""
    if card.as_read:
        title = f"From {literal(card.as_read.dataset or 'the dataset')}, as read"
        yield Section(title, tuple(line for name, value in card.as_read.pairs for line in _column(name, value, width)))


def _column(name: str, value: str, width: int) -> Iterator[Line]:
    """A label may be as wide as the column of labels, on a line of its own when it is wider."""
    label = fit(name, LABELS, right=True) if fits(name, LABELS) else ""
    if not label:
        yield line((fit(name, width).rstrip(), MUTED))
    for number, part in enumerate(wrap(value, width - LABELS - GAP, 3)):
        yield line(((label if number == 0 else "").rjust(LABELS) + " " * GAP, MUTED), part)
