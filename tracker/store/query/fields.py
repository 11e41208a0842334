"""What can be filtered by: every field of a kind by itself, the columns all records have, and what reaches further."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from tracker.model import codes as code_lists
from tracker.model.fields import Field, Kind
from tracker.store.query import reach

How = Literal[
    "words", "contains", "whole", "code", "codes", "number", "bool", "date", "surely", "after", "before", "stamp",
    "key", "ref", "link", "tag", "has", "near", "own_ref",
]  # fmt: skip
"""How the values of a field are compared; each has its function in `compile`."""


@dataclass(frozen=True, slots=True)
class FilterField:
    """One name that may stand before a colon.

    `codes` are the values it can have when these are few. `columns` are what it compares; `list` names its code list,
    `target` the kind it refers to, `legs` the queries for the ids of the records that are linked (see `reach`).
    """

    name: str
    label: str
    help: str
    example: str
    how: How
    codes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    list: str = ""
    target: str = ""
    legs: tuple[str, ...] = ()
    whole: bool = False


_WHOLE: Final = frozenset(
    {"country", "language", "dataset", "external_id", "release", "coder", "wikidata_id", "cameo", "plover", "sha256",
     "text_sha256", "of_kind", "made_uid", "key"}
)  # fmt: skip
"""Text fields that hold one short identifier, which is compared as a whole, so that its index serves."""

_HOW: Final[dict[str, How]] = {
    "text": "contains", "long": "contains", "json": "contains", "int": "number", "real": "number", "bool": "bool",
    "code": "code", "codes": "codes", "date": "date", "stamp": "stamp", "key": "key", "ref": "ref",
}  # fmt: skip

_HELP: Final[dict[How, str]] = {
    "words": "words it holds; “a phrase”, a prefix with *",
    "contains": "a part of it, in any case; a prefix with *",
    "whole": "the whole value; a prefix with *",
    "code": "a code or its label; a prefix with *",
    "codes": "one of its codes",
    "number": "a number: 3, >=1, 2..5",
    "bool": "yes or no; what is not recorded counts as no",
    "date": "a date it may be: 2019-12, 2019-12-01.., words in quotation marks",
    "stamp": "a day or a span of days: 2024-01, 2024-01-01..",
    "key": "a name, however spelled",
    "ref": "a REF, or words of its title",
}  # fmt: skip

_EXAMPLES: Final[dict[How, str]] = {
    "words": "{}:rocket", "contains": "{}:rocket", "whole": "{}:x*", "number": "{}>=1", "bool": "{}:yes",
    "date": "{}:2019-12", "stamp": "{}>=2024-01-01", "key": '{}:"Kataib Hezbollah"', "codes": "{}:x", "code": "{}:x",
}  # fmt: skip
_WHOLE_EXAMPLES: Final = {"country": "country:IRQ", "dataset": "dataset:ucdp-ged", "language": "language:en"}


def _of(kind: Kind, field: Field) -> FilterField:
    """The filter field that follows from a declared field."""
    how = _HOW[field.type]
    if field.search:
        how = "words"
    elif field.name in _WHOLE:
        how = "whole"
    values = code_lists.values(field.codes) if field.codes else ("yes", "no") if how == "bool" else ()
    example = _WHOLE_EXAMPLES.get(field.name) or _EXAMPLES.get(how, "{}").format(field.name)
    if field.codes:
        example = f"{field.name}:{values[0]}"
    if how == "ref":
        example = f"{field.name}:{reach.prefix_of(field.target)}-3"
    columns = (field.name,) if how == "date" else tuple(column.name for column in field.columns)
    return FilterField(
        field.name, field.label, _HELP[how], example, how, values, columns, field.codes, field.target,
        whole=field.type == "int",
    )  # fmt: skip


def _everywhere(kind: Kind) -> tuple[FilterField, ...]:
    """What every kind of record can be filtered by."""
    linked = reach.HAS.get(kind.name, {})
    tagged = reach.TAGGED.format(kind=kind.name)
    return (
        FilterField("id", "Id", "its number: 12, 10..20", "id:12", "number", columns=("id",), whole=True),
        FilterField("ref", "REF", "its REF", f"ref:{kind.prefix}-12", "own_ref", columns=("id",), target=kind.name),
        FilterField("uid", "Uid", "its uid", "uid:0190*", "whole", columns=("uid",)),
        FilterField("version", "Version", "how often it was saved", "version>1", "number", columns=("version",),
                    whole=True),
        FilterField("created", "Created", _HELP["stamp"], "created>=2024-01-01", "stamp", columns=("created_at",)),
        FilterField("updated", "Updated", _HELP["stamp"], "updated>=2024-01-01", "stamp", columns=("updated_at",)),
        FilterField("batch", "Import", "the import it came with", "batch:B-2", "ref", columns=("batch_id",),
                    target="batch"),
        FilterField("tag", "Tagged", "a tag; a prefix with *", "tag:draft", "tag", legs=(tagged,)),
        FilterField("has", "With", "what is linked to it or known of it", f"has:{next(iter(linked), 'tag')}", "has",
                    codes=tuple(linked)),
    )  # fmt: skip


def _dated(kind: Kind) -> tuple[FilterField, ...]:
    """What the main date of a kind, its first one, can be asked beyond its own name."""
    main = next((field.name for field in kind.fields if field.type == "date"), None)
    if main is None:
        return ()
    return (
        FilterField("surely", "Surely in", f"{main} lies within, whatever of it is meant", "surely:2019-12", "surely",
                    columns=(main,)),
        FilterField("after", "After", f"{main} may be on that day or later", "after:2019-12-01", "after",
                    columns=(main,)),
        FilterField("before", "Before", f"{main} may be on that day or earlier", "before:2019-12", "before",
                    columns=(main,)),
    )  # fmt: skip


def _reaching(kind: Kind) -> tuple[FilterField, ...]:
    """The fields that join columns, or lead to other tables."""
    made = [
        FilterField(name, label, help_, f"{name}:baghdad" if how == "words" else f"{name}>=1" if how == "number" else
                    f"{name}:33.26,44.23,20km", how, columns=columns, whole=how == "number")
        for name, label, help_, how, columns in reach.JOINED.get(kind.name, ())
    ]  # fmt: skip
    for link in reach.LINKS.get(kind.name, ()):
        how: How = "link" if link.target else "bool"
        codes = () if link.target else ("yes", "no")
        made.append(
            FilterField(link.name, link.label, link.help, link.example, how, codes, target=link.target, legs=link.legs)
        )
    return tuple(made)


@cache
def fields_of(kind: Kind) -> tuple[FilterField, ...]:
    """Everything `kind` can be filtered by, its own fields first; for the parser, completion, help and docs."""
    own = {field.name: _of(kind, field) for field in kind.fields}
    extra = (*_reaching(kind), *_dated(kind), *_everywhere(kind))
    made = {**own, **{field.name: field for field in extra if field.name not in own}}
    has = made["has"]
    made["has"] = replace(has, codes=tuple(dict.fromkeys((*has.codes, *(n for n in made if n not in _NOT_HAD)))))
    return tuple(made.values())


_NOT_HAD: Final = frozenset(
    {"id", "ref", "uid", "version", "created", "updated", "has", "surely", "after", "before", "near"}
)
"""Fields that every record has, or that ask for another field: `has:` would say nothing."""


@cache
def by_name(kind: Kind) -> dict[str, FilterField]:
    """`fields_of` by their names."""
    return {field.name: field for field in fields_of(kind)}
