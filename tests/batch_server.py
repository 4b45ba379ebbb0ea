"""OpenAI's Batch API on loopback, as its reference describes it. Its time goes on by hand."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from http import HTTPStatus
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.faults import Body, Reply, as_json, completion, failure, good, number

Answer = Callable[[Body], Reply]
"""From the body of a request to the response that the model gives."""

KEY = "sk-planted-1234567890"
EXPIRED = {
    "code": "batch_expired",
    "message": "This request could not be executed before the completion window expired.",
}
CANCELLED = {"code": "batch_cancelled", "message": "This batch was cancelled before this request was executed."}
_NEXT = {"validating": "in_progress", "in_progress": "finalizing", "finalizing": "completed"}
_TIMES = ("in_progress", "finalizing", "completed", "failed", "expired", "cancelling", "cancelled")


def well(request: Body) -> Reply:
    """The draft of a good day."""
    return completion(good(number(request)))


@dataclass
class BatchServer:
    """The files and batches of one account, and how to reach them.

    `instead` holds responses that are given once, and nothing is done;
    `after` those that are given once when all is done. By `METHOD /path`,
    where `*` stands for a name.
    """

    answer: Answer
    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    instead: dict[str, Reply] = field(default_factory=dict)
    after: dict[str, Callable[[Reply], Reply]] = field(default_factory=dict)
    size: int = 100
    """The most batches on one page of the list."""

    # What a test does to the time there

    def advance(self) -> None:
        """Every open batch goes one state on."""
        for batch in self.batches.values():
            if batch["status"] == "validating" and (errors := self._errors(batch)):
                _reach(batch, "failed", errors={"object": "list", "data": errors})
            elif batch["status"] == "finalizing":
                self._end(batch, "completed")
            elif batch["status"] in _NEXT:
                _reach(batch, _NEXT[batch["status"]])

    def complete(self) -> None:
        """Every open batch comes to its end."""
        for _ in range(len(_NEXT)):
            self.advance()

    def expire(self, answered: int) -> None:
        """The window of every open batch ends, when so many of its requests are answered."""
        for batch in self._open():
            self._end(batch, "expired", answered, EXPIRED)

    def cancelled(self, answered: int) -> None:
        """Every batch that is being cancelled is so, when so many of its requests are answered."""
        for batch in self._open():
            if batch["status"] == "cancelling":
                self._end(batch, "cancelled", answered, CANCELLED)

    def fail(self, *reasons: str) -> None:
        """Every open batch is found invalid."""
        data = [{"code": "invalid", "message": reason, "param": None, "line": None} for reason in reasons]
        for batch in self._open():
            _reach(batch, "failed", errors={"object": "list", "data": data})

    def submitted(self) -> list[str]:
        """The custom ids of all requests in all batches, oldest first."""
        return [line["custom_id"] for batch in self.batches.values() for line in self.lines(batch)]

    def lines(self, batch: dict[str, Any]) -> list[dict[str, Any]]:
        """The requests of a batch."""
        return [json.loads(line) for line in self.files[batch["input_file_id"]].splitlines()]

    # What the API does

    def respond(self, method: str, target: str, headers: Any, body: bytes) -> Reply:
        """The response to an HTTP request."""
        parts = urlsplit(target)
        name = f"{method} {parts.path}"
        path = parts.path.removeprefix("/v1/").split("/")
        shape = f"{method} /v1/{'/'.join([path[0], *('*' for _ in path[1:2]), *path[2:]])}"
        self.calls.append(name)
        if shape in self.instead:
            return self.instead.pop(shape)
        if headers["authorization"] != f"Bearer {KEY}":
            return failure(401, "Incorrect API key provided.", "invalid_api_key")
        reply = self._do(shape, path, parse_qs(parts.query), headers, body)
        return self.after.pop(shape)(reply) if shape in self.after else reply

    def _do(self, shape: str, path: list[str], query: dict[str, list[str]], headers: Any, body: bytes) -> Reply:
        known = self.files.keys() | self.batches.keys() | {"completions"}
        if "*" in shape and path[1] not in known:
            return failure(404, f"No such object: {path[1]}")
        match shape:
            case "POST /v1/chat/*":  # the same model, asked directly
                return self.answer(json.loads(body))
            case "POST /v1/files":
                return self._upload(headers, body)
            case "GET /v1/files/*/content":
                return Reply(200, self.files[path[1]], {"content-type": "application/octet-stream"})
            case "POST /v1/batches":
                return self._create(json.loads(body))
            case "GET /v1/batches/*":
                return as_json(self.batches[path[1]])
            case "GET /v1/batches":
                return self._list(int(query.get("limit", ["20"])[0]), query.get("after", [""])[0])
            case "POST /v1/batches/*/cancel":
                _reach(self.batches[path[1]], "cancelling")
                return as_json(self.batches[path[1]])
        return failure(404, "Invalid URL")

    def _upload(self, headers: Any, body: bytes) -> Reply:
        form = message_from_bytes(
            b"Content-Type: " + headers["content-type"].encode() + b"\r\n\r\n" + body, policy=HTTP
        )
        parts = {part.get_param("name", header="content-disposition"): part for part in form.iter_parts()}
        if parts["purpose"].get_content().strip() != "batch":
            return failure(400, "purpose is not batch")
        name, content = f"file-{len(self.files):022}", parts["file"].get_content()
        self.files[name] = content
        about = {"filename": parts["file"].get_filename(), "purpose": "batch", "status": "processed"}
        return as_json({"id": name, "object": "file", "bytes": len(content), "created_at": 1, **about})

    def _create(self, asked: Body) -> Reply:
        if asked["input_file_id"] not in self.files or asked["completion_window"] != "24h":
            return failure(400, "invalid batch")
        name = f"batch_{len(self.batches):032}"
        self.batches[name] = {
            "id": name,
            "object": "batch",
            "endpoint": asked["endpoint"],
            "errors": None,
            "input_file_id": asked["input_file_id"],
            "completion_window": "24h",
            "status": "validating",
            "output_file_id": None,
            "error_file_id": None,
            "created_at": 1,
            "expires_at": 86401,
            **{f"{state}_at": None for state in _TIMES},
            "request_counts": {"total": 0, "completed": 0, "failed": 0},
            "metadata": asked.get("metadata"),
        }
        return as_json(self.batches[name])

    def _list(self, limit: int, after: str) -> Reply:
        newest = list(reversed(self.batches.values()))
        names = [batch["id"] for batch in newest]
        start = names.index(after) + 1 if after else 0
        page = newest[start : start + min(limit, self.size)]
        ends = {"first_id": page[0]["id"] if page else None, "last_id": page[-1]["id"] if page else None}
        return as_json({"object": "list", "data": page, **ends, "has_more": start + len(page) < len(newest)})

    def _open(self) -> list[dict[str, Any]]:
        return [batch for batch in self.batches.values() if batch["status"] in (*_NEXT, "cancelling")]

    def _errors(self, batch: dict[str, Any]) -> list[dict[str, Any]]:
        """What validation finds: lines that are no requests to the endpoint, names that are not unique."""
        try:
            lines = self.lines(batch)
        except ValueError:
            return [_error("invalid_json_line", "This line is not parseable as valid JSON.")]
        ids = Counter(line["custom_id"] for line in lines)
        errors = [_error("duplicate_custom_id", f"{name} is there twice.") for name, n in ids.items() if n > 1]
        if any((line["method"], line["url"]) != ("POST", batch["endpoint"]) for line in lines):
            errors.append(_error("mismatched_endpoint", "The endpoint differs from that of the batch."))
        return errors if lines else [_error("empty_file", "The input file is empty.")]

    def _end(
        self, batch: dict[str, Any], status: str, answered: int | None = None, left: dict[str, str] | None = None
    ) -> None:
        """The batch ends: so many of its requests (None: all) have responses, the others this error."""
        lines = self.lines(batch)
        answered = len(lines) if answered is None else answered
        done = [(line, self.answer(line["body"])) for line in lines[:answered]]
        outputs = [_line(line, reply) for line, reply in done if reply.status == 200]
        errors = [_line(line, reply) for line, reply in done if reply.status != 200]
        errors += [_line(line, None, left) for line in lines[answered:]]
        for kind, written in (("output", outputs), ("error", errors)):
            if written:
                name = batch[f"{kind}_file_id"] = f"file-{len(self.files):022}"
                self.files[name] = "".join(reversed(written)).encode()  # in no order that a client could count on
        counts = {"total": len(lines), "completed": len(outputs), "failed": len(errors)}
        _reach(batch, status, request_counts=counts)


@contextmanager
def batch_server(answer: Answer = well) -> Iterator[BatchServer]:
    """The API in a thread. Each call has a connection of its own."""
    api = BatchServer(answer)

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            method, target, _ = self.rfile.readline().decode().split()
            head = b"".join(iter(self.rfile.readline, b"\r\n"))
            headers = message_from_bytes(head, policy=HTTP)
            body = self.rfile.read(int(headers.get("content-length", 0)))
            reply = api.respond(method, target, headers, body)
            if reply.status > 0:
                known = {**reply.headers, "content-length": str(len(reply.body)), "connection": "close"}
                lines = [f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}", *map(": ".join, known.items())]
                self.wfile.write("\r\n".join([*lines, "", ""]).encode())
                self.wfile.write(reply.body[: len(reply.body) - reply.lost])

    class Server(ThreadingTCPServer):
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Handler) as server:
        api.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield api
        finally:
            server.shutdown()
            thread.join()


def written(lines: Sequence[dict[str, Any]]) -> str:
    """JSON Lines."""
    return "".join(json.dumps(line) + "\n" for line in lines)


def answered(requests: str, answer: Answer = well) -> list[dict[str, Any]]:
    """The lines of replies to a file of requests, as whatever reads the format gives them."""
    lines = map(json.loads, requests.splitlines())
    return [json.loads(_line(line, answer(line["body"]))) for line in lines]


def _line(request: dict[str, Any], reply: Reply | None, error: dict[str, str] | None = None) -> str:
    """A line of an output or error file."""
    name = request["custom_id"][:16]
    response = reply and {"status_code": reply.status, "request_id": f"req_{name}", "body": json.loads(reply.body)}
    line = {"id": f"batch_req_{name}", "custom_id": request["custom_id"], "response": response, "error": error}
    return json.dumps(line) + "\n"


def _error(code: str, message: str) -> dict[str, Any]:
    return {"code": code, "message": message, "param": None, "line": 1}


def _reach(batch: dict[str, Any], status: str, **more: Any) -> None:
    batch.update(status=status, **{f"{status}_at": 2}, **more)
