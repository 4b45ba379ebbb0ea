"""An evaluation as it is published, and the comparison of two codings."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from extractor.schemas.base import Record
from extractor.schemas.scores import Interval, Mark, Row

EVALUATION_VERSION = 1
RESAMPLES = 1000
METHOD = (
    f"95% intervals: percentile bootstrap, {RESAMPLES:,} resamples of whole articles, with a fixed seed "
    "(Efron & Tibshirani 1993). Where all values are alike there is nothing to resample, and an interval of one point "
    "promises nothing."
)


class Passage(Record):
    """Where an article speaks of a value: `text[start:end] == exact`, and what stands around it (code points)."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


class Mistake(Mark):
    """An error, how much it weighs, and the passage where a reader can check it.

    `grounded` tells that the wrong value stands on words of the article, so
    that it is believed. The worst weigh most; see `extractor.evaluate.ranking`.
    """

    weight: int
    grounded: bool
    passage: Passage | None


class Merging(Record):
    """How well accounts are merged into meetings, 0 to 1; None where there is no pair to judge.

    `scope` says of which accounts: `paired` (those that are a gold meeting's
    pair), `reported` (of these the reported ones), `gold` (all gold accounts;
    one that was not found is a meeting of its own). B-cubed: Bagga & Baldwin
    1998, Amigó et al. 2009. Pairwise: of the pairs of accounts that are put
    together, or belong together.
    """

    scope: Literal["paired", "reported", "gold"]
    accounts: int
    found: int
    """Meetings that the accounts were merged into."""
    expected: int
    """Meetings that the gold knows of them."""
    bcubed_precision: float | None
    bcubed_recall: float | None
    bcubed_f1: float | None
    pairwise_precision: float | None
    pairwise_recall: float | None
    pairwise_f1: float | None
    intervals: dict[str, Interval] = Field(default_factory=dict)


class Mismerge(Record):
    """Accounts that are wrongly together (`mixed`, by the found meeting), or apart (`split`, by the gold's).

    `parts` are what they ought to be apart or together: file names by the
    other side's meeting.
    """

    kind: Literal["mixed", "split"]
    meeting: str
    parts: dict[str, tuple[str, ...]]


class Expense(Record):
    """What an evaluation cost. `known` articles were answered from the workspace, and cost nothing now.

    `cost` is in USD at list prices, None where no price is known or nothing
    was asked; `seconds` is the wall time of the run.
    """

    articles: int
    known: int
    calls: int
    tokens: int
    cost: Decimal | None
    seconds: float

    @property
    def asked(self) -> int:
        """Articles that a model was asked about."""
        return self.articles - self.known


class Evaluation(Record):
    """A model against a gold file: figures with their intervals, and all errors, worst first."""

    model: str
    gold: str
    articles: int
    rows: tuple[Row, ...]
    merging: tuple[Merging, ...]
    mismerges: tuple[Mismerge, ...]
    errors: tuple[Mistake, ...]
    expense: Expense | None = None
    method: str = METHOD

    def row(self, field: str) -> Row:
        """The figures of a field."""
        return next(row for row in self.rows if row.field == field)


class Agreement(Record):
    """How far two codings agree on one field.

    `agreed` of `units` are alike. `alpha` is Krippendorff's, nominal; None
    where it is undefined: all units have one value, or the field has none.
    """

    field: str
    unit: str
    units: int
    agreed: int
    alpha: float | None
    intervals: dict[str, Interval] = Field(default_factory=dict)

    @property
    def undefined(self) -> bool:
        """Whether there ought to be an alpha: there are units, but all of one value."""
        return self.alpha is None and self.units > 0 and self.field != "meetings"

    @property
    def share(self) -> float | None:
        """The share of units that agree."""
        return self.agreed / self.units if self.units else None


class Disagreement(Record):
    """One value that two codings give differently; None where one gives none. `title` is the meeting in a few words."""

    file: str
    meeting: str
    title: str
    field: str
    left: str | None
    right: str | None
    about: str | None = None


class Comparison(Record):
    """Two codings of the same articles side by side."""

    left: str
    right: str
    articles: int
    """Articles that both have; only these are compared."""
    only_left: int
    only_right: int
    rows: tuple[Agreement, ...]
    disagreements: tuple[Disagreement, ...]
    method: str = METHOD


class EvaluationReport(Record):
    """What `extractor evaluate --json` prints."""

    schema_version: int = EVALUATION_VERSION
    evaluation: Evaluation | None = None
    comparison: Comparison | None = None
