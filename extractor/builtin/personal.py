"""Personal names: their letters, particles and courtesies, and where a name ends among other words in capitals."""

import re

# Latin letters with all their accents, by case.
_LATIN = [chr(i) for i in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))]
UPPER = "".join(c for c in _LATIN if c.isupper())
LOWER = "".join(c for c in _LATIN if c.islower()) + "ʻʼ"
_PARTICLE = (
    r"(?:bin|ibn|bint|al|el|ould|wuld|de|da|do|dos|das|di|du|la|las|los|van|von|der|den|del|della|ter|"
    r"ten|le|y|e|ag|ben|abu)"
)
# In Mongolian and Central Asian writing an initial stands against the family name: "B.Doe".
_WORD = (
    rf"(?!(?:Jr|Sr)\b)(?:[{UPPER}]\.){{0,2}}(?:(?:al|el|ad|an|as|ash|at|d|O)[-’'])?[{UPPER}](?:[{UPPER}{LOWER}-]|"
    rf"[’'‘`ʿ](?!s\b)(?=[{UPPER}{LOWER}])){{0,30}}[{LOWER}{UPPER}]"
)
_INITIALS = rf"[{UPPER}]\.(?:-?[{UPPER}]\.){{0,4}}"
NAME = rf"(?:{_WORD}|{_INITIALS})(?: (?:{_PARTICLE} ){{0,3}}(?:{_WORD}|{_INITIALS})){{0,5}}(?:,? (?:Jr|Sr)\.)?"
_COURTESIES = (
    r"Mr|Mrs|Ms|Dr|Prof|Professor|Gen|Lt|Maj|Col|Amb|Sen|Hon|Eng|Adv|Shri|Smt|H\.? ?E|HE|HRH|HH|HM|"
    r"H\.R\.H|H\.H|Their|Excellencies|Sir|Dame|"
    r"His|Her|The|Excellency|Highness|Royal|Majesty|Honou?rable|Right|Comrade|Field|Marshal|Maulana"
)
COURTESY = rf"(?:(?:{_COURTESIES})\.?,? ){{0,5}}"
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


def names(word: str) -> bool:
    """Whether a word alone can name a person."""
    return bool(trim(word))


def trim(name: str) -> str:
    """Cuts a name at the first word that belongs to none."""
    kept: list[str] = []
    for word in name.split():
        if _NOT_NAMES.fullmatch(word.rstrip(".,")) or _SHORTENED.search(word):
            break
        kept.append(word)
    while kept and (kept[-1].islower() or kept[-1] in ("His", "Her", "The")):
        kept.pop()
    trimmed = re.sub(r"[’']s?$", "", " ".join(kept)).rstrip(",")
    return "" if re.fullmatch(rf"(?:{_COURTESIES})\.?", trimmed) or len(trimmed) < 2 else trimmed
