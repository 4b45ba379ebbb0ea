"""Offices: how they are written, at what level their holders meet, whose they can be."""

import re

from extractor.schemas.draft import Level

_MODIFIERS = (
    # rank
    "deputy|vice|acting|first|second|assistant|senior|special|chief|principal|permanent|interim|"
    "outgoing|incoming|then|former|"
    "ex|late|federal|union|executive|joint|joint chiefs|lead|top|high|general|supreme|resident|"
    "personal|transitional|"
    # portfolio
    "foreign|foreign affairs|foreign policy|external affairs|defen[cs]e|finance|trade|economy|"
    "economic|interior|prime|state|"
    "treasury|commerce|energy|health|environment|industry|home|justice|security|national security|"
    "unification|oil|oil and gas|"
    "petroleum|climate|transport|agriculture|planning|cooperation|water|irrigation|crown|nuclear|"
    "development|investment|external relations|enlargement|competition|"
    "labou?r|migration|press|humanitarian|political|peace|counter-terrorism|"
    "business|communications|culture|education|employment|export|fisheries|forestry|housing|immigration|information|"
    "infrastructure|land|mines|mining|production|public security|railways?|science|technology|social|sports?|"
    "tourism|water resources|women|works|youth|"
    # body
    "cabinet|secretariat|office|council|party|commission|parliament|parliamentary|military|armed forces|army|navy|"
    "staff|intelligence|spy|"
    "opposition|presidential|ministry|regional|international|coordinating|ruling|junta"
)
_HEADS = (
    r"ministers?|secretary[- ]general|director[- ]general|under[ -]?secretary|secretar(?:y|ies)|"
    r"presidents?|premiers?|"
    r"(?:vice-)?chancellors?|king|queen|[ea]mir|sultan|(?:crown )?prince(?:ss)?|ambassadors?|envoys?|advis[eo]rs?|"
    r"representatives?|"
    r"commissioner|negotiators?|directors?|chair(?:man|woman|person)?|leaders?|taoiseach|"
    r"spokes(?:person|man|woman)|generals?|"
    r"admiral|chiefs?|councill?or|mediator|coordinator|"
    r"charg[ée] d[’']affaires(?:,? a\.i\.|,? ad interim)?|consul|speaker|"
    r"commander|diplomat|ruler|head|"
    r"assistant to the president|(?:presidential |senior )?aide|governor|PM|FM|EAM|DPM|CS|"
    r"(?:Lt\.? |Maj\.? |Brig\.? |Lieutenant |Major )?Gen\.|(?:Vice )?Adm\.|Amb\.|Sen\."
)
_MATTERS = (
    r"state|(?:the )?defen[cs]e forces?|(?:the )?(?:army|navy|air force)|"
    r"(?:national )?defen[cs]e|foreign(?:,? \w+)? (?:and \w+(?: \w+)? )?affairs|external (?:affairs|relations)|"
    r"foreign (?:relations|trade|policy)|european(?: and foreign)? affairs|"
    r"international (?:cooperation|trade|development|relations|affairs)|finance|trade|commerce|the treasury|"
    r"(?:re)?unification|national security(?: affairs)?|peace|political affairs|homeland security|"
    r"climate(?: change)?|"
    r"the (?:federative |federal |islamic )?republic|"
    r"(?:the )?interior|energy|health|justice|regional (?:integration|cooperation)|cooperation|worship|"
    r"the (?:joint chiefs(?: of staff)?|general staff|armed forces|defen[cs]e staff)|staff|government|development|"
    r"the (?:[a-z]+ ){1,4}(?:office|council|agency|ministry|department|secretariat|committee|"
    r"commission|service|government|administration|court|parliament|bank|board|authority)|"
    r"(?:[\w-]+ (?:and )?){1,3}(?:affairs|cooperation)|"
    r"agriculture|communications|culture|(?:the )?econom(?:y|ics?)|education|(?:the )?environment|fisheries|food|"
    r"forestry|industry|infrastructure|investment|irrigation|labou?r|mines|mining|oil|petroleum|planning|"
    r"public security|science|social welfare|technology|transport|water(?: resources)?|"
    r"minerals|hydrocarbons|electricity|power|(?:natural|mineral|human) resources|(?:public )?works|housing|sports?|"
    r"youth|women|lands?|livestock|information|telecommunications|aviation|railways|ports|immigration|employment|"
    r"security policy|africa|the sahel|the middle east|religion|east african affairs|diaspora(?: affairs)?|tourism"
)

_MODIFIER = rf"(?:{_MODIFIERS})(?:[’']s)?"
_HEAD = rf"(?:{_HEADS})"
_MATTER = rf"(?:{_MATTERS})"
_OF = rf"(?: (?:of|for) {_MATTER}(?:(?:(?:,| and|, and)(?: for| of)?| for) {_MATTER}){{0,3}})?"
_SIMPLE = rf"(?:{_MODIFIER}(?:,? and |(?<!first), |[ -])){{0,5}}{_HEAD}(?:[ -](?:general|designate|elect))?{_OF}"
OFFICE = re.compile(rf"(?<![\w-]){_SIMPLE}(?:(?:,? and |/){_SIMPLE})?(?![\w-])", re.IGNORECASE)
"""An office, in capitals or not, without the country."""

