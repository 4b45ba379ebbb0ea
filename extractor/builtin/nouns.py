"""Nouns: what English news calls a meeting, with the words before it, and which meetings are none of diplomacy."""

import re

from extractor.builtin.grammar import pattern

_DETERMINER = (
    r"(?:the|a|an|their|this|that|its|his|her|our|another|separate|today[’']s|[{D}{P}{C}][’']s?|"
    r"[^\W\d_]{1,30}[’']s)"
)
_NO_MODIFIER = (
    r"(?!(?:and|or|of|with|in|on|to|at|for|that|this|the|their|said|held|after|before|since|is|are|"
    r"was|were|be|during|"
    r"following|calling|through|over|as|from|into|by|a|an|had|has|have|having|between|prior|met|hold|holds|"
    r"holding|host|hosts|hosted|hosting|"
    r"convened?|conduct|conducted|attend|attended|begin|began|join|joined|chaired|led|resumed?|opened|"
    r"concluded|will|would|may|can|"
    r"seek|agreed|discussed|made|placed|not|also)\b)"
)
_MODIFIERS = rf"(?:{_NO_MODIFIER}[\w’'-]{{1,30}} ){{0,6}}?"
NOUN = pattern(
    rf"(?<![\w’'-])(?:{_DETERMINER} )?(?:{{D}} )?(?P<before>(?:{{RUN}}[’']?[ "
    rf"-])?{_MODIFIERS})\b(?:mini-)?(?P<noun>{{NOUN}})(?![\w-])"
)
NOT_DIPLOMATIC = re.compile(
    r"\b(?:cabinet|board|news|press|shareholders?|party|committee|parliament\w*|budget|town hall|"
    r"plenary|council|team|staff|emergency|"
    r"annual general|editorial|business|mass|prayer|family|coordination|campaign|prep|training|trading|"
    r"photo)[’'s]* (?:next |last )?$",
    re.IGNORECASE,
)
OF_A_HOUSE = pattern(
    r"^ of (?:the )?(?:(?:{C}(?:[’']s)?|[\w’-]{1,20}) ){0,2}?"
    r"(?:parliament|assembly|congress|senate|legislature|court|house)\b"
)
"""What follows a "session" of those who make laws or judge by them."""
IN_GENERAL = re.compile(r"(?:an? )?\w+ (?:is|isn[’']t)(?: not| never| only| merely)? an? ", re.IGNORECASE)
"""What is said of any meeting: "a meeting is not a favour"."""
GOES_ON = re.compile(
    r"^ (?:(?:is|are|was|were) (?:expected|due|scheduled|set|likely) to|will|would) "
    r"(?:end|conclude|wrap up|finish|close|run|last)\b",
    re.IGNORECASE,
)
"""What is still to come of talks that have begun: their end, and no other meeting."""
MEAL = pattern("{MEAL}")
"""Meals, which are meetings only where two are told to have spoken at one."""
ANOTHER_ONE = re.compile(r"(?:those|first|second|third|fourth|last|previous|latest|one)\b", re.IGNORECASE)
"""Heads of a mention without a noun: "following the first in May"."""
OTHERS = re.compile(r"\b(?:last time|next)\b", re.IGNORECASE)
_UNDER_WAY = re.compile(r"\b(?:are|is|were|was|be) (?:also |now |currently )?$", re.IGNORECASE)
_OPENS = re.compile(r" (?:in|on|at)\b")
_MEETS_WHOM = pattern(r" (?:the |his |her )?[{P}{C}]")


def as_verb(head: str, after: str) -> bool:
    """Whether "meeting" is no noun: "are meeting in", "Meeting in the city, they", "after meeting Doe"."""
    return bool(_UNDER_WAY.search(head) or (not head and _OPENS.match(after)) or _MEETS_WHOM.match(after))
