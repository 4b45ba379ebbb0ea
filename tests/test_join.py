"""Two drafts of parts of one article become one: what is joined, and what stays apart."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.join import join
from extractor.schemas import Draft
from tests.drafts import article, meeting, statement

REFERENCE = article(published="2031-05-08").reference
PARTIES = [{"name": name, "text": name, "sentence": 1} for name in ("Chile", "Ghana", "Peru")]
BASE = {"date": None, "city": None, "parties": PARTIES[:2], "statements": [], "topics": []}
OTHER = {"mention": {"text": "The talks went on", "sentence": 90}}


def told(**changes: Any) -> dict[str, Any]:
    return meeting(**{**BASE, **changes})


def joined(*parts: list[dict[str, Any]]) -> Draft:
    return join([Draft.model_validate({"meetings": meetings}) for meetings in parts], REFERENCE)


def words(text: str, sentence: int = 1) -> dict[str, Any]:
    return {"text": text, "sentence": sentence}


def person(name: str, **changes: Any) -> dict[str, Any]:
    nothing = {"romanised": None, "office": None, "represents": None, "role": "principal", "pronoun": None}
    return {"name": name, "sentence": 1, **nothing, **changes}


@pytest.mark.parametrize(
    ("left", "right", "meetings"),
    [
        pytest.param({}, {}, 1, id="the same mention"),
        pytest.param({}, OTHER, 1, id="the same parties, both reported"),
        pytest.param({"parties": []}, OTHER, 2, id="no common party, another mention"),
        pytest.param({"parties": PARTIES}, OTHER, 1, id="one part leaves out a party"),
        pytest.param({"parties": PARTIES[1:]}, OTHER, 2, id="other parties"),
        pytest.param({"parties": PARTIES[1:]}, {}, 2, id="other parties in one sentence"),
        pytest.param({"role": "background"}, {"role": "background", **OTHER}, 2, id="nothing in common but parties"),
        pytest.param(
            {"role": "background", "city": words("Dakar")},
            {"role": "background", "city": words("Dakar", 80), **OTHER},
            1,
            id="background in one city",
        ),
        pytest.param(
            {"date": words("on Tuesday")}, {"date": words("on 6 May", 80), **OTHER}, 1, id="one day in two ways"
        ),
        pytest.param({"date": words("on Tuesday")}, {"date": words("in March", 80), **OTHER}, 2, id="other dates"),
        pytest.param({"level": "leaders"}, {"level": "ministers", **OTHER}, 2, id="other levels"),
        pytest.param({"occurrence": "held"}, {"occurrence": "planned", **OTHER}, 2, id="held and planned"),
    ],
)
def test_meetings_of_two_parts_are_one_where_much_speaks_for_it_and_nothing_against(
    left: dict[str, Any], right: dict[str, Any], meetings: int
) -> None:
    assert len(joined([told(**left)], [told(**right)]).meetings) == meetings


def test_two_meetings_of_one_part_stay_two() -> None:
    assert len(joined([told(), told()], []).meetings) == 2


def test_each_meeting_goes_to_the_one_it_is_most_like() -> None:
    march, may = told(date=words("in March")), told(date=words("on Tuesday"), **OTHER)
    again = told(date=words("on Tuesday", 99), mention=words("When they met", 99), statements=[statement(sentence=99)])
    first, second = joined([march, may], [again]).meetings
    assert (len(first.statements), len(second.statements)) == (0, 1)


def test_of_single_values_the_earlier_part_speaks_and_gaps_are_filled() -> None:
    left = told(date=words("on Tuesday"), level="unknown", role="background")
    (one,) = joined([left], [told(date=words("this week", 60), city=words("Dakar", 60), level="ministers")]).meetings
    assert one.date
    assert one.city
    assert (one.date.text, one.city.text, one.level, one.role) == ("on Tuesday", "Dakar", "ministers", "reported")


def test_statements_stand_in_the_order_of_the_text_and_once() -> None:
    late, early, both = (statement(text=text, sentence=at) for text, at in (("c", 9), ("a", 2), ("b", 5)))
    (one,) = joined([told(statements=[late, both])], [told(statements=[both, early])]).meetings
    assert [said.text for said in one.statements] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("left", "right", "names"),
    [
        ([person("Ruiz")], [person("Ana Ruiz")], ["Ana Ruiz"]),
        ([person("Ana Ruiz")], [person("Omar Diallo")], ["Ana Ruiz", "Omar Diallo"]),
        ([person("Ana Ruiz"), person("Juan Ruiz")], [person("Ruiz")], ["Ana Ruiz", "Juan Ruiz", "Ruiz"]),
        ([person("Ruiz", represents="Chile")], [person("Ruiz", represents="Peru")], ["Ruiz", "Ruiz"]),
    ],
)
def test_a_person_named_in_two_parts_is_one(left: list[Any], right: list[Any], names: list[str]) -> None:
    (one,) = joined([told(participants=left)], [told(participants=right)]).meetings
    assert [p.name for p in one.participants] == names


def test_what_one_part_says_of_a_person_completes_what_the_other_says() -> None:
    left = person("Ruiz", represents="Chile")
    right = person("Ana Ruiz", office=words("foreign minister"))
    (one,) = joined([told(participants=[left])], [told(participants=[right])]).meetings
    (ruiz,) = one.participants
    assert (ruiz.name, ruiz.represents, ruiz.office and ruiz.office.text) == ("Ana Ruiz", "Chile", "foreign minister")


MEETINGS = st.builds(
    told,
    parties=st.lists(st.sampled_from(PARTIES), unique_by=lambda party: str(party["name"])),
    role=st.sampled_from(["reported", "background"]),
    mention=st.builds(words, st.just("met"), st.integers(1, 4)),
    statements=st.lists(st.builds(statement, text=st.sampled_from("abc"), sentence=st.integers(1, 3)), max_size=3),
)


@given(st.lists(st.lists(MEETINGS, max_size=3), max_size=4))
def test_nothing_said_is_lost_and_a_part_joined_with_itself_is_itself(parts: list[list[dict[str, Any]]]) -> None:
    whole = joined(*parts)
    said = {(s["text"], s["sentence"]) for meetings in parts for m in meetings for s in m["statements"]}
    assert said == {(s.text, s.sentence) for m in whole.meetings for s in m.statements}
    assert len(whole.meetings) <= sum(map(len, parts))
    assert len(whole.meetings) >= max(map(len, parts), default=0)
