"""The JSON schema of a draft, as it is sent to a model."""

from functools import cache
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
