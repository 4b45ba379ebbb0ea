"""The ledger: what was paid for once is never paid for twice."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from extractor.errors import ReplyError
from extractor.model import LimitReached, Model, NotAsked
from extractor.schemas import Draft, Usage
from extractor.settings import Settings
from extractor.templates import load_prompt
from tests.asking import ASKED, GOOD, Notebook, asking, bad_quotes, drafted, fine, quoting, settings
from tests.drafts import article
from tests.faults import Reply, completion, failure, scripted


async def test_what_was_paid_for_once_is_not_paid_for_twice() -> None:
    ledger = Notebook()
    async with scripted([quoting("wrong"), quoting("went well,")]) as server, asking(server) as model:
        first = await model.draft(ASKED, bad_quotes, ledger)
        paid = model.budget.spent
        again = await model.draft(ASKED, bad_quotes, ledger)
        assert model.budget.spent == paid
    assert again.draft == first.draft
    assert again.usage == Usage(cached=2, prompt_tokens=200, completion_tokens=40)


async def test_a_reply_is_committed_before_it_is_used() -> None:
    ledger = Notebook()

    def check(_: Draft) -> Sequence[str]:
        assert len(ledger.replies) == 1
        return []

    async with scripted([completion(GOOD)]) as server:
        await drafted(server, check=check, ledger=ledger)
    assert json.loads(*ledger.replies.values()) == json.loads(completion(GOOD).body)


async def test_a_refusal_is_paid_for_and_kept() -> None:
    ledger = Notebook()
    async with scripted([completion(None, refusal="no")]) as server, asking(server) as model:
        for _ in range(2):
            with pytest.raises(ReplyError, match="refused"):
                await model.draft(ASKED, fine, ledger)


@pytest.mark.parametrize("change", [{"model": "another"}, {"reply_tokens": 9}])
async def test_another_model_or_parameter_is_another_call(change: dict[str, Any]) -> None:
    ledger = Notebook()
    async with scripted([completion(GOOD)] * 2) as server:
        for changes in ({}, change):
            await drafted(server, ledger=ledger, **changes)
    assert len(ledger.replies) == 2


async def test_how_it_is_sent_makes_no_other_call() -> None:
    ledger = Notebook()
    async with scripted([completion(GOOD)]) as server:
        await drafted(server, ledger=ledger)
        await drafted(server, ledger=ledger, jobs=2, timeout=9.0, max_calls=1, requests_per_minute=6.0)
    assert len(server.requests) == 1


@pytest.mark.parametrize("lost", [failure(400), completion(None, refusal="no")])
async def test_the_good_reply_before_a_reask_that_was_lost_is_not_paid_for_again(lost: Reply) -> None:
    ledger = Notebook()
    async with scripted([quoting("wrong"), lost]) as server, asking(server) as model:
        first = await model.draft(ASKED, bad_quotes, ledger)
    assert first.usage.calls == 2
    async with scripted([quoting("went well,")] * 2) as server, asking(server) as model:
        again = await model.draft(ASKED, bad_quotes, ledger)
    assert again.usage.cached >= 1
    assert all(len(request["messages"]) > len(ASKED) for request in server.requests)


async def test_a_limit_leaves_what_was_answered_before_in_the_ledger() -> None:
    ledger = Notebook()
    async with scripted([quoting("wrong"), quoting("went well,")]) as server:
        with pytest.raises(LimitReached):
            await drafted(server, check=bad_quotes, ledger=ledger, max_calls=1)
        again = await drafted(server, check=bad_quotes, ledger=ledger, max_calls=1)
    assert again.usage == Usage(calls=1, cached=1, reasks=1, prompt_tokens=200, completion_tokens=40)


async def test_where_nobody_is_asked_the_next_request_is_handed_out() -> None:
    ledger = Notebook()
    messages = load_prompt().messages(article())
    async with Model(Settings(model="m", base_url="http://127.0.0.1:9/v1"), asking=False) as model:
        with pytest.raises(NotAsked) as first:
            await model.draft(messages, bad_quotes, ledger)
        (first_key,) = first.value.requests
        ledger.replies[first_key] = quoting("wrong").body.decode()
        with pytest.raises(NotAsked) as second:
            await model.draft(messages, bad_quotes, ledger)
        (second_key,) = second.value.requests
        ledger.replies[second_key] = quoting("went well,").body.decode()
        answer = await model.draft(messages, bad_quotes, ledger)
    assert first.value.requests[first_key]["messages"] == messages
    assert "does not say 'wrong'" in second.value.requests[second_key]["messages"][-1]["content"]
    assert (answer.usage.calls, answer.usage.cached) == (0, 2)


async def test_a_request_that_was_handed_out_has_the_key_of_the_one_that_is_sent() -> None:
    ledger = Notebook()
    async with scripted([completion(GOOD)]) as server:
        async with Model(settings(server), asking=False) as model:
            with pytest.raises(NotAsked) as handed:
                await model.draft(ASKED, fine, ledger)
        await drafted(server, ledger=ledger)
    assert list(ledger.replies) == list(handed.value.requests)
