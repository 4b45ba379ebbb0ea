"""What a new run makes of the meetings of an old one: which became which, and what they say otherwise."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.compare import Group, compare, groups
from extractor.lineage import Member
from extractor.reconcile import reconcile
from extractor.schemas import (
    Account,
    Agreement,
    Article,
    Change,
    Difference,
    Draft,
    Field,
    Held,
    Meeting,
    RunComparison,
    Status,
)
from tests.accounts import Person, Result, Said, Told, accounts, all_accounts, tellings

Meetings = dict[str, Sequence[str]]
"""Accounts by the meetings' ids. `x1` is the first account of the article x; `x2` is another, or what it became."""


def members(meetings: Meetings) -> dict[str, list[Member]]:
    return {id_: [Member(account, account[0]) for account in told] for id_, told in meetings.items()}


def found(old: Meetings, new: Meetings) -> list[str]:
    """The groups, each in a line: `M > N O`."""
    return [" ".join((*group.was, ">", *group.now)) for group in groups(members(old), members(new))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param({"M": ["a1"]}, {"M": ["a1"]}, ["M > M"], id="nothing changed"),
        pytest.param({}, {"M": ["a1"]}, ["> M"], id="new"),
        pytest.param({"M": ["a1"]}, {}, ["M >"], id="gone"),
        pytest.param({"M": ["a1"]}, {"N": ["b1"]}, ["M >", "> N"], id="gone, and another is new"),
        pytest.param({"M": ["a1"]}, {"N": ["a1", "b1"]}, ["M > N"], id="it grew"),
        pytest.param({"M": ["a1", "b1"]}, {"N": ["a1"], "O": ["b1"]}, ["M > N O"], id="split"),
        pytest.param({"L": ["a1"], "M": ["b1"]}, {"N": ["a1", "b1"]}, ["L M > N"], id="joined"),
        pytest.param({"L": ["a1"], "M": ["b1", "c1"]}, {"N": ["a1", "b1"], "O": ["c1"]}, ["L M > N O"], id="regrouped"),
        pytest.param({"M": ["a1", "b1"]}, {"N": ["a2", "b2"]}, ["M > N"], id="read anew by another model"),
        pytest.param({"M": ["a1", "b1"]}, {"N": ["a2"], "O": ["b2"]}, ["M > N O"], id="read anew, and split"),
        pytest.param({"L": ["a1"], "M": ["b1"]}, {"N": ["a2", "b2"]}, ["L M > N"], id="read anew, and joined"),
        pytest.param({"L": ["a1"], "M": ["b1"]}, {"N": ["b2"]}, ["L >", "M > N"], id="read anew, and one article less"),
        pytest.param(
            {"2031-03-03-oslo-aa": ["a1"], "2029-08-lima-bb": ["a2"]},
            {"2031-03-04-oslo-cc": ["a3"], "2029-08-lima-dd": ["a4"]},
            ["2029-08-lima-bb > 2029-08-lima-dd", "2031-03-03-oslo-aa > 2031-03-04-oslo-cc"],
            id="an article tells of two meetings: the most alike are one",
        ),
        pytest.param(
            {"undated-oslo-aa": ["a1"], "2029-08-lima-bb": ["a2"]},
            {"2031-03-03-oslo-cc": ["a3"], "2029-08-lima-dd": ["a4"]},
            ["2029-08-lima-bb > 2029-08-lima-dd", "undated-oslo-aa > 2031-03-03-oslo-cc"],
            id="what is left of an article is one, however little alike",
        ),
        pytest.param(
            {"2031-03-03-oslo-aa": ["a1"]},
            {"2031-03-03-oslo-cc": ["a2"], "2029-08-lima-dd": ["a3"]},
            ["2031-03-03-oslo-aa > 2031-03-03-oslo-cc", "> 2029-08-lima-dd"],
            id="a second meeting of an article is new",
        ),
        pytest.param(
            {"M": ["a1"], "L": ["a2"]}, {"M": ["a1"], "N": ["a3"]}, ["L > N", "M > M"], id="one read anew, one stays"
        ),
    ],
)
def test_meetings_hang_together_by_accounts_and_then_by_articles(
    old: Meetings, new: Meetings, expected: list[str]
) -> None:
    assert found(old, new) == expected