_LEVELS: tuple[tuple[Level, str], ...] = (
    (
        "senior_officials",
        r"\b(?:deputy (?!prime)|vice[ -](?:foreign|defen|minister|chair)|under ?-?secretary|"
        r"assistant secretary|advis[eo]r|envoy|"
        r"ambassador|\bgen\.|\badm\.|\bamb\.|general$|director|chief of staff|joint chiefs|negotiator|"
        r"special representative|senior official|"
        r"secretary[ -]general of|general staff|(?:army|military) chief|admiral|national security|"
        r"commander|permanent secretary|"
        r"defen[cs]e staff|charg[ée] d)",
    ),
    (
        "leaders",
        r"\b(?:presidents?|(?<!deputy )prime ministers?|premiers?|chancellor|king|queen|[ea]mir|sultan|crown prince|"
        r"supreme leader|leaders?|heads? of (?:state|government)|general secretary|taoiseach|summits?|PM)\b",
    ),
    (
        "ministers",
        r"\b(?:ministers?|ministerial|secretary of|(?:foreign|defen[cs]e) secretar(?:y|ies)|top diplomats?|"
        r"foreign chiefs|defen[cs]e chiefs|secretary|high representative|attorney general|"
        r"foreign policy chief|[FE]A?M)\b",
    ),
    ("working", r"\b(?:working[- ]level|working group|experts|technical)\b"),
    ("senior_officials", r"\b(?:officials|diplomats|delegations?)\b"),
)
LEVELS = tuple((level, re.compile(words, re.IGNORECASE)) for level, words in _LEVELS)
"""Words of offices and groups by the level of a meeting between them; the first that fits counts."""
NOT_AT_TABLE = re.compile(
    r"spokes(?:person|man|woman)|press secretary|former|\bex\b|then\b|\blate\b|speaker", re.IGNORECASE
)
"""Offices that speak of meetings and do not take part in them."""

OF_COUNTRY: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(words, re.IGNORECASE), code)
    for words, code in (
        (r"^(?:deputy |assistant |under ?)?secretary of (?:state|defen[cs]e|the treasury|commerce)$", "USA"),
        (r"^treasury secretary$", "USA"),
        (r"^(?:minister of )?external affairs(?: minister)?$|^EAM$", "IND"),
        (r"^taoiseach$", "IRL"),
        (r"^foreign,? commonwealth", "GBR"),
        (r"^state councill?or", "CHN"),
        (r"^high representative|^(?:competition|enlargement|external relations) commissioner", "EU"),
        (r"^commissioner for (?:competition|enlargement|external relations)", "EU"),
    )
)  # fmt: skip
"""Offices by this name that one country or organisation alone has."""

NO_PRESIDENT = re.compile(
    "JPN|GBR|CAN|AUS|NZL|ESP|NLD|BEL|SWE|NOR|DNK|THA|MYS|KHM|JOR|MAR|SAU|KWT|BHR|QAT|OMN|LSO|SWZ|BTN|"
    "BRN|TON|JAM|PNG|LUX"
)
"""Countries at whose head no president stands: monarchies."""
NO_PRIME_MINISTER = re.compile(
    "USA|MEX|BRA|ARG|CHL|COL|VEN|ECU|BOL|PRY|URY|CRI|GTM|HND|SLV|NIC|PAN|DOM|PHL|IDN|NGA|KEN|GHA|ZAF|"
    "AGO|ZMB|ZWE|LBR|SLE|"
    "GMB|MWI|TUR|CYP|IRN|CHE|SAU"
)
"""Countries without a prime minister: presidential systems."""


_KIND = re.compile(
    r"\b(?:vice president|president|(?:prime |foreign |defen[cs]e |finance )?minister|premier|secretary of \w+|"
    r"foreign secretary|national security advis[eo]r|chancellor|king|[ea]mir|sultan|ambassador|envoy|secretary)\b",
    re.IGNORECASE,
)


def level_of(office: str) -> Level:
    """The level of a meeting between holders of this office."""
    return next((level for level, words in LEVELS if words.search(office)), "unknown")


def kind_of(office: str) -> str:
    """The office in its plainest words: "vice president", "minister"."""
    found = _KIND.search(office)
    return found.group().lower() if found else office.lower()


def holds(office: str, words: str) -> bool:
    """Whether "the secretary" can be the Secretary of State, and "the president" no vice president."""
    plain = re.sub(r" (?:of|for) .*", "", office.lower())
    other = r"\b(?:vice|deputy|prime)\b" if words == "minister" else r"\b(?:vice|deputy)\b"
    return plain == words or (plain.endswith(" " + words) and not re.search(other, plain.removesuffix(words)))


def may_hold(office: str, code: str) -> bool:
    """Whether a country can have this office at all."""
    kind = kind_of(office)
    return not (
        (kind == "president" and NO_PRESIDENT.fullmatch(code))
        or (kind in ("prime minister", "premier") and NO_PRIME_MINISTER.fullmatch(code))
    )


def country_of(office: str) -> str | None:
    """The one country that has this office, or None."""
    return next((code for words, code in OF_COUNTRY if words.search(office)), None)
