"""Orders of words in which news writing names a person beside an office or a country: the rules of `naming`.

They are read in a marked line (see `marked`), where `{C}` is a country and
`{F}` an office.
"""

import re

from extractor.builtin.grammar import pattern
from extractor.builtin.personal import COURTESY, LOWER, NAME, UPPER

_NEW = (
    r"(?:(?:new|newly (?:elected|appointed)|top|visiting|acting|caretaker|veteran|long-?time|de facto|"
    r"own|respective) )?"
)
_S = r"(?:[’']s?)?"
_ABOUT = (
    r"(?: (?:to|for|on|in|at) (?:[Tt]he )?[{C}{R}](?:(?:,| and|, and) (?:[Tt]he )?[{C}{R}]){0,5}|"
    rf" (?:in|to|at) (?:[Tt]he )?[{UPPER}][{LOWER}]{{2,20}}(?: [{UPPER}][{LOWER}]{{2,20}})?(?=,))?"
)

_LANDS = r"{C}(?:[’']s)?(?:(?:,? and|,) (?:[Tt]he )?{C}){0,5}"

_MEETS = (
    r"(?:met|meets|received|receives|hosted|held (?:talks|a meeting|a (?:tele)?phone)|holds (?:talks|"
    r"a meeting)|spoke (?:with|by)|"
    r"had (?:an? )?(?:\w+ )?(?:telephone|phone|meeting|talks))"
)
_THE = r"(?:[Tt]he )?"
_BODY = (
    r"(?: (?:Commission|Council|Bureau|Secretariat|Assembly|Republic|Kingdom|Federation|Embassy|High Commission|"
    r"Mission|Government))?"
)
# Kenyan Foreign Minister Jane Doe; Foreign Minister (of Kenya) Jane Doe (of Kenya)
_BEFORE = (
    rf"(?:(?P<whose>{_LANDS}){_S}[ -]{_NEW})?(?P<office>{{F}})(?: (?:of|to) the {{F}}|,? (?P<then>{{F}}))?"
    rf"(?: (?:of|from) {_THE}(?P<of>{_LANDS})(?:[’']s)?{_BODY})?{_ABOUT}(?:,? (?P<next>{{F}})| \([^()]{{1,40}}\))?"
    rf"(?:, | \(|,? )?{COURTESY}(?P<name>{NAME})(?:,? (?:of|from) {_THE}(?P<from>{{C}})|,? \((?P<in>{{C}})\))?"
)
# Jane Doe, the Kenyan foreign minister; Jane Doe, Minister of Foreign Affairs of Kenya
_AFTER = (
    rf"(?:(?:His|Her) Excellency,? )?(?<![\w’'-])(?P<named>{NAME})"
    rf",? \(?(?:(?:the|who is|an?|his|her) )?(?:(?P<theirs>{{C}}){_S} )?{_NEW}"
    rf"(?P<post>{{F}})(?: (?:of|from|for) {_THE}(?P<post_of>{{C}}))?(?!,? ?{COURTESY}[{UPPER}]| {{F}})"
)
# her Kenyan counterpart, Jane Doe
_PEER = (
    rf"(?:(?P<other>{_LANDS}){_S} )?"
    r"(?P<peer>counterparts?|opposite numbers?|(?<={C} )(?:colleague|host|guest|visitor|interlocutor)s?)"
    rf"(?: (?:from|of) {_THE}(?P<other_of>{_LANDS}))?,? "
    rf"{COURTESY}(?:(?P<rank>{{F}}) )?(?P<fellow>{NAME})(?:,? (?:of|from) {_THE}(?P<fellow_of>{{C}}))?"
)
# Kenya was represented by Minister Jane Doe, Uganda by Minister John Roe
_SENT = (
    rf"(?P<sends>{{C}})(?:(?:, which [^,]{{1,60}},)? (?:[a-z]+ ){{0,4}}represented)? by (?:(?:its|the) )?"
    rf"(?P<sent_as>{{F}}) {COURTESY}(?P<sent>{NAME})"
)
# Her Excellency Jane Doe of Kenya
_EXCELLENCY = (
    rf"(?:H\.? ?E\.?|(?:His|Her) Excellency),? (?:(?:Mr|Mrs|Ms|Dr)\.? )?(?P<styled>{NAME})"
    rf"(?: of {_THE}(?P<styled_of>{{C}}))?"
)
# Jane Doe met, Jane Doe and her Kenyan counterpart: a paper or a ministry does not always name the office of its own
_PLAIN = (
    rf"(?:^|(?<=[—–:-] ))(?P<plain>{NAME})"
    rf"(?= (?:on \w+ )?{_MEETS}\b|,? and (?:his|her) (?:{{C}}(?:[’']s)? )?(?:counterpart|opposite number)\b)"
)
TITLED = pattern("|".join((_BEFORE, _AFTER, _PEER, _SENT, _EXCELLENCY, _PLAIN)), re.NOFLAG)
"""A person with an office or a country, or as the one who meets others."""
# "Kenya's Jane Doe", "Jane Doe of Kenya": people where they stand in a list with others.
OWNED = pattern(
    rf"(?P<theirs>{{C}})[’']s (?P<owned>{NAME})|(?<![\w’'-])(?P<from>{NAME}) of (?:[Tt]he )?(?P<land>{{C}})", re.NOFLAG
)
# "the presidents of Kenya, Jane Doe, and Uganda, John Roe"
EACH = pattern(
    rf"(?P<office>{{F}}) of (?:[Tt]he )?(?P<one_of>{{C}}),? \(?(?P<one>{NAME})\)?,? and (?:of )?{_THE}"
    rf"(?P<other_of>{{C}}),? \(?(?P<other>{NAME})\)?(?=[,.;]| )",
    re.NOFLAG,
)
LISTED = re.compile(r"(?:,|,? and| [-–—]+) (?:[Tt]he )?")
NO_PERSON = re.compile(
    r"\b(?:Sea|Fleet|Bank|Group|Forces?|Guard|Authority|Corp\w*|Company|Airlines|Agency|Institute|Times|Post|News|Bay|"
    r"Islands?|Valley|River|Mount|Port|Canal|Strait|Province|District|Region|Movement|Alliance|League|Front)\b"
)
# "General Jane Doe, Minister of Defence of Kenya": the office after the name says more than the rank before it.
APPOSITION = pattern(
    rf", (?:(?:the|its|his|her) )?(?:(?P<theirs>{{C}}){_S} )?{_NEW}(?P<post>{{F}})"
    rf"(?: (?:of|from|for) (?:[Tt]he )?(?P<post_of>{{C}})(?: (?:Republic|Kingdom|Federation))?|"
    rf"(?! (?:of|from|for)\b))(?!,? ?[{UPPER}])",
    re.NOFLAG,
)
RANK = re.compile(
    r"(?:.*\b)?(?:general|gen\.|admiral|adm\.|ambassador|amb\.|commander|sen\.|prince(?:ss)?)", re.IGNORECASE
)
DELEGATION = pattern(
    r".*(?P<land>{C})(?:[’']s)? (?:delegation|side|team|mission|contingent)\b[^.;“”]{0,60}\bby [^.;{C}{F}]{0,60}$",
    re.NOFLAG,
)
AND = re.compile(r",? and (?:the |its |his |her )?|, ")
# "President Doe of Kenya and his foreign minister, John Roe"
ITS_OWN = re.compile(r"\b(?:his|her|its)(?: (?:then|new|own|acting|longtime))? $")
PORTFOLIOS = tuple(
    (name, re.compile(words, re.IGNORECASE))
    for name, words in (
        ("foreign", r"foreign|external|of state"),
        ("defence", r"defen[cs]e|war\b"),
        ("finance", r"financ|treasury|economy|economic"),
        ("trade", r"trade|commerce|industry"),
        ("interior", r"interior|homeland|home\b|justice|security"),
        ("energy", r"energy|oil|water|irrigation|transport|agricultur|health"),
    )
)
PLURAL = re.compile(
    r"(?:ministers|presidents|secretaries|premiers|leaders|envoys|ambassadors|chiefs|advis[eo]rs|"
    r"directors|representatives|"
    r"generals|chancellors|negotiators|counterparts|numbers|colleagues)\b",
    re.IGNORECASE,
)
NEXT = pattern(
    rf"(?:,|,? and) {COURTESY}(?P<name>{NAME})(?:,? (?:of|from) (?:[Tt]he )?(?P<from>{{C}}))?(?! {{F}})", re.NOFLAG
)
GUEST = re.compile(r"\b(?:visiting|incoming|outgoing|newly (?:elected|appointed)) $")
PAST = re.compile(r"\b(?:former |ex-|late |then )$", re.IGNORECASE)
STYLE = re.compile(
    r"(?:\b(?:HH|HE|HM|HRH|H\. ?E\.|(?:His|Her) (?:Excellency|Highness|Majesty|Royal Highness)|Mr\.?|"
    r"Mrs\.?|Ms\.?|Dr\.?|Shri|Smt\.?),? (?:[Tt]he )?)+$"
)
INITIAL_STYLE = re.compile(r"^(?:H\. ?[EHM]\.|H\.R\.H\.) ?(?=[^\W\d_]{2})")
