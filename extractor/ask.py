"""Article and model to draft."""

from extractor.model import Answer, Check, Model, Spend
from extractor.schemas import Article
from extractor.templates import Prompt


async def ask(article: Article, model: Model, prompt: Prompt, check: Check, spend: Spend | None = None) -> Answer:
    """The draft that the model gives for an article.

    `check` says what is wrong with a draft, in words that the model is told;
    `spend` is told each cost as it arises.

    Raises:
        ReplyError: the model refused, or no reply was of any use.
        ModelUnreachableError: no model answers there, or not to this key.
    """
    return await model.draft(prompt.messages(article), check, spend)
