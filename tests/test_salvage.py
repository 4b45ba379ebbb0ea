import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.protocol.salvage import json_part, salvage
from extractor.schemas import Draft, DraftVerdict
from tests.drafts import meeting, statement

WHOLE = json.dumps({"meetings": [meeting(), meeting(statements=[statement(text=f"words {n}") for n in range(5)])]})


def saved(*meetings: Any) -> tuple[list[dict[str, Any]], int]:
    found = salvage(Draft, json.dumps({"meetings": meetings}))
    assert found is not None
    return found[0].model_dump()["meetings"], found[1]


@pytest.mark.parametrize(
    ("broken", "kept"),
    [
        ({"level": "kings"}, {"level": "unknown"}),
        ({"date": {"text": "on Monday"}}, {"date": None}),
        ({"date": "on Monday"}, {"date": None}),
        ({"parties": None}, {"parties": []}),
        ({"topics": ["fish", {"label": "fish", "text": "fish", "sentence": 2}]}, {}),
        ({"statements": [statement(), statement(kind="shouted")]}, {}),
        ({"statements": [statement(setting="street")]}, {}),
    ],
)
def test_what_is_broken_is_left_out_and_counted_as_one_loss(broken: dict[str, Any], kept: dict[str, Any]) -> None:
    assert saved(meeting(**broken)) == ([meeting(**kept)], 1)


def test_a_key_that_nobody_asked_for_is_no_loss() -> None:
    assert saved(meeting(mood="good")) == ([meeting()], 0)


@pytest.mark.parametrize("key", ["mention", "role", "occurrence"])
def test_a_meeting_without_what_makes_it_one_is_dropped_alone(key: str) -> None:
    assert saved(meeting(**{key: None}), meeting()) == ([meeting()], 1)


def test_a_reply_cut_between_two_items_still_counts_a_loss() -> None:
    cut = WHOLE[: WHOLE.index("}}, {") + 3] if "}}, {" in WHOLE else WHOLE[:-2]
    found = salvage(Draft, cut)
    assert found is not None
    assert found[1] >= 1


def test_a_complete_reply_loses_nothing() -> None:
    assert salvage(Draft, WHOLE) == (Draft.model_validate_json(WHOLE), 0)
    assert salvage(Draft, '{"meetings": []}') == (Draft(meetings=[]), 0)


@pytest.mark.parametrize(
    "reply", ["", "{", "no", "[]", "null", '{"meetings": [', '{"meetings": [{"mention": {"te', "{}"]
)
def test_no_draft_is_made_of_nothing(reply: str) -> None:
    assert salvage(Draft, reply) is None


def within(part: Any, whole: Any) -> bool:
    """Whether a value holds nothing that `whole` does not hold, gaps aside."""
    if part is None or part == "unknown":
        return True
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(within(value, whole[key]) for key, value in part.items())
    if isinstance(part, list):
        return len(part) <= len(whole) and all(map(within, part, whole))
    return bool(part == whole)


@given(st.integers(0, len(WHOLE)))
def test_wherever_a_reply_breaks_off_nothing_is_made_up(end: int) -> None:
    found = salvage(Draft, WHOLE[:end])
    if found is not None:
        draft, lost = found
        assert within(draft.model_dump(), json.loads(WHOLE))
        assert lost == 0 if end == len(WHOLE) else lost > 0


@given(st.text())
def test_any_reply_can_be_looked_at(reply: str) -> None:
    json_part(reply)
    salvage(Draft, reply)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)
    )
)
def test_any_json_can_stand_where_a_value_should(value: Any) -> None:
    for key in meeting():
        salvage(Draft, json.dumps({"meetings": [meeting(**{key: value})]}))


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ('{"reason": "One day.", "answer": "same"}', ("same", 0)),
        ('{"reason": "One day.", "answer": "same"', ("same", 1)),
        ('{"reason": "One day.", "answer": "sa', None),
        ('{"reason": "One day.", "answer": "maybe"}', None),
        ('{"reason": "One d', None),
    ],
)
def test_a_verdict_without_its_answer_is_none(reply: str, found: tuple[str, int] | None) -> None:
    saved = salvage(DraftVerdict, reply)
    assert (saved and (saved[0].answer, saved[1])) == found
