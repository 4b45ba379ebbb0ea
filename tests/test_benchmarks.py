"""The mock that benchmarks measure against answers as a good model would, and counts right."""

import json
from collections.abc import Iterator
from functools import partial
from http.client import HTTPConnection, RemoteDisconnected

import pytest

from benchmarks import articles
from benchmarks.mock import FAULTS
from benchmarks.processes import MockServer, mock
from benchmarks.replies import FORMS
from extractor.ground import problems
from extractor.model import Answer, Model
from extractor.read import read_text
from extractor.schemas import Draft
from extractor.settings import Settings
from extractor.templates import load_prompt


@pytest.fixture(scope="module")
def server() -> Iterator[MockServer]:
    with mock() as running:
        yield running


async def _ask(number: int, server: MockServer) -> Answer[Draft]:
    article = read_text(articles.article(number))
    async with Model(Settings(model="mock", base_url=server.url, reasks=5)) as model:
        return await model.draft(load_prompt().messages(article), partial(problems, article))


def _post(server: MockServer, text: str) -> tuple[int, bytes]:
    body = json.dumps({"model": "mock", "messages": [{"role": "user", "content": text}]}).encode()
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("POST", "/v1/chat/completions", body)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_articles_are_all_different_as_long_as_news_is_and_the_same_for_a_seed() -> None:
    made = [articles.article(number) for number in range(200)]
    assert len(set(made)) == len(made)
    assert made == [articles.article(number) for number in range(200)]
    assert articles.article(0, seed=2) not in made
    assert {len(read_text(text).sentences) for text in made} == {articles.SENTENCES}
    assert all(2_700 < len(text) < 3_300 for text in made)


@pytest.mark.parametrize("number", range(8))
async def test_the_mock_answers_with_a_draft_whose_quotes_stand_in_the_article(number: int, server: MockServer) -> None:
    server.reset()
    answer = await _ask(number, server)
    (meeting,) = answer.draft.meetings
    assert meeting.mention.text in articles.article(number)
    assert (answer.usage.reasks, answer.warnings) == (0, ())
    counted = server.stats()
    assert (counted["calls"], counted["most_in_flight"], counted["in_flight"]) == (1, 1, 0)
    assert counted["bytes_in"] > counted["bytes_out"] > 0


async def test_so_many_bad_replies_to_each_article_are_asked_again() -> None:
    with mock(bad=2) as server:
        answers = [await _ask(number, server) for number in (0, 1)]
        assert [(answer.usage.reasks, answer.warnings) for answer in answers] == [(2, ()), (2, ())]
        assert [len(sizes) for sizes in server.stats()["sizes"].values()] == [3, 3]


def test_a_share_of_the_replies_are_faults_of_every_kind() -> None:
    seen = set()
    with mock(faults=1) as server:
        for number in range(60):
            try:
                status, body = _post(server, articles.article(number))
            except (RemoteDisconnected, ConnectionResetError):
                seen.add("reset")
            else:
                cut_off = status == 200 and json.loads(body)["choices"][0]["finish_reason"] == "length"
                seen.add("truncated" if cut_off else str(status))
        counted = server.stats()
    assert seen == set(FAULTS) == set(counted["faults"])
    assert sum(counted["faults"].values()) == counted["calls"] == 60


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_reply_is_json_that_quotes_the_article(form: str) -> None:
    text = articles.article(0)
    with mock(reply=form) as server:
        status, body = _post(server, text)
    content = json.loads(body)["choices"][0]["message"]["content"]
    assert status == 200
    assert json.loads(content)
    pledge = text.split("They agreed ")[1].split(".")[0]
    assert pledge in content
