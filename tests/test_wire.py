from collections.abc import Iterator
from typing import Any

import pytest

from extractor.protocol.wire import draft_schema
from extractor.schemas import Draft


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """All schemas inside a schema."""
    if isinstance(node, dict):
        yield node
        for key, value in node.items():
            for part in value.values() if key in ("properties", "$defs") else [value]:
                yield from nodes(part)
    elif isinstance(node, list):
        for part in node:
            yield from nodes(part)


OBJECTS = [node for node in nodes(draft_schema()) if node.get("type") == "object"]


@pytest.mark.parametrize("node", OBJECTS, ids=lambda node: node["description"])
def test_every_object_requires_all_its_keys_and_allows_no_other(node: dict[str, Any]) -> None:
    assert node["required"] == list(node["properties"])
    assert node["additionalProperties"] is False


def test_nothing_has_a_default() -> None:
    assert not [node for node in nodes(draft_schema()) if "default" in node]


def test_no_reference_has_a_keyword_beside_it() -> None:
    references = [node for node in nodes(draft_schema()) if "$ref" in node]
    assert references
    assert all(node.keys() == {"$ref"} for node in references)


def test_every_reference_leads_somewhere() -> None:
    named = {node["$ref"] for node in nodes(draft_schema()) if "$ref" in node}
    assert named <= {f"#/$defs/{name}" for name in draft_schema()["$defs"]}


def test_no_description_is_lost() -> None:
    told = {node.get("description") for node in nodes(draft_schema())}
    assert {node["description"] for node in nodes(Draft.model_json_schema()) if "description" in node} <= told


def test_the_schema_is_made_once() -> None:
    assert draft_schema() is draft_schema()
