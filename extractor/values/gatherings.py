"""Gatherings: the larger event beside which people met, under its many names.

"the Group of 20 foreign ministers' meeting" and "G20 foreign ministerial
meeting" are one gathering; what else the name holds is description.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words, re.IGNORECASE))
    for name, words in (
        ("G7", r"\bG-?7\b|\bGroup of (?:Seven|7)\b"),
        ("G8", r"\bG-?8\b|\bGroup of (?:Eight|8)\b"),
        ("G20", r"\bG-?20\b|\bGroup of (?:Twenty|20)\b"),
        ("OAS", r"\bOAS\b|\bOrgani[sz]ation of American States\b"),  # before the other General Assembly
        ("UNGA", r"\b(?:U\.?N\.?|United Nations)?[’'s]* ?General Assembly\b"),
        ("UNSC", r"\b(?:U\.?N\.?|United Nations)?[’'s]* ?Security Council\b"),
        ("NATO", r"\bNATO\b|\bNorth Atlantic Treaty Organi[sz]ation\b"),
        ("ASEAN", r"\bASEAN\b|\bAssociation of Southeast Asian Nations\b"),
        ("APEC", r"\bAPEC\b|\bAsia-Pacific Economic Cooperation\b"),
        ("EAS", r"\bEast Asia Summit\b"),
        ("BRICS", r"\bBRICS\b"),
        ("AU", r"\bAfrican Union\b"),
        ("LAS", r"\bArab League\b|\bLeague of Arab States\b"),
        ("GCC", r"\bGCC\b|\bGulf Cooperation Council\b"),
        ("EU", r"\bEuropean (?:Union|Council)\b|\bEU\b"),
        ("SCO", r"\bSCO\b|\bShanghai Cooperation Organi[sz]ation\b"),
        ("MSC", r"\bMunich Security Conference\b"),
        ("SLD", r"\bShangri-La Dialogue\b"),
        ("WEF", r"\bWorld Economic Forum\b"),
        ("NSS", r"\b[Nn]uclear [Ss]ecurity [Ss]ummit\b"),
        ("COP", r"\bCOP(?= ?-?\d)|\bU\.?N\.? [Cc]limate (?:[Cc]hange )?(?:[Cc]onference|[Ss]ummit|[Tt]alks)\b"),
        ("CHOGM", r"\bCHOGM\b|\bCommonwealth Heads of Government(?: Meeting)?\b|\bCommonwealth [Ss]ummit\b"),
        ("PIF", r"\bPIF\b|\bPacific Islands Forum\b"),
        ("OSCE", r"\bOSCE\b|\bOrgani[sz]ation for Security and Co-?operation in Europe\b"),
        ("OIC", r"\bOIC\b|\bOrgani[sz]ation of Islamic Cooperation\b"),
        ("SOA", r"\bSummit of the Americas\b"),
        ("CELAC", r"\bCELAC\b|\bCommunity of Latin American and Caribbean States\b"),
        ("CARICOM", r"\bCARICOM\b|\bCaribbean Community\b"),
        ("ECOWAS", r"\bECOWAS\b|\bEconomic Community of West African States\b"),
        ("SADC", r"\bSADC\b|\bSouthern African Development Community\b"),
        ("EAEU", r"\bEAEU\b|\bEurasian Economic Union\b|\b(?:Supreme )?Eurasian Economic Council\b"),
        ("CIS", r"\bCommonwealth of Independent States\b|(?-i:\bCIS\b)"),
        ("EPC", r"\bEuropean Political Community\b"),
    )
)
_BODIES = (
    ("foreign ministers", re.compile(r"\bforeign minister(?:s[’']?|ial|s)?\b", re.IGNORECASE)),
    ("defence ministers", re.compile(r"\bdefen[cs]e minister(?:s[’']?|ial|s)?\b", re.IGNORECASE)),
    ("finance ministers", re.compile(r"\bfinance minister(?:s[’']?|ial|s)?\b", re.IGNORECASE)),
    ("leaders", re.compile(r"\bleaders[’']?\b|\bsummits?\b", re.IGNORECASE)),
)
_PLAIN = re.compile(
    r"\b(?:the|a|an|of|and|on|for|annual|meetings?|sessions?|conference|gathering|talks|its|this|year[’']s|members?)\b"
    r"|[’']s\b|[^\w\s]",
    re.IGNORECASE,
)


# A year, or which of a series it is: "the 78th session", "COP27".
_EDITION = re.compile(r"\b(?:(?:19|20)\d\d|\d+(?:st|nd|rd|th)|\d\d)\b", re.IGNORECASE)


class Gathering(NamedTuple):
    """A gathering: its name ("" where none is printed), which body met (or None), and what only describes it."""

    name: str
    body: str | None
    description: str

    def same(self, other: "Gathering") -> bool:
        """Whether both can be one gathering: one name, and neither another body nor another edition."""
        return (
            self.name == other.name
            and (self.body is None or other.body is None or self.body == other.body)
            and not (self._editions - other._editions and other._editions - self._editions)
        )

    @property
    def _editions(self) -> set[str]:
        return set(_EDITION.findall(self.description.lower()))


@lru_cache(maxsize=65536)
def read(words: str) -> Gathering:
    """The gathering that words name; one that is not known goes by its own words, folded."""
    rest = words
    name = None
    for known, expression in _NAMES:
        if expression.search(rest):
            name, rest = name or known, expression.sub(" ", rest)
    body = None
    for known, expression in _BODIES:
        if expression.search(rest):
            body, rest = body or known, expression.sub(" ", rest)
    description = " ".join(_PLAIN.sub(" ", rest).split())
    if name:
        return Gathering(name, body, description)
    own = " ".join(_EDITION.sub(" ", description).split())
    return Gathering(own.lower(), body, " ".join(_EDITION.findall(description)))
