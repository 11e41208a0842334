"""What the profiles make of the files in fixtures/datasets, as lines of JSON: `python -m` writes them anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tracker.exchange import profile as profiles
from tracker.exchange.grid import Grid
from tracker.exchange.profile.harvest import Harvester
from tracker.exchange.sources import open_source
from tracker.model.kinds.incidents import INCIDENT
from tracker.store.incoming import ActorSpec, Incoming

DATASETS = Path(__file__).parents[3] / "fixtures" / "datasets"
ENDING = ".golden.jsonl"
NO_RECORDS = {"README.md", ".gitattributes", "sources_2022-11-05.json"}
_DEFAULTS = {field.name: field.default for field in INCIDENT.fields if field.default}


def files() -> list[Path]:
    """The dataset files, each in the folder of the profile that reads it."""
    found = (path for path in DATASETS.rglob("*") if path.is_file() and path.name not in NO_RECORDS)
    return sorted(path for path in found if not path.name.endswith(ENDING))


def golden(path: Path) -> Path:
    """Where it stands what a file must give."""
    return path.with_name(path.name + ENDING)


def opened(path: Path) -> tuple[Grid, Harvester]:
    """A file's table and the checks of the profile that knows it."""
    source = open_source(path)
    found = profiles.detect(source)
    assert found is not None, f"no profile knows {path.name}"
    grid = source.grid(found.input)
    return grid, found.bind(grid)


def harvested(path: Path) -> list[str]:
    """What a file gives: a line on the file, one for each record, each rejected row, and what was warned of."""
    grid, harvester = opened(path)
    records: list[Any] = []
    rejected: list[Any] = []
    for block in grid.blocks():
        incoming, refused = harvester.harvest(block, harvester.key(block.rows))
        records += map(dict, _records(incoming))
        rejected += [
            {"rejected": one.number, "line": one.line, "column": one.column, "value": one.value, "reason": one.reason}
            for one in sorted([*block.faulty, *refused], key=lambda one: one.number)
        ]
    profile = harvester.profile
    told = [note.removeprefix(f"{grid.name}: ") for note in grid.notes]
    head = {
        "profile": profile.name, "release": profile.release_of(path.name), "encoding": grid.encoding,
        "delimiter": grid.delimiter, "columns": len(grid.header), "notes": told,
        "warnings": dict(sorted(harvester.warnings.items())),
    }  # fmt: skip
    return [json.dumps(one, ensure_ascii=False) for one in (head, *records, *rejected)]


def _records(incoming: Incoming) -> Iterator[dict[str, Any]]:
    for row, external_id in enumerate(incoming.external_ids):
        record: dict[str, Any] = {"id": external_id}
        for name, values in incoming.incident.items():
            if name != "extra" and (value := values[row]) is not None and value != _DEFAULTS.get(name):
                record[name] = value
        parts = {
            "actors": list(_people(incoming, row)),
            "sources": [_filled(one._asdict(), kind="news_article") for one in _at(incoming.sources, row)],
            "tallies": [_filled(one._asdict()) for one in _at(incoming.tallies, row)],
            "statements": [
                _filled({**one._asdict(), "speaker": one.speaker.name}, mode="paraphrase")
                for one in _at(incoming.statements, row)
            ],
            "links": [[type_, other] for at, type_, other in incoming.links if at == row],
            "tags": list(_at(incoming.tags, row)),
        }
        yield record | {name: values for name, values in parts.items() if values}


def _people(incoming: Incoming, row: int) -> Iterator[dict[str, Any]]:
    for involved in incoming.involved:
        found = involved.actors[row]
        role = involved.role if isinstance(involved.role, str) else involved.role[row]
        columns = {name: values[row] for name, values in involved.columns.items()}
        for one in (found,) if isinstance(found, ActorSpec) else found or ():
            yield _filled({"role": role, **one._asdict(), **columns}, generic=False)


def _filled(values: dict[str, Any], **usual: object) -> dict[str, Any]:
    return {
        name: value
        for name, value in values.items()
        if value is not None and value != "" and not (name in usual and usual[name] == value)
    }


def _at(values: Sequence[tuple[Any, ...]], row: int) -> tuple[Any, ...]:
    return values[row] if values else ()


def main() -> None:
    """Write what every file gives now; read the difference before it is kept."""
    for path in files():
        golden(path).write_text("\n".join(harvested(path)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
