"""Voices: who speaks in an article, resolved from names, pronouns, offices and descriptions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.builtin import offices
from extractor.builtin.attribution import LEAD, OUTSIDE, REACH, Source
from extractor.builtin.grammar import CHARACTERS, pattern
from extractor.builtin.page import Part
from extractor.builtin.people import Person
from extractor.builtin.tagging import Tagged
from extractor.values import places

JOINTLY = "the parties jointly"
JOINT_STATEMENT = "joint statement"
JOINT = re.compile(r"\bjoint (?:\w+ )?(?:statement|communiqu[ée]|declaration)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Speaker:
    """Who speaks: a person, an institution, the parties together, or an outsider who speaks for none of them."""

    name: str
    person: Person | None = None
    institution: bool = False
    outsider: bool = False

    @property
    def joint(self) -> bool:
        """Whether the parties speak as one."""
        return not (self.person or self.institution or self.outsider)


OUTSIDER_LEADS = re.compile(
    r"^(?P<name>[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]*\.?|al|bin|de|van|der|von)){1,4})"
    r"(?=, (?:an?|the|who)\b| (?:is|was|said|says|told|has|had)\b)"
)
_FROM_OUTSIDE = re.compile(
    rf"\b(?:{OUTSIDE}|who teaches|universit\w+|institute|think ?tank|foundation|cent(?:er|re) for|consultancy|"
    r"has (?:also )?learn(?:t|ed)|"
    r"Reuters|AFP|AP|Associated Press|Xinhua|TASS|Interfax|PTI|Kyodo|agency|Times|Post|daily|television|opposition)\b",
    re.IGNORECASE,
)
_STYLE = re.compile(r"(?:his|her) (?:excellency|(?:royal )?highness|majesty)")
_SENIOR = re.compile(
    r"(?:the|a|an|another|one|both|his|her|their|its)? ?.*(?:minister|president|secretary|leader|envoy|"
    r"ambassador|chancellor|king|emir|general|premier|counterpart|top diplomat)$"
)
_THE_SAME = re.compile(r"[Tt]he (?:spokes\w+|envoy|diplomat|ambassador|aide|mediator)")
_INSTITUTIONAL = re.compile(
    r"spokes|official|ministry|read-?out|press release|diplomat|government|delegation|presidency|palace|embassy|"
    r"department|source|office|participant|those present|\bside\b"
)
_ANYONE = re.compile(r"(?:an?|one|another|some) ", re.IGNORECASE)
_LEADING = re.compile(r"^(?:(?:that|while|but|and|as|when) )?(?:(?:the|an?|one|another) )?", re.IGNORECASE)
_TOGETHER = pattern(r"{ALL}|(?:the |both )?{GROUP}")
_NEAR = 6
"""Sentences before one in which "the president" was named."""
_LISTED = pattern(r"(?:and (?:the |his |her |their )?| & |[-–—/]){P}$")
_DOCUMENT = re.compile(r"^(?:the |a )?(?:statement|communiqu[ée]|declaration)$")


class Voices:
    """Who can speak in an article, and who spoke last."""

    def __init__(self, sentences: Sequence[Tagged]) -> None:
        self._people = list(dict.fromkeys(t.person for s in sentences for t in s.tags if t.person))
        self._styled: dict[str, Person] = {}
        for sentence in sentences:
            for tag in sentence.tags:
                style = _STYLE.search(sentence.line.text[tag.start : tag.end].lower()) if tag.person else None
                if style and tag.person:
                    self._styled.setdefault(style.group(), tag.person)
        self._strangers: dict[str, Speaker] = {}
        self._sentences = sentences
        self._places = {id(sentence): at for at, sentence in enumerate(sentences)}
        prose = [s for s in sentences if s.part is Part.PROSE]
        self._documented = any(JOINT.search(s.text) for s in prose)
        self.joint = JOINT_STATEMENT if self._documented else JOINTLY
        self.last: Speaker | None = None
        self.human: Speaker | None = None
        """The person who spoke last: "he" and "she" mean no ministry."""
        self.quoted: Speaker | None = None
        """Whose words the last quotation holds."""
        self.signed: Speaker | None = None
        """Who signs the quotation that makes a paragraph."""
        self.introduced: Speaker | None = None
        """Who speaks after a sentence that ended in a colon."""

    def speaker(self, sentence: Tagged, who: tuple[int, int]) -> Speaker | None:
        """The speaker whom the words of a span of the tagged sentence name."""
        words = sentence.words(*who)
        lower = re.sub(r"^(?:the|a|an|one|another) ", "", words.lower())
        named = [tag.person for tag in sentence.within(*who, "P") if tag.person]
        if len(set(map(id, named))) > 1 and not _LISTED.search(sentence.text, *who):
            # "After talks with Doe and Roe, Poe said": the last one is no part of the list.
            return Speaker(named[-1].name, named[-1])
        if len(set(map(id, named))) > 1:
            return Speaker(self.joint)
        if named and _INSTITUTIONAL.search(lower) and sentence.text[who[1] - 1] != CHARACTERS["P"]:
            return Speaker(_bare(words), institution=True)
        if named:
            return Speaker(named[0].name, named[0])
        if lower in ("him", "her") and (nearest := self.nearest(sentence, who[0])):
            return nearest
        if lower in ("he", "she", "it", "him", "her") or _STYLE.fullmatch(lower):
            styled = self._styled.get(lower)
            return Speaker(styled.name, styled) if styled else self.pronoun(lower)
        if _TOGETHER.fullmatch(sentence.text, *who) and not _INSTITUTIONAL.search(lower):
            return Speaker(self.joint)
        if JOINT.search(words) or (self._documented and _DOCUMENT.match(lower)):
            return Speaker(self.joint)
        if tags := sentence.within(*who, "O"):
            spokes = re.search(r"\bspokes\w+ (?P<name>.+)", words)
            return Speaker(
                spokes["name"] if spokes else words if _INSTITUTIONAL.search(lower) else tags[0].value, institution=True
            )
        return self._described(sentence, who, words, lower)

    def _described(self, sentence: Tagged, who: tuple[int, int], words: str, lower: str) -> Speaker | None:
        """The speaker whom words without a known name describe."""
        if _THE_SAME.fullmatch(words) and self.human:
            return self.human
        lands = list(dict.fromkeys(tag.value for tag in sentence.within(*who, "C")))
        if _SENIOR.fullmatch(lower) and " and " not in lower:
            if len(lands) == 1:
                able = [p for p in self._people if p.country == lands[0] and p.at_table]
                level = offices.level_of(lower)
                same = [p for p in able if offices.level_of(p.office or "") == level] or able
                return Speaker(same[0].name, same[0]) if len(same) == 1 else Speaker(_bare(words), institution=True)
            if _ANYONE.match(words):
                return Speaker(_bare(words), institution=True)
            return self._holder(sentence, lower) or self.last or Speaker(_bare(words), institution=True)
        if _INSTITUTIONAL.search(lower) or _DOCUMENT.match(lower):
            return Speaker(_bare(words), institution=True)
        if re.search(rf"\b{OUTSIDE}\b", lower):
            return Speaker(words, outsider=True)
        lands += [code for tag in sentence.within(*who, "L") if (code := _governed_from(tag.value))]
        if len(lands) == 1 and len(sentence.text[slice(*who)]) <= len("C’s"):
            return Speaker(places.name_of(lands[0]), institution=True)
        if len(lands) > 1 or not words[:1].isupper():
            return Speaker(self.joint)
        return self.stranger(sentence, words)

    def _holder(self, sentence: Tagged, office: str) -> Speaker | None:
        """The person of an office ("the president") whom the article named last before a sentence."""
        at = self._places.get(id(sentence), 0)
        for before in reversed(self._sentences[max(0, at - _NEAR) : at]):
            for tag in reversed(before.tags):
                if tag.person and tag.person.at_table and offices.holds(tag.person.office or "", office):
                    return Speaker(tag.person.name, tag.person)
        return None

    def pronoun(self, word: str) -> Speaker | None:
        """Whom "he" or "it" means: who was quoted just before, else for "he" and "she" the last person."""
        return self.last if word == "it" or self.last is self.quoted else self.human or self.last

    def hear(self, speaker: Speaker | None) -> None:
        """Learns who spoke last; those who speak jointly are nobody to whom a pronoun in the singular goes back."""
        if speaker and not speaker.joint:
            self.last = speaker
            if speaker.person or speaker in self._strangers.values():
                self.human = speaker

    def stranger(self, sentence: Tagged, name: str) -> Speaker:
        """Somebody with a name and no known office, known again by its last word: an outsider where told to be one."""
        at = sentence.line.text.find(name)
        near = sentence.line.text[max(0, at - 60) : at + len(name) + 120]
        outside = bool(_FROM_OUTSIDE.search(near))
        known = Speaker(name, institution=not outside, outsider=outside)
        return self._strangers.setdefault(name.split()[-1], known)

    def subject(self, sentence: Tagged, frame: str) -> Speaker | None:
        """The one with whom a sentence begins: an official or an outsider."""
        if match := OUTSIDER_LEADS.match(frame):
            return self.stranger(sentence, match["name"])
        match = LEAD.match(frame, 0, REACH)
        words = match["who"] if match else ""
        # Any word stands in a capital where a sentence begins: "Rain held up the ferry".
        alone = words.istitle() and words.isalpha() and words not in ("He", "She", "They", "It")
        if alone and words not in self._strangers:
            return None
        speaker = self.speaker(sentence, match.span("who")) if match else None
        return None if speaker and speaker.person and not speaker.person.at_table else speaker

    def nearest(self, sentence: Tagged, at: int) -> Speaker | None:
        """The person named last before a position of the tagged text."""
        person = next((t.person for t in reversed(sentence.within(0, at, "P")) if t.person), None)
        return Speaker(person.name, person) if person else None

    def by(self, sentence: Tagged, frame: str, source: Source, before: Speaker | None) -> Speaker | None:
        """The speaker of a source; `before` is the one of the source before it in the sentence."""
        if source.who:
            return self.speaker(sentence, source.who)
        if source.nearest and (nearest := self.nearest(sentence, source.start)):
            return nearest
        return before or self.subject(sentence, frame)


def _governed_from(city: str) -> str | None:
    """The country of a capital: "Nairobi said"."""
    known = places.city(city)
    return known.country if known and places.capital_of(known.name) == known.country else None


def _bare(words: str) -> str:
    return _LEADING.sub("", words)
