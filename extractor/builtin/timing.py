"""Timing: whether a mention is of a meeting now, before or to come, called off, denied, or only wished for."""

import re

from extractor.builtin.grammar import pattern
from extractor.schemas.draft import Occurrence
from extractor.values import dates

_BEFORE = pattern(
    r"\b(?:last|previous|previously|prior|earlier|past|first held|anniversary of)\b|\bsince (?:the|"
    r"their|a|its)\b|\bhad (?!a\b|an\b|the\b|{C}|{MEAL}|\w+ (?:talks|meeting|conversation))|\bfollowed\b",
)
_EARLIER_ONE = re.compile(
    r"\b(?:since|anniversary of|compared (?:to|with)|building on|build on|recall\w*|"
    r"following up on) (?:the |their |our |a )?(?:\w+ ){0,2}$|"
    r"\b(?:follows|followed|on the heels of|comes? after|came after) (?:the |a |an )?(?:\w+ ){0,2}$|"
    r"\b(?:day|week|month|year|hour)s? after (?:the |a )?[^,.;“]{0,60}$|"
    r"\b(?:weeks|months|years) later,? [^,.;“]{0,20}$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:will|would|to be|is to|are to|set to|expected|scheduled|slated|due (?:to|in)|plans? to|"
    r"planned|planning|upcoming|next|agreed to|"
    r"hopes? to|intends? to|looks? forward to|looking forward to|forthcoming|going to|to (?:hold|host|"
    r"meet|convene|attend|speak|receive|participate))\b|[’']ll\b",
    re.IGNORECASE,
)
_AFTER_NOUN = pattern(
    r"^[^.;“]{0,50}?\b(?:to be (?:held|hosted)|will (?:be|take place|open|start|begin|resume|reconvene)|"
    r"(?:is|are|was|were) to (?:take place|open|start|begin|resume|reconvene)|would (?:be (?:held|hosted)|take place)|"
    r"(?:is |are )?(?:scheduled|planned|expected|set|slated|due|fixed|pencill?ed in) (?:for|on|in|{D}|"
    r"to(?! (?:end|close|conclude|last|continue|go on)\b))|next (?:week|month|year)|later this|in the coming|tomorrow)"
)
_HELD_BEFORE = pattern(r"^[^.;“]{0,40}?,? (?:which|that) (?:was|were) (?:first |last )?held (?P<date>{D})")
_LAST = re.compile(r"^,?(?: (?:which|that|was|were|had|has|have|been)){0,3} last (?:held|convened|met|took|sat)\b")
_LONG_AGO = re.compile(r"^[^.;,“]{0,60}?\b(?:weeks?|fortnight|months?|years?|decades?) ago\b", re.IGNORECASE)
_PREVIEW = re.compile(r"\b(?:preview\w*|curtain-raiser)(?: (?:of|to|for))? (?:\S+ ){0,4}$", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:when|before) \S+ $", re.IGNORECASE)
_OFF = r"(?:cancel\w*|call(?:ed|s|ing)? off|scrap\w*)"
_PUT = r"(?:postpon\w*|delay\w*|put off|reschedul\w*|push\w* back)"
_BECAME = r"^[^.;“]{0,200}?(?:\b(?:was|were|been|be|is|are|being) (?:\w+ )?|[{C}{P}] )"
_CHANGES: tuple[tuple[Occurrence, str], ...] = (("cancelled", _OFF), ("postponed", _PUT))
_MADE_WHAT = {verdict: pattern(rf"\b{verb}(?: \S+){{0,6}} ?$") for verdict, verb in _CHANGES}
_BECAME_WHAT = {verdict: pattern(_BECAME + verb) for verdict, verb in _CHANGES}
_STAYED_AWAY = re.compile(
    r"\b(?:(?:will|would|shall)(?: not|n[’']t)(?: be)? (?:tak(?:e|ing) part|attend(?:ing)?|join(?:ing)?|"
    r"participat(?:e|ing))|(?:pull|back)(?:ed|s|ing)? out of|withdr[ae]w\w* from|boycott\w*)"
    r"(?:\s+[^\s.,;“”]+){0,8}\s*$",
    re.IGNORECASE,
)
_WITH_OTHERS = re.compile(r"^[^.;“]{0,40}?(?: with|,? (?:at|in) which)\b")
"""A side that stays away from talks with another calls them off; of a gathering of many it does not."""
_WITH_THE_TRIP = re.compile(
    rf"\b{_OFF} (?:\S+ ){{0,4}}(?:trip|visit|journey|tour)\b[^.;“]{{0,60}}\b(?:where|(?:during|on|in) which)\b[^.;“]*$"
)
_FELL_THROUGH = re.compile(
    r"^(?:, [^.,;“]{1,60},|(?!\b(?:after|as|although|because|before|but|since|until|when|while)\b)[^.,;“]){0,120}? "
    r"(?:fell through|did(?: not|n[’']t) (?:take place|go ahead|materiali[sz]e))\b"
)
_WAS_TO_HAVE = re.compile(r"\b(?:was|were) to have $")
_DENIED = re.compile(
    r"\b(?:denied|denies|deny|no plans? (?:to|for)|ruled out|did(?: not|n[’']t) meet|has not met|"
    r"no such meeting)\b",
    re.IGNORECASE,
)
_WISHED = re.compile(
    r"\b(?:call(?:ed|s|ing)? for|propos\w+|offer\w*(?: to| for)?|ready (?:for|to)|willing(?:ness)? to|"
    r"refus\w+|possib\w+|potential|urg\w+|"
    r"seek\w*|sought|may|might|could|should|if|open to|reject\w*|push\w* for|demand\w*|prospects? of|"
    r"want\w* to|request\w*|"
    r"hop\w+ for|suggest\w*|whether|never|encourag\w*|resum(?:e|ption of)|return to|need for|"
    r"importance of|facilitat\w*|support\w*|via|through|"
    r"mediat\w*|broker\w*|invit\w*|urge[sd]?|appeal\w*)(?: \S+){0,5} ?$",
    re.IGNORECASE,
)


