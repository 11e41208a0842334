"""Actors, tallies, sources, statements, links, rules, keys and what is kept besides."""

from __future__ import annotations

import json

import pytest
from trial import BASE, HEAD, block, take, taken

from tracker.errors import UsageError
from tracker.exchange.profile.citations import ged_source_article, gtd_scite, semicolon_names
from tracker.exchange.profile.harvest import NO_RECORD, Harvester
from tracker.exchange.profile.people import guess
from tracker.exchange.profile.toml import read
from tracker.store.incoming import ActorSpec

ACTORS = """
[[actor]]
name = "a"
role = "participant"
guess = true
required = true
[[actor]]
name = ["b", "c"]
role = { from = "way", map = { "hit" = "target" }, default = "participant" }
kind = { from = "what", map = { "army" = "state_forces" }, default = "other" }
split = ";"
skip = ["Unknown"]
key = "b_id"
hedge = { from = "sure", map = { 0 = "hedged" } }
[[rule]]
when = { column = "kind", equals = "3" }
set = { "actor.1.role" = "perpetrator", "actor.b.role" = "victim", "tag" = ["one-sided"] }
[[rule]]
when = { column = "kind", in = ["3"] }
set = { "incident.nature" = "campaign" }
"""


def test_actors_roles_kinds_and_rules() -> None:
    got = take(
        ACTORS,
        {"a": "Government of Iraq", "b": "X; Y", "way": "hit", "what": "army", "b_id": "7.0", "sure": "0"},
        {"a": "Z", "b": "Unknown", "way": "", "what": ""},
        {"a": "Z", "b": "", "c": "C", "kind": "3"},
    )
    first, second = got.incoming.involved
    assert list(first.actors) == [
        ActorSpec("Government of Iraq", "government", country="IRQ"), ActorSpec("Z"), ActorSpec("Z"),
    ]  # fmt: skip
    assert list(first.role) == ["participant", "participant", "perpetrator"]
    army = (ActorSpec("X", "state_forces", key="7"), ActorSpec("Y", "state_forces", key="7"))
    assert list(second.actors) == [army, None, ActorSpec("C", "other")]
    assert list(second.role) == ["target", "participant", "victim"]
    assert list(second.columns["hedge"]) == ["hedged", None, None]
    assert got.values("nature") == ["event", "event", "campaign"]
    assert list(got.incoming.tags) == [(), (), ("one-sided",)]


def test_a_required_actor_that_is_missing_is_refused() -> None:
    (bad,) = take(ACTORS, {"a": " ", "b": "X"}).rejected
    assert (bad.column, bad.value) == ("a", "")
    assert "write who it was" in bad.reason


@pytest.mark.parametrize(
    ("name", "kind", "generic", "country"),
    [
        ("Government of Iraq", "government", False, "IRQ"),
        ("Military Forces of Iraq (2003-2014)", "state_forces", False, "IRQ"),
        ("Civilians (Iraq)", "civilians", True, "IRQ"),
        ("Unidentified Armed Group (Iraq)", "armed_group", True, "IRQ"),
        ("Unknown", "armed_group", True, ""),
        ("IS", "armed_group", False, ""),
    ],
)
def test_what_a_name_says(name: str, kind: str, generic: bool, country: str) -> None:
    assert guess(name) == (kind, generic, country)


def test_tallies_say_of_whom_and_leave_out_what_is_not_reported() -> None:
    toml = '[[tally]]\nmeasure = "killed"\nwhom = "{a}"\nbest = "da"\n'
    toml += '[[tally]]\nmeasure = "wounded"\nbest = "w"\nskip_zero = true\n'
    got = take(toml, {"a": "A", "da": "0", "w": "0"}, {"a": "B", "da": "", "w": "2"})
    first, second = got.incoming.tallies
    assert [tuple(one) for one in first] == [("killed", "A", None, 0, None)]
    assert [tuple(one) for one in second] == [("wounded", "", None, 2, None)]


def test_sources_from_columns() -> None:
    toml = '[[source]]\npublisher = "out"\npublished = "day"\ntitle = "head"\nformat = "%Y-%m-%d"\n'
    rows = ({"out": "AFP", "day": "2011-02-03", "head": "H"}, {"out": "AFP", "day": "soon", "head": ""}, {"out": ""})
    got = take(toml, *rows)
    assert [[tuple(one)[:3] for one in row] for row in got.incoming.sources] == [
        [("H", "AFP", "2011-02-03")], [("AFP", "AFP", "")], [],
    ]  # fmt: skip
    assert sum(got.harvester.warnings.values()) == 1
    assert json.loads(str(got.values("extra")[1]))["day"] == "soon"


