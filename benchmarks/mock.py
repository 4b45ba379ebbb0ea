"""A model server to measure against: answers chat completions in a process of its own, and counts.

    python -m benchmarks.mock --port 0 --latency 0.2 --jitter 0.05 --stragglers 0.1 --slowdown 10

Prints `listening on PORT`. `POST /v1/chat/completions` answers, `GET /stats`
tells the counts as JSON, `POST /reset` zeroes them. It shares the machine with
what is measured, so it is light: HTTP by hand over keep-alive, no request is
parsed, every reply is bytes with places filled in.
"""

import argparse
import asyncio
import contextlib
import gc
import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.replies import FORMS, Reply, article_of, reply_of


@dataclass(frozen=True)
class Behaviour:
    """How the mock answers. Times in seconds; shares from 0 to 1."""

    latency: float = 0.0
    jitter: float = 0.0
    """A reply comes up to so much sooner or later than `latency`."""
    stragglers: float = 0.0
    """Share of the replies that take `slowdown` times as long."""
    slowdown: float = 10.0
    faults: float = 0.0
    """Share of the replies that are one of `FAULTS`, each as often."""
    bad: int = 0
    """So many replies to each article quote words that do not stand in it."""
    reply: str = "draft"
    seed: int = 1


@dataclass
class Stats:
    """What was asked and answered since the last reset. `bytes` are those of bodies."""

    calls: int = 0
    connections: int = 0
    """Connections that carried a call since they were opened."""
    in_flight: int = 0
    most_in_flight: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    sizes: dict[str, list[int]] = field(default_factory=dict)
    """With `bad`: the sizes of the requests for each article, in bytes, in the order they came."""


def _response(status: str, body: bytes, *headers: bytes) -> bytes:
    head = [b"HTTP/1.1 " + status.encode(), b"content-type: application/json", *headers]
    return b"\r\n".join([*head, b"content-length: %d" % len(body), b"", body])


def _failure(status: str, *headers: bytes) -> bytes:
    return _response(status, b'{"error": {"message": "scripted", "type": "scripted", "code": null}}', *headers)


RESET = b""
"""A response that is none: the connection is broken off."""

FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "429": lambda _: _failure("429 Too Many Requests", b"retry-after: 1"),
    "500": lambda _: _failure("500 Internal Server Error"),
    "503": lambda _: _failure("503 Service Unavailable"),
    "reset": lambda _: RESET,
    "truncated": lambda body: _response("200 OK", _truncated(body)),
}
"""By name: what comes in place of a reply with this body."""


