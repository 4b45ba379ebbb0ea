"""How cassettes are recorded and matched.

A request matches by method, path and JSON body: the host may be any. Of the
headers only those pass that the model path reads; a list of what may be kept
can't forget a secret as a list of what must go can. Bodies are stored as
YAML, so that a changed prompt shows as a diff that people can read.
"""

import contextlib
import json
import os
import socket
from asyncio import create_task
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn
import yaml

from extractor.builtin.app import app
from extractor.settings import BUILTIN, Settings

CASSETTES = Path(__file__).parent.parent / "cassettes"
RECORDED_URL = "http://recorded.invalid/v1"
"""Stands in all cassettes for the endpoint that answered."""

VCR_CONFIG: dict[str, object] = {
    "match_on": ("method", "path", "json_body"),
    "decode_compressed_response": True,
}

_KEPT = {"content-type", "retry-after"}
_KEYS = ("EXTRACTOR_API_KEY", "OPENAI_API_KEY")


class _Block(str):
    """A text of more lines than one, written as a block."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes JSON bodies so that they can be read."""


_Dumper.add_representer(_Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|"))


class Readable:
    """A serializer that stores JSON bodies as YAML."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        for part in _bodies(cassette):
            part["body"] = _parsed(part["body"])
        return yaml.dump(_blocks(cassette), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)

    @staticmethod
    def deserialize(text: str) -> dict[str, Any]:
        cassette: dict[str, Any] = yaml.safe_load(text)
        for part in _bodies(cassette):
            body = part["body"]
            if isinstance(body, dict) and "json" in body:
                plain = json.dumps(body["json"], ensure_ascii=False)
                part["body"] = {"string": plain} if "status" in part else plain
        return cassette


def settings_to_record(environ: Mapping[str, str]) -> Settings:
    """Who is recorded: the endpoint that EXTRACTOR_BASE_URL names, else the built-in model, whatever keys are set."""
    if environ.get("EXTRACTOR_BASE_URL"):
        return Settings.from_environment(environ)
    return Settings(model=BUILTIN)


def configure(vcr: Any) -> None:
    """Teach a vcr.VCR our matcher, our serializer and what to leave out."""
    vcr.register_matcher("json_body", _same_json)
    vcr.register_serializer("yaml", Readable)
    vcr.before_record_request = _plain_request
    vcr.before_record_response = _plain_response


@contextlib.asynccontextmanager
async def builtin_server() -> AsyncIterator[str]:
    """The built-in model over real loopback HTTP; gives its base URL."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        serving = create_task(server.serve(sockets=[listening]))
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        finally:
            server.should_exit = True
            await serving


def _same_json(one: Any, other: Any) -> None:
    if json.loads(one.body or "null") != json.loads(other.body or "null"):
        raise AssertionError("the request is not the recorded one: run `make record`")


def _plain_request(request: Any) -> Any:
    request.uri = RECORDED_URL.removesuffix("/v1") + urlsplit(request.uri).path
    request.headers = {name.lower(): value for name, value in request.headers.items() if name.lower() in _KEPT}
    return request


def _plain_response(response: dict[str, Any]) -> dict[str, Any]:
    body = response["body"]["string"]
    for key in filter(None, map(os.environ.get, _KEYS)):
        body = body.replace(key.encode(), b"[key]")
    headers = {name.lower(): value for name, value in response["headers"].items() if name.lower() in _KEPT}
    return {**response, "headers": headers, "body": {"string": body}}


def _bodies(cassette: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for exchange in cassette["interactions"] for part in (exchange["request"], exchange["response"])]


def _parsed(body: Any) -> Any:
    text = body["string"] if isinstance(body, dict) else body
    try:
        return {"json": json.loads(text)}
    except (TypeError, ValueError):
        return body


def _blocks(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _blocks(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_blocks(part) for part in value]
    return _Block(value) if isinstance(value, str) and "\n" in value else value