@st.composite
def _partitions(draw: st.DrawFn) -> Meetings:
    """Accounts of a few articles in a few meetings, whose ids hang on them."""
    letters = draw(st.lists(st.sampled_from([f"{article}{n}" for article in "abcd" for n in "123"]), unique=True))
    seats = draw(st.lists(st.integers(0, 3), min_size=len(letters), max_size=len(letters)))
    told = [[one for one, at in zip(letters, seats, strict=True) if at == seat] for seat in range(4)]
    return {f"{draw(st.sampled_from(['', 'x', 'y']))}{'-'.join(sorted(some))}": some for some in told if some}


@given(_partitions(), _partitions())
def test_new_against_old_is_the_mirror_of_old_against_new(old: Meetings, new: Meetings) -> None:
    forth, back = groups(members(old), members(new)), groups(members(new), members(old))
    assert {Group(now, was) for was, now in forth} == set(back)


@given(_partitions(), _partitions())
def test_every_meeting_of_both_sides_is_told_once(old: Meetings, new: Meetings) -> None:
    told = groups(members(old), members(new))
    assert sorted(id_ for group in told for id_ in group.was) == sorted(old)
    assert sorted(id_ for group in told for id_ in group.now) == sorted(new)


# What they say otherwise

TEXT = (
    "Kenyan Foreign Minister Amina Wekesa met Ugandan Foreign Minister Ruth Nakato in Nairobi on 3 March 2031, "
    "their first meeting this year. They agreed to reopen the border market, and agreed to pave the lake road. "
    "“The market feeds both sides, and it will open in May,” Wekesa said. The talks lasted two hours."
)
PEOPLE = (Person("Amina Wekesa", "Kenya", "Foreign Minister"), Person("Ruth Nakato", "Uganda"))
BASE = Told(
    date="3 March 2031",
    city="Nairobi",
    parties=[("Kenya", "Kenyan"), ("Uganda", "Ugandan")],
    people=PEOPLE,
    topics=["border market"],
    outcomes=[Result("to reopen the border market")],
    said=[Said("The market feeds both sides", "Amina Wekesa")],
)
Line = tuple[str, str | None, str | None, str | None]


def told(told: Told, text: str = TEXT, model: str = "") -> list[Account]:
    """The account of a text, drafted by a model."""
    return [one.model_copy(update={"model": model, "extraction": model}) for one in accounts(text, told)]


def lines(changes: Sequence[Change]) -> list[Line]:
    """Field, whose it is, what it was and what it is."""
    return [
        (one.field, one.about, one.was.value if one.was else None, one.now.value if one.now else None)
        for one in changes
    ]


def compared(was: Told, now: Told) -> RunComparison:
    return compare(reconcile(told(was)), reconcile(told(now)))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(replace(BASE, duration="two hours"), [("duration", None, None, "PT2H")], id="a field gained"),
        pytest.param(
            replace(BASE, city=None), [("city", None, "Nairobi", None), ("country", None, "KEN", None)], id="lost"
        ),
        pytest.param(
            replace(BASE, occurrence="planned"), [("occurrence", None, "held", "planned")], id="another value"
        ),
        pytest.param(replace(BASE, role="background"), [("role", None, "reported", "background")], id="another role"),
        pytest.param(
            replace(BASE, topics=["border market", "lake road"]), [("topics", None, None, "lake road")], id="a topic"
        ),
        pytest.param(
            replace(BASE, distinctions=["their first meeting this year"]),
            [("distinctions", None, None, "their first meeting this year")],
            id="a distinction",
        ),
        pytest.param(
            replace(BASE, people=PEOPLE[:1]), [("participants", None, "Ruth Nakato", None)], id="a person lost"
        ),
        pytest.param(
            replace(BASE, people=(replace(PEOPLE[0], office=None), PEOPLE[1])),
            [("participants.office", "Amina Wekesa", "Foreign Minister", None)],
            id="an office lost",
        ),
        pytest.param(
            replace(BASE, said=[Said("The market feeds both sides, and it will open in May", "Amina Wekesa")]),
            [
                (
                    "statements",
                    "Amina Wekesa",
                    "The market feeds both sides",
                    "The market feeds both sides, and it will open in May",
                )
            ],
            id="an utterance cut otherwise is changed, not lost and gained",
        ),
        pytest.param(
            replace(BASE, said=[Said("The market feeds both sides", "Ruth Nakato")]),
            [("statements.speaker", "The market feeds both sides", "Amina Wekesa", "Ruth Nakato")],
            id="words of another speaker",
        ),
        pytest.param(
            replace(BASE, said=[Said("it will open in May", "Amina Wekesa")]),
            [
                ("statements", "Amina Wekesa", "The market feeds both sides", None),
                ("statements", "Amina Wekesa", None, "it will open in May"),
            ],
            id="other words of one speaker are lost and gained",
        ),
        pytest.param(
            replace(BASE, outcomes=[*BASE.outcomes, Result("to pave the lake road")]),
            [("outcomes", None, None, "agreed: to pave the lake road")],
            id="an outcome gained",
        ),
        pytest.param(
            replace(BASE, outcomes=[Result("to reopen the border market", "commitment")]),
            [("outcomes.kind", "agreed: to reopen the border market", "agreement", "commitment")],
            id="an outcome of another kind",
        ),
    ],
)
def test_a_value_that_was_read_otherwise_is_told_as_it_was_and_is(now: Told, expected: list[Line]) -> None:
    (one,) = compared(BASE, now).differences
    assert one.difference is Difference.CHANGED
    assert lines(one.changes) == expected


