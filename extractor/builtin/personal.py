"""Personal names: their letters, particles and courtesies, and where a name ends among other words in capitals."""

import re

# Latin letters with all their accents, by case.
_LATIN = [chr(i) for i in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))]
UPPER = "".join(c for c in _LATIN if c.isupper())
LOWER = "".join(c for c in _LATIN if c.islower()) + "ʻʼ"
_PARTICLE = (
    r"(?:bin|ibn|ibni|bint|binti|al|el|ul|ur|uz|ud|ould|wuld|de|da|do|dos|das|dela|di|du|la|las|los|van|von|der|den|"
    r"del|della|ter|ten|le|y|e|ag|av|af|zu|ben|abu)"
)
# Letters of honours and of a seat in parliament after a name.
_LETTERS = r"(?:MP|MLA|MEP|MHA|MSP|TD|EGH|MGH|EBS|CBS|MBS|[COMKD]BE|[KD]?CMG|GCMG|GCB|KCVO|QC|KC|SC|PhD|MD)"
HONOURS = re.compile(rf"(?:,? {_LETTERS}(?!\w))+")
# In Mongolian and Central Asian writing an initial stands against the family name: "B.Doe".
_WORD = (
    rf"(?!(?:Jr|Sr|{_LETTERS})\b)(?:[{UPPER}]\.){{0,2}}(?:(?:al|el|ad|an|as|ash|at|d|O)[-’'])?[{UPPER}](?:[{UPPER}{LOWER}-]|"
    rf"[’'‘`ʿ](?!s\b)(?=[{UPPER}{LOWER}])){{0,30}}[{LOWER}{UPPER}]"
)
# "Md." and "Mohd." shorten a name of the Prophet, "Ma." one of Our Lady: no titles.
_INITIALS = rf"(?:[{UPPER}]\.(?:-?[{UPPER}]\.){{0,4}}|(?:Md|Mohd|Muhd|Ma|St)\.)(?!\w)"
_PIECE = rf"(?:{_INITIALS}|{_WORD})"
SON_OF = re.compile("al|el|ul|bin|bint|binti|ibn|ibni|ould|wuld", re.IGNORECASE)
"""The article and the words for son and daughter in Arabic names: never a name alone, as Le and Ben are."""
NAME = rf"{_PIECE}(?: (?:{_PARTICLE} ){{0,3}}{_PIECE}){{0,5}}(?:,? (?:Jr|Sr)\.)?(?:,? {_LETTERS}(?!\w))*"
_COURTESIES = (
    r"Mr|Mrs|Ms|Dr|Prof|Professor|Gen|Lt|Maj|Brig|Col|Amb|Sen|Hon|Rt|Eng|Ing|Adv|Shri|Smt|H\.? ?E|HE|HRH|HH|HM|"
    r"H\.R\.H|H\.H|Their|Excellencies|Sir|Dame|Lord|Lady|Baroness|Begum|Sayyid|Sayyida|"
    rf"Sh(?:ei|ai|ey)kha?(?= [{UPPER}]\S+ (?:\w+ )?[{UPPER}])|"
    r"Dato[’'‘]|Datuk|Datin|Tan Sri|Tun|Toh Puan|Seri|Ustaz|Haji|Hajja|"
    r"His|Her|The|[Tt]he(?= (?:Rt|Right|Hon))|Excellency|Highness|Royal|Majesty|Serene|Honou?rable|Right|Comrade|Field|"
    r"Marshal|Maulana"
)
COURTESY = rf"(?:(?:{_COURTESIES})\.?,? (?:\((?:[Rr]td|[Rr]et(?:ired|d)?)\.?\),? )?){{0,5}}"
STYLE = re.compile(rf"^(?:(?:{_COURTESIES})\.?,? )+(?=[{UPPER}])")
"""Courtesies with which a name begins."""
_SHORTENED = re.compile(r"[’'](?:m|ll|ve|d|re|t)$")
_NOT_NAMES = re.compile(
    "the|a|an|and|of|in|on|at|for|with|to|from|by|after|before|during|monday|tuesday|wednesday|thursday|"
    "friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|"
    "december|meeting|summit|talks|state|minister|president|secretary|prime|foreign|defense|defence|he|she|"
    "they|it|his|her|their|this|that|these|in|however|meanwhile|according|department|ministry|government|"
    "council|office|house|white|joint|trilateral|bilateral|assembly|committee|conference|session|forum|staff|"
    "union|nations|agency|debate|election|elections|administration|executive|officer|affairs|security|policy|"
    "economic|cooperation|commission|parliament|congress|court|republic|kingdom|international|national|"
    "federal|general|united|today|yesterday|tomorrow|we|i|you|but|as|when|while|also|both|said|says|will|has|"
    "had|is|was|were|are|been|readout|remarks|statement|press|release|news|reuters|afp|photo|call|opening|"
    "street|air|force|army|navy|party|elect|our|my|your|its|who|what|where|why|how|there|here|held|met|city|"
    "airport|palace|hall|university|north|south|east|west|central|middle|en|route|via|aboard|holds|hold|meets|"
    "meet|discusses|discuss|receives|hosts|visits|arrives|calls|call|urges|signs|backs|says|tells|vows|warns|"
    "seeks|seek|talks|reviews|review|confer|confers|agree|agrees|stress|stresses|thanks|welcomes|attends|"
    "leads|begins|ends",
    re.IGNORECASE,
)
"""Words that stand in capitals in titles and headlines and belong to no name."""
_BODY = re.compile(
    "Committee|Council|Commission|Assembly|Conference|Department|Ministry|Agency|Union|Court|Forum|House|Palace|"
    "Airport|University|Hall|Street|Party|Bureau|Secretariat|Parliament|Republic|Kingdom"
)
"""Words that make of the ones before them the name of a body or a place."""


def names(word: str) -> bool:
    """Whether a word alone can name a person."""
    return bool(trim(word))


def trim(name: str) -> str:
    """Cuts a name at the first word that belongs to none."""
    kept: list[str] = []
    for word in HONOURS.sub("", name).split():
        # "Salim bin Said": behind such a word anything is a name.
        initial = kept and (re.fullmatch(rf"[{UPPER}]\.", word) or kept[-1] in ("bin", "bint", "ibn"))
        if _BODY.fullmatch(word.rstrip(".,")) and kept:
            return ""
        if (not initial and _NOT_NAMES.fullmatch(word.rstrip(".,"))) or _SHORTENED.search(word):
            break
        kept.append(word)
    while kept and (kept[-1].islower() or kept[-1] in ("His", "Her", "The")):
        kept.pop()
    trimmed = re.sub(r"[’']s?$", "", " ".join(kept)).rstrip(",")
    return "" if re.fullmatch(rf"(?:{_COURTESIES})\.?", trimmed) or re.fullmatch(rf"{_INITIALS}", trimmed) else trimmed
