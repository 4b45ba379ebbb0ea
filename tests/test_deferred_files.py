"""Files of requests, and of replies from whatever answered: in any order, broken, or hostile."""

import json
from pathlib import Path
from typing import Any

import pytest

from extractor import deferred, replies, running
from extractor.errors import ConfigurationError
from extractor.read import sources
from extractor.replies import Brought
from extractor.schemas import Outcomes, Tally
from tests.batch_server import answered, written
from tests.desk import COUNT, LISTED, Desk, everything, misquoting
from tests.faults import failure


def test_a_file_is_valid_for_the_batch_api(desk: Desk) -> None:
    lines = [json.loads(line) for line in desk.export().splitlines()]
    assert len({line["custom_id"] for line in lines}) == COUNT
    for line in lines:
        assert line.keys() == {"custom_id", "method", "url", "body"}
        assert len(line["custom_id"]) <= 64
        assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")
        assert line["body"]["model"] == "scripted"
        assert line["body"]["response_format"]["json_schema"]["strict"] is True


def test_what_is_due_is_written_in_the_same_bytes_each_time(desk: Desk) -> None:
    assert desk.export() == desk.export() != ""


def test_where_nothing_is_due_the_file_is_empty(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "none.jsonl"
    assert deferred.export(desk.workspace, desk.settings, file) == 0
    assert file.read_bytes() == b""


@pytest.mark.parametrize("name", ["", "nowhere/requests.jsonl"])
def test_a_file_that_cannot_be_written_or_read_is_a_clear_error(desk: Desk, tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError, match="cannot write"):
        deferred.export(desk.workspace, desk.settings, tmp_path / name)
    with pytest.raises(ConfigurationError, match="cannot read"):
        deferred.bring(desk.workspace, desk.settings, tmp_path / name)


def test_replies_come_in_any_order_a_few_at_a_time_and_twice(desk: Desk) -> None:
    lines = answered(desk.export())[::-1]
    assert desk.bring(written(lines[:1]))[0].answered == len(desk.done()) == 1
    brought, tally = desk.bring(written(lines))
    assert (brought.answered, brought.unknown, tally.articles) == (COUNT - 1, 1, COUNT - 1)
    assert desk.bring(written(lines)) == (Brought(unknown=COUNT), Tally())
    assert desk.done() == everything()


def test_the_price_of_an_import_is_the_whole_one(desk: Desk) -> None:
    brought, _ = desk.bring(written(answered(desk.export())))
    assert brought.usage.cost == COUNT * LISTED


def test_more_replies_than_are_kept_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "PAGE", 3)
    assert desk.bring(written(answered(desk.export())))[0].answered == COUNT


def test_a_second_reply_to_one_request_changes_nothing(desk: Desk) -> None:
    (line, *_) = answered(desk.export())
    other = answered(desk.export(), misquoting)[0]
    brought, _ = desk.bring(written([line, other]))
    assert (brought.answered, brought.unknown) == (1, 1)
    assert [e.ungrounded for e in desk.workspace.active()] == [0]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b" \r", id="white space"),
    ],
)
def test_empty_lines_are_passed_over(desk: Desk, line: bytes) -> None:
    lines = written(answered(desk.export())).encode()
    assert desk.bring(line + b"\n" + lines + line)[0].answered == COUNT


def test_a_byte_order_mark_and_foreign_line_ends_are_read(desk: Desk) -> None:
    lines = written(answered(desk.export())).encode("utf-8-sig").replace(b"\n", b"\r\n")
    assert desk.bring(lines)[0].answered == COUNT


def test_a_line_ends_where_json_lines_say_and_not_at_a_line_separator(desk: Desk) -> None:
    lines = written(answered(desk.export())).replace('"id": "chatcmpl-scripted"', '"id": "\u2028\u2029\x85"')
    assert desk.bring(lines)[0].answered == COUNT


