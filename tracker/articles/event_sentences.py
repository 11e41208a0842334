"""Reads one sentence for the events it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tracker.articles import blamed, hedges, places, slots, tolls, triggers
from tracker.articles.blamed import Phrase
from tracker.articles.event_score import score
from tracker.articles.happening import FAMILIES, Mention
from tracker.articles.hedges import Blame
from tracker.articles.irrealis import mood
from tracker.articles.lexicon import words_of
from tracker.articles.proposals import Proposal, Span
from tracker.articles.triggers import Hit

if TYPE_CHECKING:
    from tracker.articles.document import Document
    from tracker.articles.names import NameIndex
    from tracker.articles.speech import Speech

LONGEST = 1500
"""Code points of a sentence that are read; what is longer is no prose."""
CASUALTY = words_of("killed killing wounded wounding injured injuring hurt slain executed murdered")
"""Triggers that tell what came of an event rather than what it was."""
_LATEST = frozenset({"latest", "newest"})
_BLAME = words_of(
    "blamed blames blaming laid pinned put accused accuses accusing believed thought suspected alleged "
    "reported understood presumed assumed allegedly reportedly apparently purportedly pointed points pointing "
    "traced led linked attributed claimed claims claim denied denies denying by responsibility"
)
_PHYSICAL = words_of("terrorist terror deadly deadliest militant armed fatal bloody arson knife extremist")
_IN_FORCE = words_of("economic trade imposed under through heavy crippling international existing")
_BE = words_of("was were been being be is are get got getting")
_ATTACKERS = words_of(
    "gunmen gunman militants militant attackers attacker assailants assailant rebels insurgents fighters "
    "police troops soldiers warplanes jets bomber bombers militiamen militias militia protesters "
    "demonstrators mob crowd forces army men"
)
_EVENTS = words_of(
    "attacks bombings blasts incidents explosions strikes bombardments shootings killings assaults raids"
)
_ON = re.compile(r"[ \u00a0](?:on|against|targeting)[ \u00a0]")
_PASSIVE = re.compile(r"\b(?:was|were|been|is|are|being)(?:[ \u00a0]\w+ly)?[ \u00a0]$")
_BY = re.compile(r"[^.,;:“”]{0,40}?[ \u00a0]by[ \u00a0](?=[^\W_])")
_HURTING = re.compile(r"(?:wounding|killing|injuring|hurting)[ \u00a0]")
_AGENTS = frozenset({"state", "government", "state_forces", "armed_group", "coalition", "umbrella", "party", "person"})


class Reader:
    """One sentence, and what is known around it."""

    def __init__(self, doc: Document, index: NameIndex, speech: Speech, span: Span) -> None:
        self._doc = doc
        self._text = doc.text
        self._index = index
        self._speech = speech
        self._span = span
        self._words = triggers.tokens(doc.text, *span)

    def mentions(self, near: Sequence[Proposal]) -> Iterator[Mention]:
        """The mentions of events in their order; `near` are the dates within the sentence."""
        hits = triggers.hits(self._text, self._words)
        blames = self._blames()
        none = bool(blames is not None) and hedges.no_claim(self._text, *self._span)
        if not hits or none:
            yield from self._echo(blames or [], none)
            return
        parts = self._parts(hits, near)
        taken = self._nearest([part for part, _ in parts], [blame.at for blame in blames or []])
        found = tolls.tolls(self._words)
        owners = self._nearest([part for part, _ in parts], [toll.start for toll in found])
        earlier: Mention | None = None
        for place, (part, date) in enumerate(parts):
            mine = [blame for blame, owner in zip(blames or [], taken, strict=True) if owner == place]
            told = [toll for toll, owner in zip(found, owners, strict=True) if owner == place]
            mention = self._mention(part, date, mine, told, earlier)
            if mention is None:
                yield from self._echo([blame for blame in mine if blame.stance in ("claims", "denies")], False)
            else:
                earlier = earlier or mention
                yield mention

    def _blames(self) -> list[Blame] | None:
        """None where no word of the sentence could blame."""
        if not any(word.low in _BLAME for word in self._words):
            return None
        return hedges.blames(self._text, *self._span, self._index)

    def _echo(self, blames: list[Blame], none: bool) -> Iterator[Mention]:
        """A sentence that names no event but says who is behind one."""
        sure = [blame for blame in blames if blame.basis or blame.stance in ("claims", "denies")]
        if sure or none:
            several = not none or any(word.low.endswith("s") for word in self._words if word.low in _EVENTS)
            words = "attacks" if several else "attack"
            mention = Mention(
                "attack",
                self._span,
                [],
                slots.Count(None, False, self._span.start),
                words,
                True,
                Span(self._span.start, self._span.start),
            )
            mention.blames = [(blame, self._says(blame)) for blame in sure]
            mention.no_claim = none
            yield mention

    def _parts(self, hits: list[Hit], near: Sequence[Proposal]) -> list[tuple[list[Hit], Proposal | None]]:
        """The triggers put together by kind and date: each part is one event."""
        parts: dict[tuple[str, int], tuple[list[Hit], Proposal | None]] = {}
        for hit in hits:
            date = slots.date_of(self._text, hit, near, *self._span)
            key = (FAMILIES.get(hit.trigger.category, "violence"), id(date))
            parts.setdefault(key, ([], date))[0].append(hit)
        return list(parts.values())

    @staticmethod
    def _nearest(parts: list[list[Hit]], stands: list[int]) -> list[int]:
        """For each place in the text the part that has the nearest trigger."""
        return [
            min(range(len(parts)), key=lambda part: min(abs(hit.start - stand) for hit in parts[part]))
            for stand in stands
        ]

    def _mention(
        self,
        hits: list[Hit],
        date: Proposal | None,
        blames: list[Blame],
        told: list[tolls.Toll],
        earlier: Mention | None,
    ) -> Mention | None:
        main = min(hits, key=_rank)
        how = mood(self._words, main)
        if how == "hypothetical":
            return None
        words = self._words
        count = slots.count_of(words, main)
        mention = Mention(
            main.trigger.category,
            self._span,
            [Span(hit.start, hit.end) for hit in hits],
            count,
            main.words,
            slots.definite(words, main),
            Span(main.start, main.end),
        )
        before = {word.low for word in words[max(0, main.first - 3) : main.first]}
        mention.latest = bool(before & _LATEST)
        mention.definite = mention.definite or mention.latest
        mention.series = count.aggregate and count.figure is not None and count.figure.high is None
        mention.headline = self._doc.kind_at(main.start) == "headline"
        mention.date, mention.tolls = date, told
        mention.nature = "planned" if how == "planned" else "event"
        self._slots(mention, hits, main, earlier)
        agents = [*blames, *(agent for agent in self._agents(main, told) if _free(agent, blames))]
        mention.blames = [(blame, self._says(blame)) for blame in agents]
        self._voice(mention, main, blames)
        before = {word.low for word in words[max(0, main.first - 3) : main.first]}
        mention.physical = bool(before & _PHYSICAL)
        whom = blamed.after(self._text, main.end, self._span.end, self._index)[:1] if not main.trigger.noun else []
        mention.verbal = any(self._is_person(one) for one in whom) or any(
            one.role == "target" and self._is_person(one.actor) for one, _ in mention.blames
        )
        if mention.family == "sanctions" and before & _IN_FORCE:
            mention.party = any(
                self._index.clusters[one.cluster].kind in ("state", "government")
                for one in self._index.within(*self._span)
            )
        mention.score = score(mention, main, CASUALTY)
        return mention

    def _slots(self, mention: Mention, hits: list[Hit], main: Hit, earlier: Mention | None) -> None:
        """Weapon, target and place; a second event of the sentence has those of the first where it names none."""
        armed = slots.weapons(self._text, self._words)
        mention.weapon = armed[0] if armed and mention.family == "violence" else None
        told = next((weapon.code for weapon in armed if weapon.code), "")
        if mention.category == "attack" or (main.trigger.weak and mention.family == "violence"):
            exact = next(
                (hit.trigger.category for hit in hits if not hit.trigger.weak and hit.trigger.category != "attack"), ""
            )
            mention.category = exact or told or mention.category
        mention.target = slots.target_kind(self._words, main)
        named = places.places(self._text, *self._span, self._index)
        if (inside := self._speech.at(main.start)) and inside[1]:
            named = [place for place in named if self._speech.at(place.start)]
        after = [place for place in named if place.start > main.start]
        if mention.family == "sanctions":
            named = after
        if earlier is None:
            mention.place = next(iter(after or named), None)
            return
        mention.place = next(iter(after), earlier.place)
        if mention.category in ("attack", "armed_assault") and earlier.family == mention.family:
            mention.category, mention.weapon = earlier.category, mention.weapon or earlier.weapon

    def _says(self, blame: Blame) -> str:
        """Who asserts it: the subject of the verb, else whose statement it stands in, else nobody."""
        if blame.stance in ("claims", "denies"):
            return blame.actor.name
        if blame.stance == "states":
            return ""
        inside = self._speech.at(blame.at)
        if blame.cue < 0 or blame.hedge == "hedged":
            return inside[0] if inside else ""
        if _PASSIVE.search(self._text, self._span.start, blame.cue):
            by = _BY.match(self._text, blame.actor.end, self._span.end)
            asserted = blamed.after(self._text, by.end(), self._span.end, self._index) if by else []
            return asserted[0].name if asserted else ""
        speaker = self._speech.cue(blame.cue, blame.cue + 10) or (inside[0] if inside else "")
        if speaker:
            return speaker
        subject = blamed.before(self._text, self._span.start, blame.cue, self._index)
        return subject.name if subject else self._it(blame.cue)

    def _it(self, cue: int) -> str:
        """Whom “it” before a verb goes back to: the first actor of the sentence, when that is no person."""
        said = [word.low for word in self._words if word.end <= cue][-3:]
        if not set(said) & {"it", "they"}:
            return ""
        for word in self._words[:5]:
            cluster = self._index.at(word.start, word.end)
            if cluster is not None:
                return cluster.name if cluster.kind != "person" else ""
        return ""

    def _voice(self, mention: Mention, main: Hit, blames: list[Blame]) -> None:
        """What stands only in somebody's words, or only in an accusation, is alleged."""
        inside = self._speech.at(main.start)
        if inside:
            known = main.trigger.noun and (mention.definite or mention.series) and not inside[1]
            mention.asserted_by = "" if known else inside[0]
            mention.status = "alleged" if inside[1] else "reported"
        for blame in blames:
            accused = self._text.startswith("accus", blame.at) and blame.actor.end < main.start
            if accused and not (mention.definite and main.trigger.noun):
                mention.status, mention.asserted_by, mention.accused = "alleged", self._says(blame), True

    def _agents(self, main: Hit, told: list[tolls.Toll]) -> list[Blame]:
        """Who did it and to whom in the source's own voice."""
        made = [self._stated(actor, "perpetrator", main) for actor in self._doers(main)]
        on = _ON.match(self._text, main.end) if main.trigger.noun else None
        if on:
            made += [
                self._stated(actor, "target", main)
                for actor in blamed.after(self._text, on.end(), self._span.end, self._index)
            ]
        for toll in told:
            active = _HURTING.match(self._text, toll.start)
            if active and toll.figure.low == 2 and toll.figure.best is None:
                victims = blamed.after(self._text, active.end(), toll.end, self._index)
                made += [self._stated(actor, "victim", main) for actor in victims]
        return made

    def _doers(self, main: Hit) -> list[Phrase]:
        previous = self._words[main.first - 1] if main.first else None
        by = _BY.match(self._text, main.end, self._span.end)
        passive = previous is not None and previous.low in _BE
        if by and (passive or (main.trigger.noun and by.end() - main.end < 6)):
            return [
                one for one in blamed.after(self._text, by.end(), self._span.end, self._index) if self._can_act(one)
            ]
        if previous is None or passive or previous.low in ("of", "for", "from", "by"):
            return []
        if main.trigger.noun:
            cluster = self._index.at(previous.start, previous.end)
            fit = cluster is not None and cluster.kind in _AGENTS - {"person"}
            return (
                [Phrase(self._text[previous.start : previous.end], cluster.name, previous.start, previous.end)]
                if fit and cluster
                else []
            )
        subject = blamed.before(self._text, self._span.start, main.start, self._index)
        return [subject] if subject and self._can_act(subject) else []

    def _is_person(self, actor: Phrase) -> bool:
        cluster = self._index.at(actor.start, actor.end)
        return cluster is not None and cluster.kind == "person" and cluster.mentions[0].end > 0

    def _can_act(self, actor: Phrase) -> bool:
        cluster = self._index.at(actor.start, actor.end)
        known = cluster is not None and cluster.kind in _AGENTS
        return known or bool({triggers.bare(word) for word in actor.words.lower().split()} & _ATTACKERS)

    @staticmethod
    def _stated(actor: Phrase, role: str, main: Hit) -> Blame:
        doubt = re.match(r"(suspected|alleged|presumed)\b", actor.words, re.IGNORECASE)
        hedge, words = ("hedged", doubt.group()) if doubt else ("none", "")
        return Blame(actor, role, "states", hedge, words, (), -1, main.start)


def _rank(hit: Hit) -> tuple[bool, bool, bool, int]:
    return hit.words in CASUALTY, hit.trigger.weak, hit.trigger.category == "attack", hit.start


def _free(agent: Blame, blames: list[Blame]) -> bool:
    return not any(agent.actor.start < known.actor.end and known.actor.start < agent.actor.end for known in blames)
