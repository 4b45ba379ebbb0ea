"""Decisions as lines that a team shares: independent of numbers, complete, never twice, all or nothing."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import portable
from extractor.decisions import standing
from extractor.errors import ConfigurationError
from extractor.schemas import Decision, Saying, Subject
from extractor.store import Workspace

NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)
NOW = NOON + timedelta(days=2)
U, V, W = (Subject(article=name * 64, spans=((0, 9), (20, 25))) for name in "uvw")
few = settings(max_examples=40)
"""Each example opens workspaces."""

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(-timedelta(hours=3.5))])
VALUES = st.sampled_from(["2031-03-03", "“open seas”", "two\u2028lines"])


@st.composite
def acts(draw: st.DrawFn, made_at: datetime, log: Sequence[Decision]) -> Decision:
    """A judgement, one in the place of an earlier one, or an undo, made at this moment."""
    said: dict[str, Any] = {"actor": draw(st.sampled_from(["Adeola", "Bruun"])), "reason": draw(WORDS)}
    if log and draw(st.integers(0, 2)) == 0:
        said |= {"kind": "undo", "undoes": draw(st.sampled_from([one.number for one in log]))}
    elif draw(st.booleans()):
        spans = draw(st.sampled_from([(), ((0, 9),)]))
        said |= {"field": "date", "kind": draw(st.sampled_from(["both", "reject", "edit"]))}
        said["sayings"] = tuple(Saying(account=one, spans=spans, value="x") for one in (U, V))
        said["value"] = draw(VALUES) if said["kind"] == "edit" else None
    else:
        pair = tuple(draw(st.permutations([U, V, W]))[:2])
        earlier = [one.number for one in log if one.subjects and set(one.subjects) == set(pair)]
        said |= {"kind": draw(st.sampled_from(["same", "different", "unsure"])), "subjects": pair}
        said["undoes"] = draw(st.sampled_from([None, *earlier]))
    return Decision.model_validate({**said, "made_at": made_at})


MOMENTS = st.lists(st.integers(0, 10**6), max_size=8, unique=True)


def moment(offset: int, zone: timezone = UTC) -> datetime:
    return (NOON + timedelta(milliseconds=offset)).astimezone(zone)


@contextmanager
def logged(data: st.DataObject, offsets: Sequence[int]) -> Iterator[Workspace]:
    """A workspace in which people decided at these moments, in this order."""
    with Workspace.open() as workspace:
        for offset in offsets:
            made_at = moment(offset, data.draw(ZONES))
            workspace.append(data.draw(acts(made_at, list(workspace.decisions()))))
        yield workspace


def lines(workspace: Workspace) -> str:
    return portable.lines(workspace.decisions())


def take(workspace: Workspace, text: str) -> list[int]:
    """The numbers of what was new."""
    return [one.number for one in portable.take(workspace, portable.read(text, "team.jsonl", NOW))]


def in_force(workspace: Workspace) -> list[str]:
    ids = portable.ids(workspace.decisions())
    return [ids[one.number] for one in standing(workspace.decisions())]


@few
@given(data=st.data(), offsets=MOMENTS)
def test_export_and_import_give_the_same_log_and_a_second_import_adds_nothing(
    data: st.DataObject, offsets: list[int]
) -> None:
    with logged(data, sorted(offsets)) as one, Workspace.open() as other:
        assert len(take(other, lines(one))) == len(offsets)
        assert list(other.decisions()) == list(one.decisions())
        assert lines(other) == lines(one)
        assert take(other, lines(one)) == []
        assert list(other.decisions()) == list(one.decisions())


@few
@given(data=st.data(), offsets=MOMENTS)
def test_by_whatever_clocks_things_were_decided_an_import_takes_all_and_the_same_stands(
    data: st.DataObject, offsets: list[int]
) -> None:
    with logged(data, offsets) as one, Workspace.open() as other:
        take(other, lines(one))
        assert lines(other) == lines(one)
        assert in_force(other) == in_force(one)


@few
@given(data=st.data(), offsets=MOMENTS, cuts=st.tuples(st.integers(0, 8), st.integers(0, 8)))
def test_two_logs_exchanged_both_ways_end_with_the_same_judgements_in_force(
    data: st.DataObject, offsets: list[int], cuts: tuple[int, int]
) -> None:
    first, second = offsets[: cuts[0]], offsets[cuts[0] :]
    with logged(data, first) as one, logged(data, second) as other:
        ours, theirs = lines(one), lines(other)
        take(one, theirs)
        take(other, ours)
        assert lines(one) == lines(other)
        assert in_force(one) == in_force(other)


@few
@given(data=st.data(), offsets=MOMENTS)
def test_the_order_of_lines_and_lines_that_stand_twice_are_nothing(data: st.DataObject, offsets: list[int]) -> None:
    with logged(data, offsets) as one, Workspace.open() as other, Workspace.open() as third:
        text = lines(one).splitlines(keepends=True)
        take(other, "".join(data.draw(st.permutations(text * 2))))
        take(third, "".join(text))
        assert list(other.decisions()) == list(third.decisions())


def judged(kind: str, *, by: str = "Adeola", at: int = 0, **more: object) -> Decision:
    given = {"kind": kind, "actor": by, "made_at": moment(at)} | more
    return Decision.model_validate(given if kind == "undo" else {"subjects": (U, V), **given})


def text_of(*log: Decision) -> str:
    return portable.lines(one.model_copy(update={"number": number}) for number, one in enumerate(log, 1))


def test_what_somebody_decided_before_and_sends_later_is_no_later_word() -> None:
    with Workspace.open() as workspace:
        ours = workspace.append(judged("same", at=10))
        take(workspace, text_of(judged("different", by="Bruun", at=5)))
        assert standing(workspace.decisions()) == (ours,)
        take(workspace, text_of(judged("different", by="Bruun", at=15)))
        assert [one.kind for one in standing(workspace.decisions())] == ["different"]


def test_an_undo_names_what_it_undoes_whatever_number_that_has_here() -> None:
    with Workspace.open() as workspace:
        workspace.append(judged("unsure", subjects=(V, W)))
        assert take(workspace, text_of(judged("same", at=1), judged("undo", undoes=1, at=2))) == [2, 3]
        assert [one.undoes for one in workspace.decisions()] == [None, None, 2]


def test_an_undo_by_a_clock_that_is_behind_still_comes_after_what_it_undoes() -> None:
    with Workspace.open() as workspace:
        take(workspace, text_of(judged("same", at=9), judged("undo", undoes=1, at=3), judged("undo", undoes=2, at=1)))
        assert [one.undoes for one in workspace.decisions()] == [None, 1, 2]


def test_an_undo_may_come_in_a_later_file_than_what_it_undoes() -> None:
    log = (judged("same"), judged("undo", undoes=1, at=1))
    only = next(line for line in text_of(*log).splitlines() if '"undo"' in line)
    with Workspace.open() as workspace:
        take(workspace, text_of(log[0]))
        assert take(workspace, only) == [2]
    with Workspace.open() as workspace:
        with pytest.raises(ConfigurationError, match=r"team.jsonl:1 undoes [0-9a-f]{12}, which is neither in"):
            take(workspace, only)
        assert list(workspace.decisions()) == []


def test_a_line_says_nothing_of_local_numbers_and_is_sorted_by_its_id() -> None:
    text = text_of(judged("same", at=1), judged("same", at=2, subjects=(V, W)), judged("undo", undoes=2, at=3))
    ids = [json.loads(line)["id"] for line in text.splitlines()]
    assert ids == sorted(ids)
    assert '"number"' not in text
    assert sum(line.count(f'"undoes":"{id_}"') for id_ in ids for line in text.splitlines()) == 1


GOOD = text_of(judged("same", reason="the same day"))


@pytest.mark.parametrize(
    ("bad", "wrong"),
    [
        pytest.param("{", "is no decision: Invalid JSON", id="no JSON"),
        pytest.param("<<<<<<< ours", "is no decision: Invalid JSON", id="a merge that was left unfinished"),
        pytest.param("[]", "is no decision: Input should be an object", id="no object"),
        pytest.param("{}", "is no decision: id: Input should be a valid string", id="nothing"),
        pytest.param('{"id":"7"}', "is no decision: id: String should match", id="a number for an id"),
        pytest.param("[" * 100_000, "is no decision", id="too deep to read"),
        pytest.param(GOOD.replace('"same"', '"sane"'), "is no decision: kind", id="an unknown kind"),
        pytest.param(GOOD.replace('"kind"', '"sort"'), "is no decision: kind: Field required", id="a key too few"),
        pytest.param(GOOD.replace("same day", "next day"), "was changed", id="another reason"),
        pytest.param(GOOD.replace('{"actor"', '{"number":7,"actor"'), "was changed", id="a number"),
        pytest.param(GOOD.replace("same day", r"\ud800"), "is no decision", id="half a character"),
        pytest.param(
            text_of(judged("same", at=10**9)), "was decided on 2031-05-13, which is to come", id="out of the future"
        ),
    ],
)
def test_a_bad_line_is_named_and_nothing_of_the_file_is_taken(bad: str, wrong: str) -> None:
    with Workspace.open() as workspace:
        with pytest.raises(ConfigurationError, match=f"^team.jsonl:3 {wrong}"):
            take(workspace, f"{GOOD}\n{bad}")
        assert list(workspace.decisions()) == []


def test_what_the_log_refuses_is_named_by_its_line_and_nothing_is_taken() -> None:
    text = text_of(judged("same"), judged("different", subjects=(V, W), undoes=1, at=1))
    with Workspace.open() as workspace:
        with pytest.raises(ConfigurationError, match=r"^team.jsonl:\d: decision 1 is about other articles"):
            take(workspace, text)
        assert list(workspace.decisions()) == []


def test_line_ends_of_another_system_and_a_byte_order_mark_are_nothing() -> None:
    with Workspace.open() as workspace:
        assert take(workspace, "\ufeff" + GOOD.replace("\n", "\r\n") + "\r\n") == [1]
