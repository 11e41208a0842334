"""What the tests of files share: importing, exporting, and small files on the spot."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from conftest import Store

from tracker.exchange.load import Report, load
from tracker.exchange.plan import Plan, plan
from tracker.exchange.readers import files_in, read
from tracker.exchange.records import rows
from tracker.exchange.writers import write
from tracker.model.fields import Kind
from tracker.model.kinds import EXCHANGED

ROOT = Path(__file__).parent.parent.parent
SEEDS = ROOT / "seeds"
FEW = [SEEDS / f"{plural}.csv" for plural in ("sources", "actors", "incidents")]


def planned(store: Store, *paths: Path, kind: Kind | None = None) -> Plan:
    """The plan of importing files into a store."""
    return plan(store.reader(), [read(path) for path in files_in(list(paths))], kind)


def imported(store: Store, *paths: Path, strict: bool = False) -> tuple[Plan, Report]:
    """Files brought into a store."""
    made = planned(store, *paths)
    return made, load(store.casebook(), made, strict=strict)


def exported(store: Store, form: str = "csv") -> dict[str, bytes]:
    """The bytes of the file of each kind, by its plural."""
    files = {}
    for kind in EXCHANGED:
        buffer = io.BytesIO()
        write(buffer, rows(store.reader(), kind), form)
        files[kind.plural] = buffer.getvalue()
    return files


def saved(files: dict[str, bytes], folder: Path, form: str = "csv") -> Path:
    """Files in a folder of their own."""
    folder.mkdir()
    for plural, data in files.items():
        (folder / f"{plural}.{form}").write_bytes(data)
    return folder


def table(data: bytes) -> list[dict[str, str]]:
    """A CSV file as rows by column."""
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


def put(path: Path, header: Sequence[str], *records: Sequence[str]) -> Path:
    """A CSV file with these cells."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *records])
    return path


def changed(path: Path, data: bytes, **cells: str) -> Path:
    """The first row of an exported file, with some of its cells changed, as a new file."""
    first = table(data)[0] | cells
    return put(path, list(first), list(first.values()))
