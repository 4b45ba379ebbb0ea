"""Article and model to draft."""

from typing import Self

from extractor.model import Answer, Check, Ledger, Model, Spend, nobody
from extractor.schemas import Article, Draft, Outcomes
from extractor.schemas.base import Record
from extractor.templates import Prompt


class Result(Record):
    """What came of asking about an article: an outcome, and why it is not all well."""

    outcome: Outcomes
    reason: str | None = None
    draft: Draft | None = None
    ungrounded: int = 0

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """What an answer amounts to."""
        return cls(
            outcome=Outcomes.RECORDS if answer.draft.meetings else Outcomes.NONE_FOUND,
            reason="; ".join(answer.warnings) or None,
            draft=answer.draft,
            ungrounded=answer.problems,
        )

    @classmethod
    def failed(cls, reason: str) -> Self:
        """A failure, and why."""
        return cls(outcome=Outcomes.FAILED, reason=reason)


async def ask(
    article: Article,
    model: Model,
    prompt: Prompt,
    check: Check,
    ledger: Ledger | None = None,
    spend: Spend = nobody,
) -> Answer:
    """The draft that the model gives for an article.

    `check` says what is wrong with a draft, in words that the model is told;
    what the `ledger` holds is not asked; `spend` is told each cost as it arises.

    Raises:
        ReplyError: the model refused, or no reply was of any use.
        ModelUnreachableError: no model answers there, or not to this key.
        LimitReached: a limit of the run allows no further call.
        NotAsked: the model only prepares requests, and this one is next.
    """
    return await model.draft(prompt.messages(article), check, ledger, spend, who=article.id)
