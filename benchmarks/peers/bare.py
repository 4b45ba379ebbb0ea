"""The bare client: openai's AsyncOpenAI as it comes, the reply through json.loads. The floor that others stand on."""

import asyncio
import json
from typing import Any

from openai import AsyncOpenAI

from benchmarks.peers.measure import Job, measure, spread


async def _work(job: Job) -> int:
    form: Any = {"type": "json_schema", "json_schema": {"name": "Draft", "schema": job.fixed["schema"], "strict": True}}
    async with AsyncOpenAI(base_url=job.url, api_key="none") as client:

        async def ask(messages: Any) -> bool:
            reply = await client.chat.completions.create(model="mock", messages=messages, response_format=form)
            return bool(json.loads(reply.choices[0].message.content or "")["meetings"])

        return await spread(job.requests(), job.jobs, ask)


if __name__ == "__main__":
    measure(lambda job: asyncio.run(_work(job)))
