"""The code lists: every closed vocabulary, with labels and the counterparts in ACLED, GTD, CAMEO and PLOVER."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.errors import ValueRefused


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a code list.

    `acled` is an ACLED sub-event type (codebook of 2023), `gtd` a GTD attack type number, `cameo` a CAMEO event
    code (a trailing x stands for any digit), `plover` a PLOVER event type.
    """

    value: str
    label: str
    acled: str = ""
    gtd: str = ""
    cameo: str = ""
    plover: str = ""


def _plain(*pairs: str) -> tuple[Code, ...]:
    """Codes written as `value=Label`; without a label the value's own words serve."""
    split = (pair.partition("=") for pair in pairs)
    return tuple(Code(value, label or value.replace("_", " ")) for value, _, label in split)


CATEGORY = (
    Code(
        "rocket_artillery_missile",
        "rocket, artillery or missile",
        "Shelling/artillery/missile attack",
        "3",
        "194",
        "ASSAULT",
    ),
    Code("air_drone_strike", "air or drone strike", "Air/drone strike", "3", "195", "ASSAULT"),
    Code("bombing_ied", "bombing or IED", "Remote explosive/landmine/IED", "3", "1833", "ASSAULT"),
    Code("suicide_attack", "suicide attack", "Suicide bomb", "3", "1831", "ASSAULT"),
    Code("grenade", "grenade", "Grenade", "3", "183", "ASSAULT"),
    Code("armed_clash", "armed clash", "Armed clash", "2", "190", "ASSAULT"),
    Code("armed_assault", "armed assault", "Attack", "2", "193", "ASSAULT"),
    Code("assassination", "assassination", "Attack", "1", "186", "ASSAULT"),
    Code("unarmed_assault", "unarmed assault", "Attack", "8", "182", "ASSAULT"),
    Code("sexual_violence", "sexual violence", "Sexual violence", "", "1821", "ASSAULT"),
    Code("abduction", "abduction", "Abduction/forced disappearance", "6", "181", "ASSAULT"),
    Code("hostage_barricade", "hostage-taking, barricade", "Abduction/forced disappearance", "5", "181", "ASSAULT"),
    Code("hijacking", "hijacking", "Attack", "4", "181", "ASSAULT"),
    Code("chemical_cbrn", "chemical or other CBRN", "Chemical weapon", "3", "204", "ASSAULT"),
    Code("arson_sabotage", "arson or sabotage", "Looting/property destruction", "7", "1823", "COERCE"),
    Code("protest", "protest", "Peaceful protest", "", "141", "PROTEST"),
    Code("riot_mob", "riot or mob violence", "Mob violence", "8", "145", "PROTEST"),
    Code("arrest", "arrest", "Arrests", "", "173", "COERCE"),
    Code("territory_change", "change of territory", "Government regains territory", "", "192", "ASSAULT"),
    Code("weapons_seizure", "seizure of weapons", "Disrupted weapons use", "", "171", "COERCE"),
    Code("agreement", "agreement", "Agreement", "", "057", "AGREE"),
    Code("sanctions", "sanctions", "Other", "", "163", "SANCTION"),
    Code("deployment", "deployment", "Headquarters or base established", "", "152", "MOBILIZE"),
    Code("invasion", "invasion", "", "", "192", "ASSAULT"),
    Code("other", "other", "Other"),
    Code("unknown", "unknown", "", "9"),
)

STATEMENT_KIND = (
    Code("claim_responsibility", "claims responsibility", cameo="015"),
    Code("deny", "denies", cameo="016"),
    Code("accuse", "accuses", cameo="112", plover="ACCUSE"),
    Code("criticize", "criticizes", cameo="111", plover="ACCUSE"),
    Code("threaten", "threatens", cameo="13x", plover="THREATEN"),
    Code("warn", "warns", cameo="012"),
    Code("demand", "demands", cameo="10x", plover="REQUEST"),
    Code("appeal", "appeals", cameo="02x"),
    Code("reject", "rejects", cameo="12x", plover="REJECT"),
    Code("promise", "promises", cameo="03x", plover="AGREE"),
    Code("support", "supports", cameo="05x", plover="SUPPORT"),
    Code("condole", "condoles", cameo="018"),
    Code("assess", "assesses", cameo="012"),
    Code("announce", "announces", cameo="010"),
    Code("decline_comment", "declines to comment", cameo="011"),
    Code("other", "other"),
)

