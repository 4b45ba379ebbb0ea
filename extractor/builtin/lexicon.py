"""The words of diplomacy in English news writing: reporting verbs, outcomes, gatherings, institutions, themes."""

import re

from extractor.schemas.draft import OutcomeKind

SAYS = (
    r"(?:said|says|told|stated|noted|added|emphasi[sz]ed|stressed|underlined|underscored|mentioned|"
    r"cited|warned|argued|"
    r"explained|continued|remarked|expressed|reiterated|reaffirmed|affirmed|urged|called(?! off\b)|asked|"
    r"welcomed|praised|"
    r"thanked|criticized|tweeted|posted|wrote|declared|announced|pointed out|hailed|evaluated|"
    r"assessed|hoped|proposed|"
    r"insisted|acknowledged|pledged|vowed|promised|condemned|described|highlighted|commended|conveyed|"
    r"voiced|appreciated|"
    r"applauded|raised|briefed|recalled|requested|shared|outlined|believed|suggested|observed|maintained|lauded|"
    r"commented|replied|answered|joked|quipped|cautioned|asserted|claimed|conceded|admitted|lamented|predicted|"
    r"indicated|manifested|assured|concluded(?= [“\"]))"
)
"""Reporting verbs."""
_OUTCOMES: tuple[tuple[OutcomeKind, str], ...] = (
    (
        "agreement",
        "agree agreed decide decided resolve resolved conclude concluded settled deciding agreeing concurred",
    ),
    ("commitment", "pledge pledged vow vowed promise promised commit committed pledging vowing committing undertook"),
    (
        "reaffirmation",
        "reaffirm reaffirmed affirm affirmed confirm confirmed reiterated reaffirming affirming confirming",
    ),
    ("condemnation", "condemn condemned denounced deplored condemning denouncing"),
    ("document", "signed adopted issued released signing adopting"),
)
OUTCOMES = {verb: kind for kind, verbs in _OUTCOMES for verb in verbs.split()}
"""Verbs of two parties together, and the kind of outcome that they tell."""

_NAMED = (
    r"G-?(?:7|8|20|77)|Group of (?:Seven|Eight|Twenty|7|8|20)|General Assembly|Security Council|NATO|ASEAN|APEC|"
    r"Asia-Pacific Economic Cooperation|East Asia Summit|BRICS|African Union|Arab League|"
    r"European (?:Union|Council)|OSCE|"
    r"Shanghai Cooperation|Security Conference|Shangri-La|World Economic Forum|IAEA|WTO|COP ?-?\d+|"
    r"Commonwealth|OPEC\+?|"
    r"Security Summit|Climate|ECOWAS|GCC|Gulf Cooperation Council|CARICOM|CELAC|Mercosur|IGAD|SADC|"
    r"BIMSTEC|SAARC|Quad|U\.?N\.?"
)
NAMED_GATHERING = re.compile(rf"\b(?:{_NAMED})\b")
GATHERING = re.compile(rf"\b(?:{_NAMED}|[A-Z]\w+ (?:Conference|Forum|Summit|Congress|Assembly|Dialogue))\b")

