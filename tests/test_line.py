"""The line to an endpoint: what is retried, what fails an article, what ends a run, and what may be spent."""

import asyncio
import base64
import socket
from typing import Any

import pytest

from extractor.errors import ConfigurationError, ExtractorError, ModelUnreachableError, ReplyError
from extractor.model import LimitReached, Model
from extractor.schemas import Usage
from extractor.settings import Settings
from tests.asking import ASKED, GOOD, KEY, asking, bad_quotes, drafted, fine, quoting
from tests.faults import RESET, SILENCE, TRICKLE, Body, Reply, Server, completion, failure, scripted


@pytest.mark.parametrize("fault", [failure(408), failure(409), failure(429), failure(500), failure(503), RESET])
async def test_what_passes_is_retried_and_counted_apart(fault: Reply) -> None:
    async with scripted([fault, fault, completion(GOOD)]) as server:
        answer = await drafted(server)
    assert answer.usage == Usage(calls=3, retries=2, prompt_tokens=100, completion_tokens=20)


@pytest.mark.parametrize("fault", [failure(400), failure(413), failure(422)])
async def test_a_request_that_is_refused_fails_the_article_at_once(fault: Reply) -> None:
    async with scripted([fault]) as server:
        with pytest.raises(ReplyError, match=f"HTTP {fault.status}: scripted"):
            await drafted(server)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (failure(401), "refuses the key"),
        (failure(403), "refuses the key"),
        (failure(404), "knows no model 'scripted'"),
        (failure(402), "no credit left"),
        (failure(429, code="insufficient_quota"), "no credit left"),
    ],
)
async def test_a_model_that_will_never_answer_stops_the_run_at_once(fault: Reply, message: str) -> None:
    async with scripted([fault]) as server:
        with pytest.raises(ModelUnreachableError, match=message):
            await drafted(server)


PAGE = Reply(200, b"<html>Welcome!</html>", {"content-type": "text/html"})


async def test_a_body_that_is_no_json_passes_once_it_is_known_that_there_is_a_model() -> None:
    async with scripted([completion(GOOD), PAGE, completion(GOOD)]) as server, asking(server) as model:
        first, second = [await model.draft(ASKED, fine) for _ in range(2)]
    assert second.draft == first.draft
    assert second.usage.retries == 1


async def test_bodies_that_are_never_json_fail_the_article_and_not_the_run() -> None:
    script = [completion(GOOD), PAGE, PAGE, PAGE, completion(GOOD)]
    async with scripted(script) as server, asking(server, retries=2) as model:
        await model.draft(ASKED, fine)
        with pytest.raises(ReplyError, match="replied was no JSON, each time"):
            await model.draft(ASKED, fine)
        assert (await model.draft(ASKED, fine)).draft.meetings


@pytest.mark.parametrize(
    ("fault", "message"), [(RESET, "broke off each time"), (SILENCE, "within 0.1 s"), (TRICKLE, "within 0.1 s")]
)
async def test_retries_end_at_the_bound(fault: Reply, message: str) -> None:
    async with scripted([fault] * 3) as server:
        with pytest.raises(ReplyError, match=message):
            await drafted(server, retries=2, timeout=0.1)
    assert len(server.requests) == 3


async def test_nobody_at_the_address_stops_the_run() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(ModelUnreachableError, match=f"No model answers at http://127.0.0.1:{port}/v1. Is it running"):
        await drafted(Server(f"http://127.0.0.1:{port}/v1"), retries=1)


async def test_a_base_url_without_a_scheme_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(ConfigurationError, match="http://"):
        Model(Settings(model="m", base_url="localhost:11434/v1"))


async def test_a_call_can_be_cancelled_while_it_waits() -> None:
    asked = asyncio.Event()

    def hang(_: Body) -> Reply:
        asked.set()
        return SILENCE

    async with scripted(hang) as server:
        waiting = asyncio.create_task(drafted(server))
        await asked.wait()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting


async def test_what_a_failed_call_cost_is_told_as_well() -> None:
    spent: list[Usage] = []
    async with scripted([failure(500), completion("no"), failure(400)]) as server, asking(server) as model:
        with pytest.raises(ReplyError):
            await model.draft(ASKED, fine, spend=spent.append)
    assert sum(spent, Usage()) == Usage(calls=3, retries=1, reasks=1, prompt_tokens=100, completion_tokens=20)


# Limits of the run


@pytest.mark.parametrize(
    ("limits", "calls", "words"),
    [
        ({"max_calls": 0}, 0, "0 calls"),
        ({"max_calls": 2}, 2, "2 calls"),
        ({"max_tokens": 240}, 2, "240 tokens"),
        ({"max_tokens": 241}, 3, "241 tokens"),
        ({"max_cost": "0.0008", "price": {"prompt": "2", "completion": "10"}}, 2, "0.0008 USD"),
        ({"max_cost": "0", "price": {"prompt": "0", "completion": "0"}}, 0, "0 USD"),
    ],
)
async def test_no_call_goes_out_once_a_limit_is_reached(limits: dict[str, Any], calls: int, words: str) -> None:
    async with scripted([completion(GOOD)] * calls) as server, asking(server, **limits) as model:
        for _ in range(calls):
            await model.draft(ASKED, fine)
        for _ in range(2):
            with pytest.raises(LimitReached, match=f"^{words}$"):
                await model.draft(ASKED, fine)
    assert len(server.requests) == calls


@pytest.mark.parametrize("second", [failure(500), quoting("wrong")])
async def test_retries_and_reasks_count_as_calls(second: Reply) -> None:
    async with scripted([quoting("wrong"), second]) as server, asking(server, max_calls=2) as model:
        with pytest.raises(LimitReached):
            await model.draft(ASKED, bad_quotes)
        assert model.budget.spent.calls == 2


async def test_a_limit_of_cost_without_a_price_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(ConfigurationError, match=r"price of scripted is not known.*--price"):
        asking(Server("http://127.0.0.1:9/v1"), max_cost="1")


# Secrets


@pytest.mark.parametrize("status", [400, 401, 404, 500])
async def test_no_error_tells_the_key_even_if_the_server_does(status: int) -> None:
    async with scripted([failure(status, f"Bad key {KEY}, go away")]) as server:
        with pytest.raises(ExtractorError) as caught:
            await drafted(server, retries=0)
    assert KEY in server.heads[0]
    assert KEY not in str(caught.value)


async def test_a_password_in_a_base_url_goes_to_the_server_and_into_no_error() -> None:
    async with scripted([failure(404)]) as server:
        with pytest.raises(ExtractorError) as caught:
            await drafted(Server(server.url.replace("http://", "http://me:s3cr%65t@")))
    assert f"Basic {base64.b64encode(b'me:s3cret').decode()}" in server.heads[0]
    assert f"{server.url} knows no model" in str(caught.value)
