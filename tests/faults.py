"""A scripted model server on loopback, for what a real one does on bad days."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

Body = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """An HTTP response; status 0 breaks the connection off, -1 leaves it hanging."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


RESET = Reply(0)
SILENCE = Reply(-1)


def completion(
    content: str | None, *, refusal: str | None = None, finish_reason: str = "stop", tokens: tuple[int, int] = (100, 20)
) -> Reply:
    """A chat completion."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return as_json(
        {
            "id": "chatcmpl-scripted",
            "object": "chat.completion",
            "created": 0,
            "model": "scripted",
            "choices": [{"index": 0, "finish_reason": finish_reason, "message": message}],
            "usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)},
        }
    )


def failure(status: int, message: str = "scripted", code: str | None = None, **headers: str) -> Reply:
    """An error as OpenAI words it; `retry_after="7"` gives the header Retry-After."""
    error = {"message": message, "type": "scripted", "param": None, "code": code}
    return as_json({"error": error}, status, {name.replace("_", "-"): value for name, value in headers.items()})


def as_json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """Any value as a JSON response."""
    return Reply(status, json.dumps(value).encode(), {"content-type": "application/json", **(headers or {})})


@dataclass
class Server:
    """Where the server is, and what it was asked so far."""

    url: str
    requests: list[Body] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)


@contextlib.asynccontextmanager
async def scripted(script: Sequence[Reply] | Callable[[Body], Reply]) -> AsyncIterator[Server]:
    """A server that answers by the script: one reply after the other, or what a function of the request gives."""
    replies: Iterator[Reply] | None = None if callable(script) else iter(script)
    server = Server("")

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = next(
            int(line.split(":")[1]) for line in head.splitlines() if line.lower().startswith("content-length")
        )
        request = json.loads(await reader.readexactly(length))
        server.heads.append(head)
        server.requests.append(request)
        reply = next(replies) if replies else script(request)  # type: ignore[operator] # not an iterator, so callable
        if reply is SILENCE:
            await reader.read()
        if reply.status > 0:
            headers = {**reply.headers, "content-length": str(len(reply.body)), "connection": "close"}
            lines = [f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}", *map(": ".join, headers.items())]
            writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + reply.body)
            await writer.drain()
        else:
            writer.transport.abort()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.append(asyncio.current_task())
        try:
            await answer(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    talks: list[asyncio.Task[None] | None] = []
    async with await asyncio.start_server(talk, "127.0.0.1", 0) as listening:
        host, port = listening.sockets[0].getsockname()[:2]
        server.url = f"http://{host}:{port}/v1"
        try:
            yield server
        finally:
            await asyncio.gather(*filter(None, talks), return_exceptions=True)
