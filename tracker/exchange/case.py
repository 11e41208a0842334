"""The whole case as a folder of files, and the example case that comes with the program."""

from __future__ import annotations

from pathlib import Path

from tracker import paths
from tracker.errors import Refused
from tracker.exchange.atomic import writing
from tracker.exchange.records import rows
from tracker.exchange.writers import require, write
from tracker.model.kinds import EXCHANGED
from tracker.store import export
from tracker.store.database import Database, Reader

EXAMPLE = "Loaded the example case"


def load_seeds(where: Database, who: str) -> int:
    """Write the example case into an empty database as one step of undo; gives back the number of records.

    Raises Refused when the database is not empty.
    """
    from tracker.exchange.load import load
    from tracker.exchange.plan import plan
    from tracker.exchange.readers import files_in, read
    from tracker.store.casebook import Casebook

    with Reader(where) as reader:
        if count := export.live(reader):
            raise Refused(
                f"database {where.shown}: holds {count:,} records already; load the example into an empty one"
            )
        planned = plan(reader, map(read, files_in([paths.seeds_folder()])))
    if not planned.clean:
        raise Refused(f"the example case is damaged: {(planned.rejections or planned.conflicts)[0]}; install it again")
    with Casebook(where, who) as casebook:
        return load(casebook, planned, EXAMPLE).total("new")


def export_all(
    reader: Reader,
    folder: str | Path,
    form: str = "csv",
    *,
    excel: bool = False,
    raw: bool = False,
    force: bool = False,
) -> dict[str, int]:
    """Write one file a kind into a folder, which is made when it is missing; gives back the rows by file name.

    Each file is old or new and whole. Raises Refused when one is there already and `force` is not set, and UsageError
    for a form that some kind cannot be written in.
    """
    for kind in EXCHANGED:
        require(form, kind)
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{folder}: cannot be made ({error.strerror}); give another folder") from error
    written: dict[str, int] = {}
    for kind in EXCHANGED:
        path = target / f"{kind.plural}.{form}"
        with writing(path, force=force) as file:
            written[path.name] = write(file, rows(reader, kind), form, excel=excel, raw=raw)
    return written