_THEMES = (
    ("deterrence", r"\b(?:extended )?deterrence(?: and (?:\w+ )?capabilit\w+)?|\bdeterrent capabilit\w+"),
    ("denuclearization", r"\b(?:complete )?denucleari[sz]ation\b"),
    ("nuclear test", r"\bnuclear tests?\b"),
    (
        "nuclear and missile programmes",
        r"\bnuclear (?:and missile|and ballistic missile) (?:program\w*|development\w*|activit\w+)|"
        r"\b(?:ballistic )?missile (?:launches|tests|programs?|programmes?)",
    ),
    ("sanctions", r"\bsanctions\b"),
    ("trade", r"\btrade (?:deal|agreement|ties|relations|talks|dispute|barriers)\b|\bfree trade\b|\btariffs?\b"),
    ("economic security", r"\beconomic security\b"),
    ("supply chains", r"\bsupply chains?\b"),
    (
        "critical technologies",
        r"\b(?:critical|emerging|core|advanced)(?: \w+)? technolog\w+|\bsemiconductors?\b|"
        r"\bartificial intelligence\b|\bquantum computing\b",
    ),
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
    ("missile data sharing", r"\bmissile (?:\w+ )?(?:data|information)\b"),
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
THEMES = tuple((label, re.compile(words, re.IGNORECASE)) for label, words in _THEMES)
"""Matters of diplomacy, by the words that name them (labels after EuroVoc's terms)."""

INSTITUTIONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(words), code)
    for words, code in (
        (
            r"White House|State Department|Department of (?:State|Defense)|Pentagon|Oval Office|"
            r"Capitol Hill|Air Force One",
            "USA",
        ),
        (r"Spokes\w+ for the Secretary-General", "UN"),
        (r"Kremlin", "RUS"),
        (r"Blue House", "KOR"),
        (r"[EÉ]lys[ée]e|Quai d[’']Orsay|Matignon", "FRA"),
        (r"Downing Street|Whitehall", "GBR"),
        (r"Ministry of External Affairs|External Affairs Ministry|Rashtrapati Bhavan|Hyderabad House", "IND"),
        (r"Aso Rock", "NGA"),
        (r"Kantei", "JPN"),
        (r"Ak ?[Oo]rda", "KAZ"),
        (r"Union Buildings", "ZAF"),
        (r"Bundeskanzleramt|Federal Foreign Office", "DEU"),
        (r"Itamaraty|Planalto", "BRA"),
        (r"Casa Rosada", "ARG"),
        (r"Zhongnanhai|Diaoyutai", "CHN"),
        (r"Malaca[ñn]ang", "PHL"),
        (r"Bellevue Palace", "DEU"),
        (r"Chigi|Quirinal|Farnesina", "ITA"),
    )
)
"""Seats of government that name no country, and whose they are."""

AGENCIES = {
    "Yonhap": "KOR", "Xinhua": "CHN", "TASS": "RUS", "Interfax": "RUS", "KUNA": "KWT", "SPA": "SAU", "WAM": "ARE",
    "SUNA": "SDN", "VNA": "VNM", "PTI": "IND", "ANI": "IND", "Bernama": "MYS", "GNA": "GHA", "PNA": "PHL",
    "Kyodo": "JPN", "Jiji": "JPN", "Anadolu": "TUR", "AA": "TUR", "IRNA": "IRN", "MENA": "EGY", "Petra": "JOR",
    "NAN": "NGA", "BSS": "BGD", "APP": "PAK", "ANTARA": "IDN", "Antara": "IDN", "ARMENPRESS": "ARM", "Kabar": "KGZ",
    "MONTSAME": "MNG", "Lusa": "PRT", "CTK": "CZE", "PAP": "POL", "MTI": "HUN", "Ukrinform": "UKR", "BelTA": "BLR",
    "AZERTAC": "AZE", "Trend": "AZE", "QNA": "QAT", "BNA": "BHR", "ONA": "OMN", "TAP": "TUN", "MAP": "MAR",
    "ENA": "ETH", "ANGOP": "AGO", "CNA": "TWN", "NNA": "LBN", "SANA": "SYR", "INA": "IRQ", "KCNA": "PRK",
}  # fmt: skip
"""National news agencies, as they sign, and whose they are."""

SPORT = re.compile(
    r"\b(?:match|matches|goals?|final|semi-?finals?|quarter-?finals?|cup|league|coach|tournament|"
    r"scored|qualifiers?|championships?|"
    r"stadium|wickets?|innings|penalty|midfielder|striker|squad|kick-?off|title|trophy|medal)\b",
    re.IGNORECASE,
)
"""Words of sport: sides that meet there are teams."""
