"""Plan: what a run would ask, and about what that would cost. Nothing is asked, nothing is kept."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import chain
from os import PathLike

from extractor import prices
from extractor.batch import settled
from extractor.errors import UnreadableError
from extractor.model import estimated
from extractor.parts import split
from extractor.read import Paths, Unread, sources
from extractor.running import digest_of, failed
from extractor.schemas import Article
from extractor.schemas.base import Record
from extractor.settings import Settings
from extractor.store import Workspace
from extractor.templates import load_prompt

REPLY = 800
"""Tokens of a reply, assumed where the workspace knows no run of the model."""


class Plan(Record):
    """What a run would ask: tokens estimated as characters / 4, one call a part of an article, no re-asks."""

    articles: int
    unread: int
    due: int
    calls: int
    prompt_tokens: int
    completion_tokens: int
    measured: bool
    """Whether the length of replies is the mean of earlier runs of the model, and not assumed."""
    cost: Decimal | None

    def in_words(self, settings: Settings) -> str:
        """The plan for people, in a few lines."""
        how = "the mean of earlier runs" if self.measured else f"assumed: {REPLY} a reply"
        calls = f" in {self.calls} calls" if self.calls > self.due else ""
        lines = [
            f"model: {settings.model} ({settings.endpoint})",
            f"{self.articles} articles: {self.articles - self.due} known already, {self.due} to ask about{calls}",
            f"about {self.prompt_tokens} tokens of prompts (characters / 4)",
            f"about {self.completion_tokens} tokens of replies ({how})",
            f"about {prices.in_words(self.cost, settings)}; re-asks come on top",
        ]
        if self.unread:
            lines.insert(2, f"{self.unread} paths give no text; a run lists them")
        return "\n".join(lines)


def plan(
    paths: Paths, settings: Settings, *, published: date | None = None, db: str | PathLike[str] | None = None
) -> Plan:
    """What a run with these settings would ask.

    Raises:
        ConfigurationError: a path does not exist.
        WorkspaceError: the workspace cannot be read.
    """
    prompt = load_prompt()
    digest = digest_of(settings, prompt)
    seen: set[str] = set()
    unread = due = calls = characters = 0
    with Workspace.look(db) as workspace:
        last = workspace.last_extraction()
        again: list[str] = []
        if settings.retry_failed and not paths:
            again, paths = failed(workspace)
        for article in chain(_articles(paths, published), map(workspace.article, again)):
            if article is None:
                unread += 1
            elif article.id not in seen:
                seen.add(article.id)
                known = workspace.known(article.id, digest)
                if known is None or not settled(settings, last, known):
                    due += 1
                    asked = split(article, settings.part_size)
                    calls += len(asked)
                    characters += sum(prompt.size(article, part) for part in asked)
        mean = workspace.mean_reply(settings.model)
    tokens = estimated(characters, 0).model_copy(update={"completion_tokens": round(calls * (mean or REPLY))})
    return Plan(
        articles=len(seen),
        unread=unread,
        due=due,
        calls=calls,
        prompt_tokens=tokens.prompt_tokens,
        completion_tokens=tokens.completion_tokens,
        measured=mean is not None,
        cost=prices.cost(tokens, settings),
    )


def _articles(paths: Paths, published: date | None) -> Iterator[Article | None]:
    """The articles, and None for each path that gives no text."""
    for source in sources(paths, published):
        try:
            yield None if isinstance(source, Unread) else source.article()
        except UnreadableError:
            yield None
