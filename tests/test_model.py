import asyncio
import json
import subprocess
import sys
from decimal import Decimal

import pytest

from extractor.errors import ModelUnreachableError, ReplyError
from extractor.model import Answer, Model, estimated
from extractor.protocol.wire import body_of, draft_schema
from extractor.schemas import Draft, Usage
from extractor.settings import Settings
from extractor.templates import load_prompt
from tests.asking import ASKED, GOOD, NONE, asking, bad_quotes, drafted, fine, quoting
from tests.drafts import article, meeting
from tests.faults import Body, Reply, as_json, completion, failure, scripted

# What is sent


async def test_the_request_asks_for_the_schema_of_a_draft_in_strict_mode() -> None:
    async with scripted([completion(GOOD)]) as server:
        await drafted(server)
    form = server.requests[0]["response_format"]
    assert form == {"type": "json_schema", "json_schema": {"name": "Draft", "strict": True, "schema": draft_schema()}}


async def test_only_what_every_model_accepts_is_sent() -> None:
    async with scripted([completion(GOOD)]) as server:
        await drafted(server)
    assert server.requests[0].keys() == {"model", "messages", "response_format"}


async def test_a_limit_of_tokens_is_sent_where_one_is_set() -> None:
    async with scripted([completion(GOOD)]) as server:
        await drafted(server, reply_tokens=700)
    assert server.requests[0]["max_completion_tokens"] == 700


@pytest.mark.parametrize("words", ["{{ 7*7 }}", "{% of", "    indented {x} %s $y", "“curly” – dash\u00a0é"])
async def test_words_arrive_as_they_are(words: str) -> None:
    asked = [{"role": "user", "content": words}]
    async with scripted([quoting("no"), quoting("went well,")]) as server:
        await drafted(server, asked=asked, check=bad_quotes)
    assert [request["messages"][0] for request in server.requests] == asked * 2


# What comes back


@pytest.mark.parametrize(
    "reply",
    [GOOD, f"```json\n{GOOD}\n```", f"Here it is:\n\n{GOOD}\nAnything else?", f"<think>A {{ brace.</think>{GOOD}"],
    ids=["bare", "fenced", "with chatter", "with thoughts"],
)
async def test_a_draft_is_read_however_it_is_wrapped(reply: str) -> None:
    async with scripted([completion(reply)]) as server:
        answer = await drafted(server)
    assert answer == Answer(
        draft=Draft.model_validate_json(GOOD), usage=Usage(calls=1, prompt_tokens=100, completion_tokens=20)
    )


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (completion(None, finish_reason="content_filter"), "content filter"),
        (completion(None, refusal="I won't,\nsorry."), "refused: I won't, sorry."),
        (as_json({"choices": []}), "empty reply"),
        (as_json({"choices": ["?"]}), "empty reply"),
        (as_json({"error": {"message": "overloaded"}}), "overloaded"),
        (completion('{"meetings": [{"men', finish_reason="length"), "cut off"),
        (completion('{"meetings": [', finish_reason="length"), "cut off"),
    ],
)
async def test_a_reply_of_no_use_fails_the_article_and_is_not_asked_again(reply: Reply, message: str) -> None:
    async with scripted([reply]) as server:
        with pytest.raises(ReplyError, match=message) as caught:
            await drafted(server)
    assert len(server.requests) == 1
    assert caught.value.raw is not None


async def test_a_page_instead_of_a_reply_tells_that_the_address_is_wrong() -> None:
    page = Reply(200, b"<html>Welcome!</html>", {"content-type": "text/html"})
    async with scripted([page]) as server:
        with pytest.raises(ModelUnreachableError, match="is the base URL right"):
            await drafted(server)


async def test_tokens_that_the_server_does_not_count_are_estimated_from_the_characters() -> None:
    uncounted = as_json({**json.loads(completion(GOOD).body), "usage": None})
    async with scripted([uncounted]) as server:
        answer = await drafted(server)
    sent, came = len(body_of(server.requests[0])), len(uncounted.body)
    assert answer.usage == Usage(calls=1) + estimated(sent, came)
    assert answer.usage.estimated == 1
    assert 0 <= 4 * answer.usage.prompt_tokens - sent < 4


async def test_tokens_from_the_cache_of_the_provider_are_told_apart() -> None:
    reply = json.loads(completion(GOOD).body)
    reply["usage"]["prompt_tokens_details"] = {"cached_tokens": 64}
    async with scripted([as_json(reply)]) as server:
        answer = await drafted(server)
    assert answer.usage == Usage(calls=1, prompt_tokens=100, completion_tokens=20, discounted_tokens=64)


@pytest.mark.parametrize(("price", "cost"), [(None, None), ({"prompt": "2", "completion": "10"}, Decimal("0.0004"))])
async def test_each_reply_is_told_with_its_cost_where_a_price_is_known(
    price: dict[str, str] | None, cost: Decimal | None
) -> None:
    async with scripted([completion(GOOD)]) as server:
        answer = await drafted(server, price=price)
    assert answer.usage.cost == cost


# Re-asks


async def test_a_reask_carries_the_last_reply_and_what_is_wrong_with_it_and_nothing_older() -> None:
    async with scripted([quoting("older words"), quoting("newer words"), quoting("went well,")]) as server:
        answer = await drafted(server, check=bad_quotes)
    *kept, reply, errors = server.requests[2]["messages"]
    assert kept == ASKED
    assert (reply["role"], errors["role"]) == ("assistant", "user")
    assert "newer words" in reply["content"]
    assert "older words" not in json.dumps(server.requests[2])
    assert "Sentence 3 does not say 'newer words'." in errors["content"]
    assert answer.usage == Usage(calls=3, reasks=2, prompt_tokens=300, completion_tokens=60)
    assert answer.warnings == ()


