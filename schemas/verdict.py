"""Verdicts: whether two accounts tell of one meeting, as a model judges it.

`DraftVerdict` is what the model answers; its docstring and descriptions are
sent with the JSON schema, so they are written for the model. What decides is
said in `prompts/adjudicate.md`. As in a draft all keys are required, in this
order: a model gives its reason before it judges.
"""

from typing import Literal

from pydantic import Field, field_validator

from extractor.schemas.base import Record
from extractor.schemas.run import Usage

Judgement = Literal["same", "different", "unsure"]

LONGEST_REASON = 500
"""Characters of a reason that are kept."""


class DraftVerdict(Record):
    """Whether two accounts tell of one meeting."""

    reason: str = Field(description="What decides, in one or two sentences: the values compared, and where they stand.")
    answer: Judgement


class Verdict(Record):
    """What a model answered about two accounts, whose ids stand in their order.

    One more signal, never stronger than a person; `unsure` is none. `digest`
    is that of prompt, schema and model together.
    """

    accounts: tuple[str, str]
    answer: Judgement
    reason: str
    """In one line, the model's words."""
    model: str
    digest: str

    @field_validator("accounts")
    @classmethod
    def _in_order(cls, accounts: tuple[str, str]) -> tuple[str, str]:
        one, other = sorted(accounts)
        return one, other

    @field_validator("reason")
    @classmethod
    def _in_one_line(cls, reason: str) -> str:
        """A reply may hold anything; what is kept of it can be printed."""
        line = " ".join("".join(char if char.isprintable() else " " for char in reason).split())
        return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 1] + "…"


class Adjudged(Record):
    """How asking about pairs of accounts went.

    `counts` are new verdicts by answer; `known` pairs had one before,
    `elsewhere` are those that another run asks about, `failed` those to which
    no reply was of use. `stopped` is the limit that ended it before its time.
    """

    counts: dict[Judgement, int] = Field(default_factory=dict)
    known: int = 0
    elsewhere: int = 0
    failed: int = 0
    stopped: str | None = None
    usage: Usage = Usage()
