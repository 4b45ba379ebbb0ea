"""Mentions: each place where a sentence tells of a meeting, with what stands beside it.

A mention knows only its own sentence: who is named as meeting, whether it is
told as past, held, planned or called off, and the date, place and gathering
that follow. `meetings` makes meetings of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.builtin.lexicon import GATHERING, NAMED_GATHERING, pattern
from extractor.builtin.people import Person
from extractor.builtin.tagging import Tag, Tagged


@dataclass
class Mention:
    """One mention of a meeting.

    `start`/`end` span the mention in the tagged text. `size` is the number of
    parties that the words imply ("trilateral"), `timing` one of `now`,
    `before`, `after`; `group` tells that "the three" or "they" are said to meet.
    """

    where: Tagged
    start: int
    end: int
    people: list[Person] = field(default_factory=list)
    countries: list[Tag] = field(default_factory=list)
    group: Tag | None = None
    size: int | None = None
    timing: str = "now"
    occurrence: str = "held"
    separate: bool = False
    definite: bool = False
    summit: bool = False
    format_words: str | None = None
    date: Tag | None = None
    city: Tag | None = None
    country: Tag | None = None
    site: str | None = None
    event: Tag | None = None

    @property
    def words(self) -> str:
        """The words of the mention."""
        return self.where.words(self.start, self.end)

    @property
    def explicit(self) -> bool:
        """Whether at least two parties are named."""
        return len({p.name for p in self.people}) + len({t.value for t in self.countries}) >= 2


_DETERMINER = r"(?:the|a|an|their|this|that|its|his|her|our|another|separate|[^\W\d_]+[’']s)"
_MODIFIERS = r"(?:(?!(?:and|or|of|with|in|on|to|at|for|that|this|the|their|said|held|after|before|since|is|are|was|were|be|during|following|calling|through|as|from|into)\b)[\w’'-]+ ){0,6}?"
_NOUN = pattern(rf"(?<![\w’'-])(?:{_DETERMINER} )?(?P<before>(?:{{RUN}}[’']?[ -])?{_MODIFIERS})\b(?P<noun>{{NOUN}})(?![\w-])")
_VERB = pattern(r"\b(?P<verb>met|meets?|meeting(?= with| on the| in {L})|sat down|huddled|conferred|spoke|speak|spoken|talked)\b")
_HOLD = pattern(
    r"\b(?:held|holds?|holding|convened?|hosted|hosts?|hosting|had|conducted|concluded|attended|wrapped up|began|opened|organi[sz]ed) (?:a |an |the |their |its |his |her |another |separate )?$"
)
_ADVERBS = (
    r"(?:,[^,“\"]{0,70},|,)?(?: (?:also|then|later|again|last|first|on|both|have|has|had|will|would|are|is|to|were|was|set|expected|"
    r"scheduled|due|previously|separately|jointly|recently|plans?|planned|be|each|earlier|briefly|virtually|today|tonight|not|did|could|may|might|should|{D})){0,7} $"
)
_SUBJECT = pattern(
    r"(?P<who>{PEOPLE}|(?:the )?{GROUP} (?:of|from) (?:both )?(?:the )?{RUN}|{RUN}(?: {GROUP})?|{ALL}|\b(?:he|she)\b)(?P<how>" + _ADVERBS + ")"
)
_MIXED = r"(?:the )?(?:{P}|{C})(?:[’']s)?(?:(?:, and (?:the )?|, (?:the )?| and (?:the )?|[-–—/])(?:{P}|{C}))*"
_OBJECT = (
    r"(?P<whom>(?:his|her|their|its) {RUN} counterparts?(?:,? {PEOPLE})?|(?:his|her|their) (?:\w+ )?counterparts? (?:from|of|in) (?:the )?{RUN}|"
    r"(?:his|her|their) counterparts?,? {PEOPLE}|(?:the )?(?:\w+ )?{GROUP} (?:of|from|for) (?:both )?(?:the )?{RUN}|(?:the )?{RUN} {GROUP}|"
    r"(?:the )?{GROUP} of {ALL}|" + _MIXED + r"|{ALL})"
)
_WITH = pattern(r"^(?:,? (?:{D}|today|virtually|again|separately|by (?:phone|telephone|video)|here|together|in person|briefly))* (?:with|between|of|among|involving|to) (?:both )?" + _OBJECT)
_BARE_OBJECT = pattern(r"^ " + _OBJECT)
_TOOK_PART = pattern(r"^[^,“]{0,90}?, " + _SUBJECT.pattern.split("(?P<how>")[0])
_LEADING = re.compile(r"^(?:— |[A-Z ]+— )?(?:In|During|At|Following|After)\b[^,]{0,40}$")
_OWN = pattern(r"(?P<who>{RUN})[’']?[ -]?$|(?P<one>{P})[’']s $")

_BEFORE = re.compile(
    r"\b(?:last|previous|previously|prior|earlier|past|first held|anniversary of)\b|\bsince (?:the|their|a|its)\b|\bhad\b|\bfollowed\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:will|would|to be|is to|are to|set to|expected|scheduled|due to|plans? to|planned|planning|upcoming|next|agreed to|hopes? to|"
    r"intends? to|looks? forward to|forthcoming|to (?:hold|host|meet|convene|attend|speak))\b",
    re.IGNORECASE,
)
_AFTER_NOUN = pattern(
    r"^[^.;“]{0,50}?\b(?:to be (?:held|hosted)|will (?:be|take place|open|start)|(?:is |are )?(?:scheduled|planned|expected|set) (?:for|to)|next (?:week|month|year)|later this|in the coming)"
)
_HELD_BEFORE = pattern(r"^[^.;“]{0,40}?,? (?:which|that) (?:was|were) (?:first |last )?held (?P<date>{D})")
_CALLED_OFF = re.compile(r"\b(?:cancel|call(?:ed|s|ing)? off|scrap)", re.IGNORECASE)
_PUT_OFF = re.compile(r"\b(?:postpone|delay|put off|reschedul)", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:denied|denies|deny|no plans? (?:to|for)|ruled out|did not meet|no such meeting)\b", re.IGNORECASE)
_SEPARATE = re.compile(r"\b(?:separate(?:ly)?|bilateral|one-on-one|ahead of the|also (?:held|met))\b", re.IGNORECASE)
_SIZES = ((2, re.compile(r"\b(?:bilateral|two-way|the two|both|the pair)\b", re.I)), (3, re.compile(r"\b(?:trilateral|three-way|three-nation|the three|the trio)\b", re.I)), (4, re.compile(r"\b(?:four-way|quadrilateral|the four|quad)\b", re.I)))  # fmt: skip
_FORMATS = re.compile(
    r"\b(?:in person|face-to-face|by (?:phone|telephone|video)(?: ?conference| call| link)?|phone (?:call|conversation|talks)|telephone (?:call|conversation|talks)|"
    r"video-? ?(?:conference|call)|virtual(?:ly)?|tele-?conference|online|call(?= with| between))\b",
    re.IGNORECASE,
)
_NOT_DIPLOMATIC = re.compile(
    r"\b(?:cabinet|board|news|press|shareholder|party|committee|parliament\w*|budget|town hall|plenary|council|team|staff|emergency|annual general)[’'s]* $",
    re.IGNORECASE,
)
_STOP = pattern(
    r"(?:;| after | since | where | which | who | while | as | following | that |, \w+ing | according |“|\"| and (?:said|discussed|agreed|decided|pledged|the first))"
)


def find(tagged: Tagged) -> list[Mention]:
    """The mentions of meetings in one sentence, in order."""
    nouns = list(_nouns(tagged))
    verbs = [v for v in _verbs(tagged) if not any(n.start <= v.start < n.end for n in nouns)]
    found = sorted([*nouns, *verbs], key=lambda m: m.start)
    limits = [*(m.start for m in found[1:]), len(tagged.text)]
    for mention, limit in zip(found, limits, strict=False):
        _circumstances(mention, limit)
    return found


def _nouns(tagged: Tagged) -> Iterator[Mention]:
    text = tagged.text
    for match in _NOUN.finditer(text):
        before = match["before"] or ""
        head = text[: match.start("before")] + before
        if _NOT_DIPLOMATIC.search(head):
            continue
        mention = Mention(tagged, match.start(), match.end())
        noun = match["noun"].lower()
        mention.summit = "summit" in noun
        mention.definite = bool(re.match(r"(?:the|their|this|that)\b", match.group(), re.IGNORECASE))
        hold = _HOLD.search(text[: match.start("before")])
        subject = _SUBJECT.search(text[: hold.start()]) if hold else None
        how = ""
        if hold and subject:
            _take(mention, tagged, subject.start("who"), subject.end("who"))
            how = subject["how"] + text[hold.start() : match.end()]
            mention.start = hold.start()
        if with_ := _WITH.match(text[match.end() :]):
            _take(mention, tagged, match.end() + with_.start("whom"), match.end() + with_.end("whom"))
        elif _LEADING.match(text[: match.start()]) and (took := _TOOK_PART.match(text[match.end() :])):
            _take(mention, tagged, match.end() + took.start("who"), match.end() + took.end("who"))
        if not mention.explicit and (own := _OWN.search(text[: match.start("noun")].removesuffix(before.lstrip()))):
            _take(mention, tagged, own.start(), own.end())
        inside = tagged.within(match.start("before"), match.end("before"), "C")
        mention.countries += [tag for tag in inside if tag not in mention.countries]
        if not mention.explicit and GATHERING.search(mention.words):
            continue
        _timing(mention, how or before, text[match.end() :], text[: match.start()])
        if mention.occurrence == "held" and re.search(r"\blast time|\bnext\b", match.group(), re.IGNORECASE):
            mention.timing = "after" if "next" in match.group().lower() else "before"
        yield mention


def _verbs(tagged: Tagged) -> Iterator[Mention]:
    text = tagged.text
    for match in _VERB.finditer(text):
        mention = Mention(tagged, match.start(), match.end())
        subject = _SUBJECT.search(text[: match.start()])
        if subject:
            _take(mention, tagged, subject.start("who"), subject.end("who"))
        rest = text[match.end() :]
        whom = _WITH.match(rest) or (_BARE_OBJECT.match(rest) if match["verb"].startswith(("met", "meet")) else None)
        if whom:
            _take(mention, tagged, match.end() + whom.start("whom"), match.end() + whom.end("whom"))
        elif match["verb"] in ("spoke", "speak", "spoken", "talked"):
            continue
        if not subject and not whom and not (match["verb"] == "meeting" and match.start() == 0):
            continue
        if not (mention.people or mention.countries or mention.group):
            continue
        _timing(mention, (subject["how"] if subject else "") + match.group(), rest, text[: match.start()])
        if match["verb"] in ("spoke", "talked", "spoken", "speak") and not mention.format_words and _phone(rest):
            mention.format_words = _phone(rest)
        yield mention


def _phone(rest: str) -> str | None:
    match = re.search(r"\bby (?:phone|telephone)\b", rest)
    return match.group() if match else None


def _take(mention: Mention, tagged: Tagged, start: int, end: int) -> None:
    """Adds the people and countries of a stretch to a mention; "the three" is kept as a group."""
    tags = tagged.within(start, end, "PC")
    for tag in tags:
        if tag.person and tag.person not in mention.people and tag.person.at_table:
            mention.people.append(tag.person)
        elif tag.kind == "C" and tag.value not in {t.value for t in mention.countries}:
            mention.countries.append(tag)
    words = tagged.words(start, end)
    if not tags and words.lower() not in ("he", "she"):
        offset = tagged.line.text.find(words)
        mention.group = mention.group or Tag("G", offset, offset + len(words), words)
    mention.size = mention.size or _size(words)


def _size(words: str) -> int | None:
    return next((size for size, expression in _SIZES if expression.search(words)), None)


def _timing(mention: Mention, how: str, rest: str, head: str) -> None:
    """Whether the mention is of a meeting now, before or to come, and whether it was called off."""
    text = mention.where.text
    clause = text[max(0, mention.start - 60) : mention.end] + rest[:60]
    nearby = how + text[mention.start : mention.end]
    if _DENIED.search(clause):
        mention.occurrence = "denied"
    elif _CALLED_OFF.search(clause):
        mention.occurrence = "cancelled"
    elif _PUT_OFF.search(clause):
        mention.occurrence = "postponed"
    elif _AFTER.search(nearby) or _AFTER_NOUN.match(rest):
        mention.occurrence, mention.timing = "planned", "after"
    if mention.timing == "now" and (
        _BEFORE.search(nearby) or _HELD_BEFORE.match(rest) or re.search(r"\b(?:since|anniversary of) (?:the )?$", head, re.IGNORECASE)
    ):
        mention.timing = "before"
    mention.size = mention.size or _size(nearby)
    mention.separate = bool(_SEPARATE.search(nearby) or _SEPARATE.search(head[-60:]))
    if match := _FORMATS.search(nearby + rest[:40]):
        mention.format_words = match.group() if match.group() in mention.where.line.text else None


def _circumstances(mention: Mention, limit: int) -> None:
    """The date, place and gathering that belong to a mention: what follows it, and a date before its verb."""
    tagged = mention.where
    text = tagged.text
    stop = _STOP.search(text, mention.end, limit)
    end = stop.start() if stop else limit
    for tag in tagged.within(mention.end, end, "DLCE"):
        at = tagged.at(tag.start)
        lead = text[max(0, at - 12) : at]
        if tag.kind == "D" and not mention.date and not re.search(r"\b(?:since|until|of) $", lead):
            mention.date = tag
        elif tag.kind == "E" and not mention.event:
            mention.event = tag
        elif tag.kind == "L" and not mention.city and re.search(r"\b(?:in|at|near|outside) (?:the )?$", lead):
            mention.city = tag
        elif tag.kind == "C" and not mention.country and tag not in mention.countries:
            after_city = mention.city is not None and re.search(r"[\ue400-\ue5ff](?:,? | \()$", lead)
            if after_city or re.search(r"\bin (?:the )?$", lead):
                mention.country = tag
    if told := _HELD_BEFORE.match(text[mention.end :]):
        mention.date = tagged.within(mention.end + told.start("date"), mention.end + told.end("date"), "D")[0]
    if not mention.date:
        before = tagged.within(max(0, mention.start - 25), mention.start, "D")
        mention.date = before[-1] if before and not re.search(r"[.;“]", text[tagged.at(before[-1].end) : mention.start]) else None
        lead_date = tagged.within(0, min(4, len(text)), "D")
        if not mention.date and lead_date and mention.start < 60:
            mention.date = lead_date[0]
    own = tagged.within(mention.start, mention.end, "D")
    mention.date = mention.date or (own[0] if own else None)
    if not mention.city and mention.start > 2 and (lead_city := tagged.within(0, min(12, mention.start), "L")):
        mention.city = lead_city[0] if re.match(r"(?:.{0,4})\bIn $", text[: tagged.at(lead_city[0].start)]) else None
    name = re.search(r"(?P<site>(?:[A-Z][\w’-]+ )+)(?:Trilateral |Bilateral )?(?:Leaders[’'] )?[Ss]ummit", tagged.words(mention.start, mention.end))
    if name and not NAMED_GATHERING.search(name.group()) and not re.match(r"(?:The|Their|First|This|Trilateral|Leaders)\b", name["site"]):
        mention.site = name["site"].strip()
    elif venue := re.match(r"[^,.;]{0,60}?\bat (?:the )?(?P<site>(?:[A-Z][\w’-]+)(?: [A-Z][\w’-]+)*)", tagged.line.text[_raw(tagged, mention.end) :][:120]):
        mention.site = venue["site"]


def _raw(tagged: Tagged, at: int) -> int:
    """The position in the line of a position in the tagged text."""
    return tagged._ends[at - 1] if at else 0
