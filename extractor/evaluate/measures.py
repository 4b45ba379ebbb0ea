"""The figures of an evaluation: one row a field with its intervals, merging, and the errors."""

from collections.abc import Mapping, Sequence

import numpy as np

from extractor.evaluate.bootstrap import intervals, ratio, resampled
from extractor.evaluate.clusters import merging, mismerges
from extractor.evaluate.judge import score
from extractor.evaluate.ranking import mistakes
from extractor.schemas import Account, Article, Meeting
from extractor.schemas.evaluation import Evaluation, Expense
from extractor.schemas.gold import GoldMeeting
from extractor.schemas.scores import FIELDS, OVERALL, Row, Scores, Verdict, ratios


def evaluate(
    articles: Mapping[str, Article],
    found: Mapping[str, Sequence[Account]],
    meetings: Sequence[Meeting],
    gold: Mapping[str, Sequence[GoldMeeting]],
    *,
    model: str = "",
    name: str = "",
    expense: Expense | None = None,
) -> Evaluation:
    """What was found in articles (by file name), and the meetings that it was merged into, against the gold."""
    scores = score(found, gold)
    of = {account.id: meeting.id for meeting in meetings for account in meeting.accounts}
    return Evaluation(
        model=model,
        gold=name,
        articles=len(gold),
        rows=rows(scores),
        merging=merging(scores, of),
        mismerges=mismerges(scores, of),
        errors=mistakes(scores, articles, found, gold),
        expense=expense,
    )


def rows(scores: Scores) -> tuple[Row, ...]:
    """One row a field with its intervals, in the order of `FIELDS`, and the row of all values last."""
    at = {file: number for number, file in enumerate(sorted(scores.files))}
    column = {verdict: number for number, verdict in enumerate(Verdict)}
    weights = resampled(len(at))
    found = []
    for field in (*FIELDS, OVERALL):
        counts = np.zeros((len(at), len(column)))
        for mark in scores.of(field):
            counts[at[mark.file], column[mark.verdict]] += 1
        shares = {name: ratio(*parts) for name, parts in ratios(field, *(weights @ counts).T).items()}
        found.append(scores.row(field).model_copy(update={"intervals": intervals(shares)}))
    return tuple(found)
