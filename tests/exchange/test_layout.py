"""Holds the columns of the files to the declared fields."""

import subprocess
import sys
from pathlib import Path

import pytest

from tracker.errors import UsageError
from tracker.exchange.layout import columns, kind_named, kind_of_file, kind_of_header, readable
from tracker.model.kinds import BY_NAME, EXCHANGED

SEEDS = Path(__file__).parent.parent.parent / "seeds"


@pytest.mark.parametrize("kind", EXCHANGED, ids=lambda kind: kind.plural)
def test_files_of_the_example_case_have_the_declared_columns(kind: object) -> None:
    found = next(k for k in EXCHANGED if k is kind)
    header = (SEEDS / f"{found.plural}.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert header.split(",") == [column.name for column in columns(found)]


def test_no_file_has_columns_that_belong_to_one_database() -> None:
    names = {column.name for kind in EXCHANGED for column in columns(kind)}
    assert not names & {"id", "created_at", "updated_at", "deleted_at", "batch_id", "text", "name_key"}


def test_a_reference_has_a_name_for_people_where_its_target_has_one() -> None:
    names = [column.name for column in columns(BY_NAME["involvement"])]
    assert names[2:9] == [
        "incident", "incident_uid", "actor", "actor_uid", "role", "asserted_by", "asserted_by_uid",
    ]  # fmt: skip
    assert names[9:11] == ["according_to", "statement_uid"]


def test_a_date_may_be_read_from_one_cell() -> None:
    assert readable(BY_NAME["incident"])["date"].role == "date"
    assert "date" not in {column.name for column in columns(BY_NAME["incident"])}


@pytest.mark.parametrize(
    ("stem", "plural"),
    [("incidents", "incidents"), ("2024-incidents.bad", "incidents"), ("bad.statement_actors", "statement_actors")],
)
def test_a_file_name_says_what_it_holds(stem: str, plural: str) -> None:
    found = kind_of_file(stem)
    assert found is not None
    assert found.plural == plural


@pytest.mark.parametrize("stem", ["coincidents", "data", "my_actors"])
def test_a_file_name_that_only_resembles_one_says_nothing(stem: str) -> None:
    assert kind_of_file(stem) is None


def test_a_header_says_what_a_file_holds() -> None:
    assert kind_of_header(("Title", "category", "Date", "zzz"), "x.csv").name == "incident"
    assert kind_of_header(tuple(c.name for c in columns(BY_NAME["tally"])), "x.csv").name == "tally"


def test_a_header_that_fits_nothing_is_refused_with_a_cure() -> None:
    with pytest.raises(UsageError, match=r"x\.csv:1: the columns \(date, wer\) fit no kind .* --as"):
        kind_of_header(("date", "wer"), "x.csv")


def test_an_unknown_kind_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean “incidents”"):
        kind_named("incidnts")


def test_the_way_out_needs_nothing_heavy() -> None:
    program = (
        "import sys, tracker.exchange.case, tracker.exchange.records, tracker.exchange.writers, tracker.exchange.plan\n"
        "from tracker.store.database import Reader\n"
        "print([m for m in ('sqlalchemy', 'sqlmodel', 'pydantic', 'textual', 'lark') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
