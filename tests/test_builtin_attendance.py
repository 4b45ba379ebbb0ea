"""Who took part in a meeting beside those who met."""

import pytest

from extractor.builtin.page import Line
from extractor.builtin.reader import read_draft
from extractor.texts import sentences

TOLD = (
    "Kenyan Foreign Minister Jane Doe met Ugandan Foreign Minister John Roe in Nairobi on Friday.\n\n"
    "The two spoke about the border and about the trade in tea for more than an hour.\n\n"
)
MET = {"Jane Doe", "John Roe"}


def people(text: str) -> set[str]:
    lines = [Line(s.number, s.paragraph, text[s.start : s.end]) for s in sentences.split(text)]
    return {person.name for person in read_draft(lines).meetings[0].participants}


@pytest.mark.parametrize(
    "sentence",
    [
        "Also present during the meeting were Permanent Secretary Ann Poe and Kenya's envoy, Ambassador Liv Moe.",
        "Permanent Secretary Ann Poe and Ambassador Liv Moe also took part.",
        "The meeting was attended by Permanent Secretary Ann Poe and Ambassador Liv Moe.",
        "The talks were held in the presence of Permanent Secretary Ann Poe and Ambassador Liv Moe.",
        "Permanent Secretary Ann Poe and Ambassador Liv Moe attended as observers.",
        "The joint statement was signed by Permanent Secretary Ann Poe and Ambassador Liv Moe.",
    ],
)
def test_whom_an_article_calls_present_took_part(sentence: str) -> None:
    assert people(TOLD + sentence) == MET | {"Ann Poe", "Liv Moe"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The talks were preceded by a meeting of experts, co-chaired by Permanent Secretary Ann Poe.",
        "Permanent Secretary Ann Poe joined the ministry in May.",
        "Spokesman Jan Poe also took part.",
        "An earlier meeting was attended by Permanent Secretary Ann Poe.",
        "The tea trade was praised by Permanent Secretary Ann Poe.",
    ],
)
def test_whom_an_article_only_mentions_took_no_part(sentence: str) -> None:
    assert people(TOLD + sentence) == MET


def test_who_is_represented_stayed_away() -> None:
    sent = "The talks were facilitated by Secretary-General Ann Poe of the African Union, represented by Envoy Liv Moe."
    assert people(TOLD + sent) == MET | {"Liv Moe"}


def test_one_of_each_party_who_speaks_to_the_press_after_talks_has_met_the_other() -> None:
    text = (
        "Press statements following talks of Kenya and Uganda\n\n"
        "President of Kenya Jane Doe: Mr President, colleagues, good morning to all of you.\n\n"
        "The talks of Kenya and Uganda that have just ended were friendly.\n\n"
        "President of Uganda John Roe: Thank you, the meeting with Kenya went very well today.\n"
    )
    assert people(text) == MET


def test_who_heads_the_side_of_a_country_sits_there_for_it() -> None:
    text = (
        "Kenya and Uganda held talks in Nairobi on Friday.\n\nThe Kenyan side was headed by His Excellency Ann Poe, "
        "Permanent Secretary, and the Ugandan side by His Excellency Salim bin Said Moe, Undersecretary of Trade."
    )
    assert people(text) == {"Ann Poe", "Salim bin Said Moe"}