async def test_requests_do_not_snowball() -> None:
    async with scripted([quoting("wrong")] * 6) as server:
        await drafted(server, check=bad_quotes, reasks=5)
    sizes = [len(json.dumps(request)) for request in server.requests]
    assert sizes[1] > sizes[0]
    assert sizes[1:] == [sizes[1]] * 5


async def test_a_schema_error_is_told_with_its_place_and_without_pydantic() -> None:
    broken = json.dumps({"meetings": [meeting(level="kings")]})
    async with scripted([completion(broken), completion(GOOD)]) as server:
        await drafted(server)
    told = server.requests[1]["messages"][-1]["content"]
    assert "- meetings.0.level: Input should be 'leaders', 'ministers'" in told
    assert "pydantic" not in told


async def test_a_long_list_of_problems_is_cut() -> None:
    def endless(draft: Draft) -> list[str]:
        return ["x" * 5000] * 500 if draft.meetings else []

    async with scripted([completion(GOOD), completion(NONE)]) as server:
        await drafted(server, check=endless)
    told = server.requests[1]["messages"][-1]["content"]
    assert len(told) < 30_000
    assert "and 470 more" in told


async def test_after_the_bound_the_reply_with_the_fewest_problems_is_kept() -> None:
    replies = [quoting("a", "b"), quoting("c"), quoting("d", "e", "f")]
    async with scripted(replies) as server:
        answer = await drafted(server, check=bad_quotes)
    assert [s.text for s in answer.draft.meetings[0].statements] == ["c"]
    assert answer.warnings == ("problems left after the last re-ask: 1",)


async def test_no_reask_is_made_where_none_is_allowed() -> None:
    async with scripted([quoting("wrong")]) as server:
        answer = await drafted(server, check=bad_quotes, reasks=0)
    assert answer.usage == Usage(calls=1, prompt_tokens=100, completion_tokens=20)
    assert answer.draft.meetings


async def test_of_replies_that_never_fit_the_schema_the_good_items_are_saved_and_the_rest_is_counted() -> None:
    broken = completion(json.dumps({"meetings": [meeting(topics=[{"label": "fish"}]), {"mention": None}]}))
    async with scripted([broken] * 3) as server:
        answer = await drafted(server)
    assert answer.draft == Draft.model_validate({"meetings": [meeting(topics=[])]})
    assert answer.usage == Usage(calls=3, reasks=2, prompt_tokens=300, completion_tokens=60, dropped=2)
    assert answer.warnings == ("the reply is cut off or does not fit the schema; values lost: 2",)


async def test_replies_that_are_never_json_fail_the_article_and_keep_the_last_one() -> None:
    async with scripted([completion("I think"), completion("that"), completion("no.")]) as server:
        with pytest.raises(ReplyError, match="nothing of it can be used") as caught:
            await drafted(server)
    assert caught.value.raw == "no."


@pytest.mark.parametrize(
    "second", [completion(None, refusal="no"), failure(400), completion("{", finish_reason="length")]
)
async def test_a_draft_in_hand_survives_what_happens_to_its_reask(second: Reply) -> None:
    async with scripted([quoting("wrong"), second]) as server:
        answer = await drafted(server, check=bad_quotes)
    assert [s.text for s in answer.draft.meetings[0].statements] == ["wrong"]
    assert answer.warnings


async def test_an_error_in_the_check_is_not_taken_for_a_bad_reply() -> None:
    def broken(_: Draft) -> list[str]:
        raise ZeroDivisionError

    async with scripted([completion(GOOD)]) as server:
        with pytest.raises(ZeroDivisionError):
            await drafted(server, check=broken)


async def test_one_model_serves_parallel_calls_without_mixing_them() -> None:
    turned_away: set[str] = set()

    def once_busy(request: Body) -> Reply:
        name = request["messages"][0]["content"]
        if name not in turned_away:
            turned_away.add(name)
            return failure(429)
        return quoting(f"{name} went well,") if len(request["messages"]) > 1 else quoting(name)

    async with scripted(once_busy) as server, asking(server) as model:
        names = [f"article {number}" for number in range(20)]
        calls = [model.draft([{"role": "user", "content": name}], bad_quotes) for name in names]
        answers = await asyncio.gather(*calls)
    assert [a.draft.meetings[0].statements[0].text for a in answers] == [f"{name} went well," for name in names]
    assert {a.usage for a in answers} == {Usage(calls=3, reasks=1, retries=1, prompt_tokens=200, completion_tokens=40)}


# Start-up


async def test_the_built_in_model_is_asked_by_the_same_code_in_process() -> None:
    async with Model(Settings()) as model:
        answer = await model.draft(load_prompt().messages(article()), fine)
    assert answer.usage.calls == 1
    assert answer.usage.prompt_tokens > 0
    assert answer.usage.cost == 0


def test_importing_the_module_loads_no_client() -> None:
    code = "import sys, extractor.model; print({'openai', 'instructor', 'tenacity', 'starlette'} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "set()"


def test_a_failing_call_prints_nothing_of_its_own() -> None:
    code = """
import asyncio
from extractor.errors import ReplyError
from extractor.model import Model
from extractor.settings import Settings
from tests.faults import completion, scripted

async def main():
    async with scripted([completion("words of an article")]) as server:
        async with Model(Settings(model="m", base_url=server.url, reasks=0)) as model:
            try:
                await model.draft([{"role": "user", "content": "x"}], lambda draft: [])
            except ReplyError:
                print("failed")

asyncio.run(main())
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("failed\n", "")
