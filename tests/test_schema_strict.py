"""The schemas of what a model answers keep within what OpenAI's structured outputs accept in strict mode.

The limits are those of its documentation:
https://developers.openai.com/api/docs/guides/structured-outputs#supported-schemas
"""

from collections.abc import Iterator
from typing import Any

import pytest

from extractor.protocol.wire import format_of, schema_of
from extractor.schemas import Draft, DraftVerdict
from extractor.schemas.base import Record

KINDS = [Draft, DraftVerdict]
MAX_PROPERTIES = 5_000
MAX_LEVELS = 10
MAX_NAME_CHARACTERS = 120_000
MAX_ENUM_VALUES = 1_000
MANY_VALUES, MAX_CHARACTERS_OF_MANY = 250, 15_000

TYPES = {"string", "number", "boolean", "integer", "object", "array", "null"}
FORMATS = {"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"}
KEYWORDS = {
    *("type", "description", "enum", "const", "anyOf", "$ref", "$defs", "properties", "required"),
    *("additionalProperties", "items", "minItems", "maxItems", "pattern", "format"),
    *("multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"),
}

Schema = dict[str, Any]


def nodes(schema: Schema) -> Iterator[Schema]:
    """A schema and all schemas inside it."""
    yield schema
    inside = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values(), *schema.get("anyOf", ())]
    for part in [*inside, *([schema["items"]] if "items" in schema else [])]:
        yield from nodes(part)


def levels(schema: Schema, defs: dict[str, Schema]) -> int:
    """Objects and arrays inside each other, references followed; a schema that holds itself counts as too deep."""

    def below(node: Schema, level: int) -> int:
        if level > MAX_LEVELS:
            return level
        if "$ref" in node:
            node = defs.get(node["$ref"].removeprefix("#/$defs/"), {})
        level += "properties" in node or "items" in node
        parts = [*node.get("properties", {}).values(), *node.get("anyOf", ())]
        parts += [node["items"]] if "items" in node else []
        return max((below(part, level) for part in parts), default=level)

    return below(schema, 0)


def faults(schema: Schema) -> Iterator[str]:
    """What strict mode would refuse."""
    defs = schema.get("$defs", {})
    if schema.get("type") != "object" or "anyOf" in schema:
        yield "root: not an object"
    for node in nodes(schema):
        yield from _faults_of(node, defs)
    every = list(nodes(schema))
    enums = [node["enum"] for node in every if "enum" in node]
    names = [name for node in every for name in (*node.get("properties", ()), *node.get("$defs", ()))]
    values = [str(value) for enum in enums for value in enum] + [str(n["const"]) for n in every if "const" in n]
    if sum(len(node.get("properties", ())) for node in every) > MAX_PROPERTIES:
        yield "too many properties"
    if sum(map(len, enums)) > MAX_ENUM_VALUES:
        yield "too many enum values"
    if any(len(enum) > MANY_VALUES and sum(map(len, enum)) > MAX_CHARACTERS_OF_MANY for enum in enums):
        yield "an enum too long"
    if sum(map(len, names + values)) > MAX_NAME_CHARACTERS:
        yield "names too long"
    if levels(schema, defs) > MAX_LEVELS:
        yield "too deep"


def _faults_of(node: Schema, defs: dict[str, Schema]) -> Iterator[str]:
    if unknown := node.keys() - KEYWORDS:
        yield f"unsupported keyword: {', '.join(sorted(unknown))}"
    if "$ref" in node and node.keys() != {"$ref"}:
        yield "a keyword beside a reference"
    if "$ref" in node and node["$ref"].removeprefix("#/$defs/") not in defs:
        yield "a reference that leads nowhere"
    if not node.keys() & {"type", "anyOf", "$ref"}:
        yield "no type"
    types = node.get("type", [])
    types = {types} if isinstance(types, str) else set(types)
    if not types <= TYPES:
        yield "unsupported type"
    if "object" in types and node.get("additionalProperties") is not False:
        yield "an object that is open"
    if "object" in types and node.get("required") != list(node.get("properties", ())):
        yield "a key that is not required"
    if "array" in types and "items" not in node:
        yield "an array of anything"
    if node.get("format", "date") not in FORMATS:
        yield "unsupported format"


