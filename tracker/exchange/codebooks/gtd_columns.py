"""The columns of the Global Terrorism Database (135, codebook of 2021) and the codes of those that can be filled."""

from __future__ import annotations

from tracker.exchange.codebooks.shape import columns

_TARGET = "targtype{0} targtype{0}_txt targsubtype{0} targsubtype{0}_txt corp{0} target{0} natlty{0} natlty{0}_txt "
_WEAPON = "weaptype{0} weaptype{0}_txt weapsubtype{0} weapsubtype{0}_txt "

HEADER = columns(
    "eventid iyear imonth iday approxdate extended resolution country country_txt region region_txt provstate city"
    " latitude longitude specificity vicinity location summary crit1 crit2 crit3 doubtterr alternative alternative_txt"
    " multiple success suicide attacktype1 attacktype1_txt attacktype2 attacktype2_txt attacktype3 attacktype3_txt "
    + "".join(_TARGET.format(number) for number in "123")
    + "gname gsubname gname2 gsubname2 gname3 gsubname3 motive guncertain1 guncertain2 guncertain3 individual nperps"
    " nperpcap claimed claimmode claimmode_txt claim2 claimmode2 claimmode2_txt claim3 claimmode3 claimmode3_txt"
    " compclaim "
    + "".join(_WEAPON.format(number) for number in "1234")
    + "weapdetail nkill nkillus nkillter nwound nwoundus nwoundte property propextent propextent_txt propvalue"
    " propcomment ishostkid nhostkid nhostkidus nhours ndays divert kidhijcountry ransom ransomamt ransomamtus"
    " ransompaid ransompaidus ransomnote hostkidoutcome hostkidoutcome_txt nreleased addnotes scite1 scite2 scite3"
    " dbsource INT_LOG INT_IDEO INT_MISC INT_ANY related"
)

ATTACKS = {
    "1": "Assassination", "2": "Armed Assault", "3": "Bombing/Explosion", "4": "Hijacking",
    "5": "Hostage Taking (Barricade Incident)", "6": "Hostage Taking (Kidnapping)",
    "7": "Facility/Infrastructure Attack", "8": "Unarmed Assault", "9": "Unknown",
}  # fmt: skip
"""The attack types by number; docs that number them in another order exist, so that the text is what counts."""

TARGETS = {
    "company": ("1", "Business"), "state": ("2", "Government (General)"), "government": ("2", "Government (General)"),
    "state_forces": ("4", "Military"), "igo": ("7", "Government (Diplomatic)"), "media": ("10", "Journalists & Media"),
    "civilians": ("14", "Private Citizens & Property"), "person": ("14", "Private Citizens & Property"),
    "armed_group": ("17", "Terrorists/Non-State Militia"), "umbrella": ("17", "Terrorists/Non-State Militia"),
}  # fmt: skip
"""The target type of a kind of actor."""

WEAPONS = {
    "rocket_artillery_missile": ("6", "Explosives", "11", "Projectile (rockets, mortars, RPGs, etc.)"),
    "bombing_ied": ("6", "Explosives", "", ""), "air_drone_strike": ("6", "Explosives", "", ""),
    "suicide_attack": ("6", "Explosives", "", ""), "grenade": ("6", "Explosives", "", ""),
    "arson_sabotage": ("", "", "", ""),
}  # fmt: skip
"""Type and sub-type of weapon of a category; those that are not here are 13, unknown."""
