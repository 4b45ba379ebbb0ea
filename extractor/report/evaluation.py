"""An evaluation and a comparison as one HTML file: the figures, and every error with the words to check it by.

The errors are chosen by field and verdict with radio buttons and style rules
alone: the page has no script.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from extractor.report import words
from extractor.report.figures import (
    AGREEMENT_MEANINGS,
    MEANINGS,
    expense_in_words,
    field_name,
    has_one,
    listed,
    merging_rows,
    share,
    span,
)
from extractor.report.page import anchor, href, page
from extractor.schemas.evaluation import EvaluationReport
from extractor.schemas.scores import FIELDS, Interval, Verdict

_VERDICTS = (Verdict.INVENTED, Verdict.WRONG, Verdict.MISSED)


class Choice(NamedTuple):
    """One button: what it chooses by, its words, and how many items it leaves."""

    key: str
    name: str
    leaves: int


def render_evaluation(report: EvaluationReport) -> str:
    """The whole page; of an evaluation, of a comparison, or of both."""
    rows, errors = (report.evaluation.rows, report.evaluation.errors) if report.evaluation else ((), ())
    apart = report.comparison.disagreements if report.comparison else ()
    rules = [_rule("error", key) for key in (*FIELDS, *_VERDICTS)] + [_rule("apart", key) for key in FIELDS]
    return page(
        "evaluation",
        rules="".join(rules),
        words=words,
        evaluation=report.evaluation,
        lists=[row for row in rows if listed(row)],
        singles=[row for row in rows if has_one(row)],
        comparison=report.comparison,
        verdicts=choices((error.verdict for error in errors), _VERDICTS),
        fields=choices((error.field for error in errors), FIELDS),
        apart=choices((one.field for one in apart), FIELDS),
        field_name=field_name,
        merging_rows=merging_rows,
        meanings=(MEANINGS if report.evaluation else ()) + (AGREEMENT_MEANINGS if report.comparison else ()),
        expense_in_words=expense_in_words,
        share=share,
        span=span,
        drawn=drawn,
        anchor=anchor,
        href=href,
    )


def choices(keys: Iterable[str], order: Iterable[str]) -> list[Choice]:
    """A choice for each key that occurs, in order."""
    counts = Counter(keys)
    return [Choice(str(key), field_name(key), counts[key]) for key in order if counts[key]]


def drawn(interval: Interval) -> tuple[float, float]:
    """Start and length of an interval's bar, in hundredths of the way from 0 to 1; what lies below 0 is cut off."""
    low, high = (round(100 * max(0.0, end), 1) for end in (interval.low, interval.high))
    return low, round(max(high - low, 0.6), 1)


def _rule(kind: str, key: str) -> str:
    """The style rule of a button: what has not its key is not shown."""
    return f"body:has(#{kind}-{key}:checked) .{kind}:not(.{key}) {{ display: none; }}\n"
