import json
from typing import Any

import pytest

from extractor.protocol.wire import body_of, draft_format, draft_schema
from extractor.schemas.draft import DraftMeeting


def request(words: str = "?", **more: object) -> dict[str, Any]:
    messages = [{"role": "system", "content": words}, {"role": "user", "content": words}]
    return {"model": "m", "messages": messages, "response_format": draft_format(), **more}


def test_the_keys_of_a_draft_go_out_in_their_own_order() -> None:
    # A model writes them in this order: first what it points at, then what follows from it.
    parts = json.loads(body_of(request()))["response_format"]["json_schema"]["schema"]["$defs"]
    assert list(parts["DraftMeeting"]["properties"]) == list(DraftMeeting.model_fields)


def test_the_same_request_gives_the_same_body_whatever_the_order_of_its_keys() -> None:
    one = request(max_completion_tokens=9)
    other = {key: one[key] for key in reversed(one)}
    other["messages"] = [{key: message[key] for key in reversed(message)} for message in one["messages"]]
    assert body_of(one) == body_of(other)


@pytest.mark.parametrize("words", ['“é” \n \\ "', "\ud800", "한국", "{{ x }}"])
def test_a_body_says_what_the_request_says(words: str) -> None:
    assert json.loads(body_of(request(words))) == request(words)


def test_a_request_of_an_older_schema_keeps_it() -> None:
    older = request(
        response_format={"type": "json_schema", "json_schema": {"name": "Older", "schema": {"b": 1, "a": 2}}}
    )
    assert json.loads(body_of(older)) == older


def test_the_schema_is_made_once() -> None:
    assert draft_schema() is draft_schema()
