"""The grammar of the rules: regular expressions over tagged sentences.

In a tagged sentence each person, country, city, date, gathering and
institution is one character (see `tagging`). A rule names it in braces: `{P}`
a person, `{C}` a country, `{L}` a city, `{D}` a date, `{E}` a gathering, `{O}`
an institution, `{R}` a region, and, where names are read, `{F}` an office.
The larger braces stand for lists and groups.
"""

import re

CHARACTERS = {kind: chr(0xE000 + i) for i, kind in enumerate("PCLDEORF")}
"""One character of Unicode's private use area for each kind of tag."""

_JOIN = r"(?:,? and (?:of )?(?:the |his |her |their )?|, (?:the )?| & |[-–—/]| – )"
_COUNT = r"(?:two|three|four|five|six)"
_SIDES = (
    r"(?:countries|nations|sides|leaders|ministers|officials|allies|neighbou?rs|governments|men|women|diplomats|"
    r"parties|partners|states|presidents|advis[eo]rs|capitals|delegations|counterparts|dignitaries|premiers|"
    r"chancellors|interlocutors|ministries|heads of (?:state|government)|[A-Z]{2,4}s)"
)
_ALL = "|".join(
    (
        rf"(?:the|all) {_COUNT} ?(?:\w+ )?{_SIDES}?",
        rf"both {_SIDES}",
        r"(?:the )?(?:leaders|(?:foreign |defen[cs]e |prime )?ministers|officials|diplomats|sides|presidents)",
        r"(?:the )?(?:national security )?advis[eo]rs|the (?:delegations|delegates|negotiators)",
        r"they|the trio|the pair|the duo|their predecessors",
    )
)
_GROUP_OF = (
    r"(?:(?:top|senior|chief|foreign|defen[cs]e|finance|trade|security|national security|vice|deputy|"
    r"prime|economic|"
    r"interior|energy|economy|intelligence|military|government|nuclear|special|oil|water|health|transport)[ -])*"
)
_GROUP_HEAD = (
    r"(?:(?:foreign|defen[cs]e|finance)? ?ministers|leaders|presidents|top diplomats|diplomats|officials|"
    r"foreign chiefs|(?:defen[cs]e|military|army|spy) chiefs|envoys|advis[eo]rs|secretaries|"
    r"heads of (?:state|government)|premiers|delegations|representatives|negotiators|counterparts|teams|experts)"
)
_CALL = r"(?:phone|telephone|video|conference|secure|telephonic) (?:calls?|conversations?|conference)"
_AUXILIARY = r"(?: (?:was|were|is|are|had|has|have|will|would|to|be|been|being|last|first|next|originally|now)){0,4}"
# What shows that a "round" or a "session" is one of talks: that it was held, is set for a day, or stood in a city.
_SET = (
    rf"(?=,?(?: (?:which|that))?{_AUXILIARY} (?:held|convened?|concluded|hosted|(?:took|taking|takes?) place|due|"
    rf"scheduled|set|fixed|planned|pencill?ed in|resumed?|reconvened?|sat)\b|"
    rf"{_AUXILIARY},? (?:(?:in|at) {{L}}|(?:on )?{{D}}))"
)
_NOUN = "|".join(
    (
        r"rounds? of (?:[\w-]+ ){0,2}(?:talks|negotiations|consultations|discussions|dialogue)",
        r"summit meetings?|meetings?|talks|summits?",
        _CALL,
        r"calls?(?= (?:with|between|from|to (?:\w+ ){0,3}{P}|today\b|{D}|on {D}))",
        r"tele-?conference|video-?conference|consultations|negotiations|conversations?(?= with| between)|"
        r"audience(?= with)",
        r"(?:dialogues?|sessions?|discussions)(?= (?:with|between|among|of|(?:today|{D}|on {D}) (?:with|between)))",
        r"(?<=lateral )(?:session|dialogue|discussions)",
        r"{MEAL}",
        rf"(?<=strategic )dialogue|(?:dialogue|sessions?|consultations|rounds?|editions?|iterations?){_SET}",
        r"those(?=,? (?:(?:which|that) )?(?:was |were |is |will be |to be |being )?"
        r"(?:held|convened|concluded|hosted|(?:took|taking|takes|take) place|due)\b|,? (?:in|at) {L}|,? (?:on )?{D})",
        r"(?:first|second|third|fourth|last|previous|latest)(?: one)?(?=(?: held)? in {L}(?:,? {C})?,? {D})",
        r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|next)(?: one)?(?= (?:will be|is to be) held)",
        r"next one(?=(?: (?:will|would|is to) be)?(?: held)?,? in {L})|"
        r"(?<=since )one(?=(?: held)?,? in {L}(?:, {C})?,? {D})|(?<=the )one(?= held,? in {L}(?:, {C})?,? {D})",
        r"encounters?(?= (?:with|between|in {L}))|"
        r"(?:bi|tri)laterals?(?= (?:with|between|in {L}|on the (?:sidelines|margins|fringes)))|tête-à-tête(?= with)",
    )
)
_RUN = rf"{{C}}(?:’s|'s)?(?:{_JOIN}{{C}}(?:’s|'s|’|')?)*"
_ONE = r"{P}\.?(?: (?:of|from) (?:the )?{C})?"
# A comma alone joins nobody: "After he met Doe, Roe left".
_PEOPLE = (
    rf"{_ONE}(?:(?:, (?:the )?{_ONE}){{0,8}}"
    r"(?:(?:, who\b[^,;“”{P}]{1,60})?,? and (?:the |(?:his|her|their) (?:(?:host|guest|visitor), )?)?|"
    rf" & |[-–—/]| – ){_ONE})?"
)

_PARTS = (
    ("ALL", f"(?:{_ALL})"),
    ("GROUP", f"(?:{_GROUP_OF}{_GROUP_HEAD})"),
    ("NOUN", f"(?:{_NOUN})"),
    ("RUN", f"(?:{_RUN})"),
    ("PEOPLE", f"(?:{_PEOPLE})"),
    ("DAY", r"{D}(?: (?:morning|afternoon|evening|night))?"),
    ("MEAL", r"(?:breakfast|lunch|luncheon|dinner|supper)"),
    ("PEERS", "(?:counterparts?|colleagues?|opposite numbers?|homologues?)"),
)


def pattern(expression: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Compiles a rule: braces to the characters and lists that they stand for."""
    for name, part in _PARTS:
        expression = expression.replace("{" + name + "}", part)
    for kind, char in CHARACTERS.items():
        expression = expression.replace("{" + kind + "}", char)
    return re.compile(expression, flags)
