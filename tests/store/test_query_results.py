"""What filters find, on both engines: words, codes, numbers, dates, places, actors, links, tags, and the unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tracker.model.fields import Kind
from tracker.model.kinds import ACTOR, BY_NAME, INCIDENT, INVOLVEMENT, SOURCE, STATEMENT
from tracker.store.database import Reader
from tracker.store.query import fields_of, parse
from tracker.text import fold

TODAY = date(2019, 12, 14)
GONE = "2024-02-01T00:00:00Z"


def put(store: Any, table: str, id_: int, **values: object) -> None:
    """One row, with the columns that every record has."""
    common = {"uid": f"{table}-{id_}", "version": 1, "created_at": "2024-01-05T10:00:00Z", "updated_at": "2024-01-05"}
    row: dict[str, object] = {"id": id_, **common, **values}
    columns = ", ".join(f'"{name}"' for name in row)
    store.sql(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


def incident(store: Any, id_: int, title: str, **values: object) -> None:
    put(store, "incident", id_, **{"title": title, "category": "bombing_ied", "status": "reported", **values})


def actor(store: Any, id_: int, name: str, **values: object) -> None:
    put(store, "actor", id_, **{"name": name, "name_key": fold(name), "kind": "armed_group", **values})


def day(earliest: str | None, latest: str | None, edtf: str | None = None, name: str = "date") -> dict[str, object]:
    return {f"{name}_earliest": earliest, f"{name}_latest": latest, f"{name}_edtf": edtf or earliest}


@pytest.fixture
def case(store: Any) -> Reader:
    """A reader of a small case: six incidents, five actors, three statements and what joins them."""
    put(store, "source", 1, title="Rockets near the airport", kind="news_article", text="Long text about mortars.")
    put(store, "source", 2, title="Quiet day", kind="wire", **day("2019-12-14", "2019-12-14", name="published"))
    incident(
        store, 1, "Rocket attack at Baghdad airport", category="rocket_artillery_missile", status="alleged",
        summary="Élan of the O'Neil battery, 50% of Katyusha_rockets", place_name="Baghdad", country="IRQ",
        lat=33.2625, lon=44.2346, killed_low=0, killed_best=0, dataset="ucdp-ged", external_id="A-9", aggregate=False,
        weapon="107mm rockets", **day("2019-12-09", "2019-12-09"),
    )  # fmt: skip
    incident(
        store, 2, "Airport road bomb", killed_low=3, place_words="outside Baghdād al-Jadida", country="IRQ", lat=33.4,
        lon=44.4, aggregate=True, parent_id=1, review="draft", **day("2019-12-01", "2019-12-31", "2019-12-XX"),
    )  # fmt: skip
    incident(
        store, 3, "كتائب حزب الله raid", category="armed_assault", killed_best=12, killed_high=20, country="SYR",
        lat=-17.0, lon=179.9, review="final", **day(None, "2019-12-14", "../2019-12-14"),
    )  # fmt: skip
    incident(
        store, 4, "Protest", category="protest", place_name="Rocket Town", lat=-17.0, lon=-179.9,
        **day("2019-11-30", None, "2019-11-30/.."),
    )  # fmt: skip
    incident(store, 5, "Unknown everything", category="unknown", status="disputed", review="coded")
    incident(store, 6, "Doubtful rocket", killed_high=4, **day("2019-12-10", "2019-12-10", "2019-12-10?"))
    actor(store, 1, "Kataib Hezbollah", notes="Formed in 2003", country="IRQ")
    actor(store, 2, "United States", kind="state")
    actor(store, 3, "Kataib Hezbollah", deleted_at=GONE)
    actor(store, 4, "Hizballah Brigades", merged_into_id=1)
    actor(store, 5, "Mike Pompeo", kind="person", generic=False)
    put(store, "actor_name", 1, actor_id=1, name="Hezbollah Brigades", name_key=fold("Hezbollah Brigades"))
    put(store, "actor_name", 2, actor_id=2, name="U.S.", name_key=fold("U.S."))
    put(store, "actor_name", 3, actor_id=2, name="Old name", name_key=fold("Old name"), deleted_at=GONE)
    said = {"kind": "accuse", "mode": "verbatim"}
    put(store, "statement", 1, speaker_id=5, quote="We hold them responsible", source_id=1, **said,
        **day("2019-12-13", "2019-12-13", name="said"))  # fmt: skip
    put(store, "statement", 2, speaker_id=1, paraphrase="It denies it", repeats_id=1, **{**said, "kind": "deny"})
    put(store, "statement_actor", 1, statement_id=1, actor_id=1, role="target")
    put(store, "statement_actor", 2, statement_id=2, actor_id=2, role="addressee")
    put(store, "statement_incident", 1, statement_id=1, incident_id=1)
    part = {"role": "perpetrator", "stance": "accuses"}
    put(store, "involvement", 1, incident_id=1, actor_id=1, asserted_by_id=5, source_id=1,
        basis="intelligence; witness",
        adopted=True, hedge="none", **part)  # fmt: skip
    put(store, "involvement", 2, incident_id=2, actor_id=1, asserted_by_id=1, **{**part, "stance": "denies"})
    put(store, "involvement", 3, incident_id=3, actor_id=2, **{**part, "role": "target"})
    put(store, "involvement", 4, incident_id=4, actor_id=1, deleted_at=GONE, **part)
    put(store, "tally", 1, incident_id=6, measure="killed", source_id=2, high=4)
    put(store, "relation", 1, from_actor_id=2, to_actor_id=1, type="rival_of")
    put(store, "relation", 2, from_actor_id=4, to_actor_id=3, type="allied_with")
    put(store, "evidence", 1, source_id=2, start=0, end=5)
    put(store, "citation", 1, evidence_id=1, incident_id=5)
    put(store, "tag", 1, name="draft", of_kind="incident", of_id=2)
    put(store, "tag", 2, name="draft", of_kind="actor", of_id=3)
    put(store, "incident_link", 1, a_id=2, b_id=3, type="follows")
    reader: Reader = store.reader()
    return reader


def found(case: Reader, kind: Kind, text: str) -> list[int]:
    where = parse(kind, text, today=TODAY).where(case.dialect)
    sql = f"SELECT t.id FROM {kind.name} t WHERE t.deleted_at IS NULL AND {where.sql} ORDER BY t.id"
    return [row[0] for row in case.rows(sql, where.parameters)]


INCIDENTS: dict[str, list[int]] = {
    "": [1, 2, 3, 4, 5, 6],
    # full text
    "rocket": [1, 4, 6], "ROCKET airport": [1], '"rocket attack"': [1], '"attack rocket"': [], "airp*": [1, 2],
    "elan": [1], "ÉLAN": [1], "o'neil": [1], "oneil": [], "baghdad": [1, 2], "كتائب": [3], "50%": [1],
    "rocket & airport": [1],
    "-rocket": [2, 3, 5], "rocket OR raid": [1, 3, 4, 6], "airport -(rocket OR mortar)": [2], "107*": [1],
    '"rocket at"*': [1], "mortar": [], "“airport road”": [2],
    # text fields
    "title:rocket": [1, 6], 'title:"rocket attack"': [1], "title:air*": [1, 2], "title:(rocket OR raid)": [1, 3, 6],
    "place:rocket": [4], "place:baghdad": [1, 2], 'place:"al jadida"': [2], "place:unknown": [3, 5, 6],
    "weapon:known": [1],
    "summary:katyusha": [1], "place:(baghdad -jadida)": [1], "weapon:107*": [1],
    # codes, identifiers, flags
    "category:rocket*": [1], "category:bombing_ied": [2, 6], 'category:"bombing or IED"': [2, 6],
    "category:(rocket* OR protest)": [1, 4], "category:unknown": [5], "-category:unknown": [1, 2, 3, 4, 6],
    "category!=bombing_ied": [1, 3, 4, 5], "CATEGORY:Protest": [4], "category:a*": [3],
    "status:(alleged OR disputed)": [1, 5],
    "review:unknown": [1, 4, 6], "-review:draft": [1, 3, 4, 5, 6], "review:*": [2, 3, 5],
    "country:irq": [1, 2], "country:I*": [1, 2], "country:unknown": [4, 5, 6], "dataset:UCDP-GED": [1],
    "external_id:a-9": [1],
    "aggregate:yes": [2], "aggregate:no": [1, 3, 4, 5, 6], "aggregate:unknown": [3, 4, 5, 6],
    "-aggregate:yes": [1, 3, 4, 5, 6],
    # numbers
    "killed>=1": [2, 3], "killed:0": [1], "killed>0": [2, 3], "killed:unknown": [4, 5], "killed:known": [1, 2, 3, 6],
    "killed:2..5": [2], "killed:..3": [1, 2], "killed:5..": [3], "killed:>=12": [3], "-killed:0": [2, 3, 4, 5, 6],
    "killed_high>3": [3, 6], "lat<0": [3, 4], "lat:-17": [3, 4], "lat:33.2..33.5": [1, 2],
    "killed!=0": [2, 3, 4, 5, 6],
    # dates: what may be
    "date:2019-12": [1, 2, 3, 4, 6], "date:2019-12-09": [1, 2, 3, 4], "date:2019-11-29": [3],
    "date:2019-12-20": [2, 4],
    "date:2019-12-15..": [2, 4], "date:..2019-11-30": [3, 4], "date:2019-12-10..2019-12-12": [2, 3, 4, 6],
    'date:"last monday"': [1, 2, 3, 4], "date:yesterday": [2, 3, 4], "date:[2019-12-08..2019-12-09]": [1, 2, 3, 4],
    "date:2019-12-20/..": [2, 4], "date>2019-12-14": [2, 4], "date<2019-11-30": [3], "date>=2019-12-31": [2, 4],
    "date:unknown": [5], "date:known": [1, 2, 3, 4, 6], "-date:2019-12": [5], "after:2019-12-20": [2, 4],
    "before:2019-11-29": [3], "date:(2019-11-29 OR 2019-12-31)": [2, 3, 4],
    # dates: what surely is
    "surely:2019-12": [1, 2, 6], "surely:2019-12-09": [1], "surely:..2019-12-14": [1, 3, 6],
    "surely:2019-11..": [1, 2, 4, 6],
    # near
    "near:33.26,44.23,20km": [1], "near:33.26,44.23,30km": [1, 2], "near:33.26,44.23,15mi": [1, 2],
    "near:33.26,44.23": [1, 2],
    "near:-17,180,15km": [3, 4], "near:-17,-180,12km": [3, 4], "near:-90,0,10009km": [3, 4], "near:90,0,25km": [],
    "near:0,0,20037km": [1, 2, 3, 4], "near:unknown": [5, 6],
    # actors
    'actor:"Kataib Hezbollah"': [1, 2], 'actor:"kataʾib hezbollah"': [1, 2], 'actor:"hezbollah brigades"': [1, 2],
    'actor:"Hizballah Brigades"': [], "actor:kataib*": [1, 2], 'actor:"hezbollah b"*': [1, 2], "actor:A-1": [1, 2],
    "actor:a-4": [1, 2], "actor:1": [1, 2], "actor:US": [3], 'actor:"Old name"': [], "actor:nobody": [],
    "actor:(US OR kataib*)": [1, 2, 3], "-actor:known": [4, 5, 6], "actor:unknown": [4, 5, 6],
    'perpetrator:"Kataib Hezbollah"': [1, 2], "target:US": [3], "victim:US": [], "perpetrator:US": [],
    'accused_by:"Mike Pompeo"': [1], "denied_by:kataib*": [2], "asserted_by:A-5": [1],
    "asserted_by:unknown": [3, 4, 5, 6],
    "adopted:yes": [1], "adopted:no": [2, 3, 4, 5, 6],
    # references and what is linked
    "parent:I-1": [2], "parent:1": [2], "parent:incident-1": [], 'parent:"rocket attack"': [2],
    "parent:unknown": [1, 3, 4, 5, 6],
    "-parent:I-1": [1, 3, 4, 5, 6], "source:SRC-1": [1], "source:SRC-2": [5, 6], "source:rockets": [1],
    "source:mortars": [],
    "statement:S-1": [1], "linked:I-2": [3], "linked:I-3": [2],
    "has:evidence": [5], "has:statement": [1], "has:tally": [6], "has:involvement": [1, 2, 3], "has:parent": [2],
    "has:tag": [2], "has:place": [1, 2, 4], "has:date": [1, 2, 3, 4, 6], "has:child": [1], "has:link": [2, 3],
    "-has:involvement": [4, 5, 6], "has:(evidence OR tally)": [5, 6], "has:source": [1, 5, 6],
    "tag:draft": [2], "tag:DRAFT": [2], "tag:dr*": [2], "-tag:draft": [1, 3, 4, 5, 6], "tag:unknown": [1, 3, 4, 5, 6],
    # every record
    "id:2": [2], "id:2..4": [2, 3, 4], "ref:I-3": [3], "uid:incident-4": [4], "uid:INCIDENT*": [1, 2, 3, 4, 5, 6],
    "created>=2024-01-05": [1, 2, 3, 4, 5, 6], "created>2024-01-05": [], "created:2024-01": [1, 2, 3, 4, 5, 6],
    "created<2024-01-05": [], "version:1": [1, 2, 3, 4, 5, 6], "batch:unknown": [1, 2, 3, 4, 5, 6],
    # together
    "category:(rocket* OR bombing_ied) date:2019-12 -tag:draft": [1, 6], "rocket killed:known -country:IRQ": [6],
    "NOT (rocket OR killed:known OR category:unknown)": [],
    "(date:2019-11-29 OR category:unknown) -adopted:yes": [3, 5],
}  # fmt: skip

OTHERS: dict[str, dict[str, list[int]]] = {
    "actor": {
        "hezbollah": [1], "brigades": [1, 4], "brigades 2003": [1], '"hezbollah brigades"': [1],
        "-hezbollah": [2, 4, 5],
        "old": [], "name:brigades": [4], "kind:armed*": [1, 4], "kind:person": [5], "country:IRQ": [1],
        "name_key:kataib*": [1], "merged_into:A-1": [4], "generic:no": [1, 2, 4, 5], "generic:unknown": [1, 2, 4],
        "incident:I-1": [1], "related:A-1": [2], "related:US": [1], "has:alias": [1, 2], "has:relation": [1, 2, 4],
        "has:statement": [1, 2, 5], "tag:draft": [], "notes:formed": [1],
    },
    "statement": {
        'speaker:"Mike Pompeo"': [1], "target:kataib*": [1], "addressee:US": [2], "actor:A-1": [1, 2],
        "about:I-1": [1],
        "about:rocket": [1], "kind:accuse": [1], "kind:(accuse OR deny)": [1, 2], "said:2019-12": [1],
        "said:unknown": [2],
        "surely:2019-12": [1], "responsible": [1], "denies": [2], "pompeo": [], "repeats:S-1": [2],
        'repeats:"hold them"': [2],
        "source:SRC-1": [1], "quote:them": [1], "has:incident": [1], "quote:unknown": [2], "conditional:no": [1, 2],
    },
    "source": {
        "mortars": [1], "kind:wire": [2], "published:2019-12-14": [2], "title:quiet": [2], "has:evidence": [2],
        "speaker:A-5": [1], "has:text": [1], "has:statement": [1], "supersedes:unknown": [1, 2],
    },
    "involvement": {
        "incident:I-1": [1], "incident:airport": [1, 2], "actor:kataib*": [1, 2], "role:target": [3],
        "basis:witness": [1],
        "basis:(intelligence witness)": [1], "basis:int*": [1], "basis:none": [], "basis:unknown": [2, 3],
        "hedge:none": [1],
        "hedge:unknown": [2, 3], "stance:denies": [2], "adopted:yes": [1], "adopted:no": [2, 3],
        "-has:evidence": [1, 2, 3],
        "asserted_by:unknown": [3], "source:rockets": [1], "-source:rockets": [2, 3],
    },
    "relation": {"from_actor:US": [1], "to_actor:A-1": [1], "type:rival_of": [1], "held:unknown": [1, 2],
                 'from_actor:"Hizballah Brigades"': [], "to_actor:A-3": [2], "type:backs": []},
    "evidence": {"start:0": [1], "end>=5": [1], "source:SRC-2": [1], "has:citation": [1], "exact:unknown": [1]},
    "citation": {"incident:I-5": [1], "evidence:E-1": [1], "actor:unknown": [1]},
    "tag": {"of_kind:actor": [2], "of_id:2": [1], "name:draft": [1, 2], "draft": [1, 2]},
    "tally": {"measure:killed": [1], "high:4": [1], "best:unknown": [1], "incident:doubtful": [1]},
}  # fmt: skip


def test_filters_find_what_they_say(case: Reader) -> None:
    wanted = {(INCIDENT.name, text): ids for text, ids in INCIDENTS.items()}
    wanted |= {(kind, text): ids for kind, cases in OTHERS.items() for text, ids in cases.items()}
    got = {(kind, text): found(case, BY_NAME[kind], text) for kind, text in wanted}
    assert {key: ids for key, ids in got.items() if ids != wanted[key]} == {}


def test_a_condition_and_its_negation_divide_the_records(case: Reader) -> None:
    for text in INCIDENTS:
        ids, others = found(case, INCIDENT, text), found(case, INCIDENT, f"NOT ({text})") if text else []
        assert sorted(ids + others) == [1, 2, 3, 4, 5, 6], text


def test_every_field_of_every_kind_is_filtered_by_its_example_its_codes_and_what_is_not_known(case: Reader) -> None:
    for kind in (INCIDENT, ACTOR, STATEMENT, SOURCE, INVOLVEMENT):
        everything = found(case, kind, "")
        for field in fields_of(kind):
            for text in (field.example, *(f"{field.name}:{code}" for code in field.codes)):
                assert set(found(case, kind, text)) <= set(everything), text
            if field.how != "has":
                unknown, known = (found(case, kind, f"{field.name}:{word}") for word in ("unknown", "known"))
                assert sorted(unknown + known) == everything, field.name


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("killed>=1", "ix_incident_coalesce"),
        ("category:protest", "ix_incident_category_date"),
        ("category:(protest OR arrest)", "ix_incident_category_date"),
        ("country:IRQ", "ix_incident_country"),
        ("status:alleged", "ix_incident_status"),
        ("parent:I-1", "ix_incident_parent_id"),
        ("actor:US", "ix_involvement_actor_id"),
        ("perpetrator:US", "ix_actor_name_key"),
        ("accused_by:A-1", "ix_involvement_asserted_by_id_stance"),
        ("tag:draft", "uq_tag_name_of_kind_of_id"),
        ("dataset:ucdp-ged external_id:1", "uq_incident_dataset_external_id"),
    ],
)
def test_indexes_serve(sqlite_store: Any, text: str, index: str) -> None:
    where = parse(INCIDENT, text, today=TODAY).where("sqlite")
    sql = f"EXPLAIN QUERY PLAN SELECT t.id FROM incident t WHERE t.deleted_at IS NULL AND {where.sql}"
    with sqlite_store.reader() as reader:
        assert index in " ".join(row[-1] for row in reader.rows(sql, where.parameters))
