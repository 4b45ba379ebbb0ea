"""Attribution: the stretches of a sentence that name a speaker: before, after and around what is said."""

import re
from dataclasses import dataclass

from extractor.builtin.grammar import pattern
from extractor.builtin.lexicon import SAYS


@dataclass(frozen=True)
class Source:
    """A stretch of a tagged sentence that attributes words; `who` is the span of the speaker's name.

    `who` is None where the verb stands without a subject ("and said"), and
    `nearest` tells that its subject is the one named last before it ("who said").
    """

    start: int
    end: int
    who: tuple[int, int] | None
    nearest: bool = False


REACH = 800
"""Characters of a tagged sentence in which attributions are looked for: longer ones are lists."""

_SPOKES = r"spokes\w+(?: (?-i:[A-Z])[\w-]+){0,4}"
_OFFICIAL = (
    r"(?:minister|president|secretary|spokes\w+|officials?|ministry|leader|readout|read-out|statement|"
    r"prime minister|envoy|ambassador|diplomats?|chancellor|king|emir|general|communiqu[ée]|declaration|premier|"
    r"government|side|delegation|presidency|palace|embassy|department|sources?|press release|counterpart|"
    r"participants?|those present|foreign office|(?:president|prime minister|chancellor)[’']s office)"
)
_NAME = r"(?-i:[A-Z])[\w’'-]+(?: (?:(?-i:[A-Z])[\w’'-]*\.?|al|bin|de|van|der|von)){1,4}"
_NO_NAME = (
    r"(?:but|and|also|then|later|however|asked|when|while|meanwhile|still|yet|so|this|that|there|what|who|in|on|at)"
)
OUTSIDE = (
    r"(?:analysts?|experts?|professors?|researchers?|fellows?|scholars?|historians?|critics?|observers?|residents?|"
    r"activists?|commentators?|columnists?|economists?|lecturers?|pundits|protesters|lawyers?|journalists?|"
    r"newspapers?|editorial|report|strategists?|author)"
)
_JOIN = r"(?:,? and (?:the |his |her |their )?|, (?:the )?| & |[-–—/])"
_LANDS = rf"{{C}}(?:[’']s?)?(?:{_JOIN}{{C}}(?:[’']s?)?){{0,5}}"
_PEOPLE = rf"{{P}}(?:{_JOIN}{{P}}){{0,5}}"
_WHO = "|".join(
    (
        rf"{{P}}[’']s (?:office|government|ministry|team|aides?|{_SPOKES})",
        rf"{{O}}[’']?s? (?:{_SPOKES}|officials?|statement|readout|sources?)",
        rf"(?:the )?{{GROUP}} (?:of|from) (?:the )?{_LANDS}",
        rf"(?:the )?{_LANDS} {{GROUP}}|{_PEOPLE}|{{O}}",
        r"\b(?:(?:his|her) (?:excellency|highness|royal highness|majesty)|he|she|they|it)\b",
        r"(?<![\w’'-])(?:(?:the|a|an|another|one|both|his|her|their|its) )?"
        rf"(?:[\w.’'-]{{1,20}} |{{C}}[’']?s? |{{O}}[’']?s? ){{0,4}}?{_OFFICIAL}\b(?: {_SPOKES})?",
        r"\b{ALL}\b|(?:the |both )?\b{GROUP}\b",
        rf"\b(?:(?:the|an?|some|many|one|several) )?(?:[\w’'-]{{1,20}} ){{0,2}}?{OUTSIDE}\b",
        rf"(?<![\w’'-]){_NAME}",
        rf"{_LANDS}|{{L}}",
        rf"(?<![\w’'-])(?!{_NO_NAME}\b)(?-i:[A-Z])[\w’'-]{{2,20}}",
    )
)
_WHO = f"(?:{_WHO})"
_MORE_VERBS = (
    r"informed|vowed|pledged|recommitted|committed|accused|blamed|denounced|deplored|decried|rejected|dismissed|backed|"
    r"endorsed|extended|congratulated|replied|responded|answered|quipped|joked|commented|concluded|complained|"
    r"lamented|claimed|alleged|reported|revealed|disclosed|admitted|conceded|denied|predicted|cautioned|reminded|"
    r"regretted|shot back|hit back|put it|writes|warns|notes|adds|insists|stresses|argues|believes|reads|read|"
    r"recommended|demanded|offered|agreed|discussed|spoke of|referred to|wrote|quoted|observed|opined|elaborated|"
    r"clarified|confirmed|remarks|labell?ed|branded|termed|saluted|paid tribute|expresses|reaffirms|recognized|"
    r"recognised|resolved|affirms|agrees|says?"
)
VERB = rf"(?:{SAYS}|{_MORE_VERBS})"
ADVERB = (
    r"(?:also |later |then |had |has |have |further |reportedly |both |jointly |{D} |on {D} |earlier |again |in turn |"
    r"has also |in {L} |separately |publicly |repeatedly |would |will |\w+ly )"
)
# Another person is named beside the speaker only to say whose spokesman, or whom the speaker met.
_ASIDE = (
    r"(?:(?:,| [–—-]) ?[^“”\"{P};]{1,140}?(?:,| [–—-])|, (?:who |(?:an? |the )?(?:\w+ ){0,2}(?:spokes\w+|adviser|aide|"
    r"official|minister|envoy) )[^“”\";]{1,140}?,| (?:for|of|to) (?:the |his |her )?{P},?)?"
)
_SUBJECT = pattern(
    rf"(?P<who>{_WHO})(?:’s|'s)?(?: \([^()]{{1,40}}\))?{_ASIDE}(?:,? who| that| which|,)? {ADVERB}{{0,3}}"
    rf"(?P<verb>{VERB}|(?:is|was|were) quoted (?:by [^“”,]{{1,40}} )?as|said to have)\b(?! by\b)"
)
_QUOTED_AS = pattern(
    rf"\b(?:quoted|quoting|cited|citing) (?P<who>{_WHO}|him|her) as (?P<verb>saying|telling|noting|describing)\b"
)
# "the Prime Minister's warning that"
_WORDS_OF = pattern(
    r"(?P<who>{P})[’']s? (?:\w+ )?(?:declaration|statement|remarks?|comments?|assertion|warning|pledge|promise|"
    r"description|claim|words|call|demand|proposal)(?: (?:that|of|as|for|on)\b)?"
)
_AFTER = pattern(
    rf"^[”\"’'»]{{0,2}},? ?(?:as )?(?P<who>{_WHO})(?: \([^()]{{1,40}}\))?{_ASIDE}(?: who)? {ADVERB}{{0,2}}"
    rf"(?P<verb>{VERB}|(?:is|was) quoted as)\b"
)
# Any verb at all, where a comma leads over to it: "…”, he guaranteed".
_AFTER_COMMA = pattern(rf"^[”\"’'»]{{0,2}},? ?(?P<who>{{P}}|he|she|they) {ADVERB}{{0,2}}(?P<verb>[^\W\d_]+(?:ed|s))\b")
_AFTER_DASH = pattern(r"^[”\"’'»]{0,2} ?[–—-]+ ?(?P<who>{P})(?= ?[.,(]|$)")
_AFTER_INVERTED = pattern(
    r"^[”\"’'»]{0,2},? ?(?P<verb>said|says|added|noted|explained|informed|affirmed|warned|wrote|read|reads|"
    rf"stressed|replied|declared|asked|told reporters|argued|concluded|recalled|"
    rf"quipped|continued|stated) (?P<who>{_WHO})"
)
_ACCORDING = pattern(
    r"(?:according to|in the words of|said in a|in a statement (?:from|by)) (?:the |a )?"
    rf"(?P<who>{{O}}(?: {_SPOKES})?|{{P}}|(?:joint )?(?:statement|readout|press release|declaration|"
    rf"communiqu[ée])|{_WHO})"
)
_IN_DOCUMENT = pattern(
    r"\b(?:In|in) (?:the|a|their|its) (?P<who>joint (?:\w+ )?(?:statement|communiqu[ée]|declaration))\b", re.NOFLAG
)
_BARE = pattern(
    rf"(?:(?P<relative>,? who )|,? and |,? but )(?:where )?{ADVERB}{{0,2}}{VERB}\b|"
    r"(?:,|,? while|,? and) (?:also )?(?:adding|saying|calling|noting|stressing|describing|warning|citing|"
    r"urging|expressing|praising|emphasi[sz]ing|reaffirming|hailing|arguing|insisting|underscoring|vowing|pledging)\b"
)
_REPORTED = re.compile(r"(?:(?! and | while | but )[^,;“”\"]){0,120}")
_BY_ACCORDING = re.compile(
    r"(?:according to|in the words of|quoted|quoting|cited|citing|in a statement (?:from|by)) (?:the )?$", re.IGNORECASE
)
LEAD = pattern(rf"^(?:[^“”\"{{P}}]{{1,80}}, )?(?:the )?(?P<who>{_WHO})")


