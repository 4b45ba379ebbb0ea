"""The phrases in which English news tells that people meet: verbs, subjects, objects."""

import re

from extractor.builtin.grammar import pattern

SIGNED = r"signed|inked|initial+ed"
_VERBS = "|".join(
    (
        r"(?P<meet>met|meets?|(?:(?<=after )|(?<=before ))meeting(?= (?:the |his |her )?[{P}{C}])|"
        r"meeting(?= with| on the| in {L}))",
        r"(?P<sit>(?:sat|sits?|sitting) down|dined|lunched|huddled|conferred|consulted|engaged|held a discussion)",
        r"(?P<speak>spoke|speaks?|spoken|speaking|talked|spent (?:[\w-]+ ){1,6}on the (?:tele)?phone)",
        r"(?P<gather>gathered|convened|came together|come together|got together|assembled|"
        r"c[ao]me face to face|(?:re)?convenes?|sat(?= in {L}(?:, {C})?,? (?:from )?{D})|"
        r"gathers?(?= (?:in|at|on|again))|(?:saw|seen) each other|"
        r"sat (?:down )?(?:(?:at|around|in) (?:the same|one) (?:table|room)|together)|reconvened)",
        r"(?P<receive>received|receives?|hosted|hosts?|hosting|welcomed|welcomes?|welcoming|"
        r"joined(?: with| by)?|(?:paid|pays?|paying) (?:a |an )?(?:\w+ )?(?:call|visit) (?:on|to)|call(?:s|ed) on|"
        r"(?<=will )call on|receiving|visit(?:s|ed)(?= {P}(?![’']))|"
        r"(?:gave|gives|granted|grants) an audience(?:,? (?:{D}|here),?)? to|"
        r"called|telephoned|phoned|rang|(?:was|were|is|are|be|been|being) "
        r"(?:(?:also|later|then|earlier|warmly|(?:on )?{D}) ){0,3}(?:received|hosted|welcomed|(?:tele)?phoned) by)",
        r"(?P<saw>saw|(?:went|came) to see|(?:had|has|have) (?:also )?seen|(?:will|[’']ll|to) (?:also )?see|sees|be "
        r"seeing|is seeing)",
        r"(?P<discuss>discussed|discusses|reviewed|reviews|exchanged views|exchanges views)",
        r"(?P<told>told|assured|informed|briefed|urged|thanked)(?= [^.;“”\"]{1,80}? (?:by|over|on) (?:the )?"
        r"(?:tele)?phone\b)",
        rf"(?P<sign>{SIGNED})",
    )
)
VERB = pattern(
    rf"\b(?P<verb>{_VERBS})\b(?! (?:a|the) (?:deadline|criteria|need|requirement|demand|target|"
    r"challenge|goal|standard))"
)
HOLD = pattern(
    r"\b(?:held|holds?|holding|convened?|hosted|hosts?|hosting|had|has|have|having|conducted|"
    r"concluded|attended|wrapped up|began|begin|opened|"
    r"organi[sz]ed|joined|placed|made|participated in|participate in|(?:took|take|taking) part(?: in)?|attending|"
    r"pull(?:ed|s) out of|withdr[ae]wn? from|boycott(?:ed|s)|(?:co-)?chaired|led|resumed?|"
    r"(?:start|begin|open|kick off|conclude)(?:s|ed)? with|began with|completed|kicked off|started|entered|launched|"
    r"exchanged|finished|do|does|did|attend|join|conduct|went into|received|cancell?ed|cancels|postponed|"
    r"called off|scrapped) (?:(?:{D}|here|in {L}(?:, {C})?),? ){0,2}(?:a |an |the |their |its |his |her |another |"
    r"separate |{C} |{D}[’']s )?(?:bilateral and |trilateral and )?"
    r"(?:(?:[\w-]{1,12} ){0,2}(?:days?|rounds?|hours?|series) of (?:\w{1,12} )?)?$"
)
_OFFICER = (
    r"(?:[\w-]{1,20} ){0,3}?(?:ministers?|presidents?|leaders?|premier|king|emir|chancellor|secretary|ambassador|envoy|"
    r"advis[eo]r|chief|chairman|commissioner|representative|sultan|crown prince)"
    r"(?: (?:for|of) (?:the )?(?:foreign|external|defen[cs]e|national|home|economic|european|finance|trade)"
    r"(?: (?:and )?\w{1,20}){0,4}?)?"
)
_ADVERB = (
    r"who|which|also|then|later|again|last|first|on|both|have|has|had|will|would|are|is|to|were|was|be|been|"
    r"set|expected|scheduled|due|previously|"
    r"separately|jointly|recently|plans?|planned|each|earlier|briefly|virtually|not|did|could|may|"
    r"might|should|formally|personally|"
    r"warmly|here|in turn|subsequently|privately|going|slated|further|today|tonight|intends?|"
    r"hopes?|agreed|wants?|continued|just|am|delighted|pleased|happy|honou?red|glad|{DAY}|in {L}"
)
_HOW = (
    rf"(?P<how>(?:[’'](?:ll|s|ve|d|re))?(?: \([^()]{{0,60}}\))?(?:,[^,“\"]{{0,90}}(?:,[^,“\"]{{0,50}}){{0,2}},|"
    rf",)?(?: (?:{_ADVERB})){{0,7}} )$"
)
_OFFICIAL = (
    r"(?:the |a )?(?:\w+ ){0,2}(?:minister|president|secretary|premier|envoy|ambassador|official|"
    r"diplomat|chancellor|advis[eo]r|leader|chief|"
    r"vice president|king|emir|sultan|prince|general|commander|head of (?:state|government))(?:-elect)?"
)
ASIDE = re.compile(r"^, (?:who|which|whose)\b[^“\"]*, (?!and\b)")
"""What is told of a subject in passing, before its verb."""
UNNAMED = pattern(r"^(?:[^“”\"]{0,40}[—–:-] ?)?(?:the )?(?P<who>{C}(?:[’']s)? " + _OFFICER + r")\b")
"""A subject that is known by country and office alone: "Kenya's president"."""
OFFICE_ALONE = pattern(
    r"^(?:[^“”\"{P}]{0,30}: )?\W*(?:(?:And|But|So|Also|Then|First|Later|Earlier),? )?(?:(?:on )?{DAY},? )?(?P<who>the "
    r"(?:\w+ ){0,2}?(?:minister|president|secretary|premier|chancellor|prince|king|emir|sultan|chairman|envoy|"
    r"ambassador))(?= (?-i:[a-z]))(?! (?:of|and|or|for)\b)"
)
"""A sentence's subject that is an office without a name or a country: "The President telephoned"."""
LAST_ONE = re.compile(
    rf"(?:he|she|{_OFFICIAL}(?: of the (?:Republic|Union|Federation|Council)\b.{{0,60}})?)", re.IGNORECASE
)
_WHO = (
    r"(?P<who>(?:the )?{RUN} {GROUP},? and (?:the )?{PEOPLE}|(?:the )?{RUN} {GROUP},? and their {RUN} {PEERS}|"
    r"{P},? and (?:his|her|their) (?:\w+ )?(?:{RUN} )?{PEERS}(?: from (?:the )?{C})?|"
    r"{PEOPLE}(?:(?:, | and |, and )(?:the )?{C})*|"
    r"(?:the )?{P} and (?:the )?{GROUP} of (?:the )?{RUN}|(?:the )?{GROUP} (?:of|from) (?:both )?(?:the )?{RUN}|"
    r"\b(?:an? |the )?(?:[\w-]+ ){0,2}{C} (?:[\w-]+ )?(?:delegation|team|mission)(?:,? (?:led|"
    r"headed) by [^“.;]{0,80}?)?,?|(?:the )?{RUN}(?: {GROUP})?|(?:\bthe |\ban? )?{C}(?:[’']s)? "
    + _OFFICER
    + r"|\b(?:the|their|an?) (?:{RUN} )?(?:[\w’-]+ ){0,4}?(?:joint|mixed|bilateral|contact|working|border|liaison|"
    r"permanent) (?:[\w-]+ ){0,3}?(?:commission|committee|group|mechanism|council|body)"
    r"(?: of {ALL}|(?: (?:for|on|of|and|the|(?-i:[A-Z])[\w-]*))+)?|"
    r"(?:the )?{GROUP} (?:of|from|on) {ALL}|\btheir {GROUP}|{ALL}|\b(?:he|she|we(?!,)|I)\b|^{P}, {P}(?= [a-z])|"
    r"\b(?:the|its) (?:\w+ )?(?:minister|president|"
    r"secretary|premier|envoy|ambassador|chancellor|king|emir|sultan|prince|general|"
    r"head of (?:state|government))(?:-elect|-designate)?\b)"
)
SUBJECT = pattern(_WHO + _HOW)
AROUND = pattern(r"(?P<who>{PEOPLE}) (?:before|after|during|at|in|following|ahead of|for|on)(?: the| a| their)? $")
_JOIN = (
    r"(?:,? and (?:of |with )?(?:the |his |her |their )?|, (?:the )?|[-–—/]| as well as (?:with )?(?:the )?|"
    r",? along with (?:the )?|,? and,? in an?(?:other)? separate (?:call|meeting),? with (?:the )?)"
)
_THE = (
    r"(?:(?:his|her|their) (?:[\w-]{1,20},? ){1,4}?(?={P})|(?:(?:the|a|an|visiting|his|her|their|"
    r"new|senior|top|outgoing|incoming|both) ){0,3})"
)
_ONE = (
    r"(?:{P}\.?(?: (?:of|from) (?:the )?{C})?|{C}(?:[’']s)?(?: (?!and\b|or\b|with\b|in\b|on\b|"
    r"to\b|for\b|at\b|after\b)[\w.]{1,20}){1,8} {P}|"
    rf"{{C}}(?:[’']s)? {_OFFICER}(?! ?{{P}})\b|{{C}}|{_OFFICER} (?:of|from) (?:the )?"
    rf"(?:[a-z]{{1,15}} ){{0,2}}?(?:Kingdom of |State of |Republic of )?{{C}}"
    rf"(?:(?:, | |,? \()?(?:[A-Z]\w{{1,12}}\.? ){{0,3}}{{P}})?)"
)
_MIXED = rf"{_THE}{_ONE}(?:[’']s?)?(?:{_JOIN}{_ONE})*"
_OBJECT = "|".join(
    (
        r"(?:his|her|their|its) (?:\w+ )?{RUN} {PEERS}(?:,? {PEOPLE})?",
        r"(?:his|her|their) (?:\w+ )?counterparts? (?:from|of|in) (?:the )?{RUN}",
        r"(?:both )?(?:of )?(?:his|her|their) (?:\w+ ){0,3}?counterparts?,? {PEOPLE}",
        rf"{_THE}(?:\w+ )?(?:{{GROUP}}|\w+ delegation) (?:\w+ by {{P}} )?(?:of|from|for) (?:both )?(?:the )?{{RUN}}",
        r"(?:the )?{RUN} {GROUP}",
        r"(?:the )?{GROUP} of {ALL}",
        _MIXED,
        r"{ALL}",
        r"(?:his|her|their) (?:\w+ )?counterparts\b",
        r"each of (?:the |his |her |these )?(?:two|three|four|other)? ?\w+",
        r"(?:him|her|us)\b",
    )
)
_OBJECT = f"(?P<whom>{_OBJECT})"
WHOM = _OBJECT
"""With whom somebody meets, or by whom it is done, in the group `whom`."""
_ASIDE = (
    r"(?:,? (?:and )?(?:(?:earlier |later |late |early )?(?:on )?{DAY}|for (?:\w+ ){1,4}?(?:hours?|minutes)|"
    r"over (?:an? )?(?:\w+ )?(?:{MEAL}|coffee|tea)|today|virtually|again|separately|bilaterally|individually|"
    r"here|there|together|in person|briefly|"
    r"(?:by|via|over|on) (?:the )?(?:phone|telephone|video(?:[ -]?conference)?(?: link)?|secure line)|"
    r"\([^()]{1,40}\)|at (?:the |his |her )?[^,.;“”\"(){P}]{3,50}?(?=,| (?:with|between|to|in)\b)|"
    r"in (?:the )?(?:{C} )?(?:\w+ ){0,2}?{L}(?:, {C},?)?|in \w{1,10} (?:hours|days|weeks|months|years)|"
    r"on the (?:sidelines|margins|fringes) of (?:the )?{E})){0,4}"
)
WITH = pattern(
    rf"^(?:(?: that)? (?P<rel>he|she|they|we|I|{{PEOPLE}}) (?:had |has |have )?(?:held|had|"
    rf"hosted) (?:{{D}} )?with | of (?P<of>{{PEOPLE}}|(?:the )?{{C}}) with |"
    rf"(?: (?:(?:was|were|is|are|will be) (?:also |being )?held|took place|takes? place|will take place))?"
    rf"{_ASIDE},? (?:with|between|of|among|involving|to|from|alongside|by) (?:both )?|"
    rf"(?: also)? (?:included|includes|brought together|was attended by|attended by|featured):? |"
    rf",? (?:which (?:was|were) )?(?:co-)?(?:led|headed|chaired) by (?:both )?|"
    r",? (?:in|at|during) which )" + _OBJECT
)
ON_A_MATTER = pattern(rf"^{_ASIDE}(?: (?:to (?:discuss|talk|negotiate|review|settle|try)|over|about|on|for)\b|[.;])")
"""What follows a pair that sat down with each other."""
IN_HONOUR_OF = pattern(r"^ (?:here )?(?:for|in honou?r of) (?:(?:his|her|their|visiting|the) ){0,3}(?P<whom>{PEOPLE})")
"""The guest of a meal that somebody gives, by name: meals are given for whole communities too."""
BARE_OBJECT = pattern(r"^ " + _OBJECT)
GUEST = pattern(
    r"^(?:,? (?:on )?{DAY},?| here| in audience| (?:in|on) the (?:morning|afternoon|"
    r"evening)(?: of (?:this )?{D})?| (?:in|at) [^,.;“\"{P}]{3,60}?,?){0,3} " + _OBJECT
)
NO_PARTNER = re.compile(r"\b(?:between|of|among|by|from) (?:the )?$", re.IGNORECASE)
"""What leads from "spoke" to others than those who are spoken with."""
DISCUSSED_WITH = pattern(
    r"^[^.;“”\"]{0,120}? with (?P<whom>" + _MIXED + r"|(?:his|her|their|its) (?:\w+ )?{RUN} {PEERS}"
    r"(?:,? {PEOPLE})?|(?:his|her|their) (?:\w+ )?counterparts? (?:from|of|in) (?:the )?{RUN})"
)
TOLD_BY_WIRE = pattern(rf"^ (?:the )?(?P<whom>{_MIXED}) (?:by|over|on) (?:the )?(?:tele)?phone\b")
SEEN = pattern(r"^ (?:the )?(?P<whom>" + _MIXED + r")(?! (?:as|off|\w+ing|\w+ed|do|make|take|go)\b)")
STILL_OF = pattern(r"^[^{P}]{0,200}?\b(?-i:[Hh]e|[Hh]im|his|His|[Ss]he)\b")
"""A sentence with such a pronoun before any name is still about whom the one before was."""
OF_BEFORE = re.compile(r"\W*(?:He|She)\b")
GUESTS = pattern(r"{P}|\b{GROUP} of (?:the )?{C}|{C}(?:[’']s)? " + _OFFICER + r"\b")
OFFICIAL = re.compile(r"\b(?:minister|president|leader|premier|king|emir|sultan|chancellor|secretary|envoy)\b", re.I)
HOST = re.compile(r"\bcall|receiv|welcom", re.IGNORECASE)
"""Verbs of a guest and the host."""
WHERE = pattern(
    r"^(?:(?!summit|meeting|talks|session)[^.;“”\"]){0,120}?,? (?:where|at which|"
    r"in which) (?P<who>{PEOPLE}(?:, {C}[’']s [^,.]{3,40} and {P})?)"
)
TOOK_PART = pattern(
    r"^[^,“]{0,90}?, " + _WHO + r"(?: (?:told|assured|urged|informed|briefed|asked|thanked) (?P<heard>{P}))?"
)
LEADING = re.compile(
    r"^(?:[^a-z“”]{0,40}[—–] )?(?:(?:Later|Earlier|Then|Afterwards|Separately),? )?(?:(?i:in|during|"
    r"at|over|following|after))\b[^,]{0,40}$"
)
DURING = re.compile(
    r"\b(?:in|from|during|after|following|at|before|ahead of|on|for|through)(?: an?| the| his| her|" r" their)? $",
    re.IGNORECASE,
)
IN_THE_COURSE_OF = re.compile(
    r"\b(?:in|from|during|after|following|at|for|over)(?: (?:an?|the|their|more|than|over|nearly|about|almost|"
    r"around|some|of|[\w-]+ (?:hours?|minutes?|days?|rounds?))){0,6} $",
    re.IGNORECASE,
)
BOTH = pattern(
    r"^(?:[^“”\"]{0,60}?[—–:-] ?)?(?:{D}, )?"
    r"(?P<who>{P}(?:{C})?(?:(?:, (?:the )?{P}){0,6},? and (?:the |his |her |their )?|, |"
    r" (?:told|assured|urged|informed|briefed|asked|thanked|warned) (?:his |her )?){P}(?: and {P})?|"
    r"(?:the )?{GROUP} of (?:the )?{RUN}|"
    r"(?:the )?{C} and (?:the )?{C}|(?:the )?(?:two|three|four) (?:countries|nations|sides|leaders|ministers))"
)
OWN = pattern(r"(?P<who>{RUN})[’']?[ -]?$|(?P<one>{PEOPLE})[’']s? $")
FOR_TALKS = pattern(
    r"^[^.;“]{0,80}?\bfor (?:[\w’'-]{1,20} ){0,5}?(?:talks|meetings?|discussions?|summit|consultations|"
    r"negotiations|dialogue|lunch|luncheon|dinner|breakfast)\b|"
    r"^ (?:here )?(?:to|at) (?:the )?(?:{O}|(?:\w+ ){1,3}(?-i:House|Palace)\b)"
)
CALLED_NAMES = re.compile(r"^ (?:an?|the|for|to|it|him|her|that|out|into)\b|^[’'“\"]| [“\"]")
ACTS_ON_PAPER = re.compile(r"^ (?:the |a )?(?:letter|credentials|message|award|invitation|report)", re.IGNORECASE)
IF = re.compile(r"^[^.;]{0,150}? if\b")
SEPARATE = re.compile(r"\b(?:separate(?:ly)?|bilateral|one-on-one|ahead of the|also (?:held|met))\b", re.IGNORECASE)
SIZES = (
    (2, re.compile(r"\b(?:bilateral|two-way|the two|both|the pair)\b", re.IGNORECASE)),
    (3, re.compile(r"\b(?:trilateral|tripartite|three-way|three-nation|the three|the trio)\b", re.IGNORECASE)),
    (4, re.compile(r"\b(?:four-way|quadrilateral|the four|quad)\b", re.IGNORECASE)),
)
FORMATS = re.compile(
    r"\b(?:in person|face-to-face|(?:by|over the|on the) (?:phone|telephone|video)(?: ?conference| call| link)?|"
    r"(?:tele)?phone (?:calls?|conversations?|talks)|telephonic (?:calls?|conversations?)|"
    r"video-? ?(?:conference|call|link)|virtual(?:ly)?|tele-?conference|online|secure call|phoned|"
    r"telephoned|(?<!courtesy )(?<!paid a )call(?= (?:to|from)\b)|call(?= with| between|\b.{0,30} with))\b",
    re.IGNORECASE,
)
CALLED = re.compile(r"called|rang", re.IGNORECASE)
APART = re.compile(r"\b(?:separately|one-on-one|t[êe]te-[àa]-t[êe]te|alone|privately)\b", re.IGNORECASE)
BOTH_WAYS = re.compile(r"\bbilateral and trilateral\b|\btrilateral and bilateral\b", re.IGNORECASE)
EACH = re.compile(r"\beach of (?:the )?(?:two|three|four|other|his|her)\b|\beach (?:leader|minister)\b", re.IGNORECASE)
GLADLY = re.compile(
    r"\b(?:had|having) (?:the|an?) (?:\w+ )?(?:opportunity|chance|honou?r|pleasure|privilege) to |"
    r"\b(?:delighted|pleased|happy|honou?red|glad|pleasure|good|great) to ",
    re.IGNORECASE,
)
"""What sounds like a plan and is none: "had the opportunity to meet"."""
BY_WIRE = re.compile(
    r"^[^.;“”\"]{0,120}?\b(?:by|over|on the|over the|in an?) (?:tele)?(?:phone|"
    r"video)(?: ?conference| call| conversation| talks)?\b|^[^.;“”\"]{0,120}?\bin a call\b",
    re.IGNORECASE,
)
EMERGED = pattern(
    r"(?:{P}[^.;“”\"{P}]{0,20}?|\b(?P<i>I)(?:[’']ve| have)?(?: just)?) "
    r"(?:emerged|c[ao]me out|c[ao]me away|returned|c[ao]me straight|come)\b[^.;“”\"{P}]{0,60}? (?:from|"
    r"of) (?:[\w-]{1,12} ){0,6}$"
)
ROSTER = pattern(
    r"^\W{0,3}(?:\d{1,2}\. )?(?:(?:On )?{D},? )?(?P<who>(?:(?-i:[A-Z])[\w.’'-]{0,30}|of|for|and|"
    r"the|both|{P}|{C}|{O}|{R}|[ ,()/&-]){3,})$"
)
"""A sentence's opening that is nothing but a list of dignitaries."""
WITH_WHOM = pattern(r"^\W{0,4}With (?:the )?" + _OBJECT)
"""An item of an agenda: "- With the foreign minister of Kenya: trade"."""
PLAIN_FORM = re.compile(
    r"(?:hold|host|meet|convene|conduct|attend|join|have|receive|do|speak|sit down|pay|call on|participate in|"
    r"take part in)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(r"\b(?:will|shall|(?:expected|scheduled|due|set|slated|going) to)\b|[’']ll\b", re.IGNORECASE)
TRAVELLED = pattern(
    r"(?P<who>{P}|{C}(?:[’']s)? (?:delegation|team|" + _OFFICER + r")|\b(?:he|she)\b)[^.;“”\"{P}]{0,40}?\b(?:been in|"
    r"(?:due|expected) in|travel|visit|arriv|flew|flies|went|is in|was in|are in|were in|"
    r"came|departs|return|heads? )[^.;“”\"{P}]{0,80}? (?:for|on) (?:[\w-]+ ){0,3}$"
)
BOUND_FOR = re.compile(
    r"\b(?:(?:will|is to|are to|(?:due|set|scheduled|expected|going) to) (?:\w+ )?(?:visit|travel|fly|go|arrive|be in)"
    r"|(?:due|expected) in)\b[^.;“”\"]{0,80} (?:for|on) [^.;,“”\"]{0,60}$",
    re.IGNORECASE,
)
"""A journey that is still ahead, up to its purpose."""
TO_COME = re.compile(r"\btomorrow\b|\bnext (?:week|month|year|spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
PREVIEW = re.compile(r"\bpreview(?:s|ed|ing)?(?: of| on| for)? (?:\S+ ){0,6}$", re.IGNORECASE)
BY_PHONE = re.compile(r"^ (?:\w+ )?(?:by|over|on|via) (?:the )?(?:tele)?(?:phone|video)", re.IGNORECASE)
NOT_SINCE = re.compile(r"[^.;]{0,60}?\b(?:since|for (?:\w+ ){1,3}years|in (?:\w+ ){1,3}years|yet)\b", re.IGNORECASE)
FOLLOWING = re.compile(r"^\W*(?:following|after|since|building on)\b[^.;]{0,60}$", re.IGNORECASE)
WITH_THE_PRESS = pattern(
    r"\bjoint press (?:conference|statements?|availability|briefing) (?:with|by|of|between) (?:the )?" + _OBJECT
)
TOGETHER = pattern(
    r"(?P<who>{PEOPLE}) (?:in|at|before|during|after) (?:an? |the |their )?joint (?:press|"
    r"news) (?:conference|availability|statements?)"
)
ONE_BY_ONE = re.compile(
    r"\b(?:bilaterally|separately|individually|one-on-one|separate|bilateral) (?:\w+ )?(?:meetings|"
    r"talks|calls|discussions)\b|\b(?:bilaterally|separately|individually) with\b",
    re.IGNORECASE,
)
FOR_A = pattern(
    r"^[^.;“]{0,200}?\b(?:for|in|during|at|on|over|holding|held|hold|to hold) (?:{_MODIFIERS})?$".replace(
        "{_MODIFIERS}", r"[\w -]{0,40}"
    )
)
ALSO = re.compile(r"\b(?:and|before|after|to|,) (?:also |then |later |will |would |is |to |be |was |have |had )*$")
SUBJECT_PRONOUN = re.compile(r"\b(?:he|she)(?:[’']ll)?\b", re.IGNORECASE)
BY_MEANS_OF = re.compile(r"\b(?:by|via) (?:an? )?$", re.IGNORECASE)
