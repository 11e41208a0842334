"""Read a profile from its TOML: a closed vocabulary, every error naming the file, the key and the nearest known one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from tracker.exchange.profile import shapes
from tracker.exchange.profile.cellshape import cell, date_rule, formats
from tracker.exchange.profile.citations import PARSERS
from tracker.exchange.profile.model import (
    ActorRule,
    Cell,
    Key,
    LinkRule,
    Match,
    Profile,
    Release,
    SourceRule,
    StatementRule,
    TallyRule,
)
from tracker.exchange.profile.ruleshape import rule, when
from tracker.exchange.profile.shapes import Shape, refuse
from tracker.model.fields import Field
from tracker.model.kinds.incidents import INCIDENT
from tracker.text import clean_counted, screen

VOCABULARY = 1
_NEVER = {"date", "parent", "dataset", "external_id", "release"}


def _of(field: Field) -> Shape:
    """The shape of an incident's field."""
    if field.type == "int":
        return cell("int", low=field.low, high=field.high)
    if field.type == "real":
        return cell("real", low=field.low, high=field.high)
    if field.type == "bool":
        return cell("bool")
    if field.type == "code":
        return cell("code", listed=field.codes)
    return cell("country") if field.name == "country" else cell(joined=field.type == "long")


_INCIDENT: dict[str, Shape] = {f.name: _of(f) for f in INCIDENT.fields if f.name not in _NEVER} | {"date": date_rule}
_INPUT: dict[str, Shape] = {
    "form": shapes.choice("delimited", "json", "jsonl", "xlsx"), "encoding": shapes.texts,
    "delimiter": shapes.choice(",", ";", "\t", "|"), "header": shapes.whole, "names": shapes.texts,
    "keys": shapes.texts,
    "second_header": shapes.text, "quoting": shapes.choice("strict", "none"), "records": shapes.text,
    "sheet": shapes.text, "null": shapes.texts,
}  # fmt: skip


def incident_shapes() -> Mapping[str, Shape]:
    """How each field of an incident that a profile may fill is written."""
    return _INCIDENT


def _match(value: object, where: str) -> Match:
    found = shapes.table(value, where, {
        "headers": shapes.texts, "any": shapes.listing(shapes.texts), "not": shapes.texts, "width": shapes.whole,
        "columns": shapes.whole,
        "cells": shapes.mapping(shapes.pattern), "files": shapes.texts,
    })  # fmt: skip
    if bad := [at for at in found.get("cells", {}) if not (at.isascii() and at.isdigit() and int(at) > 0)]:
        raise refuse(where, f"cells “{bad[0]}” is no position; count columns from 1")
    cells = {int(at): pattern for at, pattern in found.pop("cells", {}).items()}
    return Match(none=found.pop("not", ()), cells=cells, **found)


def _key(value: object, where: str) -> Key:
    found = shapes.table(
        value,
        where,
        {"external_id": shapes.columns, "content": _content, "strip_float": shapes.flag},
    )
    ids = found.get("external_id", ())
    if bool(ids) == ("content" in found):
        raise refuse(where, 'give external_id = "the column of the id", or content = true when rows have no id')
    return Key(tuple((name,) for name in ids), found.get("content", ()), found.get("strip_float", False))


def _content(value: object, where: str) -> tuple[str, ...]:
    if value is True:
        return ()
    if value is False:
        raise refuse(where, "must be true, or the columns that make a row the same row")
    return shapes.columns(value, where)


def _release(value: object, where: str) -> Release:
    if isinstance(value, str):
        return Release(text=value)
    found = shapes.table(
        value, where, {"from": shapes.choice("file"), "pattern": shapes.pattern, "column": shapes.text}
    )
    if ("pattern" in found) == ("column" in found):
        raise refuse(where, 'give { from = "file", pattern = "…" } or { column = "…" }')
    return Release(pattern=found.get("pattern", ""), column=found.get("column", ""))


def _actor(value: object, where: str) -> ActorRule:
    found = shapes.table(value, where, {
        "name": cell(), "role": cell("code", listed="involvement_role"), "kind": cell("code", listed="actor_kind"),
        "guess": shapes.flag, "country": cell("country"), "key": cell(), "split": shapes.text, "skip": shapes.texts,
        "generic": shapes.flag, "required": shapes.flag, "each": shapes.columns, "hedge": cell("code", listed="hedge"),
        "stance": cell("code", listed="stance"), "notes": cell(),
    }, ("name", "role"))  # fmt: skip
    extra: dict[str, Cell] = {name: found.pop(name) for name in ("hedge", "stance", "notes") if name in found}
    return ActorRule(**found, columns=extra)


def _tally(value: object, where: str) -> TallyRule:
    figure = cell("int", low=0, high=1_000_000_000)
    found = shapes.table(value, where, {
        "measure": shapes.code("measure"), "whom": shapes.text, "low": figure, "best": figure, "high": figure,
        "skip_zero": shapes.flag,
    }, ("measure",))  # fmt: skip
    if not {"low", "best", "high"} & found.keys():
        raise refuse(where, "has no figure; give best, low or high")
    return TallyRule(**found)


def _source(value: object, where: str) -> SourceRule:
    found = shapes.table(value, where, {
        "parse": shapes.choice(*PARSERS), "from": shapes.columns, "format": formats,
        "kind": shapes.code("source_kind"), "unless": shapes.columns,
        **dict.fromkeys(("title", "publisher", "published", "url", "author", "notes"), cell()),
    })  # fmt: skip
    if "parse" in found and "from" not in found:
        raise refuse(where, 'has a parser and no column; give from = "its header"')
    if "parse" not in found and not {"title", "publisher", "url"} & found.keys():
        raise refuse(where, "cites nothing; give title, publisher or url, or parse and from")
    cells = {name: one for name in list(found) if isinstance(one := found[name], Cell)}
    return SourceRule(
        found.get("parse", ""), found.get("from", ()), cells, found.get("format", ("%Y-%m-%d",)),
        found.get("kind", "news_article"), found.get("unless", ()),
    )  # fmt: skip


