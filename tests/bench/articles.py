"""How good and how fast suggestions are, against the bars of the design.

    python tests/bench/articles.py [--eval FOLDER] [--strict] [--slack FACTOR]

FOLDER holds a development set: quotes.jsonl, dates.jsonl, seed.jsonl and the scorers score_quotes.py and
score_dates.py, which are run as they are. Without it the twelve Wikinews articles of fixtures/articles/gum.jsonl are
scored here, which are too few to judge by. --strict ends with 1 when a figure is below what it must be; times may be
--slack times as long on a slow or busy machine.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import article_scores

from tracker.articles.as_record import as_record
from tracker.articles.dates import dates
from tracker.articles.document import document
from tracker.articles.suggest import suggest

GUM = Path(__file__).parent.parent.parent / "fixtures" / "articles" / "gum.jsonl"
SURE = 0.85
_SINGLE = str.maketrans({"“": "‘", "”": "’", '"': "'"})
_ROUNDS = 15
_ARTICLE, _MEGABYTE = 4_500, 1_000_000
_RIGHT = re.compile(r"= ([\d.]+)% of all, ([\d.]+)% of proposed; must-stay-empty (\d+)/(\d+)")


class Row(NamedTuple):
    """A line of the table; `most` is true for what must stay below its bars. NaN is not measured."""

    what: str
    value: float
    must: float
    aim: float
    unit: str = "%"
    most: bool = False

    def reaches(self, bar: float) -> bool:
        """Whether the value keeps a bar; what was not measured keeps all."""
        return math.isnan(self.value) or (self.value <= bar if self.most else self.value >= bar)

    def line(self) -> str:
        """The row with its verdict."""
        told = "not measured" if math.isnan(self.value) else f"{self.value:.1f} {self.unit}"
        verdict = (
            ""
            if math.isnan(self.value)
            else "aim"
            if self.reaches(self.aim)
            else "must"
            if self.reaches(self.must)
            else "BELOW"
        )
        return f"{self.what:58} {told:>14}  must {self.must:<6g} aim {self.aim:<6g} {verdict}"


def main() -> int:
    """Print the table; 1 when --strict and a figure is below what it must be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, metavar="FOLDER")
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--slack", type=float, default=1.0)
    asked = parser.parse_args()
    rows = [*(_developed(asked.eval) if asked.eval else _wikinews()), *_speed(asked.slack)]
    for row in rows:
        print(row.line())
    return int(asked.strict and not all(row.reaches(row.must) for row in rows))


