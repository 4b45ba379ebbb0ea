"""Finding: each place where a sentence tells that people meet, by noun ("held talks with") or verb ("met")."""

import re
from collections.abc import Iterator

from extractor.builtin import nouns, phrases, signing, timing
from extractor.builtin.circumstances import Circumstances, named_after
from extractor.builtin.grammar import CHARACTERS
from extractor.builtin.lexicon import GATHERING, NAMED_GATHERING, SPORT
from extractor.builtin.mentions import Meant, Mention, add, bare, take, when
from extractor.builtin.page import Part
from extractor.builtin.several import apart
from extractor.builtin.tagging import Tagged

REACH = 300
"""Characters of the tagged sentence in which a rule looks for subject and object."""


def _before_the_press(tagged: Tagged) -> Iterator[Mention]:
    """A headline such as "Remarks by the two presidents at a joint press conference": they have met."""
    if tagged.part is not Part.HEADLINE:
        return
    for rule, group in ((phrases.TOGETHER, "who"), (phrases.WITH_THE_PRESS, "whom")):
        if match := rule.search(tagged.text):
            mention = Mention(tagged, match.start(), match.end())
            take(mention, tagged, match.start(group), match.end(group), Meant())
            yield mention
            return


def find(tagged: Tagged, meant: Meant | None = None) -> list[Mention]:
    """The mentions of meetings in one sentence, in order."""
    meant = meant or Meant()
    named = list(_nouns(tagged, meant))
    spans = [(n.start, n.end) for n in named]
    verbs = [v for v in _verbs(tagged, meant) if not any(start <= v.start < end for start, end in spans)]
    found = _joined(sorted([*named, *verbs, *_before_the_press(tagged)], key=lambda m: m.start))
    for mention in found[:-1]:
        # "Following the summit of 2020, the three met again": the first of the two is over.
        if phrases.FOLLOWING.match(tagged.text[: mention.start]) and any(m.explicit for m in found[1:]):
            mention.timing = "before"
            break
    limits = [*(m.start for m in found[1:]), len(tagged.text)]
    for mention, limit in zip(found, limits, strict=False):
        mention.at = Circumstances.of(tagged, mention.start, mention.end, limit, mention.countries)
        if mention.at.date and mention.occurrence == "held" and phrases.TO_COME.search(mention.at.date.value):
            mention.occurrence, mention.timing = "planned", "after"
    return [one for mention in found for one in apart(mention)]


def _joined(found: list[Mention]) -> list[Mention]:
    """One mention of "met for talks" and "hosted them for a meeting"."""
    kept: list[Mention] = []
    for mention in found:
        before = kept[-1] if kept else None
        known = {p.country for p in before.people if p.country} if before else set()
        again = before and set(mention.people) <= set(before.people)
        again = again and (not mention.countries or (len(known) > 1 and known <= {t.value for t in mention.countries}))
        if before and before.people and before.explicit and again and not mention.definite and not mention.group:
            between = before.where.text[before.end : mention.start]
            if phrases.FOR_A.match(between) and not mention.separate:
                before.countries += [t for t in mention.countries if t.value not in {c.value for c in before.countries}]
                before.size = before.size or mention.size
                before.summit = before.summit or mention.summit
                continue
        kept.append(mention)
    return kept


