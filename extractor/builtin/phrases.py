"""The phrases in which English news tells that people meet: nouns, verbs, subjects, objects."""

import re

from extractor.builtin.grammar import pattern

_DETERMINER = (
    r"(?:the|a|an|their|this|that|its|his|her|our|another|separate|today[’']s|[{D}{P}{C}][’']s?|"
    r"[^\W\d_]{1,30}[’']s)"
)
_NO_MODIFIER = (
    r"(?!(?:and|or|of|with|in|on|to|at|for|that|this|the|their|said|held|after|before|since|is|are|"
    r"was|were|be|during|"
    r"following|calling|through|as|from|into|by|a|an|had|has|have|having|between|prior|met|hold|holds|"
    r"holding|host|hosts|hosted|hosting|"
    r"convened?|conduct|conducted|attend|attended|begin|began|join|joined|chaired|led|resumed?|opened|"
    r"concluded|will|would|may|can|"
    r"seek|agreed|discussed|not|also)\b)"
)
_MODIFIERS = rf"(?:{_NO_MODIFIER}[\w’'-]{{1,30}} ){{0,6}}?"
NOUN = pattern(
    rf"(?<![\w’'-])(?:{_DETERMINER} )?(?P<before>(?:{{RUN}}[’']?[ " rf"-])?{_MODIFIERS})\b(?P<noun>{{NOUN}})(?![\w-])"
)
NOT_DIPLOMATIC = re.compile(
    r"\b(?:cabinet|board|news|press|shareholders?|party|committee|parliament\w*|budget|town hall|"
    r"plenary|council|team|staff|emergency|"
    r"annual general|editorial|business|mass|prayer|family|coordination|campaign|prep)[’'s]* $",
    re.IGNORECASE,
)
_VERBS = "|".join(
    (
        r"(?P<meet>met|meets?|meeting(?= with| on the| in {L}))",
        r"(?P<sit>sat down|sitting down|huddled|conferred|consulted|engaged|held a discussion)",
        r"(?P<speak>spoke|speaks?|spoken|speaking|talked)",
        r"(?P<gather>gathered|convened|came together|come together|got together|assembled|reconvened)",
        r"(?P<receive>received|receives?|hosted|hosts?|hosting|welcomed|welcomes?|welcoming|"
        r"joined(?: with| by)?|paid (?:a |an )?(?:\w+ )?(?:call|visit) (?:on|to)|called on|calls on|"
        r"called|telephoned|phoned|rang|(?:was|were) (?:warmly )?(?:received|hosted|welcomed) by)",
    )
)
VERB = pattern(
    rf"\b(?P<verb>{_VERBS})\b(?! (?:a|the) (?:deadline|criteria|need|requirement|demand|target|"
    r"challenge|goal|standard))"
)
HOLD = pattern(
    r"\b(?:held|holds?|holding|convened?|hosted|hosts?|hosting|had|has|have|having|conducted|"
    r"concluded|attended|wrapped up|began|begin|opened|"
    r"organi[sz]ed|joined|participated in|participate in|took part in|(?:co-)?chaired|led|resumed|"
    r"completed|kicked off|started|entered|launched|"
    r"exchanged|finished|attend|join|conduct|went into|received|cancell?ed|cancels|postponed|"
    r"called off|scrapped) (?:a |an |the |their |its |his |her |another |"
    r"separate |{C} )?$"
)
_ADVERB = (
    r"who|also|then|later|again|last|first|on|both|have|has|had|will|would|are|is|to|were|was|be|been|"
    r"set|expected|scheduled|due|previously|"
    r"separately|jointly|recently|plans?|planned|each|earlier|briefly|virtually|not|did|could|may|"
    r"might|should|formally|personally|"
    r"warmly|here|in turn|subsequently|privately|going|slated|further|today|tonight|{D}|in {L}"
)
_HOW = (
    rf"(?P<how>(?:[’'](?:ll|s|ve|d|re))?(?: \([^()]{{0,60}}\))?(?:,[^,“\"]{{0,90}},|"
    rf",)?(?: (?:{_ADVERB})){{0,7}} )$"
)
_OFFICIAL = (
    r"(?:the |a )?(?:\w+ ){0,2}(?:minister|president|secretary|premier|envoy|ambassador|official|"
    r"diplomat|chancellor|advis[eo]r|leader|chief|"
    r"vice president|king|emir)"
)
LAST_ONE = re.compile(rf"(?:he|she|{_OFFICIAL})", re.IGNORECASE)
_WHO = (
    r"(?P<who>{P},? and (?:his|her|their) (?:\w+ )?(?:{C} )?counterparts?(?: from (?:the )?{C})?|"
    r"{PEOPLE}(?:(?:, | and |, and )(?:the )?{C})*|(?:the )?{GROUP} (?:of|from) (?:both )?(?:the )?{RUN}|"
    r"\b(?:an? |the )?(?:[\w-]+ ){0,2}{C} (?:[\w-]+ )?(?:delegation|team|mission)(?:,? (?:led|"
    r"headed) by [^“.;]{0,80}?)?,?|"
    r"(?:the )?{RUN}(?: {GROUP})?|{ALL}|\b(?:he|she|we)\b|\bthe (?:\w+ )?(?:minister|president|"
    r"secretary|premier|envoy|ambassador|chancellor)\b)"
)
SUBJECT = pattern(_WHO + _HOW)
AROUND = pattern(r"(?P<who>{PEOPLE}) (?:before|after|during|at|in|following|ahead of|for|on)(?: the| a| their)? $")
_JOIN = r"(?:,? and (?:the |his |her |their )?|, (?:the )?|[-–—/]| as well as (?:the )?|,? along with (?:the )?)"
_THE = r"(?:(?:the|a|an|visiting|his|her|their|new|senior|top|outgoing|incoming|both) ){0,3}"
_ONE = (
    r"(?:{P}|{C}|(?:(?:foreign |prime |defen[cs]e )?ministers?|presidents?|leaders?|premier|king|emir|"
    r"chancellor) of (?:the )?{C})"
)
_MIXED = rf"{_THE}{_ONE}(?:[’']s?)?(?:{_JOIN}{_ONE})*"
_OBJECT = "|".join(
    (
        r"(?:his|her|their|its) (?:\w+ )?{RUN} counterparts?(?:,? {PEOPLE})?",
        r"(?:his|her|their) (?:\w+ )?counterparts? (?:from|of|in) (?:the )?{RUN}",
        r"(?:his|her|their) (?:\w+ ){0,3}?counterparts?,? {PEOPLE}",
        rf"{_THE}(?:\w+ )?(?:{{GROUP}}|\w+ delegation) (?:\w+ by {{P}} )?(?:of|from|for) (?:both )?(?:the )?{{RUN}}",
        r"(?:the )?{RUN} {GROUP}",
        r"(?:the )?{GROUP} of {ALL}",
        _MIXED,
        r"{ALL}",
        r"(?:him|her|us)\b",
    )
)
_OBJECT = f"(?P<whom>{_OBJECT})"
_ASIDE = (
    r"(?:,? (?:and )?(?:(?:earlier |later )?{D}|on {D}|today|virtually|again|separately|bilaterally|individually|"
    r"here|together|in person|briefly|"
    r"(?:by|via|over|on) (?:the )?(?:phone|telephone|video(?:[ -]?conference)?(?: link)?|secure line)|"
    r"in (?:the )?(?:{C} )?(?:\w+ ){0,2}?{L}(?:, {C},?)?|"
    r"on the (?:sidelines|margins|fringes) of (?:the )?{E})){0,4}"
)
WITH = pattern(
    rf"^(?:{_ASIDE},? (?:with|between|of|among|involving|to|from|alongside|by) (?:both )?|"
    rf"(?: also)? (?:included|includes|brought together|was attended by|attended by|featured):? |"
    r",? (?:in|at|during) which )" + _OBJECT
)
BARE_OBJECT = pattern(r"^ " + _OBJECT)
GUEST = pattern(r"^(?:,? (?:on )?{D},?| here| (?:in|at) [^,.;“\"{P}]{3,60}?,?){0,3} " + _OBJECT)
GUESTS = pattern(r"{P}|\b{GROUP} of (?:the )?{C}")
TOOK_PART = pattern(r"^[^,“]{0,90}?, " + _WHO)
LEADING = re.compile(r"^(?:— |[A-Z ]{1,30}— )?(?:In|During|At|Following|After)\b[^,]{0,40}$")
DURING = re.compile(
    r"\b(?:in|during|after|following|at|before|ahead of|on|for|through)(?: an?| the| his| her|" r" their)? $",
    re.IGNORECASE,
)
IN_THE_COURSE_OF = re.compile(
    r"\b(?:in|during|after|following|at|for)(?: (?:an?|the|their|more|than|over|nearly|about|almost|"
    r"around|some|of|[\w-]+ (?:hours?|minutes?|days?|rounds?))){0,6} $",
    re.IGNORECASE,
)
BOTH = pattern(r"^(?:[^“”\"]{0,60}?[—–:-] ?)?(?:{D}, )?(?P<who>{P}(?:{C})?(?:, |,? and (?:the )?){P})")
OWN = pattern(r"(?P<who>{RUN})[’']?[ -]?$|(?P<one>{PEOPLE})[’']s? $")
FOR_TALKS = pattern(
    r"^[^.;“]{0,80}?\bfor (?:\w+ ){0,5}?(?:talks|meetings?|discussions?|summit|consultations|"
    r"negotiations|dialogue)\b"
)
CALLED_NAMES = re.compile(r"^ (?:an?|the|for|to|it|him|her|that|out|into)\b|^[’'“\"]| [“\"]")
ACTS_ON_PAPER = re.compile(r"^ (?:the |a )?(?:letter|credentials|message|award|invitation|report)", re.IGNORECASE)
IF = re.compile(r"^[^.;]{0,150}? if\b")
SEPARATE = re.compile(r"\b(?:separate(?:ly)?|bilateral|one-on-one|ahead of the|also (?:held|met))\b", re.IGNORECASE)
SIZES = (
    (2, re.compile(r"\b(?:bilateral|two-way|the two|both|the pair)\b", re.IGNORECASE)),
    (3, re.compile(r"\b(?:trilateral|three-way|three-nation|the three|the trio)\b", re.IGNORECASE)),
    (4, re.compile(r"\b(?:four-way|quadrilateral|the four|quad)\b", re.IGNORECASE)),
)
FORMATS = re.compile(
    r"\b(?:in person|face-to-face|(?:by|over the|on the) (?:phone|telephone|video)(?: ?conference| call| link)?|"
    r"(?:tele)?phone (?:call|conversation|talks)|telephonic (?:call|conversation)|"
    r"video-? ?(?:conference|call|link)|virtual(?:ly)?|tele-?conference|online|secure call|phoned|"
    r"telephoned|call(?= with| between|\b.{0,30} with))\b",
    re.IGNORECASE,
)
OTHERS = re.compile(r"\b(?:last time|next)\b", re.IGNORECASE)
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
    r"^[^.;“]{0,200}?\b(?:for|in|during|at|on|holding|held|hold|to hold) (?:{_MODIFIERS})?$".replace(
        "{_MODIFIERS}", r"[\w -]{0,40}"
    )
)
ALSO = re.compile(r"\b(?:and|before|to|,) (?:also |then |later |will |would |is |to |be |was |have |had )*$")
SUBJECT_PRONOUN = re.compile(r"\b(?:he|she)(?:[’']ll)?\b", re.IGNORECASE)
BY_MEANS_OF = re.compile(r"\b(?:by|via) (?:an? )?$", re.IGNORECASE)
