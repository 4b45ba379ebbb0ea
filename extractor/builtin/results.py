"""Results: outcomes, topics, what sets a meeting apart, how long it took."""

import re
from collections.abc import Iterator, Sequence

from extractor.builtin.found import Found
from extractor.builtin.grammar import pattern
from extractor.builtin.lexicon import OUTCOMES, SAYS, THEMES
from extractor.builtin.tagging import Tagged
from extractor.schemas.draft import DraftOutcome, DraftTopic, Words
from extractor.values import places

_JOINT = pattern(
    r"^(?:.{0,80}?(?:[—–:]|--|, |\bsaid(?: {D})?(?: that)?) ?)?(?P<who>{ALL}|we|"
    r"(?:the )?{GROUP} (?:of|from) (?:the )?{RUN}|{RUN}(?: {GROUP})?|{P}(?:(?:, and |, | and ){P})+|"
    r"(?:he|she) and (?:his|her) counterparts?[^,]{0,60}?|\b(?:talks|meeting)\b)"
    r"(?:,[^,]{0,60},)? (?:(?:D|also|both|jointly|{D}|then|have|further|met|held)\b[^,.]{0,70}? )?(?="
    + "|".join(OUTCOMES)
    + r"|\w+ed\b|met\b|held\b)"
)
_VERB = re.compile(
    rf"\b(?P<verb>{'|'.join(OUTCOMES)})(?= (?:to|that|on|in|their|its|the|a|an|any|all|close|serious|"
    r"strong|[\w’'-]+|[\ue000-\ue00f]))"
)
_NO_OBJECT = re.compile(
    r"\w+ (?:(?:after|by|in|at|following|before)\b|(?<!agreed )(?<!agree )(?<!agreeing )on\b|"
    r"on the (?:sidelines|margins|fringes)\b)"
)
_SPEAKS = r"(?:said|says|say|added|announced|noted|told)"
_TELLER = (
    r"(?:{P}|{O}|{C}|(?:(?:the|a|an|his|her|their|one|both|senior|{C}|{O})(?:[’']s)? )?(?:[\w’'-]+ ){0,4}"
    r"(?:{O}|ministry|office|government|spokes\w+|officials?|sources?|diplomats?|statement|communiqu[ée]|readout|agency|media|"
    r"ministers?|president|leaders|sides|they|he|she|it))"
)
_CLAUSE_END = pattern(
    rf",? (?:(?:a|an|the) [\w ]{{1,20}}? (?:in|of|to|for) which|which|who|according|saying|while|"
    r"citing|amid|adding|calling|noting|as well as they|because|after which|[A-Z]\w+ said|"
    rf"the \w+ said)\b|,? and (?:also )?(?:{'|'.join(OUTCOMES)}|{SAYS}|discussed)\b|; |\.?$|"
    rf", (?:{_SPEAKS}\b|(?:as )?{_TELLER} (?:also |later |jointly )?{_SPEAKS}\b)",
    flags=0,
)
_ALONE = pattern(
    r"(?:(?P<joined>[{P}{C}](?:[’']s?)?,? and)|^|\b(?:and|that|while|but|as|when)|[,;:—–“]) ?(?:the )?[{P}{C}] "
    r"(?:(?:has|had|have|also|then|later) )*$"
)


def _of_one(sentence: Tagged, joint: re.Match[str] | None, verb: int) -> bool:
    """Whether one country or person alone is the subject of a verb: what it decides is no result of the meeting."""
    who = sentence.within(joint.start("who"), joint.end("who"), "PC") if joint else []
    alone = _ALONE.search(sentence.text, 0, verb)
    return len({tag.value for tag in who}) == 1 or bool(alone and not alone["joined"])


def outcomes(found: Found, sentences: Sequence[Tagged]) -> Iterator[DraftOutcome]:
    """What the parties together agreed, promised, reaffirmed or condemned."""
    here = {m.where.line.number for m in found.mentions}
    for sentence in sentences:
        joint = _JOINT.match(sentence.text)
        for match in _VERB.finditer(sentence.text):
            participle = match["verb"].endswith("ing")
            if not (joint and joint.start("who") < match.start()) and not (participle and sentence.line.number in here):
                continue
            if not participle and _of_one(sentence, joint, match.start()):
                continue
            if re.search(r"\bto $", sentence.text[: match.start()]) or _NO_OBJECT.match(sentence.text, match.start()):
                continue
            if sentence.text.count("“", 0, match.start()) > sentence.text.count("”", 0, match.start()):
                continue
            end = _CLAUSE_END.search(sentence.text, match.end() + 1)
            start = match.end() + (6 if sentence.text.startswith(" that ", match.end()) else 1)
            text = sentence.words(start, end.start() if end else len(sentence.text)).rstrip(" .,;")
            if len(text.split()) >= 2:
                yield DraftOutcome(
                    kind=OUTCOMES[match["verb"]],
                    verb=match["verb"],
                    text=text,
                    sentence=sentence.line.number,
                )