def _nouns(tagged: Tagged, meant: Meant) -> Iterator[Mention]:
    text = tagged.text
    for match in nouns.NOUN.finditer(text):
        before = match["before"] or ""
        begin = max(0, match.start() - REACH)
        head = text[begin : match.start()]
        lead = text[begin : match.start("before")]
        if nouns.NOT_DIPLOMATIC.search(lead + before) or timing.wished(lead + before):
            continue
        if nouns.OF_A_HOUSE.match(text[match.end() :]) or nouns.IN_GENERAL.match(text, match.start()):
            continue
        if phrases.BY_MEANS_OF.search(head):
            continue
        after = text[match.end() : match.end() + 12]
        if match["noun"].lower() == "meeting" and not before and nouns.as_verb(text[: match.start("noun")], after):
            continue
        mention = Mention(tagged, match.start(), match.end())
        mention.summit = "summit" in match["noun"].lower()
        mention.definite = bool(re.match(r"(?:the|their|this|that|our|today[’']s)\b", match.group(), re.IGNORECASE))
        rest = text[match.end() : match.end() + REACH]
        if mention.definite and nouns.GOES_ON.match(rest):
            continue
        how = ""
        hold = phrases.HOLD.search(lead)
        subject = phrases.SUBJECT.search(lead, 0, hold.start()) if hold else None
        if not subject and tagged.part is Part.HEADLINE:
            subject = phrases.AROUND.search(lead)
        if hold and not subject:
            mention.start = begin + hold.start()
            how = lead[max(0, hold.start() - 40) :] + match.group()
            _coordinate(mention, lead[: hold.start()], meant)
        if subject:
            take(mention, tagged, begin + subject.start("who"), begin + subject.end("who"), meant)
        if hold and subject:
            how = subject["how"] + lead[hold.start() :] + match.group()
            mention.start = begin + hold.start()
        if with_ := phrases.WITH.match(rest):
            for group in ("of", "rel"):
                if with_[group]:
                    take(mention, tagged, match.end() + with_.start(group), match.end() + with_.end(group), meant)
            take(mention, tagged, match.end() + with_.start("whom"), match.end() + with_.end("whom"), meant)
        elif nouns.MEAL.fullmatch(match["noun"]) and hold and (guest := phrases.IN_HONOUR_OF.match(rest)):
            take(mention, tagged, match.end() + guest.start("whom"), match.end() + guest.end("whom"), meant)
        if not mention.explicit:
            _beside(mention, match, rest, meant)
        way = text[begin : match.start()] + (match["before"] or "")
        travelled = phrases.TRAVELLED.search(way)
        by_name = travelled and CHARACTERS["P"] in travelled["who"]
        if travelled and not by_name:
            take(mention, tagged, begin + travelled.start("who"), begin + travelled.end("who"), meant)
        if (emerged := phrases.EMERGED.search(way)) and emerged["i"]:
            add(mention, meant.speaker)
        elif by_name or emerged:
            add(mention, next((t.person for t in tagged.within(0, match.start(), "P") if t.person), None))
        if with_ and not mention.explicit and re.match(r"(?:his|her)\b", match.group(), re.IGNORECASE):
            before_it = (t.person for t in tagged.within(0, match.start(), "P"))
            add(mention, next((p for p in before_it if p and p.at_table), meant.last))
        own = phrases.OWN.search(text[begin : match.start("noun")].removesuffix(before.lstrip()))
        if own and (own["one"] or not mention.explicit):
            take(mention, tagged, begin + own.start(), begin + own.end(), meant)
        inside = tagged.within(match.start("before"), match.end("before"), "C")
        mention.countries += [tag for tag in inside if tag not in mention.countries]
        # A summit named after a house or a town in two words is one meeting, no gathering of many.
        housed = mention.definite and len((named_after(mention.words) or "").split()) > 1
        pair = with_ or len(mention.countries) > 1
        between = bool(pair and mention.explicit and not NAMED_GATHERING.search(mention.words))
        named = NAMED_GATHERING.search(mention.words) and not with_
        told = housed or between or (mention.explicit and mention.people and not named)
        if GATHERING.search(mention.words) and not told:
            continue
        if nouns.MEAL.fullmatch(match["noun"]) and not mention.explicit:
            continue
        when(mention, how or before, rest, head)
        if mention.occurrence == "held" and nouns.ANOTHER_ONE.match(match["noun"]):
            mention.timing = "before"
        if mention.occurrence == "held" and (other := nouns.OTHERS.search(match.group())):
            mention.timing = "after" if other.group().lower() == "next" else "before"
        yield mention


def item(tagged: Tagged, lead: Mention) -> Mention | None:
    """The meeting that an item of an agenda tells of, after "The minister held several bilateral meetings"."""
    match = phrases.WITH_WHOM.match(tagged.text)
    if not match or len(lead.people) != 1:
        return None
    mention = Mention(
        tagged, match.start("whom"), match.end("whom"), people=lead.people[:1], size=2, at=lead.at, one=True
    )
    mention.timing, mention.occurrence = lead.timing, lead.occurrence
    take(mention, tagged, match.start("whom"), match.end("whom"), Meant())
    return mention if mention.explicit else None


def _beside(mention: Mention, match: re.Match[str], rest: str, meant: Meant) -> None:
    """The other side of "after a meeting with the minister, Doe said": the sentence's subject, after or before."""
    tagged, text = mention.where, mention.where.text
    if (
        match.start() < REACH
        and phrases.LEADING.match(text[: match.start()])
        and (took := phrases.TOOK_PART.match(rest))
    ):
        take(mention, tagged, match.end() + took.start("who"), match.end() + took.end("who"), meant)
        if took["heard"]:
            take(mention, tagged, match.end() + took.start("heard"), match.end() + took.end("heard"), meant)
    elif not mention.people and phrases.IN_THE_COURSE_OF.search(
        text[max(0, match.start() - 60) : match.start("before")]
    ):
        both = phrases.BOTH.match(text[: match.start()])
        named = both and CHARACTERS["P"] in both["who"]
        if both and (named or not phrases.VERB.search(text, both.end(), match.start())):
            take(mention, tagged, both.start("who"), both.end("who"), meant)
    elif not mention.people and (where := phrases.WHERE.match(rest)):
        take(mention, tagged, match.end() + where.start("who"), match.end() + where.end("who"), meant)
    elif mention.people and (
        phrases.DURING.search(text[max(0, match.start() - 20) : match.start("before")])
        or phrases.IN_THE_COURSE_OF.search(text[max(0, match.start() - 60) : match.start("before")])
    ):
        first = next((t.person for t in tagged.within(0, match.start(), "P") if t.person), None)
        if first and first.at_table and first not in mention.people:
            mention.people.insert(0, first)