def records(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def suggested(gold: Iterable[dict[str, Any]], *, single: bool = False) -> dict[str, dict[str, Any]]:
    """What is suggested for each document; with `single`, for its text in British single marks."""
    found = {}
    for record in gold:
        text = record["text"].translate(_SINGLE) if single else record["text"]
        doc = document(text, published=record.get("pub_date") or "")
        found[record["doc_id"]] = as_record(record["doc_id"], doc, suggest(doc))
    return found


def _sure(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Only the quotations that are sure enough to be accepted together."""
    return {
        key: {**one, "quotes": [quote for quote in one["quotes"] if quote["confidence"] >= SURE]}
        for key, one in found.items()
    }


def _wikinews() -> list[Row]:
    gold = records(GUM)
    found = suggested(gold)
    direct = article_scores.spans(gold, found, ("direct",))
    every = article_scores.spans(gold, found, ("direct", "mixed", "indirect"))
    sure = article_scores.spans(gold, _sure(found), ("direct",))
    return [
        Row("direct quotations: spans", direct["overlap"], 94, 96),
        Row("direct quotations: with the right speaker", direct["joint"], 88, 91),
        Row("all statements: spans", every["overlap"], 53, 60),
        Row(f"direct, confidence ≥ {SURE}: joint precision", sure["precision"], 93, 96),
        *_dated([_date_case(record, one) for record in gold for one in record.get("dates") or ()]),
        *_noted(gold, found),
    ]


def _developed(folder: Path) -> list[Row]:
    gold = records(folder / "quotes.jsonl")
    found = suggested(gold)
    score = _scored(folder, gold, found)
    single = [{**record, "text": record["text"].translate(_SINGLE)} for record in gold]
    british = _scored(folder, single, suggested(gold, single=True))
    sure = _scored(folder, gold, _sure(found))
    quoted, direct = score["quoted"], score["direct"]
    return [
        Row("quoted spans: overlap F1", 100 * quoted["overlap_prf"][2], 93, 95.5),
        Row("quoted spans: exact F1", 100 * quoted["exact_prf"][2], 92, 95.5),
        Row("quoted spans with the right speaker: joint F1", 100 * quoted["joint_prf"][2], 83, 87),
        Row("direct quotations: spans", 100 * direct["overlap_prf"][2], 94, 96),
        Row("direct quotations: with the right speaker", 100 * direct["joint_prf"][2], 88, 91),
        Row("all statements: spans", 100 * score["all"]["overlap_prf"][2], 53, 60),
        Row("in British single quotes: spans", 100 * british["quoted"]["overlap_prf"][2], 89, 92),
        Row("speaker resolved to the right actor", 100 * (quoted["entity_acc"] or 0), 78, 85),
        Row(f"confidence ≥ {SURE}: joint precision", 100 * sure["quoted"]["joint_prf"][0], 93, 96),
        *_scored_dates(folder),
        *_noted(gold, found),
        *_seed(folder),
    ]


def _scored(folder: Path, gold: Sequence[dict[str, Any]], found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    told = _run(folder / "score_quotes.py", gold, list(found.values()), "--json")
    scores: dict[str, Any] = json.loads(told)
    return scores


def _run(scorer: Path, gold: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]], *options: str) -> str:
    """What a scorer prints."""
    with tempfile.TemporaryDirectory() as kept:
        files = [Path(kept) / name for name in ("gold.jsonl", "found.jsonl")]
        for file, held in zip(files, (gold, found), strict=True):
            file.write_text("".join(json.dumps(one) + "\n" for one in held), "utf-8")
        command = [sys.executable, str(scorer), *(str(file) for file in files), *options]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout


def _scored_dates(folder: Path) -> list[Row]:
    gold = records(folder / "dates.jsonl")
    answers = [
        {"id": one["id"], "edtf": _proposed(one["text"], one["anchor"], one["start"], one["end"])} for one in gold
    ]
    told = next(line for line in _run(folder / "score_dates.py", gold, answers).splitlines() if line.startswith("all "))
    found = _RIGHT.search(told)
    of_all, of_proposed, empty, empties = found.groups() if found else ("0", "0", "0", "1")
    return _date_rows(float(of_all), float(of_proposed), 100 * int(empty) / int(empties))


def _proposed(text: str, anchor: str, start: int, end: int) -> str | None:
    """The EDTF proposed for the expression text[start:end]: that of the date that shares most of it."""
    found = dates(document(text, published=anchor))
    best = max(found, key=lambda one: article_scores.share(one.spans["date"][0], (start, end)), default=None)
    if best is None or not article_scores.share(best.spans["date"][0], (start, end)):
        return None
    return str(best.value["edtf"]) or None


def _date_case(record: dict[str, Any], one: dict[str, Any]) -> tuple[str | None, str | None]:
    return one["edtf"], _proposed(record["text"], record.get("pub_date") or "", one["start"], one["end"])


def _dated(cases: Sequence[tuple[str | None, str | None]]) -> list[Row]:
    """Pairs of the right EDTF and the one proposed."""
    wanted = [(gold, found) for gold, found in cases if gold is not None]
    right = sum(found is not None and gold.rstrip("~?%") == found.rstrip("~?%") for gold, found in wanted)
    given = sum(found is not None for _, found in wanted)
    empty = [found is None for gold, found in cases if gold is None]
    return _date_rows(
        100 * right / max(1, len(wanted)),
        100 * right / max(1, given),
        100 * sum(empty) / len(empty) if empty else math.nan,
    )


def _date_rows(of_all: float, of_proposed: float, empty: float) -> list[Row]:
    return [
        Row("dates right, of all", of_all, 88, 93),
        Row("dates right, of those proposed", of_proposed, 93, 96),
        Row("dates that must stay empty", empty, 100, 100),
    ]


def _noted(gold: Sequence[dict[str, Any]], found: dict[str, dict[str, Any]]) -> list[Row]:
    pairs, precision = article_scores.aliases(gold, found)
    noise, wrong = article_scores.flagged(gold, found)
    return [
        Row("alias pairs: F1", pairs, 84, 88),
        Row("alias pairs: precision", precision, 90, 95),
        Row("captions and promotion lines flagged", noise, 85, 95),
        Row("body paragraphs wrongly flagged", wrong, 0.5, 0.5, most=True),
    ]


def _seed(folder: Path) -> list[Row]:
    """The article of the case; a statement is false when no coded one shares most of it."""
    gold = records(folder / "seed.jsonl")
    gold[0]["pub_date"] = (gold[0].get("pub_date") or "")[:10]
    found = suggested(gold)[gold[0]["doc_id"]]
    every = ("direct", "mixed", "indirect")
    wanted, given = (article_scores.units(gold[0]["text"], one["quotes"], every) for one in (gold[0], found))
    pairs = article_scores.matched(wanted, given)
    speakers = sum(article_scores.speaker_right(one[2], other[2]) for one, other in pairs)
    noise = sum(
        any(
            article_scores.share((two["start"], two["end"]), (one["start"], one["end"])) > 0.5 for two in found["noise"]
        )
        for one in gold[0]["noise"]
    )
    false = len({other[2]["group"] for other in given} - {other[2]["group"] for _, other in pairs})
    return [
        Row("seed article: statements", 100 * len(pairs) / len(wanted), 100, 100),
        Row("seed article: with their speakers", 100 * speakers / len(wanted), 100, 100),
        Row("seed article: noise lines", 100 * noise / len(gold[0]["noise"]), 100, 100),
        Row("seed article: false statements", false, 2, 0, "", most=True),
    ]


def _speed(slack: float) -> list[Row]:
    text = "\n\n".join(record["text"] for record in records(GUM))[:_ARTICLE]
    _suggested(text)
    took = statistics.median(_seconds(partial(_suggested, text)) for _ in range(_ROUNDS))
    worst = max(_seconds(partial(_suggested, junk)) for junk in junks())
    return [
        Row("an article of 4.5 kB", 1000 * took, 30 * slack, 30 * slack, "ms", most=True),
        Row("the slowest megabyte of junk", worst, 5 * slack, 5 * slack, "s", most=True),
    ]


def _suggested(text: str) -> None:
    suggest(document(text, published="2018-06-19"))


def junks() -> list[str]:
    """Texts of a megabyte that no article is like."""
    news = "\n\n".join(record["text"] for record in records(GUM))
    shapes = [
        news + "\n\n", "“a ", "' ", "killed two people in Kabul on Monday ", "A B. ", "(((", "He said “no” ", "\n\n",
        "the attack on the base, ", "x", "Mr Smith said. ", "1 ", "blamed on ", "Iran’s ", "in the ", "last Monday ",
    ]  # fmt: skip
    return [(shape * (_MEGABYTE // len(shape) + 1))[:_MEGABYTE] for shape in shapes]


def _seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
