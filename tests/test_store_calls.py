"""The calls of a workspace: kept small, given back whole, and never an answer once they are void."""

import json
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.model import Stored
from extractor.protocol.wire import body_of
from extractor.store import Workspace
from extractor.templates import load_prompt
from tests.workspaces import article, reply, request, save_call


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    workspace.save_article(ONE)
    return workspace


ONE = article("One.")
TWO = article("Two.")


@given(words=st.text(), answer=st.text())
def test_calls_come_out_as_they_went_in_even_with_half_a_character(words: str, answer: str) -> None:
    with Workspace.open() as workspace:
        workspace.save_article(ONE)
        save_call(workspace, ONE, answer, words, "?")
        ((asked, said),) = workspace.calls(ONE.id)
        assert json.loads(asked)["messages"][-2]["content"] == words
        assert reply(workspace) == said == answer


def test_a_request_comes_out_whole(workspace: Workspace) -> None:
    sent = [request(ONE, max_completion_tokens=9), request(ONE, "A reply.", "It won't do.")]
    for number, each in enumerate(sent):
        workspace.save_call(f"key {number}", ONE.id, "d", load_prompt(), each, f"reply {number}")
    assert workspace.calls(ONE.id) == [(body_of(each), f"reply {number}") for number, each in enumerate(sent)]
    assert workspace.calls(TWO.id) == []


def test_the_prompt_is_kept_once_and_each_request_is_small(tmp_path: Path) -> None:
    file = tmp_path / "w.db"
    with Workspace.open(file) as workspace:
        for number in range(50):
            one = workspace.save_article(article(f"Ana Ruiz met Omar Diallo on day {number}."))
            save_call(workspace, one, "reply", key=str(number))
    with sqlite3.connect(file) as connection:
        prompts = connection.execute("select count(*) from prompts").fetchone()[0]
        largest = connection.execute("select max(length(request)) from calls").fetchone()[0]
    connection.close()
    assert prompts == 1
    assert largest < 500 < len(load_prompt().body) / 10


def test_the_newest_reply_under_a_key_counts(workspace: Workspace) -> None:
    assert reply(workspace) is None
    for words in ("older", "newer"):
        save_call(workspace, ONE, words)
    assert reply(workspace) == "newer"


def test_a_reply_is_kept_at_the_full_price(workspace: Workspace) -> None:
    save_call(workspace, ONE, "words")
    assert workspace.reply("key") == Stored("words", Decimal(1))


def test_void_replies_stay_and_answer_nothing(workspace: Workspace) -> None:
    workspace.save_article(TWO)
    save_call(workspace, ONE, "void", key="a")
    save_call(workspace, ONE, "of another digest", key="b", digest="e")
    save_call(workspace, TWO, "of another article", key="c")
    workspace.void(ONE.id, "d")
    assert [reply(workspace, key) for key in "abc"] == [None, "of another digest", "of another article"]
    assert [said for _, said in workspace.calls(ONE.id)] == ["void", "of another digest"]
    save_call(workspace, ONE, "asked anew", key="a")
    assert reply(workspace, "a") == "asked anew"


@pytest.mark.parametrize(
    ("exchanges", "last"),
    [([], []), ([["a"]], ["a"]), ([["a", "b", "c"]], ["a", "b", "c"]), ([["a", "b"], ["c"], ["d", "e"]], ["d", "e"])],
)
def test_the_replies_are_those_of_the_last_exchange(
    workspace: Workspace, exchanges: list[list[str]], last: list[str]
) -> None:
    for exchange in exchanges:
        for place, said in enumerate(exchange):
            save_call(workspace, ONE, said, *(["before", "wrong"] if place else []))
    workspace.void(ONE.id, "d")
    assert workspace.replies(ONE.id, "d") == ([last] if last else [])


def test_it_is_known_about_which_articles_something_was_asked(workspace: Workspace) -> None:
    workspace.save_article(TWO)
    save_call(workspace, ONE, "reply")
    assert workspace.asked([ONE.id, TWO.id], "d") == {ONE.id}
    assert workspace.asked([ONE.id], "e") == set()
