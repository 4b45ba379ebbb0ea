"""The model path over recorded HTTP: `cassettes/README.md` says what was recorded, and how to do it anew."""

import asyncio
import contextlib
import gzip
import json
import os
import re
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import vcr as vcrpy

from extractor.adjudicate import Told, adjudicate
from extractor.ask import ask
from extractor.errors import ModelUnreachableError, ReplyError
from extractor.ground import problems
from extractor.model import Answer, Model
from extractor.read import read_text
from extractor.schemas import Article, Draft, DraftVerdict, Usage
from extractor.settings import Settings
from extractor.templates import load_adjudication, load_prompt
from tests import accounts, recording
from tests.asking import KEY, Naps
from tests.drafts import article, meeting
from tests.faults import Body, Reply, completion, failure, scripted

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
ASKED = [{"role": "user", "content": "[1] Ana Ruiz met Omar Diallo in Dakar on Monday."}]
GOOD = json.dumps({"meetings": [meeting(statements=[], topics=[])]})
WRONG = json.dumps({"meetings": [meeting(statements=[], topics=[], city={"text": "Paris", "sentence": 1})]})

played: set[str] = set()


def marks(name: str) -> tuple[pytest.MarkDecorator, pytest.MarkDecorator]:
    """The marks of a test that plays the cassette of this name."""
    played.add(name)
    return pytest.mark.vcr, pytest.mark.default_cassette(name)


def recorded(name: str) -> Callable[[Any], Any]:
    """Mark a test that plays the cassette of this name."""
    uses_vcr, named = marks(name)
    return lambda test: uses_vcr(named(test))


@pytest.fixture(autouse=True)
def _all_of_a_recording_is_played(vcr: Any, record_mode: str) -> Any:
    yield
    if vcr is not None and record_mode == "none":
        assert vcr.all_played, "the cassette holds more than the test plays: run `make record`"


# The seeds, as a model answered them


def seed_article(seed: Path) -> Article:
    return read_text(seed.read_bytes(), path=seed.name)


def seed_name(seed: Path, model: str) -> str:
    return f"seed_{seed.name[:3]}.{slug(model)}"


