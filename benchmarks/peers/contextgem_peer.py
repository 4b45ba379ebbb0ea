"""contextgem: a document of paragraphs, one JSON object as the concept, references to paragraphs.

Sentences would be told apart by a neural model that is downloaded; references
stay with the paragraphs. Replies have its form: `benchmarks.mock --reply contextgem`.
"""

import asyncio
import os
from collections.abc import Iterator

os.environ["CONTEXTGEM_LOGGER_LEVEL"] = "ERROR"
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # prices from the package, not from the network

from aiolimiter import AsyncLimiter  # type: ignore[import-not-found]
from contextgem import Document, DocumentLLM, JsonObjectConcept  # type: ignore[import-not-found]

from benchmarks.peers.measure import Job, measure, spread

_FIELDS = (
    "level",
    "format",
    "date",
    "city",
    "first",
    "first_country",
    "second",
    "second_country",
    "pledge",
    "statement",
)


def _texts(job: Job) -> Iterator[str]:
    for file in job.articles:
        yield file.read_text("utf-8")


async def _work(job: Job) -> int:
    # Its own limit is three requests in ten seconds.
    llm = DocumentLLM(model="openai/mock", api_key="none", api_base=job.url, async_limiter=AsyncLimiter(1_000_000, 1))

    async def ask(text: str) -> bool:
        concept = JsonObjectConcept(
            name="Meeting",
            description="A diplomatic meeting that the article reports",
            structure=dict.fromkeys(_FIELDS, str),
            add_references=True,
            reference_depth="paragraphs",
        )
        document = Document(raw_text=text, concepts=[concept])
        done = await llm.extract_concepts_from_document_async(document)
        return bool(done[0].extracted_items and done[0].extracted_items[0].reference_paragraphs)

    return await spread(_texts(job), job.jobs, ask)


if __name__ == "__main__":
    measure(lambda job: asyncio.run(_work(job)))
