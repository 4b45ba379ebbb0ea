"""What waits for a person: in which order, by which ids, with which answers; and what an answer becomes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import pytest

from extractor import pipeline, queue, waiting
from extractor.decisions import subject
from extractor.errors import ConfigurationError
from extractor.schemas import Decision, DecisionKind, Draft, MeetingDiff, Queue, QueueItem
from extractor.store import Workspace
from tests.accounts import Person, Said, Told, article
from tests.judged import FULL, PLACED, VAGUE, read, workspace
from tests.workspaces import extraction

NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)
AGAIN = FULL.replace("They talked about", "Both sides spoke of")
ONCE_MORE = FULL.replace("They talked about", "Later they discussed")


@pytest.fixture(scope="module")
def items() -> tuple[QueueItem, ...]:
    """What waits of four accounts: one of them is tied to the others loosely, and names another gathering."""
    with workspace(FULL, AGAIN, ONCE_MORE, PLACED) as opened:
        return tuple(waiting.waiting(opened).items)


def answered(item: QueueItem, answer: str, value: str | None = None) -> tuple[Decision, ...]:
    return queue.answered(item, answer, actor="Adeola", made_at=NOON, value=value, reason="so it says")


def ids(opened: Workspace) -> list[str]:
    return [item.id for item in waiting.waiting(opened).items]


def texts(opened: Workspace) -> dict[str, str]:
    return {one.id: one.text for one in opened.articles()}


# Order and ids


def test_meetings_come_before_fields_and_in_each_queue_what_is_worth_most() -> None:
    with workspace(FULL, AGAIN, PLACED, VAGUE) as opened:
        first, second, field = waiting.waiting(opened).items
    assert [item.queue for item in (first, second, field)] == [Queue.MEETINGS, Queue.MEETINGS, Queue.FIELDS]
    assert first.worth > second.worth


def test_ids_do_not_depend_on_the_order_in_which_articles_came() -> None:
    with workspace(VAGUE, FULL, PLACED) as one, workspace(PLACED, FULL, VAGUE) as other:
        assert ids(one) == ids(other) != []


def test_an_id_stays_while_other_articles_come() -> None:
    with workspace(FULL, PLACED) as opened:
        before = ids(opened)
        read(opened, FULL, PLACED, "The presidents of Ghana and Chile met in Accra on 9 May 2031.")
        assert ids(opened) == before


def test_what_was_left_open_comes_last_and_says_so() -> None:
    with workspace(FULL, AGAIN, PLACED, VAGUE) as opened:
        first, second, *_ = waiting.waiting(opened).items
        waiting.decide(opened, first, "open", actor="Adeola")
        now = waiting.waiting(opened).items
        assert [(item.id, item.left_open) for item in now[:2]] == [(second.id, False), (first.id, True)]


@pytest.mark.parametrize(
    ("start", "wrong"),
    [
        pytest.param("f-", None, id="a start is enough"),
        pytest.param("", "several items start with ''", id="not if it starts several"),
        pytest.param("x-1", "nothing to decide starts with 'x-1'", id="nor one that starts none"),
    ],
)
def test_an_item_goes_by_the_start_of_its_id(items: tuple[QueueItem, ...], start: str, wrong: str | None) -> None:
    if wrong is None:
        assert queue.find(items, start) == items[-1]
        return
    with pytest.raises(ConfigurationError, match=wrong):
        queue.find(items, start)


# Answers


def test_a_question_has_split_where_other_accounts_are_in_the_meeting(items: tuple[QueueItem, ...]) -> None:
    assert [choice.name for choice in items[0].choices] == ["same", "different", "open", "split"]
    with workspace(FULL, PLACED) as two, workspace(FULL, VAGUE) as apart:
        for opened in (two, apart):
            assert [choice.name for choice in waiting.waiting(opened).items[0].choices] == ["same", "different", "open"]


def test_a_field_has_a_choice_for_each_value_by_the_letter_of_who_gives_it_first(items: tuple[QueueItem, ...]) -> None:
    picks = [(one.name, one.value) for one in items[-1].choices[:2]]
    assert sorted(value or "" for _, value in picks) == ["African Union summit", "Commonwealth summit"]
    row = items[-1].row
    assert row
    first = {value: next(side.label for side in row.sides if side.value == value) for _, value in picks}
    assert [name for name, _ in picks] == [first[value] for _, value in picks]
    assert [one.name for one in items[-1].choices[2:]] == ["both", "reject", "edit", "open"]


@pytest.mark.parametrize(
    ("place", "answer", "kind"),
    [
        (0, "same", "same"),
        (0, "SAME", "same"),
        (0, "m", "same"),
        (0, "n", "different"),
        (0, "0", "unsure"),
        (-1, "1", "pick"),
        (-1, "3", "both"),
        (-1, "Reject", "reject"),
        (-1, "open", "unsure"),
    ],
)
def test_an_answer_goes_by_its_name_in_any_case_or_by_its_key(
    items: tuple[QueueItem, ...], place: int, answer: str, kind: str
) -> None:
    (made,) = answered(items[place], answer)
    assert (made.kind, made.actor, made.reason, made.made_at) == (kind, "Adeola", "so it says", NOON)
    assert (made.subjects, made.sayings, made.shown) == (
        items[place].subjects,
        items[place].sayings,
        items[place].shown,
    )


@pytest.mark.parametrize(
    ("place", "answer", "value", "wrong"),
    [
        (0, "A", None, "takes no 'A': answer with one of same, different, open, split"),
        (-1, "same", None, "takes no 'same': answer with one of A,"),
        (-1, "A", "Rio summit", "A takes no value: answer edit to give one"),
        (-1, "edit", None, "edit needs the value that stands"),
        (-1, "edit", "  ", "edit needs the value that stands"),
    ],
)
def test_an_answer_that_the_item_does_not_take_is_refused(
    items: tuple[QueueItem, ...], place: int, answer: str, value: str | None, wrong: str
) -> None:
    with pytest.raises(ConfigurationError, match=wrong):
        answered(items[place], answer, value)


@pytest.mark.parametrize(
    ("field", "right", "wrong"),
    [
        ("date", "2031-03-03", "the third of March"),
        ("date", "XXXX-03", "2031-13-01"),
        ("duration", "PT1H30M", "an hour and a half"),
        ("duration", "P2D", "P"),
        ("occurrence", "cancelled", "called off"),
        ("level", "ministers", "Ministers"),
        ("format", "video", "by video"),
        ("country", "KEN", "Kenya (East Africa)"),
        ("participants.represents", "EU", "the Union"),
    ],
)
def test_a_persons_own_value_is_one_that_the_field_can_have(
    items: tuple[QueueItem, ...], field: str, right: str, wrong: str
) -> None:
    item = items[-1].model_copy(update={"field": field})
    assert [one.value for one in answered(item, "edit", f" {right} ")] == [right]
    with pytest.raises(ConfigurationError):
        answered(item, "edit", wrong)


def test_split_holds_the_account_that_is_tied_more_loosely_apart_from_each_other() -> None:
    with workspace(FULL, AGAIN, ONCE_MORE, PLACED) as opened:
        item = waiting.waiting(opened).items[0]
        made = answered(item, "split")
        pairs = [sorted(texts(opened)[one.article] for one in decision.subjects) for decision in made]
        assert sorted(pairs) == sorted(sorted([PLACED, other]) for other in (FULL, AGAIN, ONCE_MORE))
        assert {one.kind for one in made} == {"different"}
        waiting.decide(opened, item, "split", actor="Adeola")
        parts = [len(meeting.accounts) for meeting in pipeline.meetings(opened)]
        assert sorted(parts) == [1, 3]


# Into the log


def test_what_is_answered_leaves_the_queue_and_an_undo_brings_it_back() -> None:
    with workspace(FULL, PLACED) as opened:
        before = ids(opened)
        for answer in ("same", "A"):
            waiting.decide(opened, waiting.waiting(opened).items[0], answer, actor="Adeola")
        assert ids(opened) == []
        waiting.undo(opened, actor="Adeola")
        waiting.undo(opened, actor="Adeola")
        assert ids(opened) == before


def test_one_answer_of_several_decisions_is_undone_as_one() -> None:
    with workspace(FULL, AGAIN, PLACED) as opened:
        made = waiting.decide(opened, waiting.waiting(opened).items[0], "split", actor="Adeola")
        done = waiting.undo(opened, actor="Adeola")
        assert [before for _, before in done] == list(made)
        assert [len(meeting.accounts) for meeting in pipeline.meetings(opened)] == [3]


def test_without_a_number_an_undo_is_of_this_actors_last_word_that_is_in_force() -> None:
    with workspace(FULL, PLACED) as opened:
        first, second = waiting.waiting(opened).items
        waiting.decide(opened, first, "same", actor="Adeola")
        waiting.decide(opened, second, "both", actor="Bruun")
        assert [before.number for _, before in waiting.undo(opened, actor="Adeola")] == [1]
        with pytest.raises(ConfigurationError, match="Adeola made no decision that is in force"):
            waiting.undo(opened, actor="Adeola")


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [([1], "decision 1 is undone already: `extractor undo 2` restores it"), ([9], "no decision 9")],
)
def test_what_cannot_be_undone_is_refused_and_nothing_is_half_done(numbers: list[int], wrong: str) -> None:
    with workspace(FULL, PLACED) as opened:
        waiting.decide(opened, waiting.waiting(opened).items[0], "same", actor="Adeola")
        waiting.undo(opened, [1], actor="Bruun")
        with pytest.raises(ConfigurationError, match=wrong):
            waiting.undo(opened, [2, *numbers], actor="Bruun")
        assert len(list(opened.decisions())) == 2


def test_a_later_word_counts_though_the_clock_was_set_back() -> None:
    with workspace(FULL, PLACED) as opened:
        item = waiting.waiting(opened).items[-1]
        (ahead,) = queue.answered(item, "A", actor="Adeola", made_at=datetime(2099, 1, 1, tzinfo=UTC))
        opened.append(ahead)
        (made,) = waiting.decide(opened, item, "reject", actor="Adeola")
        assert made.made_at > ahead.made_at
        assert pipeline.meetings(opened)[0].host_event.value is None


# In diffs


def test_a_row_that_is_to_decide_names_its_item_and_no_other_does() -> None:
    with workspace(FULL, PLACED) as opened:
        told = waiting.waiting(opened)
        item = told.items[-1]
        assert named(told.diffs) == {(item.meetings[0], item.field): item.id}
        assert named(waiting.diffs_of(opened, told.meetings, told.meetings)) == named(told.diffs)


def named(diffs: Iterable[MeetingDiff]) -> dict[tuple[str, str], str]:
    return {(diff.meeting, row.field): row.item for diff in diffs for row in diff.rows if row.item}


# Every kind of field

ONE = (
    "Kenyan Foreign Minister Achieng Otieno met Norwegian Foreign Minister Ingrid Solberg in Oslo on 3 March 2031 at "
    "the Hill House. They spoke for an hour. It was in person. The G20 summit was near. "
    "“We signed 3 agreements on hydropower today,” Otieno said."
)
OTHER = (
    "Kenyan President Achieng Otieno met Norwegian Prime Minister Ingrid Solberg in Nairobi on 9 March 2031 at the "
    "Lake House. They spoke for two hours. It was by video. The Commonwealth summit was near. "
    "“We signed 4 agreements on hydropower today,” Otieno said."
)
PARTIES = (("Kenya", "Kenyan"), ("Norway", "Norwegian"))
DRAFTS = (
    (
        ONE,
        Told(
            date="3 March 2031", duration="an hour", city="Oslo", venue="Hill House", format="in_person",
            format_words="in person", level="ministers", level_words="Foreign Minister", host_event="G20 summit",
            parties=PARTIES, said=[Said("We signed 3 agreements on hydropower today", "Achieng Otieno")],
            people=[Person("Achieng Otieno", "Kenya", "Foreign Minister")],
        ),
    ),
    (
        OTHER,
        Told(
            date="9 March 2031", duration="two hours", city="Nairobi", venue="Lake House", format="video",
            format_words="by video", level="leaders", level_words="President", host_event="Commonwealth summit",
            parties=PARTIES, said=[Said("We signed 4 agreements on hydropower today", "Achieng Otieno")],
            people=[Person("Achieng Otieno", "Kenya", "President")],
        ),
    ),
)  # fmt: skip
DIFFERING = {
    "city", "country", "date", "duration", "format", "host_event", "level", "participants.office", "statements",
    "venue",
}  # fmt: skip
"""Neither names a country: it is inferred from the city."""
OWN = {"country": "KEN", "date": "2031", "duration": "PT3H", "level": "working", "format": "phone"}


@pytest.fixture
def contradictory() -> Iterator[Workspace]:
    """Two accounts that contradict each other in every field, and that a person holds to be one meeting."""
    with Workspace.open() as opened:
        for text, told in DRAFTS:
            one = opened.save_article(article(text, "2031-03-10"))
            opened.save_extraction(extraction(one, draft=Draft.model_validate({"meetings": [told.draft(one)]})))
        pair = tuple(map(subject, pipeline.accounts(opened)))
        opened.append(Decision(kind=DecisionKind.SAME, subjects=pair, actor="Bruun", made_at=NOON))
        yield opened


@pytest.mark.parametrize("answer", ["1", "2", "both", "reject", "edit"])
def test_any_answer_settles_any_field_and_an_undo_asks_again(contradictory: Workspace, answer: str) -> None:
    before = waiting.waiting(contradictory).items
    assert {item.field for item in before} == DIFFERING
    for item in before:
        value = OWN.get(item.field or "", "another") if answer == "edit" else None
        waiting.decide(contradictory, item, answer, actor="Adeola", value=value)
    assert ids(contradictory) == []
    for _ in before:
        waiting.undo(contradictory, actor="Adeola")
    assert waiting.waiting(contradictory).items == before
