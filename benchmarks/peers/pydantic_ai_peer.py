"""pydantic-ai with the same messages and the same model of a reply, as OpenAI's structured output."""

import asyncio
from typing import Any

from openai import AsyncOpenAI
from pydantic_ai import Agent, NativeOutput  # type: ignore[import-not-found] # lives in an environment of its own
from pydantic_ai.messages import (  # type: ignore[import-not-found]
    ModelRequest,
    ModelResponse,
    SystemPromptPart,
    TextPart,
    UserPromptPart,
)
from pydantic_ai.models.openai import OpenAIChatModel  # type: ignore[import-not-found]
from pydantic_ai.providers.openai import OpenAIProvider  # type: ignore[import-not-found]

from benchmarks.peers.measure import Job, measure, spread
from extractor.schemas import Draft

_PARTS = {"system": SystemPromptPart, "user": UserPromptPart, "assistant": TextPart}


def _history(messages: list[dict[str, str]]) -> list[Any]:
    """Messages of the OpenAI protocol as pydantic-ai keeps them."""
    return [
        (ModelResponse if message["role"] == "assistant" else ModelRequest)(
            parts=[_PARTS[message["role"]](content=message["content"])]
        )
        for message in messages
    ]


async def _work(job: Job) -> int:
    history = _history(job.fixed["messages"])
    async with AsyncOpenAI(base_url=job.url, api_key="none") as client:
        model = OpenAIChatModel("mock", provider=OpenAIProvider(openai_client=client))
        agent = Agent(model, output_type=NativeOutput(Draft, name="Draft", strict=True))

        async def ask(messages: list[dict[str, str]]) -> bool:
            result = await agent.run(messages[-1]["content"], message_history=history)
            return bool(result.output.meetings)

        return await spread(job.requests(), job.jobs, ask)


if __name__ == "__main__":
    measure(lambda job: asyncio.run(_work(job)))
