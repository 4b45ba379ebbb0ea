"""instructor as its users write it: a client patched for JSON Schema, and a response model."""

import asyncio
from typing import Any

import instructor
from openai import AsyncOpenAI

from benchmarks.peers.measure import Job, measure, spread
from extractor.schemas import Draft


async def _work(job: Job) -> int:
    async with AsyncOpenAI(base_url=job.url, api_key="none") as openai:
        client = instructor.from_openai(openai, mode=instructor.Mode.JSON_SCHEMA)

        async def ask(messages: Any) -> bool:
            draft = await client.chat.completions.create(model="mock", messages=messages, response_model=Draft)
            return bool(draft.meetings)

        return await spread(job.requests(), job.jobs, ask)


if __name__ == "__main__":
    measure(lambda job: asyncio.run(_work(job)))
