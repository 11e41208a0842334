"""Each incident by itself: when, where, how many, and who says who did what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.exchange.report.blocks import Block, Bullets, Facts, Head, Line, Para, Part, Section, Table, Text
from tracker.exchange.report.naming import Mentions
from tracker.exchange.report.wording import figure, listed, place, sentence, when
from tracker.model import codes
from tracker.store import cells
from tracker.store.cards.parts import OWN_VOICE
from tracker.store.digest_records import Record
from tracker.store.digest_words import Figure, Owned, Said

_HEADS = ("Who", "In which part", "According to", "Stance", "Hedge", "Grounds", "Where it stands")
_ACCORDING, _MAY_BE_BARE = 2, (4, 5, 6)
"""The places of the heads that are left out where one voice says it all, and where nothing is known in any row."""
_ACCUSED = ("perpetrator", "sponsor")


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on the listed incidents, by their ids; `silences` are the claims and denials of each in words."""

    involvements: Owned
    tallies: Owned
    silences: dict[int, str]


def who(records: Sequence[Record], total: int, hanging: Hanging, mentions: Mentions) -> Section:
    """The section of all listed incidents, newest first."""
    parts: list[Block | Part] = [_part(record, hanging, mentions) for record in records]
    if records:
        parts.insert(0, Para(_adopted_at_all(hanging), "note"))
    if not records:
        parts = [Para("There is no incident to tell of.")]
    elif total > len(records):
        parts.insert(
            0, Para(f"The newest {len(records):,} are told here, and {total - len(records):,} more are not.", "note")
        )
    return Section("who", "Who says who did what", parts)


def _adopted_at_all(hanging: Hanging) -> str:
    """What it means that nothing is adopted, once for all incidents."""
    told = "no account of who did what is used for counts."
    if any(one.adopted for said, _ in hanging.involvements.values() for one in said):
        return f"Where an incident names nothing as adopted, {told}"
    return f"Nothing is adopted in any of these incidents: {told}"


def _part(record: Record, hanging: Hanging, mentions: Mentions) -> Part:
    blocks: list[Block] = [Facts(_facts(record, mentions))]
    if record["summary"]:
        blocks.append(Para(record["summary"]))
    said, count = hanging.involvements.get(record["id"], ([], 0))
    if said:
        note = f"and {count - len(said):,} more attributions" if count > len(said) else ""
        blocks.append(_table(said, note, mentions))
    blocks.append(Para(_told(said, hanging.silences[record["id"]], mentions)))
    figures, count = hanging.tallies.get(record["id"], ([], 0))
    if figures:
        items = [_figure(one, mentions) for one in figures]
        items += [f"and {count - len(figures):,} more figures"] * (count > len(figures))
        blocks += [Para((Text("Numbers, according to whom", "strong"),)), Bullets(items)]
    return Part((Text(f"I-{record['id']}", "ref"), " ", record["title"]), blocks, f"I-{record['id']}")


def _facts(record: Record, mentions: Mentions) -> list[tuple[str, Line]]:
    nature = record["nature"]
    notes = [codes.label("category", record["category"]), codes.label("status", record["status"])]
    notes.insert(0, codes.label("nature", nature) if nature and nature != "event" else "")
    notes.append("a series that cannot be split into events" if record["aggregate"] else "")
    pairs: list[tuple[str, Line]] = [("What", " · ".join(note for note in notes if note))]
    pairs += [("When", when(record, "date")), ("Where", _where(record))]
    pairs += [("Killed", figure(record, "killed")), ("Wounded", figure(record, "wounded"))]
    if record["parent_id"]:
        pairs.append(("Part of", (mentions.ref("incident", record["parent_id"]), " ",
                                  mentions.title("incident", record["parent_id"]))))  # fmt: skip
    if record["dataset"]:
        told = (record["dataset"], record["release"], record["external_id"])
        pairs.append(("Dataset", " · ".join(part for part in told if part)))
    pairs.append(("Coding", codes.label("review", record["review"]) if record["review"] else "not recorded"))
    return pairs


