"""Speech: quotations and indirect statements, each with the one whose words they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.builtin import attribution
from extractor.builtin.attribution import Source
from extractor.builtin.grammar import pattern
from extractor.builtin.lexicon import SAYS
from extractor.builtin.page import Part
from extractor.builtin.people import Person
from extractor.builtin.quotes import Marks, Quotation, blanked, marks, opens, runs
from extractor.builtin.tagging import Tagged
from extractor.builtin.voices import JOINT, Speaker, Voices
from extractor.schemas.draft import Kind, Setting


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
    used, voices = marks(prose), Voices(sentences)
    paragraphs = [list(group) for _, group in groupby(prose, key=lambda s: s.line.paragraph)]
    spoken: list[Spoken] = []
    following = [*paragraphs[1:], []][: len(paragraphs)]
    for paragraph, found, below in zip(paragraphs, runs(paragraphs, used), following, strict=True):
        voices.signed = _signature(below) if len(found) == 1 and found[0].where is paragraph[0] else None
        for sentence in paragraph:
            spoken += _in_sentence(sentence, found, voices, used)
    return spoken


_SIGNATURE = pattern(r"^(?:[—–-]+ ?)?(?P<who>{P})[^.!?]{0,80}$")


def _signature(paragraph: Sequence[Tagged]) -> Speaker | None:
    """The person whom a line alone names: who said what is quoted above it."""
    match = _SIGNATURE.match(paragraph[0].text) if len(paragraph) == 1 else None
    tags = paragraph[0].within(*match.span("who"), "P") if match else []
    return Speaker(tags[0].person.name, tags[0].person) if tags and tags[0].person else None


def _in_sentence(sentence: Tagged, found: Sequence[Quotation], voices: Voices, used: Marks) -> Iterator[Spoken]:
    """What one sentence holds; `voices` learns who spoke last."""
    number = sentence.line.number
    inside = [q for q in found if q.where is sentence]
    if any(q.where.line.number < number < q.ends_in.line.number for q in found) or len(inside) > _MOST:
        return
    frame = blanked(sentence, found)
    heard: list[tuple[Source, Speaker | None]] = []
    for source in attribution.sources(frame):
        heard.append((source, voices.by(sentence, frame, source, heard[-1][1] if heard else None)))
    speaker: Speaker | None = None
    for quotation in inside:
        speaker, words = _attributed(quotation, sentence, frame, heard, speaker, voices, used)
        voices.quoted = speaker
        if speaker and not speaker.outsider and _speech(quotation):
            kind: Kind = "joint" if speaker.joint else "direct"
            yield Spoken(speaker, kind, quotation.text, sentence, words, _via(sentence, speaker), setting(sentence))
    yield from _indirect(sentence, found, voices)
    if not speaker and heard:
        speaker = heard[0][1]
    elif not speaker and not inside:
        speaker = voices.subject(sentence, frame)
    voices.hear(speaker)
    if not (inside and opens(sentence.line.text, used)):
        voices.introduced = heard[-1][1] if heard and sentence.line.text.endswith(":") else None


def _attributed(
    quotation: Quotation, sentence: Tagged, frame: str, heard: Sequence[tuple[Source, Speaker | None]],
    before: Speaker | None, voices: Voices, used: Marks,
) -> tuple[Speaker | None, str | None]:  # fmt: skip
    """Whose words a quotation holds, and the words that attribute them; `before` spoke earlier in the sentence."""
    where = quotation.ends_in
    start = sentence.at(quotation.start)
    led = next(((source, speaker) for source, speaker in reversed(heard) if source.end <= start and speaker), None)
    if (source := attribution.after(where.text, quotation.rest)) and source.who:
        speaker = voices.speaker(where, source.who)
        # "Doe answered that she saw “no hurdle”, the ministry said": the ministry relays her words.
        if not (led and led[1].person and speaker and speaker.institution):
            return speaker, where.words(source.start, source.end)
    if led:
        return led[1], sentence.words(led[0].start, led[0].end)
    if before:
        return before, None
    if quotation.continues:
        return voices.quoted, None
    for source, speaker in heard:
        if source.start >= start and source.who:
            return speaker, sentence.words(source.start, source.end)
    for place in (sentence, where):
        text = frame if place is sentence else where.text[quotation.rest :]
        if (source := attribution.according(text) or attribution.in_document(text)) and source.who:
            shift = 0 if place is sentence else quotation.rest
            who = source.who[0] + shift, source.who[1] + shift
            return voices.speaker(place, who), place.words(source.start + shift, source.end + shift)
    if opens(_CONTINUES.sub("", sentence.line.text), used):
        return voices.signed or voices.introduced or voices.last, None
    if len(quotation.text.split()) < 2 or _NAMED.search(frame, 0, start) or quotation.text.istitle():
        return None, None
    return voices.subject(sentence, frame[:start]) or voices.nearest(sentence, start), None


_MOST = 20
"""Quotations in one sentence; more are none of news writing."""
_CONTINUES = re.compile(r"^(?:In addition|Moreover|Furthermore|Besides|Also|And|But),? ")
# What stands in quotation marks after these is a name or a word at which the writer keeps a distance.
_NAMED = re.compile(
    r"\b(?:so-called|dubbed|known as|titled|entitled|named|themed?|slogan|motto|nicknamed|the|an?|of|its|their)"
    r"\W{1,3}$",
    re.IGNORECASE,
)


def _speech(quotation: Quotation) -> bool:
    """Whether quoted words are speech: one word alone is where it stands in lower case, else a name or a title."""
    return len(quotation.text.split()) > 1 or (quotation.ends_in is quotation.where and quotation.text[:1].islower())


def _via(sentence: Tagged, speaker: Speaker) -> str | None:
    """Who relays the words, where another is named as their source."""
    source = attribution.according(sentence.text)
    words = sentence.words(*source.who) if source and source.who else ""
    if not words or JOINT.search(words) or speaker.joint:
        return None
    own = speaker.name in words or words in speaker.name
    return None if own or words.endswith(("press release", "statement", "readout")) else words


_SPLIT = re.compile(rf",? according to |,? and (?:also )?(?P<verb>{SAYS}),? (?:that )?")
_INDIRECT = pattern(
    r"^(?:(?:[^“\"]{0,60}?, )?(?:the )?|.{0,200},? with )(?P<who>{P}|{O}|he|she|the {C} (?:minister|"
    r"president|secretary|official))"
    rf"(?:,[^,“\"]{{0,80}},)? (?:also |later |then |again |further |repeatedly )?(?P<verb>{SAYS}|"
    r"saying|noting|stressing|adding)"
    r"(?:,? (?:{D}|reporters|him|her|{P})|(?:(?<=told)|(?<=warned)) (?:[\w’'{C}{L}{O}-]+ ){0,3}?[\w’'{C}{L}{O}-]+"
    r"(?= that | (?:in|on|at|after|before|during) [^,.;]{3,50}? that ))?"
    r"(?:,? (?:in|on|at|after|before|during|following) [\w ’'{C}{L}{D}{E}{O}-]{3,50}?(?= that ))?,? "
    r"(?:(?:however|too|as well),? )?(?:that )?(?P<what>.+)$"
)
# A visit, and a matter that somebody explains, are no position.
_NO_POSITION = pattern(r"called (?:on|at|upon) (?:the |his |her )?(?:{P}|president|king)(?!.{0,60} to )|briefed ")
_TAIL = re.compile(r"(?:,? (?:at|during|in) the (?:meeting|talks|session|summit)| in the meeting)?[,.; ]*$")
_CUT_SHORT = re.compile(r",? (?:with|and|as|for|of|the|a|an|to)$")
_FEWEST = 4


def _indirect(sentence: Tagged, quotes: Sequence[Quotation], voices: Voices) -> Iterator[Spoken]:
    """The positions that a sentence reports of one speaker without quoting."""
    match = _INDIRECT.match(sentence.text)
    # A quotation that began in an earlier sentence covers this one.
    if not match or any(q.ends_in is sentence and q.where is not sentence for q in quotes):
        return
    if _NO_POSITION.match(sentence.text, match.start("verb")):
        return
    speaker = voices.speaker(sentence, match.span("who"))
    if not speaker or speaker.joint or speaker.outsider:
        return
    via = _via(sentence, speaker)
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
    words = re.sub(r"\s*[“\"”`]+$", "", words[: tail.start()] if tail else words)
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
