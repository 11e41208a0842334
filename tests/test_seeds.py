"""Holds the seed case together: counts, references, codes, spans, dates, and how little of the article it carries."""

import csv
import re
import uuid
from collections import Counter
from pathlib import Path

import pytest

from tracker.model import codes
from tracker.model.edtf import parse
from tracker.model.fields import DATE_PARTS, Field, Kind
from tracker.model.kinds import BY_NAME, EXCHANGED

SEEDS = Path(__file__).parent.parent / "seeds"
COUNTS = {
    "sources": 1, "actors": 26, "names": 46, "relations": 13, "incidents": 6, "links": 0, "incident_sources": 0,
    "statements": 17, "statement_actors": 21, "statement_incidents": 20, "involvements": 20, "tallies": 3,
    "evidence": 66, "citations": 87,
}  # fmt: skip
ARTICLE_LENGTH = 4451
QUOTED = {
    (245, 262), (705, 913), (916, 1081), (1564, 1651), (1751, 1765), (2243, 2324), (2327, 2465), (2468, 2680),
    (2870, 2898), (3862, 4058),
}  # fmt: skip
CITED = ("incident", "actor", "statement", "involvement", "tally", "relation")
NAMED = ("actor", "incident", "source")
# Longest cell allowed, in characters; a column that is not named here has 40.
BOUNDS = {"title": 90, "name": 70, "place_words": 45, "detail": 110, "paraphrase": 180, "summary": 520, "notes": 480}

Row = dict[str, str]


