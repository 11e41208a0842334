"""Whatever is typed is a filter or is refused in a sentence, and whatever is a filter runs on both engines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.errors import FilterError
from tracker.model.fields import Kind
from tracker.model.kinds import KINDS
from tracker.store.database import Reader
from tracker.store.query import Filter, fields_of, parse

TODAY = date(2019, 12, 14)
NAMES = sorted({field.name for kind in KINDS for field in fields_of(kind)})
VALUES = (
    "rocket", "rock*", '"a b"', '"a"*', "x", "I-3", "A-1", "3", ">=1", "2..5", "..", "2019-12", "2019-12-01..",
    "199X", "unknown",
    "known", "*", "yes", "no", "33.2,44.2,20km", "é%_\\", "كتائب", "(a OR -b)", '"last monday"', "2019/2020",
    "[2019,2021]",
)  # fmt: skip
OPERATORS = (":", ":", ":", ">=", "<", "=", "!=")
TERMS = st.one_of(
    st.builds("{}{}{}".format, st.sampled_from(NAMES), st.sampled_from(OPERATORS), st.sampled_from(VALUES)),
    st.sampled_from((*VALUES, "OR", "AND", "NOT", "-", "(", ")", '"')),
    st.text(max_size=12),
)
FILTERS = st.one_of(st.text(max_size=60), st.lists(TERMS, max_size=6).map(" ".join))


def read(kind: Kind, text: str) -> tuple[Filter | None, FilterError | None]:
    try:
        return parse(kind, text, today=TODAY), None
    except FilterError as error:
        return None, error


@settings(deadline=None, max_examples=400)
@given(kind=st.sampled_from(KINDS), text=FILTERS)
def test_any_text_is_a_filter_or_is_refused_at_a_place_in_it(kind: Kind, text: str) -> None:
    made, refused = read(kind, text)
    if refused:
        assert 0 <= refused.start <= refused.end <= len(text)
        assert str(refused).startswith(f"position {refused.start + 1}: ")
    if made:
        assert made.describe()
        for where in (made.where("sqlite"), made.where("postgresql")):
            assert where.sql.count("?") == len(where.parameters)


@pytest.fixture
def reader(store: Any) -> Reader:
    """A reader of an empty database."""
    opened: Reader = store.reader()
    return opened


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(KINDS), text=FILTERS)
def test_any_filter_runs(reader: Reader, kind: Kind, text: str) -> None:
    made, _ = read(kind, text)
    where = (made or parse(kind, "")).where(reader.dialect)
    sql = f"SELECT count(*) FROM {kind.name} t WHERE t.deleted_at IS NULL AND {where.sql}"
    assert reader.rows(sql, where.parameters) == [(0,)]