def test_a_huge_reply_is_read(desk: Desk) -> None:
    lines = answered(desk.export())
    message = lines[0]["response"]["body"]["choices"][0]["message"]
    message["content"] = message["content"][:1] + " " * 20_000_000 + message["content"][1:]
    assert desk.bring(written(lines))[0].answered == COUNT
    assert desk.done() == everything()


def test_the_requests_are_no_replies(desk: Desk) -> None:
    requests = desk.export()
    assert desk.bring(requests)[0] == Brought(broken=COUNT)
    assert desk.export() == requests


@pytest.mark.parametrize("before", [True, False], ids=["among good ones", "alone"])
@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"{", id="cut off"),
        pytest.param(b"\xff\xfe\x00", id="no text"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"7", id="a number"),
        pytest.param(b"null", id="null"),
        pytest.param(b"{}", id="no custom_id"),
        pytest.param(b'{"custom_id": 7}', id="a custom_id that is a number"),
        pytest.param(b'{"custom_id": ["a"]}', id="a custom_id that is a list"),
        pytest.param(b'{"custom_id": "\\ud800"}', id="half a character"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, id="deep"),
        pytest.param(b'{"custom_id": "a", "response": ' + b"9" * 10_000 + b"}", id="a number of 10,000 digits"),
    ],
)
def test_a_line_that_is_no_reply_is_counted_and_passed_over(desk: Desk, line: bytes, before: bool) -> None:
    lines = written(answered(desk.export())).encode() if before else b""
    brought, _ = desk.bring(line + b"\n" + lines)
    assert (brought.broken, brought.answered) == (1, COUNT if before else 0)


@pytest.mark.parametrize("name", ["", "request-1", "é", "\x00", "x" * 1_000_000, "' OR 1=1 --", "%"])
def test_a_reply_to_nothing_that_waits_is_counted_and_passed_over(desk: Desk, name: str) -> None:
    lines = answered(desk.export())
    brought, _ = desk.bring(written([{**lines[0], "custom_id": name}, *lines[1:]]))
    assert (brought.unknown, brought.answered) == (1, COUNT - 1)


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param({}, id="nothing else"),
        pytest.param({"response": None, "error": None}, id="neither response nor error"),
        pytest.param({"response": []}, id="a response that is a list"),
        pytest.param({"response": "well"}, id="... a string"),
        pytest.param({"response": 200}, id="... a number"),
        pytest.param({"response": {"status_code": 200, "body": None}}, id="no body"),
        pytest.param({"response": {"status_code": 200, "body": []}}, id="a body that is a list"),
        pytest.param({"response": {"status_code": 200, "body": 7}}, id="... a number"),
        pytest.param({"response": {"status_code": 200, "body": "well"}}, id="... a string"),
        pytest.param({"response": {"status_code": "200", "body": {"a": 1}}}, id="a status that is a string"),
        pytest.param({"response": {"status_code": [200], "body": {"a": 1}}}, id="... a list"),
        pytest.param({"response": {"status_code": 200, "body": {"id": "\ud800"}}}, id="half a character"),
    ],
)
def test_a_line_without_a_reply_leaves_its_request_due(desk: Desk, reply: dict[str, Any]) -> None:
    requests = desk.export()
    lines = answered(requests)
    brought, _ = desk.bring(written([{"custom_id": lines[0]["custom_id"], **reply}, *lines[1:]]))
    assert (brought.broken, brought.answered) == (1, COUNT - 1)
    (left,) = map(json.loads, desk.export().splitlines())
    assert left["custom_id"] == lines[0]["custom_id"]


def test_a_body_that_is_nested_deeper_than_any_reply_leaves_its_request_due(desk: Desk) -> None:
    (line, *lines) = answered(desk.export())
    deep = '{"a":' * 300 + "1" + "}" * 300
    hostile = json.dumps({**line, "response": {"status_code": 200, "body": {"choices": 0}}}).replace("0}", deep + "}")
    brought, _ = desk.bring(hostile + "\n" + written(lines))
    assert (brought.broken, brought.answered) == (1, COUNT - 1)
    assert len(desk.export().splitlines()) == 1


