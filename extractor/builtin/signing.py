"""Signings: officials of two states who sign an agreement in one place have met."""

import re

from extractor.builtin.grammar import pattern
from extractor.builtin.mentions import Mention
from extractor.builtin.phrases import SIGNED, WHOM

_PAPER = r"(?:agreements?|treaty|treaties|accords?|pacts?|protocols?|memorand(?:um|a)|MoUs?|convention|deal)"
_PAPER_WAS = pattern(
    rf"(?<!against the )\b{_PAPER}\b(?:(?!\b(?:which|that)\b)[^.;“”{{P}}]){{0,80}} "
    r"(?:was|were|has been|have been) (?:\w+ )?$"
)
_BY = pattern(r"^(?:(?!\b(?:letters|notes|post|mail|which)\b)[^.;“”{P}]){0,100}? by (?:the )?" + WHOM)
_SIGNED_A = pattern(
    r"^ (?:an?|the|their|its|two|three|four|several) (?:(?!\b(?:law|bill|decree|letters?|notes?|order|on|for)\b)"
    rf"[^.;“”{{P}}]){{0,80}}?\b{_PAPER}\b(?:[^.;“”{{P}}]{{0,80}}? with {WHOM})?"
)
_OFFICIALS = pattern(r"{GROUP} (?:of|from) (?:the )?{RUN}|{RUN} {GROUP}")
_SIGNED = re.compile(SIGNED, re.IGNORECASE)


def signatories(head: str, rest: str) -> re.Match[str] | None:
    """Who else signs an agreement (the group `whom`, if any), from the words around the verb.

    None where no agreement is signed: laws and letters are signed by one side alone.
    """
    return (_BY if _PAPER_WAS.search(head) else _SIGNED_A).match(rest)


def of_two_states(mention: Mention) -> bool:
    """Whether those who sign are officials of more states than one."""
    officials = _OFFICIALS.search(mention.where.text)
    return len({p.country for p in mention.people}) > 1 or bool(officials and len(mention.countries) > 1)


def is_signing(mention: Mention) -> bool:
    """Whether a mention tells of a meeting only by what was signed there."""
    return bool(_SIGNED.fullmatch(mention.words))
