"""Every kind of loss is told when there is one, and none when there is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Store

from codebooks.making import CASE, actor, exported, incident, involved, source
from tracker.exchange.codebooks.loss import KINDS
from tracker.store.casebook import Casebook

Making = Callable[[Casebook, int], object]


def dated(edtf: str, first: str | None, last: str | None, precision: str) -> dict[str, object]:
    return {"date_edtf": edtf, "date_earliest": first, "date_latest": last, "date_precision": precision}


FIELDS: list[tuple[str, dict[str, object], str, str]] = [
    ("acled", {"category": "assassination"}, "category", "category"),
    ("acled", {"category": "invasion"}, "category", "category"),
    ("ged", {}, "category", "category"),
    ("gtd", {"category": "protest"}, "category", "category"),
    ("gtd", {"category": "grenade"}, "category", "category"),
    ("plover", {"category": "unknown"}, "category", "category"),
    ("acled", {"nature": "planned"}, "left_out", "nature"),
    ("ged", {"nature": "campaign"}, "left_out", "nature"),
    ("gtd", {"nature": "hypothetical"}, "left_out", "nature"),
    ("acled", {"aggregate": True}, "nature", "aggregate"),
    ("acled", {"status": "disputed"}, "status", "status"),
    ("acled", {"claim_status": "claimed"}, "claim", "claim_status"),
    ("gtd", {"claim_status": "denied"}, "claim", "claim_status"),
    ("acled", dated("2020-03-05?", "2020-03-05", "2020-03-05", "day"), "date", "date"),
    ("acled", dated("[2020-03-02..2020-03-06]", "2020-03-02", "2020-03-06", "range"), "date", "date"),
    ("acled", dated("2020", "2020-01-01", "2020-12-31", "year"), "date", "date"),
    ("ged", dated("2020-03-02/2020-03-06", "2020-03-02", "2020-03-06", "interval"), "date", "date"),
    ("ged", dated("../2020-03-06", None, "2020-03-06", "open"), "date", "date"),
    ("ged", dated("", None, None, "unknown"), "date", "date"),
    ("gtd", dated("2019/2020", "2019-01-01", "2020-12-31", "interval") | {"date_edtf": "[2019..2020]"}, "date", "date"),
    ("plover", dated("[2020-03-02..2020-03-06]", "2020-03-02", "2020-03-06", "range"), "date", "date"),
    ("stix", {}, "date", "date"),
    ("acled", {"geo_precision": "site"}, "place", "geo_precision"),
    ("acled", {"geo_precision": "country"}, "place", "geo_precision"),
    ("gtd", {"geo_precision": "exact"}, "place", "geo_precision"),
    ("acled", {"place_words": "a depot north of the city"}, "place", "place_words"),
    ("stix", {"country": None, "lat": None, "lon": None}, "place", "place"),
    ("ged", {"country": "PSE"}, "country", "country"),
    ("acled", {"killed_low": None, "killed_best": None, "killed_high": None}, "unknown", "killed"),
    ("ged", {"killed_low": None}, "unknown", "killed_low"),
    ("acled", {"killed_high": 5}, "range", "killed"),
    ("gtd", {"killed_low": 1}, "range", "killed"),
    ("gtd", {"wounded_low": 1, "wounded_best": 3}, "range", "wounded"),
    ("plover", {"wounded_low": 1}, "range", "wounded"),
    ("acled", {"wounded_best": 3}, "tally", "wounded"),
    ("ged", {"summary": "Three rockets fell."}, "text", "summary"),
    ("acled", {"weapon": "Katyusha"}, "text", "weapon"),
]


@pytest.mark.parametrize(("target", "values", "kind", "field"), FIELDS)
def test_a_field_that_cannot_be_said_is_told(
    sqlite_store: Store, tmp_path: Path, target: str, values: dict[str, object], kind: str, field: str
) -> None:
    book = sqlite_store.casebook()
    incident(book)
    incident(book, **values)
    losses = exported(sqlite_store, target, tmp_path).losses
    plain, told = (
        [(loss["loss"], loss["value"]) for loss in losses
         if (loss["incident"], loss["kind"], loss["field"]) == (ref, kind, field)]
        for ref in ("I-1", "I-2")
    )  # fmt: skip
    assert told
    assert told != plain or not values


def test_of_an_incident_that_can_be_said_nothing_is_lost(sqlite_store: Store, tmp_path: Path) -> None:
    incident(sqlite_store.casebook(), summary="Three rockets fell.", nature="event", claim_status="not_discussed")
    made = exported(sqlite_store, "acled", tmp_path)
    assert made.losses == []
    assert made.outcome.sentence == "acled: nothing is lost of 1 incidents"


def adopted(book: Casebook, case: int) -> None:
    involved(book, case, actor(book, "Group A"), source_id=source(book, publisher="", title="Agency"))


def rival(book: Casebook, case: int) -> None:
    adopted(book, case)
    involved(book, case, actor(book, "Group B"), adopted=False, stance="accuses",
             asserted_by_id=actor(book, "Minister", "person"))  # fmt: skip


def denied(book: Casebook, case: int) -> None:
    adopted(book, case)
    involved(book, case, actor(book, "Group A’s wing"), adopted=False, stance="denies",
             asserted_by_id=actor(book, "Spokesman", "person"))  # fmt: skip


def asserted(book: Casebook, case: int) -> None:
    involved(book, case, actor(book, "Group A"), source_id=source(book),
             asserted_by_id=actor(book, "Minister", "person"))  # fmt: skip


def hedged(book: Casebook, case: int) -> None:
    involved(book, case, actor(book, "Group A"), source_id=source(book), hedge="hedged", hedge_words="believed")


def sponsored(book: Casebook, case: int) -> None:
    involved(book, case, actor(book, "State B", "state"), "sponsor", source_id=source(book))


def hosted(book: Casebook, case: int) -> None:
    involved(book, case, actor(book, "State C", "state"), "host", source_id=source(book))


def nobody_adopted(book: Casebook, case: int) -> None:
    involved(book, case, actor(book, "Group A"), adopted=False)


def told(book: Casebook, case: int) -> None:
    said = book.add("statement", {"speaker_id": actor(book, "Minister", "person"), "kind": "warn", "mode": "paraphrase",
                                  "paraphrase": "More will come."}).id  # fmt: skip
    book.add("statement_incident", {"statement_id": said, "incident_id": case})


def quoted(book: Casebook, case: int) -> None:
    span = {"source_id": source(book), "start": 0, "end": 5, "exact": "Rocke"}
    book.add("citation", {"evidence_id": book.add("evidence", span).id, "incident_id": case, "field": "title"})


def four_targets(book: Casebook, case: int) -> None:
    for number in range(4):
        involved(book, case, actor(book, f"Base {number}", "state_forces"), "target", source_id=source(book))


def displaced(book: Casebook, case: int) -> None:
    book.add("tally", {"incident_id": case, "measure": "displaced", "best": 40})


def other_figure(book: Casebook, case: int) -> None:
    book.add("tally", {"incident_id": case, "measure": "killed", "best": 9,
                       "asserted_by_id": actor(book, "Minister", "person")})  # fmt: skip


def linked(book: Casebook, case: int) -> None:
    book.add("incident_link", {"a_id": case, "type": "follows", "b_id": incident(book, title="An earlier one")})


def part(book: Casebook, case: int) -> None:
    book.edit("incident", case, {"parent_id": incident(book, title="The run")}, version=None)


def tagged(book: Casebook, case: int) -> None:
    book.add("tag", {"name": "doubt", "of_kind": "incident", "of_id": case})


def judged(book: Casebook, case: int) -> None:
    involved(book, case, actor(book, "Group A"), source_id=source(book), credibility=2)


def worded(book: Casebook, case: int) -> None:
    book.add("tally", {"incident_id": case, "measure": "killed", "best": 2, "words": "two", "adopted": True})


RECORDS: list[tuple[str, Making, str, str]] = [
    ("acled", rival, "rival_attribution", "perpetrator"),
    ("ged", rival, "rival_attribution", "perpetrator"),
    ("gtd", rival, "rival_attribution", "perpetrator"),
    ("plover", rival, "rival_attribution", "perpetrator"),
    ("acled", denied, "denial", "perpetrator"),
    ("plover", denied, "denial", "perpetrator"),
    ("acled", asserted, "asserter", "perpetrator"),
    ("acled", asserted, "source", "source"),
    ("ged", hedged, "hedge", "perpetrator"),
    ("acled", sponsored, "actor", "sponsor"),
    ("acled", hosted, "role", "host"),
    ("acled", nobody_adopted, "not_adopted", "actor1"),
    ("ged", nobody_adopted, "not_adopted", "side_a"),
    ("gtd", nobody_adopted, "not_adopted", "gname"),
    ("plover", nobody_adopted, "not_adopted", "actor"),
    ("gtd", told, "statement", "statement"),
    ("plover", told, "statement", "statement"),
    ("acled", quoted, "evidence", "evidence"),
    ("stix", quoted, "evidence", "evidence"),
    ("gtd", four_targets, "actor", "target"),
    ("acled", displaced, "tally", "tally"),
    ("acled", other_figure, "tally", "tally"),
    ("acled", linked, "link", "link"),
    ("stix", linked, "link", "link"),
    ("acled", part, "link", "parent"),
    ("acled", tagged, "tag", "tag"),
    ("acled", judged, "detail", "perpetrator"),
    ("ged", worded, "detail", "tally"),
]


@pytest.mark.parametrize(("target", "make", "kind", "field"), RECORDS)
def test_a_record_that_cannot_be_said_is_told(
    sqlite_store: Store, tmp_path: Path, target: str, make: Making, kind: str, field: str
) -> None:
    book = sqlite_store.casebook()
    case = incident(book)
    before = exported(sqlite_store, target, tmp_path).lost(kind, field)
    make(book, case)
    assert len(exported(sqlite_store, target, tmp_path).lost(kind, field)) > len(before)


def test_every_kind_of_loss_is_held_here() -> None:
    held = {kind for _, _, kind, _ in FIELDS} | {kind for _, _, kind, _ in RECORDS}
    assert held == KINDS.keys() - {"original", "format", "guard"}


def test_what_is_no_event_has_no_row_and_is_listed(sqlite_store: Store, tmp_path: Path) -> None:
    book = sqlite_store.casebook()
    incident(book)
    incident(book, title="The invasion", nature="context")
    for target in ("acled", "ged", "gtd"):
        made = exported(sqlite_store, target, tmp_path)
        assert (len(made.rows), made.outcome.incidents) == (1, 1)
        assert [(loss["incident"], loss["value"]) for loss in made.losses if loss["kind"] == "left_out"] == [
            ("I-2", "The invasion")
        ]
        assert "1 incidents left out, for they are no events" in made.outcome.sentence


def test_what_is_adopted_is_written_and_what_is_not_is_only_told(sqlite_store: Store, tmp_path: Path) -> None:
    book = sqlite_store.casebook()
    rival(book, incident(book))
    made = exported(sqlite_store, "acled", tmp_path)
    assert made.rows[0]["actor1"] == "Group A"
    assert b"Group B" not in made.data
    assert made.lost("rival_attribution") == ["that Group B is perpetrator according to Minister"]


def test_gtd_says_a_hedge_and_an_unknown_number(sqlite_store: Store, tmp_path: Path) -> None:
    book = sqlite_store.casebook()
    case = incident(book, killed_low=None, killed_best=None, killed_high=None)
    involved(book, case, actor(book, "Group A"), source_id=source(book), hedge="hedged")
    made = exported(sqlite_store, "gtd", tmp_path)
    assert (made.rows[0]["gname"], made.rows[0]["guncertain1"], made.rows[0]["nkill"]) == ("Group A", "1", "")
    assert made.lost("hedge") == made.lost("unknown") == []


def test_a_number_that_is_not_known_is_no_zero_but_where_zero_is_their_word_for_it(
    sqlite_store: Store, tmp_path: Path
) -> None:
    incident(sqlite_store.casebook(), killed_low=None, killed_best=None, killed_high=None)
    row = exported(sqlite_store, "ged", tmp_path).rows[0]
    assert (row["low"], row["best"], row["high"], row["deaths_unknown"]) == ("", "", "", "")
    assert exported(sqlite_store, "acled", tmp_path).rows[0]["fatalities"] == "0"


def test_a_range_is_never_written_as_its_first_day(sqlite_store: Store, tmp_path: Path) -> None:
    incident(sqlite_store.casebook(), **(CASE | dated("2020", "2020-01-01", "2020-12-31", "year")))
    row = exported(sqlite_store, "acled", tmp_path).rows[0]
    assert (row["event_date"], row["year"], row["time_precision"]) == ("", "2020", "")
    row = exported(sqlite_store, "gtd", tmp_path).rows[0]
    assert (row["iyear"], row["imonth"], row["iday"], row["approxdate"]) == ("2020", "0", "0", "2020")
    row = exported(sqlite_store, "ged", tmp_path).rows[0]
    assert (row["date_start"], row["date_end"], row["date_prec"]) == ("2020-01-01", "2020-12-31", "5")
