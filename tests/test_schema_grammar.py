"""A model that is held to the schema by a grammar can write a draft, and nothing else.

Local servers turn the schema into a grammar; llguidance is the engine that
vLLM, SGLang and llama.cpp can take. Here it reads replies byte by byte.
"""

import json
from importlib.resources import files

import pytest
from llguidance import LLMatcher, LLTokenizer

from extractor.protocol.wire import as_sent, draft_schema
from extractor.templates import examples

REPLIES = [reply for _, reply in examples(files("extractor") / "prompts" / "examples")]
GRAMMAR = LLMatcher.grammar_from_json_schema(as_sent(draft_schema()))
BYTES = LLTokenizer("byte")


def accepts(reply: str) -> bool:
    """Whether the grammar lets a model write the whole reply, and stop there."""
    matcher = LLMatcher(BYTES, GRAMMAR)
    written = list(reply.encode())
    return (
        matcher.validate_tokens(written) == len(written) and matcher.consume_tokens(written) and matcher.is_accepting()
    )


def test_the_schema_becomes_a_grammar_without_a_warning() -> None:
    assert LLMatcher.validate_grammar_with_warnings(GRAMMAR, BYTES) == (False, [])


@pytest.mark.parametrize("reply", REPLIES)
def test_a_model_can_write_the_reply_of_each_example(reply: str) -> None:
    assert accepts(reply)
    assert accepts(json.dumps(json.loads(reply), indent=2, ensure_ascii=False))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"held"', '"maybe"'),
        ('"sentence":2', '"sentence":"2"'),
        ('"role":"reported",', ""),
        ('"time":null', '"time":"noon"'),
        ('"time":null', '"time":null,"mood":null'),
        ('{"meetings"', 'Here it is: {"meetings"'),
        ('"distinctions":[]', '"distinctions":null'),
    ],
)
def test_it_cannot_write_a_reply_that_would_not_validate(right: str, wrong: str) -> None:
    reply = next(reply for reply in REPLIES if right in reply)
    assert not accepts(reply.replace(right, wrong, 1))


def test_it_cannot_stop_in_the_middle() -> None:
    assert not accepts(REPLIES[0][:-1])
