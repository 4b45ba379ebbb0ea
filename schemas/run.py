"""A run: what became of each article, and what it cost."""

from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from extractor.schemas.base import Record
from extractor.schemas.meeting import Meeting


class Outcomes(StrEnum):
    """What becomes of an article. Every article has one."""

    RECORDS = "records"
    NONE_FOUND = "none_found"
    FAILED = "failed"


class Usage(Record):
    """What was asked of a model, and what that cost. Tokens as the provider counts them.

    `calls` are HTTP requests that were answered or failed; `reasks` those
    made because a reply did not validate; `retries` those made because the
    transport failed. `cached` replies came from the workspace: what they cost
    counts for the article, and for the run that paid it.
    """

    calls: int = 0
    reasks: int = 0
    retries: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    discounted_tokens: int = 0
    """Of the prompt tokens those that the provider had in its cache and bills at a lower price."""
    estimated: int = 0
    """Replies whose tokens the provider did not count: they are estimated, as characters / 4."""
    cost: Decimal | None = None
    """USD at list prices; None where no price is known, or nothing was asked."""
    dropped: int = 0
    """Items of truncated replies that could not be salvaged."""

    @property
    def tokens(self) -> int:
        """Of prompts and completions together."""
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: "Usage") -> "Usage":
        sums = {name: getattr(self, name) + getattr(other, name) for name in _COUNTED}
        costs = [usage.cost for usage in (self, other) if usage.cost is not None]
        return Usage.model_construct(cost=sum(costs, Decimal(0)) if costs else None, **sums)


_COUNTED = tuple(name for name in Usage.model_fields if name != "cost")


class ArticleOutcome(Record):
    """What became of one article; `reason` says why it failed, in one line."""

    article: str
    """The article's id, or the path where no text could be read."""
    source: str
    outcome: Outcomes
    reason: str | None = None
    accounts: int = 0
    ungrounded: int = 0
    usage: Usage = Usage()
    superseded: bool = False
    """Whether a newer text stands at its URL, so that its accounts count no longer."""


class Tally(Record):
    """How a batch went, in numbers that don't grow with the archive.

    `counts` are articles by outcome, `known` how many of them had it before;
    `deferred` have none yet: a request about them waits for a reply from a file.
    `stopped` is the limit that ended the run before its time.
    """

    counts: dict[Outcomes, int] = Field(default_factory=dict)
    known: int = 0
    deferred: int = 0
    stopped: str | None = None
    usage: Usage = Usage()

    @property
    def articles(self) -> int:
        """Articles, and paths that gave none, that have an outcome."""
        return sum(self.counts.values())


class Run(Record):
    """One whole run: what `extractor.run` returns.

    `model` and `endpoint` say who answered; `prompt` is the digest of prompt
    and schema.
    """

    model: str
    endpoint: str
    prompt: str
    outcomes: tuple[ArticleOutcome, ...]
    meetings: tuple[Meeting, ...]
    usage: Usage
    stopped: str | None = None
    """The limit that ended the run before its time."""
