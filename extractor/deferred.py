"""Deferred: requests go out in files, and their replies come back in files.

    export ──> file ──> whatever answers ──> file ──> bring ──> ground, ...
    submit ──> job ──> OpenAI's Batch API ──> file ──> fetch ──┘

The requests are those that a run would send next, the first or a re-ask, in
the JSON Lines of the Batch API. A reply that does not validate makes a re-ask
due, which goes out with the next file.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from extractor.batch import Progress
from extractor.errors import ConfigurationError, ModelUnreachableError, ReplyError
from extractor.model import Stored, paid_for
from extractor.model.jobs import ENDED, MOST_BYTES, MOST_REQUESTS, Job, Jobs
from extractor.pipeline import digest_of, wait, work
from extractor.prices import BATCH_SHARE
from extractor.protocol.transport import Failure, RawReply
from extractor.read import Source, Unread
from extractor.schemas import Tally, Usage
from extractor.schemas.base import Record
from extractor.settings import Settings
from extractor.store import BatchEntry, Pending, Workspace
from extractor.templates import load_prompt

PAGE = 200
"""Replies that are kept in one transaction."""
_URL = "/v1/chat/completions"
_PASSING = {"batch_expired", "batch_cancelled", "request_timeout", "rate_limit_exceeded", "server_error"}


class Brought(Record):
    """What a file of replies held.

    `answered` requests have a reply now; `due` ones failed in a way that
    passes, and go out again; `failed` ones were refused for good; `unknown`
    lines answer nothing that was asked here, `broken` ones are no replies.
    `articles` are those that go on, asked about as the settings say.
    """

    answered: int = 0
    due: int = 0
    failed: int = 0
    unknown: int = 0
    broken: int = 0
    usage: Usage = Usage()
    articles: tuple[str, ...] = ()

    def __add__(self, other: "Brought") -> "Brought":
        return Brought(**{name: getattr(self, name) + getattr(other, name) for name in Brought.model_fields})


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
    brought = _take(workspace, settings, file, share)
    return brought, _go_on(workspace, settings, brought)


def submit(workspace: Workspace, settings: Settings) -> list[BatchEntry]:
    """Submits the requests that are due as jobs of the Batch API; returns these.

    A job that an earlier call did not see through is found, or its requests go out again.

    Raises:
        ModelUnreachableError: the API does not answer, or not to this key.
        ReplyError: it refuses.
    """
    before = {entry.id for entry in workspace.batches()}

    async def send() -> None:
        async with Jobs(settings) as jobs:
            await _find_lost(workspace, jobs)
            with tempfile.TemporaryDirectory() as folder:
                for number, (file, keys) in enumerate(_files(workspace, settings, Path(folder))):
                    token = str(uuid4())
                    batch = workspace.start_batch(token, keys)
                    job = await jobs.submit(file.rename(file.with_name(f"requests-{number}.jsonl")), token)
                    _note(workspace, batch, job)

    wait(send())
    return [entry for entry in workspace.batches() if entry.id not in before]


def status(workspace: Workspace, settings: Settings) -> list[BatchEntry]:
    """All jobs, those that are open as the API sees them now."""

    async def look() -> None:
        async with Jobs(settings) as jobs:
            await _find_lost(workspace, jobs)
            for entry in workspace.batches():
                if entry.remote and entry.status not in (*ENDED, "fetched", "lost"):
                    _note(workspace, entry.id, await jobs.look(entry.remote))

    wait(look())
    return workspace.batches()


def fetch(workspace: Workspace, settings: Settings) -> tuple[Brought, Tally]:
    """Takes the replies of all jobs that have ended, whole or in part, and goes on with their articles."""
    brought = Brought()

    async def get() -> None:
        nonlocal brought
        async with Jobs(settings) as jobs:
            await _find_lost(workspace, jobs)
            for entry in workspace.batches():
                if entry.remote is None or entry.status in ("fetched", "lost"):
                    continue
                job = await jobs.look(entry.remote)
                _note(workspace, entry.id, job)
                if job.status not in ENDED:
                    continue
                with tempfile.TemporaryDirectory() as folder:
                    for name in job.files:
                        file = Path(folder) / "replies.jsonl"
                        if await jobs.download(name, file):
                            brought += _take(workspace, settings, file, BATCH_SHARE)
                brought += Brought(due=workspace.release(entry.id))
                workspace.save_batch(entry.id, status="fetched")

    try:
        wait(get())
    finally:  # where a job's file breaks off, the replies of those before it go on
        tally = _go_on(workspace, settings, brought)
    return brought, tally


async def _find_lost(workspace: Workspace, jobs: Jobs) -> None:
    """Sees to the jobs whose submission was cut off: they are there, or their requests are due again."""
    for entry in workspace.batches():
        if entry.status == "uploading" and entry.remote is None:
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


def _take(workspace: Workspace, settings: Settings, file: Path, share: Decimal) -> Brought:
    """Keeps the replies in a file."""
    brought = Brought()
    try:
        with file.open(encoding="utf-8-sig", errors="replace") as lines:
            page: list[str] = []
            for line in lines:
                page += [line] if line.strip() else []
                if len(page) == PAGE:
                    brought += _take_page(workspace, settings, page, share)
                    page = []
            return brought + _take_page(workspace, settings, page, share)
    except OSError as error:
        raise ConfigurationError(f"cannot read {file}: {error.strerror}") from error


def _take_page(workspace: Workspace, settings: Settings, lines: Sequence[str], share: Decimal) -> Brought:
    replies = [reply for line in lines if (reply := _reply(line)) is not None]
    brought = Brought(broken=len(lines) - len(replies))
    with workspace.together():
        waiting = workspace.pending({reply["custom_id"] for reply in replies})
        for reply in replies:
            request = waiting.pop(reply["custom_id"], None)
            if request is None:
                brought += Brought(unknown=1)
            else:
                brought += _take_one(workspace, settings, request, reply, share)
    return brought


def _take_one(
    workspace: Workspace, settings: Settings, request: Pending, reply: dict[str, Any], share: Decimal
) -> Brought:
    response = _object(reply.get("response"))
    body, code = _object(response.get("body")), response.get("status_code")
    error = reply.get("error") or body.get("error") or body.get("message")
    articles = (request.article,) if request.digest == digest_of(settings, load_prompt()) else ()
    if code == 200 and body:
        raw = json.dumps(body, ensure_ascii=False)
        usage = _paid(raw, request.body, settings, share)
        if usage is None:
            return Brought(broken=1)
        workspace.take(request.key, Stored(raw, share))
        return Brought(answered=1, usage=usage, articles=articles)
    if not error and (code == 200 or not isinstance(code, int)):  # neither: a request, say
        return Brought(broken=1)
    failure = _failure(error, code if isinstance(code, int) else None)
    refused = failure.translated(settings)  # as in a run, no article fails for want of credit
    if failure.transient or failure.codes & _PASSING or isinstance(refused, ModelUnreachableError):
        workspace.release_keys([request.key])
        return Brought(due=1)
    # Kept as the reply that it is: the article fails by it or, after a re-ask, falls back on the best reply before.
    workspace.take(request.key, Stored(json.dumps({"error": {"message": str(refused)}})))
    return Brought(failed=1, articles=articles)


def _paid(raw: str, request: str, settings: Settings, share: Decimal) -> Usage | None:
    """What a reply costs; None where it is JSON, but of no depth that could be read again."""
    try:
        return paid_for(RawReply.opened(raw, settings), request, raw, settings, share)
    except ReplyError:  # an empty one: its article will say so
        return Usage()
    except ModelUnreachableError:
        return None


def _failure(said: object, code: int | None) -> Failure:
    error = _object(said) or {"message": said}
    codes = frozenset(str(error[name]) for name in ("code", "type") if error.get(name))
    return Failure(code, codes, frozenset(), str(error.get("message") or "no reason given"))


def _object(value: object) -> dict[str, Any]:
    """A JSON object; whatever else stands in its place is as good as an empty one."""
    return value if isinstance(value, dict) else {}


def _reply(line: str) -> dict[str, Any] | None:
    """A line of replies; None where it is none."""
    try:
        reply = json.loads(line)
        json.dumps(reply, ensure_ascii=False).encode()  # half a character could not be kept
    except (ValueError, RecursionError):
        return None
    return reply if isinstance(reply, dict) and isinstance(reply.get("custom_id"), str) else None


def _go_on(workspace: Workspace, settings: Settings, brought: Brought) -> Tally:
    """Goes on with the articles that got a reply: to their extractions, or to a re-ask that is due."""
    if not brought.answered and not brought.articles:
        return Tally()
    articles = tuple(dict.fromkeys(brought.articles))
    return work(workspace, (), settings, None, articles, asking=False, spent=brought.usage)[0]