def test_citations_of_ucdp() -> None:
    new = '"Agence France Presse,2014-01-22,Police disperse protest, activists say ""one"" dead";"VDC,2013-01-03,Name"'
    first, second = ged_source_article(new, "news_article")
    assert first[:3] == ('Police disperse protest, activists say "one" dead', "Agence France Presse", "2014-01-22")
    assert second[:3] == ("Name", "VDC", "2013-01-03")
    (old,) = ged_source_article("AFP 2009-03-15 Kurdish rebels say four killed", "wire")
    assert old[:3] == ("Kurdish rebels say four killed", "AFP", "2009-03-15")
    assert old.kind == "wire"
    for unread in ("r 25/2", "BBC 8/16/1999 Five killed", 'Reuters 1989-05-77 "ANGOLAN', '"'):
        assert ged_source_article(unread, "news_article")[0][:3] == (unread.strip(), "", "")
    assert ged_source_article("  ", "news_article") == ()


def test_citations_of_gtd_and_of_acled() -> None:
    (one,) = gtd_scite('Martin Arnold, "Harlem Area Sealed Off," New York Times, January 27, 1970.', "news_article")
    assert one[:5] == ("Harlem Area Sealed Off", "New York Times", "1970-01-27", "", "Martin Arnold")
    (year,) = gtd_scite('A B, "A Chronology," Praeger International, 2005.', "news_article")
    assert year.published == "2005"
    (vague,) = gtd_scite("no such form", "news_article")
    assert vague.title == "no such form"
    assert [one.publisher for one in semicolon_names("A; B;A; ", "other")] == ["A", "B"]


def test_statements_of_a_column_and_of_an_actor() -> None:
    toml = """
[[actor]]
name = "a"
role = "perpetrator"
[[statement]]
speaker = "who"
split = ";"
kind = "assess"
paraphrase = { const = "told of it" }
[[statement]]
speaker = 1
kind = "claim_responsibility"
paraphrase = "{a} claimed it"
venue = "how"
when = { column = "claimed", equals = "1" }
"""
    rows = ({"a": "A", "who": "police; SOHR", "claimed": "1", "how": "letter"}, {"a": "B", "who": "", "claimed": "0"})
    first, second = take(toml, *rows).incoming.statements
    assert [(one.speaker.name, one.speaker.generic, one.kind, one.paraphrase, one.venue) for one in first] == [
        ("police", True, "assess", "told of it", ""),
        ("SOHR", False, "assess", "told of it", ""),
        ("A", False, "claim_responsibility", "A claimed it", "letter"),
    ]
    assert second == ()


def test_links_leave_out_the_row_itself() -> None:
    got = take('[[link]]\nrelated = { column = "rel", type = "follows" }\n', {"rel": "1, 2,3"}, {"rel": ""})
    assert got.incoming.links == [(0, "follows", "2"), (0, "follows", "3")]


def test_rules_refuse_and_pass_over() -> None:
    toml = """
[[rule]]
when = { column = "kind", matches = "^x" }
skip = "a header line"
[[rule]]
when = [{ column = "kind", in = ["1"] }, { column = "a", empty = true }]
reject = "nobody is named; name somebody"
"""
    got = take(toml, {"a": "A"}, {"a": ""}, {"kind": "xyz", "a": "A"})
    assert list(got.incoming.external_ids) == ["1"]
    assert [(bad.number, bad.reason) for bad in got.rejected] == [
        (2, "nobody is named; name somebody"),
        (3, NO_RECORD + "a header line"),
    ]


def test_kept_besides_is_lossless() -> None:
    toml = 'killed_best = "n"\nlat = "lat"\n[[actor]]\nname = "a"\nrole = "participant"\n'
    row = {"id": "5", "kind": "1", "a": " A", "b": "B", "place": "P", "n": "5.0", "lat": "50.450000", "odd": 'x"\n'}
    (kept,) = taken(BASE + toml, row).values("extra")
    assert json.loads(str(kept)) == {name: row[name] for name in ("b", "place", "a", "n", "lat", "odd")}
    plain = row | {"a": "A", "n": "5", "lat": "50.45", "odd": ""}
    assert json.loads(str(taken(BASE + toml, plain).values("extra")[0])) == {"b": "B", "place": "P"}
    whole = taken(BASE + toml + '[extra]\nkeep = "all"\n', row).values("extra")[0]
    assert json.loads(str(whole)) == row
    some = taken(BASE + toml + '[extra]\nkeep = ["odd"]\n', row).values("extra")[0]
    assert json.loads(str(some)) == {"odd": row["odd"]}
    assert "extra" not in taken(BASE + toml + '[extra]\nkeep = "none"\n', row).incoming.incident