def _truncated(body: bytes) -> bytes:
    """A completion whose text breaks off half-way, as one does at the limit of tokens."""
    reply = json.loads(body)
    choice = reply["choices"][0]
    choice["finish_reason"] = "length"
    choice["message"]["content"] = choice["message"]["content"][: len(choice["message"]["content"]) // 2]
    return json.dumps(reply).encode()


class Mock:
    """The state that all connections share."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.stats = Stats()
        self._reply: Reply = reply_of(behaviour.reply)
        self._random = random.Random(behaviour.seed)  # noqa: S311 # no secret is made here

    async def serve(self, port: int = 0) -> asyncio.Server:
        """Listen on loopback; port 0 takes a free one."""
        return await asyncio.get_running_loop().create_server(
            lambda: _Connection(self), "127.0.0.1", port, backlog=1024
        )

    def admit(self, body: bytes) -> tuple[float, bytes]:
        """Count a request; the seconds after which it is answered, and the response."""
        stats, behaviour = self.stats, self.behaviour
        stats.calls += 1
        stats.bytes_in += len(body)
        stats.in_flight += 1
        stats.most_in_flight = max(stats.most_in_flight, stats.in_flight)
        return self._delay(), self._respond(body, behaviour.bad > 0 and self._misquotes(body))

    def leave(self, response: bytes) -> None:
        """Count a response that goes out, or one that nobody waits for any more."""
        self.stats.in_flight -= 1
        self.stats.bytes_out += len(response)

    def _delay(self) -> float:
        behaviour = self.behaviour
        delay = behaviour.latency
        if behaviour.jitter:
            delay += self._random.uniform(-behaviour.jitter, behaviour.jitter)
        if behaviour.stragglers and self._random.random() < behaviour.stragglers:
            delay *= behaviour.slowdown
        return max(delay, 0.0)

    def _misquotes(self, body: bytes) -> bool:
        sizes = self.stats.sizes.setdefault(article_of(body).decode(), [])
        sizes.append(len(body))
        return len(sizes) <= self.behaviour.bad

    def _respond(self, body: bytes, misquote: bool) -> bytes:
        reply = self._reply(body, misquote)
        if self.behaviour.faults and self._random.random() < self.behaviour.faults:
            kind = self._random.choice(list(FAULTS))
            self.stats.faults[kind] += 1
            return FAULTS[kind](reply)
        return _response("200 OK", reply)


class _Connection(asyncio.Protocol):
    """One client's connection: one request at a time, kept alive."""

    transport: asyncio.Transport

    def __init__(self, mock: Mock) -> None:
        self._mock = mock
        self._received = bytearray()
        self._body = -1
        self._end = 0
        self._timer: asyncio.TimerHandle | None = None
        self._used = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._body < 0:
            self._read_head()
        if self._body >= 0 and len(self._received) >= self._end:
            path = bytes(self._received[: self._received.index(b" HTTP/")])
            body = bytes(self._received[self._body : self._end])
            del self._received[: self._end]
            self._body = -1
            self._answer(path, body)

    def connection_lost(self, _: Exception | None) -> None:
        if self._timer:
            self._timer.cancel()
            self._mock.leave(b"")

    def _read_head(self) -> None:
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._received[:end]).lower()
        at = head.find(b"\r\ncontent-length:")
        length = int(head[at + 17 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        self._body, self._end = end + 4, end + 4 + length

    def _answer(self, path: bytes, body: bytes) -> None:
        if path.endswith(b"/chat/completions"):
            self._mock.stats.connections += not self._used
            self._used = True
            delay, response = self._mock.admit(body)
            self._timer = asyncio.get_running_loop().call_later(delay, self._send, response)
        elif path.endswith(b" /stats"):
            self.transport.write(_response("200 OK", json.dumps(vars(self._mock.stats)).encode()))
        elif path.endswith(b" /reset"):
            self._mock.stats = Stats(in_flight=self._mock.stats.in_flight)
            self.transport.write(_response("200 OK", b"{}"))
        else:
            self.transport.write(_failure("404 Not Found"))

    def _send(self, response: bytes) -> None:
        self._timer = None
        self._mock.leave(response)
        if response == RESET:
            self.transport.abort()
        else:
            self.transport.write(response)


def _arguments() -> tuple[int, Behaviour]:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0: a free one")
    parser.add_argument("--latency", type=float, default=0.0, metavar="S")
    parser.add_argument("--jitter", type=float, default=0.0, metavar="S")
    parser.add_argument("--stragglers", type=float, default=0.0, metavar="SHARE")
    parser.add_argument("--slowdown", type=float, default=10.0, metavar="TIMES")
    parser.add_argument("--faults", type=float, default=0.0, metavar="SHARE", help=", ".join(FAULTS))
    parser.add_argument("--bad", type=int, default=0, metavar="N", help="replies to each article that do not ground")
    parser.add_argument("--reply", choices=list(FORMS), default="draft", help="whose form the replies have")
    parser.add_argument("--seed", type=int, default=1)
    given = vars(parser.parse_args())
    return given.pop("port"), Behaviour(**given)


async def _serve(port: int, behaviour: Behaviour) -> None:
    server = await Mock(behaviour).serve(port)
    print(f"listening on {server.sockets[0].getsockname()[1]}", flush=True)
    gc.freeze()
    gc.disable()  # nothing here makes cycles
    async with server:
        await server.serve_forever()


def main() -> None:
    """Serves until it is stopped."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(*_arguments()))


if __name__ == "__main__":
    main()
