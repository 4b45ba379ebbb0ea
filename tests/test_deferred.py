"""Requests to the Batch API and back: to the same as a direct run, past errors, with re-asks."""

import json
from pathlib import Path

import openai
import pytest

from extractor import deferred, pipeline, running
from extractor.errors import ModelUnreachableError
from extractor.read import sources
from extractor.replies import Brought
from extractor.schemas import Outcomes, Tally
from extractor.store import Workspace
from tests.batch_server import KEY, Answer, BatchServer, well
from tests.desk import COUNT, LISTED, Desk, about, everything, is_reask, misquoting, misquoting_once, wandering
from tests.faults import Body, Reply, completion, failure, good


class TestTheWholeWay:
    def test_it_comes_to_the_same_as_a_direct_run(self, api: BatchServer, desk: Desk, tmp_path: Path) -> None:
        api.answer = about(1, misquoting_once)
        with Workspace.open(tmp_path / "direct.db") as direct:
            tally, _ = running.work(direct, sources([desk.folder]), desk.settings)
            for _ in range(2):  # the requests, then the re-ask
                desk.submit()
                api.complete()
                desk.fetch()
            apart = {"usage"}
            asked, told = ([e.model_dump(exclude=apart) for e in w.active()] for w in (direct, desk.workspace))
            assert asked == told
            assert len(told) == COUNT
            assert pipeline.accounts(direct) == pipeline.accounts(desk.workspace)
            assert pipeline.meetings(direct) == pipeline.meetings(desk.workspace) != ()
            usages = [{e.article: e.usage for e in w.active()} for w in (direct, desk.workspace)]
            assert {a: u.tokens for a, u in usages[0].items()} == {a: u.tokens for a, u in usages[1].items()}
            assert {a: u.cost and u.cost / 2 for a, u in usages[0].items()} == {a: u.cost for a, u in usages[1].items()}
        assert tally.usage.calls == len(api.submitted()) == COUNT + 1

    def test_each_reply_costs_half_the_list_price(self, api: BatchServer, desk: Desk) -> None:
        desk.submit()
        api.complete()
        brought, tally = desk.fetch()
        run = desk.workspace.last_run()
        assert run
        for usage in (brought.usage, tally.usage, run.usage):
            assert (usage.prompt_tokens, usage.completion_tokens) == (100 * COUNT, 20 * COUNT)
            assert usage.cost == COUNT * LISTED / 2
        assert [e.usage.cost for e in desk.extractions().values()] == [LISTED / 2] * COUNT
        assert run.counts == {"records": COUNT}

    def test_a_job_goes_through_its_states_and_nothing_is_taken_before_its_end(
        self, api: BatchServer, desk: Desk
    ) -> None:
        (entry,) = desk.submit()
        assert (entry.requests, entry.status) == (COUNT, "validating")
        seen = []
        for _ in range(3):
            seen += desk.status()
            assert desk.fetch() == (Brought(), Tally())
            api.advance()
        assert [*seen, *desk.status()] == ["validating", "in_progress", "finalizing", "completed"]
        assert desk.fetch()[0].answered == COUNT
        (entry,) = desk.workspace.batches()
        assert (entry.status, entry.completed, entry.failed) == ("fetched", COUNT, 0)

    def test_a_state_that_is_not_known_is_not_an_end(self, api: BatchServer, desk: Desk) -> None:
        desk.submit()
        (batch,) = api.batches.values()
        batch["status"] = "queued"
        assert desk.fetch()[0] == Brought()
        assert desk.status() == ["queued"]
        assert desk.submit() == []
        batch["status"] = "validating"
        api.complete()
        assert desk.fetch()[0].answered == COUNT

    def test_the_requests_are_those_of_a_direct_run(self, api: BatchServer, desk: Desk) -> None:
        asked: list[Body] = []

        def noted(body: Body) -> Reply:
            asked.append(body)
            return well(body)

        api.answer = noted
        with Workspace.open() as direct:
            running.work(direct, sources([desk.folder]), desk.settings)
        lines = list(map(json.loads, desk.export().splitlines()))
        assert sorted(map(str, asked)) == sorted(str(line["body"]) for line in lines)


