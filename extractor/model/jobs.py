"""OpenAI's Batch API: files of requests up, files of replies down.

A job is submitted with a token among its metadata, so that it is found again
by whoever died between submitting it and learning its name.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from extractor.errors import ConfigurationError
from extractor.protocol.transport import Failure, one_line
from extractor.schemas.base import Record
from extractor.settings import OPENAI, Settings

if TYPE_CHECKING:
    from openai.types import Batch

MOST_REQUESTS = 50_000
MOST_BYTES = 190 * 10**6
"""Of one job (OpenAI, Batch API: 50,000 requests, 200 MB; some room is left)."""
ENDED = ("completed", "failed", "expired", "cancelled")
"""States of a job that change no more; one that is not known here may be any other provider's and is still open."""
_TOKEN = "extractor"  # noqa: S105 - the name of a field


class Job(Record):
    """What the API says of a job."""

    remote: str
    status: str
    completed: int = 0
    failed: int = 0
    reason: str | None = None
    files: tuple[str, ...] = ()
    """The names of the files of replies and of errors, as far as there are any."""


class Jobs:
    """The jobs of an account. Use as `async with Jobs(settings) as jobs`.

    All methods raise ModelUnreachableError or ReplyError where the API does
    not answer or refuses.
    """

    def __init__(self, settings: Settings) -> None:
        if settings.builtin:
            raise ConfigurationError("the built-in model has no Batch API: use `extractor batch export`")
        self._settings = settings

    async def __aenter__(self) -> Self:
        import openai

        key = self._settings.api_key
        self._client = openai.AsyncOpenAI(
            api_key=key.get_secret_value() if key else "none",
            base_url=self._settings.base_url or OPENAI,
            max_retries=self._settings.retries,
            timeout=max(self._settings.timeout, 600.0),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()

    async def submit(self, file: Path, token: str) -> Job:
        """Submit a file of requests."""
        async with self._translated():
            uploaded = await self._client.files.create(file=file, purpose="batch")
            # No retry: where the answer is lost, the job may be there, and is looked for by its token.
            batch = await self._client.with_options(max_retries=0).batches.create(
                input_file_id=uploaded.id,
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata={_TOKEN: token},
            )
            return _job(batch, self._settings)

    async def find(self, token: str) -> Job | None:
        """The job that was submitted with this token, if there is one."""
        async with self._translated():
            async for batch in self._client.batches.list(limit=100):
                if batch.metadata and batch.metadata.get(_TOKEN) == token:
                    return _job(batch, self._settings)
        return None

    async def look(self, remote: str) -> Job:
        """How far a job is."""
        async with self._translated():
            return _job(await self._client.batches.retrieve(remote), self._settings)

    async def download(self, name: str, to: Path) -> bool:
        """Write a file of replies to the disk; False where the API has it no more."""
        import openai

        async with self._translated():
            try:
                async with self._client.files.with_streaming_response.content(name) as response:
                    await response.stream_to_file(to)
            except openai.NotFoundError:
                return False
        return True

    @asynccontextmanager
    async def _translated(self) -> AsyncIterator[None]:
        import httpx2
        import openai

        try:
            yield
        except (openai.APIError, httpx2.HTTPError) as error:  # the latter where a file breaks off
            raise Failure.of(error).translated(self._settings) from error


def _job(batch: "Batch", settings: Settings) -> Job:
    counts, errors = batch.request_counts, batch.errors.data if batch.errors else None
    return Job(
        remote=batch.id,
        status=batch.status,
        completed=counts.completed if counts else 0,
        failed=counts.failed if counts else 0,
        reason=one_line("; ".join(str(error.message) for error in errors[:3]), settings) if errors else None,
        files=tuple(name for name in (batch.output_file_id, batch.error_file_id) if name),
    )
