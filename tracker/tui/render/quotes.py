"""Quoted words with the source they stand in and what the last check found, and statements in a few lines."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len

from tracker.store.cards.quotes import Evidence, Said
from tracker.tui.render.lines import ACCENT, GAP, MUTED, UNKNOWN, Line, Link, Part, line, wrap
from tracker.tui.render.parts import entry

GLYPHS = {"verified": "✓", "normalized": "≈", "": "?"}
"""What the last check of quoted words found; for every other verdict the words are not there as they stand."""
_QUOTE_LINES = 12


def verdict(found: str) -> Part:
    """✓ verified, ≈ but for spaces and quotation marks, ? not checked, ! and the reason: not so in the text."""
    glyph = GLYPHS.get(found, f"! {found.replace('_', ' ')}")
    return glyph, "bold $error" if glyph.startswith("!") else MUTED


def quoted(words: str, ref: str, found: str, width: int, *, indent: int = 0, link: Link | None = None) -> list[Line]:
    """Words in curly quotes, then the REF they rest on and the verdict of the last check, kept together."""
    glyph, style = verdict(found)
    end = line((f"{ref} ", MUTED), (glyph, style)).content
    shown = wrap(words if words.startswith("“") else f"“{words}”", width - indent, _QUOTE_LINES)
    lines = [line(" " * indent, part, link=link if number == 0 else None) for number, part in enumerate(shown)]
    if indent + cell_len(shown[-1]) + GAP + end.cell_length <= width:
        lines[-1] = Line(lines[-1].content + " " * GAP + end, lines[-1].link)
    else:
        lines.append(Line(line(" " * indent).content + end))
    return lines


def evidence(span: Evidence, width: int, *, own: bool = False) -> list[Line]:
    """One span: its words, or only its place while the text is not attached, its part of the text, what rests on it.

    `own` is for the page of the source itself, which need not be named there; a line leads to what rests on it.
    """
    place = f"{span.start:,}–{span.end:,}"
    link = _leads(span) if own else Link("source", span.source.id)
    named = span.ref if own else span.source.ref
    if span.exact:
        lines = quoted(span.exact, named, span.verdict, width, indent=2, link=link)
    else:
        words = [(f"characters {place}, text not attached", MUTED), (f"  {named} ", MUTED), verdict(span.verdict)]
        lines = entry(words, width, link=link, indent=2)
    notes = " · ".join(part for part in (span.role, place if span.exact else "", _supports(span)) if part)
    return [*lines, *entry([(notes, MUTED)], width, indent=4)]


def _leads(span: Evidence) -> Link | None:
    """The first record with a page that rests on the words."""
    pages = {"I": "incident", "A": "actor", "S": "statement"}
    refs = (support.partition(" ")[0].rpartition("-") for support in span.supports)
    return next((Link(pages[prefix], int(id_)) for prefix, _, id_ in refs if prefix in pages), None)


def _supports(span: Evidence) -> str:
    return f"for {', '.join(span.supports)}" if span.supports else "nothing rests on it"


def statement(said: Said, width: int) -> list[Line]:
    """A statement: who says what kind of thing, when and where, then the words."""
    notes = [said.role, said.said if said.said != UNKNOWN else "", said.ref, said.source.ref if said.source else ""]
    parts = [(said.speaker.title, ""), (f" {said.kind}", ACCENT)]
    parts.append((f"  {' · '.join(note for note in notes if note)}", MUTED))
    return [
        *entry(parts, width, link=Link("statement", said.id)),
        *(line("    ", part) for part in wrap(said.words, width - 4, 4)),
    ]


def statements(rows: Iterable[Said], width: int, total: int | None = None) -> list[Line]:
    """Statements one after the other, and how many more there are."""
    shown = list(rows)
    lines = [made for said in shown for made in statement(said, width)]
    if total is not None and total > len(shown):
        lines.append(line("  ", (f"and {total - len(shown):,} more, in the list of statements", MUTED)))
    return lines


def first_words(spans: Iterable[Evidence], rows: Iterable[Said], width: int) -> list[Line]:
    """The first words that a record rests on: a quoted span, else a statement in its own words."""
    for span in spans:
        if span.exact:
            return quoted(span.exact, span.source.ref, span.verdict, width)
    for said in rows:
        if said.words.startswith("“"):
            return [*entry([(said.speaker.title, ""), (f" {said.kind}", ACCENT)], width),
                    *(line(part) for part in wrap(f"{said.words}  {said.ref}", width, 3))]  # fmt: skip
    return []