class TestErrors:
    @pytest.mark.parametrize(
        "error",
        [
            pytest.param(failure(429, "slow down", "rate_limit_exceeded"), id="429"),
            pytest.param(failure(500, "oops"), id="500"),
            pytest.param(failure(503, "overloaded"), id="503"),
            pytest.param(failure(429, "no credit", "insufficient_quota"), id="no credit left"),
            pytest.param(failure(401, "bad key", "invalid_api_key"), id="a key that was taken back"),
        ],
    )
    def test_what_passes_goes_out_again_with_the_next_submission(
        self, api: BatchServer, desk: Desk, error: Reply
    ) -> None:
        api.answer = about(2, lambda _: error)
        desk.submit()
        api.complete()
        brought, _ = desk.fetch()
        assert (brought.answered, brought.due, brought.failed) == (COUNT - 1, 1, 0)
        assert 2 not in desk.done()
        api.answer = well
        (entry,) = desk.submit()
        assert entry.requests == 1
        api.complete()
        desk.fetch()
        assert desk.done() == everything()

    def test_a_request_that_is_refused_fails_its_article_and_no_other(self, api: BatchServer, desk: Desk) -> None:
        api.answer = about(2, lambda _: failure(400, "too long"))
        desk.submit()
        api.complete()
        brought, tally = desk.fetch()
        assert (brought.answered, brought.failed) == (COUNT - 1, 1)
        assert tally.counts == {Outcomes.RECORDS: COUNT - 1, Outcomes.FAILED: 1}
        assert desk.done() == everything() | {2: Outcomes.FAILED}
        assert f"{api.url} answered HTTP 400: too long" in (desk.extractions()[2].reason or "")
        assert desk.submit() == []

    @pytest.mark.parametrize(
        ("reply", "words"),
        [
            pytest.param(completion(None, refusal="I would rather not."), "refused: I would rather not.", id="refusal"),
            pytest.param(completion("", finish_reason="content_filter"), "content filter", id="content filter"),
            pytest.param(Reply(200, b'{"choices": []}'), "empty reply", id="no choices"),
        ],
    )
    def test_a_reply_that_is_a_refusal_fails_its_article(
        self, api: BatchServer, desk: Desk, reply: Reply, words: str
    ) -> None:
        api.answer = about(0, lambda _: reply)
        desk.submit()
        api.complete()
        desk.fetch()
        assert desk.done() == everything() | {0: Outcomes.FAILED}
        assert words in (desk.extractions()[0].reason or "")
        assert desk.submit() == []

    def test_a_job_that_expires_keeps_what_it_has(self, api: BatchServer, desk: Desk) -> None:
        desk.submit()
        api.expire(answered=3)
        assert desk.status() == ["expired"]
        brought, _ = desk.fetch()
        assert (brought.answered, brought.due) == (3, 1)
        assert len(desk.done()) == 3
        desk.submit()
        api.complete()
        desk.fetch()
        assert desk.done() == everything()
        assert len(api.submitted()) == COUNT + 1

    def test_a_job_that_is_cancelled_keeps_what_it_has(self, api: BatchServer, desk: Desk) -> None:
        (entry,) = desk.submit()
        assert entry.remote
        with openai.OpenAI(api_key=KEY, base_url=api.url) as client:
            client.batches.cancel(entry.remote)
        assert desk.status() == ["cancelling"]
        assert desk.submit() == []
        api.cancelled(answered=1)
        assert desk.fetch()[0].due == COUNT - 1
        (entry,) = desk.submit()
        assert entry.requests == COUNT - 1

    def test_a_job_that_is_found_invalid_tells_why_and_its_requests_are_due_again(
        self, api: BatchServer, desk: Desk
    ) -> None:
        desk.submit()
        api.fail("The model\n`scripted` is not there.", f"Ask for {KEY}.")
        (entry,) = deferred.status(desk.workspace, desk.settings)
        assert (entry.status, entry.reason) == ("failed", "The model `scripted` is not there.; Ask for [key].")
        brought, _ = desk.fetch()
        assert brought == Brought(due=COUNT)
        (entry,) = desk.submit()
        assert entry.requests == COUNT

    def test_a_key_that_is_refused_loses_nothing(self, api: BatchServer, desk: Desk) -> None:
        wrong = desk.settings.model_copy(update={"api_key": None})
        desk.prepare()
        with pytest.raises(ModelUnreachableError, match="refuses the key"):
            deferred.submit(desk.workspace, wrong)
        assert [entry.requests for entry in desk.submit()] == [COUNT]
        assert len(api.submitted()) == COUNT

    def test_the_key_is_nowhere_in_the_workspace(self, api: BatchServer, desk: Desk, tmp_path: Path) -> None:
        api.answer = about(1, lambda _: failure(400, f"You said {KEY}."))
        desk.submit()
        api.complete()
        desk.fetch()
        assert "You said [key]." in (desk.extractions()[1].reason or "")
        files = [file.read_bytes() for file in tmp_path.glob("w.db*")]
        assert files
        assert not any(KEY.encode() in file for file in files)


