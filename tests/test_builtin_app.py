import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import openai
import pytest

from extractor.builtin.app import read_lines
from extractor.builtin.reader import Line, read_draft
from extractor.protocol.wire import draft_schema, format_of
from extractor.schemas import Draft, DraftVerdict
from extractor.templates import load_adjudication, load_prompt, render
from tests.drafts import article
from tests.recording import builtin_server

FORM = {"type": "json_schema", "json_schema": {"name": "Draft", "strict": True, "schema": draft_schema()}}


def request(**changes: Any) -> dict[str, Any]:
    return {"model": "builtin", "messages": load_prompt().messages(article()), "response_format": FORM, **changes}


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    async with builtin_server() as url, httpx2.AsyncClient(base_url=url) as client:
        yield client


async def test_it_answers_with_the_draft_of_the_last_article(client: httpx2.AsyncClient) -> None:
    answered = (await client.post("/chat/completions", json=request())).json()
    lines = read_lines(render(article()))
    assert lines
    draft = Draft.model_validate_json(answered["choices"][0]["message"]["content"])
    assert draft == read_draft(lines)
    assert answered["choices"][0]["finish_reason"] == "stop"


async def test_it_answers_with_a_verdict_where_one_is_asked_for(client: httpx2.AsyncClient) -> None:
    shown = 'account: 1 of 2\ncity: "Oslo" [1]\n\naccount: 2 of 2\ncity: "Lima" [1]\n'
    asked = {"messages": load_adjudication().asking(shown), "response_format": format_of(DraftVerdict)}
    answered = (await client.post("/chat/completions", json=request(**asked))).json()
    assert (answered["model"], answered["system_fingerprint"]) == ("builtin", "builtin-rules")
    verdict = DraftVerdict.model_validate_json(answered["choices"][0]["message"]["content"])
    assert (verdict.answer, verdict.reason) == (
        "different",
        "By rule: account 1 places it in Oslo, account 2 in Lima.",
    )


async def test_it_says_who_it_is(client: httpx2.AsyncClient) -> None:
    answered = (await client.post("/chat/completions", json=request())).json()
    assert (answered["model"], answered["system_fingerprint"]) == ("builtin", "builtin-rules")


async def test_the_same_request_gives_the_same_bytes(client: httpx2.AsyncClient) -> None:
    first, second = [await client.post("/chat/completions", json=request()) for _ in range(2)]
    assert first.content == second.content


async def test_usage_is_a_quarter_of_the_characters(client: httpx2.AsyncClient) -> None:
    answered = (await client.post("/chat/completions", json=request())).json()
    characters = sum(len(message["content"]) for message in request()["messages"])
    assert answered["usage"]["prompt_tokens"] == -(-characters // 4)
    assert answered["usage"]["total_tokens"] == sum(answered["usage"][f"{k}_tokens"] for k in ("prompt", "completion"))


async def test_a_reask_is_answered_from_the_article_as_before(client: httpx2.AsyncClient) -> None:
    again = [{"role": "assistant", "content": "{}"}, {"role": "user", "content": "Correct this: [1] no article"}]
    first = (await client.post("/chat/completions", json=request())).json()
    second = (await client.post("/chat/completions", json=request(messages=[*request()["messages"], *again]))).json()
    assert first["choices"] == second["choices"]


@pytest.mark.parametrize(
    ("changes", "status", "message"),
    [
        ({"model": "gpt-9"}, 404, "There is no model 'gpt-9' here"),
        ({"stream": True}, 400, "does not stream"),
        ({"response_format": None}, 400, "schema of a draft"),
        ({"response_format": {"type": "json_object"}}, 400, "schema of a draft"),
        ({"response_format": "json"}, 400, "no chat completion request"),
        ({"messages": [{"role": "user", "content": "Hello!"}]}, 400, "No message shows an article"),
        ({"messages": [{"role": "assistant", "content": render(article())}]}, 400, "No message shows an article"),
        ({"response_format": format_of(DraftVerdict)}, 400, "No message shows two accounts"),
        ({"messages": "Hello!"}, 400, "no chat completion request"),
        ({"messages": [{}]}, 400, "no chat completion request"),
    ],
)
async def test_what_it_cannot_do_is_refused(
    client: httpx2.AsyncClient, changes: dict[str, Any], status: int, message: str
) -> None:
    answered = await client.post("/chat/completions", json=request(**changes))
    assert answered.status_code == status
    assert message in answered.json()["error"]["message"]


async def test_another_language_than_english_is_refused_in_words(client: httpx2.AsyncClient) -> None:
    french = article(
        "Le ministre des Affaires étrangères a rencontré son homologue à Dakar lundi pour parler de pêche."
    )
    answered = await client.post("/chat/completions", json=request(messages=load_prompt().messages(french)))
    message = answered.json()["choices"][0]["message"]
    assert message["content"] is None
    assert message["refusal"] == (
        "The built-in model reads English only; this text seems to be in another language (fr)."
    )


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff"])
async def test_what_is_no_request_is_refused(client: httpx2.AsyncClient, body: bytes) -> None:
    answered = await client.post("/chat/completions", content=body)
    assert answered.status_code == 400


async def test_any_openai_client_can_ask_it() -> None:
    async with builtin_server() as url, openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0) as client:
        assert [model.id async for model in client.models.list()] == ["builtin"]
        answered = await client.chat.completions.create(**request())
    assert json.loads(answered.choices[0].message.content).keys() == {"meetings"}


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        (
            "<article ab>\n[1] One.\n[2] Two.\n\n[3] Three.\n</article ab>",
            [(1, 1, "One."), (2, 1, "Two."), (3, 2, "Three.")],
        ),
        ("published: x\n<article ab>\n[1] [7] One.\n</article ab>\n", [(1, 1, "[7] One.")]),
        (
            "<article ab>\n[1] <article cd>\n[2] </article ab> \n</article ab>",
            [(1, 1, "<article cd>"), (2, 1, "</article ab> ")],
        ),
        ("<article ab>\n</article ab>", []),
        ("<article ab>\n[1] One.", None),
        ("[1] One.", None),
    ],
)
def test_the_sentences_of_a_message_are_read_back(message: str, lines: list[tuple[int, int, str]] | None) -> None:
    assert read_lines(message) == (None if lines is None else [Line(*line) for line in lines])
