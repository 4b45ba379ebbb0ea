"""What was said of a meeting when: the last counts, what went before stays, and only a contradiction is a conflict."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.diff import diff
from extractor.merging.merge import merge_field
from extractor.reconcile import reconcile
from extractor.schemas import Account, Section
from tests.accounts import Told, account

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "history.yaml").read_text("utf-8"))


def told(number: int, day: int | None, occurrence: str, more: str = "") -> Account:
    """An account of an article of its own."""
    published = f"2031-03-{day:02}" if day else None
    one = account(f"The two met, or will ({number}).", Told(occurrence=occurrence), published=published)
    return one.model_copy(update={"primary": more == "primary", "origin": more if more == "wire" else one.origin})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_what_became_of_a_meeting_is_told_by_time_in_any_order(case: dict[str, Any]) -> None:
    accounts = [told(i, *said) for i, said in enumerate(case["said"])]
    for order in permutations(accounts):
        found = merge_field(order, "occurrence")
        assert [found.value, found.agreement, found.rule] == case["gives"]
        assert sorted(found.claims) == sorted(one.of("occurrence")[0].id for one in accounts)


PLAN = "Kenyan Minister Achieng Otieno will meet Norwegian Minister Ingrid Solberg in Oslo on March 3."
NEWS = "Kenyan Minister Achieng Otieno met Norwegian Minister Ingrid Solberg in Oslo on Monday, March 3."
OFF = "Norway called off the talks of Achieng Otieno of Kenya and Ingrid Solberg in Oslo, due on March 3."
PARTIES = ("Kenya", "Norway")
PLANNED = Told("will meet", occurrence="planned", date="March 3", city="Oslo", parties=PARTIES)
HELD = replace(PLANNED, mention="met", occurrence="held")
CANCELLED = replace(PLANNED, mention="talks", occurrence="cancelled")


def test_a_plan_and_its_meeting_are_one_record_that_shows_both() -> None:
    before, after = account(PLAN, PLANNED, published="2031-02-27"), account(NEWS, HELD, published="2031-03-04")
    (meeting,) = reconcile([after, before])
    assert (meeting.occurrence.value, meeting.occurrence.rule) == ("held", "what was said last leads")
    row = next(row for row in diff(meeting).rows if row.field == "occurrence")
    assert row.section is Section.COMPATIBLE
    assert [(side.label, side.value) for side in row.sides] == [("A", "planned"), ("B", "held")]


def test_a_meeting_that_was_called_off_is_not_held_and_the_plan_stays_visible() -> None:
    accounts = [account(PLAN, PLANNED, published="2031-02-27"), account(OFF, CANCELLED, published="2031-03-02")]
    (meeting,) = reconcile(accounts)
    assert meeting.occurrence.value == "cancelled"
    assert {c.value for c in meeting.claims if c.field == "occurrence"} == {"planned", "cancelled"}


@pytest.mark.parametrize(("text", "one"), [(PLAN, PLANNED), (OFF, CANCELLED)])
def test_what_was_only_planned_or_was_called_off_is_never_said_to_be_held(text: str, one: Told) -> None:
    (meeting,) = reconcile([account(text, one, published="2031-02-27")])
    assert meeting.occurrence.value == one.occurrence
    assert meeting.occurrence.rule is None


@pytest.mark.parametrize(
    ("occurrence", "published", "words", "day"),
    [
        ("cancelled", "2031-02-27", "on March 3", "2031-03-03"),
        ("cancelled", "2031-03-05", "on March 3", "2031-03-03"),
        ("cancelled", "2030-12-20", "on March 3", "2031-03-03"),
        ("cancelled", "2031-03-01", "on Monday", "2031-03-03"),
        ("cancelled", "2031-03-04", "on Monday", "2031-03-03"),
        ("cancelled", None, "on March 3", "XXXX-03-03"),
        ("postponed", "2031-03-05", "on March 3", "2031-03-03"),
        ("postponed", "2031-02-27", "on March 3", "2031-03-03"),
        ("held", "2031-02-27", "on March 3", "2030-03-03"),
        ("planned", "2031-03-05", "on March 3", "2032-03-03"),
    ],
)
def test_what_was_called_off_was_due_on_the_nearer_day_before_or_after_the_news(
    occurrence: str, published: str | None, words: str, day: str
) -> None:
    one = account(f"They were to meet {words}.", Told("meet", occurrence=occurrence, date=words), published=published)
    assert [claim.value for claim in one.of("date")] == [day]


def test_a_plan_and_the_news_that_it_was_called_off_before_its_day_are_one_record() -> None:
    off = account(OFF, CANCELLED, published="2031-03-01")
    (meeting,) = reconcile([account(PLAN, PLANNED, published="2031-02-27"), off])
    assert (meeting.date.value, meeting.occurrence.value) == ("2031-03-03", "cancelled")
