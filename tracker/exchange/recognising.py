"""Find out what a file holds: a dataset and its profile, rows of an importer, columns the user names, or our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import Refused, UsageError
from tracker.exchange.importers import imported
from tracker.exchange.layout import kind_of_file, kind_of_header, normal, readable
from tracker.exchange.profile import detect
from tracker.exchange.profile import readable as profiles
from tracker.exchange.profile.detection import absent, fits, nearest
from tracker.exchange.profile.mapping import Wanted, known, mapped
from tracker.exchange.rejects import first_about, named
from tracker.exchange.renaming import fields_named
from tracker.exchange.sources import Source, open_source
from tracker.model.kinds import BY_NAME
from tracker.text import screen, truncate

if TYPE_CHECKING:
    from tracker.exchange.profile.model import Profile
    from tracker.model.fields import Kind

_INCIDENTS = BY_NAME["incident"]
_MANY, _SHARE = 5, 0.15
"""Columns of a dataset, and share of those its profile reads, whose absence is told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says of the files: the profile by name or "auto", what kind of record they hold, their columns."""

    profile: Profile | None = None
    kind: Kind | None = None
    wanted: Wanted = field(default_factory=Wanted)
    encoding: str | None = None
    delimiter: str | None = None
    limits: bool = True


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file that was looked into, its profile (None: our own columns), and what there is to be told of it."""

    source: Source
    profile: Profile | None
    told: tuple[str, ...] = ()


def recognised(path: str | Path, asked: Asked) -> Recognised:
    """What a file holds. Importers of other packages are asked when no profile of ours fits, or it is no table.

    Raises Refused for what cannot be read, and UsageError, saying what was found, what is nearest and what to do, when
    nobody knows the columns.
    """
    source = refusal = None
    try:
        source = open_source(path, encoding=asked.encoding, delimiter=asked.delimiter, limits=asked.limits)
    except Refused as error:
        refusal = error
    if source is not None and (found := _known(source, asked)):
        return found
    if str(path) != "-" and (rows := imported(path, limits=asked.limits)):
        if source is not None:
            source.close()
        return _rows(rows[0], rows[1], asked)
    if source is None:
        raise refusal or Refused(f"{path}: cannot be read")
    return _rest(source, asked)


def header(source: Source) -> tuple[str, ...]:
    """The columns of a file by its first record, or by the keys of JSON."""
    if source.keys:
        return tuple(source.keys)
    return named(source, next((row for row in source.head if any(cell.strip() for cell in row)), ()))


def _known(source: Source, asked: Asked) -> Recognised | None:
    """A file of a dataset, or one that an export of ours made; None for all else."""
    if asked.profile is not None:
        fit = fits(asked.profile, source)
        return Recognised(source, asked.profile) if fit else None
    if asked.kind is not None or asked.wanted.maps or asked.wanted.id:
        return None
    if {"uid", "version"} <= {normal(name) for name in header(source)}:
        return Recognised(source, None)
    found = detect(source)
    return None if found is None else Recognised(source, found, tuple(_unlike(found, source)))


def _unlike(profile: Profile, source: Source) -> list[str]:
    """A sentence when a file has not many of the columns that its dataset is published with."""
    row = profile.input.header
    rows = [list(source.keys)] if source.keys else [one for one in source.head if any(cell.strip() for cell in one)]
    if not row or row > len(rows):
        return []
    lacks, read = absent(profile, [*rows[row - 1], *profile.input.keys])
    if len(lacks) < _MANY or len(lacks) < _SHARE * read:
        return []
    shown = ", ".join(lacks[:6]) + (", …" if len(lacks) > 6 else "")
    return [
        f"{source.name}: has not, or not by these names, {len(lacks)} of the {read} columns that are read of "
        f"{profile.title} ({shown}): if it is another list, name its columns with --map, or give --profile FILE.toml"
    ]


def _rows(source: Source, importer: str, asked: Asked) -> Recognised:
    told = f"{source.name}: read by the importer “{importer}”"
    found = _known(source, asked) or _rest(source, asked)
    return replace(found, told=(told, *found.told))


def _rest(source: Source, asked: Asked) -> Recognised:
    """A file by the profile that was named, by the columns that were, or in our own columns."""
    if asked.profile is not None:
        return Recognised(source, asked.profile)
    if asked.kind in (None, _INCIDENTS) and _is_list(source, asked):
        names = header(source)
        wanted = asked.wanted
        dataset = wanted.dataset or first_about(source).get("_dataset", "")
        return Recognised(source, mapped(replace(wanted, dataset=dataset), names, source.name, source.stem))
    if asked.kind is None and not kind_of_file(source.stem):
        _require_kind(source)
    return Recognised(source, None)


def _is_list(source: Source, asked: Asked) -> bool:
    """Whether columns are named that a list of incidents has, and not such as only files of ours have."""
    wanted = asked.wanted
    if not (wanted.maps or wanted.id):
        return False
    names = header(source)
    ours = (fields_named(wanted.maps, names) & readable(_INCIDENTS).keys()) - set(known())
    return not ours and "uid" not in {normal(name) for name in names}


def _require_kind(source: Source) -> None:
    names = header(source)
    if not names:
        # The reader of rows says best what is wrong with a file that has none.
        return
    try:
        kind_of_header(names, source.name)
    except UsageError as error:
        if "say which with --as" in str(error):
            raise
        raise UsageError(unknown(source, names)) from error


def unknown(source: Source, names: Sequence[str]) -> str:
    """A sentence on a file whose columns nobody knows: what they are, what comes near, and what to do."""
    shown = truncate(screen(", ".join(one.strip() for one in names if one.strip())), 160)
    found = nearest(profiles()[0], names)
    if found is None:
        near, copy = "no profile comes near", "ucdp-ged"
    else:
        profile, lacks = found
        copy = profile.name
        near = f"the nearest profile is {profile.name}, for which it lacks {', '.join(lacks)}"
    many = f"its {len(names)} column{'s' * (len(names) != 1)}"
    return (
        f"{source.name}:1: {many} ({shown}) fit no dataset and no kind of record known here; {near}. Name the columns "
        f"with --map COLUMN=FIELD, or write a profile (tracker profiles {copy} > my.toml) and give it with --profile "
        "my.toml; “tracker profiles” lists all"
    )
