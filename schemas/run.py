"""A run: what became of each article, and what it cost."""

from enum import StrEnum

from extractor.schemas.base import Record
from extractor.schemas.meeting import Meeting


class Outcomes(StrEnum):
    """What becomes of an article. Every article has one."""

    RECORDS = "records"
    NONE_FOUND = "none_found"
    FAILED = "failed"


class Usage(Record):
    """What was asked of a model. Tokens as the provider counts them.

    `calls` are HTTP requests that were answered or failed; `reasks` those
    made because a reply did not validate; `retries` those made because the
    transport failed. `cached` replies came from the workspace and cost nothing.
    """

    calls: int = 0
    reasks: int = 0
    retries: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    dropped: int = 0
    """Items of truncated replies that could not be salvaged."""

    def __add__(self, other: "Usage") -> "Usage":
        pairs = zip(
            Usage.model_fields, zip(self.model_dump().values(), other.model_dump().values(), strict=True), strict=True
        )
        return Usage(**{name: a + b for name, (a, b) in pairs})


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
