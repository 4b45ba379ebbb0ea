"""A scripted model server on loopback, for what a real one does on bad days; numbered articles to ask it about."""

import asyncio
import contextlib
import json
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from extractor.schemas import Outcomes
from tests.drafts import TEXT, meeting

Body = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """An HTTP response; status 0 breaks the connection off, -1 leaves it hanging, -2 sends a byte now and then.

    `lost` is how many bytes of the body never come, as the connection breaks off before.
    """

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    lost: int = 0


RESET = Reply(0)
SILENCE = Reply(-1)
TRICKLE = Reply(-2)

Script = Sequence[Reply] | Callable[[Body], Reply] | Callable[[Body], Awaitable[Reply]]
"""One reply after the other, or what a function of the request gives, at once or in a while."""


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
async def scripted(script: Script) -> AsyncIterator[Server]:
    """A server that answers by the script. Each call has a connection of its own."""
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
        if not isinstance(reply, Reply):
            reply = await reply
        if reply is SILENCE:
            await reader.read()
        if reply is TRICKLE:
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n")
            while not reader.at_eof():
                writer.write(b" ")
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(reader.read(), 0.01)
        if reply.status > 0:
            headers = {**reply.headers, "content-length": str(len(reply.body)), "connection": "close"}
            lines = [f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}", *map(": ".join, headers.items())]
            body = reply.body[: len(reply.body) - reply.lost]
            writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
            await writer.drain()
        else:
            writer.transport.abort()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.append(asyncio.current_task())
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):  # who asked is gone
            try:
                await answer(reader, writer)
            finally:
                writer.close()
                await writer.wait_closed()

    talks: list[asyncio.Task[None] | None] = []
    async with await asyncio.start_server(talk, "127.0.0.1", 0) as listening:
        host, port = listening.sockets[0].getsockname()[:2]
        server.url = f"http://{host}:{port}/v1"
        try:
            yield server
        finally:
            await asyncio.gather(*filter(None, talks), return_exceptions=True)


# Numbered articles


def write_articles(folder: Path, numbers: range) -> Path:
    """A folder with the articles of these numbers."""
    folder.mkdir(exist_ok=True)
    for n in numbers:
        (folder / f"{n:04}.txt").write_text(text(n))
    return folder


def text(n: int) -> str:
    """An article like no other; each two of them tell of one meeting."""
    return TEXT.replace("Dakar", _city(n)).replace("Monday", _day(n)).replace("fish", f"catch {n}")


def good(n: int) -> str:
    """The draft that a model gives for it on good days (JSON)."""
    when, where = {"text": f"on {_day(n)}", "sentence": 1}, {"text": _city(n), "sentence": 1}
    topics = [{"label": "fish", "text": f"catch {n}", "sentence": 2}]
    return json.dumps({"meetings": [meeting(date=when, city=where, topics=topics)]})


def number(request: Body) -> int:
    """Which article a request is about; of a re-ask too."""
    shown = next(m["content"] for m in reversed(request["messages"]) if "<article" in m["content"])
    found = re.search(r"catch (\d+)", shown)
    assert found
    return int(found[1])


def _city(n: int) -> str:
    return ["Dakar", "Lima", "Oslo", "Tunis", "Quito", "Hanoi", "Accra", "Sofia"][n // 2 % 8]


def _day(n: int) -> str:
    return f"{1 + n // 2 % 28} May {1990 + n // 16}"


# Each fault, with what comes of it

PADDING = " " * 10_000_000


@dataclass(frozen=True)
class Course:
    """The outcome, and the calls it takes, of an article that meets a fault once; and of one that always does."""

    once: tuple[Outcomes, int]
    always: tuple[Outcomes, int]


RETRIED = REASKED = Course((Outcomes.RECORDS, 2), (Outcomes.FAILED, 3))  # with as many retries as re-asks: 2
FINAL = Course((Outcomes.FAILED, 1), (Outcomes.FAILED, 1))
HARMLESS = Course((Outcomes.RECORDS, 1), (Outcomes.RECORDS, 1))


@dataclass(frozen=True)
class Fault:
    """A bad reply, made of the good one; what comes of it; and what the user is told if it stays."""

    reply: Callable[[str], Reply]
    course: Course
    words: str = ""


def always(reply: Reply) -> Callable[[str], Reply]:
    """The same whatever the good reply is."""
    return lambda _: reply


def torn(content: str) -> Reply:
    """The connection breaks off in mid-body."""
    whole = completion(content)
    return replace(whole, lost=len(whole.body) // 2)


GARBLED = Fault(always(Reply(200, b"<html>Please wait</html>")), RETRIED, "was no JSON, each time")
FAULTS = {
    "429": Fault(always(failure(429, "slow down")), RETRIED, "answered HTTP 429: slow down"),
    "429 with Retry-After": Fault(always(failure(429, retry_after="0")), RETRIED, "answered HTTP 429"),
    "500": Fault(always(failure(500)), RETRIED, "answered HTTP 500"),
    "503": Fault(always(failure(503, retry_after="0")), RETRIED, "answered HTTP 503"),
    "silence": Fault(always(SILENCE), RETRIED, "No reply from"),
    "a connection that breaks off": Fault(always(RESET), RETRIED, "broke off each time"),
    "... in mid-body": Fault(torn, RETRIED, "broke off each time"),
    "a body that is no JSON": GARBLED,
    "content that is no JSON": Fault(always(completion("I found one meeting.")), REASKED, "nothing of it can be used"),
    "JSON of another schema": Fault(always(completion('{"events": []}')), REASKED, "does not fit the schema"),
    "no content": Fault(always(completion(None)), REASKED, "nothing of it can be used"),
    "no choices": Fault(always(as_json({"choices": []})), FINAL, "empty reply"),
    "400": Fault(always(failure(400, "too long")), FINAL, "answered HTTP 400: too long"),
    "a refusal": Fault(always(completion(None, refusal="I would rather not.")), FINAL, "refused: I would rather not."),
    "a content filter": Fault(always(completion("", finish_reason="content_filter")), FINAL, "content filter"),
    "a reply that is cut off": Fault(lambda good: completion(good[:60], finish_reason="length"), FINAL, "cut off"),
    "a Markdown fence": Fault(lambda good: completion(f"Here it is:\n```json\n{good}\n```"), HARMLESS),
    "10 MB of white space": Fault(lambda good: completion(good[:1] + PADDING + good[1:]), HARMLESS),
}


@dataclass
class Scripted:
    """Answers well, but for the faults of a plan: a function of the article and of how often it was asked about."""

    plan: Callable[[int, int], Fault | None]
    sent: dict[int, list[Fault | None]] = field(default_factory=lambda: defaultdict(list))

    def __call__(self, request: Body) -> Reply:
        n = number(request)
        fault = self.plan(n, len(self.sent[n]))
        self.sent[n].append(fault)
        return fault.reply(good(n)) if fault else completion(good(n))