def slug(model: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", model)


def recordings_of(seed: Path) -> list[str]:
    """Names of the cassettes of a seed; there is one for each model that it was recorded from."""
    return sorted(file.stem for file in recording.CASSETTES.glob(f"seed_{seed.name[:3]}.*.yaml"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test for each recording of a seed; while recording, for the model that is asked."""
    if "seed" in metafunc.fixturenames:
        replaying = metafunc.config.getoption("--record-mode") in (None, "none")
        model = recording.settings_to_record(os.environ).model
        names = [(seed, recordings_of(seed) if replaying else [seed_name(seed, model)]) for seed in SEEDS]
        cases = [pytest.param(seed, marks=marks(name), id=name) for seed, found in names for name in found]
        metafunc.parametrize("seed", cases)


async def test_a_seed_is_extracted_as_recorded(seed: Path, endpoint: Settings, record_mode: str, vcr: Any) -> None:
    seen = seed_article(seed)
    if record_mode == "none":
        endpoint = endpoint.model_copy(update={"model": json.loads(vcr.requests[0].body)["model"]})
    async with Model(endpoint) as model:
        answer = await ask(seen, model, load_prompt(), partial(problems, seen))
    assert problems(seen, answer.draft) == [] or (answer.warnings and endpoint.model != "builtin")
    assert answer.usage.calls == len(vcr)
    assert answer.usage.completion_tokens > 0


def test_all_seeds_are_recorded_from_the_built_in_model() -> None:
    assert len(SEEDS) == 5
    assert [seed.name for seed in SEEDS if seed_name(seed, "builtin") not in recordings_of(seed)] == []


# A verdict of the built-in model


def _told(city: str) -> Told:
    """An account of a meeting in this city; no model is asked for it."""
    text = f"Kenyan Foreign Minister Amina Wekesa met her Ugandan counterpart in {city} on 3 March 2031."
    parties = [("Kenya", "Kenyan"), ("Uganda", "Ugandan")]
    said = accounts.Told(date="on 3 March 2031", city=city, parties=parties, people=["Amina Wekesa"])
    return Told(accounts.account(text, said), accounts.article(text))


@recorded("verdict.builtin")
async def test_a_verdict_is_given_as_recorded(record_mode: str) -> None:
    one, other = (_told(city) for city in ("Nairobi", "Kampala"))
    async with contextlib.AsyncExitStack() as stack:
        replaying = record_mode == "none"
        url = recording.RECORDED_URL if replaying else await stack.enter_async_context(recording.builtin_server())
        model = await stack.enter_async_context(Model(Settings(model="builtin", base_url=url)))
        answer = await adjudicate(one, other, model, load_adjudication())
    assert answer.draft == DraftVerdict(
        reason="By rule: account 1 places it in Nairobi, account 2 in Kampala.", answer="different"
    )
    assert (answer.usage.calls, answer.warnings) == (1, ())


# Faults, from a scripted server


@contextlib.asynccontextmanager
async def faulty(
    script: Sequence[Reply] | Callable[[Body], Reply], record_mode: str, naps: Naps
) -> AsyncIterator[Model]:
    """A model whose server follows the script; replayed, there is no server."""
    async with contextlib.AsyncExitStack() as stack:
        url = recording.RECORDED_URL
        if record_mode != "none":
            url = (await stack.enter_async_context(scripted(script))).url
        settings = Settings.model_validate({"model": "scripted", "base_url": url, "api_key": KEY, "retries": 2})
        yield await stack.enter_async_context(Model(settings, sleep=naps, now=naps.now))


def no_paris(draft: Draft) -> list[str]:
    cities = [m.city.text for m in draft.meetings if m.city]
    return [f"Sentence 1 does not hold {city!r}; nearest is 'Dakar'." for city in cities if city != "Dakar"]


@recorded("reask.scripted")
async def test_a_quote_that_is_not_there_is_asked_again(record_mode: str) -> None:
    async with faulty([completion(WRONG), completion(GOOD)], record_mode, Naps()) as model:
        answer = await model.draft(ASKED, no_paris)
    assert answer == Answer(
        draft=Draft.model_validate_json(GOOD),
        usage=Usage(calls=2, reasks=1, prompt_tokens=200, completion_tokens=40),
    )


@recorded("rate_limit.scripted")
async def test_a_rate_limit_is_waited_for_as_long_as_the_server_asks(record_mode: str) -> None:
    naps = Naps()
    async with faulty([failure(429, retry_after="7"), completion(GOOD)], record_mode, naps) as model:
        answer = await model.draft(ASKED, no_paris)
    assert naps == [7.0]
    assert answer.usage == Usage(calls=2, retries=1, prompt_tokens=100, completion_tokens=20)


@recorded("server_errors.scripted")
async def test_a_server_that_keeps_failing_is_given_up_at_the_bound(record_mode: str) -> None:
    naps, spent = Naps(), list[Usage]()
    async with faulty([failure(500)] * 3, record_mode, naps) as model:
        with pytest.raises(ReplyError, match="answered HTTP 500: scripted"):
            await model.draft(ASKED, no_paris, spend=spent.append)
    assert len(naps) == 2
    assert sum(spent, Usage()) == Usage(calls=3, retries=2)


@recorded("truncated.scripted")
async def test_a_truncated_reply_is_saved_item_by_item_and_the_loss_counted(record_mode: str) -> None:
    whole = json.dumps({"meetings": [meeting(), meeting()]})
    cut = whole[: whole.rindex('"topics"')]
    async with faulty([completion(cut, finish_reason="length")], record_mode, Naps()) as model:
        answer = await model.draft(ASKED, no_paris)
    assert answer.draft == Draft.model_validate({"meetings": [meeting(), meeting(topics=[], statements=[])]})
    assert answer.usage == Usage(calls=1, prompt_tokens=100, completion_tokens=20, dropped=3)
    assert answer.warnings


@recorded("refusal.scripted")
async def test_a_refusal_fails_the_article_in_the_words_of_the_model(record_mode: str) -> None:
    async with faulty([completion(None, refusal="I do not code wars.")], record_mode, Naps()) as model:
        with pytest.raises(ReplyError, match=r"The model refused: I do not code wars\."):
            await model.draft(ASKED, no_paris)


@recorded("parallel.scripted")
async def test_two_calls_in_parallel_get_their_own_replies(record_mode: str) -> None:
    asked = [[{"role": "user", "content": f"[1] Article {name}."}] for name in ("A", "B")]

    def script(request: Body) -> Reply:
        return completion(GOOD if request["messages"] == asked[0] else '{"meetings": []}')

    async with faulty(script, record_mode, Naps()) as model:
        first, second = await asyncio.gather(*(model.draft(messages, no_paris) for messages in asked))
    assert (len(first.draft.meetings), len(second.draft.meetings)) == (1, 0)


# The recordings themselves


def test_every_recording_is_played_by_a_test_and_every_such_test_has_one() -> None:
    recordings = [file.name for file in recording.CASSETTES.iterdir() if file.name != "README.md"]
    assert sorted(recordings) == sorted(f"{name}.yaml" for name in played)


@pytest.mark.parametrize("file", sorted(recording.CASSETTES.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_cassette_holds_no_secret_and_no_host(file: Path) -> None:
    cassette = recording.Readable.deserialize(file.read_text("utf-8"))
    for exchange in cassette["interactions"]:
        request, response = exchange["request"], exchange["response"]
        assert request["uri"] == f"{recording.RECORDED_URL}/chat/completions"
        assert {*request["headers"], *response["headers"]} <= {"content-type", "retry-after"}
    assert not re.search(r"(?i)bearer [\w-]|\bsk-[\w-]{8}|set-cookie|x-stainless", file.read_text("utf-8"))


@pytest.mark.parametrize("file", sorted(recording.CASSETTES.glob("*.yaml")), ids=lambda file: file.stem)
def test_the_name_of_a_cassette_says_who_answered(file: Path) -> None:
    cassette = recording.Readable.deserialize(file.read_text("utf-8"))
    asked = {slug(json.loads(exchange["request"]["body"])["model"]) for exchange in cassette["interactions"]}
    assert asked == {file.stem.partition(".")[2]}


@contextlib.contextmanager
def cassette(path: Path, record_mode: str) -> Any:
    recorder = vcrpy.VCR(record_mode=record_mode, **recording.VCR_CONFIG)
    recording.configure(recorder)
    with recorder.use_cassette(str(path)) as tape:
        yield tape


async def test_recording_keeps_no_key_cookie_or_compression(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_API_KEY", KEY)
    file = tmp_path / "one.yaml"
    plain = completion(GOOD).body.replace(b'"id": "', f'"id": "{KEY}'.encode())
    headers = {"content-encoding": "gzip", "set-cookie": f"s={KEY}", "x-request-id": KEY, "openai-organization": KEY}
    async with scripted([Reply(200, gzip.compress(plain), {"content-type": "application/json", **headers})]) as server:
        with cassette(file, "all"):
            async with Model(Settings.from_environment(model="m", base_url=server.url)) as model:
                answer = await model.draft(ASKED, no_paris)
    assert KEY in server.heads[0]
    assert "x-stainless" in server.heads[0]
    assert not re.search(f"(?i){KEY}|authorization|cookie|stainless|user-agent|127.0.0.1", file.read_text("utf-8"))

    with cassette(file, "none"):
        async with Model(Settings(model="m", base_url=recording.RECORDED_URL)) as model:
            assert await model.draft(ASKED, no_paris) == answer


@pytest.mark.parametrize("change", ["prompt", "article", "model"])
async def test_a_changed_request_misses_its_recording_loudly(change: str) -> None:
    messages = load_prompt().messages(seed_article(SEEDS[0]))
    if change == "prompt":
        messages[0] = {**messages[0], "content": messages[0]["content"] + " "}
    if change == "article":
        messages[-1] = load_prompt().messages(article())[-1]
    settings = Settings(model="other" if change == "model" else "builtin", base_url=recording.RECORDED_URL)
    naps = Naps()
    with cassette(recording.CASSETTES / f"{seed_name(SEEDS[0], 'builtin')}.yaml", "none"):
        async with Model(settings, sleep=naps, now=naps.now) as model:
            with pytest.raises(ModelUnreachableError, match="make record"):
                await model.draft(messages, no_paris)
    assert naps == []


@pytest.mark.parametrize(
    ("environ", "model"),
    [
        ({}, "builtin"),
        ({"OPENAI_API_KEY": KEY}, "builtin"),
        ({"EXTRACTOR_BASE_URL": "http://127.0.0.1:11434/v1", "EXTRACTOR_MODEL": "qwen"}, "qwen"),
    ],
)
def test_an_endpoint_is_recorded_only_if_it_is_named(environ: dict[str, str], model: str) -> None:
    assert recording.settings_to_record(environ).model == model