LISTS: dict[str, tuple[Code, ...]] = {
    "category": CATEGORY,
    "statement_kind": STATEMENT_KIND,
    "source_kind": _plain("news_article", "wire", "statement", "report", "social=social media", "dataset", "other"),
    "reliability": _plain(
        "A=A completely reliable",
        "B=B usually reliable",
        "C=C fairly reliable",
        "D=D not usually reliable",
        "E=E unreliable",
        "F=F cannot be judged",
    ),
    "queue": _plain("inbox", "in_progress", "coded", "reviewed", "skipped"),
    "actor_kind": _plain(
        "person",
        "state",
        "government",
        "state_forces",
        "armed_group",
        "umbrella=umbrella organisation",
        "party=political party",
        "coalition",
        "igo=international organisation",
        "media",
        "civilians",
        "company",
        "other",
    ),
    "name_kind": _plain("name", "acronym", "descriptor", "former=former name", "transliteration"),
    "relation_type": _plain(
        "part_of",
        "member_of",
        "holds_office_in",
        "instance_of",
        "backs",
        "arms",
        "influences",
        "reports_to",
        "leads",
        "splinter_of",
        "successor_of",
        "allied_with",
        "rival_of",
    ),
    "nature": _plain("event", "campaign", "context=background", "planned", "hypothetical"),
    "status": _plain("reported", "alleged", "confirmed", "disputed", "retracted"),
    "geo_precision": _plain(
        "exact",
        "site=named site",
        "town",
        "near_town=near a known point (≤ 25 km)",
        "admin2",
        "admin1",
        "fuzzy=linear or fuzzy area",
        "country",
        "international=international waters or region",
        "unknown",
    ),
    "claim_status": _plain(
        "claimed",
        "competing=competing claims",
        "denied",
        "none_reported=no claim reported",
        "not_discussed=not discussed",
    ),
    "review": _plain("draft", "coded", "reviewed", "final"),
    "link_type": _plain("same_as", "retaliation_for", "follows", "contradicts"),
    "involvement_role": _plain("perpetrator", "sponsor", "target", "victim", "participant", "host"),
    "stance": _plain("states", "claims", "accuses", "denies", "doubts"),
    "hedge": _plain("none=no hedge", "partial=of some, not all", "hedged"),
    "basis": _plain("intelligence", "forensic", "witness", "admission", "none=none given"),
    "measure": _plain(
        "killed",
        "wounded",
        "missing",
        "captured",
        "arrested",
        "displaced",
        "participants",
        "munitions",
        "events",
    ),
    "mode": _plain("verbatim", "mixed=mixed quote", "paraphrase", "source_voice=the source's own voice"),
    "statement_role": _plain("addressee", "target", "co_speaker"),
    "evidence_role": _plain(
        "headline",
        "lede",
        "body",
        "caption",
        "pull_quote",
        "teaser",
        "boilerplate",
    ),
    "verdict": _plain(
        "verified",
        "normalized",
        "altered",
        "spliced",
        "truncated",
        "elsewhere",
        "orphaned",
        "not_found",
    ),
    "suggestion_kind": _plain("statement", "actor", "date", "incident", "involvement", "tally", "noise"),
    "suggestion_status": _plain("pending", "accepted", "edited", "rejected"),
    "date_basis": _plain("stated", "inferred", "imported"),
}
"""Every code list by its name."""

CREDIBILITY_TO_CONFIDENCE = {1: 90, 2: 70, 3: 50, 4: 30, 5: 10, 6: None}
"""Admiralty credibility as a confidence of 0–100, for exchange only; 6 cannot be judged and has none."""

_LABELS = {name: {code.value: code.label for code in codes} for name, codes in LISTS.items()}


def values(name: str) -> tuple[str, ...]:
    """The values of the code list `name`, in their order."""
    return tuple(_LABELS[name])


def label(name: str, value: str | None) -> str:
    """What a person calls `value` of the list `name`; the value itself when it is not in the list, – for none."""
    return "–" if value is None else _LABELS[name].get(value, value)


def find(name: str, text: str, *, field: str) -> str:
    """The value of list `name` that `text` names by value or label, in any case, spaces or underscores.

    Raises ValueRefused, naming the nearest values, when it names none.
    """
    key = "_".join(text.replace("-", " ").replace("_", " ").lower().split())
    for code in LISTS[name]:
        if key in (code.value.lower(), "_".join(code.label.lower().replace("-", " ").split())):
            return code.value
    import difflib

    near = difflib.get_close_matches(key, values(name), n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"one of: {', '.join(values(name))}"
    raise ValueRefused(field, f"{field}: “{text}” is not a known code; {hint}")
