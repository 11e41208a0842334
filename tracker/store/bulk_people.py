"""The actors and sources that rows of a dataset name: found by name or digest, or made, each once."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from operator import itemgetter
from typing import Any

from tracker import text
from tracker.errors import ValueRefused
from tracker.model.uncertain import UncertainDate
from tracker.model.values import date_columns
from tracker.store.bulk_batch import Made
from tracker.store.bulk_keys import derived
from tracker.store.bulk_link import Link, in_blocks, marks
from tracker.store.bulk_log import Log
from tracker.store.bulk_sieve import Sieve
from tracker.store.incoming import ActorSpec, Incoming, SourceSpec

ACTORS_KEPT = 200_000
SOURCES_KEPT = 250_000
"""So many are remembered by their digest; of older ones a sieve knows which have surely not been there."""

_MERGES = 20
"""So many mergers of the merged are followed."""

Group = ActorSpec | tuple[ActorSpec, ...] | None
"""Who stands in one cell: nobody, one actor or several."""


class Actors:
    """Actors by the names that a dataset has for them."""

    def __init__(self, link: Link, log: Log, dataset: str, batch_id: int) -> None:
        self._link = link
        self._log = log
        self._dataset = dataset
        self._stamp = log.stamp
        self._batch = batch_id
        self.one: dict[object, int] = {}
        """The id of each actor that was learnt."""
        self.new = 0

    def learn(self, groups: Iterable[Group]) -> None:
        """Find or make everybody named here; their ids are in `one` until the next call."""
        wanted: dict[ActorSpec, None] = {}
        for group in groups:
            if type(group) is ActorSpec:
                wanted[group] = None
            elif group:
                wanted.update(dict.fromkeys(group))  # type: ignore[arg-type]
        missing = [spec for spec in wanted if spec not in self.one]
        if not missing:
            return
        if len(self.one) > ACTORS_KEPT:
            self.one.clear()
            missing = list(wanted)
        names = dict.fromkeys(spec.name for spec in missing)
        found = self._named(names)
        found |= self._made([name for name in names if name not in found])
        self._make([spec for spec in missing if spec.name not in found], found)
        self.one.update((spec, found[spec.name]) for spec in missing)

    def ids(self, group: Group) -> tuple[int, ...]:
        """The actors of one cell."""
        if group is None:
            return ()
        return (self.one[group],) if type(group) is ActorSpec else tuple(self.one[spec] for spec in group)

    def _named(self, names: Iterable[str]) -> dict[str, int]:
        """The one actor that goes by exactly this name or has it among its other names."""
        keys: dict[str, set[str]] = {}
        for name in names:
            keys.setdefault(text.fold(name), set()).add(name)
        met: dict[str, set[int]] = {}
        for block in in_blocks(list(keys)):
            some = marks(len(block))
            rows = self._link.rows(
                f"SELECT name, id FROM actor WHERE name_key IN ({some}) AND deleted_at IS NULL"
                " UNION ALL SELECT n.name, n.actor_id FROM actor_name n JOIN actor a ON a.id = n.actor_id"
                f" WHERE n.name_key IN ({some}) AND n.deleted_at IS NULL AND a.deleted_at IS NULL",
                [*block, *block],
            )
            for name, actor_id in rows:
                met.setdefault(name, set()).add(actor_id)
        return {name: next(iter(met[name])) for name in names if len(met.get(name, ())) == 1}

    def _made(self, names: Sequence[str]) -> dict[str, int]:
        """The actors that an import made for these names and who go by others by now, or were merged.

        One who was deleted comes back: the file names it again, and its uid is taken.
        """
        found: dict[str, int] = {}
        for block in in_blocks(names):
            by_uid = {actor_uid(name): name for name in block}
            for uid, *row in self._link.rows(
                f"SELECT uid, id, deleted_at, merged_into_id FROM actor WHERE uid IN ({marks(len(by_uid))})",
                list(by_uid),
            ):
                found[by_uid[uid]] = self._there(*row)
        return found

    def _there(self, actor_id: int, deleted: str | None, merged: int | None) -> int:
        """The actor itself, or who it was merged into."""
        for _ in range(_MERGES):
            if deleted is None or merged is None:
                break
            columns = "SELECT id, deleted_at, merged_into_id FROM actor"
            actor_id, deleted, merged = self._link.rows(f"{columns} WHERE id = ?", (merged,))[0]
        if deleted is not None:
            self._log.restore("actor", [actor_id])
        return actor_id

    def _make(self, specs: list[ActorSpec], found: dict[str, int]) -> None:
        first = {spec.name: spec for spec in reversed(specs)}
        new = [first[name] for name in dict.fromkeys(spec.name for spec in specs)]
        rows = []
        for spec, actor_id in zip(new, self._link.take("actor", len(new)), strict=True):
            found[spec.name] = actor_id
            extra = json.dumps({"keys": {self._dataset: spec.key}}, ensure_ascii=False) if spec.key else None
            rows.append((
                actor_id, actor_uid(spec.name), 1, self._stamp, self._stamp, self._batch, extra, spec.name,
                spec.kind, spec.generic or None, spec.country or None, text.fold(spec.name),
            ))  # fmt: skip
        self.new += len(rows)
        self._link.insert("actor", _ACTOR, rows)


_ACTOR = (
    "id", "uid", "version", "created_at", "updated_at", "batch_id", "extra", "name", "kind", "generic", "country",
    "name_key",
)  # fmt: skip


def actor_uid(name: str) -> str:
    """The uid of an actor that imports make for a name."""
    return derived("actor", name)


class Sources:
    """Sources by the digest of publisher, title, day and address."""

    def __init__(self, link: Link, log: Log, made: Made) -> None:
        self._link = link
        self._log = log
        self._made = made
        # With none there, what is remembered is all there are, and nothing needs to be looked up.
        self._complete = not link.rows("SELECT 1 FROM source LIMIT 1")
        self._known: dict[bytes, int] = {}
        self._sieve: Sieve | None = None
        self.new = 0

    def ids(self, cells: Sequence[tuple[SourceSpec, ...]], keys: Sequence[bytes] = ()) -> list[tuple[int, ...]]:
        """The ids of the sources of each row, in their order; one that is new is written. `keys` are their digests."""
        some = list(cells)
        flat = [spec for cell in some for spec in cell]
        keys = keys or list(map(digest, flat))
        here = self._learn(dict(zip(keys, flat, strict=True)))
        if all(len(cell) == 1 for cell in some):
            return [(here[key],) for key in keys]
        found = iter(keys)
        return [tuple(dict.fromkeys(here[next(found)] for _ in cell)) for cell in some]

    def _learn(self, wanted: Mapping[bytes, SourceSpec]) -> Mapping[bytes, int]:
        known = self._known
        missing = [key for key in wanted if key not in known]
        if not missing:
            return known
        if len(known) + len(missing) > SOURCES_KEPT:
            self._forget()
            missing = list(wanted)
        if not self._complete:
            missing = self._look_up(missing)
        elif self._sieve and (perhaps := [key for key in missing if key in self._sieve]):
            self._look_up(perhaps)
            missing = [key for key in missing if key not in known]
        if not missing:
            return known
        ids = self._link.take("source", len(missing))
        given: dict[str, Sequence[Any]] = dict(
            zip(SourceSpec._fields, zip(*(wanted[key] for key in missing), strict=True), strict=True)
        )
        dates = zip(_PUBLISHED, zip(*map(_published, given.pop("published")), strict=True), strict=True)
        given |= {name: [text or None for text in given[name]] for name in _OPTIONAL if "" in given[name]}
        uids = list(map(source_uid, missing))
        self._link.insert_columns("source", {"id": ids, "uid": uids, **given, **dict(dates)}, self._made.columns())
        self.new += len(missing)
        known.update(zip(missing, ids, strict=True))
        return known

    def close(self) -> None:
        """Remember nothing any more: making indexes needs the memory."""
        self._known = {}
        self._sieve = None

    def _forget(self) -> None:
        """Keep of the sources only that they were there."""
        if self._complete:
            self._sieve = self._sieve or Sieve()
            self._sieve.add(self._known)
        self._known.clear()

    def _look_up(self, keys: list[bytes]) -> list[bytes]:
        """Learn those that are in the database; gives back the others."""
        self._link.indexed("source", "uq_source_uid")
        missing: list[bytes] = []
        for block in in_blocks(keys):
            by_uid = {source_uid(key): key for key in block}
            rows = self._link.rows(
                f"SELECT uid, id, deleted_at FROM source WHERE uid IN ({marks(len(block))})", list(by_uid)
            )
            # One that was deleted comes back: the file cites it again.
            self._log.restore("source", [source_id for _, source_id, deleted in rows if deleted is not None])
            self._known.update((by_uid.pop(uid), source_id) for uid, source_id, _ in rows)
            missing += by_uid.values()
        return missing


_OPTIONAL = ("publisher", "url", "author", "notes")
_PUBLISHED = tuple(f"published_{part}" for part in ("words", "edtf", "earliest", "latest", "precision", "basis"))
_SAME = itemgetter(1, 0, 2, 3)


def digest(spec: SourceSpec) -> bytes:
    """16 bytes that stand for a source: two rows that cite the same agree in publisher, title, day and address."""
    return blake2b("\x1f".join(_SAME(spec)).encode(), digest_size=16).digest()


def source_uid(key: bytes) -> str:
    """The uid of a source by its digest, a UUID of version 8."""
    h = key.hex()
    return f"{h[:8]}-{h[8:12]}-8{h[13:16]}-a{h[17:20]}-{h[20:]}"


def prepare(rows: Incoming) -> None:
    """Work out beforehand by what the sources of these rows are known."""
    rows.source_keys = [digest(spec) for cell in rows.sources for spec in cell]


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@lru_cache(maxsize=32_768)
def _day(published: str) -> tuple[Any, ...]:
    with contextlib.suppress(ValueError):
        if _DAY.fullmatch(published) and date.fromisoformat(published):
            # Nearly all are plain days, and the whole grammar of EDTF takes a tenth of a millisecond.
            return (published, published, published, published, "day", "imported")
    try:
        columns = date_columns("published", UncertainDate.from_edtf(published, basis="imported"))
    except ValueRefused:
        # What is no EDTF date is kept as it was written.
        return (published, *(None,) * 5)
    return tuple(columns[name] for name in _PUBLISHED)


def _published(published: str) -> tuple[Any, ...]:
    return _day(published) if published else (None,) * 6
