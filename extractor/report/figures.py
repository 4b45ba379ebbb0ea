"""Figures of an evaluation as people read them: shares, intervals, names of fields, cost."""

from extractor.report.words import in_words
from extractor.schemas.evaluation import Expense, Merging
from extractor.schemas.scores import LISTS, OVERALL, PRECISION_ONLY, RECALL_ONLY, Interval, Row

NONE = "·"
"""Where a figure has no meaning, or no case."""

_NAMES = {"date_compatible": "date compat.", "quotes_anywhere": "quotes (any)", "overall": "all values"}
_SCOPES = {"paired": "paired", "reported": "reported", "gold": "all gold"}
MEANINGS = (
    ("meetings", "A gold and a found meeting of one article pair up where they share two parties, or one and the host "
     "event or place, and no date speaks against it. All other fields are judged on the pairs."),
    ("date", "The same date to the day; compatible is one that is coarser or finer and fits."),
    ("quotes", "Gold quotes that the paired account holds; (any): that any account of the article holds. What is "
     "missed there is an omission."),
    ("quotes given", "All statements that were found. Invented are those that do not stand in the article, and those "
     "whose words the gold has from another speaker."),
    ("all values", "Every value once: without compatible dates, quotes (any) and quotes given."),
    ("B-cubed", "For each account, how many of those merged with it belong there (precision), and how many of those "
     "that belong there were merged with it (recall); Bagga & Baldwin 1998, Amigó et al. 2009. Pairwise: the same of "
     "pairs of accounts. All gold counts what was not found as a meeting of its own."),
)  # fmt: skip
"""What the figures of an evaluation mean, for the foot of a report."""
AGREEMENT_MEANINGS = (
    ("units", "Paired meetings, where both codings have the field; that no value is given is a value too. Of parties, "
     "participants and quotes each value that either coding has anywhere in the article, for each paired meeting: is "
     "it there or not."),
    ("alpha", "Krippendorff’s, nominal: 1 is perfect agreement, 0 is what chance would give. It is undefined where all "
     "units have one value, and for meetings: nobody codes what is no meeting."),
)  # fmt: skip
"""What the figures of a comparison mean."""


def field_name(field: str) -> str:
    """A field's name for people."""
    return _NAMES.get(field) or in_words(field)


def listed(row: Row) -> bool:
    """Whether the values of a field are there or not: none of them is wrong, and it has no accuracy."""
    return row.field in (*LISTS, *RECALL_ONLY, *PRECISION_ONLY) and row.field != OVERALL


def has_one(row: Row) -> bool:
    """Whether a field has one value a meeting, a person or a quote: it has an accuracy."""
    return row.field not in (*LISTS, *RECALL_ONLY, *PRECISION_ONLY)


def merging_rows(merging: Merging) -> tuple[tuple[str, str], ...]:
    """The two measures of a scope of merging: what the names of their figures start with, and their own."""
    scope = _SCOPES[merging.scope]
    return ("bcubed", f"B-cubed, {scope}"), ("pairwise", f"pairwise, {scope}")


def share(value: float | None) -> str:
    """A share in at most four characters: `.705`, `1.00`, `-.04`; a dot in the middle for none."""
    if value is None:
        return NONE
    places = 3 if 0 <= value < 0.9995 else 2
    return f"{value:.{places}f}".replace("0.", ".", 1)


def span(interval: Interval | None) -> str:
    """An interval: `.61–.79`, `.97–1.0`."""
    return f"{_end(interval.low)}–{_end(interval.high)}" if interval else ""


def cell(value: float | None, interval: Interval | None) -> str:
    """A share with its interval."""
    return f"{share(value)} {span(interval):7}"


def expense_in_words(expense: Expense) -> str:
    """What a run cost an article."""
    asked = expense.asked
    if not asked:
        return f"{expense.articles} articles, all answered from the workspace: nothing was spent."
    cost = "cost not known"
    if expense.cost is not None:
        cost = f"{expense.cost / asked:.4f} USD" if expense.cost else "no cost"
    told = f"{expense.tokens / asked:,.0f} tokens, {expense.seconds / asked:.2f} s and {cost} an article"
    known = f"; {expense.known} more were answered from the workspace" if expense.known else ""
    return f"{asked} articles asked: {told}{known}."


def _end(value: float) -> str:
    text = f"{value:.2f}"
    return text[:-1] if abs(value) >= 0.995 else text.replace("0.", ".", 1)
