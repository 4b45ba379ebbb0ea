"""Speech: quotations and indirect statements, each with the one whose words they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.builtin.lexicon import SAYS, pattern
from extractor.builtin.page import Part
from extractor.builtin.people import Person
from extractor.builtin.tagging import Tag, Tagged

JOINTLY = "the parties jointly"
JOINT_STATEMENT = "joint statement"
JOINT = re.compile(r"\bjoint (?:statement|communiqu[ée]|declaration)\b", re.IGNORECASE)


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
    """Words or a position with a speaker; `text` as printed, `line` where it starts."""

    speaker: Speaker
    kind: str
    text: str
    where: Tagged
    attribution: str | None
    via: str | None
    setting: str


@dataclass(frozen=True)
class Quotation:
    """Words inside quotation marks: from `start` in one line to `end` in it or a later one."""

    text: str
    where: Tagged
    start: int
    end: int
    ends_in: Tagged


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
            speaker, words = attribution(sentence, inside, last, joint)
            via = _via(sentence, speaker)
            for quotation in inside:
                if not speaker or len(quotation.text.split()) < 2:
                    continue
                kind = "joint" if speaker.joint else "direct"
                spoken.append(Spoken(speaker, kind, quotation.text, sentence, words, via, _setting(sentence)))
            spoken += _indirect(sentence, found, speaker, via)
            if speaker and not speaker.joint:
                last = speaker
    return spoken


def quotations(paragraph: Sequence[Tagged]) -> Iterator[Quotation]:
    """The quotations of a paragraph, also those that are never closed.

    A quotation that is open where the next sentence opens another ends there:
    so newspapers print a speech in several sentences, and so do slips.
    """
    opened: tuple[Tagged, int] | None = None
    parts: list[str] = []
    for sentence in paragraph:
        text = sentence.line.text
        position = 0
        if opened:
            if text[:1] in "“\"":
                yield _quotation(parts, opened, len(opened[0].line.text), opened[0])
                opened, parts = None, []
            else:
                close = _close(text, 0)
                if close is None:
                    parts.append(text)
                    continue
                yield _quotation([*parts, text[:close]], opened, close, sentence)
                opened, parts, position = None, [], close + 1
        while (start := _open(text, position)) is not None:
            close = _close(text, start + 1)
            if close is None:
                opened, parts = (sentence, start + 1), [text[start + 1 :]]
                break
            yield _quotation([text[start + 1 : close]], (sentence, start + 1), close, sentence)
            position = close + 1
    if opened:
        yield _quotation(parts[:1], opened, len(opened[0].line.text), opened[0])


def _quotation(parts: Sequence[str], opened: tuple[Tagged, int], end: int, ends_in: Tagged) -> Quotation:
    return Quotation(" ".join(part.strip() for part in parts).strip(), opened[0], opened[1], end, ends_in)


def _open(text: str, position: int) -> int | None:
    match = re.compile(r'“|(?<![\w])"(?=\S)').search(text, position)
    return match.start() if match else None


def _close(text: str, position: int) -> int | None:
    # An opening mark before the closing one ends the quotation too: one of the two is a slip.
    match = re.compile(r'[”“]|"').search(text, position)
    return match.start() if match else None


_WHO = r"(?:{P}|{O}(?: (?:spokes\w+(?: (?-i:[A-Z])[\w-]+)*|official|statement))?|\b(?:he|she|they|it)\b|\b(?:the|a|an) (?:{C} |senior |U\.S\. |state |{O} )*(?:minister|president|secretary|spokes\w+|official|ministry|leader|readout|statement|prime minister)\b|\b{ALL}\b)"
_AFTER = pattern(rf"^[”\"]?,? ?(?P<who>{_WHO})(?:,[^,“\"]{{0,80}},)? (?:also |later |then |had |has |further |reportedly )?(?P<verb>{SAYS})\b")
_AFTER_INVERTED = pattern(rf"^[”\"]?,? ?(?P<verb>said|says|added|noted) (?P<who>{_WHO})")
_BEFORE = pattern(rf"(?P<who>{_WHO})(?:’s|'s)?(?:,[^,“\"]{{0,80}},)? (?:also |later |then |had |has |further |reportedly |both |jointly |D )?(?P<verb>{SAYS}|discussed|agreed|said to have)\b")
_ACCORDING = pattern(rf"(?:according to|said in a|in a statement (?:from|by)) (?:the |a )?(?P<who>{{O}}(?: spokes\w+(?: (?-i:[A-Z])[\w-]+)*)?|{{P}}|(?:joint )?(?:statement|readout|press release|declaration|communiqu[ée])|{_WHO})")
_CONTINUES = re.compile(r"^(?:In addition|Moreover|Furthermore|Besides|Also),? ?[“\"]|^[“\"]")


def attribution(
    sentence: Tagged, inside: Sequence[Quotation], last: Speaker | None, joint: str
) -> tuple[Speaker | None, str | None]:
    """Whose words a sentence holds, and the words that attribute them."""
    text = sentence.text
    outside = _blank(sentence, inside)
    for quotation in inside:
        rest = text[sentence.at(quotation.end) :] if quotation.ends_in is sentence else quotation.ends_in.text[quotation.ends_in.at(quotation.end) :]
        match = _AFTER.match(rest) or _AFTER_INVERTED.match(rest)
        if match:
            where = quotation.ends_in
            speaker = _speaker(where, match["who"], last, joint)
            offset = len(where.text) - len(rest)
            return speaker, where.words(offset + match.start("who"), offset + match.end()) if match.re is _AFTER else where.words(offset + match.start("verb"), offset + match.end())
    for match in _BEFORE.finditer(outside):
        if re.search(r"according to (?:the )?$", outside[: match.start()], re.IGNORECASE):
            continue
        return _speaker(sentence, match["who"], last, joint), sentence.words(match.start("who"), match.end())
    if match := _ACCORDING.search(outside):
        return _speaker(sentence, match["who"], last, joint), sentence.words(match.start(), match.end())
    if inside and _CONTINUES.match(sentence.line.text):
        return last, None
    return None, None


def _blank(sentence: Tagged, inside: Sequence[Quotation]) -> str:
    """The tagged sentence with its quotations blanked, so that words inside them attribute nothing."""
    text = sentence.text
    for quotation in inside:
        start = sentence.at(quotation.start)
        end = sentence.at(quotation.end) if quotation.ends_in is sentence else len(text)
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _speaker(sentence: Tagged, who: str, last: Speaker | None, joint: str) -> Speaker | None:
    tags = [t for t in sentence.tags if sentence.text.find(who) <= sentence.at(t.start) < sentence.text.find(who) + len(who)]
    for tag in tags:
        if tag.person:
            return Speaker(tag.person.name, tag.person)
        if tag.kind == "O":
            named = re.search(r"\bspokes\w+ (?P<name>.+)", who)
            return Speaker(named["name"] if named else tag.value, institution=True)
    lower = who.lower()
    if lower in ("he", "she", "it"):
        return last
    if re.search(r"minister|president|secretary|leader", lower):
        return last if last and last.person else None
    if re.search(r"spokes|official|ministry|readout|press release", lower) or lower == "statement":
        return Speaker(sentence.words(sentence.text.find(who), sentence.text.find(who) + len(who)), institution=True) if not JOINT.search(who) else Speaker(joint)
    return Speaker(joint)


def _via(sentence: Tagged, speaker: Speaker | None) -> str | None:
    """Who relays the words, where another is named as their source."""
    match = _ACCORDING.search(sentence.text)
    if not match or not speaker or JOINT.search(match["who"]):
        return None
    words = sentence.words(match.start("who"), match.end("who"))
    return None if speaker.name in words or words.endswith(("press release", "statement", "readout")) else words


_SPLIT = re.compile(rf",? according to .*|,? and (?:also )?(?P<verb>{SAYS}),? (?:that )?")
_INDIRECT = pattern(
    rf"^(?:(?:[^“\"]{{0,60}}?, )?(?:the )?|.*,? with )(?P<who>{{P}}|{{O}}|he|she|the {{C}} (?:minister|president|secretary|official))(?:,[^,“\"]{{0,80}},)? (?:also |later |then |again |further |repeatedly )?(?P<verb>{SAYS}|saying|noting|stressing|adding)"
    r"(?:,? (?:{D}|reporters|him|her|{P}|in (?:his|her|its|a|an) [\w ]{3,40}?(?= that)|at the (?:beginning|outset|start) of [\w ]{3,30}?(?= that)))?,? (?:that )?(?P<what>.+)$"
)
_TAIL = re.compile(r"(?:,? (?:at|during|in) the (?:meeting|talks|session|summit)| in the meeting)?[,.; ]*$")


def _indirect(
    sentence: Tagged, quotes: Sequence[Quotation], speaker: Speaker | None, via: str | None
) -> Iterator[Spoken]:
    """The positions that a sentence reports of one speaker without quoting."""
    match = _INDIRECT.match(sentence.text)
    if not match:
        return
    if match["verb"].endswith("ing"):
        speaker = _speaker(sentence, match["who"], speaker, JOINTLY)
    if not speaker or speaker.joint:
        return
    quoted = [sentence.at(q.start) - 1 for q in quotes if q.where is sentence]
    # A quotation that began in an earlier sentence covers this one.
    if any(q.ends_in is sentence and q.where is not sentence for q in quotes):
        return
    limit = min((q for q in quoted if q >= 0), default=len(sentence.text))
    start = match.start("what")
    verb = sentence.words(match.start("who"), match.end("verb"))
    while start < limit:
        cut = _SPLIT.search(sentence.text, start, limit)
        end = cut.start() if cut else limit
        words = sentence.words(start, end)
        words = words[: _TAIL.search(words).start()] if words else words  # type: ignore[union-attr]
        words = re.sub(r",? (?:with|and|as|for|of|the|a|an|to)$", "", re.sub(r"\s*[“\"”]+$", "", words)).rstrip(" ,.")
        if len(words.split()) >= 4 and not words.startswith(("in a ", "in an ", "at a ")):
            yield Spoken(speaker, "indirect", words, sentence, verb, via, _setting(sentence))
        if not cut:
            break
        start = cut.end()
        verb = sentence.words(cut.start("verb"), cut.end("verb")) if cut["verb"] else verb


_SETTINGS = (
    ("opening", re.compile(r"opening remarks|at the (?:beginning|outset|start) of|opening the", re.I)),
    ("press", re.compile(r"told (?:reporters|a (?:news|press) conference|journalists)|(?:news|press) conference", re.I)),
    ("readout", re.compile(r"press release|read-?out|statement|according to (?:the |\w+ )?[\ue800-\uebff]", re.I)),
    ("post", re.compile(r"tweet|posted|wrote on|on (?:Twitter|X|Facebook|social media)", re.I)),
    ("talks", re.compile(r"(?:at|during|in) the (?:\w+ )?(?:meeting|talks|session|summit|call)", re.I)),
)


def _setting(sentence: Tagged) -> str:
    return next((name for name, words in _SETTINGS if words.search(sentence.text)), "unknown")


def pronoun(person: Person, sentences: Sequence[Tagged]) -> tuple[str, int] | None:
    """A pronoun that surely is this person's, and its line: the sentence's subject, nobody else between."""
    for sentence in sentences:
        tags: list[Tag] = [t for t in sentence.tags if t.kind == "P"]
        if sentence.part is not Part.PROSE or not tags or tags[0].person is not person:
            continue
        start = sentence.at(tags[0].start)
        stop = min([sentence.at(t.start) for t in tags[1:]] + [len(sentence.text)])
        quote = re.search(r"[“\"]", sentence.text[start:stop])
        stretch = sentence.text[start : start + quote.start() if quote else stop]
        if match := re.search(r"\b(?:he|she|his|her|him)\b", stretch):
            return match.group(), sentence.line.number
    return None