def _where(record: Record) -> str:
    told = [place(record) or "not known"]
    if record["geo_precision"]:
        told.append(codes.label("geo_precision", record["geo_precision"]))
    if record["lat"] is not None and record["lon"] is not None:
        told.append(f"{record['lat']:.4f}, {record['lon']:.4f}")
    return " · ".join(told)


def _table(said: Sequence[Said], note: str, mentions: Mentions) -> Table:
    """The attributions of an incident; who says so stands above them where it is the same of all."""
    rows = [_row(one, mentions) for one in said]
    voices = {mentions.voice(one) for one in said}
    caption, left_out = "Who did what, according to whom", {place for place in _MAY_BE_BARE if _bare(rows, place)}
    if len(voices) == 1:
        voice = next(iter(voices))
        caption = f"Who did what, {'with ' if voice == OWN_VOICE else 'according to '}{voice}"
        caption += " who says so" if voice == OWN_VOICE else ""
        left_out.add(_ACCORDING)
    kept = [place for place in range(len(_HEADS)) if place not in left_out]
    heads = [Head(_HEADS[place]) for place in kept]
    return Table(caption, heads, [[row[place] for place in kept] for row in rows], wide=True, note=note)


def _bare(rows: Sequence[Sequence[Line]], place: int) -> bool:
    return all(row[place] == cells.UNKNOWN for row in rows)


def _row(said: Said, mentions: Mentions) -> tuple[Line, ...]:
    actor: Line = (mentions.title("actor", said.actor), *((" ", Text("adopted", "badge")) if said.adopted else ()))
    stance: Line = codes.label("stance", said.stance)
    if said.stance in ("denies", "doubts"):
        stance = (Text(str(stance), "denial"),)
    stands: list[str | Text] = [mentions.ref("statement", said.statement)] if said.statement else []
    if said.source:
        stands += [", "] * bool(stands) + [mentions.ref("source", said.source)]
    return (actor, codes.label("involvement_role", said.role), mentions.voice(said), stance,
            _hedge(said), _grounds(said), tuple(stands) or cells.UNKNOWN)  # fmt: skip


def _hedge(said: Said) -> Line:
    told = codes.label("hedge", said.hedge)
    return (f"{told} ", Text(said.hedge_words, "words")) if said.hedge_words else told


def _grounds(said: Said) -> str:
    given = [part.strip() for part in (said.basis or "").split(";")]
    told = [codes.label("basis", part) for part in given if part]
    told += [f"credibility {said.credibility}"] * (said.credibility is not None)
    return ", ".join(told) or cells.UNKNOWN


def _told(said: Sequence[Said], silence: str, mentions: Mentions) -> str:
    """Claims, denials and silence, in words also when there are none; and what is adopted."""
    if not said:
        return f"Nobody is recorded as having done or suffered it. {sentence(silence.replace(' · ', '; '))}"
    adopted = [one for one in said if one.adopted]
    who = [f"{mentions.title('actor', one.actor)} as {codes.label('involvement_role', one.role)}" for one in adopted]
    told = f" Adopted: {listed(who)}." if who else ""
    if who and not any(one.role in _ACCUSED for one in adopted):
        told += " No account of who did it is adopted."
    return f"{sentence(silence.replace(' · ', '; '))}{told}"


def _figure(found: Figure, mentions: Mentions) -> Line:
    number = cells.figure((found.low, found.best, found.high))
    told = "no number" if number == cells.UNKNOWN else number
    of = f" ({found.whom})" if found.whom else ""
    parts: list[str | Text] = [f"{codes.label('measure', found.measure)}{of}: ", Text(told, "strong")]
    parts += [" ", Text(found.words, "words")] if found.words else []
    parts.append(f" according to {mentions.voice(found)}")
    parts += [", ", mentions.ref("source", found.source)] if found.source else []
    parts += [" ", Text("adopted", "badge")] if found.adopted else []
    return tuple(parts)