@pytest.mark.parametrize(
    ("reply", "due"),
    [
        pytest.param({"error": "boom"}, False, id="an error in words"),
        pytest.param({"error": ["boom"]}, False, id="... in a list"),
        pytest.param({"error": {"message": {"a": ["boom"]}, "code": ["b"], "type": 7}}, False, id="... in a tree"),
        pytest.param({"error": {"code": "batch_expired"}}, True, id="expired"),
        pytest.param({"error": {"code": "batch_cancelled", "message": "boom"}}, True, id="cancelled"),
        pytest.param({"error": {"code": "request_timeout", "message": "boom"}}, True, id="timed out"),
        pytest.param({"response": {"status_code": 429, "body": "slow down"}}, True, id="429, in words"),
        pytest.param({"response": {"status_code": 500, "body": None}}, True, id="500, without words"),
        pytest.param({"response": {"status_code": 400, "body": ["bad"]}}, False, id="400, in a list"),
        pytest.param({"response": {"status_code": 400, "body": {"error": "boom"}}}, False, id="400, in words"),
        pytest.param({"response": {"status_code": 400, "body": {"message": "boom"}}}, False, id="400, bare"),
        pytest.param({"response": {"status_code": -1, "body": {"error": "boom"}}}, False, id="a status that is none"),
        pytest.param({"response": {"status_code": "429"}, "error": "boom"}, False, id="... in words"),
    ],
)
def test_an_error_in_any_form_fails_its_article_or_leaves_it_due(desk: Desk, reply: dict[str, Any], due: bool) -> None:
    lines = answered(desk.export())
    brought, _ = desk.bring(written([{"custom_id": lines[0]["custom_id"], **reply}, *lines[1:]]))
    assert (brought.due, brought.failed, brought.answered) == (int(due), int(not due), COUNT - 1)
    assert len(desk.export().splitlines()) == int(due)
    reasons = [e.reason for e in desk.workspace.active() if e.outcome is Outcomes.FAILED]
    assert len(reasons) == int(not due)
    words = "boom" if "boom" in str(reply) else "no reason given"
    assert all(reason and words in reason and "\n" not in reason for reason in reasons)


def test_replies_to_another_models_requests_are_kept_for_it(desk: Desk) -> None:
    lines = written(answered(desk.export()))
    brought, tally = desk.bring(lines, model="another")
    assert (brought.answered, brought.articles, tally) == (COUNT, (), Tally(usage=brought.usage))
    assert desk.done() == {}
    assert deferred.export(desk.workspace, desk.settings.replace(model="another"), desk.folder / "o.jsonl") == 0
    tally, _ = running.work(desk.workspace, sources([desk.folder]), desk.settings)
    assert (tally.articles, tally.usage.calls) == (COUNT, 0)
    assert desk.done() == everything()


def test_a_refusal_of_another_models_request_is_that_models(desk: Desk) -> None:
    lines = answered(desk.export(), lambda _: failure(400, "too long"))
    assert desk.bring(written(lines), model="another")[0] == Brought(failed=COUNT)
    assert desk.done() == {}
    assert desk.export() == ""
    assert desk.done() == everything(Outcomes.FAILED)


def test_any_model_may_answer_what_was_exported_for_another(desk: Desk) -> None:
    lines = answered(desk.export())
    for line in lines:
        line["response"]["body"]["model"] = "someone else"
    desk.bring(written(lines))
    assert desk.done() == everything()


def test_replies_about_articles_that_were_forgotten_answer_nothing(desk: Desk) -> None:
    lines = written(answered(desk.export()))
    for article in list(desk.workspace.articles()):
        desk.workspace.forget(article.id)
    assert desk.bring(lines) == (Brought(unknown=COUNT), Tally())