def closed(**properties: Schema) -> Schema:
    """An object as strict mode wants it."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def nested(depth: int) -> Schema:
    return closed(a=nested(depth - 1)) if depth else {"type": "string"}


TEXT: Schema = {"type": "string"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_a_reply_is_one_that_strict_mode_accepts(kind: type[Record]) -> None:
    assert list(faults(schema_of(kind))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_sent_as_strict(kind: type[Record]) -> None:
    assert format_of(kind) == {
        "type": "json_schema",
        "json_schema": {"name": kind.__name__, "schema": schema_of(kind), "strict": True},
    }


def test_a_model_gives_its_reason_before_it_judges() -> None:
    assert list(schema_of(DraftVerdict)["properties"]) == ["reason", "answer"]


@pytest.mark.parametrize(
    "schema",
    [
        closed(a=TEXT, b={"type": ["integer", "null"]}, c={"type": "array", "items": TEXT}),
        closed(a={"anyOf": [{"$ref": "#/$defs/B"}, {"type": "null"}], "description": "one"}) | {"$defs": {"B": TEXT}},
        closed(day=TEXT | {"format": "date"}, kind=TEXT | {"enum": ["x", "y"]}),
        nested(MAX_LEVELS),
    ],
)
def test_what_the_documentation_allows_passes(schema: Schema) -> None:
    assert list(faults(schema)) == []


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        ({"type": "array", "items": TEXT}, "root: not an object"),
        (closed() | {"anyOf": [closed()]}, "root: not an object"),
        (closed() | {"additionalProperties": True}, "an object that is open"),
        (closed(a=TEXT) | {"required": []}, "a key that is not required"),
        (closed(a=TEXT | {"default": ""}), "unsupported keyword: default"),
        (closed(a={"allOf": [TEXT]}), "unsupported keyword: allOf"),
        (closed(a={"oneOf": [TEXT]}), "no type"),
        (closed(a={"type": "date"}), "unsupported type"),
        (closed(a={"type": "array"}), "an array of anything"),
        (closed(a=TEXT | {"format": "uri"}), "unsupported format"),
        (closed(a={"$ref": "#/$defs/B", "description": "."}) | {"$defs": {"B": TEXT}}, "a keyword beside a reference"),
        (closed(a={"$ref": "#/$defs/C"}), "a reference that leads nowhere"),
        (closed(a={"anyOf": [TEXT, {"type": "object"}]}), "an object that is open"),
        (closed(**{f"p{n}": TEXT for n in range(MAX_PROPERTIES + 1)}), "too many properties"),
        (closed(a=TEXT | {"enum": list(map(str, range(MAX_ENUM_VALUES + 1)))}), "too many enum values"),
        (closed(a=TEXT | {"enum": [f"{n:060}" for n in range(MANY_VALUES + 1)]}), "an enum too long"),
        (closed(**{"p" * (MAX_NAME_CHARACTERS + 1): TEXT}), "names too long"),
        (nested(MAX_LEVELS + 1), "too deep"),
        (closed(a={"$ref": "#/$defs/B"}) | {"$defs": {"B": closed(b={"$ref": "#/$defs/B"})}}, "too deep"),
    ],
)
def test_what_it_does_not_allow_is_found(schema: Schema, fault: str) -> None:
    assert fault in list(faults(schema))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_pydantic_describes_is_lost_but_titles(kind: type[Record]) -> None:
    def told(schema: Schema) -> set[str]:
        return {node["description"] for node in nodes(schema) if "description" in node}

    assert told(schema_of(kind)) == told(kind.model_json_schema())
    assert not [node for node in nodes(schema_of(kind)) if "title" in node]
