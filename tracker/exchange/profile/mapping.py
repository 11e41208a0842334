"""A profile made of what the user says of the columns of one file: the way of a list that no profile knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import blake2b
from shlex import quote

from tracker.errors import UsageError, ValueRefused
from tracker.exchange.layout import nearest, normal
from tracker.exchange.profile.cellshape import formats as day_formats
from tracker.exchange.profile.countries import country_reader
from tracker.exchange.profile.model import ActorRule, Cell, DateRule, Key, Profile, SourceRule
from tracker.exchange.profile.strict_dates import part_reader
from tracker.exchange.profile.toml import incident_shapes
from tracker.exchange.renaming import Naming, naming
from tracker.model import codes
from tracker.model.kinds.incidents import INCIDENT
from tracker.model.values import Context, parse_value

_SOURCE = {f"source_{part}": part for part in ("title", "publisher", "url", "published", "author")}
_TITLE, _SEVERAL = "title", ";"
_ROLES = codes.values("involvement_role")
_READING = 2
"""The version of how mapped columns are read; another one compares all rows anew."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is said of a file besides its columns: the `dataset` its rows belong to ("" = by the file's name), the
    column of the id of each row ("" = rows go by their content), strptime formats of the date, the order of day and
    month in other dates, the day from which words such as "last Monday" are told, and texts that mean "not given" in
    every column.
    """

    maps: tuple[str, ...] = ()
    dataset: str = ""
    id: str = ""
    formats: tuple[str, ...] = ()
    order: str = ""
    anchor: date | None = None
    nulls: tuple[str, ...] = ()

    def command(self, path: str) -> str:
        """The command that imports a file of the same columns, such as that of the rejected rows, in the same way."""
        said = [("--map", one) for one in self.maps] + [("--id", self.id), ("--dataset", self.dataset)]
        said += [("--date-format", one) for one in self.formats] + [("--date-order", self.order)]
        said += [("--anchor", self.anchor.isoformat() if self.anchor else "")]
        words = [word for option, text in said if text for word in (option, text)]
        words += [word for text in self.nulls for word in ("--null", text)]
        # A text that begins with a hyphen would be taken for an option.
        joined = " ".join(
            f"{option}={quote(text)}" if text.startswith("-") else f"{option} {quote(text)}"
            for option, text in zip(words[::2], words[1::2], strict=True)
        )
        return f"tracker import {quote(path)} {joined}"


@cache
def known() -> tuple[str, ...]:
    """The fields that a column may be mapped to: those of an incident, roles of actors, and parts of a source."""
    return (*(name for name in incident_shapes() if name not in ("gone", "coder")), *_ROLES, *_SOURCE)


def mapped(wanted: Wanted, header: Sequence[str], name: str, stem: str) -> Profile:
    """The profile of a file with these columns, as `wanted` says; columns that are not named are kept in `extra`.

    Columns that bear the name of a field are read as it, but those of codes and actors, whose words may be others. What
    has no category is unknown. Raises UsageError for what --map, --id or --date-format cannot mean.
    """
    said = naming(wanted.maps, header, known(), name, "incidents")
    fields = _with_own_names(said, header)
    by_field: dict[str, tuple[str, ...]] = {}
    for column, to in fields.items():
        by_field[to] = (*by_field.get(to, ()), column)
    _require_single(by_field, said, name)
    cells = {to: _cell(to, columns) for to, columns in by_field.items() if to in incident_shapes() and to != "date"}
    cells |= {to: _constant(to, text) for to, text in said.constants.items() if to in incident_shapes()}
    for one in wanted.formats:
        part_reader(one, "--date-format")
    actors = tuple(one for role in _ROLES for one in _actors(role, by_field, said.constants))
    cells.setdefault(_TITLE, _title(actors, by_field))
    return Profile(
        "map", "your own columns", wanted.dataset or stem, _version(wanted), "--map", "\n".join(wanted.maps),
        _key(wanted, header, name), null=frozenset({"", *(one.strip() for one in wanted.nulls)}),
        date=_date(wanted, by_field), incident=cells, actors=actors,
        sources=_sources(wanted, by_field, said.constants),
        keep=tuple(one for one in header if one not in said.dropped) if said.dropped else "unmapped",
    )  # fmt: skip


def _with_own_names(said: Naming, header: Sequence[str]) -> dict[str, str]:
    fields = dict(said.fields)
    taken = {*fields.values(), *said.constants}
    plain = {f.name for f in INCIDENT.fields if f.type != "code"} | _SOURCE.keys()
    for one in header:
        word = normal(one)
        if one not in fields and one not in said.dropped and word in plain and word in known() and word not in taken:
            fields[one] = word
    return fields


def _require_single(by_field: Mapping[str, tuple[str, ...]], said: Naming, name: str) -> None:
    for to, columns in by_field.items():
        if to in said.constants:
            raise UsageError(f"--map: “{to}” is given as a column of {name} and as a text for all rows; leave one out")
        if len(columns) > 1 and to not in (*_ROLES, "summary"):
            raise UsageError(f"--map: two columns of {name} would be “{to}” ({', '.join(columns)}); leave one out")


def _cell(to: str, columns: tuple[str, ...]) -> Cell:
    shape = incident_shapes()[to]
    made: Cell = shape({"from": list(columns)}, f"--map {to}")
    return replace(made, code="any" if to == "country" else made.code, list_of_own=True)


def _constant(to: str, text: str) -> Cell:
    if to == "date":
        raise UsageError("--map: date:= is not read; name the column of the date, such as 'Event date=date'")
    if to == "country":
        if not (code := country_reader("any")(text)):
            raise UsageError(f"--map: country:={text}: no country is called that; write its name or ISO 3166 code")
        return Cell("country", const=code)
    made: Cell = incident_shapes()[to]({"from": to}, f"--map {to}")
    if made.kind == "text" and "{" in text:
        shaped: Cell = incident_shapes()[to](text, f"--map {to}")
        return shaped
    try:
        value = parse_value(INCIDENT.by_name[to], text, Context())[to]
    except ValueRefused as refusal:
        raise UsageError(f"--map: {to}:={text}: {refusal}") from refusal
    return replace(made, columns=(), const=value)


def _actors(role: str, by_field: Mapping[str, tuple[str, ...]], constants: Mapping[str, str]) -> list[ActorRule]:
    names = [Cell(columns=(column,)) for column in by_field.get(role, ())]
    names += [Cell(const=constants[role])] if role in constants else []
    return [ActorRule(name, Cell("code", const=role), guess=True, otherwise="other", split=_SEVERAL) for name in names]


def _title(actors: Sequence[ActorRule], by_field: Mapping[str, tuple[str, ...]]) -> Cell:
    """Who and whom, and where: what there is of it."""
    who = [f"{{{one.name.columns[0]}}}" for one in actors if one.name.columns]
    where = next((f"{{{by_field[one][0]}}}" for one in ("place_name", "place_words", "country") if one in by_field), "")
    template = ", ".join(filter(None, (" – ".join(who), where)))
    columns = tuple(part[1:-1] for part in [*who, where] if part)
    return Cell(template=template, columns=columns) if template else Cell(const=None)


def _date(wanted: Wanted, by_field: Mapping[str, tuple[str, ...]]) -> DateRule | None:
    if "date" not in by_field:
        return None
    freely = not wanted.formats or wanted.anchor is not None
    said = by_field.get("source_published", ())
    return DateRule(
        day=by_field["date"], formats=wanted.formats, freely=freely, order=wanted.order, anchor=wanted.anchor,
        said=said, list_of_own=True,
    )  # fmt: skip


def _sources(
    wanted: Wanted, by_field: Mapping[str, tuple[str, ...]], constants: Mapping[str, str]
) -> tuple[SourceRule, ...]:
    cells = {part: Cell(columns=by_field[to]) for to, part in _SOURCE.items() if to in by_field}
    cells |= {part: Cell(const=constants[to]) for to, part in _SOURCE.items() if to in constants}
    if not {"title", "publisher", "url"} & cells.keys():
        return ()
    whole = tuple(one for one in wanted.formats if _is_day(one))
    return (SourceRule(cells=cells, formats=whole or ("%Y-%m-%d",)),)


def _is_day(form: str) -> bool:
    try:
        day_formats(form, "--date-format")
    except UsageError:
        return False
    return True


def _key(wanted: Wanted, header: Sequence[str], name: str) -> Key:
    if not wanted.id:
        return Key()
    names = {normal(one): one for one in header}
    if (word := normal(wanted.id)) not in names:
        hint = nearest(word, tuple(names)) or f"; it has {', '.join(header[:20])}"
        raise UsageError(f"--id: {name} has no column “{wanted.id}”{hint}")
    return Key(columns=((names[word],),))


def _version(wanted: Wanted) -> int:
    """Another number for another reading, so that rows read anew are compared anew."""
    told = repr((_READING, wanted.maps, wanted.formats, wanted.order, wanted.anchor, wanted.id, wanted.nulls))
    return int.from_bytes(blake2b(told.encode(), digest_size=4).digest(), "big")
