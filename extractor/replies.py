"""Replies: what a file of them holds, taken into the workspace.

A line is an object with the `custom_id` of a request and either a `response`
(`status_code` and `body`) or an `error` (OpenAI, Batch API). Whatever answered
is no more trusted than an article: a line that makes no sense is counted.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.errors import ConfigurationError, ModelUnreachableError, ReplyError
from extractor.model import Stored, paid_for
from extractor.protocol.transport import Failure, RawReply
from extractor.running import digest_of
from extractor.schemas import Usage
from extractor.schemas.base import Record
from extractor.settings import Settings
from extractor.store import Pending, Workspace
from extractor.templates import load_prompt

PAGE = 200
"""Replies that are kept in one transaction."""
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


def take(workspace: Workspace, settings: Settings, file: Path, share: Decimal) -> Brought:
    """Keeps the replies in a file, of which a share of the list price was paid.

    Raises:
        ConfigurationError: the file cannot be read.
    """
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
