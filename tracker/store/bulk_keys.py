"""The public ids of records that come from datasets: the same in every database that takes in the same rows."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

PARTS = {
    "involvement": "1",
    "tally": "2",
    "statement": "3",
    "statement_incident": "4",
    "incident_source": "5",
    "incident_link": "6",
    "tag": "7",
}
"""Which digit marks the records of an incident of one kind; the incident itself has a 0."""

STEM = 32
"""The uid of an incident and those of its parts share so many characters; the last four tell them apart."""

_SEVERAL = 0x10
_MOST = 0x100


def stems(dataset: str, external_ids: Iterable[str]) -> list[str]:
    """The common part of the uids of each row: a UUID of version 8 (RFC 9562) without its last four digits."""
    seed = blake2b(dataset.encode(), digest_size=14)
    found = []
    for external_id in external_ids:
        digest = seed.copy()
        digest.update(external_id.encode())
        h = digest.hexdigest()
        found.append(f"{h[:8]}-{h[8:12]}-8{h[12:15]}-a{h[15:18]}-{h[18:26]}")
    return found


def incident_uid(stem: str) -> str:
    """The uid of the incident itself."""
    return f"{stem}0000"


def part_uid(stem: str, kind: str, group: int, place: int) -> str:
    """The uid of a part by its place in the row: the `place`-th of the `group`-th column or list of that kind."""
    if group < _SEVERAL and place < _MOST:
        return f"{stem}{PARTS[kind]}{group:x}{place:02x}"
    return derived(stem, kind, str(group), str(place))


def derived(*words: str) -> str:
    """A UUID of version 8 from these words."""
    h = blake2b("\x1f".join(words).encode(), digest_size=16).hexdigest()
    return f"{h[:8]}-{h[8:12]}-8{h[13:16]}-a{h[17:20]}-{h[20:]}"
