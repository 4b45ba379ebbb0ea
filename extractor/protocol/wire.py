"""What is sent to a model: the JSON schema of a draft, and the body of a request."""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from extractor.schemas import Draft


@cache
def draft_schema() -> dict[str, Any]:
    """The schema of `Draft` in the subset that OpenAI's strict mode accepts.

    Made once; not to be changed by the caller. Two things are mended in what
    pydantic gives: strict mode allows no keyword beside a `$ref`, so such a
    reference is replaced by what it points at; and the titles, which only
    repeat the keys, are left out to save tokens.
    """
    schema = Draft.model_json_schema()
    plain: dict[str, Any] = _plain(schema, schema["$defs"])
    return plain


@cache
def draft_format() -> dict[str, Any]:
    """The `response_format` of a request for a draft. Made once; not to be changed by the caller.

    `strict` holds a model to the schema where its server can (OpenAI, structured outputs).
    """
    return {"type": "json_schema", "json_schema": {"name": "Draft", "schema": draft_schema(), "strict": True}}


def body_of(request: Mapping[str, Any]) -> str:
    """The body of a chat completion request, as JSON: the same request gives the same text."""
    *first, last = request["messages"]
    messages = ",".join([*(_fixed(m["role"], m["content"]) for m in first), as_json(last)])
    form = request["response_format"]
    written = _format() if form is draft_format() else _in_order(form)
    rest = {name: value for name, value in request.items() if name not in ("messages", "response_format")}
    return f'{{"messages":[{messages}],"response_format":{written},{as_json(rest)[1:]}'


def as_json(value: object) -> str:
    """The one way in which a value is written, without needless white space, its keys sorted."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@lru_cache(maxsize=64)
def _fixed(role: str, content: str) -> str:
    """A message as JSON. The fixed ones, most of a prompt, are written once and not for each article."""
    return as_json({"role": role, "content": content})


@cache
def _format() -> str:
    return _in_order(draft_format())


def _in_order(form: object) -> str:
    """A schema as JSON, not sorted: a model writes its keys in the schema's order (OpenAI, structured outputs)."""
    return json.dumps(form, separators=(",", ":"), ensure_ascii=False)


def _plain(node: Any, defs: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_plain(item, defs) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node and len(node) > 1:
        target = defs[node["$ref"].removeprefix("#/$defs/")]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return {
        key: {name: _plain(part, defs) for name, part in value.items()}
        if key in ("properties", "$defs")
        else _plain(value, defs)
        for key, value in node.items()
        if key != "title"
    }
