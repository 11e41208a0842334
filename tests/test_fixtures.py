"""Holds the hand coding in fixtures/articles against the texts it was made from."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
SHORT = ["single_quotes.txt", "wire_dateline.txt", "persian_names.txt", "cp1252.txt", "html_page.html"]


def load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((ARTICLES / name).read_bytes())
    return data


def text_of(name: str, encoding: str = "utf-8") -> str:
    return (ARTICLES / name).read_bytes().decode(encoding)


def sha256_of(name: str) -> str:
    return hashlib.sha256((ARTICLES / name).read_bytes()).hexdigest()


def spans(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "start" in node:
            yield node
        for value in node.values():
            yield from spans(value)
    elif isinstance(node, list):
        for value in node:
            yield from spans(value)


def wrong(found: list[dict[str, Any]], text: str) -> list[tuple[str, str]]:
    return [(s["exact"], text[s["start"] : s["end"]]) for s in found if text[s["start"] : s["end"]] != s["exact"]]


def test_harbour_is_the_text_that_was_coded() -> None:
    source = load("harbour.gold.json")["source"]
    assert sha256_of("harbour.txt") == source["sha256"]
    assert len(text_of("harbour.txt")) == source["chars"]


def test_every_harbour_span_holds_its_words() -> None:
    text, gold = text_of("harbour.txt"), load("harbour.gold.json")
    found = list(spans({key: value for key, value in gold.items() if key != "source"}))
    assert len(found) > 100
    assert wrong(found, text) == []
    assert all(0 <= s["start"] < s["end"] <= len(text) for s in found)


def test_harbour_speakers_and_cues_hold_their_words() -> None:
    text = text_of("harbour.txt")
    for quote in load("harbour.gold.json")["quotes"]:
        for part in ("speaker", "cue"):
            assert text[quote[f"{part}_start"] : quote[f"{part}_end"]] == quote[f"{part}_text"]


def test_harbour_coding_refers_only_to_what_it_declares() -> None:
    gold = load("harbour.gold.json")
    actors = {actor["key"] for actor in gold["actors"]}
    incidents = {incident["key"] for incident in gold["incidents"]}
    groups = {quote["group"] for quote in gold["quotes"]}
    assert {quote["speaker"] for quote in gold["quotes"]} <= actors
    assert {actor["affiliation"] for actor in gold["actors"] if "affiliation" in actor} <= actors
    assert {incident["parent"] for incident in gold["incidents"]} - {None} <= incidents
    for involvement in gold["involvements"]:
        assert involvement["incident"] in incidents
        assert involvement["actor"] in actors
        assert involvement["asserted_by"] in actors | {None}
        assert involvement["statement"] in groups | {None}


def test_harbour_reports_no_killed_which_is_not_zero() -> None:
    killed = [incident["killed"] for incident in load("harbour.gold.json")["incidents"]]
    assert killed == [{"low": None, "best": None, "high": None}] * 6


def test_harbour_holds_the_traps_of_bytes_and_marks() -> None:
    text = text_of("harbour.txt")
    assert text.count("\u00a0") == 1
    assert "“We load grain. We are nobody's soldiers,\"" in text
    assert "'Another reckless night”" in text
    assert "\r" not in text


def test_pull_quote_is_the_quotation_less_the_dropped_words() -> None:
    gold = load("harbour.gold.json")
    pull = next(noise for noise in gold["noise"] if noise["kind"] == "pull_quote")
    whole = next(quote for quote in gold["quotes"] if quote["group"] == pull["repeats"])
    assert pull["exact"] not in whole["exact"]
    assert pull["exact"] in whole["exact"].replace(pull["dropped"] + " ", "")


def test_second_edition_places_every_span() -> None:
    old, new, gold = text_of("harbour.txt"), text_of("edition2.txt"), load("edition2.gold.json")
    assert sha256_of("edition2.txt") == gold["sha256"]
    assert wrong(gold["spans"], old) == []
    assert wrong(gold["new"], new) == []
    for span in gold["spans"]:
        if span["expect"] == "gone":
            assert span["new_start"] is None
            continue
        assert new[span["new_start"] : span["new_end"]] == span["new_exact"]
        assert (span["expect"] == "exact") == (span["new_exact"] == span["exact"])


def test_second_edition_covers_every_coded_span_and_every_verdict() -> None:
    gold = load("harbour.gold.json")
    coded = {(s["start"], s["end"]) for s in spans({key: value for key, value in gold.items() if key != "source"})}
    placed = load("edition2.gold.json")["spans"]
    assert {(s["start"], s["end"]) for s in placed} == coded
    assert {s["expect"] for s in placed} == {"exact", "normalized", "altered", "gone"}
    assert any(s["moved"] for s in placed)


@pytest.mark.parametrize("name", SHORT)
def test_shorter_article_holds_its_coding(name: str) -> None:
    gold = load("short.gold.json")["files"][name]
    assert sha256_of(name) == gold["sha256"]
    found = list(spans(gold))
    assert wrong(found, text_of(name, gold["encoding"])) == []
    assert bool(found) == (name != "html_page.html")


def test_cp1252_article_is_not_utf8() -> None:
    with pytest.raises(UnicodeDecodeError):
        text_of("cp1252.txt")


def test_persian_name_stands_composed_and_decomposed() -> None:
    text = text_of("persian_names.txt")
    assert "Sīmābād-zādeh" in text
    assert "Si\u0304ma\u0304ba\u0304d-za\u0304deh" in text
    assert text.count("\u200c") >= 4