@pytest.mark.parametrize(("key", "ids"), [
    ('external_id = "id"\nstrip_float = true', ["15960", "7"]),
    ('external_id = ["id", "a"]', ["15960.0/A", "7/B"]),
])  # fmt: skip
def test_keys_of_columns(key: str, ids: list[str]) -> None:
    toml = HEAD + f'[key]\n{key}\n[incident]\ntitle = "a"\ncategory = {{ const = "other" }}\n'
    assert list(taken(toml, {"id": "15960.0", "a": "A"}, {"id": "7", "a": "B"}).incoming.external_ids) == ids


def test_keys_of_content_tell_the_same_rows_apart_across_blocks() -> None:
    toml = HEAD + '[key]\ncontent = true\n[incident]\ntitle = "a"\ncategory = { const = "other" }\n'
    harvester = Harvester(read(toml, "x.toml"), ["a", "b"], "x.csv")
    first = harvester.key([["1", "2"], ["1", "2"], ["1", "3"]])
    again = harvester.key([["1", "2"]])
    assert [id_.rpartition(":")[2] for id_ in (*first, *again)] == ["1", "2", "1", "3"]
    assert len({*first, *again}) == 4
    assert Harvester(read(toml, "x.toml"), ["a", "b"], "x.csv").key([["1", "2"]]) == first[:1]


@pytest.mark.parametrize(
    ("id_", "why"), [("", "is empty, and every row"), (" ", "is empty"), ("４１２", "digits that are not 0 to 9")]
)
def test_a_row_without_an_id_of_its_dataset_is_refused(id_: str, why: str) -> None:
    got = taken(BASE, {"id": "7", "kind": "1"}, {"id": id_, "kind": "1"}, {"id": "É8", "kind": "1"})
    (bad,) = got.rejected
    assert (bad.number, bad.column, bad.value) == (2, "id", id_.strip())
    assert why in bad.reason
    assert list(got.incoming.external_ids) == ["7", "É8"]


def test_rows_of_a_dataset_without_ids_go_by_their_content() -> None:
    toml = BASE.replace('external_id = "id"', "content = true")
    noted = {"kind": "1"} | dict.fromkeys(("_record", "_line", "_column", "_reason"), "x")
    one, two = taken(toml, {"kind": "1"}, {"kind": "1"}).incoming.external_ids
    (again,) = taken(toml, noted).incoming.external_ids
    assert one.startswith("h:")
    assert (one[:-1], two) == (again[:-1], one[:-1] + "2")


def test_fingerprints_differ_by_cell_and_by_version() -> None:
    profile = read(BASE, "x.toml")
    harvester = Harvester(profile, ["id", "kind"], "x.csv")
    one, other, shifted = harvester.fingerprints([["1", "23"], ["1", "24"], ["12", "3"]])
    assert len({one, other, shifted}) == 3
    assert -(2**63) <= one < 2**63
    newer = Harvester(read(BASE.replace("version = 1", "version = 2"), "x.toml"), ["id", "kind"], "x.csv")
    assert newer.fingerprints([["1", "23"]]) != [one]


def test_columns_are_found_in_any_case_and_order_and_by_alias() -> None:
    toml = BASE + '[aliases]\nplace = ["where"]\n'
    got = taken(toml, {"WHERE": "P", " Kind ": "1", "ID": "1", "A": "A"})
    assert got.values("title") == ["A, P"]
    assert "b" not in got.harvester.missing


@pytest.mark.parametrize("toml", [BASE, BASE.replace("[incident]", '[incident]\ndate = "day"')])
def test_a_file_without_a_needed_column_is_refused_by_name(toml: str) -> None:
    header = ["kind"] if "day" not in toml else ["id", "kind"]
    with pytest.raises(UsageError, match=r"trial\.csv has no column “(id|day)”"):
        Harvester(read(toml, "x.toml"), header, "trial.csv")


def test_an_empty_block_and_one_of_bad_rows_only() -> None:
    harvester = Harvester(read(BASE, "x.toml"), ["id", "kind"], "x.csv")
    assert len(harvester.harvest(block([]), [])[0]) == 0
    incoming, rejected = harvester.harvest(block([["1", "9"], ["2", "8"]]), ["1", "2"])
    assert (len(incoming), len(rejected)) == (0, 2)
