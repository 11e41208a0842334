"""What makes a row the same row: its external id, and the fingerprint of its cells as read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from struct import unpack

from tracker.errors import UsageError
from tracker.exchange.layout import ABOUT, NOTES
from tracker.exchange.profile.checks import Bad
from tracker.exchange.profile.frame import Columns
from tracker.exchange.profile.model import Profile

Row = Sequence[str]
_FLOAT = re.compile(r"([0-9]+)\.0*", re.ASCII)
_BETWEEN = "\x1f"
_NO_ID = "is empty, and every row of this dataset has an id; fill it in, or take the row out"
_NO_DIGITS = "is written in digits that are not 0 to 9; write the id as the dataset does"


def fingerprints(rows: Sequence[Row], salt: str) -> list[int]:
    """Signed 64-bit hashes of the cells of each row, other ones for another `salt` (profile and version)."""
    start = salt + _BETWEEN
    digests = [blake2b((start + _BETWEEN.join(row)).encode(), digest_size=8).digest() for row in rows]
    return list(unpack(f"<{len(digests)}q", b"".join(digests)))


class Keys:
    """Gives the external ids of rows, block after block in the order of the file.

    Rows of a dataset that has no ids go by their content: `h:<16 hex>:<n>`, n counting rows of the same content in the
    file. So does, until it is refused, a row that lacks the id that its dataset has.
    """

    def __init__(self, profile: Profile, columns: Columns, name: str) -> None:
        self.rule, self.nulls, self.dataset = profile.key, profile.null, profile.dataset
        self.places = [self._place(names, columns, name, profile.title) for names in profile.key.columns]
        self.names = [columns.header[at] for at in self.places]
        self.content = columns.places(profile.key.content)
        if profile.key.content and not self.content:
            raise _absent(name, profile.key.content[0], profile.title)
        if not set(NOTES).isdisjoint(columns.header) and not self.content:
            # What a file of rejected rows says of each is no part of the row.
            self.content = tuple(at for at, one in enumerate(columns.header) if one not in (*NOTES, *ABOUT))
        self.once: set[bytes] = set()
        self.often: Counter[bytes] = Counter()

    @staticmethod
    def _place(names: tuple[str, ...], columns: Columns, name: str, title: str) -> int:
        if not (places := columns.places(names)):
            raise _absent(name, names[0], title)
        return places[0]

    def __call__(self, rows: Sequence[Row]) -> list[str]:
        """The external id of each row, never ""."""
        if not self.places:
            return [self._by_content(row) for row in rows]
        parts = [[row[at].strip() for row in rows] for at in self.places]
        if self.rule.strip_float:
            parts = [[whole(one) if "." in one else one for one in part] for part in parts]
        if len(parts) == 1 and self.nulls.isdisjoint(parts[0]):
            return parts[0]
        joined = zip(*parts, strict=True)
        return [
            self._by_content(row) if self.nulls.issuperset(ids) else "/".join(ids)
            for row, ids in zip(rows, joined, strict=True)
        ]

    def faults(self, cols: Sequence[Sequence[str]]) -> Iterator[tuple[int, Bad]]:
        """The rows of a block, given by column, whose id is not there or is none, and why."""
        for at, column in zip(self.places, self.names, strict=True):
            ids = list(map(str.strip, cols[at]))
            if not self.nulls.isdisjoint(ids):
                yield from ((row, Bad(one, _NO_ID, column)) for row, one in enumerate(ids) if one in self.nulls)
            if not "".join(ids).isascii():
                odd = (row for row, one in enumerate(ids) if any(c.isdigit() and not c.isascii() for c in one))
                yield from ((row, Bad(ids[row], _NO_DIGITS, column)) for row in odd)

    def _by_content(self, row: Row) -> str:
        cells = [row[at] for at in self.content] if self.content else row
        text = _BETWEEN.join(cell.strip() for cell in cells)
        digest = blake2b(f"{self.dataset}{_BETWEEN}{text}".encode(), digest_size=8).digest()
        if digest not in self.once:
            self.once.add(digest)
            return f"h:{digest.hex()}:1"
        self.often[digest] += 1
        return f"h:{digest.hex()}:{self.often[digest] + 1}"


def whole(text: str) -> str:
    """A whole number that a spreadsheet wrote as 15960.0, as 15960; any other text as it is."""
    found = _FLOAT.fullmatch(text)
    return found[1] if found else text


def _absent(file: str, column: str, title: str) -> UsageError:
    return UsageError(
        f"{file} has no column “{column}”, which {title} is read by: choose another --profile, or correct the header"
    )