def _coordinate(mention: Mention, head: str, meant: Meant) -> None:
    """The subject of a second verb: "arrived on Monday and held talks with", "is there to meet"."""
    if not phrases.ALSO.search(head[-60:]):
        return
    first = next((t.person for t in mention.where.within(0, mention.start, "P") if t.person), None)
    subject = first or (meant.last if phrases.SUBJECT_PRONOUN.search(head) else None)
    if not subject and (unnamed := phrases.UNNAMED.match(mention.where.text, 0, mention.start)):
        take(mention, mention.where, *unnamed.span("who"), meant)
    if subject and subject.at_table and subject not in mention.people:
        mention.people.insert(0, subject)


def _verbs(tagged: Tagged, meant: Meant) -> Iterator[Mention]:
    text = tagged.text
    for match in phrases.VERB.finditer(text):
        begin = max(0, match.start() - REACH)
        head = text[begin : match.start()]
        if timing.wished(head):
            continue
        mention = Mention(tagged, match.start(), match.end())
        rest = text[match.end() : match.end() + REACH]
        subject = phrases.SUBJECT.search(head)
        whom = phrases.WITH.match(rest)
        if match["receive"]:
            whom = _received(match, rest)
            if not whom:
                continue
        elif match["discuss"]:
            whom = phrases.DISCUSSED_WITH.match(rest)
            together = subject and subject["who"].count(CHARACTERS["P"]) > 1 and not nouns.MEAL.search(rest)
            if not subject or not (whom or together or phrases.BY_WIRE.match(rest)):
                continue
        elif match["sign"]:
            whom = signing.signatories(head, rest)
            if not whom:
                continue
        elif match["saw"] or match["told"]:
            whom = (phrases.SEEN if match["saw"] else phrases.TOLD_BY_WIRE).match(rest)
            if not whom or not subject:
                continue
        elif match["speak"] and whom and phrases.NO_PARTNER.search(rest, 0, whom.start("whom")):
            whom = None
        elif not whom and match["meet"]:
            whom = phrases.BARE_OBJECT.match(rest)
        if subject:
            take(mention, tagged, begin + subject.start("who"), begin + subject.end("who"), meant)
        if roster := phrases.ROSTER.match(text[: match.start()]):
            take(mention, tagged, roster.start("who"), roster.end("who"), meant)
        if whom and whom["whom"]:
            take(mention, tagged, match.end() + whom.start("whom"), match.end() + whom.end("whom"), meant)
        if whom and not subject:
            _coordinate(mention, head, meant)
        opens = match.start() == 0 and match["verb"].lower() in ("meeting", "receiving", "speaking")
        if opens and (took := phrases.TOOK_PART.match(rest)):
            take(mention, tagged, match.end() + took.start("who"), match.end() + took.end("who"), meant)
        if not whom and (
            (match["speak"] and not ((mention.explicit or mention.group) and phrases.BY_PHONE.match(rest)))
            or (match["gather"] and not subject)
            or (match["sit"] and not mention.group and not (mention.explicit and phrases.ON_A_MATTER.match(rest)))
        ):
            continue
        if not subject and not whom and not opens:
            continue
        if not (mention.people or mention.countries or mention.group):
            continue
        if match["sign"] and not signing.of_two_states(mention):
            continue
        wired = match["discuss"] and not whom and mention.group
        if (match["receive"] or match["discuss"] or match["saw"]) and not (
            wired
            or (mention.people and (mention.explicit or bare(mention)))
            or (mention.explicit and whom and phrases.OFFICIAL.search(whom["whom"]))
        ):
            continue
        when(mention, subject["how"] if subject else head[-30:], rest, head)
        how = subject["how"] if subject else head[-30:]
        if re.search(r"\bnot\b|n[’']t\b", how) and phrases.NOT_SINCE.match(
            tagged.line.text, tagged.offset(match.end())
        ):
            continue
        if mention.occurrence == "planned" and phrases.IF.search(rest):
            continue
        if SPORT.search(text) and not any(p.office for p in mention.people):
            continue
        yield mention


def _received(match: re.Match[str], rest: str) -> re.Match[str] | None:
    """The guest or the one called; None where the words mean another thing ("called on them to stop")."""
    verb = match["receive"].lower()
    whom = phrases.GUEST.match(rest)
    if whom and "visit" in verb and CHARACTERS["P"] not in whom.group():
        return None
    if not whom or phrases.ACTS_ON_PAPER.match(rest):
        return None
    after = rest[whom.end() :]
    if verb.startswith(("called", "calls", "rang", "phoned", "telephoned")) and phrases.CALLED_NAMES.match(after):
        return None
    if verb.startswith(("host", "welcom")) and not (
        phrases.FOR_TALKS.match(after) or (verb.startswith("host") and phrases.GUESTS.search(whom.group()))
    ):
        return None
    return whom
