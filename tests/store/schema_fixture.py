"""Make the data file of a released schema, which every later program must be able to open or to migrate.

    python tests/store/schema_fixture.py

Writes fixtures/schema/<revision>.db.gz; made once for each revision, and never again after its release.
"""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

from casework import actor, incident, involvement, source, statement

from tracker.store.casebook import Casebook
from tracker.store.database import HEAD, connect, database
from tracker.store.engine import create

FOLDER = Path(__file__).parent.parent.parent / "fixtures" / "schema"
TEXT = "The envoy said: “We shelled nothing.” The Coast Guard accuses the Al-Sahil Front."


def fill(path: Path) -> None:
    """A database with at least one record of every kind that has evidence, and with work undone in its history."""
    where = database(str(path))
    create(where)
    with Casebook(where, "ann") as book:
        front, guard, envoy = actor(book, "Al-Sahil Front"), actor(book, "Coast Guard"), actor(book, "Envoy")
        told = {"published_edtf": "2019-12-14", "published_earliest": "2019-12-14", "published_latest": "2019-12-14"}
        origin = source(book, **told, published_precision="day", published_basis="stated")
        book.attach(origin, TEXT.encode())
        day = {"date_edtf": "2019-12-09", "date_earliest": "2019-12-09", "date_latest": "2019-12-09"}
        key = incident(book, **day, date_precision="day", date_words="last Monday", date_basis="inferred",
                       date_anchor_id=origin, killed_low=0)  # fmt: skip
        said = statement(book, envoy, "We shelled nothing.", source_id=origin)
        book.add("statement_incident", {"statement_id": said, "incident_id": key})
        claim = involvement(book, key, front, asserted_by_id=guard, stance="accuses", source_id=origin)
        book.adopt("involvement", claim)
        other = incident(book, "Answer")
        book.add("incident_link", {"a_id": key, "type": "contradicts", "b_id": other})
        book.add("relation", {"from_actor_id": front, "type": "rival_of", "to_actor_id": guard})
        book.add("actor_name", {"actor_id": front, "name": "ASF", "kind": "acronym"})
        tally = book.add("tally", {"incident_id": key, "measure": "wounded", "low": 2, "best": 3, "source_id": origin})
        book.adopt("tally", tally.id)
        twin = actor(book, "Sahil Front")
        book.merge(front, twin)
        book.edit("incident", other, {"weapon": "mortar"}, version=None)
        book.undo()
        book.delete("incident", [other])


def main() -> None:
    """Write the file of the revision that the code declares now; an existing one is left alone."""
    target = FOLDER / f"{HEAD}.db.gz"
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.db"
        fill(path)
        raw = connect(database(str(path)), writing=True)
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        with target.open("xb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
            packed.write(path.read_bytes())


if __name__ == "__main__":
    main()
