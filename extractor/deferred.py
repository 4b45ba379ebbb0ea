"""Deferred: requests go out in files, and their replies come back in files.

    export ──> file ──> whatever answers ──> file ──> bring ──> ground, ...
    submit ──> job ──> OpenAI's Batch API ──> file ──> fetch ──┘

The requests are those that a run would send next, the first or a re-ask, in
the JSON Lines of the Batch API. A reply that does not validate makes a re-ask
due, which goes out with the next file.
"""

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from extractor.batch import Progress
from extractor.errors import ConfigurationError
from extractor.model.jobs import ENDED, MOST_BYTES, MOST_REQUESTS, Job, Jobs
from extractor.prices import BATCH_SHARE
from extractor.read import Source, Unread
from extractor.replies import Brought, take
from extractor.running import digest_of, wait, work
from extractor.schemas import Tally, Usage
from extractor.settings import Settings
from extractor.store import BatchEntry, Pending, Workspace
from extractor.templates import load_prompt

_URL = "/v1/chat/completions"
_SEEN = ("fetched", "lost")


def prepare(
    workspace: Workspace, found: Iterator[Source | Unread] | None, settings: Settings, progress: Progress | None = None
) -> Tally:
    """Finds the requests that are due, for these sources or, without any, for all articles of the workspace."""
    undone = () if found else tuple(workspace.undone(digest_of(settings, load_prompt())))
    return work(workspace, found or (), settings, progress, undone, asking=False)[0]


def export(workspace: Workspace, settings: Settings, file: Path) -> int:
    """Writes the requests that are due, and in no job, to a file; returns how many.

    Raises:
        ConfigurationError: the file cannot be written.
    """
    count = 0
    try:
        with file.open("w", encoding="utf-8", newline="\n") as lines:
            for request in workspace.due(digest_of(settings, load_prompt())):
                lines.write(_line(request))
                count += 1
    except OSError as error:
        raise ConfigurationError(f"cannot write {file}: {error.strerror}") from error
    return count


def bring(
    workspace: Workspace, settings: Settings, file: Path, *, share: Decimal = Decimal(1)
) -> tuple[Brought, Tally]:
    """Takes the replies in a file, of which a share of the list price was paid, and goes on with their articles.

    Raises:
        ConfigurationError: the file cannot be read.
    """
    brought = take(workspace, settings, file, share)
    return brought, _go_on(workspace, settings, brought)


def submit(workspace: Workspace, settings: Settings) -> list[BatchEntry]:
    """Submits the requests that are due as jobs of the Batch API; returns these.

    A job that an earlier call did not see through is found, or its requests go out again.

    Raises:
        ModelUnreachableError: the API does not answer, or not to this key.
        ReplyError: it refuses.
    """
    before = {entry.id for entry in workspace.batches()}
    digest = digest_of(settings, load_prompt())

    async def send(run: int) -> None:
        async with Jobs(settings) as jobs:
            await _find_lost(workspace, settings, jobs)
            with tempfile.TemporaryDirectory() as folder:
                for number, (file, keys) in enumerate(_files(workspace, settings, Path(folder))):
                    token = str(uuid4())
                    batch = workspace.start_batch(token, settings.endpoint, run, keys)
                    job = await jobs.submit(file.rename(file.with_name(f"requests-{number}.jsonl")), token)
                    _note(workspace, batch, job)

    # A run that is alive, so that no other process takes a job for lost while its file goes up.
    run = workspace.start_run(
        model=settings.model, endpoint=settings.endpoint, prompt=load_prompt().digest, digest=digest
    )
    try:
        wait(send(run))
    finally:
        workspace.finish_run(run, counts={}, usage=Usage())
    return [entry for entry in workspace.batches() if entry.id not in before]


def status(workspace: Workspace, settings: Settings) -> list[BatchEntry]:
    """All jobs, those that are open as the API sees them now."""

    async def look() -> None:
        async with Jobs(settings) as jobs:
            await _find_lost(workspace, settings, jobs)
            for entry in _jobs_at(workspace, settings):
                if entry.remote and entry.status not in ENDED:
                    _note(workspace, entry.id, await jobs.look(entry.remote))

    wait(look())
    return workspace.batches()


def fetch(workspace: Workspace, settings: Settings) -> tuple[Brought, Tally]:
    """Takes the replies of all jobs that have ended, whole or in part, and goes on with their articles."""
    brought = Brought()

    async def get() -> None:
        nonlocal brought
        async with Jobs(settings) as jobs:
            await _find_lost(workspace, settings, jobs)
            for entry in _jobs_at(workspace, settings):
                if entry.remote is None:
                    continue
                job = await jobs.look(entry.remote)
                _note(workspace, entry.id, job)
                if job.status not in ENDED:
                    continue
                with tempfile.TemporaryDirectory() as folder:
                    for name in job.files:
                        file = Path(folder) / "replies.jsonl"
                        if await jobs.download(name, file):
                            brought += take(workspace, settings, file, BATCH_SHARE)
                brought += Brought(due=workspace.release(entry.id))
                workspace.save_batch(entry.id, status="fetched")

    try:
        wait(get())
    finally:  # where a job's file breaks off, the replies of those before it go on
        tally = _go_on(workspace, settings, brought)
    return brought, tally


def _jobs_at(workspace: Workspace, settings: Settings) -> list[BatchEntry]:
    """The jobs at this endpoint whose end was not seen yet."""
    entries = workspace.batches()
    return [entry for entry in entries if entry.endpoint == settings.endpoint and entry.status not in _SEEN]


async def _find_lost(workspace: Workspace, settings: Settings, jobs: Jobs) -> None:
    """Sees to the jobs whose submission was cut off: they are there, or their requests are due again."""
    for entry in _jobs_at(workspace, settings):
        if entry.remote is None and not workspace.alive(entry.run):
            job = await jobs.find(entry.token)
            if job:
                _note(workspace, entry.id, job)
            else:
                workspace.release(entry.id)
                workspace.save_batch(entry.id, status="lost")


def _note(workspace: Workspace, batch: int, job: Job) -> None:
    said = job.model_dump(include={"remote", "status", "completed", "failed", "reason"})
    workspace.save_batch(batch, **said)


def _files(workspace: Workspace, settings: Settings, folder: Path) -> Iterator[tuple[Path, list[str]]]:
    """Files of requests that are due, each small enough for one job, and the keys in it."""
    keys: list[str] = []
    file = folder / "requests.jsonl"
    lines = file.open("wb")
    try:
        for request in workspace.due(digest_of(settings, load_prompt())):
            line = _line(request).encode()
            if keys and (len(keys) == MOST_REQUESTS or lines.tell() + len(line) > MOST_BYTES):
                lines.close()
                yield file, keys
                keys, lines = [], file.open("wb")
            lines.write(line)
            keys.append(request.key)
    finally:
        lines.close()
    if keys:
        yield file, keys


def _line(request: Pending) -> str:
    """A request as the Batch API reads it. The body is JSON already."""
    return f'{{"custom_id":"{request.key}","method":"POST","url":"{_URL}","body":{request.body}}}\n'


def _go_on(workspace: Workspace, settings: Settings, brought: Brought) -> Tally:
    """Goes on with the articles that got a reply: to their extractions, or to a re-ask that is due."""
    if not brought.answered and not brought.articles:
        return Tally()
    articles = tuple(dict.fromkeys(brought.articles))
    return work(workspace, (), settings, None, articles, asking=False, spent=brought.usage)[0]
