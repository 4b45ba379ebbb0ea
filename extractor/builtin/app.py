"""The built-in model's face: the OpenAI chat protocol over the rules of `reader` and `verdicts`.

It gets what any model gets, the messages and the JSON schema, and can be
reached in process or over loopback HTTP (`extractor serve-model`).
"""

import hashlib
import json
import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from extractor.builtin.reader import Line, NotEnglishError, read_draft
from extractor.builtin.verdicts import judge, read_accounts
from extractor.protocol.wire import schema_of
from extractor.schemas import Draft, DraftVerdict

NAME = "builtin"
CHARACTERS_PER_TOKEN = 4
"""There is no tokeniser here: usage is estimated as characters / 4, rounded up, the usual figure for English."""

_Answer = tuple[str | None, str | None]
"""Content, or a refusal."""
_OPENING = re.compile(r"<article ([0-9a-f]+)>")
_PUBLISHER = re.compile(r"^publisher: \"?([^\"\n]*)", re.MULTILINE)
_SENTENCE = re.compile(r"\[(\d+)\] (.*)", re.DOTALL)


async def complete(request: Request) -> JSONResponse:
    """POST /v1/chat/completions, not streamed."""
    body = await request.body()
    try:
        asked = json.loads(body)
        name, messages, stream = asked["model"], asked["messages"], asked.get("stream")
        contents = [str(message["content"]) for message in messages]
        shown = [str(message["content"]) for message in messages if message["role"] == "user"]
        schema = (asked.get("response_format") or {}).get("json_schema", {}).get("schema")
    except (ValueError, KeyError, TypeError, AttributeError):
        return _error(HTTPStatus.BAD_REQUEST, "The request is no chat completion request in JSON.")
    if name != NAME:
        return _error(HTTPStatus.NOT_FOUND, f"There is no model {name!r} here, only {NAME!r}.", "model_not_found")
    if stream:
        return _error(HTTPStatus.BAD_REQUEST, "The built-in model does not stream.")
    if schema == schema_of(Draft):
        answer, wanted = _draft(shown), "an article in numbered sentences"
    elif schema == schema_of(DraftVerdict):
        answer, wanted = _verdict(shown), "two accounts"
    else:
        return _error(
            HTTPStatus.BAD_REQUEST, "The built-in model answers in the JSON schema of a draft or of a verdict alone."
        )
    if answer is None:
        return _error(HTTPStatus.BAD_REQUEST, f"No message shows {wanted}.")
    content, refusal = answer
    return JSONResponse(
        {
            "id": "chatcmpl-" + hashlib.sha256(body).hexdigest()[:24],
            "object": "chat.completion",
            "created": 0,
            "model": NAME,
            "system_fingerprint": "builtin-rules",
            "choices": [
                {
                    "index": 0,
                    "finish_reason": "stop",
                    "message": {"role": "assistant", "content": content, "refusal": refusal},
                    "logprobs": None,
                }
            ],
            "usage": _usage(sum(map(len, contents)), len(content or refusal or "")),
        }
    )


async def models(_: Request) -> JSONResponse:
    """GET /v1/models."""
    only = {"id": NAME, "object": "model", "created": 0, "owned_by": "extractor"}
    return JSONResponse({"object": "list", "data": [only]})


app = Starlette(
    routes=[
        Route("/v1/chat/completions", complete, methods=["POST"]),
        Route("/v1/models", models),
    ]
)


def serve(host: str = "127.0.0.1", port: int = 8321) -> None:
    """Serve the built-in model until interrupted."""
    import uvicorn

    uvicorn.run(app, host=host, port=port, log_level="warning")


def read_lines(message: str) -> list[Line] | None:
    """The numbered sentences that a message shows between its article boundaries, or None."""
    rows = message.split("\n")
    for start, row in enumerate(rows):
        opening = _OPENING.fullmatch(row)
        closing = f"</article {opening[1]}>" if opening else None
        if closing in rows[start:]:
            return _numbered(rows[start + 1 : rows.index(closing, start)])
    return None


def read_publisher(message: str) -> str:
    """The publisher's name in the head of a message, or an empty string."""
    named = _PUBLISHER.search(message.partition("<article ")[0])
    return named[1] if named else ""


def _numbered(rows: list[str]) -> list[Line]:
    lines, paragraph = [], 1
    for row in rows:
        sentence = _SENTENCE.fullmatch(row)
        if sentence:
            lines.append(Line(int(sentence[1]), paragraph, sentence[2]))
        elif not row:
            paragraph += 1
    return lines


def _draft(shown: Sequence[str]) -> _Answer | None:
    """The draft of the last article that is shown."""
    told = next(((message, found) for message in reversed(shown) if (found := read_lines(message)) is not None), None)
    if told is None:
        return None
    try:
        return read_draft(told[1], read_publisher(told[0])).model_dump_json(), None
    except NotEnglishError as error:
        return None, f"The built-in model reads English only; this text seems to be in another language ({error})."


def _verdict(shown: Sequence[str]) -> _Answer | None:
    """The verdict on the last two accounts that are shown."""
    told = next((found for message in reversed(shown) if (found := read_accounts(message))), None)
    return (judge(*told).model_dump_json(), None) if told else None


def _usage(asked: int, answered: int) -> dict[str, int]:
    prompt, completion = (-(-characters // CHARACTERS_PER_TOKEN) for characters in (asked, answered))
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _error(status: HTTPStatus, message: str, code: str | None = None) -> JSONResponse:
    detail: dict[str, Any] = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
    return JSONResponse({"error": detail}, status_code=status)