def test_a_value_is_told_with_who_says_it_now_and_where() -> None:
    (one,) = compared(BASE, replace(BASE, duration="two hours")).differences
    (change,) = one.changes
    assert change.now
    (said,) = change.now.said
    (evidence,) = said.evidence
    assert (said.value, said.text) == ("PT2H", "two hours")
    assert TEXT[evidence.start : evidence.end] == "two hours"


def test_words_that_the_other_side_does_not_have_are_marked() -> None:
    longer = replace(BASE, said=[Said("The market feeds both sides, and it will open in May", "Amina Wekesa")])
    (change,) = compared(BASE, longer).differences[0].changes
    assert change.was
    assert change.now
    assert change.was.marks == ()
    assert [(change.now.value or "")[start:end] for start, end in change.now.marks] == ["and it will open in May"]


def test_the_same_values_by_another_model_are_told_apart_from_changes() -> None:
    found = compare(reconcile(told(BASE, model="m 1")), reconcile(told(BASE, model="m 2")))
    (one,) = found.differences
    assert (one.difference, one.changes, found.same) == (Difference.SAME_VALUES, (), 0)
    assert [(side.makers[0].model, side.makers[0].accounts) for side in (found.old, found.new)] == [
        ("m 1", 1),
        ("m 2", 1),
    ]


def test_another_reading_with_other_accounts_is_the_same_meeting() -> None:
    found = compared(BASE, replace(BASE, mention="The talks", duration="two hours"))
    (one,) = found.differences
    assert {ref.id for ref in one.was[0].sources}.isdisjoint(ref.id for ref in one.now[0].sources)
    assert lines(one.changes) == [("duration", None, None, "PT2H")]


def test_a_second_article_that_says_the_same_changes_no_value() -> None:
    other = TEXT.replace("met", "received")
    was = reconcile(told(BASE))
    now = reconcile([*told(BASE), *told(replace(BASE, mention="received"), other)])
    (one,) = compare(was, now).differences
    assert [change.field for change in one.changes] == ["accounts"]


def held(agreement: Agreement | None, value: str | None = "2031-03-03", status: Status = Status.STATED) -> Field:
    return Field(value=value, status=status, agreement=agreement)


