"""Decisions: from the log of what people judged to the accounts of today.

    log ──> standing ──> attach ──> verdicts
    all     in force     accounts   judged; stale, contradicted

A decision names words. It concerns the account that today's extraction makes
of those words.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from extractor.errors import ConfigurationError
from extractor.linking import NOBODY, Judged, Pair
from extractor.merging.choices import Choice, Voice, evidence_spans, overlap
from extractor.schemas import Account, Decision, DecisionKind, Saying, Subject
from extractor.schemas.decision import Span, disjoint


class Contradiction(NamedTuple):
    """Two people judged one pair of accounts differently; the later word stands."""

    earlier: Decision
    later: Decision


class Decided(NamedTuple):
    """What decisions say of today's accounts.

    `left` are pairs of accounts that a person looked at and left to the rules;
    what was left so of fields stands among the choices. `stale` are the
    decisions in force that concern no account, or none for certain: to be
    asked again.
    """

    judged: Judged = NOBODY
    left: frozenset[Pair] = frozenset()
    stale: tuple[Decision, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    disputed: frozenset[Pair] = frozenset()
    """The pairs of accounts that contradictions are about."""


def subject(account: Account) -> Subject:
    """An account as decisions name it: by the words that its claims rest on.

    Raises:
        ConfigurationError: none of them stand in its article.
    """
    spans = _spans(account)
    if not spans:
        raise ConfigurationError(f"no words of account {account.id} stand in its article: decide about another account")
    return Subject(article=account.article, spans=spans)


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The judgements in force, oldest first: neither undone nor followed by another on the same subjects."""
    last = {one.about: one for one in _not_undone(decisions)}
    return tuple(sorted(last.values(), key=_when))


def undone(decisions: Iterable[Decision]) -> dict[int, int]:
    """By which decision each that stands no longer is undone, by their numbers. What is undone undoes nothing."""
    found: dict[int, int] = {}
    for decision in sorted(decisions, key=lambda one: -one.number):
        if decision.undoes and decision.number not in found:
            found.setdefault(decision.undoes, decision.number)
    return found


def attach(subject: Subject, accounts: Iterable[Account]) -> Account | None:
    """The account of that article which shares most of the subject's words, counted in code points.

    Of two that share as many, the one that rests on fewer other words. None
    where no account shares any, or where two stand equal.
    """
    found = {one.id: one for one in accounts if one.article == subject.article}
    likeness = {id_: _likeness(subject, one) for id_, one in found.items()}
    best = max(likeness.values(), default=(0, 0))
    closest = [id_ for id_, like in likeness.items() if like == best]
    return found[closest[0]] if best > (0, 0) and len(closest) == 1 else None


def verdicts(decisions: Iterable[Decision], accounts: Iterable[Account]) -> Decided:
    """What the decisions say of these accounts, in any order of the accounts.

    The last word on a pair or on a field counts, whatever spans it was given
    by. Who says `same` of two that are one account by now is content; any other
    decision on them is stale.
    """
    told = _not_undone(decisions)
    if not told:
        return Decided()
    found = _attached({one for decision in told for one in decision.accounts}, accounts)
    by_pair: dict[Pair, list[Decision]] = defaultdict(list)
    by_field: dict[object, list[Decision]] = defaultdict(list)
    choices: dict[int, Choice] = {}
    lost: set[int] = set()
    for rank, decision in enumerate(told):
        if decision.field:
            if choice := _choice(decision, found, rank):
                choices[decision.number] = choice
                by_field[decision.field, frozenset((v.account, v.spans) for v in choice.voices)].append(decision)
            else:
                lost.add(decision.number)
            continue
        left, right = sorted(found[one].id if one in found else "" for one in decision.subjects)
        if left and left != right:
            by_pair[left, right].append(decision)
        elif not left or decision.kind is not DecisionKind.SAME:
            lost.add(decision.number)
    last = {pair: said[-1].kind for pair, said in by_pair.items()}
    return Decided(
        Judged(
            together=frozenset(pair for pair, kind in last.items() if kind is DecisionKind.SAME),
            apart=frozenset(pair for pair, kind in last.items() if kind is DecisionKind.DIFFERENT),
            choices=tuple(choices[said[-1].number] for said in by_field.values()),
        ),
        left=frozenset(pair for pair, kind in last.items() if kind is DecisionKind.UNSURE),
        stale=tuple(one for one in standing(told) if one.number in lost),
        contradictions=tuple(
            each for said in (*by_pair.values(), *by_field.values()) for each in _contradictions(said)
        ),
        disputed=frozenset(pair for pair, said in by_pair.items() if _contradictions(said)),
    )


def _choice(decision: Decision, found: Mapping[Subject, Account], rank: int) -> Choice | None:
    """A decision on a field by the accounts of today; None where too few of them still speak of it."""
    heard = [(found[one.account], one) for one in decision.sayings if one.account in found]
    voices = tuple(
        Voice(account.id, saying.spans, saying.value) for account, saying in heard if _speaks(account, decision, saying)
    )
    if not voices or len(voices) < min(2, len(decision.sayings)) or not decision.field:
        return None
    return Choice(rank, decision.kind, decision.field, decision.value, voices)


def _speaks(account: Account, decision: Decision, saying: Saying) -> bool:
    """Whether an account says something of the field in these words; in words that stand nowhere, this very value."""
    return any(
        overlap(saying.spans, evidence_spans(claim.evidence)) if saying.spans else claim.value == saying.value
        for claim in account.of(decision.field or "")
    )


def _not_undone(decisions: Iterable[Decision]) -> list[Decision]:
    """The judgements that nothing undoes, oldest first."""
    log = tuple(decisions)
    gone = undone(log)
    return sorted((one for one in log if one.kind is not DecisionKind.UNDO and one.number not in gone), key=_when)


def _when(decision: Decision) -> tuple[datetime, int]:
    """When it was made: numbers do not tell, as a log takes in what others decided before."""
    return decision.made_at, decision.number


def _attached(subjects: Iterable[Subject], accounts: Iterable[Account]) -> dict[Subject, Account]:
    """The accounts that subjects attach to, of those that do."""
    subjects = list(subjects)
    by_article: dict[str, list[Account]] = {one.article: [] for one in subjects}
    for account in accounts:
        if account.article in by_article:
            by_article[account.article].append(account)
    found = {one: attach(one, by_article[one.article]) for one in subjects}
    return {one: account for one, account in found.items() if account}


def _contradictions(said: Sequence[Decision]) -> list[Contradiction]:
    """The last words of others on one thing that say something else than the last word of all.

    Where two people contradicted each other before and a third has spoken since, that settles it.
    """
    *earlier, later = said
    by_actor = {one.actor: one for one in said}
    if earlier and later.actor not in {one.actor for one in earlier} and _contradictions(earlier):
        return []
    opposed = (one for one in by_actor.values() if (one.kind, one.value) != (later.kind, later.value))
    return [Contradiction(one, later) for one in opposed if one.kind is not DecisionKind.UNSURE]


def _likeness(subject: Subject, account: Account) -> tuple[int, int]:
    """The code points that both rest on; then those that the account alone does, below zero."""
    spans = _spans(account)
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in subject.spans for b in spans)
    return shared, shared - sum(end - start for start, end in spans)


def _spans(account: Account) -> tuple[Span, ...]:
    """Where the words stand that an account's claims rest on."""
    return disjoint(evidence_spans(one for claim in account.claims for one in claim.evidence))
