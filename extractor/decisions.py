"""Decisions on sameness: from the log of what people judged to pairs of accounts.

    log ──> standing ──> attach ──> verdicts
    all     in force     accounts   judged; stale, contradicted

A decision names words. It concerns the account that today's extraction makes
of those words.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.errors import ConfigurationError
from extractor.linking import NOBODY, Judged, Pair
from extractor.schemas import Account, Decision, DecisionKind, Subject
from extractor.schemas.decision import Span, disjoint


class Contradiction(NamedTuple):
    """Two people judged one pair of accounts differently; the later word stands."""

    earlier: Decision
    later: Decision


class Decided(NamedTuple):
    """What decisions say of today's accounts.

    `stale` are the decisions in force that concern no account, or none for
    certain: to be asked again.
    """

    judged: Judged = NOBODY
    stale: tuple[Decision, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


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
    last = {frozenset(one.subjects): one for one in _not_undone(decisions)}
    return tuple(sorted(last.values(), key=lambda one: one.number))


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

    The last word on a pair counts, whatever spans it was given by. Who says
    `same` of two that are one account by now is content; any other decision
    on them is stale.
    """
    told = _not_undone(decisions)
    found = _attached({one for decision in told for one in decision.subjects}, accounts) if told else {}
    by_pair: dict[Pair, list[Decision]] = defaultdict(list)
    lost: set[Decision] = set()
    for decision in told:
        left, right = sorted(found.get(one, "") for one in decision.subjects)
        if left and left != right:
            by_pair[left, right].append(decision)
        elif not left or decision.kind is not DecisionKind.SAME:
            lost.add(decision)
    last = {pair: said[-1].kind for pair, said in by_pair.items()}
    return Decided(
        Judged(
            together=frozenset(pair for pair, kind in last.items() if kind is DecisionKind.SAME),
            apart=frozenset(pair for pair, kind in last.items() if kind is DecisionKind.DIFFERENT),
        ),
        stale=tuple(one for one in standing(told) if one in lost),
        contradictions=tuple(each for said in by_pair.values() for each in _contradictions(said)),
    )


def _not_undone(decisions: Iterable[Decision]) -> list[Decision]:
    """The judgements that nothing undoes, oldest first. What is undone undoes nothing."""
    in_order = sorted(decisions, key=lambda one: one.number)
    undone: set[int] = set()
    kept: list[Decision] = []
    for decision in reversed(in_order):
        if decision.number in undone:
            continue
        if decision.undoes:
            undone.add(decision.undoes)
        if decision.kind is not DecisionKind.UNDO:
            kept.append(decision)
    return kept[::-1]


def _attached(subjects: Iterable[Subject], accounts: Iterable[Account]) -> dict[Subject, str]:
    """The ids of the accounts that subjects attach to, of those that do."""
    subjects = list(subjects)
    by_article: dict[str, list[Account]] = {one.article: [] for one in subjects}
    for account in accounts:
        if account.article in by_article:
            by_article[account.article].append(account)
    found = {one: attach(one, by_article[one.article]) for one in subjects}
    return {one: account.id for one, account in found.items() if account}


def _contradictions(said: Sequence[Decision]) -> list[Contradiction]:
    """The last words of others on a pair that say the opposite of the last word of all."""
    *_, later = said
    opposed = {DecisionKind.SAME, DecisionKind.DIFFERENT} - {later.kind}
    by_actor = {one.actor: one for one in said}
    return [Contradiction(one, later) for one in by_actor.values() if one.kind in opposed]


def _likeness(subject: Subject, account: Account) -> tuple[int, int]:
    """The code points that both rest on; then those that the account alone does, below zero."""
    spans = _spans(account)
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in subject.spans for b in spans)
    return shared, shared - sum(end - start for start, end in spans)


def _spans(account: Account) -> tuple[Span, ...]:
    """Where the words stand that an account's claims rest on."""
    evidence = [one for claim in account.claims for one in claim.evidence]
    return disjoint((one.start, one.end) for one in evidence if one.start is not None and one.end is not None)