def _statement(value: object, where: str) -> StatementRule:
    words = cell()
    found = shapes.table(value, where, {
        "when": when, "speaker": lambda given, at: given if isinstance(given, int) else words(given, at),
        "kind": cell("code", listed="statement_kind"), "mode": shapes.code("mode"), "venue": words, "quote": words,
        "paraphrase": words, "split": shapes.text,
    }, ("speaker", "kind"))  # fmt: skip
    if not {"quote", "paraphrase"} & found.keys():
        raise refuse(where, "says nothing; give quote or paraphrase")
    speaker = found.pop("speaker")
    found |= {"actor": speaker} if isinstance(speaker, int) else {"speaker": speaker}
    return StatementRule(**found)


def _link(value: object, where: str) -> tuple[LinkRule, ...]:
    link = {"column": shapes.columns, "split": shapes.text, "type": shapes.code("link_type"), "earlier": shapes.flag}
    found = shapes.table(value, where, {"related": lambda one, at: shapes.table(one, at, link, ("column", "type"))})
    return tuple(
        LinkRule(one["column"], one["type"], one.get("split", ","), one.get("earlier", False)) for one in found.values()
    )


def _keep(value: object, where: str) -> object:
    found = shapes.table(value, where, {
        "keep": lambda one, at: shapes.texts(one, at) if isinstance(one, list)
        else shapes.choice("all", "unmapped", "none")(one, at),
    }, ("keep",))  # fmt: skip
    return found["keep"]


_TOP: dict[str, Shape] = {
    "profile": shapes.whole, "name": shapes.text, "title": shapes.text, "dataset": shapes.text,
    "version": shapes.whole, "release": _release, "match": _match,
    "input": lambda value, where: shapes.table(value, where, _INPUT),
    "aliases": shapes.mapping(shapes.texts), "key": _key,
    "incident": lambda value, where: shapes.table(value, where, _INCIDENT),
    "actor": shapes.listing(_actor), "tally": shapes.listing(_tally), "source": shapes.listing(_source),
    "statement": shapes.listing(_statement), "link": shapes.listing(_link), "extra": _keep,
    "rule": shapes.listing(rule), "export": lambda value, where: shapes.table(value, where, {"writer": shapes.text}),
}  # fmt: skip
_NEEDED = ("profile", "name", "title", "dataset", "version", "key", "incident")


def read(text: str, where: str) -> Profile:
    """The profile that a TOML text describes; `where` is its file, for errors.

    Raises UsageError, naming the file, the key and what to write instead.
    """
    try:
        given = tomllib.loads(text)
        # Its texts become titles and summaries: nothing that a terminal would obey gets into the database by them.
        unfit = next((one for one in _texts(given) if clean_counted(one)[1]), None)
    except RecursionError:
        raise refuse(where, "is nested too deep to be a profile; flatten it") from None
    except ValueError as error:
        raise refuse(where, f"is no TOML ({error}); correct it") from error
    if unfit is not None:
        raise refuse(where, f"“{screen(unfit)}” holds control or invisible characters; take them out")
    found = shapes.table(given, f"{where}:", _TOP, _NEEDED)
    if found["profile"] != VOCABULARY:
        raise refuse(where, f"vocabulary {found['profile']} is not known here; write profile = {VOCABULARY}")
    return _profile(found, text, where)


def _texts(value: object) -> Iterator[str]:
    """All texts of a TOML value, the keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _texts(one)


def _profile(found: dict[str, Any], text: str, where: str) -> Profile:
    reading = dict(found.get("input", {}))
    incident = dict(found["incident"])
    profile = Profile(
        found["name"], found["title"], found["dataset"], found["version"], where, text, found["key"],
        match=found.get("match", Match()), release=found.get("release", Release()),
        null=frozenset({"", *reading.pop("null", ())}), reading=reading, aliases=found.get("aliases", {}),
        date=incident.pop("date", None), incident=incident, actors=found.get("actor", ()),
        tallies=found.get("tally", ()), sources=found.get("source", ()), statements=found.get("statement", ()),
        links=tuple(link for links in found.get("link", ()) for link in links), rules=found.get("rule", ()),
        keep=found.get("extra", "unmapped"),
    )  # fmt: skip
    _check(profile, where)
    return profile


def _check(profile: Profile, where: str) -> None:
    if "title" not in profile.incident or "category" not in profile.incident:
        raise refuse(where, "[incident] needs a title and a category; every incident has both")
    actors = len(profile.actors)
    for number, one in enumerate(profile.statements, 1):
        if one.actor and not 1 <= one.actor <= actors:
            raise refuse(where, f"statement, {number}. speaker {one.actor}: there are {actors} actors, counted from 1")
    for number, rule_ in enumerate(profile.rules, 1):
        for target, _ in rule_.sets:
            head, _, rest = target.partition(".")
            index = rest.partition(".")[0]
            if head == "actor" and profile_actor(profile, index) is None:
                raise refuse(where, f"rule, {number}. set “{target}”: no [[actor]] is {index}; count them from 1")


def profile_actor(profile: Profile, index: str) -> int | None:
    """The place (from 0) of the actor that a rule calls by its number from 1 or by its column; None when none is."""
    if index.isascii() and index.isdigit():
        return int(index) - 1 if 1 <= int(index) <= len(profile.actors) else None
    return next((at for at, one in enumerate(profile.actors) if index in one.name.columns), None)


__all__ = ["VOCABULARY", "profile_actor", "read"]