def read(kind: Kind) -> list[Row]:
    with (SEEDS / f"{kind.plural}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


DATA = {kind.name: read(kind) for kind in EXCHANGED}
BY_UID = {name: {row["uid"]: row for row in rows} for name, rows in DATA.items()}


def columns_of(field: Field, kind: Kind) -> list[str]:
    if field.type == "date":
        return [*(f"{field.name}_{part}" for part in DATE_PARTS), f"{field.name}_anchor_uid"]
    if field.type != "ref":
        return [field.name]
    named = [field.name] if field.target in NAMED else []
    derived = ["according_to"] if (kind.name, field.name) == ("involvement", "asserted_by") else []
    return [*named, f"{field.name}_uid", *derived]


def words_in(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower().replace("’", "").replace("'", ""))


def runs(text: str, length: int = 6) -> set[tuple[str, ...]]:
    words = words_in(text)
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def ref(kind: str, uid: str) -> str:
    """I-1, S-13 …: rows stand in the order of their ids."""
    return f"{BY_NAME[kind].prefix}-{list(BY_UID[kind]).index(uid) + 1}" if uid else ""


def test_there_is_one_file_for_each_kind_and_no_other() -> None:
    assert {path.stem for path in SEEDS.glob("*.csv")} == {kind.plural for kind in EXCHANGED}
    assert {kind.plural: len(DATA[kind.name]) for kind in EXCHANGED} == COUNTS


@pytest.mark.parametrize("kind", EXCHANGED, ids=lambda kind: kind.plural)
def test_file_is_plain_and_its_header_is_the_declared_one(kind: Kind) -> None:
    data = (SEEDS / f"{kind.plural}.csv").read_bytes()
    header = ["uid", "version", *(c for f in kind.fields if f.export for c in columns_of(f, kind)), "extra"]
    assert data.decode("utf-8").partition("\n")[0].split(",") == header
    assert data.endswith(b"\n")
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    assert all(set(row) == set(header) and None not in row.values() for row in DATA[kind.name])


def test_uids_are_canonical_and_unique_and_versions_are_1() -> None:
    rows = [row for rows in DATA.values() for row in rows]
    assert all(str(uuid.UUID(row["uid"])) == row["uid"] and uuid.UUID(row["uid"]).version == 5 for row in rows)
    assert len({row["uid"] for row in rows}) == len(rows) == sum(COUNTS.values())
    assert {(row["version"], row["extra"]) for row in rows} == {("1", "")}


@pytest.mark.parametrize("kind", EXCHANGED, ids=lambda kind: kind.plural)
def test_every_reference_resolves_and_carries_the_name_of_its_target(kind: Kind) -> None:
    for field in (f for f in kind.fields if f.export and f.type in ("ref", "date")):
        target = field.target or "source"
        column = f"{field.name}_uid" if field.type == "ref" else f"{field.name}_anchor_uid"
        for row in DATA[kind.name]:
            found = BY_UID[target].get(row[column])
            assert found is not None or (row[column] == "" and not field.required)
            if field.target in NAMED:
                assert row[field.name] == (found[BY_NAME[target].title] if found else "")


@pytest.mark.parametrize("kind", EXCHANGED, ids=lambda kind: kind.plural)
def test_every_cell_is_of_its_type_and_every_code_in_its_list(kind: Kind) -> None:
    for field in (f for f in kind.fields if f.export and f.type not in ("ref", "date")):
        for value in (row[field.name] for row in DATA[kind.name]):
            assert value or not field.required, field.name
            if field.type == "bool":
                assert value in ("yes", "no", "")
            elif field.type == "int" and value:
                assert value.isascii()
                assert value.isdigit()
                assert (field.low or 0) <= int(value) <= (field.high or 10**6)
            elif field.type in ("code", "codes") and value:
                assert set(value.split("; ")) <= set(codes.values(field.codes))


@pytest.mark.parametrize(
    ("kind", "field"), [("source", "published"), ("relation", "held"), ("incident", "date"), ("statement", "said")]
)
def test_what_is_derived_from_a_date_agrees_with_its_edtf(kind: str, field: str) -> None:
    dated = [row for row in DATA[kind] if row[f"{field}_edtf"]]
    assert dated
    for row in dated:
        read = parse(row[f"{field}_edtf"])
        bounds = [day.isoformat() if day else "" for day in (read.earliest, read.latest)]
        assert [row[f"{field}_{part}"] for part in ("edtf", "earliest", "latest", "precision")] == [
            read.value, *bounds, read.precision,
        ]  # fmt: skip
        assert row[f"{field}_basis"] in codes.values("date_basis")
    blank = [row for row in DATA[kind] if not row[f"{field}_edtf"]]
    assert {row[f"{field}_{part}"] for row in blank for part in DATE_PARTS} <= {""}


def test_days_are_told_from_the_source_only_where_its_words_need_it() -> None:
    anchored = [ref("incident", row["uid"]) for row in DATA["incident"] if row["date_anchor_uid"]]
    assert anchored == ["I-1", "I-2"]
    assert [row["date_edtf"] for row in DATA["incident"]] == [
        "2019-12-09?", "[2019-12-09..2019-12-14]", "/2019-12-14?", "/2019-12-14?", "2003", "/2019-12-14?",
    ]  # fmt: skip


def test_spans_lie_inside_the_article_and_none_stands_twice() -> None:
    spans = [(int(row["start"]), int(row["end"])) for row in DATA["evidence"]]
    assert all(0 <= start < end <= ARTICLE_LENGTH for start, end in spans)
    assert len(set(spans)) == COUNTS["evidence"]


def test_only_the_quotations_carry_words_and_as_many_as_their_span() -> None:
    worded = {(int(row["start"]), int(row["end"])): row["exact"] for row in DATA["evidence"] if row["exact"]}
    assert set(worded) == QUOTED
    assert all(len(words) == end - start for (start, end), words in worded.items())
    assert {row[c] for row in DATA["evidence"] for c in ("prefix", "suffix", "verdict")} == {""}


def test_every_quotation_is_made_of_its_cited_spans() -> None:
    quoting: dict[str, list[tuple[int, str]]] = {}
    for citation in DATA["citation"]:
        if citation["statement_uid"] and citation["field"] == "quote":
            span = BY_UID["evidence"][citation["evidence_uid"]]
            quoting.setdefault(citation["statement_uid"], []).append((int(span["start"]), span["exact"]))
    joined = {uid: " ".join(words for _, words in sorted(parts)) for uid, parts in quoting.items()}
    assert joined == {row["uid"]: row["quote"] for row in DATA["statement"] if row["quote"]}
    assert sum(len(parts) for parts in quoting.values()) == len(QUOTED)


def test_quotations_stand_where_the_mode_says_so() -> None:
    for row in DATA["statement"]:
        assert bool(row["quote"]) == (row["mode"] in ("verbatim", "mixed"))
        assert row["paraphrase"]


def test_text_of_the_source_is_not_carried_and_its_hash_is() -> None:
    (source,) = DATA["source"]
    assert "text" not in source
    assert re.fullmatch(r"[0-9a-f]{64}", source["sha256"])


def test_no_cell_outside_quotations_is_longer_than_a_note() -> None:
    long = []
    for kind in EXCHANGED:
        exported = [
            f for f in kind.fields if f.export and f.type != "ref" and f.name not in ("quote", "exact", "sha256")
        ]
        for field in exported:
            column = f"{field.name}_words" if field.type == "date" else field.name
            long += [(column, row[column]) for row in DATA[kind.name] if len(row[column]) > BOUNDS.get(column, 40)]
    assert long == []


def test_own_words_repeat_no_six_words_of_a_quotation_and_none_of_the_headline() -> None:
    taken = runs(DATA["source"][0]["title"])
    for row in DATA["statement"]:
        taken |= runs(row["quote"])
    assert len(taken) > 100
    for kind in EXCHANGED:
        own = {f.name for f in kind.fields if f.type in ("text", "long") and f.export} - {"quote", "exact"}
        if kind.name == "source":
            own -= {"title"}
        assert [row[name] for row in DATA[kind.name] for name in own if runs(row[name]) & taken] == []


def test_each_citation_supports_one_record_and_names_a_field_of_it() -> None:
    for row in DATA["citation"]:
        (kind,) = [name for name in CITED if row[f"{name}_uid"]]
        assert not row["field"] or row["field"] in BY_NAME[kind].by_name
    links = [tuple(row[c] for c in row if c not in ("uid", "field")) for row in DATA["citation"]]
    assert len(set(links)) == len(links)


@pytest.mark.parametrize("kind", ["incident", "statement", "relation", "tally"])
def test_every_record_rests_on_evidence(kind: str) -> None:
    assert {row[f"{kind}_uid"] for row in DATA["citation"]} - {""} == set(BY_UID[kind])


def test_teasers_and_captions_of_bystanders_support_nothing() -> None:
    cited = {row["evidence_uid"] for row in DATA["citation"]}
    idle = Counter(row["role"] for row in DATA["evidence"] if row["uid"] not in cited)
    assert idle == {"teaser": 4, "caption": 3, "boilerplate": 1}
    assert "teaser" not in {BY_UID["evidence"][uid]["role"] for uid in cited}


def test_not_reported_is_not_zero() -> None:
    killed = {row[f"killed_{end}"] for row in DATA["incident"] for end in ("low", "best", "high")}
    assert killed == {""}
    wounded = [[row[f"wounded_{end}"] for end in ("low", "best", "high")] for row in DATA["incident"]]
    some, unreported = ["2", "", ""], ["", "", ""]
    assert wounded == [some, unreported, some, unreported, unreported, unreported]


def test_adopted_tallies_are_the_figures_of_their_incidents() -> None:
    adopted = [row for row in DATA["tally"] if row["adopted"] == "yes"]
    assert [(ref("incident", row["incident_uid"]), row["measure"]) for row in adopted] == [
        ("I-1", "wounded"), ("I-3", "wounded"),
    ]  # fmt: skip
    for row in adopted:
        incident = BY_UID["incident"][row["incident_uid"]]
        for end in ("low", "best", "high"):
            assert incident[f"{row['measure']}_{end}"] == row[end]


def test_no_attribution_is_adopted_and_one_has_nobody_named() -> None:
    rows = DATA["involvement"]
    assert {row["adopted"] for row in rows} == {"no"}
    assert Counter(row["role"] for row in rows) == {"perpetrator": 12, "sponsor": 1, "target": 5, "victim": 2}
    assert [row["according_to"] for row in rows] == [row["asserted_by"] or "nobody named" for row in rows]
    assert [ref("involvement", row["uid"]) for row in rows if not row["asserted_by_uid"]] == ["INV-1"]


def test_who_asserts_an_involvement_is_who_makes_its_statement() -> None:
    stated = [row for row in DATA["involvement"] if row["statement_uid"]]
    assert len(stated) == 11
    for row in stated:
        statement = BY_UID["statement"][row["statement_uid"]]
        assert statement["speaker_uid"] == row["asserted_by_uid"]


def test_incident_known_from_an_accusation_alone_stays_alleged() -> None:
    incident = DATA["incident"][3]
    assert (incident["status"], incident["category"]) == ("alleged", "unknown")
    voices = {row["asserted_by"] for row in DATA["involvement"] if row["incident_uid"] == incident["uid"]}
    assert voices == {"Iraqi paramilitaries (unspecified)"}


def test_names_add_to_the_main_name_and_descriptions_stay_generic() -> None:
    main = {(row["uid"], row["name"]) for row in DATA["actor"]}
    other = [(row["actor_uid"], row["name"]) for row in DATA["actor_name"]]
    assert len(set(other)) == len(other)
    assert not set(other) & main
    generic = {ref("actor", row["uid"]) for row in DATA["actor"] if row["generic"] == "yes"}
    assert generic == {"A-2", "A-6", "A-18", "A-22", "A-23"}
