"""Signals for and against two accounts being of one meeting."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given

from extractor.match import same_city
from extractor.profile import people, profile
from extractor.schemas import Account, Signal
from extractor.weights import standard
from tests.accounts import Person, Said, Told, account, account_lists

TEXT = (
    "Minister Achieng Otieno of Kenya met Minister Ingrid Solberg of Norway in Oslo, Bergen, Lima, by video, on "
    "Monday, on Friday, on March 3, in March, in May, in 2031, beside the G20 summit and the U.N. General Assembly. "
    "Peru and Ghana and Nils Solberg and Otieno and A. Otieno too. It was the first in a decade, the second this year: "
    "the 3rd round, the third round of talks, the last round, no fourth round of talks. “No port will ever close to "
    "ships,” she said, again: “So no port will ever close to ships again.”"
)
QUOTE = "No port will ever close to ships,"


def told(published: str | None = "2031-03-03", note: str = "", **fields: Any) -> Account:
    return account(TEXT + note, Told(**fields), published=published)


def signals(left: Account, right: Account) -> tuple[Signal, ...]:
    return standard().explained(profile(left), profile(right))


def score(found: tuple[Signal, ...]) -> int:
    return sum(signal.weight for signal in found)


def names(left: Account, right: Account) -> list[str]:
    """The signals but for those of the days of publication."""
    return [signal.name for signal in signals(left, right) if not signal.name.startswith("news")]


@given(told=account_lists(most=3))
def test_scores_are_symmetric(told: list[Account]) -> None:
    for left, right in combinations(told, 2):
        one, other = signals(left, right), signals(right, left)
        assert score(one) == score(other)
        assert sorted(s.name for s in one) == sorted(s.name for s in other)


@given(told=account_lists(most=3))
def test_nothing_speaks_against_an_account_being_itself(told: list[Account]) -> None:
    for one in told:
        assert all(signal.weight >= 0 for signal in signals(one, one))


PAIR = ["Kenya", "Norway"]
TRIO = ["Kenya", "Norway", "Peru"]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({}, {}, []),
        ({"date": "on Monday"}, {"date": "on March 3"}, ["date same"]),
        ({"date": "on Monday"}, {"date": "in March"}, ["date same month"]),
        ({"date": "in March"}, {"date": "in March"}, ["date same month"]),
        ({"date": "in 2031"}, {"date": "in March"}, ["date same year"]),
        ({"date": "on Monday"}, {"date": "in May"}, ["date excludes"]),
        ({"city": "Oslo"}, {"city": "Oslo"}, ["city same"]),
        ({"city": "Oslo"}, {"city": "Bergen"}, ["other city of the country"]),
        ({"city": "Oslo"}, {"city": "Lima"}, ["city other"]),
        ({"city": "Oslo"}, {"country": "Norway"}, ["country same"]),
        ({"city": "Oslo"}, {"country": "Peru"}, ["country other"]),
        ({"host_event": "G20 summit"}, {"host_event": "the G20"}, ["host event same"]),
        ({"host_event": "G20 summit"}, {"host_event": "U.N. General Assembly"}, ["host event other"]),
        ({"host_event": "G20 summit"}, {"host_event": "the first"}, ["host event other"]),
        (
            {"level": "leaders", "level_words": "met"},
            {"level": "ministers", "level_words": "Minister"},
            ["level other"],
        ),
        ({"format": "video", "format_words": "by video"}, {"format": "phone", "format_words": "too"}, ["format other"]),
        ({"format": "video", "format_words": "by video"}, {"format": "in_person", "city": "Oslo"}, ["format other"]),
        ({"format": "video", "format_words": "by video"}, {"format": "in_person"}, []),
        ({"parties": PAIR}, {"parties": list(reversed(PAIR))}, ["parties same"]),
        ({"parties": PAIR}, {"parties": TRIO}, ["parties other"]),
        ({"parties": PAIR}, {"parties": ["Kenya"]}, ["parties part"]),
        ({"parties": ["Kenya"]}, {"parties": ["Kenya"]}, ["parties part"]),
        ({"parties": TRIO}, {"parties": [*TRIO, "Ghana"]}, ["parties part"]),
        ({"parties": PAIR}, {"parties": ["Peru", "Ghana"]}, ["parties none common"]),
        ({"parties": PAIR}, {"parties": []}, []),
        ({"parties": PAIR}, {"parties": ["Peru", ("Chile", "words that are not there")]}, ["parties none common"]),
        ({"distinctions": ["the first in a decade"]}, {"distinctions": ["first in a decade"]}, ["distinction same"]),
        ({"distinctions": ["the 3rd round"]}, {"distinctions": ["third round of talks"]}, ["distinction same"]),
        ({"distinctions": ["the 3rd round"]}, {"distinctions": ["fourth round of talks"]}, ["distinction other"]),
        ({"distinctions": ["the first in a decade"]}, {"distinctions": ["second this year"]}, []),
        ({"distinctions": ["the last round"]}, {"distinctions": ["third round of talks"]}, []),
    ],
)
def test_what_two_accounts_tell_speaks_for_or_against(
    left: dict[str, Any], right: dict[str, Any], expected: list[str]
) -> None:
    assert names(told(**left), told(note=" Again.", **right)) == expected


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("occurrence", ["held", "planned"])
def test_any_day_of_publication_can_be_compared(published: str, occurrence: str) -> None:
    odd = told(published, occurrence=occurrence)
    assert [signal.name for signal in signals(odd, told())] == ["news of other days"]


def test_words_that_stand_nowhere_say_nothing() -> None:
    made_up = told(date="on April 9, 2033", city="Lisbon", said=[Said("Nobody ever said these very words here")])
    assert names(made_up, told(date="on Monday", city="Oslo")) == []


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("Achieng Otieno", "Kenya"), ("Achieng Otieno", "Kenya"), ["person same"]),
        (("Achieng Otieno", "Kenya"), ("A. Otieno", None), ["person same"]),
        (("Achieng Otieno", "Kenya"), ("Otieno", "Kenya"), ["surname same"]),
        (("Achieng Otieno", "Kenya"), ("Otieno", None), []),
        (("Ingrid Solberg", "Norway"), ("Nils Solberg", "Norway"), ["person other"]),
        (("Ingrid Solberg", "Norway"), ("Nils Solberg", None), []),
        (("Ingrid Solberg", "Norway"), ("Ingrid Solberg", "Peru"), []),
    ],
)
def test_people_speak_by_name_and_party(
    left: tuple[str, str | None], right: tuple[str, str | None], expected: list[str]
) -> None:
    assert names(told(people=[Person(*left)]), told(people=[Person(*right)])) == expected


def test_a_person_counts_once_however_often_an_account_names_them() -> None:
    twice = told(people=[Person("Achieng Otieno", "Kenya"), Person("A. Otieno", "Kenya")])
    once = told(people=[Person("Achieng Otieno", "Kenya")])
    assert names(twice, once) == names(once, twice) == ["person same"]


def test_two_for_one_party_are_no_rivals() -> None:
    both = told(people=[Person("Ingrid Solberg", "Norway"), Person("Nils Solberg", "Norway")])
    assert names(both, told(people=[Person("Nils Solberg", "Norway")])) == ["person same"]


def test_a_long_quotation_that_both_print_counts_once() -> None:
    left = told(said=[Said(QUOTE), Said("So no port will ever close to ships again.")])
    assert names(left, told(said=[Said(QUOTE)])) == ["words same"]
    assert names(told(said=[Said("close to ships")]), told(said=[Said(QUOTE)])) == []


@pytest.mark.parametrize(
    ("published", "changes", "expected"),
    [
        ("2032-03-03", {}, ["news of other days"]),
        ("2031-03-06", {}, ["news soon after"]),
        ("2031-03-20", {}, ["news long after"]),
        ("2031-03-04", {}, ["news of the same days"]),
        ("2031-03-04", {"date": "in March"}, ["news of the same days"]),
        ("2031-03-04", {"role": "background"}, []),
        (None, {}, []),
        ("2032-03-03", {"date": "in March"}, ["news of other days"]),
        ("2032-03-03", {"role": "background"}, []),
        ("2032-03-03", {"occurrence": "planned"}, ["news of other days"]),
        ("2031-02-20", {"occurrence": "planned"}, ["news before it"]),
        ("2030-12-20", {"occurrence": "planned"}, ["news long before it"]),
        ("2029-12-20", {"occurrence": "planned"}, ["news of other days"]),
        ("2029-12-20", {"role": "background"}, ["news of other days"]),
    ],
)
def test_where_a_date_is_missing_the_days_of_the_news_speak(
    published: str | None, changes: dict[str, Any], expected: list[str]
) -> None:
    assert [signal.name for signal in signals(told(), told(published, **changes))] == expected


def test_signals_name_the_accounts_and_what_was_compared_strongest_first() -> None:
    left, right = (
        told(city="Oslo", date="on Monday"),
        told(note=" Again.", city="Oslo", date="on Friday", published=None),
    )
    found = signals(told(city="Oslo", date="on Monday"), told(note=" Again.", city="Oslo", date="in May"))
    assert [(s.name, s.left, s.right) for s in found] == [
        ("date excludes", "2031-03-03", "2030-05"),
        ("city same", "Oslo", "Oslo"),
    ]
    assert found[0].accounts == (left.id, found[1].accounts[1])
    assert names(left, right) == ["city same"]
    assert score(found) == sum(s.weight for s in found) < standard().threshold


def test_the_party_of_a_person_is_told_with_the_name() -> None:
    one = told(people=[Person("Achieng Otieno", "Kenya"), Person("Otieno")])
    assert people(one) == [("Achieng Otieno", "KEN"), ("Otieno", None)]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("Oslo", "OSLO", True), ("Kyiv", "Kiev", True), ("Oslo", "Bergen", False), ("Zzyx", "Zzyx", True)],
)
def test_a_city_has_several_spellings(left: str, right: str, *, same: bool) -> None:
    assert same_city(left, right) is same
