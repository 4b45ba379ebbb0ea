"""What a reviewer's first decisions put right, in the order in which the queue has them and in any order.

The reviewer never errs: the truth of the synthetic accounts is known. Of two
accounts in one group the answer is `split` where the one that hangs on it more
loosely is of another meeting than all others; else it is `same` or
`different`. Each answer counts at once: accounts are linked, and questions
made, anew.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from benchmarks import synthetic
from benchmarks.ours_linkage import compared
from benchmarks.table import Row, Table
from extractor.linking import GREY, NOBODY, Judged, Links, link
from extractor.linking.blocks import span
from extractor.linking.cluster import Member, Rule, between, cluster
from extractor.linking.joined import joined
from extractor.linking.pairs import Teller, compare
from extractor.profile import Profile
from extractor.questions import asked, questions
from extractor.reconcile import why
from extractor.schemas import Question
from extractor.weights import standard

Choose = Callable[[Sequence[Question]], Question]
"""Which of the questions is answered next."""


SEEDS = range(201, 213)
"""Files of accounts by which nothing of the order was chosen. Of one file less than of another is put right, so many
together tell more."""


class Count(NamedTuple):
    """Questions at the start, and errors: before, after answers in the queue's order, after answers in any order."""

    questions: int
    before: int
    queue: int
    chance: float


def review(*, accounts: int, decisions: int, seeds: Sequence[int] = SEEDS, orders: int = 2) -> Table:
    """Errors before and after so many decisions, for several files of accounts; any order is the mean of some."""
    counts = {str(seed): _count(list(synthetic.rows(accounts, seed)), decisions, orders) for seed in seeds}
    together = Count(*(sum(column) for column in zip(*counts.values(), strict=True)))
    return Table(
        f"Review: {accounts:,} synthetic accounts, {decisions} decisions; pairs wrongly joined or parted",
        [_row(name, count) for name, count in (counts | {"all": together}).items()],
    )


class Accounts:
    """Accounts compared once, to be linked by what was judged of them again and again, as `link` does it."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        ordered = [profiles[id_] for id_ in sorted(profiles)]
        self.profiles = profiles
        self._tell = Teller(ordered, standard())
        self._scores = compare(ordered, self._tell).scores
        self._members = {one.account: Member(one.article, span(one.when).size) for one in ordered}
        assert self.link(NOBODY) == link(ordered, standard()), "accounts are linked otherwise than `link` does it"

    def link(self, judged: Judged) -> Links:
        """The groups of the accounts."""
        return joined(judged, {id_: one.article for id_, one in self.profiles.items()}, self._link)

    def _link(self, judged: Judged) -> Links:
        threshold = standard().threshold
        alike = [pair for pair, score in self._scores.items() if score >= threshold]
        groups, cut = cluster(self._members, alike, self._tell, Rule(threshold, judged))
        settled = judged.together | judged.apart
        grey = (pair for pair, score in self._scores.items() if abs(score - threshold) <= GREY)
        return Links(groups, cut, tuple(sorted(pair for pair in grey if pair not in settled)), ())


def _count(rows: Sequence[synthetic.Row], decisions: int, orders: int) -> Count:
    accounts = Accounts({row.account: compared(row) for row in rows})
    true = {row.account: row.meeting for row in rows}
    links = accounts.link(NOBODY)
    queue = after(accounts, true, decisions, lambda waiting: waiting[0])
    chance = [after(accounts, true, decisions, random.Random(order).choice) for order in range(orders)]  # noqa: S311
    asked = len(waiting(links, accounts.profiles, NOBODY))
    return Count(asked, errors(links.groups, true), queue, fmean(chance))


def _row(seed: str, count: Count) -> Row:
    queue, chance = count.before - count.queue, count.before - count.chance
    return {
        "seed": seed,
        "questions": count.questions,
        "wrong before": count.before,
        "after, queue": count.queue,
        "right, %": 100 * queue / count.before,
        "after, any order": count.chance,
        "right by any order, %": 100 * chance / count.before,
        "times any order": queue / max(chance, 1),
    }


def after(accounts: Accounts, true: Mapping[str, str], decisions: int, choose: Choose) -> int:
    """The errors that are left when so many questions are answered rightly."""
    judged = NOBODY
    for _ in range(decisions):
        links = accounts.link(judged)
        if not (open_ := waiting(links, accounts.profiles, judged)):
            break
        judged = answered(choose(open_), links, true, judged)
    return errors(accounts.link(judged).groups, true)


def answered(question: Question, links: Links, true: Mapping[str, str], judged: Judged) -> Judged:
    """What is judged once a question is answered rightly."""
    pair = question.left, question.right
    if true[question.left] == true[question.right]:
        return judged._replace(together=judged.together | {pair})
    apart = {pair}
    if loose := question.loose:
        others = [id_ for group in links.groups if loose in group for id_ in group if id_ != loose]
        if all(true[id_] != true[loose] for id_ in others):
            apart = set(between([loose], others))
    return judged._replace(apart=judged.apart | apart)


def waiting(links: Links, profiles: Mapping[str, Profile], judged: Judged) -> tuple[Question, ...]:
    """What is asked, in the order of the queue."""
    ties = [why([profiles[id_] for id_ in group], standard(), judged) for group in links.groups]
    return questions(asked(links, ties, standard(), judged), links, profiles, standard(), judged)


def errors(groups: Iterable[Sequence[str]], true: Mapping[str, str]) -> int:
    """Pairs of accounts that are in one group and of two meetings, or the other way round."""
    cells = Counter((number, true[id_]) for number, group in enumerate(groups) for id_ in group)
    found: Counter[int] = Counter()
    meetings: Counter[str] = Counter()
    for (number, meeting), size in cells.items():
        found[number] += size
        meetings[meeting] += size
    return _pairs(found.values()) + _pairs(meetings.values()) - 2 * _pairs(cells.values())


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)