class TestReasks:
    def test_a_reply_that_misquotes_makes_a_reask_due(self, api: BatchServer, desk: Desk) -> None:
        api.answer = about(1, misquoting_once)
        desk.submit()
        api.complete()
        brought, tally = desk.fetch()
        assert (brought.answered, tally.articles, tally.deferred) == (COUNT, COUNT - 1, 1)
        (line,) = map(json.loads, desk.export().splitlines())
        *_, shown, said, complaint = line["body"]["messages"]
        assert "catch 1" in shown["content"]
        assert (said["role"], complaint["role"]) == ("assistant", "user")
        assert "It went badly," in said["content"]
        assert "It went badly," in complaint["content"]
        (entry,) = desk.submit()
        assert entry.requests == 1
        api.complete()
        desk.fetch()
        extraction = desk.extractions()[1]
        assert (extraction.outcome, extraction.ungrounded) == (Outcomes.RECORDS, 0)
        assert extraction.usage.cost == LISTED  # two replies at half of it

    @pytest.mark.parametrize(
        ("first", "outcome"),
        [
            pytest.param(misquoting, Outcomes.RECORDS, id="a draft"),
            pytest.param(lambda _: completion("I found one meeting."), Outcomes.FAILED, id="no draft"),
        ],
    )
    def test_where_a_reask_is_refused_the_reply_before_it_counts(
        self, api: BatchServer, desk: Desk, first: Answer, outcome: Outcomes
    ) -> None:
        api.answer = about(1, lambda body: failure(400, "too long") if is_reask(body) else first(body))
        failed = 0
        while desk.submit():
            api.complete()
            failed += desk.fetch()[0].failed
        assert failed == 1
        assert desk.done() == everything() | {1: outcome}
        assert desk.extractions()[1].usage.cost == LISTED / 2

    def test_a_model_that_repeats_its_flawed_reply_is_not_asked_the_same_again(
        self, api: BatchServer, desk: Desk
    ) -> None:
        api.answer = about(1, misquoting)
        while desk.submit():
            api.complete()
            desk.fetch()
        assert len(api.submitted()) == len(set(api.submitted())) == COUNT + 1
        assert desk.extractions()[1].ungrounded == 1

    @pytest.mark.parametrize("reasks", [0, 1, 3])
    def test_there_are_no_more_reasks_than_the_settings_say(self, api: BatchServer, desk: Desk, reasks: int) -> None:
        api.answer = about(1, wandering(lambda nth: good(1).replace("It went well,", f"It went badly {nth} times,")))
        patient = Desk(desk.workspace, desk.folder, desk.settings.replace(reasks=reasks))
        rounds = 0
        while patient.submit():
            rounds += 1
            api.complete()
            patient.fetch()
        assert rounds == 1 + reasks
        extraction = desk.extractions()[1]
        assert (extraction.outcome, extraction.ungrounded) == (Outcomes.RECORDS, 1)

    def test_a_reply_that_is_no_draft_makes_a_reask_due_and_at_last_fails(self, api: BatchServer, desk: Desk) -> None:
        api.answer = about(1, wandering("I found {} meetings.".format))
        while desk.submit():
            api.complete()
            desk.fetch()
        assert len(api.submitted()) == COUNT + desk.settings.reasks
        assert desk.done() == everything() | {1: Outcomes.FAILED}
