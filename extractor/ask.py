"""Article and model to draft: one call, or for a long article one call a part, all in flight together."""

import asyncio
from collections.abc import Sequence
from typing import Self

from extractor.errors import ReplyError
from extractor.join import join
from extractor.model import Answer, Check, Ledger, Model, NotAsked, Spend, nobody
from extractor.parts import split
from extractor.schemas import Article, Draft, Outcomes, Usage
from extractor.schemas.base import Record
from extractor.settings import PART_SIZE
from extractor.templates import Prompt, inert


class Result(Record):
    """What came of asking about an article: an outcome, and why it is not all well."""

    outcome: Outcomes
    reason: str | None = None
    draft: Draft | None = None
    ungrounded: int = 0

    @classmethod
    def of(cls, answer: Answer[Draft]) -> Self:
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
    *,
    part_size: int = PART_SIZE,
) -> Answer[Draft]:
    """The draft that the model gives for an article.

    `check` says what is wrong with a draft, in words that the model is told;
    what the `ledger` holds is not asked; `spend` is told each cost as it
    arises. A part with no useful reply is lost, with a warning, and takes no
    other along. `part_size` is the characters of an article in one call.

    Raises:
        ReplyError: the model refused, or no reply was of any use.
        ModelUnreachableError: no model answers there, or not to this key.
        LimitReached: a limit of the run allows no further call.
        NotAsked: the model only prepares requests, and these are next.
    """

    def told(draft: Draft) -> list[str]:
        return [inert(problem) for problem in check(draft)]  # it quotes the article

    parts = split(article, part_size)
    calls = (model.draft(prompt.messages(article, part), told, ledger, spend, who=article.id) for part in parts)
    came = await asyncio.gather(*calls, return_exceptions=True)
    wanted = {key: request for one in came if isinstance(one, NotAsked) for key, request in one.requests.items()}
    if wanted:
        raise NotAsked(wanted)
    for one in came:
        if isinstance(one, BaseException) and not isinstance(one, ReplyError):
            raise one
    return whole([one for one in came if isinstance(one, Answer | ReplyError)], article)


def whole(answers: Sequence[Answer[Draft] | ReplyError], article: Article) -> Answer[Draft]:
    """What the answers about all parts of an article, in their order, amount to.

    Raises:
        ReplyError: no part has an answer.
    """
    failed = [answer for answer in answers if isinstance(answer, ReplyError)]
    if len(failed) == len(answers):
        raise failed[0]
    if len(answers) == 1 and isinstance(answers[0], Answer):
        return answers[0]
    warnings = []
    for number, answer in enumerate(answers, 1):
        said = (str(answer),) if isinstance(answer, ReplyError) else answer.warnings
        warnings += [f"part {number} of {len(answers)}: {words}" for words in said]
    given = [answer for answer in answers if isinstance(answer, Answer)]
    return Answer(
        draft=join([answer.draft for answer in given], article.reference),
        usage=sum((answer.usage for answer in given), Usage()),
        warnings=tuple(warnings),
        problems=sum(answer.problems for answer in given),
    )