def wished(head: str) -> bool:
    """Whether the words before a mention only wish for it, offer it or leave it open."""
    clause = re.split(r"[.;,“\"]|\b(?:and|when|after|as|during|that)\b", head[-60:])[-1]
    return bool(_WISHED.search(clause))


def occurrence(how: str, words: str, rest: str, head: str) -> Occurrence:
    """`cancelled`, `postponed`, `denied`, `planned` or `held`, from the words around a mention.

    `how` stands between subject and mention, `rest` follows it, `head` precedes it.
    """
    lead = f"{head[-60:]} {how} {words}"
    if _DENIED.search(lead[-120:]):
        return "denied"
    for verdict in _BECAME_WHAT:
        if _MADE_WHAT[verdict].search(lead[-90:]) or _BECAME_WHAT[verdict].match(rest):
            return verdict
    if _STAYED_AWAY.search(lead[-120:]) and _WITH_OTHERS.match(rest):
        return "cancelled"
    if _FELL_THROUGH.match(rest) or _WAS_TO_HAVE.search(how) or _WITH_THE_TRIP.search(f"{head[-200:]} {how}"):
        return "cancelled"
    if (_WHEN.search(head) and words.startswith("meet")) or _PREVIEW.search(head[-80:]):
        return "planned"
    return "planned" if _AFTER.search(how + words) or _AFTER_NOUN.match(rest) else "held"


def earlier(how: str, words: str, rest: str, head: str) -> bool:
    """Whether the words tell of a meeting before the one at hand."""
    told = how + words
    return bool(
        _BEFORE.search(told)
        or any(rule.match(rest) for rule in (_HELD_BEFORE, _LAST, _LONG_AGO))
        or _EARLIER_ONE.search(head[-60:])
    )


def held_on(rest: str) -> tuple[int, int] | None:
    """The span in `rest` of the date in "which was last held in May"."""
    match = _HELD_BEFORE.match(rest)
    return match.span("date") if match else None


_NOT_NOW = re.compile(
    rf"(?:in |early |late |since |of |last )?{dates.MONTH}(?:,? (?:of )?(?:\d{{4}}|last year))?|"
    rf"in \d{{4}}|last (?:month|year)(?:,? in {dates.MONTH})?|\w+ (?:weeks?|months?|years?) ago|(?:in )?the \w+ "
    rf"of \d{{4}}",
    re.IGNORECASE,
)


def long_ago(date: str) -> bool:
    """Whether a date is too coarse for news of the day: what was held "in April" is recalled."""
    return bool(_NOT_NOW.fullmatch(date))


def weekdays(date: str) -> set[str]:
    """The weekdays that a printed date names."""
    return {match.group().lower()[:3] for match in re.finditer(dates.WEEKDAY, date, re.IGNORECASE)}
