"""Jobs of the Batch API that are cut off, called again, split, or met by a direct run: nothing is asked twice."""

import json

import openai
import pytest

from extractor import deferred, running
from extractor.errors import ConfigurationError, ReplyError
from extractor.read import sources
from extractor.replies import Brought
from extractor.schemas import Tally, Usage
from extractor.settings import Settings
from extractor.store import Workspace
from tests.batch_server import KEY, BatchServer
from tests.desk import COUNT, LISTED, Desk, everything
from tests.faults import RESET, Reply, failure, write_articles


def torn(whole: Reply) -> Reply:
    """The connection breaks off in mid-body."""
    return Reply(whole.status, whole.body, whole.headers, lost=len(whole.body) // 2)


def test_nothing_is_submitted_twice(api: BatchServer, desk: Desk) -> None:
    desk.submit()
    assert desk.submit() == []
    api.advance()
    assert desk.submit() == []
    assert len(api.submitted()) == len(set(api.submitted())) == COUNT


def test_nothing_is_taken_twice(api: BatchServer, desk: Desk) -> None:
    desk.submit()
    api.complete()
    desk.fetch()
    calls, run = len(api.calls), desk.workspace.last_run()
    assert desk.fetch() == (Brought(), Tally())
    assert (len(api.calls), desk.workspace.last_run()) == (calls, run)


def test_the_state_of_a_job_that_has_ended_is_not_asked_for_again(api: BatchServer, desk: Desk) -> None:
    desk.submit()
    api.complete()
    assert desk.status() == ["completed"]
    calls = len(api.calls)
    assert desk.status() == ["completed"]
    assert len(api.calls) == calls


@pytest.mark.parametrize("then", ["submit", "status", "fetch"])
@pytest.mark.parametrize("retries", [0, 4])
def test_a_job_whose_name_was_never_heard_is_found_and_not_submitted_again(
    api: BatchServer, desk: Desk, then: str, retries: int
) -> None:
    api.after["POST /v1/batches"] = lambda _: RESET
    cut_off = Desk(desk.workspace, desk.folder, desk.settings.replace(retries=retries))
    with pytest.raises(ReplyError, match="broke off"):
        cut_off.submit()
    (entry,) = desk.workspace.batches()
    assert (entry.status, entry.remote) == ("uploading", None)
    getattr(desk, then)()
    (entry,) = desk.workspace.batches()
    assert (entry.status, entry.remote) == ("validating", next(iter(api.batches)))
    assert desk.submit() == []
    api.complete()
    desk.fetch()
    assert desk.done() == everything()
    assert len(api.submitted()) == COUNT


def test_it_is_found_behind_many_others(api: BatchServer, desk: Desk) -> None:
    api.size = 2
    api.after["POST /v1/batches"] = lambda _: RESET
    with pytest.raises(ReplyError):
        desk.submit()
    with openai.OpenAI(api_key=KEY, base_url=api.url) as client:
        for metadata in (None, {}, {"extractor": "another"}, {"by": "hand"}):
            client.batches.create(
                input_file_id=next(iter(api.files)),
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata=metadata,
            )
    assert desk.submit() == []
    assert [entry.remote for entry in desk.workspace.batches()] == [next(iter(api.batches))]


@pytest.mark.parametrize("call", ["POST /v1/files", "POST /v1/batches"])
@pytest.mark.parametrize("then", [RESET, failure(500, "oops"), failure(400, "too many")], ids=["reset", "500", "400"])
def test_the_requests_of_a_job_that_never_was_are_due_again(
    api: BatchServer, desk: Desk, call: str, then: Reply
) -> None:
    api.instead[call] = then
    with pytest.raises(ReplyError):
        desk.submit()
    assert api.batches == {}
    assert desk.status() == ["lost"]
    assert [entry.requests for entry in desk.submit()] == [COUNT]
    assert len(api.submitted()) == COUNT


def test_a_download_that_breaks_off_is_made_again(api: BatchServer, desk: Desk) -> None:
    desk.submit()
    api.complete()
    api.after["GET /v1/files/*/content"] = torn
    with pytest.raises(ReplyError, match="broke off"):
        desk.fetch()
    assert desk.done() == {}
    brought, _ = desk.fetch()
    assert brought.answered == COUNT
    assert desk.done() == everything()


def test_where_one_job_breaks_off_what_came_before_goes_on(
    api: BatchServer, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deferred, "MOST_REQUESTS", COUNT - 1)
    desk.submit()
    api.complete()
    download = "GET /v1/files/*/content"

    def first(whole: Reply) -> Reply:
        api.after[download] = torn
        return whole

    api.after[download] = first
    with pytest.raises(ReplyError, match="broke off"):
        desk.fetch()
    assert len(desk.done()) == COUNT - 1
    run = desk.workspace.last_run()
    assert run
    assert run.usage.cost == (COUNT - 1) * LISTED / 2


def test_requests_whose_replies_are_there_no_more_are_due_again(api: BatchServer, desk: Desk) -> None:
    (entry,) = desk.submit()
    api.complete()
    del api.files[api.batches[entry.remote or ""]["output_file_id"]]
    assert desk.fetch()[0] == Brought(due=COUNT)
    assert [entry.requests for entry in desk.submit()] == [COUNT]


def test_a_run_does_not_ask_about_what_a_job_has(api: BatchServer, desk: Desk) -> None:
    desk.submit()
    calls = len(api.calls)
    tally, _ = running.work(desk.workspace, sources([desk.folder]), desk.settings)
    assert (tally.articles, tally.deferred, tally.usage.calls) == (0, COUNT, 0)
    assert len(api.calls) == calls
    assert desk.prepare().deferred == COUNT


def test_what_a_run_asked_meanwhile_is_due_no_more(desk: Desk) -> None:
    assert len(desk.export().splitlines()) == COUNT
    tally, _ = running.work(desk.workspace, sources([desk.folder]), desk.settings)
    assert tally.articles == COUNT
    assert desk.export() == ""


def test_articles_that_come_later_go_out_alone(desk: Desk) -> None:
    desk.submit()
    write_articles(desk.folder, range(COUNT, COUNT + 2))
    assert [entry.requests for entry in desk.submit()] == [2]


@pytest.mark.parametrize(
    ("limit", "value", "sizes"),
    [
        pytest.param("MOST_REQUESTS", 3, [3, 1], id="requests"),
        pytest.param("MOST_REQUESTS", 2, [2, 2], id="requests, all full"),
        pytest.param("MOST_BYTES", 1, [1, 1, 1, 1], id="a request larger than a file may be goes alone"),
    ],
)
def test_more_than_a_job_may_hold_is_split(
    api: BatchServer,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    value: int,
    sizes: list[int],
) -> None:
    monkeypatch.setattr(deferred, limit, value)
    assert [entry.requests for entry in desk.submit()] == sizes
    assert len(set(api.submitted())) == COUNT
    api.complete()
    assert desk.fetch()[0].answered == COUNT
    assert desk.done() == everything()


def test_a_file_is_filled_to_the_last_byte(api: BatchServer, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    two = sum(len(line.encode()) for line in desk.export().splitlines(keepends=True)[:2])
    monkeypatch.setattr(deferred, "MOST_BYTES", two)
    desk.submit()
    assert max(map(len, api.files.values())) <= two
    assert desk.workspace.batches()[0].requests == 2


def test_the_built_in_model_has_no_batch_api(desk: Desk) -> None:
    with pytest.raises(ConfigurationError, match="`extractor batch export`"):
        deferred.submit(desk.workspace, Settings())


def test_a_job_at_another_endpoint_is_left_alone(api: BatchServer, desk: Desk) -> None:
    api.after["POST /v1/batches"] = lambda _: RESET
    with pytest.raises(ReplyError):
        desk.submit()
    elsewhere = desk.settings.replace(base_url=api.url.replace("127.0.0.1", "localhost"))
    assert Desk(desk.workspace, desk.folder, elsewhere).status() == ["uploading"]
    assert desk.status() == ["validating"]


def test_a_job_that_goes_up_just_now_is_not_taken_for_lost(desk: Desk) -> None:
    lines = map(json.loads, desk.export().splitlines())
    keys = [line["custom_id"] for line in lines]
    with Workspace.open(desk.workspace.where) as other:
        run = other.start_run(model="scripted", endpoint=desk.settings.endpoint, prompt="p", digest="d")
        other.start_batch("token", desk.settings.endpoint, run, keys)
        assert desk.status() == ["uploading"]
        assert desk.submit() == []
        other.finish_run(run, counts={}, usage=Usage())
    assert desk.status() == ["lost"]
    assert [entry.requests for entry in desk.submit()] == [COUNT]
