"""Questions: of which accounts a person should say whether they tell of one meeting, and of which first.

links, ties ────> pairs ──> questions
grey, cut, weak   which     with doubt and stake

An answer is worth the pairs of accounts that it can be expected to put right:
the probability that the rules err, times the pairs at stake. What is asked of
two accounts is meant of their groups: those two stand for them, and the odds
are by what all accounts of the groups say of each other.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from math import log2
from statistics import fmean
from typing import NamedTuple

from extractor.linking import GREY, Judged, Links, Pair
from extractor.linking.pairs import Teller
from extractor.profile import Profile
from extractor.schemas import Question, Signal, Why
from extractor.schemas.question import Because
from extractor.weights import Weights

MOST = 5_000
"""Questions that are kept: the first ones; more than people answer before the next reconciliation."""
_SPEAKERS = 20
"""Accounts of a group that are compared; in a larger one they stand for the rest. Ids are digests: the first by id are
a random choice."""
_TRUST = 0.75
"""The share of a score that counts. Signals hang together (who meets elsewhere often meets on another day too), so that
their sum says too much."""
_APIECE = 3
"""Half bits against two groups for each doubling of the smaller one: its accounts found each other, and not these."""
_AGAINST = 16
"""Half bits against two groups in which one article tells twice, or between which a person judged two accounts
different. As much as two sessions of a day."""

_Group = tuple[str, ...]


class Asked(NamedTuple):
    """A pair to ask about, and why."""

    pair: Pair
    because: Because


def asked(
    links: Links, ties: Iterable[Why], weights: Weights, judged: Judged, disputed: Iterable[Pair] = ()
) -> list[Asked]:
    """The pairs that are worth a person's look, in no order; `ties` are what holds each group together.

    What a person judged is not asked, unless it is disputed.
    """
    found = dict.fromkeys(disputed, Because.CONTRADICTED)
    for pair in links.cut:
        found.setdefault(pair, Because.CUT)
    for pair in links.grey:
        found.setdefault(pair, Because.CLOSE)
    for pair in _weak(ties, weights.threshold + 2 * GREY):
        found.setdefault(pair, Because.WEAK)
    settled = judged.together | judged.apart
    return [Asked(pair, why) for pair, why in found.items() if why is Because.CONTRADICTED or pair not in settled]


def speakers(pairs: Iterable[Asked], links: Links) -> set[str]:
    """The accounts that `questions` compares, besides those of the pairs: some of each group that is asked about."""
    groups = {id_: group for group in links.groups for id_ in group}
    return {id_ for pair, _ in pairs for one in pair for id_ in groups.get(one, ())[:_SPEAKERS]}


def questions(
    pairs: Iterable[Asked], links: Links, profiles: Mapping[str, Profile], weights: Weights, judged: Judged
) -> tuple[Question, ...]:
    """The questions, those first whose answers are worth most.

    Of pairs between the same two groups the one is asked whose accounts are most like their groups; inside a group, one
    for each account that hangs on it loosely and that nobody confirmed.
    """
    groups = {id_: group for group in links.groups for id_ in group}
    odds = _Odds(groups, profiles, weights, judged)
    confirmed = {id_ for pair in judged.together for id_ in pair}
    found: dict[object, tuple[float, Question]] = {}
    for (left, right), because in sorted(pairs):
        if not {left, right} <= profiles.keys() & groups.keys():
            continue
        one, other = groups[left], groups[right]
        together = one == other
        question = Question(
            left=left,
            right=right,
            because=because,
            together=together,
            score=odds.score(left, right),
            threshold=weights.threshold,
            doubt=0.5 if because is Because.CONTRADICTED else odds.doubt(left, right),
            stake=len(one) - 1 if together else len(one) * len(other),
            loose=min((left, right), key=odds.tie) if together else None,
            signals=(),
        )
        about: object = question.loose or frozenset((one, other))
        if because is Because.CONTRADICTED:
            about = left, right
        elif about in confirmed:
            continue
        typical = odds.tie(left) + odds.tie(right)
        if about not in found or typical > found[about][0]:
            found[about] = typical, question
    ordered = sorted((one for _, one in found.values()), key=lambda one: (-worth(one), one.left, one.right))
    return tuple(one.model_copy(update={"signals": odds.signals(one.left, one.right)}) for one in ordered[:MOST])


def worth(question: Question) -> float:
    """How many pairs of accounts an answer can be expected to put right."""
    return question.doubt * question.stake


class _Odds:
    """How likely the rules err about accounts, by what the groups say. A score is log-odds in half bits."""

    def __init__(
        self, groups: Mapping[str, tuple[str, ...]], profiles: Mapping[str, Profile], weights: Weights, judged: Judged
    ) -> None:
        self._groups, self._profiles, self._weights, self._judged = groups, profiles, weights, judged
        self._tell = Teller(list(profiles.values()), weights, judged)
        self._apart = {frozenset(groups[id_] for id_ in pair) for pair in judged.apart if groups.keys() >= {*pair}}
        self.tie: Callable[[str], float] = cache(self._tied)
        """What an account and the others of its group say of each other on the average; 0 for one alone."""
        self._between: Callable[[_Group, _Group], float] = cache(self._said)

    def doubt(self, left: str, right: str) -> float:
        """The probability that the rules err about these two, 0 to 1.

        The threshold is as high as it is because most pairs that are compared are of two meetings. Of the few that are
        asked about more are of one: here a quarter of it is even. Those that are joined have passed it: only what the
        looser of them and its group say of each other counts there.
        """
        one, other = sorted((self._groups[left], self._groups[right]))
        if one == other:
            return _probability(-min(self.tie(left), self.tie(right)))
        return _probability(self._between(one, other))

    def signals(self, left: str, right: str) -> tuple[Signal, ...]:
        """What two accounts say, by its reasons."""
        said = self._judged.said.get((left, right))
        return self._weights.explained(self._profiles[left], self._profiles[right], said)

    def score(self, left: str, right: str) -> int:
        """The sum of the weights of two accounts."""
        return sum(self._tell(left, right).values())

    def _tied(self, id_: str) -> float:
        return self._mean([id_], [one for one in self._known(self._groups[id_]) if one != id_])

    def _said(self, one: _Group, other: _Group) -> float:
        left, right = self._known(one), self._known(other)
        told_twice = {self._profiles[id_].article for id_ in left} & {self._profiles[id_].article for id_ in right}
        against = _APIECE * log2(min(len(one), len(other)))
        if told_twice or frozenset((one, other)) in self._apart:
            against += _AGAINST
        return _TRUST * (self._mean(left, right) - self._weights.threshold / 4) - against

    def _known(self, group: tuple[str, ...]) -> list[str]:
        return [id_ for id_ in group[:_SPEAKERS] if id_ in self._profiles]

    def _mean(self, left: Iterable[str], right: Iterable[str]) -> float:
        return fmean(scores) if (scores := [self.score(*sorted((a, b))) for a in left for b in right]) else 0


def _probability(half_bits: float) -> float:
    return 1 / (1 + 2 ** (-half_bits / 2))


def _weak(ties: Iterable[Why], most: int) -> Iterable[Pair]:
    """Of each group the pair by which its most loosely tied account hangs on it, where that is not much."""
    for why in ties:
        scores: Counter[Pair] = Counter()
        for signal in why.signals:
            left, right = sorted(signal.accounts)
            scores[left, right] += signal.weight
        best: dict[str, tuple[int, Pair]] = {}
        for pair, score in scores.items():
            for id_ in pair:
                best[id_] = max(best.get(id_, (score, pair)), (score, pair))
        score, pair = min(best.values(), default=(most + 1, ("", "")))
        if score <= most:
            yield pair
