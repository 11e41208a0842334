"""The rows of a dataset file on their way into the store, sorted into new, changed, same and rejected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.exchange.dataset_reading import Harvest, Piece
from tracker.exchange.dataset_result import TOLD, TOLD_ALL, Result, told_change, told_edit, told_of
from tracker.exchange.grid import Block, Faulty
from tracker.exchange.profile.harvest import NO_RECORD
from tracker.exchange.rejects import RejectFile
from tracker.store.bulk import Bulk, Stored
from tracker.store.bulk_change import KEPT
from tracker.store.incoming import Incoming
from tracker.text import screen, truncate

if TYPE_CHECKING:
    from tracker.exchange.profile.harvest import Harvester


class Run:
    """The rows of a file on their way into the store, block by block."""

    def __init__(
        self, harvester: Harvester, bulk: Bulk, result: Result, rejects: RejectFile, *, verbose: bool = False
    ) -> None:
        self.harvester = harvester
        self.bulk = bulk
        self.result = result
        self.rejects = rejects
        self.most = TOLD_ALL if verbose else TOLD
        self._deleted = 0
        self._held: dict[str, tuple[int, int, Sequence[str], int]] = {}

    def take(self, piece: Piece) -> None:
        """Sort the rows of a piece into new, changed and same, and write what is to be written."""
        counts = self.result.counts
        counts["read"] += len(piece.keys) + len(piece.faulty)
        counts["unread"] += len(piece.faulty)
        self._reject(piece.faulty)
        if not piece.keys:
            return
        if self.bulk.same(piece.keys, piece.prints):
            counts["same"] += len(piece.keys)
            return
        stored = self.bulk.known(piece.keys)
        if piece.harvest and not any(stored) and len(set(piece.keys)) == len(piece.keys):
            self._write(piece.harvest)
            return
        block, keys, prints = piece.block, piece.keys, piece.prints
        new, changed, same = self._sorted(block, keys, prints, stored)
        counts["same"] += len(same)
        self.bulk.seen(same)
        if new:
            self._add(block, keys, prints, new)
        if changed:
            self._change(block, keys, prints, [at for at, _ in changed], [there for _, there in changed])

    def _sorted(
        self, block: Block, keys: Sequence[str], prints: Sequence[int], stored: Sequence[Stored | None]
    ) -> tuple[list[int], list[tuple[int, Stored]], list[int]]:
        """The places of new rows, those of changed ones with what is stored, and the ids of rows that are the same."""
        new: list[int] = []
        changed: list[tuple[int, Stored]] = []
        same: list[int] = []
        here: set[str] = set()
        for at, (key, there) in enumerate(zip(keys, stored, strict=True)):
            if key in here or (there is not None and there.id in self.bulk.met):
                self._hold(block, at, key, prints[at])
                continue
            here.add(key)
            if there is None:
                new.append(at)
            elif there.deleted and there.fingerprint is not None:
                # Somebody deleted it here: no release brings it back.
                self._deleted += 1
                same.append(there.id)
            elif there.fingerprint == prints[at] and not there.gone:
                same.append(there.id)
            else:
                changed.append((at, there))
        return new, changed, same

    def _hold(self, block: Block, at: int, key: str, fingerprint: int) -> None:
        """Keep a row whose id the file had before until the end: the last one counts."""
        self.result.counts["repeated"] += 1
        self._held.pop(key, None)
        self._held[key] = (block.numbers[at], block.lines[at], block.rows[at], fingerprint)

    def _add(self, block: Block, keys: Sequence[str], prints: Sequence[int], places: Sequence[int]) -> None:
        incoming = self._harvested(block, keys, prints, places)
        if incoming is not None:
            self._write_new(incoming)

    def _write(self, harvest: Harvest) -> None:
        """Write rows that were harvested ahead and are all new."""
        self.harvester.warnings.update(harvest.warnings)
        self._reject(harvest.rejected)
        if len(harvest.incoming):
            self._write_new(harvest.incoming)

    def _write_new(self, incoming: Incoming) -> None:
        self.bulk.add(incoming)
        self.result.counts["new"] += len(incoming)

    def _change(
        self,
        block: Block,
        keys: Sequence[str],
        prints: Sequence[int],
        places: Sequence[int],
        stored: Sequence[Stored],
        *,
        renew: bool = True,
    ) -> None:
        by_key = {keys[at]: there for at, there in zip(places, stored, strict=True)}
        incoming = self._harvested(block, keys, prints, places)
        taken = set(incoming.external_ids) if incoming else ()
        # A row that is rejected is in the file all the same: its incident is not gone.
        self.bulk.seen([there.id for key, there in by_key.items() if key not in taken])
        if incoming is None:
            return
        there = [by_key[key] for key in incoming.external_ids]
        if not renew:
            # The row that the file has first stays the one it is known by, so that the same file is the same again.
            incoming.fingerprints = [one.fingerprint or 0 for one in there]
        for key, one, changes in zip(incoming.external_ids, there, self.bulk.change(incoming, there), strict=True):
            wrote = {name: told for name, told in changes.items() if told[0] != KEPT}
            if kept := [name for name in changes if name not in wrote]:
                self._keep(key, kept)
            changes = wrote
            # What an import that was taken back had made is made again.
            self.result.counts["new" if one.deleted else "changed" if changes else "same"] += 1
            if changes and len(self.result.changes) < self.most:
                self.result.changes.append(told_change(key, changes))
        self.bulk.seen([one.id for one in there])

    def _keep(self, key: str, fields: Sequence[str]) -> None:
        """Note what a person edited and stays."""
        self.result.counts["kept"] += 1
        self.result.kept.update(fields)
        if len(self.result.edits) < self.most:
            self.result.edits.append(told_edit(key, fields))

    def _harvested(
        self, block: Block, keys: Sequence[str], prints: Sequence[int], places: Sequence[int]
    ) -> Incoming | None:
        """What the rows at these places come to; those that cannot be taken are rejected."""
        if len(places) < len(block.rows):
            block = Block(
                [block.numbers[at] for at in places],
                [block.lines[at] for at in places],
                [block.rows[at] for at in places],
            )
            keys, prints = [keys[at] for at in places], [prints[at] for at in places]
        incoming, rejected = self.harvester.harvest(block, list(keys), prints)
        self._reject(rejected)
        return incoming if len(incoming) else None

    def take_repeated(self) -> None:
        """Write the last rows of the ids that the file has more than once."""
        held, self._held = self._held, {}
        if not held:
            return
        keys = list(held)
        for start in range(0, len(keys), 1000):
            some = keys[start : start + 1000]
            rows = [held[key] for key in some]
            block = Block([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows], [])
            stored = self.bulk.known(some)
            counted = self.result.counts.copy()
            there = [(at, one) for at, one in enumerate(stored) if one is not None]
            prints = [row[3] for row in rows]
            if there:
                self._change(block, some, prints, [at for at, _ in there], [one for _, one in there], renew=False)
            if new := [at for at, one in enumerate(stored) if one is None]:
                # Its first row was rejected.
                self._add(block, some, prints, new)
            # They are counted as repeated, whatever they change.
            for what in ("new", "changed", "same"):
                self.result.counts[what] = counted[what]
        shown = ", ".join(truncate(key, 30) for key in keys[:5])
        more = ", …" if len(keys) > 5 else ""
        self.result.warnings.append(
            screen(f"{self.result.name}: {len(keys):,} ids stand more than once ({shown}{more}); the last row counts")
        )

    def _reject(self, rows: Sequence[Faulty]) -> None:
        counts, told = self.result.counts, self.result.rejected
        for row in rows:
            if row.reason.startswith(NO_RECORD):
                counts["skipped"] += 1
                continue
            counts["rejected"] += 1
            # Which incident a row without an id is of cannot be told, so neither can what is gone.
            counts["unread"] += row.column in self.harvester.key.names
            self.rejects.add(row)
            if len(told) < TOLD:
                told.append(told_of(self.result.name, self.rejects.header, row))

    def told(self) -> list[str]:
        """What was noticed about rows that were taken all the same."""
        noticed = [f"{count:,} × {words}" for words, count in self.harvester.warnings.most_common()]
        if self._deleted:
            noticed.append(f"{self._deleted:,} rows are of incidents that were deleted here, and stay so")
        if kept := self.result.counts["kept"]:
            fields = ", ".join(f"{name} {count:,}" for name, count in self.result.kept.most_common())
            noticed.append(
                f"{kept:,} incidents were edited here in what this file says otherwise ({fields}): the edits stay"
            )
        return [*self.result.warnings, *noticed]
