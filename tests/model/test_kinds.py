"""The declarations hold together: every name, list, target and index they mention is there, once."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter

import pytest

from tracker.model import codes
from tracker.model.fields import DATE_PARTS, Kind
from tracker.model.kinds import BY_NAME, BY_PLURAL, BY_PREFIX, EXCHANGED, KINDS
from tracker.model.tables import TABLES, Row

EVERY_RECORD = {"id", "uid", "version", "created_at", "updated_at", "deleted_at", "batch_id", "extra"}
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def test_names_plurals_prefixes_and_labels_are_unique() -> None:
    for of in ("name", "plural", "prefix", "label"):
        counted = Counter(getattr(kind, of) for kind in KINDS)
        assert [value for value, times in counted.items() if times > 1] == [], of
    assert len(BY_NAME) == len(BY_PREFIX) == len(BY_PLURAL) == len(KINDS)
    assert all(re.fullmatch(r"[A-Z]{1,3}", prefix) for prefix in BY_PREFIX)


def test_each_kind_comes_after_those_it_refers_to() -> None:
    place = {kind.name: number for number, kind in enumerate(KINDS)}
    for kind in KINDS:
        for field in kind.fields:
            if field.type == "ref" and field.target != kind.name:
                assert place[field.target] < place[kind.name], (kind.name, field.name)


def test_what_is_exchanged_refers_only_to_what_is_exchanged() -> None:
    names = {kind.name for kind in EXCHANGED}
    assert {field.target for kind in EXCHANGED for field in kind.fields if field.target} <= names
    assert {"source", "actor", "incident", "statement", "involvement", "evidence", "citation"} <= names


@each_kind
def test_fields_are_declared_whole(kind: Kind) -> None:
    assert [name for name, times in Counter(f.name for f in kind.fields).items() if times > 1] == []
    for field in kind.fields:
        assert field.label.strip(), field.name
        assert re.fullmatch(r"[a-z][a-z0-9_]*", field.name), field.name
        assert (field.type in ("code", "codes")) == bool(field.codes), field.name
        assert (field.type == "ref") == bool(field.target), field.name
        assert field.target in {*BY_NAME, ""}
        assert not field.codes or field.codes in codes.LISTS
        assert not field.default or not field.codes or field.default in codes.values(field.codes)
        assert field.low is None or field.high is None or field.low < field.high
        assert (field.type == "key") == bool(field.of)
        assert not field.of or kind.by_name[field.of].type == "text"
        assert not (field.search and field.type not in ("text", "long")), field.name
        assert field.form or not field.required or kind.name in ("tag", "suggestion"), field.name


@each_kind
def test_titles_indexes_and_unique_columns_exist(kind: Kind) -> None:
    assert kind.title in kind.by_name
    known = {*kind.column_names, *EVERY_RECORD}
    for parts in (*kind.indexes, *kind.unique):
        for part in parts:
            words = re.findall(r"[a-z_0-9]+", part.removeprefix("coalesce"))
            assert set(words) <= known, (kind.name, part)


@each_kind
def test_the_table_has_the_declared_columns_and_no_others(kind: Kind) -> None:
    table = Row.metadata.tables[kind.name]
    assert {column.name for column in table.columns} == {*kind.column_names, *EVERY_RECORD}
    assert len(set(kind.column_names)) == len(kind.column_names)
    for stored in kind.columns:
        column = table.columns[stored.name]
        assert column.nullable != stored.required, stored.name
        assert [key.column.table.name for key in column.foreign_keys] == ([stored.target] if stored.target else [])
    assert set(TABLES[kind.name].model_fields) == {column.name for column in table.columns}


@each_kind
def test_every_reference_has_an_index_so_that_deleting_stays_quick(kind: Kind) -> None:
    first = {parts[0] for parts in (*kind.indexes, *kind.unique)}
    unindexed = {c.name for c in kind.columns if c.target and c.name not in first and not c.name.endswith("_anchor_id")}
    # Few records have these, and editions and merges are looked up the other way round.
    assert unindexed <= {"supersedes_id", "merged_into_id"}


def test_a_date_is_stored_with_its_words_its_bounds_and_its_anchor() -> None:
    (date,) = [field for field in BY_NAME["incident"].fields if field.type == "date"]
    assert [column.name for column in date.columns] == [*(f"date_{part}" for part in DATE_PARTS), "date_anchor_id"]
    assert date.columns[-1].target == "source"


def test_what_the_program_fills_in_is_on_no_form() -> None:
    hidden = {f"{kind.name}.{field.name}" for kind in KINDS for field in kind.fields if not field.form}
    assert {"source.sha256", "source.text", "actor.name_key", "actor.merged_into", "evidence.verdict"} <= hidden


def test_the_article_is_never_exported() -> None:
    assert not BY_NAME["source"].by_name["text"].export
    assert BY_NAME["source"].by_name["sha256"].export


def test_the_declarations_load_nothing_heavy() -> None:
    program = (
        "import sys, tracker.model.kinds, tracker.model.values;"
        "print(sorted({'sqlalchemy', 'sqlmodel', 'pydantic', 'textual', 'dateutil'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
