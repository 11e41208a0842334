"""Who did what, according to whom: actors by asserters as a calm table, or as a list where it is too narrow for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len

from tracker.store.cards import Matrix, Standing, Verdict
from tracker.tui.render.lines import (
    ACCENT,
    GAP,
    MUTED,
    STRONG,
    UNKNOWN,
    Line,
    Link,
    Part,
    fit,
    fits,
    line,
    literal,
    measure,
    wrap,
)

ADOPTED = "●"
ROLE_WIDTH = 11
"""Cells of the longest role, “perpetrator” and “participant”."""
LEAST_ACTOR, MOST_ACTOR = 16, 34
LEAST_VERDICT, MOST_VERDICT = 14, 28
"""Cells of a column: narrower than the least, a table would break words; wider than the most, the eye loses the row."""
_OPPOSED = ("denies", "doubts")

_Parts = list[Part]


@dataclass(frozen=True, slots=True)
class _Widths:
    """Cells of each column; without room for a column of roles, `role` is 0 and they stand below the names."""

    role: int
    actor: int
    verdicts: tuple[int, ...]


def matrix_lines(matrix: Matrix, width: int) -> list[Line]:
    """The matrix in lines of `width` cells each; the last of them tell of silence and denial."""
    widths = _widths(matrix, width) if matrix.rows and matrix.asserters else None
    body = _stacked(matrix, width) if widths is None else _table(matrix, widths)
    heard = STRONG if matrix.claimed_by or matrix.denied_by else MUTED
    silence = [line((part, heard)) for part in wrap(matrix.silence, width)]
    return [_filled(made, width) for made in [*body, *silence]]


def _filled(made: Line, width: int) -> Line:
    spare = width - made.content.cell_length
    return Line(made.content.pad_right(spare), made.link) if spare > 0 else made


def _widths(matrix: Matrix, width: int) -> _Widths | None:
    """Widths of the columns, or None when not every asserter has room for one."""
    for role in (ROLE_WIDTH + GAP, 0):
        least = role + LEAST_ACTOR + len(matrix.asserters) * (GAP + LEAST_VERDICT)
        if least <= width:
            return _shared(matrix, role, width - role)
    return None


def _shared(matrix: Matrix, role: int, room: int) -> _Widths:
    """Give each column what it would like, then take from the widest until all of them fit."""
    wanted = [max(LEAST_ACTOR, *(measure(row.actor, MOST_ACTOR) for row in matrix.rows))]
    wanted += [GAP + _wanted(matrix, place) for place in range(len(matrix.asserters))]
    while sum(wanted) > room:
        wanted[max(range(len(wanted)), key=wanted.__getitem__)] -= 1
    return _Widths(role, wanted[0], tuple(cells - GAP for cells in wanted[1:]))


def _wanted(matrix: Matrix, place: int) -> int:
    """The width at which a column would break no line, within bounds."""
    texts = [matrix.asserters[place]]
    texts += [_one_line(verdict) for row in matrix.rows for verdict in row.cells[place]]
    return max(LEAST_VERDICT, *(measure(words, MOST_VERDICT) for words in texts))


def _table(matrix: Matrix, widths: _Widths) -> list[Line]:
    lines = list(_header(matrix, widths))
    before = ""
    for row in matrix.rows:
        lines += _row(row, "" if row.role == before else row.role, widths)
        before = row.role
    return lines


def _header(matrix: Matrix, widths: _Widths) -> Iterator[Line]:
    columns = [wrap(name, cells, 5) for name, cells in zip(matrix.asserters, widths.verdicts, strict=True)]
    tallest = max(len(column) for column in columns)
    # Names stand on the ground of the header, next to what they say.
    grounded = [[""] * (tallest - len(column)) + column for column in columns]
    for parts in zip(*grounded, strict=True):
        cells = [[(part, MUTED)] for part in parts]
        yield line(" " * (widths.role + widths.actor), *_side_by_side(cells, widths.verdicts))


def _row(row: Standing, role: str, widths: _Widths) -> Iterator[Line]:
    names = [[(name, STRONG if number == 0 else "")] for number, name in enumerate(wrap(row.actor, widths.actor, 3))]
    if not widths.role:
        names.append([(row.role, MUTED)])
    columns = [_cell(said, cells) for said, cells in zip(row.cells, widths.verdicts, strict=True)]
    for number, (name, *verdicts) in enumerate(zip_longest(names, *columns, fillvalue=[])):
        lead = fit(role if number == 0 else "", ROLE_WIDTH, right=True) + " " * GAP if widths.role else ""
        yield line(
            (lead, MUTED), *_padded(name, widths.actor), *_side_by_side(verdicts, widths.verdicts),
            link=Link("actor", row.actor_id) if number == 0 else None,
        )  # fmt: skip


def _side_by_side(cells: Sequence[_Parts], widths: Sequence[int]) -> Iterator[Part]:
    for parts, width in zip(cells, widths, strict=True):
        yield " " * GAP, ""
        yield from _padded(parts, width)


def _padded(parts: _Parts, width: int) -> _Parts:
    used = cell_len("".join(literal(words) for words, _ in parts))
    return [*parts, (" " * max(0, width - used), "")]


def _one_line(verdict: Verdict) -> str:
    return ", ".join(([ADOPTED] if verdict.adopted else []) + list(verdict.words))


def _cell(said: tuple[Verdict, ...], cells: int) -> list[_Parts]:
    """The lines of one cell: the stance stands out, what qualifies it is muted, silence is a dash."""
    return [parts for verdict in said for parts in _verdict(verdict, cells)] or [[(UNKNOWN, MUTED)]]


def _verdict(verdict: Verdict, cells: int) -> Iterator[_Parts]:
    stance, *rest = verdict.words or (UNKNOWN,)
    style = ACCENT if verdict.adopted else STRONG if stance in _OPPOSED else ""
    first = f"{ADOPTED} {stance}" if verdict.adopted else stance
    if rest and fits(_one_line(verdict), cells):
        yield [(first, style), (", " + ", ".join(rest), MUTED)]
        return
    yield from ([(part, style)] for part in wrap(first, cells, 4))
    yield from ([(part, MUTED)] for part in _packed(rest, cells))


def _packed(pieces: Sequence[str], cells: int) -> Iterator[str]:
    """Short pieces side by side as far as they fit; a piece is broken only when it is wider than the column."""
    current = ""
    for piece in pieces:
        joint = f"{current}, {piece}" if current else piece
        if current and not fits(joint, cells - 1):
            yield from wrap(f"{current},", cells, 4)
            current = piece
        else:
            current = joint
    if current:
        yield from wrap(current, cells, 4)


def _stacked(matrix: Matrix, width: int) -> list[Line]:
    """One actor after the other, below each who says what of it; who says nothing is named too."""
    lines: list[Line] = []
    for row in matrix.rows:
        lines += _heading(row, width)
        spoken = [(name, said) for name, said in zip(matrix.asserters, row.cells, strict=True) if said]
        silent = [name for name, said in zip(matrix.asserters, row.cells, strict=True) if not said]
        for name, said in spoken:
            lines += _according_to(name, said, width)
        lines += [line("  ", (part, MUTED)) for part in wrap(_silent(silent), width - 2, 3) if part]
    return lines


def _silent(names: Sequence[str]) -> str:
    return f"{UNKNOWN} {' · '.join(names)}" if names else ""


def _heading(row: Standing, width: int) -> Iterator[Line]:
    role = literal(row.role) + " " * GAP
    for number, name in enumerate(wrap(row.actor, width - cell_len(role), 3)):
        first = number == 0
        yield line(
            (role if first else " " * cell_len(role), MUTED), (name, STRONG if first else ""),
            link=Link("actor", row.actor_id) if first else None,
        )  # fmt: skip


def _according_to(asserter: str, said: tuple[Verdict, ...], width: int) -> Iterator[Line]:
    label = min(24, width // 3)
    names = wrap(asserter, label, 3)
    for name, parts in zip_longest(names, _cell(said, width - 2 - label - GAP), fillvalue=None):
        yield line("  ", (fit(name or "", label) + " " * GAP, MUTED), *(parts or []))
