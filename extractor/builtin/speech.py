"""Speech: quotations and indirect statements, each with the one whose words they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.builtin.grammar import pattern
from extractor.builtin.lexicon import SAYS
from extractor.builtin.page import Part
from extractor.builtin.people import Person
from extractor.builtin.quotes import Quotation, blanked, quotations
from extractor.builtin.tagging import Tagged
from extractor.schemas.draft import Kind, Setting

JOINTLY = "the parties jointly"
JOINT_STATEMENT = "joint statement"
JOINT = re.compile(r"\bjoint (?:\w+ )?(?:statement|communiqu[ée]|declaration)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Speaker:
    """Who speaks: a person, an institution, or the parties together."""

    name: str
    person: Person | None = None
    institution: bool = False

    @property
    def joint(self) -> bool:
        """Whether the parties speak as one."""
        return not self.person and not self.institution


@dataclass(frozen=True)
class Spoken:
    """Words or a position with a speaker; `text` as printed, `where` the line in which it starts."""

    speaker: Speaker
    kind: Kind
    text: str
    where: Tagged
    attribution: str | None
    via: str | None
    setting: Setting


def read(sentences: Sequence[Tagged]) -> list[Spoken]:
    """All quotations and indirect statements with a speaker, in the order of the text."""
    prose = [s for s in sentences if s.part is Part.PROSE]
    joint = next((JOINT_STATEMENT for s in prose if JOINT.search(s.text)), JOINTLY)
    spoken: list[Spoken] = []
    last: Speaker | None = None
    for _, group in groupby(prose, key=lambda s: s.line.paragraph):
        paragraph = list(group)
        found = list(quotations(paragraph))
        for sentence in paragraph:
            inside = [q for q in found if q.where is sentence]
            speaker, words = _attribution(sentence, inside, last, joint)
            via = _via(sentence, speaker)
            for quotation in inside:
                if speaker and (len(quotation.text.split()) > 1 or _said_word(sentence, quotation)):
                    kind: Kind = "joint" if speaker.joint else "direct"
                    spoken.append(Spoken(speaker, kind, quotation.text, sentence, words, via, setting(sentence)))
            spoken += _indirect(sentence, found, speaker, last, via)
            if speaker and not speaker.joint:
                last = speaker
            elif not speaker and (subject := _subject(sentence)):
                last = Speaker(subject.name, subject)
    return spoken


def _subject(sentence: Tagged) -> Person | None:
    """The person with whom a sentence begins."""
    tags = sentence.within(0, 1, "P")
    return tags[0].person if tags and tags[0].person and tags[0].person.at_table else None


_SPOKES = r"spokes\w+(?: (?-i:[A-Z])[\w-]+){0,4}"
_OFFICIAL = (
    r"(?:minister|president|secretary|spokes\w+|official|ministry|leader|readout|statement|"
    r"prime minister|envoy|ambassador|diplomat|chancellor|king|emir|general|communiqu[ée]|declaration)"
)
_WHO = "|".join(
    (
        rf"{{P}}|{{O}}(?: (?:{_SPOKES}|official|statement|readout))?",
        r"\b(?:he|she|they|it)\b",
        rf"\b(?:the|a|an|another|one) (?:[\w.-]{{1,20}} |{{C}} |{{O}} ){{0,4}}?{_OFFICIAL}\b",
        r"\b{ALL}\b",
    )
)
_WHO = f"(?:{_WHO})"
_ADVERB = r"(?:also |later |then |had |has |have |further |reportedly |both |jointly |{D} |earlier |again |in turn )"
_AFTER = pattern(rf"^[”\"]?,? ?(?P<who>{_WHO})(?:,[^,“\"]{{0,80}},)? {_ADVERB}?(?P<verb>{SAYS})\b")
_AFTER_INVERTED = pattern(rf"^[”\"]?,? ?(?P<verb>said|says|added|noted) (?P<who>{_WHO})")
_BEFORE = pattern(
    rf"(?P<who>{_WHO})(?:’s|'s)?(?:,[^,“\"]{{0,80}},)? {_ADVERB}{{0,2}}(?P<verb>{SAYS}|discussed|"
    r"agreed|said to have)\b"
)
# "Doe met her counterpart on Friday and said they had agreed"
_TWO_VERBS = pattern(
    rf"^[^“”\"{{P}}]{{0,60}}(?P<who>{{P}})(?! {_ADVERB}{{0,2}}{SAYS})[^“”\"{{P}}]{{3,160}}? and (?"
    r":also )?(?P<verb>said|told|added|warned|urged|stressed)\b"
)
_ACCORDING = pattern(
    r"(?:according to|said in a|in a statement (?:from|by)) (?:the |a )?"
    rf"(?P<who>{{O}}(?: {_SPOKES})?|{{P}}|(?:joint )?(?:statement|readout|press release|declaration|"
    rf"communiqu[ée])|{_WHO})"
)
_CONTINUES = re.compile(r"^(?:In addition|Moreover|Furthermore|Besides|Also),? ?[“\"]|^[“\"]")
_BY_ACCORDING = re.compile(r"according to (?:the )?$", re.IGNORECASE)


def _attribution(
    sentence: Tagged, inside: Sequence[Quotation], last: Speaker | None, joint: str
) -> tuple[Speaker | None, str | None]:
    """Whose words a sentence holds, and the words that attribute them."""
    for quotation in inside:
        where, at = quotation.ends_in, quotation.rest
        rest = where.text[at : at + 250]
        if match := _AFTER.match(rest) or _AFTER_INVERTED.match(rest):
            start = at + min(match.start("who"), match.start("verb"))
            words = where.words(start, at + match.end())
            return _speaker(where, at + match.start("who"), at + match.end("who"), last, joint), words
    outside = blanked(sentence, inside)
    if match := _TWO_VERBS.match(outside):
        words = sentence.words(*match.span("verb"))
        return _speaker(sentence, *match.span("who"), last, joint), words
    for match in _BEFORE.finditer(outside):
        if not _BY_ACCORDING.search(outside[max(0, match.start() - 20) : match.start()]):
            return _speaker(sentence, *match.span("who"), last, joint), sentence.words(match.start("who"), match.end())
    if match := _ACCORDING.search(outside):
        return _speaker(sentence, *match.span("who"), last, joint), sentence.words(match.start(), match.end())
    if inside and _CONTINUES.match(sentence.line.text):
        return last, None
    return None, None


def _speaker(sentence: Tagged, start: int, end: int, last: Speaker | None, joint: str) -> Speaker | None:
    """The speaker whom the words from `start` to `end` of the tagged sentence name."""
    words = sentence.words(start, end)
    lower = words.lower()
    for tag in sentence.within(start, end, "PO"):
        if tag.person:
            return Speaker(tag.person.name, tag.person)
        named = re.search(r"\bspokes\w+ (?P<name>.+)", words)
        return Speaker(named["name"] if named else tag.value, institution=True)
    if lower in ("he", "she", "it"):
        return last
    if JOINT.search(words):
        return Speaker(joint)
    if re.search(r"spokes|official|ministry|readout|press release|diplomat", lower) or lower in (
        "statement",
        "the statement",
    ):
        return Speaker(re.sub(r"^(?:the|a|an|one|another) ", "", words, flags=re.IGNORECASE), institution=True)
    if re.match(
        r"(?:the|a|an|another|one) .*(?:minister|president|secretary|leader|envoy|ambassador|chancellor|"
        r"king|emir|general)$",
        lower,
    ):
        return last if last and last.person else None
    return Speaker(joint)


def _said_word(sentence: Tagged, quotation: Quotation) -> bool:
    """Whether one quoted word is speech rather than a name or a title: it stands in lower case."""
    return quotation.ends_in is sentence and quotation.text[:1].islower()


def _via(sentence: Tagged, speaker: Speaker | None) -> str | None:
    """Who relays the words, where another is named as their source."""
    match = _ACCORDING.search(sentence.text)
    if not match or not speaker or JOINT.search(match["who"]):
        return None
    words = sentence.words(match.start("who"), match.end("who"))
    return None if speaker.name in words or words.endswith(("press release", "statement", "readout")) else words


_SPLIT = re.compile(rf",? according to |,? and (?:also )?(?P<verb>{SAYS}),? (?:that )?")
_INDIRECT = pattern(
    r"^(?:(?:[^“\"]{0,60}?, )?(?:the )?|.{0,200},? with )(?P<who>{P}|{O}|he|she|the {C} (?:minister|"
    r"president|secretary|official))"
    rf"(?:,[^,“\"]{{0,80}},)? (?:also |later |then |again |further |repeatedly )?(?P<verb>{SAYS}|"
    r"saying|noting|stressing|adding)"
    r"(?:,? (?:{D}|reporters|him|her|{P}|in (?:his|her|its|a|an) [\w ]{3,40}?(?= that)|"
    r"at the (?:beginning|outset|start) of [\w ]{3,30}?(?= that)))?,? (?:that )?(?P<what>.+)$"
)
_TAIL = re.compile(r"(?:,? (?:at|during|in) the (?:meeting|talks|session|summit)| in the meeting)?[,.; ]*$")
_CUT_SHORT = re.compile(r",? (?:with|and|as|for|of|the|a|an|to)$")
_FEWEST = 4


def _indirect(
    sentence: Tagged, quotes: Sequence[Quotation], speaker: Speaker | None, last: Speaker | None, via: str | None
) -> Iterator[Spoken]:
    """The positions that a sentence reports of one speaker without quoting."""
    match = _INDIRECT.match(sentence.text)
    # A quotation that began in an earlier sentence covers this one.
    if not match or any(q.ends_in is sentence and q.where is not sentence for q in quotes):
        return
    if match["verb"].endswith("ing"):
        speaker = _speaker(sentence, *match.span("who"), last, JOINTLY)
    if not speaker or speaker.joint:
        return
    quoted = [sentence.at(q.start) - 1 for q in quotes if q.where is sentence]
    limit = min((at for at in quoted if at >= 0), default=len(sentence.text))
    start = match.start("what")
    verb = sentence.words(match.start("who"), match.end("verb"))
    while start < limit:
        cut = _SPLIT.search(sentence.text, start, limit)
        words = _clause(sentence.words(start, cut.start() if cut else limit))
        if len(words.split()) >= _FEWEST and not words.startswith(("in a ", "in an ", "at a ")):
            yield Spoken(speaker, "indirect", words, sentence, verb, via, setting(sentence))
        if not cut or not cut["verb"]:
            break
        start = cut.end()
        verb = sentence.words(cut.start("verb"), cut.end("verb"))


def _clause(words: str) -> str:
    """A clause without where it was said, and without what leads over to a quotation."""
    tail = _TAIL.search(words)
    words = re.sub(r"\s*[“\"”]+$", "", words[: tail.start()] if tail else words)
    return _CUT_SHORT.sub("", words).rstrip(" ,.")


_SETTINGS: tuple[tuple[Setting, re.Pattern[str]], ...] = (
    ("opening", re.compile(r"opening remarks|at the (?:beginning|outset|start) of|opening the", re.IGNORECASE)),
    (
        "press",
        re.compile(
            r"told (?:reporters|a (?:news|press) conference|journalists)|(?:news|press) conference", re.IGNORECASE
        ),
    ),
    ("readout", pattern(r"press release|read-?out|statement|according to (?:the |\w+ )?[{E}{O}]")),
    ("post", re.compile(r"tweet|posted|wrote on|on (?:Twitter|X|Facebook|social media)", re.IGNORECASE)),
    ("talks", re.compile(r"(?:at|during|in) the (?:\w+ )?(?:meeting|talks|session|summit|call)", re.IGNORECASE)),
)


def setting(sentence: Tagged) -> Setting:
    """Where the words of a sentence were said."""
    return next((name for name, words in _SETTINGS if words.search(sentence.text)), "unknown")


_PRONOUN = re.compile(r"\b(?:he|she|his|her|him)\b")


def pronoun(person: Person, sentences: Sequence[Tagged]) -> tuple[str, int] | None:
    """A pronoun that surely is this person's, and its line: the sentence's subject, nobody else between."""
    for sentence in sentences:
        people = [t for t in sentence.tags if t.kind == "P"]
        if sentence.part is not Part.PROSE or not people or people[0].person is not person:
            continue
        start = sentence.at(people[0].start)
        stop = sentence.at(people[1].start) if len(people) > 1 else len(sentence.text)
        stretch = re.split(r"[“\"]", sentence.text[start:stop])[0]
        if match := _PRONOUN.search(stretch):
            return match.group(), sentence.line.number
    return None