@pytest.mark.parametrize(
    ("was", "now", "changed"),
    [
        pytest.param(held(Agreement.SINGLE), held(Agreement.AGREED), False, id="one more says so"),
        pytest.param(held(Agreement.AGREED), held(Agreement.COMPATIBLE), False, id="another says it less finely"),
        pytest.param(held(Agreement.AGREED), held(Agreement.CONFLICT), True, id="a person has to decide"),
        pytest.param(held(Agreement.CONFLICT), held(Agreement.DECIDED), True, id="a person decided"),
        pytest.param(held(Agreement.SINGLE), held(Agreement.DECIDED), True, id="a person decided what stood"),
        pytest.param(held(Agreement.VARIANT), held(Agreement.CONFLICT), False, id="still to decide"),
        pytest.param(held(None), held(None, status=Status.INFERRED), True, id="it is only inferred"),
        pytest.param(held(None, None, Status.NOT_STATED), held(None, None, Status.NONE), True, id="there was none"),
        pytest.param(held(Agreement.SINGLE, "2031-03"), held(Agreement.SINGLE), True, id="a finer value"),
    ],
)
def test_how_a_value_stands_counts_where_it_matters_to_a_person(was: Field, now: Field, changed: bool) -> None:
    (meeting,) = reconcile(told(BASE))
    before, after = (meeting.model_copy(update={"date": field}) for field in (was, now))
    (one,) = compare([before], [after]).differences
    assert [change.field for change in one.changes] == (["date"] if changed else [])


def test_a_speaker_called_by_another_of_their_names_is_told_once() -> None:
    (meeting,) = reconcile(told(BASE))
    person, *others = meeting.participants
    names = ("Amina Wekesa", "Amina Wanjiru Wekesa")
    renamed = meeting.model_copy(
        update={
            "participants": (person.model_copy(update={"name": names[1], "names": names}), *others),
            "statements": tuple(one.model_copy(update={"speaker": names[1]}) for one in meeting.statements),
        }
    )
    (one,) = compare([meeting], [renamed]).differences
    assert lines(one.changes) == [("participants", None, *names)]


def test_of_a_meeting_that_split_a_value_that_both_parts_have_is_not_gained() -> None:
    other = TEXT.replace("3 March", "20 March")
    apart = reconcile([*told(BASE), *told(replace(BASE, date="20 March 2031"), other)])
    whole = apart[0].model_copy(update={"id": "whole", "accounts": tuple(one.accounts[0] for one in apart)})
    (one,) = compare([whole], apart).differences
    assert one.difference is Difference.SPLIT
    listed = {"parties", "participants", "topics"}
    assert [line for line in lines(one.changes) if line[0] in ("date", "city", *listed)] == [
        ("date", None, None, "2031-03-20")
    ]


# Whatever was told


def halves(told: list[tuple[Article, Draft]], split: int) -> tuple[tuple[Meeting, ...], tuple[Meeting, ...]]:
    """Meetings of all but the last articles, and of all but the first."""
    return reconcile(all_accounts(told[:-split])), reconcile(all_accounts(told[split:]))


@given(tellings())
@settings(max_examples=30)
def test_compared_with_itself_nothing_differs(told: list[tuple[Article, Draft]]) -> None:
    meetings = reconcile(all_accounts(told))
    found = compare(meetings, meetings)
    assert (found.differences, found.same) == ((), len(meetings))


_MIRROR = {
    Difference.NEW: Difference.GONE,
    Difference.GONE: Difference.NEW,
    Difference.SPLIT: Difference.JOINED,
    Difference.JOINED: Difference.SPLIT,
}
Sides = tuple[str, str | None, Held | None, Held | None]


def summed(found: RunComparison, *, mirrored: bool = False) -> list[tuple[object, ...]]:
    """All that differs, in an order of its own; mirrored, as the comparison the other way round tells it."""
    told = []
    for one in found.differences:
        was, now = ([some.id for some in side] for side in (one.was, one.now))
        kind = _MIRROR.get(one.difference, one.difference) if mirrored else one.difference
        sides = [(c.field, c.now, c.was) if mirrored else (c.field, c.was, c.now) for c in one.changes]
        told.append((kind, *((now, was) if mirrored else (was, now)), sorted(sides, key=repr)))
    return sorted(told, key=repr)


@given(tellings(), st.integers(1, 2))
@settings(max_examples=40)
def test_the_other_way_round_all_is_mirrored(told: list[tuple[Article, Draft]], split: int) -> None:
    old, new = halves(told, split)
    assert summed(compare(new, old)) == summed(compare(old, new), mirrored=True)


@given(tellings(), st.data())
@settings(max_examples=20)
def test_the_order_of_the_meetings_never_matters(told: list[tuple[Article, Draft]], data: st.DataObject) -> None:
    old, new = halves(told, 1)
    shuffled = compare(data.draw(st.permutations(old)), data.draw(st.permutations(new)))
    assert shuffled == compare(old, new)
