"""The grey zone may ask the model: paid for once, within the budget, one failure at a time, and kept with a reason."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from extractor import pipeline
from extractor.adjudicate import said
from extractor.errors import ModelUnreachableError
from extractor.linking import Judged
from extractor.reconcile import reconcile
from extractor.running import digest_of
from extractor.schemas import Usage
from extractor.settings import BUILTIN, Settings
from extractor.store import Workspace
from extractor.templates import load_adjudication
from tests.faults import Body, Reply, completion, failure, scripted
from tests.judged import (
    FULL,
    PLACED,
    REASON,
    VAGUE,
    account_of,
    adjudicate,
    meetings,
    read,
    settings,
    shown,
    verdict,
    workspace,
)

OTHER = VAGUE.replace("Kenya", "Peru").replace("Uganda", "Chile")
OTHER_FULL = FULL.replace("Kenyan", "Peruvian").replace("Ugandan", "Chilean").replace("Nairobi", "Lima")
REFUSED = completion(None, refusal="I'd rather not.")


# What an answer does


@pytest.mark.parametrize(
    ("answer", "together"),
    [("same", [[FULL, VAGUE]]), ("different", [[FULL], [VAGUE]]), ("unsure", [[FULL], [VAGUE]])],
)
async def test_what_rules_leave_apart_one_answer_joins(answer: str, together: list[list[str]]) -> None:
    with workspace(VAGUE, FULL) as opened:
        assert meetings(opened) == [[FULL], [VAGUE]]
        async with scripted([verdict(answer)]) as server:
            told, _ = await adjudicate(opened, server)
        assert told.counts == {answer: 1}
        assert meetings(opened) == together


@pytest.mark.parametrize(
    ("answer", "together"),
    [("same", [[FULL, PLACED]]), ("different", [[FULL], [PLACED]]), ("unsure", [[FULL, PLACED]])],
)
async def test_what_rules_barely_join_one_answer_parts(answer: str, together: list[list[str]]) -> None:
    with workspace(PLACED, FULL) as opened:
        async with scripted([verdict(answer)]) as server:
            await adjudicate(opened, server)
        assert meetings(opened) == together


@pytest.mark.parametrize(("answer", "judged", "count"), [("same", "apart", 2), ("different", "together", 1)])
async def test_a_person_outranks_it(answer: str, judged: str, count: int) -> None:
    with workspace(VAGUE, FULL) as opened:
        async with scripted([verdict(answer)]) as server:
            await adjudicate(opened, server)
        (kept,) = opened.verdicts()
        pairs = frozenset({kept.accounts})
        by_person = Judged(together=pairs if judged == "together" else frozenset(), said=said([kept]))
        by_person = by_person if by_person.together else by_person._replace(apart=pairs)
        assert len(reconcile(pipeline.accounts(opened), by_person)) == count


async def test_the_answer_is_one_more_signal_among_the_reasons() -> None:
    with workspace(VAGUE, FULL) as opened:
        async with scripted([verdict("same")]) as server:
            await adjudicate(opened, server)
        (meeting,) = pipeline.meetings(opened)
    names = {signal.name for signal in meeting.why.signals}
    assert {"model says same", "parties same"} <= names


async def test_a_verdict_is_kept_with_its_reason_and_with_who_gave_it() -> None:
    with workspace(VAGUE, FULL) as opened:
        async with scripted([verdict("unsure", " Both\nname\x00 the market. ")]) as server:
            await adjudicate(opened, server)
            digest = digest_of(settings(server), load_adjudication())
        (kept,) = opened.verdicts()
        ids = sorted(account_of(opened, text)[0].id for text in (VAGUE, FULL))
    assert list(kept.accounts) == ids
    assert (kept.answer, kept.reason, kept.model, kept.digest) == ("unsure", "Both name the market.", "judge", digest)


async def test_a_new_verdict_makes_the_kept_meetings_anew(tmp_path: Path) -> None:
    with workspace(VAGUE, FULL, db=tmp_path / "w.db") as opened:
        assert pipeline.settle(opened) == 2
        async with scripted([verdict("same")]) as server:
            await adjudicate(opened, server)
        assert pipeline.settle(opened) == 1


# Who is asked about


async def test_pairs_that_the_rules_settle_are_not_asked_about() -> None:
    with workspace(FULL, OTHER_FULL, f"{FULL} It rained.") as opened:
        async with scripted([]) as server:
            told, _ = await adjudicate(opened, server)
        assert (told.counts, server.requests) == ({}, [])
        assert len(meetings(opened)) == 2


async def test_one_pair_speaks_for_two_groups() -> None:
    with workspace(VAGUE, FULL, f"{FULL} It rained.") as opened:
        async with scripted([verdict("same")]) as server:
            told, _ = await adjudicate(opened, server)
        assert told.counts == {"same": 1}
        assert len(meetings(opened)) == 1


# Paid for once


async def test_a_second_run_asks_nothing(tmp_path: Path) -> None:
    with workspace(VAGUE, FULL, PLACED, db=tmp_path / "w.db") as opened:
        async with scripted(lambda _: verdict("different")) as server:
            first, _ = await adjudicate(opened, server)
            again, _ = await adjudicate(opened, server)
            assert len(server.requests) == first.usage.calls == 2
    assert (again.counts, again.known, again.usage) == ({}, 2, Usage())


async def test_a_reply_that_is_there_without_its_verdict_is_not_paid_for_again(tmp_path: Path) -> None:
    file = tmp_path / "w.db"
    with workspace(VAGUE, FULL, db=file) as opened:
        async with scripted([verdict("same")]) as server:
            await adjudicate(opened, server)
            with closing(sqlite3.connect(file)) as connection, connection:  # as if it had died in between
                connection.execute("delete from verdicts")
            again, _ = await adjudicate(opened, server)
    assert (again.counts, again.usage) == ({"same": 1}, Usage())


async def test_another_model_is_asked_anew_and_its_word_counts() -> None:
    with workspace(VAGUE, FULL) as opened:
        async with scripted([verdict("same"), verdict("different")]) as server:
            await adjudicate(opened, server)
            await adjudicate(opened, server, model="another")
        assert [kept.model for kept in opened.verdicts()] == ["another"]
        assert meetings(opened) == [[FULL], [VAGUE]]


async def test_everything_can_be_asked_anew() -> None:
    with workspace(VAGUE, FULL) as opened:
        async with scripted([verdict("different"), verdict("same")]) as server:
            await adjudicate(opened, server)
            told, _ = await adjudicate(opened, server, refresh=True)
        assert told.counts == {"same": 1}
        assert meetings(opened) == [[FULL, VAGUE]]


async def test_drafts_and_verdicts_are_kept_apart_and_neither_makes_the_other_old(tmp_path: Path) -> None:
    with workspace(VAGUE, FULL, db=tmp_path / "w.db") as opened:
        drafts = list(opened.extractions())
        told = pipeline.adjudicate(opened, Settings(model=BUILTIN))
        read(opened, VAGUE, FULL)
        assert told.usage.calls == 1
        assert list(opened.extractions()) == drafts
        assert opened.mean_reply(BUILTIN) == pytest.approx(sum(d.usage.completion_tokens for d in drafts) / len(drafts))


# The budget


async def test_a_limit_stops_it_and_the_next_run_goes_on() -> None:
    with workspace(VAGUE, FULL, OTHER, OTHER_FULL) as opened:
        async with scripted(lambda _: verdict("same")) as server:
            stopped, lines = await adjudicate(opened, server, max_calls=1, jobs=1)
            rest, _ = await adjudicate(opened, server)
            assert len(server.requests) == 2
    assert (stopped.counts, stopped.stopped, lines) == ({"same": 1}, "1 calls", [])
    assert (rest.counts, rest.known, rest.stopped) == ({"same": 1}, 1, None)


async def test_what_the_articles_cost_counts_towards_the_limit() -> None:
    with workspace(VAGUE, FULL) as opened:
        async with scripted([]) as server:
            told = pipeline.adjudicate(opened, settings(server, max_tokens=100), spent=Usage(prompt_tokens=100))
    assert (told.stopped, told.usage) == ("100 tokens", Usage())


async def test_the_book_of_runs_tells_what_it_cost() -> None:
    with workspace(VAGUE, FULL) as opened:
        async with scripted([verdict("same")]) as server:
            await adjudicate(opened, server, price={"prompt": "2", "completion": "10"})
        entry = opened.last_run()
    assert entry is not None
    assert (entry.counts, entry.usage.calls, str(entry.usage.cost)) == ({"same": 1}, 1, "0.0004")
    assert (entry.prompt, entry.stopped) == (load_adjudication().digest, None)


# Failures


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (REFUSED, "The model refused: I'd rather not."),
        (failure(500), "answered HTTP 500"),
        (completion("They are the same, I think."), "nothing of it can be used"),
        (completion('{"reason": "Both are in Nai', finish_reason="length"), "cut off"),
        (completion('{"reason": "r", "answer": "maybe"}'), "does not fit the schema"),
    ],
)
async def test_a_bad_reply_leaves_its_pair_without_a_verdict_and_no_other(bad: Reply, words: str) -> None:
    def script(request: Body) -> Reply:
        return bad if "Peru" in shown(request) else verdict("same")

    with workspace(VAGUE, FULL, OTHER, OTHER_FULL) as opened:
        async with scripted(script) as server:
            told, (line,) = await adjudicate(opened, server, reasks=0)
        assert (told.counts, told.failed) == ({"same": 1}, 1)
        assert [FULL, VAGUE] in meetings(opened)
        assert len(meetings(opened)) == 3
    assert words in line
    assert set(line.partition(": ")[0].split(" and ")) == {"2.txt", "3.txt"}


async def test_a_refusal_is_paid_for_once_and_asked_again_only_on_demand() -> None:
    with workspace(VAGUE, FULL) as opened:
        async with scripted([REFUSED, verdict("same")]) as server:
            for _ in range(2):
                told, lines = await adjudicate(opened, server)
                assert (told.failed, len(lines), len(server.requests)) == (1, 1, 1)
            told, _ = await adjudicate(opened, server, retry_failed=True)
    assert told.counts == {"same": 1}


async def test_a_reply_without_a_reason_is_asked_again() -> None:
    with workspace(VAGUE, FULL) as opened:
        async with scripted([verdict("same", " "), verdict("same")]) as server:
            told, _ = await adjudicate(opened, server)
        assert "reason: it is empty" in server.requests[1]["messages"][-1]["content"]
        assert [kept.reason for kept in opened.verdicts()] == [REASON]
    assert told.usage.reasks == 1


async def test_a_model_that_refuses_the_key_ends_it_and_what_was_judged_stays() -> None:
    with workspace(VAGUE, FULL, OTHER, OTHER_FULL) as opened:
        async with scripted([verdict("same"), failure(401)]) as server:
            with pytest.raises(ModelUnreachableError, match="refuses the key"):
                await adjudicate(opened, server, jobs=1)
        entry = opened.last_run()
        assert len(list(opened.verdicts())) == 1
    assert entry is not None
    assert (entry.stopped, entry.counts) == ("an error", {"same": 1})


# Two runs at once, and what is forgotten


async def test_a_pair_that_another_run_asks_about_is_left_to_it(shared: str) -> None:
    with workspace(VAGUE, FULL, db=shared) as opened, Workspace.open(shared) as elsewhere:
        first, second = sorted(account_of(opened, text)[0].id for text in (VAGUE, FULL))
        article = next(a.article for a in pipeline.accounts(opened) if a.id == first)
        async with scripted([verdict("same")]) as server:
            digest = digest_of(settings(server), load_adjudication())
            run = elsewhere.start_run(model="judge", endpoint="there", prompt="p", digest=digest)
            assert elsewhere.admit_pair((first, second), article, digest, run)
            told, _ = await adjudicate(opened, server)
            assert (told.elsewhere, server.requests) == (1, [])
            elsewhere.finish_run(run, counts={}, usage=Usage())
            told, _ = await adjudicate(opened, server)
    assert told.counts == {"same": 1}


@pytest.mark.parametrize("text", [VAGUE, FULL])
async def test_to_forget_either_article_takes_the_verdict_and_the_call_out(shared: str, text: str) -> None:
    with workspace(VAGUE, FULL, db=shared) as opened:
        async with scripted([verdict("same", f"Both say: {text[:30]}")]) as server:
            await adjudicate(opened, server)
        article = account_of(opened, text)[1].id
        kept = next(a.article for a in pipeline.accounts(opened) if a.article != article)
        assert len(opened.calls(article)) == len(opened.calls(kept)) == 2
        opened.forget(article)
        assert list(opened.verdicts()) == []
        assert len(opened.calls(kept)) == 1
        assert opened.article(kept).text in (VAGUE, FULL)
        assert len(meetings(opened)) == 1


async def test_all_that_was_asked_and_answered_is_kept_word_for_word() -> None:
    with workspace(VAGUE, FULL) as opened:
        async with scripted([verdict("same")]) as server:
            await adjudicate(opened, server)
        for text in (VAGUE, FULL):
            *_, (request, reply) = opened.calls(account_of(opened, text)[1].id)
            assert json.loads(request) == server.requests[0]
            assert json.loads(reply) == json.loads(verdict("same").body)
