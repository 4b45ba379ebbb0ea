"""What is sent to a model: the JSON schema of its reply, and the body of a request."""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from extractor.schemas import Draft
from extractor.schemas.base import Record


@cache
def schema_of(kind: type[Record]) -> dict[str, Any]:
    """The schema of a reply, in the subset that OpenAI's strict mode accepts.

    Made once; not to be changed by the caller. The titles that pydantic adds
    only repeat the keys, and are left out to save tokens. The subset:
    https://developers.openai.com/api/docs/guides/structured-outputs#supported-schemas
    """
    untitled: dict[str, Any] = _untitled(kind.model_json_schema())
    return untitled


@cache
def format_of(kind: type[Record]) -> dict[str, Any]:
    """The `response_format` of a request for such a reply. Made once; not to be changed by the caller.

    `strict` holds a model to the schema where its server can (OpenAI, structured outputs).
    """
    return {"type": "json_schema", "json_schema": {"name": kind.__name__, "schema": schema_of(kind), "strict": True}}


def draft_schema() -> dict[str, Any]:
    """The schema of a draft."""
    return schema_of(Draft)


def draft_format() -> dict[str, Any]:
    """The `response_format` of a request for a draft."""
    return format_of(Draft)


def body_of(request: Mapping[str, Any]) -> str:
    """The body of a chat completion request, as JSON: the same request gives the same text."""
    *first, last = request["messages"]
    messages = ",".join([*(_fixed(m["role"], m["content"]) for m in first), as_json(last)])
    form = request["response_format"]
    written = _format() if form is draft_format() else as_sent(form)
    rest = {name: value for name, value in request.items() if name not in ("messages", "response_format")}
    return f'{{"messages":[{messages}],"response_format":{written},{as_json(rest)[1:]}'


def as_json(value: object) -> str:
    """The one way in which a value is written, without needless white space, its keys sorted."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def as_sent(schema: object) -> str:
    """A schema as JSON, not sorted: a model writes its keys in the schema's order (OpenAI, "Key ordering")."""
    return json.dumps(schema, separators=(",", ":"), ensure_ascii=False)


@lru_cache(maxsize=64)
def _fixed(role: str, content: str) -> str:
    """A message as JSON. The fixed ones, most of a prompt, are written once and not for each article."""
    return as_json({"role": role, "content": content})


@cache
def _format() -> str:
    return as_sent(draft_format())


def _untitled(node: Any) -> Any:
    """A schema without its titles; a property may well be called so."""
    if isinstance(node, list):
        return [_untitled(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {name: _untitled(part) for name, part in value.items()}
        if key in ("properties", "$defs")
        else _untitled(value)
        for key, value in node.items()
        if key != "title"
    }
