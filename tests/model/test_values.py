"""From text to typed columns: what is understood, what is refused and how, and the rules between fields."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import UsageError, ValueRefused
from tracker.model.kinds import BY_NAME, KINDS
from tracker.model.values import Context, complete, derived, field_named, parse_value, parse_values, problems, require
from tracker.text import MAX_FIELD, fold

INCIDENT, ACTOR, STATEMENT = BY_NAME["incident"], BY_NAME["actor"], BY_NAME["statement"]


def parsed(kind: str, **texts: str) -> dict[str, object]:
    return parse_values(BY_NAME[kind], texts)


@pytest.mark.parametrize(
    ("kind", "field", "raw", "value"),
    [
        ("incident", "title", "  Shelling  ", "Shelling"),
        ("incident", "title", "two\nlines", "two lines"),
        ("incident", "summary", "two\r\nlines", "two\nlines"),
        ("incident", "country", "irq", "IRQ"),
        ("incident", "killed_best", "0", 0),
        ("incident", "killed_best", "1,200", 1200),
        ("incident", "killed_best", "+7", 7),
        ("incident", "lat", "33.2625", 33.2625),
        ("incident", "lat", "-90", -90.0),
        ("incident", "aggregate", "Yes", True),
        ("incident", "aggregate", "n", False),
        ("incident", "category", "Armed clash", "armed_clash"),
        ("incident", "category", "ARMED-CLASH", "armed_clash"),
        ("involvement", "basis", "witness; forensic, witness", "witness; forensic"),
        ("source", "accessed_at", "2019-12-14", "2019-12-14"),
        ("saved_view", "columns", '["title", "date"]', ["title", "date"]),
    ],
)
def test_a_text_becomes_the_value_that_is_meant(kind: str, field: str, raw: str, value: object) -> None:
    assert parsed(kind, **{field: raw}) == {field: value}


@pytest.mark.parametrize(
    ("kind", "field", "raw", "told"),
    [
        ("incident", "killed_best", "many", "leave it empty when not reported"),
        ("incident", "killed_best", "-1", "outside 0 to"),
        ("incident", "killed_best", "1,20", "no whole number"),
        ("incident", "killed_best", "1.5", "no whole number"),
        ("incident", "killed_best", "٣", "no whole number"),
        ("incident", "killed_best", "99999999999999999999", "no whole number"),
        ("incident", "lat", "91", "outside -90 to 90"),
        ("incident", "lat", "nan", "no number"),
        ("incident", "lat", "1e3", "no number"),
        ("incident", "aggregate", "maybe", "neither yes nor no"),
        ("incident", "country", "Iraq", "three letters such as IRQ"),
        ("incident", "category", "clash", "not a known code"),
        ("incident", "date", "the day after never", "date: "),
        ("incident", "title", "x" * (MAX_FIELD + 1), "longer than 1,000,000"),
        ("involvement", "credibility", "7", "outside 1 to 6"),
        ("involvement", "basis", "witness; hearsay", "hearsay"),
        ("source", "accessed_at", "14.12.2019", "write YYYY-MM-DD"),
        ("saved_view", "columns", "[1,", "is not JSON"),
        ("saved_view", "columns", "[" * 100_000, "is not JSON"),
    ],
)
def test_what_does_not_fit_is_refused_naming_the_field(kind: str, field: str, raw: str, told: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        parsed(kind, **{field: raw})
    assert caught.value.field == field
    assert str(caught.value).startswith(field)
    assert told in str(caught.value)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_empty_text_makes_every_field_unknown_never_zero(kind: Any) -> None:
    for field in kind.form_fields:
        for empty in ("", "  ", "\n"):
            values = parse_value(field, empty, Context())
            assert set(values) == {column.name for column in field.columns}
            assert set(values.values()) == {None}


def test_a_date_keeps_its_words_and_what_they_mean() -> None:
    assert parsed("incident", date="9 Dec 2019") == {
        "date_words": "9 Dec 2019", "date_edtf": "2019-12-09", "date_earliest": "2019-12-09",
        "date_latest": "2019-12-09", "date_precision": "day", "date_basis": "stated", "date_anchor_id": None,
    }  # fmt: skip


def test_a_date_told_from_another_day_names_the_source_it_was_told_from() -> None:
    context = Context(anchor=date(2019, 12, 14), anchor_id=7)
    told = parse_values(INCIDENT, {"date": "last Monday"}, context)
    assert (told["date_edtf"], told["date_basis"], told["date_anchor_id"]) == ("2019-12-09", "inferred", 7)
    stated = parse_values(INCIDENT, {"date": "2019-12"}, context)
    assert (stated["date_basis"], stated["date_anchor_id"], stated["date_latest"]) == ("stated", None, "2019-12-31")
    with pytest.raises(ValueRefused, match="told from another day"):
        parse_values(INCIDENT, {"date": "last Monday"})


def test_day_and_month_are_never_guessed() -> None:
    with pytest.raises(ValueRefused):
        parsed("incident", date="03/04/2019")
    assert parse_values(INCIDENT, {"date": "03/04/2019"}, Context(order="dmy"))["date_edtf"] == "2019-04-03"


def test_references_are_looked_up_where_that_is_possible() -> None:
    seen: list[tuple[str, str, str]] = []

    def lookup(kind: str, text: str, field: str) -> int:
        seen.append((kind, text, field))
        return 3

    values = parse_values(STATEMENT, {"speaker": " A-3 "}, Context(lookup=lookup))
    assert (values, seen) == ({"speaker_id": 3}, [("actor", "A-3", "speaker")])
    with pytest.raises(ValueRefused, match="cannot be looked up here"):
        parse_values(STATEMENT, {"speaker": "A-3"})


def test_a_field_that_is_not_there_or_is_the_programs_own_is_refused() -> None:
    with pytest.raises(UsageError, match="did you mean “category”"):
        parsed("incident", categroy="protest")
    with pytest.raises(UsageError, match="known are"):
        parsed("tag", qqqq="x")
    for own in ("id", "version", "deleted_at", "sha256", "text"):
        with pytest.raises(UsageError, match="is no field of sources"):
            field_named(BY_NAME["source"], own)


def test_a_new_record_has_its_defaults_and_its_matching_key() -> None:
    record = complete(INCIDENT, {"title": "A", "category": "protest", "status": "alleged"})
    assert (record["status"], record["nature"], record["review"], record["killed_best"]) == (
        "alleged",
        "event",
        "draft",
        None,
    )
    assert set(record) == set(INCIDENT.column_names)
    assert complete(ACTOR, {"name": "Al-Sahil Front", "kind": "party"})["name_key"] == "al sahil front"
    assert derived(ACTOR, {"country": "IRQ"}) == {}


@given(st.text(max_size=30))
def test_the_matching_key_is_the_folded_name(name: str) -> None:
    assert derived(ACTOR, {"name": name}) == {"name_key": fold(name)}


@given(st.text(max_size=40))
def test_any_text_in_any_field_is_understood_or_refused_by_name(raw: str) -> None:
    context = Context(lookup=lambda kind, text, field: 1, anchor=date(2019, 12, 14), anchor_id=1)
    for kind in (INCIDENT, BY_NAME["involvement"], BY_NAME["source"]):
        for field in kind.form_fields:
            try:
                values = parse_value(field, raw, context)
            except ValueRefused as refusal:
                told_of = refusal.field
            else:
                told_of = field.name
                assert set(values) == {column.name for column in field.columns}
            assert told_of == field.name


COMPLETE: dict[str, dict[str, object]] = {
    "statement": {"speaker_id": 1, "kind": "deny", "mode": "verbatim", "quote": "No."},
    "evidence": {"source_id": 1, "start": 3, "end": 9},
    "relation": {"from_actor_id": 1, "type": "backs", "to_actor_id": 2},
    "incident_link": {"a_id": 1, "type": "follows", "b_id": 2},
    "incident": {"title": "A", "category": "protest", "status": "alleged"},
    "tally": {"incident_id": 1, "measure": "killed", "low": 1, "best": 1, "high": 2},
}


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("statement", {"quote": None}, "quote"),
        ("statement", {"mode": "mixed", "quote": ""}, "quote"),
        ("statement", {"mode": "paraphrase", "quote": None}, "paraphrase"),
        ("evidence", {"end": 3}, "end"),
        ("evidence", {"start": 12}, "end"),
        ("relation", {"to_actor_id": 1}, "to_actor"),
        ("incident_link", {"b_id": 1}, "b"),
        ("incident", {"title": ""}, "title"),
        ("incident", {"category": None}, "category"),
        ("incident", {"killed_low": 3, "killed_high": 2}, "killed_low"),
        ("incident", {"wounded_low": 3, "wounded_best": 2}, "wounded_low"),
        ("tally", {"high": 0}, "best"),
    ],
)
def test_the_rules_a_record_must_keep(kind: str, change: dict[str, object], field: str) -> None:
    record = complete(BY_NAME[kind], COMPLETE[kind])
    assert list(problems(BY_NAME[kind], record)) == []
    found = dict(problems(BY_NAME[kind], record | change))
    assert field in found
    with pytest.raises(ValueRefused) as caught:
        require(BY_NAME[kind], record | change)
    assert caught.value.field in found


def test_imported_figures_may_be_out_of_order_and_unknown_ones_always() -> None:
    record = complete(INCIDENT, COMPLETE["incident"]) | {"killed_low": 9, "killed_best": 3}
    assert list(problems(INCIDENT, record, typed=False)) == []
    assert list(problems(INCIDENT, record | {"killed_low": None})) == []


def test_what_a_person_adopts_has_a_source() -> None:
    link = {"incident_id": 1, "actor_id": 2, "role": "perpetrator", "stance": "asserts", "adopted": True}
    record = complete(BY_NAME["involvement"], link)
    assert [name for name, _ in problems(BY_NAME["involvement"], record)] == ["source"]
    assert list(problems(BY_NAME["involvement"], record, typed=False)) == []
    assert list(problems(BY_NAME["involvement"], record | {"source_id": 3})) == []