_COOPERATION = pattern(
    r"{C}(?:’s|'s)? (?:\w+ ){0,2}(?:cooperation|ties|support|alliance) (?:with|for|to) {C}|"
    r"(?:cooperation|ties|alliance|contact)(?: \w+)? (?:between|of|with) {C} and {C}"
)
_NOT_TALK = re.compile(r"\bin (?:the )?$|(?:from|visit\w*) $|\ue002, $")


def topics(found: Found, sentences: Sequence[Tagged]) -> list[DraftTopic]:
    """What was talked about: other countries and regions that are named, and matters of diplomacy."""
    topics: dict[str, DraftTopic] = {}
    parties = set(found.codes)
    hosts = {m.at.country.value for m in found.mentions if m.at.country}
    for sentence in sentences:
        number = sentence.line.number
        for match in _COOPERATION.finditer(sentence.text):
            codes = [t.value for t in sentence.within(match.start(), match.end(), "C")]
            if len(codes) == 2 and not parties & set(codes):
                label = "–".join(places.name_of(code) for code in sorted(codes)) + " cooperation"
                topics.setdefault(
                    label, DraftTopic(label=label, text=sentence.words(match.start(), match.end()), sentence=number)
                )
        for tag in sentence.tags:
            if tag.kind not in "CR" or tag.value in parties | hosts or (tag.value.isupper() and len(tag.value) != 3):
                continue
            if tag.kind == "C" and _NOT_TALK.search(sentence.text[: sentence.at(tag.start)]):
                continue
            label = tag.value if tag.kind == "R" else places.name_of(tag.value)
            words = sentence.line.text[tag.start : tag.end]
            topics.setdefault(label, DraftTopic(label=label, text=words, sentence=number))
        for label, theme in THEMES:
            if named := theme.search(sentence.line.text):
                topics.setdefault(label, DraftTopic(label=label, text=named.group(), sentence=number))
    return list(topics.values())


_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))"
# "The first visit since May" says nothing of the meeting: a word for it must stand there, or none at all.
_ITS = (
    r"(?: (?:since|between|among|in (?:\w+ ){1,3}years)|(?: (?:(?!\b(?:visit|trip|tour|stop|leg|since|by)\b)"
    r"[^.;,“]){0,80}?)?\b(?:{NOUN}|such|of its kind|of the kind|time\b[^.;“]{0,100}?\b(?:met|meet|meeting|"
    r"talks|summit|sat down|gathered|convened)))\b"
)
_DISTINCTION = pattern(
    rf"\b(?:the|their|its) {_ORDINAL}(?! anniversary)(?:-ever)?\b(?={_ITS})[^.;“]{{3,160}}?"
    rf"(?=,? and (?:the|their) {_ORDINAL}|, and |, it\b|, which|[.;…“]|, a |$)"
)


def distinctions(found: Found, sentences: Sequence[Tagged], taken: frozenset[int] = frozenset()) -> list[Words]:
    """What sets the meeting apart in its series: "the first ... this year".

    `taken` are lines that tell of a reported meeting: there it is that one's.
    """
    result = []
    for sentence in sentences:
        mentioned = any(m.where is sentence for m in found.mentions) and sentence.line.number not in taken
        if mentioned or (
            found.role == "reported" and re.match(r"(?:It|This) (?:was|is|marks|marked) the\b", sentence.text)
        ):
            for match in _DISTINCTION.finditer(sentence.text):
                words = sentence.words(match.start(), match.end()).strip(" ,.")
                result.append(Words(text=words, sentence=sentence.line.number))
    return result


_NUMBER = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|forty-five|"
    r"fifty|sixty|ninety|half an|\d+(?:\.\d+)?)"
)
_DURATION = re.compile(
    r"\b(?:lasted|lasting|for|took)(?: for)? (?P<words>(?:about |around |some |nearly |almost |over |"
    rf"more than |just under |just over )?{_NUMBER}(?: and a half)?[ -](?:hours?|minutes?|"
    rf"days?)(?: and (?:a half|{_NUMBER} minutes))?)"
    rf"|\b(?P<long>{_NUMBER}[ -](?:hour|minute|day)(?:-long)?)(?= (?:\w+ ){{0,2}}(?:meeting|talks|summit|"
    rf"call|conversation|session))|\b(?P<days>{_NUMBER} days)(?= of (?:\w+ ){{0,2}}(?:talks|negotiations|"
    r"consultations|discussions|meetings))",
    re.IGNORECASE,
)


def duration(found: Found, sentences: Sequence[Tagged], taken: frozenset[int] = frozenset()) -> Words | None:
    """How long the meeting took, as printed with one of its mentions."""
    here = {m.where.line.number for m in found.mentions} - taken
    for sentence in sentences:
        if sentence.line.number in here and (match := _DURATION.search(sentence.line.text)):
            return Words(text=match["words"] or match["long"] or match["days"], sentence=sentence.line.number)
    return None