def sources(frame: str) -> list[Source]:
    """All stretches of a tagged text, its quotations blanked, that attribute words, in order.

    What one is said to say of another ("Doe said the ministers had agreed") is no source of its own.
    """
    frame = frame[:REACH]
    found = [
        Source(m.start("who"), m.end(), m.span("who"))
        for m in _SUBJECT.finditer(frame)
        if not _BY_ACCORDING.search(frame[max(0, m.start() - 30) : m.start()])
    ]
    found += [Source(m.start(), m.end(), m.span("who")) for m in _QUOTED_AS.finditer(frame)]
    found += [Source(m.start(), m.end(), m.span("who")) for m in _WORDS_OF.finditer(frame)]
    taken = [(source.start, source.end) for source in found]
    found += [
        Source(m.start(), m.end(), None, nearest=bool(m["relative"]))
        for m in _BARE.finditer(frame)
        if not any(start < m.end() and m.start() < end for start, end in taken)
    ]
    kept: list[Source] = []
    for source in sorted(found, key=lambda source: source.start):
        if not (kept and _within(frame, source, kept[-1])):
            kept.append(source)
    return kept


def _within(frame: str, source: Source, before: Source) -> bool:
    """Whether a source stands in what another is said to say; "thanked Doe, who promised" is no such case."""
    if not source.who or _WORDS_OF.match(frame, source.start) or " who " in frame[source.who[1] : source.end]:
        return False
    return bool(_REPORTED.fullmatch(frame, before.end, source.start))


def after(frame: str, at: int) -> Source | None:
    """The speaker named right after a quotation that ends at `at`."""
    rest = frame[at : at + 300]
    match = _AFTER_INVERTED.match(rest) or _AFTER.match(rest) or _AFTER_DASH.match(rest)
    if not match and "," in frame[max(0, at - 1) : at + 2]:
        match = _AFTER_COMMA.match(rest)
    if not match:
        return None
    start = min(match.start(group) for group in ("who", "verb") if group in match.re.groupindex)
    return Source(at + start, at + match.end(), (at + match.start("who"), at + match.end("who")))


def according(frame: str) -> Source | None:
    """The speaker named with "according to" or as the author of a joint statement, anywhere in a sentence."""
    match = _ACCORDING.search(frame, 0, REACH)
    return Source(match.start(), match.end(), match.span("who")) if match else None


def in_document(frame: str) -> Source | None:
    """The joint document in which the words of a sentence stand."""
    match = _IN_DOCUMENT.search(frame, 0, REACH)
    return Source(match.start(), match.end(), match.span("who")) if match else None
