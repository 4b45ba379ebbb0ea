"""The words of diplomacy in English news writing: offices, meetings, verbs, gatherings.

Regular expressions are written over tagged sentences (see `tagging`), in
which `{P}` stands for a person, `{C}` a country, `{L}` a city, `{D}` a date,
`{E}` a gathering and `{O}` an institution that speaks.
"""

import re

# One character for each tag of a sentence, from Unicode's private use area.
BASES = {"P": 0xE000, "C": 0xE200, "L": 0xE400, "D": 0xE600, "E": 0xE800, "O": 0xEA00, "R": 0xEC00}
SPAN = 0x200
_CLASS = {kind: f"[{chr(base)}-{chr(base + SPAN - 1)}]" for kind, base in BASES.items()}


def pattern(expression: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Compiles an expression with `{P}`, `{C}` ... for tags and `{RUN}`, `{PEOPLE}`, `{GROUP}`, `{ALL}` for lists."""
    for name, part in _PARTS.items():
        expression = expression.replace("{" + name + "}", part)
    for kind, chars in _CLASS.items():
        expression = expression.replace("{" + kind + "}", chars)
    return re.compile(expression, flags)


_JOIN = r"(?:, and (?:the )?|, (?:the )?| and (?:the )?| & |[-–—/]| – )"
_GROUP = (
    r"(?:(?:top|senior|chief|foreign|defen[cs]e|finance|trade|security|national security|vice|deputy|prime|economic|"
    r"interior|energy|economy|intelligence|military|government|nuclear|special)[ -])*"
    r"(?:(?:foreign|defen[cs]e|finance)? ?ministers|leaders|presidents|top diplomats|diplomats|officials|"
    r"foreign chiefs|(?:defen[cs]e|military|army|spy) chiefs|envoys|advis[eo]rs|secretaries|heads of (?:state|government)|premiers|"
    r"delegations|representatives|negotiators|counterparts)"
)
_PARTS = {
    "ALL": r"(?:the (?:two|three|four|five|six) ?(?:\w+ )?(?:countries|nations|sides|leaders|ministers|officials|allies|"
    r"neighbou?rs|governments|men|women|diplomats|parties|partners|states|presidents|advis[eo]rs)?|both (?:sides|countries|leaders|ministers|nations|parties)|"
    r"(?:the )?(?:leaders|(?:foreign |defen[cs]e )?ministers|officials|diplomats|sides|(?:national security )?advis[eo]rs)|they|the trio|the pair)",
    "RUN": rf"{{C}}(?:’s|'s)?(?:{_JOIN}{{C}}(?:’s|'s|’|')?)*",
    "PEOPLE": rf"{{P}}(?:{_JOIN}{{P}})*",
    "GROUP": _GROUP,
    "NOUN": r"(?:meetings?|talks|summits?|(?:phone|telephone|video|conference|secure) (?:calls?|conversations?|conference)|"
    r"calls?(?= (?:with|between))|tele-?conference|video-?conference|consultations|negotiations|conversations?(?= with)|"
    r"(?:dialogue|sessions?|discussions)(?= (?:with|between|among|of))|(?<=lateral )(?:session|dialogue|discussions)|bilaterals?(?= with)|trilaterals?(?= with))",
}

# Heads of offices, each with the level of a meeting between their holders.
LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (level, re.compile(words, re.IGNORECASE))
    for level, words in (
        (
            "senior_officials",
            r"\b(?:deputy|vice[ -](?:foreign|defen|minister|chair)|under ?-?secretary|assistant secretary|advis[eo]r|envoy|"
            r"ambassador|director|chief of staff|joint chiefs|negotiator|special representative|senior official|"
            r"secretary[ -]general of|general staff|army chief|admiral|national security|commander|permanent secretary)",
        ),
        (
            "leaders",
            r"\b(?:president|prime minister|premier|chancellor|king|queen|emir|sultan|crown prince|supreme leader|"
            r"leaders?|heads? of (?:state|government)|general secretary|taoiseach|summits?)\b",
        ),
        (
            "ministers",
            r"\b(?:ministers?|ministerial|secretary of|foreign secretary|defen[cs]e secretary|top diplomats?|"
            r"foreign chiefs|defen[cs]e chiefs|secretary|high representative|attorney general)\b",
        ),
        ("working", r"\b(?:working[- ]level|working group|experts|technical)\b"),
        ("senior_officials", r"\b(?:officials|diplomats|delegations?)\b"),
    )
)
OFFICE = (
    r"(?:(?:Deputy|Vice|Acting|First|Assistant|Under|Senior|Special|Chief|Principal|Permanent|Interim|Then|then)[ -])*"
    r"(?:(?:Foreign|Defen[cs]e|Finance|Trade|Economy|Economic|Interior|Prime|State|Treasury|Commerce|Energy|Health|"
    r"Environment|Industry|Home|Justice|Security|Unification|Oil|External Affairs|Foreign Affairs|National Security|"
    r"Cabinet|Climate|Transport|Agriculture|Planning|Cooperation|Water|Irrigation|Crown|General|Supreme|Nuclear|Secretariat|Office|Council|Party)"
    r"(?:,? and | |, ))*"
    r"(?:Minister|Secretary[- ]General|Director[- ]General|Secretary|President|Premier|Chancellor|King|Queen|Emir|Sultan|"
    r"Prince|Ambassador|Envoy|Advis[eo]r|Representative|Commissioner|Negotiator|Director|Chairman|Chairwoman|Chair|"
    r"Leader|Taoiseach|Spokesperson|Spokesman|Spokeswoman|General|Admiral|Chief)"
    r"(?: (?:of|for) (?:State|Defen[cs]e|Foreign Affairs|External Affairs|Finance|Trade|Commerce|Energy|the Treasury|Unification|"
    r"National Security|Peace|Political Affairs|Homeland Security|Foreign and [A-Z]\w+ Affairs|Climate)"
    r"(?: (?:and|for) [A-Z]\w+(?: [A-Z]\w+)*)?)?"
)
TOP_OFFICES = re.compile(r"\b(?:president|prime minister|premier|chancellor|king|queen|emir|sultan|leader)\b", re.IGNORECASE)
NOT_AT_TABLE = re.compile(r"spokes(?:person|man|woman)|press secretary|former|then-", re.IGNORECASE)

# Reporting verbs, and those of them that need no "that".
SAYS = (
    r"(?:said|says|told|stated|noted|added|emphasi[sz]ed|stressed|underlined|underscored|mentioned|cited|warned|argued|"
    r"explained|continued|remarked|expressed|reiterated|reaffirmed|affirmed|urged|called for|asked|welcomed|praised|"
    r"thanked|criticized|tweeted|posted|wrote|declared|announced|pointed out|hailed|evaluated|assessed|hoped|proposed|"
    r"insisted|acknowledged|pledged|vowed|promised|condemned|described|highlighted|commended|conveyed|voiced|appreciated|applauded|raised|briefed|recalled|requested|shared|outlined|believed|suggested)"
)
OUTCOMES: dict[str, str] = {
    verb: kind
    for kind, verbs in (
        ("agreement", "agree agreed decide decided resolve resolved conclude concluded settled deciding agreeing"),
        ("commitment", "pledge pledged vow vowed promise promised commit committed pledging vowing committing undertook"),
        ("reaffirmation", "reaffirm reaffirmed affirm affirmed confirm confirmed reiterated reaffirming affirming confirming"),
        ("condemnation", "condemn condemned denounced deplored condemning denouncing"),
        ("document", "signed adopted issued released signing adopting"),
    )
    for verb in verbs.split()
}  # fmt: skip
_NAMED = (
    r"G-?(?:7|8|20|77)|Group of (?:Seven|Eight|Twenty|7|8|20)|General Assembly|Security Council|NATO|ASEAN|APEC|"
    r"Asia-Pacific Economic Cooperation|East Asia Summit|BRICS|African Union|Arab League|European (?:Union|Council)|OSCE|"
    r"Shanghai Cooperation|Security Conference|Shangri-La|World Economic Forum|IAEA|WTO|COP ?-?\d+|Commonwealth|OPEC\+?|"
    r"Security Summit|Climate|ECOWAS|GCC|Gulf Cooperation Council|CARICOM|Mercosur|U\.?N\.?"
)
NAMED_GATHERING = re.compile(rf"\b(?:{_NAMED})\b")
GATHERING = re.compile(rf"\b(?:{_NAMED}|[A-Z]\w+ (?:Conference|Forum|Summit|Congress|Assembly|Dialogue))\b")

# Matters of diplomacy, by the words that name them (labels after EuroVoc's terms).
THEMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (label, re.compile(words, re.IGNORECASE))
    for label, words in (
        ("deterrence", r"\bdeterrence(?: and (?:response )?capabilit\w+)?|\bextended deterrence|\bdeterrent capabilit\w+"),
        ("denuclearization", r"\b(?:complete )?denucleari[sz]ation\b"),
        ("nuclear test", r"\bnuclear tests?\b"),
        ("nuclear and missile programmes", r"\bnuclear (?:and missile|and ballistic missile) (?:program\w*|development\w*|activit\w+)|\b(?:ballistic )?missile (?:launches|tests|programs?|programmes?)"),
        ("sanctions", r"\bsanctions\b"),
        ("trade", r"\btrade (?:deal|agreement|ties|relations|talks|dispute|barriers)\b|\bfree trade\b|\btariffs?\b"),
        ("economic security", r"\beconomic security\b"),
        ("supply chains", r"\bsupply chains?\b"),
        ("critical technologies", r"\b(?:critical|emerging|core|advanced)(?: \w+)? technolog\w+|\bsemiconductors?\b|\bartificial intelligence\b|\bquantum computing\b"),
        ("critical minerals", r"\bcritical minerals\b|\brare earths?\b"),
        ("climate change", r"\bclimate (?:change|finance|crisis|action)\b"),
        ("energy", r"\benergy security\b|\bgas pipeline\b|\boil prices?\b|\belectricity\b"),
        ("human rights", r"\bhuman rights\b"),
        ("abductions", r"\babduct(?:ion|ions|ees)\b"),
        ("humanitarian aid", r"\bhumanitarian (?:aid|assistance|situation|crisis|access)\b"),
        ("ceasefire", r"\bcease-?fire\b|\btruce\b"),
        ("hostages", r"\bhostages\b"),
        ("terrorism", r"\b(?:counter-?)?terroris[mt]\w*\b"),
        ("migration", r"\bmigra(?:tion|nts)\b|\brefugees\b"),
        ("maritime security", r"\bmaritime (?:security|domain|disputes?)\b|\bfreedom of navigation\b|\billegal fishing\b"),
        ("rules-based order", r"\b(?:rules-based|international|world|global)(?: \w+)? order\b|\brule of law\b"),
        ("territorial status quo", r"\bstatus quo\b"),
        ("missile data sharing", r"\bmissile (?:warning )?(?:data|information)\b|\bsharing of missile\b"),
        ("military exercises", r"\b(?:military|joint|trilateral) (?:exercises?|drills?|training)\b"),
        ("military cooperation", r"\b(?:military|defen[cs]e) (?:cooperation|support|ties)\b"),
        ("border dispute", r"\b(?:border|boundary) (?:dispute|tensions?|clashes|issue|security)\b"),
        ("water sharing", r"\b(?:river|dam|water)(?: \w+)? (?:sharing|waters|dispute|treaty)\b"),
        ("peace process", r"\bpeace (?:process|talks|deal|agreement|treaty|plan)\b"),
        ("health", r"\bpandemic\b|\bvaccin\w+\b|\bglobal health\b"),
        ("food security", r"\bfood security\b|\bgrain (?:deal|exports?)\b"),
        ("cybersecurity", r"\bcyber\w*\b"),
        ("investment", r"\binvestments?\b"),
        ("people-to-people exchange", r"\bpeople-to-people\b|\bstudent exchanges?\b|\btourism\b"),
    )
)  # fmt: skip

# No president stands at the head of these (monarchies), no prime minister in those (presidential systems).
NO_PRESIDENT = frozenset(
    "JPN GBR CAN AUS NZL ESP NLD BEL SWE NOR DNK THA MYS KHM JOR MAR SAU KWT BHR QAT OMN LSO SWZ BTN BRN TON JAM PNG LUX".split()
)
NO_PRIME_MINISTER = frozenset(
    "USA MEX BRA ARG CHL COL VEN ECU BOL PRY URY CRI GTM HND SLV NIC PAN DOM PHL IDN NGA KEN GHA ZAF AGO ZMB ZWE LBR SLE "
    "GMB MWI TUR CYP IRN CHE SAU".split()
)
